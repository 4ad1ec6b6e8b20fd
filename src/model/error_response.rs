use core::fmt;

use super::ErrorObject;

/// The body of an error answer: one JSON object with the member `error`.
///
/// ```
/// use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
///
/// let answer = ErrorResponse::from(ErrorObject::new(ErrorCode::NoApiKey, "No API key was provided"));
/// let body = answer.to_json();
/// assert_eq!(
///     body,
///     br#"{"error":{"message":"No API key was provided","type":"authentication_error","code":"no_api_key"}}"#,
/// );
/// # #[cfg(feature = "json")]
/// assert_eq!(ErrorResponse::from_slice(&body), Ok(answer));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// What went wrong.
    pub error: ErrorObject,
}

impl From<ErrorObject> for ErrorResponse {
    fn from(error: ErrorObject) -> Self {
        Self { error }
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl core::error::Error for ErrorResponse {}
