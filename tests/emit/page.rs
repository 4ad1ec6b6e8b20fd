//! The reference page, `errors.md` and `errors.html`: each sentence and fact, as the page should have
//! it, written by hand from the specification and from what is known of the API beside it.

use std::collections::BTreeSet;

use intelliprint_error::emit::Artefact;

use super::outline::{self, Node};
use super::specification::{CODES, FACTS, FIELDS, SOURCES, TYPES};

/// Name, what to do, how to fix it.
#[rustfmt::skip]
const REMEDIES: [(&str, &str, &str); 14] = [
    ("parameter_invalid", "Fix the request", "Correct the value of the parameter that param names, then send the request again."),
    ("parameter_missing", "Fix the request", "Add the parameter that param names, then send the request again."),
    ("parameter_unknown", "Fix the request", "Remove the parameter that param names, or correct its spelling. The message may suggest the name that was meant."),
    ("body_too_large", "Fix the request", "Send less in one request: compress the files, or split the job into several requests."),
    ("body_incorrect_format", "Fix the request", "Send one valid JSON object or a multipart/form-data request, and set the Content-Type header to match."),
    ("no_api_key", "Fix the request", "Send the API key with the request. If it is sent, check that no proxy removes it."),
    ("invalid_api_key", "Fix the request", "Check that the key is complete and has not expired, or create a new one."),
    ("payment_error", "Ask support", "Top up the account\u{2019}s balance or have its credit limit raised, then send the request again."),
    ("not_found", "Fix the request", "Check the method, the path and the ID. Check that the resource belongs to the account of the API key."),
    ("rate_limited", "Wait and resend", "Wait, then send the request again. Wait longer after each further failure, and spread requests out."),
    ("internal_error", "Find out first", "Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice. If the error persists, contact support."),
    ("network_error", "Find out first", "Check the connection. Before sending the request again, find out whether it took effect: a blind retry can post the same letter twice."),
    ("forbidden", "Ask support", "Use a key that is authorised to access the resource, or have this one authorised."),
    ("refused", "Ask support", "Delete resources of this kind that are no longer needed, or have the account\u{2019}s limit raised."),
];

/// What the API's own pages say otherwise: code, source, the page's words and ours.
#[rustfmt::skip]
const ELSEWHERE: [(&str, &str, &str); 7] = [
    ("parameter_missing", "troubleshooting", "One message names three alternatives: \u{201c}You must provide either 'content', 'file', or 'template'\u{201d}. The message is free text, and param need not be one word of it."),
    ("invalid_api_key", "troubleshooting", "The key may also be one that \u{201c}has been revoked\u{201d}. Check that, too, before you create a new key."),
    ("rate_limited", "rate-limits", "Ten requests a second in test mode and 50 in production. Another page says 100 a minute. The pages disagree, so no number is a fact here."),
    ("internal_error", "troubleshooting", "Retry the request, and contact support if the error persists. Our advice is narrower: no page says what becomes of the first letter, no idempotency key is documented, and a blind retry can post the letter twice."),
    ("internal_error", "rate-limits", "An example repeats the creation of a print job after anything but a 4xx other than 429. Our advice is narrower, for the same reason."),
    ("forbidden", "troubleshooting", "The page lists this code with those about resources, not with those about keys. The type is our choice, because the description speaks of the key."),
    ("refused", "troubleshooting", "The page\u{2019}s own list of codes leaves this code out. The specification lists it, so it stands."),
];

/// The sources of observed facts, in the order of their numbers.
#[rustfmt::skip]
const SHOWS: [(&str, &str); 6] = [
    ("The documentation\u{2019}s page on errors, which is the specification", "The example body, and every name and description."),
    ("The documentation\u{2019}s page on troubleshooting errors", "Bodies with parameter_invalid (param postage.service) and parameter_missing, the causes of each type, and that a message is safe to display to users."),
    ("The documentation\u{2019}s page on rate limits and best practices, and api-docs.intelliprint.net", "The code rate_limited comes with 429: back off, then send the request again."),
    ("The official Node SDK\u{2019}s tests/errors.test.js, a test against the live API", "A response with 404, not_found, invalid_request_error, its message, no param, and the header Request-Id."),
    ("A public integration\u{2019}s log of a live response", "A response with 400, parameter_unknown and \u{201c}Received unknown parameter: add_address_sheet\u{201d}."),
    ("A public Node server library\u{2019}s body handlers, which respond with this API\u{2019}s names", "Responses with 413 and body_too_large, and with 422 and body_incorrect_format, both invalid_request_error."),
];

