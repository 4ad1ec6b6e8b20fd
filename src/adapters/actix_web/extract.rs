//! The extractors, and the configs of actix-web's own extractors.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::future::{Future, Ready, ready};
use core::pin::Pin;

use ::actix_web::dev::Payload;
use ::actix_web::error::{JsonPayloadError, PayloadError, UrlencodedError};
use ::actix_web::http::StatusCode;
use ::actix_web::web::{self, FormConfig, JsonConfig, PathConfig, QueryConfig};
use ::actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use serde_core::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};

use super::drain::SharedPayload;
use crate::adapters::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// Extracts a JSON body.
///
/// `Option<ApiJson<T>>` is actix-web's own extractor, which turns every rejection into `None`.
///
/// # Rejections
///
/// | request | status and code |
/// |---|---|
/// | a content type other than JSON | 422 `body_incorrect_format` |
/// | a body that is not JSON in UTF-8 | 422 `body_incorrect_format`, with line and column |
/// | JSON of another kind than `T`, such as an array for an object | 422 `body_incorrect_format` |
/// | a body above the limit of the app's `PayloadConfig` | 413 `body_too_large`, after up to 8 MiB of the rest are read |
/// | a body that ends too early, inside [`only_api_errors`](super::only_api_errors) | 422 `body_incorrect_format` |
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
/// ```
/// use actix_web::{App, web};
/// use intelliprint_error::actix_web::{ApiPath, ApiQuery};
///
/// #[derive(serde::Deserialize)]
/// struct Page {
///     limit: u8,
/// }
///
/// async fn list(account: ApiPath<u64>, page: ApiQuery<Page>) -> String {
///     format!("{} prints of account {}", page.0.limit, account.0)
/// }
///
/// let app = App::new().route("/v0/accounts/{id}/prints", web::get().to(list));
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
/// # Rejections
///
/// | request | status and code |
/// |---|---|
/// | another content type, or a body that ends too early | 422 `body_incorrect_format` |
/// | a body above the limit of the app's `PayloadConfig` | 413 `body_too_large`, after up to 8 MiB of the rest are read |
/// | a missing parameter | 400 `parameter_missing` |
/// | an unknown parameter, with serde's `deny_unknown_fields` | 400 `parameter_unknown` |
/// | a value of the wrong kind or out of range, or a parameter that occurs twice | 400 `parameter_invalid` |
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiForm<T>(pub T);

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, ErrorResponse>>>>;

impl<T: DeserializeOwned> FromRequest for ApiJson<T> {
    type Error = ErrorResponse;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !rejection::is_json(req.content_type()) {
            return Box::pin(async { Err(rejection::not_json().into()) });
        }
        let body = read_body(req, payload);
        Box::pin(async { Ok(Self(rejection::from_json(&body.await?)?)) })
    }
}

impl<T: DeserializeOwned> FromRequest for ApiForm<T> {
    type Error = ErrorResponse;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !rejection::is_form(req.content_type()) {
            return Box::pin(async { Err(rejection::not_a_form().into()) });
        }
        let body = read_body(req, payload);
        Box::pin(async { Ok(Self(rejection::from_form(&body.await?)?)) })
    }
}

impl<T: DeserializeOwned> FromRequest for ApiQuery<T> {
    type Error = ErrorResponse;
    type Future = Ready<Result<Self, ErrorResponse>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(rejection::from_query(req.query_string()).map(Self).map_err(ErrorResponse::from))
    }
}

impl<T: DeserializeOwned> FromRequest for ApiPath<T> {
    type Error = ErrorResponse;
    type Future = Ready<Result<Self, ErrorResponse>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_path(req).map(Self).map_err(ErrorResponse::from))
    }
}

fn read_path<T: DeserializeOwned>(req: &HttpRequest) -> Result<T, ErrorObject> {
    let pairs = web::Path::<Parameters>::extract(req).into_inner();
    let Parameters(pairs) = pairs.map_err(|_| rejection::no_such_parameters())?.into_inner();
    // actix-web puts U+FFFD in the place of what is not UTF-8.
    let replaced = pairs.iter().find(|(_, value)| value.contains(char::REPLACEMENT_CHARACTER));
    match replaced {
        Some((name, _)) if !is_utf8_when_decoded(req.uri().path()) => {
            Err(rejection::not_utf8(name))
        }
        _ => rejection::from_path(
            pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
        ),
    }
}

