//! What differs between two catalogue exports, and whom each difference breaks.

use serde::Serialize;
use serde_json::Value;
use std::prelude::v1::*;

/// Whom a difference breaks, the worst first. A difference that breaks both is in the worse category,
/// and its reason names both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Category {
    /// What a server may send, what every reader may rely on, or what a program compiles against no
    /// longer holds.
    BreakingForProducers,
    /// Only a reader that rejects unknown names fails.
    BreakingForClosedReaders,
    Compatible,
    DocumentationOnly,
}

impl Category {
    pub(crate) const ALL: [Self; 4] = [
        Self::BreakingForProducers,
        Self::BreakingForClosedReaders,
        Self::Compatible,
        Self::DocumentationOnly,
    ];

    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::BreakingForProducers => "Breaking for producers",
            Self::BreakingForClosedReaders => "Breaking for closed readers",
            Self::Compatible => "Compatible",
            Self::DocumentationOnly => "Documentation only",
        }
    }
}

/// A category, and why.
pub(crate) type Verdict = (Category, &'static str);

pub(crate) const TEXT: Verdict =
    (Category::DocumentationOnly, "Only what people read has changed.");
pub(crate) const NAME_REMOVED: Verdict = (
    Category::BreakingForProducers,
    "A server that still sends it no longer conforms, and a program that names it no longer compiles.",
);
const ORDER: Verdict = (
    Category::DocumentationOnly,
    "The order of a list breaks nobody; these are the first names that differ.",
);

/// One difference.
#[derive(Serialize)]
pub(crate) struct Difference {
    pub(crate) category: Category,
    /// What kind of thing differs: `type`, `code`, `field`, `retry`, `source` or `provenance`.
    pub(crate) kind: &'static str,
    /// Which one, or `None` for the order of all.
    pub(crate) name: Option<String>,
    /// `added`, `removed`, `order`, or which of its facts changed.
    pub(crate) what: String,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
    pub(crate) reason: String,
}

impl Difference {
    pub(crate) fn new(
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
    pub(crate) fn of_order<'a>(
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
