//! `spec`: compares a saved copy of the documentation's page on errors with the catalogue.
//!
//! The page is the specification. Its owners change it without notice, so `.ci/deep spec FILE` says
//! what to change in the catalogue. The subcommand is for this crate's maintainers and hidden.
//!
//! Both forms of the page are read, line by line:
//!
//! | | Markdown | plain text |
//! |---|---|---|
//! | a field | ``#### `param` `` | `param` |
//! | a row of a table | ``\| `refused` \| The request … \|`` | `refused \| The request … \|` |
//! | an apostrophe | `doesn't` | `doesn’t` |

use std::fmt::{self, Write as _};
use std::prelude::v1::*;

use crate::emit::Catalogue;
use crate::text::one_line::OneLine;

use super::Outcome;

/// The most bytes of a page that are read.
pub const LIMIT: u64 = 1024 * 1024;

/// The fields are described between these two headings.
const FIELDS_BEGIN: &str = "Understanding the Error Object";
const FIELDS_END: &str = "Getting Help";

/// Before a table. The catalogue's description of the field leaves it out.
const BEFORE_TABLE: &str = "This can be one of the following:";

/// Marks of HTML that the page may have in place of a character of its own.
const ENTITIES: [(&str, &str); 3] = [("&gt;", ">"), ("&#39;", "'"), ("&rsquo;", "'")];

/// Says where the page and the catalogue differ in names, words or order. The outcome is fine if they
/// do not differ.
///
/// # Errors
///
/// What the page lacks, if it is another page or not in a form that can be read.
pub fn spec(page: &[u8]) -> Result<Outcome, String> {
    let page = Page::read(&String::from_utf8_lossy(page));
    if let Some(lack) = page.lack() {
        return Err(format!(
            "the page has no {lack}: save the documentation's page on errors as Markdown or text"
        ));
    }
    let catalogue = Page::of_catalogue();
    Ok(Outcome::prose(|out| {
        compare("field", &catalogue.fields, &page.fields, out)?;
        compare("type", &catalogue.types, &page.types, out)?;
        compare("code", &catalogue.codes, &page.codes, out)?;
        let is_same = out.is_empty();
        if is_same {
            let [fields, types, codes] =
                [page.fields, page.types, page.codes].map(|rows| rows.len());
            writeln!(
                out,
                "The page and the catalogue have the same {fields} fields, {types} types and {codes} \
                 codes, in the same words and order."
            )?;
        }
        Ok(is_same)
    }))
}

/// A name and its description, both as [`plain`] makes them.
struct Row {
    name: String,
    description: String,
    /// True only in the catalogue. The page may leave out a withdrawn name.
    is_withdrawn: bool,
}

impl Row {
    fn new(name: &str, description: &str) -> Self {
        Self { name: plain(name), description: plain(description), is_withdrawn: false }
    }
}

/// What a page says.
#[derive(Default)]
struct Page {
    fields: Vec<Row>,
    types: Vec<Row>,
    codes: Vec<Row>,
}

/// What a line is about.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Elsewhere,
    Fields,
    Types,
    Codes,
}

