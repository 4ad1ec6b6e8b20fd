//! The crate's own reader and writer are faster ways to what serde_json makes of our `Deserialize`
//! and `Serialize`: same bytes, same results, same rejections, for generated objects and bodies.
//! `PROPTEST_CASES=1000000` looks further.

use intelliprint_error::{ErrorCode, ErrorResponse, ErrorType, Open};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::codec_edges::{assert_read_alike, assert_written_alike};
use crate::object::decoded;

// Generated objects and bodies.

/// Text of plain runs, of all lengths that matter to blocks of sixteen, and of what needs care.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[ -~]{0,20}",
        2 => select(vec!["\"", "\\", "\n", "\r", "\t", "\u{8}", "\u{c}", "\0", "\u{1f}", "\u{7f}", "/", "é", "漢", "🖨"])
            .prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn error_type() -> impl Strategy<Value = Open<ErrorType>> {
    prop_oneof![select(ErrorType::ALL).prop_map(Open::from), text().prop_map(Open::from)]
}

fn code() -> impl Strategy<Value = Open<ErrorCode>> {
    prop_oneof![select(ErrorCode::ALL).prop_map(Open::from), text().prop_map(Open::from)]
}

prop_compose! {
    fn response()(
        message in text(),
        own_type in any::<bool>(),
        error_type in error_type(),
        code in code(),
        param in option::of(text()),
    ) -> ErrorResponse {
        let own = code.known().filter(|_| own_type).map(|code| code.error_type().into());
        let error_type = own.unwrap_or(error_type);
        decoded(&message, error_type.as_str(), code.as_str(), param.as_deref()).into()
    }
}

/// A JSON string that stands for this text, with some characters escaped that need not be.
fn json_string(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (text, vec(0..12_u8, 1..8)).prop_map(|(text, dice)| {
        let pieces = text.chars().zip(dice.into_iter().cycle()).map(|(c, die)| json_char(c, die));
        format!("\"{}\"", pieces.collect::<String>())
    })
}

fn json_char(c: char, die: u8) -> String {
    match (c, die) {
        ('"' | '\\', 1..) | ('/', 1..6) => format!("\\{c}"),
        ('\n', 1..) => "\\n".into(),
        ('\r', 1..) => "\\r".into(),
        ('\t', 1..) => "\\t".into(),
        ('\u{8}', 1..) => "\\b".into(),
        ('\u{c}', 1..) => "\\f".into(),
        ('\0'..' ', 2..) => format!("\\u{:04x}", c as u32),
        ('\0'..' ', _) | (_, 0) => {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
        }
        _ => c.into(),
    }
}

fn white_space() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 1 => Just(" ".into()), 1 => "[ \n\r\t]{1,5}"]
}

