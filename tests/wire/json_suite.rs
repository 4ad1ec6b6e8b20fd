//! Inputs like those of JSONTestSuite: each kind of number, string, structure and encoding that RFC
//! 8259 allows a writer to get wrong, in every place of a body.
//!
//! A [`Piece`] is text with its meaning, which is written here from the RFC: `01` is invalid,
//! `"\/"` is the text `/`. A [`Place`] is a body with a gap. The two together say what the decoder
//! must return:
//!
//! ```text
//! {"error":{"message":"M","type":"T","code":"C","param":"P","x":   }}
//!                                                               ^^^ 1.5: decodes    1.: rejected
//! ```
//!
//! Each body also goes through the fuzz target's check: the same result or rejection as serde_json,
//! and `ApiError` keeps the body.

use std::iter;
use std::ops::Range;
use std::panic::catch_unwind;

use intelliprint_error::{DecodeErrorKind, ErrorObject, ErrorResponse};

use crate::object::decoded;
use crate::seeds::checks;

#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    /// A string, and the text that it stands for.
    Text(String),
    Null,
    /// Any other value.
    Other,
    /// A number that no `f64` holds. RFC 8259 lets a reader limit the range.
    OutOfRange,
    /// A string with an escaped surrogate that has no partner: in the grammar, but no Unicode text.
    LoneSurrogate,
    /// White space.
    Space,
    /// Not in the grammar, or not UTF-8.
    Invalid,
}
use Meaning::{Invalid, LoneSurrogate, Null, Other, OutOfRange, Space, Text};

#[derive(Clone)]
struct Piece {
    bytes: Vec<u8>,
    meaning: Meaning,
}

fn piece(bytes: impl Into<Vec<u8>>, meaning: Meaning) -> Piece {
    Piece { bytes: bytes.into(), meaning }
}

fn all<T: AsRef<[u8]>>(meaning: Meaning, pieces: impl IntoIterator<Item = T>) -> Vec<Piece> {
    pieces.into_iter().map(|bytes| piece(bytes.as_ref(), meaning.clone())).collect()
}

// Numbers.

/// One number for each choice of a sign, an integer, a fraction and an exponent.
fn combined(parts: [&[&str]; 4]) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for choices in parts {
        numbers = numbers
            .iter()
            .flat_map(|number| choices.iter().map(move |choice| format!("{number}{choice}")))
            .collect();
    }
    numbers
}

fn numbers() -> Vec<Piece> {
    let right: [&[&str]; 4] =
        [&["", "-"], &["0", "7", "1203"], &["", ".0", ".50"], &["", "e0", "E+1", "e-02"]];
    let wrong: [&[&str]; 4] = [
        &["+", "--", "-+", "- "],
        &["", "00", "01", "0x1", "1_0", "1 0"],
        &[".", "..5", ".-5", ".5.", ".x", ","],
        &["e", "E", "e+", "E-", "e1.5", "ee1", "e+-1", "e 1", "p1", "f"],
    ];
    let mut numbers = all(Other, combined(right));
    for at in 0..4 {
        let mut parts = right.map(|part| &part[..2]);
        parts[at] = wrong[at];
        let combined = combined(parts).into_iter().filter(|number| !number.is_empty());
        numbers.extend(all(Invalid, combined));
    }
    let many = "1234567890".repeat(30);
    let long =
        [format!("0.{many}"), format!("{many}e-300"), format!("1e-{many}"), format!("0e{many}")];
    let too_great = [many.repeat(2), format!("1e{many}"), format!("-{}.5", many.repeat(2))];
    numbers.extend(all(Other, long));
    numbers.extend(all(OutOfRange, too_great));
    numbers.extend(all(
        Other,
        [
            "9223372036854775808",
            "18446744073709551616",
            "-9223372036854775809",
            "1e308",
            "5e-324",
            "1e-999",
            "-0e999",
            "123123e100",
        ],
    ));
    numbers.extend(all(OutOfRange, ["1e309", "-1e309", "1E+999", "100e400", "0.1e999"]));
    numbers.extend(all(
        Invalid,
        [
            "-",
            "+",
            ".",
            "e1",
            "-e1",
            "NaN",
            "-NaN",
            "nan",
            "Infinity",
            "-Infinity",
            "+Infinity",
            "inf",
            "-inf",
            "0xFF",
            "0b1",
            "0o7",
            "1L",
            "1n",
            "1,000",
            "1.000,5",
            "1'000",
            "1/2",
            "1-2",
            "1+2",
            "$1",
            "1%",
            "#1",
            "(1)",
            "-(1)",
            "１",
            "٣",
            "½",
            "−1",
            "1\u{b2}",
            "-a",
            "1a",
            "1\0",
            "0.1.2",
            "1.5e",
            "1e0x1",
            "0e",
            "0E+",
            "-01.5",
            "-.5",
            "-0.",
            "012",
            "-012",
            "1\"\"",
            "1[]",
            "1{}",
            "1 2",
            "1true",
            "0null",
        ],
    ));
    numbers
}

