//! A JSON body.
//!
//! serde_json checks the syntax of the whole body first. After that a fault is one of a value,
//! never of the JSON. A [`Reader`] then moves over the text once, and stores nothing of what it
//! passed: `{"a":[1,2]}` is read as `{`, the name `a`, `[`, `1`, `2`, `]` and `}`. A number keeps
//! every digit until a type asks for it, so `1e999` is a number that is too large instead of
//! invalid JSON.

use alloc::borrow::Cow;
use alloc::string::ToString;
use core::marker::PhantomData;

use serde_core::de::Error as _;
use serde_core::de::value::CowStrDeserializer;
use serde_core::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_core::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::{Error, Kind, words};

/// The reasons why a body cannot be read.
pub(crate) enum Failure {
    /// The body is not JSON.
    Syntax(serde_json::Error),
    /// A value is at fault.
    Value(Error),
}

/// The most levels of objects and lists in a value that is read. serde_json allows one level less.
const DEPTH_LIMIT: u8 = 128;

/// The name by which serde_json recognises its own `RawValue`.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Reads a whole JSON body.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let raw: &RawValue = serde_json::from_slice(body).map_err(Failure::Syntax)?;
    let mut reader = Reader { rest: raw.get() };
    let json = Json { reader: &mut reader, depth: DEPTH_LIMIT };
    json.read(PhantomData::<T>).map_err(Failure::Value)
}

/// The rest of the text of a valid body.
struct Reader<'de> {
    rest: &'de str,
}

impl<'de> Reader<'de> {
    /// Moves to the next byte that is not white space, and returns that byte. Returns 0 at the end.
    fn peek(&mut self) -> u8 {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest.bytes().next().unwrap_or_default()
    }

    fn take(&mut self, len: usize) -> &'de str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes this byte if it is the next one.
    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        if is_next {
            self.take(1);
        }
        is_next
    }

    /// Takes a string with its quotes and escapes.
    fn string(&mut self) -> &'de str {
        let bytes = self.rest.as_bytes();
        let mut len = 1;
        while let Some(byte) = bytes.get(len) {
            len += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        self.take(len)
    }

    /// Takes a number, `true`, `false` or `null`.
    fn word(&mut self) -> &'de str {
        let end = self.rest.find([',', ']', '}', ' ', '\n', '\r', '\t']);
        self.take(end.unwrap_or(self.rest.len()))
    }

    /// Takes a whole value.
    fn value(&mut self) -> &'de str {
        self.peek();
        let start = self.rest;
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                b'"' => drop(self.string()),
                b'{' | b'[' => {
                    depth += 1;
                    self.take(1);
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.take(1);
                }
                b',' | b':' => drop(self.take(1)),
                _ => drop(self.word()),
            }
            if depth == 0 || self.rest.is_empty() {
                return start.get(..start.len() - self.rest.len()).unwrap_or_default();
            }
        }
    }
}

/// The kind of a value, by its first byte.
fn kind_of(first: u8) -> Kind {
    match first {
        b'{' => Kind::Object,
        b'[' => Kind::List,
        b'"' => Kind::Text,
        b't' | b'f' => Kind::Bool,
        b'n' => Kind::Null,
        _ => Kind::Number,
    }
}

/// The value that the reader is at.
struct Json<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// The number of levels that may follow.
    depth: u8,
}

impl<'de> Json<'_, 'de> {
    /// Returns the same value again, because reading consumes `self`.
    fn reborrow(&mut self) -> Json<'_, 'de> {
        Json { reader: &mut *self.reader, depth: self.depth }
    }

    /// Reads the value. If the type gives up in the middle, the reader is back at the value's
    /// start.
    fn read<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        let kind = kind_of(self.reader.peek());
        seed.deserialize(self).map_err(|error| error.of_value(kind))
    }

    /// Reads the inside of an object or a list.
    fn enter<T>(
        self,
        read: impl FnOnce(&mut Inside<'_, 'de>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(Error::expected("less deeply nested values"));
        };
        let start = self.reader.rest;
        self.reader.take(1);
        let json = Json { reader: &mut *self.reader, depth };
        let value = read(&mut Inside::new(json));
        if value.is_err() {
            self.reader.rest = start;
        }
        value
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.enter(|inside| {
            let value = visitor.visit_map(&mut *inside)?;
            // A visitor may leave the rest of the members.
            while inside.next(b'}')? {
                inside.take_name()?;
            }
            inside.json.reader.take(1);
            Ok(value)
        })
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.enter(|inside| {
            let value = visitor.visit_seq(&mut *inside)?;
            // A visitor of a tuple stops early.
            if inside.next(b']')? {
                return Err(Error::expected("fewer values in the list"));
            }
            inside.json.reader.take(1);
            Ok(value)
        })
    }

    /// Reads `{"name": value}` as an enum.
    fn variant<V: Visitor<'de>>(
        self,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.enter(|inside| {
            let no_variant = || Error::expected(words::one_of(variants));
            if !inside.next(b'}')? {
                return Err(no_variant());
            }
            inside.take_name()?;
            let value = visitor.visit_enum(Variant { inside: &mut *inside })?;
            if inside.next(b'}')? {
                return Err(no_variant());
            }
            inside.json.reader.take(1);
            Ok(value)
        })
    }
}

