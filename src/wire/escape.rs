//! Finds the bytes that cannot stand in a JSON string as they are: `"`, `\` and the control
//! characters below 0x20. They are called *special* here, and all others *plain*.
//!
//! # How
//!
//! Eight bytes are looked at in one word, little-endian, so that the first byte is the lowest. For
//! each byte the high bit of the result says whether it is special. Adding a constant that makes
//! exactly the right bytes reach 0x80 sets that bit. Each byte is cut to seven bits before, so no
//! addition carries into the next byte:
//!
//! ```text
//! text                      a    "    \n   ¢ (two bytes)
//! byte                      61   22   0a   c2   a2
//! (& 7f) + 60               c1   82   6a   a2   82
//! (^ 22, & 7f) + 7f         c2   7f   a7   df   7f
//! (^ 5c, & 7f) + 7f         bc   fd   d5   9d   fd
//!
//! at least 20               1    1    0    1    1     the high bits
//! not "                     1    0    1    1    0
//! not \                     1    1    1    1    1
//! all three                 1    0    0    1    0
//! or above 7f               1    0    0    1    1     a byte of a longer character is plain
//! the others are special    0    1    1    0    0
//! ```
//!
//! `trailing_zeros() / 8` of the result is then the place of the first special byte. For whole
//! blocks of 16 bytes a plain loop over bytes is faster, because the compiler makes vector
//! instructions of it. The bit tricks are those of "Bit Twiddling Hacks" and of memchr's fallback.

const EACH: u64 = u64::MAX / 0xff;
const LOW_BITS: u64 = EACH * 0x7f;
const HIGH_BIT: u64 = EACH * 0x80;

/// True if every byte is plain.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    // The last block overlaps the one before it, so no byte-by-byte tail loop is needed.
    if let Some(last) = bytes.last_chunk() {
        bytes.chunks_exact(16).all(|block| block.first_chunk().is_none_or(is_plain_block))
            && is_plain_block(last)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        special_bytes(u64::from_le_bytes(*first)) | special_bytes(u64::from_le_bytes(*last)) == 0
    } else {
        is_plain_block(&short_block(bytes))
    }
}

/// The number of plain bytes at the start.
#[cfg(feature = "json")]
pub(crate) fn plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk() {
        if !is_plain_block(block) {
            break;
        }
        rest = after;
    }
    bytes.len() - rest.len() + short_plain_len(rest)
}

/// Same as [`plain_len`], and faster if few bytes are plain.
#[cfg(feature = "json")]
// Called from several places. Inlining is no faster and would duplicate the code.
#[inline(never)]
pub(crate) fn short_plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return bytes.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let is_special = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
    let plain = rest.iter().position(is_special).unwrap_or(rest.len());
    bytes.len() - rest.len() + plain
}

/// True if every byte is plain. One comparison a byte compiles to fewer vector instructions than
/// three.
#[inline]
pub(crate) fn is_plain_block(block: &[u8; 16]) -> bool {
    let is_special = |byte: u8| byte.saturating_sub(0x1f).min(byte ^ b'"').min(byte ^ b'\\') == 0;
    !block.iter().fold(false, |found, byte| found | is_special(*byte))
}

/// The high bit of each special byte, and no other bit.
#[inline]
pub(crate) fn special_bytes(word: u64) -> u64 {
    let differs_from = |byte: u8| ((word ^ (EACH * u64::from(byte))) & LOW_BITS) + LOW_BITS;
    let is_printable = (word & LOW_BITS) + EACH * (0x80 - 0x20);
    !((is_printable & differs_from(b'"') & differs_from(b'\\')) | word) & HIGH_BIT
}

/// A block of fewer than 16 bytes, filled up with spaces.
pub(crate) fn short_block(bytes: &[u8]) -> [u8; 16] {
    let mut block = [b' '; 16];
    block.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    block
}

#[cfg(all(test, feature = "json"))]
#[expect(clippy::indexing_slicing, reason = "a test")]
mod tests {
    use super::*;
    use std::vec;

    /// The results of the decoder and the encoder do not show an error to one side, because
    /// serde_json or the slower path then decides.
    #[test]
    fn every_byte_is_classified_in_every_place() {
        let bytes =
            [0, 0x1f, b' ', b'!', b'"', b'#', b'[', b'\\', b']', 0x7f, 0x80, 0xa2, 0xdc, 0xff];
        let short = 0..if cfg!(miri) { 20 } else { 50 };
        for len in short.chain([127, 128, 130]) {
            assert!(is_plain(&vec![b'a'; len]));
            for (place, byte) in (0..len).flat_map(|place| bytes.map(|byte| (place, byte))) {
                let mut text = vec![b'a'; len];
                text[place] = byte;
                let is_special = byte < b' ' || byte == b'"' || byte == b'\\';
                let plain = if is_special { place } else { len };
                assert_eq!(is_plain(&text), !is_special, "{byte:#x} at {place} of {len}");
                assert_eq!(plain_len(&text), plain, "{byte:#x} at {place} of {len}");
                assert_eq!(short_plain_len(&text), plain, "{byte:#x} at {place} of {len}");
            }
        }
    }
}
