//! What a client is told that a value should be, for each type that serde itself reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::CString;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{NonZeroI64, NonZeroI128, NonZeroU8, NonZeroU16, NonZeroU64, NonZeroU128};
use std::path::PathBuf;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use intelliprint_error::ErrorObject;
use intelliprint_error::axum::{ApiForm, ApiQuery};
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::as_serde_json::{block_on, extract};

#[derive(Debug, Deserialize)]
struct Field<T> {
    value: T,
}

/// `fine`, or what the message of the rejection says in brackets. The code and the start of the param
/// are the same for every type.
#[track_caller]
fn said<T>(read: Result<T, ErrorObject>) -> String {
    let Err(error) = read else { return "fine".into() };
    assert_eq!(*error.code(), "parameter_invalid", "{error}");
    let param = error.param().unwrap();
    let start = format!("Invalid value for parameter: {param}");
    let reason = error.message().strip_prefix(&start).unwrap();
    assert!(param.starts_with("value"), "{error}");
    reason.strip_prefix(" (").and_then(|text| text.strip_suffix(')')).unwrap_or(reason).into()
}

#[track_caller]
fn of_json<T: DeserializeOwned>(value: &str) -> String {
    said(extract::<Field<T>>(&format!(r#"{{"value":{value}}}"#)))
}

/// Reads a query string.
fn query<T: DeserializeOwned>(pairs: &str) -> Result<T, ErrorObject> {
    let (mut parts, ()) = Request::get(format!("/?{pairs}")).body(()).unwrap().into_parts();
    let read = block_on(ApiQuery::<T>::from_request_parts(&mut parts, &()));
    read.map(|query| query.0).map_err(|response| response.error)
}

#[track_caller]
fn of_query<T: DeserializeOwned>(value: &str) -> String {
    said(query::<Field<T>>(&format!("value={value}")))
}

/// A type accepts its least and greatest number, and rejects the next one with its range, as JSON and
/// as text.
#[test]
fn a_whole_number_is_told_its_range() {
    #[track_caller]
    fn assert_range<T: DeserializeOwned>(fine: &[&str], wrong: &[&str], range: &str) {
        let expected = format!("expected a whole number {range}");
        for value in fine {
            assert_eq!(of_json::<T>(value), "fine", "{value}");
            assert_eq!(of_query::<T>(value), "fine", "{value}");
        }
        for value in wrong {
            assert_eq!(of_json::<T>(value), expected, "{value}");
            assert_eq!(of_query::<T>(value), expected, "{value}");
        }
        assert_eq!(of_query::<T>("x"), expected);
        for value in ["true", "null", r#""1""#, "[]", "{}"] {
            assert_eq!(of_json::<T>(value), expected, "{value}");
        }
    }
    assert_range::<u8>(&["0", "255"], &["-1", "256", "1.5"], "from 0 to 255");
    assert_range::<u16>(&["0", "65535"], &["-1", "65536"], "from 0 to 65535");
    assert_range::<u32>(&["0", "4294967295"], &["-1", "4294967296"], "from 0 to 4294967295");
    assert_range::<u64>(
        &["0", "18446744073709551615"],
        &["-1", "18446744073709551616"],
        "from 0 to 18446744073709551615",
    );
    assert_range::<u128>(
        &["0", "18446744073709551616", "340282366920938463463374607431768211455"],
        &["-1", "340282366920938463463374607431768211456"],
        "of 0 or more",
    );
    assert_range::<i8>(&["-128", "127"], &["-129", "128"], "from -128 to 127");
    assert_range::<i16>(&["-32768", "32767"], &["-32769", "32768"], "from -32768 to 32767");
    assert_range::<i32>(
        &["-2147483648", "2147483647"],
        &["-2147483649", "2147483648"],
        "from -2147483648 to 2147483647",
    );
    assert_range::<i64>(
        &["-9223372036854775808", "9223372036854775807"],
        &["-9223372036854775809", "9223372036854775808"],
        "from -9223372036854775808 to 9223372036854775807",
    );
}

/// Those of Rust's types whose size is the machine's.
#[test]
fn a_number_of_the_machines_size_is_told_its_range() {
    let unsigned = "expected a whole number from 0 to 18446744073709551615";
    let signed = "expected a whole number from -9223372036854775808 to 9223372036854775807";
    for value in ["1.5", "true", "18446744073709551616"] {
        assert_eq!(of_json::<usize>(value), unsigned, "{value}");
        assert_eq!(of_json::<isize>(value), signed, "{value}");
    }
    assert_eq!((of_query::<usize>("-1"), of_query::<isize>("x")), (unsigned.into(), signed.into()));
}

#[test]
fn a_number_that_must_not_be_0_is_told_so() {
    assert_eq!(of_json::<NonZeroU8>("0"), "expected a whole number from 1 to 255");
    assert_eq!(of_json::<NonZeroU16>("0"), "expected a whole number from 1 to 65535");
    let from_1 = "expected a whole number from 1 to 18446744073709551615";
    assert_eq!(of_json::<NonZeroU64>("0"), from_1);
    assert_eq!(of_json::<NonZeroU128>("0"), "expected a whole number of 1 or more");
    let but_0 = "expected a whole number from -9223372036854775808 to 9223372036854775807 except 0";
    assert_eq!(of_json::<NonZeroI64>("0"), but_0);
    assert_eq!(of_json::<NonZeroI128>("0"), "expected a whole number except 0");
    assert_eq!(of_json::<i128>("1.5"), "expected a whole number");
    assert_eq!(of_query::<i128>("x"), "expected a whole number");
    assert_eq!(of_json::<i128>("-170141183460469231731687303715884105728"), "fine");
    assert_eq!(of_query::<i128>("-170141183460469231731687303715884105728"), "fine");
}

#[test]
fn other_types_are_told_in_words_for_people() {
    #[derive(Debug, Deserialize)]
    struct Unit;
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "the extractors only read it")]
    struct Pair(u8, u8);
    for value in [r#""1""#, "true", "null", "[]"] {
        assert_eq!(of_json::<f64>(value), "expected a number", "{value}");
        assert_eq!(of_json::<f32>(value), "expected a number", "{value}");
    }
    assert_eq!([of_query::<f64>("x"), of_query::<f32>("x")], ["expected a number"; 2]);
    assert_eq!(of_json::<bool>("1"), "expected true or false");
    assert_eq!(of_query::<bool>("1"), "expected true or false");
    assert_eq!(of_json::<char>("1"), "expected one character");
    assert_eq!(of_json::<char>(r#""ab""#), "expected one character");
    assert_eq!(of_query::<char>("ab"), "expected one character");
    assert_eq!(of_json::<String>("1"), "expected text");
    assert_eq!(of_json::<PathBuf>("1"), "expected text");
    assert_eq!(of_json::<()>("1"), "expected null");
    assert_eq!(of_json::<Unit>("1"), "expected null");
    assert_eq!(of_json::<Vec<u8>>("1"), "expected a list");
    assert_eq!(of_json::<BTreeSet<u8>>("1"), "expected a list");
    assert_eq!(of_json::<CString>("1"), "expected a list");
    assert_eq!(of_json::<Pair>("1"), "expected a list");
    assert_eq!(of_json::<(u8, u8)>("1"), "expected a list of 2 values");
    assert_eq!(of_json::<(u8, u8)>("[1]"), "expected a list of 2 values");
    assert_eq!(of_json::<(u8, u8)>("[1,2,3]"), "expected fewer values in the list");
    assert_eq!(of_json::<[u8; 3]>("[1,2]"), "expected a list of 3 values");
    assert_eq!(of_json::<[u8; 0]>("1"), "expected an empty list");
    assert_eq!(of_json::<HashMap<String, u8>>("1"), "expected an object");
    assert_eq!(of_json::<BTreeMap<String, u8>>("[]"), "expected an object");
    assert_eq!(of_json::<Duration>("1"), "expected an object");
    assert_eq!(of_json::<IpAddr>("1"), "expected an IP address");
    assert_eq!(of_json::<Ipv4Addr>("1"), "expected an IPv4 address");
    assert_eq!(of_json::<Ipv6Addr>("1"), "expected an IPv6 address");
    // A query has no values within values.
    assert_eq!(of_query::<Field<u8>>("1"), "expected one value");
    assert_eq!(of_query::<Vec<u8>>("1"), "expected a list");
    assert_eq!(of_json::<Result<u8, u8>>(r#"{"ok":1}"#), "expected one of Ok, Err");
    // serde's own words for a socket's address are not translated, so the message has none.
    assert_eq!(of_json::<SocketAddr>("1"), "");
}

/// serde's derive has four forms of an enum, and each variant one of four.
#[test]
fn an_enum_is_told_its_names_and_what_a_variant_holds() {
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    #[expect(dead_code, reason = "the extractors only read it")]
    enum Sheet {
        Plain,
        Copies(u8),
        Size(u8, u8),
        Fold { at: u8 },
    }
    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", content = "of")]
    #[expect(dead_code, reason = "the extractors only read it")]
    enum Adjacent {
        A(u8),
        B { at: u8 },
    }
    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind")]
    #[expect(dead_code, reason = "the extractors only read it")]
    enum Internal {
        A { at: u8 },
    }
    let names = "expected one of plain, copies, size, fold";
    let whole = "expected a whole number from 0 to 255";
    for (value, expected) in [
        (r#""plain""#, "fine"),
        (r#"{"plain":null}"#, "fine"),
        (r#"{"copies":1}"#, "fine"),
        (r#"{"size":[1,2]}"#, "fine"),
        (r#"{"fold":{"at":1}}"#, "fine"),
        ("1", names),
        ("{}", names),
        (r#""plan""#, names),
        (r#"{"plan":1}"#, names),
        (r#"{"plain":null,"copies":1}"#, names),
        (r#"{"plain":1}"#, "expected null"),
        (r#"{"copies":"x"}"#, whole),
        (r#"{"size":{"0":1,"1":2}}"#, "expected a list"),
        (r#"{"size":[1]}"#, "expected a list"),
        (r#"{"size":[1,"x"]}"#, whole),
        (r#"{"size":[1,2,3]}"#, "expected fewer values in the list"),
        (r#"{"fold":[1]}"#, "expected an object"),
        (r#"{"fold":{"at":"x"}}"#, whole),
    ] {
        assert_eq!(of_json::<Sheet>(value), expected, "{value}");
    }
    assert_eq!(of_query::<Sheet>("plain"), "fine");
    assert_eq!(of_query::<Sheet>("plan"), names);
    for (value, expected) in [
        (r#"{"kind":"A","of":1}"#, "fine"),
        ("1", "expected an object"),
        (r#"{"kind":"C","of":1}"#, "expected one of A, B"),
        (r#"{"kind":"A","of":"x"}"#, whole),
        (r#"{"kind":"B","of":[1]}"#, "expected an object"),
    ] {
        assert_eq!(of_json::<Adjacent>(value), expected, "{value}");
    }
    assert_eq!(of_json::<Internal>("1"), "expected an object");
    assert_eq!(of_json::<Internal>("[]"), "expected an object");
    assert_eq!(of_json::<Internal>(r#"{"kind":"B"}"#), "expected A");
}

/// A list of names is cut between two names, and a reason at 200 characters, because a type may have
/// any number of names.
#[test]
fn a_long_list_of_names_is_cut() {
    #[derive(Debug, Deserialize)]
    #[expect(clippy::enum_variant_names, reason = "only the length of the names counts")]
    enum Many {
        AnEnvelopeOfThirtyLettersInAll,
        BnEnvelopeOfThirtyLettersInAll,
        CnEnvelopeOfThirtyLettersInAll,
        DnEnvelopeOfThirtyLettersInAll,
        EnEnvelopeOfThirtyLettersInAll,
        FnEnvelopeOfThirtyLettersInAll,
        GnEnvelopeOfThirtyLettersInAll,
        HnEnvelopeOfThirtyLettersInAll,
        InEnvelopeOfThirtyLettersInAll,
        JnEnvelopeOfThirtyLettersInAll,
        KnEnvelopeOfThirtyLettersInAll,
    }
    let name = |letter: char| format!("{letter}nEnvelopeOfThirtyLettersInAll");
    // Nine names and what is between them are at most 300 bytes, and ten are more.
    let nine: Vec<_> = ('A'..='I').map(name).collect();
    let list = format!("expected one of {}", nine.join(", "));
    assert_eq!(of_json::<Many>("1"), format!("{list}, …"));
    assert_eq!(of_query::<Many>("x"), format!("{list}, …"));
    let whole = extract::<Many>("1").unwrap_err();
    let cut: String = list.chars().take(200).collect();
    let expected = format!("The request body has the wrong format: {cut}…");
    assert_eq!(whole.message(), expected);
}

/// A form's and a query's text is decoded: `+` is a space, and `%` begins a byte.
#[test]
fn the_text_of_a_query_and_a_form_is_decoded() {
    let pairs = "value=a+b%26%2B%c3%a9%3d%2526";
    assert_eq!(query::<Field<String>>(pairs).unwrap().value, "a b&+é=%26");
    // Only JSON has a null.
    let null = query::<Field<Option<String>>>("value=null").unwrap().value;
    assert_eq!(null.as_deref(), Some("null"));
    let form = Request::post("/").header("content-type", "application/x-www-form-urlencoded");
    let form = form.body(Body::from(pairs)).unwrap();
    let form = block_on(ApiForm::<Field<String>>::from_request(form, &())).unwrap();
    assert_eq!(form.0.value, "a b&+é=%26");
}

/// A type may take what it wants of an object and leave the rest.
#[test]
fn the_members_that_a_type_leaves_are_passed_over() {
    #[derive(Debug)]
    struct First(u8);

    impl<'de> Deserialize<'de> for First {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct FirstMember;

            impl<'de> Visitor<'de> for FirstMember {
                type Value = First;

                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<First, A::Error> {
                    Ok(First(map.next_entry::<String, u8>()?.map_or(0, |(_, value)| value)))
                }
            }

            deserializer.deserialize_map(FirstMember)
        }
    }

    let body = r#"{"value":[{"a":7,"b":{"c":[1,{}]},"d":"}"},{"a":8}]}"#;
    let values = extract::<Field<Vec<First>>>(body).unwrap().value;
    assert_eq!(values.iter().map(|first| first.0).collect::<Vec<_>>(), [7, 8]);
}

/// `ApiQuery<Option<T>>` reads the fields of `T` from any query. `Option<ApiQuery<T>>` is `None` if the
/// URL has no query.
#[test]
fn a_query_without_pairs_lacks_the_fields_of_an_optional_type() {
    for pairs in ["", "&", "other=1"] {
        let missing = query::<Option<Field<String>>>(pairs).unwrap_err();
        assert_eq!(missing.message(), "Missing required parameter: value", "{pairs}");
    }
    assert_eq!(query::<Option<Field<u8>>>("value=7").unwrap().unwrap().value, 7);
}

/// A handler may ask for nothing, whatever the client sends.
#[test]
fn a_handler_may_ask_for_no_parameters() {
    #[derive(Debug, Deserialize)]
    struct Nothing;
    for uri in ["/", "/?", "/?a=1&b=2"] {
        let (mut parts, ()) = Request::get(uri).body(()).unwrap().into_parts();
        let unit = block_on(ApiQuery::<()>::from_request_parts(&mut parts, &()));
        let nothing = block_on(ApiQuery::<Nothing>::from_request_parts(&mut parts, &()));
        assert!(unit.is_ok() && nothing.is_ok(), "{uri}");
    }
}
