//! Text of others, made fit to show.

#[cfg(feature = "suggest")]
pub(crate) mod closest;
#[cfg(feature = "schema")]
pub(crate) mod markdown;
pub(crate) mod one_line;
