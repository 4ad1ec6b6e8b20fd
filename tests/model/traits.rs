//! The traits that every public type has, and those that only some can have.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::panic::{RefUnwindSafe, UnwindSafe};

#[cfg(feature = "json")]
use intelliprint_error::{ApiError, DecodeError, DecodeErrorKind, RetryAfter};
use intelliprint_error::{
    ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, Origin, Retry, UnknownName,
};

/// Crosses threads and `catch_unwind`.
const fn crosses<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + 'static>() {}
const fn value<T: Clone + Eq + Hash>() {}
const fn word<T: Copy + Ord + Display>() {}
const fn error<T: Error>() {}
const fn codec<T: serde::Serialize + serde::de::DeserializeOwned>() {}

const _: () = {
    crosses::<ErrorType>();
    crosses::<ErrorCode>();
    crosses::<Open<ErrorType>>();
    crosses::<Open<ErrorCode>>();
    crosses::<UnknownName<ErrorCode>>();
    crosses::<ErrorObject>();
    crosses::<ErrorResponse>();
    crosses::<Retry>();
    crosses::<Origin>();

    value::<ErrorType>();
    value::<ErrorCode>();
    value::<Open<ErrorCode>>();
    value::<UnknownName<ErrorCode>>();
    value::<ErrorObject>();
    value::<ErrorResponse>();
    value::<Retry>();
    value::<Origin>();

    word::<ErrorType>();
    word::<ErrorCode>();
    word::<Retry>();
    word::<Origin>();

    error::<ErrorObject>();
    error::<ErrorResponse>();
    error::<UnknownName<ErrorType>>();

    codec::<ErrorType>();
    codec::<ErrorCode>();
    codec::<Open<ErrorType>>();
    codec::<Open<ErrorCode>>();
    codec::<ErrorObject>();
    codec::<ErrorResponse>();
};

#[cfg(feature = "json")]
const _: () = {
    crosses::<ApiError>();
    crosses::<DecodeError>();
    crosses::<DecodeErrorKind>();
    crosses::<RetryAfter>();
    value::<DecodeError>();
    value::<DecodeErrorKind>();
    value::<RetryAfter>();
    error::<ApiError>();
    error::<DecodeError>();
};

/// An `ApiError` survives `catch_unwind`, and its `Result` crosses threads.
#[cfg(feature = "json")]
#[test]
fn an_error_is_caught_and_sent_to_another_thread() {
    let error = ApiError::network("reset");
    let error = std::panic::catch_unwind(move || error).unwrap();
    let shared = std::sync::Arc::new(error);
    let other = std::sync::Arc::clone(&shared);
    let label = std::thread::spawn(move || other.label()).join().unwrap();
    assert_eq!((label, shared.label()), ("network_error", "network_error"));
}