// Names.

fn literals() -> Vec<Piece> {
    let mut literals = vec![piece("null", Null)];
    literals.extend(all(Other, ["true", "false"]));
    for name in ["null", "true", "false"] {
        let cut = (1..name.len()).map(|end| &name[..end]);
        literals.extend(all(Invalid, cut));
        let capital = name[..1].to_uppercase() + &name[1..];
        literals.extend(all(
            Invalid,
            [
                capital,
                name.to_uppercase(),
                format!("{name}x"),
                format!("{name}0"),
                format!("{name}_"),
                format!("{name}{name}"),
                format!("{name} {name}"),
                format!("{name}\0"),
                format!("{name}\""),
                format!("-{name}"),
                format!("!{name}"),
                format!("\\u006e{name}"),
            ],
        ));
    }
    literals.extend(all(
        Invalid,
        [
            "None",
            "nil",
            "undefined",
            "yes",
            "a",
            "message",
            "M",
            "*",
            "&",
            "<a>",
            "é",
            "🖨",
            "\\",
            "\\n",
            "\\u0022",
            "/a/",
            "b\"\"",
            "u\"\"",
            "@\"\"",
            "()",
            "new Date()",
            "tru e",
            "nu\nll",
            "fals\u{435}",
            "true;",
            "null/**/",
        ],
    ));
    literals
}

// Strings.

fn quoted(inner: impl AsRef<[u8]>) -> Vec<u8> {
    [b"\"", inner.as_ref(), b"\""].concat()
}

fn strings() -> Vec<Piece> {
    [characters(), short_escapes(), unicode_escapes(), broken_unicode_escapes(), quotation_marks()]
        .concat()
}

fn characters() -> Vec<Piece> {
    let mut strings = vec![];
    for control in '\0'..' ' {
        strings.extend(all(
            Invalid,
            [format!("{control}"), format!("ab{control}"), format!("{control}cd")].map(quoted),
        ));
    }
    let plain = [
        "",
        " ",
        "\u{7f}",
        "\u{80}",
        "\u{85}",
        "\u{9f}",
        "\u{a0}",
        "\u{ad}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{fdd0}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{10000}",
        "\u{10ffff}",
        "é",
        "e\u{301}",
        "漢",
        "🖨",
        "/",
        "'",
        "/* */",
        "//",
        "#",
        "{}",
        "[]",
        ",",
        ":",
        "null",
        "1",
        "${x}",
        "<!--",
        "a longer string, of more than sixteen bytes",
    ];
    strings.extend(plain.map(|text| piece(quoted(text), Text(text.into()))));
    strings
}

/// A backslash before each ASCII character and some others.
fn short_escapes() -> Vec<Piece> {
    let meant = [
        ('"', "\""),
        ('\\', "\\"),
        ('/', "/"),
        ('b', "\u{8}"),
        ('f', "\u{c}"),
        ('n', "\n"),
        ('r', "\r"),
        ('t', "\t"),
    ];
    let others = ['\u{80}', '\u{a0}', 'é', '漢', '🖨'];
    let escape = |c: char| {
        let meaning = meant.iter().find(|(short, _)| *short == c);
        let meaning = meaning.map_or(Invalid, |(_, text)| Text(format!("a{text}z")));
        piece(quoted(format!("a\\{c}z")), meaning)
    };
    let mut strings: Vec<_> = ('\0'..'\u{80}').chain(others).map(escape).collect();
    let every: String = meant.iter().map(|(short, _)| format!("\\{short}")).collect();
    strings.push(piece(quoted(every), Text("\"\\/\u{8}\u{c}\n\r\t".into())));
    strings
}