const INTRODUCTION: &str = "\
# Intelliprint API errors
If a call to the Intelliprint API fails, the response body is a JSON object with one field, `error`. Its `code` says what happened.
## At a glance
| Type | Error Code | HTTP status | What to do |";

const ACTIONS: &str = "\
- {#fix-the-request}Fix the request: The request is at fault: change it, then send it again.
- {#wait-and-resend}Wait and resend: The request was turned away before any work was done: any request may be sent again after a delay.
- {#find-out-first}Find out first: The outcome is unknown: send the request again only if it is idempotent, for a blind retry can post the same letter twice.
- {#ask-support}Ask support: The request is in order, but the account or the API key does not permit it: change that, or ask support.
Names, descriptions and the meaning of the fields are the specification\u{2019}s own words. A fact that the specification does not state has a mark: a number is the [source](#where-facts-come-from) in which the fact was observed, and {advice} is advice, this project\u{2019}s choice in line with HTTP semantics. Above, the mark of a code is for its type, and what to do is advice throughout.
## The error object
The documentation\u{2019}s example{errors-page:1}:
```json
{
  \"error\": {
    \"message\": \"Received unknown parameter: confimred (Did you mean confirmed?)\",
    \"type\": \"invalid_request_error\",
    \"code\": \"parameter_unknown\",
    \"param\": \"confimred\"
  }
}
The fields, in the specification\u{2019}s words:
| Field | Description |";

const NOTES: &str = "\
For a nested parameter, `param` is a dotted path such as `postage.service`{troubleshooting:2}. An absent `param` and `null` mean the same (observed). Treat `type` and `code` as open lists: a newer server may send names that are not on this page, and an older server has sent the type `rate_limit_error` (observed).
## Error types
The types, in the specification\u{2019}s words and order:
| Type | Description |";

const CODES_HEAD: &str = "\
## Error codes
The codes, in the specification\u{2019}s words and order:
| Error Code | Description |";

const CATCHING: &str = "\
## Catch an error
Each code below has the lines that catch it. They begin with an `error` that is made from any failed response, as shown here. `report`, `wait` and `resend` are functions of your own.
From a response to an error
```rust
use intelliprint_error::{ApiError, ErrorCode};

let error = ApiError::from_parts(status, request_id, body);
```ts
import { ApiError, ErrorCode } from \"./errors.js\";

const error = ApiError.fromResponse(status, headers, body);
```python
from errors import ApiError, ErrorCode

error = ApiError.from_response(status, headers, body)
## Each code";

const END: &str = "\
## Any other error
If the code is not on this page, or the response is not from the API, the status decides: `after_delay` for 429, `if_idempotent` for 408 and for 500 to 599, otherwise `never`.{advice}
## Getting help
If you need help, there are many resources available to you:
- The API Reference contains detailed information about each endpoint and its parameters.
- The Get Started guide has examples of how to use the API.
- The Intelliprint Support team is always happy to help. Just email us with:
  - The full error message and code.
  - The request that caused the error.
  - The print job ID (if applicable).
Add the response\u{2019}s header `Request-Id`{node-sdk:4}, which support asks for.
## Where facts come from
What is marked with a number was observed in:";

/// `spec` has no mark.
fn mark(from: &str) -> String {
    match from {
        "spec" => String::new(),
        "advice" => "{advice}".to_owned(),
        source => {
            let number = SOURCES.iter().position(|(id, _)| *id == source).unwrap() + 1;
            format!("{{{source}:{number}}}")
        }
    }
}

fn type_link(name: &str) -> String {
    format!("[`{name}`](#type-{name})")
}

fn code_link(name: &str) -> String {
    format!("[`{name}`](#{name})")
}

fn expected() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (error_type, _) in TYPES {
        for ((name, of, from, status, status_from, ..), (_, to_do, _)) in
            FACTS.into_iter().zip(REMEDIES)
        {
            if of == error_type {
                let status = status.map_or("none".into(), |status| status.to_string());
                page += &format!(
                    "\n| {} | {}{} | {status}{} | [{to_do}](#{}) |",
                    type_link(of),
                    code_link(name),
                    mark(from),
                    mark(status_from),
                    to_do.to_lowercase().replace(' ', "-"),
                );
            }
        }
    }
    page += &format!("\n{ACTIONS}");
    for (name, words) in FIELDS {
        page += &format!("\n| `{name}` | {words} |");
    }
    page += &format!("\n{NOTES}");
    for (name, words) in TYPES {
        page += &format!("\n| {{#type-{name}}}{} | {words} |", type_link(name));
    }
    page += &format!("\n{CODES_HEAD}");
    for (name, words) in CODES {
        page += &format!("\n| {} | {words} |", code_link(name));
    }
    page += &format!("\n{CATCHING}");
    for at in 0..CODES.len() {
        page += &section(at);
    }
    page += &format!("\n{END}");
    for ((id, url), (title, shows)) in SOURCES.into_iter().zip(SHOWS) {
        let title = url.map_or(title.to_owned(), |url| format!("[{title}]({url})"));
        page += &format!("\n- {{#source-{id}}}{title}. {shows}");
    }
    page
}

/// A code's section, without its example and what catches it.
fn section(at: usize) -> String {
    let ((name, words), (_, error_type, type_from, status, status_from, retry, retry_from)) =
        (CODES[at], FACTS[at]);
    let (named, _, remedy) = REMEDIES[at];
    assert_eq!(named, name);
    let status = status.map_or("none, SDKs only".into(), |status| status.to_string());
    let rule = match retry {
        "never" => "The same request will fail again until the cause of the error is fixed.",
        "after_delay" => {
            "The request was turned away before any work was done: any request may be sent again after a delay."
        }
        _ => {
            "The outcome is unknown: send the request again only if it is idempotent, for a blind retry can post the same letter twice."
        }
    };
    let mut section = format!(
        "\n### `{name}`\n{words}\n- How to fix it: {remedy}{{advice}}\n- Retry: `{retry}`{}. {rule}\n\
         - HTTP status: {status}{}\n- Type: {}{}",
        mark(retry_from),
        mark(status_from),
        type_link(error_type),
        mark(type_from),
    );
    for (_, source, words) in ELSEWHERE.into_iter().filter(|(code, ..)| *code == name) {
        section += &format!("\n- Another page{} says: {words}{{advice}}", mark(source));
    }
    section + &example(name, error_type) + &catching(name, retry)
}

/// Message and param of the examples. Three of them were observed.
#[rustfmt::skip]
const EXAMPLES: [(&str, &str, &str, Option<&str>); 14] = [
    ("parameter_invalid", "advice", "Invalid value for parameter: postage.service", Some("postage.service")),
    ("parameter_missing", "advice", "Missing required parameter: recipients", Some("recipients")),
    ("parameter_unknown", "errors-page", "Received unknown parameter: confimred (Did you mean confirmed?)", Some("confimred")),
    ("body_too_large", "advice", "The request body is larger than 100 MiB", None),
    ("body_incorrect_format", "advice", "The request body is not a valid JSON object", None),
    ("no_api_key", "advice", "No API key was provided", None),
    ("invalid_api_key", "advice", "The API key provided is invalid or has expired", None),
    ("payment_error", "advice", "The account balance does not cover the cost of this print job", None),
    ("not_found", "node-sdk", "No such resource exists: POST /v0/prints", None),
    ("rate_limited", "advice", "Too many requests from this IP address", None),
    ("internal_error", "advice", "An internal error occurred", None),
    ("network_error", "advice", "No response came from the Intelliprint API", None),
    ("forbidden", "advice", "The API key provided is not authorised to access this resource", None),
    ("refused", "advice", "The account has reached its limit for this resource", None),
];

fn example(name: &str, error_type: &str) -> String {
    let (_, from, message, param) = EXAMPLES.into_iter().find(|(code, ..)| *code == name).unwrap();
    let param = param.map(|param| format!(",\n    \"param\": \"{param}\"")).unwrap_or_default();
    format!(
        "\nExample body{}:\n```json\n{{\n  \"error\": {{\n    \"message\": \"{message}\",\n    \
         \"type\": \"{error_type}\",\n    \"code\": \"{name}\"{param}\n  }}\n}}",
        mark(from),
    )
}

/// `tests/page/run` runs these lines.
fn catching(name: &str, retry: &str) -> String {
    let variant: String =
        name.split('_').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..])).collect();
    let constant = name.to_uppercase();
    let (rust, typescript, python) = match retry {
        "never" => ("    report(&error);\n", "  report(error);\n", "    report(error)"),
        "after_delay" => (
            "    wait(error.retry_after());\n    resend();\n",
            "  await wait(error.retryAfter);\n  resend();\n",
            "    wait(error.retry_after)\n    resend()",
        ),
        _ => (
            "    if error.may_retry(is_idempotent) {\n        resend();\n    } else {\n        report(&error);\n    }\n",
            "  if (error.mayRetry(isIdempotent)) {\n    resend();\n  } else {\n    report(error);\n  }\n",
            "    if error.may_retry(is_idempotent):\n        resend()\n    else:\n        report(error)",
        ),
    };
    format!(
        "\nCatch it in Rust, TypeScript and Python\n```rust\nif error.code() == \
         Some(ErrorCode::{variant}) {{\n{rust}}}\n```ts\nif (error.code === ErrorCode.{variant}) \
         {{\n{typescript}}}\n```python\nif error.code is ErrorCode.{constant}:\n{python}"
    )
}

