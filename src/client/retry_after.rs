use alloc::boxed::Box;
use alloc::string::ToString;
use core::fmt;
use core::time::Duration;
#[cfg(feature = "http")]
use std::time::SystemTime;

use crate::text::one_line::OneLine;

/// A header's value without the spaces and tabs around it, which are not part of it (RFC 9110,
/// section 5.5). Other white space is part of it.
pub(super) fn without_space(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

/// The value of a response's header `Retry-After` (RFC 9110, section 10.2.3).
///
/// The value is kept as text. A whole number of seconds is a delay, and an HTTP date is a delay
/// from a given time (feature `http`). Any other text, such as `-1` or `soon`, is neither.
///
/// ```
/// use std::time::Duration;
/// use intelliprint_error::RetryAfter;
///
/// assert_eq!(RetryAfter::new("120").delay(), Some(Duration::from_secs(120)));
/// assert_eq!(RetryAfter::new("-1").delay(), None);
///
/// // The longest delay is a day, so `Instant::now() + delay` cannot overflow.
/// let never = RetryAfter::new("18446744073709551615");
/// assert_eq!(never.delay(), Some(RetryAfter::MAX));
/// assert_eq!(never.as_str(), "18446744073709551615");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RetryAfter(Box<str>);

impl RetryAfter {
    /// The longest delay: a day, 86,400 s. A longer one becomes this.
    pub const MAX: Duration = Duration::from_secs(86_400);

    /// Keeps the header's value, without the white space around it.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(without_space(value).into())
    }

    /// Returns the header's value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the delay if the value is a whole number of seconds, at most [`MAX`](Self::MAX).
    ///
    /// Returns `None` for an HTTP date, because the library reads no clock: see `delay_from`, under
    /// `http`.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        if self.0.is_empty() || !self.0.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A number that does not fit a `u64` is longer than a day, too.
        Some(self.0.parse().map_or(Self::MAX, Duration::from_secs).min(Self::MAX))
    }

    /// Returns the date if the value is an HTTP date, in any of its three formats.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use intelliprint_error::RetryAfter;
    ///
    /// let date = RetryAfter::new("Thu, 01 Jan 1970 00:01:00 GMT").date();
    /// assert_eq!(date, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(60)));
    /// assert_eq!(RetryAfter::new("120").date(), None);
    /// ```
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    #[must_use]
    pub fn date(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(&self.0).ok()
    }

    /// Returns the delay from `now`, at most [`MAX`](Self::MAX), for a number of seconds and for an
    /// HTTP date.
    ///
    /// A date that has passed is a delay of zero. A year before 1970 is not an HTTP date here.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use intelliprint_error::RetryAfter;
    ///
    /// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(50);
    /// let seconds = |value| RetryAfter::new(value).delay_from(now).map(|delay| delay.as_secs());
    /// assert_eq!(seconds("Thu, 01 Jan 1970 00:01:00 GMT"), Some(10));
    /// assert_eq!(seconds("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
    /// assert_eq!(seconds("120"), Some(120));
    /// assert_eq!(seconds("soon"), None);
    /// ```
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    #[must_use]
    pub fn delay_from(&self, now: SystemTime) -> Option<Duration> {
        let until_date = || {
            let delay = self.date()?.duration_since(now).unwrap_or_default();
            Some(delay.min(Self::MAX))
        };
        self.delay().or_else(until_date)
    }
}

/// The first 120 characters of the header's value, with control characters escaped.
/// [`RetryAfter::as_str`] returns the value untouched.
impl fmt::Display for RetryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&OneLine::excerpt(self.0.as_bytes(), 120).to_string())
    }
}
