//! Parameters that are text: of a query string, a form or a path.

use alloc::borrow::Cow;
use alloc::vec::{self, Vec};

use serde_core::de::Error as _;
use serde_core::de::value::CowStrDeserializer;
use serde_core::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde_core::forward_to_deserialize_any;

use super::{Error, Fault, Kind};

/// A parameter's name and value, decoded.
pub(crate) type Pair<'de> = (Cow<'de, str>, Cow<'de, str>);

/// Reads the parameters of a query string or a form.
pub(crate) fn read_pairs<T: DeserializeOwned>(text: &[u8]) -> Result<T, Error> {
    let pairs = form_urlencoded::parse(text).collect();
    T::deserialize(Parameters { pairs, is_path: false })
        .map_err(|error| error.of_value(Kind::Object))
}

/// Reads the parameters of a path: a struct by their names, a tuple by their order, or one value.
pub(crate) fn read_path<T: DeserializeOwned>(pairs: Vec<Pair<'_>>) -> Result<T, Error> {
    // A type may reject the only value after it was read. Then the error has no path yet.
    let only = match &*pairs {
        [(name, _)] => Some(name.clone().into_owned()),
        _ => None,
    };
    T::deserialize(Parameters { pairs, is_path: true }).map_err(|error| {
        match (&error.fault, only) {
            (Fault::Own(_), Some(name)) if error.path().next().is_none() => error.inside(name),
            _ => error,
        }
    })
}

struct Parameters<'de> {
    pairs: Vec<Pair<'de>>,
    is_path: bool,
}

impl<'de> Parameters<'de> {
    /// The one parameter of a path, in the place of an object.
    fn one(mut self) -> Result<Named<'de>, Error> {
        match (self.is_path, self.pairs.pop(), self.pairs.is_empty()) {
            (true, Some((name, value)), true) => Ok(Named { name, value: Value(value) }),
            _ => Err(Error::expected("parameters")),
        }
    }

    fn map(self) -> Pairs<'de> {
        Pairs { pairs: self.pairs.into_iter(), value: None }
    }
}

/// One value of a path, with its name for errors.
struct Named<'de> {
    name: Cow<'de, str>,
    value: Value<'de>,
}

macro_rules! one_value {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let Named { name, value } = self.one()?;
            value.$method(visitor).map_err(|error| error.inside(name))
        }
    )*};
}

impl<'de> Deserializer<'de> for Parameters<'de> {
    type Error = Error;

    /// Reads the only parameter of a path as one value, as both frameworks do.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_path && self.pairs.len() == 1 {
            self.deserialize_str(visitor)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self.map())
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.is_path {
            return Err(Error::expected("parameters"));
        }
        let mut values = self.map();
        let value = visitor.visit_seq(&mut values)?;
        match values.pairs.len() {
            0 => Ok(value),
            _ => Err(Error::expected("fewer parameters")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self).map_err(|error: Error| error.of_newtype(name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        enum_name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Named { name, value } = self.one()?;
        value.deserialize_enum(enum_name, variants, visitor).map_err(|error| error.inside(name))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    one_value! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_bytes deserialize_byte_buf
    }

    forward_to_deserialize_any! { identifier ignored_any }
}

/// The parameters one by one, with or without their names.
struct Pairs<'de> {
    pairs: vec::IntoIter<Pair<'de>>,
    value: Option<Pair<'de>>,
}

fn read_value<'de, T: DeserializeSeed<'de>>(
    (name, text): Pair<'de>,
    seed: T,
) -> Result<T::Value, Error> {
    seed.deserialize(Value(text)).map_err(|error| error.inside(name))
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.pairs.next() else { return Ok(None) };
        self.value = Some((name.clone(), value));
        seed.deserialize(CowStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let pair = self
            .value
            .take()
            .ok_or_else(|| Error::custom("a value was asked for before its key"))?;
        read_value(pair, seed)
    }
}

impl<'de> SeqAccess<'de> for &mut Pairs<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.pairs.next().map(|pair| read_value(pair, seed)).transpose()
    }
}

/// The text of one parameter. It becomes a number or a boolean if a type asks for one.
struct Value<'de>(Cow<'de, str>);

macro_rules! parsed {
    ($($method:ident $visit:ident $kind:literal)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = self.0.parse().map_err(|_| Error::invalid_type(
                serde_core::de::Unexpected::Str(&self.0),
                &$kind,
            ))?;
            visitor.$visit(number)
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    parsed! {
        deserialize_bool visit_bool "a boolean"
        deserialize_i8 visit_i8 "i8" deserialize_i16 visit_i16 "i16"
        deserialize_i32 visit_i32 "i32" deserialize_i64 visit_i64 "i64"
        deserialize_i128 visit_i128 "i128"
        deserialize_u8 visit_u8 "u8" deserialize_u16 visit_u16 "u16"
        deserialize_u32 visit_u32 "u32" deserialize_u64 visit_u64 "u64"
        deserialize_u128 visit_u128 "u128"
        deserialize_f32 visit_f32 "f32" deserialize_f64 visit_f64 "f64"
        deserialize_char visit_char "a character"
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self).map_err(|error: Error| error.of_newtype(name))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(CowStrDeserializer::new(self.0))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(Error::expected("one value"))
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}