fn unicode_escapes() -> Vec<Piece> {
    let meant = [
        (r"\u0000", "\0"),
        (r"\u001f", "\u{1f}"),
        (r"\u0022", "\""),
        (r"\u005c", "\\"),
        (r"\u005C", "\\"),
        (r"\u002f", "/"),
        (r"\u007F", "\u{7f}"),
        (r"\u00e9", "é"),
        (r"\u00E9", "é"),
        (r"\u2028", "\u{2028}"),
        (r"\ud7ff", "\u{d7ff}"),
        (r"\ue000", "\u{e000}"),
        (r"\ufeff", "\u{feff}"),
        (r"\uFFFF", "\u{ffff}"),
        (r"\u00410", "A0"),
        (r"\\u0041", "\\u0041"),
        (r"\u005cu0041", "\\u0041"),
        (r"\u005c\u0022", "\\\""),
        (r"\ud800\udc00", "\u{10000}"),
        (r"\uDBFF\uDFFF", "\u{10ffff}"),
        (r"\ud83d\uDE00", "😀"),
        (r"\ud83d\ude00\ud83d\ude00", "😀😀"),
    ];
    let lone = [
        r"\ud800",
        r"\udbff",
        r"\uDC00",
        r"\udfff",
        r"\ud800\ud800",
        r"\udc00\ud800",
        r"\udc00\udc00",
        r"\ud800x",
        r"\ud800 \udc00",
        r"\ud800\n",
        r"\ud800\u0041",
        r"\ud800\ue000",
        r"\ud83d\ude00\ud83d",
        r"\ude00\ud83d\ude00",
        r"\ud83d\\ude00",
        r"\ud800\/",
    ];
    let mut strings = all(LoneSurrogate, lone.map(quoted));
    strings.extend(all(LoneSurrogate, lone.map(|escapes| quoted(format!("a{escapes}z")))));
    strings.extend(meant.map(|(escapes, text)| piece(quoted(escapes), Text(text.into()))));
    strings.extend(
        meant.map(|(escapes, text)| {
            piece(quoted(format!("a{escapes}z")), Text(format!("a{text}z")))
        }),
    );
    strings
}

fn broken_unicode_escapes() -> Vec<Piece> {
    let mut strings = vec![];
    for at in 0..4 {
        for wrong in [
            "g", "G", " ", "+", "-", ".", "x", "_", "/", ":", "@", "`", "é", "０", "\n", "\0",
            "\\", "",
        ] {
            let digits = format!("{}{wrong}{}", &"00e9"[..at], &"00e9"[at + 1..]);
            strings.extend(all(
                Invalid,
                ["", r"\u0041", r"\ud83d"].map(|before| quoted(format!(r"{before}\u{digits}"))),
            ));
        }
    }
    strings.extend(all(
        Invalid,
        [
            r"\u",
            r"\u1",
            r"\u12",
            r"\u123",
            r"\u{41}",
            r"\U00000041",
            r"\x41",
            r"\101",
            r"\ud83d\u",
            r"\ud83d\ude",
            r"\ud83d\x",
            r"\ud83d\ude0g",
            r"\u-041",
            r"\u 041",
            r"\uu0041",
            r"\\\u004",
            r"\ud800\ud80",
            r"\0",
            r"\a",
            r"\e",
            r"\v",
            r"\N{DASH}",
        ]
        .map(quoted),
    ));
    strings
}

fn quotation_marks() -> Vec<Piece> {
    let mut strings = all(
        Invalid,
        [
            "\"",
            "\"a",
            "a\"",
            "\"a\\\"",
            "\"\\\\\\\"",
            "\"\\u0041",
            "\"\\u004",
            "'a'",
            "\"a'",
            "'a\"",
            "''",
            "`a`",
            "“a”",
            "«a»",
            "＂a＂",
            "\"a\"b",
            "a\"b\"",
            "\"a\" \"b\"",
            "\"a\"\"b\"",
            "\"a\"+\"b\"",
            "\"a\nb\"",
            "\"\"\"a\"\"\"",
            "\"a\" b",
            "\\\"a\\\"",
            "\"a\"\\n",
        ],
    );
    strings.extend(all(
        Invalid,
        ["&quot;a&quot;", "\"a\";", "(\"a\")", "\"a\"\0", "\0\"a\"", "\"a\" // b"],
    ));
    strings
}

// Encodings.

fn encodings() -> Vec<Piece> {
    [utf8(), other_encodings(), byte_order_marks()].concat()
}

