use alloc::borrow::Cow;
use alloc::format;
use core::fmt;

use super::{ErrorCode, ErrorType, Open};
use crate::text::one_line::OneLine;

/// What went wrong: the error object of the specification.
///
/// A server makes one from its code, which also sets the type, so that no wrong pair can be sent:
///
/// ```
/// use intelliprint_error::{ErrorCode, ErrorObject, ErrorType};
///
/// let error = ErrorObject::new(ErrorCode::NotFound, "No such resource exists: POST /v0/prints");
/// assert_eq!(error.error_type, ErrorType::InvalidRequestError);
///
/// let error = ErrorObject::parameter_missing("recipients");
/// assert_eq!(error.param.as_deref(), Some("recipients"));
/// assert_eq!(
///     error.to_string(),
///     "parameter_missing (invalid_request_error): Missing required parameter: recipients [param: recipients]",
/// );
/// ```
///
/// A client gets one by decoding an [`ErrorResponse`](crate::ErrorResponse) or making a
/// `ApiError` (feature `json`), and may meet names newer than this version: see [`Open`].
///
/// # Formats
///
/// With serde, unknown members are ignored, an absent and a `null` param mean the same, and a known member
/// that comes twice is refused. An unset param is left out, except in formats that are not human-readable:
/// their readers may go by position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ErrorObject {
    #[doc = description_of!(message)]
    pub message: Cow<'static, str>,

    #[doc = description_of!(type)]
    ///
    /// The member `type`. From a server it may be newer than this version, or not be the code's own type:
    /// old servers are known to have sent `rate_limit_error` with the code `rate_limited` (observed).
    pub error_type: Open<ErrorType>,

    #[doc = description_of!(code)]
    pub code: Open<ErrorCode>,

    #[doc = description_of!(param)]
    ///
    /// Dotted for a nested parameter, as in `postage.service` (observed).
    pub param: Option<Cow<'static, str>>,
}

impl ErrorObject {
    /// An error with this code, of the code's own type, about no parameter.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            error_type: code.error_type().into(),
            code: code.into(),
            param: None,
        }
    }

    /// The same error, about the parameter of this name; dotted for a nested one, as in `postage.service`.
    #[must_use]
    pub fn with_param(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.param = Some(name.into());
        self
    }

    /// The value of a parameter is invalid. The message is yours.
    #[must_use]
    pub fn parameter_invalid(
        param: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(ErrorCode::ParameterInvalid, message).with_param(param)
    }

    /// A required parameter is missing. The message says which (advice).
    #[must_use]
    pub fn parameter_missing(param: impl Into<Cow<'static, str>>) -> Self {
        let param = param.into();
        Self::new(ErrorCode::ParameterMissing, format!("Missing required parameter: {param}"))
            .with_param(param)
    }

    /// A parameter is unknown. The message says which, in the API's own words (observed).
    #[must_use]
    pub fn parameter_unknown(param: impl Into<Cow<'static, str>>) -> Self {
        let param = param.into();
        Self::new(ErrorCode::ParameterUnknown, format!("Received unknown parameter: {param}"))
            .with_param(param)
    }
}

/// Everything that support asks for, whole and on one line: code, type, message and param. Control characters
/// and those that reorder text are escaped; the fields have them untouched.
impl fmt::Display for ErrorObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.error_type, OneLine::whole(&self.message))?;
        match &self.param {
            Some(param) => write!(f, " [param: {}]", OneLine::whole(param)),
            None => Ok(()),
        }
    }
}

impl core::error::Error for ErrorObject {}
