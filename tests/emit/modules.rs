//! The names and facts in `errors.ts`, by the specification's words. `tests/modules` runs the modules in
//! their own languages.

use std::process::Command;

use intelliprint_error::emit::{Artefact, Catalogue};

use super::specification::{CODES, FACTS, FIELDS, TYPES};

/// `not_found` as `NotFound`.
fn pascal_case(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

#[test]
fn each_name_is_a_property_under_its_description() {
    let module = Artefact::TypeScript.render();
    let (_, mut rest) = module.split_once("\nexport const ErrorType = {\n").unwrap();
    for (name, description) in TYPES.into_iter().chain(CODES) {
        let property = format!("\n  {}: \"{name}\",\n", pascal_case(name));
        let (comment, after) = rest.split_once(&property).expect(name);
        // The specification does not say that a name is withdrawn: hostile_words tests that mark.
        let comment = comment.rsplit_once("  /**").expect(name).1;
        assert!(comment.contains(description), "{name}: {comment}");
        rest = after;
    }
    assert!(rest.starts_with("} as const;\n"), "{rest}");
}

#[test]
fn each_code_has_its_facts() {
    let module = Artefact::TypeScript.render();
    let remedies = Catalogue::current().codes.into_iter().map(|code| code.remedy.value);
    for (((name, error_type, _, status, _, retry, _), (_, description)), remedy) in
        FACTS.into_iter().zip(CODES).zip(remedies)
    {
        let status = status.map_or("undefined".into(), |status| status.to_string());
        let origin = if name == "network_error" { "sdk" } else { "api" };
        let row = format!(
            "\n  {name}: {{ type: \"{error_type}\", status: {status}, retry: \"{retry}\", origin: \"{origin}\", \
             description: \"{description}\", remedy: \"{remedy}\" }},\n"
        );
        assert!(module.contains(&row), "{row}");
    }
}

#[test]
fn each_field_has_its_description() {
    let module = Artefact::TypeScript.render();
    for (name, description) in FIELDS {
        let field = format!("  /** {description} */\n  readonly {name}");
        assert!(module.contains(&field), "{field}");
    }
}

/// `tests/modules/run` installs all three interpreters, and tests more.
#[test]
fn each_module_passes_its_cases_where_there_is_an_interpreter() {
    let python = ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"];
    let php = ["-r", "exit(PHP_VERSION_ID < 80100 ? 1 : 0);"];
    let node = ["-e", "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)"];
    for (language, interpreter, is_new_enough, extension) in [
        ("python", "python3", python, "py"),
        ("php", "php", php, "php"),
        ("typescript", "node", node, "mjs"),
    ] {
        if run(interpreter, &is_new_enough).is_err() {
            continue;
        }
        for (script, cases) in [("conformance", &["schema/conformance.json"][..]), ("unit", &[])] {
            let script = format!("tests/modules/{language}/{script}.{extension}");
            run(interpreter, &[&[script.as_str(), "schema"], cases].concat()).unwrap();
        }
    }
}

/// The output, as an error if the program does not exist or fails.
fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let done = Command::new(program).args(arguments).output().map_err(|error| error.to_string())?;
    let text = [done.stdout, done.stderr].concat();
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&text).into_owned()) }
}
