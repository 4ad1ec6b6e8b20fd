//! The specification's tables, written here a second time. Everything that is made from the
//! catalogue is compared with them, cell by cell and in order. `page.rs` compares the reference
//! page.

use std::collections::BTreeSet;

use intelliprint_error::emit::{Artefact, Catalogue, Fact};
use intelliprint_error::{ErrorCode, ErrorType, WireEnum};
use serde_json::{Value, json};

pub(super) const FIELDS: [(&str, &str); 4] = [
    ("message", "This is a friendly human-readable description of the error."),
    ("type", "This is the general category of the error."),
    ("code", "This is a unique code for the specific error that occurred."),
    (
        "param",
        "This is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter.",
    ),
];

pub(super) const TYPES: [(&str, &str); 6] = [
    (
        "invalid_request_error",
        "A parameter provided in the request was invalid, missing, or unknown. The param field will contain the name of the parameter that caused the error.",
    ),
    ("authentication_error", "The API key provided was invalid or missing."),
    (
        "payment_error",
        "The account doesn\u{2019}t have adequate balance to cover the cost of the print job or has maxed out their credit limit.",
    ),
    ("rate_limited", "The IP address has exceeded the rate limit."),
    ("internal_error", "An internal server error occurred on Intelliprint\u{2019}s side."),
    (
        "network_error",
        "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.",
    ),
];

pub(super) const CODES: [(&str, &str); 14] = [
    ("parameter_invalid", "The value provided for a parameter was invalid."),
    ("parameter_missing", "A required parameter was missing from the request."),
    ("parameter_unknown", "An unknown parameter was provided in the request."),
    ("body_too_large", "The request body was too large (> 100 MiB)."),
    (
        "body_incorrect_format",
        "The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request).",
    ),
    ("no_api_key", "No API key was provided in the request."),
    ("invalid_api_key", "The API key provided was invalid or expired."),
    (
        "payment_error",
        "The account doesn\u{2019}t have adequate balance to cover the cost of the print job or has maxed out their credit limit.",
    ),
    ("not_found", "The requested resource was not found."),
    ("rate_limited", "The IP address has exceeded the rate limit."),
    ("internal_error", "An internal server error occurred on Intelliprint\u{2019}s side."),
    (
        "network_error",
        "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.",
    ),
    ("forbidden", "The API key provided was not authorised to access the requested resource."),
    (
        "refused",
        "The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource.",
    ),
];

/// Name, type and its source, status and its source, retry and its source.
pub(super) type Facts = (
    &'static str,
    &'static str,
    &'static str,
    Option<u16>,
    &'static str,
    &'static str,
    &'static str,
);

/// What is known beside the specification: type, status and retry of each code. After each fact
/// comes `spec`, `advice`, or the id of the source in which it was observed.
#[rustfmt::skip]
pub(super) const FACTS: [Facts; 14] = [
    ("parameter_invalid", "invalid_request_error", "spec", Some(400), "advice", "never", "advice"),
    ("parameter_missing", "invalid_request_error", "spec", Some(400), "advice", "never", "advice"),
    ("parameter_unknown", "invalid_request_error", "spec", Some(400), "live-report", "never", "advice"),
    ("body_too_large", "invalid_request_error", "server-library", Some(413), "server-library", "never", "advice"),
    ("body_incorrect_format", "invalid_request_error", "server-library", Some(422), "server-library", "never", "advice"),
    ("no_api_key", "authentication_error", "spec", Some(401), "advice", "never", "advice"),
    ("invalid_api_key", "authentication_error", "spec", Some(401), "advice", "never", "advice"),
    ("payment_error", "payment_error", "spec", Some(402), "advice", "never", "advice"),
    ("not_found", "invalid_request_error", "node-sdk", Some(404), "node-sdk", "never", "advice"),
    ("rate_limited", "rate_limited", "spec", Some(429), "rate-limits", "after_delay", "rate-limits"),
    ("internal_error", "internal_error", "spec", Some(500), "advice", "if_idempotent", "advice"),
    ("network_error", "network_error", "spec", None, "spec", "if_idempotent", "advice"),
    ("forbidden", "authentication_error", "advice", Some(403), "advice", "never", "advice"),
    ("refused", "invalid_request_error", "advice", Some(403), "advice", "never", "advice"),
];

