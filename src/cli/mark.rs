//! The mark by which `emit` tells its own files from those of others.
//!
//! Every emitted file says [`SOURCE`] in one of two places: alone in a comment near the top, or as
//! the whole value of a JSON field. A file that only quotes the sentence, such as the source file that
//! defines it or notes about this command, is not ours, so nobody is told to remove it.

use crate::emit::SOURCE;
use std::prelude::v1::*;

/// The comment is in one of this many lines: a doctype, `<?php` or an empty line may come before it.
const HEADER_LINES: usize = 10;

/// True if a file says that this command generated it.
///
/// The file is searched by lines and not parsed, because a damaged file is still ours: one with merge
/// conflicts, or with a byte that is not UTF-8.
#[must_use]
pub fn is_ours(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.lines().enumerate().any(|(at, line)| {
        line.split_once(SOURCE).is_some_and(|(before, after)| {
            is_field(before, after) || (at < HEADER_LINES && is_comment(before, after))
        })
    })
}

/// `"generated": "…",`
fn is_field(before: &str, after: &str) -> bool {
    before.trim_start().starts_with('"')
        && before.ends_with("\": \"")
        && matches!(after, "\"" | "\",")
}

/// `<!-- … -->`, `// …`, `# …` and so on.
fn is_comment(before: &str, after: &str) -> bool {
    let damage = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}');
    matches!(before.trim_matches(damage), "<!--" | "//" | "#" | "/*" | "/**" | "*" | "\"\"\"")
        && matches!(after.trim(), "" | "-->" | "*/" | "\"\"\"")
}

#[cfg(test)]
mod tests {
    use super::{SOURCE, is_ours};
    use std::format;

    #[test]
    fn the_sentence_alone_in_its_place_is_the_mark() {
        for text in [
            format!("<!-- {SOURCE} -->\n"),
            format!("<!doctype html>\n<!-- {SOURCE} -->\r\n"),
            format!("\u{feff}// {SOURCE}"),
            format!("<?php\n\n// {SOURCE}\n"),
            format!("/**\n * {SOURCE}\n */"),
            format!("\"\"\"{SOURCE}\"\"\""),
            format!("# {SOURCE}"),
            format!("<<<<<<< HEAD\n{{\n  \"generated\": \"{SOURCE}\","),
            format!("{}  \"x-generated\": \"{SOURCE}\"\n}}", "{\n".repeat(400)),
        ] {
            assert!(is_ours(text.as_bytes()), "{text}");
        }
        let damaged = [b"\xff<!-- ", SOURCE.as_bytes(), b" -->\n\xfe"].concat();
        assert!(is_ours(&damaged));
    }

    #[test]
    fn a_quotation_is_not_the_mark() {
        for text in [
            format!("const SOURCE: &str =\n    \"{SOURCE}\";\n"),
            format!("- {SOURCE}\n"),
            format!("Each file says: {SOURCE}\n"),
            format!("<!-- {SOURCE} Or so it says. -->\n"),
            format!("{}<!-- {SOURCE} -->\n", "\n".repeat(10)),
            format!("{{\"notes\": \"It says: {SOURCE}\"}}"),
            format!("{{\"notes\": \"{SOURCE} Or so it says.\"}}"),
            // Not a field of JSON.
            format!("generated: \"{SOURCE}\"\n"),
            format!("let field = (\"generated\": \"{SOURCE}\"\n"),
            "Generated from src/catalogue.rs\n".into(),
        ] {
            assert!(!is_ours(text.as_bytes()), "{text}");
        }
    }
}
