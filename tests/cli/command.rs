//! The command, as a user runs it: what it prints, writes and exits with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use intelliprint_error::ErrorCode;
use intelliprint_error::emit::{self, Artefact};
use serde_json::{Value, json};

use crate::common::{Ran, command, folder, run, run_with};

// emit

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
    assert_eq!((fine.code, fine.stdout), (Some(0), format!("6 files in {path} are up to date\n")));

    let docs = dir.join("errors.md");
    let changed = fs::read_to_string(&docs).unwrap().replace("> 100 MiB", "> 100 MB");
    fs::write(&docs, &changed).unwrap();
    let updated = run(&["emit", "--dir", path]).stdout;
    assert_eq!(updated.matches("unchanged").count(), 5);
    assert!(updated.contains(&format!("updated   {path}/errors.md\n")), "{updated}");
}

#[test]
fn check_shows_one_changed_byte_of_any_file_and_what_mends_it() {
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
            stale
                .stdout
                .ends_with(&format!("to mend: cargo run --features cli -- emit --dir '{path}'\n"))
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
    fs::write(dir.join("errors.md"), "stale").unwrap();
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
         changed\nto mend: make each row what the ledger says, or keep it so and withdraw it \
         (`.withdrawn(\"x.y.z\")`), with a new row under a new name beside it.\nOnly a line that was never on the main \
         branch may go: delete it, then: cargo run --features cli -- emit --dir '{path}'\n",
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
fn an_unexpected_file_is_shown_and_the_hand_written_one_is_not() {
    let dir = folder("unexpected");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    fs::write(dir.join("README.md"), "by hand").unwrap();
    assert_eq!(run(&["emit", "--check", "--dir", path]).code, Some(0));
    fs::write(dir.join("old.schema.json"), "{}").unwrap();
    let unexpected = run(&["emit", "--check", "--dir", path]);
    let expected =
        format!("unexpected {path}/old.schema.json\nto mend: rm -r '{path}/old.schema.json'\n");
    assert_eq!((unexpected.code, unexpected.stdout), (Some(1), expected));
    let emitted = run(&["emit", "--dir", path]);
    assert_eq!(emitted.code, Some(0));
    assert!(emitted.stdout.contains("unexpected"), "{}", emitted.stdout);
    assert!(dir.join("old.schema.json").exists(), "somebody's file is theirs");
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
fn a_file_that_cannot_be_read_is_not_taken_for_a_missing_one() {
    let dir = folder("unreadable");
    let path = dir.to_str().unwrap();
    run(&["emit", "--dir", path]);
    fs::remove_file(dir.join("errors.md")).unwrap();
    fs::create_dir(dir.join("errors.md")).unwrap();
    for args in [&["emit", "--dir", path][..], &["emit", "--check", "--dir", path]] {
        let ran = run(args);
        assert_eq!((ran.code, ran.stdout.contains("missing")), (Some(2), false), "{}", ran.stdout);
        assert!(
            ran.stderr.starts_with(&format!("error: cannot read {path}/errors.md: ")),
            "{}",
            ran.stderr
        );
    }
}

// print

#[test]
fn print_gives_each_file_byte_for_byte() {
    for artefact in Artefact::ALL {
        let printed = run(&["print", artefact.name()]);
        assert_eq!((printed.code, printed.stdout), (Some(0), artefact.render()));
    }
    let unknown = run(&["print", "schemas"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.stderr.contains("schema, open-schema, openapi, catalogue, docs"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let dir = folder("pipe");
    for args in
        [&["print", "docs"][..], &["emit", "--dir", dir.to_str().unwrap()], &["explain", "refused"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran: Ran = command(args).stdout(writer).stderr(Stdio::piped()).output().unwrap().into();
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

// explain

#[test]
fn explain_says_all_there_is_to_say() {
    let expected = r#"parameter_unknown: an error code

An unknown parameter was provided in the request.

type         invalid_request_error (spec)
HTTP status  400 (observed)
retry        never (advice)
raised by    the API (spec)

How to fix it (advice)
Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant.

May it be sent again? (advice)
The same request will fail again: change it first.

An example (observed)
{
  "error": {
    "message": "Received unknown parameter: confimred (Did you mean confirmed?)",
    "type": "invalid_request_error",
    "code": "parameter_unknown",
    "param": "confimred"
  }
}
"#;
    let explained = run(&["explain", "parameter_unknown"]);
    assert_eq!((explained.code, explained.stdout.as_str()), (Some(0), expected));
    // A name that is both.
    let both = run(&["explain", "network_error"]).stdout;
    assert!(both.starts_with("network_error: an error code\n"), "{both}");
    assert!(both.contains("HTTP status  none (spec)\n"), "{both}");
    assert!(both.contains("raised by    SDKs only, never an answer (spec)\n"), "{both}");
    assert!(both.contains("\nnetwork_error: an error type\n"), "{both}");
    let of_type = run(&["explain", "authentication_error"]).stdout;
    assert!(
        of_type.ends_with("\nits codes    no_api_key, invalid_api_key, forbidden\n"),
        "{of_type}"
    );
}

#[test]
fn explain_in_json_is_the_row_of_the_export() {
    let export: Value = serde_json::from_str(&Artefact::Catalogue.render()).unwrap();
    for row in export["codes"].as_array().unwrap() {
        let ran = run(&["explain", "--json", row["name"].as_str().unwrap()]);
        assert_eq!(ran.code, Some(0));
        let explained: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(&explained["code"], row);
        let error_type =
            export["types"].as_array().unwrap().iter().find(|t| t["name"] == row["name"]);
        assert_eq!(explained["type"], error_type.cloned().unwrap_or_default());
    }
}

#[test]
fn explain_suggests_the_closest_name_if_any_is_close() {
    for (name, meant) in [
        ("parameter_unkown", "parameter_unknown"),
        ("RateLimited", "rate_limited"),
        ("not-found", "not_found"),
        ("NoApiKi", "no_api_key"),
        ("authentification_error", "authentication_error"),
    ] {
        let ran = run(&["explain", name]);
        let expected = format!(
            "`{name}` is no type or code of version {}. Did you mean `{meant}`?\n",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!((ran.code, ran.stdout), (Some(1), expected));
        let ran = run(&["explain", name, "--json"]);
        let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            (ran.code, answer),
            (Some(1), json!({ "name": name, "code": null, "type": null, "did_you_mean": meant }))
        );
    }
    for name in ["", "zzz", "\u{1b}[31m", &"x".repeat(100_000)] {
        let ran = run(&["explain", name]);
        assert_eq!(ran.code, Some(1));
        assert!(
            !ran.stdout.contains("Did you mean") && !ran.stdout.contains('\u{1b}'),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn colour_is_for_terminals() {
    assert!(!run(&["explain", "refused"]).stdout.contains('\u{1b}'));
    let forced = command(&["explain", "refused"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(forced.stdout.starts_with(b"\x1b[1mrefused\x1b[0m"));
    let refused = command(&["explain", "refused"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(refused.stdout.starts_with(b"refused:"));
}

// check

/// The departures of a body, as `PLACE: MESSAGE`, in both forms of the answer.
#[track_caller]
fn assert_departures(body: &str, status: Option<&str>, expected: &[&str]) -> Ran {
    let mut args = vec!["check", "-"];
    args.extend(status.iter().flat_map(|status| ["--status", status]));
    let ran = run_with(&args, body.as_bytes());
    args.push("--json");
    let json = run_with(&args, body.as_bytes());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    let departures = report["departures"].as_array().unwrap().iter().map(|departure| {
        let place = match departure["pointer"].as_str() {
            None => "status",
            Some("") => "whole body",
            Some(pointer) => pointer,
        };
        format!("{place}: {}", departure["message"].as_str().unwrap())
    });
    let departures: Vec<_> = departures.collect();
    assert_eq!(departures, expected);
    assert_eq!(report["conforms"], expected.is_empty());
    let code = Some(i32::from(!expected.is_empty()));
    assert_eq!((ran.code, json.code), (code, code));
    if expected.is_empty() {
        assert!(ran.stdout.ends_with("\nConforms to the contract.\n"), "{}", ran.stdout);
    } else {
        let list: String = expected.iter().map(|line| format!("  {line}\n")).collect();
        assert!(
            ran.stdout.ends_with(&format!("\nDeparts from the contract:\n{list}")),
            "{}",
            ran.stdout
        );
    }
    ran
}

const DOCUMENTED: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;

#[test]
fn check_shows_what_a_body_decodes_to() {
    let ran = assert_departures(DOCUMENTED, Some("400"), &[]);
    let expected = "message  Received unknown parameter: confimred (Did you mean confirmed?)\ntype     invalid_request_error\ncode     parameter_unknown\nparam    confimred\n\nWhat it means (spec)\nAn unknown parameter was provided in the request.\n\nHow to fix it (advice)\nRemove the parameter";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    let json = run_with(&["check", "--json"], DOCUMENTED.as_bytes());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(report["error"], serde_json::from_str::<Value>(DOCUMENTED).unwrap()["error"]);
}

#[test]
fn every_example_of_the_api_conforms_and_the_sdks_departs() {
    for code in ErrorCode::ALL {
        let body = String::from_utf8(emit::example(*code).to_json()).unwrap();
        match code.http_status() {
            Some(status) => drop(assert_departures(&body, Some(&status.to_string()), &[])),
            None => drop(assert_departures(
                &body,
                Some("500"),
                &[
                    "/error/type: `network_error` is raised by SDKs only: no server may answer with it",
                    "/error/code: `network_error` is raised by SDKs only: no server may answer with it",
                ],
            )),
        }
    }
}

#[test]
fn check_lists_every_departure_with_its_place() {
    assert_departures(
        r#"{"error":{"message":"m","type":"rate_limit_error","code":"rate_limited"}}"#,
        Some("503"),
        &[
            "/error/type: `rate_limit_error` is not an error type of this version",
            "/error/type: `rate_limit_error` is not the type of `rate_limited`, which is `rate_limited`",
            "status: HTTP status 503 does not fit `rate_limited`, which goes with 429",
        ],
    );
    assert_departures(
        r#"{"error":{"message":"m","type":"payment_error","code":"not_fond"}}"#,
        Some("200"),
        &[
            "/error/code: `not_fond` is not an error code of this version (did you mean `not_found`?)",
            "status: HTTP status 200 is not one of an error, 400 to 599",
        ],
    );
    let missing = "/error/param: missing: an answer with `parameter_missing` names the parameter that caused it";
    for param in ["", r#","param":null"#, r#","param":"""#] {
        assert_departures(
            &format!(
                r#"{{"error":{{"message":"m","type":"invalid_request_error","code":"parameter_missing"{param}}}}}"#
            ),
            None,
            &[missing],
        );
    }
    // Of a body that does not decode, too: one of a wrong type is not missing.
    let number = "/error/param: expected a string, null or nothing, found a number";
    for (param, departure) in [
        ("", Some(missing)),
        (r#","param":null"#, Some(missing)),
        (r#","param":"""#, Some(missing)),
        (r#","param":5"#, Some(number)),
        (r#","param":"recipients""#, None),
    ] {
        let body = format!(
            r#"{{"error":{{"message":5,"type":"invalid_request_error","code":"parameter_missing"{param}}}}}"#
        );
        let message = "/error/message: expected a string, found a number";
        assert_departures(
            &body,
            None,
            &[Some(message), departure].into_iter().flatten().collect::<Vec<_>>(),
        );
    }
    // More than the decoder's first refusal.
    assert_departures(
        r#"{"error":{"message":5,"type":null,"code":"not_found","param":[]}}"#,
        Some("400"),
        &[
            "/error/message: expected a string, found a number",
            "/error/type: expected a string, found null",
            "/error/param: expected a string, null or nothing, found an array",
            "status: HTTP status 400 does not fit `not_found`, which goes with 404",
        ],
    );
    assert_departures(r#"{"error":"text"}"#, None, &["/error: expected an object, found a string"]);
    assert_departures("{}", None, &["/error: expected an object, found nothing"]);
    assert_departures("[]", None, &["whole body: expected an object with `error`, found an array"]);
    assert_departures(
        r#"{"error":{"message":"m","type":"payment_error","code":"payment_error","code":"payment_error"}}"#,
        None,
        &["whole body: not an error object: duplicate field `code`, at byte 75"],
    );
}

#[test]
fn check_says_what_a_foreign_body_is() {
    let proxy = "a proxy or gateway may have answered in the API's place.\n";
    for (body, says, departure) in [
        (
            "\n<html></html>",
            "This is an HTML or XML page: ",
            "whole body: not JSON: expected value, found '<', at byte 1",
        ),
        (
            r#"{"type":"about:blank","title":"Forbidden","status":403}"#,
            "This is a problem details object (RFC 9457): ",
            "/error: expected an object, found nothing",
        ),
    ] {
        let ran = assert_departures(body, None, &[departure]);
        assert!(ran.stdout.starts_with(&format!("{says}{proxy}")), "{}", ran.stdout);
    }
    for (body, departure) in [
        (r#"{"title":"Forbidden"}"#, "/error: expected an object, found nothing"),
        (r#"{"status":403}"#, "/error: expected an object, found nothing"),
        (
            r#"{"title":"Forbidden","status":403,"error":"text"}"#,
            "/error: expected an object, found a string",
        ),
        ("[]", "whole body: expected an object with `error`, found an array"),
    ] {
        let ran = assert_departures(body, None, &[departure]);
        assert!(
            ran.stdout.starts_with("This is JSON, but not the API's error object.\n"),
            "{}",
            ran.stdout
        );
    }
    let ran = assert_departures(
        "",
        None,
        &["whole body: not JSON: EOF while parsing a value, at byte 0"],
    );
    assert!(ran.stdout.starts_with("The body is empty.\n"), "{}", ran.stdout);
    let cut = &DOCUMENTED[..40];
    let ran = assert_departures(
        cut,
        None,
        &["whole body: not JSON: EOF while parsing a string, at byte 40"],
    );
    assert!(ran.stdout.starts_with("This is not JSON.\n"), "{}", ran.stdout);
}

#[test]
fn check_shows_hostile_text_escaped() {
    let body = r#"{"error":{"message":"a\u001b[31m\nb","type":"\u202e","code":"\u001b]0;x\u0007","param":"\r"}}"#;
    let ran = run_with(&["check"], body.as_bytes());
    assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}']), "{:?}", ran.stdout);
    assert!(
        ran.stdout.starts_with("message  a\\u{1b}[31m\\nb\ntype     \\u{202e}\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn check_reads_files_and_says_which_it_cannot_read() {
    let dir = folder("files");
    let file = dir.join("body.json");
    fs::write(&file, DOCUMENTED).unwrap();
    assert_eq!(run(&["check", file.to_str().unwrap()]).code, Some(0));
    for path in [dir.join("none.json"), dir] {
        let ran = run(&["check", path.to_str().unwrap()]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(
            ran.stderr.starts_with(&format!("error: cannot read {}: ", path.display())),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn check_reads_no_more_than_a_mebibyte() {
    let file = folder("long").join("body.json");
    for (len, code) in [(1 << 20, 1), ((1 << 20) + 1, 2)] {
        fs::write(&file, " ".repeat(len)).unwrap();
        assert_eq!(run(&["check", file.to_str().unwrap()]).code, Some(code), "{len}");
    }
    let reason = "it is longer than 1 MiB, the most that is read; `head -c 1M` cuts it\n";
    let stderr = run(&["check", file.to_str().unwrap()]).stderr;
    assert_eq!(stderr, format!("error: cannot read {}: {reason}", file.display()));
    // One without an end.
    let mut endless = command(&["check"]);
    endless.stdin(fs::File::open("/dev/zero").unwrap());
    let ran = Ran::from(endless.output().unwrap());
    assert_eq!(
        (ran.code, ran.stderr),
        (Some(2), format!("error: cannot read standard input: {reason}"))
    );
}

#[test]
fn check_takes_any_depth() {
    let depth = 400_000;
    for (before, after) in [
        ("", ""),
        (r#"{"error":{"message":"#, "}}"),
        (r#"{"error":"#, "}"),
        (r#"{"x":"#, r#","error":{"message":"m","type":"t","code":"c"}}"#),
    ] {
        let body = [before, &"[".repeat(depth), &"]".repeat(depth), after].concat();
        let ran = run_with(&["check"], body.as_bytes());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""), "{before}");
        assert!(ran.stdout.contains("Departs from the contract:"), "{}", ran.stdout);
    }
}

// hostile text

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
        // As on a terminal, where nothing is taken out: what is left are the styles of the command itself.
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
    fs::write(dir.join(format!("{HOSTILE}'; reboot '")), "").unwrap();
    let docs = dir.join("errors.md");
    fs::write(&docs, format!("{HOSTILE}\n")).unwrap();
    let ran = run(&["emit", "--check", "--dir", dir.to_str().unwrap()]);
    assert_harmless(&ran);
    assert!(ran.stdout.contains(&format!("\n-{ESCAPED}\n")), "{}", ran.stdout);
    let mending = format!(r"rm -r '{}/{ESCAPED}'\''; reboot '\'''", dir.display());
    assert!(ran.stdout.contains(&mending), "{}", ran.stdout);
}

#[test]
fn json_for_programs_is_harmless_and_has_the_text_untouched() {
    let explained = run(&["explain", "--json", HOSTILE]);
    assert_harmless(&explained);
    assert_eq!(serde_json::from_str::<Value>(&explained.stdout).unwrap()["name"], HOSTILE);
    let body =
        json!({"error": {"message": HOSTILE, "type": HOSTILE, "code": HOSTILE, "param": HOSTILE}});
    let checked = run_with(&["check", "--json"], body.to_string().as_bytes());
    assert_harmless(&checked);
    assert_eq!(serde_json::from_str::<Value>(&checked.stdout).unwrap()["error"], body["error"]);
}

// usage

#[test]
fn wrong_usage_exits_with_2_and_help_with_0() {
    for args in [
        &[][..],
        &["explain"],
        &["nonsense"],
        &["check", "--status", "99"],
        &["check", "--status", "x"],
        &["emit", "x"],
    ] {
        assert_eq!(run(args).code, Some(2), "{args:?}");
    }
    for args in [&["--help"][..], &["help", "check"], &["emit", "--help"], &["--version"]] {
        assert_eq!(run(args).code, Some(0), "{args:?}");
    }
}
