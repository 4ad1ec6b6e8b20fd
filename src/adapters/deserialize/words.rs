//! Translates what serde expects into words for people who call an API.
//!
//! serde names Rust's types: "u8", "struct NewPrint", "a sequence". A type's own visitor may say
//! anything. So only serde's own expectations are translated. Others are left out of the message.

use alloc::format;
use alloc::string::{String, ToString};

/// Returns the translation of an expectation, if it is one of serde or its derive.
pub(super) fn of(expected: &str) -> Option<String> {
    if let Some(words) = of_number(expected) {
        return Some(words);
    }
    let words = match expected {
        "a boolean" => "true or false",
        "a character" => "one character",
        "a string" | "a borrowed string" | "path string" | "a borrowed path" => "text",
        "unit" => "null",
        "a sequence" | "a byte array" | "byte array" | "a borrowed byte array" => "a list",
        "an empty array" => "an empty list",
        "a map" => "an object",
        "an IPv4 address" | "IPv4 address" => "an IPv4 address",
        "an IPv6 address" | "IPv6 address" => "an IPv6 address",
        "IP address" => "an IP address",
        "variant identifier" | "string or map" | "map with a single key" => {
            "one of the known names"
        }
        _ => return of_shape(expected),
    };
    Some(words.to_string())
}

fn of_number(expected: &str) -> Option<String> {
    let name = expected.strip_prefix("a nonzero ").unwrap_or(expected);
    let is_nonzero = name != expected;
    let range = match name {
        "f32" | "f64" => return Some("a number".into()),
        "u8" => "from 0 to 255",
        "u16" => "from 0 to 65535",
        "u32" => "from 0 to 4294967295",
        "u64" | "usize" => "from 0 to 18446744073709551615",
        "u128" => "of 0 or more",
        "i8" => "from -128 to 127",
        "i16" => "from -32768 to 32767",
        "i32" => "from -2147483648 to 2147483647",
        "i64" | "isize" => "from -9223372036854775808 to 9223372036854775807",
        "i128" => {
            return Some(
                if is_nonzero { "a whole number except 0" } else { "a whole number" }.into(),
            );
        }
        _ => return None,
    };
    Some(match (is_nonzero, name.starts_with('u')) {
        (false, _) => format!("a whole number {range}"),
        (true, true) => format!("a whole number {}", range.replacen('0', "1", 1)),
        (true, false) => format!("a whole number {range} except 0"),
    })
}

/// Translates an expectation of serde's derive, which ends with the name of a Rust type.
fn of_shape(expected: &str) -> Option<String> {
    for (start, words) in [
        ("struct variant ", "an object"),
        ("tuple variant ", "a list"),
        ("tuple struct ", "a list"),
        ("newtype variant ", "a value"),
        ("unit variant ", "a name without a value"),
        ("unit struct ", "null"),
        ("struct ", "an object"),
        ("enum ", "one of the known names"),
        ("internally tagged enum ", "an object"),
        ("adjacently tagged enum ", "an object"),
    ] {
        if expected.starts_with(start) {
            return Some(words.into());
        }
    }
    for start in ["a tuple of size ", "an array of length "] {
        if let Some(len) = expected.strip_prefix(start).filter(|len| len.parse::<usize>().is_ok()) {
            return Some(format!("a list of {len} values"));
        }
    }
    None
}

/// The most bytes of a list of names.
const LIST_LIMIT: usize = 300;

/// Returns "one of a, b, c", cut after 300 bytes of names.
pub(super) fn one_of(names: &[&str]) -> String {
    if let [name] = names {
        return name.chars().take(LIST_LIMIT).collect();
    }
    let mut text = String::from("one of");
    for (at, name) in names.iter().enumerate() {
        let separator = if at == 0 { " " } else { ", " };
        if text.len() + separator.len() + name.len() > LIST_LIMIT {
            text.push_str(", …");
            break;
        }
        text.push_str(separator);
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_300_bytes_is_whole_and_a_longer_one_is_cut() {
        let (a, b) = ("a".repeat(100), "b".repeat(191));
        assert_eq!(one_of(&[&a, &b]), format!("one of {a}, {b}"));
        assert_eq!(one_of(&[&a, &b]).len(), 300);
        assert_eq!(one_of(&[&a, &format!("{b}b")]), format!("one of {a}, …"));
    }
}
