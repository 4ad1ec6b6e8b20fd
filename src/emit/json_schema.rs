//! `error.schema.json` and `error.open.schema.json`.

use alloc::format;
use alloc::string::String;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{DOCUMENTED, SOURCE, example, json};
use crate::model::ErrorResponse;

pub(super) fn strict() -> String {
    document("error.schema.json", SchemaSettings::draft2020_12().for_serialize())
}

pub(super) fn open() -> String {
    document("error.open.schema.json", SchemaSettings::draft2020_12().for_deserialize())
}

fn document(name: &str, settings: SchemaSettings) -> String {
    let dialect = settings.meta_schema.clone();
    let mut definitions = definitions(settings.into_generator());
    if let Some(response) = definitions.get_mut("ErrorResponse").and_then(Value::as_object_mut) {
        response.insert("examples".into(), json!([example(DOCUMENTED)]));
    }
    let document = json!({
        "$schema": dialect,
        "$id": format!("urn:intelliprint-error:{name}"),
        "$comment": SOURCE,
        "$ref": "#/$defs/ErrorResponse",
        "$defs": definitions,
    });
    json::pretty(&json::in_order(&document))
}

/// The schemas of the four types, by name. They have no examples: in OpenAPI a mock server would
/// prefer one to the response's own.
pub(super) fn definitions(mut generator: SchemaGenerator) -> Map<String, Value> {
    generator.subschema_for::<ErrorResponse>();
    generator.take_definitions(true)
}
