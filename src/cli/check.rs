//! `check`: what a body decodes to, and where it departs from the contract.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::prelude::v1::*;

use crate::emit::{Catalogue, example};
use crate::model::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, Origin, WireEnum};
use crate::wire::{DecodeError, DecodeErrorKind};
use serde::Serialize;
use serde_json::{Map, Value};

use super::HEADING;
use super::emit::about;
use super::explain::{advise, print_json};
use super::suggest::closest_of;
use crate::text::one_line::OneLine;

/// What the body is, and every departure from the contract.
#[derive(Serialize)]
struct Report {
    conforms: bool,
    /// What it decodes to.
    error: Option<ErrorObject>,
    /// What it seems to be instead.
    looks_like: Option<&'static str>,
    departures: Vec<Finding>,
    /// What the contract allows, and a server should mend all the same.
    notes: Vec<Finding>,
}

/// What there is to say of one place of an answer.
#[derive(Serialize)]
struct Finding {
    /// Where, as a JSON pointer into the body; nothing for the HTTP status.
    pointer: Option<&'static str>,
    message: String,
}

/// Whether the body conforms.
pub(crate) fn check(
    file: &Path,
    status: Option<u16>,
    json: bool,
    out: &mut impl Write,
) -> io::Result<bool> {
    check_body(&read(file, LIMIT)?, status, json, out)
}

#[allow(missing_docs)]
pub fn check_body(
    body: &[u8],
    status: Option<u16>,
    json: bool,
    out: &mut impl Write,
) -> io::Result<bool> {
    let report = report(body, status);
    if json {
        print_json(&report, out)?;
    } else {
        print(&report, out)?;
    }
    Ok(report.conforms)
}

/// No error body has as much. The whole is held in memory, several times over.
const LIMIT: u64 = 1024 * 1024;

/// A file's bytes, or those of standard input for `-`, if they are no more than a limit.
pub(crate) fn read(file: &Path, limit: u64) -> io::Result<Vec<u8>> {
    if file == Path::new("-") {
        let stdin = Path::new("standard input");
        read_within(limit, io::stdin().lock()).map_err(|error| about(stdin, "read", &error))
    } else {
        File::open(file)
            .and_then(|file| read_within(limit, file))
            .map_err(|error| about(file, "read", &error))
    }
}

fn read_within(limit: u64, from: impl Read) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    from.take(limit + 1).read_to_end(&mut body)?;
    if body.len() as u64 > limit {
        let mib = limit / (1024 * 1024);
        let why =
            format!("it is longer than {mib} MiB, the most that is read; `head -c {mib}M` cuts it");
        return Err(io::Error::other(why));
    }
    Ok(body)
}

fn report(body: &[u8], status: Option<u16>) -> Report {
    let (error, looks_like, departures, notes) = match ErrorResponse::from_slice(body) {
        Ok(answer) => {
            let members = Members::of_object(&answer.error);
            (Some(answer.error), None, members.departures(status), members.notes())
        }
        Err(error) => (
            None,
            Some(looks_like(body, &error)),
            departures_of_undecodable(body, status, &error),
            Vec::new(),
        ),
    };
    Report { conforms: departures.is_empty(), error, looks_like, departures, notes }
}

/// What a person should know first of a body that does not decode.
fn looks_like(body: &[u8], error: &DecodeError) -> &'static str {
    match (error.kind(), body.trim_ascii_start()) {
        (_, b"") => "The body is empty.",
        (DecodeErrorKind::Syntax, [b'<', ..]) => {
            "This is an HTML or XML page: a proxy or gateway may have answered in the API's place."
        }
        (DecodeErrorKind::Shape, _) if is_problem(body) => {
            "This is a problem details object (RFC 9457): a proxy or gateway may have answered in the API's place."
        }
        (DecodeErrorKind::Shape, _) => "This is JSON, but not the API's error object.",
        _ => "This is not JSON.",
    }
}

fn is_problem(body: &[u8]) -> bool {
    let members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    !members.contains_key("error")
        && members.contains_key("title")
        && members.contains_key("status")
}

fn departures_of_undecodable(
    body: &[u8],
    status: Option<u16>,
    error: &DecodeError,
) -> Vec<Finding> {
    // As JSON without our shape, it can be gone through member by member, to find more than the first fault.
    let mut departures = match serde_json::from_slice::<Value>(body) {
        Ok(value) => structural(&value, status),
        Err(_) => Vec::new(),
    };
    // What only the decoder sees: no JSON, or a member that comes twice.
    if departures.is_empty() {
        departures.push(Finding { pointer: Some(""), message: error.to_string() });
    }
    departures
}