/// Compares line by line, so that the first difference is in the message.
#[track_caller]
fn assert_is_the_page(lines: &[String]) {
    let expected = expected();
    let lines = lines.join("\n");
    for (line, wanted) in lines.lines().zip(expected.lines()) {
        assert_eq!(line, wanted);
    }
    assert_eq!(lines.lines().count(), expected.lines().count());
}

#[test]
fn errors_md_has_every_fact_and_sentence() {
    assert_is_the_page(&outline::of_markdown(&Artefact::Docs.render()));
}

#[test]
fn errors_html_has_every_fact_and_sentence() {
    assert_is_the_page(&outline::of_html(&outline::parse(&Artefact::Html.render())));
}

/// The anchors that people link to, which must never change.
fn anchors() -> BTreeSet<String> {
    let sections = [
        "at-a-glance",
        "the-error-object",
        "error-types",
        "error-codes",
        "catch-an-error",
        "each-code",
        "any-other-error",
        "getting-help",
        "where-facts-come-from",
    ];
    let actions = ["fix-the-request", "wait-and-resend", "find-out-first", "ask-support"];
    let names = sections.into_iter().chain(actions).map(str::to_owned);
    names
        .chain(CODES.into_iter().map(|(name, _)| name.to_owned()))
        .chain(TYPES.into_iter().map(|(name, _)| format!("type-{name}")))
        .chain(SOURCES.into_iter().map(|(id, _)| format!("source-{id}")))
        .collect()
}

