//! A catalogue export that was read, and its differences from another.
//!
//! Fields that this version does not know are named, and not compared.

use std::collections::{BTreeSet, HashMap};
use std::prelude::v1::*;

use serde_json::Value;

use super::difference::Difference;
use super::tables::{DESCRIPTION, Fact, KNOWN, KNOWN_OF_ROW, TABLES, Table, may_be_absent};
use crate::text::one_line::OneLine;

/// An export whose every row has the facts that are compared.
pub(super) struct Export<'a> {
    pub(super) version: Option<&'a str>,
    /// In the order of [`TABLES`].
    tables: Vec<Rows<'a>>,
    /// JSON pointers of fields that this version does not know.
    pub(super) unknown: BTreeSet<String>,
}

struct Rows<'a> {
    in_order: Vec<(&'a str, &'a Value)>,
    by_name: HashMap<&'a str, &'a Value>,
}

impl<'a> Export<'a> {
    /// Fails with what the export lacks.
    pub(super) fn new(export: &'a Value) -> Result<Self, String> {
        let tables =
            TABLES.iter().map(|table| Rows::new(export, table)).collect::<Result<_, _>>()?;
        let version = export.get("version").and_then(Value::as_str);
        Ok(Self { version, tables, unknown: unknown_members(export) })
    }

    pub(super) fn differences(&self, new: &Self) -> Vec<Difference> {
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
                        " (A rename is a removal: the new `{heir}` has the same description.)"
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
