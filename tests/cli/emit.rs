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
    let names = || Artefact::ALL.iter().map(|artefact| artefact.file_name()).chain(["ledger.json"]);
    let lines =
        |state: &str| names().map(|name| format!("{state} {path}/{name}\n")).collect::<String>();
    let missing = run(&["emit", "--check", "--dir", path]);
    let fix = format!("to fix: intelliprint-error emit --dir '{path}'\n");
    assert_eq!((missing.code, missing.stdout), (Some(1), lines("missing") + &fix));
    assert!(!dir.exists());

    let created = run(&["emit", "--dir", path]);
    assert_eq!(created.code, Some(0));
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
        // Three lines of context on each side.
        assert_eq!(changes(' '), 6, "{}", stale.stdout);
        assert!(
            stale.stdout.ends_with(&format!("to fix: intelliprint-error emit --dir '{path}'\n"))
        );
        assert_eq!(fs::read(&file).unwrap(), bytes, "it wrote");
        fs::write(&file, artefact.render()).unwrap();
    }
    // The first line, the last and the line end after it, which are far apart.
    let docs = dir.join("errors.md");
    let page = Artefact::Docs.render();
    let edited = page.replacen("<!-- Generated", "<!--  Generated", 1);
    fs::write(&docs, edited.trim_end()).unwrap();
    let stale = run(&["emit", "--check", "--dir", path]).stdout;
    let last = page.lines().last().unwrap();
    assert_eq!(stale.matches("\n@@ ").count(), 2, "{stale}");
    let end = format!("\n-{last}\n\\ No newline at end of file\n+{last}\nto fix: ");
    assert!(stale.contains("\n-<!--  Generated") && stale.contains(&end), "{stale}");
    // A line end, and a byte that is not text.
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

/// As git makes them on Windows if nothing forbids it.
#[test]
fn files_with_crlf_are_stale_and_are_written_with_lf() {
    let dir = folder("crlf");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    // `emit` appends to the ledger and never rewrites it, so its line ends are its owner's.
    fs::remove_file(dir.join("ledger.json")).unwrap();
    let right = contents(&dir);
    for (file, bytes) in &right {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains('\r'), "{}", file.display());
        fs::write(file, text.replace('\n', "\r\n")).unwrap();
    }
    let stale = run(&["emit", "--check", "--dir", path]);
    assert_eq!(stale.code, Some(1));
    for file in right.keys() {
        let header = format!("stale {0}\n--- {0}\n+++ {0}\n@@ -1,", file.display());
        assert!(stale.stdout.contains(&header), "{}", file.display());
    }
    assert!(stale.stdout.contains("\n-{\\r\n"), "the carriage returns are shown");
    let emitted = run(&["emit", "--dir", path]);
    assert_eq!(emitted.code, Some(0), "{}", emitted.stdout);
    fs::remove_file(dir.join("ledger.json")).unwrap();
    assert_eq!(contents(&dir), right);
}

