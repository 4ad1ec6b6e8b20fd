//! What `build.rs` says of a bad row: a copy of it checks a copy of the catalogue with rows broken on purpose.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The crate's version, for the build script. A candidate for a release may withdraw in its name.
const VERSION: &str = "0.10.0-rc.1";

/// The catalogue's text, and what a test changed in it.
struct Catalogue(String);

impl Catalogue {
    fn as_it_is() -> Self {
        Self(fs::read_to_string(Path::new(ROOT).join("src/catalogue.rs")).unwrap())
    }

    /// Replaces the first text, which must be there once.
    #[track_caller]
    fn with(self, old: &str, new: &str) -> Self {
        assert_eq!(self.0.matches(old).count(), 1, "{old:?} is not there once");
        Self(self.0.replace(old, new))
    }

    /// The line on which this text stands first.
    #[track_caller]
    fn line(&self, text: &str) -> usize {
        let line = self.0.lines().position(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("no line with {text:?}")) + 1
    }

    /// A folder with the build script and this catalogue.
    fn lay_out(&self, name: &str) -> PathBuf {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(dir.join("src")).unwrap();
        for file in ["build.rs", "src/markdown.rs", "src/perfect_hash.rs", "src/retry.rs"] {
            fs::copy(Path::new(ROOT).join(file), dir.join(file)).unwrap();
        }
        fs::write(dir.join("src/catalogue.rs"), &self.0).unwrap();
        dir
    }

    fn compile(&self, name: &str) -> (PathBuf, Output) {
        let dir = self.lay_out(name);
        let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args(["--edition", "2024", "-A", "warnings", "--crate-name", "build", "-o", "build-script", "build.rs"]);
        let output = rustc.current_dir(&dir).output().unwrap();
        (dir, output)
    }

    /// The faults that the build script reports to cargo.
    fn faults(&self, name: &str) -> Vec<String> {
        let (dir, compiled) = self.compile(name);
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        let mut script = Command::new(dir.join("build-script"));
        script.current_dir(&dir).env("OUT_DIR", &dir).env("CARGO_PKG_VERSION", VERSION);
        let run = script.output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let lines = String::from_utf8(run.stdout).unwrap();
        lines.lines().filter_map(|line| line.strip_prefix("cargo::error=")).map(str::to_owned).collect()
    }
}

#[test]
fn the_catalogue_as_it_is_has_no_fault() {
    assert_eq!(Catalogue::as_it_is().faults("fine"), [""; 0]);
}

#[test]
fn every_fault_is_reported_at_once_with_its_own_line() {
    let broken = Catalogue::as_it_is()
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
        .with("spec(RATE_LIMITED), observed(429)", "spec(INVALID_REQUEST_ERROR), observed(13)")
        .with("advice(\"Wait, then send the request again. Make", "spec(\"Wait, then send the request again. Make")
        .with("advice(says(\"An internal error occurred\"))", "spec(says(\"\"))")
        .with("advice(\"Check the connection, then find", "advice(\" Check the connection, then find")
        .with("or have this one authorised.\"", "or have this one authorised\"")
        .with("advice(says_of(\"recipients\", ", "advice(says_of(\"\", ");
    let at = |row: &str, rule: &str| format!("src/catalogue.rs:{}: {rule}", broken.line(row));
    let name_rule = "the name must be snake_case: words of a-z and 0-9 that start with a letter, joined by `_`";
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
        at("error_type(\"Internal_Error\"", &format!("type `Internal_Error`: {name_rule}")),
        at("api(\"parameterInvalid\"", &format!("code `parameterInvalid`: {name_rule}")),
        at("api(\"parameter__missing\"", &format!("code `parameter__missing`: {name_rule}")),
        at("api(\"parameter__missing\"", "code `parameter__missing`: the example's param is empty"),
        at("api(\"parameter_2nd\"", &format!("code `parameter_2nd`: {name_rule}")),
        at("api(\"self\"", "code `self`: the name makes the variant `Self`, which Rust keeps for itself"),
        // The second of two rows of one name is the one at fault.
        format!(
            "src/catalogue.rs:{}: code `no_api_key`: the name is already taken, at line {}",
            broken.line("No API key was provided in the request."),
            broken.line("The request body was incorrectly formatted"),
        ),
        at("api(\"invalid_api_key\"", "code `invalid_api_key`: the description is empty"),
        at("api(\"not_found\"", "code `not_found`: the description must be one line, without control characters"),
        at(
            "api(\"rate_limited\"",
            "code `rate_limited`: a type has this name too: the code must belong to it, not to `invalid_request_error`",
        ),
        at("api(\"rate_limited\"", "code `rate_limited`: status 13 is not an HTTP error status, 400 to 599"),
        at(
            "api(\"rate_limited\"",
            "code `rate_limited`: the specification gives no remedy: say `observed` or `advice`",
        ),
        at(
            "api(\"internal_error\"",
            "code `internal_error`: the specification gives no example: say `observed` or `advice`",
        ),
        at("api(\"internal_error\"", "code `internal_error`: the example's message is empty"),
        at("sdk(\"network_error\"", "code `network_error`: the remedy must not start or end with white space"),
        at("api(\"forbidden\"", "code `forbidden`: the remedy must end with a full stop"),
        at(
            "api(\"refused\"",
            &format!("code `refused`: its type `left_out`, of line {type_line}, is not in TYPES: add it there"),
        ),
    ];
    let faults = broken.faults("broken");
    for (fault, expected) in faults.iter().zip(&expected) {
        assert_eq!(fault, expected);
    }
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
}

