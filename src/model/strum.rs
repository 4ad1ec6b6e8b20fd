//! strum's traits, so that generic code written for its derives accepts our enums.

use core::iter::Copied;
use core::slice::Iter;

use super::{ErrorCode, ErrorType};

macro_rules! strum_traits {
    ($name:ident) => {
        impl ::strum::EnumCount for $name {
            const COUNT: usize = Self::ALL.len();
        }

        impl ::strum::VariantArray for $name {
            const VARIANTS: &'static [Self] = Self::ALL;
        }

        impl ::strum::IntoEnumIterator for $name {
            type Iterator = Copied<Iter<'static, Self>>;

            fn iter() -> Self::Iterator {
                Self::ALL.iter().copied()
            }
        }

        /// The message and the documentation are the name's description. There is no detailed
        /// message.
        impl ::strum::EnumMessage for $name {
            fn get_message(&self) -> Option<&'static str> {
                Some(self.description())
            }

            fn get_detailed_message(&self) -> Option<&'static str> {
                None
            }

            fn get_documentation(&self) -> Option<&'static str> {
                Some(self.description())
            }

            fn get_serializations(&self) -> &'static [&'static str] {
                Self::names().get(*self as usize..=*self as usize).unwrap_or_default()
            }
        }
    };
}
strum_traits!(ErrorType);
strum_traits!(ErrorCode);
