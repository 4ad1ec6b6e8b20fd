use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::{self, Write as _};

use serde_json::error::Category;

use super::fast_path;
use crate::model::ErrorResponse;
use crate::text::one_line::OneLine;

const FOUND_LIMIT: usize = 120;
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl ErrorResponse {
    /// Decodes the body of an error response.
    ///
    /// Unknown names and unknown fields are accepted. An absent and a `null` param mean the same. A
    /// byte order mark is skipped. For a body that may not be the API's at all, use
    /// [`ApiError`](crate::ApiError), which keeps it.
    ///
    /// Decoding takes time and memory in proportion to the body's length, and no stack for its
    /// depth. Limit what you read: 1 MiB is far more than any error of the API has (advice).
    ///
    /// # Errors
    ///
    /// | body | [`kind`](DecodeError::kind) |
    /// |---|---|
    /// | not UTF-8 | `Encoding` |
    /// | not one JSON value | `Syntax` |
    /// | JSON, but not this object, or a known field occurs twice | `Shape` |
    ///
    /// # Examples
    ///
    /// ```
    /// use intelliprint_error::{ErrorCode, ErrorResponse};
    ///
    /// let body = br#"{"error":{"message":"Too many prints","type":"quota_error","code":"quota_exhausted","param":null}}"#;
    /// let response = ErrorResponse::from_slice(body)?;
    /// assert_eq!(response.error.code(), "quota_exhausted");
    /// assert_eq!(response.error.param(), None);
    ///
    /// let error = ErrorResponse::from_slice(br#"{"error":{"message":"Too many prints"}}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "not an error object: missing field `type`, at byte 37");
    /// # Ok::<(), intelliprint_error::DecodeError>(())
    /// ```
    pub fn from_slice(body: &[u8]) -> Result<Self, DecodeError> {
        let text = core::str::from_utf8(body)
            .map_err(|error| DecodeError::not_utf8(error.valid_up_to()))?;
        let json = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        match fast_path::read(json) {
            Some(response) => Ok(response),
            None => decode_unusual(json).map_err(|mut error| {
                error.offset += text.len() - json.len();
                error
            }),
        }
    }
}

#[inline(never)]
fn decode_unusual(json: &str) -> Result<ErrorResponse, DecodeError> {
    serde_json::from_str(json).map_err(|error| DecodeError::new(json, &error))
}

/// Why bytes are not an [`ErrorResponse`]: what is wrong, where, and what was expected.
///
/// The message repeats at most a short excerpt of the body, escaped.
///
/// ```
/// use intelliprint_error::{DecodeErrorKind, ErrorResponse};
///
/// let error = ErrorResponse::from_slice(b"<html>").unwrap_err();
/// assert_eq!(error.kind(), DecodeErrorKind::Syntax);
/// assert_eq!(error.offset(), 0);
/// assert_eq!(error.to_string(), "not JSON: expected value, found '<', at byte 0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    reason: String,
    offset: usize,
}

/// What is wrong with bytes that are not an [`ErrorResponse`].
///
/// ```
/// use intelliprint_error::{DecodeErrorKind, ErrorResponse};
///
/// let kind = |body: &[u8]| ErrorResponse::from_slice(body).unwrap_err().kind();
/// assert_eq!(kind(b"\xff"), DecodeErrorKind::Encoding);
/// assert_eq!(kind(b"Bad Gateway"), DecodeErrorKind::Syntax);
/// assert_eq!(kind(br#"{"title":"Bad Gateway","status":502}"#), DecodeErrorKind::Shape);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// Not UTF-8.
    Encoding,
    /// UTF-8, but not one JSON value: an HTML page, plain text, nothing at all, or JSON that is cut
    /// short.
    Syntax,
    /// JSON, as far as it was read, but not the API's error object.
    Shape,
}

impl DecodeError {
    fn not_utf8(offset: usize) -> Self {
        let reason = "invalid UTF-8, expected JSON text in UTF-8".into();
        Self { kind: DecodeErrorKind::Encoding, reason, offset }
    }

    fn new(json: &str, error: &serde_json::Error) -> Self {
        let kind = match error.classify() {
            Category::Data => DecodeErrorKind::Shape,
            Category::Syntax | Category::Eof | Category::Io => DecodeErrorKind::Syntax,
        };
        let offset =
            if error.is_eof() { json.len() } else { offset_of(json, error.line(), error.column()) };
        let mut reason = without_position(error);
        match kind {
            DecodeErrorKind::Syntax => add_found(json, offset, &mut reason),
            _ => bound(&mut reason),
        }
        Self { kind, reason, offset }
    }

    /// Returns what is wrong with the bytes.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Returns where reading stopped, in bytes from the start of the body: at the byte that is
    /// wrong, or at the last byte of the value that is wrong. If the body ends too early, its
    /// length.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

/// Cuts an unexpected string, which serde_json repeats whole, and keeps what was expected.
fn bound(reason: &mut String) {
    let (found, expected) = split_at_last(reason, ", expected ");
    *reason = format!("{}{expected}", OneLine::excerpt(found.as_bytes(), FOUND_LIMIT));
}

/// Appends the character at the offset, because "at byte 0" alone says little about an HTML page.
fn add_found(json: &str, offset: usize, reason: &mut String) {
    if let Some(c) = json.get(offset..).and_then(|rest| rest.chars().next()) {
        let _ = write!(reason, ", found '{}'", OneLine::whole(c.encode_utf8(&mut [0; 4])));
    }
}

/// Returns serde_json's message without the line and column at its end.
pub(crate) fn without_position(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    if error.line() > 0 {
        let (words, _) = split_at_last(&message, " at line ");
        message.truncate(words.len());
    }
    message
}

/// Splits the text before the last `separator`. Returns the whole text and an empty one if it has
/// none. Compares bytes, because the search of a `str` would add a kilobyte to every program.
fn split_at_last<'a>(text: &'a str, separator: &str) -> (&'a str, &'a str) {
    let at =
        text.as_bytes().windows(separator.len()).rposition(|window| window == separator.as_bytes());
    at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// The offset of a line and column, which serde_json counts from 1.
fn offset_of(json: &str, line: usize, column: usize) -> usize {
    let mut line_ends =
        json.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    let start = line.checked_sub(2).and_then(|earlier| line_ends.nth(earlier));
    start.unwrap_or(0) + column.saturating_sub(1)
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            DecodeErrorKind::Encoding => "not text",
            DecodeErrorKind::Syntax => "not JSON",
            DecodeErrorKind::Shape => "not an error object",
        };
        write!(f, "{what}: {}, at byte {}", self.reason, self.offset)
    }
}

impl core::error::Error for DecodeError {}
