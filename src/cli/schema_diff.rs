//! The differences between two strict schemas.
//!
//! Every keyword is compared, at every depth. What this command cannot judge counts as breaking.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::prelude::v1::*;

use serde_json::{Map, Value};

use super::difference::Category::{BreakingForClosedReaders, BreakingForProducers, Compatible};
use super::difference::{Difference, NAME_REMOVED, TEXT, Verdict};
use crate::text::one_line::OneLine;

const KIND: &str = "schema";

/// The definitions whose `enum` lists names, and what these are.
const NAMES: [(&str, &str); 2] = [("#/$defs/ErrorType", "type"), ("#/$defs/ErrorCode", "code")];

const NAME_ADDED: Verdict = (
    BreakingForClosedReaders,
    "A reader that takes only the names it knows refuses an answer with it (unless only SDKs raise it: a schema does not say).",
);
const PROPERTY_ADDED: Verdict = (
    BreakingForClosedReaders,
    "A reader that refuses members it does not know refuses an answer with it.",
);
const PROPERTY_REMOVED: Verdict = (
    BreakingForProducers,
    "What a server sends there is no longer checked, and a program that reads the member no longer compiles.",
);
const DEFINITION_ADDED: Verdict = (Compatible, "Nothing referred to it before.");
const DEFINITION_REMOVED: Verdict = (
    BreakingForProducers,
    "A schema that refers to it, or a program that uses the type made of it, no longer builds.",
);
const REQUIRED_ADDED: Verdict =
    (BreakingForProducers, "An answer without this member is no longer valid.");
const REQUIRED_REMOVED: Verdict = (
    BreakingForProducers,
    "An answer may lack this member now, so every reader that relies on it fails.",
);
const TYPE_ADDED: Verdict = (
    BreakingForProducers,
    "An answer may hold this now, so every reader that expects the old types only fails.",
);
const TYPE_REMOVED: Verdict =
    (BreakingForProducers, "An answer that holds this is no longer valid.");
const UNKNOWN: Verdict = (
    BreakingForProducers,
    "It may change which answers are valid, in a way that is not known here: compare by hand.",
);

fn keyword_verdict(keyword: &str) -> Verdict {
    match keyword {
        "description" | "$comment" | "examples" | "default" => TEXT,
        "title" => (
            BreakingForProducers,
            "A generator names its type after it: a program that uses that no longer compiles.",
        ),
        "$id" => {
            (BreakingForProducers, "A schema that refers to this one by its ID finds nothing.")
        }
        "deprecated" => (
            Compatible,
            "It decides nothing about which answers are valid; tools warn of it, or no longer do.",
        ),
        _ if keyword.starts_with("x-") => (
            Compatible,
            "It decides nothing about which answers are valid; a tool that reads it sees another value.",
        ),
        _ => UNKNOWN,
    }
}

/// Fails with why this is no strict schema.
pub(crate) fn require_strict(schema: &Value) -> Result<(), String> {
    for member in ["type", "code"] {
        let pointer = format!("/$defs/ErrorObject/properties/{member}");
        let property = schema.pointer(&pointer).ok_or_else(|| format!("{pointer} is missing"))?;
        if property.get("$ref").is_none() && property.get("enum").is_none() {
            return Err(format!(
                "it is an open schema: `{member}` is any string in it, so it cannot show what changed"
            ));
        }
    }
    NAMES.iter().try_for_each(|(path, _)| require_names(schema, path))
}

fn require_names(schema: &Value, path: &str) -> Result<(), String> {
    let definition = schema.pointer(path.trim_start_matches('#'));
    let list = |keyword| {
        definition.and_then(|definition| definition.get(keyword)).and_then(Value::as_array)
    };
    let names = list("enum").ok_or_else(|| format!("{path}/enum is missing"))?;
    let mut seen = HashSet::new();
    for (at, name) in names.iter().enumerate() {
        let name = name.as_str().ok_or_else(|| format!("{path}/enum/{at} is no string"))?;
        if !seen.insert(name) {
            return Err(format!(
                "{path}/enum/{at}: the name `{}` comes twice",
                OneLine::whole(name)
            ));
        }
    }
    match list("x-enum-descriptions") {
        Some(descriptions) if descriptions.len() == names.len() => Ok(()),
        _ => Err(format!("{path}/x-enum-descriptions has not one description for each name")),
    }
}

pub(crate) fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    compare("#", old, new, &mut differences);
    differences
}

fn compare(path: &str, old: &Value, new: &Value, out: &mut Vec<Difference>) {
    let (Value::Object(before), Value::Object(after)) = (old, new) else {
        if old != new {
            out.push(Difference::new(KIND, path, "the whole", [Some(old), Some(new)], UNKNOWN));
        }
        return;
    };
    let names = NAMES.iter().find(|(definition, _)| *definition == path);
    if let Some((_, kind)) = names {
        compare_names(path, kind, [before, after], out);
    }
    for keyword in keys(before, after) {
        let values @ [old, new] = [before.get(keyword), after.get(keyword)];
        match (keyword, old, new) {
            ("enum" | "x-enum-descriptions" | "description", ..) if names.is_some() => {}
            ("properties", Some(Value::Object(_)) | None, Some(Value::Object(_)) | None) => {
                compare_members(path, keyword, values, [PROPERTY_ADDED, PROPERTY_REMOVED], out);
            }
            ("$defs", Some(Value::Object(_)) | None, Some(Value::Object(_)) | None) => {
                compare_members(path, keyword, values, [DEFINITION_ADDED, DEFINITION_REMOVED], out);
            }
            ("required", _, _) => {
                compare_sets(path, keyword, values, [REQUIRED_ADDED, REQUIRED_REMOVED], out)
            }
            ("type", Some(_), Some(_)) => {
                compare_sets(path, keyword, values, [TYPE_ADDED, TYPE_REMOVED], out)
            }
            ("enum", Some(_), Some(_)) => {
                compare_sets(path, keyword, values, [NAME_ADDED, NAME_REMOVED], out)
            }
            _ => compare_keyword(path, keyword, values, out),
        }
    }
}

