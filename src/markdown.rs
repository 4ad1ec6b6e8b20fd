//! Plain text as Markdown that shows it unchanged. `core` only: `build.rs` uses it, too.

/// Escapes what Markdown, its tables and HTML would read as markup.
pub fn escape(text: &str) -> impl Iterator<Item = char> + '_ {
    text.char_indices().flat_map(|(at, c)| {
        // At the start of a line, these begin a heading, a quotation or a list.
        let opens_block = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=');
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&' | '$');
        (opens_block || is_markup).then_some('\\').into_iter().chain([c])
    })
}
