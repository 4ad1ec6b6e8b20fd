//! Deserializers for requests. Their [`Error`] knows the path of a parameter and what was expected.
//!
//! The errors of serde_json, serde_urlencoded and the frameworks are text, mixed with the words of
//! the server's own types. Here each fault keeps its kind.
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
