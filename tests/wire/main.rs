//! Bytes in, bytes out.

#[cfg(feature = "json")]
mod bodies;
#[cfg(all(feature = "json", not(miri)))]
mod codec_equality;
#[cfg(feature = "json")]
mod formats;
#[cfg(all(feature = "json", not(miri)))]
mod properties;
#[cfg(feature = "cli")]
mod seeds;
