//! What the hand-written serde impls tell a format: names and lengths, as a derive would.

use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse, ErrorType, Open};
use serde_test::{
    Compact, Configure, Readable, Token, assert_de_tokens, assert_de_tokens_error, assert_tokens,
};

const MESSAGE: [Token; 2] = [Token::Str("message"), Token::Str("m")];
const TYPE: [Token; 2] = [Token::Str("type"), Token::Str("payment_error")];
const CODE: [Token; 2] = [Token::Str("code"), Token::Str("payment_error")];

/// The envelope around an object of so many fields.
fn response(len: usize, fields: &[&[Token]]) -> Vec<Token> {
    let open = [
        Token::Struct { name: "ErrorResponse", len: 1 },
        Token::Str("error"),
        Token::Struct { name: "ErrorObject", len },
    ];
    [&open, &*fields.concat(), &[Token::StructEnd, Token::StructEnd]].concat()
}

fn without_param() -> ErrorResponse {
    ErrorObject::new(ErrorCode::PaymentError, "m").into()
}

fn with_param() -> ErrorResponse {
    ErrorObject::new(ErrorCode::PaymentError, "m").with_param("p").into()
}

#[test]
fn a_text_format_sees_the_fields_that_are_set() {
    assert_tokens(&without_param().readable(), &response(3, &[&MESSAGE, &TYPE, &CODE]));
    let param = [Token::Str("param"), Token::Some, Token::Str("p")];
    assert_tokens(&with_param().readable(), &response(4, &[&MESSAGE, &TYPE, &CODE, &param]));
}

/// A format that is not for people may be positional, where an unset field has a place.
#[test]
fn a_binary_format_sees_every_field() {
    let unset = [Token::Str("param"), Token::None];
    assert_tokens(&without_param().compact(), &response(4, &[&MESSAGE, &TYPE, &CODE, &unset]));
    let param = [Token::Str("param"), Token::Some, Token::Str("p")];
    assert_tokens(&with_param().compact(), &response(4, &[&MESSAGE, &TYPE, &CODE, &param]));
}

#[test]
fn a_name_is_a_string() {
    assert_tokens(&ErrorCode::PaymentError.readable(), &[Token::Str("payment_error")]);
    assert_tokens(&ErrorType::PaymentError.compact(), &[Token::Str("payment_error")]);
    for token in [Token::Str("x"), Token::String("x"), Token::BorrowedStr("x")] {
        assert_de_tokens(&Open::<ErrorCode>::from("x").readable(), &[token]);
    }
}

/// A format may have names of fields as bytes, and values as owned or borrowed text.
#[test]
fn a_field_may_be_named_by_bytes_and_its_value_borrowed() {
    let fields = [
        Token::Bytes(b"message"),
        Token::BorrowedStr("m"),
        Token::BorrowedBytes(b"type"),
        Token::String("payment_error"),
        Token::ByteBuf(b"code"),
        Token::Str("payment_error"),
        Token::Bytes(b" param"),
        Token::Str("not a param"),
    ];
    assert_de_tokens(&without_param().readable(), &response(4, &[&fields]));
}

#[test]
fn a_rejection_names_the_field_and_what_was_expected() {
    let rejected = |fields: &[Token], error: &str| {
        let tokens = [&[Token::Map { len: None }], fields].concat();
        assert_de_tokens_error::<Readable<ErrorObject>>(&tokens, error);
        assert_de_tokens_error::<Compact<ErrorObject>>(&tokens, error);
    };
    rejected(
        &[Token::Str("message"), Token::Unit],
        "invalid type: unit value, expected a string for `message`",
    );
    rejected(
        &[Token::Str("param"), Token::U8(1)],
        "invalid type: integer `1`, expected a string or null for `param`",
    );
    rejected(&[&MESSAGE[..], &MESSAGE[..1]].concat(), "duplicate field `message`");
    rejected(&[&MESSAGE[..], &[Token::MapEnd]].concat(), "missing field `type`");
    rejected(&[&MESSAGE[..], &TYPE, &[Token::MapEnd]].concat(), "missing field `code`");
    assert_de_tokens_error::<Readable<ErrorResponse>>(
        &[Token::Map { len: None }, Token::MapEnd],
        "missing field `error`",
    );
    assert_de_tokens_error::<Readable<ErrorResponse>>(
        &[Token::Bool(true)],
        "invalid type: boolean `true`, expected an object with `error`",
    );
}
