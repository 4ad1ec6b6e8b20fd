//! Conversions to and from the crate `http`.

use std::time::Duration;

use http::{Response, StatusCode};
use intelliprint_error::{ApiError, ErrorCode, ErrorObject, ErrorResponse, RetryAfter};

use crate::object::decoded;

#[test]
fn every_code_has_its_status_but_the_sdks() {
    for code in ErrorCode::ALL {
        let status = StatusCode::try_from(*code).map(|status| status.as_u16());
        assert_eq!(status.ok(), code.http_status());
    }
    let error = StatusCode::try_from(ErrorCode::NetworkError).unwrap_err();
    assert_eq!(error.to_string(), "`network_error` has no HTTP status: only SDKs raise it");
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
    let by_code = decoded("m", "invalid_request_error", "network_error", None);
    assert_eq!(answer(by_code), (500, internal.into()));
    let by_type = decoded("m", "network_error", "not_found", None);
    assert_eq!(answer(by_type), (500, internal.into()));
}

#[test]
fn a_code_of_a_newer_version_is_sent_on_as_it_is() {
    let newer = decoded("m", "invalid_request_error", "quota_exhausted", None);
    let body =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"quota_exhausted"}}"#;
    assert_eq!(answer(newer), (500, body.into()));
}

#[test]
fn headers_are_kept_whatever_they_hold() {
    let error = |name: &str, value: &[u8]| {
        let response = Response::builder().status(503).header(name, value).body("x").unwrap();
        ApiError::from_response(&response)
    };
    assert_eq!(error("Request-Id", b"req_1").request_id(), Some("req_1"));
    assert_eq!(error("request-id", b"req\xff").request_id(), Some("req\u{fffd}"));
    assert_eq!(error("request-id", b"").request_id(), None);
    assert_eq!(error("x-request-id", b"req_1").request_id(), None);
    let retry_after = |value: &[u8]| {
        error("retry-after", value).retry_after().map(|value| value.as_str().to_owned())
    };
    for value in ["120", "99999999999999999999", "Wed, 21 Oct 2026 07:28:00 GMT", "-1"] {
        assert_eq!(retry_after(value.as_bytes()).as_deref(), Some(value));
    }
    assert_eq!(retry_after(b""), None);
    assert_eq!(error("x", b"y").retry_after(), None);
}

#[test]
fn the_first_of_several_headers_counts() {
    let response = Response::builder()
        .status(429)
        .header("request-id", "req_1")
        .header("request-id", "req_2")
        .header("retry-after", "7")
        .header("retry-after", "8")
        .body("x")
        .unwrap();
    let (head, body) = response.into_parts();
    let error = ApiError::from_http(head.status, &head.headers, body);
    assert_eq!((error.status(), error.body()), (Some(429), Some(&b"x"[..])));
    assert_eq!(error.request_id(), Some("req_1"));
    let delay = error.retry_after().and_then(RetryAfter::delay);
    assert_eq!(delay, Some(Duration::from_secs(7)));
    // Headers that are absent leave what was set before.
    let kept = error.with_headers(&http::HeaderMap::new());
    assert_eq!((kept.request_id(), kept.retry_after().is_some()), (Some("req_1"), true));
}
