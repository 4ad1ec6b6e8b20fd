//! `schema/conformance.json`: responses and what a client must make of each. Rust must give the first
//! of the allowed outcomes, which is the strict one.

use std::collections::HashSet;
use std::time::SystemTime;

use base64::Engine as _;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use intelliprint_error::{ApiError, RetryAfter};
use serde_json::{Map, Value, json};

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../../schema/conformance.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().unwrap_or_else(|| panic!("{field}: {case}"))
}

fn response(case: &Value) -> ApiError {
    let mut headers = HeaderMap::new();
    for pair in case["headers"].as_array().unwrap() {
        let name: HeaderName = pair[0].as_str().unwrap().parse().unwrap();
        headers
            .append(name, HeaderValue::from_bytes(pair[1].as_str().unwrap().as_bytes()).unwrap());
    }
    let body = match case.get("body_base64") {
        Some(body) => {
            base64::engine::general_purpose::STANDARD.decode(body.as_str().unwrap()).unwrap()
        }
        None => text(case, "body").as_bytes().to_vec(),
    };
    let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
    match StatusCode::from_u16(status) {
        Ok(status) => ApiError::from_http(status, &headers, body),
        // The crate `http` has no such status.
        Err(_) => ApiError::from_parts(status, None, body).with_headers(&headers),
    }
}

/// What the error says, in the words of the file.
fn outcome(error: &ApiError) -> Map<String, Value> {
    let object = error.object().map(|object| {
        json!({
            "message": object.message(),
            "type": object.error_type().as_str(),
            "code": object.code().as_str(),
            "param": object.param(),
        })
    });
    let known_type = error.object().and_then(|object| object.error_type().known());
    let retry_after = error.retry_after().map(|after| match (after.delay(), after.date()) {
        (Some(delay), _) => delay.as_secs().into(),
        (None, Some(date)) => iso(date).into(),
        (None, None) => Value::Null,
    });
    let Value::Object(outcome) = json!({
        "object": object,
        "code": error.code().map(|code| code.as_str()),
        "type": known_type.map(|known| known.as_str()),
        "request_id": error.request_id(),
        "retry_after": retry_after,
        "retry": error.retry().as_str(),
        "line": error.to_string(),
    }) else {
        unreachable!()
    };
    outcome
}

/// `1994-11-06T08:49:37Z`, by way of the HTTP date that names the day.
fn iso(date: SystemTime) -> String {
    let http = httpdate::fmt_http_date(date);
    let parts: Vec<_> = http.split(' ').collect();
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|month| *month == parts[2]).unwrap() + 1;
    format!("{}-{month:02}-{}T{}Z", parts[3], parts[1], parts[4])
}

#[test]
fn every_case_has_the_strict_outcome() {
    for case in cases() {
        let error = response(&case);
        let found = outcome(&error);
        for (field, wanted) in case["allowed"][0].as_object().unwrap() {
            let name = text(&case, "name");
            assert_eq!(
                found.get(field),
                Some(wanted),
                "{name}: {field}: {}",
                text(&case, "reason")
            );
        }
        assert!(error.body().is_some(), "the body is kept in every case");
    }
}

/// The file's own rules: see `schema/conformance.md`.
#[test]
fn the_file_keeps_its_rules() {
    let cases = cases();
    assert!(cases.len() >= 150, "{}", cases.len());
    let names: HashSet<_> = cases.iter().map(|case| text(case, "name").to_owned()).collect();
    assert_eq!(names.len(), cases.len(), "every name is there once");
    let several = cases.iter().filter(|case| case["allowed"].as_array().unwrap().len() > 1).count();
    assert!(several * 10 < cases.len(), "{several} cases allow several outcomes");
    for case in &cases {
        assert!(text(case, "reason").ends_with('.'), "{case}");
        assert_eq!(case.get("body").is_some(), case.get("body_base64").is_none(), "{case}");
        for outcome in case["allowed"].as_array().unwrap() {
            for field in ["object", "code", "type", "request_id", "retry_after", "retry"] {
                assert!(outcome.get(field).is_some(), "{field}: {case}");
            }
        }
    }
    assert_eq!(RetryAfter::MAX.as_secs(), 86_400);
}
