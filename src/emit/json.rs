//! JSON text whose order of keys is ours.
//!
//! serde_json's maps sort their keys, or keep them as inserted once any crate of a build switches on its
//! `preserve_order`. So no map's own order may reach a file: see [`in_order`].

use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// Indented by two spaces, with a line break at the end.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // Our own types and serde_json's have no way to fail: all keys are strings.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The keys of the schema documents, in the order in which they are written. Any other follows, sorted.
const KEYS: &[&str] = &[
    "openapi",
    "info",
    "$schema",
    "$id",
    "$comment",
    "$ref",
    "title",
    "summary",
    "description",
    "version",
    "license",
    "name",
    "identifier",
    "paths",
    "components",
    "schemas",
    "responses",
    "ErrorResponse",
    "ErrorObject",
    "ErrorType",
    "ErrorCode",
    "error",
    "message",
    "type",
    "code",
    "param",
    "enum",
    "x-enum-descriptions",
    "properties",
    "required",
    "headers",
    "content",
    "application/json",
    "schema",
    "examples",
    "value",
    "$defs",
];

/// A JSON value with its keys in our order, at every depth.
pub(super) fn in_order(value: &Value) -> impl Serialize + '_ {
    InOrder(value)
}

struct InOrder<'a>(&'a Value);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(items) => serializer.collect_seq(items.iter().map(InOrder)),
            Value::Object(members) => {
                let rank =
                    |key: &str| KEYS.iter().position(|known| *known == key).unwrap_or(KEYS.len());
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by_key(|(key, _)| (rank(key), *key));
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for (key, member) in members {
                    object.serialize_entry(key, &InOrder(member))?;
                }
                object.end()
            }
            scalar => scalar.serialize(serializer),
        }
    }
}
