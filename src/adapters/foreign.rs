//! An error response of other origin: which code says what its status says, and which of its
//! headers outlive its body. The rules are the same for both frameworks.

use alloc::string::String;

use super::rejection;
use crate::model::{ErrorCode, ErrorObject};

/// An error response that the API did not make, and the request that it answers.
///
/// A mapping takes it: see `with_api_errors_by` of axum and `only_api_errors_by` of actix-web.
#[derive(Clone, Debug)]
pub struct ForeignError {
    pub(crate) status: u16,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) has_authorization: bool,
}

impl ForeignError {
    /// Returns the response's status. The replacement keeps it.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the request's method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the path that the client sent, whole also inside a nested router or scope.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns true if the request has a header `Authorization`.
    #[must_use]
    pub fn has_authorization(&self) -> bool {
        self.has_authorization
    }

    /// Returns the error that says what the status says (advice), or `None` if no code does. The
    /// response then passes unchanged.
    ///
    /// | status | code |
    /// |---|---|
    /// | 400, 414 | `parameter_invalid`, without a param |
    /// | 401 | `no_api_key` if the request has no `Authorization`, otherwise `invalid_api_key` |
    /// | 402 | `payment_error` |
    /// | 403 | `forbidden` |
    /// | 404, 405 | `not_found` |
    /// | 408, 500–599 | `internal_error` |
    /// | 411, 415, 422 | `body_incorrect_format` |
    /// | 413 | `body_too_large` |
    /// | 429 | `rate_limited` |
    /// | any other 4xx | none |
    #[must_use]
    pub fn default_error(&self) -> Option<ErrorObject> {
        let code = match self.status {
            400 | 414 => ErrorCode::ParameterInvalid,
            401 if self.has_authorization => ErrorCode::InvalidApiKey,
            401 => ErrorCode::NoApiKey,
            402 => ErrorCode::PaymentError,
            403 => ErrorCode::Forbidden,
            404 | 405 => return Some(rejection::not_found(&self.method, &self.path)),
            411 | 415 | 422 => ErrorCode::BodyIncorrectFormat,
            413 => return Some(rejection::body_too_large()),
            429 => ErrorCode::RateLimited,
            408 | 500..=599 => ErrorCode::InternalError,
            _ => return None,
        };
        Some(ErrorObject::from(code))
    }
}

/// The most bytes of a foreign body that are looked at, to see whether it is one of this API.
pub(crate) const PEEK_LIMIT: usize = 64 * 1024;

/// True if a header is about a body or its framing, so that it is wrong of another body.
pub(crate) fn is_about_body(name: &str) -> bool {
    matches!(
        name,
        "content-type"
            | "content-length"
            | "content-encoding"
            | "content-language"
            | "content-location"
            | "content-range"
            | "content-disposition"
            | "content-md5"
            | "content-digest"
            | "repr-digest"
            | "digest"
            | "transfer-encoding"
            | "trailer"
            | "etag"
            | "last-modified"
            | "accept-ranges"
    )
}
