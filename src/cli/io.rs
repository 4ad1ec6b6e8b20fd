//! The command's files and streams: what the library decides and says is read and written here.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, process};

use intelliprint_error::cli::emit::{Entry, FILE_LIMIT, Folder, Plan};
use intelliprint_error::cli::{self, Command, Outcome, check, diff, emit, explain, spec};

/// The program.
pub(crate) fn main() -> ExitCode {
    match cli::parse(env::args_os()).map(run) {
        Ok(Ok(outcome)) => say_outcome(&outcome),
        Ok(Err(error)) => {
            say_error(&format!("error: {}\n", cli::one_line(&error.to_string())), true);
            ExitCode::from(2)
        }
        Err(usage) => say_usage(&usage),
    }
}

fn exit_code(is_written: bool, is_fine: bool) -> ExitCode {
    match (is_written, is_fine) {
        (false, _) => ExitCode::from(2),
        (true, true) => ExitCode::SUCCESS,
        (true, false) => ExitCode::from(1),
    }
}

fn run(command: Command) -> io::Result<Outcome> {
    Ok(match command {
        Command::Emit { check: true, dir } => {
            emit::check(&folder(&dir)?).map_err(io::Error::other)?
        }
        Command::Emit { check: false, dir } => {
            match emit::plan(&folder(&dir)?).map_err(io::Error::other)? {
                Plan::Nothing(outcome) => outcome,
                Plan::Write { files, obsolete } => write_all(&dir, &files, obsolete)?,
            }
        }
        Command::Print { artefact } => cli::print(artefact),
        Command::List { json } => cli::list(json, output_columns()),
        Command::Explain { name, json } => explain::explain(&name, json),
        Command::Check { file, status, json } => {
            check::check(&read(&file, check::LIMIT)?, status, json)
        }
        Command::Diff { old, new, allow, json } => {
            if old == Path::new("-") && new.as_deref() == Some(&old) {
                return Err(io::Error::other(
                    "OLD and NEW cannot both be standard input: name a file for one of them",
                ));
            }
            let old = input(&old)?;
            let new = new.as_deref().map(input).transpose()?;
            diff::diff(&old, new.as_ref(), allow.is_some(), json).map_err(io::Error::other)?
        }
        Command::Completions { shell } => cli::completions(shell),
        Command::Man => cli::man(),
        Command::Spec { file } => {
            spec::spec(&read(&file, spec::LIMIT)?).map_err(io::Error::other)?
        }
    })
}

// Writing to the streams.

fn say_outcome(outcome: &Outcome) -> ExitCode {
    let Outcome { is_fine, text, errors, is_prose } = outcome;
    let text = for_terminal(text, *is_prose, output_columns());
    let is_written = say(&mut anstream::stdout(), &text);
    say_error(errors, *is_prose);
    exit_code(is_written, *is_fine)
}

fn say_error(text: &str, is_prose: bool) {
    let columns = columns(terminal_size::terminal_size_of(io::stderr()));
    say(&mut anstream::stderr(), &for_terminal(text, is_prose, columns));
}

/// Prose is wrapped for a terminal, and everything else is as it is.
fn for_terminal(text: &str, is_prose: bool, columns: Option<usize>) -> Cow<'_, str> {
    match columns {
        Some(columns) if is_prose => cli::wrapped(text, columns).into(),
        _ => text.into(),
    }
}

/// Help and the version go to standard output, and what is wrong to standard error.
fn say_usage(usage: &clap::Error) -> ExitCode {
    let text = usage.render().ansi().to_string();
    if usage.use_stderr() {
        say(&mut anstream::stderr(), &text);
        return ExitCode::from(2);
    }
    exit_code(say(&mut anstream::stdout(), &text), true)
}

/// Writes to a stream. Returns false if that fails, for example on a full disk. A reader that closes
/// the stream early, as in `print docs | head`, is not a failure.
fn say(stream: &mut impl Write, text: &str) -> bool {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
            false
        }
        _ => true,
    }
}

/// The columns of the terminal that shows standard output, or `None` if none does.
fn output_columns() -> Option<usize> {
    columns(terminal_size::terminal_size_of(io::stdout()))
}

