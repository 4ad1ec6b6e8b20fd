//! Plain text as Markdown that shows it unchanged. `core` only: `build.rs` uses it, too.

/// Escapes what Markdown, its tables and HTML would read as markup.
pub fn escape(text: &str) -> impl Iterator<Item = char> + '_ {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.char_indices().flat_map(move |(at, c)| {
        // At the start of a line, these begin a heading, a quotation or a list.
        let opens_list = at == digits && matches!(c, '.' | ')');
        let opens_block = opens_list || at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=');
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&' | '$');
        (opens_block || is_markup).then_some('\\').into_iter().chain([c])
    })
}
