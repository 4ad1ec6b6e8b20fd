//! What every adapter that makes an HTTP answer has in common.

#[cfg(feature = "actix-web")]
pub mod actix_web;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "http")]
pub mod http;
#[cfg(any(feature = "axum", feature = "actix-web"))]
mod rejection;
#[cfg(feature = "utoipa")]
pub mod utoipa;

#[cfg(any(feature = "http", feature = "actix-web"))]
use crate::model::{ErrorCode, ErrorObject, ErrorResponse, Open, Origin};

#[cfg(any(feature = "http", feature = "actix-web"))]
impl ErrorResponse {
    /// The answer's status and body. A name that only SDKs raise never crosses the wire.
    pub(crate) fn into_answer(self) -> (u16, Self) {
        let ErrorObject { error_type, code, .. } = &self.error;
        let is_sdk = code.known().is_some_and(|code| code.origin() == Origin::Sdk)
            || error_type.known().is_some_and(|error_type| error_type.origin() == Origin::Sdk);
        if is_sdk {
            let internal = ErrorCode::InternalError;
            let (code, error_type) = (Open::Known(internal), Open::Known(internal.error_type()));
            return Self::from(ErrorObject { code, error_type, ..self.error }).into_answer();
        }
        (code.known().and_then(ErrorCode::http_status).unwrap_or(500), self)
    }
}
