//! Strings that are almost a name. None may be taken for the name.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use intelliprint_error::{ErrorCode, ErrorObject, ErrorType, Open, WireEnum};

/// Strings that differ from `not_found`, `refused` and each other: in letter case, by white space,
/// by a prefix or suffix, and with the same length.
const NEAR: &[&str] = &[
    "not_found",
    "Not_found",
    "NOT_FOUND",
    "NotFound",
    "not_foun",
    "not_founds",
    "not_fount",
    " not_found",
    "not_found ",
    "not_found\n",
    "not-found",
    "not_found\0",
    "not_fou\u{f1}d",
    "refused",
    "Refused",
    "r",
    "",
];

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    NEAR.iter().flat_map(|one| NEAR.iter().map(move |other| (*one, *other)))
}

#[test]
fn open_names_are_equal_only_if_every_byte_is() {
    for (one, other) in pairs() {
        let is_same = one == other;
        let (open, second) = (Open::<ErrorCode>::from(one), Open::<ErrorCode>::from(other));
        let owned = other.to_owned();
        assert_eq!(open == second, is_same, "{one:?} {other:?}");
        assert_eq!(open == *other, is_same, "{one:?} {other:?}");
        assert_eq!(open == other, is_same, "{one:?} {other:?}");
        assert_eq!(open == owned, is_same, "{one:?} {other:?}");
        assert_eq!(*other == open, is_same, "{one:?} {other:?}");
        assert_eq!(other == open, is_same, "{one:?} {other:?}");
        assert_eq!(owned == open, is_same, "{one:?} {other:?}");
    }
}

#[test]
fn open_names_have_the_order_and_the_hash_of_their_strings() {
    let hasher = RandomState::new();
    for (one, other) in pairs() {
        let (open, second) = (Open::<ErrorType>::from(one), Open::<ErrorType>::from(other));
        assert_eq!(open.cmp(&second), one.cmp(other), "{one:?} {other:?}");
        assert_eq!(open.partial_cmp(&second), Some(one.cmp(other)), "{one:?} {other:?}");
    }
    for name in NEAR {
        assert_eq!(hasher.hash_one(Open::<ErrorType>::from(*name)), hasher.hash_one(*name));
    }
    let hashes: HashSet<_> =
        NEAR.iter().map(|name| hasher.hash_one(Open::<ErrorCode>::from(*name))).collect();
    assert_eq!(hashes.len(), NEAR.len());
}

#[test]
fn only_the_exact_name_is_known_whatever_string_type_brings_it() {
    for name in NEAR {
        let known = match *name {
            "not_found" => Some(ErrorCode::NotFound),
            "refused" => Some(ErrorCode::Refused),
            _ => None,
        };
        assert_eq!(ErrorCode::from_name(name), known, "{name:?}");
        assert_eq!(name.parse::<ErrorCode>().ok(), known, "{name:?}");
        if let Err(unknown) = name.parse::<ErrorCode>() {
            assert_eq!(unknown.as_str(), *name);
        }
        assert_eq!(ErrorCode::try_from(*name).ok(), known, "{name:?}");
        for open in [
            Open::<ErrorCode>::from(*name),
            Open::from((*name).to_owned()),
            Open::from(Cow::Borrowed(*name)),
            Open::from(Cow::<str>::Owned((*name).to_owned())),
            name.parse().unwrap(),
        ] {
            assert_eq!((open.known(), open.as_str()), (known, *name));
        }
    }
}

#[test]
fn every_known_name_differs_from_itself_in_capitals_and_with_white_space() {
    fn check<T: WireEnum + std::str::FromStr>() {
        for value in T::ALL {
            let name = value.as_str();
            let padded = [format!(" {name}"), format!("{name} "), format!("{name}\n")];
            for near in padded.into_iter().chain([name.to_ascii_uppercase()]) {
                assert!(near.parse::<T>().is_err(), "{near:?}");
                assert_eq!(Open::<T>::from(near.clone()).known(), None, "{near:?}");
                assert_eq!(Open::<T>::from(near.as_str()).known(), None, "{near:?}");
            }
        }
    }
    check::<ErrorType>();
    check::<ErrorCode>();
}

#[test]
fn display_of_an_object_shows_an_empty_param_and_no_absent_one() {
    let error = ErrorObject::new(ErrorCode::NotFound, "No such print");
    assert_eq!(error.to_string(), "not_found (invalid_request_error): No such print");
    assert_eq!(
        error.with_param("").to_string(),
        "not_found (invalid_request_error): No such print [param: ]"
    );
}

#[test]
fn unknown_names_are_equal_only_if_every_byte_is() {
    let unknown = |name: &str| name.parse::<ErrorCode>().unwrap_err();
    assert_eq!(unknown("quota"), unknown("quota"));
    for other in ["Quota", "quota ", "quot", "quotb"] {
        assert_ne!(unknown("quota"), unknown(other));
    }
}

#[test]
fn a_code_equals_no_name_that_starts_with_its_own() {
    let newer = Open::<ErrorCode>::from("not_found_here");
    assert_ne!(newer, ErrorCode::NotFound);
    assert_ne!(ErrorCode::NotFound, newer);
}