fn is_tagged_enum(visitor: &dyn Expected) -> bool {
    visitor.to_string().starts_with("internally tagged enum ")
}

/// Returns the text of a string without its quotes and escapes. The syntax is valid, so only a
/// surrogate without its pair can be wrong.
fn text<'de>(string: &'de str, what: &'static str) -> Result<Cow<'de, str>, Error> {
    let inner = string.get(1..string.len().saturating_sub(1)).unwrap_or_default();
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    serde_json::from_str(string).map(Cow::Owned).map_err(|_| Error::expected(what))
}

/// Reads a number for an `f32`, which must not become infinite.
fn short_float<'de, V: Visitor<'de>>(digits: &str, visitor: V) -> Result<V::Value, Error> {
    match digits.parse::<f32>() {
        Ok(number) if number.is_infinite() => Err(Error::expected("a smaller number")),
        _ => number(digits, visitor),
    }
}

/// Reads a number for an `i128`.
fn signed<'de, V: Visitor<'de>>(digits: &str, visitor: V) -> Result<V::Value, Error> {
    match digits.parse() {
        Ok(whole) => visitor.visit_i128(whole),
        Err(_) => number(digits, visitor),
    }
}

/// Reads a number for a `u128`.
fn unsigned<'de, V: Visitor<'de>>(digits: &str, visitor: V) -> Result<V::Value, Error> {
    match digits.parse() {
        Ok(whole) => visitor.visit_u128(whole),
        Err(_) => number(digits, visitor),
    }
}

fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    let is_whole = !text.contains(['.', 'e', 'E']);
    if let (true, Ok(number)) = (is_whole, text.parse::<u64>()) {
        return visitor.visit_u64(number);
    }
    // serde_json reads `-0` as the float that it is.
    if let (true, Ok(number @ i64::MIN..=-1)) = (is_whole, text.parse::<i64>()) {
        return visitor.visit_i64(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => visitor.visit_f64(number),
        _ => Err(Error::expected("a smaller number")),
    }
}

macro_rules! wide_numbers {
    ($($method:ident $read:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match kind_of(self.reader.peek()) {
                Kind::Number => $read(self.reader.word(), visitor),
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Json<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.reader.peek() {
            b'{' => self.object(visitor),
            // serde's derive would take an array for a tagged enum, as it does for a struct.
            b'[' if is_tagged_enum(&visitor) => Err(Error::expected("an object")),
            b'[' => self.list(visitor),
            b'"' => match text(self.reader.string(), "text in valid Unicode")? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            _ => match self.reader.word() {
                "null" => visitor.visit_unit(),
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                digits => number(digits, visitor),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.reader.peek() == b'n' {
            self.reader.word();
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == RAW_VALUE {
            let mut value = serde_json::Deserializer::from_str(self.reader.value());
            return value.deserialize_newtype_struct(name, visitor).map_err(Error::custom);
        }
        visitor.visit_newtype_struct(self).map_err(|error| error.of_newtype(name))
    }

    /// Rejects an array, which serde's derive would take for a struct.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.reader.peek() == b'{' {
            self.object(visitor)
        } else {
            Err(Error::expected("an object"))
        }
    }

    /// Reads the name of a field or a variant. Rejects a number, which serde's derive would take.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.reader.peek() == b'"' {
            self.deserialize_any(visitor)
        } else {
            Err(Error::invalid_type(Unexpected::Other("value"), &visitor))
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.reader.peek() == b'[' { self.list(visitor) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.reader.peek() {
            b'"' => {
                let name = text(self.reader.string(), "text in valid Unicode")?;
                visitor.visit_enum(CowStrDeserializer::new(name))
            }
            b'{' => self.variant(variants, visitor),
            _ => Err(Error::expected(words::one_of(variants))),
        }
    }

    wide_numbers! {
        deserialize_f32 short_float deserialize_i128 signed deserialize_u128 unsigned
    }

    /// Reads bytes from a list of numbers or a string, in which a surrogate needs no pair, as
    /// serde_json does.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.reader.peek() != b'"' {
            return self.deserialize_any(visitor);
        }
        let string = self.reader.string();
        match text(string, "text") {
            Ok(Cow::Borrowed(text)) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Ok(Cow::Owned(text)) => visitor.visit_byte_buf(text.into_bytes()),
            Err(_) => {
                let mut value = serde_json::Deserializer::from_str(string);
                value.deserialize_bytes(visitor).map_err(Error::custom)
            }
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.reader.value();
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f64 char str string unit unit_struct tuple
        tuple_struct
    }
}

/// The inside of an object or a list, between two values.
struct Inside<'r, 'de> {
    json: Json<'r, 'de>,
    /// The number of values before this place.
    count: usize,
    /// The last name, if this is an object.
    name: Cow<'de, str>,
    /// True if the reader is at a value that its type has not read yet, or gave up.
    is_unread: bool,
}

impl<'r, 'de> Inside<'r, 'de> {
    fn new(json: Json<'r, 'de>) -> Self {
        Self { json, count: 0, name: Cow::Borrowed(""), is_unread: false }
    }

    /// Moves to the next value or name. Returns false if the end comes first.
    fn next(&mut self, end: u8) -> Result<bool, Error> {
        let reader = &mut *self.json.reader;
        if core::mem::take(&mut self.is_unread) {
            reader.value();
        }
        if reader.peek() == end {
            return Ok(false);
        }
        if self.count > 0 && !reader.eat(b',') {
            return Err(Error::custom("a value was left half read"));
        }
        reader.peek();
        self.count += 1;
        Ok(true)
    }

    /// Takes a name and its colon.
    fn take_name(&mut self) -> Result<(), Error> {
        self.name = text(self.json.reader.string(), "names in valid Unicode")?;
        self.json.reader.eat(b':');
        self.is_unread = true;
        Ok(())
    }

    /// Reads the value of the last name.
    fn member<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        if !self.is_unread {
            return Err(Error::custom("a value was asked for before its name"));
        }
        self.value(seed).map_err(|error| error.inside(&*self.name))
    }

    fn value<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        self.json.reader.peek();
        let len = self.json.reader.rest.len();
        let value = self.json.reborrow().read(seed);
        self.is_unread = self.json.reader.rest.len() == len;
        value
    }
}

