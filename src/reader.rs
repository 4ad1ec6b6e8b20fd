//! The reader of ordinary bodies.
//!
//! It gives what serde_json makes of our `Deserialize`, or nothing for **anything** unusual: a fault, a known
//! member that comes twice, an escape anywhere but in `message` and `param`, a number with an exponent. serde_json then
//! decides, from the start. `tests/codec_equality.rs` holds the two to the same results.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::plain::{plain_len, short_plain_len};
use crate::{ErrorObject, ErrorResponse};

/// How deep the values that are passed over may lie in each other.
const DEPTH: u32 = 8;

pub(crate) fn read(json: &str) -> Option<ErrorResponse> {
    let members = Reader { rest: json }.compact().or_else(|| Reader { rest: json }.response());
    members?.own()
}

/// An error object's members, still in the body.
struct Members<'a> {
    message: Raw<'a>,
    error_type: &'a str,
    code: &'a str,
    param: Option<Raw<'a>>,
}

/// A string's text, without the quotation marks.
struct Raw<'a> {
    text: &'a str,
    is_plain: bool,
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// A body as this crate and most servers write it, with the members in order and no white space.
    fn compact(&mut self) -> Option<Members<'a>> {
        let message = self.eat(r#"{"error":{"message":""#).then(|| self.text())??;
        let error_type = self.eat(r#"","type":""#).then(|| self.plain_text())??;
        let code = self.eat(r#"","code":""#).then(|| self.plain_text())??;
        let param = if self.eat(r#"","param":""#) { Some(self.text()?) } else { None };
        (self.rest == r#""}}"#).then_some(Members { message, error_type, code, param })
    }

    /// Any body, with the members in any order.
    fn response(&mut self) -> Option<Members<'a>> {
        let mut members = None;
        self.token("{")?;
        loop {
            self.white_space();
            if self.eat("\"error\":") {
                fill(&mut members, self.members()?)?;
            } else {
                self.ignore_member()?;
            }
            if !self.another("}")? {
                break;
            }
        }
        self.white_space();
        members.filter(|_| self.rest.is_empty())
    }

    fn members(&mut self) -> Option<Members<'a>> {
        let (mut message, mut error_type, mut code, mut param) = (None, None, None, None);
        self.token("{")?;
        loop {
            self.white_space();
            if self.eat("\"message\":") {
                fill(&mut message, self.string()?)?;
            } else if self.eat("\"type\":") {
                fill(&mut error_type, self.plain_string()?)?;
            } else if self.eat("\"code\":") {
                fill(&mut code, self.plain_string()?)?;
            } else if self.eat("\"param\":") {
                fill(&mut param, self.string_or_null()?)?;
            } else {
                self.ignore_member()?;
            }
            if !self.another("}")? {
                break;
            }
        }
        Some(Members { message: message?, error_type: error_type?, code: code?, param: param.flatten() })
    }

    /// Whether another member or item follows, or the end.
    #[inline]
    fn another(&mut self, end: &str) -> Option<bool> {
        self.white_space();
        if self.eat(",") { Some(true) } else { self.eat(end).then_some(false) }
    }

    /// Passes over an unknown member.
    #[cold]
    fn ignore_member(&mut self) -> Option<()> {
        let name = self.plain_string()?;
        // A known name gets here if white space parts it from its colon.
        if matches!(name, "error" | "message" | "type" | "code" | "param") {
            return None;
        }
        self.token(":")?;
        self.ignore_value(DEPTH)
    }

    fn ignore_value(&mut self, depth: u32) -> Option<()> {
        self.white_space();
        if self.rest.starts_with('"') {
            self.plain_string()?;
        } else if self.eat("[") {
            self.ignore_items(depth.checked_sub(1)?, "]")?;
        } else if self.eat("{") {
            self.ignore_items(depth.checked_sub(1)?, "}")?;
        } else if !(self.eat("null") || self.eat("true") || self.eat("false")) {
            self.ignore_number()?;
        }
        Some(())
    }

    fn ignore_items(&mut self, depth: u32, end: &str) -> Option<()> {
        self.white_space();
        let mut more = !self.eat(end);
        while more {
            if end == "}" {
                self.plain_string()?;
                self.token(":")?;
            }
            self.ignore_value(depth)?;
            more = self.another(end)?;
        }
        Some(())
    }

    /// An exponent is left to stand, and is refused there.
    fn ignore_number(&mut self) -> Option<()> {
        self.eat("-");
        if !self.eat("0") {
            self.digits()?;
        }
        if self.eat(".") { self.digits() } else { Some(()) }
    }

    fn digits(&mut self) -> Option<()> {
        let after = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let found = after.len() < self.rest.len();
        self.rest = after;
        found.then_some(())
    }

    fn string_or_null(&mut self) -> Option<Option<Raw<'a>>> {
        self.white_space();
        if self.eat("null") { Some(None) } else { self.string().map(Some) }
    }

    fn string(&mut self) -> Option<Raw<'a>> {
        self.token("\"")?;
        let text = self.text()?;
        self.eat("\"").then_some(text)
    }

    fn plain_string(&mut self) -> Option<&'a str> {
        self.token("\"")?;
        let text = self.plain_text()?;
        self.eat("\"").then_some(text)
    }

    /// What stands before a string's end.
    fn text(&mut self) -> Option<Raw<'a>> {
        let text = self.rest;
        let mut len = plain_len(text.as_bytes());
        let is_plain = text.as_bytes().get(len) != Some(&b'\\');
        while text.as_bytes().get(len) == Some(&b'\\') {
            len += 2; // Whatever is escaped does not end the string.
            len += short_plain_len(text.as_bytes().get(len..)?);
        }
        let text;
        (text, self.rest) = self.rest.split_at_checked(len)?;
        Some(Raw { text, is_plain })
    }

    fn plain_text(&mut self) -> Option<&'a str> {
        let text;
        (text, self.rest) = self.rest.split_at_checked(plain_len(self.rest.as_bytes()))?;
        Some(text)
    }

    #[inline]
    fn token(&mut self, token: &str) -> Option<()> {
        self.white_space();
        self.eat(token).then_some(())
    }

    #[inline]
    fn eat(&mut self, token: &str) -> bool {
        let after = self.rest.strip_prefix(token);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    #[inline]
    fn white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.rest.as_bytes().first() {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
    }
}

/// Nothing for a member that comes twice.
fn fill<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

impl Members<'_> {
    fn own(self) -> Option<ErrorResponse> {
        let param = match self.param {
            Some(param) => Some(param.own()?),
            None => None,
        };
        let message = self.message.own()?;
        let error = ErrorObject { message, error_type: self.error_type.into(), code: self.code.into(), param };
        Some(ErrorResponse { error })
    }
}

impl Raw<'_> {
    fn own(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(if self.is_plain { self.text.into() } else { unescape(self.text)? }))
    }
}

fn unescape(text: &str) -> Option<String> {
    // What an escape stands for is never longer than the escape.
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
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    digits.iter().try_fold(0, |number, byte| Some(number << 4 | digit(byte)?))
}
