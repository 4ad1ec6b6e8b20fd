//! `emit`: what it writes, shows and leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use intelliprint_error::emit::{self, Artefact};

use crate::common::{Ran, command, folder, run};

#[test]
fn emit_writes_only_what_changed_and_check_writes_nothing() {
    let dir = folder("emit").join("new/schema");
    let path = dir.to_str().unwrap();
    let missing = run(&["emit", "--check", "--dir", path]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.stdout.contains(&format!("missing {path}/errors.md\n")), "{}", missing.stdout);
    assert!(!dir.exists());

    let created = run(&["emit", "--dir", path]);
    assert_eq!(created.code, Some(0));
    let names = || Artefact::ALL.iter().map(|artefact| artefact.file_name()).chain(["ledger.json"]);
    let lines =
        |state: &str| names().map(|name| format!("{state} {path}/{name}\n")).collect::<String>();
    assert_eq!(created.stdout, lines("created  "));
    assert_eq!(fs::read_to_string(dir.join("ledger.json")).unwrap(), emit::ledger(None).unwrap());
    for artefact in Artefact::ALL {
        assert_eq!(fs::read_to_string(dir.join(artefact.file_name())).unwrap(), artefact.render());
    }
    assert_eq!(run(&["emit", "--dir", path]).stdout, lines("unchanged"));
    let fine = run(&["emit", "--check", "--dir", path]);
    // The artefacts and the ledger.
    let count = Artefact::ALL.len() + 1;
    let says = format!("{count} files in {path} are up to date\n");
    assert_eq!((fine.code, fine.stdout), (Some(0), says));

    let docs = dir.join("errors.md");
    let changed = fs::read_to_string(&docs).unwrap().replace("> 100 MiB", "> 100 MB");
    fs::write(&docs, &changed).unwrap();
    let updated = run(&["emit", "--dir", path]).stdout;
    assert_eq!(updated.matches("unchanged").count(), count - 1);
    assert!(updated.contains(&format!("updated   {path}/errors.md\n")), "{updated}");
}

#[test]
fn check_shows_one_changed_byte_of_any_file_and_what_fixes_it() {
    let dir = folder("check");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    for artefact in Artefact::ALL {
        let file = dir.join(artefact.file_name());
        let mut bytes = artefact.render().into_bytes();
        let letter = bytes.len() / 2
            + bytes[bytes.len() / 2..].iter().position(u8::is_ascii_lowercase).unwrap();
        bytes[letter] ^= 0x20;
        fs::write(&file, &bytes).unwrap();
        let stale = run(&["emit", "--check", "--dir", path]);
        assert_eq!(stale.code, Some(1));
        let header = format!("stale {0}\n--- {0}\n+++ {0}\n@@ ", file.display());
        assert!(stale.stdout.starts_with(&header), "{}", stale.stdout);
        let changes =
            |sign| stale.stdout.lines().skip(3).filter(|line| line.starts_with(sign)).count();
        assert_eq!((changes('-'), changes('+')), (1, 1), "{}", stale.stdout);
        assert!(
            stale.stdout.ends_with(&format!("to fix: intelliprint-error emit --dir '{path}'\n"))
        );
        assert_eq!(fs::read(&file).unwrap(), bytes, "it wrote");
        fs::write(&file, artefact.render()).unwrap();
    }
    // A line end, a byte that is no text.
    let docs = dir.join("errors.md");
    fs::write(&docs, Artefact::Docs.render().replacen('\n', "\r\n", 1)).unwrap();
    let stale = run(&["emit", "--check", "--dir", path]);
    assert!(stale.stdout.contains("do not edit. -->\\r\n"), "{}", stale.stdout);
    let mut bytes = Artefact::Docs.render().into_bytes();
    bytes.insert(0, 0xff);
    fs::write(&docs, bytes).unwrap();
    assert!(run(&["emit", "--check", "--dir", path]).stdout.contains("\n-\\xff<!-- Generated"));
}

