//! The names, the lookups and the list that they come from.

#[cfg(not(miri))]
mod catalogue;
#[cfg(not(miri))]
mod layers;
mod names;
#[cfg(feature = "suggest")]
mod suggest;
