//! The command `intelliprint-error`, apart from files and streams, which `io.rs` has.
//!
//! Each subcommand is a function from its input to an [`Outcome`].
//!
//! Exit codes: 0 fine, 1 the thing asked about is not fine, 2 wrong usage or unreadable input.

pub mod check;
pub mod diff;
pub mod emit;
pub mod explain;
mod json;
mod list;
mod mark;
mod outcome;
mod pages;
pub mod spec;
mod suggest;

use std::ffi::OsString;
use std::path::PathBuf;
use std::prelude::v1::*;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::emit::Artefact;
use crate::text::one_line::OneLine;

pub use list::list;
pub use outcome::{Outcome, wrapped};
pub use pages::{completions, man};

const EXAMPLES: &str = "\
Examples:
  intelliprint-error explain refused
  intelliprint-error explain 404
  intelliprint-error check body.json
  intelliprint-error print errors.json
  intelliprint-error diff old-errors.json";

// At most 40 columns, so that a narrow terminal breaks no line. clap shows these lines as they are.
const EXIT_CODES: &str = "\
Exit codes:
  0  fine
  1  the thing asked about is not fine: a
     stale or foreign file, a body that
     violates the contract, an unknown
     name, a breaking difference
  2  wrong usage, or input that cannot
     be read";

const EMIT_CODES: &str = "\
Exit codes:
  0  every file is written or unchanged;
     with --check, up to date
  1  a file is not ours, or the ledger
     is contradicted; with --check also
     if a file is stale, missing or
     obsolete
  2  wrong usage, or a file that cannot
     be read or written";

const EXPLAIN_CODES: &str = "\
Exit codes:
  0  the name or status is explained
  1  it is unknown
  2  wrong usage";

const CHECK_CODES: &str = "\
Exit codes:
  0  the body conforms to the contract
  1  the body violates the contract
  2  wrong usage, or a file that cannot
     be read";

/// Explains the error codes of the Intelliprint API, checks responses, compares two releases and
/// writes the published files.
#[derive(Parser)]
#[command(
    name = "intelliprint-error",
    version,
    arg_required_else_help = true,
    subcommand_value_name = "COMMAND",
    after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}")
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// A subcommand and its arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the published files: schemas, the reference page, modules for other languages
    ///
    /// Writes each file that changed, whole or not at all, and appends to the ledger. Writes nothing
    /// if a file of the same name is not ours: one without the line that says that this command
    /// generated it, or a symbolic link.
    #[command(after_help = EMIT_CODES)]
    Emit {
        /// Write nothing: say what is missing, show what is stale as a diff, and exit 1 if anything is
        #[arg(long)]
        check: bool,
        /// The folder of the files
        #[arg(long, value_name = "DIR", default_value = emit::DEFAULT_DIR)]
        dir: PathBuf,
    },
    /// Print one of the files that `emit` writes
    Print {
        /// The file's short name or its whole name, such as openapi or openapi.json
        #[arg(value_name = "FILE", value_parser = artefact_parser())]
        artefact: Artefact,
    },
    /// List every code with its HTTP status, retry rule and type
    ///
    /// A narrow terminal has no room for the columns on the right, which are then left out.
    List {
        /// Print JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Explain a code, a type or an HTTP status, and say where each fact comes from
    #[command(after_help = EXPLAIN_CODES)]
    Explain {
        /// The name of a code or type, or an HTTP status: parameter_unknown, payment_error, 404
        #[arg(
            value_name = "NAME|STATUS",
            value_parser = explain::Names,
            hide_possible_values = true
        )]
        name: String,
        /// Print JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Say what a response's body decodes to, and where it violates the contract
    #[command(after_help = CHECK_CODES)]
    Check {
        /// The file with the body; `-` or no file for standard input
        #[arg(default_value = "-", hide_default_value = true)]
        file: PathBuf,
        /// The response's HTTP status, which is checked with the body
        #[arg(long, value_name = "N", value_parser = status)]
        status: Option<u16>,
        /// Print JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Say what changed between two versions of errors.json, whom each change breaks, and which
    /// version bump the changes need
    #[command(after_help = diff::HELP)]
    Diff {
        /// The errors.json of the older version; `-` for standard input
        old: PathBuf,
        /// The errors.json of the newer version; if absent, the one of this version
        new: Option<PathBuf>,
        /// Exit with 0 if nobody else breaks; closed readers are those that reject unknown names
        #[arg(long, value_name = "WHOM", value_parser = ["closed-readers"])]
        allow: Option<String>,
        /// Print JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Print a script that completes this command's arguments in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print this command's manual page, in roff
    Man,
    /// Compare a saved copy of the documentation's page on errors with the catalogue
    #[command(hide = true)]
    Spec {
        /// The page, as Markdown or plain text; `-` for standard input
        file: PathBuf,
    },
}

/// Reads an HTTP status of any class, because a server may have sent an error with a wrong one.
fn status(text: &str) -> Result<u16, &'static str> {
    let status = text.parse().ok().filter(|status| (100..=599).contains(status));
    status.ok_or("expected a whole number from 100 to 599")
}

/// Accepts an artefact's name or its file's name.
fn artefact_parser() -> impl TypedValueParser<Value = Artefact> {
    let value =
        |artefact: &Artefact| PossibleValue::new(artefact.name()).alias(artefact.file_name());
    PossibleValuesParser::new(Artefact::ALL.iter().map(value)).try_map(|text| {
        let is_meant =
            |artefact: &&Artefact| text == artefact.name() || text == artefact.file_name();
        Artefact::ALL.iter().copied().find(|artefact| is_meant(&artefact)).ok_or("no such file")
    })
}

/// Reads the arguments, the program's name first.
///
/// # Errors
///
/// Wrong usage, or a request for help or the version: [`clap::Error::exit`] prints each of them.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let parsed = Cli::try_parse_from(&arguments);
    parsed.map(|cli| cli.command).map_err(|error| harmless(error, &arguments))
}

/// clap repeats arguments as they came, in several places. Escaped arguments give the same error
/// without what could drive a terminal.
fn harmless(error: clap::Error, arguments: &[OsString]) -> clap::Error {
    let escaped = arguments.iter().map(|text| OneLine::whole(&text.to_string_lossy()).to_string());
    Cli::try_parse_from(escaped).err().unwrap_or(error)
}

/// `print`: the file's text.
#[must_use]
pub fn print(artefact: Artefact) -> Outcome {
    Outcome::verbatim(true, artefact.render())
}

/// The style of a heading. `io.rs` removes styles if the output is not a terminal.
const HEADING: anstyle::Style = anstyle::Style::new().bold();
/// The styles of what was there before, and of what is there now.
const REMOVED: anstyle::Style = anstyle::AnsiColor::Red.on_default();
const ADDED: anstyle::Style = anstyle::AnsiColor::Green.on_default();

/// Foreign text on one line, with what could drive a terminal escaped.
#[must_use]
pub fn one_line(text: &str) -> String {
    OneLine::whole(text).to_string()
}
