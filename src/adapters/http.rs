//! The types of the crate [`http`], which most frameworks and clients share.
//!
//! A server makes a response with the right status and headers:
//!
//! ```
//! use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
//!
//! let error = ErrorObject::new(ErrorCode::RateLimited, "Too many requests from this IP address");
//! let response: http::Response<Vec<u8>> = ErrorResponse::from(error).into();
//! assert_eq!(response.status(), http::StatusCode::TOO_MANY_REQUESTS);
//! assert_eq!(response.headers()["content-type"], "application/json");
//! ```
//!
//! A client makes an [`ApiError`] from a response, its headers included:
//!
//! ```
//! use std::time::Duration;
//! use intelliprint_error::{ApiError, ErrorCode, RetryAfter};
//!
//! let response = http::Response::builder()
//!     .status(429)
//!     .header("request-id", "req_1")
//!     .header("retry-after", "30")
//!     .body(r#"{"error":{"message":"m","type":"rate_limited","code":"rate_limited"}}"#)?;
//! let error = ApiError::from_response(&response);
//! assert_eq!(error.code(), Some(ErrorCode::RateLimited));
//! assert_eq!(error.request_id(), Some("req_1"));
//! let delay = error.retry_after().and_then(RetryAfter::delay);
//! assert_eq!(delay, Some(Duration::from_secs(30)));
//! # Ok::<(), http::Error>(())
//! ```
//!
//! An HTTP client reads the head of a response first and the body later, and either can fail. If
//! the body fails, [`ApiError::incomplete`] and [`ApiError::with_headers`] keep the status, the
//! request ID and the retry rule. With reqwest:
//!
//! ```no_run
//! use intelliprint_error::ApiError;
//!
//! async fn send(client: &reqwest::Client, request: reqwest::Request) -> Result<Vec<u8>, ApiError> {
//!     let response = client.execute(request).await.map_err(ApiError::network)?;
//!     let (status, headers) = (response.status(), response.headers().clone());
//!     match response.bytes().await {
//!         Ok(body) if status.is_success() => Ok(body.into()),
//!         Ok(body) => Err(ApiError::from_http(status, &headers, body)),
//!         Err(cause) => Err(ApiError::incomplete(status.as_u16(), None, cause).with_headers(&headers)),
//!     }
//! }
//! ```
//!
//! The repository has complete clients that also limit how much of an error they read:
//! `examples/client_reqwest.rs`, `examples/client_ureq.rs` and `examples/client_hyper.rs`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::http::header::{
    CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use ::http::{Response, StatusCode};

pub use super::server_error::{Cause, ServerError};
use crate::client::ApiError;
use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

/// The response header with the ID of the request (observed). Support asks for it.
///
/// ```
/// use intelliprint_error::http::REQUEST_ID;
///
/// let response = http::Response::builder().header(REQUEST_ID, "req_1").body(())?;
/// assert_eq!(response.headers()["Request-Id"], "req_1");
/// # Ok::<(), http::Error>(())
/// ```
pub const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// The error of a code without an HTTP status: only SDKs raise it.
///
/// ```
/// use http::StatusCode;
/// use intelliprint_error::ErrorCode;
///
/// assert_eq!(StatusCode::try_from(ErrorCode::NotFound), Ok(StatusCode::NOT_FOUND));
/// let error = StatusCode::try_from(ErrorCode::NetworkError).unwrap_err();
/// assert_eq!(error.to_string(), "`network_error` has no HTTP status: only SDKs raise it");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoStatus(ErrorCode);

impl fmt::Display for NoStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no HTTP status: only SDKs raise it", self.0)
    }
}

impl core::error::Error for NoStatus {}

/// The status of a response with this code: see [`ErrorCode::http_status`].
impl TryFrom<ErrorCode> for StatusCode {
    type Error = NoStatus;

    fn try_from(code: ErrorCode) -> Result<Self, NoStatus> {
        code.http_status().and_then(|status| Self::from_u16(status).ok()).ok_or(NoStatus(code))
    }
}

