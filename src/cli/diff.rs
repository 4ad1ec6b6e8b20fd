//! `diff`: what changed between two published files, whom that breaks, and which release it needs.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::prelude::v1::*;

use crate::emit::Artefact;
use serde::Serialize;
use serde_json::Value;

use super::HEADING;
use super::catalogue_diff::Export;
use super::check::read;
use super::difference::{Category, Difference};
use super::explain::print_json;
use super::schema_diff;
use super::version_bump::{Step, Version};
use crate::text::one_line::OneLine;

pub(crate) const HELP: &str = "\
Each difference is in one category, the worst that fits:
  Breaking for producers       what a server may send, what every reader may rely on, or what a
                               program compiles against no longer holds: a major step
  Breaking for closed readers  a reader that refuses what it does not know fails: a minor step
  Compatible                   a minor step
  Documentation only           a patch step

With --json, the answer is one object:
  breaking      whether the exit code is 1
  step          none, patch, minor or major
  from, to      the versions of OLD and NEW; null for schemas, as for the next two
  needs         the lowest version that may bring these differences to OLD
  suffices      whether NEW's version is at least that
  not_compared  members of an export that this version does not know
  differences   a list of objects, the worst first:
    category    breaking_for_producers, breaking_for_closed_readers, compatible or documentation_only
    kind        type, code, field, retry, provenance or schema
    name        which one; of a schema, the place as a JSON pointer; null for the order of all
    what        added, removed, order, or the fact or keyword that changed
    old, new    its values; for what was added or removed, its description;
                of an order, the first names that differ
    reason      what fails, and for whom";

/// A hundred times what 5,000 codes take.
const LIMIT: u64 = 512 * 1024 * 1024;

/// What was found, in the shape that [`HELP`] documents.
#[derive(Serialize)]
struct Report<'a> {
    breaking: bool,
    step: Step,
    from: Option<&'a str>,
    to: Option<&'a str>,
    needs: Option<String>,
    suffices: Option<bool>,
    not_compared: BTreeSet<&'a str>,
    differences: Vec<Difference>,
}

/// Whether nothing breaks, or closed readers only where those are none of the caller's.
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
    let before = Published::new(&old_value).map_err(|why| unfit(old, &why))?;
    let (new, bytes) = match new {
        Some(new) => (new, read(new, LIMIT)?),
        None => (Path::new("this version"), before.artefact().render().into_bytes()),
    };
    let new_value = parse(new, &bytes)?;
    let now = Published::new(&new_value).map_err(|why| unfit(new, &why))?;
    let mut differences = before.differences(&now).ok_or_else(|| {
        let why = format!("it is no {}, and {} is one", now.kind(), label(new).display());
        unfit(old, &why)
    })?;
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
        "cannot compare {}: {why}. Give two of what `intelliprint-error print catalogue` prints (errors.json), or two of \
         `print schema` (error.schema.json); a release and the file's history have older ones",
        label(path).display()
    ))
}

fn label(path: &Path) -> &Path {
    if path == Path::new("-") { Path::new("standard input") } else { path }
}

/// A file that can be compared with another of its kind.
enum Published<'a> {
    Catalogue(Export<'a>),
    Schema(&'a Value),
}

impl<'a> Published<'a> {
    /// Fails with why this is neither.
    fn new(value: &'a Value) -> Result<Self, String> {
        if value.get("$defs").is_some() {
            return schema_diff::require_strict(value).map(|()| Self::Schema(value));
        }
        if value.get("openapi").is_some() {
            return Err("it is an OpenAPI document, and errors.json has all that it says".into());
        }
        if value.get("types").is_none() && value.get("codes").is_none() {
            return Err(
                "it is JSON, but neither a catalogue export nor a schema of this crate".into()
            );
        }
        Export::new(value).map(Self::Catalogue)
    }

    fn artefact(&self) -> Artefact {
        match self {
            Self::Catalogue(_) => Artefact::Catalogue,
            Self::Schema(_) => Artefact::Schema,
        }
    }

    fn version(&self) -> Option<&'a str> {
        match self {
            Self::Catalogue(export) => export.version,
            Self::Schema(_) => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Catalogue(_) => "catalogue export",
            Self::Schema(_) => "strict schema",
        }
    }

    fn unknown(&self) -> impl Iterator<Item = &str> {
        let unknown = match self {
            Self::Catalogue(export) => Some(&export.unknown),
            Self::Schema(_) => None,
        };
        unknown.into_iter().flatten().map(String::as_str)
    }

    /// Nothing if they are not of one kind.
    fn differences(&self, new: &Self) -> Option<Vec<Difference>> {
        match (self, new) {
            (Self::Catalogue(old), Self::Catalogue(new)) => Some(old.differences(new)),
            (Self::Schema(old), Self::Schema(new)) => Some(schema_diff::differences(old, new)),
            _ => None,
        }
    }
}

impl<'a> Report<'a> {
    fn new(
        old: &'a Published<'a>,
        new: &'a Published<'a>,
        differences: Vec<Difference>,
        allows_closed_readers: bool,
    ) -> Self {
        let breaking = differences.iter().any(|difference| match difference.category {
            Category::BreakingForProducers => true,
            Category::BreakingForClosedReaders => !allows_closed_readers,
            Category::Compatible | Category::DocumentationOnly => false,
        });
        let step = differences
            .iter()
            .map(|difference| difference.category.into())
            .max()
            .unwrap_or(Step::None);
        let needed = old.version().and_then(Version::parse).map(|version| version.after(step));
        let says = new.version().and_then(Version::parse);
        let suffices = says.zip(needed).map(|(says, needed)| says.suffices_for(needed));
        let needs = needed.map(|needed| needed.to_string());
        let not_compared = old.unknown().chain(new.unknown()).collect();
        Self {
            breaking,
            step,
            from: old.version(),
            to: new.version(),
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
        if self.step == Step::None {
            return writeln!(out, "No difference.");
        }
        write!(out, "Semver step: {}.", self.step.as_str())?;
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