const FIX: &str = "The specification's words and the catalogue differ. Correct src/catalogue.rs, or this test if the \
                    specification changed, then run: cargo run --features cli -- emit";

/// Compares row by row, and fails with the first row that differs.
#[track_caller]
fn assert_rows(
    what: &str,
    rows: impl IntoIterator<Item = (String, String)>,
    expected: &[(&str, &str)],
) {
    let rows: Vec<_> = rows.into_iter().collect();
    for (row, (name, description)) in rows.iter().zip(expected) {
        assert_eq!((row.0.as_str(), row.1.as_str()), (*name, *description), "{what}. {FIX}");
    }
    assert_eq!(rows.len(), expected.len(), "{what}. {FIX}");
}

fn pair(name: &str, description: &str) -> (String, String) {
    (name.to_owned(), unmarked(description).to_owned())
}

/// The description without the mark of a withdrawn name, which the specification does not have.
/// `tests/model/catalogue.rs` tests the mark.
fn unmarked(text: &str) -> &str {
    text.split(" (withdrawn in ").next().unwrap()
}

fn parse(artefact: Artefact) -> Value {
    serde_json::from_str(&artefact.render()).unwrap()
}

#[test]
fn the_enums_have_its_names_and_words() {
    fn rows<T: WireEnum>() -> impl Iterator<Item = (String, String)> {
        T::ALL.iter().map(|value| pair(value.as_str(), value.description()))
    }
    assert_rows("ErrorType", rows::<ErrorType>(), &TYPES);
    assert_rows("ErrorCode", rows::<ErrorCode>(), &CODES);
    // The variants' names are made from the names on the wire.
    let variants: Vec<_> =
        ErrorCode::ALL.iter().map(|code| format!("{code:?}").to_lowercase()).collect();
    assert_eq!(variants, CODES.map(|(name, _)| name.replace('_', "")));
}

#[test]
fn the_schemas_have_its_names_and_words() {
    let schemas = [
        (Artefact::Schema, "$defs"),
        (Artefact::OpenSchema, "$defs"),
        (Artefact::OpenApi, "components.schemas"),
    ];
    for (artefact, place) in schemas {
        let document = parse(artefact);
        let definitions = place.split('.').fold(&document, |value, key| &value[key]);
        for (name, expected) in [("ErrorType", &TYPES[..]), ("ErrorCode", &CODES[..])] {
            let schema = &definitions[name];
            let (names, words) = (
                schema["enum"].as_array().unwrap(),
                schema["x-enum-descriptions"].as_array().unwrap(),
            );
            assert_eq!(names.len(), words.len());
            let rows = names
                .iter()
                .zip(words)
                .map(|(name, words)| pair(name.as_str().unwrap(), words.as_str().unwrap()));
            assert_rows(artefact.file_name(), rows, expected);
            // The list in the description, which people read.
            let text = schema["description"].as_str().unwrap();
            let items = text.lines().filter_map(|line| line.strip_prefix("- `")?.split_once("`: "));
            assert_rows(
                artefact.file_name(),
                items.map(|(name, words)| pair(name, words)),
                expected,
            );
        }
        let properties = &definitions["ErrorObject"]["properties"];
        for (name, words) in FIELDS {
            // A `$ref` has no description beside it, so the field's is that of the definition.
            let property = &properties[name];
            if property.get("$ref").is_some() {
                let target = if name == "type" { "ErrorType" } else { "ErrorCode" };
                let text = definitions[target]["description"].as_str().unwrap();
                assert_eq!(text.lines().next(), Some(words), "{FIX}");
            } else {
                assert_eq!(property["description"], words, "{FIX}");
            }
        }
    }
}

#[test]
fn the_export_has_its_names_and_words() {
    let document = parse(Artefact::Catalogue);
    for (key, expected) in [("fields", &FIELDS[..]), ("types", &TYPES[..]), ("codes", &CODES[..])] {
        let rows = document[key].as_array().unwrap().iter();
        let rows = rows
            .map(|row| pair(row["name"].as_str().unwrap(), row["description"].as_str().unwrap()));
        assert_rows(key, rows, expected);
    }
}

