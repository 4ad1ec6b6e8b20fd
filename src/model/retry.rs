use core::fmt;

/// Whether a failed request may be sent again.
///
/// The specification has no retry rules. The rule of `rate_limited` is *observed*; the others are
/// *advice* in line with HTTP semantics.
///
/// ```
/// use intelliprint_error::{ErrorCode, Retry};
///
/// assert_eq!(ErrorCode::RateLimited.retry(), Retry::AfterDelay);
///
/// // After `internal_error` the letter may already be on its way. A second POST could print it twice.
/// let rule = ErrorCode::InternalError.retry();
/// let is_idempotent = false;
/// assert!(!rule.permits(is_idempotent));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Do not send the same request again.
    Never,
    /// Any request may be sent again after a delay.
    AfterDelay,
    /// Only an idempotent request may be sent again. The first request may have had its effect.
    IfIdempotent,
}

impl Retry {
    /// Every rule.
    pub const ALL: &'static [Self] = &[Self::Never, Self::AfterDelay, Self::IfIdempotent];

    /// Returns true if this rule lets a request be sent again.
    ///
    /// A request is idempotent if sending it twice has the effect of sending it once. HTTP defines
    /// GET, HEAD, PUT, DELETE, OPTIONS and TRACE as idempotent (RFC 9110, section 9.2.2).
    ///
    /// | rule | idempotent request | any other |
    /// |---|---|---|
    /// | `Never` | false | false |
    /// | `AfterDelay` | true | true |
    /// | `IfIdempotent` | true | false |
    ///
    /// ```
    /// use intelliprint_error::Retry;
    ///
    /// assert!(Retry::AfterDelay.permits(false));
    /// assert!(Retry::IfIdempotent.permits(true));
    /// assert!(!Retry::IfIdempotent.permits(false));
    /// ```
    #[must_use]
    pub const fn permits(self, is_idempotent: bool) -> bool {
        match self {
            Self::Never => false,
            Self::AfterDelay => true,
            Self::IfIdempotent => is_idempotent,
        }
    }

    /// Returns the rule's name in published files: `never`, `after_delay` or `if_idempotent`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AfterDelay => "after_delay",
            Self::IfIdempotent => "if_idempotent",
        }
    }

    /// Returns what the rule means, in a sentence or two.
    ///
    /// ```
    /// use intelliprint_error::Retry;
    ///
    /// assert_eq!(Retry::Never.description(), "The same request will fail again until the cause of the error is fixed.");
    /// ```
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Never => {
                "The same request will fail again until the cause of the error is fixed."
            }
            Self::AfterDelay => {
                "The request was turned away before any work was done: any request may be sent again after a delay."
            }
            Self::IfIdempotent => {
                "The outcome is unknown: send the request again only if it is idempotent, for a blind retry can post the same letter twice."
            }
        }
    }
}

/// The name that [`Retry::as_str`] returns.
impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
