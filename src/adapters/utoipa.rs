//! Schemas and responses for [`utoipa`]: the same as in `openapi.json`, descriptions included.
//!
//! The four types implement `ToSchema`. [`ApiErrors`] adds, as a modifier, a response for each HTTP status to the
//! document's components, and, among an operation's responses, refers to them.
//!
//! ```
//! use intelliprint_error::utoipa::ApiErrors;
//! use utoipa::OpenApi;
//!
//! /// Create a print job.
//! #[utoipa::path(post, path = "/v0/prints", responses((status = 201, description = "The job"), ApiErrors))]
//! async fn create() {}
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(create), modifiers(&ApiErrors))]
//! struct Document;
//!
//! let document = serde_json::to_value(Document::openapi())?;
//! let responses = &document["paths"]["/v0/prints"]["post"]["responses"];
//! assert_eq!(responses["404"]["$ref"], "#/components/responses/Error404");
//! let response = &document["components"]["responses"]["Error404"];
//! let example = &response["content"]["application/json"]["examples"]["not_found"]["value"]["error"];
//! assert_eq!(example["code"], "not_found");
//! let code = &document["components"]["schemas"]["ErrorCode"];
//! assert_eq!(code["x-enum-descriptions"][8], "The requested resource was not found.");
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use ::utoipa::openapi::schema::Schema;
use ::utoipa::openapi::{Components, OpenApi, Ref, RefOr, Response};
use ::utoipa::{IntoResponses, Modify, PartialSchema, ToSchema};

use crate::emit;
use crate::model::{ErrorCode, ErrorObject, ErrorResponse, ErrorType};

/// Every error that the API may answer with: see the [module](self).
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiErrors;

/// Adds the schemas, the responses and the header to the document's components.
impl Modify for ApiErrors {
    fn modify(&self, document: &mut OpenApi) {
        let Some(ours) = components() else { return };
        let components = document.components.get_or_insert_with(Components::new);
        components.schemas.extend(ours.schemas);
        components.responses.extend(ours.responses);
        components.headers.extend(ours.headers);
    }
}

/// One for each HTTP status of an API error, by reference to the components that the modifier adds.
impl IntoResponses for ApiErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let reference = |status| RefOr::Ref(Ref::from_response_name(format!("Error{status}")));
        emit::statuses()
            .into_iter()
            .map(|status| (format!("{status}"), reference(status)))
            .collect()
    }
}

/// Ours, as utoipa's own type: it reads what it writes, and `tests/openapi.rs` holds the result to `openapi.json`.
fn components() -> Option<Components> {
    serde_json::from_value(emit::openapi_components()).ok()
}

fn schema(name: &str) -> RefOr<Schema> {
    let schema = components().and_then(|mut components| components.schemas.remove(name));
    schema.unwrap_or_else(|| RefOr::Ref(Ref::from_schema_name(name)))
}

/// The schema of each type, and of those that it refers to.
macro_rules! schemas {
    ($($type:ident: $($part:ident),*;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                schema(stringify!($type))
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                let _ = &schemas;
                $(
                    schemas.push((stringify!($part).into(), $part::schema()));
                    $part::schemas(schemas);
                )*
            }
        }
    )*};
}

schemas! {
    ErrorType: ;
    ErrorCode: ;
    ErrorObject: ErrorType, ErrorCode;
    ErrorResponse: ErrorObject;
}
