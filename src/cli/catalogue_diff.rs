//! The differences between two catalogue exports.
//!
//! Members that this version does not know are named, and not compared. Those that only repeat others are left alone:
//! a type's list of codes, and the type and code inside an example.

use std::collections::{BTreeSet, HashMap};
use std::prelude::v1::*;

use serde_json::Value;

use super::difference::Category::{
    BreakingForClosedReaders, BreakingForProducers, Compatible, DocumentationOnly,
};
use super::difference::{Difference, NAME_REMOVED, TEXT, Verdict};
use crate::text::one_line::OneLine;

/// One of the export's lists of named rows.
struct Table {
    /// The export's member.
    member: &'static str,
    /// What one row is.
    kind: &'static str,
    facts: &'static [Fact],
    added: fn(&Value) -> Verdict,
    removed: Verdict,
}

/// What it is called, where it stands in the row, and what a change of it means.
type Fact = (&'static str, &'static str, fn(&Value, &Value) -> Verdict);

const DESCRIPTION: Fact = ("description", "/description", text);
const ORIGIN: Fact = ("origin", "/origin/value", origin);
const WITHDRAWN: Fact = ("withdrawn", "/withdrawn", withdrawn);
const PARAM: Fact = ("param", "/example/value/error/param", param);

#[rustfmt::skip]
const TABLES: [Table; 6] = [
    Table { member: "types", kind: "type", facts: TYPE, added: name_added, removed: NAME_REMOVED },
    Table { member: "codes", kind: "code", facts: CODE, added: name_added, removed: NAME_REMOVED },
    Table { member: "fields", kind: "field", facts: &[DESCRIPTION], added: field_added, removed: FIELD_REMOVED },
    Table { member: "retry", kind: "retry", facts: &[DESCRIPTION], added: retry_added, removed: RETRY_REMOVED },
    Table { member: "sources", kind: "source", facts: SOURCE, added: |_| TEXT, removed: TEXT },
    Table { member: "provenance", kind: "provenance", facts: &[DESCRIPTION], added: |_| TEXT, removed: TEXT },
];

const TYPE: &[Fact] =
    &[ORIGIN, WITHDRAWN, DESCRIPTION, ("source of origin", "/origin/provenance", source)];

const SOURCE: &[Fact] = &[DESCRIPTION, ("title", "/title", text), ("address", "/url", text)];

const CODE: &[Fact] = &[
    ("type", "/type/value", moved),
    ("status", "/status/value", status),
    ORIGIN,
    PARAM,
    ("retry", "/retry/value", retry),
    WITHDRAWN,
    DESCRIPTION,
    ("remedy", "/remedy/value", text),
    ("example", "/example/value/error/message", text),
    ("source of type", "/type/provenance", source),
    ("source of status", "/status/provenance", source),
    ("source of origin", "/origin/provenance", source),
    ("source of retry", "/retry/provenance", source),
    ("source of remedy", "/remedy/provenance", source),
    ("source of example", "/example/provenance", source),
    ("observed source of type", "/type/source", source),
    ("observed source of status", "/status/source", source),
    ("observed source of retry", "/retry/source", source),
    ("observed source of example", "/example/source", source),
    ("what other pages say", "/elsewhere", text),
];

/// Members of the export and of its rows that are no facts.
const KNOWN: &[&str] = &["generated", "version"];
const KNOWN_OF_ROW: &[&str] = &["name", "codes"];

/// What may be absent means the same as `null`: an example without a param, an export older than withdrawals.
fn may_be_absent(pointer: &str) -> bool {
    pointer == PARAM.1 || pointer == WITHDRAWN.1 || pointer.ends_with("/source")
}

const FIELD_REMOVED: Verdict = (
    BreakingForProducers,
    "A server that still sends it is not read, and a program that reads it no longer compiles.",
);
const RETRY_REMOVED: Verdict =
    (BreakingForProducers, "A program that names this rule no longer compiles.");

fn name_added(row: &Value) -> Verdict {
    if row.pointer(ORIGIN.1).is_some_and(|origin| origin == "sdk") {
        (
            Compatible,
            "Only SDKs raise it, so no answer brings it to a reader that does not know it.",
        )
    } else {
        (
            BreakingForClosedReaders,
            "A reader that takes only the names it knows refuses an answer with it.",
        )
    }
}

