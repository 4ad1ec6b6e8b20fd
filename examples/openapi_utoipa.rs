//! Prints an OpenAPI document made with utoipa, with the error schemas and a response for each HTTP
//! status.
//!
//! ```sh
//! cargo run --features axum,utoipa --example openapi_utoipa
//! ```

use axum::Json;
use intelliprint_error::ErrorObject;
use intelliprint_error::axum::ApiJson;
use intelliprint_error::utoipa::ApiErrors;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

/// A file to print.
#[derive(Deserialize, ToSchema)]
struct NewPrint {
    /// The file's name.
    file: String,
}

/// A print job.
#[derive(Serialize, ToSchema)]
struct Print {
    /// The job's ID.
    id: String,
    /// The file's name.
    file: String,
    /// The error, if the job failed.
    failure: Option<ErrorObject>,
}

/// Create a print job
#[utoipa::path(
    post,
    path = "/v0/prints",
    operation_id = "createPrint",
    tag = "prints",
    request_body = NewPrint,
    responses((status = 201, description = "The job", body = Print), ApiErrors)
)]
async fn create(ApiJson(new): ApiJson<NewPrint>) -> Result<Json<Print>, ErrorObject> {
    Ok(Json(Print { id: "print_1".into(), file: new.file, failure: None }))
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Prints",
        version = "1.0.0",
        description = "Prints letters.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/")),
    security(()),
    tags((name = "prints", description = "Print jobs")),
    paths(create),
    modifiers(&ApiErrors)
)]
pub struct Document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The document describes this router.
    let _: axum::Router = axum::Router::new().route("/v0/prints", axum::routing::post(create));
    println!("{}", Document::openapi().to_pretty_json()?);
    Ok(())
}
