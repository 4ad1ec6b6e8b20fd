//! "Did you mean …?" for the names of types and codes.

use crate::model::{ErrorCode, ErrorType, WireEnum};
use std::prelude::v1::*;

/// The known name that is closest to this one, if any is close.
pub(crate) fn closest(name: &str) -> Option<&'static str> {
    crate::text::closest::closest(
        &snake_case(name),
        names::<ErrorCode>().chain(names::<ErrorType>()),
    )
}

/// The closest name of one kind.
pub(crate) fn closest_of<T: WireEnum>(name: &str) -> Option<&'static str> {
    crate::text::closest::closest(&snake_case(name), names::<T>())
}

fn names<T: WireEnum>() -> impl Iterator<Item = &'static str> {
    T::ALL.iter().map(|known| known.as_str())
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
