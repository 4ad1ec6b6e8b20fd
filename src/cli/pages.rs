//! `completions` and `man`: made from the same definition as `--help`.

use std::prelude::v1::*;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Cli, Outcome};

/// The command without its hidden subcommands. clap can add subcommands and remove none.
fn published() -> clap::Command {
    let all = Cli::command();
    let subcommands = all.get_subcommands().filter(|subcommand| !subcommand.is_hide_set());
    clap::Command::new("intelliprint-error")
        .version(env!("CARGO_PKG_VERSION"))
        .about(all.get_about().cloned().unwrap_or_default())
        .after_help(all.get_after_help().cloned().unwrap_or_default())
        .subcommand_value_name("COMMAND")
        .subcommand_required(true)
        .subcommands(subcommands.cloned())
}

/// The script that completes the command's arguments in this shell.
#[must_use]
pub fn completions(shell: Shell) -> Outcome {
    let mut command = published();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "intelliprint-error", &mut script);
    // clap_complete 4.6 spells the hyphen of a program's name in two ways, and then bash completes
    // nothing after a subcommand: <https://github.com/clap-rs/clap/issues/6421>.
    let mut script = String::from_utf8_lossy(&script)
        .replace("intelliprint__subcmd__error", "intelliprint__error");
    if shell == Shell::Fish {
        script += &fish_names(&command);
    }
    Outcome::verbatim(true, script)
}

/// The names that a subcommand takes, which clap_complete leaves out of the script for fish.
fn fish_names(command: &clap::Command) -> String {
    let mut lines = String::new();
    for subcommand in command.get_subcommands() {
        for argument in subcommand.get_positionals() {
            let names: Vec<_> = argument
                .get_possible_values()
                .iter()
                .map(|name| name.get_name().to_owned())
                .collect();
            if !names.is_empty() {
                lines += &format!(
                    "complete -c intelliprint-error -n \"__fish_intelliprint_error_using_subcommand {}\" -f -a \"{}\"\n",
                    subcommand.get_name(),
                    names.join(" ")
                );
            }
        }
    }
    lines
}

/// Defines the apostrophe for roff. A page needs it once.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// The manual page. It is one page with a section for each subcommand, so one redirection installs
/// it.
#[must_use]
pub fn man() -> Outcome {
    let mut command = published();
    command.build();
    // Without a date the page is the same on every day. roff drops an empty one, and takes the next
    // argument for it.
    let head = Man::new(command.clone()).date(" ").manual("User Commands");
    let mut page = APOSTROPHE.to_owned()
        + &rendered(|page| head.render_title(page))
        + &rendered(|page| head.render_name_section(page))
        + &sections(&command);
    for subcommand in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = subcommand.get_name().to_uppercase();
        page += &format!(".SH {name}\n{}", sections(subcommand).replace(".SH ", ".SS "));
    }
    Outcome::verbatim(true, page)
}

fn sections(command: &clap::Command) -> String {
    let man = Man::new(command.clone());
    let mut text = rendered(|page| man.render_synopsis_section(page))
        + &rendered(|page| man.render_description_section(page))
        + &rendered(|page| man.render_options_section(page));
    if command.get_after_help().is_some() {
        let extra = rendered(|page| man.render_extra_section(page));
        text += &extra.replacen(".SH EXTRA", ".SH NOTES", 1);
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
