//! A program without std and with its own allocator. It exits with 0 if each result is right, with the
//! number of the first wrong result, or with 101 after a panic. With an argument, it decodes a body
//! that its memory cannot hold twice: `alloc` then ends the program, which is a panic here.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::string::ToString;
use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::panic::PanicInfo;
use core::sync::atomic::{AtomicUsize, Ordering};

use intelliprint_error::{
    ApiError, ErrorCode, ErrorObject, ErrorResponse, ErrorType, Retry, WireEnum,
};

const BODY: &[u8] = br#"{"error":{"message":"caf\u00e9 \"x\"","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;
const WRITTEN: &str = r#"{"error":{"message":"café \"x\"","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;
// In another order, so serde_json reads it.
const UNUSUAL: &[u8] =
    br#" {"error":{"code":"quota_exhausted","x":[1.5e3,{}],"type":"quota_error","message":"m","param":null}}"#;

fn first_wrong_result() -> Option<i32> {
    let results = [
        ErrorCode::from_name("not_found") == Some(ErrorCode::NotFound),
        ErrorType::from_name("no such name").is_none(),
        ErrorCode::RateLimited.http_status() == Some(429)
            && ErrorCode::RateLimited.retry() == Retry::AfterDelay,
        ErrorResponse::from_slice(BODY).is_ok_and(|response| {
            response.error.message() == "café \"x\""
                && *response.error.code() == ErrorCode::ParameterUnknown
                && response.to_json() == WRITTEN.as_bytes()
        }),
        ErrorResponse::from_slice(UNUSUAL).is_ok_and(|response| {
            response.error.code() == "quota_exhausted"
                && response.to_json()
                    == br#"{"error":{"message":"m","type":"quota_error","code":"quota_exhausted"}}"#
        }),
        {
            let mut out = Vec::from(*b"data: ");
            ErrorResponse::from(ErrorObject::parameter_missing("recipients")).write_json(&mut out);
            out == br#"data: {"error":{"message":"Missing required parameter: recipients","type":"invalid_request_error","code":"parameter_missing","param":"recipients"}}"#
        },
        ErrorResponse::from_slice(b"<html>").is_err_and(|error| {
            error.to_string() == "not JSON: expected value, found '<', at byte 0"
        }),
        ApiError::from_parts(502, Some("req_1"), b"<h1>").to_string()
            == "HTTP 502: not an Intelliprint error, but a body of 4 bytes: <h1> [request id: req_1]",
    ];
    results.iter().position(|is_right| !is_right).map(|place| place as i32 + 1)
}

// The system, as far as the program needs it.

#[unsafe(no_mangle)]
extern "C" fn main(argument_count: i32, _: *const *const u8) -> i32 {
    if argument_count > 1 {
        let _ = ApiError::from_parts(502, None, [b'<'; SIZE]);
    }
    first_wrong_result().unwrap_or(0)
}

unsafe extern "C" {
    fn _exit(code: i32) -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    // SAFETY: the function has no preconditions.
    unsafe { _exit(101) }
}

// The prebuilt `alloc` refers to these two, because it could unwind. With `panic = "abort"`, nothing
// calls them.

#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() {}

/// Allocates from the start of one array, and frees nothing.
struct Bump {
    memory: UnsafeCell<[u8; SIZE]>,
    used: AtomicUsize,
}

const SIZE: usize = 64 * 1024;

#[global_allocator]
static BUMP: Bump = Bump { memory: UnsafeCell::new([0; SIZE]), used: AtomicUsize::new(0) };

// SAFETY: no two allocations share a byte, because `used` only grows, and one thread runs.
unsafe impl Sync for Bump {}

// SAFETY: an allocation lies within the array and has the requested alignment, or is null.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.memory.get().cast::<u8>();
        let mut place = core::ptr::null_mut();
        let _ = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
            let at = used + start.wrapping_add(used).align_offset(layout.align());
            let end = at.checked_add(layout.size()).filter(|end| *end <= SIZE)?;
            place = start.wrapping_add(at);
            Some(end)
        });
        place
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
