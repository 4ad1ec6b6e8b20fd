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

/// Every violation in a file of this layer.
fn violations(layer: &str, text: &str) -> Vec<String> {
    let (_, below) = LAYERS.iter().find(|(name, _)| *name == layer).unwrap();
    let mut found = Vec::new();
    for line in code(text) {
        for (at, path) in line.match_indices("crate::") {
            let rest = &line[at + path.len()..];
            let module = words(rest).next().unwrap_or_default();
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
        if line.contains("#[path") {
            found.push(format!("a file is compiled by `#[path]`: {}", line.trim()));
        }
    }
    found
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), found);
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
        let found = violations(layer, &fs::read_to_string(&path).unwrap());
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
        ("cli", "#[path = \"../text/closest.rs\"]"),
        ("cli", "use std::fs::File;"),
        ("emit", "use std::{env, str};"),
        ("client", "    std::io::stderr().flush();"),
    ] {
        assert_eq!(violations(layer, text).len(), 1, "{layer}: {text}");
    }
    assert_eq!(violations("model", "/// See `crate::wire`, which serde uses."), [""; 0]);
    assert_eq!(violations("wire", "use crate::model::{ErrorCode, Open};"), [""; 0]);
}
