//! A copy of the crate whose catalogue has every word that could end a string or a comment of some
//! language. (A row with U+2028 or U+2029 does not build: `build.rs` rejects both.)
//! `tests/modules/run` loads the copy's modules, which this test emits, and `tests/page/run` its
//! page.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use intelliprint_error::emit::Artefact;
use serde_json::Value;

use super::catalogue::{Catalogue, replaced};

const WORDS: &str = r#"Quotes " ' ` """ ''' "" '' \ \\ \" \u0041 \x */ /* // ?> <?php -- # ${x} {$x} $x #{x} %s &amp; </script> {{codes}} hidden: "#;

#[test]
fn no_word_of_a_description_ends_a_string_or_a_comment() {
    let description = format!("{WORDS}\u{202e}\u{200b}\u{e0041}, and ends with a backslash \\.");
    let quoted = format!("{description:?}");
    let heading = format!("{:?}", format!("# {description}"));
    let dir = Catalogue::current()
        .with("    NETWORK_ERROR,\n];", "    NETWORK_ERROR,\n    HOSTILE_TYPE,\n];")
        .with(
            "const NETWORK_ERROR",
            &format!("const HOSTILE_TYPE: TypeRow = error_type(\"hostile_type\", {quoted}).withdrawn(\"0.1.0\");\nconst NETWORK_ERROR"),
        )
        .with(
            "so it stands.\" }]),",
            &format!(
                "so it stands.\" }}]),\n    api(\"hostile_code\", {quoted}, advice(HOSTILE_TYPE), advice(429), \
                 advice(Retry::AfterDelay), advice({quoted}), advice(says({quoted}))).withdrawn(\"0.1.0\"),\n    \
                 api(\"a_code_with_a_name_that_is_as_long_as_a_name_ever_needs_to_be\", {heading}, advice(INVALID_REQUEST_ERROR), \
                 advice(429), advice(Retry::AfterDelay), advice({quoted}), advice(says({quoted}))),"
            ),
        )
        .with(
            "\"A public integration’s log of a live response\"",
            r#""A \"log\" & a <b> of `x`""#,
        )
        .lay_out_crate("hostile-words");
    let manifest = fs::read_to_string(dir.join("Cargo.toml")).unwrap();
    let own = format!("name = \"intelliprint-error\"\nversion = {:?}", env!("CARGO_PKG_VERSION"));
    let manifest = replaced(&manifest, &own, "name = \"hostile-words\"\nversion = \"0.1.0\"");
    let program = "name = \"intelliprint-error\"\npath";
    let manifest = replaced(&manifest, program, "name = \"hostile-command\"\npath");
    fs::write(dir.join("Cargo.toml"), manifest + "\n[lib]\nname = \"intelliprint_error\"\n")
        .unwrap();
    // The tests' own target directory and features, so that cargo compiles this crate alone.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let emitted = Command::new(env!("CARGO"))
        .args(["run", "--all-features", "--offline", "--quiet", "--bin", "hostile-command"])
        .args(["--", "emit", "--dir", "emitted"])
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    assert!(emitted.status.success(), "{}", String::from_utf8_lossy(&emitted.stderr));

    let read = |artefact: Artefact| {
        fs::read_to_string(dir.join("emitted").join(artefact.file_name())).unwrap()
    };
    let export: Value = serde_json::from_str(&read(Artefact::Catalogue)).unwrap();
    let code =
        export["codes"].as_array().unwrap().iter().find(|code| code["name"] == "hostile_code");
    assert_eq!(code.unwrap()["description"], description);

    // Written by hand. What the languages make of the rest, the scripts test.
    let python = read(Artefact::Python);
    assert!(
        python.contains(r#"""Quotes \" ' ` \"\"\" ''' \"\" '' \\ \\\\ \\\" \\u0041"#),
        "{python}"
    );
    assert!(
        python.contains(r"hidden: \u202e\u200b\U000e0041, and ends with a backslash \\."),
        "{python}"
    );
    let typescript = read(Artefact::TypeScript);
    assert!(
        typescript.contains(
            r#"description: "Quotes \" ' ` \"\"\" ''' \"\" '' \\ \\\\ \\\" \\u0041 \\x */"#
        ),
        "{typescript}"
    );
    assert!(
        typescript.contains(r#"hidden: \u{202e}\u{200b}\u{e0041}, and ends with a backslash \\.""#),
        "{typescript}"
    );
    assert!(typescript.contains(r"\u0041 \x *\/ /* // ?>"), "{typescript}");
    assert!(
        typescript.contains("   *\n   * @deprecated 0.1.0 Do not send this name any more."),
        "{typescript}"
    );
    assert!(!typescript.contains(['\u{202e}', '\u{200b}', '\u{e0041}']), "{typescript}");
    let row = r#"
    A_CODE_WITH_A_NAME_THAT_IS_AS_LONG_AS_A_NAME_EVER_NEEDS_TO_BE = (
        "a_code_with_a_name_that_is_as_long_as_a_name_ever_needs_to_be"
    )
"#;
    assert!(python.contains(row), "{python}");
    assert_eq!(python.matches(".. deprecated:: 0.1.0").count(), 2);
    let php = read(Artefact::Php);
    assert_eq!(php.matches("     * @deprecated 0.1.0 ").count(), 2);
    assert!(
        php.contains(
            r#" => [ErrorType::HostileType, 429, 'after_delay', "Quotes \" ' ` \"\"\" ''' \"\" '' \\ \\\\ \\\" \\u0041 \\x */"#
        ),
        "{php}"
    );
    assert!(!php.contains(['\u{202e}', '\u{200b}', '\u{e0041}']), "{php}");
    assert!(php.contains(r"     * Quotes"), "{php}");
    assert!(php.contains(r"\u0041 \x *\/ /* // ?>"), "{php}");
    // Both forms of the page show the words as they are, and an invisible character as its escape.
    let page = read(Artefact::Docs);
    assert!(
        page.contains(
            r#"Quotes " ' \` """ ''' "" '' \\ \\\\ \\" \\u0041 \\x \*/ /\* // ?> \<?php"#
        ),
        "{page}"
    );
    assert!(page.contains(r"\${x} {\$x} \$x #{x} %s \&amp; \</script> {{codes}} hidden: \\u{202e}\\u{200b}\\u{e0041}"), "{page}");
    // A paragraph of its own, not a heading.
    assert!(page.contains("\n\n\\# Quotes"), "{page}");
    let html = read(Artefact::Html);
    assert!(
        html.contains(r#"Quotes &quot; ' ` &quot;&quot;&quot; ''' &quot;&quot; '' \ \\ \&quot; \u0041 \x */ /* // ?&gt; &lt;?php"#),
        "{html}"
    );
    assert!(
        html.contains(r"%s &amp;amp; &lt;/script&gt; {{codes}} hidden: \u{202e}\u{200b}\u{e0041}"),
        "{html}"
    );
    // A source's title, in an attribute and in the list of sources.
    let title = "A &quot;log&quot; &amp; a &lt;b&gt; of `x`";
    assert!(html.contains(&format!("title=\"Observed: {title}\"")), "{html}");
    assert!(html.contains(&format!("{title}. ")), "{html}");
    assert!(page.contains(r#"A "log" \& a \<b> of \`x\`. "#), "{page}");
    assert!(html.contains(r"hidden: \u202e\u200b\udb40\udc41, and ends"), "{html}");
    // The map names the type and the code, each table one of them.
    for page in [&page, &html] {
        assert_eq!(page.matches("(withdrawn in 0.1.0)").count(), 4, "{page}");
        assert_eq!(page.matches("Withdrawn in 0.1.0").count(), 1, "{page}");
    }
    // The type and the code each in a list and in words; in OpenAPI also a response and its example.
    for (artefact, marks) in [
        (Artefact::Schema, 4),
        (Artefact::OpenSchema, 4),
        (Artefact::OpenApi, 6),
        (Artefact::OpenApiOpen, 6),
        (Artefact::OpenApi30, 6),
    ] {
        let text = read(artefact);
        assert_eq!(text.matches("(withdrawn in 0.1.0)").count(), marks, "{text}");
    }
    for page in [page, html] {
        assert!(!page.contains(['\u{202e}', '\u{200b}', '\u{e0041}']), "{page}");
    }
    for module in [typescript, python, php] {
        assert!(module.contains("{{codes}} hidden:"), "a gap was filled twice");
    }
}