/// Strings whose bytes are not UTF-8: a prefix of a character, and what no character starts with.
fn utf8() -> Vec<Piece> {
    let faults: [&[u8]; 27] = [
        // Overlong.
        b"\xc0\x80",
        b"\xc0\xaf",
        b"\xc1\xbf",
        b"\xe0\x80\x80",
        b"\xe0\x9f\xbf",
        b"\xf0\x80\x80\x80",
        b"\xf0\x8f\xbf\xbf",
        // Surrogates.
        b"\xed\xa0\x80",
        b"\xed\xaf\xbf",
        b"\xed\xb0\x80",
        b"\xed\xbf\xbf",
        b"\xed\xa0\xbd\xed\xb8\x80",
        // Beyond U+10FFFF.
        b"\xf4\x90\x80\x80",
        b"\xf5\x80\x80\x80",
        b"\xf7\xbf\xbf\xbf",
        b"\xf8\x88\x80\x80\x80",
        b"\xfc\x84\x80\x80\x80\x80",
        // Cut short.
        b"\xc3",
        b"\xe2\x82",
        b"\xf0\x9f\x98",
        b"\xe2\x28\xa1",
        b"\xf0\x9f\x98\x28",
        b"\xf0\x28\x8c\x28",
        // Too many.
        b"\xc3\xa9\xa9",
        b"\xf0\x9f\x98\x80\x80",
        b"\x80\x80",
        b"\xbf\xbf\xbf",
    ];
    let single = (0x80..=0xff_u8).map(|byte| quoted([byte]));
    let mut pieces = all(Invalid, single);
    for fault in faults {
        pieces.extend(all(
            Invalid,
            [quoted(fault), quoted([b"ab", fault, b"cd"].concat()), fault.to_vec()],
        ));
    }
    pieces
}

fn other_encodings() -> Vec<Piece> {
    let mut pieces = vec![];
    for text in ["1", "\"a\"", "{}", &TOKENS.concat()] {
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{text}");
            let units: Vec<u16> = text.encode_utf16().collect();
            let scalars: Vec<u32> = text.chars().map(u32::from).collect();
            pieces.extend(all(
                Invalid,
                [
                    units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
                    units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
                    scalars.iter().flat_map(|scalar| scalar.to_le_bytes()).collect(),
                    scalars.iter().flat_map(|scalar| scalar.to_be_bytes()).collect::<Vec<u8>>(),
                ],
            ));
        }
    }
    // Latin-1, UTF-7, gzip, MessagePack.
    pieces.extend(all(
        Invalid,
        [&b"\"\xe9\""[..], b"+ACI-a+ACI-", b"\x1f\x8b\x08", b"\x81\xa1a\x01"],
    ));
    pieces
}

const MARK: &str = "\u{feff}";

fn byte_order_marks() -> Vec<Piece> {
    all(
        Invalid,
        [
            "\u{feff}",
            "\u{feff}\u{feff}",
            "\u{feff}1",
            "\u{feff}\"a\"",
            "\u{feff}{}",
            "1\u{feff}",
            "\"a\"\u{feff}",
            "{\u{feff}}",
            "[\u{feff}]",
            "[1,\u{feff}2]",
            "{\"a\"\u{feff}:1}",
            "{\u{feff}\"a\":1}",
            " \u{feff}",
            "\u{fffe}1",
            "ï»¿1",
        ],
    )
}

// Structures.

const NESTED: &str = r#"{"a":[1,-2.5e3,"s\u00e9\n",null,true,false,{"b":{}}],"":"","a":[]}"#;

