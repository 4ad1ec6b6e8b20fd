//! The enums, open enums and strum's traits: names, comparisons, facts.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use intelliprint_error::{ErrorCode, ErrorType, Open, Origin, Retry, WireEnum};

use crate::hostile::is_hostile;

#[test]
fn every_name_parses_to_its_value_and_no_other_string_does() {
    fn check<T: WireEnum + std::str::FromStr + PartialEq + std::fmt::Debug>() {
        assert_eq!(
            T::ALL.iter().map(|value| value.as_str()).collect::<HashSet<_>>().len(),
            T::ALL.len()
        );
        for value in T::ALL {
            let name = value.as_str();
            assert_eq!(T::from_name(name), Some(*value));
            assert_eq!(name.parse::<T>().ok(), Some(*value));
            assert_eq!(value.to_string(), name);
            for near in [
                name.to_uppercase(),
                format!(" {name}"),
                format!("{name} "),
                name.replace('_', "-") + "\0",
            ] {
                assert_eq!(T::from_name(&near), None, "{near:?}");
            }
        }
        assert_eq!(T::from_name(""), None);
    }
    check::<ErrorType>();
    check::<ErrorCode>();
}

#[test]
fn parsing_an_unknown_name_keeps_it() {
    for name in ["quota_exhausted", " not_found ", "NOT_FOUND", ""] {
        let unknown = name.parse::<ErrorCode>().unwrap_err();
        assert_eq!((unknown.as_str(), Open::from(unknown.clone()).as_str()), (name, name));
    }
    let unknown = "quota_exhausted".parse::<ErrorCode>().unwrap_err();
    assert_eq!(unknown.as_str(), "quota_exhausted");
    assert_eq!(unknown.to_string(), "`quota_exhausted` is not an error code of this version");
    assert_eq!(Open::from(unknown), "quota_exhausted");
    let unknown = ErrorType::try_from("a\u{1b}[31m\u{202e}b").unwrap_err();
    assert_eq!(unknown.to_string(), r"`a\u{1b}[31m\u{202e}b` is not an error type of this version");
    assert_eq!(unknown.as_str(), "a\u{1b}[31m\u{202e}b");
}

#[test]
fn an_open_name_is_compared_and_hashed_by_its_string() {
    let hasher = RandomState::new();
    for name in ["not_found", "quota_exhausted", ""] {
        let open: Open<ErrorCode> = name.into();
        assert_eq!(open, name);
        assert_eq!(open, *name);
        assert_eq!(open, name.to_owned());
        assert_eq!(open, Open::from(name.to_owned()));
        assert_eq!(open.as_str(), name);
        assert_eq!(open.to_string(), name);
        // The string on the left.
        assert_eq!(name, open);
        assert_eq!(*name, open);
        assert_eq!(name.to_owned(), open);
        // A map with keys of `Open` can look up a `str`, also after a release that adds the name.
        assert_eq!(hasher.hash_one(&open), hasher.hash_one(name));
        let map = HashMap::from([(open, 1)]);
        assert_eq!(map.get(name), Some(&1));
    }
    let open: Open<ErrorCode> = "not_found".into();
    assert_eq!(open, ErrorCode::NotFound);
    assert_eq!(ErrorCode::NotFound, open);
    assert_ne!(open, ErrorCode::Refused);
    assert_ne!(Open::<ErrorCode>::from("quota_exhausted"), ErrorCode::NotFound);
    assert!(matches!(open, Open::Known(ErrorCode::NotFound)), "a known name is never `Unknown`");
    assert_eq!(
        format!("{open:?} {:?}", Open::<ErrorType>::from("x\n")),
        r#"NotFound Unknown("x\n")"#
    );
}

/// Without this test, an equality that is always true would pass every test that compares objects.
#[test]
fn open_names_that_differ_are_not_equal() {
    let (known, newer) =
        (Open::<ErrorCode>::from("not_found"), Open::<ErrorCode>::from("quota_exhausted"));
    assert_ne!(known, newer);
    assert_ne!(known, Open::from(ErrorCode::Refused));
    assert_ne!(newer, Open::from("quota_exceeded"));
    for (open, other) in [(&known, "refused"), (&newer, "quota_exceeded")] {
        let owned = other.to_owned();
        assert!(*open != *other && *open != other && *open != owned, "{open}");
        assert!(*other != *open && other != *open && owned != *open, "{open}");
    }
    assert_ne!(known, ErrorCode::Refused);
    assert_ne!(ErrorCode::Refused, known);
    assert_ne!(newer, ErrorCode::Refused);
    let unknown = |name: &str| name.parse::<ErrorCode>().unwrap_err();
    assert_eq!(unknown("quota_exhausted"), unknown("quota_exhausted"));
    assert_ne!(unknown("quota_exhausted"), unknown("quota_exceeded"));
}

