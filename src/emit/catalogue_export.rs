//! `errors.json`: the catalogue as data.

use alloc::vec::Vec;

use serde::Serialize;

use super::{SOURCE, example, row};
use crate::catalogue::{self, FIELDS, Provenance};
use crate::model::{ErrorCode, ErrorResponse, ErrorType, Retry};

/// The catalogue as data: every row, with the source of each fact.
///
/// ```
/// use intelliprint_error::emit::Catalogue;
///
/// let catalogue = Catalogue::current();
/// let code = catalogue.codes.iter().find(|code| code.name == "rate_limited").unwrap();
/// assert_eq!((code.status.value, code.status.provenance), (Some(429), "observed"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Catalogue {
    /// Where it comes from.
    pub generated: &'static str,
    /// This crate's version.
    pub version: &'static str,
    /// The words that say where a fact comes from. What stands without one, names and descriptions, is `spec`, but for
    /// `withdrawn`, which is this crate's own.
    pub provenance: Vec<Term>,
    /// The words that say whether a request may be sent again.
    pub retry: Vec<Term>,
    /// The error object's members.
    pub fields: Vec<FieldEntry>,
    /// The types, in the specification's order.
    pub types: Vec<TypeEntry>,
    /// The codes, in the specification's order.
    pub codes: Vec<CodeEntry>,
}

/// A word of the catalogue's own, and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Term {
    /// The word.
    pub name: &'static str,
    /// What it means.
    pub description: &'static str,
}

/// A member of the error object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldEntry {
    /// Its name.
    pub name: &'static str,
    /// The specification's description.
    pub description: &'static str,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TypeEntry {
    /// Its name on the wire.
    pub name: &'static str,
    /// The specification's description.
    pub description: &'static str,
    /// The version of this crate that withdrew it, if one did.
    pub withdrawn: Option<&'static str>,
    /// Who raises it: `api` or `sdk`.
    pub origin: Fact<&'static str>,
    /// The codes that belong to it.
    pub codes: Vec<&'static str>,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CodeEntry {
    /// Its name on the wire.
    pub name: &'static str,
    /// The specification's description.
    pub description: &'static str,
    /// The version of this crate that withdrew it, if one did.
    pub withdrawn: Option<&'static str>,
    /// The type that it belongs to.
    #[serde(rename = "type")]
    pub error_type: Fact<&'static str>,
    /// The HTTP status of its answers; nothing for a code that only SDKs raise.
    pub status: Fact<Option<u16>>,
    /// Whether a request may be sent again: `never`, `after_delay` or `if_idempotent`.
    pub retry: Fact<&'static str>,
    /// Who raises it: `api` or `sdk`.
    pub origin: Fact<&'static str>,
    /// How to fix it.
    pub remedy: Fact<&'static str>,
    /// A body with this code.
    pub example: Fact<ErrorResponse>,
}

/// A fact and where it comes from: `spec`, `observed` or `advice`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// Where it comes from.
    pub provenance: &'static str,
}

impl<T> Fact<T> {
    fn spec(value: T) -> Self {
        Self { value, provenance: Provenance::Spec.as_str() }
    }

    fn from_row<F: Copy>(fact: catalogue::Fact<F>, publish: impl FnOnce(F) -> T) -> Self {
        Self { value: publish(fact.value), provenance: fact.provenance.as_str() }
    }
}

impl Catalogue {
    /// The catalogue of this version.
    #[must_use]
    pub fn current() -> Self {
        let provenance =
            Provenance::ALL.iter().map(|p| Term { name: p.as_str(), description: p.description() });
        let retry =
            Retry::ALL.iter().map(|r| Term { name: r.as_str(), description: r.description() });
        let fields =
            FIELDS.iter().map(|row| FieldEntry { name: row.name, description: row.description });
        Self {
            generated: SOURCE,
            version: env!("CARGO_PKG_VERSION"),
            provenance: provenance.collect(),
            retry: retry.collect(),
            fields: fields.collect(),
            types: types(),
            codes: ErrorCode::ALL.iter().copied().map(CodeEntry::new).collect(),
        }
    }
}

/// The types, with their codes: one pass over the codes, and not one for each type.
fn types() -> Vec<TypeEntry> {
    let mut entries: Vec<_> = ErrorType::ALL.iter().copied().map(TypeEntry::new).collect();
    for code in ErrorCode::ALL {
        if let Some(entry) = entries.get_mut(code.error_type() as usize) {
            entry.codes.push(code.as_str());
        }
    }
    entries
}

impl TypeEntry {
    fn new(error_type: ErrorType) -> Self {
        Self {
            name: error_type.as_str(),
            description: error_type.description(),
            withdrawn: error_type.withdrawn(),
            origin: Fact::spec(error_type.origin().as_str()),
            codes: Vec::new(),
        }
    }
}

impl CodeEntry {
    fn new(code: ErrorCode) -> Self {
        let row = row(code);
        Self {
            name: row.name,
            description: row.description,
            withdrawn: row.withdrawn,
            error_type: Fact::from_row(row.error_type, |error_type| error_type.name),
            status: row.status.map_or(Fact::spec(None), |status| Fact::from_row(status, Some)),
            retry: Fact::from_row(row.retry, Retry::as_str),
            origin: Fact::spec(code.origin().as_str()),
            remedy: Fact::from_row(row.remedy, |remedy| remedy),
            example: Fact::from_row(row.example, |_| example(code)),
        }
    }
}
