//! `errors.html`: the reference page as one static file, with `page.css` inside.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{
    Block, Entry, Group, Heading, Item, Listing, Map, Page, Piece, Row, Section, Table, Term, Text,
};
use crate::emit::SOURCE;

/// A browser that obeys the policy runs no script and loads nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

pub(super) fn write(page: &Page) -> String {
    let title = plain(page.title);
    let style = include_str!("page.css");
    let mut html = format!(
        "<!doctype html>\n<!-- {SOURCE} -->\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"description\" content=\"{}\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{style}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">{}</a>\n\
         <header>\n<h1>{title}</h1>\n<p>{}</p>\n</header>\n<main id=\"main\">\n",
        plain(page.summary),
        plain(page.skip),
        inline(&page.introduction),
    );
    for part in &page.sections {
        section(&mut html, part, 2);
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn section(html: &mut String, part: &Section, level: usize) {
    let id = part.heading.anchor();
    let heading = match &part.heading {
        Heading::Words(words) => plain(words),
        Heading::Name(name) => code(name),
    };
    html.push_str(&format!(
        "<section id=\"{id}\">\n<div class=\"heading\">\n\
         <h{level}><a href=\"#{id}\">{heading}</a></h{level}>\n",
    ));
    if !part.parts.is_empty() {
        index(html, &part.parts);
    }
    html.push_str("</div>\n");
    if !part.blocks.is_empty() {
        columns(html, &part.blocks);
    }
    if !part.parts.is_empty() {
        html.push_str("<div class=\"parts\">\n");
        for within in &part.parts {
            section(html, within, level + 1);
        }
        html.push_str("</div>\n");
    }
    html.push_str("</section>\n");
}

/// The parts of a section, which a wide window keeps in view.
fn index(html: &mut String, parts: &[Section]) {
    html.push_str("<nav class=\"index\" aria-label=\"Codes\">\n<ul>\n");
    for part in parts {
        let id = part.heading.anchor();
        html.push_str(&format!("<li><a href=\"#{id}\">{}</a></li>\n", code(&id)));
    }
    html.push_str("</ul>\n</nav>\n");
}

/// Where the window is wide, the map and the listings each stand beside the rest.
fn columns(html: &mut String, blocks: &[Block]) {
    let mut names = Vec::new();
    for name in blocks.iter().map(column) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    html.push_str("<div class=\"columns\">\n");
    for name in names {
        html.push_str(&format!("<div class=\"{name}\">\n"));
        for content in blocks.iter().filter(|block| column(block) == name) {
            block(html, content);
        }
        html.push_str("</div>\n");
    }
    html.push_str("</div>\n");
}

fn column(block: &Block) -> &'static str {
    match block {
        Block::Map(_) => "map",
        Block::Listing(_) | Block::Listings(..) => "listings",
        _ => "words",
    }
}

fn block(html: &mut String, block: &Block) {
    match block {
        Block::Paragraph(words) => element(html, "p", &inline(words)),
        Block::List(items) => {
            let items: String = items.iter().map(item).collect();
            element(html, "ul", &format!("\n{items}"));
        }
        Block::Terms(terms) => {
            let terms: String = terms.iter().map(term).collect();
            element(html, "dl", &format!("\n{terms}"));
        }
        Block::Table(content) => table(html, content),
        Block::Map(content) => map(html, content),
        Block::Listing(content) => listing(html, content),
        Block::Listings(label, contents) => {
            html.push_str(&format!("<div class=\"languages\">\n<p>{}</p>\n", plain(label)));
            for content in contents {
                listing(html, content);
            }
            html.push_str("</div>\n");
        }
        Block::Sources(sources) => {
            let source = |(id, words): &(String, Text)| {
                format!("<li{}>{}</li>\n", anchor(Some(id)), inline(words))
            };
            let sources: String = sources.iter().map(source).collect();
            element(html, "ol", &format!("\n{sources}"));
        }
    }
}

fn element(html: &mut String, name: &str, content: &str) {
    html.push_str(&format!("<{name}>{content}</{name}>\n"));
}

fn item(Item(words, within): &Item) -> String {
    if within.is_empty() {
        return format!("<li>{}</li>\n", inline(words));
    }
    let within: String = within.iter().map(|text| format!("<li>{}</li>\n", inline(text))).collect();
    format!("<li>{}\n<ul>\n{within}</ul>\n</li>\n", inline(words))
}

fn term(Term { anchor: id, label, text }: &Term) -> String {
    let label = inline(label);
    format!("<div{}><dt>{label}</dt><dd>{}</dd></div>\n", anchor(id.as_deref()), inline(text))
}

fn table(html: &mut String, Table { caption, columns, rows }: &Table) {
    html.push_str(&format!("<table>\n<caption>{}</caption>\n<thead><tr>", plain(caption)));
    for column in columns {
        html.push_str(&format!("<th scope=\"col\">{}</th>", plain(column)));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for Row { anchor: id, name, description } in rows {
        html.push_str(&format!(
            "<tr{}><th scope=\"row\">{}</th><td>{}</td></tr>\n",
            anchor(id.as_deref()),
            inline(name),
            inline(description),
        ));
    }
    html.push_str("</tbody>\n</table>\n");
}

/// A list of lists, because a table of four columns does not fit a phone. Only a wide window shows the
/// names of the columns.
fn map(html: &mut String, Map { columns, groups }: &Map) {
    html.push_str("<nav aria-label=\"Codes by type\">\n<p hidden=\"\">");
    for column in columns {
        html.push_str(&format!("<span>{}</span>", plain(column)));
    }
    html.push_str("</p>\n<ul>\n");
    for Group { error_type, codes } in groups {
        html.push_str(&format!("<li><span>{}</span>\n<ul>\n", inline(error_type)));
        for Entry { code, status, action, to_do } in codes {
            html.push_str(&format!(
                "<li class=\"{action}\"><span>{}</span> <span>{}{}</span> <span>{}</span></li>\n",
                with_marks(code, Marks::Plain),
                spoken(&format!("{} ", columns[2])),
                with_marks(status, Marks::Plain),
                inline(to_do),
            ));
        }
        html.push_str("</ul>\n</li>\n");
    }
    html.push_str("</ul>\n</nav>\n");
}

fn listing(html: &mut String, Listing { caption, code, .. }: &Listing) {
    html.push_str(&format!(
        "<figure>\n<figcaption>{}</figcaption>\n<pre><code>{}</code></pre>\n</figure>\n",
        inline(caption),
        plain(code),
    ));
}

/// Whether the mark of a source is a link. A finger cannot hit one that is close to another link.
#[derive(Clone, Copy)]
enum Marks {
    Linked,
    Plain,
}

fn inline(text: &Text) -> String {
    with_marks(text, Marks::Linked)
}

fn with_marks(Text(pieces): &Text, marks: Marks) -> String {
    let mut html = String::new();
    for piece in pieces {
        let piece = match piece {
            Piece::Words(words) => plain(words),
            Piece::Code(words) => code(words),
            Piece::Name(name, id) => format!("<a href=\"#{id}\">{}</a>", code(name)),
            Piece::Link(words, id) => format!("<a href=\"#{id}\">{}</a>", plain(words)),
            Piece::Elsewhere(words, url) => {
                format!("<a href=\"{}\">{}</a>", plain(url), plain(words))
            }
            Piece::Advice => {
                format!("<span class=\"mark\" title=\"Advice\">°{}</span>", spoken(" (advice)"))
            }
            Piece::Observed(number, id, title) => source_mark(*number, id, title, marks),
        };
        html.push_str(&piece);
    }
    html
}

fn source_mark(number: usize, id: &str, title: &str, marks: Marks) -> String {
    let title = format!("title=\"Observed: {}\"", plain(title));
    let words = format!("{}{number}", spoken(" source "));
    match marks {
        Marks::Linked => {
            format!("<sup><a class=\"mark\" href=\"#{id}\" {title}>{words}</a></sup>")
        }
        Marks::Plain => format!("<sup class=\"mark\" {title}>{words}</sup>"),
    }
}

/// Words that a screen reader says, and that the style sheet hides.
fn spoken(words: &str) -> String {
    format!("<span class=\"spoken\">{words}</span>")
}

fn code(name: &str) -> String {
    format!("<code>{}</code>", plain(name))
}

fn anchor(id: Option<&str>) -> String {
    id.map_or_else(String::new, |id| format!(" id=\"{}\"", plain(id)))
}

/// Text as HTML that shows it unchanged, also within the quotes of an attribute.
fn plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}
