//! The crate's own reader and writer against serde_json at the edges: every character, every place
//! of a block, and every kind of value in every field. `codec_equality` generates more.

use std::iter;

use intelliprint_error::{DecodeErrorKind, ErrorCode, ErrorObject, ErrorResponse};
use serde_json::error::Category;

/// Miri takes a hundred times as long, so it runs one case of this many.
const MIRI_STEP: usize = if cfg!(miri) { 41 } else { 1 };

// What both sides do with one input.

#[track_caller]
pub(crate) fn assert_written_alike(response: &ErrorResponse) {
    let expected = serde_json::to_vec(response).unwrap();
    assert_eq!(String::from_utf8(response.to_json()), String::from_utf8(expected.clone()));
    let mut out = b"before ".to_vec();
    response.write_json(&mut out);
    assert_eq!(out, [&b"before "[..], &expected].concat());
}

#[track_caller]
pub(crate) fn assert_read_alike(body: &str) {
    let json = body.strip_prefix('\u{feff}').unwrap_or(body);
    match (serde_json::from_str::<ErrorResponse>(json), ErrorResponse::from_slice(body.as_bytes()))
    {
        (Ok(expected), Ok(response)) => assert_eq!(response, expected, "{body:?}"),
        (Err(expected), Err(error)) => {
            let kind = match expected.classify() {
                Category::Data => DecodeErrorKind::Shape,
                _ => DecodeErrorKind::Syntax,
            };
            assert_eq!(error.kind(), kind, "{body:?}");
            let reason = expected.to_string();
            let reason = reason.split(" at line ").next().unwrap();
            assert!(error.to_string().contains(reason), "{body:?}: {error}, not {expected}");
        }
        (expected, response) => panic!("{body:?}\nserde_json: {expected:?}\nours: {response:?}"),
    }
}

// Every character, in every place of a block.

#[test]
fn every_character_is_written_and_read_alike() {
    // All of one and two bytes, a sample of the rest.
    let chars = ('\0'..'\u{900}').chain(('\u{900}'..=char::MAX).step_by(101));
    for c in chars.step_by(MIRI_STEP) {
        let message: String =
            iter::repeat_n('x', c as usize % 19).chain([c]).chain(iter::repeat_n('y', 7)).collect();
        let response = ErrorObject::new(ErrorCode::NotFound, message).into();
        assert_written_alike(&response);
        assert_read_alike(std::str::from_utf8(&response.to_json()).unwrap());
    }
}

#[test]
fn what_needs_an_escape_does_in_every_place() {
    let places = (0..70).flat_map(|length| (0..length).map(move |at| (length, at)));
    let specials = ['"', '\\', '\n', '\u{1}', '\u{1f}', '\u{7f}'];
    let cases = places.flat_map(|place| specials.map(|special| (place, special)));
    for ((length, at), special) in cases.step_by(MIRI_STEP) {
        let message: String =
            (0..length).map(|place| if place == at { special } else { '~' }).collect();
        let response = ErrorObject::parameter_invalid(message.clone(), message).into();
        assert_written_alike(&response);
        assert_read_alike(std::str::from_utf8(&response.to_json()).unwrap());
    }
}

/// The writer empties its buffer before the longest escapes could overflow it, wherever they begin.
#[test]
fn the_longest_escapes_are_written_alike_after_any_length() {
    for len in (0..600).step_by(MIRI_STEP) {
        let message = "a".repeat(len) + &"\u{1}".repeat(64);
        assert_written_alike(&ErrorObject::new(ErrorCode::NotFound, message).into());
    }
}

#[test]
fn nothing_but_escapes_is_written_alike() {
    for length in (0..100).step_by(MIRI_STEP) {
        for special in ['"', '\n', '\u{1b}'] {
            assert_written_alike(
                &ErrorObject::new(ErrorCode::NotFound, String::from(special).repeat(length)).into(),
            );
        }
    }
}

// Every member with every value that is at an edge.

const EDGES: &[&str] = &[
    r#""\ud7ff""#,
    r#""\ud800""#,
    r#""\udbff""#,
    r#""\udc00""#,
    r#""\udfff""#,
    r#""\ue000""#,
    r#""\uffff""#,
    r#""\u0000""#,
    r#""\ud800\udc00""#,
    r#""\ud800\udfff""#,
    r#""\udbff\udc00""#,
    r#""\uDBFF\uDFFF""#,
    r#""\ud800\ue000""#,
    r#""\ud800\udbff""#,
    r#""\ud83dx""#,
    r#""\ud83d\n""#,
    r#""\u12""#,
    r#""\u123""#,
    r#""\u+123""#,
    r#""\u12g4""#,
    r#""\U1234""#,
    r#""\"\\\/\b\f\n\r\t""#,
    r#""\x""#,
    r#""\a""#,
    r#""\'""#,
    r#""\"#,
    r#""\""#,
    "\"\t\"",
    "\"\u{7f}\"",
    "\"\u{2028}\"",
    "''",
    "null",
    "true",
    "false",
    "nul",
    "nullx",
    "True",
    "0",
    "-0",
    "00",
    "01",
    "-01",
    "-",
    "+1",
    "1.",
    ".5",
    "1.5",
    "0.50",
    "-7.0",
    "1.5.5",
    "1e5",
    "1E-2",
    "1e",
    "0x1",
    "1_0",
    "NaN",
    "[]",
    "[ ]",
    "[,]",
    "[1,]",
    "[1 2]",
    "[1,2 , 3]",
    "[[[[[[[[[[]]]]]]]]]]",
    "[}",
    "{}",
    "{ }",
    r#"{"a"}"#,
    r#"{"a":}"#,
    r#"{"a":1,}"#,
    r#"{"a" : 1 , "a":[{"b":null}]}"#,
    r#"{1:1}"#,
    "",
    " ",
    ",",
];

#[test]
fn edges_are_read_alike() {
    let names = ["message", "type", "code", "param", "x", "p\\u0061ram"];
    let body = r#"{"error":{"message":"M","type":"T","code":"C","param":"P"}}"#;
    for name in names {
        for edge in EDGES.iter().step_by(MIRI_STEP) {
            assert_read_alike(&format!(
                r#"{{"error":{{"{name}":{edge},"message":"M","type":"T","code":"C"}}}}"#
            ));
            assert_read_alike(&format!(
                r#"{{"error":{{"message":"M","type":"T","code":"C","{name}" : {edge} }}}}"#
            ));
            assert_read_alike(&format!(
                r#"{{"{name}":{edge},"error":{{"message":"M","type":"T","code":"C"}}}}"#
            ));
            for (member, value) in [("message", "M"), ("type", "T"), ("code", "C"), ("param", "P")]
            {
                let (old, new) =
                    (format!(r#""{member}":"{value}""#), format!(r#""{member}":{edge}"#));
                assert_read_alike(&body.replace(&old, &new));
            }
        }
    }
    for at in 0..=body.len() {
        assert_read_alike(&body[..at]);
        for c in ["\u{b}", " ", "\n", "\t\r", "\u{a0}", ",", ":", "\"", "}", "{", "null", "\\u0041"]
        {
            assert_read_alike(&format!("{}{c}{}", &body[..at], &body[at..]));
        }
    }
}
