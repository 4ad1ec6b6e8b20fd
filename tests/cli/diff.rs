//! `diff`: every change of a published file is found, and says whom it breaks.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use intelliprint_error::emit::Artefact;
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};

use crate::common::{Ran, command, folder, run, run_with};

const PRODUCERS: &str = "breaking_for_producers";
const CLOSED: &str = "breaking_for_closed_readers";
const COMPATIBLE: &str = "compatible";
const DOCUMENTATION: &str = "documentation_only";

fn export() -> Value {
    serde_json::from_str(&Artefact::Catalogue.render()).unwrap()
}

fn changed(mut value: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut value);
    value
}

#[track_caller]
fn set(value: &mut Value, pointer: &str, to: impl Into<Value>) {
    *value.pointer_mut(pointer).unwrap() = to.into();
}

/// A row that the export has, by its list and name.
#[track_caller]
fn row<'a>(export: &'a mut Value, list: &str, name: &str) -> &'a mut Value {
    export[list].as_array_mut().unwrap().iter_mut().find(|row| row["name"] == name).unwrap()
}

fn file(content: impl AsRef<[u8]>) -> PathBuf {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    let file = folder(&format!("diff-{}", FILES.fetch_add(1, Ordering::Relaxed))).join("file.json");
    fs::write(&file, content).unwrap();
    file
}

fn diff(old: &Value, new: &Value, options: &[&str]) -> Ran {
    let (old, new) = (file(old.to_string()), file(new.to_string()));
    run(&[&["diff", old.to_str().unwrap(), new.to_str().unwrap()], options].concat())
}

#[track_caller]
fn report(old: &Value, new: &Value) -> Value {
    let ran = diff(old, new, &["--json"]);
    assert_eq!(ran.stderr, "");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(ran.code, Some(i32::from(report["breaking"].as_bool().unwrap())));
    report
}

/// The differences as `CATEGORY: KIND NAME: WHAT`.
fn lines(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let differences = report["differences"].as_array().unwrap().iter();
    differences
        .map(|d| {
            format!(
                "{}: {} {}: {}",
                text(&d["category"]),
                text(&d["kind"]),
                text(&d["name"]),
                text(&d["what"])
            )
        })
        .collect()
}

/// These are the differences, and the exit code, the version bump and the text for people follow from them.
#[track_caller]
fn assert_differences(old: &Value, new: &Value, expected: &[&str]) -> Value {
    let report = report(old, new);
    assert_eq!(lines(&report), expected);
    let has = |category: &str| expected.iter().any(|line| line.starts_with(category));
    let bump =
        [(PRODUCERS, "major"), (CLOSED, "minor"), (COMPATIBLE, "minor"), (DOCUMENTATION, "patch")];
    let bump = bump.iter().find(|(category, _)| has(category)).map_or("none", |(_, bump)| bump);
    assert_eq!(
        (&report["breaking"], &report["bump"]),
        (&json!(has(PRODUCERS) || has(CLOSED)), &json!(bump))
    );
    assert_eq!(
        diff(old, new, &["--allow", "closed-readers"]).code,
        Some(i32::from(has(PRODUCERS)))
    );
    for difference in report["differences"].as_array().unwrap() {
        assert_names_whom_it_breaks(difference);
    }
    let text = diff(old, new, &[]).stdout;
    for (category, heading) in [
        (PRODUCERS, "Breaking for producers\n"),
        (CLOSED, "Breaking for closed readers\n"),
        (COMPATIBLE, "Compatible\n"),
        (DOCUMENTATION, "Documentation only\n"),
    ] {
        assert_eq!(text.contains(heading), has(category), "{text}");
    }
    report
}

/// One plain sentence, which begins with whom the difference breaks. A rename adds a remark.
#[track_caller]
fn assert_names_whom_it_breaks(difference: &Value) {
    let reason = difference["reason"].as_str().unwrap();
    let sentence = reason.split(" (A rename").next().unwrap();
    let is_breaking = [PRODUCERS, CLOSED].contains(&difference["category"].as_str().unwrap());
    assert_eq!(!sentence.starts_with("Breaks nobody: "), is_breaking, "{sentence}");
    assert!(sentence.starts_with("Breaks ") || sentence.starts_with("May break "), "{sentence}");
    assert_eq!(sentence.find('.'), Some(sentence.len() - 1), "{sentence}");
}

