//! What must hold of any bytes. The fuzz targets and `tests/wire/` share this file.

use std::borrow::Cow;

use intelliprint_error::{
    ApiError, DecodeErrorKind, ErrorCode, ErrorObject, ErrorResponse, RetryAfter,
};
use serde_json::Value;
use serde_json::error::Category;

use intelliprint_error::cli;

#[path = "../../tests/common/hostile.rs"]
mod hostile;
use hostile::is_hostile;

/// Checks what must hold of any bytes as a body.
pub fn decode(body: &[u8]) {
    let decoded = ErrorResponse::from_slice(body);
    match std::str::from_utf8(body) {
        Err(error) => {
            let rejection = decoded.as_ref().unwrap_err();
            assert_eq!(
                (rejection.kind(), rejection.offset()),
                (DecodeErrorKind::Encoding, error.valid_up_to())
            );
        }
        Ok(text) => decodes_as_serde_json_does(text, &decoded),
    }
    match &decoded {
        Ok(response) => round_trips(response),
        Err(rejection) => {
            assert!(rejection.offset() <= body.len());
            is_one_line(&rejection.to_string(), 400);
        }
    }
    api_error_keeps_all(body, decoded.ok());
}

fn decodes_as_serde_json_does(
    text: &str,
    decoded: &Result<ErrorResponse, intelliprint_error::DecodeError>,
) {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    match (serde_json::from_str::<ErrorResponse>(json), decoded) {
        (Ok(expected), Ok(response)) => assert_eq!(*response, expected),
        (Err(expected), Err(rejection)) => {
            let kind = match expected.classify() {
                Category::Data => DecodeErrorKind::Shape,
                _ => DecodeErrorKind::Syntax,
            };
            assert_eq!(rejection.kind(), kind, "{expected}");
            let words = expected.to_string();
            let words = words.strip_suffix(&format!(
                " at line {} column {}",
                expected.line(),
                expected.column()
            ));
            // The rejection cuts longer words and escapes other characters.
            if let Some(words) = words.filter(|words| {
                words.len() <= 120 && words.bytes().all(|b| matches!(b, b' '..=b'~'))
            }) {
                assert!(rejection.to_string().contains(words), "{rejection}, not {words}");
            }
        }
        (expected, decoded) => panic!("serde_json: {expected:?}, ours: {decoded:?}"),
    }
}

