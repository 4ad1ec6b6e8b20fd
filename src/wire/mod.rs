//! Bytes in, bytes out.

#[cfg(feature = "json")]
mod decode;
mod encode;
mod escape;
#[cfg(feature = "json")]
mod fast_path;
mod serde;

#[cfg(any(feature = "emit", feature = "axum", feature = "actix-web"))]
pub(crate) use decode::without_position;
#[cfg(feature = "json")]
pub use decode::{DecodeError, DecodeErrorKind};