// What is the same

#[test]
fn a_file_does_not_differ_from_itself() {
    let text = Artefact::Catalogue.render();
    let path = file(&text);
    let path = path.to_str().unwrap();
    for ran in [
        run(&["diff", path, path]),
        run(&["diff", path]),
        run_with(&["diff", "-"], text.as_bytes()),
        run_with(&["diff", "-", path], text.as_bytes()),
        run_with(&["diff", path, "-"], text.as_bytes()),
        run_with(&["diff", path, "-"], format!("\u{feff}{text}").as_bytes()),
    ] {
        assert_eq!(
            (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
            (Some(0), "No difference.\n", "")
        );
    }
    assert_differences(&export(), &export(), &[]);
}

#[test]
fn what_only_repeats_or_names_the_release_is_no_difference() {
    for pointer in [
        "/generated",
        "/version",
        "/types/0/codes/0",
        "/codes/0/example/value/error/type",
        "/codes/0/example/value/error/code",
    ] {
        assert_differences(&export(), &changed(export(), |new| set(new, pointer, "2.0.0")), &[]);
    }
    let null = changed(export(), |new| row(new, "codes", "refused")["withdrawn"] = Value::Null);
    assert_differences(&export(), &null, &[]);
}

// What is not

/// Every value inside, with the pointer to it.
fn leaves(value: &Value, pointer: String, out: &mut Vec<String>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(k, v)| leaves(v, format!("{pointer}/{}", escaped(k)), out))
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, item)| leaves(item, format!("{pointer}/{at}"), out));
        }
        _ => out.push(pointer),
    }
}

#[test]
fn no_value_of_a_file_changes_unseen() {
    let derived = |pointer: &str| {
        ["/generated", "/version"].contains(&pointer)
            || pointer.starts_with("/types/") && pointer.contains("/codes/")
            || ["/error/type", "/error/code"].iter().any(|end| pointer.ends_with(end))
                && pointer.starts_with("/codes/")
    };
    let old = export();
    let mut pointers = Vec::new();
    leaves(&old, String::new(), &mut pointers);
    assert!(pointers.len() > 60, "{}", pointers.len());
    // One parameter code, another, and the one of the SDKs stand for all.
    pointers.retain(|pointer| {
        let at =
            pointer.strip_prefix("/codes/").and_then(|rest| rest.split('/').next()?.parse().ok());
        !derived(pointer) && at.is_none_or(|at| [0, 3, 11].contains(&at))
    });
    for pointer in pointers {
        let report = report(&old, &changed(old.clone(), |new| set(new, &pointer, "a\u{2019}b")));
        assert!(!lines(&report).is_empty(), "{pointer}");
    }
}

/// The worst first. Those of one category come as the export lists them: types, codes, then the rest.
#[test]
fn differences_of_a_category_are_in_the_order_of_the_file() {
    let old = export();
    let new = changed(old.clone(), |new| {
        set(row(new, "retry", "never"), "/description", "New.");
        set(row(new, "codes", "forbidden"), "/remedy/value", "New.");
        set(row(new, "codes", "parameter_unknown"), "/status/value", 422);
        set(row(new, "codes", "parameter_unknown"), "/remedy/value", "New.");
        set(row(new, "types", "payment_error"), "/description", "New.");
    });
    assert_differences(
        &old,
        &new,
        &[
            &format!("{PRODUCERS}: code parameter_unknown: status"),
            &format!("{DOCUMENTATION}: type payment_error: description"),
            &format!("{DOCUMENTATION}: code parameter_unknown: remedy"),
            &format!("{DOCUMENTATION}: code forbidden: remedy"),
            &format!("{DOCUMENTATION}: retry never: description"),
        ],
    );
}

