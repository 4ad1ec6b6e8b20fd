//! `openapi.json`.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{SOURCE, described, example, json, json_schema, row};
use crate::model::ErrorCode;
use crate::text::markdown;

pub(super) fn document() -> String {
    let document = json!({
        "openapi": "3.1.0",
        "x-generated": SOURCE,
        "info": {
            "title": "Errors of the Intelliprint API",
            "summary": "Schemas of the error body, and a reusable response for each HTTP status.",
            "description": "Refer to a response by `openapi.json#/components/responses/Error404`. A fact that \
                the specification does not state is marked *observed*, or *advice* of the crate \
                intelliprint-error.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": {},
        "components": components(),
    });
    json::pretty(&json::in_order(&document))
}

pub(super) fn components() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|s| s.definitions_path = "/components/schemas".into());
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