/// As the folders of a path are separated on Windows. Here it is a character of a name.
#[test]
#[cfg(unix)]
fn a_backslash_in_a_path_is_shown_as_it_is() {
    let dir = folder("backslash").join(r"build\x64\n");
    fs::create_dir(&dir).unwrap();
    let path = dir.to_str().unwrap();
    let missing = run(&["emit", "--check", "--dir", path]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.stdout.contains(&format!("missing {path}/errors.md\n")), "{}", missing.stdout);
    let fix = format!("\nto fix: intelliprint-error emit --dir '{path}'\n");
    assert!(missing.stdout.ends_with(&fix), "{}", missing.stdout);
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

/// The reason goes to standard error, because it is lost if standard output goes to a file.
#[track_caller]
fn assert_nothing_was_written(emitted: &Ran, why: &str) {
    let says = format!("error: nothing was written\n{why}");
    assert_eq!(
        (emitted.code, emitted.stdout.as_str(), emitted.stderr.as_str()),
        (Some(1), "", says.as_str())
    );
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
    assert_nothing_was_written(&emitted, &contradictions);
    assert_eq!(contents(&dir), before);
    let checked = run(&["emit", "--check", "--dir", path]);
    assert_eq!((checked.code, checked.stdout), (Some(1), contradictions));
}

/// Only a new row whose name is close may be the row that is gone.
#[test]
fn a_row_that_is_gone_is_guessed_by_its_name() {
    let ledger = emit::ledger(None).unwrap();
    let ledger = ledger.replace("\"refused\"", "\"refusd\"").replace("\"not_found\"", "\"lost\"");
    let dir = folder_with_ledger("ledger-guess", &ledger);
    let checked = run(&["emit", "--check", "--dir", dir.to_str().unwrap()]).stdout;
    let says = |name: &str| {
        let gone = format!("there is no code `{name}` any more");
        checked.lines().find(|line| line.contains(&gone)).unwrap()
    };
    assert!(says("refusd").contains("any more; is it `refused` now, "), "{checked}");
    assert!(says("lost").ends_with("any more"), "{checked}");
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
            let error = format!(
                "error: cannot read {}/ledger.json: {reason}. emit never overwrites a ledger that \
                 it cannot read: restore the file, or choose another folder with --dir\n",
                dir.display()
            );
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
    // Where letter case does not count, this is the page itself.
    fs::write(dir.join("ERRORS.MD"), Artefact::Docs.render()).unwrap();
    // Files that quote the mark do not bear it.
    fs::write(dir.join("mod.rs"), include_str!("../../src/emit/mod.rs")).unwrap();
    let header = Artefact::Docs.render();
    let header = header.lines().next().unwrap();
    fs::write(dir.join("notes.md"), format!("Each file begins with `{header}`.\n")).unwrap();
    // A link to a file of ours, which may be anywhere.
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.join("errors.md"), dir.join("page.md")).unwrap();
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

/// A build that watches the folder must not run again for nothing.
#[cfg(unix)]
#[test]
fn a_file_that_is_up_to_date_is_not_written_again() {
    use std::os::unix::fs::MetadataExt;
    let dir = folder("untouched");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    let files = || contents(&dir).into_keys().map(|file| fs::metadata(file).unwrap());
    let identities = || files().map(|file| (file.ino(), file.mtime_nsec())).collect::<Vec<_>>();
    let before = identities();
    assert_eq!(run(&["emit", "--dir", path]).code, Some(0));
    assert_eq!(identities(), before);
}

/// `emit --dir DIR` in this folder. A command that does not end fails the test.
#[cfg(target_os = "linux")]
fn emit_within_a_minute(here: &Path, dir: &str) -> Ran {
    let program = env!("CARGO_BIN_EXE_intelliprint-error");
    let mut timeout = std::process::Command::new("timeout");
    timeout.args(["60", program, "emit", "--dir", dir]).current_dir(here);
    timeout.output().unwrap().into()
}

/// Reading a pipe would wait for ever, and a file of any length would fill the memory.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_ours_is_not_read() {
    let dir = folder("unread");
    let (path, page) = (dir.to_str().unwrap(), dir.join("errors.md"));
    let rejected = || emit_within_a_minute(&dir, path).stderr;
    let says = |what: &str| {
        format!("error: nothing was written\nnot ours {path}/errors.md: it is {what}\n")
    };
    assert!(std::process::Command::new("mkfifo").arg(&page).status().unwrap().success());
    assert!(rejected().starts_with(&says("a pipe, socket or device")), "{}", rejected());
    fs::remove_file(&page).unwrap();
    fs::File::create(&page).unwrap().set_len((16 << 20) + 1).unwrap();
    assert!(rejected().starts_with(&says("a file of more than 16 MiB")), "{}", rejected());
    // A file of exactly the limit is read, and does not bear our mark.
    fs::File::create(&page).unwrap().set_len(16 << 20).unwrap();
    let read =
        format!("not ours {path}/errors.md: it does not say that this command generated it\n");
    assert!(rejected().contains(&read), "{}", rejected());
}

