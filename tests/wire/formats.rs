//! serde's traits beyond JSON text: positional and named binary formats, and JSON values.

use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::object::decoded;

fn responses() -> [ErrorResponse; 3] {
    let newer = decoded("’\0\u{1f600}", "quota_error", "quota_exhausted", None);
    [
        ErrorObject::parameter_missing("recipients"),
        ErrorObject::new(ErrorCode::RateLimited, ""),
        newer,
    ]
    .map(Into::into)
}

/// Through postcard (positional), MessagePack (positional and named) and JSON (text and value).
#[track_caller]
fn every_format<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let postcard = postcard::to_allocvec(value).unwrap();
    assert_eq!(&postcard::from_bytes::<T>(&postcard).unwrap(), value);
    let positional = rmp_serde::to_vec(value).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&positional).unwrap(), value);
    let named = rmp_serde::to_vec_named(value).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&named).unwrap(), value);
    let text = serde_json::to_vec(value).unwrap();
    assert_eq!(&serde_json::from_slice::<T>(&text).unwrap(), value);
    assert_eq!(&serde_json::from_reader::<_, T>(&*text).unwrap(), value);
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
}

#[test]
fn every_type_goes_through_every_format() {
    for response in responses() {
        every_format(&response);
        every_format(&response.error);
        every_format(response.error.code());
        every_format(response.error.error_type());
        // Inside another type and in a list, where a positional reader must not lose its place.
        every_format(&vec![(response.clone(), 7u8), (response, 8)]);
    }
    ErrorCode::ALL.iter().for_each(every_format);
    ErrorType::ALL.iter().for_each(every_format);
}

#[test]
fn the_bytes_of_binary_formats() {
    let set: ErrorResponse = ErrorObject::new(ErrorCode::Refused, "m").with_param("p").into();
    let unset: ErrorResponse = ErrorObject::new(ErrorCode::Refused, "m").into();
    // A variant goes by its name, never by its number. An unset param keeps its place.
    assert_eq!(
        postcard::to_allocvec(&set).unwrap(),
        b"\x01m\x15invalid_request_error\x07refused\x01\x01p"
    );
    assert_eq!(
        postcard::to_allocvec(&unset).unwrap(),
        b"\x01m\x15invalid_request_error\x07refused\x00"
    );
    assert_eq!(
        rmp_serde::to_vec(&unset).unwrap(),
        b"\x91\x94\xa1m\xb5invalid_request_error\xa7refused\xc0"
    );
    assert_eq!(
        rmp_serde::to_vec_named(&unset).unwrap(),
        b"\x81\xa5error\x84\xa7message\xa1m\xa4type\xb5invalid_request_error\xa4code\xa7refused\xa5param\xc0",
    );
}

#[test]
fn a_named_format_may_leave_param_out_and_add_members() {
    let body = b"\x82\xa1x\x93\x01\x02\x03\xa5error\x84\xa4code\xa7refused\xa7message\xa1m\xa1y\xc0\xa4type\xb5invalid_request_error";
    let expected: ErrorResponse = ErrorObject::new(ErrorCode::Refused, "m").into();
    assert_eq!(rmp_serde::from_slice::<ErrorResponse>(body).unwrap(), expected);
}

#[test]
fn a_positional_body_that_is_too_short_is_refused() {
    let error = rmp_serde::from_slice::<ErrorResponse>(b"\x91\x93\xa1m\xa1t\xa1c").unwrap_err();
    let expected = "invalid length 3, expected an object with `message`, `type` and `code`";
    assert_eq!(error.to_string(), expected);
    assert!(rmp_serde::from_slice::<ErrorResponse>(b"\x90").is_err());
}

#[test]
fn a_refusal_says_for_what_where_a_format_has_no_words_of_its_own() {
    let rejection =
        |body: &[u8]| rmp_serde::from_slice::<ErrorObject>(body).unwrap_err().to_string();
    let nil = rejection(b"\x83\xa7message\xc0\xa4type\xa1t\xa4code\xa1c");
    assert_eq!(nil, "invalid type: unit value, expected a string for `message`");
    let number = rejection(b"\x81\xa7message\x05");
    assert_eq!(number, "invalid type: integer `5`, expected a string for `message`");
    // A key that is not a name.
    assert_eq!(
        rejection(b"\x81\xc0\xa1m"),
        "invalid type: unit value, expected the name of a member"
    );
}

/// The enums are closed. Only `Open` accepts any name.
#[test]
fn the_enums_refuse_an_unknown_name_and_list_the_known_ones() {
    let error = serde_json::from_str::<ErrorType>(r#""quota_error""#).unwrap_err().to_string();
    assert!(
        error.starts_with(
            "unknown variant `quota_error`, expected one of `invalid_request_error`, "
        ),
        "{error}"
    );
    assert_eq!(serde_json::from_str::<Open<ErrorType>>(r#""quota_error""#).unwrap(), "quota_error");
    for near in ["\"Not_found\"", "\"not_found \"", "\"\""] {
        assert!(serde_json::from_str::<ErrorCode>(near).is_err(), "{near}");
    }
    let error = serde_json::from_str::<ErrorCode>("3").unwrap_err().to_string();
    assert_eq!(
        error,
        "invalid type: integer `3`, expected the name of an error code at line 1 column 1"
    );
    let error = serde_json::from_str::<Open<ErrorCode>>("3").unwrap_err().to_string();
    assert_eq!(error, "invalid type: integer `3`, expected a string at line 1 column 1");
}

/// A tagged or flattened container of another crate replays what it has buffered.
#[test]
fn it_works_inside_flattened_and_untagged_containers() {
    #[derive(Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Logged {
        at: u32,
        #[serde(flatten)]
        response: ErrorResponse,
    }
    #[derive(Serialize, serde::Deserialize, PartialEq, Debug)]
    #[serde(untagged)]
    enum Answer {
        Error(ErrorResponse),
        Other { id: String },
    }
    for response in responses() {
        let text = serde_json::to_string(&Logged { at: 1, response: response.clone() }).unwrap();
        assert_eq!(
            serde_json::from_str::<Logged>(&text).unwrap(),
            Logged { at: 1, response: response.clone() }
        );
        let text = serde_json::to_string(&Answer::Error(response.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), Answer::Error(response));
    }
    let other = serde_json::from_str::<Answer>(r#"{"id":"p_1"}"#).unwrap();
    assert_eq!(other, Answer::Other { id: "p_1".into() });
}
