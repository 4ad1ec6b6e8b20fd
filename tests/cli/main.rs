//! The command, as a user runs it.
#![cfg(feature = "cli")]

mod check;
#[path = "../common/mod.rs"]
mod common;
mod diff;
mod emit;
mod explain;
mod help;
mod hostile;
mod screens;
mod spec;
mod usage;
