//! The command, as a user runs it.
#![cfg(feature = "cli")]

mod command;
#[path = "../common/mod.rs"]
mod common;
mod diff;
