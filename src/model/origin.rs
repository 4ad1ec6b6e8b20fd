use core::fmt;

/// Who raises an error.
///
/// ```
/// use intelliprint_error::{ErrorCode, Origin};
///
/// let from_api = ErrorCode::ALL.iter().filter(|code| code.origin() == Origin::Api);
/// assert_eq!(from_api.count(), ErrorCode::ALL.len() - 1);
/// assert_eq!(Origin::Sdk.to_string(), "sdk");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The API, in an HTTP response.
    Api,
    /// Client libraries only, when no response came (spec). No HTTP response carries such a name.
    Sdk,
}

impl Origin {
    /// Returns the origin's name in published files: `api` or `sdk`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Sdk => "sdk",
        }
    }
}

/// The name that [`Origin::as_str`] returns.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
