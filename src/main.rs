//! The command `intelliprint-error`. The library decides what it says; `cli/io.rs` reads and writes.

mod cli {
    pub(crate) mod io;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::io::main()
}
