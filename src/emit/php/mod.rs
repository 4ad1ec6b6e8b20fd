//! `errors.php`: the classes for PHP 8.1 and newer. `runtime.php` is their source, with gaps for the
//! catalogue's rows.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::SOURCE;
use super::catalogue_export::{Catalogue, CodeEntry};
use super::template::{doc_comment, fill, variant};
use crate::model::{ErrorCode, ErrorType, WireEnum};
use crate::text::one_line::is_hostile;

pub(super) fn module() -> String {
    let Catalogue { types, codes, .. } = Catalogue::current();
    fill(
        include_str!("runtime.php"),
        &[
            ("header", vec![format!("// {SOURCE}")]),
            (
                "types",
                types
                    .iter()
                    .flat_map(|entry| {
                        case::<ErrorType>(entry.name, entry.description, entry.withdrawn)
                    })
                    .collect(),
            ),
            (
                "codes",
                codes
                    .iter()
                    .flat_map(|entry| {
                        case::<ErrorCode>(entry.name, entry.description, entry.withdrawn)
                    })
                    .collect(),
            ),
            ("facts", codes.iter().map(facts).collect()),
        ],
    )
}

fn case<T: WireEnum>(name: &str, description: &str, withdrawn: Option<&str>) -> Vec<String> {
    let mut lines = doc_comment(description, withdrawn);
    lines.push(format!("case {} = '{name}';", variant::<T>(name)));
    lines
}

/// The row of a code, which the formatter skips.
fn facts(code: &CodeEntry) -> String {
    format!(
        "'{}' => [ErrorType::{}, {}, '{}', {}, {}],",
        code.name,
        variant::<ErrorType>(code.error_type.value),
        code.status.value.map_or("null".into(), |status| format!("{status}")),
        code.retry.value,
        literal(code.description),
        literal(code.remedy.value),
    )
}

/// The string in single quotes, or in double quotes if it has characters that nobody can see.
fn literal(text: &str) -> String {
    if !text.contains(is_hostile) {
        return format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' | '$' => escaped.extend(['\\', c]),
            _ if is_hostile(c) => escaped.extend(c.escape_unicode()),
            _ => escaped.push(c),
        }
    }
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_string_has_single_quotes_unless_a_character_is_invisible() {
        assert_eq!(literal(r#"’ $x "a" '\"#), r#"'’ $x "a" \'\\'"#);
        assert_eq!(literal("\u{202e}$x \"a\" '\\"), r#""\u{202e}\$x \"a\" '\\""#);
    }
}