/// A folder that cannot be listed is not taken for an empty one.
#[test]
fn a_file_in_the_place_of_the_folder_is_an_error() {
    let file = folder("no-folder").join("schema");
    fs::write(&file, "").unwrap();
    let path = file.to_str().unwrap();
    for args in [&["emit", "--dir", path][..], &["emit", "--check", "--dir", path]] {
        let ran = run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        let says = format!("error: cannot list {path}: ");
        assert!(ran.stderr.starts_with(&says), "{}", ran.stderr);
    }
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
    fs::write(dir.join("errors.md"), docs.replacen("# Intelliprint API errors\n", "# Faults\n", 1))
        .unwrap();
    let check = ["emit", "--check", "--dir", path];
    let forced = Ran::from(command(&check).env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(
        forced.stdout.contains(
            "\u{1b}[31m-# Faults\u{1b}[0m\n\u{1b}[32m+# Intelliprint API errors\u{1b}[0m\n"
        ),
        "{}",
        forced.stdout
    );
    let plain = run(&check).stdout;
    assert!(plain.contains("\n-# Faults\n+# Intelliprint API errors\n"), "{plain}");
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
    for foreign in Artefact::ALL.iter().map(|artefact| artefact.file_name()) {
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
        assert_nothing_was_written(&emitted, &says);
        let checked = run(&["emit", "--check", "--dir", path]);
        assert_eq!((checked.code, checked.stdout), (Some(1), says));
        assert_eq!(contents(&dir), before);
    }
}

#[test]
fn every_foreign_file_is_named() {
    let dir = folder("foreign-all");
    let path = dir.to_str().unwrap();
    let mut says = String::new();
    for artefact in Artefact::ALL {
        let name = artefact.file_name();
        fs::write(dir.join(name), "").unwrap();
        says +=
            &format!("not ours {path}/{name}: it does not say that this command generated it\n");
    }
    fs::create_dir(dir.join("ledger.json")).unwrap();
    says += &format!("not ours {path}/ledger.json: it is a folder\n");
    says += "to fix: move it away, or choose another folder with --dir\n";
    assert_nothing_was_written(&run(&["emit", "--dir", path]), &says);
    for artefact in Artefact::ALL {
        assert_eq!(fs::read(dir.join(artefact.file_name())).unwrap(), b"");
    }
    assert_eq!(fs::read_dir(dir.join("ledger.json")).unwrap().count(), 0);
}

#[track_caller]
fn assert_names_what_is_not_ours(args: &[&str], what: &str) {
    let ran = run(args);
    let says = ran.stdout + &ran.stderr;
    assert_eq!((ran.code, says.matches("not ours ").count()), (Some(1), 1), "{says}");
    assert!(says.contains(&format!("not ours {what}\n")), "{says}");
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
            assert_names_what_is_not_ours(args, &format!("{path}/{name}: it is a symbolic link"));
        }
        assert!(fs::read_to_string(&outside).unwrap().ends_with("notes"));
        fs::remove_file(dir.join(name)).unwrap();
        run(&["emit", "--dir", path]);
    }
}

/// Runs the command from bash, after this. `$dir` is the folder, and `$$` the command's process id.
#[cfg(target_os = "linux")]
fn emit_after(script: &str, dir: &Path) -> std::process::Output {
    let script = format!("{script}; exec \"$command\" emit --dir \"$dir\"");
    let mut bash = std::process::Command::new("bash");
    bash.args(["-c", &script]).env("command", env!("CARGO_BIN_EXE_intelliprint-error"));
    bash.env("dir", dir).env_remove("CARGO_MANIFEST_DIR").output().unwrap()
}

/// A folder whose page is stale, and the bytes of the page.
fn folder_with_stale_page(name: &str) -> (PathBuf, String) {
    let dir = folder(name);
    run(&["emit", "--dir", dir.to_str().unwrap()]);
    let stale = Artefact::Docs.render() + "an older page";
    fs::write(dir.join("errors.md"), &stale).unwrap();
    (dir, stale)
}

fn temporary_files(dir: &Path) -> Vec<PathBuf> {
    let is_temporary = |path: &PathBuf| path.extension().is_some_and(|end| end == "tmp");
    contents(dir).into_keys().filter(is_temporary).collect()
}

