//! What a subcommand has to say.

use std::fmt;
use std::prelude::v1::*;

use anstream::adapter::strip_str;
use textwrap::{Options, WordSplitter};

/// What a subcommand prints, and whether the thing asked about is fine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// False for an exit code of 1.
    pub is_fine: bool,
    /// For standard output, with styles.
    pub text: String,
    /// For standard error.
    pub errors: String,
    /// False for what programs read: its lines are never wrapped.
    pub is_prose: bool,
}

impl Outcome {
    /// What `write` writes, as sentences and lists for people. It returns the verdict.
    pub(crate) fn prose(write: impl FnOnce(&mut String) -> Result<bool, fmt::Error>) -> Self {
        let mut text = String::new();
        let is_fine = write(&mut text).unwrap_or_default();
        Self { is_fine, text, is_prose: true, ..Self::default() }
    }

    /// Text whose every byte counts.
    pub(crate) fn verbatim(is_fine: bool, text: String) -> Self {
        Self { is_fine, text, ..Self::default() }
    }
}

/// Prose for a terminal of this many columns: its lines are wrapped at spaces, never inside an address
/// or a name.
#[must_use]
pub fn wrapped(prose: &str, columns: usize) -> String {
    prose.split_inclusive('\n').map(|line| wrap(line, columns)).collect()
}

/// A label such as `HTTP status`, with the spaces after it, is at most this long.
const LABEL: usize = 13;

fn wrap(line: &str, columns: usize) -> String {
    // A line of JSON, which someone may copy.
    if line.trim_start().starts_with(['{', '}', '[', ']', '"']) {
        return line.into();
    }
    let words = line.trim_matches(|c| matches!(c, ' ' | '\n'));
    let first = " ".repeat(indent(line));
    let next = " ".repeat(continuation(&strip_str(line).to_string(), columns));
    let options = Options::new(columns)
        .initial_indent(&first)
        .subsequent_indent(&next)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let end = if line.ends_with('\n') { "\n" } else { "" };
    textwrap::wrap(words, options).join("\n") + end
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The column at which a line continues: below the value of `label  value` if half of the terminal is
/// left for it, two columns further in for an item of a list, and 0 for a paragraph.
fn continuation(line: &str, columns: usize) -> usize {
    let indent = indent(line);
    let words = line.trim_start_matches(' ');
    let value = words.find("  ").and_then(|at| Some(at + self::indent(words.get(at..)?)));
    match value {
        Some(value) if value <= LABEL && (indent + value) * 2 <= columns => indent + value,
        _ if indent > 0 => indent + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn a_line_continues_below_its_value_or_further_in() {
        for (line, columns, expected) in [
            ("type   one two three", 16, "type   one two\n       three"),
            // Less than half of the columns would be left.
            ("type   one two three", 13, "type   one\ntwo three"),
            // Styles take no room.
            (
                "\u{1b}[31mtype   one two three\u{1b}[0m",
                16,
                "\u{1b}[31mtype   one two\n       three\u{1b}[0m",
            ),
            ("  item: one two", 12, "  item: one\n    two"),
            ("one two three", 8, "one two\nthree"),
            ("  https://example.com/a-long-path b", 12, "  https://example.com/a-long-path\n    b"),
            ("see rate-limits now", 9, "see\nrate-limits\nnow"),
            ("  {\"message\": \"one two three\"}\n", 8, "  {\"message\": \"one two three\"}\n"),
            // Two spaces in a sentence are not the end of a label.
            ("This is a long sentence  with a gap", 26, "This is a long sentence\nwith a gap"),
        ] {
            assert_eq!(wrap(line, columns), expected, "{line}");
        }
    }
}
