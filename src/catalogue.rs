//! The one list: the four fields, the six types and the fourteen codes of the specification.
//!
//! # Rows
//!
//! ```text
//! field(name, description)
//! error_type(name, description)
//! api(name, description, type, status, retry, remedy, example)
//! sdk(name, description, type,         retry, remedy, example)
//! ROW.withdrawn(version)
//! ROW.elsewhere(&[Elsewhere { source, says, reason }, …])
//! source(id, title, url, shows)
//! ```
//!
//! - Names and descriptions are the specification's, byte for byte, with its typographic
//!   apostrophes (`’`). They carry no provenance because it is always `spec`.
//! - A name is written once, in snake_case. `build.rs` derives the variant's name from it.
//! - Every other fact states its provenance: [`spec`], [`observed`] or [`advice`]. An observed fact
//!   names its source, a row of [`SOURCES`].
//! - Only SDKs raise an `sdk` code. Its row has no HTTP status.
//! - If the example has a `param`, the code is a *parameter code*: its responses name a parameter.
//!
//! # Changes
//!
//! - **To add a code**, add its row to [`CODES`] at the specification's place and run
//!   `cargo run --features cli -- emit`. A type is a constant and its place in [`TYPES`].
//! - **To withdraw a row**, append `.withdrawn("x.y.z")` with the version that withdraws it, and run
//!   `emit`. The name still decodes, and every output marks it. Withdraw a type together with all of
//!   its codes.
//! - **Never** remove or rename a row, or change its type or status, because clients rely on them.
//!   `schema/ledger.json` records these facts for every name, and the tests compare them. Add a new
//!   name instead.
//!
//! The ledger records the crate's version with each new name, so raise the version in `Cargo.toml`
//! first. `CONTRIBUTING.md` has each change step by step.
//!
//! # Outputs
//!
//! - `build.rs` checks the rows and writes the enums `ErrorType` and `ErrorCode`, with their rustdoc,
//!   tables and lookups.
//! - `src/emit/` writes the files in `schema/`.
//! - `src/cli/` prints rows.
//!
//! No other file restates a row, except the test `tests/emit/specification.rs`, which compares the
//! rows with the specification.

use core::panic::Location;

use super::model::Retry;

/// Where a published fact comes from.
#[derive(Clone, Copy, Debug)]
pub enum Provenance {
    Spec,
    /// An observed fact cannot be written without its source.
    Observed(Source),
    Advice,
}

impl Provenance {
    /// The words and their meanings.
    pub const WORDS: [Self; 3] = [Self::Spec, Self::Observed(ERRORS_PAGE), Self::Advice];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spec => "spec",
            Self::Observed(_) => "observed",
            Self::Advice => "advice",
        }
    }

    pub const fn description(self) -> &'static str {
        match self {
            Self::Spec => "The specification says so.",
            Self::Observed(_) => {
                "Seen in a named source: the API’s own documentation, its official SDK’s tests, a report of a live response, or a server library that responds with this API’s names."
            }
            Self::Advice => {
                "This project’s choice, in line with HTTP semantics. The specification is silent."
            }
        }
    }
}

/// A fact and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Fact<T> {
    pub value: T,
    pub provenance: Provenance,
}

const fn spec<T: Copy>(value: T) -> Fact<T> {
    Fact { value, provenance: Provenance::Spec }
}

const fn observed<T: Copy>(value: T, source: Source) -> Fact<T> {
    Fact { value, provenance: Provenance::Observed(source) }
}

const fn advice<T: Copy>(value: T) -> Fact<T> {
    Fact { value, provenance: Provenance::Advice }
}

/// Where observed facts were seen.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Lower-case words joined by `-`.
    pub id: &'static str,
    /// What the source is.
    pub title: &'static str,
    /// The address of a page that anyone can open, if there is one.
    pub url: Option<&'static str>,
    /// What the source shows.
    pub shows: &'static str,
    pub line: u32,
}

#[track_caller]
const fn source(
    id: &'static str,
    title: &'static str,
    url: Option<&'static str>,
    shows: &'static str,
) -> Source {
    Source { id, title, url, shows, line: Location::caller().line() }
}