/// Every file of a folder, with its bytes.
fn contents(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// A folder of up-to-date files, but for this ledger and a page that `emit` would write anew.
fn folder_with_ledger(name: &str, ledger: impl AsRef<[u8]>) -> PathBuf {
    let dir = folder(name);
    run(&["emit", "--dir", dir.to_str().unwrap()]);
    fs::write(dir.join("errors.md"), Artefact::Docs.render() + "stale").unwrap();
    fs::write(dir.join("ledger.json"), ledger).unwrap();
    dir
}

#[test]
fn a_ledger_that_lacks_a_line_is_shown_and_gets_it() {
    let whole = emit::ledger(None).unwrap();
    let refused = whole.lines().find(|line| line.contains("\"refused\"")).unwrap();
    let short = whole.replace(&format!(",\n{refused}"), "");
    let dir = folder_with_ledger("ledger-short", &short);
    let path = dir.to_str().unwrap();
    let stale = run(&["emit", "--check", "--dir", path]);
    assert_eq!(stale.code, Some(1));
    assert!(stale.stdout.contains(&format!("stale {path}/ledger.json\n")), "{}", stale.stdout);
    assert!(stale.stdout.contains(&format!("\n+{refused}\n")), "{}", stale.stdout);
    let updated = run(&["emit", "--dir", path]);
    assert_eq!(updated.code, Some(0));
    assert!(
        updated.stdout.ends_with(&format!("updated   {path}/ledger.json\n")),
        "{}",
        updated.stdout
    );
    assert_eq!(fs::read_to_string(dir.join("ledger.json")).unwrap(), whole);
}

#[test]
fn emit_writes_nothing_at_all_where_the_catalogue_contradicts_the_ledger() {
    let ledger =
        emit::ledger(None).unwrap().replace("\"not_found\"", "\"not_fund\"").replace("402", "403");
    let dir = folder_with_ledger("ledger-contradicted", &ledger);
    let path = dir.to_str().unwrap();
    let before = contents(&dir);
    let line = |text: &str| ledger.lines().position(|line| line.contains(text)).unwrap() + 1;
    let entry =
        |text: &str| ledger.lines().nth(line(text) - 1).unwrap().trim().trim_end_matches(',');
    let row = |text: &str| {
        include_str!("../../src/catalogue.rs").lines().position(|l| l.contains(text)).unwrap() + 1
    };
    let contradictions = format!(
        "contradicted {path}/ledger.json:{}\n  the ledger:    {}\n  the catalogue: src/catalogue.rs:{}: code \
         `payment_error` has the HTTP status 402\ncontradicted {path}/ledger.json:{}\n  the ledger:    {}\n  the \
         catalogue: there is no code `not_fund` any more; is it `not_found` now, src/catalogue.rs:{}? No name is ever \
         changed\nto fix: make each row what the ledger says. To end the use of a \
         name, restore its row, append `.withdrawn(\"x.y.z\")`, and add a row with a new name.\nOnly a line that \
         was never on the main branch may be deleted. After that: intelliprint-error emit --dir '{path}'\n",
        line("\"name\":\"payment_error\",\"type\""),
        entry("\"name\":\"payment_error\",\"type\""),
        row("api(\"payment_error\""),
        line("not_fund"),
        entry("not_fund"),
        row("api(\"not_found\""),
    );
    let emitted = run(&["emit", "--dir", path]);
    assert_eq!(
        (emitted.code, emitted.stdout),
        (Some(1), format!("{contradictions}nothing was written\n"))
    );
    assert_eq!(contents(&dir), before);
    let checked = run(&["emit", "--check", "--dir", path]);
    assert_eq!((checked.code, checked.stdout), (Some(1), contradictions));
}

#[test]
fn a_ledger_that_cannot_be_read_is_never_overwritten() {
    let whole = emit::ledger(None).unwrap();
    for (ledger, reason) in [
        (Vec::new(), "line 1: EOF while parsing a value"),
        (b"\xff".to_vec(), "invalid utf-8 sequence of 1 bytes from index 0"),
        (b"{}\n".to_vec(), "line 1: no line `\"entries\": [`"),
        (whole.replace(":404,", ":404,,").into(), "line 19: key must be a string"),
        (
            whole.replacen("added", r"a\u001b[31m\u202e", 1).into(),
            r"line 5: not an entry: unknown variant `a\u{1b}[31m\u{202e}`, expected `added` or `withdrawn`",
        ),
    ] {
        let dir = folder_with_ledger("ledger-unreadable", ledger);
        let before = contents(&dir);
        for args in [
            &["emit", "--dir", dir.to_str().unwrap()][..],
            &["emit", "--check", "--dir", dir.to_str().unwrap()],
        ] {
            let ran = run(args);
            let error = format!("error: cannot read {}/ledger.json: {reason}\n", dir.display());
            assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr), (Some(2), "", error));
        }
        assert_eq!(contents(&dir), before);
    }
}

