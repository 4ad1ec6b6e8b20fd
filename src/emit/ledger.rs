//! `ledger.json`: every type and code ever released, as a log of events.
//!
//! Each entry stands on a line of its own, so that a message can name the line and `.ci/ledger` can
//! compare it with any earlier version of the file. An entry never changes: a withdrawal is an
//! entry too.

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::catalogue::{CODES, TYPES};
use crate::model::{ErrorCode, ErrorType};
use crate::wire::without_position;

/// A ledger without entries.
const EMPTY: &str = r#"{
  "about": "Every type and code ever released, one event a line, in the order in which they came. Append-only.",
  "generated": "`cargo run --features cli -- emit` appends what is new in src/catalogue.rs: no line is altered, moved or deleted.",
  "entries": [
  ]
}
"#;

const OPENING: &str = "\"entries\": [";
const CLOSING: &str = "]";

/// Appends to a ledger what the catalogue of this version adds.
///
/// `file` is the text of `ledger.json`, or `None` if there is no such file yet. The result is the
/// same text with one more entry for each name that the catalogue has added or withdrawn since.
/// Nothing else in it changes.
///
/// # Errors
///
/// [`LedgerError::Unreadable`] if `file` is not a ledger, and [`LedgerError::Contradicted`] if an
/// entry is not true of the catalogue, for example because a code was removed or its status
/// changed.
///
/// # Examples
///
/// ```
/// use intelliprint_error::emit::{self, LedgerError};
///
/// let ledger = emit::ledger(None)?;
/// assert_eq!(emit::ledger(Some(&ledger))?, ledger);
///
/// let edited = ledger.replace(r#""status":404"#, r#""status":410"#);
/// let Err(LedgerError::Contradicted(contradictions)) = emit::ledger(Some(&edited)) else { panic!() };
/// assert_eq!(contradictions[0].says, "code `not_found` has the HTTP status 404");
/// # Ok::<(), LedgerError>(())
/// ```
pub fn ledger(file: Option<&str>) -> Result<String, LedgerError> {
    let text = file.unwrap_or(EMPTY);
    let (recorded, end) = read(text)?;
    let current = current();
    let contradictions = contradictions(text, &recorded, &current);
    if !contradictions.is_empty() {
        return Err(LedgerError::Contradicted(contradictions));
    }
    Ok(append(text, end, unrecorded(&recorded, &current)))
}

/// Why [`ledger`](fn@ledger) returns no text.
///
/// # Examples
///
/// ```
/// use intelliprint_error::emit;
///
/// let error = emit::ledger(Some("{}")).unwrap_err();
/// assert_eq!(error.to_string(), "line 1: no line `\"entries\": [`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LedgerError {
    /// The file is not a ledger.
    #[non_exhaustive]
    Unreadable {
        /// The first line that is wrong, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The catalogue contradicts these entries of the ledger, in the order of their lines.
    Contradicted(Vec<Contradiction>),
}

/// An entry of the ledger that is not true of the catalogue.
///
/// # Examples
///
/// `Display` shows both sides:
///
/// ```
/// use intelliprint_error::emit::{self, LedgerError};
///
/// let ledger = emit::ledger(None)?.replace("not_found", "no_such_thing");
/// let Err(LedgerError::Contradicted(contradictions)) = emit::ledger(Some(&ledger)) else { panic!() };
/// let text = contradictions[0].to_string();
/// assert!(text.ends_with("\n  the catalogue: there is no code `no_such_thing` any more"));
/// // The code may have been renamed to one that the ledger does not have.
/// assert_eq!(contradictions[0].new_rows[0].0, "not_found");
/// # Ok::<(), LedgerError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contradiction {
    /// The entry's line in the ledger, counted from 1.
    pub line: usize,
    /// The text of the entry.
    pub entry: String,
    /// The name of the type or code.
    pub name: String,
    /// The line of the name's row in `src/catalogue.rs`, or `None` if the catalogue has no such
    /// row.
    pub row: Option<u32>,
    /// What the catalogue says instead.
    pub says: String,
    /// If there is no row: the rows of the same kind that the ledger does not have, by name and
    /// line. One of them may be the missing row under a new name.
    pub new_rows: Vec<(&'static str, u32)>,
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { line, reason } => write!(f, "line {line}: {reason}"),
            Self::Contradicted(contradictions) => {
                f.write_str("the catalogue contradicts the ledger:")?;
                contradictions.iter().try_for_each(|contradiction| write!(f, "\n{contradiction}"))
            }
        }
    }
}

