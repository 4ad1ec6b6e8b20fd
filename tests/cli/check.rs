//! `check`: what it says of a body, and what it reads.

use std::collections::BTreeSet;
use std::fs;

use intelliprint_error::ErrorCode;
use intelliprint_error::emit;
use serde_json::{Value, json};

use crate::common::{Ran, command, folder, run, run_with};

/// The violations of a body, as `PLACE: MESSAGE`, in both forms of the output.
#[track_caller]
fn assert_violations(body: &str, status: Option<&str>, expected: &[&str]) -> Ran {
    let mut args = vec!["check", "-"];
    args.extend(status.iter().flat_map(|status| ["--status", status]));
    let ran = run_with(&args, body.as_bytes());
    args.push("--json");
    let json = run_with(&args, body.as_bytes());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    let violations = report["violations"].as_array().unwrap().iter().map(|violation| {
        let place = match violation["pointer"].as_str() {
            None => "status",
            Some("") => "whole body",
            Some(pointer) => pointer,
        };
        format!("{place}: {}", violation["message"].as_str().unwrap())
    });
    let violations: Vec<_> = violations.collect();
    assert_eq!(violations, expected);
    assert_eq!(report["conforms"], expected.is_empty());
    let members: BTreeSet<_> = report.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["conforms", "error", "looks_like", "notes", "violations"]));
    assert_eq!(report["notes"], json!([]));
    match report["looks_like"].as_str() {
        Some(sentence) => assert!(ran.stdout.starts_with(&format!("{sentence}\n")), "{sentence}"),
        None => assert!(report["error"].is_object(), "{report}"),
    }
    let code = Some(i32::from(!expected.is_empty()));
    assert_eq!((ran.code, json.code), (code, code));
    if expected.is_empty() {
        assert!(ran.stdout.ends_with("\nConforms to the contract.\n"), "{}", ran.stdout);
    } else {
        let list: String = expected.iter().map(|line| format!("  {line}\n")).collect();
        assert!(
            ran.stdout.ends_with(&format!("\nViolates the contract:\n{list}")),
            "{}",
            ran.stdout
        );
    }
    ran
}

const DOCUMENTED: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;

#[test]
fn check_shows_what_a_body_decodes_to() {
    let ran = assert_violations(DOCUMENTED, Some("400"), &[]);
    let expected = "message  Received unknown parameter: confimred (Did you mean confirmed?)\ntype     invalid_request_error\ncode     parameter_unknown\nparam    confimred\n\nWhat it means (spec)\nAn unknown parameter was provided in the request.\n\nHow to fix it (advice)\nRemove the parameter";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    let json = run_with(&["check", "--json"], DOCUMENTED.as_bytes());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(report["error"], serde_json::from_str::<Value>(DOCUMENTED).unwrap()["error"]);
}

#[test]
fn every_example_of_the_api_conforms_and_the_sdks_does_not() {
    for code in ErrorCode::ALL {
        let body = String::from_utf8(emit::example(*code).to_json()).unwrap();
        match code.http_status() {
            Some(status) => drop(assert_violations(&body, Some(&status.to_string()), &[])),
            None => drop(assert_violations(
                &body,
                Some("500"),
                &[
                    "/error/type: `network_error` is raised by SDKs only: no server may send it",
                    "/error/code: `network_error` is raised by SDKs only: no server may send it",
                ],
            )),
        }
    }
}

