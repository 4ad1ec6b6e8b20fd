//! `errors.ts`: a module for TypeScript and every runtime of JavaScript. `runtime.ts` is its source,
//! with gaps for the catalogue's rows.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::SOURCE;
use super::catalogue_export::{Catalogue, CodeEntry};
use super::template::{doc_comment, fill, variant};
use crate::model::{ErrorCode, ErrorType, WireEnum};
use crate::text::one_line::OneLine;

/// The formatter's line length: that of `.editorconfig`, which prettier reads.
const LINE_LENGTH: usize = 100;

pub(super) fn module() -> String {
    let Catalogue { types, codes, fields, .. } = Catalogue::current();
    let types =
        types.iter().flat_map(|t| property::<ErrorType>(t.name, t.description, t.withdrawn));
    let names =
        codes.iter().flat_map(|c| property::<ErrorCode>(c.name, c.description, c.withdrawn));
    let mut sections = vec![
        ("header", vec![format!("// {SOURCE}")]),
        ("types", types.collect()),
        ("codes", names.collect()),
        ("facts", codes.iter().map(facts).collect()),
    ];
    sections.extend(fields.iter().map(|field| (field.name, doc_comment(field.description, None))));
    fill(include_str!("runtime.ts"), &sections)
}

/// A property of the names' object, on two lines if the formatter would break the line.
fn property<T: WireEnum>(name: &str, description: &str, withdrawn: Option<&str>) -> Vec<String> {
    let mut lines = doc_comment(description, withdrawn);
    let line = format!("{}: \"{name}\",", variant::<T>(name));
    if 2 + line.len() <= LINE_LENGTH {
        lines.push(line);
    } else {
        lines.extend([format!("{}:", variant::<T>(name)), format!("  \"{name}\",")]);
    }
    lines
}

/// A row of the table, which the formatter is told to leave on its line.
fn facts(code: &CodeEntry) -> String {
    let status = code.status.value.map_or("undefined".into(), |status| format!("{status}"));
    format!(
        "{}: {{ type: \"{}\", status: {status}, retry: \"{}\", origin: \"{}\", description: {}, remedy: {} }},",
        code.name,
        code.error_type.value,
        code.retry.value,
        code.origin.value,
        literal(code.description),
        literal(code.remedy.value),
    )
}

/// The text as a string. The escapes of `OneLine` are JavaScript's, too.
fn literal(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", OneLine::whole(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_100_columns_is_whole_and_a_longer_one_is_two() {
        // No code has such a name, so the key before the colon is empty.
        let lines = |len| property::<ErrorCode>(&"n".repeat(len), "d", None);
        let names = ["n".repeat(93), "n".repeat(94)];
        assert_eq!(lines(93), ["/** d */", &format!(": \"{}\",", names[0])]);
        assert_eq!(lines(94), ["/** d */", ":", &format!("  \"{}\",", names[1])]);
    }
}
