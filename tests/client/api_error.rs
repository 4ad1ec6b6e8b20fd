//! `ApiError` for every kind of response, and for none.

use std::collections::HashSet;
use std::error::Error;
use std::io;

use intelliprint_error::{
    ApiError, DecodeErrorKind, ErrorCode, ErrorObject, ErrorResponse, Retry, RetryAfter,
};

use crate::object::decoded;

const HTML: &[u8] = b"<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

#[track_caller]
fn assert_foreign(status: u16, body: &[u8], kind: DecodeErrorKind, retry: Retry) -> ApiError {
    let error = ApiError::from_parts(status, Some("req_1"), body);
    assert_eq!(error.body(), Some(body));
    assert_eq!(error.object(), None);
    assert_eq!(
        (error.status(), error.code(), error.request_id()),
        (Some(status), None, Some("req_1"))
    );
    assert_eq!(error.decode_error().map(intelliprint_error::DecodeError::kind), Some(kind));
    assert_eq!(error.source().unwrap().to_string(), error.decode_error().unwrap().to_string());
    assert_eq!(error.retry(), retry);
    assert_line(&error);
    error
}

/// `Display` and `Debug` are one line of bounded length, without characters that control a
/// terminal.
#[track_caller]
fn assert_line(error: &ApiError) {
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(text.chars().count() <= 1_400, "{}", text.chars().count());
        assert!(
            !text.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)),
            "{text}"
        );
    }
    assert!(error.to_string().chars().count() <= 1_100);
}

#[test]
fn a_response_of_the_api_becomes_its_object() {
    let object = ErrorObject::new(ErrorCode::NotFound, "No such resource exists: POST /v0/prints");
    let body = ErrorResponse::from(object.clone()).to_json();
    let error = ApiError::from_parts(404, None, &*body);
    assert_eq!(error.object(), Some(&object));
    assert_eq!(
        (error.status(), error.code(), error.request_id()),
        (Some(404), Some(ErrorCode::NotFound), None)
    );
    assert_eq!((error.body(), error.decode_error()), (Some(&*body), None));
    assert!(error.source().is_none());
    assert_eq!(
        error.to_string(),
        "HTTP 404: not_found (invalid_request_error): No such resource exists: POST /v0/prints"
    );
}

#[test]
fn the_line_has_what_support_asks_for() {
    let body = ErrorResponse::from(ErrorObject::parameter_missing("postage.service")).to_json();
    assert_eq!(
        ApiError::from_parts(400, Some("req_7"), body).to_string(),
        "HTTP 400: parameter_missing (invalid_request_error): Missing required parameter: postage.service [param: postage.service; request id: req_7]",
    );
}

/// Zero width, a soft hyphen, a tag and a byte order mark: they would hide text in a log.
#[test]
fn invisible_characters_are_escaped() {
    let error = ApiError::from_parts(500, None, "a\u{200b}b\u{ad}c\u{e0041}d\u{feff}");
    assert_eq!(
        error.to_string(),
        r"HTTP 500: not an Intelliprint error, but a body of 16 bytes: a\u{200b}b\u{ad}c\u{e0041}d\u{feff}"
    );
}

/// An empty param is not an absent one: the server sent it.
#[test]
fn the_line_shows_an_empty_param_and_an_empty_message() {
    let object = ErrorObject::parameter_invalid("", "");
    assert_eq!(
        ApiError::api(400, object).to_string(),
        "HTTP 400: parameter_invalid (invalid_request_error):  [param: ]"
    );
}

#[test]
fn a_proxys_response_is_kept_and_is_not_an_object() {
    let html = assert_foreign(403, HTML, DecodeErrorKind::Syntax, Retry::Never);
    assert_eq!(
        html.to_string(),
        r"HTTP 403: not an Intelliprint error, but a body of 146 bytes: <html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n [request id: req_1]",
    );
    let problem = br#"{"type":"about:blank","title":"Too Many Requests","status":429}"#;
    assert_foreign(429, problem, DecodeErrorKind::Shape, Retry::AfterDelay);
    let empty = assert_foreign(502, b"", DecodeErrorKind::Syntax, Retry::IfIdempotent);
    assert_eq!(
        empty.to_string(),
        "HTTP 502: not an Intelliprint error, but an empty body [request id: req_1]"
    );
    assert_foreign(503, b"upstream connect error", DecodeErrorKind::Syntax, Retry::IfIdempotent);
    let binary =
        assert_foreign(200, b"\x1f\x8b\x08\0\xff", DecodeErrorKind::Encoding, Retry::Never);
    assert_eq!(
        binary.to_string(),
        r"HTTP 200: not an Intelliprint error, but a body of 5 bytes: \u{1f}\x8b\u{8}\u{0}\xff [request id: req_1]",
    );
}

