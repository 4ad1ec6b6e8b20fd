//! The extractors and the configs of actix-web's own, which reject a request with an API error.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::{Future, Ready, ready};
use core::pin::Pin;

use ::actix_web::dev::Payload;
use ::actix_web::error::{JsonPayloadError, PayloadError};
use ::actix_web::http::StatusCode;
use ::actix_web::web::{self, JsonConfig, PathConfig};
use ::actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use serde_core::de::DeserializeOwned;

use crate::adapters::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// A JSON body.
///
/// Refused are, as `body_incorrect_format`, a content type other than JSON and a text that is no JSON or no object; as
/// `body_too_large`, more than the limit of the app's `PayloadConfig`; as `parameter_missing`, `parameter_unknown` (with
/// serde's `deny_unknown_fields`) and `parameter_invalid`, the first parameter at fault, with its dotted path.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest for ApiJson<T> {
    type Error = ErrorResponse;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ErrorResponse>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !rejection::is_json(req.content_type()) {
            let error =
                rejection::body_incorrect_format("its content type is not application/json");
            return Box::pin(async { Err(error.into()) });
        }
        let body = web::Bytes::from_request(req, payload);
        Box::pin(async {
            Ok(Self(rejection::from_json(&body.await.map_err(|error| unread(&error))?)?))
        })
    }
}

/// The parameters of the query string, refused as those of [`ApiJson`] are.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequest for ApiQuery<T> {
    type Error = ErrorResponse;
    type Future = Ready<Result<Self, ErrorResponse>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(rejection::from_query(req.query_string()).map(Self).map_err(ErrorResponse::from))
    }
}

fn unread(error: &Error) -> ErrorObject {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => rejection::body_too_large(),
        _ => rejection::body_incorrect_format("it cannot be read to its end"),
    }
}

/// For `web::Json`. It says less of where than [`ApiJson`]: the parameter's own name, without its parents'.
pub fn json_config() -> JsonConfig {
    JsonConfig::default().error_handler(|error, _| json_error(&error).into())
}

fn json_error(error: &JsonPayloadError) -> ErrorResponse {
    match error {
        JsonPayloadError::OverflowKnownLength { .. }
        | JsonPayloadError::Overflow { .. }
        | JsonPayloadError::Payload(PayloadError::Overflow) => rejection::body_too_large(),
        JsonPayloadError::ContentType => {
            rejection::body_incorrect_format("its content type is not application/json")
        }
        JsonPayloadError::Deserialize(error) => rejection::json_error(Vec::new(), error),
        _ => rejection::body_incorrect_format("it cannot be read to its end"),
    }
    .into()
}

/// For `web::Path`: a path that cannot be read names no resource.
pub fn path_config() -> PathConfig {
    PathConfig::default().error_handler(|_, req| {
        ErrorResponse::from(rejection::not_found(req.method().as_str(), req.path())).into()
    })
}
