//! Responses and extractors for [`axum`].
//!
//! | to | use |
//! |---|---|
//! | return an error from a handler | `Result<_, ErrorObject>`, or [`ServerError`], which also takes a cause for the log |
//! | read a request | [`ApiJson`], [`ApiForm`], [`ApiQuery`] and [`ApiPath`], whose rejections name the code and the parameter |
//! | use axum's own extractors | `#[from_request(via(…), rejection(ErrorResponse))]`: axum's rejections convert into an [`ErrorResponse`] |
//! | make every other error response an API error | [`with_api_errors`] |
//! | log errors | a layer that reads the [`ErrorObject`] and the [`Cause`] in a response's extensions |
//!
//! What lies below the router has no API body. hyper itself responds to a malformed request (400),
//! to a URI that is too long (414) and to headers that are too large (431). A panic ends the
//! connection without a response, unless the router has tower-http's `CatchPanicLayer`.
//!
//! ```
//! use axum::{Json, Router, routing::post};
//! use intelliprint_error::axum::{ApiJson, with_api_errors};
//! use intelliprint_error::{ErrorCode, ErrorObject};
//! use tower::ServiceExt;
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct NewPrint {
//!     file: String,
//!     #[serde(default)]
//!     confirmed: bool,
//! }
//!
//! async fn create(ApiJson(print): ApiJson<NewPrint>) -> Result<Json<String>, ErrorObject> {
//!     if print.confirmed {
//!         return Err(ErrorObject::new(ErrorCode::PaymentError, "The balance does not cover the cost"));
//!     }
//!     Ok(Json(print.file))
//! }
//!
//! // Last, so that it covers every route and layer.
//! let app: Router = with_api_errors(Router::new().route("/v0/prints", post(create)));
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let request = http::Request::post("/v0/prints")
//!     .header("content-type", "application/json")
//!     .body(axum::body::Body::from(r#"{"file":"a.pdf","confimred":true}"#))?;
//! let response = app.oneshot(request).await?;
//! assert_eq!(response.status(), 400);
//! let body = axum::body::to_bytes(response.into_body(), 1024).await?;
//! assert_eq!(
//!     body,
//!     r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#,
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A layer around the router logs every error without reading a body:
//!
//! ```
//! use axum::response::Response;
//! use axum::{Router, middleware::map_response};
//! use intelliprint_error::ErrorObject;
//! use intelliprint_error::axum::{Cause, with_api_errors};
//!
//! async fn log(response: Response) -> Response {
//!     if let Some(error) = response.extensions().get::<ErrorObject>() {
//!         let cause = response.extensions().get::<Cause>();
//!         eprintln!("{} {error}, cause: {cause:?}", response.status());
//!     }
//!     response
//! }
//!
//! let app: Router = with_api_errors(Router::new()).layer(map_response(log));
//! ```

mod drain;
mod extract;
mod rejections;
mod replace;

use ::axum::body::Body;
use ::axum::response::{IntoResponse, Response};

pub use self::extract::{ApiForm, ApiJson, ApiPath, ApiQuery};
pub use self::replace::{with_api_errors, with_api_errors_by};
pub use super::deserialize::OwnWords;
pub use super::foreign::ForeignError;
pub use super::server_error::{Cause, ServerError};
use crate::model::{ErrorObject, ErrorResponse};

/// Same as for [`http::Response`](::http::Response): the code's status, `content-type:
/// application/json`, and the [`ErrorObject`] in the extensions.
impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        Response::<Body>::from(self)
    }
}

/// Same as for [`ErrorResponse`].
impl IntoResponse for ErrorObject {
    fn into_response(self) -> Response {
        Response::<Body>::from(self)
    }
}

/// Same as for [`ErrorResponse`]. The extensions also hold the [`Cause`].
impl IntoResponse for ServerError {
    fn into_response(self) -> Response {
        Response::<Body>::from(self)
    }
}
