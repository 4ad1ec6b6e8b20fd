//! The types and their facts. This module knows no wire format.

#[allow(deprecated, reason = "the tables and derives name every variant, withdrawn ones included")]
mod error_code;
mod error_object;
mod error_response;
#[allow(deprecated, reason = "same as for `error_code`")]
mod error_type;
mod open;
mod origin;
mod retry;
#[cfg(feature = "strum")]
mod strum;
#[cfg(feature = "suggest")]
mod suggest;
mod wire_enum;

pub use error_code::ErrorCode;
pub use error_object::ErrorObject;
pub use error_response::ErrorResponse;
pub use error_type::ErrorType;
pub use open::{Open, UnknownName};
pub use origin::Origin;
pub use retry::Retry;
pub use wire_enum::WireEnum;
