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

#[cfg(feature = "actix-web")]
pub mod actix_web;
#[cfg(any(feature = "http", feature = "actix-web"))]
mod answer;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "schema")]
#[allow(dead_code, unreachable_pub)] // `build.rs` uses the rest of it.
mod catalogue;
#[cfg(feature = "suggest")]
mod closest;
#[cfg(feature = "json")]
mod decode;
#[cfg(feature = "schema")]
pub mod emit;
mod encode;
#[allow(deprecated)] // The tables and derives name every variant, withdrawn ones included.
mod error_code;
mod error_object;
mod error_response;
#[allow(deprecated)] // The same.
mod error_type;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "schema")]
#[allow(unreachable_pub)]
mod markdown;
mod name;
mod open;
mod origin;
mod plain;
#[cfg(feature = "json")]
mod reader;
#[cfg(any(feature = "axum", feature = "actix-web"))]
mod request;
#[cfg(feature = "json")]
mod response_error;
mod retry;
#[cfg(feature = "json")]
mod retry_after;
#[cfg(feature = "schema")]
mod schema;
mod serial;
#[cfg(feature = "suggest")]
mod suggest;
mod text;
#[cfg(feature = "utoipa")]
pub mod utoipa;

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
#[cfg(feature = "json")]
pub use retry_after::RetryAfter;
