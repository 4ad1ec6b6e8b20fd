//! The help of each subcommand, reviewed as text, and its examples, run.

use std::fs;

use insta::assert_snapshot;

use crate::common::{command, folder, run};

/// What `--help` prints where no terminal has a width. clap leaves spaces at the end of some lines.
fn help(subcommand: &[&str]) -> String {
    let help = run(&[subcommand, &["--help"]].concat()).stdout;
    help.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Each example runs as it is written, prints what it promises, and exits with 0.
#[test]
fn the_examples_of_the_help_run() {
    let dir = folder("help");
    let not_found =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"not_found"}}"#;
    fs::write(dir.join("body.json"), not_found).unwrap();
    fs::write(dir.join("old-errors.json"), run(&["print", "catalogue"]).stdout).unwrap();
    let help = help(&[]);
    let examples = help.split_once("\nExamples:\n").unwrap().1.split("\n\n").next().unwrap();
    let begins = [
        "refused: an error code\n",
        "HTTP 404: the codes that are sent with it\n",
        "message  m\n",
        "{\n  \"generated\": ",
        "No difference.\n",
    ];
    assert_eq!(examples.lines().count(), begins.len(), "{examples}");
    for (line, begin) in examples.lines().zip(begins) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some("intelliprint-error"), "{line}");
        let ran = command(&words.collect::<Vec<_>>()).current_dir(&dir).output().unwrap();
        let stdout = String::from_utf8(ran.stdout).unwrap();
        assert!(stdout.starts_with(begin), "{line}: {stdout}");
        assert_eq!(ran.status.code(), Some(0), "{line}");
    }
}

