//! The files in `schema/` are those that this version emits.

use std::process::Command;

#[test]
fn the_emitted_files_are_up_to_date() {
    let mut emit = Command::new(env!("CARGO_BIN_EXE_intelliprint-error"));
    let output =
        emit.args(["emit", "--check"]).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    // The command says what differs and how to fix it.
    assert!(output.status.success(), "\n{}", String::from_utf8_lossy(&output.stdout));
}

/// With the line ends of Windows, the emitted files would be stale and the seeds other bodies.
#[test]
fn git_checks_out_lf_everywhere_and_leaves_the_seeds_alone() {
    let attributes = include_str!("../../.gitattributes");
    let rules: Vec<_> = attributes.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rules[0], "* text=auto eol=lf");
    assert!(rules.contains(&"/fuzz/seeds/* -text"), "{rules:?}");
    let other = rules[1..].iter().find(|rule| rule.contains("eol") || rule.contains("crlf"));
    assert_eq!(other, None);
}
