//! Checks every row of `src/catalogue.rs`, then writes the enums and their lookups to `OUT_DIR`.
//!
//! Why a build script: the enums, the descriptions and the lookups must come from one list, and a
//! procedural macro would be paid for in every clean build of everyone downstream. Std only.
//! `tests/lookups.rs` includes this file as a module, hence the `pub(crate)`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, process};

#[path = "src/catalogue.rs"]
#[allow(dead_code)] // The library publishes more of it than is needed here.
pub(crate) mod catalogue;
#[path = "src/text/markdown.rs"]
mod markdown;
#[path = "src/perfect_hash.rs"]
#[allow(dead_code)] // `find` is for the library, and for `tests/lookups.rs`.
pub(crate) mod perfect_hash;
#[path = "src/model/retry.rs"]
#[allow(dead_code)]
mod retry;
mod model {
    pub(crate) use super::retry::Retry;
}

use catalogue::{CodeRow, FieldRow, TypeRow};

fn main() {
    for file in [
        "build.rs",
        "src/catalogue.rs",
        "src/text/markdown.rs",
        "src/perfect_hash.rs",
        "src/model/retry.rs",
    ] {
        println!("cargo::rerun-if-changed={file}");
    }
    // Set by cargo for every build script.
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let faults = faults(catalogue::FIELDS, catalogue::TYPES, catalogue::CODES, &version);
    if !faults.is_empty() {
        for fault in faults {
            println!("cargo::error={fault}");
        }
        return; // Cargo fails the build by those lines, and does not go on to the library.
    }
    let generated = [
        ("fields.rs", field_descriptions(catalogue::FIELDS)),
        ("error_type.rs", error_type_enum(catalogue::TYPES, catalogue::CODES)),
        ("error_code.rs", error_code_enum(catalogue::CODES)),
    ];
    let out_dir = env::var_os("OUT_DIR").unwrap_or_default();
    for (name, text) in generated {
        let path = Path::new(&out_dir).join(name);
        if let Err(error) = fs::write(&path, text) {
            println!("cargo::error=cannot write {}: {error}", path.display());
            process::exit(1);
        }
    }
}

// The rules.

/// Every fault of the tables, in the order of their lines, as `src/catalogue.rs:LINE: KIND `NAME`: RULE`.
/// `version` is the crate's own.
pub(crate) fn faults(
    fields: &[FieldRow],
    types: &[TypeRow],
    codes: &[CodeRow],
    version: &str,
) -> Vec<String> {
    let mut faults = Faults::default();
    faults.of_table("field", &mut fields.iter().map(|row| (row.name, row.description, row.line)));
    let lines_of_types =
        faults.of_table("type", &mut types.iter().map(|row| (row.name, row.description, row.line)));
    faults.of_table("code", &mut codes.iter().map(|row| (row.name, row.description, row.line)));
    for row in types {
        faults.of_withdrawal("type", row.name, row.line, row.withdrawn, version);
    }
    for row in codes {
        faults.of_code(row, &lines_of_types);
        faults.of_withdrawal("code", row.name, row.line, row.withdrawn, version);
    }
    faults.0.into_iter().map(|(_, fault)| fault).collect()
}

/// The lines of each name. One type of map, and no sorting, since both are dear to compile: everyone who depends on the
/// crate compiles this file.
type Lines = HashMap<&'static str, Vec<u32>>;

/// With their lines, which they are in the order of.
#[derive(Default)]
struct Faults(Vec<(u32, String)>);

impl Faults {
    fn add(&mut self, line: u32, kind: &str, name: &str, rule: &str) {
        // A literal path: `file!()` is absolute when the crate is built as a dependency.
        let fault = format!("src/catalogue.rs:{line}: {kind} `{}`: {rule}", name.escape_debug());
        let after = self.0.partition_point(|(earlier, _)| *earlier <= line);
        self.0.insert(after, (line, fault));
    }

    /// `rows` are name, description and line.
    fn of_table(
        &mut self,
        kind: &str,
        rows: &mut dyn Iterator<Item = (&'static str, &'static str, u32)>,
    ) -> Lines {
        let mut all_lines = Lines::new();
        for (name, description, line) in rows {
            if let Some(rule) = name_fault(name) {
                self.add(line, kind, name, rule);
            }
            let lines = all_lines.entry(name).or_default();
            lines.push(line);
            if let [first, _, ..] = lines[..] {
                self.add(line, kind, name, &format!("the name is already taken, at line {first}"));
            }
            if let Some(rule) = sentence_fault("description", description) {
                self.add(line, kind, name, &rule);
            }
        }
        all_lines
    }

