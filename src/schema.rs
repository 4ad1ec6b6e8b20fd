//! schemars' traits, and the shape that its schemas get.
//!
//! What schemars makes of a documented enum, a `oneOf` of `const`s, stops openapi-generator and
//! openapi-python-client; a `description` beside a `$ref` stops others. The transform sits on the types, so
//! that a crate which embeds ours gets the same shape as the files in `schema/`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

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

/// The transform of all our types.
pub(crate) fn shape(schema: &mut Schema) {
    if let Some(Value::Array(alternatives)) = schema.remove("oneOf") {
        make_enum(schema, &alternatives);
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            if property.contains_key("$ref") {
                property.remove("description");
            }
        }
    }
}

/// `enum`, `x-enum-descriptions` in the same order, and both once more as a list for people.
fn make_enum(schema: &mut Schema, alternatives: &[Value]) {
    let column =
        |key: &str| -> Vec<Value> { alternatives.iter().filter_map(|value| value.get(key)).cloned().collect() };
    let (names, descriptions) = (column("const"), column("description"));
    let mut text = String::from(schema.get("description").and_then(Value::as_str).unwrap_or_default());
    text.push('\n');
    for (name, description) in names.iter().zip(&descriptions) {
        let (name, description) = (name.as_str().unwrap_or_default(), description.as_str().unwrap_or_default());
        text.push_str(&format!("\n- `{name}`: "));
        text.extend(markdown::escape(description));
    }
    schema.insert("description".into(), text.into());
    schema.insert("type".into(), "string".into());
    schema.insert("enum".into(), names.into());
    schema.insert("x-enum-descriptions".into(), descriptions.into());
}
