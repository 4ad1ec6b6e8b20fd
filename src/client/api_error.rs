use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use super::RetryAfter;
use crate::model::{ErrorCode, ErrorObject, ErrorResponse, Retry};
use crate::text::one_line::OneLine;
use crate::wire::DecodeError;

/// What a failed call came back with: for clients and SDKs.
///
/// Making one from an answer cannot fail. It holds the API's error object where the body is one, and otherwise, as
/// when a proxy answers in the API's place, the body's bytes as they came.
///
/// ```
/// use intelliprint_error::{ErrorCode, ApiError, Retry};
///
/// let body = br#"{"error":{"message":"No such resource exists: POST /v0/prints","type":"invalid_request_error","code":"not_found"}}"#;
/// let error = ApiError::from_parts(404, Some("req_1"), body);
/// assert_eq!(error.code(), Some(ErrorCode::NotFound));
/// assert_eq!(error.retry(), Retry::Never);
/// assert_eq!(
///     error.to_string(),
///     "HTTP 404: not_found (invalid_request_error): No such resource exists: POST /v0/prints [request id: req_1]",
/// );
///
/// let proxy = ApiError::from_parts(502, None, b"<h1>Bad Gateway</h1>");
/// assert_eq!(proxy.code(), None);
/// assert_eq!(proxy.body(), Some(&b"<h1>Bad Gateway</h1>"[..]));
/// assert_eq!(proxy.retry(), Retry::IfIdempotent);
/// assert_eq!(
///     proxy.to_string(),
///     "HTTP 502: not an Intelliprint error, but a body of 20 bytes: <h1>Bad Gateway</h1>",
/// );
/// ```
pub struct ApiError(Box<Parts>);

/// Behind a box, so that a `Result` of an SDK stays small.
struct Parts {
    request_id: Option<Box<str>>,
    retry_after: Option<RetryAfter>,
    outcome: Outcome,
}

enum Outcome {
    Api { status: u16, object: ErrorObject },
    Foreign { status: u16, body: Vec<u8>, reason: DecodeError },
    NoAnswer { object: ErrorObject, cause: Box<dyn Error + Send + Sync> },
}

impl ApiError {
    /// From an answer's status, its `Request-Id` header (observed) and its body, whatever they are.
    ///
    /// Nothing is refused, so limit what you read: 1 MiB is far more than any error of the API has (advice). Decoding
    /// takes time and memory in proportion to the body's length, and no stack for its depth. A body that is no error
    /// object is copied, and one that you cut short is none.
    #[must_use]
    pub fn from_parts(status: u16, request_id: Option<&str>, body: &[u8]) -> Self {
        let outcome = match ErrorResponse::from_slice(body) {
            Ok(answer) => Outcome::Api { status, object: answer.error },
            Err(reason) => Outcome::Foreign { status, body: body.to_vec(), reason },
        };
        Self(Box::new(Parts { request_id: request_id.map(Box::from), retry_after: None, outcome }))
    }

