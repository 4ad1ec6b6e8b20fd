//! Answers and extractors for `actix-web`.
//!
//! - [`ErrorResponse`] and [`ErrorObject`] implement actix-web's `ResponseError`, so a handler returns
//!   `Result<_, ErrorObject>`.
//! - [`ApiJson`] and [`ApiQuery`] refuse a request with the code and the dotted path of the parameter at fault.
//! - [`configure`] gives actix-web's own `web::Json` and `web::Path` error handlers that answer likewise, and unknown
//!   routes `not_found`; the middleware [`only_api_errors`] turns what else actix-web answers on
//!   its own, such as 405, into API errors.
//!
//! A panic in a handler ends actix-web's worker, and the connection with it: no answer leaves.
//!
//! ```
//! use actix_web::middleware::from_fn;
//! use actix_web::{App, HttpResponse, test, web};
//! use intelliprint_error::actix_web::{ApiJson, configure, only_api_errors};
//! use intelliprint_error::{ErrorCode, ErrorObject};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct NewPrint {
//!     file: String,
//!     #[serde(default)]
//!     confirmed: bool,
//! }
//!
//! async fn create(print: ApiJson<NewPrint>) -> Result<HttpResponse, ErrorObject> {
//!     if print.0.confirmed {
//!         return Err(ErrorObject::new(ErrorCode::PaymentError, "The balance does not cover the cost"));
//!     }
//!     Ok(HttpResponse::Ok().json(&print.0.file))
//! }
//!
//! # actix_web::rt::System::new().block_on(async {
//! let app = App::new()
//!     .wrap(from_fn(only_api_errors))
//!     .configure(configure)
//!     .route("/v0/prints", web::post().to(create));
//! let app = test::init_service(app).await;
//! let request = test::TestRequest::post()
//!     .uri("/v0/prints")
//!     .insert_header(("content-type", "application/json"))
//!     .set_payload(r#"{"confirmed":true}"#)
//!     .to_request();
//! let answer = test::call_service(&app, request).await;
//! assert_eq!(answer.status(), 400);
//! assert_eq!(
//!     test::read_body(answer).await,
//!     r#"{"error":{"message":"Missing required parameter: file","type":"invalid_request_error","code":"parameter_missing","param":"file"}}"#,
//! );
//! # });
//! ```

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::{Future, Ready, ready};
use core::pin::Pin;

use ::actix_web::body::{EitherBody, MessageBody};
use ::actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use ::actix_web::error::{JsonPayloadError, PayloadError};
use ::actix_web::http::StatusCode;
use ::actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use ::actix_web::middleware::Next;
use ::actix_web::web::{self, JsonConfig, PathConfig, ServiceConfig};
use ::actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use serde_core::de::DeserializeOwned;

use super::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// In an answer's extensions: it is one of this API.
struct ApiAnswer;

fn answer(response: ErrorResponse) -> HttpResponse {
    let (status, response) = response.into_answer();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer =
        HttpResponse::build(status).content_type("application/json").body(response.to_json());
    answer.extensions_mut().insert(ApiAnswer);
    answer
}

/// The answer: the code's status, `content-type: application/json`. A name that only SDKs raise becomes
/// `internal_error`, 500; a code that this version does not know is sent as it is, with 500.
impl ResponseError for ErrorResponse {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.clone().into_answer().0)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        answer(self.clone())
    }
}

/// As of an [`ErrorResponse`].
impl ResponseError for ErrorObject {
    fn status_code(&self) -> StatusCode {
        ErrorResponse::from(self.clone()).status_code()
    }

    fn error_response(&self) -> HttpResponse {
        answer(self.clone().into())
    }
}

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

/// An app, or a scope of it, whose extractors and unknown routes answer with API errors.
pub fn configure(config: &mut ServiceConfig) {
    config.app_data(json_config()).app_data(path_config()).default_service(web::to(not_found));
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
