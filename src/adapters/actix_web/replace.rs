//! The middleware that replaces error responses which the API did not make.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::future::Future;
use core::pin::Pin;

use ::actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody, to_bytes_limited};
use ::actix_web::dev::{ServiceRequest, ServiceResponse};
use ::actix_web::error::InternalError;
use ::actix_web::http::header::{
    AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, WWW_AUTHENTICATE,
};
use ::actix_web::http::{Method, StatusCode};
use ::actix_web::middleware::Next;
use ::actix_web::web::{self, ServiceConfig};
use ::actix_web::{Error, HttpMessage, HttpResponse};

use super::drain::SharedPayload;
use super::extract::{form_config, json_config, path_config, query_config};
use super::respond;
use crate::adapters::foreign::{ForeignError, PEEK_LIMIT, is_about_body};
use crate::adapters::rejection;
use crate::adapters::server_error::ServerError;
use crate::model::{ErrorObject, ErrorResponse};

/// Configures an app, or a scope of it: actix-web's own `Json`, `Form`, `Query` and `Path` reject
/// with API errors, and unknown routes are `not_found`.
pub fn configure(config: &mut ServiceConfig) {
    config
        .app_data(json_config())
        .app_data(form_config())
        .app_data(query_config())
        .app_data(path_config())
        .default_service(web::to(not_found));
}

async fn not_found(req: ::actix_web::HttpRequest) -> Result<HttpResponse, ErrorObject> {
    Err(rejection::not_found(req.method().as_str(), req.path()))
}

/// Middleware that makes every error response an API error, with its status unchanged.
///
/// | response | becomes |
/// |---|---|
/// | not an error | itself |
/// | an error of a handler or extractor that returns this crate's errors | itself |
/// | an error of this API, which a proxy forwards: JSON of at most 64 KiB that decodes | itself |
/// | an error in JSON to a HEAD request, without a body to decode | itself |
/// | any other error | by its status, which stays: |
///
#[doc = include_str!("../foreign_statuses.md")]
///
/// A replaced response keeps its headers, each value of them, except those that describe the body
/// or its framing. A 401 without a challenge gets `WWW-Authenticate: Bearer`. The old body is
/// dropped: log it in a middleware inside this one if it matters.
///
/// A body with a `Content-Encoding` cannot be decoded, so it is replaced. A gateway in front of
/// this API decompresses the responses inside this middleware, or requests none that are
/// compressed.
///
/// After a 413 up to 8 MiB of the request are read and dropped, so that a client that is still
/// sending sees the response.
///
/// Wrap it last, so that it is the outermost middleware. Then a body that is shorter than its
/// `Content-Length` also fails in the extractors: actix-web itself takes it for whole.
///
/// # Errors
///
/// Returns the errors of the service. Their responses are API errors, too.
pub async fn only_api_errors<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    run(req, next, &ForeignError::default_error).await
}

/// Same as [`only_api_errors`], with a mapping of your own.
///
/// The mapping returns the error for a foreign response, or `None` to leave the response unchanged.
/// The status never changes.
///
/// ```
/// use actix_web::{App, middleware::from_fn};
/// use intelliprint_error::actix_web::{ForeignError, only_api_errors_by};
/// use intelliprint_error::{ErrorCode, ErrorObject};
///
/// fn mapping(foreign: &ForeignError) -> Option<ErrorObject> {
///     match foreign.status() {
///         409 => Some(ErrorObject::new(ErrorCode::Refused, "The print job is already confirmed")),
///         _ => foreign.default_error(),
///     }
/// }
///
/// let app = App::new().wrap(from_fn(only_api_errors_by(mapping)));
/// ```
pub fn only_api_errors_by<B: MessageBody + 'static>(
    mapping: impl Fn(&ForeignError) -> Option<ErrorObject> + 'static,
) -> impl Fn(ServiceRequest, Next<B>) -> Running<B> + Clone + 'static {
    let mapping = Rc::new(mapping);
    move |req, next| {
        let mapping = mapping.clone();
        Box::pin(async move { run(req, next, &*mapping).await })
    }
}

type Running<B> = Pin<Box<dyn Future<Output = Result<ServiceResponse<EitherBody<B>>, Error>>>>;

async fn run<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
    mapping: &dyn Fn(&ForeignError) -> Option<ErrorObject>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let seen = Seen::new(&mut req);
    match next.call(req).await {
        Ok(response) => seen.replace_response(response, mapping).await,
        Err(error) => Err(seen.replace_error(error, mapping).await),
    }
}

