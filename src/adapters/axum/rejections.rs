//! axum's own rejections as API errors, for extractors that users derive or wrap.

use ::axum::extract::multipart::{MultipartError, MultipartRejection};
use ::axum::extract::rejection::{
    BytesRejection, FailedToBufferBody, FormRejection, JsonRejection, PathRejection,
    QueryRejection, RawFormRejection, RawPathParamsRejection, StringRejection,
};
use ::http::StatusCode;

use crate::adapters::rejection;
use crate::model::{ErrorObject, ErrorResponse};

/// The error of a rejection with this status. `unfit` makes the error of an unfit body.
fn of_body(status: StatusCode, unfit: impl FnOnce() -> ErrorObject) -> ErrorObject {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => rejection::body_too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            rejection::body_incorrect_format("its content type is not the expected one")
        }
        status if status.is_server_error() => rejection::no_such_parameters(),
        _ => unfit(),
    }
}

macro_rules! rejections_of_bodies {
    ($($rejection:ty: $unfit:expr, $example:literal;)*) => {$(
        #[doc = $example]
        impl From<$rejection> for ErrorResponse {
            fn from(rejection: $rejection) -> Self {
                of_body(rejection.status(), || $unfit).into()
            }
        }
    )*};
}

rejections_of_bodies! {
    FailedToBufferBody: rejection::incomplete_body(),
        "413 is `body_too_large`, any other status `body_incorrect_format`.";
    BytesRejection: rejection::incomplete_body(),
        "413 is `body_too_large`, any other status `body_incorrect_format`.";
    StringRejection: rejection::body_incorrect_format("expected text in UTF-8"),
        "413 is `body_too_large`, any other status `body_incorrect_format`.";
    RawFormRejection: rejection::incomplete_body(),
        "413 is `body_too_large`, any other status `body_incorrect_format`.";
    MultipartRejection: rejection::body_incorrect_format("its content type has no boundary"),
        "`body_incorrect_format`.";
    MultipartError: rejection::body_incorrect_format("it is not a valid multipart/form-data body"),
        "413 is `body_too_large`, any other status `body_incorrect_format`.";
}

/// 413 is `body_too_large`; a value that does not fit the type is `parameter_invalid`, without a
/// param; any other is `body_incorrect_format`. [`ApiJson`](super::ApiJson) names the parameter.
impl From<JsonRejection> for ErrorResponse {
    fn from(rejection: JsonRejection) -> Self {
        match &rejection {
            JsonRejection::JsonDataError(_) => rejection::parameters_invalid(
                "The request body has the wrong form",
                "a value in it is invalid",
            )
            .into(),
            JsonRejection::MissingJsonContentType(_) => rejection::not_json().into(),
            _ => of_body(rejection.status(), || rejection::unread_json(None)).into(),
        }
    }
}

/// `parameter_invalid`, without a param: [`ApiQuery`](super::ApiQuery) names the parameter.
impl From<QueryRejection> for ErrorResponse {
    fn from(_: QueryRejection) -> Self {
        rejection::parameters_invalid(
            "The query string has the wrong form",
            "a value in it is invalid",
        )
        .into()
    }
}

/// 413 is `body_too_large`; a value that does not fit the type is `parameter_invalid`, without a
/// param; any other is `body_incorrect_format`. [`ApiForm`](super::ApiForm) names the parameter.
impl From<FormRejection> for ErrorResponse {
    fn from(rejection: FormRejection) -> Self {
        match &rejection {
            FormRejection::InvalidFormContentType(_) => rejection::not_a_form().into(),
            FormRejection::FailedToDeserializeForm(_)
            | FormRejection::FailedToDeserializeFormBody(_) => rejection::parameters_invalid(
                "The request body has the wrong form",
                "a value in it is invalid",
            )
            .into(),
            _ => of_body(rejection.status(), rejection::incomplete_body).into(),
        }
    }
}

/// A value that does not fit the type is `parameter_invalid`, without a param:
/// [`ApiPath`](super::ApiPath) names the parameter. A route without the parameters that the handler
/// asks for is `internal_error`.
impl From<PathRejection> for ErrorResponse {
    fn from(rejection: PathRejection) -> Self {
        path_error(rejection.status()).into()
    }
}

/// Same as for [`PathRejection`].
impl From<RawPathParamsRejection> for ErrorResponse {
    fn from(rejection: RawPathParamsRejection) -> Self {
        path_error(rejection.status()).into()
    }
}

fn path_error(status: StatusCode) -> ErrorObject {
    if status.is_server_error() {
        rejection::no_such_parameters()
    } else {
        rejection::parameters_invalid("The path has the wrong form", "a value in it is invalid")
    }
}
