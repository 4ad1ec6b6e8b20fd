//! What a person sees: screens of 80 and of 40 columns, reviewed as text, and a real terminal.

use insta::assert_snapshot;
use intelliprint_error::cli::{self, Outcome, check, diff, explain};
use intelliprint_error::emit::Artefact;

/// The screen of a terminal of this many columns, without styles.
fn screen(outcome: &Outcome, columns: usize) -> String {
    assert_eq!(outcome.errors, "");
    let text = if outcome.is_prose { &cli::wrapped(&outcome.text, columns) } else { &outcome.text };
    anstream::adapter::strip_str(text).to_string()
}

const WRONG: &[u8] = br#"{"error":{"message":"m","type":"payment_error","code":"not_fond"}}"#;
const RIGHT: &[u8] = br#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;

#[test]
fn list_on_80_columns() {
    assert_snapshot!(screen(&cli::list(false, Some(80)), 80), @r"
    code                   HTTP  retry          type
    parameter_invalid      400   never          invalid_request_error
    parameter_missing      400   never          invalid_request_error
    parameter_unknown      400   never          invalid_request_error
    body_too_large         413   never          invalid_request_error
    body_incorrect_format  422   never          invalid_request_error
    no_api_key             401   never          authentication_error
    invalid_api_key        401   never          authentication_error
    payment_error          402   never          payment_error
    not_found              404   never          invalid_request_error
    rate_limited           429   after_delay    rate_limited
    internal_error         500   if_idempotent  internal_error
    network_error          none  if_idempotent  network_error
    forbidden              403   never          authentication_error
    refused                403   never          invalid_request_error
    ");
}

#[test]
fn list_on_40_columns() {
    assert_snapshot!(screen(&cli::list(false, Some(40)), 40), @r"
    code                  HTTP retry
    parameter_invalid     400  never
    parameter_missing     400  never
    parameter_unknown     400  never
    body_too_large        413  never
    body_incorrect_format 422  never
    no_api_key            401  never
    invalid_api_key       401  never
    payment_error         402  never
    not_found             404  never
    rate_limited          429  after_delay
    internal_error        500  if_idempotent
    network_error         none if_idempotent
    forbidden             403  never
    refused               403  never
    ");
}

/// Columns that have no room are left out, the type first.
#[test]
fn list_on_fewer_columns() {
    for (columns, first_lines) in [
        (
            65,
            "code                   HTTP  retry          type\nparameter_invalid      400   never          invalid_request_error\n",
        ),
        (
            64,
            "code                  HTTP retry         type\nparameter_invalid     400  never         invalid_request_error\n",
        ),
        (
            62,
            "code                  HTTP retry         type\nparameter_invalid     400  never         invalid_request_error\n",
        ),
        (61, "code                   HTTP  retry\nparameter_invalid      400   never\n"),
        (42, "code                   HTTP  retry\nparameter_invalid      400   never\n"),
        (39, "code                   HTTP\nparameter_invalid      400\n"),
        (25, "code\nparameter_invalid\n"),
        (3, "code\nparameter_invalid\n"),
    ] {
        let list = screen(&cli::list(false, Some(columns)), columns);
        assert!(list.starts_with(first_lines), "{columns}: {list}");
        assert!(
            columns < 21 || list.lines().all(|line| line.len() <= columns),
            "{columns}: {list}"
        );
    }
}

#[test]
fn explain_a_code_on_80_columns() {
    assert_snapshot!(screen(&explain::explain("rate_limited", false), 80), @r#"
    rate_limited: an error code

    The IP address has exceeded the rate limit.

    type         rate_limited (spec)
    HTTP status  429 (observed: rate-limits)
    retry        after_delay (observed: rate-limits)
    raised by    the API (spec)

    How to fix it (advice)
    Wait, then send the request again. Wait longer after each further failure, and
    spread requests out.

    May it be sent again? (observed: rate-limits)
    The request was turned away before any work was done: any request may be sent
    again after a delay.

    What other pages say
      Ten requests a second in test mode and 50 in production. Another page says 100
        a minute. (observed: rate-limits)
      The pages disagree, so no number is a fact here. (advice)

    An example (advice)
    {
      "error": {
        "message": "Too many requests from this IP address",
        "type": "rate_limited",
        "code": "rate_limited"
      }
    }

    rate_limited: an error type, too

    raised by    the API (spec)
    its codes    rate_limited

    Where a fact comes from
      spec: The specification says so.
      observed: Seen in a named source: the API’s own documentation, its official
        SDK’s tests, a report of a live response, or a server library that responds
        with this API’s names.
      advice: This project’s choice, in line with HTTP semantics. The specification
        is silent.
      rate-limits: The documentation’s page on rate limits and best practices, and
        api-docs.intelliprint.net:
        https://docs.intelliprint.net/api-guides/how-to/rate-limits-best-practices

    Documentation: https://docs.intelliprint.net/technical/errors
    "#);
}

#[test]
fn explain_a_code_on_40_columns() {
    assert_snapshot!(screen(&explain::explain("refused", false), 40), @r#"
    refused: an error code

    The request was refused by the server.
    This is only triggered when the account
    has reached its limit for the requested
    resource.

    type         invalid_request_error
                 (advice)
    HTTP status  403 (advice)
    retry        never (advice)
    raised by    the API (spec)

    How to fix it (advice)
    Delete resources of this kind that are
    no longer needed, or have the account’s
    limit raised.

    May it be sent again? (advice)
    The same request will fail again until
    the cause of the error is fixed.

    What other pages say
      The page’s own list of codes leaves
        this code out. (observed:
        troubleshooting)
      The specification lists it, so it
        stands. (advice)

    An example (advice)
    {
      "error": {
        "message": "The account has reached its limit for this resource",
        "type": "invalid_request_error",
        "code": "refused"
      }
    }

    Where a fact comes from
      spec: The specification says so.
      observed: Seen in a named source: the
        API’s own documentation, its
        official SDK’s tests, a report of a
        live response, or a server library
        that responds with this API’s names.
      advice: This project’s choice, in line
        with HTTP semantics. The
        specification is silent.
      troubleshooting: The documentation’s
        page on troubleshooting errors:
        https://docs.intelliprint.net/api-guides/how-to/errors-troubleshooting

    Documentation:
    https://docs.intelliprint.net/technical/errors
    "#);
}

#[test]
fn explain_a_type_on_80_columns() {
    assert_snapshot!(screen(&explain::explain("authentication_error", false), 80), @r"
    authentication_error: an error type

    The API key provided was invalid or missing.

    raised by    the API (spec)
    its codes    no_api_key, invalid_api_key, forbidden

    Where a fact comes from
      spec: The specification says so.

    Documentation: https://docs.intelliprint.net/technical/errors
    ");
}

#[test]
fn explain_a_status_on_40_columns() {
    assert_snapshot!(screen(&explain::explain("404", false), 40), @r"
    HTTP 404: the codes that are sent with
    it

    not_found (this status is observed:
    node-sdk)
      The requested resource was not found.
      How to fix it (advice): Check the
        method, the path and the ID. Check
        that the resource belongs to the
        account of the API key.

    With a code that this version does not
    know, the retry rule is `never`
    (advice).

    Where a fact comes from
      observed: Seen in a named source: the
        API’s own documentation, its
        official SDK’s tests, a report of a
        live response, or a server library
        that responds with this API’s names.
      advice: This project’s choice, in line
        with HTTP semantics. The
        specification is silent.
      node-sdk: The official Node SDK’s
        tests/errors.test.js, a test against
        the live API:
        https://github.com/Intelliprint/intelliprint-node

    Documentation:
    https://docs.intelliprint.net/technical/errors
    ");
}

#[test]
fn check_on_80_columns() {
    assert_snapshot!(screen(&check::check(RIGHT, Some(400), false), 80), @r"
    message  Received unknown parameter: confimred (Did you mean confirmed?)
    type     invalid_request_error
    code     parameter_unknown
    param    confimred

    What it means (spec)
    An unknown parameter was provided in the request.

    How to fix it (advice)
    Remove the parameter that param names, or correct its spelling. The message may
    suggest the name that was meant.

    May it be sent again? (advice)
    The same request will fail again until the cause of the error is fixed.

    Conforms to the contract.
    ");
}

#[test]
fn check_on_40_columns() {
    assert_snapshot!(screen(&check::check(WRONG, Some(200), false), 40), @r"
    message  m
    type     payment_error
    code     not_fond

    Violates the contract:
      /error/code: `not_fond` is not an
        error code of this version (did you
        mean `not_found`?)
      status: HTTP status 200 is not an
        error status, 400 to 599
    ");
}

/// A value continues below itself, whatever its colour.
#[test]
fn diff_on_40_columns() {
    let old = Artefact::Catalogue.render();
    let new = old
        .replace(
            "The requested resource was not found.",
            "Nothing of this name was found in the account.",
        )
        .replace("\"value\": 404", "\"value\": 410");
    let input = |label: &str, text: String| diff::Input { label: label.into(), bytes: text.into() };
    let outcome = diff::diff(&input("OLD", old), Some(&input("NEW", new)), false, false).unwrap();
    assert_snapshot!(screen(&outcome, 40), @r"
    Breaking for producers
      code `not_found`: status
        before  404
        now     410
        Breaks servers that send the code
          with the old status, and clients
          that go by the status.

    Documentation only
      code `not_found`: description
        before  The requested resource was
                not found.
        now     Nothing of this name was
                found in the account.
        Breaks nobody: only words that
          people read have changed.

    Version bump: major. From 0.1.0 it needs
    0.2.0 or later, but NEW says 0.1.0:
    raise it.
    ");
}

/// Runs a line of shell in a terminal of 40 columns, and returns what it shows. `$command` is the
/// command.
#[cfg(target_os = "linux")]
fn in_terminal(line: &str, input: &str) -> String {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut script = Command::new("script");
    let mut terminal = crate::common::without_colour_settings(&mut script)
        .args(["-qec", &format!("stty cols 40 rows 24 -echo; {line}"), "/dev/null"])
        .env("command", env!("CARGO_BIN_EXE_intelliprint-error"))
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    terminal.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let shown = terminal.wait_with_output().unwrap().stdout;
    String::from_utf8(shown).unwrap().replace('\r', "")
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_its_width_and_styles() {
    let list = in_terminal("$command list", "");
    assert!(list.contains("\u{1b}[1mcode                  HTTP retry\u{1b}[0m\n"), "{list:?}");
    assert!(!list.contains("invalid_request_error"), "{list:?}");
    let explained = in_terminal("$command explain refused", "");
    let wrapped =
        "\nThe request was refused by the server.\nThis is only triggered when the account\n";
    assert!(explained.contains(wrapped), "{explained:?}");
    // Standard error, too.
    let unknown = in_terminal("$command explain refusd", "");
    let wrapped =
        "error: `refusd` is not a type or code of\nversion 0.1.0: did you mean `refused`?\n";
    assert_eq!(unknown, wrapped);
    // What programs read has its own lines, however long.
    for args in [["explain", "refused", "--json"].as_slice(), &["print", "docs"]] {
        let shown = in_terminal(&format!("$command {}", args.join(" ")), "");
        assert_eq!(shown, crate::common::run(args).stdout);
    }
    for plain in ["NO_COLOR=1", "TERM=dumb"] {
        let list = in_terminal(&format!("{plain} $command list"), "");
        assert!(list.starts_with("code                  HTTP retry\n"), "{plain}: {list:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn check_says_that_it_waits_if_a_person_would_have_to_type() {
    // Ctrl-D, the end of the input.
    let checked = in_terminal("$command check", "{}\n\u{4}");
    let says = "reading standard input; end it with\nCtrl-D\n";
    assert!(checked.contains(says), "{checked:?}");
    assert!(checked.contains("This is JSON, but not the API's error\nobject.\n"), "{checked:?}");
    // A pipe needs no hint.
    assert_eq!(crate::common::run_with(&["check"], b"{}").stderr, "");
}
