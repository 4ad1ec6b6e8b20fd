//! `spec`: the saved page says what the catalogue says, and each alteration of the page is named.
//!
//! `documentation.txt` is the page's text as it was published. `documentation.md` is the same in the
//! page's Markdown form, with plain apostrophes and code marks.

use crate::common::{run, run_with};

const TEXT: &str = include_str!("documentation.txt");
const MARKDOWN: &str = include_str!("documentation.md");

/// The page with one piece of it replaced.
#[track_caller]
fn altered(page: &str, from: &str, to: &str) -> String {
    assert_eq!(page.matches(from).count(), 1, "{from}");
    page.replace(from, to)
}

#[track_caller]
fn assert_says(page: &str, expected: &str) {
    let ran = run_with(&["spec", "-"], page.as_bytes());
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), expected, ""));
}

#[test]
fn the_saved_pages_are_the_catalogue() {
    let says = "The page and the catalogue have the same 4 fields, 6 types and 14 codes, in the same \
                words and order.\n";
    for page in [
        TEXT.to_owned(),
        MARKDOWN.to_owned(),
        format!("\u{feff}{}", MARKDOWN.replace('\n', "\r\n")),
        MARKDOWN.replace("(> 100 MiB)", "(&gt; 100 MiB)"),
        MARKDOWN.replace("doesn't", "doesn\u{2019}t"),
        MARKDOWN.replace("doesn't", "doesn\u{2018}t"),
        MARKDOWN.replace("doesn't", "doesn&#39;t"),
        MARKDOWN.replace("doesn't", "doesn&rsquo;t"),
        MARKDOWN.replace("| `body_too_large` ", "| body\\_too\\_large"),
        MARKDOWN.replace("| `refused` ", "| **refused**"),
        MARKDOWN.replace("a unique code", "a\u{a0}unique  code"),
        // What stands outside the description of the error object does not matter.
        MARKDOWN.replace("you need help", "you need advice"),
        MARKDOWN.replace("\"code\": \"parameter_unknown\"", "\"code\": \"| Type | Description |\""),
        // An example of a table is none.
        format!(
            "{MARKDOWN}\n```md\n| Error Code | Description |\n|---|---|\n| `teapot` | It is one. |\n```\n"
        ),
    ] {
        let ran = run_with(&["spec", "-"], page.as_bytes());
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), says, ""));
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/documentation.txt");
    assert_eq!(run(&["spec", file]).code, Some(0));
}

#[test]
fn another_word_is_named_with_both_texts() {
    assert_says(
        &altered(TEXT, "was invalid or expired.", "was invalid or has been revoked."),
        "The code `invalid_api_key` is described in other words.\n  \
           page       The API key provided was invalid or has been revoked.\n  \
           catalogue  The API key provided was invalid or expired.\n",
    );
    assert_says(
        &altered(MARKDOWN, "a friendly human-readable description", "a description"),
        "The field `message` is described in other words.\n  \
           page       This is a description of the error.\n  \
           catalogue  This is a friendly human-readable description of the error.\n",
    );
    // The words are the specification's to the letter case.
    assert_says(
        &altered(TEXT, "provided was invalid or expired.", "provided was Invalid or expired."),
        "The code `invalid_api_key` is described in other words.\n  \
           page       The API key provided was Invalid or expired.\n  \
           catalogue  The API key provided was invalid or expired.\n",
    );
    // A paragraph more, and a field that has no words any more.
    assert_says(
        &altered(TEXT, "\nGetting Help\n", "\nIt is never empty.\nGetting Help\n"),
        "The field `param` is described in other words.\n  \
           page       This is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter. It is never empty.\n  \
           catalogue  This is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter.\n",
    );
    assert_says(
        &altered(MARKDOWN, "This is a friendly human-readable description of the error.\n", ""),
        "The field `message` is described in other words.\n  \
           page       \n  \
           catalogue  This is a friendly human-readable description of the error.\n",
    );
}

