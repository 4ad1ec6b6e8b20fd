#![no_main]

use intelliprint_error_fuzz::servers::{self, AnyRequest};

libfuzzer_sys::fuzz_target!(|request: AnyRequest| servers::extract(&request));