/// What the middleware needs of a request after the service took it. actix-web cannot route a
/// request of which there is a clone.
struct Seen {
    method: Method,
    path: String,
    has_authorization: bool,
    payload: SharedPayload,
}

impl Seen {
    fn new(req: &mut ServiceRequest) -> Self {
        let payload = req.take_payload();
        let len = req.headers().get(CONTENT_LENGTH).and_then(|len| len.to_str().ok()?.parse().ok());
        let (shared, payload) = SharedPayload::of(payload, len, &mut req.extensions_mut());
        req.set_payload(payload);
        Self {
            method: req.method().clone(),
            path: req.path().to_string(),
            has_authorization: req.headers().contains_key(AUTHORIZATION),
            payload: shared,
        }
    }

    /// Reads and drops the rest of the payload if the response's status says that it is too large.
    async fn drain_after(&self, status: StatusCode) {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            self.payload.drain().await;
        }
    }

    /// The error for a foreign response with this status, or `None` to leave it unchanged.
    fn error(
        &self,
        status: StatusCode,
        mapping: &dyn Fn(&ForeignError) -> Option<ErrorObject>,
    ) -> Option<ErrorObject> {
        if !status.is_client_error() && !status.is_server_error() {
            return None;
        }
        mapping(&ForeignError {
            status: status.as_u16(),
            method: self.method.to_string(),
            path: self.path.clone(),
            has_authorization: self.has_authorization,
        })
    }

    async fn replace_response<B: MessageBody + 'static>(
        self,
        response: ServiceResponse<B>,
        mapping: &dyn Fn(&ForeignError) -> Option<ErrorObject>,
    ) -> Result<ServiceResponse<EitherBody<B>>, Error> {
        self.drain_after(response.status()).await;
        if response.response().extensions().contains::<ErrorObject>() {
            return Ok(response.map_into_left_body());
        }
        let Some(error) = self.error(response.status(), mapping) else {
            return Ok(response.map_into_left_body());
        };
        let has_no_body =
            matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
        if self.method == Method::HEAD && has_no_body && is_json(response.headers()) {
            // The headers are those of the response to a GET, whose body may be of this API.
            return Ok(response.map_into_left_body());
        }
        let (req, response) = response.into_parts();
        let response = replaced(response.map_into_boxed_body(), error).await;
        Ok(ServiceResponse::new(req, response.map_into_right_body()))
    }

    async fn replace_error(
        self,
        cause: Error,
        mapping: &dyn Fn(&ForeignError) -> Option<ErrorObject>,
    ) -> Error {
        if is_ours(&cause) {
            self.drain_after(cause.as_response_error().status_code()).await;
            return cause;
        }
        let response = cause.error_response();
        self.drain_after(response.status()).await;
        let response = match self.error(response.status(), mapping) {
            Some(error) => replaced(response, error).await,
            None => response,
        };
        // Also if nothing is replaced: some errors make their response only once.
        InternalError::from_response(cause, response).into()
    }
}

fn is_ours(error: &Error) -> bool {
    error.as_error::<ErrorResponse>().is_some()
        || error.as_error::<ErrorObject>().is_some()
        || error.as_error::<ServerError>().is_some()
}

/// Replaces the body with this error, unless the body is an error of this API.
async fn replaced(response: HttpResponse, error: ErrorObject) -> HttpResponse {
    let (mut head, body) = response.into_parts();
    if is_json(head.headers())
        && let Ok(Ok(bytes)) = to_bytes_limited(body, PEEK_LIMIT).await
        && let Ok(ErrorResponse { error }) = ErrorResponse::from_slice(&bytes)
    {
        head.extensions_mut().insert(error);
        return head.set_body(BoxBody::new(bytes));
    }
    let names: Vec<_> = head.headers().keys().cloned().collect();
    let headers = head.headers_mut();
    for name in names.into_iter().filter(|name| is_about_body(name.as_str())) {
        headers.remove(name);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let (ours, body) = respond(ServerError::from(error)).into_parts();
    if head.status() == StatusCode::UNAUTHORIZED && !head.headers().contains_key(WWW_AUTHENTICATE) {
        head.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(object) = ours.extensions().get::<ErrorObject>() {
        head.extensions_mut().insert(object.clone());
    }
    head.set_body(body)
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(rejection::is_json)
}