fn compare_keyword(
    path: &str,
    keyword: &str,
    values: [Option<&Value>; 2],
    out: &mut Vec<Difference>,
) {
    if values[0] != values[1] {
        out.push(Difference::new(KIND, path, keyword, values, keyword_verdict(keyword)));
    }
}

/// The keys of both, sorted: a map's own order is a matter of serde_json's features.
fn keys<'a>(old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> BTreeSet<&'a str> {
    old.keys().chain(new.keys()).map(String::as_str).collect()
}

/// Schemas by name.
fn compare_members(
    path: &str,
    keyword: &str,
    values: [Option<&Value>; 2],
    [added, removed]: [Verdict; 2],
    out: &mut Vec<Difference>,
) {
    let none = Map::new();
    let [old, new] = values.map(|value| value.and_then(Value::as_object).unwrap_or(&none));
    for name in keys(old, new) {
        let path = format!("{path}/{keyword}/{}", name.replace('~', "~0").replace('/', "~1"));
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) => compare(&path, old, new, out),
            (old @ Some(_), None) => {
                out.push(Difference::new(KIND, &path, "removed", [old, None], removed))
            }
            (None, new) => out.push(Difference::new(KIND, &path, "added", [None, new], added)),
        }
    }
}

/// Lists whose order says nothing, and a single value instead of a list of one.
fn compare_sets(
    path: &str,
    keyword: &str,
    values: [Option<&Value>; 2],
    [added, removed]: [Verdict; 2],
    out: &mut Vec<Difference>,
) {
    let items = |value: Option<&Value>| match value {
        Some(Value::Array(items)) => items.clone(),
        value => value.cloned().into_iter().collect(),
    };
    let [old, new] = values.map(items);
    let [in_old, in_new] = [&old, &new].map(|items| items.iter().collect::<HashSet<_>>());
    let before = out.len();
    for item in old.iter().filter(|item| !in_new.contains(item)) {
        out.push(Difference::new(
            KIND,
            path,
            &format!("removed from {keyword}"),
            [Some(item), None],
            removed,
        ));
    }
    for item in new.iter().filter(|item| !in_old.contains(item)) {
        out.push(Difference::new(
            KIND,
            path,
            &format!("added to {keyword}"),
            [None, Some(item)],
            added,
        ));
    }
    if out.len() == before && values[0] != values[1] {
        out.push(Difference::new(KIND, path, keyword, values, TEXT));
    }
}

/// An enum's names with what is said of each, and what is said of all.
struct Names<'a> {
    in_order: Vec<&'a str>,
    /// The description, and the line that repeats it for people.
    texts: HashMap<&'a str, (&'a Value, &'a str)>,
    about: Value,
}

impl<'a> Names<'a> {
    fn new(definition: &'a Map<String, Value>) -> Self {
        let list =
            |keyword| definition.get(keyword).and_then(Value::as_array).into_iter().flatten();
        let in_order: Vec<_> = list("enum").filter_map(Value::as_str).collect();
        let mut texts: HashMap<_, _> = in_order
            .iter()
            .copied()
            .zip(list("x-enum-descriptions").map(|text| (text, "")))
            .collect();
        let mut about = Vec::new();
        for line in
            definition.get("description").and_then(Value::as_str).unwrap_or_default().lines()
        {
            let name = line
                .strip_prefix("- `")
                .and_then(|rest| rest.split_once('`'))
                .map(|(name, _)| name);
            match name.and_then(|name| texts.get_mut(name)) {
                Some((_, repeated)) if repeated.is_empty() => *repeated = line,
                _ => about.push(line),
            }
        }
        let about = about.join("\n").trim_end().into();
        Self { in_order, texts, about }
    }

    fn names_also_in(&self, other: &Self) -> impl Iterator<Item = &'a str> {
        self.in_order.iter().copied().filter(|name| other.texts.contains_key(name))
    }
}

fn compare_names(
    path: &str,
    kind: &'static str,
    values: [&Map<String, Value>; 2],
    out: &mut Vec<Difference>,
) {
    let found = out.len();
    let texts = values.map(|definition| definition.get("description"));
    let [old, new] = values.map(Names::new);
    for name in old.in_order.iter().filter(|name| !new.texts.contains_key(*name)) {
        let description = old.texts.get(name).map(|(text, _)| *text);
        out.push(Difference::new(kind, name, "removed", [description, None], NAME_REMOVED));
    }
    for name in &new.in_order {
        match [old.texts.get(name), new.texts.get(name)] {
            [None, text] => {
                out.push(Difference::new(
                    kind,
                    name,
                    "added",
                    [None, text.map(|(text, _)| *text)],
                    NAME_ADDED,
                ));
            }
            [Some((before, old)), Some((after, new))] if (before, old) != (after, new) => {
                let lines = [Value::from(*old), Value::from(*new)];
                let texts =
                    if before == after { [&lines[0], &lines[1]] } else { [*before, *after] };
                out.push(Difference::new(kind, name, "description", texts.map(Some), TEXT));
            }
            _ => {}
        }
    }
    out.extend(Difference::of_order(kind, old.names_also_in(&new), new.names_also_in(&old)));
    compare_keyword(path, "description", [Some(&old.about), Some(&new.about)], out);
    // Lines in another order, or other blanks.
    if out.len() == found {
        compare_keyword(path, "description", texts, out);
    }
}
