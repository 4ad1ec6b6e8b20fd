#![no_main]

use arbitrary::Arbitrary;
use intelliprint_error::{ErrorCode, ErrorObject, ErrorType, Open, WireEnum};

/// Any object: each name one of this version's, or any text.
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
    let mut object = ErrorObject::new(ErrorCode::NotFound, any.message);
    object.error_type = any.error_type.open::<ErrorType>();
    object.code = any.code.open::<ErrorCode>();
    object.param = any.param.map(Into::into);
    intelliprint_error_fuzz::checks::object(object);
});
