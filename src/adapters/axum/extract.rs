//! The extractors, which reject a request with an API error.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use ::axum::body::{Bytes, HttpBody};
use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::PathRejection;
use ::axum::extract::{
    FromRequest, FromRequestParts, OptionalFromRequest, OptionalFromRequestParts, Path, Request,
};
use ::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, TRANSFER_ENCODING};
use ::http::request::Parts;
use ::http::{StatusCode, Version};
use serde_core::de::DeserializeOwned;

use super::drain::SharedBody;
use crate::adapters::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// Extracts a JSON body.
///
/// As `Option<ApiJson<T>>` it is `None` for a request without a body and without a content type.
///
/// # Rejections
///
/// | request | status and code |
/// |---|---|
/// | a content type other than JSON | 422 `body_incorrect_format` |
/// | a body that is not JSON in UTF-8 | 422 `body_incorrect_format`, with line and column |
/// | JSON of another kind than `T`, such as an array for an object | 422 `body_incorrect_format` |
/// | a body above the router's `DefaultBodyLimit` | 413 `body_too_large`, after up to 8 MiB of the rest are read |
/// | a body that ends too early | 422 `body_incorrect_format` |
/// | a missing field | 400 `parameter_missing` with its dotted path |
/// | an unknown field, with serde's `deny_unknown_fields` | 400 `parameter_unknown` with its dotted path |
/// | a value of the wrong kind or out of range, or a field that occurs twice | 400 `parameter_invalid` with its dotted path |
/// | objects and lists that nest more than 128 levels deep | 400 `parameter_invalid` with its dotted path |
/// | a fault in a flattened field or a tagged enum | 400 `parameter_invalid` with the path of the object around it, if there is one |
///
/// A path counts a list's values from 0: `recipients.1.name`. What serde_json accepts for `T` is
/// accepted, except an array for a struct and a name that is not valid Unicode.
///
/// The words of a type's own `Deserialize` or `TryFrom` do not reach the client, unless the type is
/// wrapped in [`OwnWords`](super::OwnWords).
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiJson<T>(pub T);

/// Extracts the parameters of the query string.
///
/// As `Option<ApiQuery<T>>` it is `None` for a request without a query string.
///
/// ```
/// use axum::{Router, routing::get};
/// use intelliprint_error::axum::{ApiPath, ApiQuery};
///
/// #[derive(serde::Deserialize)]
/// struct Page {
///     limit: u8,
/// }
///
/// async fn list(ApiPath(account): ApiPath<u64>, ApiQuery(page): ApiQuery<Page>) -> String {
///     format!("{} prints of account {account}", page.limit)
/// }
///
/// let app: Router = Router::new().route("/v0/accounts/{id}/prints", get(list));
/// ```
///
/// # Rejections
///
/// | request | status and code |
/// |---|---|
/// | a missing parameter | 400 `parameter_missing` |
/// | an unknown parameter, with serde's `deny_unknown_fields` | 400 `parameter_unknown` |
/// | a value of the wrong kind or out of range, or a parameter that occurs twice | 400 `parameter_invalid` |
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiQuery<T>(pub T);

/// Extracts the parameters of the path.
///
/// As `Option<ApiPath<T>>` it is `None` for a route without parameters.
///
/// # Rejections
///
/// | request | status and code |
/// |---|---|
/// | a value of the wrong kind or out of range, or one that is not UTF-8 | 400 `parameter_invalid` with its name in the route |
/// | `T` asks for parameters that the route does not have | 500 `internal_error` |
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiPath<T>(pub T);

