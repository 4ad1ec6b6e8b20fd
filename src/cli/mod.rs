//! The command `intelliprint-error`.
//!
//! Exit codes: 0 fine, 1 the thing asked about is not fine, 2 wrong usage or unreadable input.

mod catalogue_diff;
pub mod check;
mod diff;
mod difference;
mod emit;
pub mod explain;
mod suggest;
mod version_bump;

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::prelude::v1::*;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::emit::Artefact;
use crate::text::one_line::OneLine;

macro_rules! examples {
    () => {
        "Examples:
  intelliprint-error explain parameter_unknown
  curl -s https://… | intelliprint-error check --status 404
  intelliprint-error print schema > error.schema.json
  intelliprint-error diff errors-of-last-release.json"
    };
}

macro_rules! exit_codes {
    () => {
        "Exit codes:
  0  fine
  1  the thing asked about is not fine: a stale file, a contradicted ledger, a body that departs from the contract,
     an unknown name, a breaking difference
  2  wrong usage, or input that cannot be read"
    };
}

/// The error model of the Intelliprint API: explain a code, check an answer, compare two releases, emit the published files.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = concat!(examples!(), "\n\n", exit_codes!()))]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the files that other languages and docs use; only what changed is written, and the ledger is appended to
    #[command(after_help = exit_codes!())]
    Emit {
        /// Write nothing: show what is stale, missing or unexpected as a diff, and exit 1 if anything is
        #[arg(long)]
        check: bool,
        /// The folder of the files
        #[arg(long, value_name = "DIR", default_value = emit::DEFAULT_DIR)]
        dir: PathBuf,
    },
    /// Print one of the files
    Print {
        /// Which one
        #[arg(value_name = "FILE", value_parser = artefact_parser())]
        artefact: Artefact,
    },
    /// Say what a type or code means, what to do about it, and where each fact comes from
    #[command(after_help = exit_codes!())]
    Explain {
        /// The name of a type or code, such as parameter_unknown
        name: String,
        /// Answer in JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Say what an answer's body decodes to, and where it departs from the contract
    #[command(after_help = exit_codes!())]
    Check {
        /// The file with the body; standard input for `-` or nothing
        #[arg(default_value = "-", hide_default_value = true)]
        file: PathBuf,
        /// The answer's HTTP status, to be checked with the body
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(100..=999))]
        status: Option<u16>,
        /// Answer in JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Say what changed between two catalogue exports, whom each change breaks, and the version bump it needs
    #[command(after_help = format!("{}\n\n{}", diff::HELP, exit_codes!()))]
    Diff {
        /// The errors.json of the older version; `-` for standard input
        old: PathBuf,
        /// The errors.json of the newer version; if absent, the one of this version
        new: Option<PathBuf>,
        /// Who may break without an exit code of 1: readers that refuse what they do not know, if you promise them nothing
        #[arg(long, value_name = "WHOM", value_parser = ["closed-readers"])]
        allow: Option<String>,
        /// Answer in JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

fn artefact_parser() -> impl TypedValueParser<Value = Artefact> {
    let names = PossibleValuesParser::new(Artefact::ALL.iter().map(|artefact| artefact.name()));
    names.try_map(|name| {
        let named = Artefact::ALL.iter().copied().find(|artefact| artefact.name() == name);
        named.ok_or_else(|| format!("no such file: {name}"))
    })
}

/// The program.
pub fn main() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(error) => harmless(error).exit(),
    };
    let mut out = anstream::stdout().lock();
    let outcome = run(command, &mut out).and_then(|fine| {
        out.flush()?;
        Ok(fine)
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever read the output has had enough of it: `print docs | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "error: {}", OneLine::whole(&error.to_string()));
            ExitCode::from(2)
        }
    }
}

/// clap repeats arguments as they came, in several places: let it do so with escaped ones.
fn harmless(error: clap::Error) -> clap::Error {
    let escaped =
        env::args_os().map(|argument| OneLine::whole(&argument.to_string_lossy()).to_string());
    Cli::try_parse_from(escaped).err().unwrap_or(error)
}

/// Whether the thing asked about is fine.
fn run(command: Command, out: &mut impl Write) -> io::Result<bool> {
    match command {
        Command::Emit { check: true, dir } => emit::check(&dir, out),
        Command::Emit { check: false, dir } => emit::write(&dir, out),
        Command::Print { artefact } => out.write_all(artefact.render().as_bytes()).map(|()| true),
        Command::Explain { name, json } => explain::explain(&name, json, out),
        Command::Check { file, status, json } => check::check(&file, status, json, out),
        Command::Diff { old, new, allow, json } => {
            diff::diff(&old, new.as_deref(), allow.is_some(), json, out)
        }
    }
}

/// What a heading looks like, where the output is a terminal that shows it.
const HEADING: anstyle::Style = anstyle::Style::new().bold();
