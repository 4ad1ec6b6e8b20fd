//! The files that are made from the catalogue, for other languages and for people.
//!
//! Everything here is a pure function of this version of the crate, and for the [ledger](ledger()) of the file as it is:
//! the same bytes on every machine and with any set of features. Writing them to files is the command's part
//! (`intelliprint-error emit`).
//!
//! ```
//! use intelliprint_error::emit::Artefact;
//!
//! for artefact in Artefact::ALL {
//!     assert!(artefact.render().ends_with('\n'));
//! }
//! assert_eq!(Artefact::OpenApi.file_name(), "openapi.json");
//! ```

mod catalogue_export;
mod json;
mod json_schema;
mod ledger;
mod openapi;
mod reference_page;
mod schemars;

use alloc::string::String;

pub use catalogue_export::{Catalogue, CodeEntry, Fact, FieldEntry, Term, TypeEntry};
pub use ledger::{Contradiction, LedgerError, ledger};

use self::schemars::{described, withdrawal};
use crate::catalogue::{CODES, CodeRow};
use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

/// Where every file says that it comes from.
const SOURCE: &str =
    "Generated from src/catalogue.rs by `cargo run --features cli -- emit`: do not edit.";

/// The code of the documentation's own example (observed).
const DOCUMENTED: ErrorCode = ErrorCode::ParameterUnknown;

/// One of the emitted files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Artefact {
    /// JSON Schema 2020-12 with exactly the names of this version: for producers and contract tests.
    Schema,
    /// The same for readers: `type` and `code` are any strings, the enums stay in `$defs` for generators.
    OpenSchema,
    /// OpenAPI 3.1: the schemas, and one reusable response for each HTTP status.
    OpenApi,
    /// The catalogue as data, with the source of each fact: for programs in other languages.
    Catalogue,
    /// The reference page, in Markdown.
    Docs,
}

impl Artefact {
    /// Every artefact.
    pub const ALL: &'static [Self] =
        &[Self::Schema, Self::OpenSchema, Self::OpenApi, Self::Catalogue, Self::Docs];

    /// What the command calls it: `schema`, `open-schema`, `openapi`, `catalogue` or `docs`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::OpenSchema => "open-schema",
            Self::OpenApi => "openapi",
            Self::Catalogue => "catalogue",
            Self::Docs => "docs",
        }
    }

    /// Its file's name.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Schema => "error.schema.json",
            Self::OpenSchema => "error.open.schema.json",
            Self::OpenApi => "openapi.json",
            Self::Catalogue => "errors.json",
            Self::Docs => "errors.md",
        }
    }

    /// The whole text of its file.
    #[must_use]
    pub fn render(self) -> String {
        match self {
            Self::Schema => json_schema::strict(),
            Self::OpenSchema => json_schema::open(),
            Self::OpenApi => openapi::document(),
            Self::Catalogue => json::pretty(&Catalogue::current()),
            Self::Docs => reference_page::page(),
        }
    }
}

/// What an answer with this code may look like: the example of every emitted file.
///
/// ```
/// use intelliprint_error::{ErrorCode, emit};
///
/// let example = emit::example(ErrorCode::NotFound);
/// assert_eq!(example.error.message, "No such resource exists: POST /v0/prints");
/// ```
#[must_use]
pub fn example(code: ErrorCode) -> ErrorResponse {
    let example = row(code).example.value;
    let mut object = ErrorObject::new(code, example.message);
    object.param = example.param.map(Into::into);
    object.into()
}

/// The `components` of `openapi.json`, for the document that your own server makes: the four schemas, a response for
/// each HTTP status, named `Error404` and so on, and the header `Request-Id`.
///
/// Any library that reads OpenAPI as JSON can take them. With aide, one call gives them its own type:
///
/// ```
/// use aide::openapi::{Components, OpenApi};
/// use intelliprint_error::emit;
///
/// let components: Components = serde_json::from_value(emit::openapi_components())?;
/// assert!(components.responses.contains_key("Error404"));
/// let document = OpenApi { components: Some(components), ..OpenApi::default() };
/// # let _ = document;
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// For utoipa, the feature `utoipa` has more.
#[must_use]
pub fn openapi_components() -> serde_json::Value {
    openapi::components()
}

/// The statuses that have a response.
#[cfg(feature = "utoipa")]
pub(crate) fn statuses() -> alloc::collections::BTreeSet<u16> {
    openapi::statuses()
}

#[allow(clippy::indexing_slicing)] // The enum's variants are made from these rows, in this order.
fn row(code: ErrorCode) -> &'static CodeRow {
    &CODES[code as usize]
}