/// Makes the response with this body, the code's status and `content-type: application/json`.
///
/// - A name that only SDKs raise becomes `internal_error`, 500. A code that this version does not
///   know is sent as it is, with 500.
/// - A 401 gets `WWW-Authenticate: Bearer`, the API's scheme (observed).
/// - A body that would be longer than 4 KiB is cut in its param and message.
/// - The extensions hold the [`ErrorObject`], for a layer that logs.
impl<B: From<Vec<u8>>> From<ErrorResponse> for Response<B> {
    fn from(response: ErrorResponse) -> Self {
        ServerError::from(response).into()
    }
}

/// Same as for [`ErrorResponse`].
impl<B: From<Vec<u8>>> From<ErrorObject> for Response<B> {
    fn from(error: ErrorObject) -> Self {
        ServerError::from(error).into()
    }
}

/// Same as for [`ErrorResponse`]. The extensions also hold the [`Cause`].
impl<B: From<Vec<u8>>> From<ServerError> for Response<B> {
    fn from(error: ServerError) -> Self {
        let (status, sent) = ErrorResponse::from(error.object).into_sent();
        let mut response = Response::new(sent.to_json().into());
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if status == 401 {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(sent.error);
        if let Some(cause) = error.cause {
            response.extensions_mut().insert(cause);
        }
        response
    }
}

impl ApiError {
    /// Makes the error of a whole response. Same as [`from_parts`](Self::from_parts) and
    /// [`with_headers`](Self::with_headers).
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use intelliprint_error::ApiError;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("request-id", "req_1".parse()?);
    /// let error = ApiError::from_http(StatusCode::BAD_GATEWAY, &headers, "<h1>Bad Gateway</h1>");
    /// assert_eq!(error.status(), Some(502));
    /// assert_eq!(error.request_id(), Some("req_1"));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn from_http(status: StatusCode, headers: &HeaderMap, body: impl Into<Vec<u8>>) -> Self {
        Self::from_parts(status.as_u16(), None, body).with_headers(headers)
    }

    /// Makes the error of a whole response. Same as [`from_http`](Self::from_http), with a copy of
    /// the body.
    ///
    /// ```
    /// use intelliprint_error::ApiError;
    ///
    /// let response = http::Response::builder().status(503).header("retry-after", "30").body("busy")?;
    /// let error = ApiError::from_response(&response);
    /// assert_eq!(error.status(), Some(503));
    /// assert_eq!(error.retry_after().unwrap().as_str(), "30");
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn from_response<B: AsRef<[u8]>>(response: &Response<B>) -> Self {
        Self::from_http(response.status(), response.headers(), response.body().as_ref())
    }

    /// Sets the request ID and the `Retry-After` from a response's headers. A header that is absent
    /// leaves what was set before.
    ///
    /// Of several headers of one name the first counts. An empty header counts as absent.
    ///
    /// ```
    /// use http::HeaderMap;
    /// use intelliprint_error::ApiError;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("request-id", "req_1".parse()?);
    /// let error = ApiError::incomplete(503, None, "connection reset").with_headers(&headers);
    /// assert_eq!(error.request_id(), Some("req_1"));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn with_headers(self, headers: &HeaderMap) -> Self {
        let with_id = match text_of(headers, REQUEST_ID) {
            Some(id) => self.with_request_id(&id),
            None => self,
        };
        match text_of(headers, RETRY_AFTER) {
            Some(value) => with_id.with_retry_after(&value),
            None => with_id,
        }
    }
}

/// A header's first value as text, without the white space around it, or `None` if nothing is left.
/// Bytes that are not UTF-8 are replaced, because an ID is for people to read.
fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<Cow<'_, str>> {
    let value = headers.get(name)?.as_bytes().trim_ascii();
    (!value.is_empty()).then(|| String::from_utf8_lossy(value))
}