fn values(page: &Node, attribute: &str) -> Vec<String> {
    let all = page.all();
    all.iter().filter_map(|node| node.attribute(attribute)).map(str::to_owned).collect()
}

#[test]
fn every_anchor_is_there_once_and_every_link_leads_to_one() {
    let html = outline::parse(&Artefact::Html.render());
    let ids = values(&html, "id");
    let unique: BTreeSet<_> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), unique.len());
    let mut wanted = anchors();
    wanted.insert("main".to_owned());
    assert_eq!(unique, wanted);
    for link in values(&html, "href") {
        match link.strip_prefix('#') {
            Some(id) => assert!(unique.contains(id), "{link}"),
            None => assert!(link.starts_with("https://") || link == "data:,", "{link}"),
        }
    }

    // GitHub gives each heading an anchor, and others are in the text.
    let lines = outline::of_markdown(&Artefact::Docs.render()).join("\n");
    let headings =
        lines.lines().filter_map(|line| line.strip_prefix("## ").or(line.strip_prefix("### ")));
    let headings = headings.map(|words| words.to_lowercase().replace(' ', "-").replace('`', ""));
    let inline = lines.split("{#").skip(1).map(|rest| rest.split('}').next().unwrap().to_owned());
    assert_eq!(headings.chain(inline).collect::<BTreeSet<_>>(), anchors());
    for link in lines.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(anchors().contains(link), "{link}");
    }
}

