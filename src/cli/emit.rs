//! `emit`: the folder of emitted files, and whether it is up to date.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::prelude::v1::*;
use std::str;

use crate::emit::{self, Artefact, Contradiction, LedgerError};
use similar::TextDiff;

use crate::text::closest::closest;
use crate::text::one_line::OneLine;

pub(crate) const DEFAULT_DIR: &str = "schema";

/// Files of the folder that people write.
const BY_HAND: &[&str] = &["README.md"];

/// The one file that is not made anew: what it says of older versions is nowhere else.
const LEDGER: &str = "ledger.json";

/// Writes the files that changed, and says which; none, if the catalogue contradicts the ledger.
pub(crate) fn write(dir: &Path, out: &mut impl Write) -> io::Result<bool> {
    let Some(ledger) = ledger(dir, out)? else {
        writeln!(out, "nothing was written")?;
        return Ok(false);
    };
    fs::create_dir_all(dir).map_err(|error| about(dir, "create", &error))?;
    for file in artefacts(dir).chain([Ok(ledger)]) {
        let File { path, old, new } = file?;
        if old.as_deref() == Some(new.as_bytes()) {
            writeln!(out, "unchanged {}", shown(&path))?;
        } else {
            fs::write(&path, new).map_err(|error| about(&path, "write", &error))?;
            writeln!(
                out,
                "{} {}",
                if old.is_some() { "updated  " } else { "created  " },
                shown(&path)
            )?;
        }
    }
    for path in unexpected(dir)? {
        writeln!(out, "unexpected {}: emit neither made it nor removes it", shown(&path))?;
    }
    Ok(true)
}

/// Shows what `write` would change, and writes nothing. Where the catalogue contradicts the ledger, that alone is shown:
/// the other files may well be stale by the same wrong row, and are not to be written before it is right.
pub(crate) fn check(dir: &Path, out: &mut impl Write) -> io::Result<bool> {
    let Some(ledger) = ledger(dir, out)? else {
        return Ok(false);
    };
    let mut stale = 0;
    for file in artefacts(dir).chain([Ok(ledger)]) {
        let File { path, old, new } = file?;
        if old.as_deref() == Some(new.as_bytes()) {
            continue;
        }
        stale += 1;
        let state = if old.is_some() { "stale" } else { "missing" };
        writeln!(out, "{state} {}", shown(&path))?;
        show_diff(&path, &old.unwrap_or_default(), &new, out)?;
    }
    if stale > 0 {
        writeln!(out, "to mend: {}", mending_command(dir))?;
    }
    let unexpected = unexpected(dir)?;
    for path in &unexpected {
        writeln!(out, "unexpected {}\nto mend: rm -r {}", shown(path), quoted(path))?;
    }
    let is_fine = stale == 0 && unexpected.is_empty();
    if is_fine {
        writeln!(out, "{} files in {} are up to date", Artefact::ALL.len() + 1, shown(dir))?;
    }
    Ok(is_fine)
}

/// A file of the folder: what is there, and what should be.
struct File {
    path: PathBuf,
    old: Option<Vec<u8>>,
    new: String,
}

fn artefacts(dir: &Path) -> impl Iterator<Item = io::Result<File>> + '_ {
    Artefact::ALL.iter().map(|artefact| {
        let path = dir.join(artefact.file_name());
        Ok(File { old: read(&path)?, new: artefact.render(), path })
    })
}

/// The ledger, or nothing if the catalogue contradicts it, which is then said.
fn ledger(dir: &Path, out: &mut impl Write) -> io::Result<Option<File>> {
    let path = dir.join(LEDGER);
    let old = read(&path)?;
    let invalid =
        |reason: String| about(&path, "read", &io::Error::new(io::ErrorKind::InvalidData, reason));
    let text = old
        .as_deref()
        .map(str::from_utf8)
        .transpose()
        .map_err(|error| invalid(error.to_string()))?;
    match emit::ledger(text) {
        Ok(new) => Ok(Some(File { path, old, new })),
        Err(LedgerError::Contradicted(contradictions)) => {
            for contradiction in &contradictions {
                show_contradiction(&path, contradiction, out)?;
            }
            let command = mending_command(dir);
            writeln!(
                out,
                "to mend: make each row what the ledger says, or keep it so and withdraw it (`.withdrawn(\"x.y.z\")`), with a \
                 new row under a new name beside it.\nOnly a line that was never on the main branch may go: delete it, then: \
                 {command}"
            )?;
            Ok(None)
        }
        Err(error) => Err(invalid(error.to_string())),
    }
}

fn show_contradiction(
    path: &Path,
    contradiction: &Contradiction,
    out: &mut impl Write,
) -> io::Result<()> {
    let Contradiction { line, entry, name, row, says, new_rows, .. } = contradiction;
    writeln!(
        out,
        "contradicted {}:{line}\n  the ledger:    {}",
        shown(path),
        OneLine::whole(entry)
    )?;
    let row = row.map(|row| format!("src/catalogue.rs:{row}: ")).unwrap_or_default();
    let near = closest(name, new_rows.iter().map(|(name, _)| *name));
    let renamed = new_rows.iter().find(|(name, _)| Some(*name) == near);
    let renamed = renamed.map(|(name, row)| {
        format!("; is it `{name}` now, src/catalogue.rs:{row}? No name is ever changed")
    });
    writeln!(out, "  the catalogue: {row}{says}{}", renamed.unwrap_or_default())
}

fn mending_command(dir: &Path) -> String {
    let command = "cargo run --features cli -- emit";
    if dir == Path::new(DEFAULT_DIR) {
        command.into()
    } else {
        format!("{command} --dir {}", quoted(dir))
    }
}

/// A path for people: it may have any characters.
fn shown(path: &Path) -> String {
    OneLine::whole(&path.display().to_string()).to_string()
}

/// A path for a shell. One that `shown` changes is no path any more, but does no harm.
fn quoted(path: &Path) -> String {
    format!("'{}'", shown(path).replace('\'', r"'\''"))
}

/// A file's bytes, or nothing if there is none.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(about(path, "read", &error)),
    }
}

/// Bytes that are no UTF-8 are shown as `\xNN`, and line ends of the wrong kind stay visible.
fn show_diff(path: &Path, old: &[u8], new: &str, out: &mut impl Write) -> io::Result<()> {
    let lines =
        old.split(|byte| *byte == b'\n').map(|line| OneLine::excerpt(line, usize::MAX).to_string());
    let old = lines.collect::<Vec<_>>().join("\n");
    let header = shown(path);
    let diff = TextDiff::from_lines(old.as_str(), new);
    write!(out, "{}", diff.unified_diff().header(&header, &header))
}

/// What else is in the folder.
fn unexpected(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(about(dir, "list", &error)),
    };
    let expected: BTreeSet<&str> =
        Artefact::ALL.iter().map(|artefact| artefact.file_name()).chain([LEDGER]).collect();
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| about(dir, "list", &error))?.file_name();
        let is_expected =
            name.to_str().is_some_and(|name| expected.contains(name) || BY_HAND.contains(&name));
        if !is_expected {
            found.push(dir.join(name));
        }
    }
    found.sort();
    Ok(found)
}

/// An error that says which file it is about.
pub(crate) fn about(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}", path.display()))
}
