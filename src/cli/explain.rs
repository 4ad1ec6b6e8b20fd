//! `explain`: what a name means.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::{self, Display, Write as _};
use std::prelude::v1::*;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::client::ApiError;
use crate::emit::{
    Catalogue, CodeEntry, DOCUMENTATION, ElsewhereEntry, Fact, SourceEntry, Term, TypeEntry,
};
use crate::model::{ErrorCode, ErrorType, Retry};
use serde::Serialize;

use super::suggest::closest;
use super::{HEADING, Outcome, json};
use crate::text::one_line::OneLine;

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

/// Reads any text. A shell completes the names of types and codes.
#[derive(Clone, Debug)]
pub struct Names;

impl TypedValueParser for Names {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let types = ErrorType::ALL.iter().map(|name| name.as_str());
        let codes = ErrorCode::ALL.iter().map(|name| name.as_str());
        let names: BTreeSet<_> = types.chain(codes).collect();
        Some(Box::new(names.into_iter().map(PossibleValue::new)))
    }
}

/// `explain`: what a name or an HTTP status means. The outcome is fine if it is known.
#[must_use]
pub fn explain(name: &str, as_json: bool) -> Outcome {
    let catalogue = Catalogue::current();
    match name.parse() {
        Ok(status) => explain_status(status, &catalogue, as_json),
        Err(_) => explain_name(name, &catalogue, as_json),
    }
}

fn explain_name(name: &str, catalogue: &Catalogue, as_json: bool) -> Outcome {
    let code = catalogue.codes.iter().find(|code| code.name == name);
    let error_type = catalogue.types.iter().find(|error_type| error_type.name == name);
    let is_known = code.is_some() || error_type.is_some();
    let did_you_mean = if is_known { None } else { closest(name) };
    let errors = if is_known { String::new() } else { unknown(name, did_you_mean, catalogue) };
    let explanation = Explanation { name, code, error_type, did_you_mean };
    let json = as_json.then(|| json::pretty(&explanation));
    explained(errors, json, |out| {
        let mut shown = BTreeSet::new();
        if let Some(code) = code {
            describe_code(code, catalogue, out)?;
            shown.extend(words_of_code(code));
        }
        if let Some(error_type) = error_type {
            describe_type(error_type, code, out)?;
            shown.extend(words(&error_type.origin));
        }
        legend(&shown, catalogue, out)
    })
}

/// What is unknown is an error, with and without JSON for programs.
fn explained(
    errors: String,
    json: Option<String>,
    print: impl FnOnce(&mut String) -> Result<bool, fmt::Error>,
) -> Outcome {
    let is_known = errors.is_empty();
    match json {
        Some(json) => Outcome { errors, ..Outcome::verbatim(is_known, json) },
        None if is_known => Outcome::prose(print),
        None => Outcome { errors, is_prose: true, ..Outcome::default() },
    }
}

fn unknown(name: &str, did_you_mean: Option<&str>, catalogue: &Catalogue) -> String {
    let name = OneLine::whole(name);
    let hint = did_you_mean.map_or_else(
        || "`intelliprint-error list` lists every code".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    format!("error: `{name}` is not a type or code of version {}: {hint}\n", catalogue.version)
}

/// The codes that are sent with a status, in the JSON output.
#[derive(Serialize)]
struct StatusExplanation<'a> {
    status: u16,
    codes: &'a [&'a CodeEntry],
    /// The rule for a response with this status whose code is not known.
    retry: &'static str,
}

fn explain_status(status: u16, catalogue: &Catalogue, as_json: bool) -> Outcome {
    let codes: Vec<_> =
        catalogue.codes.iter().filter(|code| code.status.value == Some(status)).collect();
    let is_known = !codes.is_empty();
    let rule = ApiError::from_parts(status, None, "").retry();
    let errors = if is_known { String::new() } else { no_code(status, rule, catalogue) };
    let explanation = StatusExplanation { status, codes: &codes, retry: rule.as_str() };
    let json = as_json.then(|| json::pretty(&explanation));
    explained(errors, json, |out| {
        writeln!(out, "{HEADING}HTTP {status}{HEADING:#}: the codes that are sent with it")?;
        for CodeEntry { name, description, remedy, status, .. } in &codes {
            writeln!(out, "\n{HEADING}{name}{HEADING:#} (this status is {})", provenance(status))?;
            writeln!(out, "  {description}")?;
            writeln!(out, "  How to fix it ({}): {}", remedy.provenance, remedy.value)?;
        }
        writeln!(
            out,
            "\nWith a code that this version does not know, the retry rule is `{rule}` (advice)."
        )?;
        let shown = codes.iter().flat_map(|code| words(&code.status).chain(words(&code.remedy)));
        legend(&shown.chain(["advice"]).collect(), catalogue, out)
    })
}

fn no_code(status: u16, rule: Retry, catalogue: &Catalogue) -> String {
    if !(400..=599).contains(&status) {
        return format!("error: HTTP status {status} is not an error status, 400 to 599\n");
    }
    format!(
        "error: no code of version {} has the HTTP status {status}. A response with it comes from a \
         proxy or a newer server, and its retry rule is `{rule}` (advice)\n",
        catalogue.version
    )
}