/// A write that fails leaves the old file and no temporary one.
#[cfg(target_os = "linux")]
#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let (dir, old) = folder_with_stale_page("whole");
    // At most 8 kB a file: the page is longer.
    let ran = Ran::from(emit_after("trap '' XFSZ; ulimit -f 8", &dir));
    assert_eq!(ran.code, Some(2), "{} {}", ran.stdout, ran.stderr);
    let says = format!("error: cannot write {}/errors.md: ", dir.display());
    assert!(ran.stderr.starts_with(&says), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(dir.join("errors.md")).unwrap(), old);
    assert_eq!(temporary_files(&dir), [""; 0].map(PathBuf::from));
}

/// A path has at most 4,095 bytes. That of a temporary file is longer than that of the file itself.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_too_long_for_a_file_is_an_error() {
    let dir = folder("long");
    // A name has at most 255 bytes.
    let path_of = |len: usize| ("d".repeat(199) + "/").repeat(20) + &"d".repeat(len - 4001) + "/";
    let fails = |long: &str, what: &str| {
        let ran = emit_within_a_minute(&dir, long);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.starts_with(&format!("error: cannot {what} {long}")), "{}", ran.stderr);
    };
    // The path of the longest file name has 4,094 bytes, and that of any temporary file more.
    fails(&path_of(4072), "write");
    // The folder is there, and most of the files cannot be looked for.
    let long = path_of(4088);
    let made = std::process::Command::new("mkdir").args(["-p", &long]).current_dir(&dir).status();
    assert!(made.unwrap().success());
    fails(&long, "read");
    fs::remove_dir_all(&dir).unwrap();
}

/// A signal ends the command in the middle of a file.
#[cfg(target_os = "linux")]
#[test]
fn a_crash_leaves_the_old_file_and_the_next_run_writes_the_new_one() {
    use std::os::unix::process::ExitStatusExt;
    let (dir, old) = folder_with_stale_page("crash");
    let crashed = emit_after("ulimit -c 0 -f 8", &dir);
    const XFSZ: i32 = 25;
    assert_eq!(crashed.status.signal(), Some(XFSZ), "{crashed:?}");
    assert_eq!(fs::read_to_string(dir.join("errors.md")).unwrap(), old);
    let left = temporary_files(&dir);
    assert_eq!(left.len(), 1, "{left:?}");

    let path = dir.to_str().unwrap();
    let ran = run(&["emit", "--dir", path]);
    let obsolete =
        format!("obsolete {}: it says that this command generated it", left[0].display());
    assert_eq!((ran.code, ran.stdout.contains(&obsolete)), (Some(0), true), "{}", ran.stdout);
    assert_eq!(fs::read_to_string(dir.join("errors.md")).unwrap(), Artefact::Docs.render());
    assert_eq!(temporary_files(&dir), left);
}

/// In a container every run may have the same process id.
#[cfg(target_os = "linux")]
#[test]
fn a_temporary_file_that_a_crash_left_is_neither_taken_nor_removed() {
    let (dir, _) = folder_with_stale_page("left");
    let ran = Ran::from(emit_after("echo left >\"$dir/errors.md.$$.tmp\"", &dir));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(dir.join("errors.md")).unwrap(), Artefact::Docs.render());
    let left = temporary_files(&dir);
    let [left] = left.as_slice() else { panic!("{left:?}") };
    assert_eq!(fs::read_to_string(left).unwrap(), "left\n");
}

#[test]
fn runs_at_the_same_time_write_the_same_files() {
    let (dir, _) = folder_with_stale_page("concurrent");
    fs::remove_file(dir.join("ledger.json")).unwrap();
    let emit = || command(&["emit", "--dir", dir.to_str().unwrap()]).stdout(Stdio::null()).spawn();
    let runs: Vec<_> = (0..8).map(|_| emit().unwrap()).collect();
    for mut run in runs {
        assert_eq!(run.wait().unwrap().code(), Some(0));
    }
    assert_eq!(run(&["emit", "--check", "--dir", dir.to_str().unwrap()]).code, Some(0));
    assert_eq!(temporary_files(&dir), [""; 0].map(PathBuf::from));
}

