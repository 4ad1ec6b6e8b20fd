//! Responses and extractors for `actix-web`.
//!
//! | to | use |
//! |---|---|
//! | return an error from a handler | `Result<_, ErrorObject>`, or [`ServerError`], which also takes a cause for the log |
//! | read a request | [`ApiJson`], [`ApiForm`], [`ApiQuery`] and [`ApiPath`], whose rejections name the code and the parameter |
//! | use actix-web's own extractors | [`configure`], or [`json_config`], [`form_config`], [`query_config`] and [`path_config`] |
//! | make every other error response an API error | [`only_api_errors`] |
//! | log errors | a middleware that reads the [`ErrorObject`] and the [`Cause`] in a response's extensions |
//!
//! What lies below the app has no API body. actix-web itself responds to a malformed request (400),
//! to a request that is too slow (408) and to headers that are too large (431). A panic in a
//! handler ends the connection without a response.
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
//! let response = test::call_service(&app, request).await;
//! assert_eq!(response.status(), 400);
//! assert_eq!(
//!     test::read_body(response).await,
//!     r#"{"error":{"message":"Missing required parameter: file","type":"invalid_request_error","code":"parameter_missing","param":"file"}}"#,
//! );
//! # });
//! ```

mod drain;
mod extract;
mod replace;

use ::actix_web::http::StatusCode;
use ::actix_web::http::header::WWW_AUTHENTICATE;
use ::actix_web::{HttpResponse, ResponseError};

pub use self::extract::{
    ApiForm, ApiJson, ApiPath, ApiQuery, form_config, json_config, path_config, query_config,
};
pub use self::replace::{configure, only_api_errors, only_api_errors_by};
pub use super::deserialize::OwnWords;
pub use super::foreign::ForeignError;
pub use super::server_error::{Cause, ServerError};
use crate::model::{ErrorObject, ErrorResponse};

fn status_of(response: ErrorResponse) -> StatusCode {
    let (status, _) = response.into_sent();
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn respond(error: ServerError) -> HttpResponse {
    let (status, sent) = ErrorResponse::from(error.object).into_sent();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED {
        builder.insert_header((WWW_AUTHENTICATE, "Bearer"));
    }
    let mut response = builder.content_type("application/json").body(sent.to_json());
    response.extensions_mut().insert(sent.error);
    if let Some(cause) = error.cause {
        response.extensions_mut().insert(cause);
    }
    response
}

/// The response with the code's status and `content-type: application/json`.
///
/// - A name that only SDKs raise becomes `internal_error`, 500. A code that this version does not
///   know is sent as it is, with 500.
/// - A 401 gets `WWW-Authenticate: Bearer`, the API's scheme (observed).
/// - A body that would be longer than 4 KiB is cut in its param and message.
/// - The extensions hold the [`ErrorObject`], for a middleware that logs.
impl ResponseError for ErrorResponse {
    fn status_code(&self) -> StatusCode {
        status_of(self.clone())
    }

    fn error_response(&self) -> HttpResponse {
        respond(self.clone().into())
    }
}

/// Same as for [`ErrorResponse`].
impl ResponseError for ErrorObject {
    fn status_code(&self) -> StatusCode {
        status_of(self.clone().into())
    }

    fn error_response(&self) -> HttpResponse {
        respond(self.clone().into())
    }
}

/// Same as for [`ErrorResponse`]. The extensions also hold the [`Cause`].
impl ResponseError for ServerError {
    fn status_code(&self) -> StatusCode {
        status_of(self.object.clone().into())
    }

    fn error_response(&self) -> HttpResponse {
        respond(self.clone())
    }
}
