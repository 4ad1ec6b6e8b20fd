//! What a Rust program that does not use the crate gets from typify.

// Our lints do not apply to generated code.
#[allow(clippy::all)]
mod strict {
    typify::import_types!("../../../schema/error.schema.json");
}
#[allow(clippy::all)]
mod open {
    typify::import_types!("../../../schema/error.open.schema.json");
}

use serde::de::DeserializeOwned;
use serde_json::Value;

const CATALOGUE: &str = include_str!("../../../../schema/errors.json");
const CORPUS: &str = include_str!("../../corpus.json");

fn main() {
    let catalogue: Value = serde_json::from_str(CATALOGUE).unwrap();
    let examples: Vec<&Value> =
        catalogue["codes"].as_array().unwrap().iter().map(|code| &code["example"]["value"]).collect();
    let corpus: Vec<Value> = serde_json::from_str(CORPUS).unwrap();

    examples.iter().for_each(|example| check_example(example));
    // serde's derive reads an array as a struct, field by field.
    let (arrays, corpus): (Vec<_>, Vec<_>) = corpus.iter().partition(|case| is_array(&case["body"]));
    corpus.iter().for_each(|case| check_case(case));
    println!(
        "{} examples and {} bodies, strict and open; {} arrays left out",
        examples.len(),
        corpus.len(),
        arrays.len()
    );
}

/// Strict and open read the example and write the same JSON.
fn check_example(example: &Value) {
    let strict: strict::ErrorResponse = serde_json::from_value(example.clone()).unwrap();
    let open: open::ErrorResponse = serde_json::from_value(example.clone()).unwrap();
    assert_eq!(strict.error.code.to_string(), open.error.code);
    assert_eq!(strict.error.param, open.error.param);
    assert_eq!(&serde_json::to_value(&strict).unwrap(), example);
    assert_eq!(&serde_json::to_value(&open).unwrap(), example);
}

fn is_array(body: &Value) -> bool {
    body.is_array() || body["error"].is_array()
}

fn check_case(case: &Value) {
    let body = &case["body"];
    assert_eq!(parses::<strict::ErrorResponse>(body), case["strict"] == Value::Array(vec![]), "strict: {case}");
    assert_eq!(parses::<open::ErrorResponse>(body), case["open"] == Value::Array(vec![]), "open: {case}");
}

fn parses<T: DeserializeOwned>(body: &Value) -> bool {
    serde_json::from_value::<T>(body.clone()).is_ok()
}