/// Extracts a body of type `application/x-www-form-urlencoded`. The API accepts such bodies.
///
/// As `Option<ApiForm<T>>` it is `None` for a request without a body and without a content type.
///
/// # Rejections
///
/// | request | status and code |
/// |---|---|
/// | another content type, or a body that ends too early | 422 `body_incorrect_format` |
/// | a body above the router's `DefaultBodyLimit` | 413 `body_too_large`, after up to 8 MiB of the rest are read |
/// | a missing parameter | 400 `parameter_missing` |
/// | an unknown parameter, with serde's `deny_unknown_fields` | 400 `parameter_unknown` |
/// | a value of the wrong kind or out of range, or a parameter that occurs twice | 400 `parameter_invalid` |
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiForm<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = ErrorResponse;

    async fn from_request(req: Request, state: &S) -> Result<Self, ErrorResponse> {
        if !rejection::is_json(content_type(req.headers())) {
            return Err(rejection::not_json().into());
        }
        Ok(Self(rejection::from_json(&read_body(req, state).await?)?))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for ApiJson<T> {
    type Rejection = ErrorResponse;

    async fn from_request(req: Request, state: &S) -> Result<Option<Self>, ErrorResponse> {
        if has_no_body(&req) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(req, state).await.map(Some)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiForm<T> {
    type Rejection = ErrorResponse;

    async fn from_request(req: Request, state: &S) -> Result<Self, ErrorResponse> {
        if !rejection::is_form(content_type(req.headers())) {
            return Err(rejection::not_a_form().into());
        }
        Ok(Self(rejection::from_form(&read_body(req, state).await?)?))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for ApiForm<T> {
    type Rejection = ErrorResponse;

    async fn from_request(req: Request, state: &S) -> Result<Option<Self>, ErrorResponse> {
        if has_no_body(&req) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(req, state).await.map(Some)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErrorResponse> {
        Ok(Self(rejection::from_query(parts.uri.query().unwrap_or_default())?))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequestParts<S> for ApiQuery<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, ErrorResponse> {
        let query = parts.uri.query().map(rejection::from_query).transpose()?;
        Ok(query.map(Self))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        let pairs =
            path_parameters(parts, state).await?.ok_or_else(rejection::no_such_parameters)?;
        Ok(Self(read_path(pairs)?))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> OptionalFromRequestParts<S> for ApiPath<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &S,
    ) -> Result<Option<Self>, ErrorResponse> {
        match path_parameters(parts, state).await? {
            Some(pairs) if !pairs.is_empty() => Ok(Some(Self(read_path(pairs)?))),
            _ => Ok(None),
        }
    }
}

fn read_path<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, ErrorObject> {
    let pairs = pairs.into_iter().map(|(name, value)| (Cow::Owned(name), Cow::Owned(value)));
    rejection::from_path(pairs.collect())
}

/// The route's parameters, decoded, in order. `None` if the route has none at all.
async fn path_parameters<S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
) -> Result<Option<Vec<(String, String)>>, ErrorObject> {
    match <Path<Vec<_>> as FromRequestParts<S>>::from_request_parts(parts, state).await {
        Ok(Path(pairs)) => Ok(Some(pairs)),
        Err(PathRejection::FailedToDeserializePathParams(error)) => match error.kind() {
            ErrorKind::InvalidUtf8InPathParam { key } => Err(rejection::not_utf8(key)),
            _ => Err(rejection::no_such_parameters()),
        },
        Err(_) => Ok(None),
    }
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// True if the request has no body and no content type. Only in HTTP/1 do the headers alone tell.
fn has_no_body(req: &Request) -> bool {
    let headers = req.headers();
    let len = headers.get(CONTENT_LENGTH);
    !headers.contains_key(CONTENT_TYPE)
        && !headers.contains_key(TRANSFER_ENCODING)
        && len.is_none_or(|len| len == "0")
        && (req.version() < Version::HTTP_2 || req.body().is_end_stream())
}

/// The whole body, within the router's `DefaultBodyLimit`. The rest of a longer one is read and
/// dropped, so that a client that is still sending sees the response.
async fn read_body<S: Send + Sync>(req: Request, state: &S) -> Result<Bytes, ErrorObject> {
    let (shared, req) = SharedBody::of(req);
    match Bytes::from_request(req, state).await {
        Ok(body) => Ok(body),
        Err(rejection) => {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                shared.drain().await;
            }
            Err(ErrorResponse::from(rejection).error)
        }
    }
}
