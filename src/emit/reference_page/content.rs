//! What the reference page says.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::snippets::{self, setup};
use super::{
    Block, Entry, Group, Heading, Item, Listing, Map, Page, Piece, Row, Section, Table, Term, Text,
    slug, type_anchor,
};
use crate::catalogue::WITHDRAWN;
use crate::emit::catalogue_export::{Catalogue, CodeEntry, Fact, SourceEntry, TypeEntry};
use crate::emit::{DOCUMENTED, described, example, json, withdrawal};
use crate::model::{ErrorCode, ErrorResponse, Retry, WireEnum};
use crate::text::one_line::is_hostile;

const SOURCES: &str = "Where facts come from";

pub(super) fn page() -> Page {
    let catalogue = Catalogue::current();
    let observed = Observed(&catalogue.sources);
    Page {
        title: "Intelliprint API errors",
        summary: "What each error code of the Intelliprint API means, and what to do about it.",
        skip: "Skip to the content",
        introduction: Text::prose(
            "If a call to the Intelliprint API fails, the response body is a JSON object with one \
             field, `error`. Its `code` says what happened.",
        ),
        sections: vec![
            at_a_glance(&catalogue, observed),
            error_object(&catalogue, observed),
            error_types(&catalogue),
            error_codes(&catalogue),
            catching(),
            each_code(&catalogue, observed),
            other_errors(),
            getting_help(observed),
            sources(&catalogue),
        ],
    }
}

fn at_a_glance(catalogue: &Catalogue, observed: Observed<'_>) -> Section {
    let groups = catalogue.types.iter().map(|error_type| Group {
        error_type: Text::type_link(error_type.name).and(withdrawn_mark(error_type.withdrawn)),
        codes: of_type(catalogue, error_type).map(|code| entry(code, observed)).collect(),
    });
    let map = Map {
        columns: ["Type", "Error Code", "HTTP status", "What to do"],
        groups: groups.collect(),
    };
    let marks = Text::prose(
        "Names, descriptions and the meaning of the fields are the specification’s own words. A fact \
         that the specification does not state has a mark: a number is the ",
    )
    .and(Text::link("source", &slug(SOURCES)))
    .and(Text::prose(
        " in which the fact was observed, and ° is advice, this project’s choice in line with HTTP \
         semantics. Above, the mark of a code is for its type, and what to do is advice throughout.",
    ));
    section("At a glance", vec![Block::Map(map), Block::Terms(actions()), Block::Paragraph(marks)])
}

fn of_type<'a>(
    catalogue: &'a Catalogue,
    error_type: &TypeEntry,
) -> impl Iterator<Item = &'a CodeEntry> {
    let name = error_type.name;
    catalogue.codes.iter().filter(move |code| code.error_type.value == name)
}

fn entry(code: &CodeEntry, observed: Observed<'_>) -> Entry {
    let action = Action::of(code);
    Entry {
        // The type is named once for all of its codes, but each code has its own source for it.
        code: Text::code_link(code.name)
            .and(withdrawn_mark(code.withdrawn))
            .and(observed.mark(&code.error_type)),
        status: status(code, "none").and(observed.mark(&code.status)),
        action: slug(action.label()),
        to_do: Text::link(action.label(), &slug(action.label())),
    }
}

/// What the reader of an error does first (advice).
#[derive(Clone, Copy)]
enum Action {
    FixTheRequest,
    WaitAndResend,
    FindOutFirst,
    AskSupport,
}

impl Action {
    const ALL: [Self; 4] =
        [Self::FixTheRequest, Self::WaitAndResend, Self::FindOutFirst, Self::AskSupport];

    /// The retry rule decides. A request that must not be repeated is itself at fault, unless the
    /// status says that the server understood the request and does not permit it.
    fn of(code: &CodeEntry) -> Self {
        match (ErrorCode::from_name(code.name).map(ErrorCode::retry), code.status.value) {
            (Some(Retry::AfterDelay), _) => Self::WaitAndResend,
            (Some(Retry::IfIdempotent), _) => Self::FindOutFirst,
            (_, Some(402 | 403)) => Self::AskSupport,
            _ => Self::FixTheRequest,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::FixTheRequest => "Fix the request",
            Self::WaitAndResend => "Wait and resend",
            Self::FindOutFirst => "Find out first",
            Self::AskSupport => "Ask support",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::FixTheRequest => "The request is at fault: change it, then send it again.",
            Self::WaitAndResend => Retry::AfterDelay.description(),
            Self::FindOutFirst => Retry::IfIdempotent.description(),
            Self::AskSupport => {
                "The request is in order, but the account or the API key does not permit it: change \
                 that, or ask support."
            }
        }
    }
}