#[test]
fn a_type_with_the_name_of_another_is_not_in_the_table_by_that_name() {
    let broken = Catalogue::as_it_is()
        .with("    RATE_LIMITED,\n", "")
        .with("error_type(\"rate_limited\"", "error_type(\"internal_error\"");
    let line = broken.line("const RATE_LIMITED");
    let rule = format!("its type `internal_error`, of line {line}, is not in TYPES: add it there");
    let at = broken.line("api(\"rate_limited\"");
    assert_eq!(broken.faults("twin"), [format!("src/catalogue.rs:{at}: code `rate_limited`: {rule}")]);
}

#[test]
fn a_withdrawal_names_a_version_that_is_there_and_takes_a_types_codes_along() {
    // The end of a row whose example's message is this.
    let withdrawn = |catalogue: Catalogue, message: &str, version: &str| {
        catalogue.with(&format!("{message}\"))),"), &format!("{message}\"))).withdrawn(\"{version}\"),"))
    };
    let mut catalogue = Catalogue::as_it_is();
    for (message, version) in [
        ("limit for this resource", "0.10.0"),
        ("Missing required parameter: recipients", "0.9.10"),
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
        );
    let at = |row: &str, rule: &str| format!("src/catalogue.rs:{}: {rule}", broken.line(row));
    let later =
        |version| format!("withdrawn in {version}, later than this version, {VERSION}: raise that in Cargo.toml first");
    let expected = [
        at("const NETWORK_ERROR", "type `network_error`: withdrawn in ``: the version must be x.y.z"),
        at("api(\"body_too_large\"", "code `body_too_large`: withdrawn in `0.10`: the version must be x.y.z"),
        at(
            "api(\"body_incorrect_format\"",
            "code `body_incorrect_format`: withdrawn in `v0.1.0`: the version must be x.y.z",
        ),
        at("api(\"no_api_key\"", "code `no_api_key`: withdrawn in `0.01.0`: the version must be x.y.z"),
        at("api(\"invalid_api_key\"", &format!("code `invalid_api_key`: {}", later("0.10.1"))),
        at("api(\"payment_error\"", &format!("code `payment_error`: {}", later("1.0.0"))),
        at("api(\"rate_limited\"", "code `rate_limited`: its type `rate_limited` is withdrawn: withdraw the code, too"),
        at(
            "sdk(\"network_error\"",
            "code `network_error`: its type `network_error` is withdrawn: withdraw the code, too",
        ),
    ];
    assert_eq!(broken.faults("withdrawn"), expected);
}

/// What the rows' own types make unwritable needs no rule: it does not compile.
#[test]
fn some_faults_cannot_be_written() {
    let cases = [
        // A status on a code that only SDKs raise.
        ("spec(NETWORK_ERROR), advice(Retry", "spec(NETWORK_ERROR), advice(503), advice(Retry", "E0061"),
        // A fact without its source.
        (
            "advice(401), advice(Retry::Never),\n        advice(\"Send",
            "401, advice(Retry::Never),\n        advice(\"Send",
            "E0308",
        ),
        ("advice(\"Send less in", "(\"Send less in", "E0308"),
        // A type that is not there.
        ("advice(AUTHENTICATION_ERROR)", "advice(NO_SUCH_TYPE)", "E0425"),
        // A code of the API without a status.
        ("observed(404), ", "", "E0061"),
    ];
    for (number, (old, new, error)) in cases.into_iter().enumerate() {
        let (_, compiled) = Catalogue::as_it_is().with(old, new).compile(&format!("unwritable-{number}"));
        let stderr = String::from_utf8_lossy(&compiled.stderr);
        assert!(!compiled.status.success(), "{new}");
        assert!(stderr.contains(&format!("error[{error}]")), "{new}: {stderr}");
        assert!(stderr.contains("src/catalogue.rs"), "{new}: {stderr}");
    }
}

/// As the author of a row sees it.
#[test]
fn cargo_fails_the_build_with_two_faults_and_nothing_else() {
    let broken = Catalogue::as_it_is()
        .with(r#"api("forbidden""#, r#"api("Forbidden""#)
        .with("advice(INVALID_REQUEST_ERROR), advice(403)", "advice(INVALID_REQUEST_ERROR), advice(13)");
    let dir = broken.lay_out("crate");
    let root = Path::new(ROOT);
    for file in ["Cargo.toml", "Cargo.lock", "README.md"] {
        fs::copy(root.join(file), dir.join(file)).unwrap();
    }
    // The manifest names the examples, so cargo wants them there.
    for folder in ["src", "examples"] {
        fs::create_dir_all(dir.join(folder)).unwrap();
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() && file.file_name() != "catalogue.rs" {
                fs::copy(file.path(), dir.join(folder).join(file.file_name())).unwrap();
            }
        }
    }
    let cargo = Command::new(env!("CARGO"))
        .args(["check", "--lib", "--no-default-features", "--offline", "--quiet", "--color", "never"])
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", dir.join("target"))
        .output()
        .unwrap();
    assert!(!cargo.status.success());
    let stderr = String::from_utf8(cargo.stderr).unwrap();
    let errors: Vec<_> = stderr.lines().filter(|line| line.starts_with("error")).collect();
    let package = concat!("error: ", env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION"));
    let name_rule = "the name must be snake_case: words of a-z and 0-9 that start with a letter, joined by `_`";
    let lines = [broken.line("api(\"Forbidden\""), broken.line("api(\"refused\"")];
    assert_eq!(
        errors[..2],
        [
            format!("{package}: src/catalogue.rs:{}: code `Forbidden`: {name_rule}", lines[0]),
            format!(
                "{package}: src/catalogue.rs:{}: code `refused`: status 13 is not an HTTP error status, 400 to 599",
                lines[1]
            ),
        ],
    );
    assert!(errors[2..].iter().all(|line| line.contains("build script logged errors")), "{stderr}");
}
