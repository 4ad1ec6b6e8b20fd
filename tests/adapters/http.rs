//! Conversions to and from the crate `http`.

use std::time::Duration;

use http::{Response, StatusCode};
use intelliprint_error::http::ServerError;
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

/// Status and body, after a check that the types of each framework have the same.
#[track_caller]
fn sent(error: ErrorObject) -> (u16, String) {
    let response: Response<Vec<u8>> = ErrorResponse::from(error.clone()).into();
    let same: Response<axum::body::Bytes> = error.clone().into();
    assert_eq!(same.body(), response.body());
    assert_eq!(same.status(), response.status());
    assert_eq!(response.headers().len(), 1);
    assert_eq!(response.headers()["content-type"], "application/json");
    let logged = response.extensions().get::<ErrorObject>().cloned().unwrap();
    assert_eq!(ErrorResponse::from(logged).to_json(), *response.body());
    #[cfg(feature = "actix-web")]
    assert_eq!(sent_by_actix(error), (response.status().as_u16(), response.body().clone()));
    (response.status().as_u16(), String::from_utf8(response.into_body()).unwrap())
}

#[cfg(feature = "actix-web")]
#[track_caller]
fn sent_by_actix(error: ErrorObject) -> (u16, Vec<u8>) {
    use actix_web::ResponseError;
    use actix_web::body::MessageBody;

    let server = ServerError::from(error.clone());
    let same: [&dyn ResponseError; 3] = [&ErrorResponse::from(error.clone()), &server, &error];
    let [response, server, object] = same.map(|error| {
        let response = error.error_response();
        assert_eq!(response.status(), error.status_code());
        assert_eq!(response.headers().len(), 1);
        assert_eq!(response.headers().get("content-type").unwrap(), "application/json");
        let logged = response.extensions().get::<ErrorObject>().cloned().unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().try_into_bytes().unwrap().to_vec();
        assert_eq!(ErrorResponse::from(logged).to_json(), body);
        (status, body)
    });
    assert_eq!((&response, &server), (&object, &object));
    object
}

#[test]
fn a_response_has_the_codes_status_and_body() {
    let (status, body) = sent(ErrorObject::parameter_missing("recipients"));
    assert_eq!(status, 400);
    assert_eq!(
        body,
        r#"{"error":{"message":"Missing required parameter: recipients","type":"invalid_request_error","code":"parameter_missing","param":"recipients"}}"#
    );
}

#[test]
fn a_name_that_only_sdks_raise_leaves_as_internal_error() {
    let internal = r#"{"error":{"message":"m","type":"internal_error","code":"internal_error"}}"#;
    assert_eq!(sent(ErrorObject::new(ErrorCode::NetworkError, "m")), (500, internal.into()));
    let by_code = decoded("m", "invalid_request_error", "network_error", None);
    assert_eq!(sent(by_code), (500, internal.into()));
    let by_type = decoded("m", "network_error", "not_found", None);
    assert_eq!(sent(by_type), (500, internal.into()));
    let with_param = decoded("m", "network_error", "network_error", Some("p"));
    let internal = internal.replace("}}", r#","param":"p"}}"#);
    assert_eq!(sent(with_param), (500, internal));
}

#[test]
fn a_name_of_a_newer_version_is_sent_on_as_it_is() {
    let newer = decoded("m", "invalid_request_error", "quota_exhausted", None);
    let body =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"quota_exhausted"}}"#;
    assert_eq!(sent(newer), (500, body.into()));
    let newer = decoded("m", "quota_error", "rate_limited", None);
    let body = r#"{"error":{"message":"m","type":"quota_error","code":"rate_limited"}}"#;
    assert_eq!(sent(newer), (429, body.into()));
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
    assert_eq!(error("request-id", b" ").request_id(), None);
    assert_eq!(error("request-id", b"\treq_1 ").request_id(), Some("req_1"));
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
fn a_body_is_kept_whole() {
    for len in [0, 1, 1000, 100_000] {
        let body = "x".repeat(len);
        let response = Response::builder().status(502).body(body.clone()).unwrap();
        assert_eq!(ApiError::from_response(&response).body(), Some(body.as_bytes()));
        let (head, body) = response.into_parts();
        let error = ApiError::from_http(head.status, &head.headers, body.clone());
        assert_eq!(error.into_body(), Some(body.into_bytes()));
    }
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
    // Headers that are absent or empty leave what was set before.
    let mut empty = http::HeaderMap::new();
    let kept = error.with_headers(&empty);
    assert_eq!((kept.request_id(), kept.retry_after().is_some()), (Some("req_1"), true));
    for name in ["request-id", "retry-after"] {
        empty.append(name, " \t".parse().unwrap());
        empty.append(name, "9".parse().unwrap());
    }
    let kept = kept.with_headers(&empty);
    assert_eq!(kept.request_id(), Some("req_1"));
    assert_eq!(kept.retry_after(), Some(&RetryAfter::new("7")));
}

