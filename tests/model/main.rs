//! The names, the lookups and the list that they come from.

mod catalogue;
mod names;
#[cfg(feature = "suggest")]
mod suggest;