fn structures() -> Vec<Piece> {
    let mut pieces = all(
        Other,
        [
            "[]",
            "{}",
            "[ ]",
            "{ }",
            "[1]",
            "[1,2]",
            "[ 1 , 2 ]",
            "[[]]",
            "[{}]",
            "{\"\":{}}",
            "[null]",
            "[\"\"]",
            "[1,\"a\",null,true,[],{}]",
            "{\"a\":1,\"a\":2}",
            "{\"\":1,\"\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "{\"\\u0000\":0}",
            "{\"a\" : 1\r\n,\t\"b\" :2 }",
            "[1,1]",
            "{\"1\":1}",
            NESTED,
        ],
    );
    pieces.extend(all(
        Invalid,
        [
            "[",
            "]",
            "{",
            "}",
            "[}",
            "{]",
            "[[]",
            "[]]",
            "{}}",
            "{{}}",
            "[{]}",
            "][",
            "}{",
            ",",
            ":",
            ",,",
            "::",
            "[,]",
            "[,1]",
            "[1,]",
            "[1,,2]",
            "[,,]",
            "[1 2]",
            "[1:2]",
            "[1;2]",
            "[1,2",
            "[\"a\" \"b\"]",
            "[1}",
            "[1,}",
            "{1}",
            "{\"a\"}",
            "{\"a\":}",
            "{:1}",
            "{:}",
            "{,}",
            "{,\"a\":1}",
            "{\"a\":1,}",
            "{\"a\":1,,\"b\":2}",
            "{\"a\"::1}",
            "{\"a\":1:2}",
            "{\"a\" 1}",
            "{\"a\",1}",
            "{\"a\"=1}",
            "{\"a\"=>1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1;\"b\":2}",
            "{\"a\":1,\"b\"}",
            "{\"a\":1,\"b\":}",
            "{a:1}",
            "{'a':1}",
            "{1:1}",
            "{null:1}",
            "{[]:1}",
            "{{}:1}",
            "{\"a\":1",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":[}",
            "{\"a\":[1}",
            "{\"a\":1]",
            "[\"a\":1]",
            "{\"a\":'b'}",
            "{\"a\":b}",
            "{\"a\"\"b\"}",
            "{\"a\" \"b\":1}",
            "{\"a\":1}x",
            "[]x",
            "[]1",
            "{}[]",
            "{} {}",
            "[][]",
            "[],[]",
            "1,2",
            "1 1",
            "{}, {}",
            "{}\n{}",
            "\u{1e}{}",
            "[1]//",
            "[1]/**/",
            "/**/[1]",
            "[/**/1]",
            "[1,/**/]",
            "{/**/\"a\":1}",
            "{\"a\":/**/1}",
            "{\"a\":1/**/}",
            "//\n1",
            "# 1",
            "#\n1",
            "--1",
            "/*1",
            "<!-- -->1",
            "[1]\0",
            "\0[1]",
            "[\0]",
            "[1]\\n",
            "\\n[1]",
            "...",
            "[...]",
            "[...a]",
            "{\"a\":...}",
            "{...}",
            "[*]",
            "[<null>]",
            "[undefined]",
            "[a]",
            "[True]",
            "[-]",
            "[1.]",
            "[.5]",
            "[01]",
            "[\"]",
            "[\"\\x\"]",
            "[\"\t\"]",
            "[\"a]",
            "{\"a\":\"}",
            "{\"\\x\":1}",
            "{\"\t\":1}",
            "{\"a:1}",
            "{a\":1}",
            ")]}',1",
            "for(;;);1",
            "callback({})",
            "data: {}",
            "({})",
            "={}",
            "{}={}",
            "--- 1",
            "- 1",
            "a: 1",
            "&a 1",
            "!!int 1",
            "<a/>",
            "%7B%7D",
        ],
    ));
    // A backslash at the end would escape the quotation mark after it.
    let cuts = (1..NESTED.len()).map(|end| &NESTED[..end]).filter(|cut| !cut.ends_with('\\'));
    pieces.extend(all(Invalid, cuts));
    pieces.push(piece("", Space));
    pieces.extend(broken());
    pieces
}

/// `NESTED` without one of its structural characters, with it twice, or with another in its place.
/// It has none of them in a string.
fn broken() -> impl Iterator<Item = Piece> {
    let structural = NESTED.char_indices().filter(|(_, c)| "{}[],:".contains(*c));
    structural.flat_map(|(at, c)| {
        let others = ["{", "}", "[", "]", ",", ":", ";", " "].map(str::to_owned);
        let others = others.into_iter().filter(move |other| other.as_bytes() != [c as u8]);
        let replaced = others.chain([String::new(), format!("{c}{c}")]);
        replaced
            .map(move |new| piece(format!("{}{new}{}", &NESTED[..at], &NESTED[at + 1..]), Invalid))
    })
}

fn white_space() -> Vec<Piece> {
    let around = |space: &str| {
        [
            format!("{space}1"),
            format!("1{space}"),
            format!("{space}\"a\"{space}"),
            format!("[{space}]"),
            format!("{{{space}}}"),
            format!("[1{space},2]"),
            format!("[1,{space}2]"),
            format!("{{\"a\"{space}:1}}"),
            format!("{{\"a\":{space}1}}"),
            format!("{{{space}\"a\":1}}"),
        ]
    };
    let mut pieces = vec![];
    for space in [" ", "\t", "\n", "\r", "\r\n", " \n\r\t "] {
        pieces.push(piece(space, Space));
        let mut values = around(space).map(|value| piece(value, Other));
        values[2].meaning = Text("a".into());
        pieces.extend(values);
    }
    for other in [
        "\0", "\u{1}", "\u{8}", "\u{b}", "\u{c}", "\u{1c}", "\u{1f}", "\u{7f}", "\u{85}", "\u{a0}",
        "\u{ad}", "\u{1680}", "\u{180e}", "\u{2003}", "\u{200b}", "\u{2028}", "\u{2029}",
        "\u{2060}", "\u{3000}", "\u{115f}", "\\t", "\\u0020", "&nbsp;", "%20", " \u{a0} ",
    ] {
        pieces.push(piece(other, Invalid));
        pieces.extend(all(Invalid, around(other)));
    }
    pieces
}

/// About serde_json's limit of 128 levels, which must not apply to a value that is ignored, and far
/// beyond.
fn nesting(depths: &[usize]) -> Vec<Piece> {
    let mut pieces = vec![];
    for depth in depths {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":[", "]}]"), (" [ ", " ] ")] {
            let (opened, closed) = (open.repeat(*depth), close.repeat(*depth));
            pieces.extend([
                piece(format!("{opened}1{closed}"), Other),
                piece(format!("{opened}1{}", &closed[..closed.trim_end().len() - 1]), Invalid),
                piece(format!("{opened}1{closed}]"), Invalid),
                piece(opened, Invalid),
            ]);
        }
    }
    pieces
}