#[test]
fn files_of_others_stay_and_are_not_mentioned() {
    let dir = folder("others");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    fs::write(dir.join("README.md"), "by hand").unwrap();
    fs::create_dir(dir.join("notes")).unwrap();
    // Files that quote the mark do not bear it.
    fs::write(dir.join("mod.rs"), include_str!("../../src/emit/mod.rs")).unwrap();
    let header = Artefact::Docs.render();
    let header = header.lines().next().unwrap();
    fs::write(dir.join("notes.md"), format!("Each file begins with `{header}`.\n")).unwrap();
    for args in [&["emit", "--check", "--dir", path][..], &["emit", "--dir", path]] {
        let ran = run(args);
        assert_eq!(ran.code, Some(0), "{}", ran.stdout);
        assert!(!ran.stdout.contains("README") && !ran.stdout.contains("rm"), "{}", ran.stdout);
    }
    assert_eq!(fs::read_to_string(dir.join("README.md")).unwrap(), "by hand");
}

#[test]
fn obsolete_files_of_ours_are_named_in_the_order_of_their_names() {
    let dir = folder("obsolete");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    for name in ["b.json", "a.json", "c.json"] {
        fs::write(dir.join(name), Artefact::Catalogue.render()).unwrap();
    }
    let lines: String = ["a", "b", "c"]
        .map(|name| {
            format!(
                "obsolete {path}/{name}.json: it says that this command generated it, but emit \
                 writes no file of this name\nto fix: rm '{path}/{name}.json', or move a copy that \
                 is to be kept out of the folder\n"
            )
        })
        .concat();
    let checked = run(&["emit", "--check", "--dir", path]);
    assert_eq!((checked.code, checked.stdout), (Some(1), lines.clone()));
    let emitted = run(&["emit", "--dir", path]);
    assert_eq!(emitted.code, Some(0));
    assert!(emitted.stdout.ends_with(&lines), "{}", emitted.stdout);
    assert!(dir.join("a.json").exists(), "emit removes nothing");
}

