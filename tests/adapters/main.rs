//! What leaves a server, and what a client gets, by real frameworks.

#[cfg(feature = "actix-web")]
mod actix_web;
#[cfg(feature = "axum")]
mod as_serde_json;
#[cfg(feature = "axum")]
mod axum;
#[cfg(all(feature = "axum", feature = "emit"))]
mod end_to_end;
#[cfg(all(feature = "axum", feature = "actix-web"))]
mod foreign;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
#[path = "../common/object.rs"]
mod object;
#[cfg(all(feature = "axum", feature = "emit", feature = "utoipa"))]
mod openapi_examples;
#[cfg(all(feature = "axum", feature = "actix-web"))]
mod requests;
#[cfg(feature = "actix-web")]
mod server_actix;
#[cfg(feature = "axum")]
mod server_axum;
#[cfg(all(feature = "axum", feature = "actix-web"))]
mod sockets;
#[cfg(feature = "utoipa")]
mod utoipa;
#[cfg(feature = "axum")]
mod words;
