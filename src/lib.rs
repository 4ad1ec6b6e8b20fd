#![no_std]
#![forbid(unsafe_code)]
// Only for the library: a test may panic. `Cargo.toml` has the lints of all targets.
#![warn(missing_docs, missing_debug_implementations, unreachable_pub)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(feature = "json", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "json"),
    doc = "The error model of the Intelliprint API. The whole page needs the feature `json`."
)]

extern crate alloc;
// The command uses `format!` and `vec!` from here: the prelude of Rust 1.85 has neither.
#[cfg(any(test, feature = "cli", feature = "http"))]
#[cfg_attr(feature = "cli", macro_use)]
extern crate std;

// `description_of!`, which the modules below use.
include!(concat!(env!("OUT_DIR"), "/fields.rs"));

#[cfg(any(feature = "http", feature = "axum", feature = "actix-web", feature = "utoipa"))]
mod adapters;
#[cfg(feature = "emit")]
#[allow(dead_code, unreachable_pub, reason = "`build.rs` uses the rest of it")]
mod catalogue;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "json")]
mod client;
#[cfg(feature = "emit")]
pub mod emit;
#[cfg(all(feature = "schema", not(feature = "emit")))]
mod emit {
    mod schemars;
}
mod model;
mod text;
mod wire;

/// Guides, for the rendered documentation.
#[cfg(all(any(doc, doctest), feature = "emit"))]
pub mod guide {
    #[doc = include_str!("guide/retrying.md")]
    pub mod retrying {}
    #[doc = include_str!("guide/testing.md")]
    pub mod testing {}
}

#[cfg(feature = "actix-web")]
pub use adapters::actix_web;
#[cfg(feature = "axum")]
pub use adapters::axum;
#[cfg(feature = "http")]
pub use adapters::http;
#[cfg(feature = "utoipa")]
pub use adapters::utoipa;
#[cfg(feature = "json")]
pub use client::{ApiError, RetryAfter};
pub use model::{
    ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, Origin, Retry, UnknownName, WireEnum,
};
#[cfg(feature = "json")]
pub use wire::{DecodeError, DecodeErrorKind};
