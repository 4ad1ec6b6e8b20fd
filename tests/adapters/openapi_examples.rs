//! What the OpenAPI documents of the examples say of errors.

use serde_json::Value;
use utoipa::OpenApi as _;

#[path = "../../examples/openapi_aide.rs"]
#[expect(dead_code, reason = "`main` is not called")]
mod openapi_aide;
#[path = "../../examples/openapi_utoipa.rs"]
#[expect(dead_code, reason = "`main` is not called")]
mod openapi_utoipa;

fn documents() -> [(&'static str, Value); 2] {
    let by_aide = openapi_aide::document().unwrap();
    let by_utoipa = openapi_utoipa::Document::openapi();
    [
        ("aide", serde_json::to_value(by_aide).unwrap()),
        ("utoipa", serde_json::to_value(by_utoipa).unwrap()),
    ]
}

/// Returns what a reference within the document leads to.
fn follow<'a>(document: &'a Value, reference: &Value) -> &'a Value {
    let pointer = reference["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
    document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere"))
}

#[test]
fn an_operation_leads_to_an_error_response_for_each_status() {
    for (name, document) in documents() {
        let responses = &document["paths"]["/v0/prints"]["post"]["responses"];
        let mut statuses: Vec<_> = responses.as_object().unwrap().keys().collect();
        statuses.sort();
        let expected = ["201", "400", "401", "402", "403", "404", "413", "422", "429", "500"];
        assert_eq!(statuses, expected, "{name}");
        for status in &expected[1..] {
            let reference = format!("#/components/responses/Error{status}");
            assert_eq!(responses[*status]["$ref"], *reference, "{name}");
            let response = follow(&document, &responses[*status]);
            let start = format!("A response with HTTP status {status} has one of these codes.");
            let description = response["description"].as_str().unwrap();
            assert!(description.starts_with(&start), "{name}: {description}");
            let body = follow(&document, &response["content"]["application/json"]["schema"]);
            assert_eq!(body["required"][0], "error", "{name}");
            let header = follow(&document, &response["headers"]["Request-Id"]);
            assert_eq!(header["schema"]["type"], "string", "{name}");
        }
    }
}

/// What the handler reads is documented, too.
#[test]
fn a_request_has_a_file_and_nothing_is_said_of_errors_in_plain_text() {
    for (name, document) in documents() {
        let request = &document["paths"]["/v0/prints"]["post"]["requestBody"];
        let body = follow(&document, &request["content"]["application/json"]["schema"]);
        assert_eq!(body["required"], serde_json::json!(["file"]), "{name}");
        assert!(!document.to_string().contains("text/plain"), "{name}");
    }
}

/// A job that has not failed has no error.
#[test]
fn a_field_may_be_an_error_object() {
    for (name, document) in documents() {
        let print = &document["components"]["schemas"]["Print"];
        assert_eq!(print["required"], serde_json::json!(["id", "file"]), "{name}");
        let failure = &print["properties"]["failure"];
        let choices = failure["anyOf"].as_array().or(failure["oneOf"].as_array());
        let object = choices.unwrap().iter().find(|choice| choice["$ref"].is_string()).unwrap();
        let members = &follow(&document, object)["properties"];
        let code = follow(&document, &members["code"]);
        let is_known = code["enum"].as_array().unwrap().contains(&"parameter_missing".into());
        assert!(is_known, "{name}: {code}");
    }
}