fn columns(size: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<usize> {
    size.map(|(terminal_size::Width(columns), _)| columns.into())
}

// Reading.

fn input(path: &Path) -> io::Result<diff::Input> {
    Ok(diff::Input { label: label(path).display().to_string(), bytes: read(path, diff::LIMIT)? })
}

fn label(path: &Path) -> &Path {
    if path == Path::new("-") { Path::new("standard input") } else { path }
}

/// The bytes of a file, or of standard input for `-`, if they are at most `limit`.
fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let bytes = if path == Path::new("-") {
        if io::stdin().is_terminal() {
            say_error("reading standard input; end it with Ctrl-D\n", true);
        }
        read_within(limit, io::stdin().lock())
    } else {
        File::open(path).and_then(|file| read_within(limit, file))
    };
    bytes.map_err(|error| about(label(path), "read", &error))
}

fn read_within(limit: u64, from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let mib = limit / (1024 * 1024);
        let why = format!("it is longer than {mib} MiB, the most that is read");
        return Err(io::Error::other(why));
    }
    Ok(bytes)
}

/// The folder as it is. A folder that does not exist is empty.
fn folder(path: &Path) -> io::Result<Folder> {
    let (entries, obsolete, is_run_by_cargo) =
        (BTreeMap::new(), BTreeSet::new(), is_run_by_cargo());
    let mut folder = Folder { path: path.into(), entries, obsolete, is_run_by_cargo };
    let listed = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
        listed => listed.map_err(|error| about(path, "list", &error))?,
    };
    // The list may spell these names with other letters, where a file system ignores case.
    for name in emit::file_names() {
        match read_entry(&path.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            read => drop(folder.entries.insert(name, read?)),
        }
    }
    for listed in listed {
        let listed = listed.map_err(|error| about(path, "list", &error))?;
        let name = listed.file_name().to_string_lossy().into_owned();
        // A file of somebody else that cannot be read must not stop the command.
        let is_ours = || matches!(read_entry(&listed.path()), Ok(Entry::File(bytes)) if emit::is_ours(&bytes));
        if !emit::is_file_name(&name) && is_ours() {
            folder.obsolete.insert(name);
        }
    }
    Ok(folder)
}

/// Follows no symbolic link, because it may lead out of the folder.
fn read_entry(path: &Path) -> io::Result<Entry> {
    let failed = |error| about(path, "read", &error);
    let what = fs::symlink_metadata(path).map_err(failed)?;
    Ok(if what.is_symlink() {
        Entry::Other("a symbolic link")
    } else if what.is_dir() {
        Entry::Other("a folder")
    } else if !what.is_file() {
        Entry::Other("a pipe, socket or device")
    } else if what.len() > FILE_LIMIT {
        Entry::Other("a file of more than 16 MiB")
    } else {
        // A device or a file of `/proc` may have more bytes than its length says.
        let read = File::open(path).and_then(|file| read_within(FILE_LIMIT, file));
        Entry::File(read.map_err(failed)?)
    })
}

/// `cargo run` in the repository sets the folder of the package that this binary was built from.
fn is_run_by_cargo() -> bool {
    env::var_os("CARGO_MANIFEST_DIR").is_some_and(|dir| dir == env!("CARGO_MANIFEST_DIR"))
}

// Writing files.

fn write_all(dir: &Path, files: &[emit::File], obsolete: String) -> io::Result<Outcome> {
    fs::create_dir_all(dir).map_err(|error| about(dir, "create", &error))?;
    let mut text = String::new();
    for file in files {
        if !file.is_current() {
            write_whole(&file.path, &file.text)
                .map_err(|error| about(&file.path, "write", &error))?;
        }
        text += &file.line();
    }
    Ok(Outcome { is_fine: true, text: text + &obsolete, ..Outcome::default() })
}

/// Writes a file whole or not at all: a temporary file in the same folder, then a rename. After a
/// crash or on a full disk the old file is still there. The new file has the permissions of the old.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let (temporary, mut file) = create_temporary(path)?;
    let mut write = || {
        file.write_all(text.as_bytes())?;
        if let Ok(old) = fs::symlink_metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Creates a file beside this one. A run that was killed may have left one of the first name.
fn create_temporary(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut number = process::id();
    loop {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{number}.tmp"));
        let temporary = path.with_file_name(name);
        match File::create_new(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                number = number.wrapping_add(1);
            }
            created => return created.map(|file| (temporary, file)),
        }
    }
}

/// An error that says which file it is about.
fn about(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}", path.display()))
}
