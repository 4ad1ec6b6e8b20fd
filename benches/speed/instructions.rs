//! `instructions JOB TIMES`: does one job so many times, for callgrind to count. See `benches/instructions`.

#[allow(dead_code)] // The table uses the rest of them.
mod bodies;
#[allow(dead_code)]
mod contenders;

use std::env;
use std::hint::black_box;

use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse, Name};

fn main() {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().expect("instructions JOB TIMES");
    let (job, times) = (next(), next().parse().expect("a number"));
    match job.as_str() {
        "decode" => decode(bodies::DOCUMENTED, times),
        "decode-escapes" => decode(bodies::ESCAPED, times),
        "decode-unknown-code" => decode(bodies::UNKNOWN_CODE, times),
        "decode-other-order" => decode(bodies::OTHER_ORDER, times),
        "decode-pretty" => decode(bodies::PRETTY, times),
        "decode-extra" => decode(bodies::EXTRA, times),
        "decode-extra-nested" => decode(bodies::EXTRA_NESTED, times),
        "decode-html" => repeat(times, || ErrorResponse::from_slice(black_box(b"<h1>502 Bad Gateway</h1>")).is_err()),
        "decode-baseline" => repeat(times, || {
            serde_json::from_slice::<contenders::Response>(black_box(bodies::DOCUMENTED.as_bytes())).is_ok()
        }),
        "encode" => encode(bodies::DOCUMENTED, times),
        "encode-not-ascii" => encode(bodies::NOT_ASCII, times),
        "encode-escapes" => encode(bodies::ESCAPED, times),
        "encode-controls" => encode(bodies::CONTROLS, times),
        "encode-baseline" => encode_baseline(times),
        "lookup-14-names" => repeat(times, || {
            black_box(ErrorCode::ALL).iter().filter(|code| ErrorCode::from_name(code.as_str()).is_some()).count()
        }),
        "new" => repeat(times, || ErrorObject::new(black_box(ErrorCode::NotFound), "No such resource exists")),
        job => panic!("no such job: {job}"),
    }
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
    let answer = ErrorResponse::from_slice(body.as_bytes()).expect("a valid body");
    let mut out = Vec::with_capacity(1024);
    repeat(times, || {
        out.clear();
        black_box(&answer).write_json(&mut out);
        black_box(out.len())
    });
}

fn encode_baseline(times: u32) {
    let answer: contenders::Response = serde_json::from_str(bodies::DOCUMENTED).expect("a valid body");
    let mut out = Vec::with_capacity(1024);
    repeat(times, || {
        out.clear();
        serde_json::to_writer(&mut out, black_box(&answer)).expect("it can be written");
        black_box(out.len())
    });
}
