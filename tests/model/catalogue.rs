//! What `build.rs` and the crate make of another catalogue. Each test changes a copy of
//! `src/catalogue.rs` and builds that copy.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The crate's version, as the build script sees it: a release candidate of 0.10.0.
const VERSION: &str = "0.10.0-rc.1";

/// Replaces `old`, which must occur once.
#[track_caller]
pub(crate) fn replaced(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old:?} must occur once");
    text.replace(old, new)
}

fn compile(dir: &Path, args: &[&str]) -> Output {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc
        .args(["--edition", "2024", "-A", "warnings"])
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap()
}

/// Copies a folder, without the files that an earlier run left in the copy.
fn copy_folder(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const NAME_RULE: &str =
    "the name must be snake_case: words of a-z and 0-9 that start with a letter, joined by `_`";

const ADDRESS_RULE: &str = "the address must start with https:// and have no space, \", < or >";

/// The text of a catalogue.
pub(crate) struct Catalogue(String);

impl Catalogue {
    pub(crate) fn current() -> Self {
        Self(fs::read_to_string(Path::new(ROOT).join("src/catalogue.rs")).unwrap())
    }

    /// Replaces `old`, which must occur once.
    #[track_caller]
    pub(crate) fn with(self, old: &str, new: &str) -> Self {
        Self(replaced(&self.0, old, new))
    }

    /// The first line that contains this text.
    #[track_caller]
    fn line(&self, text: &str) -> usize {
        let line = self.0.lines().position(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("no line with {text:?}")) + 1
    }

    /// A violation as the build script reports it, at the first line that contains this text.
    #[track_caller]
    fn at(&self, row: &str, rule: &str) -> String {
        format!("src/catalogue.rs:{}: {rule}", self.line(row))
    }

    /// The name of the code whose row has this line.
    fn code_at(&self, line: usize) -> &str {
        let starts = ["    api(\"", "    sdk(\""];
        let rows = self
            .0
            .lines()
            .take(line)
            .filter_map(|line| starts.iter().find_map(|start| line.strip_prefix(start)));
        rows.last().and_then(|row| row.split('"').next()).unwrap()
    }

    /// Writes the build script and this catalogue to a folder of this name.
    fn lay_out(&self, name: &str) -> PathBuf {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for file in ["build.rs", "src/text/markdown.rs", "src/model/retry.rs"] {
            fs::create_dir_all(dir.join(file).parent().unwrap()).unwrap();
            fs::copy(Path::new(ROOT).join(file), dir.join(file)).unwrap();
        }
        fs::write(dir.join("src/catalogue.rs"), &self.0).unwrap();
        dir
    }

    /// Writes the whole crate except its tests, with this catalogue, to a folder of this name.
    pub(crate) fn lay_out_crate(&self, name: &str) -> PathBuf {
        let dir = self.lay_out(name);
        for file in ["Cargo.toml", "Cargo.lock", "README.md"] {
            fs::copy(Path::new(ROOT).join(file), dir.join(file)).unwrap();
        }
        // Cargo rejects a manifest that names an example without a file.
        for folder in ["src", "examples"] {
            copy_folder(&Path::new(ROOT).join(folder), &dir.join(folder));
        }
        fs::write(dir.join("src/catalogue.rs"), &self.0).unwrap();
        dir
    }

    fn compile(&self, name: &str) -> (PathBuf, Output) {
        let dir = self.lay_out(name);
        let output = compile(&dir, &["--crate-name", "build", "-o", "build-script", "build.rs"]);
        (dir, output)
    }

    /// What the build script says to cargo after this instruction.
    fn said(&self, name: &str, instruction: &str) -> Vec<String> {
        let (dir, compiled) = self.compile(name);
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        let mut script = Command::new(dir.join("build-script"));
        script.current_dir(&dir).env("OUT_DIR", &dir).env("CARGO_PKG_VERSION", VERSION);
        let run = script.output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let lines = String::from_utf8(run.stdout).unwrap();
        lines.lines().filter_map(|line| line.strip_prefix(instruction)).map(str::to_owned).collect()
    }

    /// The violations that the build script reports to cargo.
    fn violations(&self, name: &str) -> Vec<String> {
        self.said(name, "cargo::error=")
    }

    /// Runs the build script and returns the folder that it wrote to.
    fn generated(&self, name: &str) -> PathBuf {
        assert_eq!(self.violations(name), [""; 0]);
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
    }
}

#[test]
fn every_violation_is_reported_at_once_with_its_own_line() {
    let broken = Catalogue::current()
        // Fields.
        .with(r#"field("code","#, r#"field("type","#)
        // Types.
        .with(
            "const INTERNAL_ERROR",
            "const LEFT_OUT: TypeRow = error_type(\"left_out\", \"Left out.\");\nconst INTERNAL_ERROR",
        )
        .with("advice(INVALID_REQUEST_ERROR), advice(403)", "advice(LEFT_OUT), advice(403)")
        .with("\"The API key provided was invalid or missing.\"", "\"The API key provided was invalid or missing\"")
        .with("error_type(\"internal_error\"", "error_type(\"Internal_Error\"")
        // Names of codes.
        .with(r#"api("parameter_invalid""#, r#"api("parameterInvalid""#)
        .with(r#"api("parameter_missing""#, r#"api("parameter__missing""#)
        .with(r#"api("parameter_unknown""#, r#"api("parameter_2nd""#)
        .with(r#"api("body_too_large""#, r#"api("self""#)
        .with(r#"api("body_incorrect_format""#, r#"api("no_api_key""#)
        // Descriptions.
        .with("\"The API key provided was invalid or expired.\"", "\"\"")
        .with("\"The requested resource was not found.\"", "\"The requested resource\\nwas not found.\"")
        // Types, statuses, remedies and examples of codes.
        .with("spec(RATE_LIMITED), observed(429,", "spec(INVALID_REQUEST_ERROR), observed(13,")
        .with("advice(\"Wait, then send the request again. Wait", "spec(\"Wait, then send the request again. Wait")
        .with("advice(says(\"An internal error occurred\"))", "spec(says(\"\"))")
        .with("advice(\"Check the connection. Before", "advice(\" Check the connection. Before")
        .with("or have this one authorised.\"", "or have this one authorised\"")
        .with("advice(says_of(\"recipients\", ", "advice(says_of(\"\", ");
    let at = |row: &str, rule: &str| broken.at(row, rule);
    let type_line = broken.line("const LEFT_OUT");
    let expected = [
        at("field(\"type\", \"This is a unique", &{
            let first = broken.line("field(\"type\", \"This is the general");
            format!("field `type`: the name is already taken, at line {first}")
        }),
        at(
            "error_type(\"authentication_error\"",
            "type `authentication_error`: the description must end with a full stop",
        ),
        at("error_type(\"Internal_Error\"", &format!("type `Internal_Error`: {NAME_RULE}")),
        at("api(\"parameterInvalid\"", &format!("code `parameterInvalid`: {NAME_RULE}")),
        at("api(\"parameter__missing\"", &format!("code `parameter__missing`: {NAME_RULE}")),
        at("api(\"parameter__missing\"", "code `parameter__missing`: the example's param is empty"),
        at("api(\"parameter_2nd\"", &format!("code `parameter_2nd`: {NAME_RULE}")),
        at("api(\"self\"", "code `self`: the variant would be `Self`, which is a keyword of Rust"),
        // Of two rows with one name, the second is the violation.
        format!(
            "src/catalogue.rs:{}: code `no_api_key`: the name is already taken, at line {}",
            broken.line("No API key was provided in the request."),
            broken.line("The request body was incorrectly formatted"),
        ),
        at("api(\"invalid_api_key\"", "code `invalid_api_key`: the description is empty"),
        at(
            "api(\"not_found\"",
            "code `not_found`: the description must be one line, without control characters",
        ),
        at(
            "api(\"rate_limited\"",
            "code `rate_limited`: a type has this name, too: the code must belong to it, not to `invalid_request_error`",
        ),
        at(
            "api(\"rate_limited\"",
            "code `rate_limited`: status 13 is not an HTTP error status, 400 to 599",
        ),
        at(
            "api(\"rate_limited\"",
            "code `rate_limited`: the specification gives no remedy: mark it `observed` or `advice`",
        ),
        at(
            "api(\"internal_error\"",
            "code `internal_error`: the specification gives no example: mark it `observed` or `advice`",
        ),
        at("api(\"internal_error\"", "code `internal_error`: the example's message is empty"),
        at(
            "sdk(\"network_error\"",
            "code `network_error`: the remedy must not start or end with white space",
        ),
        at("api(\"forbidden\"", "code `forbidden`: the remedy must end with a full stop"),
        at(
            "api(\"refused\"",
            &format!(
                "code `refused`: its type `left_out`, of line {type_line}, is not in TYPES: add it there"
            ),
        ),
    ];
    let violations = broken.violations("broken");
    for (violation, expected) in violations.iter().zip(&expected) {
        assert_eq!(violation, expected);
    }
    assert_eq!(violations.len(), expected.len(), "{violations:#?}");
}

#[test]
fn a_type_left_out_of_types_is_reported_even_if_another_has_its_name() {
    let broken = Catalogue::current()
        .with("    RATE_LIMITED,\n", "")
        .with("error_type(\"rate_limited\"", "error_type(\"internal_error\"");
    let line = broken.line("error_type(\"internal_error\", \"The IP address");
    let rule = format!("its type `internal_error`, of line {line}, is not in TYPES: add it there");
    let at = broken.line("api(\"rate_limited\"");
    assert_eq!(
        broken.violations("twin"),
        [format!("src/catalogue.rs:{at}: code `rate_limited`: {rule}")]
    );
}

/// A source that is not in `SOURCES`, in each place that may name one, and an `Elsewhere` without full
/// stops.
#[test]
fn every_place_that_names_a_source_is_checked() {
    let broken = Catalogue::current()
        .with(
            "const NODE_SDK",
            "const HEARSAY: Source = source(\"hearsay\", \"Hearsay\", None, \"Nothing.\");\nconst NODE_SDK",
        )
        .with("advice(\"Send less in one request: compress the files, or split the job into several requests.\")", "observed(\"Send less.\", HEARSAY)")
        .with("advice(says(\"The request body is not a valid JSON object\"))", "observed(says(\"Not JSON\"), HEARSAY)")
        .with("TROUBLESHOOTING,\n            says: \"The key may", "HEARSAY,\n            says: \"The key may")
        .with("spec(PAYMENT_ERROR), advice(402)", "spec(PAYMENT_ERROR), observed(402, HEARSAY)")
        .with("Another page says 100 a minute.\"", "Another page says 100 a minute\"")
        .with("advice(500), advice(Retry::IfIdempotent)", "advice(500), observed(Retry::IfIdempotent, HEARSAY)")
        .with("advice(AUTHENTICATION_ERROR), advice(403)", "observed(AUTHENTICATION_ERROR, HEARSAY), advice(403)")
        .with("because the description speaks of the key.\"", "because the description speaks of the key\"");
    let hearsay = format!(
        "its source `hearsay`, of line {}, is not in SOURCES: add it there",
        broken.line("const HEARSAY")
    );
    let at = |code: &str, rule: &str| {
        broken.at(&format!("api(\"{code}\""), &format!("code `{code}`: {rule}"))
    };
    let expected = [
        at("body_too_large", &hearsay),
        at("body_incorrect_format", &hearsay),
        at("invalid_api_key", &hearsay),
        at("payment_error", &hearsay),
        at("rate_limited", "the says must end with a full stop"),
        at("internal_error", &hearsay),
        at("forbidden", "the reason must end with a full stop"),
        at("forbidden", &hearsay),
    ];
    assert_eq!(broken.violations("hearsay"), expected);
}

/// A line end in a name or a version would end the line that cargo reads.
#[test]
fn foreign_text_in_a_violation_is_escaped_and_every_text_is_trimmed() {
    let broken = Catalogue::current()
        .with(
            "Some(\"https://docs.intelliprint.net/technical/errors\")",
            "Some(\"https://docs.intelliprint.net/a page\")",
        )
        .with("says(\"No API key was provided\")", "says(\"No API key was provided \")")
        .with("prints\"), NODE_SDK)),", "prints\"), NODE_SDK)).withdrawn(\"0.1.0.0\"),")
        .with(
            "from the Intelliprint API\"))),",
            "from the Intelliprint API\"))).withdrawn(\"0\\n1\"),",
        )
        .with("api(\"refused\"", "api(\"re\\nfused\"");
    let at = |row: &str, rule: &str| broken.at(row, rule);
    assert_eq!(
        broken.violations("escaped"),
        [
            at("const ERRORS_PAGE", &format!("source `errors-page`: {ADDRESS_RULE}")),
            at(
                "api(\"no_api_key\"",
                "code `no_api_key`: the example's message must not start or end with white space"
            ),
            at(
                "api(\"not_found\"",
                "code `not_found`: withdrawn in `0.1.0.0`: the version must be x.y.z"
            ),
            at(
                "sdk(\"network_error\"",
                r"code `network_error`: withdrawn in `0\n1`: the version must be x.y.z"
            ),
            at("api(\"re\\nfused\"", &format!(r"code `re\nfused`: {NAME_RULE}")),
        ]
    );
}

/// The first and last error status, and their neighbours.
#[test]
fn limits_of_a_status_are_exact() {
    let catalogue = Catalogue::current()
        .with("spec(PAYMENT_ERROR), advice(402)", "spec(PAYMENT_ERROR), advice(399)")
        .with("spec(INTERNAL_ERROR), advice(500)", "spec(INTERNAL_ERROR), advice(400)")
        .with("spec(RATE_LIMITED), observed(429,", "spec(RATE_LIMITED), observed(599,")
        .with("observed(413, SERVER_LIBRARY)", "observed(600, SERVER_LIBRARY)");
    let rule = |code: &str, status| {
        format!(
            "src/catalogue.rs:{}: code `{code}`: status {status} is not an HTTP error status, 400 to 599",
            catalogue.line(&format!("api(\"{code}\""))
        )
    };
    assert_eq!(
        catalogue.violations("statuses"),
        [rule("body_too_large", 600), rule("payment_error", 399)]
    );
}

/// Each character that ends a line, and a control character that does not.
#[test]
fn a_description_is_one_line() {
    let ends = [
        ("parameter_invalid", "The value provided for", "\\n"),
        ("parameter_missing", "A required parameter was", "\\r"),
        ("parameter_unknown", "An unknown parameter was", "\\u{2028}"),
        ("body_too_large", "The request body was too", "\\u{2029}"),
        ("body_incorrect_format", "The request body was incorrectly", "\\u{85}"),
        ("no_api_key", "No API key was provided in", "\\t"),
    ];
    let broken = ends.iter().fold(Catalogue::current(), |catalogue, (_, words, end)| {
        catalogue.with(&format!("\"{words}"), &format!("\"{words}{end}"))
    });
    let expected = ends.map(|(code, ..)| {
        format!(
            "src/catalogue.rs:{}: code `{code}`: the description must be one line, without control characters",
            broken.line(&format!("api(\"{code}\""))
        )
    });
    assert_eq!(broken.violations("line-ends"), expected);
}

#[test]
fn a_source_stands_in_the_table_with_an_id_and_an_address() {
    let broken = Catalogue::current()
        .with("    NODE_SDK,\n", "")
        .with("\"troubleshooting\"", "\"Trouble Shooting\"")
        .with("\"rate-limits\"", "\"errors-page\"")
        .with("\"A public integration’s log of a live response\"", "\"\"")
        .with("Some(\"https://docs.intelliprint.net/technical/errors\")", "Some(\"errors.html\")")
        .with("both invalid_request_error.\",\n);", "both invalid_request_error\",\n);");
    let at = |row: &str, rule: &str| broken.at(row, rule);
    let line = broken.line("const NODE_SDK");
    let page = broken.line("const ERRORS_PAGE");
    assert_eq!(
        broken.violations("sources"),
        [
            at("const ERRORS_PAGE", &format!("source `errors-page`: {ADDRESS_RULE}")),
            at(
                "const TROUBLESHOOTING",
                "source `Trouble Shooting`: the id must be words of a-z, joined by `-`"
            ),
            at(
                "const RATE_LIMITS",
                &format!("source `errors-page`: the id is already taken, at line {page}")
            ),
            at("const LIVE_REPORT", "source `live-report`: the title is empty"),
            at(
                "const SERVER_LIBRARY",
                "source `server-library`: the text on what it shows must end with a full stop"
            ),
            at(
                "api(\"not_found\"",
                &format!(
                    "code `not_found`: its source `node-sdk`, of line {line}, is not in SOURCES: add it there"
                )
            ),
        ]
    );
}

/// What a name or a sentence may not end with, begin with or contain.
#[test]
fn a_name_has_no_empty_word_and_a_sentence_no_other_end() {
    let names = [
        ("refused", "refused_"),
        ("forbidden", "_forbidden"),
        ("not_found", "not_föund"),
        ("no_api_key", "no-api-key"),
        ("invalid_api_key", "invalid api_key"),
        ("body_too_large", ""),
    ];
    let ends = [
        ("value provided for a parameter was invalid.\"", "invalid?\""),
        ("required parameter was missing from the request.\"", "missing!\""),
        ("unknown parameter was provided in the request.\"", "unknown…\""),
        // In a row whose name is wrong, too: both are said.
        ("was not authorised to access the requested resource.\"", "was not authorised\""),
        (
            "formatted (e.g. not a valid JSON object and not a multipart/form-data request).\"",
            "formatted.)\"",
        ),
    ];
    let renamed = |catalogue: Catalogue, (old, new): &(&str, &str)| {
        catalogue.with(&format!("api(\"{old}\""), &format!("api(\"{new}\""))
    };
    let broken = names.iter().fold(Catalogue::current(), renamed);
    let broken = ends.iter().fold(broken, |catalogue, (old, new)| catalogue.with(old, new));
    let names = names.iter().map(|(_, name)| (*name, NAME_RULE));
    let sentences = [
        "parameter_invalid",
        "parameter_missing",
        "parameter_unknown",
        "_forbidden",
        "body_incorrect_format",
    ];
    let sentences = sentences.map(|name| (name, "the description must end with a full stop"));
    let mut expected: Vec<_> = names
        .chain(sentences)
        .map(|(name, rule)| {
            let row = format!("api(\"{name}\"");
            (broken.line(&row), broken.at(&row, &format!("code `{name}`: {rule}")))
        })
        .collect();
    expected.sort_by_key(|(line, _)| *line);
    let expected: Vec<_> = expected.into_iter().map(|(_, violation)| violation).collect();
    assert_eq!(broken.violations("ends"), expected);
}

/// A source that only has the id of one in `SOURCES` is not in it.
#[test]
fn a_source_is_known_by_its_row() {
    let broken = Catalogue::current()
        .with(
            "const NODE_SDK",
            "const OTHER: Source = source(\"node-sdk\", \"Another\", None, \"Nothing.\");\nconst NODE_SDK",
        )
        .with("spec(PAYMENT_ERROR), advice(402)", "spec(PAYMENT_ERROR), observed(402, OTHER)");
    let line = broken.line("const OTHER");
    let rule = format!("its source `node-sdk`, of line {line}, is not in SOURCES: add it there");
    let expected = broken.at("api(\"payment_error\"", &format!("code `payment_error`: {rule}"));
    assert_eq!(broken.violations("other"), [expected]);
}

/// An id is words of a-z, and an address is one of https: what only looks like them is neither.
#[test]
fn a_source_has_no_other_id_and_no_other_address() {
    let broken = Catalogue::current()
        .with("\"errors-page\"", "\"errors-page-2\"")
        .with("\"troubleshooting\"", "\"\"")
        .with("\"rate-limits\"", "\"rate--limits\"")
        .with("\"node-sdk\"", "\"-node-sdk\"")
        .with("\"live-report\"", "\"live_report\"")
        .with("\"server-library\"", "\"server-Library\"")
        .with("https://docs.intelliprint.net/technical/errors", "http://docs.intelliprint.net/")
        .with("https://docs.intelliprint.net/api-guides/how-to/errors-t", "https:/docs/errors-t")
        .with(
            "https://docs.intelliprint.net/api-guides/how-to/rate",
            "//docs.intelliprint.net/rate",
        )
        .with("https://github.com/Intelliprint/intelliprint-node", "https://x/<b>");
    let id = "the id must be words of a-z, joined by `-`";
    let at =
        |row: &str, name: &str, rule: &str| broken.at(row, &format!("source `{name}`: {rule}"));
    assert_eq!(
        broken.violations("ids"),
        [
            at("const ERRORS_PAGE", "errors-page-2", id),
            at("const ERRORS_PAGE", "errors-page-2", ADDRESS_RULE),
            at("const TROUBLESHOOTING", "", id),
            at("const TROUBLESHOOTING", "", ADDRESS_RULE),
            at("const RATE_LIMITS", "rate--limits", id),
            at("const RATE_LIMITS", "rate--limits", ADDRESS_RULE),
            at("const NODE_SDK", "-node-sdk", id),
            at("const NODE_SDK", "-node-sdk", ADDRESS_RULE),
            at("const LIVE_REPORT", "live_report", id),
            at("const SERVER_LIBRARY", "server-Library", id),
        ]
    );
}

/// `errors.md` and `errors.html` write an address between these.
#[test]
fn an_address_has_no_character_that_would_end_it() {
    let docs = "https://docs.intelliprint.net";
    let broken = Catalogue::current()
        .with(&format!("{docs}/technical/errors"), "https://x/a b")
        .with(&format!("{docs}/api-guides/how-to/errors-t"), "https://x/\\\"y")
        .with(&format!("{docs}/api-guides/how-to/rate"), "https://x/<y")
        .with("https://github.com/Intelliprint/intelliprint-node", "https://x/>y");
    let expected = [
        ("ERRORS_PAGE", "errors-page"),
        ("TROUBLESHOOTING", "troubleshooting"),
        ("RATE_LIMITS", "rate-limits"),
        ("NODE_SDK", "node-sdk"),
    ]
    .map(|(row, id)| broken.at(&format!("const {row}"), &format!("source `{id}`: {ADDRESS_RULE}")));
    assert_eq!(broken.violations("addresses"), expected);
}

#[test]
fn a_withdrawal_names_a_released_version_and_covers_all_codes_of_a_type() {
    // Withdraws the row whose example ends in this message.
    let withdrawn = |catalogue: Catalogue, message: &str, version: &str| {
        catalogue
            .with(&format!("{message}\")))"), &format!("{message}\"))).withdrawn(\"{version}\")"))
    };
    let mut catalogue = Catalogue::current();
    for (message, version) in [
        ("limit for this resource", "0.10.0"),
        ("Invalid value for parameter: postage.service", "0.9.10"),
        ("larger than 100 MiB", "0.10"),
        ("not a valid JSON object", "v0.1.0"),
        ("No API key was provided", "0.01.0"),
        ("invalid or has expired", "0.10.1"),
        ("print job", "1.0.0"),
    ] {
        catalogue = withdrawn(catalogue, message, version);
    }
    let broken = catalogue
        .with(
            "\"The IP address has exceeded the rate limit.\");",
            "\"The IP address has exceeded the rate limit.\").withdrawn(\"0.10.0\");",
        )
        .with(
            "they are unable to connect to the Intelliprint API.\",\n);",
            "they are unable to connect to the Intelliprint API.\",\n).withdrawn(\"\");",
        )
        .with(
            "\"The API key provided was invalid or missing.\");",
            "\"The API key provided was invalid or missing.\").withdrawn(\"0.10.0\");",
        );
    let at = |row: &str, rule: &str| broken.at(row, rule);
    let later = |version| {
        format!(
            "withdrawn in {version}, later than this version, {VERSION}: raise the version in Cargo.toml first"
        )
    };
    let expected = [
        at(
            "const NETWORK_ERROR",
            "type `network_error`: withdrawn in ``: the version must be x.y.z",
        ),
        at(
            "api(\"body_too_large\"",
            "code `body_too_large`: withdrawn in `0.10`: the version must be x.y.z",
        ),
        at(
            "api(\"body_incorrect_format\"",
            "code `body_incorrect_format`: withdrawn in `v0.1.0`: the version must be x.y.z",
        ),
        at(
            "api(\"no_api_key\"",
            "code `no_api_key`: withdrawn in `0.01.0`: the version must be x.y.z",
        ),
        at("api(\"invalid_api_key\"", &format!("code `invalid_api_key`: {}", later("0.10.1"))),
        at("api(\"payment_error\"", &format!("code `payment_error`: {}", later("1.0.0"))),
        at(
            "api(\"rate_limited\"",
            "code `rate_limited`: its type `rate_limited` is withdrawn: withdraw the code, too",
        ),
        at(
            "sdk(\"network_error\"",
            "code `network_error`: its type `network_error` is withdrawn: withdraw the code, too",
        ),
        // A type of another name than its code.
        at(
            "api(\"forbidden\"",
            "code `forbidden`: its type `authentication_error` is withdrawn: withdraw the code, too",
        ),
    ];
    assert_eq!(broken.violations("withdrawn"), expected);
}

/// A program that includes the generated files, with the few items of the crate that they name.
const GENERATED: &str = r#"
#[path = "src/model/retry.rs"]
mod retry;
mod model {
    pub use super::{retry::Retry, types::ErrorType};
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Origin { Api, Sdk }
}
use model::Origin;

mod types {
    include!("error_type.rs");
    declare_error_type! { #[derive(Clone, Copy, Debug, PartialEq)] pub enum ErrorType; }

    pub fn origin(name: &str) -> crate::Origin {
        ORIGINS[lookup(name).unwrap() as usize]
    }
}

mod codes {
    include!("error_code.rs");
    declare_error_code! { #[derive(Clone, Copy, Debug, PartialEq)] pub enum ErrorCode; }

    /// Every name finds its own row, and no name that differs by one character finds any.
    pub fn look_up(count: usize) {
        assert_eq!(NAMES.len(), count);
        for (row, name) in NAMES.iter().enumerate() {
            assert_eq!(lookup(name), Some(ALL[row]), "{name}");
            let mut others = vec![format!("{name}_"), format!("{name}\0"), format!(" {name}"), name.to_uppercase()];
            for at in 0..name.len() {
                others.push(name[..at].into());
                others.push(format!("{}x{}", &name[..at], &name[at + 1..]));
                others.push(format!("{}{}", &name[..at], &name[at + 1..]));
            }
            for other in others.iter().filter(|other| !NAMES.contains(&other.as_str())) {
                assert_eq!(lookup(other), None, "{other:?}");
            }
        }
        for outside in ["", "a", "zzz", "\u{10ffff}"] {
            assert_eq!(lookup(outside), None, "{outside:?}");
        }
    }

    pub fn facts() {
        assert_eq!(ORIGINS[lookup("lost_connection").unwrap() as usize], crate::Origin::Sdk);
        assert_eq!(ERROR_TYPES[lookup("made_n48").unwrap() as usize], crate::types::ErrorType::RateLimited);
    }
}
"#;

/// Compiles `GENERATED` with this `main` in a folder of generated files, and runs it.
#[track_caller]
fn run_generated(dir: &Path, main: &str) {
    fs::write(dir.join("generated.rs"), format!("{GENERATED}\nfn main() {{ {main} }}\n")).unwrap();
    let compiled = compile(dir, &["-o", "generated", "generated.rs"]);
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let ran = Command::new(dir.join("generated")).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// The catalogue with this many more codes, the last of which only SDKs raise. The rows of
/// `made_n9`, `made_n10` and `made_n100` are in an order that is not that of their names.
fn with_more_codes(count: usize) -> Catalogue {
    let made: String = (0..count - 1)
        .map(|number| {
            format!(
                "    api(\"made_n{number}\", \"Made.\", advice(RATE_LIMITED), advice(429), \
                 advice(Retry::Never), advice(\"Wait.\"), advice(says(\"Made\"))),\n"
            )
        })
        .collect();
    let sdk = "    sdk(\"lost_connection\", \"Lost *all* of <it>.\", advice(PAYMENT_ERROR), advice(Retry::Never), \
               advice(\"Wait.\"), advice(says(\"Lost\"))),\n";
    Catalogue::current().with("    api(\"forbidden\"", &format!("{made}{sdk}    api(\"forbidden\""))
}

#[test]
fn the_lookup_is_a_match_up_to_64_names_and_a_binary_search_beyond() {
    for (count, is_match) in [(64, true), (65, false)] {
        let dir = with_more_codes(count - 14).generated(&format!("codes-{count}"));
        let codes = fs::read_to_string(dir.join("error_code.rs")).unwrap();
        assert_eq!(codes.contains("\nmatch name {\n"), is_match, "{count}");
        assert_eq!(codes.contains("binary_search"), !is_match, "{count}");
        assert!(codes.contains(r#"#[doc = "Lost \\*all\\* of \\<it>."#), "{codes}");
        run_generated(&dir, &format!("codes::look_up({count}); codes::facts();"));
    }
}

/// In a catalogue with 200 codes, so that a binary search takes eight steps.
#[test]
fn a_type_is_of_sdks_only_if_all_of_its_codes_are() {
    let dir = with_more_codes(200 - 14)
        .with("    NETWORK_ERROR,\n];", "    NETWORK_ERROR,\n    SPARE,\n];")
        .with(
            "const NETWORK_ERROR",
            "const SPARE: TypeRow = error_type(\"spare\", \"Spare.\");\nconst NETWORK_ERROR",
        )
        .generated("origins");
    // `payment_error` has a code of each origin, `spare` has no code.
    run_generated(
        &dir,
        "assert_eq!(types::origin(\"network_error\"), Origin::Sdk);
         assert_eq!(types::origin(\"payment_error\"), Origin::Api);
         assert_eq!(types::origin(\"spare\"), Origin::Api);
         codes::look_up(200);
         codes::facts();",
    );
}

#[test]
fn the_current_catalogue_has_no_violation_and_becomes_rustdoc() {
    let dir = Catalogue::current().generated("fine");
    let fields = fs::read_to_string(dir.join("fields.rs")).unwrap();
    let param = "(param) => { \"This is the parameter that caused the error, if applicable. This can be unset if the error is not related to a specific parameter.\" };";
    assert!(fields.contains(param), "{fields}");
    let generated = fs::read_to_string(dir.join("error_code.rs")).unwrap();
    for (variant, facts) in [
        (
            "ParameterUnknown",
            r"request.\n\nType `invalid_request_error` (spec), HTTP status 400 (observed), retry `never` (advice).",
        ),
        (
            "NetworkError",
            r"API.\n\nType `network_error` (spec), raised by SDKs only (spec), retry `if_idempotent` (advice).",
        ),
    ] {
        assert!(generated.contains(&format!("{facts}\"]\n{variant},\n")), "{variant}: {generated}");
    }
}

/// `build.rs` needs no rule for these: the types of the rows reject them.
#[test]
fn some_mistakes_do_not_compile() {
    assert_compile_errors(
        "unwritable",
        &[
            // A status on a code that only SDKs raise.
            (
                "spec(NETWORK_ERROR), advice(Retry",
                "spec(NETWORK_ERROR), advice(503), advice(Retry",
                ("E0061", "network_error"),
            ),
            // A fact without its source.
            (
                "advice(401), advice(Retry::Never),\n        advice(\"Send",
                "401, advice(Retry::Never),\n        advice(\"Send",
                ("E0308", "no_api_key"),
            ),
            ("advice(\"Send less in", "(\"Send less in", ("E0308", "body_too_large")),
            // A code of the API without a status.
            ("observed(404, NODE_SDK), ", "", ("E0061", "not_found")),
            // An observed fact without a source.
            ("observed(429, RATE_LIMITS)", "observed(429)", ("E0061", "rate_limited")),
        ],
    );
    // rustc reports names that do not exist before it looks at types.
    assert_compile_errors(
        "unresolved",
        &[
            // A type that does not exist.
            ("advice(AUTHENTICATION_ERROR)", "advice(NO_SUCH_TYPE)", ("E0425", "forbidden")),
            // A source that does not exist.
            ("observed(404, NODE_SDK)", "observed(404, HEARSAY)", ("E0425", "not_found")),
        ],
    );
}

/// Makes all of the changes, and asserts that each causes an error with this code in this row.
#[track_caller]
fn assert_compile_errors(name: &str, changes: &[(&str, &str, (&str, &str))]) {
    let broken = changes
        .iter()
        .fold(Catalogue::current(), |catalogue, (old, new, _)| catalogue.with(old, new));
    let (_, compiled) = broken.compile(name);
    assert!(!compiled.status.success());
    let stderr = String::from_utf8_lossy(&compiled.stderr);
    let errors: Vec<_> = stderr
        .split("error[")
        .skip(1)
        .map(|error| {
            let place = error.split("--> src/catalogue.rs:").nth(1).unwrap();
            let line = place.split(':').next().unwrap().parse().unwrap();
            (&error[.."E0000".len()], broken.code_at(line))
        })
        .collect();
    for (.., expected) in changes {
        assert!(errors.contains(expected), "{expected:?} in {errors:?}: {stderr}");
    }
}

/// Else cargo would keep the enums of an earlier catalogue.
#[test]
fn the_build_script_runs_again_when_a_file_of_its_own_changes() {
    let script = fs::read_to_string(Path::new(ROOT).join("build.rs")).unwrap();
    let included = script.lines().filter_map(|line| line.strip_prefix("#[path = \""));
    let mut files: Vec<_> = included.map(|file| file.trim_end_matches("\"]")).collect();
    assert!(files.contains(&"src/catalogue.rs"), "{files:?}");
    files.insert(0, "build.rs");
    assert_eq!(Catalogue::current().said("again", "cargo::rerun-if-changed="), files);
}

/// The author of a row sees the violations and no backtrace.
#[test]
fn cargo_fails_the_build_with_both_violations_and_nothing_else() {
    let broken = Catalogue::current().with(r#"api("forbidden""#, r#"api("Forbidden""#).with(
        "advice(INVALID_REQUEST_ERROR), advice(403)",
        "advice(INVALID_REQUEST_ERROR), advice(13)",
    );
    let dir = broken.lay_out_crate("crate");
    let cargo = Command::new(env!("CARGO"))
        .args([
            "check",
            "--lib",
            "--no-default-features",
            "--offline",
            "--quiet",
            "--color",
            "never",
        ])
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", dir.join("target"))
        .output()
        .unwrap();
    assert!(!cargo.status.success());
    let stderr = String::from_utf8(cargo.stderr).unwrap();
    let errors: Vec<_> = stderr.lines().filter(|line| line.starts_with("error")).collect();
    let package = concat!("error: ", env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION"));
    let lines = [broken.line("api(\"Forbidden\""), broken.line("api(\"refused\"")];
    assert_eq!(
        errors[..2],
        [
            format!("{package}: src/catalogue.rs:{}: code `Forbidden`: {NAME_RULE}", lines[0]),
            format!(
                "{package}: src/catalogue.rs:{}: code `refused`: status 13 is not an HTTP error status, 400 to 599",
                lines[1]
            ),
        ],
    );
    assert!(errors[2..].iter().all(|line| line.contains("build script logged errors")), "{stderr}");
}

/// A copy of the crate whose catalogue withdraws the code `refused`, and a new type with its only
/// code.
#[cfg(feature = "cli")]
mod withdrawn {
    use serde_json::{Value, json};

    use super::*;

    const BODY: &str =
        r#"{"error":{"message":"Too many prints","type":"quota_error","code":"quota_exhausted"}}"#;
    const NOTE: &str = "Do not send this name any more. It is kept so that responses of older servers still decode.";

    /// A program of a user of the crate.
    const DOWNSTREAM: &str = r##"
use intelliprint_error::{ErrorCode, ErrorResponse, ErrorType, WireEnum};

fn main() {
    let response = ErrorResponse::from_slice(include_bytes!("body.json")).unwrap();
    assert_eq!(response.error.code().known(), Some(ErrorCode::QuotaExhausted));
    assert_eq!(response.error.error_type().known(), Some(ErrorType::QuotaError));
    assert_eq!(response.to_json(), include_bytes!("body.json"));
    const VERSION: Option<&str> = ErrorCode::Refused.withdrawn();
    assert_eq!(VERSION, Some("0.2.0"));
    let of_type = |name| WireEnum::withdrawn(ErrorType::from_name(name).unwrap());
    assert_eq!((of_type("quota_error"), of_type("payment_error")), (Some("0.3.0"), None));
    assert_eq!(ErrorCode::ALL.iter().filter(|code| code.withdrawn().is_some()).count(), 2);
}
"##;

    struct Copy {
        dir: PathBuf,
        warnings: String,
    }

    impl Copy {
        /// Shares the target directory and the features of the tests' own build, so that cargo
        /// compiles this crate alone. The package and its programs get other names, because cargo
        /// would otherwise overwrite the files of the real crate.
        fn build() -> Self {
            let dir = Catalogue::current()
                .with("    NETWORK_ERROR,\n];", "    NETWORK_ERROR,\n    QUOTA_ERROR,\n];")
                .with(
                    "const NETWORK_ERROR",
                    "const QUOTA_ERROR: TypeRow = error_type(\"quota_error\", \"A quota is used up.\").withdrawn(\"0.3.0\");\nconst NETWORK_ERROR",
                )
                .with(
                    "so it stands.\" }]),",
                    "so it stands.\" }]).withdrawn(\"0.2.0\"),\n    api(\"quota_exhausted\", \"The quota of *prints* is used up.\", \
                     advice(QUOTA_ERROR), advice(429), advice(Retry::AfterDelay), advice(\"Wait.\"), \
                     advice(says(\"Too many prints\"))).withdrawn(\"0.3.0\"),",
                )
                .lay_out_crate("withdrawn-crate");
            let manifest = fs::read_to_string(dir.join("Cargo.toml")).unwrap();
            let own =
                format!("name = \"intelliprint-error\"\nversion = {:?}", env!("CARGO_PKG_VERSION"));
            let manifest =
                replaced(&manifest, &own, "name = \"withdrawn-rows\"\nversion = \"0.3.0\"");
            let manifest = replaced(
                &manifest,
                "name = \"intelliprint-error\"\npath",
                "name = \"withdrawn-command\"\npath",
            );
            let manifest = manifest + "\n[lib]\nname = \"intelliprint_error\"\n";
            fs::write(dir.join("Cargo.toml"), manifest).unwrap();
            fs::write(dir.join("examples/withdrawn_downstream.rs"), DOWNSTREAM).unwrap();
            fs::write(dir.join("examples/body.json"), BODY).unwrap();
            let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
            let built = Command::new(env!("CARGO"))
                .args(["build", "--all-features", "--offline", "--quiet", "--color", "never"])
                .args(["--bin", "withdrawn-command", "--example", "withdrawn_downstream"])
                .current_dir(&dir)
                .env("CARGO_TARGET_DIR", target)
                .output()
                .unwrap();
            let warnings = String::from_utf8(built.stderr).unwrap();
            assert!(built.status.success(), "{warnings}");
            // A later build may replace the programs in the target directory.
            for (from, to) in
                [("withdrawn-command", "command"), ("examples/withdrawn_downstream", "downstream")]
            {
                let exe = env::consts::EXE_SUFFIX;
                fs::copy(
                    target.join("debug").join(format!("{from}{exe}")),
                    dir.join(format!("{to}{exe}")),
                )
                .unwrap();
            }
            Self { dir, warnings }
        }

        /// The exit code, standard output and standard error.
        fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
            let output = Command::new(self.dir.join("command"))
                .args(args)
                .current_dir(&self.dir)
                .output()
                .unwrap();
            let [stdout, stderr] =
                [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
            (output.status.code(), stdout, stderr)
        }

        /// What the command prints. It must exit with 0.
        #[track_caller]
        fn printed(&self, args: &[&str]) -> String {
            let (code, printed, errors) = self.run(args);
            assert_eq!((code, errors.as_str()), (Some(0), ""), "{args:?}: {printed}");
            printed
        }

        #[track_caller]
        fn json(&self, args: &[&str]) -> Value {
            serde_json::from_str(&self.printed(args)).unwrap()
        }
    }

    /// One test, because one build of the copy serves all of the checks.
    #[test]
    fn a_withdrawn_name_still_decodes_and_every_output_marks_it() {
        let copy = Copy::build();
        rust(&copy);
        schemas(&copy);
        openapi(&copy);
        export_and_page(&copy);
        explain_and_check(&copy);
        saved_page(&copy);
        ledger(&copy);
    }

    /// Code that names a withdrawn variant gets a deprecation warning. The crate's own tables and
    /// derives do not.
    fn rust(copy: &Copy) {
        let Copy { dir, warnings } = copy;
        for variant in ["ErrorCode::QuotaExhausted", "ErrorType::QuotaError", "ErrorCode::Refused"]
        {
            let warning = format!(" `intelliprint_error::{variant}`: {NOTE}\n");
            assert_eq!(warnings.matches(&warning).count(), 1, "{warnings}");
        }
        assert_eq!(warnings.matches("warning: ").count(), 3, "{warnings}");
        assert_eq!(
            warnings.matches("--> examples/withdrawn_downstream.rs").count(),
            3,
            "{warnings}"
        );
        let ran = Command::new(dir.join("downstream")).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }

    fn schemas(copy: &Copy) {
        for file in ["schema", "open-schema"] {
            let schema = copy.json(&["print", file]);
            for (definition, name, words) in [
                ("ErrorType", "quota_error", "A quota is used up. (withdrawn in 0.3.0)"),
                (
                    "ErrorCode",
                    "quota_exhausted",
                    "The quota of *prints* is used up. (withdrawn in 0.3.0)",
                ),
            ] {
                let definition = &schema["$defs"][definition];
                assert_eq!(definition["enum"].as_array().unwrap().last(), Some(&json!(name)));
                assert_eq!(
                    definition["x-enum-descriptions"].as_array().unwrap().last(),
                    Some(&json!(words))
                );
                let item = format!("\n- `{name}`: {}", words.replace('*', "\\*"));
                assert!(
                    definition["description"].as_str().unwrap().ends_with(&item),
                    "{definition}"
                );
                // JSON Schema's `deprecated` applies to a whole schema, and this one is still in
                // use.
                assert_eq!(definition.get("deprecated"), None);
            }
            assert_eq!(
                schema.to_string().matches("this resource. (withdrawn in 0.2.0)").count(),
                0
            );
            assert_eq!(
                schema.to_string().matches("requested resource. (withdrawn in 0.2.0)").count(),
                2
            );
        }
    }

    fn openapi(copy: &Copy) {
        let responses = &copy.json(&["print", "openapi"])["components"]["responses"];
        let response = &responses["Error429"];
        let item = "\n- `quota_exhausted`: The quota of \\*prints\\* is used up. (withdrawn in 0.3.0) (type: advice; status: advice; example: advice)";
        assert!(response["description"].as_str().unwrap().ends_with(item), "{response}");
        let examples = &response["content"]["application/json"]["examples"];
        assert_eq!(
            examples["quota_exhausted"]["summary"],
            "The quota of *prints* is used up. (withdrawn in 0.3.0)"
        );
        assert_eq!(
            examples["rate_limited"]["summary"],
            "The IP address has exceeded the rate limit."
        );
    }

    fn export_and_page(copy: &Copy) {
        let export = copy.json(&["print", "catalogue"]);
        let withdrawn = |table: &str| {
            let rows = export[table].as_array().unwrap().iter();
            let rows = rows.filter(|row| !row["withdrawn"].is_null());
            rows.map(|row| (row["name"].clone(), row["withdrawn"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(withdrawn("types"), [("quota_error".into(), "0.3.0".into())]);
        assert_eq!(
            withdrawn("codes"),
            [("refused".into(), "0.2.0".into()), ("quota_exhausted".into(), "0.3.0".into())]
        );
        let page = copy.printed(&["print", "docs"]);
        for line in [
            "| <a id=\"type-quota_error\"></a>[`quota_error`](#type-quota_error) | A quota is used up. (withdrawn in 0.3.0) |",
            "| [`quota_exhausted`](#quota_exhausted) | The quota of \\*prints\\* is used up. (withdrawn in 0.3.0) |",
            "| [`quota_error`](#type-quota_error) (withdrawn in 0.3.0) | [`quota_exhausted`](#quota_exhausted) (withdrawn in 0.3.0)° | 429° | [Wait and resend](#wait-and-resend) |",
        ] {
            assert_eq!(page.lines().filter(|found| *found == line).count(), 1, "{line}");
        }
        let section = format!(
            "\n### `quota_exhausted`\n\nThe quota of \\*prints\\* is used up.\n\n- **Withdrawn in 0.3.0:** {NOTE}\n- **How to fix it:** "
        );
        assert!(page.contains(&section), "{page}");
        assert_eq!(page.matches("ithdrawn in 0.2.0").count(), 3);
        assert_eq!(page.matches("ithdrawn in").count(), 8);
        let html = copy.printed(&["print", "html"]);
        assert_eq!(html.matches("ithdrawn in 0.2.0").count(), 3);
        assert_eq!(html.matches("ithdrawn in").count(), 8);
    }

    fn explain_and_check(copy: &Copy) {
        let line = "\n\nwithdrawn    in 0.3.0: do not send it any more; it still decodes\n";
        for (name, next) in [
            ("quota_exhausted", "type         quota_error"),
            ("quota_error", "raised by    the API"),
        ] {
            let explained = copy.printed(&["explain", name]);
            assert!(explained.contains(&format!("{line}{next}")), "{explained}");
        }
        assert_eq!(copy.json(&["explain", "--json", "refused"])["code"]["withdrawn"], "0.2.0");
        assert!(!copy.printed(&["explain", "not_found"]).contains("withdrawn"));
        let list = copy.printed(&["list"]);
        let marked: Vec<_> = list.lines().filter(|line| line.contains("withdrawn")).collect();
        let [refused, exhausted] = marked.as_slice() else { panic!("{list}") };
        assert!(refused.ends_with(" invalid_request_error (withdrawn in 0.2.0)"), "{refused}");
        assert!(exhausted.ends_with(" quota_error (withdrawn in 0.3.0)"), "{exhausted}");
        let rows = copy.json(&["list", "--json"]);
        let rows = rows.as_array().unwrap().iter().map(|row| row.get("withdrawn"));
        let versions: Vec<_> = rows.flatten().collect();
        assert_eq!(versions, ["0.2.0", "0.3.0"]);

        let body = ["check", "examples/body.json", "--status", "429"];
        let notes = "Conforms to the contract.\n\nNotes:\n  /error/type: `quota_error` was withdrawn in 0.3.0: a server should not send it\n  \
                     /error/code: `quota_exhausted` was withdrawn in 0.3.0: a server should not send it\n";
        let checked = copy.printed(&body);
        assert!(checked.ends_with(notes), "{checked}");
        let report = copy.json(&[&body[..], &["--json"]].concat());
        assert_eq!((&report["conforms"], &report["violations"]), (&json!(true), &json!([])));
        let pointers: Vec<_> =
            report["notes"].as_array().unwrap().iter().map(|note| &note["pointer"]).collect();
        assert_eq!(pointers, ["/error/type", "/error/code"]);
    }

    /// A page that no longer has a withdrawn name agrees with the catalogue.
    fn saved_page(copy: &Copy) {
        let page = fs::read_to_string(Path::new(ROOT).join("tests/cli/documentation.txt")).unwrap();
        let rows = page.split_inclusive('\n').filter(|line| !line.starts_with("refused | "));
        fs::write(copy.dir.join("page.txt"), rows.collect::<String>()).unwrap();
        assert_eq!(
            copy.printed(&["spec", "page.txt"]),
            "The page and the catalogue have the same 4 fields, 6 types and 13 codes, in the same \
             words and order.\n"
        );
    }

    /// `emit` appends the new names to the committed ledger, and rejects a catalogue that moves a
    /// withdrawal to another version.
    fn ledger(copy: &Copy) {
        let dir = copy.dir.join("emitted");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir(&dir).unwrap();
        let file = dir.join("ledger.json");
        let old = fs::read_to_string(Path::new(ROOT).join("schema/ledger.json")).unwrap();
        fs::write(&file, &old).unwrap();
        copy.printed(&["emit", "--dir", "emitted"]);
        let new = [
            r#"{"version":"0.3.0","event":"added","kind":"type","name":"quota_error","origin":"api"}"#,
            r#"{"version":"0.3.0","event":"added","kind":"code","name":"quota_exhausted","type":"quota_error","status":429,"origin":"api"}"#,
            r#"{"version":"0.3.0","event":"withdrawn","kind":"type","name":"quota_error"}"#,
            r#"{"version":"0.2.0","event":"withdrawn","kind":"code","name":"refused"}"#,
            r#"{"version":"0.3.0","event":"withdrawn","kind":"code","name":"quota_exhausted"}"#,
        ];
        let lines: String = new.iter().map(|entry| format!(",\n    {entry}")).collect();
        let emitted = fs::read_to_string(&file).unwrap();
        assert_eq!(emitted, replaced(&old, "}\n  ]", &format!("}}{lines}\n  ]")));
        assert_eq!(
            copy.printed(&["emit", "--check", "--dir", "emitted"]),
            "12 files in emitted are up to date\n"
        );

        for version in ["0.2.1", "0.1.0"] {
            let other = replaced(&emitted, new[3], &new[3].replace("0.2.0", version));
            fs::write(&file, &other).unwrap();
            let (code, printed, errors) = copy.run(&["emit", "--dir", "emitted"]);
            assert_eq!((code, printed.as_str()), (Some(1), ""));
            assert!(errors.starts_with("error: nothing was written\n"), "{errors}");
            assert!(errors.contains(": code `refused` was withdrawn in 0.2.0\n"), "{errors}");
            assert_eq!(fs::read_to_string(&file).unwrap(), other);
        }
    }
}
