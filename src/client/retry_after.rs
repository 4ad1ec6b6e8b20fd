use alloc::boxed::Box;
use core::time::Duration;

/// When a request may be sent again: an answer's header `Retry-After` (RFC 9110).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAfter {
    /// After this time, of whole seconds.
    Delay(Duration),
    /// Any other text, which should be an HTTP date: this library has no clock to compare it with.
    Date(Box<str>),
}

impl RetryAfter {
    /// Reads the header's value.
    #[must_use]
    pub fn new(value: &str) -> Self {
        let value = value.trim();
        if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::Date(value.into());
        }
        // Digits alone fail to parse only if they are too many.
        Self::Delay(Duration::from_secs(value.parse().unwrap_or(u64::MAX)))
    }
}