#[test]
fn every_body_of_three_bytes_is_kept() {
    // No body of this alphabet panics or is lost, whatever the status.
    let alphabet: &[u8] =
        if cfg!(miri) { b"{\"1\x80" } else { b"{}[]\":,e1-\\u \n\0\x7f\x80\xc3\xff" };
    for &a in alphabet {
        for &b in alphabet {
            for &c in alphabet {
                let body = [a, b, c];
                let error = ApiError::from_parts(u16::from(a) * 256 + u16::from(b), None, body);
                assert_eq!(error.body(), Some(&body[..]));
                assert!(error.to_string().len() < 200);
            }
        }
    }
}

#[test]
fn every_cut_and_every_changed_byte_of_a_body_keeps_the_bytes() {
    let object = ErrorObject::new(ErrorCode::ParameterInvalid, "m\n\"’").with_param("a.b");
    let whole = ErrorResponse::from(object).to_json();
    for at in (0..whole.len()).step_by(if cfg!(miri) { 9 } else { 1 }) {
        assert_eq!(ApiError::from_parts(400, None, &whole[..at]).body(), Some(&whole[..at]));
        for byte in [0, b'"', b'\\', b'{', 0x80, 0xff] {
            let mut body = whole.clone();
            body[at] = byte;
            let error = ApiError::from_parts(400, None, &*body);
            assert_eq!(error.body(), Some(&*body));
            let expected = ErrorResponse::from_slice(&body).ok().map(ErrorObject::from);
            assert_eq!(error.into_object(), expected);
        }
    }
}

