//! The command `intelliprint-error`.

use std::process::ExitCode;

fn main() -> ExitCode {
    intelliprint_error::cli::main()
}
