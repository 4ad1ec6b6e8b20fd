//! What holds for every object and every JSON value: decoding is the inverse of encoding, and a
//! rejection names the field. `PROPTEST_CASES=1000000` runs more cases.

use intelliprint_error::{
    ApiError, ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, WireEnum,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::object::decoded;

/// A name of this version, a string that differs from one by a letter, or any text.
fn name<T: WireEnum + 'static>() -> impl Strategy<Value = Open<T>> {
    prop_oneof![
        select(T::ALL).prop_map(Open::from),
        (select(T::ALL), any::<char>())
            .prop_map(|(known, c)| format!("{}{c}", known.as_str()).into()),
        any::<String>().prop_map(Open::from),
    ]
}

prop_compose! {
    fn object()(
        message in any::<String>(),
        error_type in name::<ErrorType>(),
        code in name::<ErrorCode>(),
        param in any::<Option<String>>(),
    ) -> ErrorObject {
        decoded(&message, error_type.as_str(), code.as_str(), param.as_deref())
    }
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let member = prop_oneof![
        2 => select(vec!["error", "message", "type", "code", "param"]).prop_map(String::from),
        1 => any::<String>(),
    ];
    scalar.prop_recursive(4, 16, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((member.clone(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn body_with(member: &str, value: &Value) -> Vec<u8> {
    let mut error = json!({"message": "m", "type": "t", "code": "c", "param": "p"});
    error[member] = value.clone();
    serde_json::to_vec(&json!({ "error": error })).unwrap()
}

/// What a rejection must say about a value in place of the error object.
fn first_fault_of(error: &Value) -> Option<&'static str> {
    let Value::Object(members) = error else {
        return Some("expected an object with `message`, `type` and `code`");
    };
    let is_read = |(name, value): (&String, &Value)| match (name.as_str(), value) {
        ("message" | "type" | "code", value) => value.is_string(),
        ("param", value) => value.is_string() || value.is_null(),
        _ => true,
    };
    let is_whole = |members: &Map<String, Value>| {
        ["message", "type", "code"].iter().all(|m| members.contains_key(*m))
    };
    (!members.iter().all(is_read) || !is_whole(members)).then_some("`")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decoding_is_the_inverse_of_encoding(object in object()) {
        let response = ErrorResponse::from(object);
        let body = response.to_json();
        prop_assert_eq!(&ErrorResponse::from_slice(&body).unwrap(), &response);
        let error = ApiError::from_parts(400, None, body);
        prop_assert_eq!(error.object(), Some(&response.error));
        prop_assert_eq!(serde_json::from_slice::<ErrorResponse>(&serde_json::to_vec(&response).unwrap()).unwrap(), response);
    }

    #[test]
    fn any_value_for_a_member_is_read_or_the_member_named(
        member in select(vec!["message", "type", "code", "param"]),
        value in value(),
    ) {
        let body = body_with(member, &value);
        match (ErrorResponse::from_slice(&body), &value) {
            (Ok(response), _) => {
                let error = serde_json::to_value(&response.error).unwrap();
                prop_assert_eq!(error.get(member), Some(&value).filter(|value| !value.is_null()));
                prop_assert!(value.is_string() || member == "param" && value.is_null());
            }
            (Err(rejection), Value::String(_)) => prop_assert!(false, "{rejection}"),
            (Err(rejection), _) => prop_assert!(rejection.to_string().contains(&format!("for `{member}`, at byte ")), "{rejection}"),
        }
    }

    #[test]
    fn any_value_for_the_error_is_read_or_a_member_named(error in value()) {
        let body = serde_json::to_vec(&json!({ "error": error })).unwrap();
        match (ErrorResponse::from_slice(&body), first_fault_of(&error)) {
            (Ok(_), fault) => prop_assert_eq!(fault, None),
            (Err(rejection), Some(fault)) => prop_assert!(rejection.to_string().contains(fault), "{rejection}"),
            (Err(rejection), None) => prop_assert!(false, "{rejection}"),
        }
    }

    #[test]
    fn any_value_for_the_body_is_read_or_the_envelope_named(body in value()) {
        let decoded = ErrorResponse::from_slice(&serde_json::to_vec(&body).unwrap());
        let fault = body.get("error").map_or(Some("`error`"), first_fault_of);
        match (decoded, fault) {
            (Ok(_), fault) => prop_assert_eq!(fault, None),
            (Err(rejection), Some(fault)) => prop_assert!(rejection.to_string().contains(fault), "{rejection}"),
            (Err(rejection), None) => prop_assert!(false, "{rejection}"),
        }
    }
}
