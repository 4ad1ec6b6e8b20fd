//! `errors.json`: the catalogue as data.

use alloc::vec::Vec;

use serde::Serialize;

use super::{SOURCE, example, row};
use crate::catalogue::{self, FIELDS, Provenance, SOURCES};
use crate::model::{ErrorCode, ErrorResponse, ErrorType, Retry};

/// The catalogue as data: every row, with the provenance of each fact.
///
/// It serializes to `errors.json`.
///
/// # Examples
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
    /// The file's source and the command that writes it.
    pub generated: &'static str,
    /// The version of this crate.
    pub version: &'static str,
    /// The words for provenance: `spec`, `observed` and `advice`. A name or description has none,
    /// because the specification is its only source. `withdrawn` is this crate's own.
    pub provenance: Vec<Term>,
    /// The sources of what is observed.
    pub sources: Vec<SourceEntry>,
    /// The words for retry rules: `never`, `after_delay` and `if_idempotent`.
    pub retry: Vec<Term>,
    /// The four fields of the error object.
    pub fields: Vec<FieldEntry>,
    /// The types, in the specification's order.
    pub types: Vec<TypeEntry>,
    /// The codes, in the specification's order.
    pub codes: Vec<CodeEntry>,
}

/// A word that the catalogue uses as a value, with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Term {
    /// The word.
    pub name: &'static str,
    /// The meaning, as one or two sentences.
    pub description: &'static str,
}

/// A source of observed facts, which a reader can look up.
///
/// # Examples
///
/// ```
/// use intelliprint_error::emit::Catalogue;
///
/// let catalogue = Catalogue::current();
/// let not_found = catalogue.codes.iter().find(|code| code.name == "not_found").unwrap();
/// let source = catalogue.source(not_found.status.source.unwrap()).unwrap();
/// assert_eq!(source.title, "The official Node SDK’s tests/errors.test.js, a test against the live API");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceEntry {
    /// The id that facts name, such as `node-sdk`.
    #[serde(rename = "name")]
    pub id: &'static str,
    /// What the source is.
    pub title: &'static str,
    /// The address of a page that anyone can open, or `None` if there is none.
    pub url: Option<&'static str>,
    /// What the source shows.
    #[serde(rename = "description")]
    pub shows: &'static str,
}

/// What a page of the API says otherwise than this catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ElsewhereEntry {
    /// The id of the source.
    pub source: &'static str,
    /// What the page says (observed).
    pub says: &'static str,
    /// What follows, and why the catalogue differs (advice).
    pub reason: &'static str,
}

/// A field of the error object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldEntry {
    /// The name on the wire.
    pub name: &'static str,
    /// The specification's description.
    pub description: &'static str,
}

/// A type of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TypeEntry {
    /// The name on the wire.
    pub name: &'static str,
    /// The specification's description.
    pub description: &'static str,
    /// The version of this crate that withdrew the name, or `None` if the name is current.
    pub withdrawn: Option<&'static str>,
    /// What raises it: `api` or `sdk`.
    pub origin: Fact<&'static str>,
    /// The names of the type's codes, in the specification's order.
    pub codes: Vec<&'static str>,
}

/// A code of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CodeEntry {
    /// The name on the wire.
    pub name: &'static str,
    /// The specification's description.
    pub description: &'static str,
    /// The version of this crate that withdrew the name, or `None` if the name is current.
    pub withdrawn: Option<&'static str>,
    /// The name of the code's type.
    #[serde(rename = "type")]
    pub error_type: Fact<&'static str>,
    /// The HTTP status of a response with this code, or `None` for a code that only SDKs raise.
    pub status: Fact<Option<u16>>,
    /// The retry rule: `never`, `after_delay` or `if_idempotent`.
    pub retry: Fact<&'static str>,
    /// What raises it: `api` or `sdk`.
    pub origin: Fact<&'static str>,
    /// How to fix the error.
    pub remedy: Fact<&'static str>,
    /// An example body.
    pub example: Fact<ErrorResponse>,
    /// What the API's own pages say otherwise.
    pub elsewhere: Vec<ElsewhereEntry>,
}

/// A fact and its provenance.
///
/// # Examples
///
/// ```
/// use intelliprint_error::emit::Catalogue;
///
/// let code = &Catalogue::current().codes[0];
/// assert_eq!((code.error_type.value, code.error_type.provenance), ("invalid_request_error", "spec"));
/// assert_eq!((code.status.value, code.status.provenance), (Some(400), "advice"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// The provenance of the fact: `spec`, `observed` or `advice`.
    pub provenance: &'static str,
    /// The id of an observed fact's source, otherwise `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
}

impl<T> Fact<T> {
    fn spec(value: T) -> Self {
        Self { value, provenance: Provenance::Spec.as_str(), source: None }
    }

    fn from_row<F: Copy>(fact: catalogue::Fact<F>, publish: impl FnOnce(F) -> T) -> Self {
        let source = match fact.provenance {
            Provenance::Observed(source) => Some(source.id),
            Provenance::Spec | Provenance::Advice => None,
        };
        Self { value: publish(fact.value), provenance: fact.provenance.as_str(), source }
    }
}

impl Catalogue {
    /// Returns the catalogue of this version.
    #[must_use]
    pub fn current() -> Self {
        let provenance = Provenance::WORDS
            .iter()
            .map(|p| Term { name: p.as_str(), description: p.description() });
        let retry =
            Retry::ALL.iter().map(|r| Term { name: r.as_str(), description: r.description() });
        let sources = SOURCES.iter().map(|row| SourceEntry {
            id: row.id,
            title: row.title,
            url: row.url,
            shows: row.shows,
        });
        let fields =
            FIELDS.iter().map(|row| FieldEntry { name: row.name, description: row.description });
        Self {
            generated: SOURCE,
            version: env!("CARGO_PKG_VERSION"),
            provenance: provenance.collect(),
            sources: sources.collect(),
            retry: retry.collect(),
            fields: fields.collect(),
            types: types(),
            codes: ErrorCode::ALL.iter().copied().map(CodeEntry::new).collect(),
        }
    }

    /// Returns the source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&SourceEntry> {
        self.sources.iter().find(|source| source.id == id)
    }
}

/// The types with their codes, in one pass over the codes.
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
            elsewhere: row.elsewhere.iter().map(ElsewhereEntry::new).collect(),
        }
    }
}

impl ElsewhereEntry {
    fn new(row: &catalogue::Elsewhere) -> Self {
        Self { source: row.source.id, says: row.says, reason: row.reason }
    }
}
