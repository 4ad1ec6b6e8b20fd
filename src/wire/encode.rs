//! The JSON writer. For every input it writes the bytes that serde_json writes.
//!
//! A string without special bytes is copied whole: see `escape.rs`. Any other goes through a buffer
//! on the stack, because asking a `Vec` for room for each short piece is slow. A block of 16 bytes
//! is copied first as if it were plain. Then each special byte in it is replaced by its escape, and
//! the rest of the word is copied again behind the escape:
//!
//! ```text
//! say "hi"            the block, copied
//! say \"hi"           at the first quotation mark: `\`, then the rest of the word from the mark on
//! say \"hi\"          at the second
//! ```
//!
//! Every copy has a constant length, so it compiles to one store. Its surplus bytes are overwritten
//! by the next copy.

use alloc::vec::Vec;

use super::escape::{is_plain, is_plain_block, short_block, special_bytes};
use crate::model::{ErrorResponse, Open};

impl ErrorResponse {
    /// Returns the body as JSON without white space: message, type, code, then param if it is set.
    ///
    /// ```
    /// use intelliprint_error::{ErrorObject, ErrorResponse};
    ///
    /// let response = ErrorResponse::from(ErrorObject::parameter_missing("recipients"));
    /// assert_eq!(
    ///     response.to_json(),
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

    /// Appends the JSON that [`to_json`](Self::to_json) returns. A buffer that is used again needs
    /// no allocation.
    ///
    /// ```
    /// use intelliprint_error::{ErrorObject, ErrorResponse};
    ///
    /// let response = ErrorResponse::from(ErrorObject::parameter_missing("recipients"));
    /// let mut body = b"data: ".to_vec();
    /// response.write_json(&mut body);
    /// assert!(body.starts_with(br#"data: {"error":{"message":"Missing"#));
    /// ```
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let error = &self.error;
        out.extend_from_slice(br#"{"error":{"message":""#);
        write_text(&error.message, out);
        match (&error.error_type, &error.code) {
            (Open::Known(error_type), Open::Known(code)) if *error_type == code.error_type() => {
                out.extend_from_slice(code.json_members().as_bytes());
            }
            (error_type, code) => {
                out.extend_from_slice(br#"","type":""#);
                write_text(error_type.as_str(), out);
                out.extend_from_slice(br#"","code":""#);
                write_text(code.as_str(), out);
                out.push(b'"');
            }
        }
        if let Some(param) = &error.param {
            out.extend_from_slice(br#","param":""#);
            write_text(param, out);
            out.extend_from_slice(br#""}}"#);
        } else {
            out.extend_from_slice(b"}}");
        }
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    if is_plain(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        write_escaped(text.as_bytes(), out);
    }
}

/// Writes a string with special bytes, through a buffer.
#[cold]
fn write_escaped(bytes: &[u8], out: &mut Vec<u8>) {
    let mut buffer = [0; BUFFER];
    let mut filled = 0;
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk() {
        filled = put_escaped(block, &mut buffer, filled);
        if filled > PLACES - MOST_PUT {
            out.extend_from_slice(buffer.get(..filled).unwrap_or_default());
            filled = 0;
        }
        rest = after;
    }
    let last = short_block(rest);
    filled = put_escaped(&last, &mut buffer, filled) - (last.len() - rest.len());
    out.extend_from_slice(buffer.get(..filled).unwrap_or_default());
}

/// The places at which a piece may start, and room for a piece at the last of them.
const PLACES: usize = 256;
const BUFFER: usize = PLACES + 16;
/// The most bytes that one call of `put_escaped` writes: sixteen of the longest escapes, and the
/// surplus of the last copy.
const MOST_PUT: usize = 16 * 6 + 16;

/// Puts a block at `filled`, with its special bytes escaped, and returns the place after it.
#[inline(always)]
fn put_escaped(block: &[u8; 16], buffer: &mut [u8; BUFFER], mut filled: usize) -> usize {
    put(*block, buffer, filled);
    if is_plain_block(block) {
        return filled + block.len();
    }
    for word in block.chunks_exact(8).filter_map(|half| half.first_chunk()) {
        put(*word, buffer, filled);
        let word = u64::from_le_bytes(*word);
        let mut special = special_bytes(word);
        while special != 0 {
            let bit = special.trailing_zeros() & !7;
            let at = filled + bit as usize / 8;
            let rest = word >> bit;
            let byte = rest as u8;
            if byte < b' ' {
                let (escape, len) = escape(byte);
                put(escape, buffer, at);
                put((rest >> 8).to_le_bytes(), buffer, at + len);
                filled += len - 1;
            } else {
                put([b'\\'], buffer, at);
                put(rest.to_le_bytes(), buffer, at + 1);
                filled += 1;
            }
            special &= special - 1;
        }
        filled += 8;
    }
    filled
}

/// Copies all N bytes even if the caller keeps fewer: a copy of constant length compiles to one
/// store. The remainder tells the compiler that the place is inside the buffer.
#[inline]
fn put<const N: usize>(piece: [u8; N], buffer: &mut [u8; BUFFER], at: usize) {
    if let Some(place) = buffer.get_mut(at % PLACES..).and_then(|rest| rest.first_chunk_mut()) {
        *place = piece;
    }
}

/// The escape of a control character, and the escape's length.
fn escape(byte: u8) -> ([u8; 8], usize) {
    let letter = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => b'u',
    };
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    let escape = [b'\\', letter, b'0', b'0', digit(byte >> 4), digit(byte & 15), 0, 0];
    (escape, if letter == b'u' { 6 } else { 2 })
}
