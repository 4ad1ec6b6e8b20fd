//! Error responses that the API did not make: the code for each status, and the headers that stay
//! when the body is replaced. The rules are the same for both frameworks.

use alloc::string::String;

use super::rejection;
use crate::model::{ErrorCode, ErrorObject};

/// An error response that the API did not make, with what is known of its request.
///
/// It is the argument of a mapping: see `with_api_errors_by` (axum) and `only_api_errors_by`
/// (actix-web).
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

    /// Returns the path that the client sent. In a nested router or a scope it has the prefix, too.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns true if the request has a header `Authorization`.
    #[must_use]
    pub fn has_authorization(&self) -> bool {
        self.has_authorization
    }

    /// Returns the error with the code for this status, or `None` if no code says the same. Which
    /// code that is, is the advice of this project.
    ///
    #[doc = include_str!("foreign_statuses.md")]
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

/// The most bytes of a foreign body that are decoded, to see whether the API made it.
pub(crate) const PEEK_LIMIT: usize = 64 * 1024;

/// True if a header describes a body or its framing, so that it is wrong for another body.
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
