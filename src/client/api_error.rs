use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Write as _};
use core::panic::{RefUnwindSafe, UnwindSafe};

use super::retry_after::{RetryAfter, without_space};
use crate::model::{ErrorCode, ErrorObject, ErrorResponse, Retry};
use crate::text::one_line::OneLine;
use crate::wire::DecodeError;

/// The error of a failed call, for clients and SDKs.
///
/// | what came | constructor | holds |
/// |---|---|---|
/// | a whole response | [`from_parts`](Self::from_parts) | status, body, and the error object if the body is one |
/// | a response whose body could not be read | [`incomplete`](Self::incomplete) | status and cause |
/// | no response | [`network`](Self::network) | a `network_error` object and the cause |
/// | nothing: a test or mock makes it | [`api`](Self::api) | status, error object and its body |
///
/// No constructor fails. A body that is not an error object, such as a proxy's HTML page, is kept
/// untouched.
///
/// ```
/// use intelliprint_error::{ApiError, ErrorCode, Retry};
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
/// let proxy = ApiError::from_parts(502, None, "<h1>Bad Gateway</h1>");
/// assert_eq!(proxy.code(), None);
/// assert_eq!(proxy.body(), Some(&b"<h1>Bad Gateway</h1>"[..]));
/// assert_eq!(proxy.retry(), Retry::IfIdempotent);
/// assert_eq!(
///     proxy.to_string(),
///     "HTTP 502: not an Intelliprint error, but a body of 20 bytes: <h1>Bad Gateway</h1>",
/// );
/// ```
pub struct ApiError(Box<Parts>);

/// Boxed, so that an SDK's `Result<T, ApiError>` stays small.
#[derive(Default)]
struct Parts {
    /// `None` if no response came.
    status: Option<u16>,
    request_id: Option<Box<str>>,
    retry_after: Option<RetryAfter>,
    object: Option<ErrorObject>,
    /// `None` if no whole body came.
    body: Option<Vec<u8>>,
    cause: Option<Cause>,
}

enum Cause {
    Decode(DecodeError),
    Transport(Box<dyn Error + Send + Sync>),
}

impl ApiError {
    /// Makes the error of a whole response from its status, its header `Request-Id` (observed) and
    /// its body.
    ///
    /// A `Vec<u8>` is kept without a copy. Decoding takes time and memory in proportion to the
    /// body's length, and no stack for its depth. Limit what you read: 1 MiB is far more than any
    /// error of the API has (advice). An empty request ID counts as absent.
    #[must_use]
    pub fn from_parts(status: u16, request_id: Option<&str>, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let (object, cause) = match ErrorResponse::from_slice(&body) {
            Ok(response) => (Some(response.error), None),
            Err(reason) => (None, Some(Cause::Decode(reason))),
        };
        let parts =
            Parts { status: Some(status), object, body: Some(body), cause, ..Parts::default() };
        Self(Box::new(parts)).with_request_id(request_id.unwrap_or_default())
    }

    /// Makes the error of a response whose head came and whose body could not be read to its end:
    /// the connection was cut, the time was up, or the body is longer than you read.
    ///
    /// The status still decides on a [retry](Self::retry). The cause, such as the HTTP client's own
    /// error, is the [`source`](Error::source). An empty request ID counts as absent.
    ///
    /// ```
    /// use intelliprint_error::ApiError;
    ///
    /// let error = ApiError::incomplete(401, Some("req_1"), "connection reset");
    /// assert_eq!(error.status(), Some(401));
    /// assert!(!error.may_retry(true));
    /// assert_eq!(
    ///     error.to_string(),
    ///     "HTTP 401: the response's body could not be read to its end [request id: req_1]",
    /// );
    /// ```
    #[must_use]
    pub fn incomplete(
        status: u16,
        request_id: Option<&str>,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        let cause = Some(Cause::Transport(cause.into()));
        Self(Box::new(Parts { status: Some(status), cause, ..Parts::default() }))
            .with_request_id(request_id.unwrap_or_default())
    }