/// The path is a path, whatever it holds. What cannot be shown is escaped.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_may_have_any_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    for (name, shown) in [
        (&b"with  space"[..], "with  space"),
        (b"it's", r"it'\''s"),
        (b"not-\xff-utf8", r"not-\xff-utf8"),
        (b"-dash", "-dash"),
    ] {
        let dir = folder("names").join(OsStr::from_bytes(name));
        let ran = |check: &[&str]| {
            let mut option = OsStr::new("--dir=").to_owned();
            option.push(&dir);
            Ran::from(command(&["emit"]).args(check).arg(option).output().unwrap())
        };
        assert_eq!(ran(&[]).code, Some(0));
        fs::write(dir.join("errors.md"), Artefact::Docs.render() + "stale").unwrap();
        let stale = ran(&["--check"]);
        let fix = format!(
            "to fix: intelliprint-error emit --dir '{}/{shown}'\n",
            dir.parent().unwrap().display()
        );
        assert!(stale.stdout.ends_with(&fix), "{}", stale.stdout);
    }
}

/// Without `--dir` it is the folder `schema` where the command runs, and the advice needs no option.
#[test]
fn the_folder_is_schema_unless_another_is_named() {
    let dir = folder("default");
    let ran = |args: &[&str]| Ran::from(command(args).current_dir(&dir).output().unwrap());
    let checked = ran(&["emit", "--check"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.stdout.starts_with("missing schema/error.schema.json\n"), "{}", checked.stdout);
    assert!(checked.stdout.ends_with("\nto fix: intelliprint-error emit\n"), "{}", checked.stdout);
    assert_eq!(ran(&["emit"]).code, Some(0));
    assert_eq!(ran(&["emit", "--check", "--dir", "./schema/"]).code, Some(0));
    // Another folder is named as it was given, which need not be from the root.
    for other in ["new", "../default/new", "schema/new"] {
        let checked = ran(&["emit", "--check", "--dir", other]);
        let fix = format!("\nto fix: intelliprint-error emit --dir '{other}'\n");
        assert!(checked.stdout.ends_with(&fix), "{}", checked.stdout);
    }
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
        assert_names_what_is_not_ours(args, &format!("{path}/errors.md: it is a folder"));
    }
}

/// A reader may close the output early. Every file is written, and the verdict stays.
#[test]
fn a_closed_output_changes_no_verdict() {
    let dir = folder("pipe");
    let path = dir.to_str().unwrap();
    let check = ["emit", "--check", "--dir", path];
    let inputs = folder("pipe-inputs");
    let [body, old, page] = ["body.json", "old.json", "page.txt"].map(|name| inputs.join(name));
    fs::write(&body, "{}").unwrap();
    fs::write(&page, include_str!("documentation.txt").replace("expired", "revoked")).unwrap();
    fs::write(&old, Artefact::Catalogue.render().replace("if_idempotent", "always")).unwrap();
    let [body, old, page] = [&body, &old, &page].map(|path| path.to_str().unwrap());
    for (args, code) in [
        (&["print", "docs"][..], 0),
        (&["list"], 0),
        (&["list", "--json"], 0),
        (&["check", body], 1),
        (&["check", body, "--json"], 1),
        (&["diff", old], 1),
        (&["diff", old, "--json"], 1),
        (&["spec", page], 1),
        (&["man"], 0),
        (&["completions", "zsh"], 0),
        (&["--help"], 0),
        (&["explain", "refused"], 0),
        (&["explain", "403"], 0),
        (&["explain", "599"], 1),
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

/// A full disk is an error, unlike a reader that closes the output. The files are still written.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let dir = folder("full");
    let path = dir.to_str().unwrap();
    for args in
        [&["print", "docs"][..], &["list"], &["--help"], &["--version"], &["emit", "--dir", path]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran: Ran = command(args).stdout(full).stderr(Stdio::piped()).output().unwrap().into();
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.stderr.starts_with("error: cannot write the output: "), "{}", ran.stderr);
    }
    assert_eq!(run(&["emit", "--check", "--dir", path]).code, Some(0));
}
