use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Display};

use serde_core::de;

use super::words;

/// What is wrong with a request, and where.
#[derive(Debug)]
pub(crate) struct Error {
    pub(crate) fault: Fault,
    /// The names from the outermost object to the value at fault, the innermost first.
    path: Vec<String>,
    /// True inside [`OwnWords`](super::OwnWords).
    pub(super) has_own_words: bool,
}

#[derive(Debug)]
pub(crate) enum Fault {
    /// A field that must be there is not. The path ends with its name.
    Missing,
    /// A field stands where none of its name is known. The path ends with its name.
    Unknown { known: &'static [&'static str] },
    /// A field occurs twice. The path ends with its name.
    Duplicate,
    /// A value of another kind than this one, in words for people, if we have words for it.
    Expected(Option<String>),
    /// The words of a type's own `Deserialize`.
    Own(String),
}

impl Error {
    fn new(fault: Fault) -> Self {
        Self { fault, path: Vec::new(), has_own_words: false }
    }

    fn at(fault: Fault, name: &str) -> Self {
        Self { path: Vec::from([name.to_string()]), ..Self::new(fault) }
    }

    /// A fault that is described in our own words.
    pub(super) fn expected(words: impl Into<String>) -> Self {
        Self::new(Fault::Expected(Some(words.into())))
    }

    /// The same error, seen from one level further out.
    pub(super) fn inside(mut self, name: impl Into<String>) -> Self {
        self.path.push(name.into());
        self
    }

    /// True if the client may see a type's own words.
    pub(crate) fn has_own_words(&self) -> bool {
        self.has_own_words
    }

    /// The names from the outermost object to the value at fault.
    pub(crate) fn path(&self) -> impl Iterator<Item = &str> {
        self.path.iter().rev().map(String::as_str)
    }
}

/// Only for `core::error::Error`: clients get an `ErrorObject`.
impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request cannot be read")
    }
}

impl core::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: Display>(words: T) -> Self {
        Self::new(Fault::Own(words.to_string()))
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(Fault::Expected(words::of(&expected.to_string())))
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(Fault::Expected(words::of(&expected.to_string())))
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::new(Fault::Expected(words::of(&expected.to_string())))
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Self::expected(words::one_of(known))
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Self::at(Fault::Unknown { known }, name)
    }

    fn missing_field(name: &'static str) -> Self {
        Self::at(Fault::Missing, name)
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::at(Fault::Duplicate, name)
    }
}
