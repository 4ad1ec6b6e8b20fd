//! `ledger.json`: every type and code ever released, as a log of events.
//!
//! One entry a line, so that a line can be named, and compared with what it was in any other version of the file. What
//! a line says is never changed: a withdrawal is an entry of its own.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::Deserialize;

use super::row;
use crate::catalogue::TYPES;
use crate::model::{ErrorCode, ErrorType};
use crate::wire::without_position;

/// The ledger before its first entry.
const EMPTY: &str = r#"{
  "about": "Every type and code ever released, one event a line, in the order in which they came. Append-only.",
  "generated": "`cargo run --features cli -- emit` appends what is new in src/catalogue.rs: no line is altered, moved or deleted.",
  "entries": [
  ]
}
"#;

const OPENING: &str = "\"entries\": [";
const CLOSING: &str = "]";

/// The text of the ledger after this version: the file as it is, to the byte, and an entry for each name that was added
/// to the catalogue or withdrawn since. `file` is nothing where there is no file yet.
///
/// Where the file and the catalogue cannot both be right, there is no such text.
///
/// ```
/// use intelliprint_error::emit::{self, LedgerError};
///
/// let ledger = emit::ledger(None)?;
/// assert_eq!(emit::ledger(Some(&ledger))?, ledger);
///
/// let other = ledger.replace(r#""status":404"#, r#""status":410"#);
/// let Err(LedgerError::Contradicted(contradictions)) = emit::ledger(Some(&other)) else { panic!() };
/// assert_eq!(contradictions[0].says, "code `not_found` has the HTTP status 404");
/// # Ok::<(), LedgerError>(())
/// ```
pub fn ledger(file: Option<&str>) -> Result<String, LedgerError> {
    let text = file.unwrap_or(EMPTY);
    let recorded = Recorded::read(text)?;
    let rows = rows();
    let contradictions = contradictions(&recorded, &rows);
    if !contradictions.is_empty() {
        return Err(LedgerError::Contradicted(contradictions));
    }
    let new = new_entries(&recorded, &rows);
    Ok(if new.is_empty() { text.into() } else { appended(text, recorded.end, &new) })
}

/// Why there is no text to write.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LedgerError {
    /// The file is no ledger.
    #[non_exhaustive]
    Unreadable {
        /// The line at which that shows, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// The catalogue's rows are not what the ledger says they are. Every such line, in the ledger's order.
    Contradicted(Vec<Contradiction>),
}

/// A line of the ledger that is not true of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contradiction {
    /// The ledger's line, counted from 1.
    pub line: usize,
    /// What stands there.
    pub entry: String,
    /// The name that it is about.
    pub name: String,
    /// The line of the name's row in `src/catalogue.rs`; nothing if there is no such row.
    pub row: Option<u32>,
    /// What the catalogue says instead.
    pub says: String,
    /// The rows of the same kind that the ledger does not have yet, by name and line: where the row is gone, it may go by
    /// one of these names now.
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

/// Three lines: where, what the ledger says and what the catalogue says.
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

// The ledger's side.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Type,
    Code,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Code => "code",
        }
    }
}

/// An event, as its line has it.
#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "lowercase", deny_unknown_fields)]
enum Entry {
    Added {
        #[allow(dead_code)] // For people. It must be there, all the same.
        version: String,
        kind: Kind,
        name: String,
        #[serde(rename = "type")]
        error_type: Option<String>,
        status: Option<u16>,
        origin: String,
    },
    Withdrawn {
        version: String,
        kind: Kind,
        name: String,
    },
}

/// A line of the file, and where it is.
struct Line {
    number: usize,
    text: String,
}

/// What the ledger says of one name.
struct Record {
    added: Line,
    error_type: Option<String>,
    status: Option<u16>,
    origin: String,
    /// The version, and the line that says so.
    withdrawn: Option<(String, Line)>,
}

/// What the ledger says.
struct Recorded {
    names: BTreeMap<(Kind, String), Record>,
    /// Where the text of the last entry ends, or that of the opening line.
    end: usize,
}

