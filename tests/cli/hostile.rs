//! Hostile text in arguments, files and bodies: it is shown escaped.

use std::fs;

use intelliprint_error::emit::Artefact;
use serde_json::{Value, json};

use crate::common::{Ran, command, folder, run, run_with};

#[track_caller]
fn assert_harmless(ran: &Ran) {
    let hidden = |c: char| {
        c != '\n'
            && (c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{e0000}'..))
    };
    assert!(
        !ran.stdout.contains(hidden) && !ran.stderr.contains(hidden),
        "{:?} {:?}",
        ran.stdout,
        ran.stderr
    );
}

const HOSTILE: &str = "x\u{1b}[31m\r\u{9b}2J\u{202e}\u{200b}\u{e0041}y";
const ESCAPED: &str = r"x\u{1b}[31m\r\u{9b}2J\u{202e}\u{200b}\u{e0041}y";

#[test]
fn arguments_are_repeated_escaped() {
    for args in [
        &[HOSTILE][..],
        &["explain", HOSTILE],
        &["explain", "refused", HOSTILE],
        &["explain", &format!("--{HOSTILE}")],
        &["check", HOSTILE],
        &["check", "--status", HOSTILE],
        &["print", HOSTILE],
        &["emit", "--check", "--dir", HOSTILE],
        &["emit", "--dir", &format!("/dev/null/{HOSTILE}")],
    ] {
        // A terminal gets every style, and the command's own styles are all that is left.
        let ran = Ran::from(command(args).env("CLICOLOR_FORCE", "1").output().unwrap());
        let plain = |text: &str| {
            text.split("\u{1b}[")
                .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()))
                .collect::<Vec<_>>()
                .join("")
        };
        let ran = Ran { stdout: plain(&ran.stdout), stderr: plain(&ran.stderr), ..ran };
        assert_harmless(&ran);
        assert!(
            ran.stdout.contains(ESCAPED) || ran.stderr.contains(ESCAPED),
            "{args:?}: {} {}",
            ran.stdout,
            ran.stderr
        );
        assert_ne!(ran.code, Some(0), "{args:?}");
    }
}

#[test]
fn files_are_named_and_shown_escaped() {
    let dir = folder("hostile");
    run(&["emit", "--dir", dir.to_str().unwrap()]);
    fs::write(dir.join(format!("{HOSTILE}'; reboot '")), Artefact::Docs.render()).unwrap();
    let docs = dir.join("errors.md");
    fs::write(&docs, format!("{}{HOSTILE}\n", Artefact::Docs.render())).unwrap();
    let ran = run(&["emit", "--check", "--dir", dir.to_str().unwrap()]);
    assert_harmless(&ran);
    assert!(ran.stdout.contains(&format!("\n-{ESCAPED}\n")), "{}", ran.stdout);
    let fix = format!(r"to fix: rm '{}/{ESCAPED}'\''; reboot '\'''", dir.display());
    assert!(ran.stdout.contains(&fix), "{}", ran.stdout);
}

/// JSON may have these characters as they are.
#[test]
fn a_ledgers_entry_is_shown_escaped() {
    let dir = folder("hostile-ledger");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    let ledger = fs::read_to_string(dir.join("ledger.json")).unwrap();
    let hostile = ledger.replace("\"name\":\"refused\"", "\"name\":\"re\u{202e}\u{9b}2Jfused\"");
    assert_ne!(hostile, ledger);
    fs::write(dir.join("ledger.json"), hostile).unwrap();
    for args in [&["emit", "--check", "--dir", path][..], &["emit", "--dir", path]] {
        let ran = run(args);
        assert_harmless(&ran);
        let said = ran.stdout + &ran.stderr;
        assert!(said.contains(r#""name":"re\u{202e}\u{9b}2Jfused""#), "{said}");
        assert!(said.contains(r"there is no code `re\u{202e}\u{9b}2Jfused` any more"), "{said}");
    }
}

#[test]
fn json_for_programs_is_harmless_and_has_the_text_untouched() {
    let explained = run(&["explain", "--json", HOSTILE]);
    assert_harmless(&explained);
    assert!(explained.stderr.starts_with(&format!("error: `{ESCAPED}` is not ")));
    assert_eq!(serde_json::from_str::<Value>(&explained.stdout).unwrap()["name"], HOSTILE);
    let body =
        json!({"error": {"message": HOSTILE, "type": HOSTILE, "code": HOSTILE, "param": HOSTILE}});
    let checked = run_with(&["check", "--json"], body.to_string().as_bytes());
    assert_harmless(&checked);
    assert_eq!(serde_json::from_str::<Value>(&checked.stdout).unwrap()["error"], body["error"]);
}