impl<'de> SeqAccess<'de> for &mut Inside<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if !self.next(b']')? {
            return Ok(None);
        }
        let at = self.count - 1;
        self.value(seed).map(Some).map_err(|error| error.inside(at.to_string()))
    }
}

impl<'de> MapAccess<'de> for &mut Inside<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        self.take_name()?;
        // serde's own errors of names have the name already.
        seed.deserialize(Key(self.name.clone())).map(Some).map_err(|error| {
            if error.path().next().is_some() { error } else { error.inside(&*self.name) }
        })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.member(seed)
    }
}

/// The name of a member. It is read as a number or a boolean if the keys of a map are.
struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// Returns the name if it is a number by JSON's grammar.
    fn digits(&self) -> Option<&str> {
        let is_number = self.0.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && self.0.ends_with(|c: char| c.is_ascii_digit())
            && serde_json::from_str::<&RawValue>(&self.0).is_ok();
        is_number.then_some(&*self.0)
    }
}

macro_rules! numeric_keys {
    ($($method:ident $read:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.digits() {
                Some(digits) => $read(digits, visitor),
                None => self.deserialize_any(visitor),
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

    numeric_keys! {
        deserialize_i8 number deserialize_i16 number deserialize_i32 number deserialize_i64 number
        deserialize_u8 number deserialize_u16 number deserialize_u32 number deserialize_u64 number
        deserialize_f32 short_float deserialize_f64 number
        deserialize_i128 signed deserialize_u128 unsigned
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &*self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
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
        CowStrDeserializer::new(self.0).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(name) => visitor.visit_borrowed_bytes(name.as_bytes()),
            Cow::Owned(name) => visitor.visit_byte_buf(name.into_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    forward_to_deserialize_any! {
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// An enum in the form `{"name": value}`.
struct Variant<'a, 'r, 'de> {
    inside: &'a mut Inside<'r, 'de>,
}

impl<'a, 'r, 'de> EnumAccess<'de> for Variant<'a, 'r, 'de> {
    type Error = Error;
    type Variant = Content<'a, 'r, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Error> {
        let name = self.inside.name.clone();
        Ok((seed.deserialize(Key(name))?, Content { inside: self.inside }))
    }
}

struct Content<'a, 'r, 'de> {
    inside: &'a mut Inside<'r, 'de>,
}

impl<'de> Content<'_, '_, 'de> {
    fn read<V: Visitor<'de>>(
        self,
        start: u8,
        what: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.inside.json.reader.peek() == start {
            self.inside.member(Any(visitor))
        } else {
            Err(Error::expected(what).inside(&*self.inside.name))
        }
    }
}

impl<'de> VariantAccess<'de> for Content<'_, '_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.inside.member(PhantomData)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        self.inside.member(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.read(b'[', "a list", visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.read(b'{', "an object", visitor)
    }
}

/// A seed that reads whatever its visitor takes.
struct Any<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Any<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}
