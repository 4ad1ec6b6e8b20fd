//! Checks every row of `src/catalogue.rs`, then writes the enums and their lookups to `OUT_DIR`.
//!
//! # What it checks
//!
//! - A name is snake_case, is unique in its table and is not `self`.
//! - A description or remedy is one line that ends in a full stop. An example is one line.
//! - A status is from 400 to 599.
//! - The type of a code is in `TYPES`. A code that shares its name with a type belongs to that type.
//! - A remedy or an example is `observed` or `advice`: the specification gives neither.
//! - A withdrawal names a version `x.y.z` up to the crate's own. Each code of a withdrawn type is
//!   withdrawn, too.
//! - The source of an observed fact is in `SOURCES`. Its ID is unique and is words of a-z joined by
//!   `-`. Its address starts with `https://`. (An observed fact without a source does not compile.)
//!
//! All violations are reported in one build, in the order of their lines, as
//! ``src/catalogue.rs:LINE: code `NAME`: RULE``.
//!
//! # What it writes
//!
//! - `fields.rs`: the macro `description_of!`, which expands to a field's description as a literal.
//! - `error_type.rs` and `error_code.rs`: a macro that declares the enum with its doc comments, one
//!   `static` table per fact in the order of the variants, and `fn lookup(name: &str)`.
//!
//! Every crate that depends on this one compiles this script. It has no dependencies and keeps to
//! few generic types, because those take most of its compile time.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

#[path = "src/catalogue.rs"]
#[expect(dead_code, reason = "the library uses the rest")]
mod catalogue;
#[path = "src/text/markdown.rs"]
mod markdown;
#[path = "src/model/retry.rs"]
#[expect(dead_code, reason = "the library uses the rest")]
mod retry;
/// `catalogue.rs` imports `crate::model::Retry`.
mod model {
    pub(crate) use crate::retry::Retry;
}

use catalogue::{CODES, CodeRow, FIELDS, Provenance, SOURCES, Source, TYPES, TypeRow};

