//! What a failed call came back with.

#[cfg(feature = "json")]
mod api_error;
#[cfg(all(feature = "json", not(miri)))]
mod logging;
