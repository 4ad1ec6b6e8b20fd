//! serde's traits, by hand: a derive would cost everyone downstream more than all the rest of the crate.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_core::ser::{Serialize, SerializeStruct, Serializer};

use crate::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Name, Open};

const OBJECT_FIELDS: &[&str] = &["message", "type", "code", "param"];
const RESPONSE_FIELDS: &[&str] = &["error"];

// Names.

/// Reads a name of this version, and refuses any other.
pub(crate) struct ClosedName<T> {
    names: &'static [&'static str],
    kind: PhantomData<fn() -> T>,
}

impl<T> ClosedName<T> {
    pub(crate) fn new(names: &'static [&'static str]) -> Self {
        Self { names, kind: PhantomData }
    }
}

impl<T: Name> Visitor<'_> for ClosedName<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of an {}", T::KIND)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        T::from_name(name).ok_or_else(|| E::unknown_variant(name, self.names))
    }
}

impl<T: Name> Serialize for Open<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, T: Name> Deserialize<'de> for Open<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(OpenName(PhantomData))
    }
}

/// Reads any name.
struct OpenName<T>(PhantomData<fn() -> T>);

impl<T: Name> Visitor<'_> for OpenName<T> {
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
        // Two visitors, so that whoever reads JSON alone has no code for formats that go by position.
        if deserializer.is_human_readable() {
            deserializer.deserialize_struct("ErrorObject", OBJECT_FIELDS, ObjectVisitor)
        } else {
            deserializer.deserialize_struct("ErrorObject", OBJECT_FIELDS, BinaryObjectVisitor)
        }
    }
}

fn expecting_object(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("an object with `message`, `type` and `code`")
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = ErrorObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting_object(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorObject, A::Error> {
        let mut members = Members::default();
        while let Some(key) = map.next_key()? {
            match key {
                Key::Member(member) if members.has(member) => return Err(A::Error::duplicate_field(member.name())),
                Key::Member(member) => map.next_value_seed(Slot { member, members: &mut members })?,
                Key::Error | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        members.into_object()
    }
}

struct BinaryObjectVisitor;

impl<'de> Visitor<'de> for BinaryObjectVisitor {
    type Value = ErrorObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting_object(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ErrorObject, A::Error> {
        ObjectVisitor.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ErrorObject, A::Error> {
        let mut members = Members::default();
        for (place, member) in [Member::Message, Member::Type, Member::Code, Member::Param].into_iter().enumerate() {
            let slot = Slot { member, members: &mut members };
            seq.next_element_seed(slot)?.ok_or_else(|| A::Error::invalid_length(place, &self))?;
        }
        members.into_object()
    }
}

#[derive(Clone, Copy)]
enum Member {
    Message,
    Type,
    Code,
    Param,
}

impl Member {
    fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Type => "type",
            Self::Code => "code",
            Self::Param => "param",
        }
    }
}

/// What has been read of an object.
#[derive(Default)]
struct Members {
    message: Option<Cow<'static, str>>,
    error_type: Option<Open<ErrorType>>,
    code: Option<Open<ErrorCode>>,
    param: Option<Option<Cow<'static, str>>>,
}

impl Members {
    fn has(&self, member: Member) -> bool {
        match member {
            Member::Message => self.message.is_some(),
            Member::Type => self.error_type.is_some(),
            Member::Code => self.code.is_some(),
            Member::Param => self.param.is_some(),
        }
    }

    fn put(&mut self, member: Member, text: &str) {
        match member {
            Member::Message => self.message = Some(Cow::Owned(text.into())),
            Member::Type => self.error_type = Some(text.into()),
            Member::Code => self.code = Some(text.into()),
            Member::Param => self.param = Some(Some(Cow::Owned(text.into()))),
        }
    }

    fn into_object<E: Error>(self) -> Result<ErrorObject, E> {
        match self {
            Self { message: Some(message), error_type: Some(error_type), code: Some(code), param } => {
                Ok(ErrorObject { message, error_type, code, param: param.flatten() })
            }
            Self { message: None, .. } => Err(E::missing_field("message")),
            Self { error_type: None, .. } => Err(E::missing_field("type")),
            Self { code: None, .. } => Err(E::missing_field("code")),
        }
    }
}

/// Reads a member's string to its place, or `null` for `param`. The refusal of anything else says what for.
///
/// One for all members: the deserializer's code for a string comes once, and not for each type of value.
struct Slot<'a> {
    member: Member,
    members: &'a mut Members,
}

impl Slot<'_> {
    fn absent<E: Error>(self) -> Result<(), E> {
        match self.member {
            Member::Param => self.members.param = Some(None),
            _ => return Err(E::invalid_type(Unexpected::Unit, &self)),
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.member {
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

/// The name of a member, of the object or the envelope.
enum Key {
    Error,
    Member(Member),
    Other,
}

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
        Ok(match name {
            b"error" => Key::Error,
            b"message" => Key::Member(Member::Message),
            b"type" => Key::Member(Member::Type),
            b"code" => Key::Member(Member::Code),
            b"param" => Key::Member(Member::Param),
            _ => Key::Other,
        })
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
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
        if deserializer.is_human_readable() {
            deserializer.deserialize_struct("ErrorResponse", RESPONSE_FIELDS, ResponseVisitor)
        } else {
            deserializer.deserialize_struct("ErrorResponse", RESPONSE_FIELDS, BinaryResponseVisitor)
        }
    }
}

fn expecting_response(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("an object with `error`")
}

struct ResponseVisitor;

impl<'de> Visitor<'de> for ResponseVisitor {
    type Value = ErrorResponse;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting_response(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorResponse, A::Error> {
        let mut error = None;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Error if error.is_some() => return Err(A::Error::duplicate_field("error")),
                Key::Error => error = Some(map.next_value()?),
                Key::Member(_) | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(ErrorResponse { error: error.ok_or_else(|| A::Error::missing_field("error"))? })
    }
}

struct BinaryResponseVisitor;

impl<'de> Visitor<'de> for BinaryResponseVisitor {
    type Value = ErrorResponse;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting_response(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ErrorResponse, A::Error> {
        ResponseVisitor.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ErrorResponse, A::Error> {
        let error = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        Ok(ErrorResponse { error })
    }
}
