#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_docs, missing_debug_implementations, unreachable_pub)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg_attr(feature = "json", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "json"),
    doc = "The Intelliprint API's error model. The whole page needs the feature `json`."
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

// `description_of!`, which the modules below use.
include!(concat!(env!("OUT_DIR"), "/fields.rs"));

#[cfg(feature = "schema")]
#[allow(dead_code, unreachable_pub)] // `build.rs` uses the rest of it.
mod catalogue;
#[cfg(feature = "json")]
mod decode;
#[cfg(feature = "schema")]
pub mod emit;
mod encode;
mod error_code;
mod error_object;
mod error_response;
mod error_type;
#[cfg(feature = "schema")]
#[allow(unreachable_pub)]
mod markdown;
mod name;
mod open;
mod origin;
mod plain;
#[cfg(feature = "json")]
mod reader;
#[cfg(feature = "json")]
mod response_error;
mod retry;
#[cfg(feature = "schema")]
mod schema;
mod serial;
mod text;

#[cfg(feature = "json")]
pub use decode::{DecodeError, DecodeErrorKind};
pub use error_code::ErrorCode;
pub use error_object::ErrorObject;
pub use error_response::ErrorResponse;
pub use error_type::ErrorType;
pub use name::Name;
pub use open::{Open, UnknownName};
pub use origin::Origin;
#[cfg(feature = "json")]
pub use response_error::ResponseError;
pub use retry::Retry;
