//! Text that others wrote: shown on one line, escaped for Markdown, or compared with names.

#[cfg(feature = "suggest")]
pub(crate) mod closest;
#[cfg(feature = "schema")]
pub(crate) mod markdown;
pub(crate) mod one_line;