#[test]
fn an_open_name_comes_from_any_kind_of_string_and_gives_it_back() {
    for name in ["not_found", "quota_exhausted", " not_found ", "NOT_FOUND", "", "né"] {
        let expected = Open::<ErrorCode>::from(name);
        let parsed: Result<Open<ErrorCode>, _> = name.parse();
        for open in [
            Open::from(name.to_owned()),
            Open::from(Cow::Borrowed(name)),
            Open::from(Cow::<str>::Owned(name.into())),
            parsed.unwrap(),
        ] {
            assert_eq!(open, expected);
            assert_eq!(open.known(), expected.known());
            assert_eq!((open.as_str(), open.as_ref(), &*open.to_string()), (name, name, name));
        }
    }
    let unknown = "quota_exhausted".parse::<ErrorCode>().unwrap_err();
    assert_eq!(unknown.as_str(), "quota_exhausted");
    assert_eq!(unknown.to_string(), "`quota_exhausted` is not an error code of this version");
    assert!(HashSet::from([unknown.clone()]).contains(&unknown));
    let hash = RandomState::new();
    assert_ne!(
        hash.hash_one(&unknown),
        hash.hash_one("quota_exceeded".parse::<ErrorCode>().unwrap_err())
    );
    assert_eq!(Open::from(unknown), "quota_exhausted");
    assert_eq!(ErrorCode::try_from("not_found"), Ok(ErrorCode::NotFound));
    assert_eq!(AsRef::<str>::as_ref(&ErrorCode::NotFound), "not_found");
}

#[test]
fn the_facts_of_a_code_are_constants() {
    const STATUS: Option<u16> = ErrorCode::BodyTooLarge.http_status();
    const TYPE: ErrorType = ErrorCode::BodyTooLarge.error_type();
    const RETRY: Retry = ErrorCode::RateLimited.retry();
    const NAME: &str = ErrorCode::NotFound.as_str();
    const REMEDY: &str = ErrorCode::ParameterMissing.remedy();
    const MAY_RETRY: bool = RETRY.permits(false);
    assert_eq!(
        (STATUS, TYPE, RETRY, NAME, MAY_RETRY),
        (Some(413), ErrorType::InvalidRequestError, Retry::AfterDelay, "not_found", true)
    );
    assert_eq!(REMEDY, "Add the parameter that param names, then send the request again.");
}

#[test]
fn every_code_has_a_remedy_of_its_own() {
    let remedies: HashSet<_> = ErrorCode::ALL.iter().map(|code| code.remedy()).collect();
    assert_eq!(remedies.len(), ErrorCode::ALL.len());
}

#[test]
fn a_rule_permits_what_its_table_says() {
    for (rule, idempotent, other) in [
        (Retry::Never, false, false),
        (Retry::AfterDelay, true, true),
        (Retry::IfIdempotent, true, false),
    ] {
        assert_eq!((rule.permits(true), rule.permits(false)), (idempotent, other), "{rule}");
    }
}

#[test]
fn names_are_padded_to_the_width() {
    let known = Open::from(ErrorCode::NotFound);
    let unknown: Open<ErrorCode> = "quota".into();
    assert_eq!(format!("[{known:>12}] [{unknown:*^9}]"), "[   not_found] [**quota**]");
    assert_eq!(format!("[{:<11}]", ErrorCode::NotFound), "[not_found  ]");
    assert_eq!(format!("[{:8}] [{:>5}]", Retry::Never, Origin::Api), "[never   ] [  api]");
    assert_eq!(format!("[{:.3}] [{known:.3}] [{unknown:.3}]", Retry::Never), "[nev] [not] [quo]");
    // The width counts what is shown, so an escape counts as its characters.
    let hostile: Open<ErrorCode> = "a\nb".into();
    assert_eq!(format!("[{hostile:6}]"), r"[a\nb  ]");
}

