//! Unicode's list of hostile characters, written a second time so that a gap in the crate's own list
//! is noticed. The fuzz targets use it, too.

/// True for the characters that Unicode calls controls, formats and separators of lines and
/// paragraphs, and for those that show nothing, except the variation selectors of emoji.
pub fn is_hostile(c: char) -> bool {
    const RANGES: &[(u32, u32)] = &[
        (0x00, 0x1f),
        (0x7f, 0x9f),
        (0xad, 0xad),
        (0x34f, 0x34f),
        (0x61c, 0x61c),
        (0x115f, 0x1160),
        (0x17b4, 0x17b5),
        (0x180b, 0x180f),
        (0x200b, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x206f),
        (0x3164, 0x3164),
        (0xfeff, 0xfeff),
        (0xffa0, 0xffa0),
        (0xfff0, 0xfffb),
        (0x1_bca0, 0x1_bca3),
        (0x1_d173, 0x1_d17a),
        (0xe_0000, 0xe_0fff),
    ];
    // The first test is for speed: the ranges are slow in a build without optimisations.
    !matches!(c, ' '..='~')
        && RANGES.iter().any(|(first, last)| (*first..=*last).contains(&(c as u32)))
}
