//! The characters that cannot stand in a JSON string as they are: `"`, `\` and the control characters. Here they are *special*, and
//! all others *plain*. A word is eight bytes in the order in which memory has them.

const EACH: u64 = u64::MAX / 0xff;
const LOW_BITS: u64 = EACH * 0x7f;
const HIGH_BIT: u64 = EACH * 0x80;

/// Whether the whole of it can stand in a JSON string as it is.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    // The last block or word starts among bytes that have been looked at: no loop over single bytes.
    if let Some(last) = bytes.last_chunk() {
        bytes.chunks_exact(16).all(|block| block.first_chunk().is_none_or(is_plain_block))
            && is_plain_block(last)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        special_bytes(u64::from_le_bytes(*first)) | special_bytes(u64::from_le_bytes(*last)) == 0
    } else {
        is_plain_block(&short_block(bytes))
    }
}

/// How many bytes from the start are plain.
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

/// The same, and faster where few are.
#[cfg(feature = "json")]
#[inline(never)] // It is as fast, and a program has it once.
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

/// The compiler makes vector instructions of this: one comparison for each byte does better than three.
#[inline]
pub(crate) fn is_plain_block(block: &[u8; 16]) -> bool {
    let is_special = |byte: u8| byte.saturating_sub(0x1f).min(byte ^ b'"').min(byte ^ b'\\') == 0;
    !block.iter().fold(false, |found, byte| found | is_special(*byte))
}

/// The high bit of each byte that is special, and no other bit: no sum here carries into the next byte.
#[inline]
pub(crate) fn special_bytes(word: u64) -> u64 {
    let differs_from = |byte: u8| ((word ^ (EACH * u64::from(byte))) & LOW_BITS) + LOW_BITS;
    let is_printable = (word & LOW_BITS) + EACH * (0x80 - 0x20);
    !((is_printable & differs_from(b'"') & differs_from(b'\\')) | word) & HIGH_BIT
}

/// Fewer bytes than a block has, then spaces.
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

    /// The results of the reader and writer do not show it: where these err to one side, serde_json or the slower way decides.
    #[test]
    fn every_byte_is_told_apart_in_every_place() {
        let bytes =
            [0, 0x1f, b' ', b'!', b'"', b'#', b'[', b'\\', b']', 0x7f, 0x80, 0xa2, 0xdc, 0xff];
        for len in 0..if cfg!(miri) { 20 } else { 50 } {
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
