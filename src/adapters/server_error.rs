use alloc::boxed::Box;
use alloc::sync::Arc;
use core::error::Error;
use core::fmt;

use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

/// An error of a handler: the error object for the client, and a cause that the client never sees.
///
/// A handler returns `Result<_, ServerError>`, and `?` converts an [`ErrorObject`], an
/// [`ErrorResponse`] and an [`ErrorCode`]. For a layer that logs, the response's extensions hold
/// the [`ErrorObject`] of every API error, and the [`Cause`] of this one.
///
/// ```
/// use intelliprint_error::http::{Cause, ServerError};
/// use intelliprint_error::{ErrorCode, ErrorObject};
///
/// let error = ServerError::internal("cannot open the spool on db-3");
/// let response: http::Response<Vec<u8>> = error.into();
/// assert_eq!(response.status(), 500);
/// assert_eq!(
///     response.body(),
///     br#"{"error":{"message":"An internal error occurred","type":"internal_error","code":"internal_error"}}"#,
/// );
/// let cause = response.extensions().get::<Cause>().unwrap();
/// assert_eq!(cause.to_string(), "cannot open the spool on db-3");
/// let object = response.extensions().get::<ErrorObject>().unwrap();
/// assert_eq!(*object.code(), ErrorCode::InternalError);
/// ```
#[derive(Clone, Debug)]
pub struct ServerError {
    pub(crate) object: ErrorObject,
    pub(crate) cause: Option<Cause>,
}

/// The cause of an error, for the server's log. It is in the extensions of a response, never in the
/// body.
///
/// Its `Display` and `source` are those of the error that it wraps.
#[derive(Clone, Debug)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl ServerError {
    /// Makes an `internal_error` with a fixed message. The cause goes to the response's extensions.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let object = ErrorObject::new(ErrorCode::InternalError, "An internal error occurred");
        Self::from(object).with_cause(cause)
    }

    /// Attaches a cause to any error, for the server's log.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(Cause(Arc::from(cause.into())));
        self
    }

    /// Returns the error object that the client gets.
    #[must_use]
    pub fn object(&self) -> &ErrorObject {
        &self.object
    }

    /// Returns the cause, which the client does not get.
    #[must_use]
    pub fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }
}

impl Cause {
    /// Returns the error itself, for example to downcast it.
    #[must_use]
    pub fn get(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0
    }
}

impl From<ErrorObject> for ServerError {
    fn from(object: ErrorObject) -> Self {
        Self { object, cause: None }
    }
}

impl From<ErrorResponse> for ServerError {
    fn from(response: ErrorResponse) -> Self {
        response.error.into()
    }
}

/// The message is the code's description.
impl From<ErrorCode> for ServerError {
    fn from(code: ErrorCode) -> Self {
        ErrorObject::from(code).into()
    }
}

/// Displays the error object. The cause is the [`source`](Error::source).
impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object.fmt(f)
    }
}

impl Error for ServerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as &(dyn Error + 'static))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
