//! `JsonSchema` for the four types.
//!
//! The impls are written out because two outputs of schemars' derive break client generators:
//! openapi-generator and openapi-python-client reject an enum made of `oneOf` and `const`, and
//! other generators reject a `description` beside a `$ref`. A crate that embeds our types gets the
//! same shape as the files in `schema/`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use ::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::model::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, WireEnum};
use crate::text::markdown;

macro_rules! named {
    ($name:literal) => {
        fn schema_name() -> Cow<'static, str> {
            $name.into()
        }

        fn schema_id() -> Cow<'static, str> {
            concat!("intelliprint_error::", $name).into()
        }
    };
}

impl JsonSchema for ErrorType {
    named!("ErrorType");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        closed_enum::<Self>("ErrorType", description_of!(type))
    }
}

impl JsonSchema for ErrorCode {
    named!("ErrorCode");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        closed_enum::<Self>("ErrorCode", description_of!(code))
    }
}

/// A `$ref` to the closed enum under the serialize contract, and any string under the deserialize
/// contract. The enum is among the definitions in both cases, so that generators can offer its
/// names.
impl<T: WireEnum + JsonSchema> JsonSchema for Open<T> {
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

impl JsonSchema for ErrorObject {
    named!("ErrorObject");

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "ErrorObject",
            "description": "What went wrong.",
            "type": "object",
            "properties": {
                "message": property::<String>(generator, description_of!(message)),
                "type": property::<Open<ErrorType>>(generator, description_of!(type)),
                "code": property::<Open<ErrorCode>>(generator, description_of!(code)),
                "param": property::<Option<String>>(generator, description_of!(param)),
            },
            "required": ["message", "type", "code"],
        })
    }
}

impl JsonSchema for ErrorResponse {
    named!("ErrorResponse");

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "ErrorResponse",
            "description": "The body of an error response of the Intelliprint API.",
            "type": "object",
            "properties": { "error": generator.subschema_for::<ErrorObject>() },
            "required": ["error"],
        })
    }
}

/// The schema of one field: with its description, unless the schema is a `$ref`.
fn property<T: JsonSchema>(generator: &mut SchemaGenerator, description: &str) -> Schema {
    let mut schema = generator.subschema_for::<T>();
    if schema.get("$ref").is_none() {
        schema.insert("description".into(), description.into());
    }
    schema
}

/// The schema of a closed enum: `enum`, `x-enum-descriptions` in the same order, and both lists as
/// Markdown bullets in `description`.
///
/// A withdrawn name stays in `enum` and its description says so. `deprecated` applies to a whole
/// schema, so it could mark one name only in a `oneOf` of `const`s.
fn closed_enum<T: WireEnum>(title: &str, about: &str) -> Schema {
    let names: Vec<_> = T::ALL.iter().map(|value| value.as_str()).collect();
    let descriptions: Vec<_> =
        T::ALL.iter().map(|value| described(value.description(), value.withdrawn())).collect();
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

/// A name's description, followed by the version that withdrew the name, if one did.
pub(crate) fn described(description: &str, withdrawn: Option<&str>) -> String {
    format!("{description}{}", withdrawal(withdrawn))
}

/// ` (withdrawn in x.y.z)` for a withdrawn name, and the empty string for any other.
pub(crate) fn withdrawal(withdrawn: Option<&str>) -> String {
    withdrawn.map(|version| format!(" (withdrawn in {version})")).unwrap_or_default()
}
