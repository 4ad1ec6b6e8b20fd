//! The error of a failed call, for clients and SDKs.

mod api_error;
mod retry_after;

pub use api_error::ApiError;
pub use retry_after::RetryAfter;
