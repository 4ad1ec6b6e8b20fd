//! serde's traits, written by hand, because a derive would cost every crate downstream more compile
//! time than the rest of this crate.
//!
//! | type | reads by | accepts |
//! |---|---|---|
//! | `ErrorType`, `ErrorCode` | `ClosedName` | a name of this version |
//! | `Open<T>` | `OpenName` | any string |
//! | `ErrorResponse`, `ErrorObject` | `Object`, with a `Level` | an object; in formats that are not human-readable `BinaryObject`, also a sequence |
//! | a field's name | `KeyVisitor` | a known name, or any other, whose value is ignored |
//! | a field's value | `Slot`, with a `Member` | an object, a string, or a string or `null` |
//!
//! Both objects share one visitor, and all fields share another. Both write into one `Members`, so
//! a program contains the code of a deserializer once and not once for each type. `Members` also
//! knows which fields have come: a second one of a name is rejected, and so is an object without
//! one that is required.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_core::ser::{Serialize, SerializeStruct, Serializer};

use crate::model::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, WireEnum};

// Names.

/// Reads a name of this version, and rejects any other.
struct ClosedName<T> {
    names: &'static [&'static str],
    kind: PhantomData<fn() -> T>,
}

macro_rules! closed_enum {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(ClosedName { names: Self::names(), kind: PhantomData })
            }
        }
    };
}
closed_enum!(ErrorType);
closed_enum!(ErrorCode);

impl<T: WireEnum> Visitor<'_> for ClosedName<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of an {}", T::KIND)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        T::from_name(name).ok_or_else(|| E::unknown_variant(name, self.names))
    }
}

impl<T: WireEnum> Serialize for Open<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, T: WireEnum> Deserialize<'de> for Open<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(OpenName(PhantomData))
    }
}

/// Reads any name.
struct OpenName<T>(PhantomData<fn() -> T>);

impl<T: WireEnum> Visitor<'_> for OpenName<T> {
    type Value = Open<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Open<T>, E> {
        Ok(name.into())
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Open<T>, E> {
        Ok(name.into())
    }
}

// The error object.

impl Serialize for ErrorObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A positional reader needs the place of an unset param.
        let with_param = self.param.is_some() || !serializer.is_human_readable();
        let mut object = serializer.serialize_struct("ErrorObject", 3 + usize::from(with_param))?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("type", &self.error_type)?;
        object.serialize_field("code", &self.code)?;
        if with_param {
            object.serialize_field("param", &self.param)?;
        } else {
            object.skip_field("param")?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for ErrorObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Members::read(Level::Error, deserializer)
    }
}

// The envelope.

impl Serialize for ErrorResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut envelope = serializer.serialize_struct("ErrorResponse", 1)?;
        envelope.serialize_field("error", &self.error)?;
        envelope.end()
    }
}

impl<'de> Deserialize<'de> for ErrorResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { error: Members::read(Level::Envelope, deserializer)? })
    }
}

// Reading.

#[derive(Clone, Copy)]
enum Level {
    Envelope,
    Error,
}

