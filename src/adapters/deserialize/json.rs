//! A JSON body.
//!
//! serde_json checks the syntax of the whole body first. After that every fault is one of a value,
//! never of the JSON: the values are read from [`RawValue`]s, each of which is the text of one value,
//! such as `{"a":[1,2]}`, then `[1,2]`, then `1`. So a number keeps every digit until a type asks for
//! it, and `1e999` is a number that is too large instead of invalid JSON.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::{self, Vec};
use core::fmt;

use serde_core::de::Error as _;
use serde_core::de::value::{BorrowedStrDeserializer, CowStrDeserializer};
use serde_core::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_core::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::own_words::TOKEN;
use super::{Error, words};

/// Why a body is not read.
pub(crate) enum Failure {
    /// The body is not JSON.
    Syntax(serde_json::Error),
    /// A value is at fault.
    Value(Error),
}

/// As serde_json: a body nests at most so deep in values that are read.
const DEPTH_LIMIT: u8 = 128;

/// Reads a whole JSON body.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let raw: &RawValue = serde_json::from_slice(body).map_err(Failure::Syntax)?;
    T::deserialize(Json { text: raw.get(), depth: DEPTH_LIMIT, has_own_words: false })
        .map_err(Failure::Value)
}

/// The text of one value.
#[derive(Clone, Copy)]
struct Json<'de> {
    text: &'de str,
    /// How many levels may follow.
    depth: u8,
    has_own_words: bool,
}

impl<'de> Json<'de> {
    fn first(self) -> u8 {
        self.text.bytes().next().unwrap_or_default()
    }

    /// A value inside this one.
    fn inner(self, raw: &'de RawValue) -> Result<Self, Error> {
        let depth = self.depth.checked_sub(1);
        let depth = depth.ok_or_else(|| Error::expected("less deeply nested values"))?;
        Ok(Self { text: raw.get(), depth, ..self })
    }

    /// Marks an error with what the values at this place may say.
    fn mark(self, mut error: Error) -> Error {
        error.has_own_words |= self.has_own_words;
        error
    }

    fn string(self) -> Result<Cow<'de, str>, Error> {
        // The syntax is valid, so only a surrogate without its pair is wrong.
        serde_json::from_str::<Text<'_>>(self.text)
            .map(|text| text.0)
            .map_err(|_| Error::expected("text in valid Unicode"))
    }

    fn items(self) -> Result<Items<'de>, Error> {
        let items: Vec<&RawValue> = self.parse()?;
        Ok(Items { json: self, items: items.into_iter(), at: 0 })
    }

    fn members(self) -> Result<Members<'de>, Error> {
        let Pairs(members) = self.parse()?;
        Ok(Members { json: self, members: members.into_iter(), value: None })
    }

    /// Reads one level. The syntax is valid, so only a surrogate without its pair can be wrong.
    fn parse<T: Deserialize<'de>>(self) -> Result<T, Error> {
        serde_json::from_str(self.text).map_err(|_| Error::expected("names in valid Unicode"))
    }

    fn unexpected(self) -> Unexpected<'static> {
        match self.first() {
            b'{' => Unexpected::Map,
            b'[' => Unexpected::Seq,
            _ => Unexpected::Other("value"),
        }
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let is_whole = !self.text.contains(['.', 'e', 'E']);
        if let (true, Ok(number)) = (is_whole, self.text.parse::<u64>()) {
            return visitor.visit_u64(number);
        }
        // serde_json reads `-0` as the float that it is.
        if let (true, Ok(number @ i64::MIN..=-1)) = (is_whole, self.text.parse::<i64>()) {
            return visitor.visit_i64(number);
        }
        match self.text.parse::<f64>() {
            Ok(number) if number.is_finite() => visitor.visit_f64(number),
            _ => Err(Error::expected("a smaller number")),
        }
    }
}