fn main() {
    for file in ["build.rs", "src/catalogue.rs", "src/text/markdown.rs", "src/model/retry.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let version = env::var("CARGO_PKG_VERSION").expect("cargo sets CARGO_PKG_VERSION");
    let violations = violations(&version);
    if !violations.is_empty() {
        for violation in violations {
            println!("cargo::error={violation}");
        }
        return; // `cargo::error` fails the build. A panic would bury its lines in a backtrace.
    }
    let out_dir = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for (file, text) in [
        ("fields.rs", field_descriptions()),
        ("error_type.rs", error_type_enum()),
        ("error_code.rs", error_code_enum()),
    ] {
        let path = Path::new(&out_dir).join(file);
        if let Err(error) = fs::write(&path, text) {
            panic!("cannot write {}: {error}", path.display());
        }
    }
}

/// What the rows of all three tables have in common.
struct Entry {
    name: &'static str,
    description: &'static str,
    withdrawn: Option<&'static str>,
    line: u32,
}

impl Entry {
    fn of_fields() -> Vec<Self> {
        FIELDS.iter().map(|row| Self::new(row.name, row.description, None, row.line)).collect()
    }

    fn of_types() -> Vec<Self> {
        let entry = |row: &TypeRow| Self::new(row.name, row.description, row.withdrawn, row.line);
        TYPES.iter().map(entry).collect()
    }

    fn of_codes() -> Vec<Self> {
        let entry = |row: &CodeRow| Self::new(row.name, row.description, row.withdrawn, row.line);
        CODES.iter().map(entry).collect()
    }

    fn new(
        name: &'static str,
        description: &'static str,
        withdrawn: Option<&'static str>,
        line: u32,
    ) -> Self {
        Self { name, description, withdrawn, line }
    }
}

// Checking.

/// Every violation of a rule, sorted by line. `version` is the crate's own.
fn violations(version: &str) -> Vec<String> {
    let mut report = Report::default();
    check_entries(&mut report, "field", &Entry::of_fields(), version);
    let type_lines = check_entries(&mut report, "type", &Entry::of_types(), version);
    check_entries(&mut report, "code", &Entry::of_codes(), version);
    for row in CODES {
        check_code(&mut report, row, &type_lines);
        check_sources_of(&mut report, row);
    }
    check_sources(&mut report);
    report.0.into_iter().map(|(_, violation)| violation).collect()
}

/// The violations found so far, sorted by line.
#[derive(Default)]
struct Report(Vec<(u32, String)>);

impl Report {
    fn add(&mut self, line: u32, kind: &str, name: &str, rule: &str) {
        // The path is a literal because `file!()` is absolute if the crate is a dependency.
        let text = format!("src/catalogue.rs:{line}: {kind} `{}`: {rule}", name.escape_debug());
        let after = self.0.partition_point(|(earlier, _)| *earlier <= line);
        self.0.insert(after, (line, text));
    }
}

/// The lines of the rows that have a name. More than one is a violation.
type Lines = BTreeMap<&'static str, Vec<u32>>;

/// Checks what holds for fields, types and codes alike.
fn check_entries(report: &mut Report, kind: &str, entries: &[Entry], version: &str) -> Lines {
    let mut all_lines = Lines::new();
    for Entry { name, description, withdrawn, line } in entries {
        let lines = all_lines.entry(name).or_default();
        lines.push(*line);
        let is_taken =
            (lines.len() > 1).then(|| format!("the name is already taken, at line {}", lines[0]));
        let rules = [
            name_violation(name).map(str::to_owned),
            is_taken,
            sentence_violation("description", description),
            withdrawn.and_then(|withdrawn| withdrawal_violation(withdrawn, version)),
        ];
        for rule in rules.iter().flatten() {
            report.add(*line, kind, name, rule);
        }
    }
    all_lines
}

/// Checks what holds for codes alone.
fn check_code(report: &mut Report, row: &CodeRow, type_lines: &Lines) {
    let mut add = |rule: &str| report.add(row.line, "code", row.name, rule);
    let error_type = row.error_type.value;
    let type_name = error_type.name;
    // A type that is missing from TYPES may share its name with one that is not, so lines decide.
    if !type_lines.get(type_name).is_some_and(|lines| lines.contains(&error_type.line)) {
        let line = error_type.line;
        add(&format!("its type `{type_name}`, of line {line}, is not in TYPES: add it there"));
    }
    if row.name != type_name && type_lines.contains_key(row.name) {
        add(&format!(
            "a type has this name, too: the code must belong to it, not to `{type_name}`"
        ));
    }
    if error_type.withdrawn.is_some() && row.withdrawn.is_none() {
        add(&format!("its type `{type_name}` is withdrawn: withdraw the code, too"));
    }
    if let Some(status) = row.status.filter(|status| !(400..=599).contains(&status.value)) {
        add(&format!("status {} is not an HTTP error status, 400 to 599", status.value));
    }
    for (what, provenance) in
        [("remedy", row.remedy.provenance), ("example", row.example.provenance)]
    {
        if matches!(provenance, Provenance::Spec) {
            add(&format!("the specification gives no {what}: mark it `observed` or `advice`"));
        }
    }
    let example = row.example.value;
    let texts = [
        sentence_violation("remedy", row.remedy.value),
        line_violation("example's message", example.message),
        example.param.and_then(|param| line_violation("example's param", param)),
    ];
    for rule in texts.iter().flatten() {
        add(rule);
    }
}

/// Checks that each source of a code's facts stands in the table of sources.
fn check_sources_of(report: &mut Report, row: &CodeRow) {
    let facts = [
        Some(row.error_type.provenance),
        row.status.map(|status| status.provenance),
        Some(row.retry.provenance),
        Some(row.remedy.provenance),
        Some(row.example.provenance),
    ];
    let observed = facts.iter().flatten().filter_map(|provenance| match provenance {
        Provenance::Observed(source) => Some(source),
        Provenance::Spec | Provenance::Advice => None,
    });
    let mut sources: Vec<&Source> = observed.collect();
    for elsewhere in row.elsewhere {
        sources.push(&elsewhere.source);
        for (what, text) in [("says", elsewhere.says), ("reason", elsewhere.reason)] {
            if let Some(rule) = sentence_violation(what, text) {
                report.add(row.line, "code", row.name, &rule);
            }
        }
    }
    sources.retain(|source| !SOURCES.iter().any(|known| known.line == source.line));
    sources.dedup_by_key(|source| source.line);
    for source in sources {
        let Source { id, line, .. } = source;
        let rule = format!("its source `{id}`, of line {line}, is not in SOURCES: add it there");
        report.add(row.line, "code", row.name, &rule);
    }
}

fn check_sources(report: &mut Report) {
    for (at, Source { id, title, url, shows, line }) in SOURCES.iter().enumerate() {
        let is_id = id
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        let earlier = SOURCES.iter().take(at).find(|earlier| earlier.id == *id);
        let rules = [
            (!is_id).then(|| "the id must be words of a-z, joined by `-`".to_owned()),
            earlier.map(|row| format!("the id is already taken, at line {}", row.line)),
            line_violation("title", title),
            sentence_violation("text on what it shows", shows),
            url.and_then(|url| {
                let is_url = url.starts_with("https://") && !url.contains([' ', '"', '<', '>']);
                (!is_url).then(|| {
                    "the address must start with https:// and have no space, \", < or >".to_owned()
                })
            }),
        ];
        for rule in rules.iter().flatten() {
            report.add(*line, "source", id, rule);
        }
    }
}

fn name_violation(name: &str) -> Option<&'static str> {
    // A word starts with a letter so that `a_1` and `a1` cannot both become the variant `A1`.
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if !name.split('_').all(is_word) {
        Some(
            "the name must be snake_case: words of a-z and 0-9 that start with a letter, \
             joined by `_`",
        )
    } else if name == "self" {
        Some("the variant would be `Self`, which is a keyword of Rust")
    } else {
        None
    }
}

