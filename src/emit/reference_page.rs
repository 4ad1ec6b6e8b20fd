//! `errors.md`: the reference page.

use alloc::format;
use alloc::string::String;

use super::catalogue_export::{Catalogue, CodeEntry, Fact, SourceEntry};
use super::{DOCUMENTED, SOURCE, described, example, withdrawal};
use crate::catalogue::WITHDRAWN;
use crate::model::ErrorResponse;
use crate::text::markdown;

pub(super) fn page() -> String {
    let catalogue = Catalogue::current();
    let mut page = Page(format!("<!-- {SOURCE} -->\n\n# Errors\n"));
    introduction(&mut page);
    reference(&mut page, &catalogue);
    handling(&mut page, &catalogue);
    page.heading("Each code");
    for code in &catalogue.codes {
        one_code(&mut page, &catalogue, code);
    }
    getting_help(&mut page);
    sources(&mut page, &catalogue);
    page.0
}

fn introduction(page: &mut Page) {
    page.paragraph(
        "If a call to the Intelliprint API fails, the response body is a JSON object with one member, `error`. \
         The documentation gives this example (observed):",
    );
    page.body(&example(DOCUMENTED));
    page.paragraph(&format!(
        "Names, descriptions and the meaning of the fields are the specification’s own words. A fact \
         that the specification does not state has a mark: a number is the [source](#sources) in which \
         the fact was observed, and {ADVICE} is advice, this project’s choice in line with HTTP semantics.",
    ));
}

/// The specification's three tables.
fn reference(page: &mut Page, catalogue: &Catalogue) {
    page.heading("Understanding the error object");
    page.table(&["Field", "Description"]);
    for field in &catalogue.fields {
        page.row(&[code(field.name), plain(field.description)]);
    }
    page.paragraph(
        "For a nested parameter, `param` is a dotted path such as `postage.service` (observed). An absent `param` and \
         `null` mean the same (observed). Treat `type` and `code` as open lists: a newer server may send names that are \
         not on this page, and an older server has sent the type `rate_limit_error` (observed).",
    );
    page.heading("Types");
    page.table(&["Type", "Description"]);
    for error_type in &catalogue.types {
        // GitHub gives a heading an anchor, but not a table's row.
        page.row(&[
            format!("<a id=\"type-{0}\"></a>{1}", error_type.name, code(error_type.name)),
            plain(&described(error_type.description, error_type.withdrawn)),
        ]);
    }
    page.heading("Codes");
    page.table(&["Error Code", "Description"]);
    for entry in &catalogue.codes {
        page.row(&[link(entry.name), plain(&described(entry.description, entry.withdrawn))]);
    }
}

/// What the specification does not state: type, status and retry rule of each code.
fn handling(page: &mut Page, catalogue: &Catalogue) {
    page.heading("Type, status and retry");
    page.table(&["Error Code", "Type", "HTTP status", "Retry"]);
    for entry in &catalogue.codes {
        page.row(&[
            format!("{}{}", link(entry.name), withdrawal(entry.withdrawn)),
            marked(catalogue, &entry.error_type, |name| type_link(name)),
            status(catalogue, entry),
            marked(catalogue, &entry.retry, |name| code(name)),
        ]);
    }
    page.paragraph("The retry rules:");
    for term in &catalogue.retry {
        page.item(&format!("{}: {}", code(term.name), plain(term.description)));
    }
    page.paragraph(
        "If the code is not on this page, or the response is not from the API, the status decides (advice): \
         `after_delay` for 429, `if_idempotent` for 408 and for 500 to 599, otherwise `never`.",
    );
}