impl Level {
    /// The level's name, the names of its fields, and the fields in the order of a positional
    /// format.
    fn shape(self) -> (&'static str, &'static [&'static str], &'static [Member]) {
        match self {
            Self::Envelope => ("ErrorResponse", &["error"], &[Member::Error]),
            Self::Error => (
                "ErrorObject",
                &["message", "type", "code", "param"],
                &[Member::Message, Member::Type, Member::Code, Member::Param],
            ),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Member {
    Error,
    Message,
    Type,
    Code,
    Param,
}

impl Member {
    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Message => "message",
            Self::Type => "type",
            Self::Code => "code",
            Self::Param => "param",
        }
    }
}

/// The fields that were read so far. One object is moved less often than an `Option` for each
/// field.
struct Members {
    object: ErrorObject,
    /// A bit for each field.
    has: u8,
}

impl Members {
    fn read<'de, D: Deserializer<'de>>(
        level: Level,
        deserializer: D,
    ) -> Result<ErrorObject, D::Error> {
        // A placeholder. Every field is overwritten, because all three are required.
        let mut members = Self { object: ErrorObject::new(ErrorCode::InternalError, ""), has: 0 };
        Object { level, members: &mut members }.deserialize(deserializer)?;
        Ok(members.object)
    }

    fn has(&self, member: Member) -> bool {
        self.has & 1 << member as u8 != 0
    }

    fn mark(&mut self, member: Member) {
        self.has |= 1 << member as u8;
    }

    fn put(&mut self, member: Member, text: &str) {
        match member {
            Member::Message => self.object.message = Cow::Owned(text.into()),
            Member::Type => self.object.error_type = text.into(),
            Member::Code => self.object.code = text.into(),
            Member::Param => self.object.param = Some(Cow::Owned(text.into())),
            Member::Error => {}
        }
        self.mark(member);
    }
}

/// Reads the fields of an object into [`Members`].
struct Object<'a> {
    level: Level,
    members: &'a mut Members,
}

impl Object<'_> {
    fn complete<E: Error>(self) -> Result<(), E> {
        let (.., members) = self.level.shape();
        let missing =
            members.iter().find(|member| **member != Member::Param && !self.members.has(**member));
        missing.map_or(Ok(()), |member| Err(E::missing_field(member.name())))
    }
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let (name, fields, _) = self.level.shape();
        // Two visitors, so that a program that reads only JSON has no code for positional formats.
        if deserializer.is_human_readable() {
            deserializer.deserialize_struct(name, fields, self)
        } else {
            deserializer.deserialize_struct(name, fields, BinaryObject(self))
        }
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.level {
            Level::Envelope => "an object with `error`",
            Level::Error => "an object with `message`, `type` and `code`",
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (.., known) = self.level.shape();
        while let Some(Key(key)) = map.next_key()? {
            match key.filter(|member| known.contains(member)) {
                Some(member) if self.members.has(member) => {
                    return Err(A::Error::duplicate_field(member.name()));
                }
                Some(member) => map.next_value_seed(Slot { member, members: self.members })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.complete()
    }
}

struct BinaryObject<'a>(Object<'a>);

impl<'de> Visitor<'de> for BinaryObject<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.0.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let (.., known) = self.0.level.shape();
        for (place, member) in known.iter().enumerate() {
            let slot = Slot { member: *member, members: self.0.members };
            seq.next_element_seed(slot)?.ok_or_else(|| A::Error::invalid_length(place, &self))?;
        }
        self.0.complete()
    }
}

/// Reads a field's value: an object, a string, or a string or `null`. The rejection of any other
/// value names the field.
struct Slot<'a> {
    member: Member,
    members: &'a mut Members,
}

impl Slot<'_> {
    fn absent<E: Error>(self) -> Result<(), E> {
        match self.member {
            Member::Param => self.members.mark(Member::Param),
            _ => return Err(E::invalid_type(Unexpected::Unit, &self)),
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.member {
            Member::Error => {
                Object { level: Level::Error, members: self.members }.deserialize(deserializer)?;
                self.members.mark(Member::Error);
                Ok(())
            }
            Member::Param => deserializer.deserialize_option(self),
            _ => deserializer.deserialize_string(self),
        }
    }
}

impl<'de> Visitor<'de> for Slot<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_null = if let Member::Param = self.member { " or null" } else { "" };
        write!(f, "a string{or_null} for `{}`", self.member.name())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.absent()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.absent()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_string(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.members.put(self.member, text);
        Ok(())
    }
}

/// The name of a field, or `None` if it is not known.
struct Key(Option<Member>);

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        self.visit_bytes(name.as_bytes())
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Key, E> {
        Ok(Key(match name {
            b"error" => Some(Member::Error),
            b"message" => Some(Member::Message),
            b"type" => Some(Member::Type),
            b"code" => Some(Member::Code),
            b"param" => Some(Member::Param),
            _ => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
    }
}