/// What a page of the API says otherwise, published beside our own words.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere {
    pub source: Source,
    /// What the page says.
    pub says: &'static str,
    /// What follows, and why our words differ.
    pub reason: &'static str,
}

/// A field of the error object.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    pub name: &'static str,
    pub description: &'static str,
    pub line: u32,
}

#[track_caller]
const fn field(name: &'static str, description: &'static str) -> FieldRow {
    FieldRow { name, description, line: Location::caller().line() }
}

/// The advice on every withdrawn name: in the enums' deprecation notes and on the reference page.
pub const WITHDRAWN: &str =
    "Do not send this name any more. It is kept so that responses of older servers still decode.";

/// A type: the general category of an error.
#[derive(Clone, Copy, Debug)]
pub struct TypeRow {
    pub name: &'static str,
    pub description: &'static str,
    /// The version that withdrew the type, if any did.
    pub withdrawn: Option<&'static str>,
    pub line: u32,
}

impl TypeRow {
    const fn withdrawn(self, version: &'static str) -> Self {
        Self { withdrawn: Some(version), ..self }
    }
}

#[track_caller]
const fn error_type(name: &'static str, description: &'static str) -> TypeRow {
    TypeRow { name, description, withdrawn: None, line: Location::caller().line() }
}

/// The message and param of an example response.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub message: &'static str,
    pub param: Option<&'static str>,
}

const fn says(message: &'static str) -> Example {
    Example { message, param: None }
}

const fn says_of(param: &'static str, message: &'static str) -> Example {
    Example { message, param: Some(param) }
}

/// A code: a specific error.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow {
    pub name: &'static str,
    pub description: &'static str,
    pub error_type: Fact<TypeRow>,
    /// `None` exactly if only SDKs raise the code.
    pub status: Option<Fact<u16>>,
    pub retry: Fact<Retry>,
    pub remedy: Fact<&'static str>,
    pub example: Fact<Example>,
    /// What the API's own pages say otherwise.
    pub elsewhere: &'static [Elsewhere],
    /// The version that withdrew the code, if any did.
    pub withdrawn: Option<&'static str>,
    pub line: u32,
}

impl CodeRow {
    const fn elsewhere(self, elsewhere: &'static [Elsewhere]) -> Self {
        Self { elsewhere, ..self }
    }

    const fn withdrawn(self, version: &'static str) -> Self {
        Self { withdrawn: Some(version), ..self }
    }
}

#[track_caller]
const fn api(
    name: &'static str,
    description: &'static str,
    error_type: Fact<TypeRow>,
    status: Fact<u16>,
    retry: Fact<Retry>,
    remedy: Fact<&'static str>,
    example: Fact<Example>,
) -> CodeRow {
    let line = Location::caller().line();
    CodeRow {
        name,
        description,
        error_type,
        status: Some(status),
        retry,
        remedy,
        example,
        elsewhere: &[],
        withdrawn: None,
        line,
    }
}

#[track_caller]
const fn sdk(
    name: &'static str,
    description: &'static str,
    error_type: Fact<TypeRow>,
    retry: Fact<Retry>,
    remedy: Fact<&'static str>,
    example: Fact<Example>,
) -> CodeRow {
    let line = Location::caller().line();
    CodeRow {
        name,
        description,
        error_type,
        status: None,
        retry,
        remedy,
        example,
        elsewhere: &[],
        withdrawn: None,
        line,
    }
}

#[rustfmt::skip]
pub const FIELDS: &[FieldRow] = &[
    field("message", "This is a friendly human-readable description of the error."),
    field("type", "This is the general category of the error."),
    field("code", "This is a unique code for the specific error that occurred."),
    field("param", "This is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter."),
];

#[rustfmt::skip]
pub const SOURCES: &[Source] = &[
    ERRORS_PAGE,
    TROUBLESHOOTING,
    RATE_LIMITS,
    NODE_SDK,
    LIVE_REPORT,
    SERVER_LIBRARY,
];

