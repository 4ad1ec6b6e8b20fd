use core::fmt;
use core::hash::Hash;

/// An enum of wire names: [`ErrorType`](crate::ErrorType) or [`ErrorCode`](crate::ErrorCode).
///
/// The trait is sealed. It is for code that is generic over both enums, such as
/// [`Open`](crate::Open).
///
/// ```
/// use intelliprint_error::{ErrorCode, ErrorType, WireEnum};
///
/// fn table<T: WireEnum>() -> String {
///     T::ALL.iter().map(|value| format!("{value}: {}\n", value.description())).collect()
/// }
///
/// assert!(table::<ErrorCode>().contains("not_found: The requested resource was not found.\n"));
/// assert_eq!(ErrorType::from_name("rate_limited"), Some(ErrorType::RateLimited));
/// assert_eq!(ErrorType::from_name("Rate_Limited"), None);
/// ```
pub trait WireEnum:
    sealed::Sealed + Copy + Ord + Hash + fmt::Debug + fmt::Display + Send + Sync + 'static
{
    /// The kind of name, for messages: `error type` or `error code`.
    const KIND: &'static str;

    /// Every value, in the specification's order.
    const ALL: &'static [Self];

    /// Returns the value with exactly this name. Letter case and white space count.
    fn from_name(name: &str) -> Option<Self>;

    /// Returns the name as it stands on the wire.
    fn as_str(self) -> &'static str;

    /// Returns the specification's description, one sentence or more.
    fn description(self) -> &'static str;

    /// Returns the version of this crate that withdrew the name, or `None` for a name in use.
    fn withdrawn(self) -> Option<&'static str>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// The methods and traits of both enums, over the tables that `build.rs` writes beside each enum.
macro_rules! wire_enum_methods {
    ($name:ident, $kind:literal) => {
        #[expect(clippy::indexing_slicing, reason = "each table has one row for each variant")]
        impl $name {
            /// Every value, in the specification's order.
            pub const ALL: &'static [Self] = &ALL;

            /// Every name, in the same order.
            pub(crate) const fn names() -> &'static [&'static str] {
                &NAMES
            }

            /// Returns the name as it stands on the wire (spec).
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                NAMES[self as usize]
            }

            /// Returns the specification's description, one sentence or more (spec).
            #[must_use]
            pub const fn description(self) -> &'static str {
                DESCRIPTIONS[self as usize]
            }

            /// Returns the version of this crate that withdrew the name, or `None` for a name in
            /// use.
            ///
            /// A withdrawn name still decodes and encodes, because older servers send it. New
            /// responses should not use it: its variant is deprecated.
            #[must_use]
            pub const fn withdrawn(self) -> Option<&'static str> {
                WITHDRAWALS[self as usize]
            }
        }

        impl $crate::model::wire_enum::sealed::Sealed for $name {}

        impl $crate::model::WireEnum for $name {
            const KIND: &'static str = $kind;
            const ALL: &'static [Self] = &ALL;

            #[inline]
            fn from_name(name: &str) -> Option<Self> {
                lookup(name)
            }

            fn as_str(self) -> &'static str {
                Self::as_str(self)
            }

            fn description(self) -> &'static str {
                Self::description(self)
            }

            fn withdrawn(self) -> Option<&'static str> {
                Self::withdrawn(self)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::model::UnknownName<Self>;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                lookup(name).ok_or_else(|| $crate::model::UnknownName::new(name))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::model::UnknownName<Self>;

            fn try_from(name: &str) -> Result<Self, Self::Error> {
                name.parse()
            }
        }

        impl PartialEq<$crate::model::Open<$name>> for $name {
            fn eq(&self, other: &$crate::model::Open<$name>) -> bool {
                other == self
            }
        }
    };
}
pub(crate) use wire_enum_methods;
