//! `instructions JOB TIMES`: does one job so many times, for callgrind to count. `instructions jobs` lists them.
//! See `benches/instructions`.

#[allow(dead_code)] // The table uses the rest of it.
mod baseline;
#[allow(dead_code)]
mod bodies;

use std::env;
use std::hint::black_box;

use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse, WireEnum};

type Job = fn(u32);

#[rustfmt::skip]
const JOBS: &[(&str, Job)] = &[
    ("decode", |times| decode(bodies::DOCUMENTED, times)),
    ("decode-escapes", |times| decode(bodies::ESCAPED, times)),
    ("decode-unknown-code", |times| decode(bodies::UNKNOWN_CODE, times)),
    ("decode-other-order", |times| decode(bodies::OTHER_ORDER, times)),
    ("decode-pretty", |times| decode(bodies::PRETTY, times)),
    ("decode-extra", |times| decode(bodies::EXTRA, times)),
    ("decode-extra-beside", |times| decode(bodies::EXTRA_BESIDE, times)),
    ("decode-extra-nested", |times| decode(bodies::EXTRA_NESTED, times)),
    ("decode-html", |times| repeat(times, || ErrorResponse::from_slice(black_box(b"<h1>502 Bad Gateway</h1>")).is_err())),
    ("decode-baseline", decode_baseline),
    ("encode", |times| encode(bodies::DOCUMENTED, times)),
    ("encode-not-ascii", |times| encode(bodies::NOT_ASCII, times)),
    ("encode-escapes", |times| encode(bodies::ESCAPED, times)),
    ("encode-controls", |times| encode(bodies::CONTROLS, times)),
    ("encode-baseline", encode_baseline),
    ("lookup-of-all", |times| repeat(times, || {
        black_box(ErrorCode::ALL).iter().filter(|code| ErrorCode::from_name(code.as_str()).is_some()).count()
    })),
    ("new", |times| repeat(times, || ErrorObject::new(black_box(ErrorCode::NotFound), "No such resource exists"))),
];

fn main() {
    let mut arguments = env::args().skip(1);
    let wanted = arguments.next().unwrap_or_default();
    if wanted == "jobs" {
        JOBS.iter().for_each(|(name, _)| println!("{name}"));
        return;
    }
    let (_, job) =
        JOBS.iter().find(|(name, _)| *name == wanted).expect("one of `instructions jobs`");
    job(arguments.next().and_then(|times| times.parse().ok()).expect("how many times"));
}

fn repeat<T>(times: u32, mut job: impl FnMut() -> T) {
    for _ in 0..times {
        black_box(job());
    }
}

fn decode(body: &str, times: u32) {
    repeat(times, || ErrorResponse::from_slice(black_box(body.as_bytes())).expect("a valid body"));
}

fn encode(body: &str, times: u32) {
    let response = ErrorResponse::from_slice(body.as_bytes()).expect("a valid body");
    let mut out = Vec::with_capacity(1024);
    repeat(times, || {
        out.clear();
        black_box(&response).write_json(&mut out);
        black_box(out.len())
    });
}

fn decode_baseline(times: u32) {
    let body = bodies::DOCUMENTED.as_bytes();
    repeat(times, || {
        serde_json::from_slice::<baseline::Response>(black_box(body)).expect("a valid body")
    });
}

fn encode_baseline(times: u32) {
    let response: baseline::Response =
        serde_json::from_str(bodies::DOCUMENTED).expect("a valid body");
    let mut out = Vec::with_capacity(1024);
    repeat(times, || {
        out.clear();
        serde_json::to_writer(&mut out, black_box(&response)).expect("it can be written");
        black_box(out.len())
    });
}