/// `spec`, `advice`, or the id of an observed fact's source.
fn from<T>(fact: &Fact<T>) -> &'static str {
    assert_eq!(fact.provenance == "observed", fact.source.is_some());
    fact.source.unwrap_or(fact.provenance)
}

/// The sources, by hand: their ids, and the start of their addresses.
pub(super) const SOURCES: [(&str, Option<&str>); 6] = [
    ("errors-page", Some("https://docs.intelliprint.net/technical/errors")),
    (
        "troubleshooting",
        Some("https://docs.intelliprint.net/api-guides/how-to/errors-troubleshooting"),
    ),
    (
        "rate-limits",
        Some("https://docs.intelliprint.net/api-guides/how-to/rate-limits-best-practices"),
    ),
    ("node-sdk", Some("https://github.com/Intelliprint/intelliprint-node")),
    ("live-report", None),
    ("server-library", None),
];

/// What a reader needs to find a source, and what its page says in its own words.
#[test]
fn the_sources_and_the_quotes_say_what_was_seen() {
    let catalogue = Catalogue::current();
    for (id, part) in [
        ("errors-page", "which is the specification"),
        ("troubleshooting", "param postage.service"),
        ("troubleshooting", "a message is safe to display to users"),
        ("rate-limits", "api-docs.intelliprint.net"),
        ("node-sdk", "tests/errors.test.js"),
        ("live-report", "“Received unknown parameter: add_address_sheet”"),
        ("server-library", "with 422 and body_incorrect_format"),
    ] {
        let source = catalogue.source(id).unwrap();
        assert!(source.title.contains(part) || source.shows.contains(part), "{id}: {part}");
    }
    for (code, source, part) in [
        (
            "parameter_missing",
            "troubleshooting",
            "“You must provide either 'content', 'file', or 'template'”",
        ),
        ("invalid_api_key", "troubleshooting", "“has been revoked”"),
        ("rate_limited", "rate-limits", "Ten requests a second in test mode and 50 in production."),
        ("rate_limited", "rate-limits", "100 a minute"),
        ("internal_error", "troubleshooting", "Retry the request, and contact support"),
        ("internal_error", "rate-limits", "anything but a 4xx other than 429"),
        ("forbidden", "troubleshooting", "with those about resources"),
        ("refused", "troubleshooting", "leaves this code out"),
    ] {
        let row = catalogue.codes.iter().find(|row| row.name == code).unwrap();
        let mut says = row.elsewhere.iter().filter(|row| row.source == source);
        assert!(says.any(|row| row.says.contains(part)), "{code}: {part}");
    }
}

#[test]
fn the_export_lists_the_sources() {
    let document = parse(Artefact::Catalogue);
    let exported = document["sources"].as_array().unwrap().iter();
    let exported = exported.map(|row| (row["name"].as_str().unwrap(), row["url"].as_str()));
    assert_eq!(exported.collect::<Vec<_>>(), SOURCES);
    let not_found = document["codes"].as_array().unwrap().iter().find(|c| c["name"] == "not_found");
    assert_eq!(not_found.unwrap()["status"]["source"], "node-sdk");
    let codes = Catalogue::current().codes;
    let elsewhere = codes.iter().filter(|code| !code.elsewhere.is_empty());
    let names: Vec<_> = elsewhere.map(|code| code.name).collect();
    assert_eq!(
        names,
        [
            "parameter_missing",
            "invalid_api_key",
            "rate_limited",
            "internal_error",
            "forbidden",
            "refused"
        ]
    );
}

