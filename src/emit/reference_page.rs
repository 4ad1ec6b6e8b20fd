//! `errors.md`: the reference page.

use alloc::format;
use alloc::string::String;

use super::catalogue_export::{Catalogue, CodeEntry, Fact};
use super::{DOCUMENTED, SOURCE, described, example, withdrawal};
use crate::catalogue::WITHDRAWN;
use crate::model::ErrorResponse;
use crate::text::markdown;

pub(super) fn page() -> String {
    let catalogue = Catalogue::current();
    let mut page = Page(format!("<!-- {SOURCE} -->\n\n# Errors\n"));
    introduction(&mut page, &catalogue);
    reference(&mut page, &catalogue);
    handling(&mut page, &catalogue);
    page.heading("Each code");
    for code in &catalogue.codes {
        one_code(&mut page, code);
    }
    getting_help(&mut page);
    page.0
}

fn introduction(page: &mut Page, catalogue: &Catalogue) {
    page.paragraph(
        "If a call to the Intelliprint API fails, the response body is a JSON object with one member, `error`. \
         The documentation gives this example (observed):",
    );
    page.body(&example(DOCUMENTED));
    page.paragraph(
        "Names, descriptions and the meaning of the fields are the specification’s own words. Every other \
         fact is marked with its provenance:",
    );
    for term in &catalogue.provenance {
        page.item(&format!("*{}*: {}", term.name, plain(term.description)));
    }
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
        page.row(&[
            code(error_type.name),
            plain(&described(error_type.description, error_type.withdrawn)),
        ]);
    }
    page.heading("Codes");
    page.table(&["Error Code", "Description"]);
    for entry in &catalogue.codes {
        page.row(&[code(entry.name), plain(&described(entry.description, entry.withdrawn))]);
    }
}

/// What the specification does not state: type, status and retry rule of each code.
fn handling(page: &mut Page, catalogue: &Catalogue) {
    page.heading("Type, status and retry");
    page.table(&["Error Code", "Type", "HTTP status", "Retry"]);
    for entry in &catalogue.codes {
        let link =
            format!("[{}](#{}){}", code(entry.name), entry.name, withdrawal(entry.withdrawn));
        page.row(&[
            link,
            marked(&entry.error_type, |name| code(name)),
            status(entry),
            marked(&entry.retry, |name| code(name)),
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

fn one_code(page: &mut Page, entry: &CodeEntry) {
    page.0.push_str(&format!("\n### {}\n", code(entry.name)));
    page.paragraph(&plain(entry.description));
    if let Some(version) = entry.withdrawn {
        page.paragraph(&format!("**Withdrawn in {version}.** {WITHDRAWN}"));
    }
    page.item(&format!("Type: {}", marked(&entry.error_type, |name| code(name))));
    page.item(&format!("HTTP status: {}", status(entry)));
    page.item(&format!("Retry: {}", marked(&entry.retry, |name| code(name))));
    page.item(&format!("How to fix it: {}", marked(&entry.remedy, |text| plain(text))));
    page.paragraph(&format!("Example (*{}*):", entry.example.provenance));
    page.body(&entry.example.value);
}

fn getting_help(page: &mut Page) {
    page.heading("Getting help");
    page.paragraph("Email the Intelliprint Support team with:");
    page.item("the full error message and code,");
    page.item("the request that caused the error,");
    page.item("the print job ID, if there is one,");
    page.item("the `Request-Id` header of the response (observed).");
}

fn status(entry: &CodeEntry) -> String {
    marked(&entry.status, |status| {
        status.map_or("none, SDKs only".into(), |status| format!("{status}"))
    })
}

fn marked<T>(fact: &Fact<T>, show: impl FnOnce(&T) -> String) -> String {
    format!("{} *({})*", show(&fact.value), fact.provenance)
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
