//! An error in a structured log: fields of bounded size, and no part of the request.

use intelliprint_error::{ApiError, ErrorObject, ErrorResponse};
use serde_json::Value;

use crate::log::Log;

/// Logs the error as a client would, and returns the first line.
fn logged(error: &ApiError) -> Value {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(subscriber, || {
        tracing::warn!(
            status = error.status(),
            label = error.label(),
            code = error.object().map(|object| object.code().as_str()),
            request_id = error.request_id(),
            retry = error.retry().as_str(),
            error = error as &dyn std::error::Error,
            "call failed",
        );
        tracing::warn!(?error, "call failed");
    });
    let log = log.text();
    assert!(log.len() < 8_000, "{} bytes", log.len());
    serde_json::from_str(log.lines().next().unwrap()).unwrap()
}

#[test]
fn an_error_logs_as_fields() {
    let body = ErrorResponse::from(ErrorObject::parameter_missing("recipients")).to_json();
    let line = logged(&ApiError::from_parts(400, Some("req_1"), body));
    let fields = &line["fields"];
    assert_eq!(fields["status"], 400);
    assert_eq!(fields["label"], "parameter_missing");
    assert_eq!(fields["code"], "parameter_missing");
    assert_eq!(fields["request_id"], "req_1");
    assert_eq!(fields["retry"], "never");
    assert_eq!(
        fields["error"],
        "HTTP 400: parameter_missing (invalid_request_error): Missing required parameter: recipients [param: recipients; request id: req_1]",
    );
}

#[test]
fn a_huge_body_makes_no_huge_log() {
    let line = logged(&ApiError::from_parts(502, None, vec![b'<'; 50 << 20]));
    assert_eq!(line["fields"]["status"], 502);
    assert_eq!(line["fields"]["label"], "http_5xx");
    assert!(line["fields"].get("code").is_none());
}
