//! Bodies, byte for byte: the object that each decodes to, the error that rejects it, and the bytes
//! that are written.

use intelliprint_error::{
    ApiError, DecodeErrorKind, ErrorCode, ErrorObject, ErrorResponse, ErrorType,
};

/// Decodes the body by every way there is: ours, serde_json's, ours for a body that is not ordinary,
/// and a tree of values.
#[track_caller]
fn decode(body: impl AsRef<[u8]>) -> ErrorObject {
    let body = body.as_ref();
    let response = ErrorResponse::from_slice(body).unwrap();
    let json = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    assert_eq!(serde_json::from_slice::<ErrorResponse>(json).unwrap(), response);
    assert_eq!(ErrorResponse::from_slice(&[body, b" "].concat()).unwrap(), response);
    let tree: serde_json::Value = serde_json::from_slice(json).unwrap();
    assert_eq!(serde_json::from_value::<ErrorResponse>(tree).unwrap(), response);
    response.error
}

/// Asserts the rejection's whole text.
#[track_caller]
fn reject(body: impl AsRef<[u8]>, text: &str) {
    let error = ErrorResponse::from_slice(body.as_ref()).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert!(text.ends_with(&format!(", at byte {}", error.offset())));
    let kind = match text.split(':').next().unwrap() {
        "not text" => DecodeErrorKind::Encoding,
        "not JSON" => DecodeErrorKind::Syntax,
        _ => DecodeErrorKind::Shape,
    };
    assert_eq!(error.kind(), kind);
}

#[track_caller]
fn encode(object: &ErrorObject) -> String {
    let body = ErrorResponse::from(object.clone()).to_json();
    let body = String::from_utf8(body).unwrap();
    // One writer is ours, the other serde_json's.
    assert_eq!(body, serde_json::to_string(&ErrorResponse::from(object.clone())).unwrap());
    body
}

/// Decodes the body, asserts that it encodes to the same bytes, and returns the object.
#[track_caller]
fn round_trip(body: &str) -> ErrorObject {
    let object = decode(body);
    assert_eq!(encode(&object), body);
    object
}

const DOCUMENTED: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;

#[test]
fn the_documented_body() {
    let object = round_trip(DOCUMENTED);
    assert_eq!(object.message(), "Received unknown parameter: confimred (Did you mean confirmed?)");
    assert_eq!(*object.error_type(), ErrorType::InvalidRequestError);
    assert_eq!(*object.code(), ErrorCode::ParameterUnknown);
    assert_eq!(object.param(), Some("confimred"));
}