    /// No answer came (spec: SDKs only). The cause, such as the HTTP client's own error, is kept as
    /// [`source`](Error::source).
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ApiError, Retry};
    /// use std::error::Error;
    /// use std::io;
    ///
    /// let error = ApiError::network(io::Error::from(io::ErrorKind::ConnectionRefused));
    /// assert_eq!(error.code(), Some(ErrorCode::NetworkError));
    /// assert_eq!(error.status(), None);
    /// assert_eq!(error.retry(), Retry::IfIdempotent);
    /// assert_eq!(error.source().unwrap().to_string(), "connection refused");
    /// ```
    #[must_use]
    pub fn network(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let object =
            ErrorObject::new(ErrorCode::NetworkError, "No answer came from the Intelliprint API");
        let outcome = Outcome::NoAnswer { object, cause: cause.into() };
        Self(Box::new(Parts { request_id: None, retry_after: None, outcome }))
    }

    /// The same, with the value of the answer's header `Retry-After`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use intelliprint_error::{ApiError, RetryAfter};
    ///
    /// let error = ApiError::from_parts(503, None, b"").with_retry_after("120");
    /// assert_eq!(error.retry_after(), Some(&RetryAfter::Delay(Duration::from_secs(120))));
    /// ```
    #[must_use]
    pub fn with_retry_after(mut self, value: &str) -> Self {
        self.0.retry_after = Some(RetryAfter::new(value));
        self
    }

    /// The HTTP status of the answer, or nothing if none came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.0.outcome {
            Outcome::Api { status, .. } | Outcome::Foreign { status, .. } => Some(*status),
            Outcome::NoAnswer { .. } => None,
        }
    }

    /// The `Request-Id` of the answer (observed). Support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// When the server says that a request may be sent again, if it does. Whether it may is for
    /// [`retry`](Self::retry) to say.
    #[must_use]
    pub fn retry_after(&self) -> Option<&RetryAfter> {
        self.0.retry_after.as_ref()
    }

    /// The error object, or nothing if the body was none.
    #[must_use]
    pub fn object(&self) -> Option<&ErrorObject> {
        match &self.0.outcome {
            Outcome::Api { object, .. } | Outcome::NoAnswer { object, .. } => Some(object),
            Outcome::Foreign { .. } => None,
        }
    }

    /// The object's code, if this version knows it; [`object`](Self::object) has any other, too.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.object()?.code.known()
    }

    /// The untouched body of an answer that is no error object; nothing for one that is.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        match &self.0.outcome {
            Outcome::Foreign { body, .. } => Some(body),
            Outcome::Api { .. } | Outcome::NoAnswer { .. } => None,
        }
    }

    /// Why the [`body`](Self::body) is no error object.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.outcome {
            Outcome::Foreign { reason, .. } => Some(reason),
            Outcome::Api { .. } | Outcome::NoAnswer { .. } => None,
        }
    }

    /// Whether the request may be sent again: by the code where this version knows it, else by the HTTP
    /// status (advice): 429 after a delay; 408 and 5xx if the request is idempotent; otherwise never.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match (self.code(), self.status()) {
            (Some(code), _) => code.retry(),
            (None, Some(429)) => Retry::AfterDelay,
            (None, Some(408 | 500..=599)) => Retry::IfIdempotent,
            (None, _) => Retry::Never,
        }
    }
}

// Each part has its own limit, so that a long one never hides another. With the words between them and the
// counts of what is left out, the line has about 1,000 characters at most.
const NAME_LIMIT: usize = 64;
const LABEL_LIMIT: usize = 120;
const TEXT_LIMIT: usize = 400;

/// One line of at most about 1,000 characters, with what support asks for: status, code, type, message, param and
/// request ID. What is longer is cut, with a count of the bytes left out; control characters and those that reorder
/// text are escaped. [`object`](Self::object) and [`body`](Self::body) have everything untouched.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status() {
            write!(f, "HTTP {status}: ")?;
        }
        match &self.0.outcome {
            Outcome::Api { object, .. } | Outcome::NoAnswer { object, .. } => write!(
                f,
                "{} ({}): {}",
                OneLine::excerpt(object.code.as_str().as_bytes(), NAME_LIMIT),
                OneLine::excerpt(object.error_type.as_str().as_bytes(), NAME_LIMIT),
                OneLine::excerpt(object.message.as_bytes(), TEXT_LIMIT),
            )?,
            Outcome::Foreign { body, .. } if body.is_empty() => {
                f.write_str("not an Intelliprint error, but an empty body")?;
            }
            Outcome::Foreign { body, .. } => {
                let excerpt = OneLine::excerpt(body, TEXT_LIMIT);
                write!(
                    f,
                    "not an Intelliprint error, but a body of {} bytes: {excerpt}",
                    body.len()
                )?;
            }
        }
        let param = self.object().and_then(|object| object.param.as_deref());
        let labels = [("param", param), ("request id", self.request_id())];
        let mut opening = " [";
        for (label, text) in labels.into_iter().filter_map(|(label, text)| Some((label, text?))) {
            write!(f, "{opening}{label}: {}", OneLine::excerpt(text.as_bytes(), LABEL_LIMIT))?;
            opening = "; ";
        }
        f.write_str(if opening == "; " { "]" } else { "" })
    }
}

/// Bounded, like the one for people: a body may be of any size.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ApiError");
        debug.field("line", &format_args!("{self}")).field("retry", &self.retry());
        if let Some(cause) = self.source() {
            debug.field("source", &cause);
        }
        debug.finish_non_exhaustive()
    }
}

/// The source is the cause of a network error, or why the body is no error object.
impl Error for ApiError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.outcome {
            Outcome::Api { .. } => None,
            Outcome::Foreign { reason, .. } => Some(reason),
            Outcome::NoAnswer { cause, .. } => Some(&**cause),
        }
    }
}
