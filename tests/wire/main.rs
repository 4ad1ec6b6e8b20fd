//! Bytes in, bytes out.

#[cfg(feature = "json")]
mod bodies;
#[cfg(feature = "json")]
mod codec_equality;
#[cfg(feature = "json")]
mod formats;
#[cfg(feature = "json")]
mod properties;
#[cfg(feature = "cli")]
mod seeds;