#[test]
fn a_name_more_or_less_is_named() {
    assert_says(
        &altered(
            TEXT,
            "\nforbidden | ",
            "\nquota_exhausted | The quota is used up. |\nforbidden | ",
        ),
        "The page has a code `quota_exhausted`, which the catalogue lacks: The quota is used up.\n",
    );
    let without: String = MARKDOWN
        .lines()
        .filter(|line| !line.contains("`authentication_error`"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_says(
        &without,
        "The catalogue has a type `authentication_error`, which the page lacks.\n",
    );
    assert_says(
        &altered(TEXT, "\nforbidden | ", "\nForbidden | "),
        "The page has a code `Forbidden`, which the catalogue lacks: The API key provided was not \
         authorised to access the requested resource.\n\
         The catalogue has a code `forbidden`, which the page lacks.\n",
    );
    assert_says(
        &altered(
            MARKDOWN,
            "#### `param`\n",
            "#### `request_id`\n\nThe ID of the request.\n\n#### `param`\n",
        ),
        "The page has a field `request_id`, which the catalogue lacks: The ID of the request.\n",
    );
    let row = "no_api_key | No API key was provided in the request. |\n";
    assert_says(
        &altered(TEXT, row, &row.repeat(2)),
        "The page has the code `no_api_key` more than once.\n",
    );
    assert_says(
        &altered(
            MARKDOWN,
            "#### `param`\n\nThis is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter.\n",
            "",
        ),
        "The catalogue has a field `param`, which the page lacks.\n",
    );
}

#[test]
fn another_order_is_named_where_it_begins() {
    let rows = [
        "no_api_key | No API key was provided in the request. |\n",
        "invalid_api_key | The API key provided was invalid or expired. |\n",
    ];
    let [first, second] = rows;
    assert_says(
        &altered(TEXT, &rows.concat(), &[second, first].concat()),
        "The codes are in another order: where the page has `invalid_api_key`, the catalogue has `no_api_key`.\n",
    );
}

#[test]
fn every_difference_is_said() {
    let page = altered(TEXT, "\nrefused | The request", "\ndeclined | The request");
    let page = altered(&page, "This is a unique code", "This is a code");
    let page = altered(
        &page,
        "The API key provided was invalid or missing.",
        "\u{1b}[31mThe key was wrong.",
    );
    assert_says(
        &page,
        "The field `code` is described in other words.\n  \
           page       This is a code for the specific error that occurred.\n  \
           catalogue  This is a unique code for the specific error that occurred.\n\
         The type `authentication_error` is described in other words.\n  \
           page       \\u{1b}[31mThe key was wrong.\n  \
           catalogue  The API key provided was invalid or missing.\n\
         The page has a code `declined`, which the catalogue lacks: The request was refused by the server. \
         This is only triggered when the account has reached its limit for the requested resource.\n\
         The catalogue has a code `refused`, which the page lacks.\n",
    );
}

/// Not a difference, but a page that says nothing: it must not count as the same.
#[test]
fn a_page_that_cannot_be_read_is_an_error() {
    let save = ": save the documentation's page on errors as Markdown or text\n";
    for (page, lack) in [
        (String::new(), "table with the columns `Type` and `Description`"),
        ("<html><table></table></html>".into(), "table with the columns `Type` and `Description`"),
        (
            TEXT.replace("| Error Code |", "| Name |"),
            "table with the columns `Error Code` and `Description`",
        ),
        (
            TEXT.split("\ncode\n").next().unwrap().into(),
            "table with the columns `Error Code` and `Description`",
        ),
        (
            TEXT[TEXT.find("| Type |").unwrap()..]
                .replace("\ncode\n", "\n")
                .replace("\nparam\n", "\n"),
            "field below a heading `Understanding the Error Object`",
        ),
    ] {
        let ran = run_with(&["spec", "-"], page.as_bytes());
        let says = format!("error: the page has no {lack}{save}");
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr), (Some(2), "", says));
    }
}

#[test]
fn the_subcommand_is_hidden_from_users() {
    assert!(!run(&["--help"]).stdout.contains("spec "));
    assert!(!run(&["man"]).stdout.contains("SPEC\n"));
}