    fn of_withdrawal(
        &mut self,
        kind: &str,
        name: &str,
        line: u32,
        withdrawn: Option<&str>,
        own: &str,
    ) {
        if let Some(rule) = withdrawn.and_then(|version| withdrawal_fault(version, own)) {
            self.add(line, kind, name, &rule);
        }
    }

    fn of_code(&mut self, row: &CodeRow, lines_of_types: &Lines) {
        let mut add = |rule: &str| self.add(row.line, "code", row.name, rule);
        let error_type = row.error_type.value;
        // By line: the row of a left-out type may bear the name of one that is in the table.
        if !lines_of_types
            .get(error_type.name)
            .is_some_and(|lines| lines.contains(&error_type.line))
        {
            add(&format!(
                "its type `{}`, of line {}, is not in TYPES: add it there",
                error_type.name, error_type.line
            ));
        }
        if row.name != error_type.name && lines_of_types.contains_key(row.name) {
            add(&format!(
                "a type has this name too: the code must belong to it, not to `{}`",
                error_type.name
            ));
        }
        if error_type.withdrawn.is_some() && row.withdrawn.is_none() {
            add(&format!("its type `{}` is withdrawn: withdraw the code, too", error_type.name));
        }
        if let Some(status) = row.status {
            if !(400..=599).contains(&status.value) {
                add(&format!("status {} is not an HTTP error status, 400 to 599", status.value));
            }
        }
        if let Some(rule) = sentence_fault("remedy", row.remedy.value) {
            add(&rule);
        }
        for (what, provenance) in
            [("remedy", row.remedy.provenance), ("example", row.example.provenance)]
        {
            if provenance == catalogue::Provenance::Spec {
                add(&format!("the specification gives no {what}: say `observed` or `advice`"));
            }
        }
        if let Some(rule) = line_fault("example's message", row.example.value.message) {
            add(&rule);
        }
        if let Some(rule) =
            row.example.value.param.and_then(|param| line_fault("example's param", param))
        {
            add(&rule);
        }
    }
}

fn name_fault(name: &str) -> Option<&'static str> {
    // Each word starts with a letter, so that two names never make one variant (`a_1` and `a1`).
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if !name.split('_').all(is_word) {
        Some(
            "the name must be snake_case: words of a-z and 0-9 that start with a letter, joined by `_`",
        )
    } else if name == "self" {
        Some("the name makes the variant `Self`, which Rust keeps for itself")
    } else {
        None
    }
}

fn withdrawal_fault(withdrawn: &str, own: &str) -> Option<String> {
    // A release candidate counts as the release that it is for.
    let release = own.split(['-', '+']).next().unwrap_or_default();
    match version(withdrawn) {
        None => {
            Some(format!("withdrawn in `{}`: the version must be x.y.z", withdrawn.escape_debug()))
        }
        later if later > version(release) => Some(format!(
            "withdrawn in {withdrawn}, later than this version, {own}: raise that in Cargo.toml first"
        )),
        Some(_) => None,
    }
}

/// The numbers of `x.y.z`, which compare as versions do.
fn version(text: &str) -> Option<[u64; 3]> {
    let number = |part: &str| part.parse().ok().filter(|number: &u64| number.to_string() == part);
    let numbers: Option<Vec<u64>> = text.split('.').map(number).collect();
    numbers?.try_into().ok()
}

fn line_fault(what: &str, text: &str) -> Option<String> {
    if text.is_empty() {
        Some(format!("the {what} is empty"))
    } else if text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        Some(format!("the {what} must be one line, without control characters"))
    } else if text.trim() != text {
        Some(format!("the {what} must not start or end with white space"))
    } else {
        None
    }
}

fn sentence_fault(what: &str, text: &str) -> Option<String> {
    let no_stop =
        || (!text.ends_with('.')).then(|| format!("the {what} must end with a full stop"));
    line_fault(what, text).or_else(no_stop)
}

// What is written.

/// A macro that gives a field's description as a literal, for `#[doc]` and the schema alike.
fn field_descriptions(fields: &[FieldRow]) -> String {
    let arms = lines(fields, &|row| format!("({}) => {{ {:?} }};", row.name, row.description));
    format!("macro_rules! description_of {{\n{arms}}}\n")
}