#[test]
fn the_retry_rule_is_that_of_a_known_code_else_of_the_status() {
    let retry = |status, error_type: &str, code: &str| {
        let body =
            format!(r#"{{"error":{{"message":"m","type":"{error_type}","code":"{code}"}}}}"#);
        ApiError::from_parts(status, None, body.as_bytes()).retry()
    };
    assert_eq!(retry(500, "rate_limited", "rate_limited"), Retry::AfterDelay);
    assert_eq!(retry(503, "rate_limit_error", "rate_limited"), Retry::AfterDelay);
    assert_eq!(retry(503, "invalid_request_error", "not_found"), Retry::Never);
    assert_eq!(retry(200, "internal_error", "internal_error"), Retry::IfIdempotent);
    for (status, expected) in [
        (200, Retry::Never),
        (400, Retry::Never),
        (407, Retry::Never),
        (408, Retry::IfIdempotent),
        (409, Retry::Never),
        (428, Retry::Never),
        (429, Retry::AfterDelay),
        (430, Retry::Never),
        (499, Retry::Never),
        (500, Retry::IfIdempotent),
        (599, Retry::IfIdempotent),
        (600, Retry::Never),
        (0, Retry::Never),
        (u16::MAX, Retry::Never),
    ] {
        // A known type does not decide for a code that is newer than this version.
        assert_eq!(retry(status, "rate_limited", "quota_exhausted"), expected, "{status}");
        assert_eq!(ApiError::from_parts(status, None, HTML).retry(), expected, "{status}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "it takes minutes")]
fn the_line_is_bounded_whatever_is_long() {
    let long = "x".repeat(1 << 20);
    let object = decoded(&long, &long, &long, Some(&long));
    let error = ApiError::api(404, object.clone()).with_request_id(&long);
    assert_line(&error);
    let x = |count| "x".repeat(count);
    assert_eq!(
        error.to_string(),
        format!(
            "HTTP 404: {}… (+1048512 bytes) ({}… (+1048512 bytes)): {}… (+1048176 bytes) [param: {}… (+1048456 bytes); request id: {}… (+1048456 bytes)]",
            x(64),
            x(64),
            x(400),
            x(120),
            x(120),
        ),
    );
    // Escapes make text longer, and the limit counts them.
    let body = "\u{202e}".repeat(1 << 20);
    let error = assert_foreign(500, body.as_bytes(), DecodeErrorKind::Syntax, Retry::IfIdempotent);
    let shown = r"\u{202e}".repeat(50);
    let expected = format!(
        "HTTP 500: not an Intelliprint error, but a body of 3145728 bytes: {shown}… (+3145578 bytes) [request id: req_1]"
    );
    assert_eq!(error.to_string(), expected);
    let error =
        assert_foreign(500, &[0xff; 1 << 20], DecodeErrorKind::Encoding, Retry::IfIdempotent);
    let shown = r"\xff".repeat(100);
    assert!(
        error
            .to_string()
            .contains(&format!("a body of 1048576 bytes: {shown}… (+1048476 bytes) [")),
        "{error}"
    );
    // An escape is shown whole or not at all.
    let body = [&[b'x'; 397], &[0xff; 3][..]].concat();
    let error = assert_foreign(500, &body, DecodeErrorKind::Encoding, Retry::IfIdempotent);
    assert!(error.to_string().contains("xxx… (+3 bytes) ["), "{error}");
    // The object's own line is whole.
    assert!(object.to_string().len() > 4 << 20);
}

#[test]
fn debug_has_the_line_the_retry_rule_and_the_source() {
    let object = ErrorObject::new(ErrorCode::NotFound, "No such resource exists");
    assert_eq!(
        format!("{:?}", ApiError::api(404, object)),
        "ApiError { line: HTTP 404: not_found (invalid_request_error): No such resource exists, retry: Never, .. }",
    );
    let foreign = format!("{:?}", ApiError::from_parts(502, None, "<html>"));
    assert!(
        foreign.contains(", retry: IfIdempotent, source: DecodeError { kind: Syntax, "),
        "{foreign}"
    );
}

#[test]
fn hostile_text_is_shown_escaped_and_kept_untouched() {
    let text = "a\u{1b}[31mb\r\nc\u{202e}d\u{2028}e\u{9b}f\u{7f}";
    let object = decoded(text, text, text, Some(text));
    let error = ApiError::api(404, object.clone()).with_request_id(text);
    assert_line(&error);
    assert_eq!(error.object(), Some(&object));
    assert_eq!(error.request_id(), Some(text));
    let shown = r"a\u{1b}[31mb\r\nc\u{202e}d\u{2028}e\u{9b}f\u{7f}";
    assert_eq!(
        error.to_string(),
        format!("HTTP 404: {shown} ({shown}): {shown} [param: {shown}; request id: {shown}]")
    );
    assert_eq!(object.to_string(), format!("{shown} ({shown}): {shown} [param: {shown}]"));
}

#[test]
fn a_network_error_keeps_its_cause() {
    let error = ApiError::network(io::Error::new(io::ErrorKind::TimedOut, "timed out after 30 s"));
    assert_eq!((error.status(), error.request_id(), error.body()), (None, None, None));
    assert_eq!((error.code(), error.retry()), (Some(ErrorCode::NetworkError), Retry::IfIdempotent));
    assert_eq!(
        error.to_string(),
        "network_error (network_error): No response came from the Intelliprint API"
    );
    let cause = error.source().unwrap();
    assert_eq!(cause.downcast_ref::<io::Error>().unwrap().kind(), io::ErrorKind::TimedOut);
    // A string is a cause, too.
    assert_eq!(ApiError::network("DNS").source().unwrap().to_string(), "DNS");
    let object = ApiError::network("reset").into_object().unwrap();
    assert_eq!(*object.code(), ErrorCode::NetworkError);
    assert_eq!(ApiError::network("reset").into_body(), None);
}

#[test]
fn errors_are_send_sync_and_one_pointer_wide() {
    fn check<T: Error + Send + Sync + 'static>() {}
    check::<ApiError>();
    check::<ErrorResponse>();
    check::<ErrorObject>();
    assert_eq!(size_of::<Result<(), ApiError>>(), size_of::<usize>());
}

/// A cause whose `Debug` has no end.
struct Endless;

impl std::fmt::Debug for Endless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        loop {
            f.write_str("deep\u{1b}")?;
        }
    }
}

impl std::fmt::Display for Endless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("endless")
    }
}

