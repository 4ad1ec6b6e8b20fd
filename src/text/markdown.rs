//! Plain text as Markdown that shows it unchanged. `core` only: `build.rs` uses it, too.

/// Escapes what Markdown, its tables and HTML would read as markup.
pub(crate) fn escape(text: &str) -> impl Iterator<Item = char> + '_ {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.char_indices().flat_map(move |(at, c)| {
        // At the start of a line, these begin a heading, a quotation or a list.
        let opens_list = at == digits && matches!(c, '.' | ')');
        let opens_block = opens_list || at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=');
        let is_markup =
            matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&' | '$');
        (opens_block || is_markup).then_some('\\').into_iter().chain([c])
    })
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test")]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};
    use std::format;
    use std::string::String;

    /// The text of the page, which must have no markup but these.
    #[track_caller]
    fn text_of(page: &str, wanted: fn(&Tag<'_>) -> bool) -> String {
        let mut text = String::new();
        for event in Parser::new_ext(
            page,
            Options::ENABLE_TABLES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_GFM
                | Options::ENABLE_MATH,
        ) {
            match event {
                Event::Text(piece) => text.push_str(&piece),
                Event::Start(tag) if wanted(&tag) => {}
                Event::End(_) => {}
                other => panic!("{other:?} in {page:?}"),
            }
        }
        text
    }

    #[track_caller]
    fn assert_shown_unchanged(text: &str) {
        let escaped: String = super::escape(text).collect();
        assert_eq!(text_of(&format!("{escaped}\n"), |tag| matches!(tag, Tag::Paragraph)), text);
        let in_cell = |tag: &Tag<'_>| {
            matches!(tag, Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
        };
        assert_eq!(text_of(&format!("| A |\n|---|\n| {escaped} |\n"), in_cell), format!("A{text}"));
        let in_item = |tag: &Tag<'_>| matches!(tag, Tag::List(_) | Tag::Item);
        assert_eq!(text_of(&format!("- Fix: {escaped}\n"), in_item), format!("Fix: {text}"));
    }

    #[test]
    fn markup_in_a_description_is_text() {
        for text in [
            "<script>alert(1)</script>",
            "</td>",
            "<!-- -->",
            "<https://x>",
            "a | b",
            r"a \| b",
            "`code`",
            "```json",
            "*b* **c** _d_ __e__",
            "[x](javascript:alert(1))",
            "![x](y)",
            "[x]: y",
            "[^1]",
            "&lt;&amp;&#60;",
            "~~x~~",
            "$x$ $$y$$",
            "# heading",
            "> quote",
            "- item",
            "+ item",
            "* item",
            "1. item",
            "23) item",
            "===",
            "---",
            "***",
            "~~~",
            r"\",
            r"\\",
            "a\\",
            "- [ ] task",
            "|---|",
            ":--",
            "{#id}",
            "100 MiB",
        ] {
            assert_shown_unchanged(text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_line_is_shown_unchanged(text in r"[a1<>/\\`*_\[\]()|~&$#+=.!:;\-{}é][ a1<>/\\`*_\[\]()|~&$#+=.!:;\-{}é]{0,14}\PZ") {
            prop_assume!(!text.contains(char::is_control));
            assert_shown_unchanged(&text);
        }
    }
}
