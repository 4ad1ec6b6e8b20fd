use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::borrow::Borrow;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::str::FromStr;

use super::WireEnum;
use crate::text::one_line::OneLine;

/// A name that may be newer than this version: an open enum.
///
/// Any string decodes into it, and encodes back to the same bytes. Compare it with a value of the enum
/// where this version has the name, and with a string where it may not: equality and hash go by the
/// string alone, so `code == "quota_exhausted"` means the same after a release that adds that code.
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
/// Do not match on [`Unknown`](Self::Unknown) to find one name: the name may be known to the next release.
#[derive(Clone)]
pub enum Open<T> {
    /// A name that this version has.
    Known(T),
    /// Any other string.
    Unknown(UnknownName<T>),
}

/// A string that is no name of `T` in this version.
///
/// Only this crate makes one, so it is never a known name, and a type's unknown name cannot become a
/// code's. As the error of [`str::parse`] it keeps the string that was refused.
pub struct UnknownName<T> {
    name: Box<str>,
    kind: PhantomData<fn() -> T>,
}

impl<T: WireEnum> Open<T> {
    /// The value, if this version has the name.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Unknown(_) => None,
        }
    }

    /// The name, as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(value) => value.as_str(),
            Self::Unknown(unknown) => unknown.as_str(),
        }
    }
}

impl<T> UnknownName<T> {
    /// The caller has looked the name up, and not found it.
    pub(crate) fn new(name: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), kind: PhantomData }
    }

    /// The name, as it is on the wire.
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
    #[inline(never)] // Once in a program: the reader and serde's visitor share it.
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

impl<T: WireEnum> PartialEq<str> for Open<T> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl<T: WireEnum> PartialEq<&str> for Open<T> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl<T: WireEnum> PartialEq<String> for Open<T> {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl<T: WireEnum> Hash for Open<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// Equality and hash go by the string, so a map keyed by `Open` can be asked for a `str`.
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

/// The name, with control characters escaped: [`Open::as_str`] gives it untouched.
impl<T: WireEnum> fmt::Display for Open<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneLine::whole(self.as_str()).fmt(f)
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
        write!(f, "`{}` is no {} of this version", OneLine::whole(&self.name), T::KIND)
    }
}

impl<T: WireEnum> core::error::Error for UnknownName<T> {}
