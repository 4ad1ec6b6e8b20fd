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
    let texts =
        |text: fn(&CodeEntry) -> &'static str| codes.iter().map(move |c| pair(c.name, text(c)));
    fill(
        include_str!("runtime.py"),
        &[
            ("header", vec![format!("# {SOURCE}")]),
            ("descriptions", texts(|code| code.description).collect()),
            ("remedies", texts(|code| code.remedy.value).collect()),
            (
                "types",
                types
                    .iter()
                    .flat_map(|entry| member(entry.name, &[], entry.description, entry.withdrawn))
                    .collect(),
            ),
            (
                "codes",
                codes
                    .iter()
                    .flat_map(|entry| {
                        member(entry.name, &facts(entry), entry.description, entry.withdrawn)
                    })
                    .collect(),
            ),
        ],
    )
}

fn pair(name: &str, text: &str) -> String {
    format!("\"{name}\": {},", literal(text))
}

fn facts(code: &CodeEntry) -> [String; 3] {
    [
        format!("ErrorType.{}", code.error_type.value.to_ascii_uppercase()),
        code.status.value.map_or("None".into(), |status| format!("{status}")),
        format!("\"{}\"", code.retry.value),
    ]
}

/// A member with its facts, and its docstring, which editors show.
fn member(name: &str, facts: &[String], description: &str, withdrawn: Option<&str>) -> Vec<String> {
    let mut lines = assignment(&name.to_ascii_uppercase(), name, facts);
    let docstring = escaped(description, '"');
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

/// The assignment on one line, or with a line for each value if the formatter would break it.
fn assignment(constant: &str, name: &str, facts: &[String]) -> Vec<String> {
    let mut values = vec![format!("\"{name}\"")];
    values.extend_from_slice(facts);
    let line = format!("{constant} = {}", values.join(", "));
    if 4 + line.len() <= LINE_LENGTH {
        return vec![line];
    }
    // Only a tuple has a comma at its end.
    let comma = if facts.is_empty() { "" } else { "," };
    let mut lines = vec![format!("{constant} = (")];
    lines.extend(values.iter().map(|value| format!("    {value}{comma}")));
    lines.push(")".into());
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