#[test]
fn each_fact_of_a_code_has_its_category() {
    for (pointer, to, category, what) in [
        ("/type/value", json!("payment_error"), PRODUCERS, "type"),
        ("/status/value", json!(409), PRODUCERS, "status"),
        ("/origin/value", json!("sdk"), PRODUCERS, "origin"),
        ("/retry/value", json!("never"), PRODUCERS, "retry"),
        ("/description", json!("New."), DOCUMENTATION, "description"),
        ("/remedy/value", json!("New."), DOCUMENTATION, "remedy"),
        ("/example/value/error/message", json!("New"), DOCUMENTATION, "example"),
        ("/type/provenance", json!("advice"), DOCUMENTATION, "source of type"),
        ("/status/provenance", json!("spec"), DOCUMENTATION, "source of status"),
        ("/origin/provenance", json!("advice"), DOCUMENTATION, "source of origin"),
        ("/retry/provenance", json!("spec"), DOCUMENTATION, "source of retry"),
        ("/remedy/provenance", json!("spec"), DOCUMENTATION, "source of remedy"),
        ("/example/provenance", json!("spec"), DOCUMENTATION, "source of example"),
    ] {
        let old = export();
        let new =
            changed(export(), |new| set(row(new, "codes", "rate_limited"), pointer, to.clone()));
        let report =
            assert_differences(&old, &new, &[&format!("{category}: code rate_limited: {what}")]);
        let before = row(&mut export(), "codes", "rate_limited").pointer(pointer).unwrap().clone();
        assert_eq!(
            (&report["differences"][0]["old"], &report["differences"][0]["new"]),
            (&before, &to)
        );
    }
}

#[test]
fn each_other_list_has_its_categories() {
    for (list, kind, name, added, removed) in [
        ("types", "type", "payment_error", CLOSED, PRODUCERS),
        ("fields", "field", "param", CLOSED, PRODUCERS),
        ("retry", "retry", "never", PRODUCERS, PRODUCERS),
        ("provenance", "provenance", "advice", DOCUMENTATION, DOCUMENTATION),
    ] {
        let without = changed(export(), |new| {
            new[list].as_array_mut().unwrap().retain(|row| row["name"] != name)
        });
        assert_differences(&without, &export(), &[&format!("{added}: {kind} {name}: added")]);
        assert_differences(&export(), &without, &[&format!("{removed}: {kind} {name}: removed")]);
        let described =
            changed(export(), |new| row(new, list, name)["description"] = "New.".into());
        assert_differences(
            &export(),
            &described,
            &[&format!("{DOCUMENTATION}: {kind} {name}: description")],
        );
        let reordered = changed(export(), |new| new[list].as_array_mut().unwrap().reverse());
        assert_differences(&export(), &reordered, &[&format!("{DOCUMENTATION}: {kind} -: order")]);
    }
    let origin = changed(export(), |new| {
        set(row(new, "types", "payment_error"), "/origin/value", "sdk");
        set(row(new, "types", "payment_error"), "/origin/provenance", "advice");
    });
    assert_differences(
        &export(),
        &origin,
        &[
            "breaking_for_producers: type payment_error: origin",
            "documentation_only: type payment_error: source of origin",
        ],
    );
}

#[test]
fn a_code_more_breaks_closed_readers_unless_only_sdks_raise_it() {
    let without = |name: &str| {
        changed(export(), |new| {
            new["codes"].as_array_mut().unwrap().retain(|row| row["name"] != name)
        })
    };
    let report = assert_differences(
        &without("refused"),
        &export(),
        &["breaking_for_closed_readers: code refused: added"],
    );
    let description = &export()["codes"][13]["description"];
    assert_eq!(
        (&report["differences"][0]["old"], &report["differences"][0]["new"]),
        (&Value::Null, description)
    );
    assert_differences(
        &without("network_error"),
        &export(),
        &["compatible: code network_error: added"],
    );
    assert_differences(
        &export(),
        &without("network_error"),
        &["breaking_for_producers: code network_error: removed"],
    );
    let report = assert_differences(
        &export(),
        &without("refused"),
        &["breaking_for_producers: code refused: removed"],
    );
    assert_eq!(
        (&report["differences"][0]["old"], &report["differences"][0]["new"]),
        (description, &Value::Null)
    );
}

