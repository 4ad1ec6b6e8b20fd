#![no_main]

use arbitrary::Arbitrary;
use intelliprint_error::{ErrorCode, ErrorType, Open, WireEnum};
use intelliprint_error_fuzz::checks;

/// An object with any text, whose names are known or any text.
#[derive(Arbitrary, Debug)]
struct Object {
    message: String,
    error_type: AnyName,
    code: AnyName,
    param: Option<String>,
}

#[derive(Arbitrary, Debug)]
enum AnyName {
    Known(u8),
    Text(String),
}

impl AnyName {
    fn open<T: WireEnum>(self) -> Open<T> {
        match self {
            Self::Known(index) => T::ALL[usize::from(index) % T::ALL.len()].into(),
            Self::Text(text) => text.into(),
        }
    }
}

libfuzzer_sys::fuzz_target!(|any: Object| {
    let object = checks::decoded(
        &any.message,
        any.error_type.open::<ErrorType>().as_str(),
        any.code.open::<ErrorCode>().as_str(),
        any.param.as_deref(),
    );
    checks::object(object);
});
