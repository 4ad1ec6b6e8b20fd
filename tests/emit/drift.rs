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