    /// Makes the error of a call to which no response came: a `network_error`, which only SDKs
    /// raise (spec).
    ///
    /// The cause, such as the HTTP client's own error, is the [`source`](Error::source). If the
    /// head of a response came, use [`incomplete`](Self::incomplete), which keeps the status.
    ///
    /// ```
    /// use intelliprint_error::{ApiError, ErrorCode, Retry};
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
            ErrorObject::new(ErrorCode::NetworkError, "No response came from the Intelliprint API");
        let cause = Some(Cause::Transport(cause.into()));
        Self(Box::new(Parts { object: Some(object), cause, ..Parts::default() }))
    }

    /// Makes the error of a response with this status and error object, for tests and mocks.
    ///
    /// The result equals that of [`from_parts`](Self::from_parts) with the object's JSON as the
    /// body.
    ///
    /// ```
    /// use intelliprint_error::{ApiError, ErrorCode, ErrorObject};
    ///
    /// let error = ApiError::api(400, ErrorObject::parameter_missing("recipients"));
    /// assert_eq!(error.code(), Some(ErrorCode::ParameterMissing));
    ///
    /// // A code alone takes its description as the message.
    /// let error = ApiError::api(429, ErrorCode::RateLimited).with_retry_after("30");
    /// assert!(error.may_retry(false));
    /// ```
    #[must_use]
    pub fn api(status: u16, object: impl Into<ErrorObject>) -> Self {
        let response = ErrorResponse::from(object.into());
        let body = Some(response.to_json());
        let object = Some(response.error);
        Self(Box::new(Parts { status: Some(status), object, body, ..Parts::default() }))
    }

    /// Sets the value of the response's header `Request-Id` (observed), without the white space
    /// around it. An empty value counts as absent.
    ///
    /// ```
    /// use intelliprint_error::{ApiError, ErrorCode};
    ///
    /// let error = ApiError::api(404, ErrorCode::NotFound).with_request_id("req_1");
    /// assert_eq!(error.request_id(), Some("req_1"));
    /// ```
    #[must_use]
    pub fn with_request_id(mut self, value: &str) -> Self {
        let value = without_space(value);
        self.0.request_id = (!value.is_empty()).then(|| value.into());
        self
    }

    /// Sets the value of the response's header `Retry-After`. An empty value counts as absent.
    ///
    /// ```
    /// use std::time::Duration;
    /// use intelliprint_error::{ApiError, RetryAfter};
    ///
    /// let error = ApiError::from_parts(503, None, "").with_retry_after("120");
    /// let delay = error.retry_after().and_then(RetryAfter::delay);
    /// assert_eq!(delay, Some(Duration::from_secs(120)));
    /// ```
    #[must_use]
    pub fn with_retry_after(mut self, value: &str) -> Self {
        self.0.retry_after = (!without_space(value).is_empty()).then(|| RetryAfter::new(value));
        self
    }

    /// Returns the HTTP status, or `None` if no response came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the response's header `Request-Id` (observed). Support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the response's header `Retry-After`: when a request may be sent again.
    /// [`may_retry`](Self::may_retry) returns whether it may be.
    #[must_use]
    pub fn retry_after(&self) -> Option<&RetryAfter> {
        self.0.retry_after.as_ref()
    }

    /// Returns the error object, or `None` if the body is not one.
    #[must_use]
    pub fn object(&self) -> Option<&ErrorObject> {
        self.0.object.as_ref()
    }

    /// Returns the object's code if this version knows it. [`object`](Self::object) holds every
    /// code.
    ///
    /// ```
    /// use intelliprint_error::ApiError;
    ///
    /// let body = r#"{"error":{"message":"Too many prints","type":"quota_error","code":"quota_exhausted"}}"#;
    /// let error = ApiError::from_parts(403, None, body);
    /// assert_eq!(error.code(), None);
    /// assert!(error.object().is_some_and(|object| object.code() == "quota_exhausted"));
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.0.object.as_ref()?.code.known()
    }

    /// Returns the response's untouched body, also if it is an error object, so that no unknown
    /// field is lost. `None` if no whole body came.
    ///
    /// ```
    /// use intelliprint_error::ApiError;
    ///
    /// let body = r#"{"error":{"message":"m","type":"rate_limited","code":"rate_limited","doc_url":"https://…"}}"#;
    /// assert_eq!(ApiError::from_parts(429, None, body).body(), Some(body.as_bytes()));
    /// ```
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// Returns why the [`body`](Self::body) is not an error object.
    ///
    /// ```
    /// use intelliprint_error::{ApiError, DecodeErrorKind};
    ///
    /// let error = ApiError::from_parts(502, None, "<h1>Bad Gateway</h1>");
    /// assert_eq!(error.decode_error().unwrap().kind(), DecodeErrorKind::Syntax);
    /// ```
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.cause {
            Some(Cause::Decode(reason)) => Some(reason),
            _ => None,
        }
    }

    /// Returns the error object, without a copy.
    ///
    /// ```
    /// use intelliprint_error::{ApiError, ErrorCode, ErrorObject};
    ///
    /// let object = ErrorObject::from(ErrorCode::NotFound);
    /// assert_eq!(ApiError::api(404, object.clone()).into_object(), Some(object));
    /// ```
    #[must_use]
    pub fn into_object(self) -> Option<ErrorObject> {
        self.0.object
    }

    /// Returns the [`body`](Self::body), without a copy.
    ///
    /// ```
    /// use intelliprint_error::ApiError;
    ///
    /// let error = ApiError::from_parts(502, None, "<h1>Bad Gateway</h1>");
    /// assert_eq!(error.into_body().unwrap(), b"<h1>Bad Gateway</h1>");
    /// ```
    #[must_use]
    pub fn into_body(self) -> Option<Vec<u8>> {
        self.0.body
    }

    /// Returns the retry rule: that of the code if this version knows it, else that of the status
    /// (advice).
    ///
    /// | status, without a known code | rule |
    /// |---|---|
    /// | 429 | `AfterDelay` |
    /// | 408, 500–599 | `IfIdempotent` |
    /// | 200–299, and the body was cut off | `IfIdempotent` |
    /// | any other | `Never` |
    #[must_use]
    pub fn retry(&self) -> Retry {
        match (self.code(), self.status()) {
            (Some(code), _) => code.retry(),
            (None, Some(429)) => Retry::AfterDelay,
            (None, Some(408 | 500..=599)) => Retry::IfIdempotent,
            // The request succeeded and only its result is lost.
            (None, Some(200..=299)) if self.0.body.is_none() => Retry::IfIdempotent,
            (None, _) => Retry::Never,
        }
    }

    /// Returns true if the request may be sent again. Same as
    /// `self.retry().permits(is_idempotent)`.
    ///
    /// After an `internal_error` or a `network_error` the letter may already be on its way, so a
    /// POST must not be repeated: see [`Retry::permits`].
    ///
    /// ```
    /// use intelliprint_error::{ApiError, ErrorCode};
    ///
    /// let error = ApiError::api(500, ErrorCode::InternalError);
    /// let (get, post) = (true, false);
    /// assert!(error.may_retry(get));
    /// assert!(!error.may_retry(post));
    /// ```
    #[must_use]
    pub fn may_retry(&self, is_idempotent: bool) -> bool {
        self.retry().permits(is_idempotent)
    }

    /// Returns a label for metrics: the code if this version knows it, else the class of the
    /// status.
    ///
    /// A server cannot make new labels: there is one for each code of this version, and `http_2xx`,
    /// `http_3xx`, `http_4xx`, `http_5xx` and `http_other`.
    ///
    /// ```
    /// use intelliprint_error::{ApiError, ErrorCode};
    ///
    /// assert_eq!(ApiError::api(404, ErrorCode::NotFound).label(), "not_found");
    /// assert_eq!(ApiError::from_parts(502, None, "<h1>Bad Gateway</h1>").label(), "http_5xx");
    /// ```
    #[must_use]
    pub fn label(&self) -> &'static str {
        match (self.code(), self.status()) {
            (Some(code), _) => code.as_str(),
            (None, Some(200..=299)) => "http_2xx",
            (None, Some(300..=399)) => "http_3xx",
            (None, Some(400..=499)) => "http_4xx",
            (None, Some(500..=599)) => "http_5xx",
            (None, _) => "http_other",
        }
    }

    fn write_what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.object, &self.0.body) {
            (Some(object), _) => write!(
                f,
                "{} ({}): {}",
                OneLine::excerpt(object.code.as_str().as_bytes(), NAME_LIMIT),
                OneLine::excerpt(object.error_type.as_str().as_bytes(), NAME_LIMIT),
                OneLine::excerpt(object.message.as_bytes(), TEXT_LIMIT),
            ),
            (None, None) => f.write_str("the response's body could not be read to its end"),
            (None, Some(body)) if body.is_empty() => {
                f.write_str("not an Intelliprint error, but an empty body")
            }
            (None, Some(body)) => write!(
                f,
                "not an Intelliprint error, but a body of {} bytes: {}",
                body.len(),
                OneLine::excerpt(body, TEXT_LIMIT),
            ),
        }
    }
}

