//! The two forms of a generated lookup, a `match` and a perfect hash, find the same names and no others.

#[allow(dead_code, unreachable_pub)]
#[path = "../../build.rs"]
mod build;

use std::collections::HashMap;

use build::{PerfectHash, perfect_hash};
use intelliprint_error::{ErrorCode, ErrorType, WireEnum};

fn by_hash<'a>(names: &'a [&'a str]) -> impl Fn(&str) -> Option<usize> + 'a {
    let PerfectHash { seed, shifts, rows } = PerfectHash::new(names);
    move |name| perfect_hash::find(name, names, &shifts, &rows, seed)
}

/// The name, and what is nearly it.
fn neighbours(name: &str) -> Vec<String> {
    let mut all = vec![
        name.into(),
        format!("{name}_"),
        format!("{name}\0"),
        format!(" {name}"),
        name.to_uppercase(),
    ];
    for at in 0..name.len() {
        all.push(name[..at].into());
        all.push(format!("{}x{}", &name[..at], &name[at + 1..]));
    }
    all
}

fn assert_same<T: WireEnum>() {
    let names: Vec<_> = T::ALL.iter().map(|value| value.as_str()).collect();
    let find = by_hash(&names);
    for candidate in names.iter().flat_map(|name| neighbours(name)) {
        assert_eq!(
            find(&candidate).map(|row| T::ALL[row]),
            T::from_name(&candidate),
            "{candidate:?}"
        );
    }
}

#[test]
fn both_forms_agree_on_this_version() {
    assert_same::<ErrorCode>();
    assert_same::<ErrorType>();
}

#[test]
fn the_hash_finds_every_name_of_any_catalogue() {
    for size in [0, 1, 2, 3, 4, 5, 14, 63, 64, 65, 500, 5_000] {
        let names: Vec<_> = (0..size).map(|row| format!("synthetic_{row}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let rows: HashMap<_, _> =
            names.iter().enumerate().map(|(row, name)| (*name, row)).collect();
        let find = by_hash(&names);
        for candidate in names.iter().flat_map(|name| neighbours(name)) {
            assert_eq!(
                find(&candidate),
                rows.get(candidate.as_str()).copied(),
                "{candidate:?} of {size}"
            );
        }
    }
}