#[test]
fn a_rename_is_a_removal_and_says_so() {
    let renamed = changed(export(), |new| row(new, "codes", "refused")["name"] = "declined".into());
    let report = assert_differences(
        &export(),
        &renamed,
        &[
            "breaking_for_producers: code refused: removed",
            "breaking_for_closed_readers: code declined: added",
        ],
    );
    let reason = |report: &Value| report["differences"][0]["reason"].as_str().unwrap().to_owned();
    let hint = " (A rename is a removal: the new `declined` has the same description.)";
    assert!(reason(&report).ends_with(hint), "{report}");
    let replaced =
        changed(renamed, |new| row(new, "codes", "declined")["description"] = "Another.".into());
    assert!(!reason(&self::report(&export(), &replaced)).contains("declined"));
}

#[test]
fn a_code_that_begins_or_ceases_to_need_a_parameter_breaks_more_than_its_example() {
    let with = |param: Value| {
        changed(export(), |new| {
            row(new, "codes", "refused")["example"]["value"]["error"]["param"] = param
        })
    };
    let [none, some, other] = [Value::Null, json!("x"), json!("y")].map(with);
    let reason = |old: &Value, new: &Value| {
        let report = assert_differences(old, new, &["breaking_for_producers: code refused: param"]);
        report["differences"][0]["reason"].as_str().unwrap().to_owned()
    };
    assert!(reason(&export(), &some).contains("servers that send the code without a param"));
    assert!(reason(&some, &export()).contains("readers that rely on a param"));
    assert_differences(&export(), &none, &[]);
    assert_differences(&some, &other, &["documentation_only: code refused: param"]);
}

#[test]
fn a_withdrawal_is_compatible_and_its_version_documentation() {
    for (list, kind) in [("codes", "code"), ("types", "type")] {
        let with = |version: Value| {
            changed(export(), |new| row(new, list, "payment_error")["withdrawn"] = version)
        };
        let [null, one, other] = [Value::Null, json!("0.2.0"), json!("0.3.0")].map(with);
        let compatible = format!("compatible: {kind} payment_error: withdrawn");
        for (old, new) in [(&export(), &one), (&null, &one), (&one, &null), (&one, &export())] {
            assert_differences(old, new, &[&compatible]);
        }
        assert_differences(
            &one,
            &other,
            &[&format!("documentation_only: {kind} payment_error: withdrawn")],
        );
    }
}

/// What fails and for whom depends on where it comes from and where it goes.
#[test]
fn reasons_fit_the_direction() {
    let with = |pointer: &str, value: Value| {
        changed(export(), |new| set(row(new, "codes", "rate_limited"), pointer, value))
    };
    for (pointer, old, new, says) in [
        ("/status/value", json!(429), json!(503), "servers that send the code with the old status"),
        ("/status/value", json!(null), json!(429), "rely on the code having no status"),
        ("/status/value", json!(429), json!(null), "because it has none now"),
        ("/origin/value", json!("api"), json!("sdk"), "only SDKs raise it now"),
        ("/origin/value", json!("sdk"), json!("api"), "SDKs that raise the name themselves"),
    ] {
        let report = report(&with(pointer, old), &with(pointer, new));
        let difference = &report["differences"][0];
        let reason = difference["reason"].as_str().unwrap();
        assert!(reason.contains(says), "{reason}");
        assert_eq!(difference["category"], PRODUCERS, "{reason}");
    }
}

