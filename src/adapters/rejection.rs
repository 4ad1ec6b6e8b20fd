//! A request that cannot be read, as an error object: what the frameworks' extractors have in common.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_core::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::model::{ErrorCode, ErrorObject};
use crate::wire::without_position;

/// A message's share of somebody else's text.
const REASON_LIMIT: usize = 200;

/// Reads a JSON body.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, ErrorObject> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| json_error(words(error.path()), error.inner()))?;
    json.end().map_err(|error| json_error(Vec::new(), &error))?;
    Ok(value)
}

/// Reads a query string.
pub(crate) fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, ErrorObject> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs)
        .map_err(|error| parameter_error(words(error.path()), &error.inner().to_string()))
}

/// What serde_json says of a body, and of which parameter, as far as that is known.
pub(crate) fn json_error(path: Vec<String>, error: &serde_json::Error) -> ErrorObject {
    match error.classify() {
        Category::Data => parameter_error(path, &without_position(error)),
        Category::Syntax | Category::Eof | Category::Io => {
            body_incorrect_format(&error.to_string())
        }
    }
}

/// `application/json`, or any type with the suffix `+json`.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

pub(crate) fn body_incorrect_format(reason: &str) -> ErrorObject {
    let reason: String = reason.chars().take(REASON_LIMIT).collect();
    ErrorObject::new(
        ErrorCode::BodyIncorrectFormat,
        format!("The request body is not valid: {reason}"),
    )
}

pub(crate) fn body_too_large() -> ErrorObject {
    ErrorObject::new(ErrorCode::BodyTooLarge, "The request body is too large")
}

/// In the API's own words (observed).
pub(crate) fn not_found(method: &str, path: &str) -> ErrorObject {
    ErrorObject::new(ErrorCode::NotFound, format!("No such resource exists: {method} {path}"))
}

/// An answer that is not of this API, such as a framework's own, by its status: the code that says the same, or
/// `internal_error` where none does.
pub(crate) fn of_status(status: u16) -> ErrorObject {
    let code = match status {
        400 | 411 | 415 | 422 => ErrorCode::BodyIncorrectFormat,
        401 => ErrorCode::InvalidApiKey,
        402 => ErrorCode::PaymentError,
        403 => ErrorCode::Forbidden,
        404 | 405 => ErrorCode::NotFound,
        413 => ErrorCode::BodyTooLarge,
        429 => ErrorCode::RateLimited,
        _ => ErrorCode::InternalError,
    };
    ErrorObject::new(code, code.description())
}

pub(crate) fn parameter_invalid(param: String, expected: &str) -> ErrorObject {
    let expected: String = expected.chars().take(REASON_LIMIT).collect();
    let message = format!("Invalid value for parameter: {param} ({expected})");
    ErrorObject::parameter_invalid(param, message)
}

/// serde says what is wrong in words alone: `missing field `x``, or `unknown field `x`, expected one of `y`, `z``.
/// These are its own words for every format, unless a type's author chose others.
fn parameter_error(mut path: Vec<String>, reason: &str) -> ErrorObject {
    let mut names = reason.split('`').skip(1).step_by(2);
    let (what, name) =
        (reason.split('`').next().unwrap_or_default(), names.next().unwrap_or_default());
    // The path ends at the parent of what is missing or comes twice, but at what is unknown, where it is known at all.
    let lacks_name = match what {
        "missing field " | "duplicate field " => true,
        "unknown field " => path.last().is_none_or(|last| last != name),
        _ => false,
    };
    path.extend(lacks_name.then(|| name.into()));
    // Dotted, as in the API's own answers (observed): `postage.service`.
    let param = path.join(".");
    match what {
        "missing field " => ErrorObject::parameter_missing(param),
        "duplicate field " => parameter_invalid(param, "it comes twice"),
        "unknown field " => ErrorObject::parameter_unknown_among(param, names),
        // Not one parameter is at fault, but all there is: an array in the place of the object, say.
        _ if param.is_empty() => body_incorrect_format(expectation(reason)),
        _ => parameter_invalid(param, expectation(reason)),
    }
}

/// What was expected, without the value that was sent instead: it need not come back, or get into a log.
pub(crate) fn expectation(reason: &str) -> &str {
    let expected =
        reason.rfind(", expected ").and_then(|at| reason.get(at + 2..)).unwrap_or(reason);
    // The name of a Rust type means nothing to whoever sent the request.
    if expected.starts_with("expected struct ") { "expected an object" } else { expected }
}

fn words(path: &Path) -> Vec<String> {
    path.iter().filter_map(word).collect()
}

fn word(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    }
}
