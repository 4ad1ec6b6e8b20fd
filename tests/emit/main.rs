//! The emitted files.

#[cfg(feature = "cli")]
mod drift;
#[cfg(feature = "emit")]
mod ledger;
#[cfg(feature = "emit")]
mod modules;
#[cfg(feature = "emit")]
mod openapi;
#[cfg(feature = "emit")]
mod outline;
#[cfg(feature = "emit")]
mod page;
#[cfg(feature = "emit")]
mod schema;
mod schema_corpus;
mod schema_shape;
#[cfg(feature = "emit")]
mod specification;