/// Most files there are not text, and some cannot be read by anybody.
#[cfg(target_os = "linux")]
#[test]
fn a_file_of_somebody_else_that_cannot_be_read_does_not_stop_the_command() {
    let ran = run(&["emit", "--check", "--dir", "/proc/self"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
    assert!(ran.stdout.starts_with("missing /proc/self/error.schema.json\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("obsolete"), "{}", ran.stdout);
}

/// A merge that stopped half-way is no reason to take the file for somebody else's.
#[test]
fn a_damaged_file_of_ours_is_stale() {
    let dir = folder("damaged");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    for artefact in Artefact::ALL {
        let file = dir.join(artefact.file_name());
        let text = artefact.render();
        let middle = text[..text.len() / 2].rfind('\n').unwrap() + 1;
        let conflict = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n";
        fs::write(&file, [&text[..middle], conflict, &text[middle..]].concat()).unwrap();
        let stale = run(&["emit", "--check", "--dir", path]);
        let says = format!("stale {}\n", file.display());
        assert_eq!((stale.code, stale.stdout.starts_with(&says)), (Some(1), true));
        assert_eq!(run(&["emit", "--dir", path]).code, Some(0));
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn a_diff_is_coloured_where_colour_is_wanted() {
    let dir = folder("colour");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    let docs = Artefact::Docs.render();
    fs::write(dir.join("errors.md"), docs.replacen("# Errors\n", "# Faults\n", 1)).unwrap();
    let check = ["emit", "--check", "--dir", path];
    let forced = Ran::from(command(&check).env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(
        forced.stdout.contains("\u{1b}[31m-# Faults\u{1b}[0m\n\u{1b}[32m+# Errors\u{1b}[0m\n"),
        "{}",
        forced.stdout
    );
    let plain = run(&check).stdout;
    assert!(plain.contains("\n-# Faults\n+# Errors\n"), "{plain}");
}

#[cfg(unix)]
#[test]
fn a_rewritten_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder("permissions");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    let docs = dir.join("errors.md");
    fs::write(&docs, Artefact::Docs.render() + "stale").unwrap();
    fs::set_permissions(&docs, fs::Permissions::from_mode(0o664)).unwrap();
    assert_eq!(run(&["emit", "--dir", path]).code, Some(0));
    assert_eq!(fs::metadata(&docs).unwrap().permissions().mode() & 0o777, 0o664);
}

#[test]
fn a_file_of_another_program_is_rejected_and_nothing_is_written() {
    for foreign in ["openapi.json", "errors.md"] {
        let dir = folder("foreign");
        let path = dir.to_str().unwrap();
        let quotes = "{\"openapi\":\"3.1.0\",\"note\":\"not Generated from src/catalogue.rs by \
                      `cargo run --features cli -- emit`: do not edit.\"}";
        fs::write(dir.join(foreign), quotes).unwrap();
        let before = contents(&dir);
        let says = format!(
            "not ours {path}/{foreign}: it does not say that this command generated it\n\
             to fix: move it away, or choose another folder with --dir\n"
        );
        let emitted = run(&["emit", "--dir", path]);
        assert_eq!(
            (emitted.code, emitted.stdout),
            (Some(1), format!("{says}nothing was written\n"))
        );
        let checked = run(&["emit", "--check", "--dir", path]);
        assert_eq!((checked.code, checked.stdout), (Some(1), says));
        assert_eq!(contents(&dir), before);
    }
}

/// A link may lead out of the folder, to a file of somebody else.
#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let (dir, outside) = (folder("link"), folder("link-outside").join("notes.md"));
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    // Even if the file at its other end bears our mark.
    fs::write(&outside, Artefact::Docs.render() + "notes").unwrap();
    for name in ["errors.md", "ledger.json"] {
        fs::remove_file(dir.join(name)).unwrap();
        std::os::unix::fs::symlink(&outside, dir.join(name)).unwrap();
        for args in [&["emit", "--dir", path][..], &["emit", "--check", "--dir", path]] {
            let ran = run(args);
            let says = format!("not ours {path}/{name}: it is a symbolic link\n");
            assert_eq!(
                (ran.code, ran.stdout.starts_with(&says)),
                (Some(1), true),
                "{}",
                ran.stdout
            );
        }
        assert!(fs::read_to_string(&outside).unwrap().ends_with("notes"));
        fs::remove_file(dir.join(name)).unwrap();
        run(&["emit", "--dir", path]);
    }
}

/// A write that fails leaves the old file and no temporary one. A folder without write permission
/// does not stop root, so the temporary file's name is taken instead.
#[cfg(target_os = "linux")]
#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let dir = folder("whole");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    let docs = dir.join("errors.md");
    let old = Artefact::Docs.render() + "an older page";
    fs::write(&docs, &old).unwrap();
    // At most 8 kB a file: the page is longer.
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} emit --dir {path}",
        env!("CARGO_BIN_EXE_intelliprint-error")
    );
    let ran: Ran =
        std::process::Command::new("bash").args(["-c", &script]).output().unwrap().into();
    assert_eq!(ran.code, Some(2), "{} {}", ran.stdout, ran.stderr);
    assert!(
        ran.stderr.starts_with(&format!("error: cannot write {path}/errors.md: ")),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read_to_string(&docs).unwrap(), old);
    let names = contents(&dir).into_keys().map(|path| path.display().to_string());
    assert!(!names.into_iter().any(|name| name.ends_with(".tmp")));
}

#[test]
fn a_message_names_the_command_that_runs() {
    let dir = folder("program");
    let check = ["emit", "--check", "--dir", dir.to_str().unwrap()];
    let says = |manifest_dir: &str| {
        let mut command = command(&check);
        command.env("CARGO_MANIFEST_DIR", manifest_dir);
        let ran = Ran::from(command.output().unwrap());
        ran.stdout.lines().last().unwrap().split(" --dir").next().unwrap().to_owned()
    };
    assert_eq!(says(env!("CARGO_MANIFEST_DIR")), "to fix: cargo run --features cli -- emit");
    // Another package's build script or test may run the installed command.
    assert_eq!(says("/elsewhere"), "to fix: intelliprint-error emit");
}

#[test]
fn a_folder_that_is_none_is_said_so() {
    let file = folder("no-folder").join("file");
    fs::write(&file, "").unwrap();
    for args in [
        &["emit", "--dir", file.to_str().unwrap()][..],
        &["emit", "--check", "--dir", file.to_str().unwrap()],
    ] {
        let ran = run(args);
        assert_eq!(ran.code, Some(2), "{}", ran.stdout);
        assert!(ran.stderr.starts_with("error: cannot "), "{}", ran.stderr);
        assert!(ran.stderr.contains(file.to_str().unwrap()), "{}", ran.stderr);
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_said_so() {
    let dir = folder("unreadable");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    fs::remove_file(dir.join("errors.md")).unwrap();
    fs::create_dir(dir.join("errors.md")).unwrap();
    for args in [&["emit", "--dir", path][..], &["emit", "--check", "--dir", path]] {
        let ran = run(args);
        let says = format!("not ours {path}/errors.md: it is a folder\n");
        assert_eq!((ran.code, ran.stdout.starts_with(&says)), (Some(1), true), "{}", ran.stdout);
    }
}

/// Whoever reads the output may close it early: every file is written, and the verdict stays.
#[test]
fn a_closed_output_changes_no_verdict() {
    let dir = folder("pipe");
    let path = dir.to_str().unwrap();
    let check = ["emit", "--check", "--dir", path];
    let inputs = folder("pipe-inputs");
    let (body, old) = (inputs.join("body.json"), inputs.join("old.json"));
    fs::write(&body, "{}").unwrap();
    fs::write(&old, Artefact::Catalogue.render().replace("if_idempotent", "always")).unwrap();
    let (body, old) = (body.to_str().unwrap(), old.to_str().unwrap());
    for (args, code) in [
        (&["print", "docs"][..], 0),
        (&["list"], 0),
        (&["check", body], 1),
        (&["diff", old], 1),
        (&["explain", "refused"], 0),
        (&["explain", "refusd"], 1),
        (&check, 1),
        (&["emit", "--dir", path], 0),
        (&check, 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran: Ran = command(args).stdout(writer).stderr(Stdio::piped()).output().unwrap().into();
        assert_eq!(ran.code, Some(code), "{args:?}");
        assert_eq!(ran.stderr.is_empty(), args[0] != "explain" || code == 0, "{}", ran.stderr);
    }
    for artefact in Artefact::ALL {
        assert_eq!(fs::read_to_string(dir.join(artefact.file_name())).unwrap(), artefact.render());
    }
    assert!(dir.join("ledger.json").exists());
}

/// A full disk is no early end of reading.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ran: Ran =
        command(&["print", "docs"]).stdout(full).stderr(Stdio::piped()).output().unwrap().into();
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("error: cannot write the output: "), "{}", ran.stderr);
}
