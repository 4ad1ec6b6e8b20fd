//! `errors.php`: the classes for PHP 8.1 and newer. `runtime.php` is their source, with gaps for the
//! catalogue's rows.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::SOURCE;
use super::catalogue_export::{Catalogue, CodeEntry};
use super::template::{doc_comment, fill, variant};
use crate::model::{ErrorCode, ErrorType, WireEnum};

/// The formatter's line length: that of `.editorconfig`, which prettier reads.
const LINE_LENGTH: usize = 100;

pub(super) fn module() -> String {
    let Catalogue { types, codes, .. } = Catalogue::current();
    let texts = |text: fn(&CodeEntry) -> &'static str| {
        codes.iter().flat_map(move |code| pair(code.name, text(code)))
    };
    fill(
        include_str!("runtime.php"),
        &[
            ("header", vec![format!("// {SOURCE}")]),
            (
                "types",
                types
                    .iter()
                    .flat_map(|entry| {
                        case::<ErrorType>(entry.name, entry.description, entry.withdrawn)
                    })
                    .collect(),
            ),
            (
                "codes",
                codes
                    .iter()
                    .flat_map(|entry| {
                        case::<ErrorCode>(entry.name, entry.description, entry.withdrawn)
                    })
                    .collect(),
            ),
            ("facts", codes.iter().flat_map(facts).collect()),
            ("descriptions", texts(|code| code.description).collect()),
            ("remedies", texts(|code| code.remedy.value).collect()),
        ],
    )
}

fn case<T: WireEnum>(name: &str, description: &str, withdrawn: Option<&str>) -> Vec<String> {
    let mut lines = doc_comment(description, withdrawn);
    lines.push(format!("case {} = '{name}';", variant::<T>(name)));
    lines
}

/// The pair on one line, or on two if the formatter would break the line.
fn pair(name: &str, text: &str) -> Vec<String> {
    let text = format!("'{}',", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let line = format!("'{name}' => {text}");
    if 8 + line.chars().count() <= LINE_LENGTH {
        vec![line]
    } else {
        vec![format!("'{name}' =>"), format!("    {text}")]
    }
}

fn facts(code: &CodeEntry) -> Vec<String> {
    let status = code.status.value.map_or("null".into(), |status| format!("{status}"));
    let values = [
        format!("ErrorType::{}", variant::<ErrorType>(code.error_type.value)),
        status,
        format!("'{}'", code.retry.value),
    ];
    let row = format!("'{}' => [{}],", code.name, values.join(", "));
    if 8 + row.len() <= LINE_LENGTH {
        return vec![row];
    }
    let mut lines = vec![format!("'{}' => [", code.name)];
    lines.extend(values.iter().map(|value| format!("    {value},")));
    lines.push("],".into());
    lines
}