impl Error for Endless {}

#[test]
fn debug_of_a_cause_is_bounded_and_escaped() {
    let debug = format!("{:?}", ApiError::network(Endless));
    assert!(debug.contains(r", source: deep\u{1b}deep\u{1b}"), "{debug}");
    assert!(debug.ends_with("…, .. }"), "{debug}");
    assert!(debug.chars().count() < 700, "{debug}");
    let short = format!("{:?}", ApiError::incomplete(502, None, "reset"));
    assert_eq!(
        short,
        r#"ApiError { line: HTTP 502: the response's body could not be read to its end, retry: IfIdempotent, source: "reset", .. }"#
    );
}

#[test]
fn an_incomplete_response_keeps_its_head_and_the_rule_of_its_status() {
    let error = ApiError::incomplete(403, Some("req_1"), io::Error::from(io::ErrorKind::TimedOut));
    assert_eq!((error.status(), error.request_id()), (Some(403), Some("req_1")));
    assert_eq!((error.code(), error.object(), error.body()), (None, None, None));
    assert_eq!(error.decode_error(), None);
    assert!(error.source().unwrap().downcast_ref::<io::Error>().is_some());
    assert_eq!(
        error.to_string(),
        "HTTP 403: the response's body could not be read to its end [request id: req_1]"
    );
    for (status, rule) in [
        (101, Retry::Never),
        // The request succeeded: a second POST would print a second letter.
        (200, Retry::IfIdempotent),
        (299, Retry::IfIdempotent),
        (301, Retry::Never),
        (401, Retry::Never),
        (403, Retry::Never),
        (408, Retry::IfIdempotent),
        (429, Retry::AfterDelay),
        (502, Retry::IfIdempotent),
    ] {
        assert_eq!(ApiError::incomplete(status, None, "reset").retry(), rule, "{status}");
    }
}

#[test]
fn a_letter_is_posted_again_only_if_the_first_was_turned_away() {
    let may_post_again = |error: ApiError| error.may_retry(false);
    assert!(may_post_again(ApiError::api(429, ErrorCode::RateLimited)));
    assert!(may_post_again(ApiError::from_parts(429, None, HTML)));
    assert!(!may_post_again(ApiError::api(500, ErrorCode::InternalError)));
    assert!(!may_post_again(ApiError::network("reset")));
    assert!(!may_post_again(ApiError::incomplete(200, None, "reset")));
    assert!(!may_post_again(ApiError::from_parts(503, None, HTML)));
    assert!(ApiError::network("reset").may_retry(true));
    assert!(!ApiError::api(404, ErrorCode::NotFound).may_retry(true));
}

#[test]
fn a_mock_equals_the_decoded_response() {
    let object = ErrorObject::parameter_missing("recipients");
    let mock = ApiError::api(400, object.clone()).with_request_id("req_1");
    let body = ErrorResponse::from(object).to_json();
    let error = ApiError::from_parts(400, Some("req_1"), &*body);
    assert_eq!((mock.object(), mock.body()), (error.object(), Some(&*body)));
    assert_eq!(format!("{mock:?}"), format!("{error:?}"));
    assert_eq!(ApiError::api(404, ErrorCode::NotFound).code(), Some(ErrorCode::NotFound));
    // A pair that no server of ours sends is kept as it is.
    for names in [("payment_error", "not_found"), ("quota_error", "not_found"), ("x", "y")] {
        let object = decoded("m", names.0, names.1, Some(""));
        let mock = ApiError::api(200, object.clone());
        let body = ErrorResponse::from(object.clone()).to_json();
        assert_eq!((mock.object(), mock.body()), (Some(&object), Some(&*body)));
        assert_eq!(mock.status(), Some(200));
        assert_eq!(ApiError::from_parts(200, None, body).object(), Some(&object));
    }
}

/// The last value counts, also if it is empty.
#[test]
fn a_header_that_is_set_again_is_replaced() {
    let error = ApiError::from_parts(503, Some("req_1"), "").with_retry_after("30");
    let error = error.with_request_id("req_2").with_retry_after("60");
    assert_eq!(error.request_id(), Some("req_2"));
    assert_eq!(error.retry_after().map(RetryAfter::as_str), Some("60"));
    let error = error.with_request_id("\t").with_retry_after(" ");
    assert_eq!((error.request_id(), error.retry_after()), (None, None));
}