/// Escapes count as they are sent: a quotation mark is two bytes, a control character six.
#[test]
fn no_response_is_longer_than_4_kib() {
    let escapes = ["\"", "\\", "\n", "\r", "\t", "\u{8}", "\u{c}", "\u{1}", "\u{1f}"];
    let others = ["x", "é", "\u{1f600}", "a\u{7f}\"\n", " ", "a b"];
    for unit in escapes.into_iter().chain(others) {
        for len in [0, 100, 500, 1000, 2000, 4000, 4100, 100_000] {
            let message: String = unit.chars().cycle().take(len).collect();
            for asked in ["", "postage.service", &message] {
                let error = ErrorObject::parameter_invalid(asked.to_owned(), message.clone());
                let whole = ErrorResponse::from(error.clone()).to_json();
                let response: Response<Vec<u8>> = error.into();
                let body = response.body();
                assert!(body.len() <= 4096, "{unit:?} {len}: {}", body.len());
                let sent = ErrorResponse::from_slice(body).unwrap().error;
                // The log gets what the client gets.
                assert_eq!(response.extensions().get(), Some(&sent), "{unit:?} {len}");
                if whole.len() <= 4096 {
                    assert_eq!(*body, whole, "{unit:?} {len}");
                } else {
                    // As much as fits: at most the longest escape and the mark are left over.
                    assert!(body.len() > 4096 - 12 || sent.message() == message, "{}", body.len());
                    let start = sent.message().trim_end_matches('…');
                    assert!(message.starts_with(start), "{unit:?} {len}");
                    let param = sent.param().unwrap();
                    let start: String = asked.chars().take(100).collect();
                    let mark = if start == asked { "" } else { "…" };
                    assert_eq!(param, start + mark, "{unit:?} {len}");
                    // What is cut says so, and nothing else does.
                    for (sent, whole) in [(sent.message(), &*message), (param, asked)] {
                        assert_eq!(sent.ends_with('…'), sent != whole, "{unit:?} {len}: {sent}");
                    }
                }
            }
        }
    }
    // Names of one byte leave the room to the message, whose every character has the longest escape.
    for len in 640..700 {
        let error = decoded(&"\u{1}".repeat(len), "a", "b", None);
        let whole = ErrorResponse::from(error.clone()).to_json();
        let response: Response<Vec<u8>> = error.into();
        assert_eq!(*response.body() == whole, whole.len() <= 4096, "{len}");
        assert!(response.body().len() <= 4096, "{len}");
    }
    let response: Response<Vec<u8>> = decoded("", "a", "b", None).into();
    assert_eq!(response.body(), br#"{"error":{"message":"","type":"a","code":"b"}}"#);
    // A decoded object may have names of any length, which cannot be cut.
    let name = "n".repeat(5000);
    let response: Response<Vec<u8>> = decoded("m", &name, &name, None).into();
    assert_eq!(response.status(), 500);
    let sent = ErrorResponse::from_slice(response.body()).unwrap().error;
    assert_eq!(*sent.code(), ErrorCode::InternalError);
}

#[test]
fn a_401_has_a_challenge_and_no_other_status_has_one() {
    for code in ErrorCode::ALL {
        let response: Response<Vec<u8>> = ErrorObject::from(*code).into();
        let challenge = response.headers().get("www-authenticate");
        let expected = (response.status() == 401).then_some("Bearer");
        assert_eq!(challenge.map(|value| value.to_str().unwrap()), expected, "{code}");
    }
}

/// What the cause says is for the server's log, by its source.
#[test]
fn a_server_error_shows_its_object_and_keeps_its_cause_apart() {
    let error = ServerError::internal("cannot open vault key 7 at db-3");
    let shown = "internal_error (internal_error): An internal error occurred";
    assert_eq!((error.to_string().as_str(), error.object().to_string().as_str()), (shown, shown));
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "cannot open vault key 7 at db-3");
    assert!(cause.source().is_none());
    // A code alone has its description as the message.
    for code in ErrorCode::ALL {
        let error = ServerError::from(*code);
        assert_eq!((error.object().message(), error.cause().is_none()), (code.description(), true));
    }
    // The cause changes nothing that the client gets.
    let object = ErrorObject::parameter_missing("recipients");
    let sent: Response<Vec<u8>> = ServerError::from(object.clone()).with_cause("x").into();
    assert_eq!(*sent.body(), ErrorResponse::from(object.clone()).to_json());
    assert_eq!(*ServerError::from(object.clone()).with_cause("x").object(), object);
    // A cause that is attached later replaces the first, which may be its own cause.
    let error = ServerError::internal("cannot open vault key 7").with_cause("the spool is gone");
    assert_eq!(error.cause().unwrap().to_string(), "the spool is gone");
}
