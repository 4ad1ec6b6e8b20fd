//! What the emitters of modules for other languages share: source files with gaps, and what fills them.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::catalogue::WITHDRAWN;
use crate::model::WireEnum;
use crate::text::one_line::OneLine;

/// Fills each gap: a line `// {{name}}`, with any mark of a comment, becomes the lines of that
/// name, with the indentation of the gap.
pub(super) fn fill(template: &str, sections: &[(&str, Vec<String>)]) -> String {
    let mut filled = String::with_capacity(2 * template.len());
    for line in template.lines() {
        match sections.iter().find(|(name, _)| line.ends_with(&format!(" {{{{{name}}}}}"))) {
            Some((_, lines)) => {
                let indent = line.len() - line.trim_start().len();
                for line in lines {
                    // An empty line has no indentation.
                    let indent = if line.is_empty() { 0 } else { indent };
                    filled.push_str(&format!("{:indent$}{line}\n", ""));
                }
            }
            None => {
                filled.push_str(line);
                filled.push('\n');
            }
        }
    }
    filled
}

/// The name of a constant, which is that of the Rust variant.
pub(super) fn variant<T: WireEnum>(name: &str) -> String {
    T::from_name(name).map(|variant| format!("{variant:?}")).unwrap_or_default()
}

/// A description in a `/** */` comment, where editors show it.
pub(super) fn doc_comment(description: &str, withdrawn: Option<&str>) -> Vec<String> {
    // The end of a comment must not stand in one.
    let description = description.replace("*/", "*\\/");
    let description = OneLine::whole(&description);
    match withdrawn {
        None => vec![format!("/** {description} */")],
        Some(version) => vec![
            "/**".into(),
            format!(" * {description}"),
            " *".into(),
            format!(" * @deprecated {version} {WITHDRAWN}"),
            " */".into(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::fill;
    use std::string::String;
    use std::vec;

    #[test]
    fn a_gap_becomes_its_lines_at_its_own_indentation() {
        let template = "{\n    // {{rows}}\n}\n# {{none}}\n# {{kept}}\n";
        let sections =
            [("rows", vec!["a".into(), String::new(), "    b".into()]), ("none", vec![])];
        assert_eq!(fill(template, &sections), "{\n    a\n\n        b\n}\n# {{kept}}\n");
        // A checkout may give the template the line ends of Windows.
        let template = template.replace('\n', "\r\n");
        assert_eq!(fill(&template, &sections), "{\n    a\n\n        b\n}\n# {{kept}}\n");
    }
}
