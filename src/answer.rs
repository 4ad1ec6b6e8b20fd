//! What every adapter that makes an HTTP answer has in common.

use crate::{ErrorCode, ErrorObject, ErrorResponse, Open, Origin};

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
