//! The error of a failed call: what it keeps, shows and permits.
#![cfg(feature = "json")]

mod api_error;
#[cfg(all(feature = "http", not(miri)))]
mod conformance;
#[cfg(all(feature = "http", not(miri)))]
mod cut_body;
#[cfg(all(feature = "http", not(miri)))]
mod example_clients;
#[cfg(all(feature = "http", not(miri)))]
mod example_reqwest;
#[cfg(not(miri))]
mod log;
#[cfg(not(miri))]
mod logging;
#[path = "../common/object.rs"]
mod object;
mod retry_after;
#[cfg(all(feature = "http", not(miri)))]
mod whole_body;
