//! `errors.py`: a module for Python 3.9 and newer. `runtime.py` is its source, with gaps for the
//! catalogue's rows.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::SOURCE;
use super::catalogue_export::{Catalogue, CodeEntry};
use super::template::fill;
use crate::catalogue::WITHDRAWN;
use crate::text::one_line::is_hostile;

/// The formatter's line length: that of `.editorconfig`.
const LINE_LENGTH: usize = 100;

pub(super) fn module() -> String {
    let Catalogue { types, codes, .. } = Catalogue::current();
    fill(
        include_str!("runtime.py"),
        &[
            ("header", vec![format!("# {SOURCE}")]),
            ("facts", codes.iter().map(facts).collect()),
            (
                "types",
                types
                    .iter()
                    .flat_map(|entry| member(entry.name, entry.description, entry.withdrawn))
                    .collect(),
            ),
            (
                "codes",
                codes
                    .iter()
                    .flat_map(|entry| member(entry.name, entry.description, entry.withdrawn))
                    .collect(),
            ),
        ],
    )
}

/// The row of a code, which the formatter skips.
fn facts(code: &CodeEntry) -> String {
    format!(
        "\"{}\": (\"{}\", {}, \"{}\", {}, {}),",
        code.name,
        code.error_type.value,
        code.status.value.map_or("None".into(), |status| format!("{status}")),
        code.retry.value,
        literal(code.description),
        literal(code.remedy.value),
    )
}

/// A member and its docstring, which editors show.
fn member(name: &str, description: &str, withdrawn: Option<&str>) -> Vec<String> {
    let docstring = escaped(description, '"');
    let constant = name.to_ascii_uppercase();
    let mut lines = vec![format!("{constant} = \"{name}\"")];
    if lines.iter().any(|line| 4 + line.len() > LINE_LENGTH) {
        lines = vec![format!("{constant} = ("), format!("    \"{name}\""), ")".into()];
    }
    match withdrawn {
        None => lines.push(format!("\"\"\"{docstring}\"\"\"")),
        Some(version) => lines.extend([
            format!("\"\"\"{docstring}"),
            String::new(),
            format!(".. deprecated:: {version}"),
            format!("    {WITHDRAWN}"),
            "\"\"\"".into(),
        ]),
    }
    lines
}

/// The string in the quotes that the formatter prefers: those that need fewer escapes.
fn literal(text: &str) -> String {
    let count = |quote| text.matches(quote).count();
    let quote = if count('"') > count('\'') { '\'' } else { '"' };
    format!("{quote}{}{quote}", escaped(text, quote))
}

fn escaped(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let _ = match c {
            '\\' => escaped.write_str("\\\\"),
            _ if c == quote => write!(escaped, "\\{c}"),
            _ if is_hostile(c) && c <= '\u{ffff}' => write!(escaped, "\\u{:04x}", u32::from(c)),
            _ if is_hostile(c) => write!(escaped, "\\U{:08x}", u32::from(c)),
            _ => escaped.write_char(c),
        };
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_string_has_the_quotes_that_need_fewer_escapes() {
        assert_eq!(literal(r"it's a\b"), r#""it's a\\b""#);
        assert_eq!(literal(r#"say "a""#), r#"'say "a"'"#);
        assert_eq!(literal(r#""a" 'b'"#), r#""\"a\" 'b'""#);
        assert_eq!(literal("\u{ad}\u{ffff}\u{e0001}"), "\"\\u00ad\u{ffff}\\U000e0001\"");
    }
}