fn line_violation(what: &str, text: &str) -> Option<String> {
    let breaks_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.is_empty() {
        Some(format!("the {what} is empty"))
    } else if text.contains(breaks_line) {
        Some(format!("the {what} must be one line, without control characters"))
    } else if text.trim() != text {
        Some(format!("the {what} must not start or end with white space"))
    } else {
        None
    }
}

fn sentence_violation(what: &str, text: &str) -> Option<String> {
    let without_stop =
        || (!text.ends_with('.')).then(|| format!("the {what} must end with a full stop"));
    line_violation(what, text).or_else(without_stop)
}

fn withdrawal_violation(withdrawn: &str, own: &str) -> Option<String> {
    // A pre-release such as 0.2.0-rc.1 may withdraw in the name of its release.
    let release = own.split(['-', '+']).next()?;
    let Some(version) = version_numbers(withdrawn) else {
        let text = withdrawn.escape_debug();
        return Some(format!("withdrawn in `{text}`: the version must be x.y.z"));
    };
    (Some(version) > version_numbers(release)).then(|| {
        format!(
            "withdrawn in {withdrawn}, later than this version, {own}: \
             raise the version in Cargo.toml first"
        )
    })
}

/// The numbers of `x.y.z`, or `None` for any other text (`1.2`, `v1.2.3`, `1.02.3`).
fn version_numbers(text: &str) -> Option<[u64; 3]> {
    let number = |part: &str| part.parse().ok().filter(|number: &u64| number.to_string() == part);
    let numbers: Option<Vec<u64>> = text.split('.').map(number).collect();
    numbers?.try_into().ok()
}

// Writing.

/// A macro, because `#[doc = …]` takes a literal or a macro, but no constant.
fn field_descriptions() -> String {
    let arms = lines(FIELDS, &|row| format!("({}) => {{ {:?} }};", row.name, row.description));
    format!("macro_rules! description_of {{\n{arms}}}\n")
}

fn error_type_enum() -> String {
    let entries = Entry::of_types();
    let docs: Vec<_> = entries.iter().map(|entry| markdown(entry.description)).collect();
    // Only SDKs raise a type if it has codes and only SDKs raise each of them.
    let (mut api, mut sdk) = (Lines::new(), Lines::new());
    for row in CODES {
        let origin = if row.status.is_some() { &mut api } else { &mut sdk };
        origin.entry(row.error_type.value.name).or_default().push(row.line);
    }
    let is_sdk = |name| sdk.contains_key(name) && !api.contains_key(name);
    let origins = table("ORIGINS", "crate::model::Origin", TYPES, &|row| origin(is_sdk(row.name)));
    wire_enum("ErrorType", "declare_error_type", &entries, &docs) + &origins
}

fn error_code_enum() -> String {
    let docs: Vec<_> = CODES.iter().map(code_docs).collect();
    [
        wire_enum("ErrorCode", "declare_error_code", &Entry::of_codes(), &docs),
        table("ERROR_TYPES", "crate::model::ErrorType", CODES, &|row| {
            format!("crate::model::ErrorType::{}", variant(row.error_type.value.name))
        }),
        table("STATUSES", "Option<u16>", CODES, &|row| {
            format!("{:?}", row.status.map(|status| status.value))
        }),
        table("RETRIES", "crate::model::Retry", CODES, &|row| {
            format!("crate::model::Retry::{:?}", row.retry.value)
        }),
        table("ORIGINS", "crate::model::Origin", CODES, &|row| origin(row.status.is_none())),
        table("REMEDIES", "&str", CODES, &|row| format!("{:?}", row.remedy.value)),
        // Names are snake_case, so neither JSON nor Rust needs an escape here.
        table("JSON_MEMBERS", "&str", CODES, &|row| {
            let error_type = row.error_type.value.name;
            format!("r#\"\",\"type\":\"{error_type}\",\"code\":\"{}\"\"#", row.name)
        }),
    ]
    .concat()
}

