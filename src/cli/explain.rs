//! `explain`: what a name means.

use std::fmt::Display;
use std::io::{self, Write};
use std::prelude::v1::*;

use crate::emit::{Catalogue, CodeEntry, Term, TypeEntry};
use serde::Serialize;

use super::HEADING;
use super::suggest::closest;
use crate::text::one_line::{OneLine, is_hostile};

/// Four names are both a type and a code.
#[derive(Serialize)]
struct Explanation<'a> {
    name: &'a str,
    code: Option<&'a CodeEntry>,
    #[serde(rename = "type")]
    error_type: Option<&'a TypeEntry>,
    /// For a name that is neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<&'static str>,
}

/// Whether the name is known.
#[allow(missing_docs)]
pub fn explain(name: &str, json: bool, out: &mut impl Write) -> io::Result<bool> {
    let catalogue = Catalogue::current();
    let code = catalogue.codes.iter().find(|code| code.name == name);
    let error_type = catalogue.types.iter().find(|error_type| error_type.name == name);
    let is_known = code.is_some() || error_type.is_some();
    let did_you_mean = if is_known { None } else { closest(name) };
    if json {
        print_json(&Explanation { name, code, error_type, did_you_mean }, out)?;
        return Ok(is_known);
    }
    if let Some(code) = code {
        describe_code(code, &catalogue.retry, out)?;
    }
    if let Some(error_type) = error_type {
        let separator = if code.is_some() { "\n" } else { "" };
        write!(out, "{separator}")?;
        describe_type(error_type, out)?;
    }
    if !is_known {
        write!(
            out,
            "`{}` is no type or code of version {}.",
            OneLine::whole(name),
            catalogue.version
        )?;
        match did_you_mean {
            Some(meant) => writeln!(out, " Did you mean `{meant}`?")?,
            None => writeln!(out, " `intelliprint-error print docs` lists them all.")?,
        }
    }
    Ok(is_known)
}

fn describe_code(code: &CodeEntry, retry: &[Term], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{HEADING}{}{HEADING:#}: an error code\n\n{}\n", code.name, code.description)?;
    withdrawn(code.withdrawn, out)?;
    fact("type", code.error_type.value, code.error_type.provenance, out)?;
    let status = code.status.value.map_or_else(|| "none".to_owned(), |status| status.to_string());
    fact("HTTP status", status, code.status.provenance, out)?;
    fact("retry", code.retry.value, code.retry.provenance, out)?;
    fact("raised by", raised_by(code.origin.value), code.origin.provenance, out)?;
    advise(code, retry, out)?;
    writeln!(out, "\n{HEADING}An example{HEADING:#} ({})", code.example.provenance)?;
    print_json(&code.example.value, out)
}

/// What to do about it.
pub(crate) fn advise(code: &CodeEntry, retry: &[Term], out: &mut impl Write) -> io::Result<()> {
    let CodeEntry { remedy, retry: rule, .. } = code;
    let meaning =
        retry.iter().find(|term| term.name == rule.value).map_or("", |term| term.description);
    writeln!(out, "\n{HEADING}How to fix it{HEADING:#} ({})\n{}", remedy.provenance, remedy.value)?;
    writeln!(out, "\n{HEADING}May it be sent again?{HEADING:#} ({})\n{meaning}", rule.provenance)
}

fn describe_type(error_type: &TypeEntry, out: &mut impl Write) -> io::Result<()> {
    let TypeEntry { name, description, origin, codes, .. } = error_type;
    writeln!(out, "{HEADING}{name}{HEADING:#}: an error type\n\n{description}\n")?;
    withdrawn(error_type.withdrawn, out)?;
    fact("raised by", raised_by(origin.value), origin.provenance, out)?;
    writeln!(out, "{:<12} {}", "its codes", codes.join(", "))
}

fn raised_by(origin: &str) -> &'static str {
    if origin == "sdk" { "SDKs only, never an answer" } else { "the API" }
}

fn withdrawn(version: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    match version {
        Some(version) => {
            writeln!(
                out,
                "{:<12} in {version}: not to be sent any more, but it still decodes",
                "withdrawn"
            )
        }
        None => Ok(()),
    }
}

fn fact(
    label: &str,
    value: impl Display,
    provenance: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{label:<12} {value} ({provenance})")
}

/// Indented, with a line break at the end. A terminal may be there to read it, too: what would drive it is escaped, as
/// JSON allows in strings, so that programs read the same.
pub(crate) fn print_json(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    for c in json.chars() {
        if c != '\n' && is_hostile(c) {
            c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?;
        } else {
            write!(out, "{c}")?;
        }
    }
    writeln!(out)
}
