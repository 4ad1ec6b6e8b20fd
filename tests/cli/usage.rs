//! Usage, `list`, completions, the manual page, and what a terminal shows.

use intelliprint_error::cli;
use serde_json::{Value, json};

use crate::common::run;

#[test]
fn wrong_usage_exits_with_2_and_help_with_0() {
    for args in [
        &[][..],
        &["explain"],
        &["nonsense"],
        &["check", "--status", "99"],
        &["check", "--status", "600"],
        &["check", "--status", "699"],
        &["print", "schemas"],
        &["completions", "cmd"],
        &["check", "--status", "x"],
        &["emit", "x"],
    ] {
        assert_eq!(run(args).code, Some(2), "{args:?}");
    }
    for args in [&["--help"][..], &["help", "check"], &["emit", "--help"], &["--version"]] {
        assert_eq!(run(args).code, Some(0), "{args:?}");
    }
}

#[test]
fn errors_go_to_standard_error() {
    for args in
        [&["explain", "refusd"][..], &["explain", "599"], &["check", "/none"], &["nonsense"]]
    {
        let ran = run(args);
        assert_eq!(
            (ran.stdout.as_str(), ran.stderr.starts_with("error: ")),
            ("", true),
            "{args:?}"
        );
    }
}

#[test]
fn list_has_a_line_for_every_code() {
    let ran = run(&["list"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.stdout.lines().count(), 15, "{}", ran.stdout);
    for line in [
        "code                   HTTP  retry          type",
        "parameter_unknown      400   never          invalid_request_error",
        "rate_limited           429   after_delay    rate_limited",
        "network_error          none  if_idempotent  network_error",
        "refused                403   never          invalid_request_error",
    ] {
        assert!(ran.stdout.contains(&format!("{line}\n")), "{line}: {}", ran.stdout);
    }
    let rows: Value = serde_json::from_str(&run(&["list", "--json"]).stdout).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 14);
    assert_eq!(
        rows[2],
        json!({
            "code": "parameter_unknown",
            "type": "invalid_request_error",
            "status": 400,
            "retry": "never",
        })
    );
    assert_eq!(rows[11]["status"], Value::Null);
}

#[test]
fn completions_and_the_manual_page_have_every_subcommand() {
    let names = ["emit", "print", "list", "explain", "check", "diff", "completions", "man"];
    let man = run(&["man"]);
    assert!(man.stdout.contains(".TH intelliprint-error 1"), "{}", man.stdout);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]);
        assert_eq!(script.code, Some(0));
        for name in names {
            assert!(script.stdout.contains(name), "{shell}: {name}");
            assert!(
                man.stdout.contains(&format!("\n.B intelliprint\\-error {name}"))
                    || man.stdout.contains(&format!("intelliprint\\-error\\-{name}")),
                "{name}"
            );
        }
    }
}

/// What a reader sees on terminals of 80 and of 40 columns.
#[test]
fn screens() {
    let screen = |columns| {
        [
            cli::list(false, Some(columns)),
            cli::explain::explain("refused", false),
            cli::check::check(
                br#"{"error":{"message":"m","type":"payment_error","code":"not_fond"}}"#,
                Some(200),
                false,
            ),
        ]
        .map(|outcome| strip(&outcome.wrapped(columns)))
        .join("--------\n")
    };
    insta::assert_snapshot!("screens_at_80_columns", screen(80));
    insta::assert_snapshot!("screens_at_40_columns", screen(40));
}

fn strip(text: &str) -> String {
    text.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "")
}
