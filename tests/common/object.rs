//! Error objects with any names. No constructor makes one, so they are decoded.

use intelliprint_error::ErrorObject;
use serde_json::json;

pub fn decoded(message: &str, error_type: &str, code: &str, param: Option<&str>) -> ErrorObject {
    let members = json!({ "message": message, "type": error_type, "code": code, "param": param });
    serde_json::from_value(members).unwrap()
}