fn error_type_enum(types: &[TypeRow], codes: &[CodeRow]) -> String {
    let rows: Vec<_> =
        types.iter().map(|row| (row.name, row.description, String::new(), row.withdrawn)).collect();
    // A type that only SDKs raise is one whose every code is.
    let (mut api, mut sdk) = (Lines::new(), Lines::new());
    for row in codes {
        let origin = if row.status.is_some() { &mut api } else { &mut sdk };
        origin.entry(row.error_type.value.name).or_default().push(row.line);
    }
    let origins =
        lines(types, &|row| origin(sdk.contains_key(row.name) && !api.contains_key(row.name)));
    let origins = table("ORIGINS", "crate::model::Origin", types.len(), &origins);
    name_enum("ErrorType", "declare_error_type", &rows, &origins)
}

fn error_code_enum(codes: &[CodeRow]) -> String {
    let rows: Vec<_> = codes
        .iter()
        .map(|row| (row.name, row.description, code_facts(row), row.withdrawn))
        .collect();
    let types = lines(codes, &|row| {
        format!("crate::model::ErrorType::{},", variant(row.error_type.value.name))
    });
    let statuses = lines(codes, &|row| format!("{:?},", row.status.map(|status| status.value)));
    let retries = lines(codes, &|row| format!("crate::model::Retry::{:?},", row.retry.value));
    let origins = lines(codes, &|row| origin(row.status.is_none()));
    // No name has a character that JSON or Rust would escape.
    let members = lines(codes, &|row| {
        format!("r#\"\",\"type\":\"{}\",\"code\":\"{}\"\"#,", row.error_type.value.name, row.name)
    });
    let tables = [
        table("ERROR_TYPES", "crate::model::ErrorType", codes.len(), &types),
        table("STATUSES", "Option<u16>", codes.len(), &statuses),
        table("RETRIES", "crate::model::Retry", codes.len(), &retries),
        table("ORIGINS", "crate::model::Origin", codes.len(), &origins),
        table("JSON_MEMBERS", "&str", codes.len(), &members),
    ];
    name_enum("ErrorCode", "declare_error_code", &rows, &tables.concat())
}

fn origin(is_sdk: bool) -> String {
    format!("crate::model::Origin::{},", if is_sdk { "Sdk" } else { "Api" })
}

/// The second paragraph of a code's rustdoc: the facts that its methods give, with their sources.
fn code_facts(row: &CodeRow) -> String {
    let mut facts =
        format!("Type `{}` ({}), ", row.error_type.value.name, row.error_type.provenance.as_str());
    let _ = match row.status {
        Some(status) => {
            write!(facts, "HTTP status {} ({})", status.value, status.provenance.as_str())
        }
        None => write!(facts, "raised by SDKs only (spec)"),
    };
    let _ = write!(
        facts,
        ", retry `{}` ({}).",
        row.retry.value.as_str(),
        row.retry.provenance.as_str()
    );
    facts
}

/// The enum, as a macro that `src/` calls, so that its own rustdoc and derives stand where a reader looks
/// for them; then its tables and its lookup by name. `rows` are name, description, further rustdoc and the version
/// that withdrew it.
fn name_enum(
    name: &str,
    declare: &str,
    rows: &[(&str, &str, String, Option<&str>)],
    tables: &str,
) -> String {
    let variants = lines(rows, &|(name, description, facts, withdrawn)| {
        let doc = format!("{}\n\n{facts}", markdown::escape(description).collect::<String>());
        format!("#[doc = {:?}]\n{}{},", doc.trim_end(), deprecation(*withdrawn), variant(name))
    });
    let all = lines(rows, &|(row, ..)| format!("{name}::{},", variant(row)));
    let names = lines(rows, &|(row, ..)| format!("{row:?},"));
    let descriptions = lines(rows, &|(_, description, ..)| format!("{description:?},"));
    let withdrawals = lines(rows, &|(.., withdrawn)| format!("{withdrawn:?},"));
    let declaration = format!(
        "macro_rules! {declare} {{\n($(#[$meta:meta])* pub enum {name};) => {{\n\
         $(#[$meta])*\npub enum {name} {{\n{variants}}}\n}};\n}}\n"
    );
    let wire_names: Vec<_> = rows.iter().map(|(row, ..)| *row).collect();
    let lookup = if rows.len() <= MATCH_UP_TO {
        match_lookup(name, &wire_names)
    } else {
        hash_lookup(name, &wire_names)
    };
    [
        declaration,
        table("ALL", name, rows.len(), &all),
        table("NAMES", "&str", rows.len(), &names),
        table("DESCRIPTIONS", "&str", rows.len(), &descriptions),
        table("WITHDRAWALS", "Option<&str>", rows.len(), &withdrawals),
        tables.to_owned(),
        lookup,
    ]
    .concat()
}

