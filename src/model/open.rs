use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::str::FromStr;

use super::WireEnum;
use crate::text::one_line::OneLine;

/// An open enum: a name of this version, or any other string.
///
/// Every string decodes into an `Open<T>` and encodes back unchanged. Compare with a value of the
/// enum if this version has the name, and with a string if it does not. Equality, order and hash go
/// by the string, so `code == "quota_exhausted"` means the same after a release that adds that
/// code.
///
/// ```
/// use intelliprint_error::{ErrorCode, Open};
///
/// let known: Open<ErrorCode> = "not_found".into();
/// assert_eq!(known, ErrorCode::NotFound);
/// assert_eq!(known, "not_found");
///
/// let newer: Open<ErrorCode> = "quota_exhausted".into();
/// assert_eq!(newer, "quota_exhausted");
/// assert_eq!("quota_exhausted", newer);
/// assert_eq!(newer.known(), None);
///
/// let help = match newer.known() {
///     Some(ErrorCode::NotFound) => "Check the ID.",
///     _ if newer == "quota_exhausted" => "Buy more.",
///     _ => "Ask support.",
/// };
/// assert_eq!(help, "Buy more.");
/// ```
///
/// Do not match on [`Unknown`](Self::Unknown) to find one name: the next release may know the name.
#[derive(Clone)]
pub enum Open<T> {
    /// A name of this version.
    Known(T),
    /// Any other string.
    Unknown(UnknownName<T>),
}

/// A string that is not a name of `T` in this version.
///
/// Only this crate creates an `UnknownName`, so it never holds a known name, and the unknown name
/// of a type cannot become the unknown name of a code. It is also the error of [`str::parse`], and
/// keeps the string.
///
/// ```
/// use intelliprint_error::ErrorCode;
///
/// let error = "quota_exhausted".parse::<ErrorCode>().unwrap_err();
/// assert_eq!(error.as_str(), "quota_exhausted");
/// assert_eq!(error.to_string(), "`quota_exhausted` is not an error code of this version");
/// ```
pub struct UnknownName<T> {
    name: Box<str>,
    kind: PhantomData<fn() -> T>,
}

impl<T: WireEnum> Open<T> {
    /// Returns the value, or `None` if this version does not have the name.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Unknown(_) => None,
        }
    }

    /// Returns the name as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(value) => value.as_str(),
            Self::Unknown(unknown) => unknown.as_str(),
        }
    }
}

impl<T> UnknownName<T> {
    /// `name` must not be a name of `T`: the caller has looked it up.
    pub(crate) fn new(name: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), kind: PhantomData }
    }

    /// Returns the name as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

impl<T: WireEnum> From<T> for Open<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: WireEnum> From<&str> for Open<T> {
    // The decoder and serde's visitor share one copy, because inlining would grow every program.
    #[inline(never)]
    fn from(name: &str) -> Self {
        T::from_name(name).map_or_else(|| Self::Unknown(UnknownName::new(name)), Self::Known)
    }
}

impl<T: WireEnum> From<String> for Open<T> {
    fn from(name: String) -> Self {
        T::from_name(&name).map_or_else(|| Self::Unknown(UnknownName::new(name)), Self::Known)
    }
}

impl<T: WireEnum> From<Cow<'_, str>> for Open<T> {
    fn from(name: Cow<'_, str>) -> Self {
        T::from_name(&name).map_or_else(|| Self::Unknown(UnknownName::new(name)), Self::Known)
    }
}

impl<T> From<UnknownName<T>> for Open<T> {
    fn from(unknown: UnknownName<T>) -> Self {
        Self::Unknown(unknown)
    }
}

impl<T: WireEnum> FromStr for Open<T> {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(name.into())
    }
}

impl<T: WireEnum> PartialEq for Open<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<T: WireEnum> Eq for Open<T> {}

impl<T: WireEnum> PartialEq<T> for Open<T> {
    fn eq(&self, other: &T) -> bool {
        self.known() == Some(*other)
    }
}

macro_rules! compare_with {
    ($($text:ty),*) => {$(
        impl<T: WireEnum> PartialEq<$text> for Open<T> {
            fn eq(&self, other: &$text) -> bool {
                self.as_str() == AsRef::<str>::as_ref(other)
            }
        }

        impl<T: WireEnum> PartialEq<Open<T>> for $text {
            fn eq(&self, other: &Open<T>) -> bool {
                other == self
            }
        }
    )*};
}
compare_with!(str, &str, String);

impl<T: WireEnum> PartialOrd for Open<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: WireEnum> Ord for Open<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl<T: WireEnum> Hash for Open<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// Lets a map with keys of `Open<T>` look up a `str`.
impl<T: WireEnum> Borrow<str> for Open<T> {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl<T: WireEnum> AsRef<str> for Open<T> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// The name, with control characters escaped. [`Open::as_str`] returns it untouched.
impl<T: WireEnum> fmt::Display for Open<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => fmt::Display::fmt(value, f),
            Self::Unknown(unknown) => f.pad(&OneLine::whole(unknown.as_str()).to_string()),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Open<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(f),
            Self::Unknown(unknown) => unknown.fmt(f),
        }
    }
}

impl<T> Clone for UnknownName<T> {
    fn clone(&self) -> Self {
        Self::new(self.name.clone())
    }
}

impl<T> PartialEq for UnknownName<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<T> Eq for UnknownName<T> {}

impl<T> Hash for UnknownName<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl<T> fmt::Debug for UnknownName<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unknown").field(&self.name).finish()
    }
}

impl<T: WireEnum> fmt::Display for UnknownName<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an {} of this version", OneLine::whole(&self.name), T::KIND)
    }
}

impl<T: WireEnum> core::error::Error for UnknownName<T> {}
