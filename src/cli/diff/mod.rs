//! `diff`: what changed between two catalogue exports, whom each change breaks, and the version
//! bump that the changes need.

mod difference;
mod export;
mod tables;
mod version_bump;

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::prelude::v1::*;

use crate::emit::Artefact;
use semver::Version;
use serde::Serialize;
use serde_json::Value;

use self::difference::{Category, Difference};
use self::export::Export;
use self::version_bump::{VersionBump, suffices};
use super::{ADDED, HEADING, Outcome, REMOVED, json};
use crate::text::one_line::OneLine;

// At most 72 columns, as clap shows these lines as they are.
pub(crate) const HELP: &str = "\
Each difference is in one category, the worst that fits:
  Breaking for producers (a major bump)
    What a server may send, what every reader may rely on, or what a
    program compiles against no longer holds.
  Breaking for closed readers (a minor bump)
    A reader that rejects what it does not know fails.
  Compatible (a minor bump)
  Documentation only (a patch bump)

With --json, the output is one object:
  breaking      true if the exit code is 1
  bump          none, patch, minor or major
  from, to      the versions of OLD and NEW
  needs         the lowest version that may follow OLD
  suffices      true if NEW's version is at least that
  not_compared  fields of an export that this version does not know
  differences   a list of objects, the worst first:
    category    breaking_for_producers, breaking_for_closed_readers,
                compatible or documentation_only
    kind        type, code, field, retry, source or provenance
    name        which one; null for the order of all
    what        added, removed, order, or the fact that changed
    old, new    its values; if added or removed, its description;
                of an order, the first names that differ
    reason      whom it breaks, in one sentence

Exit codes:
  0  nothing breaks, or only the readers
     that --allow names
  1  a difference breaks somebody
  2  wrong usage, or a file that is not
     an errors.json";

/// The most bytes of a file that are read: a hundred times the export of 5,000 codes.
pub const LIMIT: u64 = 512 * 1024 * 1024;

/// What was found, in the shape that [`HELP`] documents.
#[derive(Serialize)]
struct Report<'a> {
    breaking: bool,
    bump: VersionBump,
    from: Option<&'a str>,
    to: Option<&'a str>,
    needs: Option<String>,
    suffices: Option<bool>,
    not_compared: BTreeSet<&'a str>,
    differences: Vec<Difference>,
}

/// A file to compare.
#[derive(Debug)]
pub struct Input {
    /// The name that messages give it.
    pub label: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// `diff`: what changed from `old` to `new`, or to this version. The outcome is fine if nothing
/// breaks, ignoring closed readers when the caller allows that.
///
/// # Errors
///
/// Which file is not a catalogue export, what it is, and what to give instead.
pub fn diff(
    old: &Input,
    new: Option<&Input>,
    allows_closed_readers: bool,
    as_json: bool,
) -> Result<Outcome, String> {
    let this =
        || Input { label: "this version".into(), bytes: Artefact::Catalogue.render().into_bytes() };
    let this_version;
    let new = match new {
        Some(new) => new,
        None => {
            this_version = this();
            &this_version
        }
    };
    let (old_value, new_value) = (old.json()?, new.json()?);
    let before = read_export(&old_value).map_err(|why| old.unfit(&why))?;
    let now = read_export(&new_value).map_err(|why| new.unfit(&why))?;
    let mut differences = before.differences(&now);
    differences.sort_by_key(|difference| difference.category);
    let report = Report::new(&before, &now, differences, allows_closed_readers);
    if as_json {
        return Ok(Outcome::verbatim(!report.breaking, json::pretty(&report)));
    }
    Ok(Outcome::prose(|out| report.print(out).map(|()| !report.breaking)))
}

impl Input {
    fn json(&self) -> Result<Value, String> {
        let json = self.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.bytes);
        serde_json::from_slice(json)
            .map_err(|error| self.unfit(&format!("it is not JSON: {error}")))
    }

