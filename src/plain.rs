//! The characters that cannot stand in a JSON string as they are: `"`, `\` and the control characters.

const EACH: u64 = u64::MAX / 0xff;
const LOW_BITS: u64 = EACH * 0x7f;
const HIGH_BIT: u64 = EACH * 0x80;

/// How many bytes from the start can stand in a JSON string as they are.
pub(crate) fn plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    // Blocks only pass over what is plain: the compiler makes vector instructions of this loop.
    while let Some((block, after)) = rest.split_first_chunk::<16>() {
        if block.iter().fold(0, |found, byte| found | u8::from(is_special(*byte))) != 0 {
            break;
        }
        rest = after;
    }
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        if let Some(at) = first_special(word) {
            return bytes.len() - rest.len() + at;
        }
        rest = after;
    }
    match bytes.last_chunk::<8>() {
        // It starts with bytes that are known to be plain.
        Some(last) => first_special(last).map_or(bytes.len(), |at| bytes.len() - 8 + at),
        None => bytes.iter().position(|byte| is_special(*byte)).unwrap_or(bytes.len()),
    }
}

fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

fn first_special(word: &[u8; 8]) -> Option<usize> {
    let special = special_bytes(u64::from_le_bytes(*word));
    (special != 0).then(|| special.trailing_zeros() as usize / 8)
}

/// The high bit of each byte that is special, and no other bit: no sum here carries into the next byte.
pub(crate) fn special_bytes(word: u64) -> u64 {
    let differs_from = |byte: u8| ((word ^ (EACH * u64::from(byte))) & LOW_BITS) + LOW_BITS;
    let is_printable = (word & LOW_BITS) + EACH * (0x80 - 0x20);
    !((is_printable & differs_from(b'"') & differs_from(b'\\')) | word) & HIGH_BIT
}
