//! Answers and extractors for [`axum`]: whatever goes wrong, the API's error shape leaves the server.
//!
//! - [`ErrorResponse`] and [`ErrorObject`] are answers, so a handler returns `Result<_, ErrorObject>`.
//! - [`ApiJson`], [`ApiQuery`] and [`ApiPath`] refuse a request with the code and the parameter at fault.
//! - [`with_api_errors`] turns what the router and its layers answer on their own, such as 404, 405, 413 and what
//!   tower-http makes of a panic, into API errors.
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
//! // Last of all, so that it covers every route and layer.
//! let app: Router = with_api_errors(Router::new().route("/v0/prints", post(create)));
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let request = http::Request::post("/v0/prints")
//!     .header("content-type", "application/json")
//!     .body(axum::body::Body::from(r#"{"file":"a.pdf","confimred":true}"#))?;
//! let answer = app.oneshot(request).await?;
//! assert_eq!(answer.status(), 400);
//! let body = axum::body::to_bytes(answer.into_body(), 1024).await?;
//! assert_eq!(
//!     body,
//!     r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#,
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod extract;
mod replace;

use ::axum::body::Body;
use ::axum::response::{IntoResponse, Response};

pub use self::extract::{ApiJson, ApiPath, ApiQuery};
pub use self::replace::{api_error, with_api_errors};
use crate::model::{ErrorObject, ErrorResponse};

/// As [`http::Response`](::http::Response) is made from it: the code's status, `content-type: application/json`.
impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        Response::<Body>::from(self)
    }
}

/// As of an [`ErrorResponse`].
impl IntoResponse for ErrorObject {
    fn into_response(self) -> Response {
        ErrorResponse::from(self).into_response()
    }
}
