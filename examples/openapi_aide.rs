//! Prints an OpenAPI document made with aide, with our schemas and a response for each HTTP status.
//!
//! ```sh
//! cargo run --features axum,schema --example openapi_aide
//! ```

use aide::NoApi;
use aide::axum::ApiRouter;
use aide::axum::routing::post_with;
use aide::openapi::{
    Components, Info, License, OpenApi, ReferenceOr, SecurityRequirement, Server, StatusCode, Tag,
};
use aide::transform::TransformOperation;
use axum::Json;
use intelliprint_error::{ErrorCode, ErrorObject, emit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What to print.
#[derive(Deserialize, JsonSchema)]
struct NewPrint {
    /// The file's name.
    file: String,
}

/// A print job.
#[derive(Serialize, JsonSchema)]
struct Print {
    /// Its ID.
    id: String,
    /// The file's name.
    file: String,
    /// Why it was not printed, if it was not.
    failure: Option<ErrorObject>,
}

// `NoApi`: the document says by itself what may be answered.
async fn create(Json(new): Json<NewPrint>) -> NoApi<Result<Json<Print>, ErrorObject>> {
    NoApi(Ok(Json(Print { id: "print_1".into(), file: new.file, failure: None })))
}

fn describe_create(operation: TransformOperation) -> TransformOperation {
    let operation = operation.id("createPrint").tag("prints").summary("Create a print job");
    with_errors(
        operation.response_with::<201, Json<Print>, _>(|response| response.description("The job")),
    )
}

/// Each status of an API error, by reference to the document's components.
fn with_errors(mut operation: TransformOperation) -> TransformOperation {
    let responses = operation.inner_mut().responses.get_or_insert_default();
    for status in ErrorCode::ALL.iter().filter_map(|code| code.http_status()) {
        let reference = format!("#/components/responses/Error{status}");
        responses.responses.insert(StatusCode::Code(status), ReferenceOr::ref_(&reference));
    }
    operation
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut document = OpenApi {
        info: Info {
            title: "Prints".into(),
            version: "1.0.0".into(),
            description: Some("Prints letters.".into()),
            license: Some(License {
                name: "MIT".into(),
                identifier: Some("MIT".into()),
                ..License::default()
            }),
            ..Info::default()
        },
        servers: vec![Server { url: "/".into(), ..Server::default() }],
        tags: vec![Tag {
            name: "prints".into(),
            description: Some("Print jobs".into()),
            ..Tag::default()
        }],
        security: vec![SecurityRequirement::default()],
        ..OpenApi::default()
    };
    aide::generate::extract_schemas(true);
    let _: axum::Router = ApiRouter::new()
        .api_route("/v0/prints", post_with(create, describe_create))
        .finish_api(&mut document);
    // Ours, as aide's own type.
    let ours: Components = serde_json::from_value(emit::openapi_components())?;
    let components = document.components.get_or_insert_default();
    components.schemas.extend(ours.schemas);
    components.responses.extend(ours.responses);
    components.headers.extend(ours.headers);
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}
