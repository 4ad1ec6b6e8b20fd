//! `emit`: what is to be written to the folder of emitted files, and whether it is up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};
use std::prelude::v1::*;
use std::str;

use anstyle::Style;
use similar::{ChangeTag, TextDiff};

use super::{ADDED, Outcome, REMOVED};
use crate::emit::{self, Artefact, Contradiction, LedgerError};
use crate::text::closest::closest;
use crate::text::one_line::OneLine;

pub use super::mark::is_ours;

pub(crate) const DEFAULT_DIR: &str = "schema";

/// The one file that `emit` never rewrites, because nothing else records older versions.
const LEDGER: &str = "ledger.json";

/// The most bytes of a file of the folder that are read: far more than any emitted file has.
pub const FILE_LIMIT: u64 = 16 * 1024 * 1024;

/// A folder, as it is before anything is written.
#[derive(Debug)]
pub struct Folder {
    /// The folder's path.
    pub path: PathBuf,
    /// What stands under the names of [`file_names`], if anything does.
    pub entries: BTreeMap<&'static str, Entry>,
    /// The names of other files that bear our mark. No file of somebody else is among them.
    pub obsolete: BTreeSet<String>,
    /// True if cargo runs the command in the crate's own repository.
    pub is_run_by_cargo: bool,
}

/// What stands under a name in a folder.
#[derive(Debug)]
pub enum Entry {
    /// A file with these bytes.
    File(Vec<u8>),
    /// Anything else, such as a folder, a symbolic link or a file above [`FILE_LIMIT`].
    Other(&'static str),
}

/// The names of the files that `emit` writes, in the order in which they are written.
pub fn file_names() -> impl Iterator<Item = &'static str> {
    Artefact::ALL.iter().map(|artefact| artefact.file_name()).chain([LEDGER])
}

/// True if `emit` writes a file of this name. Some file systems do not tell upper from lower case.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    file_names().any(|known| known.eq_ignore_ascii_case(name))
}

/// What `emit` is to do.
#[derive(Debug)]
pub enum Plan {
    /// Write those of these files that changed.
    Write {
        /// Every file, in order. The ledger is last, so that it never records what is not written.
        files: Vec<File>,
        /// Files that `emit` wrote once and writes no more.
        obsolete: String,
    },
    /// Write nothing, and say why.
    Nothing(Outcome),
}

/// A file of the folder.
#[derive(Debug)]
pub struct File {
    /// Its path.
    pub path: PathBuf,
    /// What it is to hold.
    pub text: String,
    /// What it holds, if it is there.
    old: Option<Vec<u8>>,
}

impl File {
    /// True if the file already holds its text.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.old.as_deref() == Some(self.text.as_bytes())
    }

    /// The line that says what became of the file.
    #[must_use]
    pub fn line(&self) -> String {
        let state = match &self.old {
            _ if self.is_current() => "unchanged",
            Some(_) => "updated  ",
            None => "created  ",
        };
        format!("{state} {}\n", shown(&self.path))
    }
}

/// Plans what to write: nothing at all if a file of the folder is not ours, or if the catalogue
/// contradicts the ledger.
///
/// # Errors
///
/// What is wrong, if the folder has a ledger that cannot be read.
pub fn plan(folder: &Folder) -> Result<Plan, String> {
    let nothing = |why: String| {
        let errors = format!("error: nothing was written\n{why}");
        Ok(Plan::Nothing(Outcome { errors, ..Outcome::default() }))
    };
    let foreign = folder.foreign();
    if !foreign.is_empty() {
        return nothing(foreign);
    }
    match folder.ledger()? {
        Err(contradictions) => nothing(contradictions),
        Ok(ledger) => {
            let files = folder.artefacts().chain([ledger]).collect();
            Ok(Plan::Write { files, obsolete: folder.obsolete() })
        }
    }
}

/// Says what [`plan`] would change.
///
/// If the catalogue contradicts the ledger, only that is said: the other files may be stale because
/// of the same wrong row, and writing them would not fix it.
///
/// # Errors
///
/// What is wrong, if the folder has a ledger that cannot be read.
pub fn check(folder: &Folder) -> Result<Outcome, String> {
    let foreign = folder.foreign();
    if !foreign.is_empty() {
        return Ok(Outcome::verbatim(false, foreign));
    }
    let ledger = match folder.ledger()? {
        Ok(ledger) => ledger,
        Err(contradictions) => return Ok(Outcome::verbatim(false, contradictions)),
    };
    let files: Vec<_> = folder.artefacts().chain([ledger]).collect();
    let mut text = String::new();
    for file in files.iter().filter(|file| !file.is_current()) {
        let _ = write_stale(file, &mut text);
    }
    if !text.is_empty() {
        let _ = writeln!(text, "to fix: {}", folder.command());
    }
    text += &folder.obsolete();
    if text.is_empty() {
        let text = format!("{} files in {} are up to date\n", files.len(), shown(&folder.path));
        return Ok(Outcome::verbatim(true, text));
    }
    Ok(Outcome::verbatim(false, text))
}

