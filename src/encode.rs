//! The JSON writer. Its output is serde_json's for every input, byte for byte.

use alloc::vec::Vec;

use crate::ErrorResponse;

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
        out.extend_from_slice(br#"{"error":{"message":"#);
        write_string(&error.message, out);
        out.extend_from_slice(br#","type":"#);
        write_string(error.error_type.as_str(), out);
        out.extend_from_slice(br#","code":"#);
        write_string(error.code.as_str(), out);
        if let Some(param) = &error.param {
            out.extend_from_slice(br#","param":"#);
            write_string(param, out);
        }
        out.extend_from_slice(b"}}");
    }
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut clean_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0x08 => b"\\b",
            0x0c => b"\\f",
            0x00..=0x1f => &unicode_escape(byte),
            _ => continue,
        };
        out.extend_from_slice(text.as_bytes().get(clean_from..at).unwrap_or_default());
        out.extend_from_slice(escape);
        clean_from = at + 1;
    }
    out.extend_from_slice(text.as_bytes().get(clean_from..).unwrap_or_default());
    out.push(b'"');
}

fn unicode_escape(byte: u8) -> [u8; 6] {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]
}
