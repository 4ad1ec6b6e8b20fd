//! What this crate makes of each seed, written for `tests/modules/run`: the modules for other
//! languages must come to the same verdicts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use intelliprint_error::{ApiError, ErrorResponse};
use serde_json::{Value, json};

use crate::seeds::seeds;

#[test]
fn the_verdicts_on_the_seeds_are_written_for_the_modules() {
    let verdicts: BTreeMap<_, _> = seeds()
        .into_iter()
        .map(|(name, seed)| {
            let object = ErrorResponse::from_slice(&seed).map(|response| {
                let error = response.error;
                let (error_type, code) = (error.error_type().as_str(), error.code().as_str());
                json!({
                    "message": error.message(), "type": error_type, "code": code, "param": error.param(),
                })
            });
            (name, object.unwrap_or(Value::Null))
        })
        .collect();
    assert!(verdicts.values().any(Value::is_null) && verdicts.values().any(Value::is_object));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts.json");
    fs::write(file, serde_json::to_vec(&verdicts).unwrap()).unwrap();

    // The line of a log, which is the same in every language.
    let lines: BTreeMap<_, _> = seeds()
        .into_iter()
        .map(|(name, seed)| (name, ApiError::from_parts(400, Some("req_1"), seed).to_string()))
        .collect();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lines.json");
    fs::write(file, serde_json::to_vec(&lines).unwrap()).unwrap();
}
