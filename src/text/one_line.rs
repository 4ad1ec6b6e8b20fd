//! Foreign text on one line of a log or terminal.

use core::fmt::{self, Write as _};

/// Shows text on one line. Characters that end a line, control a terminal, or hide or reorder text
/// are escaped. Text beyond the limit is cut, and the count of the omitted bytes follows.
#[derive(Clone, Copy)]
pub(crate) struct OneLine<'a> {
    bytes: &'a [u8],
    limit: usize,
}

impl<'a> OneLine<'a> {
    pub(crate) fn whole(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), limit: usize::MAX }
    }

    /// At most `limit` characters, then the count of the omitted bytes.
    #[cfg(feature = "json")]
    pub(crate) fn excerpt(bytes: &'a [u8], limit: usize) -> Self {
        Self { bytes, limit }
    }
}

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut room = self.limit;
        let mut shown = 0;
        // No more than this can be shown, because a character has at most four bytes.
        let window = self.bytes.get(..self.limit.saturating_mul(4)).unwrap_or(self.bytes);
        'shown: for chunk in window.utf8_chunks() {
            for c in chunk.valid().chars() {
                let escape = is_hostile(c).then(|| c.escape_default());
                let width = escape.as_ref().map_or(1, ExactSizeIterator::len);
                if width > room {
                    break 'shown;
                }
                match escape {
                    Some(escape) => escape.fmt(f)?,
                    None => f.write_char(c)?,
                }
                room -= width;
                shown += c.len_utf8();
            }
            for byte in chunk.invalid() {
                if room < 4 {
                    break 'shown;
                }
                write!(f, "\\x{byte:02x}")?;
                room -= 4;
                shown += 1;
            }
        }
        match self.bytes.len() - shown {
            0 => Ok(()),
            more => write!(f, "… (+{more} bytes)"),
        }
    }
}

/// True for a character that is invisible or changes how other characters are shown: controls, line
/// and paragraph separators, bidirectional controls, and Unicode's format characters, fillers, tags
/// and rare variation selectors. Emoji's own selectors are common and are not escaped.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}
