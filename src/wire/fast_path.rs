//! The fast path of the decoder: the ordinary body, as this crate and most servers write it.
//!
//! An ordinary body has the four fields in the specification's order and no white space. After them
//! it may have other fields whose values are plain strings:
//!
//! ```text
//! {"error":{"message":"Too many","type":"rate_limited","code":"rate_limited","doc_url":"https://…"}}
//! ^^^^^^^^^^^^^^^^^^^^        ^^^^^^^^^^            ^^^^^^^^^^            ^^^            the tokens
//!                     the texts between them end at the first quotation mark
//! ```
//!
//! `read` compares the tokens and takes the texts between them. It returns what serde_json makes of
//! our `Deserialize`, or `None` for **anything** unusual, and serde_json then decides from the
//! start. Every check is done before the first allocation, so a body that falls back to serde_json
//! allocates nothing here. `tests/wire/codec_edges.rs`, `tests/wire/codec_equality.rs` and the fuzz
//! target `decode` compare the two.
//!
//! A reader of every body was tried. It took half of the baseline's time for the unusual ones and
//! added 7 kB to every program, so the size won: see `benches/size`.

use alloc::borrow::Cow;
use alloc::string::String;

use super::escape::{plain_len, short_plain_len};
use crate::model::{ErrorObject, ErrorResponse};

pub(crate) fn read(json: &str) -> Option<ErrorResponse> {
    // Most unusual bodies end in another way, so little is read twice.
    if !json.ends_with(r#""}}"#) && !json.ends_with(r#""param":null}}"#) {
        return None;
    }
    let mut reader = Reader { rest: json };
    reader.expect(r#"{"error":{"message":""#)?;
    let message = reader.text()?;
    reader.expect(r#"","type":""#)?;
    let error_type = reader.plain_text()?;
    reader.expect(r#"","code":""#)?;
    let code = reader.plain_text()?;
    let mut param = None;
    while !reader.at_end(param.is_none()) {
        if reader.expect(r#"","param":""#).is_some() {
            let text = reader.text()?;
            if param.replace(text).is_some() {
                return None;
            }
        } else {
            reader.ignore_member()?;
        }
    }
    let param = match param {
        Some(param) => Some(param.own()?),
        None => None,
    };
    let error = ErrorObject {
        message: message.own()?,
        error_type: error_type.into(),
        code: code.into(),
        param,
    };
    Some(ErrorResponse { error })
}

struct Reader<'a> {
    rest: &'a str,
}

/// The text of a string, between the quotation marks, with its escapes.
struct Text<'a> {
    raw: &'a str,
    is_plain: bool,
}

impl<'a> Reader<'a> {
    #[inline]
    fn expect(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn at_end(&self, is_param_unset: bool) -> bool {
        self.rest == r#""}}"# || is_param_unset && self.rest == r#"","param":null}}"#
    }

    /// Skips an unknown field whose value is a plain string, such as a link to the documentation.
    #[inline(never)]
    fn ignore_member(&mut self) -> Option<()> {
        self.expect(r#"",""#)?;
        let name = self.plain_text()?;
        if matches!(name, "message" | "type" | "code" | "param") {
            return None;
        }
        self.expect(r#"":""#)?;
        self.plain_text().map(drop)
    }

    /// The text up to the end of a string.
    fn text(&mut self) -> Option<Text<'a>> {
        let bytes = self.rest.as_bytes();
        let mut len = plain_len(bytes);
        let is_plain = bytes.get(len) != Some(&b'\\');
        while bytes.get(len) == Some(&b'\\') {
            len += 2; // An escaped character does not end the string.
            len += short_plain_len(bytes.get(len..)?);
        }
        let raw;
        (raw, self.rest) = self.rest.split_at_checked(len)?;
        Some(Text { raw, is_plain })
    }

    fn plain_text(&mut self) -> Option<&'a str> {
        let text;
        (text, self.rest) = self.rest.split_at_checked(plain_len(self.rest.as_bytes()))?;
        Some(text)
    }
}

impl Text<'_> {
    fn own(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(if self.is_plain { self.raw.into() } else { unescape(self.raw)? }))
    }
}

fn unescape(text: &str) -> Option<String> {
    // A character is never longer than its escape.
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at_checked(short_plain_len(rest.as_bytes()))?;
        unescaped.push_str(plain);
        if after.is_empty() {
            return Some(unescaped);
        }
        let (c, len) = escaped(after.as_bytes())?;
        unescaped.push(c);
        rest = after.get(len..)?;
    }
}

/// The character of the escape at the start, and the escape's length.
fn escaped(bytes: &[u8]) -> Option<(char, usize)> {
    let c = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return escaped_unicode(bytes),
        _ => return None,
    };
    Some((c, 2))
}

fn escaped_unicode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = code_unit(bytes)?;
    if !matches!(first, 0xd800..=0xdbff) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = code_unit(bytes.get(6..)?).filter(|unit| matches!(unit, 0xdc00..=0xdfff))?;
    let c = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
    Some((c, 12))
}

/// The number of one `\uXXXX`.
#[inline(never)]
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    digits.iter().try_fold(0, |number, byte| Some(number << 4 | digit(byte)?))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;
    use std::format;

    fn body(rest: &str) -> alloc::string::String {
        format!(
            r#"{{"error":{{"message":"Too many","type":"rate_limited","code":"quota_exhausted"{rest}}}}}"#
        )
    }

    /// The results do not show it, because serde_json returns the same, only later.
    #[test]
    fn an_ordinary_body_does_not_fall_back() {
        for rest in ["", r#","param":null"#, r#","doc_url":"https://x/y""#, r#","a":"","b":"c""#] {
            let response = read(&body(rest)).unwrap();
            assert_eq!(
                (&*response.error.message, response.error.param),
                ("Too many", None),
                "{rest}"
            );
        }
        for rest in [
            r#","param":"a.b""#,
            r#","doc_url":"x","param":"a.b""#,
            r#","param":"\u0061.b","doc_url":"x""#,
        ] {
            assert_eq!(read(&body(rest)).unwrap().error.param.as_deref(), Some("a.b"), "{rest}");
        }
        let escapes = r#""message":"\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00\ud800\udc00\udbff\udfff\u0000 and more""#;
        let response = read(&body("").replace(r#""message":"Too many""#, escapes)).unwrap();
        assert_eq!(
            response.error.message,
            "\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{1f600}\u{10000}\u{10ffff}\0 and more"
        );
    }

    #[test]
    fn every_other_body_falls_back() {
        for rest in [
            r#","param":"a","param":"b""#,
            r#","code":"x""#,
            r#","message":"x""#,
            r#","type":"x""#,
            r#","param":null,"param":"a""#,
            r#","param":"a","param":null"#,
            r#","status":429"#,
            r#","a":"\u0061""#,
            r#", "a":"b""#,
        ] {
            assert!(read(&body(rest)).is_none(), "{rest}");
        }
        for unusual in [
            r#"\x"#,
            r#"\0"#,
            r#"\a"#,
            r#"\v"#,
            r#"\'"#,
            r#"\u12"#,
            r#"\ud800"#,
            r#"\ud83d\u0041"#,
            r#"\udc00"#,
            r#"\u+041"#,
            "\n",
            r#"\"#,
        ] {
            assert!(read(&body("").replace("Too many", unusual)).is_none(), "{unusual}");
        }
        assert!(read(&format!("{} ", body(""))).is_none());
    }
}