const ERRORS_PAGE: Source = source(
    "errors-page",
    "The documentation’s page on errors, which is the specification",
    Some("https://docs.intelliprint.net/technical/errors"),
    "The example body, and every name and description.",
);
const TROUBLESHOOTING: Source = source(
    "troubleshooting",
    "The documentation’s page on troubleshooting errors",
    Some("https://docs.intelliprint.net/api-guides/how-to/errors-troubleshooting"),
    "Bodies with parameter_invalid (param postage.service) and parameter_missing, the causes of each type, and that a message is safe to display to users.",
);
const RATE_LIMITS: Source = source(
    "rate-limits",
    "The documentation’s page on rate limits and best practices, and api-docs.intelliprint.net",
    Some("https://docs.intelliprint.net/api-guides/how-to/rate-limits-best-practices"),
    "The code rate_limited comes with 429: back off, then send the request again.",
);
const NODE_SDK: Source = source(
    "node-sdk",
    "The official Node SDK’s tests/errors.test.js, a test against the live API",
    Some("https://github.com/Intelliprint/intelliprint-node"),
    "A response with 404, not_found, invalid_request_error, its message, no param, and the header Request-Id.",
);
const LIVE_REPORT: Source = source(
    "live-report",
    "A public integration’s log of a live response",
    None,
    "A response with 400, parameter_unknown and “Received unknown parameter: add_address_sheet”.",
);
const SERVER_LIBRARY: Source = source(
    "server-library",
    "A public Node server library’s body handlers, which respond with this API’s names",
    None,
    "Responses with 413 and body_too_large, and with 422 and body_incorrect_format, both invalid_request_error.",
);

#[rustfmt::skip]
pub const TYPES: &[TypeRow] = &[
    INVALID_REQUEST_ERROR,
    AUTHENTICATION_ERROR,
    PAYMENT_ERROR,
    RATE_LIMITED,
    INTERNAL_ERROR,
    NETWORK_ERROR,
];

const INVALID_REQUEST_ERROR: TypeRow = error_type(
    "invalid_request_error",
    "A parameter provided in the request was invalid, missing, or unknown. The param field will contain the name of the parameter that caused the error.",
);
const AUTHENTICATION_ERROR: TypeRow =
    error_type("authentication_error", "The API key provided was invalid or missing.");
const PAYMENT_ERROR: TypeRow = error_type(
    "payment_error",
    "The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit.",
);
const RATE_LIMITED: TypeRow =
    error_type("rate_limited", "The IP address has exceeded the rate limit.");
const INTERNAL_ERROR: TypeRow =
    error_type("internal_error", "An internal server error occurred on Intelliprint’s side.");
const NETWORK_ERROR: TypeRow = error_type(
    "network_error",
    "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.",
);

