//! Usage, `list`, completions and the manual page.

use serde_json::{Value, json};

use crate::common::run;

#[test]
fn wrong_usage_exits_with_2_and_help_with_0() {
    for args in [
        &[][..],
        &["explain"],
        &["nonsense"],
        &["print", "schemas"],
        &["completions", "cmd"],
        &["emit", "x"],
        &["emit", "--dir", ""],
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
    let listed = run(&["list", "--json"]).stdout;
    assert!(listed.starts_with("[\n  {\n    \"code\": ") && listed.ends_with("\n]\n"), "{listed}");
    let rows: Value = serde_json::from_str(&listed).unwrap();
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
    assert_eq!(
        rows[11],
        json!({
            "code": "network_error",
            "type": "network_error",
            "status": null,
            "retry": "if_idempotent",
        })
    );
}

const SUBCOMMANDS: [&str; 8] =
    ["emit", "print", "list", "explain", "check", "diff", "completions", "man"];

#[test]
fn completions_have_every_subcommand() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]);
        assert_eq!(script.code, Some(0));
        for name in SUBCOMMANDS {
            assert!(script.stdout.contains(name), "{shell}: {name}");
        }
        assert!(!script.stdout.contains("documentation"), "{shell} completes a hidden subcommand");
    }
}

/// clap_complete's script has no names of its own for fish.
#[test]
fn fish_completes_names() {
    let script = run(&["completions", "fish"]).stdout;
    assert!(script.contains("\nfunction __fish_intelliprint_error_using_subcommand\n"), "{script}");
    for (subcommand, names) in [
        ("print", "schema open-schema openapi "),
        ("explain", "authentication_error body_incorrect_format body_too_large "),
        ("completions", "bash elvish fish "),
    ] {
        let line = format!(
            "complete -c intelliprint-error -n \"__fish_intelliprint_error_using_subcommand \
             {subcommand}\" -f -a \"{names}"
        );
        assert!(script.contains(&line), "{line}: {script}");
    }
}

/// A shell completes with the script: bash runs it, and is asked as the Tab key asks.
#[cfg(target_os = "linux")]
#[test]
fn bash_completes_subcommands_files_and_names() {
    let completed = |before: &str, word: &str| {
        let at = before.split(' ').count();
        let script = format!(
            "source /dev/stdin; COMP_WORDS=({before} {word}); COMP_CWORD={at}; \
             complete -p intelliprint-error >/dev/null && \
             _intelliprint__error intelliprint-error {word}; echo \"${{COMPREPLY[*]}}\""
        );
        let mut bash = std::process::Command::new("bash");
        let mut bash = bash
            .args(["-c", &script])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let script = run(&["completions", "bash"]).stdout;
        std::io::Write::write_all(&mut bash.stdin.take().unwrap(), script.as_bytes()).unwrap();
        String::from_utf8(bash.wait_with_output().unwrap().stdout).unwrap()
    };
    assert_eq!(completed("intelliprint-error", "expl"), "explain\n");
    assert_eq!(completed("intelliprint-error print", "cat"), "catalogue\n");
    assert_eq!(completed("intelliprint-error explain", "pay"), "payment_error\n");
    assert_eq!(completed("intelliprint-error explain", "auth"), "authentication_error\n");
}

/// One page: `man` knows no page of a subcommand.
#[test]
fn the_manual_page_has_a_section_for_every_subcommand() {
    let man = run(&["man"]);
    assert_eq!((man.code, man.stderr.as_str()), (Some(0), ""));
    assert!(man.stdout.contains(".TH intelliprint-error 1"), "{}", man.stdout);
    assert!(!man.stdout.contains("(1)\n"), "{}", man.stdout);
    assert_eq!(man.stdout.matches("ds Aq").count(), 2, "{}", man.stdout);
    for name in SUBCOMMANDS {
        let section = man.stdout.split(&format!("\n.SH {}\n", name.to_uppercase())).nth(1);
        let section = section.unwrap_or_else(|| panic!("{name}: {}", man.stdout));
        let section = section.split("\n.SH ").next().unwrap();
        assert!(section.starts_with(".SS SYNOPSIS\n"), "{name}: {section}");
        assert!(section.contains(&format!("intelliprint\\-error {name}")), "{name}: {section}");
    }
    assert_eq!(man.stdout.matches("Breaking for producers").count(), 1);
    // A footer without a date must not take the program's version for it.
    let title = ".TH intelliprint-error 1 \" \" \"intelliprint-error 0.1.0\" \"User Commands\"\n";
    assert!(man.stdout.contains(title), "{}", man.stdout);
}

/// The lines of texts that clap does not wrap fit an ordinary terminal, and the exit codes a narrow
/// one.
#[test]
fn help_fits_the_terminal() {
    for name in SUBCOMMANDS {
        let help = run(&["help", name]).stdout;
        let verbatim = help.split_once("\n  -h, --help").unwrap().1;
        for line in verbatim.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        let exit_codes = help.split_once("\nExit codes:\n").map(|(_, codes)| codes);
        assert_eq!(exit_codes.is_some(), ["emit", "explain", "check", "diff"].contains(&name));
        for line in exit_codes.unwrap_or_default().lines() {
            assert!(line.chars().count() <= 40, "{name}: {line}");
        }
    }
}
