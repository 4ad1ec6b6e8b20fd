//! `completions` and `man`: made from the same definition as `--help`.

use std::prelude::v1::*;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Cli, Outcome, diff};

/// The script that completes the command's arguments in this shell.
#[must_use]
pub fn completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "intelliprint-error", &mut script);
    // clap_complete 4.6 spells the hyphen of a program's name in two ways, and then bash completes
    // nothing after a subcommand: <https://github.com/clap-rs/clap/issues/6421>.
    let script = String::from_utf8_lossy(&script)
        .replace("intelliprint__subcmd__error", "intelliprint__error");
    Outcome::verbatim(true, script)
}

/// Defines the apostrophe for roff. A page needs it once.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// The manual page. It is one page with a section for each subcommand, so one redirection installs
/// it.
#[must_use]
pub fn man() -> Outcome {
    let mut command = Cli::command();
    command.build();
    let head = Man::new(command.clone());
    let mut page = APOSTROPHE.to_owned()
        + &rendered(|page| head.render_title(page))
        + &rendered(|page| head.render_name_section(page))
        + &sections(&command);
    let is_shown =
        |command: &&clap::Command| !command.is_hide_set() && command.get_name() != "help";
    for subcommand in command.get_subcommands().filter(is_shown) {
        let name = subcommand.get_name();
        // The exit codes are in the command's own section, once.
        let extra = if name == "diff" { diff::HELP } else { "" };
        let sections = sections(&subcommand.clone().after_help(extra));
        page += &format!(".SH {}\n{}", name.to_uppercase(), sections.replace(".SH ", ".SS "));
    }
    Outcome::verbatim(true, page)
}

fn sections(command: &clap::Command) -> String {
    let man = Man::new(command.clone());
    let mut text = rendered(|page| man.render_synopsis_section(page))
        + &rendered(|page| man.render_description_section(page))
        + &rendered(|page| man.render_options_section(page));
    if command.get_after_help().is_some_and(|extra| !extra.to_string().is_empty()) {
        text += &rendered(|page| man.render_extra_section(page));
    }
    text
}

/// What `render` writes, without the definition that clap_mangen puts before every part of a page.
/// Writing to a `Vec` cannot fail, so the result is ignored.
fn rendered<E>(render: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> String {
    let mut page = Vec::new();
    let _ = render(&mut page);
    String::from_utf8_lossy(&page).replace(APOSTROPHE, "")
}
