//! The types of the crate [`http`], which most frameworks and clients share.
//!
//! A server makes an answer with the right status and header:
//!
//! ```
//! use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
//!
//! let error = ErrorObject::new(ErrorCode::RateLimited, "Too many requests from this IP address");
//! let answer: http::Response<Vec<u8>> = ErrorResponse::from(error).into();
//! assert_eq!(answer.status(), http::StatusCode::TOO_MANY_REQUESTS);
//! assert_eq!(answer.headers()["content-type"], "application/json");
//! ```
//!
//! A client reads one, with what its headers say:
//!
//! ```
//! use std::time::Duration;
//! use intelliprint_error::{ErrorCode, ApiError, RetryAfter};
//!
//! let answer = http::Response::builder()
//!     .status(429)
//!     .header("request-id", "req_1")
//!     .header("retry-after", "30")
//!     .body(r#"{"error":{"message":"m","type":"rate_limited","code":"rate_limited"}}"#)?;
//! let error = ApiError::from_response(&answer);
//! assert_eq!(error.code(), Some(ErrorCode::RateLimited));
//! assert_eq!(error.request_id(), Some("req_1"));
//! assert_eq!(error.retry_after(), Some(&RetryAfter::Delay(Duration::from_secs(30))));
//! # Ok::<(), http::Error>(())
//! ```
//!
//! With reqwest, whose body must be read first, and whose own errors mean that no answer came:
//!
//! ```no_run
//! use intelliprint_error::ApiError;
//!
//! async fn send(client: &reqwest::Client, request: reqwest::Request) -> Result<Vec<u8>, ApiError> {
//!     let response = client.execute(request).await.map_err(ApiError::network)?;
//!     let (status, headers) = (response.status(), response.headers().clone());
//!     // `examples/client_reqwest.rs` limits how much of an error it reads, too.
//!     let body = response.bytes().await.map_err(ApiError::network)?;
//!     if status.is_success() {
//!         return Ok(body.into());
//!     }
//!     let mut answer = http::Response::new(body);
//!     *answer.status_mut() = status;
//!     *answer.headers_mut() = headers;
//!     Err(ApiError::from_response(&answer))
//! }
//! ```
//!
//! With ureq, whose answers are of this crate's type already, and which reads no more than 10 MB unless it is told to:
//!
//! ```no_run
//! use intelliprint_error::ApiError;
//!
//! fn get(agent: &ureq::Agent, url: &str) -> Result<Vec<u8>, ApiError> {
//!     // Without this, ureq would drop the body of an error.
//!     let request = agent.get(url).config().http_status_as_error(false).build();
//!     let (parts, mut body) = request.call().map_err(ApiError::network)?.into_parts();
//!     let answer = http::Response::from_parts(parts, body.read_to_vec().map_err(ApiError::network)?);
//!     if answer.status().is_success() { Ok(answer.into_body()) } else { Err(ApiError::from_response(&answer)) }
//! }
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use ::http::{Response, StatusCode};

use crate::client::ApiError;
use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

/// The header that names a request (observed).
pub const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// A code that has no HTTP status: SDKs alone raise it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoStatus(ErrorCode);

impl fmt::Display for NoStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no HTTP status: it is raised by SDKs only, never in an answer", self.0)
    }
}

impl core::error::Error for NoStatus {}

/// The status of an answer with this code: see [`ErrorCode::http_status`].
impl TryFrom<ErrorCode> for StatusCode {
    type Error = NoStatus;

    fn try_from(code: ErrorCode) -> Result<Self, NoStatus> {
        code.http_status().and_then(|status| Self::from_u16(status).ok()).ok_or(NoStatus(code))
    }
}

/// In an answer's extensions: it is one of this API, and nothing need replace it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiAnswer;

/// The answer with this body: the code's status, `content-type: application/json`.
///
/// A name that only SDKs raise is no answer: it becomes `internal_error`, 500. A code that this version does not know
/// is sent as it is, with 500.
impl<B: From<Vec<u8>>> From<ErrorResponse> for Response<B> {
    fn from(response: ErrorResponse) -> Self {
        let (status, response) = response.into_answer();
        let mut answer = Response::new(response.to_json().into());
        *answer.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        answer.extensions_mut().insert(ApiAnswer);
        answer
    }
}

/// See the answer of an [`ErrorResponse`].
impl<B: From<Vec<u8>>> From<ErrorObject> for Response<B> {
    fn from(error: ErrorObject) -> Self {
        ErrorResponse::from(error).into()
    }
}

impl ApiError {
    /// From an answer whose body has been read: its status, its headers `Request-Id` (observed) and `Retry-After`, and
    /// its body, whatever they are. See [`from_parts`](Self::from_parts).
    #[must_use]
    pub fn from_response<B: AsRef<[u8]>>(response: &Response<B>) -> Self {
        let header = |name| header(response.headers(), name);
        let request_id = header(REQUEST_ID);
        let error = Self::from_parts(
            response.status().as_u16(),
            request_id.as_deref(),
            response.body().as_ref(),
        );
        match header(RETRY_AFTER) {
            Some(value) => error.with_retry_after(&value),
            None => error,
        }
    }
}

/// A header as text. Bytes that are no UTF-8 are replaced: an ID is for people to read.
fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