// Places.

const TOKENS: &[&str] = &[
    "{",
    "\"error\"",
    ":",
    "{",
    "\"message\"",
    ":",
    "\"M\"",
    ",",
    "\"type\"",
    ":",
    "\"T\"",
    ",",
    "\"code\"",
    ":",
    "\"C\"",
    ",",
    "\"param\"",
    ":",
    "\"P\"",
    "}",
    "}",
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    /// The whole body, or the value of `error`.
    Object,
    /// The value of one of the four fields.
    Field(&'static str),
    /// The value of an unknown field.
    Unknown,
    /// The name of a field.
    Name,
    /// Between two tokens, or around all of them.
    Between,
}
use Role::{Between, Field, Name, Object, Unknown};

#[derive(Debug)]
struct Place {
    role: Role,
    before: String,
    after: String,
}

/// Where a value or a name belongs. `~` is the gap.
fn value_places() -> Vec<Place> {
    [
        (Object, "~"),
        (Object, r#"{"error":~}"#),
        (Object, r#"{"x":1,"error" : ~ ,"y":2}"#),
        (Field("message"), r#"{"error":{"message":~,"type":"T","code":"C","param":"P"}}"#),
        (Field("type"), r#"{"error":{"message":"M","type":~,"code":"C","param":"P"}}"#),
        (Field("code"), r#"{"error":{"message":"M","type":"T","code":~,"param":"P"}}"#),
        (Field("param"), r#"{"error":{"message":"M","type":"T","code":"C","param":~}}"#),
        (Field("param"), r#"{"error":{"param": ~ ,"message":"M","type":"T","code":"C"}}"#),
        (Unknown, r#"{"x":~,"error":{"message":"M","type":"T","code":"C","param":"P"}}"#),
        (Unknown, r#"{"error":{"message":"M","type":"T","code":"C","param":"P"},"x":~}"#),
        (Unknown, r#"{"error":{"x":~,"message":"M","type":"T","code":"C","param":"P"}}"#),
        (Unknown, r#"{"error":{"message":"M","type":"T","code":"C","x":~,"param":"P"}}"#),
        (Unknown, r#"{"error":{"message":"M","type":"T","code":"C","param":"P","x":~}}"#),
        (Name, r#"{~:1,"error":{"message":"M","type":"T","code":"C","param":"P"}}"#),
        (Name, r#"{"error":{~:1,"message":"M","type":"T","code":"C","param":"P"}}"#),
        (Name, r#"{"error":{"message":"M","type":"T","code":"C","param":"P",~:"v"}}"#),
    ]
    .map(|(role, body)| {
        let (before, after) = body.split_once('~').unwrap();
        Place { role, before: before.into(), after: after.into() }
    })
    .into()
}

fn places_between() -> Vec<Place> {
    (0..=TOKENS.len())
        .map(|at| Place {
            role: Between,
            before: TOKENS[..at].concat(),
            after: TOKENS[at..].concat(),
        })
        .collect()
}

// What must come of a piece in a place.

enum Outcome {
    Decodes(ErrorObject),
    Rejected(Option<DecodeErrorKind>),
}
use Outcome::{Decodes, Rejected};

fn object() -> ErrorObject {
    decoded("M", "T", "C", Some("P"))
}

fn object_with(field: &str, text: Option<&str>) -> ErrorObject {
    let or = |name, own| if name == field { text.unwrap() } else { own };
    let param = if field == "param" { text } else { Some("P") };
    decoded(or("message", "M"), or("type", "T"), or("code", "C"), param)
}

fn outcome(piece: &Piece, place: &Place) -> Outcome {
    let is_mark = piece.bytes == MARK.as_bytes() && place.before.is_empty();
    match (place.role, &piece.meaning) {
        (Between, Space) => Decodes(object()),
        // The one exception of RFC 8259: a reader may skip a mark at the start.
        (Between, Invalid) if is_mark => Decodes(object()),
        (Between, _) | (_, Space) => Rejected(None),
        (_, Invalid) => {
            let is_text = std::str::from_utf8(&piece.bytes).is_ok();
            Rejected((!is_text).then_some(DecodeErrorKind::Encoding))
        }
        (Unknown, _) => Decodes(object()),
        (Name, Text(_)) => Decodes(object()),
        (Name, _) => Rejected(Some(DecodeErrorKind::Syntax)),
        (Field(field), Text(text)) => Decodes(object_with(field, Some(text))),
        (Field("param"), Null) => Decodes(object_with("param", None)),
        (Field(_) | Object, OutOfRange | LoneSurrogate) => Rejected(Some(DecodeErrorKind::Syntax)),
        (Field(_) | Object, _) => Rejected(Some(DecodeErrorKind::Shape)),
    }
}

/// The first 300 characters.
fn excerpt(body: &[u8]) -> String {
    body.escape_ascii().map(char::from).take(300).collect()
}

#[track_caller]
fn assert_body(body: &[u8], outcome: &Outcome) {
    assert!(catch_unwind(|| checks::decode(body)).is_ok(), "{}", excerpt(body));
    match (ErrorResponse::from_slice(body), outcome) {
        (Ok(response), Decodes(object)) => assert_eq!(response.error, *object, "{}", excerpt(body)),
        (Err(_), Rejected(None)) => {}
        (Err(error), Rejected(Some(kind))) => {
            assert_eq!(error.kind(), *kind, "{error}: {}", excerpt(body))
        }
        (Ok(_), Rejected(_)) => panic!("decodes: {}", excerpt(body)),
        (Err(error), Decodes(_)) => panic!("{error}: {}", excerpt(body)),
    }
}

/// Miri takes a hundred times as long, so it runs one of this many bodies.
const MIRI_STEP: usize = if cfg!(miri) { 97 } else { 1 };

#[track_caller]
fn assert_in_all<'a>(places: impl IntoIterator<Item = &'a Place>, pieces: &[Piece]) {
    let pairs = places.into_iter().flat_map(|place| pieces.iter().map(move |piece| (place, piece)));
    for (place, piece) in pairs.step_by(MIRI_STEP) {
        let body = [place.before.as_bytes(), &piece.bytes, place.after.as_bytes()].concat();
        assert_body(&body, &outcome(piece, place));
    }
}

#[track_caller]
fn assert_everywhere(pieces: &[Piece]) {
    assert_in_all(&value_places(), pieces);
    assert_in_all(&places_between(), pieces);
}

#[test]
fn numbers_in_every_place() {
    assert_everywhere(&numbers());
}

#[test]
fn literals_in_every_place() {
    assert_everywhere(&literals());
}

#[test]
fn strings_in_every_place() {
    assert_everywhere(&strings());
}

#[test]
fn encodings_in_every_place() {
    assert_everywhere(&encodings());
}

#[test]
fn structures_in_every_place() {
    assert_everywhere(&structures());
}

#[test]
fn white_space_in_every_place() {
    assert_everywhere(&white_space());
}

const DEPTHS: &[usize] = &[2, 100, 127, 128, 129];

#[test]
fn nesting_in_every_place() {
    assert_everywhere(&nesting(DEPTHS));
    // Each is half a megabyte.
    let deep = &nesting(&[if cfg!(miri) { 1000 } else { 100_000 }])[..4];
    let places = value_places();
    assert_in_all(places.iter().filter(|place| matches!(place.role, Object | Unknown)), deep);
    assert_in_all(places.iter().filter(|place| place.role == Field("message")), deep);
}

#[test]
#[cfg_attr(miri, ignore = "it counts")]
fn there_are_tens_of_thousands_of_inputs_and_many_of_each_meaning() {
    let classes = [
        numbers(),
        literals(),
        strings(),
        encodings(),
        structures(),
        white_space(),
        nesting(DEPTHS),
    ];
    let pieces = classes.concat();
    let inputs = pieces.len() * (value_places().len() + places_between().len());
    assert!(inputs > 80_000, "{} pieces, {inputs} inputs", pieces.len());
    let count = |is: fn(&Meaning) -> bool| pieces.iter().filter(|piece| is(&piece.meaning)).count();
    assert!(count(|meaning| *meaning == Invalid) > 1000);
    assert!(count(|meaning| *meaning == Other) > 100);
    assert!(count(|meaning| matches!(meaning, Text(_))) > 80);
    assert!(count(|meaning| *meaning == LoneSurrogate) > 30);
}

// Every byte.

#[test]
fn every_byte_between_the_tokens() {
    let bytes: Vec<_> = (0..=255_u8)
        .map(|byte| piece([byte], if b" \t\n\r".contains(&byte) { Space } else { Invalid }))
        .collect();
    assert_in_all(&places_between(), &bytes);
}

#[test]
fn every_byte_in_the_strings() {
    let bytes = (0..=255_u8).map(|byte| {
        let is_plain = matches!(byte, 0x20..=0x7f) && !b"\"\\".contains(&byte);
        let meaning = if is_plain { Text(format!("a{}z", char::from(byte))) } else { Invalid };
        piece(quoted([b'a', byte, b'z']), if b"\"\\".contains(&byte) { Invalid } else { meaning })
    });
    let bytes: Vec<_> = bytes.collect();
    assert_in_all(&value_places(), &bytes);
}

#[test]
fn every_truncation_is_rejected_as_syntax_and_every_byte_after_the_end_but_white_space() {
    for body in [TOKENS.concat(), TOKENS.join("\r\n"), format!("\u{feff}{}", TOKENS.concat())] {
        for end in (0..body.len()).step_by(MIRI_STEP) {
            let kind = std::str::from_utf8(&body.as_bytes()[..end])
                .map_or(DecodeErrorKind::Encoding, |_| DecodeErrorKind::Syntax);
            assert_body(&body.as_bytes()[..end], &Rejected(Some(kind)));
        }
        for after in ["{}", "null", "\0", &body] {
            assert_body(
                format!("{body}{after}").as_bytes(),
                &Rejected(Some(DecodeErrorKind::Syntax)),
            );
        }
    }
}

// The names of the fields.

const FIELDS: [(&str, &str); 4] = [("message", "M"), ("type", "T"), ("code", "C"), ("param", "P")];

/// The name as it is, and with some or all of its characters escaped.
fn spellings(name: &str) -> Vec<String> {
    let escape = |c: char| format!("\\u{:04x}", u32::from(c));
    let escaped = |range: Range<usize>| {
        let chars = name.char_indices();
        chars.map(|(at, c)| if range.contains(&at) { escape(c) } else { c.into() }).collect()
    };
    let all: String = escaped(0..name.len());
    let capitals = all.to_uppercase().replace("\\U", "\\u");
    let ones = (0..name.len()).map(|at| escaped(at..at + 1));
    iter::once(name.to_owned()).chain(ones).chain([all, capitals]).collect()
}

fn body_of(error: &str, members: &[(String, &str)]) -> Vec<u8> {
    let members = members.iter().map(|(name, value)| format!("\"{name}\":\"{value}\""));
    format!("{{\"{error}\":{{{}}}}}", members.collect::<Vec<_>>().join(",")).into_bytes()
}

#[test]
fn an_escaped_name_is_the_name_in_every_order_and_counts_as_a_duplicate() {
    for spelling in spellings("error") {
        assert_body(
            &body_of(&spelling, &FIELDS.map(|(name, value)| (name.into(), value))),
            &Decodes(object()),
        );
    }
    for (at, (name, _)) in FIELDS.iter().enumerate() {
        for spelling in spellings(name).into_iter().step_by(MIRI_STEP) {
            let mut members = FIELDS.map(|(name, value)| (name.to_owned(), value));
            members[at].0.clone_from(&spelling);
            for shift in 0..4 {
                members.rotate_left(usize::from(shift > 0));
                assert_body(&body_of("error", &members), &Decodes(object()));
                let reversed: Vec<_> = members.iter().rev().cloned().collect();
                assert_body(&body_of("error", &reversed), &Decodes(object()));
                let twice = [&members[..], &[((*name).to_owned(), "twice")]].concat();
                assert_body(&body_of("error", &twice), &Rejected(Some(DecodeErrorKind::Shape)));
            }
        }
    }
}

#[test]
fn a_name_that_differs_in_one_byte_is_another_name() {
    let others = |name: &str| {
        let mut others = vec![
            name.to_uppercase(),
            name[..1].to_uppercase() + &name[1..],
            format!("{name} "),
            format!(" {name}"),
            format!("{name}\\u0000"),
            format!("{name}s"),
            name[1..].into(),
            name[..name.len() - 1].into(),
            format!("{name}\\n"),
            format!("\u{feff}{name}"),
            format!("{name}\u{301}"),
            String::new(),
        ];
        others.push(name.replacen('e', "\u{435}", 1) + "\u{200b}");
        others
    };
    for other in others("error") {
        let members = FIELDS.map(|(name, value)| (name.into(), value));
        assert_body(&body_of(&other, &members), &Rejected(Some(DecodeErrorKind::Shape)));
    }
    for (at, (name, _)) in FIELDS.iter().enumerate() {
        for other in others(name) {
            let mut members = FIELDS.map(|(name, value)| (name.to_owned(), value));
            members[at].0 = other;
            let without_param = Decodes(object_with("param", None));
            let expected = if *name == "param" {
                without_param
            } else {
                Rejected(Some(DecodeErrorKind::Shape))
            };
            assert_body(&body_of("error", &members), &expected);
        }
    }
}
