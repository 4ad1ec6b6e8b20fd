//! Error objects: what constructors set and what conversions keep.

use std::borrow::Cow;

use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};

#[path = "../common/object.rs"]
mod object;

#[test]
fn every_constructor_sets_the_codes_own_type() {
    for code in ErrorCode::ALL {
        let object = ErrorObject::new(*code, "m");
        assert_eq!(*object.error_type(), code.error_type());
        assert_eq!(*object.code(), *code);
        assert_eq!((object.message(), object.param()), ("m", None));

        let described = ErrorObject::from(*code);
        assert_eq!(described, ErrorObject::new(*code, code.description()));
    }
}

#[test]
fn every_parameter_constructor_sets_the_param() {
    let objects = [
        (ErrorObject::parameter_invalid("a.b", "m"), ErrorCode::ParameterInvalid, "m"),
        (
            ErrorObject::parameter_missing("a.b"),
            ErrorCode::ParameterMissing,
            "Missing required parameter: a.b",
        ),
        (
            ErrorObject::parameter_unknown("a.b"),
            ErrorCode::ParameterUnknown,
            "Received unknown parameter: a.b",
        ),
    ];
    for (object, code, message) in objects {
        assert_eq!(*object.code(), code);
        assert_eq!((object.message(), object.param()), (message, Some("a.b")));
    }
}

#[test]
fn the_last_param_that_is_set_counts() {
    let object = ErrorObject::parameter_missing("a").with_param("b");
    assert_eq!(object.param(), Some("b"));
    let decoded = object::decoded("m", "t", "c", Some("a")).with_param("");
    assert_eq!(decoded.param(), Some(""));
}

#[test]
fn a_decoded_object_keeps_a_pair_that_no_constructor_makes() {
    let object = object::decoded("m", "rate_limit_error", "rate_limited", Some("p"));
    let response = ErrorResponse::from(object.clone());
    assert_eq!(ErrorObject::from(response), object);
    let (message, error_type, code, param) = object.into_parts();
    assert_eq!((&*message, param.as_deref()), ("m", Some("p")));
    assert_eq!(
        (error_type.as_str(), code.known()),
        ("rate_limit_error", Some(ErrorCode::RateLimited))
    );
}

#[test]
fn a_literal_is_not_copied() {
    let (message, ..) = ErrorObject::from(ErrorCode::NotFound).into_parts();
    assert!(matches!(message, Cow::Borrowed("The requested resource was not found.")));
}

#[test]
fn the_last_param_counts() {
    let object = ErrorObject::parameter_missing("a").with_param("b");
    assert_eq!(object.param(), Some("b"));
    assert_eq!(object.message(), "Missing required parameter: a");
}

#[test]
fn display_shows_a_whole_message_and_an_escaped_param() {
    let long = "x".repeat(5000);
    let object = ErrorObject::parameter_invalid("a\nb", long.clone());
    assert_eq!(
        object.to_string(),
        format!(r"parameter_invalid (invalid_request_error): {long} [param: a\nb]")
    );
}
