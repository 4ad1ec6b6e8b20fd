//! `diff`: what changed between two catalogue exports, whom each change breaks, and the version
//! bump that the changes need.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::prelude::v1::*;

use crate::emit::Artefact;
use semver::Version;
use serde::Serialize;
use serde_json::Value;

use super::HEADING;
use super::catalogue_diff::Export;
use super::check::read;
use super::difference::{Category, Difference};
use super::explain::print_json;
use super::version_bump::{VersionBump, suffices};
use crate::text::one_line::OneLine;

pub(crate) const HELP: &str = "\
Each difference is in one category, the worst that fits:
  Breaking for producers       what a server may send, what every reader may rely on, or what a
                               program compiles against no longer holds: a major bump
  Breaking for closed readers  a reader that refuses what it does not know fails: a minor bump
  Compatible                   a minor bump
  Documentation only           a patch bump

With --json, the answer is one object:
  breaking      whether the exit code is 1
  bump          none, patch, minor or major
  from, to      the versions of OLD and NEW
  needs         the lowest version that may bring these differences to OLD
  suffices      whether NEW's version is at least that
  not_compared  members of an export that this version does not know
  differences   a list of objects, the worst first:
    category    breaking_for_producers, breaking_for_closed_readers, compatible or documentation_only
    kind        type, code, field, retry or provenance
    name        which one; null for the order of all
    what        added, removed, order, or the fact that changed
    old, new    its values; for what was added or removed, its description;
                of an order, the first names that differ
    reason      what fails, and for whom";

/// A hundred times what 5,000 codes take.
const LIMIT: u64 = 512 * 1024 * 1024;

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

/// True if nothing breaks, ignoring closed readers when the caller allows that.
pub(crate) fn diff(
    old: &Path,
    new: Option<&Path>,
    allows_closed_readers: bool,
    json: bool,
    out: &mut impl Write,
) -> io::Result<bool> {
    if old == Path::new("-") && new == Some(old) {
        return Err(io::Error::other(
            "OLD and NEW cannot both be standard input: name a file for one of them",
        ));
    }
    let old_value = parse(old, &read(old, LIMIT)?)?;
    let before = read_export(&old_value).map_err(|why| unfit(old, &why))?;
    let (new, bytes) = match new {
        Some(new) => (new, read(new, LIMIT)?),
        None => (Path::new("this version"), Artefact::Catalogue.render().into_bytes()),
    };
    let new_value = parse(new, &bytes)?;
    let now = read_export(&new_value).map_err(|why| unfit(new, &why))?;
    let mut differences = before.differences(&now);
    differences.sort_by_key(|difference| difference.category);
    let report = Report::new(&before, &now, differences, allows_closed_readers);
    if json {
        print_json(&report, out)?;
    } else {
        report.print(out)?;
    }
    Ok(!report.breaking)
}

fn parse(path: &Path, bytes: &[u8]) -> io::Result<Value> {
    let json = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice(json).map_err(|error| unfit(path, &format!("it is not JSON: {error}")))
}

/// An error that says which file cannot be compared, why, and what to give instead.
fn unfit(path: &Path, why: &str) -> io::Error {
    io::Error::other(format!(
        "cannot compare {}: {why}. Compare two versions of errors.json: `intelliprint-error print \
         catalogue` prints this version's, and the file's history has the older ones",
        label(path).display()
    ))
}

fn label(path: &Path) -> &Path {
    if path == Path::new("-") { Path::new("standard input") } else { path }
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

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
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
                "Not compared, as this version does not know it: {}",
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

fn print(difference: &Difference, out: &mut impl Write) -> io::Result<()> {
    let Difference { kind, name, what, old, new, reason, .. } = difference;
    match name {
        Some(name) => {
            writeln!(out, "  {kind} `{}`: {}", OneLine::whole(name), OneLine::whole(what))?
        }
        None => writeln!(out, "  {kind}: {what}")?,
    }
    for (label, value) in [("before", old), ("now", new)] {
        match value {
            None => {}
            Some(Value::Null) => writeln!(out, "    {label:<7} none")?,
            Some(Value::String(text)) => writeln!(out, "    {label:<7} {}", OneLine::whole(text))?,
            Some(value) => writeln!(out, "    {label:<7} {}", OneLine::whole(&value.to_string()))?,
        }
    }
    writeln!(out, "    {:<7} {}", "why", OneLine::whole(reason))
}
