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
    let document = json!({
        "$schema": dialect,
        "$id": format!("urn:intelliprint-error:{name}"),
        "$comment": SOURCE,
        "$ref": "#/$defs/ErrorResponse",
        "$defs": definitions(settings.into_generator()),
    });
    json::pretty(&json::in_order(&document))
}

/// The schemas of the four types, by name.
pub(super) fn definitions(mut generator: SchemaGenerator) -> Map<String, Value> {
    generator.subschema_for::<ErrorResponse>();
    let mut definitions = generator.take_definitions(true);
    if let Some(response) = definitions.get_mut("ErrorResponse").and_then(Value::as_object_mut) {
        response.insert("examples".into(), json!([example(DOCUMENTED)]));
    }
    definitions
}
