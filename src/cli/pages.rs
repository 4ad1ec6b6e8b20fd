//! `completions` and `man`: made from the same definition as `--help`.

use std::prelude::v1::*;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Outcome};

/// The script that completes the command's arguments in this shell.
#[must_use]
pub fn completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "intelliprint-error", &mut script);
    Outcome::verbatim(true, String::from_utf8_lossy(&script).into_owned())
}

/// The manual page: the command, then each subcommand.
#[must_use]
pub fn man() -> Outcome {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    // Writing to a `Vec` cannot fail.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
    for subcommand in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let man = clap_mangen::Man::new(subcommand.clone());
        let _ = man.render_synopsis_section(&mut page);
        let _ = man.render_description_section(&mut page);
        let _ = man.render_options_section(&mut page);
    }
    Outcome::verbatim(true, String::from_utf8_lossy(&page).into_owned())
}
