//! `errors.md`: the reference page for a repository, as GitHub renders Markdown.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{Block, Heading, Item, Listing, Map, Page, Piece, Section, Table, Term, Text};
use crate::emit::SOURCE;
use crate::text::markdown;

pub(super) fn write(page: &Page) -> String {
    let mut text = format!("<!-- {SOURCE} -->\n\n# {}\n", page.title);
    paragraph(&mut text, &inline(&page.introduction));
    for part in &page.sections {
        section(&mut text, part, "##");
    }
    text
}

fn section(text: &mut String, part: &Section, level: &str) {
    let heading = match &part.heading {
        Heading::Words(words) => plain(words),
        Heading::Name(name) => code(name),
    };
    text.push_str(&format!("\n{level} {heading}\n"));
    for content in &part.blocks {
        block(text, content);
    }
    for within in &part.parts {
        section(text, within, &format!("{level}#"));
    }
}

/// Each block follows an empty line.
fn block(text: &mut String, block: &Block) {
    match block {
        Block::Paragraph(words) => paragraph(text, &inline(words)),
        Block::List(items) => lines(text, items.iter().flat_map(item)),
        Block::Terms(terms) => lines(text, terms.iter().map(term)),
        Block::Table(content) => table(text, content),
        Block::Map(content) => map(text, content),
        Block::Listing(content) => listing(text, content),
        Block::Listings(label, contents) => listings(text, label, contents),
        Block::Sources(sources) => {
            let source = |(at, (id, words)): (usize, &(String, Text))| {
                format!("{}. {}{}", at + 1, anchor(Some(id)), inline(words))
            };
            lines(text, sources.iter().enumerate().map(source));
        }
    }
}

fn paragraph(text: &mut String, words: &str) {
    lines(text, [words.into()]);
}

/// An empty line, then these.
fn lines(text: &mut String, lines: impl IntoIterator<Item = String>) {
    text.push('\n');
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
}

fn item(Item(words, within): &Item) -> Vec<String> {
    let mut lines = vec![format!("- {}", inline(words))];
    lines.extend(within.iter().map(|words| format!("  - {}", inline(words))));
    lines
}

fn term(term: &Term) -> String {
    let Term { anchor: id, label, text } = term;
    format!("- {}**{}:** {}", anchor(id.as_deref()), inline(label), inline(text))
}

fn table(text: &mut String, table: &Table) {
    paragraph(text, &format!("{}:", plain(table.caption)));
    let rows = table.rows.iter().map(|row| {
        let name = format!("{}{}", anchor(row.anchor.as_deref()), inline(&row.name));
        [name, inline(&row.description)]
    });
    rows_of(text, &table.columns, rows);
}

fn map(text: &mut String, map: &Map) {
    let rows = map.groups.iter().flat_map(|group| {
        group
            .codes
            .iter()
            .map(|entry| [&group.error_type, &entry.code, &entry.status, &entry.to_do].map(inline))
    });
    rows_of(text, &map.columns, rows);
}

fn rows_of<const N: usize>(
    text: &mut String,
    columns: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let head = [format!("| {} |", columns.join(" | ")), format!("|{}", "---|".repeat(N))];
    lines(text, head.into_iter().chain(rows.map(|cells| format!("| {} |", cells.join(" | ")))));
}

fn listing(text: &mut String, listing: &Listing) {
    paragraph(text, &format!("{}:", inline(&listing.caption)));
    fence(text, listing);
}

/// Folded, because three languages would be most of the page.
fn listings(text: &mut String, label: &str, listings: &[Listing]) {
    paragraph(text, &format!("<details><summary>{}</summary>", plain(label)));
    for listing in listings {
        fence(text, listing);
    }
    paragraph(text, "</details>");
}

fn fence(text: &mut String, listing: &Listing) {
    paragraph(text, &format!("```{}\n{}```", listing.language, listing.code));
}

fn inline(Text(pieces): &Text) -> String {
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) if at > 0 => text.push_str(&within_line(words)),
            Piece::Words(words) => text.push_str(&plain(words)),
            Piece::Code(words) => text.push_str(&code(words)),
            Piece::Name(name, id) => text.push_str(&format!("[{}](#{id})", code(name))),
            Piece::Link(words, id) => text.push_str(&format!("[{}](#{id})", plain(words))),
            Piece::Elsewhere(words, url) => text.push_str(&format!("[{}]({url})", plain(words))),
            Piece::Advice => text.push('°'),
            Piece::Observed(number, id, _) => {
                text.push_str(&format!("<sup>[{number}](#{id})</sup>"));
            }
        }
    }
    text
}

/// GitHub gives a heading an anchor, but neither a table's row nor an item of a list.
fn anchor(id: Option<&str>) -> String {
    id.map_or_else(String::new, |id| format!("<a id=\"{id}\"></a>"))
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

/// Text that does not begin its line, where fewer characters are markup.
fn within_line(text: &str) -> String {
    markdown::escape(&format!(" {text}")).skip(1).collect()
}

fn plain(text: &str) -> String {
    markdown::escape(text).collect()
}
