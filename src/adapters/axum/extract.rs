//! The extractors, which reject a request with an API error.

use alloc::format;
use alloc::vec::Vec;

use ::axum::body::Bytes;
use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::PathRejection;
use ::axum::extract::{FromRequest, FromRequestParts, Path, RawPathParams, Request};
use ::http::StatusCode;
use ::http::header::CONTENT_TYPE;
use ::http::request::Parts;
use serde_core::de::DeserializeOwned;

use crate::adapters::rejection;
use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

/// A JSON body.
///
/// Refused are, as `body_incorrect_format`, a content type other than JSON and a text that is no JSON or no object; as
/// `body_too_large`, more than the router's `DefaultBodyLimit`; as `parameter_missing`, `parameter_unknown` (with
/// serde's `deny_unknown_fields`) and `parameter_invalid`, the first parameter at fault, with its dotted path.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = ErrorResponse;

    async fn from_request(req: Request, state: &S) -> Result<Self, ErrorResponse> {
        let content_type = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !rejection::is_json(content_type.unwrap_or_default()) {
            return Err(rejection::body_incorrect_format(
                "its content type is not application/json",
            )
            .into());
        }
        let body = Bytes::from_request(req, state).await.map_err(|rejection| {
            match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => rejection::body_too_large(),
                _ => rejection::body_incorrect_format("it cannot be read to its end"),
            }
        })?;
        Ok(Self(rejection::from_json(&body)?))
    }
}

/// The parameters of the query string, refused as those of [`ApiJson`] are.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErrorResponse> {
        Ok(Self(rejection::from_query(parts.uri.query().unwrap_or_default())?))
    }
}

/// The parameters of the path. A value of the wrong kind is `parameter_invalid`.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(rejection) => {
                let params = RawPathParams::from_request_parts(parts, state).await;
                let params =
                    params.as_ref().map(|params| params.iter().collect()).unwrap_or_default();
                Err(path_error(&rejection, params).into())
            }
        }
    }
}

/// The error knows a parameter by its name, by its place or by its value; the route knows all of each.
fn path_error(rejection: &PathRejection, params: Vec<(&str, &str)>) -> ErrorObject {
    let invalid = |name: &str, why: &str| rejection::parameter_invalid(name.into(), why);
    let invalid_one = |param: Option<&(&str, &str)>, why: &str| {
        invalid(param.map_or("path", |(name, _)| name), why)
    };
    let PathRejection::FailedToDeserializePathParams(error) = rejection else {
        return no_such_parameters();
    };
    match error.kind() {
        ErrorKind::ParseErrorAtKey { key, expected_type, .. } => {
            invalid(key, &format!("expected {expected_type}"))
        }
        ErrorKind::ParseErrorAtIndex { index, expected_type, .. } => {
            invalid_one(params.get(*index), &format!("expected {expected_type}"))
        }
        ErrorKind::ParseError { expected_type, .. } => {
            invalid_one(params.first(), &format!("expected {expected_type}"))
        }
        ErrorKind::DeserializeError { key, message, .. } => {
            invalid(key, rejection::expectation(message))
        }
        ErrorKind::InvalidUtf8InPathParam { key } => invalid(key, "expected UTF-8"),
        // A missing field is for the arm below: the type asks for more than the route has.
        ErrorKind::Message(message) if !message.starts_with("missing field ") => {
            let is_named = |(_, value): &&(&str, &str)| {
                params.len() == 1 || message.contains(&format!("`{value}`"))
            };
            invalid_one(params.iter().find(is_named), rejection::expectation(message))
        }
        _ => no_such_parameters(),
    }
}

/// The handler asks for what its route does not have.
fn no_such_parameters() -> ErrorObject {
    ErrorObject::new(ErrorCode::InternalError, "The route has no such parameters")
}
