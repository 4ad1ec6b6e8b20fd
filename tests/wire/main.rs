//! Bytes in, bytes out.

#[cfg(feature = "json")]
mod bodies;
#[cfg(feature = "json")]
mod codec_edges;
#[cfg(all(feature = "json", not(miri)))]
mod codec_equality;
#[cfg(feature = "json")]
mod formats;
#[cfg(feature = "cli")]
mod json_suite;
#[cfg(feature = "json")]
#[path = "../common/object.rs"]
mod object;
#[cfg(all(feature = "json", not(miri)))]
mod properties;
#[cfg(feature = "cli")]
mod seeds;
#[cfg(not(miri))]
mod tokens;
#[cfg(all(feature = "cli", not(miri)))]
mod verdicts;
