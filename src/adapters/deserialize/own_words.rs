use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{Deserialize, Deserializer, Visitor};

/// The name by which our deserializers recognise [`OwnWords`].
pub(super) const TOKEN: &str = "$intelliprint_error::OwnWords";

/// A value whose type explains its own faults to the client.
///
/// The words of a type's own `Deserialize` or `TryFrom` stay on the server by default, because they
/// may name a value or an inner part. Inside `OwnWords` the extractors send them, up to 200
/// characters. Other deserializers read an `OwnWords<T>` as they read a `T`.
///
#[cfg_attr(feature = "axum", doc = "```")]
#[cfg_attr(not(feature = "axum"), doc = "```ignore")]
/// use intelliprint_error::axum::OwnWords;
///
/// #[derive(serde::Deserialize)]
/// #[serde(try_from = "String")]
/// struct Postcode(String);
///
/// impl TryFrom<String> for Postcode {
///     type Error = &'static str;
///
///     fn try_from(text: String) -> Result<Self, &'static str> {
///         let is_short = text.len() <= 8;
///         is_short.then_some(Self(text)).ok_or("a postcode has at most 8 characters")
///     }
/// }
///
/// // `{"postcode":"SW1A 1AA SW1A"}` is rejected with the message
/// // "Invalid value for parameter: postcode (a postcode has at most 8 characters)".
/// #[derive(serde::Deserialize)]
/// struct Address {
///     postcode: OwnWords<Postcode>,
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OwnWords<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OwnWords<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Inner<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Inner<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<T, D::Error> {
                T::deserialize(value)
            }
        }

        deserializer.deserialize_newtype_struct(TOKEN, Inner(PhantomData)).map(Self)
    }
}
