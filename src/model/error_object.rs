use alloc::borrow::Cow;
use alloc::format;
use core::fmt;

use super::{ErrorCode, ErrorResponse, ErrorType, Open};
use crate::text::one_line::OneLine;

/// The error object of the specification: what went wrong.
///
/// A server makes an error object from its code. The code sets the type, and the fields are
/// private, so a program can decode an object whose type is not the code's own, but cannot make
/// one.
///
/// ```
/// use intelliprint_error::{ErrorCode, ErrorObject, ErrorType};
///
/// let error = ErrorObject::new(ErrorCode::NotFound, "No such resource exists: POST /v0/prints");
/// assert_eq!(*error.error_type(), ErrorType::InvalidRequestError);
///
/// let error = ErrorObject::parameter_missing("recipients");
/// assert_eq!(error.param(), Some("recipients"));
/// assert_eq!(
///     error.to_string(),
///     "parameter_missing (invalid_request_error): Missing required parameter: recipients [param: recipients]",
/// );
/// ```
///
/// A client decodes an [`ErrorResponse`], or makes an `ApiError` (feature `json`) from a failed
/// call. Either may hold names that are newer than this version: see [`Open`].
///
/// # Formats
///
/// serde ignores unknown fields, reads an absent and a `null` param as `None`, and rejects a known
/// field that occurs twice. Formats that are human-readable leave an unset param out. Other formats
/// write it, because their readers may go by position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ErrorObject {
    pub(crate) message: Cow<'static, str>,
    pub(crate) error_type: Open<ErrorType>,
    pub(crate) code: Open<ErrorCode>,
    pub(crate) param: Option<Cow<'static, str>>,
}

impl ErrorObject {
    /// Makes an error with this code, of the code's own type and without a param.
    ///
    /// For an error about one parameter, use the `parameter_*` constructors, which take its name,
    /// or add the name by [`with_param`](Self::with_param).
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ErrorObject};
    ///
    /// let error = ErrorObject::new(ErrorCode::NoApiKey, "No API key was provided");
    /// assert_eq!(error.to_string(), "no_api_key (authentication_error): No API key was provided");
    /// ```
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            error_type: code.error_type().into(),
            code: code.into(),
            param: None,
        }
    }

    /// Sets the name of the parameter that caused the error, dotted for a nested parameter.
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ErrorObject};
    ///
    /// let error = ErrorObject::new(ErrorCode::Refused, "At most 10 letterheads").with_param("letterhead.name");
    /// assert_eq!(error.param(), Some("letterhead.name"));
    /// ```
    #[must_use]
    pub fn with_param(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.param = Some(name.into());
        self
    }

    /// Makes a `parameter_invalid`: the value of the named parameter is invalid.
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ErrorObject};
    ///
    /// let error = ErrorObject::parameter_invalid("postage.service", "There is no such service: pigeon");
    /// assert_eq!(*error.code(), ErrorCode::ParameterInvalid);
    /// assert_eq!(error.param(), Some("postage.service"));
    /// ```
    #[must_use]
    pub fn parameter_invalid(
        param: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(ErrorCode::ParameterInvalid, message).with_param(param)
    }

    /// Makes a `parameter_missing`. The message names the missing parameter (advice).
    ///
    /// ```
    /// use intelliprint_error::ErrorObject;
    ///
    /// let error = ErrorObject::parameter_missing("recipients");
    /// assert_eq!(error.message(), "Missing required parameter: recipients");
    /// ```
    #[must_use]
    pub fn parameter_missing(param: impl Into<Cow<'static, str>>) -> Self {
        let param = param.into();
        Self::new(ErrorCode::ParameterMissing, format!("Missing required parameter: {param}"))
            .with_param(param)
    }

    /// Makes a `parameter_unknown`. The message names the unknown parameter in the API's own words
    /// (observed).
    ///
    /// ```
    /// use intelliprint_error::ErrorObject;
    ///
    /// let error = ErrorObject::parameter_unknown("confimred");
    /// assert_eq!(error.message(), "Received unknown parameter: confimred");
    /// ```
    #[must_use]
    pub fn parameter_unknown(param: impl Into<Cow<'static, str>>) -> Self {
        let param = param.into();
        Self::new(ErrorCode::ParameterUnknown, format!("Received unknown parameter: {param}"))
            .with_param(param)
    }

    #[doc = description_of!(message)]
    ///
    /// The message is for people. Programs go by [`code`](Self::code).
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    #[doc = description_of!(type)]
    ///
    /// A decoded type may be newer than this version, or not be the code's own type: old servers
    /// are known to have sent `rate_limit_error` with the code `rate_limited` (observed).
    #[must_use]
    pub fn error_type(&self) -> &Open<ErrorType> {
        &self.error_type
    }

    #[doc = description_of!(code)]
    ///
    /// A decoded code may be newer than this version.
    #[must_use]
    pub fn code(&self) -> &Open<ErrorCode> {
        &self.code
    }

    #[doc = description_of!(param)]
    ///
    /// Dotted for a nested parameter, as in `postage.service` (observed).
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// Returns the message, type, code and param, without a copy.
    ///
    /// ```
    /// use intelliprint_error::ErrorObject;
    ///
    /// let (message, error_type, code, param) = ErrorObject::parameter_unknown("confimred").into_parts();
    /// assert_eq!(message, "Received unknown parameter: confimred");
    /// assert_eq!(error_type, "invalid_request_error");
    /// assert_eq!(code, "parameter_unknown");
    /// assert_eq!(param.as_deref(), Some("confimred"));
    /// ```
    #[must_use]
    pub fn into_parts(
        self,
    ) -> (Cow<'static, str>, Open<ErrorType>, Open<ErrorCode>, Option<Cow<'static, str>>) {
        (self.message, self.error_type, self.code, self.param)
    }
}

/// Takes the code's description as the message.
///
/// ```
/// use intelliprint_error::{ErrorCode, ErrorObject};
///
/// let error = ErrorObject::from(ErrorCode::NotFound);
/// assert_eq!(error.message(), "The requested resource was not found.");
/// ```
impl From<ErrorCode> for ErrorObject {
    fn from(code: ErrorCode) -> Self {
        Self::new(code, code.description())
    }
}

impl From<ErrorResponse> for ErrorObject {
    fn from(response: ErrorResponse) -> Self {
        response.error
    }
}

/// Code, type, message and param in full on one line, for support. Control characters and
/// characters that reorder text are escaped; the accessors return the text untouched.
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

/// ```compile_fail,E0616
/// use intelliprint_error::{ErrorCode, ErrorObject, ErrorType};
/// let mut error = ErrorObject::new(ErrorCode::NotFound, "No such print");
/// error.error_type = ErrorType::RateLimited.into();
/// ```
#[cfg(doctest)]
struct TypeCannotBeSet;
