//! The model: names, objects, lookups, and the list that they come from.

#[cfg(not(miri))]
mod catalogue;
#[cfg(not(miri))]
mod growth;
#[path = "../common/hostile.rs"]
mod hostile;
#[cfg(all(feature = "cli", not(miri)))]
mod hostile_words;
#[cfg(not(miri))]
mod layers;
mod names;
mod near_misses;
mod objects;
#[cfg(feature = "suggest")]
mod suggest;
mod traits;
