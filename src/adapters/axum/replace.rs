//! The layer that replaces error responses which the API did not make.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use ::axum::Router;
use ::axum::body::Body;
use ::axum::extract::{OriginalUri, Request};
use ::axum::middleware::{Next, from_fn};
use ::axum::response::{IntoResponse, Response};
use ::http::header::{AUTHORIZATION, CONTENT_TYPE, TRANSFER_ENCODING, WWW_AUTHENTICATE};
use ::http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::{BodyExt, Limited};

use super::drain::SharedBody;
use crate::adapters::foreign::{ForeignError, PEEK_LIMIT, is_about_body};
use crate::adapters::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// Makes every error response of the router an API error, with its status unchanged.
///
/// Call it last, because it covers the routes, the fallback and the layers that the router has by
/// then: tower-http's `CatchPanicLayer`, `RequestBodyLimitLayer` and `TimeoutLayer` among them. A
/// router inside it may be nested, and so may the result.
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
/// dropped: log it in a layer inside this one if it matters.
///
/// A body with a `Content-Encoding` cannot be decoded, so it is replaced. A gateway in front of
/// this API decompresses the responses inside this layer, or requests none that are compressed.
///
/// A path or method that the router does not have is `not_found`, unless the router has a fallback
/// of its own, which then responds. A 405 keeps its `Allow`.
///
/// After a 413 up to 8 MiB of the request are read and dropped, so that a client that is still
/// sending sees the response. A body that a client holds back until `100 Continue` is not read.
pub fn with_api_errors<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    with_api_errors_by(router, ForeignError::default_error)
}

/// Same as [`with_api_errors`], with a mapping of your own.
///
/// The mapping returns the error for a foreign response, or `None` to leave the response unchanged.
/// The status never changes.
///
/// ```
/// use axum::Router;
/// use intelliprint_error::axum::{ForeignError, with_api_errors_by};
/// use intelliprint_error::{ErrorCode, ErrorObject};
///
/// fn mapping(foreign: &ForeignError) -> Option<ErrorObject> {
///     match foreign.status() {
///         409 => Some(ErrorObject::new(ErrorCode::Refused, "The print job is already confirmed")),
///         _ => foreign.default_error(),
///     }
/// }
///
/// let app: Router = with_api_errors_by(Router::new(), mapping);
/// ```
pub fn with_api_errors_by<S: Clone + Send + Sync + 'static>(
    router: Router<S>,
    mapping: impl Fn(&ForeignError) -> Option<ErrorObject> + Send + Sync + 'static,
) -> Router<S> {
    let mapping = Arc::new(mapping);
    let router = if has_own_fallback(&router) { router } else { router.fallback(no_route) };
    router.layer(from_fn(move |request: Request, next: Next| {
        let mapping = mapping.clone();
        async move {
            let (request, seen) = Seen::new(request);
            let response = next.run(request).await;
            seen.replace(response, &*mapping).await
        }
    }))
}

/// Without a fallback of its own, a nested router would use that of the outer router. Only axum's
/// `Debug` output says whether a router has a fallback. A test checks that it still does.
fn has_own_fallback<S>(router: &Router<S>) -> bool {
    format!("{router:?}").contains("default_fallback: false")
}

/// The layer replaces this response.
async fn no_route() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// What the layer needs of a request after the router took it.
struct Seen {
    method: Method,
    path: String,
    has_authorization: bool,
    body: SharedBody,
}

impl Seen {
    fn new(request: Request) -> (Request, Self) {
        let original = request.extensions().get::<OriginalUri>();
        let path = original.map_or(request.uri(), |uri| &uri.0).path().to_string();
        let method = request.method().clone();
        let has_authorization = request.headers().contains_key(AUTHORIZATION);
        let (body, request) = SharedBody::of(request);
        (request, Self { method, path, has_authorization, body })
    }

    async fn replace(
        self,
        response: Response,
        mapping: &(impl Fn(&ForeignError) -> Option<ErrorObject> + ?Sized),
    ) -> Response {
        let status = response.status();
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            self.body.drain().await;
        }
        let is_error = status.is_client_error() || status.is_server_error();
        if !is_error || response.extensions().get::<ErrorObject>().is_some() {
            return response;
        }
        let foreign = ForeignError {
            status: status.as_u16(),
            method: self.method.to_string(),
            path: self.path,
            has_authorization: self.has_authorization,
        };
        match mapping(&foreign) {
            Some(error) => replaced(response, error, self.method == Method::HEAD).await,
            None => response,
        }
    }
}

/// Replaces the body with this error, unless the body is an error of this API.
async fn replaced(response: Response, error: ErrorObject, is_head: bool) -> Response {
    let (mut head, body) = response.into_parts();
    if is_json(&head.headers) {
        if is_head {
            // The headers are those of the response to a GET, whose body may be of this API.
            return Response::from_parts(head, body);
        }
        if let Ok(whole) = Limited::new(body, PEEK_LIMIT).collect().await {
            let bytes = whole.to_bytes();
            if let Ok(ErrorResponse { error }) = ErrorResponse::from_slice(&bytes) {
                // Its length is known now, and hyper sends nothing of a response that also says
                // `chunked`.
                head.headers.remove(TRANSFER_ENCODING);
                head.extensions.insert(error);
                return Response::from_parts(head, Body::from(bytes));
            }
        }
    }
    let (ours, body) = error.into_response().into_parts();
    let names: Vec<_> = head.headers.keys().cloned().collect();
    for name in names.into_iter().filter(|name| is_about_body(name.as_str())) {
        head.headers.remove(name);
    }
    head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if head.status == StatusCode::UNAUTHORIZED && !head.headers.contains_key(WWW_AUTHENTICATE) {
        head.headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    head.extensions.extend(ours.extensions);
    Response::from_parts(head, body)
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(rejection::is_json)
}
