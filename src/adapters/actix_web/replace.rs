//! The middleware that replaces error responses of other origin by API errors.

use ::actix_web::body::{EitherBody, MessageBody};
use ::actix_web::dev::{ServiceRequest, ServiceResponse};
use ::actix_web::http::StatusCode;
use ::actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use ::actix_web::middleware::Next;
use ::actix_web::web::{self, ServiceConfig};
use ::actix_web::{Error, HttpRequest, HttpResponse};

use super::extract::{json_config, path_config};
use super::{ApiAnswer, answer};
use crate::adapters::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// An app, or a scope of it, whose extractors and unknown routes answer with API errors.
pub fn configure(config: &mut ServiceConfig) {
    config.app_data(json_config()).app_data(path_config()).default_service(web::to(not_found));
}

async fn not_found(req: HttpRequest) -> Result<HttpResponse, ErrorObject> {
    Err(rejection::not_found(req.method().as_str(), req.path()))
}

/// Middleware: an answer of an error (4xx or 5xx) that is not of this API becomes one, with the code that fits its
/// status, or `internal_error`. The headers stay, but those about the body.
///
/// # Errors
///
/// Those of the service: as API errors, too.
pub async fn only_api_errors<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = match next.call(req).await {
        Ok(response) => response,
        Err(error) if is_of_this_api(&error) => return Err(error),
        Err(error) => {
            return Err(
                rejection::of_status(error.as_response_error().status_code().as_u16()).into()
            );
        }
    };
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || response.response().extensions().contains::<ApiAnswer>() {
        return Ok(response.map_into_left_body());
    }
    let (req, foreign) = response.into_parts();
    let error = match status {
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND => {
            rejection::not_found(req.method().as_str(), req.path())
        }
        _ => rejection::of_status(status.as_u16()),
    };
    let mut answer = answer(error.into());
    let about_body = [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING];
    for (name, value) in foreign.headers().iter().filter(|(name, _)| !about_body.contains(name)) {
        answer.headers_mut().append(name.clone(), value.clone());
    }
    Ok(ServiceResponse::new(req, answer.map_into_right_body()))
}

fn is_of_this_api(error: &Error) -> bool {
    error.as_error::<ErrorResponse>().is_some() || error.as_error::<ErrorObject>().is_some()
}
