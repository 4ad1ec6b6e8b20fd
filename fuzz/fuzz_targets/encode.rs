#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| intelliprint_error_fuzz::checks::encode(bytes));
