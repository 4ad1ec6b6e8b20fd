//! Makes error objects from faults of a request. The extractors of both frameworks share it.

use alloc::format;
use alloc::string::String;

use serde_core::de::DeserializeOwned;

use super::deserialize::json::{self, Failure};
use super::deserialize::{Error, Fault, text};
use crate::model::{ErrorCode, ErrorObject};
use crate::wire::without_position;

/// The most characters of a name that is repeated to the client.
const NAME_LIMIT: usize = 100;

/// The most characters of a reason, in a library's or a type's own words.
const REASON_LIMIT: usize = 200;

/// The most bytes of a body that are read and dropped before a 413 is sent. Otherwise a client that
/// writes its whole request before it reads would see a broken pipe.
pub(crate) const DRAIN_LIMIT: usize = 8 * 1024 * 1024;

/// The start of a message about a body with an invalid value whose name is not known.
pub(crate) const BODY: &str = "The request body has the wrong form";

/// Reads a JSON body.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, ErrorObject> {
    json::read(body).map_err(|failure| match failure {
        Failure::Syntax(error) => syntax_error(&error),
        Failure::Value(error) => body_error(&error),
    })
}

/// A body of the wrong kind has the wrong format. Any other fault makes a parameter invalid.
fn body_error(error: &Error) -> ErrorObject {
    value_error(error, |why| {
        if error.is_of_whole() { body_incorrect_format(why) } else { parameters_invalid(BODY, why) }
    })
}

/// Reads a query string.
pub(crate) fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, ErrorObject> {
    let unfit = |why: &str| parameters_invalid("The query string has the wrong form", why);
    text::read_pairs(query.as_bytes()).map_err(|error| value_error(&error, unfit))
}

/// Reads a body of type `application/x-www-form-urlencoded`.
pub(crate) fn from_form<T: DeserializeOwned>(body: &[u8]) -> Result<T, ErrorObject> {
    text::read_pairs(body).map_err(|error| body_error(&error))
}

/// Reads the parameters of a path. If the route does not have those that the handler asks for, the
/// server is at fault.
pub(crate) fn from_path<T: DeserializeOwned>(
    pairs: alloc::vec::Vec<text::Pair<'_>>,
) -> Result<T, ErrorObject> {
    text::read_path(pairs).map_err(|error| match error.fault {
        Fault::Missing | Fault::Unknown { .. } | Fault::Duplicate => no_such_parameters(),
        Fault::Expected(_) if error.path().next().is_none() => no_such_parameters(),
        _ => value_error(&error, |why| parameters_invalid("The path has the wrong form", why)),
    })
}

/// The handler asks for parameters that its route does not have.
pub(crate) fn no_such_parameters() -> ErrorObject {
    ErrorObject::from(ErrorCode::InternalError)
}

/// A body that is not JSON, with the place of the fault.
fn syntax_error(error: &serde_json::Error) -> ErrorObject {
    body_incorrect_format(&format!("it is not valid JSON: {}", with_place(error)))
}

/// A body that a framework's own extractor cannot read. It need not be invalid JSON: serde_json
/// says the same of `null` in the place of an enum.
pub(crate) fn unread_json(error: Option<&serde_json::Error>) -> ErrorObject {
    let place = error.map_or_else(String::new, |error| format!(": {}", with_place(error)));
    body_incorrect_format(&format!("it is not JSON of the expected form{place}"))
}

fn with_place(error: &serde_json::Error) -> String {
    format!("{} at line {} column {}", without_position(error), error.line(), error.column())
}

/// The error of a value in valid input. If the value is not that of a parameter, `unfit` makes the
/// error from the reason.
fn value_error(error: &Error, unfit: impl Fn(&str) -> ErrorObject) -> ErrorObject {
    let mut param = String::new();
    for name in error.path() {
        if !param.is_empty() {
            // Dotted, as in the API's own responses (observed): `postage.service`.
            param.push('.');
        }
        param.push_str(name);
    }
    let has_no_param = error.path().next().is_none();
    let param = cut(&param, NAME_LIMIT);
    let reason = match &error.fault {
        Fault::Missing => return ErrorObject::parameter_missing(param),
        Fault::Unknown { known } => {
            return ErrorObject::parameter_unknown_among(param, known.iter());
        }
        Fault::Duplicate => "it occurs twice".into(),
        Fault::Expected(Some(words)) => format!("expected {words}"),
        Fault::Own(words) if error.has_own_words() => cut(words, REASON_LIMIT),
        Fault::Expected(None) | Fault::Own(_) => String::new(),
    };
    match (has_no_param, reason.is_empty()) {
        (true, true) => unfit("a value in it is invalid"),
        (true, false) => unfit(&reason),
        (false, true) => {
            let message = format!("Invalid value for parameter: {param}");
            ErrorObject::parameter_invalid(param, message)
        }
        (false, false) => parameter_invalid(param, &reason),
    }
}

/// `application/json`, or an `application` type with the suffix `+json`.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type);
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn is_form(content_type: &str) -> bool {
    essence(content_type) == "application/x-www-form-urlencoded"
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(crate) fn not_json() -> ErrorObject {
    body_incorrect_format("its content type is not application/json")
}

pub(crate) fn not_a_form() -> ErrorObject {
    body_incorrect_format("its content type is not application/x-www-form-urlencoded")
}

/// The body is shorter than its length, or its framing is wrong.
pub(crate) fn incomplete_body() -> ErrorObject {
    body_incorrect_format("it cannot be read to its end")
}

pub(crate) fn body_incorrect_format(reason: &str) -> ErrorObject {
    let reason = cut(reason, REASON_LIMIT);
    ErrorObject::new(
        ErrorCode::BodyIncorrectFormat,
        format!("The request body has the wrong format: {reason}"),
    )
}

pub(crate) fn body_too_large() -> ErrorObject {
    ErrorObject::new(ErrorCode::BodyTooLarge, "The request body is too large")
}

/// Uses the API's own words (observed). The message says GET for a HEAD request, because both
/// responses must have the same length.
pub(crate) fn not_found(method: &str, path: &str) -> ErrorObject {
    let method = if method == "HEAD" { "GET" } else { method };
    let (method, path) = (cut(method, NAME_LIMIT), cut(path, NAME_LIMIT));
    ErrorObject::new(ErrorCode::NotFound, format!("No such resource exists: {method} {path}"))
}

/// A parameter of a path that is not UTF-8 when it is decoded.
pub(crate) fn not_utf8(name: &str) -> ErrorObject {
    parameter_invalid(cut(name, NAME_LIMIT), "expected text in UTF-8")
}

fn parameter_invalid(param: String, reason: &str) -> ErrorObject {
    let message = format!("Invalid value for parameter: {param} ({reason})");
    ErrorObject::parameter_invalid(param, message)
}

/// One of the parameters is invalid, and its name is not known.
pub(crate) fn parameters_invalid(what: &str, why: &str) -> ErrorObject {
    ErrorObject::new(ErrorCode::ParameterInvalid, format!("{what}: {}", cut(why, REASON_LIMIT)))
}

/// Returns the first characters of a text, and `…` if there are more.
fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}
