use super::wire_enum::wire_enum_methods;
use super::{ErrorType, Origin, Retry};

include!(concat!(env!("OUT_DIR"), "/error_code.rs"));

declare_error_code! {
    /// The specific error that occurred (spec), the member `code` of an error object.
    ///
    /// Each code belongs to one [type](Self::error_type). Decoding this type refuses an unknown name: where a
    /// newer server may answer, decode [`Open<ErrorCode>`](crate::Open), as [`ErrorObject`](crate::ErrorObject)
    /// does. Every format carries the name, never the variant's number, which a release may change.
    ///
    /// The words *spec*, *observed* and *advice* beside a fact say where it comes from: the specification; the
    /// API's own documentation, its SDK's tests or a live answer; or this project's choice, where those are silent.
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
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ErrorCode;
}

wire_enum_methods!(ErrorCode, "error code");

#[allow(clippy::indexing_slicing)] // A table has a row for every variant.
impl ErrorCode {
    /// The one type that this code belongs to. Where each pairing comes from stands with the variant.
    #[must_use]
    pub const fn error_type(self) -> ErrorType {
        ERROR_TYPES[self as usize]
    }

    /// The HTTP status of an answer with this code, or nothing for a code that only SDKs raise.
    /// The specification gives no statuses: each is *observed* or *advice*, as the variant says.
    #[must_use]
    pub const fn http_status(self) -> Option<u16> {
        STATUSES[self as usize]
    }

    /// Whether a request that failed with this code may be sent again. The specification is silent:
    /// each rule is *observed* or *advice*, as the variant says.
    #[must_use]
    pub const fn retry(self) -> Retry {
        RETRIES[self as usize]
    }

    /// Who raises this code (spec).
    #[must_use]
    pub const fn origin(self) -> Origin {
        ORIGINS[self as usize]
    }

    /// The members `type` and `code` of an object with this code and its own type, as JSON that goes on from
    /// the text of `message`.
    pub(crate) const fn json_members(self) -> &'static str {
        JSON_MEMBERS[self as usize]
    }
}