// Each part has a limit of its own, so that a long part never hides another. Together with the
// words between them and the counts of omitted bytes they make at most about 1,000 characters.
const NAME_LIMIT: usize = 64;
const LABEL_LIMIT: usize = 120;
const TEXT_LIMIT: usize = 400;

/// One line of at most about 1,000 characters with what support asks for: status, code, type,
/// message, param and request ID. A longer text is cut, with a count of the omitted bytes. Control
/// characters and characters that reorder text are escaped. [`object`](Self::object) and
/// [`body`](Self::body) return the text untouched.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status() {
            write!(f, "HTTP {status}: ")?;
        }
        self.write_what(f)?;
        let param = self.object().and_then(ErrorObject::param);
        let labels = [("param", param), ("request id", self.request_id())];
        let mut opening = " [";
        for (label, text) in labels.into_iter().filter_map(|(label, text)| Some((label, text?))) {
            write!(f, "{opening}{label}: {}", OneLine::excerpt(text.as_bytes(), LABEL_LIMIT))?;
            opening = "; ";
        }
        f.write_str(if opening == "; " { "]" } else { "" })
    }
}

/// The line of `Display`, the retry rule and the first 400 characters of the source, because a body
/// and a source may be of any size.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ApiError");
        debug.field("line", &format_args!("{self}")).field("retry", &self.retry());
        if let Some(cause) = self.source() {
            let mut start = Start(String::new());
            let end = if write!(start, "{cause:?}").is_ok() { "" } else { "…" };
            let start = OneLine::excerpt(start.0.as_bytes(), TEXT_LIMIT);
            debug.field("source", &format_args!("{start}{end}"));
        }
        debug.finish_non_exhaustive()
    }
}

/// The first `TEXT_LIMIT` bytes of what is written. Further writes fail, which ends the formatting.
struct Start(String);

impl fmt::Write for Start {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| {
            if self.0.len() >= TEXT_LIMIT {
                return Err(fmt::Error);
            }
            self.0.push(c);
            Ok(())
        })
    }
}

// The cause, a `dyn Error`, prevents the automatic impls. No method changes it, so no panic can
// leave it half-changed.
impl UnwindSafe for ApiError {}
impl RefUnwindSafe for ApiError {}

/// The source is the cause of a failed transfer, or why the body is not an error object.
impl Error for ApiError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self.0.cause.as_ref()? {
            Cause::Decode(reason) => Some(reason),
            Cause::Transport(cause) => Some(&**cause),
        }
    }
}