#[test]
fn errors_html_is_one_small_file_without_scripts() {
    let page = Artefact::Html.render();
    assert!(page.len() < 100_000, "{}", page.len());
    let html = outline::parse(&page);
    for node in html.all() {
        assert!(!["script", "img", "iframe", "object", "form"].contains(&node.name()));
        for attribute in ["src", "style", "onclick", "onload"] {
            assert_eq!(node.attribute(attribute), None);
        }
    }
    let all = html.all();
    let style = outline::text(all.iter().find(|node| node.name() == "style").unwrap());
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<'));
    let policy = all.iter().find(|node| node.attribute("http-equiv").is_some()).unwrap();
    assert_eq!(
        policy.attribute("content"),
        Some("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    );
}

/// The names of the map's columns are for wide screens, where the style shows them.
#[test]
fn nothing_of_errors_html_is_hidden_but_one_line() {
    let html = outline::parse(&Artefact::Html.render());
    let all = html.all();
    let hidden = all.iter().filter(|node| node.attribute("hidden").is_some());
    assert_eq!(hidden.map(|node| node.name()).collect::<Vec<_>>(), ["p"]);
    assert!(all.iter().all(|node| node.attribute("aria-hidden").is_none()));
}

/// A renderer other than GitHub's may need the `|` that ends a row.
#[test]
fn each_row_of_errors_md_begins_and_ends_with_its_border() {
    let page = Artefact::Docs.render();
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with('|')).collect();
    // The map, the fields, the types and the codes, each below two lines of a head.
    assert_eq!(rows.len(), 2 + 14 + 2 + 4 + 2 + 6 + 2 + 14);
    assert!(rows.iter().all(|row| row.ends_with('|')));
}

/// A reader finds a fact by its label.
#[test]
fn the_label_of_each_fact_of_errors_md_is_bold() {
    let page = Artefact::Docs.render();
    for label in ["How to fix it", "Retry", "HTTP status", "Type"] {
        let start = format!("- **{label}:** ");
        let count = page.lines().filter(|line| line.starts_with(&start)).count();
        assert_eq!(count, CODES.len(), "{label}");
    }
}

/// GitHub folds all that follows a part that does not end.
#[test]
fn each_folded_part_of_errors_md_ends_before_the_next() {
    let page = Artefact::Docs.render();
    let tags: Vec<_> = page.lines().filter(|line| line.contains("details>")).collect();
    // The lines that make an error of a response, and those that catch each code.
    assert_eq!(tags.len(), 2 * (1 + CODES.len()));
    for pair in tags.chunks(2) {
        assert!(pair[0].starts_with("<details><summary>") && pair[1] == "</details>", "{pair:?}");
    }
}

/// What browsers, search engines and phones read before the page is shown.
#[test]
fn the_head_of_errors_html_tells_its_language_and_sizes() {
    let page = Artefact::Html.render();
    let (head, _) = page.split_once("<style>").unwrap();
    let lines: Vec<_> = head.lines().collect();
    assert_eq!(lines[0], "<!doctype html>");
    for line in [
        r#"<html lang="en-GB">"#,
        r#"<meta charset="utf-8">"#,
        r#"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
        r#"<meta name="color-scheme" content="light dark">"#,
        r#"<meta name="description" content="What each error code of the Intelliprint API means, and what to do about it.">"#,
        "<title>Intelliprint API errors</title>",
        r#"<link rel="icon" href="data:,">"#,
    ] {
        assert_eq!(lines.iter().filter(|found| **found == line).count(), 1, "{line}");
    }
}

/// A keyboard and a screen reader find the parts of the page by these.
#[test]
fn the_parts_of_errors_html_are_landmarks_and_link_to_themselves() {
    let html = outline::parse(&Artefact::Html.render());
    let all = html.all();
    let first_link = all.iter().find(|node| node.name() == "a").unwrap();
    assert_eq!(first_link.attribute("href"), Some("#main"));
    assert_eq!(outline::text(first_link), "Skip to the content");
    let main = all.iter().find(|node| node.name() == "main").unwrap();
    assert_eq!(main.attribute("id"), Some("main"));
    let navs: Vec<_> = all.iter().filter(|node| node.name() == "nav").collect();
    let labels: Vec<_> = navs.iter().map(|nav| nav.attribute("aria-label")).collect();
    assert_eq!(labels, [Some("Codes by type"), Some("Codes")]);
    let codes: Vec<_> = CODES.iter().map(|(name, _)| format!("#{name}")).collect();
    assert_eq!(values(navs[1], "href"), codes);

    let mut names = Vec::new();
    for section in all.iter().filter(|node| node.name() == "section") {
        let id = section.attribute("id").unwrap();
        let heading = section.all().into_iter().find(|node| node.name().starts_with('h')).unwrap();
        assert_eq!(values(heading, "href"), [format!("#{id}")], "{id}");
        // Sections of the page, and those of the codes within one of them.
        let is_code = CODES.iter().any(|(name, _)| *name == id);
        assert_eq!(heading.name(), if is_code { "h3" } else { "h2" }, "{id}");
        names.push(id);
    }
    assert_eq!(names.len(), 9 + CODES.len(), "{names:?}");

    // In the map, a status alone would say nothing to a listener.
    let statuses = all.iter().filter(|node| outline::text(node) == "HTTP status ");
    assert_eq!(statuses.filter(|node| node.attribute("class") == Some("spoken")).count(), 14);
}

/// A mark is a sign: who points at it sees where the fact comes from, and who listens hears it.
#[test]
fn each_mark_of_errors_html_is_named_and_spoken() {
    let html = outline::parse(&Artefact::Html.render());
    let mut advice = 0;
    let mut numbers = BTreeSet::new();
    for mark in html.all().into_iter().filter(|node| node.attribute("class") == Some("mark")) {
        let words = outline::text(mark);
        if words == "° (advice)" {
            assert_eq!(mark.attribute("title"), Some("Advice"));
            advice += 1;
            continue;
        }
        let number: usize = words.strip_prefix(" source ").expect(&words).parse().unwrap();
        let title = format!("Observed: {}", SHOWS[number - 1].0);
        assert_eq!(mark.attribute("title"), Some(title.as_str()));
        numbers.insert(number);
    }
    assert!(advice > 28, "each code has a remedy and a rule on retrying: {advice}");
    assert_eq!(numbers, (1..=SHOWS.len()).collect());
}

/// Each code has the colour of what to do, and its name is the one link that a finger may mean: a
/// mark beside it is none.
#[test]
fn the_map_of_errors_html_has_a_colour_and_two_links_for_each_code() {
    let html = outline::parse(&Artefact::Html.render());
    let all = html.all();
    let style = outline::text(all.iter().find(|node| node.name() == "style").unwrap());
    let map = all.iter().find(|node| node.attribute("aria-label") == Some("Codes by type"));
    let entries = map.unwrap().all().into_iter().filter(|node| node.attribute("class").is_some());
    let mut codes = BTreeSet::new();
    for entry in entries.filter(|node| node.name() == "li") {
        let action = entry.attribute("class").unwrap();
        let links = values(entry, "href");
        let [code, to_do] = links.as_slice() else { panic!("{links:?}") };
        assert_eq!(*to_do, format!("#{action}"), "{code}");
        assert!(style.contains(&format!(".{action} > ")), "{action} has no style");
        codes.insert(code.clone());
    }
    assert_eq!(codes, CODES.iter().map(|(name, _)| format!("#{name}")).collect());
}

/// A mark is a number, so a reader of the bare text must find the number in front of its source.
#[test]
fn the_sources_of_errors_md_are_numbered_as_the_marks_are() {
    let page = Artefact::Docs.render();
    for (at, (id, _)) in SOURCES.iter().enumerate() {
        let start = format!("\n{}. <a id=\"source-{id}\"></a>", at + 1);
        assert_eq!(page.matches(&start).count(), 1, "{start}");
    }
}

/// A screen reader names the cells of a row and a column by these.
#[test]
fn the_tables_of_errors_html_have_captions_and_scopes() {
    let html = outline::parse(&Artefact::Html.render());
    let all = html.all();
    let tables: Vec<_> = all.iter().filter(|node| node.name() == "table").collect();
    assert_eq!(tables.len(), 3);
    for table in tables {
        assert_eq!(table.all().iter().filter(|node| node.name() == "caption").count(), 1);
        for row in table.all().into_iter().filter(|node| node.name() == "tr") {
            let scopes: Vec<_> =
                row.children().iter().map(|cell| (cell.name(), cell.attribute("scope"))).collect();
            assert!(
                scopes == [("th", Some("col")); 2] || scopes == [("th", Some("row")), ("td", None)],
                "{scopes:?}"
            );
        }
    }
}
