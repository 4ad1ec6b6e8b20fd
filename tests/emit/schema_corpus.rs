//! What the schemas accept, and why they reject the rest, according to the crate `jsonschema`.
//! `tests/interop/run` runs ajv and python-jsonschema over the same bodies.

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind};
use serde_json::Value;

const CORPUS: &str = include_str!("../interop/corpus.json");
const CATALOGUE: &str = include_str!("../../schema/errors.json");
const OPENAPI: &str = include_str!("../../schema/openapi.json");
const SCHEMAS: [(&str, &str); 2] = [
    ("strict", include_str!("../../schema/error.schema.json")),
    ("open", include_str!("../../schema/error.open.schema.json")),
];

#[test]
fn every_example_is_valid() {
    for (kind, schema) in SCHEMAS {
        let (schema, validator) = (parse(schema), validator(schema));
        let mut examples: Vec<Value> =
            rows(&parse(CATALOGUE)["codes"]).map(|code| code["example"]["value"].clone()).collect();
        examples.extend(rows(&schema["$defs"]["ErrorResponse"]["examples"]).cloned());
        for response in parse(OPENAPI)["components"]["responses"].as_object().unwrap().values() {
            let shown = response["content"]["application/json"]["examples"].as_object().unwrap();
            examples.extend(shown.values().map(|example| example["value"].clone()));
        }
        for example in examples {
            assert_eq!(reasons(&validator, &example), [""; 0], "{kind}: {example}");
        }
    }
}

#[test]
fn every_body_is_accepted_or_refused_for_its_reasons() {
    for (kind, schema) in SCHEMAS {
        let validator = validator(schema);
        for case in rows(&parse(CORPUS)) {
            assert_eq!(
                Value::from(reasons(&validator, &case["body"])),
                case[kind],
                "{kind}: {}",
                case["name"]
            );
        }
    }
}

/// Open rejects what strict rejects, for the same reasons, except that it accepts unknown names.
#[test]
fn strict_and_open_differ_in_names_alone() {
    for case in rows(&parse(CORPUS)) {
        let without_names: Vec<_> = rows(&case["strict"])
            .filter(|reason| !reason.as_str().unwrap().ends_with(": enum"))
            .cloned()
            .collect();
        assert_eq!(case["open"], Value::from(without_names), "{}", case["name"]);
    }
}

/// The crate's decoder accepts exactly the bodies that the open schema accepts.
#[test]
#[cfg(feature = "json")]
fn the_crate_reads_what_the_open_schema_accepts() {
    use intelliprint_error::ErrorResponse;

    for case in rows(&parse(CORPUS)) {
        let read = ErrorResponse::from_slice(case["body"].to_string().as_bytes());
        assert_eq!(read.is_ok(), rows(&case["open"]).count() == 0, "{}: {read:?}", case["name"]);
        if let Ok(response) = read {
            let names_are_known = response.error.error_type().known().is_some()
                && response.error.code().known().is_some();
            assert_eq!(names_are_known, rows(&case["strict"]).count() == 0, "{}", case["name"]);
        }
    }
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn rows(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().unwrap().iter()
}

fn validator(schema: &str) -> Validator {
    jsonschema::draft202012::new(&parse(schema)).unwrap()
}

fn reasons(validator: &Validator, body: &Value) -> Vec<String> {
    let mut reasons: Vec<_> = validator.iter_errors(body).map(|error| reason(&error)).collect();
    reasons.sort();
    reasons
}

/// A reason as the corpus has it: `PLACE: KEYWORD`.
fn reason(error: &ValidationError<'_>) -> String {
    let (place, keyword) = (error.instance_path(), error.kind().keyword());
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!("{place}: {keyword} {}", property.as_str().unwrap())
        }
        _ => format!("{place}: {keyword}"),
    }
}
