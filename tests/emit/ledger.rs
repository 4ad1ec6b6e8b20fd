//! The committed ledger agrees with the catalogue, and each kind of contradiction is reported with
//! its line. The script `.ci/ledger` compares the ledger with its own history, because an edit of
//! both sides passes here.

use std::collections::BTreeSet;

use intelliprint_error::emit::{self, LedgerError};
use intelliprint_error::{ErrorCode, ErrorType, WireEnum};

const COMMITTED: &str = include_str!("../../schema/ledger.json");
const CATALOGUE: &str = include_str!("../../src/catalogue.rs");

#[test]
fn the_catalogue_agrees_with_the_committed_ledger() {
    match emit::ledger(Some(COMMITTED)) {
        Ok(text) => assert_eq!(text, COMMITTED, "to fix: cargo run --features cli -- emit"),
        Err(error) => panic!("schema/ledger.json, {error}"),
    }
}

#[test]
fn a_new_ledger_has_every_name_once_on_a_line_of_its_own() {
    fn expected<T: WireEnum>(kind: &'static str) -> impl Iterator<Item = (String, String)> {
        T::ALL.iter().map(move |name| (kind.into(), name.as_str().into()))
    }
    let ledger = emit::ledger(None).unwrap();
    let lines: Vec<_> = entries(&ledger).collect();
    let document: serde_json::Value = serde_json::from_str(&ledger).unwrap();
    let parsed = document["entries"].as_array().unwrap();
    assert_eq!(parsed.len(), lines.len());
    let names: Vec<_> = parsed
        .iter()
        .zip(lines)
        .map(|(entry, line)| {
            assert_eq!(*entry, serde_json::from_str::<serde_json::Value>(line).unwrap());
            assert_eq!(
                (&entry["version"], &entry["event"]),
                (&env!("CARGO_PKG_VERSION").into(), &"added".into())
            );
            (entry["kind"].as_str().unwrap().to_owned(), entry["name"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected: Vec<_> =
        expected::<ErrorType>("type").chain(expected::<ErrorCode>("code")).collect();
    assert_eq!(names, expected);
    let network = |kind| {
        entries(&ledger).find(|line| line.contains("network_error") && line.contains(kind)).unwrap()
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        [network(r#""kind":"type""#), network(r#""kind":"code""#)],
        [
            format!(
                r#"{{"version":"{version}","event":"added","kind":"type","name":"network_error","origin":"sdk"}}"#
            ),
            format!(
                r#"{{"version":"{version}","event":"added","kind":"code","name":"network_error","type":"network_error","status":null,"origin":"sdk"}}"#
            ),
        ]
    );
}

#[test]
fn what_is_new_is_appended_and_nothing_else_changes() {
    let whole = emit::ledger(None).unwrap();
    let lines: Vec<_> = entries(&whole).collect();
    // A line that is missing is appended. The others stay as they are, whatever their white space.
    for gone in &lines {
        let kept: Vec<_> = lines
            .iter()
            .filter(|line| *line != gone)
            .map(|line| line.replace(":", " : "))
            .collect();
        let old = ledger(&kept);
        let new = emit::ledger(Some(&old)).unwrap();
        assert_eq!(
            new,
            ledger(&kept.iter().map(String::as_str).chain([*gone]).collect::<Vec<_>>())
        );
    }
    // Entries in another order, no entries, and a field that this version does not write.
    let reversed = ledger(&lines.iter().rev().collect::<Vec<_>>());
    assert_eq!(emit::ledger(Some(&reversed)).unwrap(), reversed);
    let none = ledger(&[""; 0]);
    assert_eq!(emit::ledger(Some(&none)).unwrap(), ledger(&lines));
    let longer = whole.replace("\n}\n", ",\n  \"more\": []\n}\n\n").replace("  ]\n,", "  ],");
    assert!(matches!(emit::ledger(Some(&longer)), Err(LedgerError::Unreadable { .. })));
}

/// A checkout may have the line ends of Windows. What is appended has its own, and no old byte changes.
#[test]
fn a_ledger_with_crlf_keeps_it() {
    let whole = emit::ledger(None).unwrap();
    let crlf = whole.replace('\n', "\r\n");
    assert_eq!(emit::ledger(Some(&crlf)).unwrap(), crlf);
    let (rest, last) = whole.rsplit_once(",\n").unwrap();
    let (entry, end) = last.split_once('\n').unwrap();
    let [rest, end] = [rest, end].map(|text| text.replace('\n', "\r\n"));
    let old = format!("{rest}\r\n{end}");
    assert_eq!(emit::ledger(Some(&old)).unwrap(), format!("{rest},\n{entry}\r\n{end}"));
}

#[test]
fn each_contradiction_names_the_line_and_the_row() {
    let whole = emit::ledger(None).unwrap();
    let not_found = "api(\"not_found\"";
    // What the ledger has, what it says instead, the row in the catalogue, and the message.
    for (old, new, row, says) in [
        (
            r#""status":404"#,
            r#""status":410"#,
            Some(not_found),
            "code `not_found` has the HTTP status 404",
        ),
        (
            r#""status":404"#,
            r#""status":null"#,
            Some(not_found),
            "code `not_found` has the HTTP status 404",
        ),
        (
            r#""status":null"#,
            r#""status":503"#,
            Some("sdk(\"network"),
            "code `network_error` has no HTTP status",
        ),
        (
            r#""name":"not_found","type":"invalid_request_error""#,
            r#""name":"not_found","type":"internal_error""#,
            Some(not_found),
            "code `not_found` is of the type `invalid_request_error`",
        ),
        (
            r#""name":"payment_error","origin":"api""#,
            r#""name":"payment_error","origin":"sdk""#,
            Some("const PAYMENT_ERROR"),
            "type `payment_error` has the origin `api`",
        ),
        (
            r#""name":"payment_error","origin":"api""#,
            r#""name":"payment_error","type":"payment_error","origin":"api""#,
            Some("const PAYMENT_ERROR"),
            "type `payment_error` has no type",
        ),
        (
            r#""name":"payment_error","origin":"api""#,
            r#""name":"payment_error""#,
            Some("const PAYMENT_ERROR"),
            "type `payment_error` has the origin `api`",
        ),
        (
            r#""name":"not_found""#,
            r#""name":"gone_\n""#,
            None,
            r"there is no code `gone_\n` any more",
        ),
        (
            r#""name":"internal_error","origin""#,
            r#""name":"gone","origin""#,
            None,
            "there is no type `gone` any more",
        ),
    ] {
        let other = replaced(&whole, old, new);
        let Err(LedgerError::Contradicted(found)) = emit::ledger(Some(&other)) else {
            panic!("{new} is not seen")
        };
        let [found] = &found[..] else { panic!("{found:#?}") };
        assert_eq!((found.line, found.says.as_str()), (line_of(&other, new), says));
        assert_eq!(found.row.map(|row| row as usize), row.map(|row| line_of(CATALOGUE, row)));
        assert_eq!(
            found.entry,
            other.lines().nth(found.line - 1).unwrap().trim().trim_end_matches(',')
        );
        let place = row
            .map(|row| format!("src/catalogue.rs:{}: ", line_of(CATALOGUE, row)))
            .unwrap_or_default();
        assert_eq!(
            found.to_string(),
            format!(
                "line {}:\n  the ledger: {}\n  the catalogue: {place}{says}",
                found.line, found.entry
            )
        );
        // A row that is gone may have one of the new names.
        let new_rows: &[_] = match (row, says.contains("type")) {
            (Some(_), _) => &[],
            (None, false) => &[("not_found", line_of(CATALOGUE, not_found) as u32)],
            (None, true) => {
                &[("internal_error", line_of(CATALOGUE, "error_type(\"internal_error\"") as u32)]
            }
        };
        assert_eq!(found.new_rows, new_rows);
    }
}

#[test]
fn a_withdrawn_name_is_not_used_again() {
    let withdrawn = r#"{"version":"0.3.0","event":"withdrawn","kind":"code","name":"refused"}"#;
    let whole = emit::ledger(None).unwrap();
    let other = ledger(&entries(&whole).chain([withdrawn]).collect::<Vec<_>>());
    let Err(LedgerError::Contradicted(found)) = emit::ledger(Some(&other)) else {
        panic!("it is not seen")
    };
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].entry.as_str()), (line_of(&other, withdrawn), withdrawn));
    assert_eq!(found[0].row.map(|row| row as usize), Some(line_of(CATALOGUE, "api(\"refused\"")));
    assert_eq!(found[0].says, "code `refused` is not withdrawn: a withdrawn name cannot come back");
}

#[test]
fn contradictions_come_all_at_once_in_the_ledgers_order() {
    let whole = emit::ledger(None).unwrap();
    let none = whole.replace("_", "__");
    let Err(LedgerError::Contradicted(found)) = emit::ledger(Some(&none)) else {
        panic!("it is not seen")
    };
    let lines: Vec<_> = found.iter().map(|contradiction| contradiction.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    // `forbidden` and `refused` have no underscore, so only their types are unknown.
    let all = ErrorType::ALL.len() + ErrorCode::ALL.len();
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), all);
    // A missing type is not looked for among the codes.
    assert_eq!(found[0].new_rows.len(), ErrorType::ALL.len());
    let text = emit::ledger(Some(&none)).unwrap_err().to_string();
    assert_eq!(text.matches("\n  the ledger: ").count(), all, "{text}");
}

#[test]
fn a_file_that_is_no_ledger_is_told_by_line_and_reason() {
    let whole = emit::ledger(None).unwrap();
    let added = |name: &str| entries(&whole).find(|line| line.contains(name)).unwrap().to_owned();
    let withdrawn = r#"{"version":"0.3.0","event":"withdrawn","kind":"code","name":"refused"}"#;
    let refused = added("\"refused\"");
    for (text, line, reason) in [
        ("[]".into(), 1, r#"no line `"entries": [`"#),
        ("\n{\n\"entries\": [\n],\n\"more\": []}\n".into(), 4, "not an entry: expected value"),
        ("{\n\n".into(), 3, "EOF while parsing an object"),
        (ledger(&[&refused, &refused]), 6, "code `refused` was added before"),
        (ledger(&[withdrawn]), 5, "code `refused` was not added before"),
        (ledger(&[&refused, withdrawn, withdrawn]), 7, "code `refused` was withdrawn before"),
        (ledger(&[&refused, withdrawn, &refused]), 7, "code `refused` was added before"),
        (
            ledger(&[refused.replace("added", "renamed")]),
            5,
            "not an entry: unknown variant `renamed`",
        ),
        (
            ledger(&[refused.replace("\"code\"", "\"field\"")]),
            5,
            "not an entry: unknown variant `field`",
        ),
        (
            ledger(&[refused.replace("\"kind\":\"code\",", "")]),
            5,
            "not an entry: missing field `kind`",
        ),
        (
            ledger(&[refused.replace("\"origin\"", "\"from\"")]),
            5,
            "not an entry: unknown field `from`",
        ),
        (
            ledger(&[refused.replace(",\"kind\"", ",\n\"kind\"")]),
            5,
            "not an entry: EOF while parsing an object",
        ),
        (ledger(&[format!("{refused}, {refused}")]), 5, "not an entry: trailing characters"),
        (ledger(&["5"]), 5, "not an entry: "),
    ] {
        match emit::ledger(Some(&text)) {
            Err(LedgerError::Unreadable { line: found, reason: why, .. }) => {
                assert_eq!(found, line, "{why}\n{text}");
                assert!(why.starts_with(reason), "{why}, not {reason}\n{text}");
            }
            other => panic!("{other:?}\n{text}"),
        }
    }
    // serde_json's position is one in the entry, not in the file, so the message leaves it out.
    let message = emit::ledger(Some(&ledger(&["{}"]))).unwrap_err().to_string();
    assert_eq!(message, "line 5: not an entry: missing field `version`");
}

/// The text of each entry, without the comma after it.
fn entries(ledger: &str) -> impl Iterator<Item = &str> {
    ledger
        .lines()
        .filter(|line| line.starts_with("    {"))
        .map(|line| line.trim().trim_end_matches(','))
}

/// A ledger with these entries.
fn ledger<S: AsRef<str>>(entries: &[S]) -> String {
    let whole = emit::ledger(None).unwrap();
    let (before, after) =
        (whole.split_once("    {").unwrap().0, whole.rsplit_once("}\n  ]").unwrap().1);
    let entries: Vec<_> = entries.iter().map(|entry| format!("    {}", entry.as_ref())).collect();
    format!(
        "{before}{}{}  ]{after}",
        entries.join(",\n"),
        if entries.is_empty() { "" } else { "\n" }
    )
}

/// Replaces `old`, which must occur once.
#[track_caller]
fn replaced(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old:?} is not there once");
    text.replace(old, new)
}

/// The number of the first line with this text.
#[track_caller]
fn line_of(text: &str, part: &str) -> usize {
    text.lines()
        .position(|line| line.contains(part))
        .unwrap_or_else(|| panic!("no line with {part:?}"))
        + 1
}
