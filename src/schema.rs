//! schemars' traits, and the shape that its schemas get.
//!
//! What schemars makes of a documented enum, a `oneOf` of `const`s, stops openapi-generator and
//! openapi-python-client; a `description` beside a `$ref` stops others. The shape is that of the types, so that a
//! crate which embeds ours gets the same as the files in `schema/`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::emit::described;
use crate::{Name, Open, markdown};

/// A `$ref` to the closed enum for those who write, and any string for those who read. The enum is among the
/// definitions either way, so that generators can offer its names.
impl<T: Name + JsonSchema> JsonSchema for Open<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Open{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let closed = generator.subschema_for::<T>();
        if generator.contract().is_serialize() { closed } else { str::json_schema(generator) }
    }
}

/// The schema of a closed enum: `enum`, `x-enum-descriptions` in the same order, and both once more as a list for people.
///
/// A withdrawn name stays in `enum`, and its description says so: `deprecated` is about a whole schema, and only as a
/// `oneOf` of `const`s would each name have one.
///
/// Not derived: what a derive makes of an enum compiles in more than linear time.
pub(crate) fn closed<T: Name>(title: &str, about: &str) -> Schema {
    let names: Vec<_> = T::ALL.iter().map(|value| value.as_str()).collect();
    let descriptions: Vec<_> = T::ALL.iter().map(|value| described(value.description(), value.withdrawn())).collect();
    let mut text = format!("{about}\n");
    for (name, description) in names.iter().zip(&descriptions) {
        text.push_str(&format!("\n- `{name}`: "));
        text.extend(markdown::escape(description));
    }
    json_schema!({
        "title": title,
        "description": text,
        "type": "string",
        "enum": names,
        "x-enum-descriptions": descriptions,
    })
}

/// The transform of our structs: no `description` beside a `$ref`.
pub(crate) fn shape(schema: &mut Schema) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            if property.contains_key("$ref") {
                property.remove("description");
            }
        }
    }
}
