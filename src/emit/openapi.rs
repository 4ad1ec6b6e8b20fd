//! `openapi.json`, `openapi.open.json` and `openapi.3.0.json`.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{SOURCE, described, example, json, json_schema, row};
use crate::model::ErrorCode;
use crate::text::markdown;

/// Which names a document accepts as a type or code, and the version of OpenAPI that it is in.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// Exactly the names of this version.
    Strict,
    /// Any string. Most generated clients lose a whole body whose enum has an unknown value.
    Open,
    /// Any string, in OpenAPI 3.0.3 for tools that do not read 3.1.
    Open30,
}

pub(super) fn document(form: Form) -> String {
    let mut document = json!({
        "openapi": if form == Form::Open30 { "3.0.3" } else { "3.1.0" },
        "x-generated": SOURCE,
        "info": info(form),
        "paths": {},
        "components": components(form),
    });
    if form == Form::Open30 {
        nullable(&mut document);
    }
    json::pretty(&json::in_order(&document))
}

fn info(form: Form) -> Value {
    let names = match form {
        Form::Strict => {
            "A `type` and a `code` are names of this version, for servers and contract tests."
        }
        Form::Open | Form::Open30 => {
            "A `type` and a `code` are any string, for clients: a newer server may send names that this \
             version does not know. The schemas `ErrorType` and `ErrorCode` have the known names."
        }
    };
    let description = format!(
        "Refer to a response by its name in `components.responses`, such as `Error404`. {names} A fact \
         that the specification does not state is marked *observed*, or *advice* of the crate \
         intelliprint-error."
    );
    let title = "Errors of the Intelliprint API";
    let version = env!("CARGO_PKG_VERSION");
    let license = "MIT OR Apache-2.0";
    // OpenAPI 3.0 has neither a summary here nor a licence's identifier.
    if form == Form::Open30 {
        let license = json!({ "name": license, "url": "https://spdx.org/licenses/" });
        return json!({ "title": title, "description": description, "version": version, "license": license });
    }
    json!({
        "title": title,
        "summary": "Schemas of the error body, and a reusable response for each HTTP status.",
        "description": description,
        "version": version,
        "license": { "name": license, "identifier": license },
    })
}

/// Writes a type that may be `null` in the words of OpenAPI 3.0, at every depth.
fn nullable(value: &mut Value) {
    // No list of the document holds a schema.
    let Value::Object(members) = value else { return };
    if members.get("type") == Some(&json!(["string", "null"])) {
        members.insert("type".into(), "string".into());
        members.insert("nullable".into(), true.into());
    }
    members.values_mut().for_each(nullable);
}

pub(super) fn components(form: Form) -> Value {
    let settings =
        SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let settings = match form {
        Form::Strict => settings.for_serialize(),
        Form::Open | Form::Open30 => settings.for_deserialize(),
    };
    json!({
        "schemas": json_schema::definitions(settings.into_generator()),
        "responses": responses(),
        "headers": {
            "Request-Id": {
                "description": "The ID of the request (observed). Support asks for it.",
                "schema": { "type": "string" },
            },
        },
    })
}

/// A response for each HTTP status, named `Error404` and so on.
fn responses() -> Map<String, Value> {
    statuses().into_iter().map(|status| (format!("Error{status}"), response(status))).collect()
}

pub(super) fn statuses() -> BTreeSet<u16> {
    ErrorCode::ALL.iter().filter_map(|code| code.http_status()).collect()
}

fn response(status: u16) -> Value {
    let words = |code: ErrorCode| described(code.description(), code.withdrawn());
    let codes =
        || ErrorCode::ALL.iter().copied().filter(move |code| code.http_status() == Some(status));
    let mut description = format!("A response with HTTP status {status} has one of these codes.\n");
    for code in codes() {
        description.push_str(&format!("\n- `{code}`: "));
        description.extend(markdown::escape(&words(code)));
        description.push_str(&provenance(code));
    }
    let examples: Map<String, Value> = codes()
        .map(|code| {
            (code.as_str().into(), json!({ "summary": words(code), "value": example(code) }))
        })
        .collect();
    json!({
        "description": description,
        "headers": { "Request-Id": { "$ref": "#/components/headers/Request-Id" } },
        "content": {
            "application/json": {
                "schema": { "$ref": "#/components/schemas/ErrorResponse" },
                "examples": examples,
            },
        },
    })
}

/// The provenance of what a description and its example state beyond the specification.
fn provenance(code: ErrorCode) -> String {
    let row = row(code);
    let status = row.status.map_or("spec", |status| status.provenance.as_str());
    let (error_type, example) =
        (row.error_type.provenance.as_str(), row.example.provenance.as_str());
    format!(" (type: {error_type}; status: {status}; example: {example})")
}
