use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Display};

use serde_core::de::{self, Unexpected};

use super::own_words::TOKEN;
use super::words;

/// A fault of a request: what it is, and where.
#[derive(Debug)]
pub(crate) struct Error {
    pub(crate) fault: Fault,
    /// The names on the way to the value at fault, the innermost first.
    path: Vec<String>,
    /// The kind of the value that a type rejected, if the type said so.
    found: Option<Kind>,
    /// True if the fault is somewhere inside the value, at an unknown place.
    is_inside: bool,
    /// True inside [`OwnWords`](super::OwnWords).
    has_own_words: bool,
}

/// The kinds of values that JSON has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

#[derive(Debug)]
pub(crate) enum Fault {
    /// A required field is missing. The path ends with its name.
    Missing,
    /// A field is not known. The path ends with its name.
    Unknown { known: &'static [&'static str] },
    /// A field occurs twice. The path ends with its name.
    Duplicate,
    /// A value is not what the type expects. The words for people are `None` if we have none.
    Expected(Option<String>),
    /// A type's own `Deserialize` rejected a value, in these words.
    Own(String),
}

impl Error {
    fn new(fault: Fault) -> Self {
        let path = Vec::new();
        Self { fault, path, found: None, is_inside: false, has_own_words: false }
    }

    fn at(fault: Fault, name: &str) -> Self {
        Self { path: Vec::from([name.to_string()]), ..Self::new(fault) }
    }

    /// Makes a fault in our own words.
    pub(super) fn expected(words: impl Into<String>) -> Self {
        Self::new(Fault::Expected(Some(words.into())))
    }

    fn unfit(found: Option<Kind>, expected: &dyn de::Expected) -> Self {
        Self { found, ..Self::new(Fault::Expected(words::of(&expected.to_string()))) }
    }

    /// Adds what is known about the value that was read: its kind.
    ///
    /// serde reads tagged enums and flattened fields from a copy of the object, without a path. If
    /// `7` was rejected while an object was read, the fault is inside the object. Then no words say
    /// what the object itself should be.
    pub(super) fn of_value(mut self, kind: Kind) -> Self {
        let is_here = self.found.is_none_or(|found| found == kind);
        if self.path.is_empty() && !is_here {
            self.fault = Fault::Expected(None);
            self.is_inside = true;
        }
        self
    }

    /// Lets the client see a type's own words if the newtype of this name around the value is
    /// [`OwnWords`](super::OwnWords).
    pub(super) fn of_newtype(mut self, name: &str) -> Self {
        self.has_own_words |= name == TOKEN;
        self
    }

    /// True if the whole input is of another kind than its type.
    pub(crate) fn is_of_whole(&self) -> bool {
        matches!(self.fault, Fault::Expected(_)) && self.path.is_empty() && !self.is_inside
    }

    /// Adds the name of the value to the path, from one level further out.
    pub(super) fn inside(mut self, name: impl Into<String>) -> Self {
        self.path.push(name.into());
        self
    }

    /// True if the client may see a type's own words.
    pub(crate) fn has_own_words(&self) -> bool {
        self.has_own_words
    }

    /// Returns the names on the way to the value at fault, the outermost first.
    pub(crate) fn path(&self) -> impl Iterator<Item = &str> {
        self.path.iter().rev().map(String::as_str)
    }
}

/// Required by serde. Clients get an `ErrorObject`.
impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request cannot be read")
    }
}

impl core::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: Display>(words: T) -> Self {
        let words = words.to_string();
        // serde's own words about an untagged enum have the name of the Rust type.
        let is_of_serde = words.starts_with("data did not match any variant of untagged enum ");
        Self::new(Fault::Own(if is_of_serde { String::new() } else { words }))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::unfit(kind_of(found), expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::unfit(kind_of(found), expected)
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::unfit(Some(Kind::List), expected)
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

fn kind_of(found: Unexpected<'_>) -> Option<Kind> {
    match found {
        Unexpected::Unit | Unexpected::Option => Some(Kind::Null),
        Unexpected::Bool(_) => Some(Kind::Bool),
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
            Some(Kind::Number)
        }
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => Some(Kind::Text),
        Unexpected::Seq => Some(Kind::List),
        Unexpected::Map => Some(Kind::Object),
        _ => None,
    }
}
