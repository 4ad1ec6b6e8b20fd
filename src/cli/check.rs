//! `check`: what a body decodes to, and where it departs from the contract.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use intelliprint_error::emit::{Catalogue, example};
use intelliprint_error::{
    DecodeError, DecodeErrorKind, ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, Origin,
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::emit::about;
use super::explain::{advise, print_json};
use super::suggest::closest_of;
use crate::HEADING;
use crate::text::OneLine;

/// What the body is, and every departure from the contract.
#[derive(Serialize)]
struct Report {
    conforms: bool,
    /// What it decodes to.
    error: Option<ErrorObject>,
    /// What it seems to be instead.
    looks_like: Option<&'static str>,
    departures: Vec<Departure>,
}

/// One way in which an answer is not what the contract says.
#[derive(Serialize)]
struct Departure {
    /// Where, as a JSON pointer into the body; nothing for the HTTP status.
    pointer: Option<&'static str>,
    message: String,
}

/// Whether the body conforms.
pub(crate) fn check(file: &Path, status: Option<u16>, json: bool, out: &mut impl Write) -> io::Result<bool> {
    check_body(&read(file)?, status, json, out)
}

pub(crate) fn check_body(body: &[u8], status: Option<u16>, json: bool, out: &mut impl Write) -> io::Result<bool> {
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

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file == Path::new("-") {
        read_within_limit(io::stdin().lock()).map_err(|error| about(Path::new("standard input"), "read", &error))
    } else {
        File::open(file).and_then(read_within_limit).map_err(|error| about(file, "read", &error))
    }
}

fn read_within_limit(from: impl Read) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    from.take(LIMIT + 1).read_to_end(&mut body)?;
    if body.len() as u64 > LIMIT {
        return Err(io::Error::other("it is longer than 1 MiB, which no error body is; `head -c 1M` cuts it"));
    }
    Ok(body)
}

fn report(body: &[u8], status: Option<u16>) -> Report {
    let (error, looks_like, departures) = match ErrorResponse::from_slice(body) {
        Ok(answer) => {
            let departures = Members::of_object(&answer.error).departures(status);
            (Some(answer.error), None, departures)
        }
        Err(error) => (None, Some(looks_like(body, &error)), departures_of_undecodable(body, status, &error)),
    };
    Report { conforms: departures.is_empty(), error, looks_like, departures }
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
    !members.contains_key("error") && members.contains_key("title") && members.contains_key("status")
}

fn departures_of_undecodable(body: &[u8], status: Option<u16>, error: &DecodeError) -> Vec<Departure> {
    // As JSON without our shape, it can be gone through member by member, to find more than the first fault.
    let mut departures = match serde_json::from_slice::<Value>(body) {
        Ok(value) => structural(&value, status),
        Err(_) => Vec::new(),
    };
    // What only the decoder sees: no JSON, or a member that comes twice.
    if departures.is_empty() {
        departures.push(Departure { pointer: Some(""), message: error.to_string() });
    }
    departures
}

fn structural(body: &Value, status: Option<u16>) -> Vec<Departure> {
    let wrong = |pointer, expected: &str, found: Option<&Value>| {
        let message = format!("expected {expected}, found {}", found.map_or("nothing", kind));
        Departure { pointer: Some(pointer), message }
    };
    let Value::Object(root) = body else {
        return vec![wrong("", "an object with `error`", Some(body))];
    };
    let Some(Value::Object(error)) = root.get("error") else {
        return vec![wrong("/error", "an object", root.get("error"))];
    };
    let mut departures = Vec::new();
    for (name, pointer) in [("message", "/error/message"), ("type", "/error/type"), ("code", "/error/code")] {
        if !error.get(name).is_some_and(Value::is_string) {
            departures.push(wrong(pointer, "a string", error.get(name)));
        }
    }
    if let Some(param @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) = error.get("param") {
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

    fn departures(&self, status: Option<u16>) -> Vec<Departure> {
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
            code.and_then(Open::known).and_then(|c| sdk_only("/error/code", c.as_str(), c.origin())),
            status.and_then(|status| wrong_status(status, code.and_then(Open::known))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn pair(&self) -> Option<Departure> {
        let (error_type, code) = (self.error_type.as_ref()?, self.code.as_ref()?.known()?);
        let message = || format!("`{error_type}` is not the type of `{code}`, which is `{}`", code.error_type());
        (*error_type != code.error_type()).then(|| Departure { pointer: Some("/error/type"), message: message() })
    }

    fn missing_param(&self) -> Option<Departure> {
        let code = self.code.as_ref()?.known()?;
        let is_about_parameter = example(code).error.param.is_some();
        let message = || format!("missing: an answer with `{code}` names the parameter that caused it");
        (is_about_parameter && !self.has_param).then(|| Departure { pointer: Some("/error/param"), message: message() })
    }
}

fn unknown_name<T: intelliprint_error::Name>(pointer: &'static str, name: &Open<T>) -> Option<Departure> {
    let Open::Unknown(unknown) = name else {
        return None;
    };
    let hint = closest_of::<T>(unknown.as_str()).map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
    Some(Departure { pointer: Some(pointer), message: format!("{unknown}{hint}") })
}

fn sdk_only(pointer: &'static str, name: &str, origin: Origin) -> Option<Departure> {
    let message = || format!("`{name}` is raised by SDKs only: no server may answer with it");
    (origin == Origin::Sdk).then(|| Departure { pointer: Some(pointer), message: message() })
}

fn wrong_status(status: u16, code: Option<ErrorCode>) -> Option<Departure> {
    let message = match code.and_then(|code| Some((code, code.http_status()?))) {
        Some((_, expected)) if expected == status => return None,
        Some((code, expected)) => format!("HTTP status {status} does not fit `{code}`, which goes with {expected}"),
        None if (400..=599).contains(&status) => return None,
        None => format!("HTTP status {status} is not one of an error, 400 to 599"),
    };
    Some(Departure { pointer: None, message })
}

fn print(report: &Report, out: &mut impl Write) -> io::Result<()> {
    if let Some(error) = &report.error {
        print_object(error, out)?;
    }
    if let Some(sentence) = report.looks_like {
        writeln!(out, "{sentence}")?;
    }
    match report.departures.as_slice() {
        [] => writeln!(out, "\nConforms to the contract."),
        departures => {
            writeln!(out, "\n{HEADING}Departs from the contract:{HEADING:#}")?;
            for Departure { pointer, message } in departures {
                let place = match pointer {
                    None => "status",
                    Some("") => "whole body",
                    Some(pointer) => pointer,
                };
                writeln!(out, "  {place}: {}", OneLine::whole(message))?;
            }
            Ok(())
        }
    }
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