impl Recorded {
    fn read(text: &str) -> Result<Self, LedgerError> {
        // The whole first: what is no JSON is so at the line that serde_json names.
        let whole = serde_json::from_str::<serde::de::IgnoredAny>(text);
        whole.map_err(|error| unreadable(error.line(), &without_position(&error)))?;
        let mut lines = numbered(text).skip_while(|(.., line)| *line != OPENING);
        let (_, end, _) =
            lines.next().ok_or_else(|| unreadable(1, &format!("no line `{OPENING}`")))?;
        let mut recorded = Self { names: BTreeMap::new(), end };
        // It is JSON, so that the array ends, if not by this line then by one that is no entry.
        for (number, end, line) in lines.take_while(|(.., line)| *line != CLOSING) {
            let line = line.strip_suffix(',').unwrap_or(line);
            let entry = serde_json::from_str(line).map_err(|error| {
                unreadable(number, &format!("not an entry: {}", without_position(&error)))
            })?;
            recorded.add(Line { number, text: line.into() }, entry)?;
            recorded.end = end;
        }
        Ok(recorded)
    }

    fn add(&mut self, line: Line, entry: Entry) -> Result<(), LedgerError> {
        let number = line.number;
        let refused = |kind: Kind, name: &str, why: &str| {
            Err(unreadable(number, &format!("{} `{}` {why}", kind.as_str(), name.escape_debug())))
        };
        match entry {
            Entry::Added { kind, name, .. } if self.names.contains_key(&(kind, name.clone())) => {
                refused(kind, &name, "was added before")
            }
            Entry::Added { kind, name, error_type, status, origin, .. } => {
                self.names.insert(
                    (kind, name),
                    Record { added: line, error_type, status, origin, withdrawn: None },
                );
                Ok(())
            }
            Entry::Withdrawn { version, kind, name } => {
                match self.names.get_mut(&(kind, name.clone())) {
                    None => refused(kind, &name, "was not added before"),
                    Some(record) if record.withdrawn.is_some() => {
                        refused(kind, &name, "was withdrawn before")
                    }
                    Some(record) => {
                        record.withdrawn = Some((version, line));
                        Ok(())
                    }
                }
            }
        }
    }
}

fn unreadable(line: usize, reason: &str) -> LedgerError {
    LedgerError::Unreadable { line, reason: reason.into() }
}

/// Each line's number, the place in the text where it ends but for its line break, and itself without white space around
/// it.
fn numbered(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').enumerate().map(move |(index, line)| {
        let end = start + line.trim_end().len();
        start += line.len();
        (index + 1, end, line.trim())
    })
}

// The catalogue's side.

/// What the ledger keeps of a row.
struct Row {
    kind: Kind,
    name: &'static str,
    error_type: Option<&'static str>,
    status: Option<u16>,
    origin: &'static str,
    withdrawn: Option<&'static str>,
    line: u32,
}

/// Types, then codes, in the catalogue's order.
fn rows() -> Vec<Row> {
    let types = ErrorType::ALL.iter().zip(TYPES).map(|(error_type, row)| Row {
        kind: Kind::Type,
        name: row.name,
        error_type: None,
        status: None,
        origin: error_type.origin().as_str(),
        withdrawn: row.withdrawn,
        line: row.line,
    });
    let codes = ErrorCode::ALL.iter().map(|code| Row {
        kind: Kind::Code,
        name: code.as_str(),
        error_type: Some(code.error_type().as_str()),
        status: code.http_status(),
        origin: code.origin().as_str(),
        withdrawn: code.withdrawn(),
        line: row(*code).line,
    });
    types.chain(codes).collect()
}

// The two compared.

