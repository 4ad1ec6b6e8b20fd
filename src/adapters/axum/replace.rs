//! The layer that replaces error responses of other origin by API errors.

use ::axum::Router;
use ::axum::middleware::map_response;
use ::axum::response::{IntoResponse, Response};
use ::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use ::http::{Method, Uri};

use crate::adapters::http::ApiAnswer;
use crate::adapters::rejection;
use crate::model::ErrorResponse;

/// The router, such that nothing but API errors leaves it when something fails: an unknown route and a method that a
/// route does not have are `not_found`, and any other answer of an error that no handler of this API made is replaced by
/// [`api_error`].
///
/// It takes the place of a fallback that the router has. Call it last: it covers the routes and layers that the router has by then, tower-http's `CatchPanicLayer`,
/// `RequestBodyLimitLayer` and `TimeoutLayer` among them.
pub fn with_api_errors<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.fallback(not_found).method_not_allowed_fallback(not_found).layer(map_response(replace))
}

async fn not_found(method: Method, uri: Uri) -> ErrorResponse {
    rejection::not_found(method.as_str(), uri.path()).into()
}

async fn replace(response: Response) -> Response {
    api_error(response)
}

/// An answer as one of this API: unchanged if it is no error (4xx or 5xx) or is of this API; else an error object with
/// the code that fits its status, or `internal_error`. The headers stay, but those about the body.
///
/// What was in the body is dropped: log it before, if it matters.
pub fn api_error(response: Response) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || response.extensions().get::<ApiAnswer>().is_some() {
        return response;
    }
    let (foreign, _) = response.into_parts();
    let mut answer = rejection::of_status(status.as_u16()).into_response();
    let about_body = [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING];
    for (name, value) in foreign.headers.iter().filter(|(name, _)| !about_body.contains(name)) {
        answer.headers_mut().append(name, value.clone());
    }
    answer
}
