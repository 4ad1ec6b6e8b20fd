//! serde's traits, by hand: a derive would cost everyone downstream more than all the rest of the crate.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_core::ser::{Serialize, SerializeStruct, Serializer};

use crate::{ErrorObject, ErrorResponse, Name, Open};

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
        deserializer.deserialize_string(Text::of("a string"))
    }
}

/// What a member's string becomes.
trait FromText {
    fn from_text(text: &str) -> Self;
    fn from_owned(text: String) -> Self;
}

impl<T: Name> FromText for Open<T> {
    fn from_text(text: &str) -> Self {
        text.into()
    }

    fn from_owned(text: String) -> Self {
        text.into()
    }
}

impl FromText for Cow<'static, str> {
    fn from_text(text: &str) -> Self {
        Self::Owned(text.into())
    }

    fn from_owned(text: String) -> Self {
        Self::Owned(text)
    }
}

/// Reads a string. The refusal of anything else says what for.
struct Text<T> {
    expected: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Text<T> {
    fn of(expected: &'static str) -> Self {
        Self { expected, value: PhantomData }
    }
}

impl<T: FromText> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from_text(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok(T::from_owned(text))
    }
}

impl<'de, T: FromText> DeserializeSeed<'de> for Text<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_string(self)
    }
}

/// Reads a string or nothing, for the member `param`.
struct Param;

impl<'de> Visitor<'de> for Param {
    type Value = Option<Cow<'static, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or null for `param`")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_string(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(FromText::from_text(text)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(FromText::from_owned(text)))
    }
}

impl<'de> DeserializeSeed<'de> for Param {
    type Value = Option<Cow<'static, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
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
        let visitor = ObjectVisitor { positional: !deserializer.is_human_readable() };
        deserializer.deserialize_struct("ErrorObject", OBJECT_FIELDS, visitor)
    }
}

struct ObjectVisitor {
    positional: bool,
}

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = ErrorObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `message`, `type` and `code`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorObject, A::Error> {
        let (mut message, mut error_type, mut code, mut param) = (None, None, None, None);
        while let Some(member) = map.next_key()? {
            match member {
                Member::Message => fill(&mut message, "message", &mut map, Text::of("a string for `message`"))?,
                Member::Type => fill(&mut error_type, "type", &mut map, Text::of("a string for `type`"))?,
                Member::Code => fill(&mut code, "code", &mut map, Text::of("a string for `code`"))?,
                Member::Param => fill(&mut param, "param", &mut map, Param)?,
                Member::Error | Member::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(ErrorObject {
            message: message.ok_or_else(|| A::Error::missing_field("message"))?,
            error_type: error_type.ok_or_else(|| A::Error::missing_field("type"))?,
            code: code.ok_or_else(|| A::Error::missing_field("code"))?,
            param: param.flatten(),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ErrorObject, A::Error> {
        if !self.positional {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let short = |count: usize| A::Error::invalid_length(count, &self);
        Ok(ErrorObject {
            message: seq.next_element_seed(Text::of("a string for `message`"))?.ok_or_else(|| short(0))?,
            error_type: seq.next_element_seed(Text::of("a string for `type`"))?.ok_or_else(|| short(1))?,
            code: seq.next_element_seed(Text::of("a string for `code`"))?.ok_or_else(|| short(2))?,
            param: seq.next_element_seed(Param)?.ok_or_else(|| short(3))?,
        })
    }
}

/// Reads a member's value, once.
fn fill<'de, A: MapAccess<'de>, S: DeserializeSeed<'de>>(
    slot: &mut Option<S::Value>,
    name: &'static str,
    map: &mut A,
    seed: S,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *slot = Some(map.next_value_seed(seed)?);
    Ok(())
}

/// A member's name.
enum Member {
    Error,
    Message,
    Type,
    Code,
    Param,
    Other,
}

struct MemberVisitor;

impl Visitor<'_> for MemberVisitor {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Member, E> {
        self.visit_bytes(name.as_bytes())
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Member, E> {
        Ok(match name {
            b"error" => Member::Error,
            b"message" => Member::Message,
            b"type" => Member::Type,
            b"code" => Member::Code,
            b"param" => Member::Param,
            _ => Member::Other,
        })
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(MemberVisitor)
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
        let visitor = ResponseVisitor { positional: !deserializer.is_human_readable() };
        deserializer.deserialize_struct("ErrorResponse", RESPONSE_FIELDS, visitor)
    }
}

struct ResponseVisitor {
    positional: bool,
}

impl<'de> Visitor<'de> for ResponseVisitor {
    type Value = ErrorResponse;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `error`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorResponse, A::Error> {
        let mut error = None;
        while let Some(member) = map.next_key()? {
            match member {
                Member::Error => fill(&mut error, "error", &mut map, PhantomData)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(ErrorResponse { error: error.ok_or_else(|| A::Error::missing_field("error"))? })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ErrorResponse, A::Error> {
        if !self.positional {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let error = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        Ok(ErrorResponse { error })
    }
}
