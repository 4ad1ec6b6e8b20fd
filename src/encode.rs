//! The JSON writer. Its output is serde_json's for every input, byte for byte.

use alloc::vec::Vec;

use crate::plain::{plain_len, special_bytes};
use crate::{ErrorResponse, Name, Open};

impl ErrorResponse {
    /// The body as JSON without white space: message, type, code, then param if it is set.
    ///
    /// ```
    /// use intelliprint_error::{ErrorObject, ErrorResponse};
    ///
    /// let answer = ErrorResponse::from(ErrorObject::parameter_missing("recipients"));
    /// assert_eq!(
    ///     answer.to_json(),
    ///     br#"{"error":{"message":"Missing required parameter: recipients","type":"invalid_request_error","code":"parameter_missing","param":"recipients"}}"#,
    /// );
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let error = &self.error;
        let strings = error.message.len() + error.param.as_ref().map_or(0, |param| param.len());
        let mut body = Vec::with_capacity(strings + 128);
        self.write_json(&mut body);
        body
    }

    /// Appends what [`to_json`](Self::to_json) gives: a buffer that is used again needs no allocation.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let error = &self.error;
        out.extend_from_slice(br#"{"error":{"message":""#);
        write_text(&error.message, out);
        out.extend_from_slice(br#"","type":""#);
        write_name(&error.error_type, out);
        out.extend_from_slice(br#"","code":""#);
        write_name(&error.code, out);
        if let Some(param) = &error.param {
            out.extend_from_slice(br#"","param":""#);
            write_text(param, out);
        }
        out.extend_from_slice(br#""}}"#);
    }
}

fn write_name<T: Name>(name: &Open<T>, out: &mut Vec<u8>) {
    match name {
        // The catalogue's rules let no character in that needs an escape.
        Open::Known(name) => out.extend_from_slice(name.as_str().as_bytes()),
        Open::Unknown(name) => write_text(name.as_str(), out),
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let (plain, rest) = bytes.split_at_checked(plain_len(bytes)).unwrap_or((bytes, &[]));
    out.extend_from_slice(plain);
    if !rest.is_empty() {
        write_escaped(rest, out);
    }
}

#[cold]
fn write_escaped(bytes: &[u8], out: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        write_word(u64::from_le_bytes(*word), 8, out);
        rest = after;
    }
    let word = rest.iter().rfold(0, |word, byte| word << 8 | u64::from(*byte));
    write_word(word, rest.len(), out);
}

/// Writes the first bytes of a word, in the order in which memory has them.
fn write_word(word: u64, len: usize, out: &mut Vec<u8>) {
    let mut special = special_bytes(word);
    let (mut word, mut len) = (word, len);
    loop {
        let plain = special.trailing_zeros() as usize / 8;
        if plain >= len {
            return push(word, len, out);
        }
        push(word, plain, out);
        word >>= plain * 8;
        special >>= plain * 8;
        let (escape, escape_len) = escape(word as u8);
        push(escape, escape_len, out);
        word >>= 8;
        special >>= 8;
        len -= plain + 1;
    }
}

/// Eight bytes at once and then as many less as are not wanted: the length of a copy is best a constant.
fn push(word: u64, len: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&word.to_le_bytes());
    out.truncate(out.len() - 8 + len);
}

/// The escape of a special character, in the order in which memory has it, and its length.
fn escape(byte: u8) -> (u64, usize) {
    let short = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        b'"' | b'\\' => byte,
        _ => return (unicode_escape(byte), 6),
    };
    (u64::from_le_bytes([b'\\', short, 0, 0, 0, 0, 0, 0]), 2)
}

fn unicode_escape(byte: u8) -> u64 {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    u64::from_le_bytes([b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15), 0, 0])
}
