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

mod extract;
mod replace;

use ::actix_web::http::StatusCode;
use ::actix_web::{HttpResponse, ResponseError};

pub use self::extract::{ApiJson, ApiQuery, json_config, path_config};
pub use self::replace::{configure, only_api_errors};
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