/// A client built on a rule that permitted more resends what the new rule forbids.
#[test]
fn a_retry_rule_that_permits_less_is_breaking() {
    let with = |rule: &str| {
        changed(export(), |new| set(row(new, "codes", "rate_limited"), "/retry/value", rule))
    };
    let twice =
        "Breaks clients built with the old rule: they still resend, and can post a letter twice.";
    let fewer =
        "Breaks nobody: a client built with the old rule resends fewer requests than it may.";
    let unknown = "May break clients built with the old rule: this version does not know one of the \
                   two rules, so they may resend what is now forbidden, and post a letter twice.";
    for (old, new, category, code, reason) in [
        ("after_delay", "if_idempotent", PRODUCERS, 1, twice),
        ("after_delay", "never", PRODUCERS, 1, twice),
        ("if_idempotent", "never", PRODUCERS, 1, twice),
        ("never", "if_idempotent", COMPATIBLE, 0, fewer),
        ("never", "after_delay", COMPATIBLE, 0, fewer),
        ("if_idempotent", "after_delay", COMPATIBLE, 0, fewer),
        ("never", "tomorrow", PRODUCERS, 1, unknown),
        ("tomorrow", "after_delay", PRODUCERS, 1, unknown),
    ] {
        let (old, new) = (with(old), with(new));
        let report =
            assert_differences(&old, &new, &[&format!("{category}: code rate_limited: retry")]);
        assert_eq!(report["differences"][0]["reason"], reason);
        assert_eq!(diff(&old, &new, &["--allow", "closed-readers"]).code, Some(code));
    }
}

#[test]
fn members_of_a_newer_version_are_named_and_the_rest_is_compared() {
    let newer = changed(export(), |new| {
        new["headers"] = json!([{ "name": "x" }]);
        row(new, "codes", "refused")["since"] = "0.1.0".into();
        row(new, "codes", "forbidden")["since"] = "0.1.0".into();
        set(row(new, "codes", "refused"), "/status/value", 409);
    });
    let unknown = "Not compared, because this version does not know it: ";
    for (old, new) in [(export(), newer.clone()), (newer, export())] {
        let report =
            assert_differences(&old, &new, &["breaking_for_producers: code refused: status"]);
        assert_eq!(report["not_compared"], json!(["/codes/*/since", "/headers"]));
        let text = diff(&old, &new, &[]).stdout;
        assert!(
            text.contains(&format!("\n{unknown}/codes/*/since\n{unknown}/headers\nVersion bump")),
            "{text}"
        );
    }
    assert_eq!(report(&export(), &export())["not_compared"], json!([]));
}

// In both directions

/// The names that the report says were added, or removed.
fn names(report: &Value, what: &str) -> BTreeSet<String> {
    let differences =
        report["differences"].as_array().unwrap().iter().filter(|d| d["what"] == what);
    differences.map(|d| format!("{} {}", d["kind"], d["name"])).collect()
}

