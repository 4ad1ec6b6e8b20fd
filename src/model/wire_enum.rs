use core::fmt;
use core::hash::Hash;

/// A set of wire names: [`ErrorType`](crate::ErrorType) and [`ErrorCode`](crate::ErrorCode), and no
/// other. Generic code over both can use it; [`Open`](crate::Open) does.
pub trait WireEnum:
    sealed::Sealed + Copy + Eq + Hash + fmt::Debug + fmt::Display + Send + Sync + 'static
{
    /// What the names are names of: `error type` or `error code`.
    const KIND: &'static str;

    /// Every name, in the specification's order.
    const ALL: &'static [Self];

    /// The value of this name, if it is one of [`ALL`](Self::ALL). Case and white space count.
    fn from_name(name: &str) -> Option<Self>;

    /// The name, as it is on the wire.
    fn as_str(self) -> &'static str;

    /// The specification's own description, one sentence or more.
    fn description(self) -> &'static str;

    /// The version of this crate that withdrew the name, if one did.
    fn withdrawn(self) -> Option<&'static str>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// What both enums have in common, over the tables that `build.rs` wrote beside them.
macro_rules! wire_enum_methods {
    ($name:ident, $kind:literal) => {
        #[allow(clippy::indexing_slicing)] // A table has a row for every variant.
        impl $name {
            /// Every value, in the specification's order.
            pub const ALL: &'static [Self] = &ALL;

            /// Every name, in the same order.
            pub(crate) const fn names() -> &'static [&'static str] {
                &NAMES
            }

            /// The name, as it is on the wire (spec).
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                NAMES[self as usize]
            }

            /// The specification's own description, one sentence or more (spec).
            #[must_use]
            pub const fn description(self) -> &'static str {
                DESCRIPTIONS[self as usize]
            }

            /// The version of this crate that withdrew the name, if one did. A withdrawn name decodes and encodes as
            /// ever, since older servers send it; new answers should not. Its variant is deprecated.
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

        impl strum::EnumCount for $name {
            const COUNT: usize = ALL.len();
        }

        impl strum::VariantArray for $name {
            const VARIANTS: &'static [Self] = &ALL;
        }

        impl strum::IntoEnumIterator for $name {
            type Iterator = core::iter::Copied<core::slice::Iter<'static, Self>>;

            fn iter() -> Self::Iterator {
                ALL.iter().copied()
            }
        }

        /// The message is the name's description; there is no second, more detailed one.
        impl strum::EnumMessage for $name {
            fn get_message(&self) -> Option<&'static str> {
                Some(self.description())
            }

            fn get_detailed_message(&self) -> Option<&'static str> {
                None
            }

            fn get_documentation(&self) -> Option<&'static str> {
                Some(self.description())
            }

            #[allow(clippy::indexing_slicing)] // A table has a row for every variant.
            fn get_serializations(&self) -> &'static [&'static str] {
                core::slice::from_ref(&NAMES[*self as usize])
            }
        }
    };
}
pub(crate) use wire_enum_methods;
