//! In a user's own OpenAPI document, ours is what `openapi.json` has.

use aide::openapi::Components;
use intelliprint_error::emit::{self, Artefact};
use intelliprint_error::utoipa::ApiErrors;
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
use serde_json::Value;
use utoipa::{OpenApi, ToSchema};

fn ours() -> Value {
    let document: Value = serde_json::from_str(&Artefact::OpenApi.render()).unwrap();
    document["components"].clone()
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Job {
    failure: Option<ErrorObject>,
    codes: Vec<ErrorCode>,
}

#[utoipa::path(get, path = "/job", responses((status = 200, body = Job), ApiErrors))]
#[expect(dead_code, reason = "the test only decodes it")]
fn job() {}

#[test]
fn utoipa_with_the_modifier_has_all_components() {
    #[derive(OpenApi)]
    #[openapi(paths(job), modifiers(&ApiErrors))]
    struct Document;
    let document = serde_json::to_value(Document::openapi()).unwrap();
    let ours = ours();
    for part in ["schemas", "responses", "headers"] {
        for (name, component) in ours[part].as_object().unwrap() {
            assert_eq!(document["components"][part][name], *component, "{part}/{name}");
        }
    }
    let responses = document["paths"]["/job"]["get"]["responses"].as_object().unwrap();
    let statuses: Vec<_> = responses.keys().map(String::as_str).collect();
    assert_eq!(statuses, ["200", "400", "401", "402", "403", "404", "413", "422", "429", "500"]);
    assert_eq!(responses["429"]["$ref"], "#/components/responses/Error429");
    let job = &document["components"]["schemas"]["Job"]["properties"];
    assert_eq!(job["codes"]["items"]["$ref"], "#/components/schemas/ErrorCode");
}

/// A component of the same name is replaced.
#[test]
fn the_modifier_replaces_a_component_of_its_name() {
    let own = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"components":{
        "schemas":{"ErrorObject":{"type":"string"}},
        "headers":{"Request-Id":{"schema":{"type":"integer"}}},
        "responses":{"Error404":{"description":"d"}}}}"#;
    let mut document: utoipa::openapi::OpenApi = serde_json::from_str(own).unwrap();
    utoipa::Modify::modify(&ApiErrors, &mut document);
    assert_eq!(serde_json::to_value(document).unwrap()["components"], ours());
}

/// A user's own components stay beside ours.
#[test]
fn the_modifier_takes_nothing_away() {
    let own = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"components":{
        "schemas":{"Own":{"type":"string"}},"headers":{"Own":{"schema":{"type":"string"}}},
        "responses":{"Own":{"description":"d"}}}}"#;
    let mut document: utoipa::openapi::OpenApi = serde_json::from_str(own).unwrap();
    utoipa::Modify::modify(&ApiErrors, &mut document);
    let document = serde_json::to_value(document).unwrap();
    for part in ["schemas", "responses", "headers"] {
        let names = document["components"][part].as_object().unwrap();
        assert!(names.contains_key("Own"), "{part}");
        assert_eq!(names.len(), ours()[part].as_object().unwrap().len() + 1, "{part}");
    }
}

#[test]
fn utoipas_derive_alone_collects_the_schemas() {
    #[derive(OpenApi)]
    #[openapi(components(schemas(ErrorResponse)))]
    struct Document;
    let document = serde_json::to_value(Document::openapi()).unwrap();
    assert_eq!(document["components"]["schemas"], ours()["schemas"]);
}

#[test]
fn aide_reads_our_components_and_writes_the_same() {
    let components: Components = serde_json::from_value(emit::openapi_components()).unwrap();
    let (components, ours) = (serde_json::to_value(components).unwrap(), ours());
    assert_eq!(components["schemas"], ours["schemas"]);
    assert_eq!(components["responses"], ours["responses"]);
    // aide spells out a header's style, which is the default.
    assert_eq!(
        components["headers"]["Request-Id"]["description"],
        ours["headers"]["Request-Id"]["description"]
    );
}