/// The words that say where a fact comes from: `spec`, `observed` or `advice`, and the source's id.
fn words<T>(fact: &Fact<T>) -> impl Iterator<Item = &'static str> + use<T> {
    [fact.provenance].into_iter().chain(fact.source)
}

/// Every such word that [`describe_code`] shows.
fn words_of_code(code: &CodeEntry) -> Vec<&'static str> {
    let CodeEntry { error_type, status, retry, origin, remedy, example, elsewhere, .. } = code;
    let mut shown: Vec<_> = words(error_type).chain(words(status)).chain(words(retry)).collect();
    shown.extend(words(origin).chain(words(remedy)).chain(words(example)));
    // What another page says was observed there, and the reason beside it is advice.
    shown.extend(elsewhere.iter().flat_map(|entry| ["observed", "advice", entry.source]));
    shown
}

/// Explains these words, and says where the documentation is.
fn legend(
    shown: &BTreeSet<&str>,
    catalogue: &Catalogue,
    out: &mut String,
) -> Result<bool, fmt::Error> {
    writeln!(out, "\n{HEADING}Where a fact comes from{HEADING:#}")?;
    for Term { name, description, .. } in &catalogue.provenance {
        if shown.contains(name) {
            writeln!(out, "  {name}: {description}")?;
        }
    }
    for SourceEntry { id, title, url, .. } in &catalogue.sources {
        if shown.contains(id) {
            let url = url.map(|url| format!(": {url}")).unwrap_or_default();
            writeln!(out, "  {id}: {title}{url}")?;
        }
    }
    writeln!(out, "\nDocumentation: {DOCUMENTATION}")?;
    Ok(true)
}

fn describe_code(code: &CodeEntry, catalogue: &Catalogue, out: &mut String) -> fmt::Result {
    writeln!(out, "{HEADING}{}{HEADING:#}: an error code\n\n{}\n", code.name, code.description)?;
    withdrawn(code.withdrawn, out)?;
    fact("type", code.error_type.value, &code.error_type, out)?;
    let status = code.status.value.map_or_else(|| "none".to_owned(), |status| status.to_string());
    fact("HTTP status", status, &code.status, out)?;
    fact("retry", code.retry.value, &code.retry, out)?;
    fact("raised by", raised_by(code.origin.value), &code.origin, out)?;
    advise(code, &catalogue.retry, out)?;
    elsewhere(code, out)?;
    writeln!(out, "\n{HEADING}An example{HEADING:#} ({})", provenance(&code.example))?;
    out.write_str(&json::pretty(&code.example.value))
}

/// What the API's own pages say otherwise.
fn elsewhere(code: &CodeEntry, out: &mut String) -> fmt::Result {
    if !code.elsewhere.is_empty() {
        writeln!(out, "\n{HEADING}What other pages say{HEADING:#}")?;
    }
    for ElsewhereEntry { source, says, reason, .. } in &code.elsewhere {
        writeln!(out, "  {says} (observed: {source})\n  {reason} (advice)")?;
    }
    Ok(())
}

/// What to do about it.
pub(crate) fn advise(code: &CodeEntry, retry: &[Term], out: &mut String) -> fmt::Result {
    let CodeEntry { remedy, retry: rule, .. } = code;
    let meaning =
        retry.iter().find(|term| term.name == rule.value).map_or("", |term| term.description);
    writeln!(out, "\n{HEADING}How to fix it{HEADING:#} ({})\n{}", remedy.provenance, remedy.value)?;
    writeln!(out, "\n{HEADING}May it be sent again?{HEADING:#} ({})\n{meaning}", provenance(rule))
}

/// Describes a type, after the code of the same name if there is one.
fn describe_type(
    error_type: &TypeEntry,
    code: Option<&CodeEntry>,
    out: &mut String,
) -> fmt::Result {
    let TypeEntry { name, description, origin, codes, .. } = error_type;
    match code {
        None => writeln!(out, "{HEADING}{name}{HEADING:#}: an error type\n\n{description}\n")?,
        Some(code) => {
            writeln!(out, "\n{HEADING}{name}{HEADING:#}: an error type, too\n")?;
            if code.description != *description {
                writeln!(out, "{description}\n")?;
            }
        }
    }
    withdrawn(error_type.withdrawn, out)?;
    fact("raised by", raised_by(origin.value), origin, out)?;
    writeln!(out, "{:<12} {}", "its codes", codes.join(", "))
}

fn raised_by(origin: &str) -> &'static str {
    if origin == "sdk" { "SDKs only, never in a response" } else { "the API" }
}

fn withdrawn(version: Option<&str>, out: &mut String) -> fmt::Result {
    match version {
        Some(version) => {
            writeln!(
                out,
                "{:<12} in {version}: do not send it any more; it still decodes",
                "withdrawn"
            )
        }
        None => Ok(()),
    }
}

fn fact<T>(label: &str, value: impl Display, fact: &Fact<T>, out: &mut String) -> fmt::Result {
    writeln!(out, "{label:<12} {value} ({})", provenance(fact))
}

/// The word for where a fact comes from, and the id of the source if it was observed.
fn provenance<T>(fact: &Fact<T>) -> String {
    fact.source
        .map_or_else(|| fact.provenance.into(), |source| format!("{}: {source}", fact.provenance))
}