fn contradictions(recorded: &Recorded, rows: &[Row]) -> Vec<Contradiction> {
    let by_name: BTreeMap<_, _> = rows.iter().map(|row| ((row.kind, row.name), row)).collect();
    let mut found = Vec::new();
    for ((kind, name), record) in &recorded.names {
        match by_name.get(&(*kind, name.as_str())) {
            Some(row) => found.extend(record.contradictions(row)),
            None => found.push(Contradiction {
                line: record.added.number,
                entry: record.added.text.clone(),
                name: name.clone(),
                row: None,
                says: format!("there is no {} `{}` any more", kind.as_str(), name.escape_debug()),
                new_rows: unrecorded(recorded, rows)
                    .filter(|row| row.kind == *kind)
                    .map(|r| (r.name, r.line))
                    .collect(),
            }),
        }
    }
    found.sort_by_key(|contradiction| contradiction.line);
    found
}

/// The rows that the ledger does not have.
fn unrecorded<'a>(recorded: &'a Recorded, rows: &'a [Row]) -> impl Iterator<Item = &'a Row> {
    rows.iter().filter(|row| !recorded.names.contains_key(&(row.kind, row.name.to_owned())))
}

impl Record {
    fn contradictions(&self, row: &Row) -> Vec<Contradiction> {
        let mut found = Vec::new();
        let mut add = |line: &Line, says: &str| {
            found.push(Contradiction {
                line: line.number,
                entry: line.text.clone(),
                name: row.name.into(),
                row: Some(row.line),
                says: format!("{} `{}` {says}", row.kind.as_str(), row.name),
                new_rows: Vec::new(),
            });
        };
        if self.error_type.as_deref() != row.error_type {
            add(
                &self.added,
                &row.error_type
                    .map_or("has no type".into(), |name| format!("is of the type `{name}`")),
            );
        }
        if self.status != row.status {
            let status = row
                .status
                .map_or("no HTTP status".to_string(), |status| format!("the HTTP status {status}"));
            add(&self.added, &format!("has {status}"));
        }
        if self.origin != row.origin {
            add(&self.added, &format!("has the origin `{}`", row.origin));
        }
        match (&self.withdrawn, row.withdrawn) {
            (Some((_, line)), None) => {
                add(line, "is not withdrawn: a name that was is not used again")
            }
            (Some((version, line)), Some(other)) if version != other => {
                add(line, &format!("was withdrawn in {other}"))
            }
            _ => {}
        }
        found
    }
}

// What is appended.

fn new_entries(recorded: &Recorded, rows: &[Row]) -> Vec<String> {
    let is_recorded = |row: &&Row| {
        let record = recorded.names.get(&(row.kind, row.name.to_owned()));
        record.is_some_and(|record| record.withdrawn.is_some())
    };
    let withdrawn = rows.iter().filter(|row| !is_recorded(row)).filter_map(Row::withdrawal);
    unrecorded(recorded, rows).map(Row::addition).chain(withdrawn).collect()
}

impl Row {
    /// No name, type or version has a character that JSON would escape.
    fn addition(&self) -> String {
        let Self { kind, name, origin, .. } = self;
        let facts = match self.error_type {
            None => String::new(),
            Some(error_type) => {
                let status = self.status.map_or("null".to_string(), |status| status.to_string());
                format!(r#""type":"{error_type}","status":{status},"#)
            }
        };
        let (version, kind) = (env!("CARGO_PKG_VERSION"), kind.as_str());
        format!(
            r#"{{"version":"{version}","event":"added","kind":"{kind}","name":"{name}",{facts}"origin":"{origin}"}}"#
        )
    }

    fn withdrawal(&self) -> Option<String> {
        let (kind, name, version) = (self.kind.as_str(), self.name, self.withdrawn?);
        Some(format!(
            r#"{{"version":"{version}","event":"withdrawn","kind":"{kind}","name":"{name}"}}"#
        ))
    }
}

/// The text with new entries where the last one ends.
fn appended(text: &str, end: usize, new: &[String]) -> String {
    let (before, after) = text.split_at(end);
    let comma = if before.ends_with('[') { "" } else { "," };
    format!("{before}{comma}\n    {}{after}", new.join(",\n    "))
}
