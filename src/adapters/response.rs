//! An error object as a server sends it: its status, and its body of at most 4 KiB.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::model::{ErrorCode, ErrorObject, ErrorResponse, Open, Origin};

/// The most bytes of an error body that we send.
const BODY_LIMIT: usize = 4096;

/// The most bytes of text that fit for sure: a character takes at most six bytes, and the JSON around
/// the texts fewer than 64.
const SHORT: usize = (BODY_LIMIT - 64) / 6;

/// The most characters of a param, if the body would be longer than the limit.
const PARAM_LIMIT: usize = 100;

impl ErrorResponse {
    /// Returns the status and the body to send. A name that only SDKs raise becomes
    /// `internal_error`, and a body that would be longer than 4 KiB is cut.
    pub(crate) fn into_sent(self) -> (u16, Self) {
        let error = if is_sdk_only(&self.error) { internal(self.error) } else { self.error };
        let error = bounded(error);
        let status = error.code.known().and_then(ErrorCode::http_status).unwrap_or(500);
        (status, Self { error })
    }
}

fn is_sdk_only(error: &ErrorObject) -> bool {
    error.code.known().is_some_and(|code| code.origin() == Origin::Sdk)
        || error.error_type.known().is_some_and(|error_type| error_type.origin() == Origin::Sdk)
}

fn internal(error: ErrorObject) -> ErrorObject {
    let code = ErrorCode::InternalError;
    ErrorObject { code: Open::Known(code), error_type: Open::Known(code.error_type()), ..error }
}

/// Cuts the param and the message so that the body fits the limit.
fn bounded(mut error: ErrorObject) -> ErrorObject {
    if is_short(&error) || encoded_len(&error) <= BODY_LIMIT {
        return error;
    }
    if let Some(param) = &mut error.param {
        if let Some((end, _)) = param.char_indices().nth(PARAM_LIMIT) {
            *param = Cow::Owned(alloc::format!("{}…", param.get(..end).unwrap_or_default()));
        }
    }
    let message = core::mem::take(&mut error.message);
    let Some(room) = BODY_LIMIT.checked_sub(encoded_len(&error) + "…".len()) else {
        // A decoded type or code may have any length, so that no message would fit.
        return ErrorObject::from(ErrorCode::InternalError);
    };
    error.message = Cow::Owned(start_of(&message, room));
    error
}

fn encoded_len(error: &ErrorObject) -> usize {
    ErrorResponse::from(error.clone()).to_json().len()
}

/// True if the body fits for sure, so that it need not be encoded twice.
fn is_short(error: &ErrorObject) -> bool {
    let ErrorObject { message, error_type, code, param } = error;
    let param = param.as_ref().map_or("", |param| param);
    let texts = [message, param, code.as_str(), error_type.as_str()];
    texts.into_iter().map(str::len).sum::<usize>() <= SHORT
}

/// Returns the start of a message that takes at most `room` bytes as JSON, and `…` if it is cut.
fn start_of(message: &str, room: usize) -> String {
    let mut len = 0;
    let start = message.chars().take_while(|c| {
        len += match c {
            '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
            c if *c < ' ' => 6,
            c => c.len_utf8(),
        };
        len <= room
    });
    let mut start: String = start.collect();
    if start.len() < message.len() {
        start.push('…');
    }
    start
}
