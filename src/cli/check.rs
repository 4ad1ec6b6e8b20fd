//! `check`: what a body decodes to, and where it violates the contract.

use std::fmt::{self, Write as _};
use std::prelude::v1::*;

use crate::emit::{Catalogue, example};
use crate::model::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open, Origin, WireEnum};
use crate::wire::{DecodeError, DecodeErrorKind};
use serde::Serialize;
use serde_json::{Map, Value};

use super::explain::advise;
use super::suggest::closest_of;
use super::{HEADING, Outcome, json};
use crate::text::one_line::OneLine;

/// What the body is, and every violation of the contract.
#[derive(Serialize)]
struct Report {
    conforms: bool,
    /// What it decodes to.
    error: Option<ErrorObject>,
    /// What it seems to be instead.
    looks_like: Option<&'static str>,
    violations: Vec<Finding>,
    /// What the contract allows and a server should still fix.
    notes: Vec<Finding>,
}

/// What there is to say about one place of a response.
#[derive(Serialize)]
struct Finding {
    /// A JSON pointer into the body, or `None` for the HTTP status.
    pointer: Option<&'static str>,
    message: String,
}

/// The most bytes of a body that are read: no error body has as many, and the whole is held in
/// memory several times.
pub const LIMIT: u64 = 1024 * 1024;

/// `check`: what a response's body decodes to, and where it violates the contract.
#[must_use]
pub fn check(body: &[u8], status: Option<u16>, as_json: bool) -> Outcome {
    let report = report(body, status);
    if as_json {
        return Outcome::verbatim(report.conforms, json::pretty(&report));
    }
    Outcome::prose(|out| print(&report, out).map(|()| report.conforms))
}

fn report(body: &[u8], status: Option<u16>) -> Report {
    let (error, looks_like, violations, notes) = match ErrorResponse::from_slice(body) {
        Ok(response) => {
            let members = Members::of_object(&response.error);
            (Some(response.error), None, members.violations(status), members.notes())
        }
        Err(error) => {
            let json = serde_json::from_slice(without_mark(body)).ok();
            let looks_like = looks_like(body, json.as_ref(), &error);
            let violations = violations_of_undecodable(json.as_ref(), status, &error);
            (None, Some(looks_like), violations, Vec::new())
        }
    };
    Report { conforms: violations.is_empty(), error, looks_like, violations, notes }
}

/// The body without a byte order mark, which the decoder skips, too.
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

/// What a person should know first about a body that does not decode.
fn looks_like(body: &[u8], json: Option<&Value>, error: &DecodeError) -> &'static str {
    match (without_mark(body).trim_ascii_start(), json) {
        (b"", _) => "The body is empty.",
        (_, Some(json)) if is_problem(json) => {
            "This is a problem details object (RFC 9457): a proxy or gateway may have responded in the API's place."
        }
        // JSON that is nested too deep has no value here.
        _ if error.kind() == DecodeErrorKind::Shape => {
            "This is JSON, but not the API's error object."
        }
        // A page in Latin-1 is not UTF-8.
        ([b'<', ..], _) => {
            "This is an HTML or XML page: a proxy or gateway may have responded in the API's place."
        }
        ([0x1f, 0x8b, ..], _) => "This is gzip data: decompress the body, then check it.",
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'{', 0, ..] | [0, b'{', ..], _) => {
            "This is text in UTF-16: JSON is sent in UTF-8."
        }
        _ => "This is not JSON.",
    }
}

fn is_problem(json: &Value) -> bool {
    let has = |name| json.get(name).is_some();
    has("title") && has("status") && !has("error")
}

fn violations_of_undecodable(
    json: Option<&Value>,
    status: Option<u16>,
    error: &DecodeError,
) -> Vec<Finding> {
    // JSON of another shape is checked field by field, because the decoder stops at the first fault.
    let mut violations = json.map_or_else(Vec::new, |json| structural(json, status));
    // Only the decoder sees a body that is not JSON, or a field that occurs twice.
    if violations.is_empty() {
        violations.push(Finding { pointer: Some(""), message: error.to_string() });
    }
    violations
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
    let mut violations = Vec::new();
    for (name, pointer) in
        [("message", "/error/message"), ("type", "/error/type"), ("code", "/error/code")]
    {
        if !error.get(name).is_some_and(Value::is_string) {
            violations.push(wrong(pointer, "a string", error.get(name)));
        }
    }
    if let Some(param @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) =
        error.get("param")
    {
        violations.push(wrong("/error/param", "a string, null or nothing", Some(param)));
    }
    if !violations.is_empty() {
        violations.extend(Members::of_json(error).violations(status));
    }
    violations
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

/// The fields that the contract relates to each other, as far as they are present.
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
            // A param of a wrong kind is a violation of its own, and not missing.
            has_param: error.get("param").is_some_and(|param| !param.is_null() && param != ""),
        }
    }

    fn violations(&self, status: Option<u16>) -> Vec<Finding> {
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

    /// A withdrawn name is not a violation: the published schemas keep it and every client decodes it.
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
            || format!("missing: a response with `{code}` names the parameter that caused it");
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
    let message = format!("`{name}` was withdrawn in {version}: a server should not send it");
    Some(Finding { pointer: Some(pointer), message })
}

fn sdk_only(pointer: &'static str, name: &str, origin: Origin) -> Option<Finding> {
    let message = || format!("`{name}` is raised by SDKs only: no server may send it");
    (origin == Origin::Sdk).then(|| Finding { pointer: Some(pointer), message: message() })
}

fn wrong_status(status: u16, code: Option<ErrorCode>) -> Option<Finding> {
    let message = match code.and_then(|code| Some((code, code.http_status()?))) {
        Some((_, expected)) if expected == status => return None,
        Some((code, expected)) => {
            format!("HTTP status {status} does not fit `{code}`, which goes with {expected}")
        }
        None if (400..=599).contains(&status) => return None,
        None => format!("HTTP status {status} is not an error status, 400 to 599"),
    };
    Some(Finding { pointer: None, message })
}

fn print(report: &Report, out: &mut String) -> fmt::Result {
    if let Some(error) = &report.error {
        print_object(error, out)?;
    }
    if let Some(sentence) = report.looks_like {
        writeln!(out, "{sentence}")?;
    }
    if report.conforms {
        writeln!(out, "\nConforms to the contract.")?;
    }
    print_findings("Violates the contract:", &report.violations, out)?;
    print_findings("Notes:", &report.notes, out)
}

fn print_findings(heading: &str, findings: &[Finding], out: &mut String) -> fmt::Result {
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

fn print_object(error: &ErrorObject, out: &mut String) -> fmt::Result {
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
