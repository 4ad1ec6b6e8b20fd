//! JSON text with a fixed order of keys.
//!
//! The order of a serde_json map depends on the build: sorted, or as inserted if any crate turns on
//! the feature `preserve_order`. [`in_order`] sorts the keys itself, so that both builds emit the
//! same bytes.

use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// JSON indented by two spaces, with a final line break.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // Serialization cannot fail: every map has string keys.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The order of keys. A key that is not listed comes after these, in alphabetical order.
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

/// A JSON value that serializes with its keys in the order of [`KEYS`], at every depth.
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
