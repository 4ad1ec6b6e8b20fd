//! Schemas and responses for [`utoipa`].
//!
//! [`ErrorType`], [`ErrorCode`], [`ErrorObject`] and [`ErrorResponse`] implement `ToSchema`, and
//! [`ApiErrors`] adds the responses. All components are the same as in `openapi.json`, including the
//! descriptions.
//!
//! # Examples
//!
//! ```
//! use intelliprint_error::utoipa::ApiErrors;
//! use utoipa::OpenApi;
//!
//! /// Create a print job.
//! #[utoipa::path(
//!     post,
//!     path = "/v0/prints",
//!     responses((status = 201, description = "The job"), ApiErrors),
//! )]
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
//! let examples = &response["content"]["application/json"]["examples"];
//! assert_eq!(examples["not_found"]["value"]["error"]["code"], "not_found");
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

/// Every error response of the API, for utoipa's macros.
///
/// | use | effect |
/// |---|---|
/// | `modifiers(&ApiErrors)` in `#[openapi(…)]` | adds the schemas, responses and headers to the document's components |
/// | `responses(…, ApiErrors)` in `#[utoipa::path(…)]` | adds to the operation a reference to each of those responses |
///
/// An operation's references resolve only in a document with the modifier. For an example, see the
/// [module](self).
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiErrors;

/// Adds the schemas, the responses and the header `Request-Id` to the document's components. A
/// component of the same name is replaced.
impl Modify for ApiErrors {
    fn modify(&self, document: &mut OpenApi) {
        let Some(ours) = components() else { return };
        let components = document.components.get_or_insert_with(Components::new);
        components.schemas.extend(ours.schemas);
        components.responses.extend(ours.responses);
        components.headers.extend(ours.headers);
    }
}

/// One reference for each HTTP status of an API error.
impl IntoResponses for ApiErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let reference = |status| RefOr::Ref(Ref::from_response_name(format!("Error{status}")));
        emit::statuses()
            .into_iter()
            .map(|status| (format!("{status}"), reference(status)))
            .collect()
    }
}

// `tests/adapters/utoipa.rs` shows that utoipa reads and writes the components without loss.
fn components() -> Option<Components> {
    serde_json::from_value(emit::openapi_components()).ok()
}

fn schema(name: &str) -> RefOr<Schema> {
    let schema = components().and_then(|mut components| components.schemas.remove(name));
    schema.unwrap_or_else(|| RefOr::Ref(Ref::from_schema_name(name)))
}

/// `ToSchema` for each type, with the types that its schema refers to.
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
