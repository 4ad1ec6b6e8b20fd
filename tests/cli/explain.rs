//! `explain` and `print`.

use intelliprint_error::emit::Artefact;
use serde_json::{Value, json};

use crate::common::{command, run};

#[test]
fn print_gives_each_file_byte_for_byte() {
    for artefact in Artefact::ALL {
        let printed = run(&["print", artefact.name()]);
        assert_eq!((printed.code, printed.stdout), (Some(0), artefact.render()));
        let by_file = run(&["print", artefact.file_name()]);
        assert_eq!((by_file.code, by_file.stdout), (Some(0), artefact.render()));
    }
    let unknown = run(&["print", "schemas"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.stderr.contains("openapi-3.0, catalogue, docs, html, typescript, python, php"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn explain_says_all_there_is_to_say() {
    let expected = r#"parameter_unknown: an error code

An unknown parameter was provided in the request.

type         invalid_request_error (spec)
HTTP status  400 (observed: live-report)
retry        never (advice)
raised by    the API (spec)

How to fix it (advice)
Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant.

May it be sent again? (advice)
The same request will fail again until the cause of the error is fixed.

An example (observed: errors-page)
{
  "error": {
    "message": "Received unknown parameter: confimred (Did you mean confirmed?)",
    "type": "invalid_request_error",
    "code": "parameter_unknown",
    "param": "confimred"
  }
}

Where a fact comes from
  spec: The specification says so.
  observed: Seen in a named source: the API’s own documentation, its official SDK’s tests, a report of a live response, or a server library that responds with this API’s names.
  advice: This project’s choice, in line with HTTP semantics. The specification is silent.
  errors-page: The documentation’s page on errors, which is the specification: https://docs.intelliprint.net/technical/errors
  live-report: A public integration’s log of a live response

Documentation: https://docs.intelliprint.net/technical/errors
"#;
    let explained = run(&["explain", "parameter_unknown"]);
    assert_eq!((explained.code, explained.stdout.as_str()), (Some(0), expected));
    // A name that is both.
    let both = run(&["explain", "network_error"]).stdout;
    assert!(both.starts_with("network_error: an error code\n"), "{both}");
    assert!(both.contains("HTTP status  none (spec)\n"), "{both}");
    assert!(both.contains("raised by    SDKs only, never in a response (spec)\n"), "{both}");
    // The description of both is shown once.
    let error_type = "\nnetwork_error: an error type, too\n\nraised by    SDKs only, never in a response \
                      (spec)\nits codes    network_error\n\nWhere a fact comes from\n";
    assert!(both.contains(error_type), "{both}");
    let of_type = run(&["explain", "authentication_error"]).stdout;
    assert!(
        of_type.contains("\nits codes    no_api_key, invalid_api_key, forbidden\n\nWhere"),
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
        assert_eq!(explained.get("did_you_mean"), None);
    }
}

#[test]
fn explain_suggests_the_closest_name_if_any_is_close() {
    for (name, meant) in [
        ("parameter_unkown", "parameter_unknown"),
        ("RateLimited", "rate_limited"),
        ("not-found", "not_found"),
        ("NoApiKi", "no_api_key"),
        ("NO_API_KEY", "no_api_key"),
        // A separator is not a wrong letter, so a third of the letters may still be wrong.
        ("NO APY KYE", "no_api_key"),
        ("no-apy-kye", "no_api_key"),
        ("no.apy.kye", "no_api_key"),
        ("authentification_error", "authentication_error"),
    ] {
        let ran = run(&["explain", name]);
        let expected = format!(
            "error: `{name}` is not a type or code of version {}: did you mean `{meant}`?\n",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!((ran.code, ran.stdout, &ran.stderr), (Some(1), String::new(), &expected));
        let ran = run(&["explain", name, "--json"]);
        let explanation: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            (ran.code, explanation, ran.stderr),
            (
                Some(1),
                json!({ "name": name, "code": null, "type": null, "did_you_mean": meant }),
                expected
            )
        );
    }
    for name in ["", "zzz", " 404", "404 ", "\u{1b}[31m", &"x".repeat(100_000)] {
        let ran = run(&["explain", name]);
        assert_eq!(ran.code, Some(1));
        assert!(
            ran.stderr.ends_with(": `intelliprint-error list` lists every code\n"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
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

#[test]
fn explain_a_status_names_its_codes() {
    let ran = run(&["explain", "403"]);
    assert_eq!(ran.code, Some(0));
    for text in [
        "HTTP 403: the codes that are sent with it\n\nforbidden (this status is advice)",
        "\nrefused (this status is advice)\n  The request was refused by the server.",
        "\n  How to fix it (advice): Delete resources of this kind",
        "\nWith a code that this version does not know, the retry rule is `never` (advice).\n",
        "\n  advice: This project’s choice",
    ] {
        assert!(ran.stdout.contains(text), "{text}: {}", ran.stdout);
    }
    let json: Value = serde_json::from_str(&run(&["explain", "--json", "429"]).stdout).unwrap();
    assert_eq!((&json["status"], &json["retry"]), (&json!(429), &json!("after_delay")));
    assert_eq!(json["codes"].as_array().unwrap().len(), 1);
    assert_eq!(json["codes"][0]["name"], "rate_limited");
    let none = run(&["explain", "502"]);
    let says = "error: no code of version 0.1.0 has the HTTP status 502. A response with it comes \
                from a proxy or a newer server, and its retry rule is `if_idempotent` (advice)\n";
    assert_eq!((none.code, none.stdout.as_str(), none.stderr.as_str()), (Some(1), "", says));
    let json = run(&["explain", "502", "--json"]);
    assert_eq!((json.code, json.stderr.as_str()), (Some(1), says));
    let explanation: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(explanation, json!({ "status": 502, "codes": [], "retry": "if_idempotent" }));
    for status in ["200", "399", "600", "0", "65535"] {
        let ran = run(&["explain", status]);
        let says = format!("error: HTTP status {status} is not an error status, 400 to 599\n");
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr), (Some(1), "", says));
    }
}

/// The legend explains what is shown, and nothing else.
#[test]
fn every_word_of_the_legend_is_shown_above_it() {
    for name in ["403", "404", "500", "refused", "internal_error", "authentication_error"] {
        let ran = run(&["explain", name]);
        let (above, legend) = ran.stdout.split_once("\nWhere a fact comes from\n").unwrap();
        let words = legend.lines().take_while(|line| !line.is_empty());
        let words: Vec<_> =
            words.map(|line| line.trim_start().split(':').next().unwrap()).collect();
        let shown = |word: &str| {
            let ends = [")", ": "].map(|end| format!("{word}{end}"));
            ends.iter().any(|text| above.contains(text))
        };
        for word in &words {
            assert!(shown(word), "{name}: {word}: {above}");
        }
        for word in ["spec", "observed", "advice"] {
            let is_marked = ["(", " is "].iter().any(|start| {
                [")", ": "].iter().any(|end| above.contains(&format!("{start}{word}{end}")))
            });
            assert!(!is_marked || words.contains(&word), "{name}: {word} is not explained");
        }
    }
}

#[test]
fn explain_shows_the_pages_advice_and_ours_with_the_reason() {
    let text = run(&["explain", "internal_error"]).stdout;
    let expected = "\nWhat other pages say\n  Retry the request, and contact support if the error \
        persists. (observed: troubleshooting)\n  Our advice is narrower: no page says what becomes of \
        the first letter, no idempotency key is documented, and a blind retry can post the letter \
        twice. (advice)\n";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("retry        if_idempotent (advice)\n"), "{text}");
    assert!(text.contains(
        "\n  troubleshooting: The documentation’s page on troubleshooting errors: \
         https://docs.intelliprint.net/api-guides/how-to/errors-troubleshooting\n"
    ));
}
