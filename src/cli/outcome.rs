//! What a subcommand has to say.

use std::fmt;
use std::prelude::v1::*;

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

    /// The text for a terminal of this many columns: the lines of prose are wrapped at spaces, and
    /// continue with the indentation they began with.
    #[must_use]
    pub fn wrapped(&self, columns: usize) -> String {
        if !self.is_prose {
            return self.text.clone();
        }
        self.text.split_inclusive('\n').map(|line| wrap(line, columns)).collect()
    }
}

fn wrap(line: &str, columns: usize) -> String {
    let words = line.trim_start_matches(' ');
    // A line of JSON, which someone may copy.
    if words.starts_with(['{', '}', '[', ']', '"']) {
        return line.into();
    }
    let indent = " ".repeat(line.len() - words.len());
    let options = textwrap::Options::new(columns).subsequent_indent(&indent).break_words(false);
    let end = if line.ends_with('\n') { "\n" } else { "" };
    textwrap::wrap(line.trim_end_matches('\n'), options).join("\n") + end
}