#[test]
fn the_documentation_publishes_it_with_a_trailing_comma_which_is_no_json() {
    let published = DOCUMENTED.replace(r#""confimred"}}"#, r#""confimred",}}"#);
    reject(published, "not JSON: trailing comma, found '}', at byte 164");
}

#[test]
fn every_code_makes_its_whole_round() {
    for code in ErrorCode::ALL {
        let object = ErrorObject::new(*code, "m");
        let body = format!(
            r#"{{"error":{{"message":"m","type":"{}","code":"{code}"}}}}"#,
            code.error_type()
        );
        assert_eq!(encode(&object), body);
        assert_eq!(decode(body), object);
    }
}

#[test]
fn param_may_be_absent_null_dotted_or_empty() {
    let body = |param| {
        format!(
            r#"{{"error":{{"message":"m","type":"invalid_request_error","code":"parameter_invalid"{param}}}}}"#
        )
    };
    assert_eq!(round_trip(&body("")).param(), None);
    assert_eq!(round_trip(&body(r#","param":"postage.service""#)).param(), Some("postage.service"));
    assert_eq!(round_trip(&body(r#","param":"""#)).param(), Some(""));
    // Null means the same as absent, and is written as absent.
    assert_eq!(decode(body(r#","param":null"#)), decode(body("")));
}

#[test]
fn unknown_names_come_back_unchanged() {
    let object = round_trip(r#"{"error":{"message":"m","type":"quota_error","code":"not_found"}}"#);
    assert_eq!(
        (object.error_type().known(), object.code().known()),
        (None, Some(ErrorCode::NotFound))
    );
    assert_eq!(*object.error_type(), "quota_error");

    let object =
        round_trip(r#"{"error":{"message":"m","type":"payment_error","code":"Quota Exhausted!"}}"#);
    assert_eq!(
        (object.error_type().known(), object.code().known()),
        (Some(ErrorType::PaymentError), None)
    );
    assert_eq!(*object.code(), "Quota Exhausted!");

    let object = round_trip(r#"{"error":{"message":"m","type":"","code":"NOT_FOUND"}}"#);
    assert_eq!((object.error_type().known(), object.code().known()), (None, None));

    // What an old server is known to have sent: a known code under an unknown type.
    let object =
        round_trip(r#"{"error":{"message":"m","type":"rate_limit_error","code":"rate_limited"}}"#);
    assert_eq!(
        (object.error_type().known(), object.code().known()),
        (None, Some(ErrorCode::RateLimited))
    );

    // A type that is not the code's own is kept as the server sent it.
    round_trip(r#"{"error":{"message":"m","type":"payment_error","code":"not_found"}}"#);
}

/// Words that other APIs have for the same thing.
#[test]
fn a_member_with_a_similar_name_is_not_read() {
    for (name, others) in [
        ("message", &["msg", "text", "detail", "description", "error_message", "title"][..]),
        ("type", &["kind", "error_type", "errorType", "category", "error"]),
        ("code", &["error_code", "errorCode", "status", "reason", "id"]),
        ("param", &["parameter", "params", "field", "property", "path", "name"]),
    ] {
        for other in others {
            let members = r#"{"error":{"message":"m","type":"t","code":"c","param":"p"}}"#;
            let body = members.replacen(&format!("\"{name}\":"), &format!("\"{other}\":"), 1);
            // The fast path and serde read the names of members each on its own.
            let by_serde: Option<ErrorResponse> = serde_json::from_str(&body).ok();
            assert_eq!(ErrorResponse::from_slice(body.as_bytes()).ok(), by_serde, "{other}");
            let param = by_serde.map(|response| response.error.param().map(str::to_owned));
            assert_eq!(param, if name == "param" { Some(None) } else { None }, "{other}");
        }
    }
    for other in ["errors", "err", "fault", "problem", "data"] {
        let body = format!(r#"{{"{other}":{{"message":"m","type":"t","code":"c"}}}}"#);
        assert!(ErrorResponse::from_slice(body.as_bytes()).is_err(), "{other}");
        assert!(serde_json::from_str::<ErrorResponse>(&body).is_err(), "{other}");
    }
}

#[test]
fn extra_members_and_any_order_are_fine() {
    let plain = decode(DOCUMENTED);
    let reordered = r#" {"request":{"id":[1,2.5e3,{"error":null}]},"error" :
        {"param":"confimred","doc_url":"https://x/\u00e9","code":"parameter_unknown","type":"invalid_request_error",
        "status":400,"message":"Received unknown parameter: confimred (Did you mean confirmed?)","more":[[]]},"z":true}
    "#;
    assert_eq!(decode(reordered), plain);
}

#[test]
fn escapes_and_non_ascii_in_every_string() {
    let text = "\u{0}\u{1f}\"\\/\u{8}\u{c}\n\r\t\u{7f}é’\u{2028}\u{ffff}😀";
    let escaped = r#"\u0000\u001f\"\\/\b\f\n\r\t"#.to_owned() + "\u{7f}é’\u{2028}\u{ffff}😀";
    let body = format!(
        r#"{{"error":{{"message":"{escaped}","type":"{escaped}","code":"{escaped}","param":"{escaped}"}}}}"#
    );
    let object = round_trip(&body);
    assert_eq!(object.message(), text);
    assert_eq!(*object.error_type(), text);
    assert_eq!(*object.code(), text);
    assert_eq!(object.param(), Some(text));

    // A name or field that is written with escapes is the same name or field.
    let spelt = r#"{"\u0065rror":{"mess\u0061ge":"\ud83d\ude00\u00E9\/","type":"payment\u005ferror","code":"payment\u005Ferror"}}"#;
    let object = decode(spelt);
    assert_eq!(object.message(), "😀é/");
    assert_eq!(
        (object.error_type().known(), object.code().known()),
        (Some(ErrorType::PaymentError), Some(ErrorCode::PaymentError))
    );
}

#[test]
fn lone_surrogates_are_refused_in_every_string() {
    let strings = ["message", "type", "code", "param"];
    for name in strings {
        let members: Vec<_> = strings
            .iter()
            .map(|n| format!(r#""{n}":"{}""#, if *n == name { r"\ud83d" } else { "x" }))
            .collect();
        let body = format!(r#"{{"error":{{{}}}}}"#, members.join(","));
        let at = body.find(r"\ud83d").unwrap() + r"\ud83d".len();
        reject(&body, &format!("not JSON: unexpected end of hex escape, found '\"', at byte {at}"));
    }
    reject(
        r#"{"error":{"message":"\udc00x","type":"t","code":"c"}}"#,
        "not JSON: lone leading surrogate in hex escape, found '0', at byte 26",
    );
}

#[test]
fn a_known_member_that_comes_twice_is_refused_by_name() {
    reject(
        r#"{"error":{"message":"m","type":"t","code":"c","message":"n"}}"#,
        "not an error object: duplicate field `message`, at byte 54",
    );
    reject(
        r#"{"error":{"message":"m","type":"t","type":"t","code":"c"}}"#,
        "not an error object: duplicate field `type`, at byte 40",
    );
    reject(
        r#"{"error":{"message":"m","type":"t","code":"c","code":"c"}}"#,
        "not an error object: duplicate field `code`, at byte 51",
    );
    reject(
        r#"{"error":{"message":"m","type":"t","code":"c","param":null,"param":null}}"#,
        "not an error object: duplicate field `param`, at byte 65",
    );
    let twice = r#"{"error":{"message":"m","type":"t","code":"c"},"error":{}}"#;
    reject(twice, "not an error object: duplicate field `error`, at byte 53");
    // An unknown field may occur more than once.
    decode(r#"{"x":1,"x":2,"error":{"message":"m","type":"t","code":"c","x":1,"x":2}}"#);
    // Also one without a name, or with a known name in other letter case or in the other object.
    let other = r#"{"message":1,"":2,"error":{"":3,"Message":4,"error":5,"message":"m","type":"t","code":"c"}}"#;
    assert_eq!(decode(other).message(), "m");
}

#[test]
fn a_missing_member_is_named() {
    reject(r#"{}"#, "not an error object: missing field `error`, at byte 1");
    reject(r#"{"error":{}}"#, "not an error object: missing field `message`, at byte 10");
    reject(r#"{"error":{"message":"m"}}"#, "not an error object: missing field `type`, at byte 23");
    reject(
        r#"{"error":{"message":"m","type":"t"}}"#,
        "not an error object: missing field `code`, at byte 34",
    );
}

#[test]
fn a_member_of_another_kind_is_named_with_what_was_expected() {
    let object = "expected an object with `message`, `type` and `code`";
    for (value, found) in [
        ("null", "null"),
        (r#""text""#, r#"string "text""#),
        ("7", "integer `7`"),
        ("-1.5", "floating point `-1.5`"),
        ("true", "boolean `true`"),
    ] {
        let body = format!(r#"{{"error":{value}}}"#);
        reject(
            body,
            &format!(
                "not an error object: invalid type: {found}, {object}, at byte {}",
                8 + value.len()
            ),
        );
    }
    for (member, expected) in [
        ("message", "a string for `message`"),
        ("type", "a string for `type`"),
        ("code", "a string for `code`"),
        ("param", "a string or null for `param`"),
    ] {
        let body = format!(r#"{{"error":{{"{member}":5,"x":0}}}}"#);
        let at = body.find('5').unwrap();
        reject(
            &body,
            &format!(
                "not an error object: invalid type: integer `5`, expected {expected}, at byte {at}"
            ),
        );
    }
    reject(
        r#"{"error":{"message":null}}"#,
        "not an error object: invalid type: null, expected a string for `message`, at byte 23",
    );
}

#[test]
fn an_array_in_the_place_of_either_object_is_refused() {
    reject(
        r#"[{"message":"m","type":"t","code":"c"}]"#,
        "not an error object: invalid type: sequence, expected an object with `error`, at byte 0",
    );
    reject(
        r#"{"error":["m","t","c",null]}"#,
        "not an error object: invalid type: sequence, expected an object with `message`, `type` and `code`, at byte 9",
    );
    reject(
        "[]",
        "not an error object: invalid type: sequence, expected an object with `error`, at byte 1",
    );
}

#[test]
fn what_is_no_object_at_all() {
    let expected = "expected an object with `error`";
    reject("null", &format!("not an error object: invalid type: null, {expected}, at byte 3"));
    reject(
        r#""""#,
        &format!("not an error object: invalid type: string \"\", {expected}, at byte 1"),
    );
    reject("", "not JSON: EOF while parsing a value, at byte 0");
    reject(" \n", "not JSON: EOF while parsing a value, at byte 2");
    reject("\u{115f}", "not JSON: expected value, found '\\u{115f}', at byte 0");
    reject("upstream connect error", "not JSON: expected value, found 'u', at byte 0");
    reject(
        "<html>\n<h1>403 Forbidden</h1>\n</html>",
        "not JSON: expected value, found '<', at byte 0",
    );
    reject(
        r#"{"type":"about:blank","title":"Forbidden","status":403}"#,
        "not an error object: missing field `error`, at byte 54",
    );
}

#[test]
fn every_truncation_is_refused_and_says_so() {
    for end in 0..DOCUMENTED.len() {
        let error = ErrorResponse::from_slice(&DOCUMENTED.as_bytes()[..end]).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::Syntax, end), "{error}");
    }
    reject(r#"{"error":{"message":"m"#, "not JSON: EOF while parsing a string, at byte 22");
}

#[test]
fn trailing_bytes_are_refused_where_they_start() {
    reject(format!("{DOCUMENTED}x"), "not JSON: trailing characters, found 'x', at byte 165");
    reject(
        format!("{DOCUMENTED}\n\n {DOCUMENTED}"),
        "not JSON: trailing characters, found '{', at byte 168",
    );
    decode(format!("{DOCUMENTED} \r\n\t"));
}

#[test]
fn a_byte_order_mark_is_skipped_and_counted() {
    assert_eq!(decode(format!("\u{feff}{DOCUMENTED}")), decode(DOCUMENTED));
    reject("\u{feff}{}", "not an error object: missing field `error`, at byte 4");
    reject("\u{feff}", "not JSON: EOF while parsing a value, at byte 3");
    reject("\u{feff}\u{feff}{}", "not JSON: expected value, found '\\u{feff}', at byte 3");
    // It is a mark at the start alone.
    reject(" \u{feff}{}", "not JSON: expected value, found '\\u{feff}', at byte 1");
    reject("{}\u{feff}", "not an error object: missing field `error`, at byte 1");
    reject(
        format!("{DOCUMENTED}\u{feff}"),
        &format!(
            "not JSON: trailing characters, found '\\u{{feff}}', at byte {}",
            DOCUMENTED.len()
        ),
    );
}

#[test]
fn invalid_utf8_is_refused_wherever_it_is() {
    let mut body = DOCUMENTED.as_bytes().to_vec();
    body[30] = 0xff;
    reject(&body, "not text: invalid UTF-8, expected JSON text in UTF-8, at byte 30");
    // Also in a field that is ignored, because the whole body is validated once.
    let unread =
        b"{\"x\":\"\xc3\x28\",\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"c\"}}";
    reject(unread, "not text: invalid UTF-8, expected JSON text in UTF-8, at byte 6");
}

#[test]
fn deep_nesting_neither_overflows_nor_is_misread() {
    for depth in if cfg!(miri) { [10, 1000] } else { [10_000, 1_000_000] } {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let ignored =
            format!(r#"{{"x":{open}{close},"error":{{"message":"m","type":"t","code":"c"}}}}"#);
        // serde_json's tree of values is not as deep.
        assert_eq!(ErrorResponse::from_slice(ignored.as_bytes()).unwrap().error.message(), "m");
        reject(
            &open,
            "not an error object: invalid type: sequence, expected an object with `error`, at byte 0",
        );
        let objects = r#"{"error":"#.repeat(depth);
        reject(
            &objects,
            &format!("not JSON: EOF while parsing a value, at byte {}", objects.len()),
        );
        for member in ["message", "type", "code", "param"] {
            let body = format!(r#"{{"error":{{"{member}":{open}{close}}}}}"#);
            let error = ApiError::from_parts(400, None, body.as_bytes());
            assert_eq!(error.body(), Some(body.as_bytes()));
            let reason = error.decode_error().unwrap().to_string();
            assert!(
                reason
                    .starts_with("not an error object: invalid type: sequence, expected a string"),
                "{reason}"
            );
        }
    }
}

#[test]
fn a_refusal_repeats_no_more_than_an_excerpt() {
    let text = "x\u{202e}\n".repeat(1000).replace('\n', "\\n");
    let shown = r"x\u{202e}\n".repeat(8) + r"x\u{202e}\";
    reject(
        format!(r#"{{"error":"{text}"}}"#),
        &format!(
            "not an error object: invalid type: string \"{shown}… (+10903 bytes), \
             expected an object with `message`, `type` and `code`, at byte 6010"
        ),
    );
}

/// A body may use the words of the error that rejects it.
#[test]
fn a_rejection_is_not_misled_by_the_text_that_it_repeats() {
    reject(
        r#"{"error":"x at line 3 column 4"}"#,
        "not an error object: invalid type: string \"x at line 3 column 4\", \
         expected an object with `message`, `type` and `code`, at byte 30",
    );
    reject(
        format!(r#"{{"error":", expected {}"}}"#, "x".repeat(300)),
        &format!(
            "not an error object: invalid type: string \", expected {}… (+214 bytes), \
             expected an object with `message`, `type` and `code`, at byte 321",
            "x".repeat(87)
        ),
    );
}

#[test]
fn a_message_of_100_mib() {
    let message =
        "0123456789abcde\n".repeat(if cfg!(miri) { 1024 } else { 100 * 1024 * 1024 } / 16);
    let object = ErrorObject::new(ErrorCode::InternalError, message.clone());
    let body = ErrorResponse::from(object.clone()).to_json();
    assert_eq!(
        body.len(),
        message.len()
            + message.len() / 16
            + r#"{"error":{"message":"","type":"internal_error","code":"internal_error"}}"#.len()
    );
    assert!(ErrorResponse::from_slice(&body).unwrap().error == object);
}

#[test]
fn line_breaks_do_not_shift_the_offset() {
    reject(
        "{\n\"error\":\n{\"message\":\r\n5}}",
        "not an error object: invalid type: integer `5`, expected a string for `message`, at byte 24",
    );
}

#[test]
fn writing_appends_to_what_is_there() {
    let mut out = b"data: ".to_vec();
    ErrorResponse::from(ErrorObject::parameter_unknown("x")).write_json(&mut out);
    let expected = r#"data: {"error":{"message":"Received unknown parameter: x","type":"invalid_request_error","code":"parameter_unknown","param":"x"}}"#;
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn an_answer_reads_like_its_object() {
    let response = ErrorResponse::from_slice(DOCUMENTED.as_bytes()).unwrap();
    assert_eq!(response.to_string(), response.error.to_string());
    let expected = "parameter_unknown (invalid_request_error): Received unknown parameter: confimred (Did you mean confirmed?) \
                    [param: confimred]";
    assert_eq!(response.to_string(), expected);
}

/// The fast path must reject two params of which one is `null`, as serde does.
#[test]
fn a_param_that_occurs_twice_is_rejected_also_if_it_is_null() {
    for params in [
        r#""param":"a","param":null"#,
        r#""param":null,"param":"a""#,
        r#""param":null,"param":null"#,
        r#""param":"a","param":"a""#,
        r#""param":"a","doc_url":"x","param":null"#,
    ] {
        let body = format!(r#"{{"error":{{"message":"m","type":"t","code":"c",{params}}}}}"#);
        let error = ErrorResponse::from_slice(body.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("duplicate field `param`"), "{params}: {error}");
    }
}
