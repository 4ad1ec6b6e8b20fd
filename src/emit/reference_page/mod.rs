//! The reference page: `errors.md` and `errors.html`.
//!
//! `content.rs` and `snippets.rs` state the page once, as the types below. `markdown.rs` and
//! `html.rs` write it, and state no sentence of their own.

mod content;
mod html;
mod markdown;
mod snippets;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::text::one_line::OneLine;

/// Returns `errors.md`.
pub(super) fn markdown() -> String {
    markdown::write(&content::page())
}

/// Returns `errors.html`.
pub(super) fn html() -> String {
    html::write(&content::page())
}

struct Page {
    title: &'static str,
    /// What search engines and previews show.
    summary: &'static str,
    /// The label of the link to the main part, for the keyboard.
    skip: &'static str,
    introduction: Text,
    sections: Vec<Section>,
}

/// A heading, what is below it, and the sections within.
struct Section {
    heading: Heading,
    blocks: Vec<Block>,
    parts: Vec<Section>,
}

enum Heading {
    /// GitHub derives the anchor of a heading from its words, so [`slug`] does the same.
    Words(&'static str),
    /// The name of a code. The name is the anchor.
    Name(&'static str),
}

impl Heading {
    fn anchor(&self) -> String {
        match self {
            Self::Words(words) => slug(words),
            Self::Name(name) => (*name).into(),
        }
    }
}

enum Block {
    Paragraph(Text),
    List(Vec<Item>),
    Terms(Vec<Term>),
    Table(Table),
    Map(Map),
    Listing(Listing),
    /// The same in several languages, under one label.
    Listings(&'static str, Vec<Listing>),
    /// A numbered list of sources. A mark refers to the number.
    Sources(Vec<(String, Text)>),
}

/// An item of a list, and the list within it.
struct Item(Text, Vec<Text>);

struct Term {
    anchor: Option<String>,
    label: Text,
    text: Text,
}

/// A table of names and descriptions.
struct Table {
    caption: &'static str,
    columns: [&'static str; 2],
    rows: Vec<Row>,
}

struct Row {
    anchor: Option<String>,
    name: Text,
    description: Text,
}

/// Every code by its type, with the status and what to do.
struct Map {
    columns: [&'static str; 4],
    groups: Vec<Group>,
}

struct Group {
    error_type: Text,
    codes: Vec<Entry>,
}

struct Entry {
    code: Text,
    status: Text,
    /// The anchor of the action, which is also its class in the style sheet.
    action: String,
    to_do: Text,
}

struct Listing {
    caption: Text,
    language: &'static str,
    code: String,
}

/// Text with code, links and marks.
#[derive(Clone, Default)]
struct Text(Vec<Piece>);

#[derive(Clone)]
enum Piece {
    Words(String),
    Code(String),
    /// A name as a link to an anchor of this page.
    Name(String, String),
    /// Words as a link to an anchor of this page.
    Link(String, String),
    /// Words as a link to another page.
    Elsewhere(String, &'static str),
    Advice,
    /// The number of a source, its anchor and its title.
    Observed(usize, String, &'static str),
}

impl Text {
    /// Text of the catalogue, as it is. Invisible and control characters are escaped.
    fn plain(text: &str) -> Self {
        Self::default().with(Piece::Words(format!("{}", OneLine::whole(text))))
    }

    /// Our own sentence, in which backticks enclose code.
    fn prose(sentence: &str) -> Self {
        let pieces = sentence.split('`').enumerate().filter(|(_, piece)| !piece.is_empty());
        let piece = |(at, piece): (usize, &str)| match at % 2 {
            0 => Piece::Words(piece.into()),
            _ => Piece::Code(piece.into()),
        };
        Self(pieces.map(piece).collect())
    }

    fn code(name: &str) -> Self {
        Self::default().with(Piece::Code(name.into()))
    }

    /// The name of a code, as a link to its section.
    fn code_link(name: &str) -> Self {
        Self::default().with(Piece::Name(name.into(), name.into()))
    }

    /// The name of a type, as a link to its row.
    fn type_link(name: &str) -> Self {
        Self::default().with(Piece::Name(name.into(), type_anchor(name)))
    }

    fn link(words: &str, anchor: &str) -> Self {
        Self::default().with(Piece::Link(words.into(), anchor.into()))
    }

    fn with(mut self, piece: Piece) -> Self {
        self.0.push(piece);
        self
    }

    fn and(mut self, text: Self) -> Self {
        self.0.extend(text.0);
        self
    }
}

fn type_anchor(name: &str) -> String {
    format!("type-{name}")
}

/// The anchor that GitHub gives a heading of these words.
fn slug(words: &str) -> String {
    words.to_lowercase().replace(' ', "-")
}