fn actions() -> Vec<Term> {
    let term = |action: Action| Term {
        anchor: Some(slug(action.label())),
        label: Text::prose(action.label()),
        text: Text::prose(action.description()),
    };
    Action::ALL.map(term).into()
}

fn error_object(catalogue: &Catalogue, observed: Observed<'_>) -> Section {
    let documented = catalogue.codes.iter().find(|code| code.name == DOCUMENTED.as_str());
    let caption = Text::prose("The documentation’s example")
        .and(documented.map_or_else(Text::default, |code| observed.mark(&code.example)));
    let rows = catalogue.fields.iter().map(|field| Row {
        anchor: None,
        name: Text::code(field.name),
        description: Text::plain(field.description),
    });
    let notes = Text::prose("For a nested parameter, `param` is a dotted path such as `postage.service`")
        .and(observed.at("troubleshooting"))
        .and(Text::prose(
            ". An absent `param` and `null` mean the same (observed). Treat `type` and `code` as open \
             lists: a newer server may send names that are not on this page, and an older server has \
             sent the type `rate_limit_error` (observed).",
        ));
    section(
        "The error object",
        vec![
            body(caption, &example(DOCUMENTED)),
            Block::Table(Table {
                caption: "The fields, in the specification’s words",
                columns: ["Field", "Description"],
                rows: rows.collect(),
            }),
            Block::Paragraph(notes),
        ],
    )
}

fn error_types(catalogue: &Catalogue) -> Section {
    let rows = catalogue.types.iter().map(|entry| {
        let anchor = type_anchor(entry.name);
        Row {
            name: Text::type_link(entry.name),
            description: Text::plain(&described(entry.description, entry.withdrawn)),
            anchor: Some(anchor),
        }
    });
    let table = Table {
        caption: "The types, in the specification’s words and order",
        columns: ["Type", "Description"],
        rows: rows.collect(),
    };
    section("Error types", vec![Block::Table(table)])
}

fn error_codes(catalogue: &Catalogue) -> Section {
    let rows = catalogue.codes.iter().map(|entry| Row {
        anchor: None,
        name: Text::code_link(entry.name),
        description: Text::plain(&described(entry.description, entry.withdrawn)),
    });
    let table = Table {
        caption: "The codes, in the specification’s words and order",
        columns: ["Error Code", "Description"],
        rows: rows.collect(),
    };
    section("Error codes", vec![Block::Table(table)])
}

fn catching() -> Section {
    section(
        "Catch an error",
        vec![
            Block::Paragraph(Text::prose(
                "Each code below has the lines that catch it. They begin with an `error` that is made \
                 from any failed response, as shown here. `report`, `wait` and `resend` are functions \
                 of your own.",
            )),
            Block::Listings("From a response to an error", setup()),
        ],
    )
}

fn each_code(catalogue: &Catalogue, observed: Observed<'_>) -> Section {
    Section {
        parts: catalogue.codes.iter().map(|code| one_code(code, observed)).collect(),
        ..section("Each code", vec![])
    }
}

fn one_code(code: &CodeEntry, observed: Observed<'_>) -> Section {
    let caption = Text::prose("Example body").and(observed.mark(&code.example));
    let blocks = vec![
        Block::Paragraph(Text::plain(code.description)),
        Block::Terms(facts(code, observed)),
        body(caption, &code.example.value),
        Block::Listings("Catch it in Rust, TypeScript and Python", snippets::catching(code)),
    ];
    Section { heading: Heading::Name(code.name), blocks, parts: vec![] }
}

fn facts(code: &CodeEntry, observed: Observed<'_>) -> Vec<Term> {
    let term = |label: &str, text| Term { anchor: None, label: Text::prose(label), text };
    let rule = ErrorCode::from_name(code.name).map_or("", |code| code.retry().description());
    let mut terms = Vec::from_iter(
        code.withdrawn
            .map(|version| term(&format!("Withdrawn in {version}"), Text::prose(WITHDRAWN))),
    );
    terms.extend([
        term("How to fix it", Text::plain(code.remedy.value).and(observed.mark(&code.remedy))),
        term(
            "Retry",
            Text::code(code.retry.value)
                .and(observed.mark(&code.retry))
                .and(Text::prose(&format!(". {rule}"))),
        ),
        term("HTTP status", status(code, "none, SDKs only").and(observed.mark(&code.status))),
        term("Type", Text::type_link(code.error_type.value).and(observed.mark(&code.error_type))),
    ]);
    terms.extend(code.elsewhere.iter().map(|page| {
        Term {
            anchor: None,
            label: Text::prose("Another page")
                .and(observed.at(page.source))
                .and(Text::prose(" says")),
            text: Text::plain(page.says)
                .and(Text::prose(" "))
                .and(Text::plain(page.reason))
                .with(Piece::Advice),
        }
    }));
    terms
}

