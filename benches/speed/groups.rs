//! The jobs and their contenders. The first contender is what the bar is a ratio of.

use std::hint::black_box;

use http_api_problem::HttpApiProblem;
use intelliprint_error::emit::Artefact;
use intelliprint_error::{ApiError, ErrorCode, ErrorObject, ErrorResponse, WireEnum};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::baseline::{self, Code};
use crate::contenders::{self, ProblemDetails};
use crate::group::Group;
use crate::{bodies, by_hand};

pub const OURS: &str = "intelliprint-error";
pub const BASELINE: &str = "B: serde derive";
pub const MEMCPY: &str = "limit: memcpy";

pub fn all() -> Vec<Group<'static>> {
    let mut groups = vec![
        decode("decode the documented body", bodies::DOCUMENTED, Some(0.45)),
        decode("decode, escapes in the message", bodies::ESCAPED, Some(0.50)),
        decode("decode, an unknown code", bodies::UNKNOWN_CODE, Some(0.50)),
        decode("decode, fields in another order", bodies::OTHER_ORDER, Some(1.0)),
        decode("decode, pretty-printed", bodies::PRETTY, Some(1.0)),
        decode("decode, an extra field", bodies::EXTRA, Some(1.0)),
        decode("decode, extra fields beside `error`", bodies::EXTRA_BESIDE, Some(1.0)),
        decode("decode, an extra field with objects", bodies::EXTRA_NESTED, Some(1.0)),
        decode("decode, a message that is not ASCII", bodies::NOT_ASCII, None),
        keep("decode the documented body, and keep the bytes", bodies::DOCUMENTED, Some(0.45)),
        encode("encode the documented body", bodies::DOCUMENTED, Some(0.15)),
        encode("encode, no param", bodies::NO_PARAM, Some(0.15)),
        encode("encode, a message that is not ASCII", bodies::NOT_ASCII, Some(0.15)),
        encode("encode, control characters in the message", bodies::CONTROLS, None),
    ];
    groups.extend(messages());
    groups.extend(lookups());
    groups.extend(emission());
    groups
}

fn decode(name: &'static str, body: &'static str, bar: Option<f64>) -> Group<'static> {
    let body = body.as_bytes();
    let problem: &[u8] = contenders::problem(body).leak();
    fn by_serde<T: DeserializeOwned>(body: &[u8]) -> T {
        serde_json::from_slice(black_box(body)).expect("a valid body")
    }
    Group::new(name, bar)
        .with(BASELINE, || by_serde::<baseline::Response>(body))
        .with(OURS, || ErrorResponse::from_slice(black_box(body)).expect("a valid body"))
        .with("all strings, derived", || by_serde::<contenders::StringResponse>(body))
        .with("serde_json::Value", || by_serde::<Value>(body))
        .with("problem_details", || by_serde::<ProblemDetails>(problem))
        .with("http-api-problem", || by_serde::<HttpApiProblem>(problem))
        .with("limit: IgnoredAny", || by_serde::<IgnoredAny>(body))
        .with("limit: UTF-8 check, two copies", || {
            let text = std::str::from_utf8(black_box(body)).expect("UTF-8");
            (text[21..81].to_owned(), text[21..30].to_owned())
        })
}

/// A client's decoding, whose error owns the body. Each contender copies the body first, because
/// an HTTP library returns a new buffer for each response.
fn keep(name: &'static str, body: &'static str, bar: Option<f64>) -> Group<'static> {
    let body = || black_box(body.as_bytes()).to_vec();
    Group::new(name, bar)
        .with(BASELINE, move || {
            let body = body();
            (serde_json::from_slice::<baseline::Response>(&body).expect("a valid body"), body)
        })
        .with(OURS, move || ApiError::from_parts(400, None, body()))
        .with("limit: the copy of the body", body)
}

