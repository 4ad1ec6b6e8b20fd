//! What a failed call came back with.

#[cfg(feature = "json")]
mod api_error;
#[cfg(feature = "json")]
mod logging;