fn only(value: &Value, list: &str, keep: &[usize]) -> Vec<Value> {
    keep.iter().map(|at| value.pointer(list).unwrap()[at].clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_one_direction_adds_the_other_removes(
        old in subsequence((0..14).collect::<Vec<usize>>(), 0..=14).prop_shuffle(),
        new in subsequence((0..14).collect::<Vec<usize>>(), 0..=14).prop_shuffle(),
    ) {
        let in_export = |keep: &[usize]| changed(export(), |value| value["codes"] = only(value, "/codes", keep).into());
        let (before, now) = (in_export(&old), in_export(&new));
        let (there, back) = (report(&before, &now), report(&now, &before));
        prop_assert_eq!(names(&there, "added"), names(&back, "removed"));
        prop_assert_eq!(names(&there, "removed"), names(&back, "added"));
        prop_assert_eq!(report(&before, &before)["differences"].as_array().map(Vec::len), Some(0));
        let codes: BTreeSet<_> = new.iter().filter(|at| !old.contains(at)).collect();
        prop_assert_eq!(names(&there, "added").len(), codes.len());
    }
}

// The version that it needs

#[test]
fn the_bump_names_the_version_that_it_needs() {
    let at = |version: &str| changed(export(), |new| new["version"] = version.into());
    let major = |version: &str| {
        changed(at(version), |new| set(row(new, "codes", "refused"), "/status/value", 409))
    };
    let minor = |version: &str| {
        changed(at(version), |new| set(row(new, "codes", "refused"), "/retry/value", "after_delay"))
    };
    let patch = |version: &str| {
        changed(at(version), |new| set(row(new, "codes", "refused"), "/description", "New."))
    };
    for (from, new, needs, suffices) in [
        ("0.1.0", major("0.1.0"), json!("0.2.0"), json!(false)),
        ("0.1.0", major("0.1.9"), json!("0.2.0"), json!(false)),
        ("0.1.5", major("0.2.0"), json!("0.2.0"), json!(true)),
        ("0.1.5", major("1.0.0"), json!("0.2.0"), json!(true)),
        ("0.1.5", minor("0.1.5"), json!("0.1.6"), json!(false)),
        ("0.1.5", minor("0.1.10"), json!("0.1.6"), json!(true)),
        ("0.1.5", patch("0.1.6"), json!("0.1.6"), json!(true)),
        ("0.1.5", patch("0.1.4"), json!("0.1.6"), json!(false)),
        ("1.2.3", major("1.3.0"), json!("2.0.0"), json!(false)),
        ("1.2.3", major("2.0.0-rc.1+build-2"), json!("2.0.0"), json!(true)),
        ("1.2.3", minor("1.2.4"), json!("1.3.0"), json!(false)),
        ("1.2.3", minor("1.3.0"), json!("1.3.0"), json!(true)),
        ("1.2.3", patch("1.2.4"), json!("1.2.4"), json!(true)),
        ("2.0.0-rc.1", major("2.0.0"), json!("2.0.0"), json!(true)),
        ("2.0.0+a", patch("2.0.0+b-c"), json!("2.0.1"), json!(false)),
        ("1.2.3", at("1.2.3"), json!("1.2.3"), json!(true)),
        (
            "18446744073709551615.0.0",
            major("1.0.0"),
            json!("18446744073709551615.0.0"),
            json!(false),
        ),
        ("1.2", major("1.3.0"), json!(null), json!(null)),
        ("1.2.3.4", major("1.3.0"), json!(null), json!(null)),
        ("next", major("1.3.0"), json!(null), json!(null)),
        ("1.2.3", major("next"), json!("2.0.0"), json!(null)),
    ] {
        let report = report(&at(from), &new);
        assert_eq!(report["from"], from);
        assert_eq!(report["to"], new["version"]);
        assert_eq!(
            (&report["needs"], &report["suffices"]),
            (&needs, &suffices),
            "{from} {}",
            new["version"]
        );
    }
    let last =
        |old: &Value, new: &Value| diff(old, new, &[]).stdout.lines().last().unwrap().to_owned();
    for (new, expected) in [
        (
            major("0.1.0"),
            "Version bump: major. From 0.1.0 it needs 0.2.0 or later, but NEW says 0.1.0: raise it.",
        ),
        (
            minor("0.2.0"),
            "Version bump: minor. From 0.1.0 it needs 0.1.1 or later, and NEW says 0.2.0.",
        ),
        (patch("\u{1b}"), "Version bump: patch. From 0.1.0 it needs 0.1.1 or later."),
        (at("0.2.0"), "No difference."),
    ] {
        assert_eq!(last(&at("0.1.0"), &new), expected);
    }
    assert_eq!(last(&at("next"), &major("0.1.0")), "Version bump: major.");
}

// What people see

#[test]
fn people_get_a_list_as_json_and_an_empty_one_as_none() {
    let with =
        |pages: Value| changed(export(), |new| row(new, "codes", "not_found")["elsewhere"] = pages);
    let [none, some] = [json!([]), json!([{ "says": "Other words." }])].map(with);
    let shown = r#"[{"says":"Other words."}]"#;
    for (old, new, before, now) in [(&none, &some, "none", shown), (&some, &none, shown, "none")] {
        let text = diff(old, new, &[]).stdout;
        let values = format!("pages say\n    before  {before}\n    now     {now}\n");
        assert!(text.contains(&values), "{text}");
    }
}

#[test]
fn people_get_each_difference_with_its_values_and_its_reason() {
    let new = changed(export(), |new| {
        set(row(new, "codes", "forbidden"), "/status/value", 404);
        set(row(new, "codes", "forbidden"), "/remedy/value", "Ask for access.");
        row(new, "codes", "refused")["withdrawn"] = "0.2.0".into();
        let added = changed(row(new, "codes", "refused").clone(), |code| {
            code["name"] = "quota_exhausted".into();
            code["description"] = "The quota is used up.".into();
        });
        new["codes"].as_array_mut().unwrap().push(added);
    });
    let expected = "\
Breaking for producers
  code `forbidden`: status
    before  403
    now     404
    Breaks servers that send the code with the old status, and clients that go by the status.

Breaking for closed readers
  code `quota_exhausted`: added
    now     The quota is used up.
    Breaks readers that reject unknown names.

Compatible
  code `refused`: withdrawn
    before  none
    now     0.2.0
    Breaks nobody: the name still decodes, but no server should send it, and a program whose source names it is warned.

Documentation only
  code `forbidden`: remedy
    before  Use a key that is authorised to access the resource, or have this one authorised.
    now     Ask for access.
    Breaks nobody: only words that people read have changed.

";
    let in_order = [
        "breaking_for_producers: code forbidden: status",
        "breaking_for_closed_readers: code quota_exhausted: added",
        "compatible: code refused: withdrawn",
        "documentation_only: code forbidden: remedy",
    ];
    assert_differences(&export(), &new, &in_order);
    let ran = diff(&export(), &new, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
}

#[test]
fn the_values_are_coloured_where_colour_is_wanted() {
    let old = changed(export(), |old| set(row(old, "codes", "refused"), "/status/value", 409));
    let old = file(old.to_string());
    let coloured = command(&["diff", old.to_str().unwrap()]).env("CLICOLOR_FORCE", "1").output();
    let text = Ran::from(coloured.unwrap()).stdout;
    let values = "    \u{1b}[31mbefore  409\u{1b}[0m\n    \u{1b}[32mnow     403\u{1b}[0m\n";
    assert!(text.contains(values), "{text:?}");
}

#[test]
fn hostile_names_and_texts_are_shown_escaped() {
    let hostile = "\u{1b}[31mred\nnew\r`line`\u{9b}2J\u{202e}\u{7}";
    let shown = r"\u{1b}[31mred\nnew\r`line`\u{9b}2J\u{202e}\u{7}";
    let named = changed(export(), |new| {
        let code = row(new, "codes", "refused");
        code["name"] = hostile.into();
        set(code, "/remedy/value", hostile);
        code[hostile] = 1.into();
        new["version"] = hostile.into();
    });
    let twice =
        changed(named.clone(), |new| row(new, "codes", "forbidden")["name"] = hostile.into());
    let lacking = changed(named.clone(), |new| row(new, "codes", hostile)["status"] = Value::Null);
    for (old, new) in
        [(export(), named.clone()), (named, export()), (export(), twice), (export(), lacking)]
    {
        let ran = diff(&old, &new, &[]);
        let text = ran.stdout + &ran.stderr;
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}', '\r']), "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("new")), "{text}");
        assert!(text.contains(shown), "{text}");
    }
}

// What cannot be compared

/// An export of 5,000 codes is longer than a body that `check` reads.
#[test]
fn a_long_file_is_compared() {
    let long = file(" ".repeat(4 << 20) + &Artefact::Catalogue.render());
    assert_eq!(run(&["diff", long.to_str().unwrap()]).code, Some(0));
}

/// The file has a hole in place of its bytes, so it takes no room on the disk.
#[test]
fn no_more_than_512_mebibytes_are_read() {
    let long = file("");
    fs::File::create(&long).unwrap().set_len((512 << 20) + 1).unwrap();
    let ran = run(&["diff", long.to_str().unwrap()]);
    let reason = "it is longer than 512 MiB, the most that is read\n";
    let error = format!("error: cannot read {}: {reason}", long.display());
    assert_eq!((ran.code, ran.stderr), (Some(2), error));
}

#[test]
fn what_cannot_be_compared_is_refused_with_its_file_and_what_to_give() {
    let text = Artefact::Catalogue.render();
    let remedy = "Compare two versions of errors.json: `intelliprint-error print catalogue` prints \
                  this version's, and the file's history has the older ones\n";
    let with = |change: &dyn Fn(&mut Value)| changed(export(), change).to_string();
    let same = file(&text);
    for (content, why) in [
        (text[..500].to_owned(), "it is not JSON: EOF while parsing a string at line "),
        (String::new(), "it is not JSON: EOF while parsing a value at line 1 column 0"),
        (Artefact::Docs.render(), "it is not JSON: expected value at line 1 column 1"),
        ("[".repeat(100_000), "it is not JSON: recursion limit exceeded at line 1 column 128"),
        ("[1]".into(), "it is JSON, but not a catalogue export"),
        ("null".into(), "it is JSON, but not a catalogue export"),
        ("{\"a\":1}".into(), "it is JSON, but not a catalogue export"),
        (Artefact::OpenApi.render(), "it is an OpenAPI document. Compare"),
        (Artefact::Schema.render(), "it is a JSON Schema. Compare"),
        (Artefact::OpenSchema.render(), "it is a JSON Schema. Compare"),
        ("{\"types\":[]}".into(), "it has no list `codes`"),
        ("{\"codes\":1}".into(), "it has no list `types`"),
        (with(&|new| new["codes"][2] = json!(1)), "/codes/2 has no `name` that is a string"),
        (
            with(&|new| new["codes"][2]["name"] = json!(1)),
            "/codes/2 has no `name` that is a string",
        ),
        (
            with(&|new| new["codes"][2]["status"] = json!(1)),
            "/codes/2/status/value of `parameter_unknown` is missing",
        ),
        (
            with(&|new| new["codes"][2]["name"] = new["codes"][1]["name"].clone()),
            "/codes/2: the name `parameter_missing` comes twice",
        ),
    ] {
        let bad = file(&content);
        let (bad, same) = (bad.to_str().unwrap(), same.to_str().unwrap());
        for args in [
            &["diff", bad][..],
            &["diff", bad, same],
            &["diff", same, bad],
            &["diff", same, bad, "--json"],
        ] {
            let ran = run(args);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{why}");
            assert!(
                ran.stderr.starts_with(&format!("error: cannot compare {bad}: {why}")),
                "{}",
                ran.stderr
            );
            assert!(ran.stderr.ends_with(remedy), "{}", ran.stderr);
        }
        let piped = run_with(&["diff", same, "-"], content.as_bytes());
        assert!(
            piped.stderr.starts_with(&format!("error: cannot compare standard input: {why}")),
            "{}",
            piped.stderr
        );
    }
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_is_wrong() {
    let none = folder("diff-none").join("none.json");
    let none = none.to_str().unwrap();
    let both = run(&["diff", "-", "-"]);
    let expected =
        "error: OLD and NEW cannot both be standard input: name a file for one of them\n";
    assert_eq!((both.code, both.stderr.as_str()), (Some(2), expected));
    let missing = run(&["diff", none]);
    assert_eq!(missing.code, Some(2));
    assert!(
        missing.stderr.starts_with(&format!("error: cannot read {none}: ")),
        "{}",
        missing.stderr
    );
    let good = file(export().to_string());
    let good = good.to_str().unwrap();
    assert_eq!(run(&["diff", good, good, "--allow", "closed-readers"]).code, Some(0));
    for args in [
        &["diff"][..],
        &["diff", good, "--allow", "producers"],
        &["diff", good, "--allow", ""],
        &["diff", good, "--allow"],
        &["diff", good, good, good],
    ] {
        assert_eq!(run(args).code, Some(2), "{args:?}");
    }
    let help = run(&["diff", "--help"]);
    assert_eq!(help.code, Some(0));
    for member in report(&export(), &export()).as_object().unwrap().keys() {
        assert!(help.stdout.contains(member), "{member} is not in the help");
    }
}