impl core::error::Error for LedgerError {}

/// Three lines: the place, what the ledger says, and what the catalogue says.
impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, entry, says, .. } = self;
        write!(f, "line {line}:\n  the ledger: {entry}\n  the catalogue: ")?;
        match self.row {
            Some(row) => write!(f, "src/catalogue.rs:{row}: {says}"),
            None => f.write_str(says),
        }
    }
}

/// An event: read from a line of the ledger, or made from a row of the catalogue.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    version: Text,
    event: Event,
    kind: Kind,
    name: Text,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    error_type: Option<Text>,
    /// `Some(None)` is `null`: the code has no status. A type does not have this field.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    status: Option<Option<u16>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Text>,
    /// The line in the ledger, or that of the row in `src/catalogue.rs`.
    #[serde(skip)]
    line: u32,
}

type Text = Cow<'static, str>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Event {
    Added,
    Withdrawn,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Type,
    Code,
}

/// Entries by event, kind and name: a ledger has at most one of each.
type Entries = BTreeMap<(Event, Kind, Text), Entry>;

fn nullable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u16>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Entry {
    fn new(event: Event, kind: Kind, name: &'static str, version: &'static str, line: u32) -> Self {
        let (version, name) = (version.into(), name.into());
        Self { version, event, kind, name, error_type: None, status: None, origin: None, line }
    }

    fn key(&self) -> (Event, Kind, Text) {
        (self.event, self.kind, self.name.clone())
    }

    /// The kind and the name, as messages show them.
    fn subject(&self) -> String {
        let kind = match self.kind {
            Kind::Type => "type",
            Kind::Code => "code",
        };
        format!("{kind} `{}`", self.name.escape_debug())
    }

    /// What `row`, the catalogue's entry for the same name, says instead. Which version added the
    /// name is not compared, because a row does not have it.
    fn differences(&self, row: &Self) -> Vec<String> {
        if self.event != row.event {
            return vec!["is not withdrawn: a withdrawn name cannot come back".into()];
        }
        let mut found = Vec::new();
        if self.error_type != row.error_type {
            let name = row.error_type.as_ref();
            found
                .push(name.map_or("has no type".into(), |name| format!("is of the type `{name}`")));
        }
        if self.status.flatten() != row.status.flatten() {
            let status = row.status.flatten().map(|status| format!("the HTTP status {status}"));
            found.push(format!("has {}", status.as_deref().unwrap_or("no HTTP status")));
        }
        if self.origin != row.origin {
            let origin = row.origin.as_ref().map(|origin| format!("the origin `{origin}`"));
            found.push(format!("has {}", origin.as_deref().unwrap_or("no origin")));
        }
        if self.event == Event::Withdrawn && self.version != row.version {
            found.push(format!("was withdrawn in {}", row.version));
        }
        found
    }
}

/// The entries of a ledger, and the end of the last one as an offset into the text.
fn read(text: &str) -> Result<(Entries, usize), LedgerError> {
    // The whole file first: a syntax error has the line that serde_json names.
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map_err(|error| unreadable(error.line(), without_position(&error)))?;
    let mut lines = numbered(text).skip_while(|(.., line)| *line != OPENING);
    let (_, mut last, _) =
        lines.next().ok_or_else(|| unreadable(1, format!("no line `{OPENING}`")))?;
    let mut entries = Entries::new();
    // If no line closes the array, the next line of the document is not an entry.
    for (number, end, line) in lines.take_while(|(.., line)| *line != CLOSING) {
        let mut entry: Entry = serde_json::from_str(without_comma(line)).map_err(|error| {
            unreadable(number, format!("not an entry: {}", without_position(&error)))
        })?;
        entry.line = u32::try_from(number).unwrap_or(u32::MAX);
        if let Some(fault) = out_of_turn(&entries, &entry) {
            return Err(unreadable(number, format!("{} {fault}", entry.subject())));
        }
        entries.insert(entry.key(), entry);
        last = end;
    }
    Ok((entries, last))
}

/// The fault of an entry whose event cannot follow the earlier ones, or `None`.
fn out_of_turn(earlier: &Entries, entry: &Entry) -> Option<&'static str> {
    let has = |event| earlier.contains_key(&(event, entry.kind, entry.name.clone()));
    match entry.event {
        Event::Added if has(Event::Added) => Some("was added before"),
        Event::Withdrawn if !has(Event::Added) => Some("was not added before"),
        Event::Withdrawn if has(Event::Withdrawn) => Some("was withdrawn before"),
        _ => None,
    }
}