fn field_added(_: &Value) -> Verdict {
    (
        BreakingForClosedReaders,
        "A reader that refuses members it does not know refuses an answer with it.",
    )
}

fn retry_added(_: &Value) -> Verdict {
    (
        BreakingForProducers,
        "A program that matches every retry rule, without a wildcard, no longer compiles.",
    )
}

fn text(_: &Value, _: &Value) -> Verdict {
    TEXT
}

fn source(_: &Value, _: &Value) -> Verdict {
    (DocumentationOnly, "The fact is the same; only where it comes from is stated differently.")
}

fn moved(_: &Value, _: &Value) -> Verdict {
    (
        BreakingForProducers,
        "A server that sends the old pair no longer conforms, and a reader that checks pairs refuses the new one.",
    )
}

fn status(old: &Value, new: &Value) -> Verdict {
    let reason = match (old, new) {
        (Value::Null, _) => {
            "A program that counts on there being no status, since no answer had it, errs."
        }
        (_, Value::Null) => {
            "A program that sends or expects an answer with it errs: there is none now."
        }
        _ => {
            "A server that answers with the old status no longer conforms, and a client that goes by the status errs."
        }
    };
    (BreakingForProducers, reason)
}

fn origin(_: &Value, new: &Value) -> Verdict {
    let reason = if new == "sdk" {
        "A server that still answers with it no longer conforms: only SDKs raise it now."
    } else {
        "An SDK that raises it itself no longer conforms, and one that gets it in an answer takes it for its own."
    };
    (BreakingForProducers, reason)
}

/// Answers with a code whose example has a param must name one.
fn param(old: &Value, new: &Value) -> Verdict {
    match (old, new) {
        (Value::Null, _) => (
            BreakingForProducers,
            "A server whose answers with it name no parameter no longer conforms: they must now.",
        ),
        (_, Value::Null) => (
            BreakingForProducers,
            "An answer with it need no longer name a parameter, so a reader that relies on one finds none.",
        ),
        _ => TEXT,
    }
}

fn retry(old: &Value, new: &Value) -> Verdict {
    match (permitted(old), permitted(new)) {
        (Some(before), Some(now)) if now > before => (
            Compatible,
            "A program built with the old rule resends fewer requests than it may now.",
        ),
        (Some(_), Some(_)) => (
            BreakingForProducers,
            "A program built with the old rule still resends, and can post a letter twice.",
        ),
        _ => (
            BreakingForProducers,
            "This version does not know one of the rules. A program built with the old rule may \
             resend what the new rule forbids, and post a letter twice.",
        ),
    }
}

/// How much a retry rule permits: more for a higher number. `None` for a rule of a newer version.
fn permitted(rule: &Value) -> Option<u8> {
    match rule.as_str()? {
        "never" => Some(0),
        "if_idempotent" => Some(1),
        "after_delay" => Some(2),
        _ => None,
    }
}

fn withdrawn(old: &Value, new: &Value) -> Verdict {
    match (old, new) {
        (Value::Null, _) => (
            Compatible,
            "It stays and is still read, but no server should send it: a program that names it is warned.",
        ),
        (_, Value::Null) => {
            (Compatible, "It is in use again, and every reader that had it still knows it.")
        }
        _ => (
            DocumentationOnly,
            "It was withdrawn before and is now; only the version that did it is stated differently.",
        ),
    }
}

/// An export whose every row has what is compared.
pub(crate) struct Export<'a> {
    pub(crate) version: Option<&'a str>,
    /// As in [`TABLES`].
    tables: Vec<Rows<'a>>,
    /// Where members stand that a newer version may know.
    pub(crate) unknown: BTreeSet<String>,
}

struct Rows<'a> {
    in_order: Vec<(&'a str, &'a Value)>,
    by_name: HashMap<&'a str, &'a Value>,
}

impl<'a> Export<'a> {
    /// Fails with what the export lacks.
    pub(crate) fn new(export: &'a Value) -> Result<Self, String> {
        let tables =
            TABLES.iter().map(|table| Rows::new(export, table)).collect::<Result<_, _>>()?;
        let version = export.get("version").and_then(Value::as_str);
        Ok(Self { version, tables, unknown: unknown_members(export) })
    }

    pub(crate) fn differences(&self, new: &Self) -> Vec<Difference> {
        let tables = TABLES.iter().zip(self.tables.iter().zip(&new.tables));
        tables.flat_map(|(table, (old, new))| table.differences(old, new)).collect()
    }
}

