//! What a failed call came back with.

mod api_error;
mod retry_after;

pub use api_error::ApiError;
pub use retry_after::RetryAfter;
