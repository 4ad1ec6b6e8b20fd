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

use alloc::format;
use alloc::vec::Vec;

use ::axum::Router;
use ::axum::body::{Body, Bytes};
use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::PathRejection;
use ::axum::extract::{FromRequest, FromRequestParts, Path, RawPathParams, Request};
use ::axum::middleware::map_response;
use ::axum::response::{IntoResponse, Response};
use ::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use ::http::request::Parts;
use ::http::{Method, StatusCode, Uri};
use serde_core::de::DeserializeOwned;

use super::http::ApiAnswer;
use super::rejection;
use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

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

/// A JSON body.
///
/// Refused are, as `body_incorrect_format`, a content type other than JSON and a text that is no JSON or no object; as
/// `body_too_large`, more than the router's `DefaultBodyLimit`; as `parameter_missing`, `parameter_unknown` (with
/// serde's `deny_unknown_fields`) and `parameter_invalid`, the first parameter at fault, with its dotted path.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = ErrorResponse;

    async fn from_request(req: Request, state: &S) -> Result<Self, ErrorResponse> {
        let content_type = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !rejection::is_json(content_type.unwrap_or_default()) {
            return Err(rejection::body_incorrect_format(
                "its content type is not application/json",
            )
            .into());
        }
        let body = Bytes::from_request(req, state).await.map_err(|rejection| {
            match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => rejection::body_too_large(),
                _ => rejection::body_incorrect_format("it cannot be read to its end"),
            }
        })?;
        Ok(Self(rejection::from_json(&body)?))
    }
}

/// The parameters of the query string, refused as those of [`ApiJson`] are.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErrorResponse> {
        Ok(Self(rejection::from_query(parts.uri.query().unwrap_or_default())?))
    }
}

/// The parameters of the path. A value of the wrong kind is `parameter_invalid`.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(rejection) => {
                let params = RawPathParams::from_request_parts(parts, state).await;
                let params =
                    params.as_ref().map(|params| params.iter().collect()).unwrap_or_default();
                Err(path_error(&rejection, params).into())
            }
        }
    }
}

/// The error knows a parameter by its name, by its place or by its value; the route knows all of each.
fn path_error(rejection: &PathRejection, params: Vec<(&str, &str)>) -> ErrorObject {
    let invalid = |name: &str, why: &str| rejection::parameter_invalid(name.into(), why);
    let invalid_one = |param: Option<&(&str, &str)>, why: &str| {
        invalid(param.map_or("path", |(name, _)| name), why)
    };
    let PathRejection::FailedToDeserializePathParams(error) = rejection else {
        return no_such_parameters();
    };
    match error.kind() {
        ErrorKind::ParseErrorAtKey { key, expected_type, .. } => {
            invalid(key, &format!("expected {expected_type}"))
        }
        ErrorKind::ParseErrorAtIndex { index, expected_type, .. } => {
            invalid_one(params.get(*index), &format!("expected {expected_type}"))
        }
        ErrorKind::ParseError { expected_type, .. } => {
            invalid_one(params.first(), &format!("expected {expected_type}"))
        }
        ErrorKind::DeserializeError { key, message, .. } => {
            invalid(key, rejection::expectation(message))
        }
        ErrorKind::InvalidUtf8InPathParam { key } => invalid(key, "expected UTF-8"),
        // A missing field is for the arm below: the type asks for more than the route has.
        ErrorKind::Message(message) if !message.starts_with("missing field ") => {
            let is_named = |(_, value): &&(&str, &str)| {
                params.len() == 1 || message.contains(&format!("`{value}`"))
            };
            invalid_one(params.iter().find(is_named), rejection::expectation(message))
        }
        _ => no_such_parameters(),
    }
}

/// The handler asks for what its route does not have.
fn no_such_parameters() -> ErrorObject {
    ErrorObject::new(ErrorCode::InternalError, "The route has no such parameters")
}

/// The router, such that nothing but API errors leaves it when something fails: an unknown route and a method that a
/// route does not have are `not_found`, and any other answer of an error that no handler of this API made is replaced by
/// [`api_error`].
///
/// It takes the place of a fallback that the router has. Call it last: it covers the routes and layers that the router has by then, tower-http's `CatchPanicLayer`,
/// `RequestBodyLimitLayer` and `TimeoutLayer` among them.
pub fn with_api_errors<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.fallback(not_found).method_not_allowed_fallback(not_found).layer(map_response(replace))
}

async fn not_found(method: Method, uri: Uri) -> ErrorResponse {
    rejection::not_found(method.as_str(), uri.path()).into()
}

async fn replace(response: Response) -> Response {
    api_error(response)
}

/// An answer as one of this API: unchanged if it is no error (4xx or 5xx) or is of this API; else an error object with
/// the code that fits its status, or `internal_error`. The headers stay, but those about the body.
///
/// What was in the body is dropped: log it before, if it matters.
pub fn api_error(response: Response) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || response.extensions().get::<ApiAnswer>().is_some() {
        return response;
    }
    let (foreign, _) = response.into_parts();
    let mut answer = rejection::of_status(status.as_u16()).into_response();
    let about_body = [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING];
    for (name, value) in foreign.headers.iter().filter(|(name, _)| !about_body.contains(name)) {
        answer.headers_mut().append(name, value.clone());
    }
    answer
}