fn unknown_members(export: &Value) -> BTreeSet<String> {
    let is_table = |name: &str| TABLES.iter().any(|table| table.member == name);
    let top = members(export)
        .filter(|name| !KNOWN.contains(name) && !is_table(name))
        .map(|name| format!("/{name}"));
    let of_rows = TABLES.iter().flat_map(|table| {
        let rows = export.get(table.member).and_then(Value::as_array).into_iter().flatten();
        rows.flat_map(members)
            .filter(|name| !table.knows(name))
            .map(|name| format!("/{}/*/{name}", table.member))
    });
    top.chain(of_rows).collect()
}

fn members(value: &Value) -> impl Iterator<Item = &str> {
    value.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str))
}

impl<'a> Rows<'a> {
    fn new(export: &'a Value, table: &Table) -> Result<Self, String> {
        let member = table.member;
        let rows = export
            .get(member)
            .and_then(Value::as_array)
            .ok_or_else(|| format!("it has no list `{member}`"))?;
        let mut in_order = Vec::with_capacity(rows.len());
        let mut by_name = HashMap::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let name = row.get("name").and_then(Value::as_str);
            let name =
                name.ok_or_else(|| format!("/{member}/{at} has no `name` that is a string"))?;
            let lacks =
                |(_, pointer, _): &&Fact| !may_be_absent(pointer) && row.pointer(pointer).is_none();
            if let Some((_, pointer, _)) = table.facts.iter().find(lacks) {
                return Err(format!(
                    "/{member}/{at}{pointer} of `{}` is missing",
                    OneLine::whole(name)
                ));
            }
            if by_name.insert(name, row).is_some() {
                return Err(format!(
                    "/{member}/{at}: the name `{}` comes twice",
                    OneLine::whole(name)
                ));
            }
            in_order.push((name, row));
        }
        Ok(Self { in_order, by_name })
    }

    fn names_also_in(&self, other: &Self) -> impl Iterator<Item = &'a str> {
        self.in_order.iter().map(|(name, _)| *name).filter(|name| other.by_name.contains_key(name))
    }
}

impl Table {
    fn knows(&self, member: &str) -> bool {
        let stands_in = |pointer: &str| pointer.split('/').nth(1) == Some(member);
        KNOWN_OF_ROW.contains(&member)
            || self.facts.iter().any(|(_, pointer, _)| stands_in(pointer))
    }

    fn differences(&self, old: &Rows<'_>, new: &Rows<'_>) -> Vec<Difference> {
        let mut differences = Vec::new();
        let added = new.in_order.iter().filter(|(name, _)| !old.by_name.contains_key(name));
        let added_by_text: HashMap<_, _> =
            added.filter_map(|(name, row)| Some((row.pointer(DESCRIPTION.1)?, *name))).collect();
        for (name, row) in &old.in_order {
            if !new.by_name.contains_key(name) {
                let description = row.pointer(DESCRIPTION.1);
                let mut removed =
                    Difference::new(self.kind, name, "removed", [description, None], self.removed);
                if let Some(heir) = description.and_then(|text| added_by_text.get(text)) {
                    removed.reason.push_str(&format!(
                        " (A rename is a removal: the new `{heir}` has its description.)"
                    ));
                }
                differences.push(removed);
            }
        }
        for (name, row) in &new.in_order {
            match old.by_name.get(name) {
                Some(before) => differences.extend(self.changes(name, before, row)),
                None => {
                    let values = [None, row.pointer(DESCRIPTION.1)];
                    differences.push(Difference::new(
                        self.kind,
                        name,
                        "added",
                        values,
                        (self.added)(row),
                    ));
                }
            }
        }
        differences.extend(Difference::of_order(
            self.kind,
            old.names_also_in(new),
            new.names_also_in(old),
        ));
        differences
    }

    fn changes(&self, name: &str, old: &Value, new: &Value) -> impl Iterator<Item = Difference> {
        self.facts.iter().filter_map(move |(what, pointer, verdict)| {
            let [old, new] = [old, new].map(|row| row.pointer(pointer).unwrap_or(&Value::Null));
            (old != new).then(|| {
                Difference::new(self.kind, name, what, [Some(old), Some(new)], verdict(old, new))
            })
        })
    }
}