#[test]
fn an_objects_other_fields_stay_in_the_body() {
    let body =
        br#"{"error":{"message":"m","type":"rate_limited","code":"rate_limited","trace":7}}"#;
    let error = ApiError::from_parts(429, None, body);
    assert_eq!((error.code(), error.body()), (Some(ErrorCode::RateLimited), Some(&body[..])));
    assert_eq!(error.into_body().as_deref(), Some(&body[..]));
}

#[test]
fn a_server_cannot_make_labels() {
    let known = ErrorCode::ALL.iter().map(|code| ApiError::api(500, *code).label());
    assert!(known.eq(ErrorCode::ALL.iter().map(|code| code.as_str())));
    // Miri takes a hundred times as long.
    let statuses: Vec<_> = if cfg!(miri) {
        vec![0, 199, 200, 301, 404, 500, 600, u16::MAX]
    } else {
        (0..=u16::MAX).collect()
    };
    let labels: HashSet<_> = statuses
        .into_iter()
        .map(|status| {
            let name = format!("name_{status}");
            ApiError::api(status, decoded("m", &name, &name, None)).label()
        })
        .collect();
    let classes = ["http_2xx", "http_3xx", "http_4xx", "http_5xx", "http_other"];
    assert_eq!(labels, HashSet::from(classes));
    for (status, label) in
        [(199, "http_other"), (200, "http_2xx"), (301, "http_3xx"), (404, "http_4xx")]
    {
        assert_eq!(ApiError::from_parts(status, None, HTML).label(), label);
    }
    assert_eq!(ApiError::incomplete(503, None, "reset").label(), "http_5xx");
    assert_eq!(ApiError::from_parts(600, None, HTML).label(), "http_other");
    assert_eq!(ApiError::network("reset").label(), "network_error");
}

#[test]
fn an_empty_header_counts_as_absent() {
    let error = ApiError::from_parts(503, Some(""), "").with_retry_after(" ");
    assert_eq!((error.request_id(), error.retry_after()), (None, None));
    let error = ApiError::incomplete(503, Some(""), "reset");
    assert_eq!(error.request_id(), None);
}

/// HTTP's white space is the space and the tab (RFC 9110, section 5.6.3).
#[test]
fn only_spaces_and_tabs_around_a_header_go() {
    for (value, kept) in
        [(" \t a b\t", "a b"), ("\u{a0}id\u{3000}", "\u{a0}id\u{3000}"), ("\u{b}", "\u{b}")]
    {
        let error = ApiError::from_parts(503, Some(value), "").with_retry_after(value);
        assert_eq!(error.request_id(), Some(kept));
        assert_eq!(error.retry_after().map(RetryAfter::as_str), Some(kept));
    }
}

/// The rule of every status. The neighbours of 408, 429 and the 5xx are easily mistaken.
#[test]
fn every_status_has_the_rule_and_the_label_of_the_table() {
    for status in 0..=1000 {
        let rule = match status {
            408 => Retry::IfIdempotent,
            429 => Retry::AfterDelay,
            500..=599 => Retry::IfIdempotent,
            _ => Retry::Never,
        };
        let label = match status / 100 {
            2 => "http_2xx",
            3 => "http_3xx",
            4 => "http_4xx",
            5 => "http_5xx",
            _ => "http_other",
        };
        let error = ApiError::from_parts(status, None, HTML);
        assert_eq!((error.retry(), error.label()), (rule, label), "{status}");
    }
}

/// The code decides, whatever the status: a proxy may have changed it.
#[test]
fn a_known_code_has_its_rule_and_its_label_under_every_status() {
    for code in ErrorCode::ALL {
        let rule = match code.as_str() {
            "rate_limited" => Retry::AfterDelay,
            "internal_error" | "network_error" => Retry::IfIdempotent,
            _ => Retry::Never,
        };
        for status in [200, 400, 403, 404, 408, 425, 429, 500, 501, 503] {
            let error = ApiError::api(status, *code);
            assert_eq!((error.retry(), error.label()), (rule, code.as_str()), "{code} {status}");
        }
    }
}
