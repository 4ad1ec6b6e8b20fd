//! Reads requests, and knows what is wrong with one: the path of the parameter, and what was
//! expected there.
//!
//! serde_json, serde_urlencoded and the frameworks tell this in words alone, mixed with the words of
//! the server's own types. The deserializers here use an [`Error`] of our own, so each fault keeps
//! its kind.
//!
//! | input | deserializer |
//! |---|---|
//! | a JSON body | [`json::read`] |
//! | a query string, a form | [`text::read_pairs`] |
//! | the parameters of a path | [`text::read_path`] |

mod error;
pub(crate) mod json;
mod own_words;
pub(crate) mod text;
mod words;

use error::Kind;
pub(crate) use error::{Error, Fault};
pub use own_words::OwnWords;