fn one_code(page: &mut Page, catalogue: &Catalogue, entry: &CodeEntry) {
    page.0.push_str(&format!("\n### {}\n", code(entry.name)));
    page.paragraph(&plain(entry.description));
    if let Some(version) = entry.withdrawn {
        page.paragraph(&format!("**Withdrawn in {version}.** {WITHDRAWN}"));
    }
    page.item(&format!("Type: {}", marked(catalogue, &entry.error_type, |name| type_link(name))));
    page.item(&format!("HTTP status: {}", status(catalogue, entry)));
    page.item(&format!("Retry: {}", marked(catalogue, &entry.retry, |name| code(name))));
    page.item(&format!("How to fix it: {}", marked(catalogue, &entry.remedy, |text| plain(text))));
    for elsewhere in &entry.elsewhere {
        page.item(&format!(
            "Another page{} says: {} {}{ADVICE}",
            number(catalogue, elsewhere.source),
            plain(elsewhere.says),
            plain(elsewhere.reason),
        ));
    }
    page.paragraph(&format!("Example{}:", mark(catalogue, &entry.example)));
    page.body(&entry.example.value);
}

fn sources(page: &mut Page, catalogue: &Catalogue) {
    page.heading("Sources");
    page.paragraph("What is marked with a number was observed in:");
    for (at, SourceEntry { title, url, shows, .. }) in catalogue.sources.iter().enumerate() {
        let title = plain(title);
        let title = url.map_or_else(|| title.clone(), |url| format!("[{title}]({url})"));
        page.0.push_str(&format!(
            "{}{}. {title}. {}\n",
            if at == 0 { "\n" } else { "" },
            at + 1,
            plain(shows)
        ));
    }
}

fn getting_help(page: &mut Page) {
    page.heading("Getting help");
    page.paragraph("Email the Intelliprint Support team with:");
    page.item("the full error message and code,");
    page.item("the request that caused the error,");
    page.item("the print job ID, if there is one,");
    page.item("the `Request-Id` header of the response (observed).");
}

fn status(catalogue: &Catalogue, entry: &CodeEntry) -> String {
    marked(catalogue, &entry.status, |status| {
        status.map_or("none, SDKs only".into(), |status| format!("{status}"))
    })
}

fn marked<T>(catalogue: &Catalogue, fact: &Fact<T>, show: impl FnOnce(&T) -> String) -> String {
    show(&fact.value) + &mark(catalogue, fact)
}

/// The mark of advice.
const ADVICE: &str = "°";

/// Where a fact comes from. The specification's facts have no mark.
fn mark<T>(catalogue: &Catalogue, fact: &Fact<T>) -> String {
    match (fact.source, fact.provenance) {
        (Some(source), _) => number(catalogue, source),
        (None, "advice") => ADVICE.into(),
        (None, _) => String::new(),
    }
}

/// A source's number, as a link to the list of sources.
fn number(catalogue: &Catalogue, id: &str) -> String {
    let at = catalogue.sources.iter().position(|source| source.id == id);
    at.map_or_else(String::new, |at| format!(" <sup>[{}](#sources)</sup>", at + 1))
}

fn link(name: &str) -> String {
    format!("[{}](#{name})", code(name))
}

fn type_link(name: &str) -> String {
    format!("[{}](#type-{name})", code(name))
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn plain(text: &str) -> String {
    markdown::escape(text).collect()
}

/// A Markdown page under construction. Each block follows an empty line, and consecutive
/// items form one list.
struct Page(String);

impl Page {
    fn heading(&mut self, text: &str) {
        self.0.push_str(&format!("\n## {text}\n"));
    }

    fn paragraph(&mut self, text: &str) {
        self.0.push_str(&format!("\n{text}\n"));
    }

    fn item(&mut self, text: &str) {
        let is_first = !self.0.lines().last().is_some_and(|line| line.starts_with("- "));
        self.0.push_str(if is_first { "\n- " } else { "- " });
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn table(&mut self, columns: &[&str]) {
        self.0.push_str(&format!(
            "\n| {} |\n|{}\n",
            columns.join(" | "),
            "---|".repeat(columns.len())
        ));
    }

    fn row(&mut self, cells: &[String]) {
        self.0.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    fn body(&mut self, body: &ErrorResponse) {
        self.0.push_str(&format!("\n```json\n{}```\n", super::json::pretty(body)));
    }
}
