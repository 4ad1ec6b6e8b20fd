//! Prints an OpenAPI document made with aide, with the error schemas and a response for each HTTP
//! status.
//!
//! ```sh
//! cargo run --features axum,emit --example openapi_aide
//! ```

use aide::NoApi;
use aide::axum::ApiRouter;
use aide::axum::routing::post_with;
use aide::openapi::{
    Components, Info, License, OpenApi, ReferenceOr, SecurityRequirement, Server, StatusCode, Tag,
};
use aide::transform::TransformOperation;
use axum::Json;
use intelliprint_error::axum::ApiJson;
use intelliprint_error::{ErrorCode, ErrorObject, emit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file to print.
#[derive(Deserialize, JsonSchema)]
struct NewPrint {
    /// The file's name.
    file: String,
}

/// A print job.
#[derive(Serialize, JsonSchema)]
struct Print {
    /// The job's ID.
    id: String,
    /// The file's name.
    file: String,
    /// The error, if the job failed.
    failure: Option<ErrorObject>,
}

// `NoApi`: `describe_create` documents the request and the responses, so aide need not derive them.
// From axum's own `Json` aide would derive a response of plain text.
async fn create(
    NoApi(ApiJson(new)): NoApi<ApiJson<NewPrint>>,
) -> NoApi<Result<Json<Print>, ErrorObject>> {
    NoApi(Ok(Json(Print { id: "print_1".into(), file: new.file, failure: None })))
}

fn describe_create(operation: TransformOperation) -> TransformOperation {
    let operation = operation.id("createPrint").tag("prints").summary("Create a print job");
    with_errors(
        operation
            .input::<Json<NewPrint>>()
            .response_with::<201, Json<Print>, _>(|response| response.description("The job")),
    )
}

/// Adds a reference to the error response of each HTTP status.
fn with_errors(mut operation: TransformOperation) -> TransformOperation {
    let responses = operation.inner_mut().responses.get_or_insert_default();
    for status in ErrorCode::ALL.iter().filter_map(|code| code.http_status()) {
        let reference = format!("#/components/responses/Error{status}");
        responses.responses.insert(StatusCode::Code(status), ReferenceOr::ref_(&reference));
    }
    operation
}

pub fn document() -> Result<OpenApi, serde_json::Error> {
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
    let errors: Components = serde_json::from_value(emit::openapi_components())?;
    let components = document.components.get_or_insert_default();
    components.schemas.extend(errors.schemas);
    components.responses.extend(errors.responses);
    components.headers.extend(errors.headers);
    Ok(document)
}

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&document()?)?);
    Ok(())
}
