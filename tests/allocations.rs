//! How often the hot paths allocate. The fewest that the owned results allow, and none where
//! nothing is owned.

#![cfg(feature = "json")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use intelliprint_error::{ApiError, ErrorCode, ErrorObject, ErrorResponse};

struct Counting;

thread_local! {
    // Of this thread only: the test harness has others.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

fn count_one() {
    COUNT.with(|count| count.set(count.get() + 1));
}

// SAFETY: every call is passed on as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count_one();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count_one();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count_one();
        unsafe { System.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[track_caller]
fn assert_allocations<T>(expected: usize, job: impl FnOnce() -> T) -> T {
    let before = COUNT.get();
    let result = black_box(job());
    assert_eq!(COUNT.get() - before, expected);
    result
}

#[track_caller]
fn assert_decode_allocates(expected: usize, body: &str) {
    assert_allocations(expected, || ErrorResponse::from_slice(black_box(body.as_bytes()))).unwrap();
}

#[test]
fn decoding_allocates_what_the_object_owns() {
    let ends = r#""type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;
    // The message and the param.
    assert_decode_allocates(
        2,
        &format!(r#"{{"error":{{"message":"Received unknown parameter: confimred",{ends}"#),
    );
    assert_decode_allocates(
        2,
        &format!(r#"{{"error":{{"message":"\"confimred\"\n(caf\u00e9 \ud83d\udda8)",{ends}"#),
    );
    assert_decode_allocates(2, &format!("{{ \"error\":\n{{ \"message\": \"M\",{ends}"));
    // The message and the unknown code.
    assert_decode_allocates(
        2,
        r#"{"error":{"message":"M","type":"rate_limited","code":"quota_exhausted"}}"#,
    );
    assert_decode_allocates(
        1,
        r#"{"error":{"code":"no_api_key","type":"authentication_error","message":"M","extra":1}}"#,
    );
}

#[test]
fn encoding_into_a_used_buffer_allocates_nothing() {
    for message in
        ["No such resource exists: POST /v0/prints", "\"a\"\n\u{1b}[31m", "", "Ungültiger Wert"]
    {
        let response = ErrorResponse::from(ErrorObject::parameter_invalid("recipients", message));
        let mut out = response.to_json();
        out.clear();
        out.shrink_to_fit();
        response.write_json(&mut out);
        out.clear();
        assert_allocations(0, || response.write_json(&mut out));
    }
}

#[test]
fn encoding_to_a_new_buffer_allocates_once() {
    let response = ErrorResponse::from(ErrorObject::parameter_missing("recipients"));
    assert_allocations(1, || response.to_json());
}

#[test]
fn an_error_of_literals_allocates_nothing() {
    assert_allocations(0, || {
        ErrorObject::new(black_box(ErrorCode::NoApiKey), "No API key was provided")
    });
    assert_allocations(0, || ErrorObject::parameter_invalid("recipients", "No such country"));
    assert_allocations(0, || {
        ErrorResponse::from(ErrorObject::new(ErrorCode::NotFound, "No such print"))
    });
}

#[test]
fn an_api_error_of_an_owned_body_adds_its_box_alone() {
    let body = ErrorResponse::from(ErrorObject::parameter_missing("recipients")).to_json();
    let copy = body.clone();
    // The message, the param and the box. The body is kept, not copied.
    let error = assert_allocations(3, || ApiError::from_parts(400, None, black_box(copy)));
    assert_allocations(0, || error.into_body()).unwrap();
    assert_allocations(4, || ApiError::from_parts(400, None, black_box(&*body)));
    assert_allocations(0, || ErrorObject::from(black_box(ErrorCode::NotFound)));
}