impl Folder {
    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.get(name)
    }

    fn bytes(&self, name: &str) -> Option<&[u8]> {
        match self.entry(name)? {
            Entry::File(bytes) => Some(bytes),
            Entry::Other(_) => None,
        }
    }

    fn artefacts(&self) -> impl Iterator<Item = File> + '_ {
        Artefact::ALL.iter().map(|artefact| {
            let name = artefact.file_name();
            let old = self.bytes(name).map(<[u8]>::to_vec);
            File { path: self.path.join(name), text: artefact.render(), old }
        })
    }

    /// Says which files have the name of one of ours and are not ours.
    fn foreign(&self) -> String {
        let mut text = String::new();
        for name in file_names() {
            let why = match self.entry(name) {
                Some(Entry::Other(what)) => format!("it is {what}"),
                Some(Entry::File(bytes)) if name != LEDGER && !is_ours(bytes) => {
                    "it does not say that this command generated it".into()
                }
                _ => continue,
            };
            let _ = writeln!(text, "not ours {}: {why}", shown(&self.path.join(name)));
        }
        if !text.is_empty() {
            text += "to fix: move it away, or choose another folder with --dir\n";
        }
        text
    }

    /// Says which files are ours and no longer written.
    fn obsolete(&self) -> String {
        let mut text = String::new();
        for name in &self.obsolete {
            let path = self.path.join(name);
            let _ = writeln!(
                text,
                "obsolete {}: it says that this command generated it, but emit writes no file of \
                 this name\nto fix: rm {}, or move a copy that is to be kept out of the folder",
                shown(&path),
                quoted(&path)
            );
        }
        text
    }

    /// The ledger with what is new, or what the catalogue contradicts in it.
    fn ledger(&self) -> Result<Result<File, String>, String> {
        let path = self.path.join(LEDGER);
        let old = self.bytes(LEDGER);
        let unreadable = |reason: String| {
            format!(
                "cannot read {}: {reason}. emit never overwrites a ledger that it cannot read: \
                 restore the file, or choose another folder with --dir",
                path.display()
            )
        };
        let text =
            old.map(str::from_utf8).transpose().map_err(|error| unreadable(error.to_string()))?;
        match emit::ledger(text) {
            Ok(text) => Ok(Ok(File { old: old.map(<[u8]>::to_vec), path, text })),
            Err(LedgerError::Contradicted(contradictions)) => {
                let mut text = String::new();
                for contradiction in &contradictions {
                    let _ = write_contradiction(&path, contradiction, &mut text);
                }
                let command = self.command();
                let _ = writeln!(
                    text,
                    "to fix: make each row what the ledger says. To end the use of a name, restore \
                     its row, append `.withdrawn(\"x.y.z\")`, and add a row with a new name.\nOnly a \
                     line that was never on the main branch may be deleted. After that: {command}"
                );
                Ok(Err(text))
            }
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    /// The command that writes this folder.
    fn command(&self) -> String {
        let command = if self.is_run_by_cargo {
            "cargo run --features cli -- emit"
        } else {
            "intelliprint-error emit"
        };
        if self.path == Path::new(DEFAULT_DIR) {
            command.into()
        } else {
            format!("{command} --dir {}", quoted(&self.path))
        }
    }
}

fn write_contradiction(path: &Path, found: &Contradiction, out: &mut String) -> fmt::Result {
    let Contradiction { line, entry, name, row, says, new_rows, .. } = found;
    writeln!(out, "contradicted {}:{line}", shown(path))?;
    writeln!(out, "  the ledger:    {}", OneLine::whole(entry))?;
    let row = row.map(|row| format!("src/catalogue.rs:{row}: ")).unwrap_or_default();
    write!(out, "  the catalogue: {row}{says}")?;
    let near = closest(name, new_rows.iter().map(|(name, _)| *name));
    if let Some((name, row)) = new_rows.iter().find(|(name, _)| Some(*name) == near) {
        write!(out, "; is it `{name}` now, src/catalogue.rs:{row}? No name is ever changed")?;
    }
    writeln!(out)
}

/// Says that a file is missing, or that it is stale and shows the diff. Bytes that are not UTF-8 are
/// shown as `\xNN`, and a carriage return stays visible.
fn write_stale(file: &File, out: &mut String) -> fmt::Result {
    let path = shown(&file.path);
    let Some(old) = &file.old else {
        return writeln!(out, "missing {path}");
    };
    writeln!(out, "stale {path}")?;
    let lines =
        old.split(|byte| *byte == b'\n').map(|line| OneLine::excerpt(line, usize::MAX).to_string());
    let old = lines.collect::<Vec<_>>().join("\n");
    let diff = TextDiff::from_lines(old.as_str(), file.text.as_str());
    writeln!(out, "--- {path}\n+++ {path}")?;
    for hunk in diff.unified_diff().iter_hunks() {
        writeln!(out, "{}", hunk.header())?;
        for change in hunk.iter_changes() {
            let style = match change.tag() {
                ChangeTag::Delete => REMOVED,
                ChangeTag::Insert => ADDED,
                ChangeTag::Equal => Style::new(),
            };
            let line = change.value().trim_end_matches('\n');
            writeln!(out, "{style}{}{line}{style:#}", change.tag())?;
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// A path for people: it may have any characters.
fn shown(path: &Path) -> String {
    OneLine::excerpt(path.as_os_str().as_encoded_bytes(), usize::MAX).to_string()
}

/// A path for a shell. A path that `shown` escapes is not a path any more, but does no harm.
fn quoted(path: &Path) -> String {
    format!("'{}'", shown(path).replace('\'', r"'\''"))
}
