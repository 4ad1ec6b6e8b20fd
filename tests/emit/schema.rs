//! What the JSON Schemas accept, and what `JsonSchema` returns for our types and for a type that
//! embeds them.

use intelliprint_error::emit::{self, Artefact};
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

fn validator(artefact: Artefact) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&artefact.render()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn body(message: Value, error_type: Value, code: Value, param: Value) -> Value {
    json!({ "error": { "message": message, "type": error_type, "code": code, "param": param } })
}

#[test]
fn every_example_is_valid_decodes_to_its_code_and_is_published_everywhere() {
    let (strict, open) = (validator(Artefact::Schema), validator(Artefact::OpenSchema));
    let export: Value = serde_json::from_str(&Artefact::Catalogue.render()).unwrap();
    let openapi: Value = serde_json::from_str(&Artefact::OpenApi.render()).unwrap();
    let page = Artefact::Docs.render();
    for (code, exported) in ErrorCode::ALL.iter().zip(export["codes"].as_array().unwrap()) {
        let example = emit::example(*code);
        let wire = example.to_json();
        assert_eq!(ErrorResponse::from_slice(&wire).unwrap().error.code(), code);
        assert_eq!(*example.error.error_type(), code.error_type());
        let value: Value = serde_json::from_slice(&wire).unwrap();
        strict.validate(&value).unwrap();
        open.validate(&value).unwrap();
        assert_eq!(exported["example"]["value"], value);
        assert!(
            page.contains(&format!(
                "```json\n{}\n```",
                serde_json::to_string_pretty(&example).unwrap()
            )),
            "{code}"
        );
        let response = code
            .http_status()
            .map(|status| &openapi["components"]["responses"][format!("Error{status}")]);
        match response {
            Some(response) => {
                let examples = &response["content"]["application/json"]["examples"];
                assert_eq!(examples[code.as_str()]["value"], value, "{code}");
                let description = response["description"].as_str().unwrap().replace('\\', "");
                assert!(
                    description.contains(&format!("\n- `{code}`: {}", code.description())),
                    "{description}"
                );
            }
            None => {
                assert!(!openapi["components"]["responses"].to_string().contains(code.as_str()))
            }
        }
    }
}

#[test]
fn strict_and_open_differ_exactly_in_the_names() {
    let (strict, open) = (validator(Artefact::Schema), validator(Artefact::OpenSchema));
    let known = || (json!("payment_error"), json!("payment_error"));
    let (t, c) = known();
    for (param, is_valid) in [
        (json!("a.b"), true),
        (json!(""), true),
        (json!(null), true),
        (json!(1), false),
        (json!([]), false),
    ] {
        let value = body(json!("m"), t.clone(), c.clone(), param);
        assert_eq!(
            (strict.is_valid(&value), open.is_valid(&value)),
            (is_valid, is_valid),
            "{value}"
        );
    }
    for (value, expected) in [
        (body(json!("m"), json!("quota_error"), c.clone(), json!(null)), (false, true)),
        (body(json!("m"), t.clone(), json!("quota_exhausted"), json!(null)), (false, true)),
        (body(json!("m"), json!(7), c.clone(), json!(null)), (false, false)),
        (body(json!("m"), t.clone(), json!(null), json!(null)), (false, false)),
        (body(json!(null), t.clone(), c.clone(), json!(null)), (false, false)),
        (json!({ "error": { "message": "m", "type": t, "code": c } }), (true, true)),
        (
            json!({ "error": { "message": "m", "type": t, "code": c, "x": 1 }, "y": 2 }),
            (true, true),
        ),
        (json!({ "error": { "type": t, "code": c } }), (false, false)),
        (json!({ "error": { "message": "m", "code": c } }), (false, false)),
        (json!({ "error": { "message": "m", "type": t } }), (false, false)),
        (json!({ "error": "text" }), (false, false)),
        (json!({ "error": ["m", "t", "c"] }), (false, false)),
        (json!({}), (false, false)),
        (json!([]), (false, false)),
    ] {
        assert_eq!((strict.is_valid(&value), open.is_valid(&value)), expected, "{value}");
        // The decoder accepts exactly what the open schema accepts.
        assert_eq!(
            ErrorResponse::from_slice(value.to_string().as_bytes()).is_ok(),
            expected.1,
            "{value}"
        );
    }
}

/// What schemars' derive makes of documented enums and fields: a `oneOf`, and a `description`
/// beside a `$ref`. This is why `src/emit/schemars.rs` has its impls written out. When the snapshot
/// changes, that may be simpler.
#[test]
fn what_schemars_itself_gives() {
    /// Description of the type.
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "the test only reads its schema")]
    enum Plain {
        /// Description of the one.
        #[schemars(rename = "one")]
        One,
        /// Description of the other.
        #[schemars(rename = "other")]
        Other,
    }
    /// Description of the holder.
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "the test only reads its schema")]
    struct Holder {
        /// Description of the field.
        field: Plain,
    }
    insta::assert_json_snapshot!("schemars", sorted(schemars::schema_for!(Holder).to_value()));
}

#[test]
fn an_open_name_has_a_title_of_its_own() {
    assert_eq!(schemars::schema_for!(Open<ErrorCode>).to_value()["title"], "OpenErrorCode");
    assert_eq!(schemars::schema_for!(Open<ErrorType>).to_value()["title"], "OpenErrorType");
}

/// A crate that embeds our types gets the shape of our own files.
#[test]
fn what_an_embedding_crate_gets() {
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "the test only reads its schema")]
    struct Job {
        id: String,
        failure: Option<ErrorObject>,
        codes: Vec<ErrorCode>,
        error_type: ErrorType,
    }
    for (name, settings) in [
        ("serialize", SchemaSettings::draft2020_12().for_serialize()),
        ("deserialize", SchemaSettings::draft2020_12().for_deserialize()),
    ] {
        let schema = settings.into_generator().into_root_schema_for::<Job>().to_value();
        let file = if name == "serialize" { Artefact::Schema } else { Artefact::OpenSchema };
        let file: Value = serde_json::from_str(&file.render()).unwrap();
        for definition in ["ErrorObject", "ErrorCode", "ErrorType"] {
            assert_eq!(schema["$defs"][definition], file["$defs"][definition]);
        }
        // The snapshot has only the names of the definitions, so that a new code does not change
        // it.
        let mut own = sorted(schema);
        own["$defs"] = own["$defs"].as_object().unwrap().keys().cloned().collect();
        insta::assert_json_snapshot!(format!("embedded-{name}"), own);
    }
}

/// Sorts the keys, because serde_json's own order depends on the features of the build.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.into_iter().map(|(key, member)| (key, sorted(member))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            members.into_iter().collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        scalar => scalar,
    }
}

/// The order of the keys is ours, not that of serde_json, which depends on its feature
/// `preserve_order`. `.ci/run` also runs `emit --check` with that feature.
#[test]
fn keys_stand_in_our_order() {
    let text = Artefact::Schema.render();
    let places = [
        "\"$schema\"",
        "\"$id\"",
        "\"$comment\"",
        "\"$ref\"",
        "\"$defs\"",
        "\"ErrorResponse\"",
        "\"ErrorObject\"",
    ];
    let places = places.map(|key| text.find(&format!("{key}:")).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    let members = text.split("\"ErrorObject\":").nth(1).unwrap();
    let members = ["message", "type", "code", "param"]
        .map(|key| members.find(&format!("\"{key}\": {{")).unwrap());
    assert!(members.is_sorted(), "{members:?}");
}