    fn unfit(&self, why: &str) -> String {
        format!(
            "cannot compare {}: {why}. Compare two versions of errors.json: `intelliprint-error \
             print catalogue` prints this version's, and the file's history has the older ones",
            self.label
        )
    }
}

/// Reads a catalogue export. Any other JSON is an error that says what the file is.
fn read_export(value: &Value) -> Result<Export<'_>, String> {
    let is_export = value.get("types").is_some() || value.get("codes").is_some();
    let instead = if value.get("$defs").is_some() {
        "it is a JSON Schema"
    } else if value.get("openapi").is_some() {
        "it is an OpenAPI document"
    } else if !is_export {
        "it is JSON, but not a catalogue export"
    } else {
        return Export::new(value);
    };
    Err(instead.into())
}

impl<'a> Report<'a> {
    fn new(
        old: &'a Export<'a>,
        new: &'a Export<'a>,
        differences: Vec<Difference>,
        allows_closed_readers: bool,
    ) -> Self {
        let breaking = differences.iter().any(|difference| match difference.category {
            Category::BreakingForProducers => true,
            Category::BreakingForClosedReaders => !allows_closed_readers,
            Category::Compatible | Category::DocumentationOnly => false,
        });
        let bump = differences
            .iter()
            .map(|difference| difference.category.into())
            .max()
            .unwrap_or(VersionBump::None);
        let version = |text: Option<&str>| text.and_then(|text| Version::parse(text).ok());
        let needed = version(old.version).map(|from| bump.after(&from));
        let suffices =
            version(new.version).zip(needed.as_ref()).map(|(says, needed)| suffices(&says, needed));
        let needs = needed.map(|needed| needed.to_string());
        let not_compared = old.unknown.iter().chain(&new.unknown).map(String::as_str).collect();
        Self {
            breaking,
            bump,
            from: old.version,
            to: new.version,
            needs,
            suffices,
            not_compared,
            differences,
        }
    }

    fn print(&self, out: &mut String) -> fmt::Result {
        for category in Category::ALL {
            let mut found = self
                .differences
                .iter()
                .filter(|difference| difference.category == category)
                .peekable();
            if found.peek().is_some() {
                writeln!(out, "{HEADING}{}{HEADING:#}", category.heading())?;
                found.try_for_each(|difference| print(difference, out))?;
                writeln!(out)?;
            }
        }
        for place in &self.not_compared {
            writeln!(
                out,
                "Not compared, because this version does not know it: {}",
                OneLine::whole(place)
            )?;
        }
        if self.bump == VersionBump::None {
            return writeln!(out, "No difference.");
        }
        write!(out, "Version bump: {}.", self.bump.as_str())?;
        if let (Some(from), Some(needs)) = (self.from, &self.needs) {
            write!(out, " From {} it needs {needs} or later", OneLine::whole(from))?;
            match (self.to, self.suffices) {
                (Some(to), Some(true)) => write!(out, ", and NEW says {}.", OneLine::whole(to))?,
                (Some(to), Some(false)) => {
                    write!(out, ", but NEW says {}: raise it.", OneLine::whole(to))?
                }
                _ => write!(out, ".")?,
            }
        }
        writeln!(out)
    }
}

fn print(difference: &Difference, out: &mut String) -> fmt::Result {
    let Difference { kind, name, what, old, new, reason, .. } = difference;
    match name {
        Some(name) => {
            writeln!(out, "  {kind} `{}`: {}", OneLine::whole(name), OneLine::whole(what))?
        }
        None => writeln!(out, "  {kind}: {what}")?,
    }
    for (label, style, value) in [("before", REMOVED, old), ("now", ADDED, new)] {
        let text = match value {
            None => continue,
            Some(Value::Null) => "none".into(),
            Some(Value::Array(items)) if items.is_empty() => "none".into(),
            Some(Value::String(text)) => OneLine::whole(text).to_string(),
            Some(value) => OneLine::whole(&value.to_string()).to_string(),
        };
        writeln!(out, "    {style}{label:<7} {text}{style:#}")?;
    }
    writeln!(out, "    {}", OneLine::whole(reason))
}
