//! The OpenAPI documents in `schema/`, read as a generator or a mock server reads them, and held to
//! facts that are written here or in `specification.rs` by hand.

use serde_json::{Map, Value, json};

use crate::specification::{CODES, FACTS, FIELDS, TYPES};

/// A document, its version of OpenAPI, and the sentences about names in its description.
type Document = (&'static str, &'static str, &'static str);

const STRICT_NAMES: &str =
    "A `type` and a `code` are names of this version, for servers and contract tests.";
const OPEN_NAMES: &str = "A `type` and a `code` are any string, for clients: a newer server may send names that this version \
                          does not know. The schemas `ErrorType` and `ErrorCode` have the known names.";

const STRICT: Document = (include_str!("../../schema/openapi.json"), "3.1.0", STRICT_NAMES);
const OPEN: Document = (include_str!("../../schema/openapi.open.json"), "3.1.0", OPEN_NAMES);
const OPEN_30: Document = (include_str!("../../schema/openapi.3.0.json"), "3.0.3", OPEN_NAMES);
const DOCUMENTS: [Document; 3] = [STRICT, OPEN, OPEN_30];

/// The statuses that have a response, and the codes of each.
const STATUSES: [(u16, &[&str]); 9] = [
    (400, &["parameter_invalid", "parameter_missing", "parameter_unknown"]),
    (401, &["no_api_key", "invalid_api_key"]),
    (402, &["payment_error"]),
    (403, &["forbidden", "refused"]),
    (404, &["not_found"]),
    (413, &["body_too_large"]),
    (422, &["body_incorrect_format"]),
    (429, &["rate_limited"]),
    (500, &["internal_error"]),
];

/// The codes whose example body was seen. The others' are our advice.
const OBSERVED_EXAMPLES: [&str; 2] = ["parameter_unknown", "not_found"];

fn parse((text, ..): Document) -> Value {
    serde_json::from_str(text).unwrap()
}

fn fields<'a>(value: &'a Value, of: &str) -> &'a Map<String, Value> {
    value[of].as_object().unwrap_or_else(|| panic!("no object {of}: {value}"))
}

#[test]
fn each_document_says_what_it_is() {
    for document in DOCUMENTS {
        let (_, version, names) = document;
        let document = parse(document);
        let is_30 = version == "3.0.3";
        let mut info = json!({
            "title": "Errors of the Intelliprint API",
            "description": format!(
                "Refer to a response by its name in `components.responses`, such as `Error404`. {names} A fact that the \
                 specification does not state is marked *observed*, or *advice* of the crate intelliprint-error."
            ),
            "version": "0.1.0",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        });
        // OpenAPI 3.0 has neither of the two.
        if is_30 {
            info["license"] =
                json!({ "name": "MIT OR Apache-2.0", "url": "https://spdx.org/licenses/" });
        } else {
            let summary =
                "Schemas of the error body, and a reusable response for each HTTP status.";
            info["summary"] = summary.into();
        }
        assert_eq!(document["openapi"], version);
        assert_eq!(document["info"], info, "{version}");
        assert_eq!(document["paths"], json!({}));
        let expected = json!({
            "Request-Id": {
                "description": "The ID of the request (observed). Support asks for it.",
                "schema": { "type": "string" },
            },
        });
        assert_eq!(document["components"]["headers"], expected, "{version}");
    }
}

#[test]
fn each_status_has_its_codes_in_words() {
    for document in DOCUMENTS {
        let components = &parse(document)["components"];
        let names: Vec<_> = fields(components, "responses").keys().map(String::as_str).collect();
        assert_eq!(names, STATUSES.map(|(status, _)| format!("Error{status}")));
        for (status, codes) in STATUSES {
            let description = &components["responses"][format!("Error{status}")]["description"];
            let mut expected =
                format!("A response with HTTP status {status} has one of these codes.\n");
            codes.iter().for_each(|code| expected.push_str(&bullet(code)));
            assert_eq!(description.as_str().unwrap().replace('\\', ""), expected);
        }
    }
}

/// The line of a code, with where its type, its status and its example come from.
fn bullet(code: &str) -> String {
    let (.., description) = CODES.iter().find(|(name, _)| *name == code).unwrap();
    let (_, _, type_from, _, status_from, ..) = FACTS.iter().find(|row| row.0 == code).unwrap();
    let word = |from: &'static str| match from {
        "spec" | "advice" => from,
        _source => "observed",
    };
    let example = if OBSERVED_EXAMPLES.contains(&code) { "observed" } else { "advice" };
    let (error_type, status) = (word(type_from), word(status_from));
    format!(
        "\n- `{code}`: {description} (type: {error_type}; status: {status}; example: {example})"
    )
}