fn unreadable(line: usize, reason: String) -> LedgerError {
    LedgerError::Unreadable { line, reason }
}

/// Each line's number, the offset of its end, and its text without surrounding white space.
fn numbered(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').enumerate().map(move |(index, line)| {
        let end = start + line.trim_end().len();
        start += line.len();
        (index + 1, end, line.trim())
    })
}

fn without_comma(line: &str) -> &str {
    line.strip_suffix(',').unwrap_or(line)
}

/// The entries that the catalogue calls for: every addition, then every withdrawal.
fn current() -> Vec<Entry> {
    let added =
        |kind, name, line| Entry::new(Event::Added, kind, name, env!("CARGO_PKG_VERSION"), line);
    let types = TYPES.iter().zip(ErrorType::ALL).map(|(row, error_type)| Entry {
        origin: Some(error_type.origin().as_str().into()),
        ..added(Kind::Type, row.name, row.line)
    });
    let codes = CODES.iter().zip(ErrorCode::ALL).map(|(row, code)| Entry {
        error_type: Some(code.error_type().as_str().into()),
        status: Some(code.http_status()),
        origin: Some(code.origin().as_str().into()),
        ..added(Kind::Code, row.name, row.line)
    });
    let rows = TYPES.iter().map(|row| (Kind::Type, row.name, row.withdrawn, row.line));
    let rows = rows.chain(CODES.iter().map(|row| (Kind::Code, row.name, row.withdrawn, row.line)));
    let withdrawals = rows.filter_map(|(kind, name, version, line)| {
        Some(Entry::new(Event::Withdrawn, kind, name, version?, line))
    });
    types.chain(codes).chain(withdrawals).collect()
}

fn contradictions(text: &str, recorded: &Entries, current: &[Entry]) -> Vec<Contradiction> {
    let lines: Vec<_> = numbered(text).map(|(.., line)| without_comma(line)).collect();
    let rows: BTreeMap<_, _> = current.iter().map(|row| (row.key(), row)).collect();
    let mut found = Vec::new();
    for entry in recorded.values() {
        let line = entry.line as usize;
        let addition = (Event::Added, entry.kind, entry.name.clone());
        let row = rows.get(&entry.key()).or_else(|| rows.get(&addition));
        let says = row.map_or_else(
            || vec![format!("there is no {} any more", entry.subject())],
            |row| {
                let differences = entry.differences(row).into_iter();
                differences.map(|what| format!("{} {what}", entry.subject())).collect()
            },
        );
        found.extend(says.into_iter().map(|says| Contradiction {
            line,
            entry: lines.get(line - 1).copied().unwrap_or_default().into(),
            name: entry.name.clone().into(),
            row: row.map(|row| row.line),
            says,
            new_rows: match row {
                Some(_) => Vec::new(),
                None => new_rows(recorded, current, entry.kind),
            },
        }));
    }
    found.sort_by_key(|contradiction| contradiction.line);
    found
}

fn new_rows(recorded: &Entries, current: &[Entry], kind: Kind) -> Vec<(&'static str, u32)> {
    unrecorded(recorded, current)
        .filter(|row| (row.event, row.kind) == (Event::Added, kind))
        .filter_map(|row| match row.name {
            Cow::Borrowed(name) => Some((name, row.line)),
            Cow::Owned(_) => None,
        })
        .collect()
}

fn unrecorded<'a>(recorded: &'a Entries, current: &'a [Entry]) -> impl Iterator<Item = &'a Entry> {
    current.iter().filter(|row| !recorded.contains_key(&row.key()))
}

/// Inserts the entries at `end`, where the last entry or the opening line ends.
fn append<'a>(text: &str, end: usize, entries: impl Iterator<Item = &'a Entry>) -> String {
    let (mut before, after) = (text.get(..end).unwrap_or(text).to_owned(), text.get(end..));
    for entry in entries {
        let comma = if before.ends_with('[') { "" } else { "," };
        // An entry has string keys only, so its serialization cannot fail.
        let entry = serde_json::to_string(entry).unwrap_or_default();
        before.push_str(&format!("{comma}\n    {entry}"));
    }
    before + after.unwrap_or_default()
}