#[rustfmt::skip]
pub const CODES: &[CodeRow] = &[
    api("parameter_invalid", "The value provided for a parameter was invalid.",
        spec(INVALID_REQUEST_ERROR), advice(400), advice(Retry::Never),
        advice("Correct the value of the parameter that param names, then send the request again."),
        advice(says_of("postage.service", "Invalid value for parameter: postage.service"))),
    api("parameter_missing", "A required parameter was missing from the request.",
        spec(INVALID_REQUEST_ERROR), advice(400), advice(Retry::Never),
        advice("Add the parameter that param names, then send the request again."),
        advice(says_of("recipients", "Missing required parameter: recipients")))
        .elsewhere(&[Elsewhere { source: TROUBLESHOOTING,
            says: "One message names three alternatives: “You must provide either 'content', 'file', or 'template'”.",
            reason: "The message is free text, and param need not be one word of it." }]),
    api("parameter_unknown", "An unknown parameter was provided in the request.",
        spec(INVALID_REQUEST_ERROR), observed(400, LIVE_REPORT), advice(Retry::Never),
        advice("Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant."),
        observed(says_of("confimred", "Received unknown parameter: confimred (Did you mean confirmed?)"), ERRORS_PAGE)),
    api("body_too_large", "The request body was too large (> 100 MiB).",
        observed(INVALID_REQUEST_ERROR, SERVER_LIBRARY), observed(413, SERVER_LIBRARY), advice(Retry::Never),
        advice("Send less in one request: compress the files, or split the job into several requests."),
        advice(says("The request body is larger than 100 MiB"))),
    api("body_incorrect_format", "The request body was incorrectly formatted (e.g. not a valid JSON object and not a multipart/form-data request).",
        observed(INVALID_REQUEST_ERROR, SERVER_LIBRARY), observed(422, SERVER_LIBRARY), advice(Retry::Never),
        advice("Send one valid JSON object or a multipart/form-data request, and set the Content-Type header to match."),
        advice(says("The request body is not a valid JSON object"))),
    api("no_api_key", "No API key was provided in the request.",
        spec(AUTHENTICATION_ERROR), advice(401), advice(Retry::Never),
        advice("Send the API key with the request. If it is sent, check that no proxy removes it."),
        advice(says("No API key was provided"))),
    api("invalid_api_key", "The API key provided was invalid or expired.",
        spec(AUTHENTICATION_ERROR), advice(401), advice(Retry::Never),
        advice("Check that the key is complete and has not expired, or create a new one."),
        advice(says("The API key provided is invalid or has expired")))
        .elsewhere(&[Elsewhere { source: TROUBLESHOOTING,
            says: "The key may also be one that “has been revoked”.",
            reason: "Check that, too, before you create a new key." }]),
    api("payment_error", "The account doesn’t have adequate balance to cover the cost of the print job or has maxed out their credit limit.",
        spec(PAYMENT_ERROR), advice(402), advice(Retry::Never),
        advice("Top up the account’s balance or have its credit limit raised, then send the request again."),
        advice(says("The account balance does not cover the cost of this print job"))),
    api("not_found", "The requested resource was not found.",
        observed(INVALID_REQUEST_ERROR, NODE_SDK), observed(404, NODE_SDK), advice(Retry::Never),
        advice("Check the method, the path and the ID. Check that the resource belongs to the account of the API key."),
        observed(says("No such resource exists: POST /v0/prints"), NODE_SDK)),
    api("rate_limited", "The IP address has exceeded the rate limit.",
        spec(RATE_LIMITED), observed(429, RATE_LIMITS), observed(Retry::AfterDelay, RATE_LIMITS),
        advice("Wait, then send the request again. Wait longer after each further failure, and spread requests out."),
        advice(says("Too many requests from this IP address")))
        .elsewhere(&[Elsewhere { source: RATE_LIMITS,
            says: "Ten requests a second in test mode and 50 in production. Another page says 100 a minute.",
            reason: "The pages disagree, so no number is a fact here." }]),
    api("internal_error", "An internal server error occurred on Intelliprint’s side.",
        spec(INTERNAL_ERROR), advice(500), advice(Retry::IfIdempotent),
        advice("Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice. If the error persists, contact support."),
        advice(says("An internal error occurred")))
        .elsewhere(&[
            Elsewhere { source: TROUBLESHOOTING,
                says: "Retry the request, and contact support if the error persists.",
                reason: "Our advice is narrower: no page says what becomes of the first letter, no idempotency key is documented, and a blind retry can post the letter twice." },
            Elsewhere { source: RATE_LIMITS,
                says: "An example repeats the creation of a print job after anything but a 4xx other than 429.",
                reason: "Our advice is narrower, for the same reason." },
        ]),
    sdk("network_error", "This is only triggered by the SDKs when they are unable to connect to the Intelliprint API.",
        spec(NETWORK_ERROR), advice(Retry::IfIdempotent),
        advice("Check the connection. Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice."),
        advice(says("No response came from the Intelliprint API"))),
    api("forbidden", "The API key provided was not authorised to access the requested resource.",
        advice(AUTHENTICATION_ERROR), advice(403), advice(Retry::Never),
        advice("Use a key that is authorised to access the resource, or have this one authorised."),
        advice(says("The API key provided is not authorised to access this resource")))
        .elsewhere(&[Elsewhere { source: TROUBLESHOOTING,
            says: "The page lists this code with those about resources, not with those about keys.",
            reason: "The type is our choice, because the description speaks of the key." }]),
    api("refused", "The request was refused by the server. This is only triggered when the account has reached its limit for the requested resource.",
        advice(INVALID_REQUEST_ERROR), advice(403), advice(Retry::Never),
        advice("Delete resources of this kind that are no longer needed, or have the account’s limit raised."),
        advice(says("The account has reached its limit for this resource")))
        .elsewhere(&[Elsewhere { source: TROUBLESHOOTING,
            says: "The page’s own list of codes leaves this code out.",
            reason: "The specification lists it, so it stands." }]),
];
