//! JSON for programs.

use std::fmt::Write as _;
use std::prelude::v1::*;

use serde::Serialize;

use crate::text::one_line::is_hostile;

/// Writes indented JSON and a line end.
///
/// A terminal may show it, so characters that could drive one are escaped as JSON allows in
/// strings. Programs read the same text.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    // Reports have string keys only, so their serialization cannot fail.
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut text = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if c != '\n' && is_hostile(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text.push('\n');
    text
}
