//! What differs between two catalogue exports, and whom each difference breaks.

use serde::Serialize;
use serde_json::Value;
use std::prelude::v1::*;

/// Whom a difference breaks, the worst first. A difference that breaks both is in the worse category,
/// and its sentence names both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Category {
    /// What a server may send, what every reader may rely on, or what a program compiles against no
    /// longer holds.
    BreakingForProducers,
    /// Only a reader that rejects unknown names fails.
    BreakingForClosedReaders,
    Compatible,
    DocumentationOnly,
}

impl Category {
    pub(super) const ALL: [Self; 4] = [
        Self::BreakingForProducers,
        Self::BreakingForClosedReaders,
        Self::Compatible,
        Self::DocumentationOnly,
    ];

    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::BreakingForProducers => "Breaking for producers",
            Self::BreakingForClosedReaders => "Breaking for closed readers",
            Self::Compatible => "Compatible",
            Self::DocumentationOnly => "Documentation only",
        }
    }
}

/// A category, and a sentence that says whom the change breaks.
pub(super) type Verdict = (Category, &'static str);

const ORDER: Verdict = (
    Category::DocumentationOnly,
    "Breaks nobody: only the order has changed, first at these names.",
);

/// One difference.
#[derive(Serialize)]
pub(super) struct Difference {
    pub(super) category: Category,
    /// What kind of thing differs: `type`, `code`, `field`, `retry`, `source` or `provenance`.
    pub(super) kind: &'static str,
    /// Which one, or `None` for the order of all.
    pub(super) name: Option<String>,
    /// `added`, `removed`, `order`, or which of its facts changed.
    pub(super) what: String,
    pub(super) old: Option<Value>,
    pub(super) new: Option<Value>,
    pub(super) reason: String,
}

impl Difference {
    pub(super) fn new(
        kind: &'static str,
        name: &str,
        what: &str,
        [old, new]: [Option<&Value>; 2],
        (category, reason): Verdict,
    ) -> Self {
        let (old, new) = (old.cloned(), new.cloned());
        Self {
            category,
            kind,
            name: Some(name.into()),
            what: what.into(),
            old,
            new,
            reason: reason.into(),
        }
    }

    /// The first place where two lists of the same names differ in order.
    pub(super) fn of_order<'a>(
        kind: &'static str,
        old: impl Iterator<Item = &'a str>,
        new: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        let (old, new) = old.zip(new).find(|(old, new)| old != new)?;
        let (category, reason) = ORDER;
        let (old, new) = (Some(old.into()), Some(new.into()));
        Some(Self {
            category,
            kind,
            name: None,
            what: "order".into(),
            old,
            new,
            reason: reason.into(),
        })
    }
}