fn origin(is_sdk: bool) -> String {
    format!("crate::model::Origin::{}", if is_sdk { "Sdk" } else { "Api" })
}

fn markdown(description: &str) -> String {
    markdown::escape(description).collect()
}

/// The rustdoc of a code: its description, then its type, status and retry with their sources.
fn code_docs(row: &CodeRow) -> String {
    let CodeRow { error_type, retry, .. } = row;
    let status = match row.status {
        Some(status) => format!("HTTP status {} ({})", status.value, status.provenance.as_str()),
        None => "raised by SDKs only (spec)".to_owned(),
    };
    format!(
        "{}\n\nType `{}` ({}), {status}, retry `{}` ({}).",
        markdown(row.description),
        error_type.value.name,
        error_type.provenance.as_str(),
        retry.value.as_str(),
        retry.provenance.as_str(),
    )
}

/// The enum `name`, the tables that both enums have, and the lookup.
///
/// The macro `declare` lets `src/model/` write the enum's own docs and derives by hand.
fn wire_enum(name: &str, declare: &str, entries: &[Entry], docs: &[String]) -> String {
    let mut variants = String::new();
    for (entry, doc) in entries.iter().zip(docs) {
        variants += &format!("#[doc = {doc:?}]\n");
        if let Some(since) = entry.withdrawn {
            let note = catalogue::WITHDRAWN;
            variants += &format!("#[deprecated(since = {since:?}, note = {note:?})]\n");
        }
        variants += &format!("{},\n", variant(entry.name));
    }
    [
        format!(
            "macro_rules! {declare} {{\n($(#[$meta:meta])* pub enum {name};) => {{\n\
             $(#[$meta])*\npub enum {name} {{\n{variants}}}\n}};\n}}\n"
        ),
        table("ALL", name, entries, &|entry| format!("{name}::{}", variant(entry.name))),
        table("NAMES", "&str", entries, &|entry| format!("{:?}", entry.name)),
        table("DESCRIPTIONS", "&str", entries, &|entry| format!("{:?}", entry.description)),
        table("WITHDRAWALS", "Option<&str>", entries, &|entry| format!("{:?}", entry.withdrawn)),
        lookup(name, entries),
    ]
    .concat()
}

/// The most names of a `match`. Beyond, it is slower than a binary search and its compile time is
/// no longer linear: see `benches/README.md`.
const MATCH_UP_TO: usize = 64;

fn lookup(name: &str, entries: &[Entry]) -> String {
    if entries.len() <= MATCH_UP_TO {
        let arm =
            |entry: &Entry| format!("{:?} => Some({name}::{}),", entry.name, variant(entry.name));
        let arms = lines(entries, &arm);
        return format!(
            "#[inline]\nfn lookup(name: &str) -> Option<{name}> {{\n\
             match name {{\n{arms}_ => None,\n}}\n}}\n"
        );
    }
    let mut names: Vec<_> = entries.iter().map(|entry| entry.name).collect();
    names.sort_unstable();
    let row = |row: &&str| format!("({row:?}, {name}::{})", variant(row));
    table("SORTED", &format!("(&str, {name})"), &names, &row)
        + &format!(
            "fn lookup(name: &str) -> Option<{name}> {{\n\
             let row = SORTED.binary_search_by(|(row, _)| (*row).cmp(name)).ok()?;\n\
             SORTED.get(row).map(|(_, value)| *value)\n}}\n"
        )
}

fn table<T>(name: &str, item: &str, rows: &[T], value: &dyn Fn(&T) -> String) -> String {
    let values = lines(rows, &|row| value(row) + ",");
    format!("static {name}: [{item}; {}] = [\n{values}];\n", rows.len())
}

fn lines<T>(rows: &[T], line: &dyn Fn(&T) -> String) -> String {
    let mut lines = String::new();
    for row in rows {
        lines += &line(row);
        lines.push('\n');
    }
    lines
}

/// `parameter_unknown` becomes `ParameterUnknown`.
fn variant(name: &str) -> String {
    let capitalised = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('_').map(capitalised).collect()
}
