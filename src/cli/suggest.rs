//! "Did you mean …?" for the names of types and codes.

use intelliprint_error::{ErrorCode, ErrorType, Name};

/// The known name that is closest to this one, if any is close.
pub(crate) fn closest(name: &str) -> Option<&'static str> {
    let codes = ErrorCode::ALL.iter().map(|code| code.as_str());
    nearest(name, codes.chain(ErrorType::ALL.iter().map(|error_type| error_type.as_str())))
}

/// The closest name of one kind.
pub(crate) fn closest_of<T: Name>(name: &str) -> Option<&'static str> {
    nearest(name, T::ALL.iter().map(|known| known.as_str()))
}

fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    // Far longer than any name: not worth the comparison, which takes time in proportion to both lengths.
    if name.len() > 64 {
        return None;
    }
    let name = snake_case(name);
    let distances = known.map(|known| (strsim::osa_distance(&name, known), known));
    // A third of the letters may be wrong; beyond that, the guess would be noise.
    distances
        .filter(|(distance, known)| distance * 3 <= known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|best| best.1)
}

/// `RateLimited`, `rate-limited` and `RATE LIMITED` are meant as `rate_limited`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut after_lower = false;
    for c in name.chars() {
        if after_lower && c.is_ascii_uppercase() {
            snake.push('_');
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        snake.push(if matches!(c, '-' | ' ' | '.') { '_' } else { c.to_ascii_lowercase() });
    }
    snake
}
