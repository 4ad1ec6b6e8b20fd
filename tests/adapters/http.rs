//! Conversions to and from the crate `http`.

use std::time::Duration;

use http::{Response, StatusCode};
use intelliprint_error::{ApiError, ErrorCode, ErrorObject, ErrorResponse, ErrorType, RetryAfter};

#[test]
fn every_code_has_its_status_but_the_sdks() {
    for code in ErrorCode::ALL {
        let status = StatusCode::try_from(*code).map(|status| status.as_u16());
        assert_eq!(status.ok(), code.http_status());
    }
    let error = StatusCode::try_from(ErrorCode::NetworkError).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`network_error` has no HTTP status: it is raised by SDKs only, never in an answer"
    );
}

#[track_caller]
fn answer(error: ErrorObject) -> (u16, String) {
    let answer: Response<Vec<u8>> = ErrorResponse::from(error.clone()).into();
    let same: Response<axum::body::Bytes> = error.into();
    assert_eq!(same.body(), answer.body());
    assert_eq!(same.status(), answer.status());
    assert_eq!(answer.headers().len(), 1);
    assert_eq!(answer.headers()["content-type"], "application/json");
    (answer.status().as_u16(), String::from_utf8(answer.into_body()).unwrap())
}

#[test]
fn an_answer_has_the_codes_status_and_body() {
    let (status, body) = answer(ErrorObject::parameter_missing("recipients"));
    assert_eq!(status, 400);
    assert_eq!(
        body,
        r#"{"error":{"message":"Missing required parameter: recipients","type":"invalid_request_error","code":"parameter_missing","param":"recipients"}}"#
    );
}

#[test]
fn a_name_that_only_sdks_raise_leaves_as_internal_error() {
    let internal = r#"{"error":{"message":"m","type":"internal_error","code":"internal_error"}}"#;
    assert_eq!(answer(ErrorObject::new(ErrorCode::NetworkError, "m")), (500, internal.into()));
    let mut by_code = ErrorObject::new(ErrorCode::NotFound, "m");
    by_code.code = "network_error".into();
    assert_eq!(answer(by_code), (500, internal.into()));
    let mut by_type = ErrorObject::new(ErrorCode::NotFound, "m");
    by_type.error_type = ErrorType::NetworkError.into();
    assert_eq!(answer(by_type), (500, internal.into()));
}

#[test]
fn a_code_of_a_newer_version_is_sent_on_as_it_is() {
    let mut newer = ErrorObject::new(ErrorCode::NotFound, "m");
    newer.code = "quota_exhausted".into();
    let body =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"quota_exhausted"}}"#;
    assert_eq!(answer(newer), (500, body.into()));
}

#[test]
fn headers_are_picked_up_whatever_they_hold() {
    let error = |name: &str, value: &[u8]| {
        let answer = Response::builder().status(503).header(name, value).body("x").unwrap();
        ApiError::from_response(&answer)
    };
    assert_eq!(error("Request-Id", b"req_1").request_id(), Some("req_1"));
    assert_eq!(error("request-id", b"req\xff").request_id(), Some("req\u{fffd}"));
    assert_eq!(error("x-request-id", b"req_1").request_id(), None);
    let retry_after = |value: &[u8]| error("retry-after", value).retry_after().cloned();
    let date = |text: &str| Some(RetryAfter::Date(text.into()));
    assert_eq!(retry_after(b"120"), Some(RetryAfter::Delay(Duration::from_secs(120))));
    assert_eq!(retry_after(b"0"), Some(RetryAfter::Delay(Duration::ZERO)));
    assert_eq!(
        retry_after(b"99999999999999999999"),
        Some(RetryAfter::Delay(Duration::from_secs(u64::MAX)))
    );
    assert_eq!(
        retry_after(b"Wed, 21 Oct 2026 07:28:00 GMT"),
        date("Wed, 21 Oct 2026 07:28:00 GMT")
    );
    assert_eq!(retry_after(b"-1"), date("-1"));
    assert_eq!(retry_after(b"1.5"), date("1.5"));
    assert_eq!(retry_after(b""), date(""));
    assert_eq!(error("x", b"y").retry_after(), None);
}