#[test]
fn help_of_the_command() {
    assert_snapshot!(help(&[]), @r"
    Explains the error codes of the Intelliprint API, checks responses, compares two releases and writes
    the published files

    Usage: intelliprint-error <COMMAND>

    Commands:
      emit         Write the published files: schemas, the reference page, modules for other languages
      print        Print one of the files that `emit` writes
      list         List every code with its HTTP status, retry rule and type
      explain      Explain a code, a type or an HTTP status, and say where each fact comes from
      check        Say what a response's body decodes to, and where it violates the contract
      diff         Say what changed between two versions of errors.json, whom each change breaks, and
                   which version bump the changes need
      completions  Print a script that completes this command's arguments in a shell
      man          Print this command's manual page, in roff
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Examples:
      intelliprint-error explain refused
      intelliprint-error explain 404
      intelliprint-error check body.json
      intelliprint-error print errors.json
      intelliprint-error diff old-errors.json

    Exit codes:
      0  fine
      1  the thing asked about is not fine: a
         stale or foreign file, a body that
         violates the contract, an unknown
         name, a breaking difference
      2  wrong usage, or input that cannot
         be read
    ");
}

#[test]
fn help_of_emit() {
    assert_snapshot!(help(&["emit"]), @r"
    Write the published files: schemas, the reference page, modules for other languages

    Writes each file that changed, whole or not at all, and appends to the ledger. Writes nothing if a
    file of the same name is not ours: one without the line that says that this command generated it, or
    a symbolic link.

    Usage: intelliprint-error emit [OPTIONS]

    Options:
          --check
              Write nothing: say what is missing, show what is stale as a diff, and exit 1 if anything
              is

          --dir <DIR>
              The folder of the files

              [default: schema]

      -h, --help
              Print help (see a summary with '-h')

    Exit codes:
      0  every file is written or unchanged;
         with --check, up to date
      1  a file is not ours, or the ledger
         is contradicted; with --check also
         if a file is stale, missing or
         obsolete
      2  wrong usage, or a file that cannot
         be read or written
    ");
}

#[test]
fn help_of_print() {
    assert_snapshot!(help(&["print"]), @r"
    Print one of the files that `emit` writes

    Usage: intelliprint-error print <FILE>

    Arguments:
      <FILE>  The file's short name or its whole name, such as openapi or openapi.json [possible values:
              schema, open-schema, openapi, openapi-open, openapi-3.0, catalogue, docs, html,
              typescript, python, php]

    Options:
      -h, --help  Print help
    ");
}

#[test]
fn help_of_list() {
    assert_snapshot!(help(&["list"]), @r"
    List every code with its HTTP status, retry rule and type

    A narrow terminal has no room for the columns on the right, which are then left out.

    Usage: intelliprint-error list [OPTIONS]

    Options:
          --json
              Print JSON, for programs

      -h, --help
              Print help (see a summary with '-h')
    ");
}

#[test]
fn help_of_explain() {
    assert_snapshot!(help(&["explain"]), @r"
    Explain a code, a type or an HTTP status, and say where each fact comes from

    Usage: intelliprint-error explain [OPTIONS] <NAME|STATUS>

    Arguments:
      <NAME|STATUS>  The name of a code or type, or an HTTP status: parameter_unknown, payment_error,
                     404

    Options:
          --json  Print JSON, for programs
      -h, --help  Print help

    Exit codes:
      0  the name or status is explained
      1  it is unknown
      2  wrong usage
    ");
}

#[test]
fn help_of_check() {
    assert_snapshot!(help(&["check"]), @r"
    Say what a response's body decodes to, and where it violates the contract

    Usage: intelliprint-error check [OPTIONS] [FILE]

    Arguments:
      [FILE]  The file with the body; `-` or no file for standard input

    Options:
          --status <N>  The response's HTTP status, which is checked with the body
          --json        Print JSON, for programs
      -h, --help        Print help

    Exit codes:
      0  the body conforms to the contract
      1  the body violates the contract
      2  wrong usage, or a file that cannot
         be read
    ");
}

#[test]
fn help_of_diff() {
    assert_snapshot!(help(&["diff"]), @r"
    Say what changed between two versions of errors.json, whom each change breaks, and which version
    bump the changes need

    Usage: intelliprint-error diff [OPTIONS] <OLD> [NEW]

    Arguments:
      <OLD>  The errors.json of the older version; `-` for standard input
      [NEW]  The errors.json of the newer version; if absent, the one of this version

    Options:
          --allow <WHOM>  Exit with 0 if nobody else breaks; closed readers are those that reject
                          unknown names [possible values: closed-readers]
          --json          Print JSON, for programs
      -h, --help          Print help

    Each difference is in one category, the worst that fits:
      Breaking for producers (a major bump)
        What a server may send, what every reader may rely on, or what a
        program compiles against no longer holds.
      Breaking for closed readers (a minor bump)
        A reader that rejects what it does not know fails.
      Compatible (a minor bump)
      Documentation only (a patch bump)

    With --json, the output is one object:
      breaking      true if the exit code is 1
      bump          none, patch, minor or major
      from, to      the versions of OLD and NEW
      needs         the lowest version that may follow OLD
      suffices      true if NEW's version is at least that
      not_compared  fields of an export that this version does not know
      differences   a list of objects, the worst first:
        category    breaking_for_producers, breaking_for_closed_readers,
                    compatible or documentation_only
        kind        type, code, field, retry, source or provenance
        name        which one; null for the order of all
        what        added, removed, order, or the fact that changed
        old, new    its values; if added or removed, its description;
                    of an order, the first names that differ
        reason      whom it breaks, in one sentence

    Exit codes:
      0  nothing breaks, or only the readers
         that --allow names
      1  a difference breaks somebody
      2  wrong usage, or a file that is not
         an errors.json
    ");
}

#[test]
fn help_of_completions() {
    assert_snapshot!(help(&["completions"]), @r"
    Print a script that completes this command's arguments in a shell

    Usage: intelliprint-error completions <SHELL>

    Arguments:
      <SHELL>  The shell [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -h, --help  Print help
    ");
}

#[test]
fn help_of_man() {
    assert_snapshot!(help(&["man"]), @r"
    Print this command's manual page, in roff

    Usage: intelliprint-error man

    Options:
      -h, --help  Print help
    ");
}

/// In roff, as `man` reads it.
#[test]
fn the_manual_page() {
    assert_snapshot!("man", run(&["man"]).stdout);
}