fn structural(body: &Value, status: Option<u16>) -> Vec<Finding> {
    let wrong = |pointer, expected: &str, found: Option<&Value>| {
        let message = format!("expected {expected}, found {}", found.map_or("nothing", kind));
        Finding { pointer: Some(pointer), message }
    };
    let Value::Object(root) = body else {
        return vec![wrong("", "an object with `error`", Some(body))];
    };
    let Some(Value::Object(error)) = root.get("error") else {
        return vec![wrong("/error", "an object", root.get("error"))];
    };
    let mut departures = Vec::new();
    for (name, pointer) in
        [("message", "/error/message"), ("type", "/error/type"), ("code", "/error/code")]
    {
        if !error.get(name).is_some_and(Value::is_string) {
            departures.push(wrong(pointer, "a string", error.get(name)));
        }
    }
    if let Some(param @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) =
        error.get("param")
    {
        departures.push(wrong("/error/param", "a string, null or nothing", Some(param)));
    }
    if !departures.is_empty() {
        departures.extend(Members::of_json(error).departures(status));
    }
    departures
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The members that the contract relates to each other, as far as they are there.
struct Members {
    error_type: Option<Open<ErrorType>>,
    code: Option<Open<ErrorCode>>,
    has_param: bool,
}

impl Members {
    fn of_object(object: &ErrorObject) -> Self {
        Self {
            error_type: Some(object.error_type.clone()),
            code: Some(object.code.clone()),
            has_param: object.param.as_ref().is_some_and(|param| !param.is_empty()),
        }
    }

    fn of_json(error: &Map<String, Value>) -> Self {
        let text = |name| error.get(name).and_then(Value::as_str);
        Self {
            error_type: text("type").map(Open::from),
            code: text("code").map(Open::from),
            // One of a wrong type is a departure of its own, and not missing.
            has_param: error.get("param").is_some_and(|param| !param.is_null() && param != ""),
        }
    }

    fn departures(&self, status: Option<u16>) -> Vec<Finding> {
        let code = self.code.as_ref();
        [
            self.error_type.as_ref().and_then(|name| unknown_name("/error/type", name)),
            code.and_then(|name| unknown_name("/error/code", name)),
            self.pair(),
            self.missing_param(),
            self.error_type
                .as_ref()
                .and_then(Open::known)
                .and_then(|t| sdk_only("/error/type", t.as_str(), t.origin())),
            code.and_then(Open::known)
                .and_then(|c| sdk_only("/error/code", c.as_str(), c.origin())),
            status.and_then(|status| wrong_status(status, code.and_then(Open::known))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// No departure: the published schemas have a withdrawn name still, and every client decodes it.
    fn notes(&self) -> Vec<Finding> {
        let error_type = self.error_type.as_ref().and_then(|name| withdrawn("/error/type", name));
        let code = self.code.as_ref().and_then(|name| withdrawn("/error/code", name));
        error_type.into_iter().chain(code).collect()
    }

    fn pair(&self) -> Option<Finding> {
        let (error_type, code) = (self.error_type.as_ref()?, self.code.as_ref()?.known()?);
        let message = || {
            format!("`{error_type}` is not the type of `{code}`, which is `{}`", code.error_type())
        };
        (*error_type != code.error_type())
            .then(|| Finding { pointer: Some("/error/type"), message: message() })
    }

    fn missing_param(&self) -> Option<Finding> {
        let code = self.code.as_ref()?.known()?;
        let is_about_parameter = example(code).error.param.is_some();
        let message =
            || format!("missing: an answer with `{code}` names the parameter that caused it");
        (is_about_parameter && !self.has_param)
            .then(|| Finding { pointer: Some("/error/param"), message: message() })
    }
}

fn unknown_name<T: WireEnum>(pointer: &'static str, name: &Open<T>) -> Option<Finding> {
    let Open::Unknown(unknown) = name else {
        return None;
    };
    let hint = closest_of::<T>(unknown.as_str())
        .map(|known| format!(" (did you mean `{known}`?)"))
        .unwrap_or_default();
    Some(Finding { pointer: Some(pointer), message: format!("{unknown}{hint}") })
}

fn withdrawn<T: WireEnum>(pointer: &'static str, name: &Open<T>) -> Option<Finding> {
    let version = name.known()?.withdrawn()?;
    let message = format!("`{name}` was withdrawn in {version}: no server should send it any more");
    Some(Finding { pointer: Some(pointer), message })
}

fn sdk_only(pointer: &'static str, name: &str, origin: Origin) -> Option<Finding> {
    let message = || format!("`{name}` is raised by SDKs only: no server may answer with it");
    (origin == Origin::Sdk).then(|| Finding { pointer: Some(pointer), message: message() })
}

fn wrong_status(status: u16, code: Option<ErrorCode>) -> Option<Finding> {
    let message = match code.and_then(|code| Some((code, code.http_status()?))) {
        Some((_, expected)) if expected == status => return None,
        Some((code, expected)) => {
            format!("HTTP status {status} does not fit `{code}`, which goes with {expected}")
        }
        None if (400..=599).contains(&status) => return None,
        None => format!("HTTP status {status} is not one of an error, 400 to 599"),
    };
    Some(Finding { pointer: None, message })
}

fn print(report: &Report, out: &mut impl Write) -> io::Result<()> {
    if let Some(error) = &report.error {
        print_object(error, out)?;
    }
    if let Some(sentence) = report.looks_like {
        writeln!(out, "{sentence}")?;
    }
    if report.conforms {
        writeln!(out, "\nConforms to the contract.")?;
    }
    print_findings("Departs from the contract:", &report.departures, out)?;
    print_findings("Notes:", &report.notes, out)
}

fn print_findings(heading: &str, findings: &[Finding], out: &mut impl Write) -> io::Result<()> {
    if !findings.is_empty() {
        writeln!(out, "\n{HEADING}{heading}{HEADING:#}")?;
    }
    for Finding { pointer, message } in findings {
        let place = match pointer {
            None => "status",
            Some("") => "whole body",
            Some(pointer) => pointer,
        };
        writeln!(out, "  {place}: {}", OneLine::whole(message))?;
    }
    Ok(())
}

fn print_object(error: &ErrorObject, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "message  {}", OneLine::whole(&error.message))?;
    writeln!(out, "type     {}\ncode     {}", error.error_type, error.code)?;
    if let Some(param) = &error.param {
        writeln!(out, "param    {}", OneLine::whole(param))?;
    }
    let catalogue = Catalogue::current();
    let Some(entry) = catalogue.codes.iter().find(|entry| error.code == entry.name) else {
        return Ok(());
    };
    writeln!(out, "\n{HEADING}What it means{HEADING:#} (spec)\n{}", entry.description)?;
    advise(entry, &catalogue.retry, out)
}
