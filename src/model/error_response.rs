use core::fmt;

use super::ErrorObject;

/// The body of an error response: one JSON object with the field `error`.
///
/// ```
/// use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
///
/// let response = ErrorResponse::from(ErrorObject::new(ErrorCode::NoApiKey, "No API key was provided"));
/// let body = response.to_json();
/// assert_eq!(
///     body,
///     br#"{"error":{"message":"No API key was provided","type":"authentication_error","code":"no_api_key"}}"#,
/// );
/// # #[cfg(feature = "json")]
/// assert_eq!(ErrorResponse::from_slice(&body), Ok(response));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// The error object.
    pub error: ErrorObject,
}

impl From<ErrorObject> for ErrorResponse {
    fn from(error: ErrorObject) -> Self {
        Self { error }
    }
}

/// Same as for [`ErrorObject`].
impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl core::error::Error for ErrorResponse {}