/// Programs read `errors.json` by the names of its members: one row of each list, by hand.
#[test]
fn the_export_has_the_same_members_in_every_row() {
    let document = parse(Artefact::Catalogue);
    let members: BTreeSet<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
    let lists = ["codes", "fields", "provenance", "retry", "sources", "types"];
    assert_eq!(members, lists.into_iter().chain(["generated", "version"]).collect());
    assert_eq!(document["version"], env!("CARGO_PKG_VERSION"));
    for list in lists {
        let rows = document[list].as_array().unwrap();
        let keys = |row: &Value| row.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert!(rows.iter().all(|row| keys(row) == keys(&rows[0])), "{list}");
    }
    let row = |list: &str, name: &str| {
        let rows = document[list].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap().clone()
    };
    assert_eq!(
        row("codes", "rate_limited"),
        json!({
            "name": "rate_limited",
            "description": "The IP address has exceeded the rate limit.",
            "withdrawn": null,
            "type": { "value": "rate_limited", "provenance": "spec" },
            "status": { "value": 429, "provenance": "observed", "source": "rate-limits" },
            "retry": { "value": "after_delay", "provenance": "observed", "source": "rate-limits" },
            "origin": { "value": "api", "provenance": "spec" },
            "remedy": {
                "value": "Wait, then send the request again. Wait longer after each further failure, and spread requests out.",
                "provenance": "advice",
            },
            "example": {
                "value": {
                    "error": {
                        "message": "Too many requests from this IP address",
                        "type": "rate_limited",
                        "code": "rate_limited",
                    },
                },
                "provenance": "advice",
            },
            "elsewhere": [{
                "source": "rate-limits",
                "says": "Ten requests a second in test mode and 50 in production. Another page says 100 a minute.",
                "reason": "The pages disagree, so no number is a fact here.",
            }],
        })
    );
    assert_eq!(
        row("codes", "network_error")["status"],
        json!({ "value": null, "provenance": "spec" })
    );
    assert_eq!(
        row("types", "authentication_error"),
        json!({
            "name": "authentication_error",
            "description": "The API key provided was invalid or missing.",
            "withdrawn": null,
            "origin": { "value": "api", "provenance": "spec" },
            "codes": ["no_api_key", "invalid_api_key", "forbidden"],
        })
    );
    assert_eq!(row("types", "network_error")["origin"]["value"], "sdk");
    assert_eq!(
        row("sources", "live-report"),
        json!({
            "name": "live-report",
            "title": "A public integration\u{2019}s log of a live response",
            "url": null,
            "description": "A response with 400, parameter_unknown and \u{201c}Received unknown parameter: add_address_sheet\u{201d}.",
        })
    );
    assert_eq!(
        row("fields", "code"),
        json!({
            "name": "code",
            "description": "This is a unique code for the specific error that occurred.",
        })
    );
    assert_eq!(
        row("provenance", "spec"),
        json!({ "name": "spec", "description": "The specification says so." })
    );
    assert_eq!(
        row("retry", "never"),
        json!({
            "name": "never",
            "description": "The same request will fail again until the cause of the error is fixed.",
        })
    );
    for (error_type, _) in TYPES {
        let codes = FACTS.iter().filter(|facts| facts.1 == error_type).map(|facts| facts.0);
        assert_eq!(row("types", error_type)["codes"], json!(codes.collect::<Vec<_>>()));
    }
}

#[test]
fn every_other_fact_is_exported_with_its_source() {
    let catalogue = Catalogue::current();
    for (code, (name, error_type, type_from, status, status_from, retry, retry_from)) in
        catalogue.codes.iter().zip(FACTS)
    {
        assert_eq!(code.name, name);
        assert_eq!(
            (code.error_type.value, from(&code.error_type)),
            (error_type, type_from),
            "{name}"
        );
        assert_eq!((code.status.value, from(&code.status)), (status, status_from), "{name}");
        assert_eq!((code.retry.value, from(&code.retry)), (retry, retry_from), "{name}");
        let origin = if name == "network_error" { "sdk" } else { "api" };
        assert_eq!((code.origin.value, code.origin.provenance), (origin, "spec"), "{name}");
        assert_ne!(code.remedy.provenance, "spec", "the specification gives no remedies");
        assert_ne!(code.example.provenance, "spec", "its example did not survive");
    }
    for (code, (name, error_type, _, status, _, retry, _)) in ErrorCode::ALL.iter().zip(FACTS) {
        let facts =
            (code.as_str(), code.error_type().as_str(), code.http_status(), code.retry().as_str());
        assert_eq!(facts, (name, error_type, status, retry));
    }
}