#[test]
fn check_lists_every_violation_with_its_place() {
    assert_violations(
        r#"{"error":{"message":"m","type":"rate_limit_error","code":"rate_limited"}}"#,
        Some("503"),
        &[
            "/error/type: `rate_limit_error` is not an error type of this version",
            "/error/type: `rate_limit_error` is not the type of `rate_limited`, which is `rate_limited`",
            "status: HTTP status 503 does not fit `rate_limited`, which goes with 429",
        ],
    );
    assert_violations(
        r#"{"error":{"message":"m","type":"payment_error","code":"not_fond"}}"#,
        Some("200"),
        &[
            "/error/code: `not_fond` is not an error code of this version (did you mean `not_found`?)",
            "status: HTTP status 200 is not an error status, 400 to 599",
        ],
    );
    // The closest name of the same kind: `refused` is a code and `invalid_request_error` a type.
    assert_violations(
        r#"{"error":{"message":"m","type":"refusd","code":"invalid_request_eror"}}"#,
        None,
        &[
            "/error/type: `refusd` is not an error type of this version",
            "/error/code: `invalid_request_eror` is not an error code of this version",
        ],
    );
    let missing = "/error/param: missing: a response with `parameter_missing` names the parameter that caused it";
    for param in ["", r#","param":null"#, r#","param":"""#] {
        assert_violations(
            &format!(
                r#"{{"error":{{"message":"m","type":"invalid_request_error","code":"parameter_missing"{param}}}}}"#
            ),
            None,
            &[missing],
        );
    }
    // Of a body that does not decode, too: one of a wrong type is not missing.
    let number = "/error/param: expected a string, null or nothing, found a number";
    for (param, violation) in [
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
        assert_violations(
            &body,
            None,
            &[Some(message), violation].into_iter().flatten().collect::<Vec<_>>(),
        );
    }
    // More than the decoder's first rejection.
    assert_violations(
        r#"{"error":{"message":5,"type":null,"code":"not_found","param":[]}}"#,
        Some("400"),
        &[
            "/error/message: expected a string, found a number",
            "/error/type: expected a string, found null",
            "/error/param: expected a string, null or nothing, found an array",
            "status: HTTP status 400 does not fit `not_found`, which goes with 404",
        ],
    );
    assert_violations(r#"{"error":"text"}"#, None, &["/error: expected an object, found a string"]);
    assert_violations("{}", None, &["/error: expected an object, found nothing"]);
    assert_violations(
        r#"{"error":{"param":null}}"#,
        None,
        &[
            "/error/message: expected a string, found nothing",
            "/error/type: expected a string, found nothing",
            "/error/code: expected a string, found nothing",
        ],
    );
    assert_violations("[]", None, &["whole body: expected an object with `error`, found an array"]);
    assert_violations(
        r#"{"error":{"message":"m","type":"payment_error","code":"payment_error","code":"payment_error"}}"#,
        None,
        &["whole body: not an error object: duplicate field `code`, at byte 75"],
    );
}

/// Each kind of JSON value, in each place that must hold another kind.
#[test]
fn a_value_of_the_wrong_kind_is_named_by_its_kind() {
    let kinds = [
        ("null", "null"),
        ("true", "a boolean"),
        ("false", "a boolean"),
        ("-1.5e3", "a number"),
        ("[\"m\"]", "an array"),
        (r#"{"message":"m"}"#, "an object"),
    ];
    for (value, kind) in kinds {
        for name in ["message", "type", "code"] {
            let with = |field| if field == name { value } else { "\"payment_error\"" };
            let [message, error_type, code] = ["message", "type", "code"].map(with);
            let body =
                format!(r#"{{"error":{{"message":{message},"type":{error_type},"code":{code}}}}}"#);
            let violation = format!("/error/{name}: expected a string, found {kind}");
            assert_violations(&body, None, &[&violation]);
        }
        let body = format!(
            r#"{{"error":{{"message":"m","type":"payment_error","code":"payment_error","param":{value}}}}}"#
        );
        let violation = format!("/error/param: expected a string, null or nothing, found {kind}");
        let expected = if value == "null" { vec![] } else { vec![&*violation] };
        assert_violations(&body, None, &expected);
    }
    for (value, kind) in kinds.into_iter().chain([("\"m\"", "a string")]) {
        if kind != "an object" {
            let violation = format!("/error: expected an object, found {kind}");
            assert_violations(&format!(r#"{{"error":{value}}}"#), None, &[&violation]);
            let violation = format!("whole body: expected an object with `error`, found {kind}");
            assert_violations(value, None, &[&violation]);
        }
    }
}

#[test]
fn check_says_what_a_foreign_body_is() {
    let proxy = "a proxy or gateway may have responded in the API's place.\n";
    for (body, says, violation) in [
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
        let ran = assert_violations(body, None, &[violation]);
        assert!(ran.stdout.starts_with(&format!("{says}{proxy}")), "{}", ran.stdout);
    }
    for (body, violation) in [
        (r#"{"title":"Forbidden"}"#, "/error: expected an object, found nothing"),
        (r#"{"status":403}"#, "/error: expected an object, found nothing"),
        (
            r#"{"title":"Forbidden","status":403,"error":"text"}"#,
            "/error: expected an object, found a string",
        ),
        ("[]", "whole body: expected an object with `error`, found an array"),
    ] {
        let ran = assert_violations(body, None, &[violation]);
        assert!(
            ran.stdout.starts_with("This is JSON, but not the API's error object.\n"),
            "{}",
            ran.stdout
        );
    }
    // A byte order mark does not hide a problem object.
    let problem = "\u{feff}{\"title\":\"Forbidden\",\"status\":403}";
    let ran = assert_violations(problem, None, &["/error: expected an object, found nothing"]);
    assert!(
        ran.stdout.starts_with("This is a problem details object (RFC 9457): "),
        "{}",
        ran.stdout
    );
    let ran = assert_violations(
        "",
        None,
        &["whole body: not JSON: EOF while parsing a value, at byte 0"],
    );
    assert!(ran.stdout.starts_with("The body is empty.\n"), "{}", ran.stdout);
    let cut = &DOCUMENTED[..40];
    let ran = assert_violations(
        cut,
        None,
        &["whole body: not JSON: EOF while parsing a string, at byte 40"],
    );
    assert!(ran.stdout.starts_with("This is not JSON.\n"), "{}", ran.stdout);
}

#[test]
fn check_says_what_bytes_that_are_not_utf8_are() {
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        (mark.to_owned() + DOCUMENTED).encode_utf16().flat_map(bytes).collect()
    };
    let page =
        "This is an HTML or XML page: a proxy or gateway may have responded in the API's place.";
    let in_utf16 = "This is text in UTF-16: JSON is sent in UTF-8.";
    for (body, says) in [
        (b"<html><title>Acc\xe8s interdit</title></html>".to_vec(), page),
        (b"\r\n <?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe8</a>".to_vec(), page),
        (utf16(u16::to_le_bytes, "\u{feff}"), in_utf16),
        (utf16(u16::to_be_bytes, "\u{feff}"), in_utf16),
        (utf16(u16::to_le_bytes, ""), in_utf16),
        (utf16(u16::to_be_bytes, ""), in_utf16),
        (
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV\x02\0".to_vec(),
            "This is gzip data: decompress the body, then check it.",
        ),
        (b"caf\xe8".to_vec(), "This is not JSON."),
        (b"{\"error\":\"caf\xe8\"}".to_vec(), "This is not JSON."),
    ] {
        let ran = run_with(&["check"], &body);
        let says = format!("{says}\n\nViolates the contract:\n  whole body: not ");
        assert_eq!((ran.code, ran.stdout.starts_with(&says)), (Some(1), true), "{}", ran.stdout);
    }
}

/// A status of another class is a violation, and a number that no response can have is wrong usage.
#[test]
fn check_takes_every_status_that_a_response_can_have() {
    let body = br#"{"error":{"message":"m","type":"a","code":"b"}}"#;
    for (status, is_error) in
        [("100", false), ("200", false), ("399", false), ("400", true), ("599", true)]
    {
        let ran = run_with(&["check", "--status", status], body);
        let says = format!("  status: HTTP status {status} is not an error status, 400 to 599\n");
        assert_eq!((ran.code, ran.stdout.contains(&says)), (Some(1), !is_error), "{}", ran.stdout);
    }
    for status in ["99", "600", "699", "65536", "4xx", "-1", ""] {
        let ran = run(&["check", &format!("--status={status}")]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{status}");
        let says = format!(
            "error: invalid value '{status}' for '--status <N>': expected a whole number from 100 to 599\n"
        );
        assert!(ran.stderr.starts_with(&says), "{}", ran.stderr);
    }
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
    let reason = "it is longer than 1 MiB, the most that is read\n";
    let stderr = run(&["check", file.to_str().unwrap()]).stderr;
    assert_eq!(stderr, format!("error: cannot read {}: {reason}", file.display()));
    // Input without an end.
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
        assert!(ran.stdout.contains("Violates the contract:"), "{}", ran.stdout);
    }
}