#[test]
fn each_response_has_an_example_of_each_of_its_codes() {
    for document in DOCUMENTS {
        let components = &parse(document)["components"];
        for (status, codes) in STATUSES {
            let response = &components["responses"][format!("Error{status}")];
            let keys: Vec<_> = response.as_object().unwrap().keys().collect();
            assert_eq!(keys.len(), 3, "{keys:?}");
            let id = json!({ "Request-Id": { "$ref": "#/components/headers/Request-Id" } });
            assert_eq!(response["headers"], id);
            let content = fields(response, "content");
            assert_eq!(content.keys().collect::<Vec<_>>(), ["application/json"], "{status}");
            let content = &content["application/json"];
            assert_eq!(content["schema"], json!({ "$ref": "#/components/schemas/ErrorResponse" }));
            assert!(content.get("example").is_none(), "OpenAPI allows one of the two");
            let mut expected: Vec<_> = codes.to_vec();
            expected.sort_unstable();
            assert_eq!(sorted_keys(content, "examples"), expected);
            for code in codes {
                check_example(status, code, &content["examples"][code]);
            }
        }
    }
}

fn sorted_keys(value: &Value, of: &str) -> Vec<String> {
    let mut keys: Vec<_> = fields(value, of).keys().cloned().collect();
    keys.sort_unstable();
    keys
}

fn check_example(status: u16, code: &str, example: &Value) {
    let (_, error_type, _, code_status, ..) = FACTS.iter().find(|row| row.0 == code).unwrap();
    let (.., description) = CODES.iter().find(|(name, _)| *name == code).unwrap();
    assert_eq!(*code_status, Some(status), "{code}");
    assert_eq!(example["summary"], *description, "{code}");
    let error = &example["value"]["error"];
    assert_eq!((&error["type"], &error["code"]), (&json!(error_type), &json!(code)));
    match code {
        "not_found" => assert_eq!(error["message"], "No such resource exists: POST /v0/prints"),
        "parameter_unknown" => {
            assert_eq!(
                *error,
                json!({
                    "message": "Received unknown parameter: confimred (Did you mean confirmed?)",
                    "type": "invalid_request_error",
                    "code": "parameter_unknown",
                    "param": "confimred",
                })
            );
        }
        _ => assert!(!error["message"].as_str().unwrap().is_empty(), "{code}"),
    }
}

/// Only SDKs raise it, so no response has it.
#[test]
fn no_response_has_network_error() {
    for document in DOCUMENTS {
        let responses = parse(document)["components"]["responses"].to_string();
        assert!(!responses.contains("network_error"));
    }
}

/// A mock server prefers a schema's example to the response's, and would return it with every
/// status.
#[test]
fn no_schema_has_an_example() {
    for document in DOCUMENTS {
        for (name, schema) in fields(&parse(document)["components"], "schemas") {
            let text = schema.to_string();
            assert!(!text.contains("\"example\":") && !text.contains("\"examples\":"), "{name}");
        }
    }
}

#[test]
fn the_error_object_is_strict_or_open() {
    for document in DOCUMENTS {
        let (_, version, names) = document;
        let schemas = &parse(document)["components"]["schemas"];
        let words = |field: &str| FIELDS.iter().find(|(name, _)| *name == field).unwrap().1;
        let string = |field| json!({ "description": words(field), "type": "string" });
        let name = |field, schema: &str| {
            let strict = json!({ "$ref": format!("#/components/schemas/{schema}") });
            if names == STRICT_NAMES { strict } else { string(field) }
        };
        let mut param = string("param");
        if version == "3.0.3" {
            param["nullable"] = true.into();
        } else {
            param["type"] = json!(["string", "null"]);
        }
        let expected = json!({
            "message": string("message"),
            "type": name("type", "ErrorType"),
            "code": name("code", "ErrorCode"),
            "param": param,
        });
        assert_eq!(schemas["ErrorObject"]["properties"], expected, "{version} {names}");
        assert_eq!(schemas["ErrorObject"]["required"], json!(["message", "type", "code"]));
        let error = json!({ "error": { "$ref": "#/components/schemas/ErrorObject" } });
        assert_eq!(schemas["ErrorResponse"]["properties"], error);
        assert_eq!(schemas["ErrorResponse"]["required"], json!(["error"]));
        for (schema, rows) in [("ErrorType", &TYPES[..]), ("ErrorCode", &CODES[..])] {
            let names: Vec<_> = rows.iter().map(|(name, _)| name).collect();
            assert_eq!(schemas[schema]["enum"], json!(names), "{version} {schema}");
        }
    }
}

/// Every reference of a document leads to a component of the same document.
#[test]
fn every_reference_resolves() {
    for document in DOCUMENTS {
        let document = parse(document);
        let mut references = Vec::new();
        collect_references(&document, &mut references);
        assert!(references.len() >= 19, "{references:?}");
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference}"));
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| collect_references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}
