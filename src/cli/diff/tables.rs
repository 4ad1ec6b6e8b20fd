//! The tables of a catalogue export, and whom a change of each of their facts breaks.
//!
//! Each function below returns a category and one sentence that says whom the change breaks. Fields
//! that only repeat others are not in the tables: a type's list of codes, and the type and code inside
//! an example.

use serde_json::Value;

use super::difference::Category::{
    BreakingForClosedReaders, BreakingForProducers, Compatible, DocumentationOnly,
};
use super::difference::Verdict;

/// One of the export's lists of named rows.
pub(super) struct Table {
    /// The export's field.
    pub(super) member: &'static str,
    /// What one row is.
    pub(super) kind: &'static str,
    pub(super) facts: &'static [Fact],
    pub(super) added: fn(&Value) -> Verdict,
    pub(super) removed: Verdict,
}

/// A fact's name, its JSON pointer in the row, and whom a change of it breaks.
pub(super) type Fact = (&'static str, &'static str, fn(&Value, &Value) -> Verdict);

pub(super) const DESCRIPTION: Fact = ("description", "/description", text);
const ORIGIN: Fact = ("origin", "/origin/value", origin);
const WITHDRAWN: Fact = ("withdrawn", "/withdrawn", withdrawn);
const PARAM: Fact = ("param", "/example/value/error/param", param);

#[rustfmt::skip]
pub(super) const TABLES: [Table; 6] = [
    Table { member: "types", kind: "type", facts: TYPE, added: name_added, removed: NAME_REMOVED },
    Table { member: "codes", kind: "code", facts: CODE, added: name_added, removed: NAME_REMOVED },
    Table { member: "fields", kind: "field", facts: &[DESCRIPTION], added: field_added, removed: FIELD_REMOVED },
    Table { member: "retry", kind: "retry", facts: &[DESCRIPTION], added: retry_added, removed: RETRY_REMOVED },
    Table { member: "sources", kind: "source", facts: SOURCE, added: text_row, removed: TEXT },
    Table { member: "provenance", kind: "provenance", facts: &[DESCRIPTION], added: text_row, removed: TEXT },
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

/// Fields of the export and of its rows that are not facts.
pub(super) const KNOWN: &[&str] = &["generated", "version"];
pub(super) const KNOWN_OF_ROW: &[&str] = &["name", "codes"];

/// True if an absent field means the same as `null`: an example without a param, or an export that is
/// older than withdrawals and sources.
pub(super) fn may_be_absent(pointer: &str) -> bool {
    pointer == PARAM.1 || pointer == WITHDRAWN.1 || pointer.ends_with("/source")
}

const TEXT: Verdict =
    (DocumentationOnly, "Breaks nobody: only words that people read have changed.");
const NAME_REMOVED: Verdict = (
    BreakingForProducers,
    "Breaks servers that still send the name, and programs whose source names it.",
);
const FIELD_REMOVED: Verdict =
    (BreakingForProducers, "Breaks servers that still send the field, and programs that read it.");
const RETRY_REMOVED: Verdict =
    (BreakingForProducers, "Breaks programs whose source names the rule.");

fn text(_: &Value, _: &Value) -> Verdict {
    TEXT
}

fn text_row(_: &Value) -> Verdict {
    TEXT
}

fn name_added(row: &Value) -> Verdict {
    if row.pointer(ORIGIN.1).is_some_and(|origin| origin == "sdk") {
        (Compatible, "Breaks nobody: only SDKs raise it, so no response has it.")
    } else {
        (BreakingForClosedReaders, "Breaks readers that reject unknown names.")
    }
}

fn field_added(_: &Value) -> Verdict {
    (BreakingForClosedReaders, "Breaks readers that reject unknown fields.")
}

fn retry_added(_: &Value) -> Verdict {
    (BreakingForProducers, "Breaks programs that match every retry rule without a wildcard.")
}

fn source(_: &Value, _: &Value) -> Verdict {
    (
        DocumentationOnly,
        "Breaks nobody: the fact is the same, and only its stated source has changed.",
    )
}

fn moved(_: &Value, _: &Value) -> Verdict {
    (
        BreakingForProducers,
        "Breaks servers that send the old type with the code, and readers that check the pair.",
    )
}

fn status(old: &Value, new: &Value) -> Verdict {
    let whom = match (old, new) {
        (Value::Null, _) => {
            "Breaks programs that rely on the code having no status, because no response had it."
        }
        (_, Value::Null) => {
            "Breaks programs that send or expect the code with a status, because it has none now."
        }
        _ => {
            "Breaks servers that send the code with the old status, and clients that go by the status."
        }
    };
    (BreakingForProducers, whom)
}

fn origin(_: &Value, new: &Value) -> Verdict {
    let whom = if new == "sdk" {
        "Breaks servers that still send the name, because only SDKs raise it now."
    } else {
        "Breaks SDKs that raise the name themselves, and clients that take it for their SDK's own, \
         because the API sends it now."
    };
    (BreakingForProducers, whom)
}

/// A response with a code whose example has a param must name one.
fn param(old: &Value, new: &Value) -> Verdict {
    match (old, new) {
        (Value::Null, _) => (
            BreakingForProducers,
            "Breaks servers that send the code without a param, because it must name one now.",
        ),
        (_, Value::Null) => (
            BreakingForProducers,
            "Breaks readers that rely on a param, because the code need not name one now.",
        ),
        _ => TEXT,
    }
}

fn retry(old: &Value, new: &Value) -> Verdict {
    match (permitted(old), permitted(new)) {
        (Some(before), Some(now)) if now > before => (
            Compatible,
            "Breaks nobody: a client built with the old rule resends fewer requests than it may.",
        ),
        (Some(_), Some(_)) => (
            BreakingForProducers,
            "Breaks clients built with the old rule: they still resend, and can post a letter twice.",
        ),
        _ => (
            BreakingForProducers,
            "May break clients built with the old rule: this version does not know one of the two \
             rules, so they may resend what is now forbidden, and post a letter twice.",
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
            "Breaks nobody: the name still decodes, but no server should send it, and a program whose \
             source names it is warned.",
        ),
        (_, Value::Null) => (
            Compatible,
            "Breaks nobody: the name is in use again, and every reader that had it still knows it.",
        ),
        _ => (
            DocumentationOnly,
            "Breaks nobody: the name stays withdrawn, and only the stated version has changed.",
        ),
    }
}
