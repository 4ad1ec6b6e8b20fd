//! What a minor release may add breaks nobody's program: a variant, a field, and a result that a
//! program drops by mistake.

use std::fs;
use std::path::Path;

use super::layers::files;

/// A public item of the library.
struct Item {
    attributes: String,
    /// From `pub` to the line that ends a signature.
    signature: String,
    has_public_fields: bool,
}

fn items() -> Vec<Item> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    // The command's modules are hidden, and the rows of catalogue.rs are not exported.
    paths.retain(|path| !path.starts_with(src.join("cli")) && !path.ends_with("src/catalogue.rs"));
    let mut items = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("pub ")) {
            let above = lines[..at].iter().rev();
            let attributes = above.take_while(|line| line.starts_with("#["));
            let end = lines[at..].iter().position(|line| line.ends_with(['{', ';', '}']));
            let mut body = lines[at + 1..].iter().take_while(|line| **line != "}");
            items.push(Item {
                attributes: attributes.copied().collect(),
                signature: lines[at..=at + end.unwrap_or(0)].join(" "),
                has_public_fields: body.any(|line| line.starts_with("pub ")),
            });
        }
    }
    items
}

/// The names of the public items of this kind, in order.
fn names(kind: &str, is_meant: fn(&Item) -> bool) -> Vec<String> {
    let name = |item: Item| {
        let name = item.signature.strip_prefix(kind)?.split([' ', '<', '(', ';']).next()?;
        is_meant(&item).then(|| name.to_owned())
    };
    let mut names: Vec<_> = items().into_iter().filter_map(name).collect();
    names.sort();
    names
}

#[test]
fn a_public_enum_may_get_variants() {
    let complete = names("pub enum ", |item| !item.attributes.contains("#[non_exhaustive]"));
    assert_eq!(complete, ["Open"], "a name is known or it is not: programs match on both");
    let open = names("pub enum ", |item| item.attributes.contains("#[non_exhaustive]"));
    assert_eq!(
        open,
        ["Artefact", "DecodeErrorKind", "ErrorCode", "ErrorType", "LedgerError", "Origin", "Retry"]
    );
}

#[test]
fn a_public_struct_with_public_fields_may_get_more() {
    let complete = |item: &Item| {
        let is_struct = item.signature.ends_with('{') && item.has_public_fields;
        is_struct && !item.attributes.contains("#[non_exhaustive]")
    };
    assert_eq!(names("pub struct ", complete), [""; 0]);
    let open = names("pub struct ", |item| item.attributes.contains("#[non_exhaustive]"));
    assert!(open.contains(&"ErrorResponse".to_owned()) && open.len() > 8, "{open:?}");
}

/// What rustc itself warns of, and axum.
const MUST_BE_USED: [&str; 3] = ["Result", "impl Fn", "Router<"];

#[test]
fn a_result_that_is_dropped_by_mistake_is_warned_of() {
    let (mut functions, mut silent) = (0, Vec::new());
    for Item { attributes, signature, .. } in items() {
        let Some((head, result)) = signature.split_once(" -> ") else { continue };
        if !head.contains("fn ") || MUST_BE_USED.iter().any(|word| result.contains(word)) {
            continue;
        }
        functions += 1;
        if !attributes.contains("#[must_use") {
            silent.push(signature);
        }
    }
    assert_eq!(silent, [""; 0]);
    assert!(functions > 60, "{functions}");
}