fn api_error_keeps_all(body: &[u8], response: Option<ErrorResponse>) {
    let text = std::str::from_utf8(body).ok();
    let status = 100 + (body.len() % 500) as u16;
    let mut error = ApiError::from_parts(status, text, body);
    if let Some(value) = text {
        error = error.with_retry_after(value);
    }
    // A header's value has no spaces or tabs around it, and an empty one counts as absent.
    let value = text.map(|text| text.trim_matches([' ', '\t'])).filter(|value| !value.is_empty());
    assert_eq!((error.status(), error.request_id()), (Some(status), value));
    assert_eq!(error.object(), response.as_ref().map(|response| &response.error));
    assert_eq!(error.body(), Some(body), "a body is kept untouched");
    assert_eq!(error.decode_error().is_some(), response.is_none());
    assert_eq!(error.retry_after().map(RetryAfter::as_str), value);
    let delay = error.retry_after().and_then(RetryAfter::delay);
    let is_number = value.is_some_and(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(delay.is_some(), is_number);
    assert!(delay.is_none_or(|delay| delay <= RetryAfter::MAX));
    let _ = error.retry();
    is_one_line(&error.to_string(), 1100);
    is_one_line(&format!("{error:?}"), 3000);
}

/// Checks the encoding of an object. The bytes are its message, type, code and param, separated by
/// 0xff, which no UTF-8 text contains.
pub fn encode(bytes: &[u8]) {
    let mut parts =
        bytes.split(|byte| *byte == 0xff).map(String::from_utf8_lossy).map(Cow::into_owned);
    let message = parts.next().unwrap_or_default();
    let known = ErrorCode::ALL[message.len() % ErrorCode::ALL.len()];
    let error_type = parts.next().unwrap_or_else(|| known.error_type().as_str().into());
    let code = parts.next().unwrap_or_else(|| known.as_str().into());
    let object = decoded(&message, &error_type, &code, parts.next().as_deref());
    encodes_as_serde_json_does(&object.into());
}

/// An object with any names. No constructor makes one, so it is decoded.
pub fn decoded(message: &str, error_type: &str, code: &str, param: Option<&str>) -> ErrorObject {
    let members = serde_json::json!(
        { "message": message, "type": error_type, "code": code, "param": param }
    );
    serde_json::from_value(members).unwrap()
}

/// Checks that an object round-trips in JSON, in a binary format and through `ApiError`.
pub fn object(object: ErrorObject) {
    is_one_line(&object.to_string(), usize::MAX);
    let response = ErrorResponse::from(object);
    round_trips(&response);

    let binary = postcard::to_allocvec(&response).unwrap();
    assert_eq!(postcard::from_bytes::<ErrorResponse>(&binary).as_ref(), Ok(&response));

    let value = serde_json::to_value(&response).unwrap();
    assert_eq!(
        value["error"].get("param").is_some(),
        response.error.param().is_some(),
        "an unset param is left out"
    );
    assert_eq!(serde_json::from_value::<ErrorResponse>(value).unwrap(), response);

    api_error_keeps_all(&response.to_json(), Some(response.clone()));
}

fn round_trips(response: &ErrorResponse) {
    encodes_as_serde_json_does(response);
    assert_eq!(ErrorResponse::from_slice(&response.to_json()).as_ref(), Ok(response));
}

fn encodes_as_serde_json_does(response: &ErrorResponse) {
    let expected = serde_json::to_vec(response).unwrap();
    assert_eq!(response.to_json(), expected);
    let mut out = b"before".to_vec();
    response.write_json(&mut out);
    assert_eq!(out.strip_prefix(b"before"), Some(&*expected));
}

/// Checks what the command `check` says of a file.
pub fn check(body: &[u8]) {
    let status = 100 + (body.len() % 500) as u16;
    for status in [None, Some(status)] {
        let text = cli::check::check(body, status, false);
        is_harmless_output(&text.text);
        let json = cli::check::check(body, status, true);
        let conforms = text.is_fine;
        assert_eq!(json.is_fine, conforms);
        let report = json_output(&json.text);
        assert_eq!(report["conforms"], conforms);
        assert_eq!(report["violations"].as_array().unwrap().is_empty(), conforms);
        let decoded = ErrorResponse::from_slice(body).ok().map(|response| response.error);
        assert_eq!(
            serde_json::from_value::<Option<ErrorObject>>(report["error"].clone()).unwrap(),
            decoded
        );
    }
}

/// Checks what the command `explain` says of a name.
pub fn explain(name: &[u8]) {
    let name = String::from_utf8_lossy(name);
    let text = cli::explain::explain(&name, false);
    is_harmless_output(&text.text);
    is_harmless_output(&text.errors);
    let json = cli::explain::explain(&name, true);
    assert_eq!(json.is_fine, text.is_fine);
    let explanation = json_output(&json.text);
    assert!(explanation["name"] == *name || explanation["status"].is_u64());
}

fn json_output(json: &str) -> Value {
    is_harmless_output(json);
    serde_json::from_str(json).unwrap()
}

/// Asserts that each line is harmless. The only styles are those of headings.
fn is_harmless_output(output: &str) {
    for line in output.split_terminator('\n') {
        is_one_line(&line.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), usize::MAX);
    }
}

/// Asserts that no character ends the line, drives a terminal, reorders the text or is invisible.
fn is_one_line(text: &str, limit: usize) {
    if let Some(c) = text.chars().find(|c| is_hostile(*c)) {
        panic!("{c:?} in {text:?}");
    }
    assert!(
        limit == usize::MAX || text.chars().count() <= limit,
        "{} characters: {text}",
        text.chars().count()
    );
}