fn encode(name: &'static str, body: &'static str, bar: Option<f64>) -> Group<'static> {
    fn by_serde<'a>(value: impl serde::Serialize + 'a) -> impl FnMut() -> usize + 'a {
        let mut out = Vec::with_capacity(1024);
        move || {
            out.clear();
            serde_json::to_writer(&mut out, black_box(&value)).expect("it can be written");
            black_box(&out).len()
        }
    }
    fn parsed<T: DeserializeOwned>(body: &[u8]) -> T {
        serde_json::from_slice(body).expect("a valid body")
    }
    let ours = ErrorResponse::from_slice(body.as_bytes()).expect("a valid body");
    let problem = contenders::problem(body.as_bytes());
    let (mut out, mut copy) = (Vec::with_capacity(1024), Vec::with_capacity(1024));
    let finished = ours.to_json();
    Group::new(name, bar)
        .with(BASELINE, by_serde(parsed::<baseline::Response>(body.as_bytes())))
        .with(OURS, move || {
            out.clear();
            black_box(&ours).write_json(&mut out);
            black_box(&out).len()
        })
        .with(
            "all strings, derived",
            by_serde(parsed::<contenders::StringResponse>(body.as_bytes())),
        )
        .with("serde_json::Value", by_serde(parsed::<Value>(body.as_bytes())))
        .with("problem_details", by_serde(parsed::<ProblemDetails>(&problem)))
        .with("http-api-problem", by_serde(parsed::<HttpApiProblem>(&problem)))
        .with(MEMCPY, move || {
            copy.clear();
            copy.extend_from_slice(black_box(&finished));
            black_box(&copy).len()
        })
}

/// What the names of the groups of [`messages`] start with.
pub const MESSAGE: &str = "encode message ";

/// The median of the messages' ratios may be this much.
pub const MESSAGES_BAR: f64 = 0.36;

/// Each of forty messages with escapes, from one quotation mark to a line of nothing else. One
/// message would be what the writer is tuned to.
fn messages() -> Vec<Group<'static>> {
    let messages: Vec<String> =
        serde_json::from_str(include_str!("../messages.json")).expect("a list of strings");
    let group = |(at, message): (usize, String)| {
        let object = ErrorObject::parameter_invalid("postage.service", message);
        let body = ErrorResponse::from(object).to_json();
        let body: &str = String::from_utf8(body).expect("UTF-8").leak();
        encode(format!("{MESSAGE}{}", at + 1).leak(), body, None)
    };
    messages.into_iter().enumerate().map(group).collect()
}

/// One pass over every code, in a loop that cannot know the next.
fn lookups() -> Vec<Group<'static>> {
    let names: Vec<&str> =
        ErrorCode::ALL.iter().map(|code| code.as_str()).chain(["quota_exhausted", ""]).collect();
    let names: &[&str] = names.leak();
    let by_hand: Vec<Code> = names.iter().filter_map(|name| by_hand::code(name)).collect();
    let by_hand: &[Code] = by_hand.leak();
    assert_eq!(by_hand.len(), ErrorCode::ALL.len(), "the baseline lacks a code");
    // Each contender's loop is a function of its own, so that its place in the program does not
    // depend on the loop before it.
    #[inline(never)]
    fn each<I: Copy, O>(items: &[I], look: impl Fn(I) -> O) {
        for item in black_box(items) {
            black_box(look(*item));
        }
    }
    const HAND: &str = "B: a hand match";
    let group = |name| Group::new(name, Some(1.0));
    vec![
        group("16 names → code")
            .with(HAND, move || each(names, by_hand::code))
            .with(OURS, move || each(names, ErrorCode::from_name))
            .with("strum derive", move || each(names, |name| name.parse::<Code>().ok())),
        group("14 codes → name")
            .with(HAND, move || each(by_hand, by_hand::name))
            .with(OURS, move || each(ErrorCode::ALL, ErrorCode::as_str)),
        group("14 codes → type")
            .with(HAND, move || each(by_hand, by_hand::error_type))
            .with(OURS, move || each(ErrorCode::ALL, ErrorCode::error_type)),
        group("14 codes → status")
            .with(HAND, move || each(by_hand, by_hand::status))
            .with(OURS, move || each(ErrorCode::ALL, ErrorCode::http_status)),
        Group::new("14 codes → description, retry; build an error from literals", None)
            .with("description", move || each(ErrorCode::ALL, ErrorCode::description))
            .with("retry", move || each(ErrorCode::ALL, ErrorCode::retry))
            .with("ErrorObject::new", || {
                ErrorObject::new(black_box(ErrorCode::NotFound), "No such resource exists")
            }),
    ]
}

fn emission() -> Vec<Group<'static>> {
    let mut group = Group::new("emission", None);
    for artefact in Artefact::ALL {
        group = group.with(artefact.file_name(), || artefact.render());
    }
    vec![group]
}