impl Page {
    fn of_catalogue() -> Self {
        let Catalogue { fields, types, codes, .. } = Catalogue::current();
        let row = |name, description, withdrawn: Option<&str>| Row {
            is_withdrawn: withdrawn.is_some(),
            ..Row::new(name, description)
        };
        Self {
            fields: fields.iter().map(|field| Row::new(field.name, field.description)).collect(),
            types: types.iter().map(|t| row(t.name, t.description, t.withdrawn)).collect(),
            codes: codes
                .iter()
                .map(|code| row(code.name, code.description, code.withdrawn))
                .collect(),
        }
    }

    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut place = Place::Elsewhere;
        let mut is_code_block = false;
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                is_code_block = !is_code_block;
                continue;
            }
            let line = plain(line);
            if !is_code_block && !line.is_empty() {
                place = page.read_line(&line, place);
            }
        }
        for Row { description, .. } in &mut page.fields {
            *description = description.trim().trim_end_matches(BEFORE_TABLE).trim().into();
        }
        page
    }

    /// Takes a line, and returns what the next one is about.
    fn read_line(&mut self, line: &str, place: Place) -> Place {
        if line.contains('|') {
            return self.read_row(line, place);
        }
        match line.trim_start_matches('#').trim() {
            FIELDS_BEGIN => return Place::Fields,
            FIELDS_END => return Place::Elsewhere,
            _ if place == Place::Elsewhere => return place,
            name if is_name(name) => self.fields.push(Row::new(name, "")),
            text => {
                if let Some(field) = self.fields.last_mut() {
                    field.description.push(' ');
                    field.description.push_str(text);
                }
            }
        }
        Place::Fields
    }

    fn read_row(&mut self, line: &str, place: Place) -> Place {
        let row = line.trim_matches(['|', ' ']);
        let (name, description) = row.split_once('|').unwrap_or((row, ""));
        let row = Row::new(name, description);
        match (row.name.as_str(), row.description.as_str(), place) {
            ("Type", "Description", _) => return Place::Types,
            ("Error Code", "Description", _) => return Place::Codes,
            (rule, ..) if rule.chars().all(|c| matches!(c, '-' | ':')) => {}
            (_, _, Place::Types) => self.types.push(row),
            (_, _, Place::Codes) => self.codes.push(row),
            (_, _, Place::Elsewhere | Place::Fields) => {}
        }
        place
    }

    /// What cannot be found on the page at all.
    fn lack(&self) -> Option<&'static str> {
        if self.types.is_empty() {
            Some("table with the columns `Type` and `Description`")
        } else if self.codes.is_empty() {
            Some("table with the columns `Error Code` and `Description`")
        } else if self.fields.is_empty() {
            Some("field below a heading `Understanding the Error Object`")
        } else {
            None
        }
    }
}

/// One word: a text of the page has several.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// The text without the marks of Markdown and HTML, with plain apostrophes and single spaces.
fn plain(text: &str) -> String {
    let replaced = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    let text = ENTITIES.iter().fold(text.to_owned(), replaced);
    let plain = text.chars().filter_map(|c| match c {
        '\u{2018}' | '\u{2019}' => Some('\''),
        '`' | '*' | '\\' | '\u{feff}' => None,
        _ => Some(c),
    });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Says each difference between the catalogue's rows and the page's.
fn compare(kind: &str, catalogue: &[Row], page: &[Row], out: &mut String) -> fmt::Result {
    let mut found: Vec<&Row> = Vec::new();
    for row in page {
        if has(&found, &row.name) {
            writeln!(
                out,
                "The page has the {kind} `{}` more than once.",
                OneLine::whole(&row.name)
            )?;
        } else {
            found.push(row);
        }
    }
    for Row { name, description, .. } in &found {
        let (shown, words) = (OneLine::whole(name), OneLine::whole(description));
        match catalogue.iter().find(|row| row.name == *name) {
            None => {
                writeln!(
                    out,
                    "The page has a {kind} `{shown}`, which the catalogue lacks: {words}"
                )?;
            }
            Some(known) if known.description != *description => {
                writeln!(out, "The {kind} `{shown}` is described in other words.")?;
                writeln!(out, "  page       {words}\n  catalogue  {}", known.description)?;
            }
            Some(_) => {}
        }
    }
    let catalogue: Vec<&Row> = catalogue.iter().collect();
    for Row { name, .. } in catalogue.iter().filter(|row| !row.is_withdrawn) {
        if !has(&found, name) {
            writeln!(out, "The catalogue has a {kind} `{name}`, which the page lacks.")?;
        }
    }
    let on_both = found.iter().filter(|row| has(&catalogue, &row.name));
    let in_order = catalogue.iter().filter(|row| has(&found, &row.name));
    if let Some((page, known)) = on_both.zip(in_order).find(|(page, known)| page.name != known.name)
    {
        writeln!(
            out,
            "The {kind}s are in another order: where the page has `{}`, the catalogue has `{}`.",
            page.name, known.name
        )?;
    }
    Ok(())
}

fn has(rows: &[&Row], name: &str) -> bool {
    rows.iter().any(|row| row.name == name)
}