fn is_utf8_when_decoded(path: &str) -> bool {
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex =
            after.get(..2).filter(|hex| *byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let escaped = hex
            .and_then(|hex| core::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(escaped.unwrap_or(*byte));
        rest = after.get(if escaped.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    core::str::from_utf8(&decoded).is_ok()
}

/// The route's parameters, decoded, in order.
struct Parameters(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Parameters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Parameters;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("parameters")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parameters, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    pairs.push((name, map.next_value()?));
                }
                Ok(Parameters(pairs))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// A parameter's name. actix-web's deserializer of paths has names as identifiers alone.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.into()))
            }
        }

        deserializer.deserialize_identifier(Text)
    }
}

/// The whole body, within the limit of the app's `PayloadConfig`. The rest of a longer one is read
/// and dropped, so that a client that is still sending sees the response.
fn read_body(req: &HttpRequest, payload: &mut Payload) -> Extracting<web::Bytes> {
    let (shared, mut payload) = SharedPayload::of(payload.take(), None, &mut req.extensions_mut());
    let body = web::Bytes::from_request(req, &mut payload);
    Box::pin(async move {
        match body.await {
            Ok(body) => Ok(body),
            Err(error) if is_too_large(&error) => {
                shared.drain().await;
                Err(rejection::body_too_large().into())
            }
            Err(_) => Err(rejection::incomplete_body().into()),
        }
    })
}

fn is_too_large(error: &Error) -> bool {
    error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE
}

/// Makes the rejections of `web::Json` API errors. They name no parameter, unlike those of
/// [`ApiJson`].
///
/// | request | status and code |
/// |---|---|
/// | a content type other than JSON | 422 `body_incorrect_format` |
/// | a body that cannot be read as JSON of the expected form | 422 `body_incorrect_format` |
/// | a body above the config's limit | 413 `body_too_large` |
/// | a missing field, or a value that does not fit the type | 400 `parameter_invalid` |
#[must_use]
pub fn json_config() -> JsonConfig {
    JsonConfig::default().error_handler(|error, _| json_error(&error).into())
}

fn json_error(error: &JsonPayloadError) -> ErrorResponse {
    match error {
        JsonPayloadError::OverflowKnownLength { .. }
        | JsonPayloadError::Overflow { .. }
        | JsonPayloadError::Payload(PayloadError::Overflow) => rejection::body_too_large(),
        JsonPayloadError::ContentType => rejection::not_json(),
        JsonPayloadError::Deserialize(error) if error.is_data() => invalid_value("request body"),
        JsonPayloadError::Deserialize(error) => rejection::unread_json(Some(error)),
        _ => rejection::incomplete_body(),
    }
    .into()
}

/// Makes the rejections of `web::Form` API errors. They name no parameter, unlike those of
/// [`ApiForm`].
///
/// | request | status and code |
/// |---|---|
/// | another content type, or a body that cannot be read | 422 `body_incorrect_format` |
/// | a body above the config's limit | 413 `body_too_large` |
/// | a missing parameter, or a value that does not fit the type | 400 `parameter_invalid` |
#[must_use]
pub fn form_config() -> FormConfig {
    FormConfig::default().error_handler(|error, _| form_error(&error).into())
}

fn form_error(error: &UrlencodedError) -> ErrorResponse {
    match error {
        UrlencodedError::Overflow { .. } | UrlencodedError::Payload(PayloadError::Overflow) => {
            rejection::body_too_large()
        }
        UrlencodedError::ContentType => rejection::not_a_form(),
        UrlencodedError::Parse(_) => invalid_value("request body"),
        _ => rejection::incomplete_body(),
    }
    .into()
}

/// Makes the rejections of `web::Query` a `parameter_invalid`, 400. They name no parameter, unlike
/// those of [`ApiQuery`].
#[must_use]
pub fn query_config() -> QueryConfig {
    QueryConfig::default()
        .error_handler(|_, _| ErrorResponse::from(invalid_value("query string")).into())
}

/// Makes the rejections of `web::Path` a `parameter_invalid`, 400. They name no parameter, unlike
/// those of [`ApiPath`].
#[must_use]
pub fn path_config() -> PathConfig {
    PathConfig::default().error_handler(|_, _| ErrorResponse::from(invalid_value("path")).into())
}

fn invalid_value(part: &str) -> ErrorObject {
    rejection::parameters_invalid(
        &alloc::format!("The {part} has the wrong form"),
        "a value in it is invalid",
    )
}
