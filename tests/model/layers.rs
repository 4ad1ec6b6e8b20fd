//! The folders of `src/` are layers: a module imports from the layers below it and from no other.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and what its files may import with `crate::…`, from the ground up.
const LAYERS: [(&str, &[&str]); 8] = [
    ("text", &[]),
    ("model", &["text"]),
    ("catalogue", &["model"]),
    ("wire", &["model", "text"]),
    ("client", &["model", "text", "wire"]),
    ("emit", &["catalogue", "model", "text", "wire"]),
    ("adapters", &["client", "emit", "model", "text", "wire"]),
    ("cli", &["client", "emit", "model", "text", "wire"]),
];

/// What `model/` must not know: formats and their libraries.
const FORMATS: [&str; 5] = ["serde", "serde_core", "serde_json", "schemars", "JsonSchema"];

/// The code of a file: each line without its comment.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or_default())
}

/// The words of a line of code.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// True if a line names this module of `std`.
fn does_io(line: &str, module: &str) -> bool {
    line.contains(&format!("std::{module}"))
        || (line.contains("use std::{") && words(line).any(|word| word == module))
}

/// The modules of the crate that a line names, by `crate::` or by as many `super::` as lead from a
/// file at this depth (1 for `text/mod.rs`, 2 for `text/closest.rs`) to the crate.
fn imported(line: &str, depth: usize) -> impl Iterator<Item = &str> {
    let to_crate = "super::".repeat(depth);
    let by_super = line.match_indices(&to_crate).map(|(at, path)| &line[at + path.len()..]);
    let by_super: Vec<_> = by_super.filter(|rest| !rest.starts_with("super::")).collect();
    let by_name = line.match_indices("crate::").map(|(at, path)| &line[at + path.len()..]);
    by_name.chain(by_super).map(|rest| words(rest).next().unwrap_or_default())
}

/// Every violation in a file of this layer at this depth.
fn violations(layer: &str, depth: usize, text: &str) -> Vec<String> {
    let (_, below) = LAYERS.iter().find(|(name, _)| *name == layer).unwrap();
    let mut found = Vec::new();
    for line in code(text) {
        for module in imported(line, depth) {
            if module != layer && !below.contains(&module) {
                found.push(format!("`{layer}` imports `crate::{module}`: {}", line.trim()));
            }
        }
        if layer == "model" && words(line).any(|word| FORMATS.contains(&word)) {
            found.push(format!("`model` names a format: {}", line.trim()));
        }
        if ["fs", "io", "env", "process", "net"].iter().any(|module| does_io(line, module)) {
            found.push(format!("the library does I/O: {}", line.trim()));
        }
    }
    found
}

/// The files that a file compiles by `#[path = "…"]` or `include!("…")`.
fn compiled_by(file: &Path, text: &str) -> Vec<PathBuf> {
    let path = |line: &str| {
        let start = ["#[path = \"", "include!(\""].iter().find_map(|start| line.split_once(start));
        let (path, _) = start?.1.split_once('"')?;
        fs::canonicalize(file.parent()?.join(path)).ok()
    };
    text.lines().filter_map(path).collect()
}

/// Every Rust file of a folder.
pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            if !["target", ".git", "node_modules"].map(Into::into).contains(&entry.file_name()) {
                files(&entry.path(), found);
            }
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            found.push(entry.path());
        }
    }
}

#[test]
fn no_module_imports_from_a_layer_above() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    assert!(paths.len() > 30, "{}", paths.len());
    for path in paths {
        let relative = path.strip_prefix(&src).unwrap();
        let first = relative.iter().next().unwrap().to_str().unwrap();
        let layer = first.strip_suffix(".rs").unwrap_or(first);
        // The command's binary, and the only files that do I/O.
        if matches!(layer, "lib" | "main") || relative == Path::new("cli/io.rs") {
            continue;
        }
        let is_module = path.file_name().is_some_and(|name| name == "mod.rs");
        let depth = relative.iter().count() - usize::from(is_module);
        let found = violations(layer, depth, &fs::read_to_string(&path).unwrap());
        assert!(found.is_empty(), "{}: {found:#?}", relative.display());
    }
}

#[test]
fn a_violation_is_found() {
    for (layer, text) in [
        ("model", "use crate::wire::DecodeError;"),
        ("model", "use crate::{ErrorCode, Open};"),
        ("model", "impl serde_core::Serialize for X {}"),
        ("model", "#[cfg_attr(feature = \"schema\", derive(schemars::JsonSchema))]"),
        ("text", "use crate::model::Open;"),
        ("wire", "    let x = crate::client::ApiError::network(e);"),
        ("client", "use crate::emit::example;"),
        ("emit", "use crate::cli::check;"),
        ("wire", "use super::super::client::ApiError;"),
        ("model", "    super::super::emit::example(code);"),
        ("cli", "use std::fs::File;"),
        ("emit", "use std::{env, str};"),
        ("client", "    std::io::stderr().flush();"),
    ] {
        assert_eq!(violations(layer, 2, text).len(), 1, "{layer}: {text}");
    }
    for (layer, depth, text) in [
        ("model", 2, "/// See `crate::wire`, which serde uses."),
        ("wire", 2, "use crate::model::{ErrorCode, Open};"),
        ("wire", 2, "use super::client::ApiError;"),
        ("wire", 2, "use super::super::model::Open;"),
        ("adapters", 3, "use super::super::rejection::reject;"),
    ] {
        assert_eq!(violations(layer, depth, text), [""; 0], "{layer}: {text}");
    }
    assert_eq!(violations("text", 1, "use super::model::Open;").len(), 1);
}

/// `build.rs` alone compiles files of `src/` again: those that it needs before the crate exists.
#[test]
fn no_source_file_is_compiled_twice() {
    let root = fs::canonicalize(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut again = Vec::new();
    for path in paths {
        for file in compiled_by(&path, &fs::read_to_string(&path).unwrap()) {
            if let Ok(source) = file.strip_prefix(root.join("src")) {
                let by = path.strip_prefix(&root).unwrap();
                again.push(format!("{} by {}", source.display(), by.display()).replace('\\', "/"));
            }
        }
    }
    again.sort();
    assert_eq!(
        again,
        ["catalogue.rs by build.rs", "model/retry.rs by build.rs", "text/markdown.rs by build.rs"]
    );
}