fn deprecation(withdrawn: Option<&str>) -> String {
    let attribute = |version| {
        format!("#[deprecated(since = {version:?}, note = {:?})]\n", catalogue::WITHDRAWN)
    };
    withdrawn.map(attribute).unwrap_or_default()
}

/// Beyond it, a `match` is slower to ask, and takes ever longer to compile: see `benches/README.md`.
const MATCH_UP_TO: usize = 64;

fn match_lookup(name: &str, names: &[&str]) -> String {
    let arms = lines(names, &|row| format!("{row:?} => Some({name}::{}),", variant(row)));
    format!(
        "#[inline]\nfn lookup(name: &str) -> Option<{name}> {{\nmatch name {{\n{arms}_ => None,\n}}\n}}\n"
    )
}

fn hash_lookup(name: &str, names: &[&str]) -> String {
    let PerfectHash { seed, shifts, rows } = PerfectHash::new(names);
    let text = include_str!("src/perfect_hash.rs");
    let find = format!("perfect_hash::find(name, &NAMES, &SHIFTS, &ROWS, {seed})");
    [
        table("SHIFTS", "u16", shifts.len(), &lines(&shifts, &|shift| format!("{shift},"))),
        table("ROWS", "u16", rows.len(), &lines(&rows, &|row| format!("{row},"))),
        format!("#[allow(unreachable_pub)]\nmod perfect_hash {{\n{text}}}\n"),
        format!("fn lookup(name: &str) -> Option<{name}> {{\nALL.get({find}?).copied()\n}}\n"),
    ]
    .concat()
}

/// The tables by which `perfect_hash::find` leads each name to its own row.
pub(crate) struct PerfectHash {
    pub(crate) seed: u64,
    pub(crate) shifts: Vec<u16>,
    pub(crate) rows: Vec<u16>,
}

impl PerfectHash {
    /// The names differ, and are at most 65,536.
    pub(crate) fn new(names: &[&str]) -> Self {
        // A seed fails where no shift parts two names. Another does.
        (0..).find_map(|seed| Self::with_seed(names, seed)).expect("a seed")
    }

    fn with_seed(names: &[&str], seed: u64) -> Option<Self> {
        let mut rows = vec![0; (names.len() * 4 / 3 + 1).next_power_of_two()];
        let mut shifts = vec![0; (names.len() / 4 + 1).next_power_of_two()];
        let mut is_taken = vec![false; rows.len()];
        let mut buckets = vec![Vec::new(); shifts.len()];
        for (row, name) in names.iter().enumerate() {
            let hash = perfect_hash::hash(name, seed);
            buckets[perfect_hash::bucket(hash, shifts.len())]
                .push((hash, u16::try_from(row).ok()?));
        }
        let largest = buckets.iter().map(Vec::len).max()?;
        // The largest are the hardest to place.
        let by_size = (1..=largest).rev().flat_map(|len| {
            buckets.iter().enumerate().filter(move |(_, bucket)| bucket.len() == len)
        });
        for (at, bucket) in by_size {
            let places = |shift| -> Vec<_> {
                bucket
                    .iter()
                    .map(|(hash, _)| perfect_hash::place(*hash, shift, is_taken.len()))
                    .collect()
            };
            let fits = |shift: &u16| {
                let places = places(*shift);
                let is_free =
                    |(nth, place): (_, &usize)| !is_taken[*place] && !places[..nth].contains(place);
                places.iter().enumerate().all(is_free)
            };
            shifts[at] = (0..=u16::MAX).find(fits)?;
            for ((_, row), place) in bucket.iter().zip(places(shifts[at])) {
                is_taken[place] = true;
                rows[place] = *row;
            }
        }
        Some(Self { seed, shifts, rows })
    }
}

fn table(name: &str, item: &str, len: usize, items: &str) -> String {
    format!("static {name}: [{item}; {len}] = [\n{items}];\n")
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