/// A string, borrowed if it has no escape.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.into())))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// The members of an object, each with its text. Members of one name all stay.
struct Pairs<'de>(Vec<(Cow<'de, str>, &'de RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;

        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Text(name)) = map.next_key()? {
                    pairs.push((name, map.next_value()?));
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor)
    }
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = match self.first() {
            b'{' => visitor.visit_map(self.members()?),
            b'[' => {
                let mut items = self.items()?;
                let value = visitor.visit_seq(&mut items);
                value.and_then(|value| items.end().map(|()| value))
            }
            b'"' => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            b'n' => visitor.visit_unit(),
            b't' => visitor.visit_bool(true),
            b'f' => visitor.visit_bool(false),
            _ => self.number(visitor),
        };
        value.map_err(|error| self.mark(error))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.first() == b'n' { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let has_own_words = self.has_own_words || name == TOKEN;
        let inner = Self { has_own_words, ..self };
        visitor.visit_newtype_struct(inner).map_err(|error| inner.mark(error))
    }

    /// An array is not an object, though a visitor of serde's derive would take it.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.first() == b'{' {
            self.deserialize_any(visitor)
        } else {
            Err(Error::expected("an object"))
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let value = match self.first() {
            b'"' => visitor.visit_enum(CowStrDeserializer::new(self.string()?)),
            b'{' => {
                let Pairs(members) = self.parse()?;
                let [(name, raw)] = <[_; 1]>::try_from(members)
                    .map_err(|_| Error::expected(words::one_of(variants)))?;
                let inside = name.to_string();
                let variant = Variant { name, json: self.inner(raw)? };
                visitor.visit_enum(variant).map_err(|error| error.inside(inside))
            }
            _ => Err(Error::expected(words::one_of(variants))),
        };
        value.map_err(|error| self.mark(error))
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text.parse() {
            Ok(number) => visitor.visit_i128(number),
            Err(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text.parse() {
            Ok(number) => visitor.visit_u128(number),
            Err(_) => self.deserialize_any(visitor),
        }
    }

    /// As serde_json: bytes come as a list of numbers, or as a string.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.first() {
            b'"' => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
                Cow::Owned(text) => visitor.visit_byte_buf(text.into_bytes()),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

struct Items<'de> {
    json: Json<'de>,
    items: vec::IntoIter<&'de RawValue>,
    at: usize,
}

impl Items<'_> {
    /// A visitor of a tuple stops early.
    fn end(&self) -> Result<(), Error> {
        match self.items.len() {
            0 => Ok(()),
            _ => Err(Error::expected("fewer values in the list")),
        }
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(raw) = self.items.next() else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        let value = self.json.inner(raw).and_then(|json| seed.deserialize(json));
        value.map(Some).map_err(|error| error.inside(at.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Members<'de> {
    json: Json<'de>,
    members: vec::IntoIter<(Cow<'de, str>, &'de RawValue)>,
    value: Option<(String, &'de RawValue)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, raw)) = self.members.next() else { return Ok(None) };
        self.value = Some((name.to_string(), raw));
        seed.deserialize(Key(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, raw) = self
            .value
            .take()
            .ok_or_else(|| Error::custom("a value was asked for before its key"))?;
        let value = self.json.inner(raw).and_then(|json| seed.deserialize(json));
        value.map_err(|error| error.inside(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// The name of a member: a string, and a number or a boolean for a map whose keys are.
struct Key<'de>(Cow<'de, str>);

macro_rules! parsed_keys {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(name) => visitor.visit_borrowed_str(name),
            Cow::Owned(name) => visitor.visit_string(name),
        }
    }

    parsed_keys! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32
        deserialize_i64 visit_i64 deserialize_i128 visit_i128
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32
        deserialize_u64 visit_u64 deserialize_u128 visit_u128
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(text) => {
                BorrowedStrDeserializer::new(text).deserialize_enum(name, variants, visitor)
            }
            Cow::Owned(text) => {
                CowStrDeserializer::new(Cow::Owned(text)).deserialize_enum(name, variants, visitor)
            }
        }
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// `{"name": value}` in the place of an enum.
struct Variant<'de> {
    name: Cow<'de, str>,
    json: Json<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = Json<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Json<'de>), Error> {
        Ok((seed.deserialize(Key(self.name))?, self.json))
    }
}

impl<'de> VariantAccess<'de> for Json<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        <()>::deserialize(self)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        match self.first() {
            b'[' => self.deserialize_any(visitor),
            _ => Err(Error::invalid_type(self.unexpected(), &"a sequence")),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_struct("", fields, visitor)
    }
}