#[test]
fn values_are_ordered_as_listed_and_open_names_by_their_string() {
    for pair in ErrorCode::ALL.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
    }
    assert!(ErrorType::InvalidRequestError < ErrorType::NetworkError);
    assert!(Retry::Never < Retry::IfIdempotent && Origin::Api < Origin::Sdk);
    // `not_found` stands before `forbidden` in the list and after it in the alphabet.
    assert!(ErrorCode::NotFound < ErrorCode::Forbidden);
    let [found, forbidden, newer] =
        ["not_found", "forbidden", "quota_exhausted"].map(Open::<ErrorCode>::from);
    assert!(forbidden < found && found < newer);
}

#[test]
fn only_network_error_is_raised_by_sdks_and_has_no_status() {
    for code in ErrorCode::ALL {
        let is_sdk = *code == ErrorCode::NetworkError;
        assert_eq!(code.origin(), if is_sdk { Origin::Sdk } else { Origin::Api }, "{code}");
        assert_eq!(code.http_status().is_none(), is_sdk, "{code}");
    }
    for error_type in ErrorType::ALL {
        let is_sdk = *error_type == ErrorType::NetworkError;
        assert_eq!(
            error_type.origin(),
            if is_sdk { Origin::Sdk } else { Origin::Api },
            "{error_type}"
        );
    }
}

#[test]
fn the_words_of_rules_and_origins_are_those_of_the_published_files() {
    assert_eq!(
        Retry::ALL.iter().map(|retry| retry.as_str()).collect::<Vec<_>>(),
        ["never", "after_delay", "if_idempotent"]
    );
    assert_eq!([Origin::Api.as_str(), Origin::Sdk.as_str()], ["api", "sdk"]);
    assert_eq!(format!("{} {}", Retry::AfterDelay, Origin::Sdk), "after_delay sdk");
    for (retry, words) in [
        (Retry::Never, "will fail again"),
        (Retry::AfterDelay, "any request may be sent again after a delay."),
        (Retry::IfIdempotent, "send the request again only if it is idempotent"),
    ] {
        assert!(retry.description().contains(words), "{retry}: {}", retry.description());
    }
}

/// Generic code written for strum's derives uses these methods.
#[cfg(feature = "strum")]
#[test]
fn strum_traits_work_in_generic_code() {
    use strum::{EnumCount, EnumMessage, IntoEnumIterator, VariantArray};

    fn check<T: IntoEnumIterator + EnumMessage + EnumCount + VariantArray + WireEnum>() {
        assert_eq!((T::COUNT, T::iter().len()), (T::VARIANTS.len(), T::VARIANTS.len()));
        assert!(T::iter().rev().eq(T::VARIANTS.iter().rev().copied()));
        for value in T::iter() {
            assert_eq!(value.get_message(), Some(value.description()));
            assert_eq!(value.get_documentation(), Some(value.description()));
            assert_eq!(value.get_detailed_message(), None);
            assert_eq!(value.get_serializations(), [value.as_str()]);
        }
    }
    check::<ErrorType>();
    check::<ErrorCode>();
}

/// By the bytes of the name, known or not, so that a map of open names is searched by text.
#[test]
fn open_names_are_ordered_as_their_text() {
    let names =
        ["Zebra", "aaa", "forbidden", "not_found", "paragraph", "refused", "zebra", "\u{e9}"];
    let mut open: Vec<_> = names.iter().rev().map(|name| Open::<ErrorCode>::from(*name)).collect();
    open.sort();
    assert_eq!(open.iter().map(Open::as_str).collect::<Vec<_>>(), names);
    let map: std::collections::BTreeMap<_, _> = open.into_iter().zip(0..).collect();
    for (at, name) in names.iter().enumerate() {
        assert_eq!(map.get(*name), Some(&at), "{name}");
    }
}

/// Every character of Unicode is tried.
#[test]
fn an_open_name_is_shown_with_each_hostile_character_escaped_and_no_other() {
    let last = if cfg!(miri) { 0x700 } else { u32::from(char::MAX) };
    for first in (0..last).step_by(256) {
        let chars: String = (first..first + 256).filter_map(char::from_u32).collect();
        let shown: String = chars
            .chars()
            .map(|c| match c {
                '\t' => r"\t".to_owned(),
                '\n' => r"\n".to_owned(),
                '\r' => r"\r".to_owned(),
                c if is_hostile(c) => format!("\\u{{{:x}}}", u32::from(c)),
                c => c.into(),
            })
            .collect();
        assert_eq!(Open::<ErrorCode>::from(chars).to_string(), shown, "{first:x}");
    }
}