/// A JSON value, or what is nearly one.
fn value() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        3 => json_string(text()),
        2 => select(vec!["null", "true", "false", "0", "-0", "01", "1.", ".5", "-", "nul", "12", "400", "1.50", "-7.0", "2e9", "1E-2", "1e", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud83d\\ude00\"", "\"\\ud83dx\"", "\"\\u12\"", "\"\\x\"", "\"\t\"", "{}", "[]", "[,]", "[1,]", "{\"a\"}", "{,}"])
            .prop_map(String::from),
    ];
    scalar.prop_recursive(10, 24, 3, |inner| {
        let item = (white_space(), inner.clone(), white_space())
            .prop_map(|(before, value, after)| before + &value + &after);
        let member = (white_space(), json_string(text()), inner)
            .prop_map(|(space, name, value)| format!("{space}{name}{space}:{value}"));
        prop_oneof![
            vec(item, 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            vec(member, 0..3).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(vec!["message", "type", "code", "param", "error"]).prop_map(|name| format!("\"{name}\"")),
        1 => json_string(select(vec!["message", "type", "code", "param", "error"]).prop_map(String::from)),
        2 => json_string(text()),
    ]
}

fn object(members: Vec<(String, String, String, String)>, space: &str) -> String {
    let members = members.iter().map(|(name, value, before, after)| {
        format!("{before}{name}{after}:{before}{value}{after}")
    });
    format!("{{{}{space}}}", members.collect::<Vec<_>>().join(","))
}

prop_compose! {
    /// The four members and some others, in any order, now and then one of them twice or missing.
    fn body()(
        strings in (json_string(text()), json_string(text()), json_string(text()), json_string(text())),
        names in (select(ErrorType::ALL), select(ErrorCode::ALL), 0..3_u8),
        others in vec((name(), value()), 0..3),
        beside in vec((json_string(text()), value()), 0..2),
        order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
        kept in 0..16_usize,
        param in 0..5_u8,
        spaces in vec(white_space(), 8),
        around in (select(vec!["", "", "", "", "\u{feff}", " \n", "\u{a0}"]), select(vec!["", "", "", "\n", "x", "{}", "}"])),
    ) -> String {
        let (message, mut error_type, mut code, mut value) = strings;
        if names.2 > 0 {
            (error_type, code) = (format!("\"{}\"", names.0), format!("\"{}\"", names.1));
        }
        if param == 0 {
            value = "null".into();
        }
        let mut members = vec![("message", message), ("type", error_type), ("code", code)];
        if param < 4 {
            members.push(("param", value));
        }
        if kept < members.len() {
            members.remove(kept);
        }
        let members = members.into_iter().map(|(name, value)| (format!("\"{name}\""), value));
        let mut space = spaces.iter().cycle().cloned();
        let mut next = || space.next().unwrap();
        // Half of the bodies are in order.
        let mut members: Vec<_> = members.chain(others).map(|(name, value)| (name, value, next(), next())).collect();
        if kept % 2 == 0 {
            let mut ranked: Vec<_> = order.into_iter().zip(members).collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            members = ranked.into_iter().map(|(_, member)| member).collect();
        }
        let error = object(members, &spaces[0]);
        let mut outer = vec![("\"error\"".to_string(), error, next(), next())];
        outer.extend(beside.into_iter().map(|(name, value)| (name, value, next(), next())));
        format!("{}{}{}", around.0, object(outer, &spaces[1]), around.1)
    }
}

#[derive(Clone, Debug)]
enum Mutation {
    Remove(Index, usize),
    Replace(Index, char),
    Insert(Index, String),
    Cut(Index),
    Repeat(Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let sign = select("{}[]\",:\\/ \n\tu0e-.ntf\u{1}é".chars().collect::<Vec<_>>());
    prop_oneof![
        (any::<Index>(), 1..4_usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
        (any::<Index>(), sign.clone()).prop_map(|(at, c)| Mutation::Replace(at, c)),
        (any::<Index>(), sign.prop_map(String::from))
            .prop_map(|(at, text)| Mutation::Insert(at, text)),
        (
            any::<Index>(),
            select(vec![
                "null",
                "\\u0041",
                "\\",
                "\"code\":\"x\",",
                ",\"a\":1",
                "}}",
                "\"error\":1,"
            ])
        )
            .prop_map(|(at, text)| Mutation::Insert(at, text.into())),
        any::<Index>().prop_map(Mutation::Cut),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::Repeat(from, to)),
    ]
}

fn mutate(body: &str, mutation: &Mutation) -> String {
    let mut chars: Vec<char> = body.chars().collect();
    let place = |index: &Index| index.index(chars.len() + 1);
    match mutation {
        Mutation::Remove(at, count) => {
            let at = place(at);
            drop(chars.drain(at..(at + count).min(chars.len())));
        }
        Mutation::Replace(at, c) => {
            let at = place(at);
            chars.splice(at..(at + 1).min(chars.len()), [*c]);
        }
        Mutation::Insert(at, text) => {
            let at = place(at);
            chars.splice(at..at, text.chars());
        }
        Mutation::Cut(at) => chars.truncate(place(at)),
        Mutation::Repeat(from, to) => {
            let (from, to) = (place(from), place(to));
            let piece = chars[from.min(to)..from.max(to)].to_vec();
            chars.splice(to..to, piece);
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn objects_are_written_alike(response in response()) {
        assert_written_alike(&response);
        let body = response.to_json();
        prop_assert_eq!(ErrorResponse::from_slice(&body), Ok(response));
        assert_read_alike(std::str::from_utf8(&body).unwrap());
    }

    #[test]
    fn bodies_are_read_alike(body in body()) {
        assert_read_alike(&body);
    }

    #[test]
    fn mutated_bodies_are_read_alike(
        body in prop_oneof![body(), response().prop_map(|response| String::from_utf8(response.to_json()).unwrap())],
        mutations in vec(mutation(), 1..3),
    ) {
        assert_read_alike(&mutations.iter().fold(body, |body, mutation| mutate(&body, mutation)));
    }
}