fn other_errors() -> Section {
    section(
        "Any other error",
        vec![Block::Paragraph(
            Text::prose(
                "If the code is not on this page, or the response is not from the API, the status \
                 decides: `after_delay` for 429, `if_idempotent` for 408 and for 500 to 599, otherwise \
                 `never`.",
            )
            .with(Piece::Advice),
        )],
    )
}

fn getting_help(observed: Observed<'_>) -> Section {
    let item = |text| Item(Text::prose(text), vec![]);
    let with = [
        "The full error message and code.",
        "The request that caused the error.",
        "The print job ID (if applicable).",
    ];
    section(
        "Getting help",
        vec![
            Block::Paragraph(Text::prose(
                "If you need help, there are many resources available to you:",
            )),
            Block::List(vec![
                item(
                    "The API Reference contains detailed information about each endpoint and its \
                     parameters.",
                ),
                item("The Get Started guide has examples of how to use the API."),
                Item(
                    Text::prose(
                        "The Intelliprint Support team is always happy to help. Just email us with:",
                    ),
                    with.map(Text::prose).into(),
                ),
            ]),
            Block::Paragraph(
                Text::prose("Add the response’s header `Request-Id`")
                    .and(observed.at("node-sdk"))
                    .and(Text::prose(", which support asks for.")),
            ),
        ],
    )
}

fn sources(catalogue: &Catalogue) -> Section {
    let source = |source: &SourceEntry| {
        let title = match source.url {
            Some(url) => Text::default().with(Piece::Elsewhere(source.title.into(), url)),
            None => Text::plain(source.title),
        };
        let shows = Text::prose(". ").and(Text::plain(source.shows));
        (source_anchor(source.id), title.and(shows))
    };
    section(
        SOURCES,
        vec![
            Block::Paragraph(Text::prose("What is marked with a number was observed in:")),
            Block::Sources(catalogue.sources.iter().map(source).collect()),
        ],
    )
}

fn section(words: &'static str, blocks: Vec<Block>) -> Section {
    Section { heading: Heading::Words(words), blocks, parts: vec![] }
}

fn body(caption: Text, body: &ErrorResponse) -> Block {
    let mut code = String::new();
    for c in json::pretty(body).chars() {
        if c == '\n' || !is_hostile(c) {
            code.push(c);
        } else {
            // JSON has an escape for what a reader would not see.
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).iter();
            code.extend(units.map(|unit| format!("\\u{unit:04x}")));
        }
    }
    Block::Listing(Listing { caption, language: "json", code })
}

fn status(code: &CodeEntry, none: &str) -> Text {
    code.status.value.map_or_else(|| Text::prose(none), |status| Text::prose(&format!("{status}")))
}

fn withdrawn_mark(version: Option<&str>) -> Text {
    version.map_or_else(Text::default, |version| Text::prose(&withdrawal(Some(version))))
}

fn source_anchor(id: &str) -> String {
    format!("source-{id}")
}

/// The sources of observed facts, in the order of their numbers.
#[derive(Clone, Copy)]
struct Observed<'a>(&'a [SourceEntry]);

impl Observed<'_> {
    /// Where a fact comes from. The specification's facts have no mark.
    fn mark<T>(self, fact: &Fact<T>) -> Text {
        match (fact.source, fact.provenance) {
            (Some(source), _) => self.at(source),
            (None, "advice") => Text::default().with(Piece::Advice),
            (None, _) => Text::default(),
        }
    }

    /// The mark of a source.
    fn at(self, id: &str) -> Text {
        let source = self.0.iter().enumerate().find(|(_, source)| source.id == id);
        source.map_or_else(Text::default, |(at, source)| {
            let mark = Piece::Observed(at + 1, source_anchor(source.id), source.title);
            Text::default().with(mark)
        })
    }
}
