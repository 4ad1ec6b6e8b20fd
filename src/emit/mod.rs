//! The files for other languages and for people, as strings.
//!
//! Each [`Artefact`] is a pure function of this version of the crate: it renders the same bytes on
//! every machine and with every set of features. The exception is [the ledger](fn@ledger), which
//! also depends on the ledger so far. This module does no I/O. The command `intelliprint-error
//! emit` writes the files.
//!
//! # Examples
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
mod php;
mod python;
mod reference_page;
mod schemars;
mod template;
mod typescript;

use alloc::string::String;

pub use catalogue_export::{
    Catalogue, CodeEntry, ElsewhereEntry, Fact, FieldEntry, SourceEntry, Term, TypeEntry,
};
pub use ledger::{Contradiction, LedgerError, ledger};

use self::schemars::{described, withdrawal};
use crate::catalogue::{CODES, CodeRow};
use crate::model::{ErrorCode, ErrorObject, ErrorResponse};

/// The header of every emitted file. The command takes a file without it for somebody else's.
pub(crate) const SOURCE: &str =
    "Generated from src/catalogue.rs by `cargo run --features cli -- emit`: do not edit.";

/// The page of the API's documentation that is the specification.
#[cfg(feature = "cli")]
pub(crate) const DOCUMENTATION: &str = "https://docs.intelliprint.net/technical/errors";

/// The code of the one example that the documentation publishes.
const DOCUMENTED: ErrorCode = ErrorCode::ParameterUnknown;

/// An emitted file.
///
/// # Examples
///
/// ```
/// use intelliprint_error::emit::Artefact;
///
/// let schema: serde_json::Value = serde_json::from_str(&Artefact::OpenSchema.render())?;
/// assert_eq!(schema["$id"], "urn:intelliprint-error:error.open.schema.json");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Artefact {
    /// `error.schema.json`, JSON Schema 2020-12 for producers and contract tests: a type or code
    /// must be one of this version's.
    Schema,
    /// `error.open.schema.json`, JSON Schema 2020-12 for clients: a type or code may be any string.
    /// The enums stay in `$defs` for generators.
    OpenSchema,
    /// `openapi.json`, OpenAPI 3.1, strict: the schemas and a reusable response for each HTTP
    /// status.
    OpenApi,
    /// `openapi.open.json`, the same for generated clients: a type or code may be any string.
    OpenApiOpen,
    /// `openapi.3.0.json`, the open document in OpenAPI 3.0.3, for tools that do not read 3.1.
    OpenApi30,
    /// `errors.json`, the catalogue as data, with the provenance of each fact.
    Catalogue,
    /// `errors.md`, the reference page in Markdown, for a repository.
    Docs,
    /// `errors.html`, the reference page as one static file: no script, and nothing to load.
    Html,
    /// `errors.ts`, a module for TypeScript: the names, their facts, a decoder and an error class.
    TypeScript,
    /// `errors.py`, the same for Python 3.9 and newer.
    Python,
    /// `errors.php`, the same for PHP 8.1 and newer.
    Php,
}

impl Artefact {
    /// Every artefact.
    pub const ALL: &'static [Self] = &[
        Self::Schema,
        Self::OpenSchema,
        Self::OpenApi,
        Self::OpenApiOpen,
        Self::OpenApi30,
        Self::Catalogue,
        Self::Docs,
        Self::Html,
        Self::TypeScript,
        Self::Python,
        Self::Php,
    ];

    /// The artefact's name in the command: `schema`, `open-schema`, `openapi`, `openapi-open`,
    /// `openapi-3.0`, `catalogue`, `docs`, `html`, `typescript`, `python` or `php`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::OpenSchema => "open-schema",
            Self::OpenApi => "openapi",
            Self::OpenApiOpen => "openapi-open",
            Self::OpenApi30 => "openapi-3.0",
            Self::Catalogue => "catalogue",
            Self::Docs => "docs",
            Self::Html => "html",
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Php => "php",
        }
    }

    /// The name of the artefact's file in `schema/`.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Schema => "error.schema.json",
            Self::OpenSchema => "error.open.schema.json",
            Self::OpenApi => "openapi.json",
            Self::OpenApiOpen => "openapi.open.json",
            Self::OpenApi30 => "openapi.3.0.json",
            Self::Catalogue => "errors.json",
            Self::Docs => "errors.md",
            Self::Html => "errors.html",
            Self::TypeScript => "errors.ts",
            Self::Python => "errors.py",
            Self::Php => "errors.php",
        }
    }

    /// Returns the whole text of the file.
    #[must_use]
    pub fn render(self) -> String {
        match self {
            Self::Schema => json_schema::strict(),
            Self::OpenSchema => json_schema::open(),
            Self::OpenApi => openapi::document(openapi::Form::Strict),
            Self::OpenApiOpen => openapi::document(openapi::Form::Open),
            Self::OpenApi30 => openapi::document(openapi::Form::Open30),
            Self::Catalogue => json::pretty(&Catalogue::current()),
            Self::Docs => reference_page::markdown(),
            Self::Html => reference_page::html(),
            Self::TypeScript => typescript::module(),
            Self::Python => python::module(),
            Self::Php => php::module(),
        }
    }
}

/// Returns the example body that the emitted files show for a code.
///
/// # Examples
///
/// ```
/// use intelliprint_error::{ErrorCode, emit};
///
/// let example = emit::example(ErrorCode::NotFound);
/// assert_eq!(example.error.message(), "No such resource exists: POST /v0/prints");
/// ```
#[must_use]
pub fn example(code: ErrorCode) -> ErrorResponse {
    let example = row(code).example.value;
    let object = ErrorObject::new(code, example.message);
    match example.param {
        Some(param) => object.with_param(param).into(),
        None => object.into(),
    }
}

/// Returns the `components` of `openapi.json`, to be merged into a server's own document.
///
/// They are the four schemas, a response for each HTTP status (named `Error404` and so on) and the
/// header `Request-Id`. For utoipa, see also the module `utoipa`, behind the feature of that name.
///
/// # Examples
///
/// Any library that reads OpenAPI as JSON can take the value. With aide:
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
#[must_use]
pub fn openapi_components() -> serde_json::Value {
    openapi::components(openapi::Form::Strict)
}

/// The HTTP statuses that have a response in `openapi.json`.
#[cfg(feature = "utoipa")]
pub(crate) fn statuses() -> alloc::collections::BTreeSet<u16> {
    openapi::statuses()
}

#[expect(clippy::indexing_slicing, reason = "build.rs makes one variant per row, in this order")]
fn row(code: ErrorCode) -> &'static CodeRow {
    &CODES[code as usize]
}
