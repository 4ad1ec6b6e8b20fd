//! HTTP: what a server sends and reads, and what a client makes of a response.
//!
//! `http` has the types of the crate `http`. `axum` and `actix_web` have one framework each, and
//! share the rules: `deserialize` and `rejection` for requests, `foreign` for error responses that
//! the API did not make, `response` for our own.

#[cfg(feature = "actix-web")]
pub mod actix_web;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(any(feature = "axum", feature = "actix-web"))]
mod deserialize;
#[cfg(any(feature = "axum", feature = "actix-web"))]
mod foreign;
#[cfg(feature = "http")]
pub mod http;
#[cfg(any(feature = "axum", feature = "actix-web"))]
mod rejection;
#[cfg(any(feature = "http", feature = "actix-web"))]
mod response;
#[cfg(any(feature = "http", feature = "actix-web"))]
mod server_error;
#[cfg(feature = "utoipa")]
pub mod utoipa;
