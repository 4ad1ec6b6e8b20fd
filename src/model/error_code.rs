use super::wire_enum::wire_enum_methods;
use super::{ErrorType, Origin, Retry};

include!(concat!(env!("OUT_DIR"), "/error_code.rs"));

declare_error_code! {
    /// The specific error that occurred (spec): the field `code` of an error object.
    ///
    /// Each code belongs to one [type](Self::error_type). serde reads and writes the name, never
    /// the variant's number, which a release may change. It rejects an unknown name. A client whose
    /// server may be newer decodes [`Open<ErrorCode>`](crate::Open) instead, as
    /// [`ErrorObject`](crate::ErrorObject) does. Values are ordered as the specification lists
    /// them.
    ///
    /// A word beside each fact says where it comes from:
    ///
    /// | word | source |
    /// |---|---|
    /// | *spec* | the specification |
    /// | *observed* | a named source: the API's documentation, its SDK's tests, a live response, a server library |
    /// | *advice* | this project's choice, where the other sources are silent |
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ErrorType, Retry};
    ///
    /// let code: ErrorCode = "rate_limited".parse()?;
    /// assert_eq!(code.error_type(), ErrorType::RateLimited);
    /// assert_eq!(code.http_status(), Some(429));
    /// assert_eq!(code.retry(), Retry::AfterDelay);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum ErrorCode;
}

wire_enum_methods!(ErrorCode, "error code");

#[expect(clippy::indexing_slicing, reason = "each table has one row for each variant")]
impl ErrorCode {
    /// Returns the one type that this code belongs to. Each variant states the source of its type.
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ErrorType};
    ///
    /// assert_eq!(ErrorCode::NoApiKey.error_type(), ErrorType::AuthenticationError);
    /// ```
    #[must_use]
    pub const fn error_type(self) -> ErrorType {
        ERROR_TYPES[self as usize]
    }

    /// Returns the HTTP status of a response with this code, or `None` for a code that only SDKs
    /// raise.
    ///
    /// The specification has no statuses. Each is *observed* or *advice*, as its variant states.
    ///
    /// ```
    /// use intelliprint_error::ErrorCode;
    ///
    /// assert_eq!(ErrorCode::BodyTooLarge.http_status(), Some(413));
    /// assert_eq!(ErrorCode::NetworkError.http_status(), None);
    /// ```
    #[must_use]
    pub const fn http_status(self) -> Option<u16> {
        STATUSES[self as usize]
    }

    /// Returns whether a request that failed with this code may be sent again.
    ///
    /// The specification has no retry rules. Each is *observed* or *advice*, as its variant states.
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, Retry};
    ///
    /// assert_eq!(ErrorCode::InternalError.retry(), Retry::IfIdempotent);
    /// ```
    #[must_use]
    pub const fn retry(self) -> Retry {
        RETRIES[self as usize]
    }

    /// Returns who raises this code (spec).
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, Origin};
    ///
    /// assert_eq!(ErrorCode::NotFound.origin(), Origin::Api);
    /// assert_eq!(ErrorCode::NetworkError.origin(), Origin::Sdk);
    /// ```
    #[must_use]
    pub const fn origin(self) -> Origin {
        ORIGINS[self as usize]
    }

    /// Returns what the caller of the API can do about this error, in a sentence or two (advice).
    ///
    /// ```
    /// use intelliprint_error::ErrorCode;
    ///
    /// assert_eq!(
    ///     ErrorCode::ParameterMissing.remedy(),
    ///     "Add the parameter that param names, then send the request again.",
    /// );
    /// ```
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        REMEDIES[self as usize]
    }

    /// Returns the JSON from the end of the message's string to the end of the code's, for an
    /// object with this code and the code's own type.
    pub(crate) const fn json_members(self) -> &'static str {
        JSON_MEMBERS[self as usize]
    }
}
