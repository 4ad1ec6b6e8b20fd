//! Requests and what an extractor says of each: one table, by hand, through both frameworks.

use std::collections::HashMap;
use std::fmt;
use std::num::{NonZeroI8, NonZeroU8};

use intelliprint_error::ErrorResponse;
use intelliprint_error::axum::OwnWords;
use serde::{Deserialize, Deserializer, de};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Job {
    id: u8,
    #[serde(default)]
    ratio: f64,
    service: Option<Service>,
    lines: Option<Vec<Line>>,
    pair: Option<(u8, bool)>,
    choice: Option<Choice>,
    vault: Option<Vault>,
    open: Option<OwnWords<Vault>>,
    open_choice: Option<OwnWords<Choice>>,
    strict: Option<Strict>,
    deep: Option<Deep>,
    flag: Option<bool>,
    name: Option<String>,
    large: Option<i128>,
    copies: Option<NonZeroU8>,
    offset: Option<NonZeroI8>,
    short: Option<f32>,
    by_number: Option<HashMap<u8, bool>>,
    by_service: Option<HashMap<Service, bool>>,
    payment: Option<Payment>,
    wrapped: Option<Wrapped>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "the extractors only read it")]
enum Payment {
    Card { number: u8 },
    Cash,
}

/// Its fields are read from a copy of the object, so their errors have no path.
#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Wrapped {
    #[serde(flatten)]
    line: Line,
    #[serde(flatten)]
    pence: Pence,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Pence {
    pence: u8,
    pair: Option<(u8, bool)>,
}

#[derive(Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "snake_case")]
enum Service {
    FirstClass,
    SecondClass,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Line {
    name: String,
}

/// One field by two names.
#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Numbered {
    #[serde(alias = "id")]
    number: u8,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "the extractors only read it")]
enum Choice {
    Number(u8),
    Words { text: String },
}

/// Rejects in words that are the server's own.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Vault;

impl TryFrom<String> for Vault {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "open" { Ok(Self) } else { Err(format!("cannot open vault {text} at db-3")) }
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Locked {
    key: Vault,
}

/// Asks the deserializer for any value.
#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "the extractors only read it")]
enum Name {
    Number(u8),
    Text(String),
}

/// Asks the deserializer for any value, and accepts an object.
#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "the extractors only read it")]
enum Flagged {
    Both { id: String, flag: String },
}

/// Its visitor expects in words of its own.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Strict;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row of table inner_jobs")
            }

            fn visit_bool<E>(self, _: bool) -> Result<Strict, E> {
                Ok(Strict)
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

#[derive(Deserialize)]
#[serde(transparent)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Deep(Vec<Deep>);

/// Status, code, param, message.
type Said = (u16, String, Option<String>, String);

fn said(status: u16, body: &[u8]) -> Said {
    assert!(body.len() <= 4096, "{} bytes", body.len());
    let Ok(ErrorResponse { error, .. }) = ErrorResponse::from_slice(body) else {
        return (status, String::new(), None, String::from_utf8(body.to_vec()).unwrap());
    };
    let param = error.param().map(Into::into);
    (status, error.code().to_string(), param, error.message().into())
}

/// Sends a request to both frameworks, which must say the same.
#[track_caller]
fn send(uri: &str, content_type: &str, body: &str) -> Said {
    let axum = by_axum(uri, content_type, body);
    assert_eq!(axum, by_actix(uri, content_type, body), "{uri} {body}");
    axum
}

fn by_axum(uri: &str, content_type: &str, body: &str) -> Said {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use axum::routing::post;
    use intelliprint_error::axum::{ApiForm, ApiJson, ApiPath, ApiQuery};
    use tower::ServiceExt;

    let app = Router::new()
        .route("/json", post(async |_: ApiJson<Job>| "fine"))
        .route("/deep", post(async |_: ApiJson<serde_json::Value>| "fine"))
        .route("/flat", post(async |_: ApiJson<Wrapped>| "fine"))
        .route("/flat-form", post(async |_: ApiForm<Wrapped>| "fine"))
        .route("/flat-query", post(async |_: ApiQuery<Wrapped>| "fine"))
        .route("/words", post(async |_: ApiJson<Vault>| "fine"))
        .route("/form", post(async |_: ApiForm<Job>| "fine"))
        .route("/query", post(async |_: ApiQuery<Job>| "fine"))
        .route("/list-query", post(async |_: ApiQuery<Vec<String>>| "fine"))
        .route("/one-query", post(async |_: ApiQuery<u8>| "fine"))
        .route("/list-form", post(async |_: ApiForm<Vec<String>>| "fine"))
        .route("/path/{id}/{flag}", post(async |_: ApiPath<Job>| "fine"))
        .route("/pair/{id}/{flag}", post(async |_: ApiPath<(u8, bool)>| "fine"))
        .route("/one/{id}", post(async |_: ApiPath<u8>| "fine"))
        .route("/service/{service}", post(async |_: ApiPath<Service>| "fine"))
        .route("/vault/{key}", post(async |_: ApiPath<Vault>| "fine"))
        .route("/locked/{key}", post(async |_: ApiPath<Locked>| "fine"))
        .route("/strict/{id}", post(async |_: ApiPath<Strict>| "fine"))
        .route("/name/{id}", post(async |_: ApiPath<Name>| "fine"))
        .route("/flagged/{id}/{flag}", post(async |_: ApiPath<Flagged>| "fine"))
        .route("/payment-query", post(async |_: ApiQuery<Payment>| "fine"))
        .route("/names/{id}", post(async |_: ApiPath<HashMap<String, String>>| "fine"))
        .route("/open/{key}", post(async |_: ApiPath<OwnWords<Vault>>| "fine"))
        .route("/open-json", post(async |_: ApiJson<OwnWords<Job>>| "fine"))
        .route("/open-form", post(async |_: ApiForm<OwnWords<Job>>| "fine"))
        .route("/open-query", post(async |_: ApiQuery<OwnWords<Job>>| "fine"))
        .route("/one-of-two/{id}/{flag}", post(async |_: ApiPath<u8>| "fine"))
        .route("/wrong/{other}", post(async |_: ApiPath<Job>| "fine"))
        .route("/lacks/{id}", post(async |_: ApiPath<Line>| "fine"))
        .route("/twice/{id}/{number}", post(async |_: ApiPath<Numbered>| "fine"))
        .layer(axum::extract::DefaultBodyLimit::disable());
    let request = Request::post(uri).header("content-type", content_type);
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let response = app.oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        said(status, &to_bytes(response.into_body(), usize::MAX).await.unwrap())
    })
}

fn by_actix(uri: &str, content_type: &str, body: &str) -> Said {
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, web};
    use intelliprint_error::actix_web::{ApiForm, ApiJson, ApiPath, ApiQuery};

    actix_web::rt::System::new().block_on(async {
        let app = App::new()
            .app_data(web::PayloadConfig::new(64 << 20))
            .route("/json", web::post().to(async |_: ApiJson<Job>| "fine"))
            .route("/deep", web::post().to(async |_: ApiJson<serde_json::Value>| "fine"))
            .route("/flat", web::post().to(async |_: ApiJson<Wrapped>| "fine"))
            .route("/flat-form", web::post().to(async |_: ApiForm<Wrapped>| "fine"))
            .route("/flat-query", web::post().to(async |_: ApiQuery<Wrapped>| "fine"))
            .route("/words", web::post().to(async |_: ApiJson<Vault>| "fine"))
            .route("/form", web::post().to(async |_: ApiForm<Job>| "fine"))
            .route("/query", web::post().to(async |_: ApiQuery<Job>| "fine"))
            .route("/list-query", web::post().to(async |_: ApiQuery<Vec<String>>| "fine"))
            .route("/one-query", web::post().to(async |_: ApiQuery<u8>| "fine"))
            .route("/list-form", web::post().to(async |_: ApiForm<Vec<String>>| "fine"))
            .route("/path/{id}/{flag}", web::post().to(async |_: ApiPath<Job>| "fine"))
            .route("/pair/{id}/{flag}", web::post().to(async |_: ApiPath<(u8, bool)>| "fine"))
            .route("/one/{id}", web::post().to(async |_: ApiPath<u8>| "fine"))
            .route("/service/{service}", web::post().to(async |_: ApiPath<Service>| "fine"))
            .route("/vault/{key}", web::post().to(async |_: ApiPath<Vault>| "fine"))
            .route("/locked/{key}", web::post().to(async |_: ApiPath<Locked>| "fine"))
            .route("/strict/{id}", web::post().to(async |_: ApiPath<Strict>| "fine"))
            .route("/name/{id}", web::post().to(async |_: ApiPath<Name>| "fine"))
            .route("/flagged/{id}/{flag}", web::post().to(async |_: ApiPath<Flagged>| "fine"))
            .route("/payment-query", web::post().to(async |_: ApiQuery<Payment>| "fine"))
            .route(
                "/names/{id}",
                web::post().to(async |_: ApiPath<HashMap<String, String>>| "fine"),
            )
            .route("/open/{key}", web::post().to(async |_: ApiPath<OwnWords<Vault>>| "fine"))
            .route("/open-json", web::post().to(async |_: ApiJson<OwnWords<Job>>| "fine"))
            .route("/open-form", web::post().to(async |_: ApiForm<OwnWords<Job>>| "fine"))
            .route("/open-query", web::post().to(async |_: ApiQuery<OwnWords<Job>>| "fine"))
            .route("/one-of-two/{id}/{flag}", web::post().to(async |_: ApiPath<u8>| "fine"))
            .route("/wrong/{other}", web::post().to(async |_: ApiPath<Job>| "fine"))
            .route("/lacks/{id}", web::post().to(async |_: ApiPath<Line>| "fine"))
            .route("/twice/{id}/{number}", web::post().to(async |_: ApiPath<Numbered>| "fine"));
        let request = TestRequest::post().uri(uri).insert_header(("content-type", content_type));
        let request = request.set_payload(body.to_owned()).to_request();
        let response = call_service(&init_service(app).await, request).await;
        let status = response.status().as_u16();
        said(status, &read_body(response).await)
    })
}

#[track_caller]
fn assert_invalid(said: Said, param: &str, reason: &str) {
    let reason = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    let message = format!("Invalid value for parameter: {param}{reason}");
    assert_eq!(said, (400, "parameter_invalid".into(), Some(param.into()), message));
}

#[track_caller]
fn assert_wrong_format(said: Said, reason: &str) {
    let message = format!("The request body has the wrong format: {reason}");
    assert_eq!(said, (422, "body_incorrect_format".into(), None, message));
}

fn json(body: &str) -> Said {
    send("/json", "application/json", body)
}

#[test]
fn a_value_of_valid_json_is_invalid_with_its_path_and_in_words_for_people() {
    let classes = "expected one of first_class, second_class";
    let whole = "expected a whole number from 0 to 255";
    for (body, param, reason) in [
        (r#"{"id":1,"service":1}"#, "service", classes),
        (r#"{"id":1,"service":true}"#, "service", classes),
        (r#"{"id":1,"service":[]}"#, "service", classes),
        (r#"{"id":1,"service":{}}"#, "service", classes),
        (r#"{"id":1,"service":"pigeon"}"#, "service", classes),
        (r#"{"id":1,"service":{"first_class":null,"second_class":null}}"#, "service", classes),
        (r#"{"id":1,"service":{"pigeon":null}}"#, "service", classes),
        (r#"{"id":1,"service":{"first_class":1}}"#, "service.first_class", "expected null"),
        (r#"{"id":1,"ratio":1e999}"#, "ratio", "expected a smaller number"),
        (r#"{"id":1,"ratio":-1e999}"#, "ratio", "expected a smaller number"),
        (r#"{"id":1,"ratio":"x"}"#, "ratio", "expected a number"),
        (r#"{"id":1,"ratio":null}"#, "ratio", "expected a number"),
        (r#"{"id":256}"#, "id", whole),
        (r#"{"id":-1}"#, "id", whole),
        (r#"{"id":1.5}"#, "id", whole),
        (r#"{"id":"1"}"#, "id", whole),
        (r#"{"id":1e999}"#, "id", "expected a smaller number"),
        (r#"{"id":18446744073709551616}"#, "id", whole),
        (r#"{"id":null}"#, "id", whole),
        (r#"{"id":true}"#, "id", whole),
        (r#"{"id":false}"#, "id", whole),
        (r#"{"id":1,"name":false}"#, "name", "expected text"),
        (r#"{"id":1,"lines":false}"#, "lines", "expected a list"),
        (r#"{"id":1,"large":false}"#, "large", "expected a whole number"),
        (r#"{"id":1,"short":false}"#, "short", "expected a number"),
        (r#"{"id":1,"id":2}"#, "id", "it occurs twice"),
        (r#"{"id":1,"flag":"yes"}"#, "flag", "expected true or false"),
        (r#"{"id":1,"name":7}"#, "name", "expected text"),
        (r#"{"id":1,"name":"\ud800"}"#, "name", "expected text in valid Unicode"),
        (r#"{"id":1,"lines":{}}"#, "lines", "expected a list"),
        (r#"{"id":1,"lines":[{"name":"a"},["b"]]}"#, "lines.1", "expected an object"),
        (r#"{"id":1,"lines":[{"name":"a"},{"name":0}]}"#, "lines.1.name", "expected text"),
        (r#"{"id":1,"pair":[1]}"#, "pair", "expected a list of 2 values"),
        (r#"{"id":1,"pair":[1,true,3]}"#, "pair", "expected fewer values in the list"),
        (r#"{"id":1,"pair":[1,2]}"#, "pair.1", "expected true or false"),
        (r#"{"id":1,"choice":"x"}"#, "choice", ""),
        (r#"{"id":1,"vault":"key 7"}"#, "vault", ""),
        (r#"{"id":1,"open":"key 7"}"#, "open", "cannot open vault key 7 at db-3"),
        (r#"{"id":1,"open_choice":"x"}"#, "open_choice", ""),
        (r#"{"id":1,"strict":"x"}"#, "strict", ""),
        (r#"{"id":1,"large":1e40}"#, "large", "expected a whole number"),
        (r#"{"id":1,"short":1e39}"#, "short", "expected a smaller number"),
        (r#"{"id":1,"copies":0}"#, "copies", "expected a whole number from 1 to 255"),
        (r#"{"id":1,"offset":0}"#, "offset", "expected a whole number from -128 to 127 except 0"),
        (r#"{"id":1,"by_number":{"x":true}}"#, "by_number.x", whole),
        (r#"{"id":1,"by_number":{" 1":true}}"#, "by_number. 1", whole),
        (r#"{"id":1,"by_number":{"1":1}}"#, "by_number.1", "expected true or false"),
        (r#"{"id":1,"by_service":{"pigeon":true}}"#, "by_service.pigeon", classes),
        (r#"{"id":1,"payment":["cash"]}"#, "payment", "expected an object"),
        (r#"{"id":1,"payment":{"kind":0}}"#, "payment.kind", "expected one of the known names"),
        (r#"{"id":1,"payment":{"kind":"cheque"}}"#, "payment.kind", "expected one of card, cash"),
        // What the object should be instead would be wrong to say.
        (r#"{"id":1,"payment":{"kind":"card","number":"x"}}"#, "payment", ""),
        (r#"{"id":1,"wrapped":{"name":"a","pence":"x"}}"#, "wrapped", ""),
        (r#"{"id":1,"wrapped":{"name":"a","pence":1.5}}"#, "wrapped", ""),
        (r#"{"id":1,"wrapped":3}"#, "wrapped", "expected an object"),
    ] {
        assert_invalid(json(body), param, reason);
    }
    for body in [
        r#"{"id":1,"service":null}"#,
        r#"{"id":255,"ratio":1e308,"service":"first_class","lines":[{"name":"\u00e9"}]}"#,
        r#"{"id":1,"pair":[1,true],"choice":{"text":"x"},"vault":"open","open":"open"}"#,
        r#" {"id":1,"strict":true,"large":170141183460469231731687303715884105727} "#,
        r#"{"id":1,"service":{"first_class":null}}"#,
    ] {
        assert_eq!(json(body), (200, String::new(), None, "fine".into()), "{body}");
    }
    let missing = (400, "parameter_missing".into(), Some("lines.0.name".into()));
    let (status, code, param, _) = json(r#"{"id":1,"lines":[{}]}"#);
    assert_eq!((status, code, param), missing);
}

#[test]
fn a_body_that_is_not_the_object_or_not_json_has_the_wrong_format() {
    for body in ["[1,false]", "3", "null", r#""text""#, "true"] {
        assert_wrong_format(json(body), "expected an object");
    }
    for (body, reason) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        (r#"{"id":1"#, "EOF while parsing an object at line 1 column 7"),
        (r#"{"id":1} x"#, "trailing characters at line 1 column 10"),
        (r#"{"id":01}"#, "invalid number at line 1 column 8"),
        ("{\"id\":1,\n\"name\":nul}", "expected ident at line 2 column 11"),
    ] {
        assert_wrong_format(json(body), &format!("it is not valid JSON: {reason}"));
    }
    for content_type in
        ["application/json ;charset=utf-8", "application/JSON\t; x=y", "application/a+json"]
    {
        assert_eq!(send("/json", content_type, r#"{"id":1}"#).0, 200, "{content_type}");
    }
    for content_type in ["text/json", "image/x+json", "application/json, text/html", ""] {
        let said = send("/json", content_type, r#"{"id":1}"#);
        assert_wrong_format(said, "its content type is not application/json");
    }
}

/// The object has the right kind, so one of its values is invalid, though it is not known which.
#[test]
fn a_fault_without_a_place_is_one_of_a_value() {
    let invalid = |said: Said, part: &str| {
        let message = format!("The {part} has the wrong form: a value in it is invalid");
        assert_eq!(said, (400, "parameter_invalid".into(), None, message));
    };
    let form = "application/x-www-form-urlencoded";
    invalid(send("/flat", "application/json", r#"{"name":"a","pence":"x"}"#), "request body");
    for pence in ["1.5", "-1", "256", "true", "[]", "null"] {
        let body = format!(r#"{{"name":"a","pence":{pence}}}"#);
        invalid(send("/flat", "application/json", &body), "request body");
    }
    let short = r#"{"name":"a","pence":1,"pair":[1]}"#;
    invalid(send("/flat", "application/json", short), "request body");
    invalid(send("/flat-form", form, "name=a&pence=x"), "request body");
    invalid(send("/flat-query?name=a&pence=x", "", ""), "query string");
    invalid(send("/words", "application/json", r#""key 7""#), "request body");
    assert_wrong_format(send("/flat", "application/json", "[]"), "expected an object");
    let missing = send("/flat", "application/json", r#"{"name":"a"}"#);
    assert_eq!((missing.1.as_str(), missing.2.as_deref()), ("parameter_missing", Some("pence")));
}

#[test]
fn nothing_is_echoed_without_bound() {
    let long = "k`e\"y".repeat(2_000_000);
    let name = serde_json::to_string(&long).unwrap();
    let cut: String = long.chars().take(100).collect::<String>() + "…";
    let (status, code, param, message) = json(&format!("{{\"id\":1,{name}:1}}"));
    assert_eq!((status, code.as_str(), param.as_deref()), (400, "parameter_unknown", Some(&*cut)));
    assert_eq!(message, format!("Received unknown parameter: {cut}"));
    let (_, _, param, _) = json(r#"{"id":1,"x`y.x":1}"#);
    assert_eq!(param.as_deref(), Some("x`y.x"));
    let query = format!("/query?id=1&{}=1", "q".repeat(60_000));
    assert_eq!(send(&query, "", "").2.unwrap().chars().count(), 101);
    // Characters count, however many bytes each has.
    let (_, _, param, _) = json(&format!(r#"{{"id":1,"{}":1}}"#, "é".repeat(101)));
    assert_eq!(param, Some("é".repeat(100) + "…"));
    let (_, _, param, _) = json(&format!(r#"{{"id":1,"{}":1}}"#, "é".repeat(100)));
    assert_eq!(param, Some("é".repeat(100)));
    // The words of a type, on its own wish, are cut as well.
    let words = json(&format!(r#"{{"id":1,"open":"{}"}}"#, "y".repeat(100_000)));
    let cut: String = format!("cannot open vault {}", "y".repeat(200)).chars().take(200).collect();
    assert_invalid(words, "open", &(cut + "…"));
}

#[test]
fn values_nest_at_most_128_levels_deep() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let deep = |depth| send("/deep", "application/json", &nested(depth));
    assert_eq!(deep(128).0, 200);
    for depth in [129, 130, 10_000, 100_000] {
        let (status, code, _, message) = deep(depth);
        assert_eq!((status, code.as_str()), (400, "parameter_invalid"), "{message}");
        assert!(message.len() < 600, "{message}");
    }
    // What is passed over may nest as deep as it likes.
    let ignored = format!(r#"{{"id":1,"lines":[{{"name":"a","x":{}}}]}}"#, nested(50_000));
    assert_eq!(json(&ignored).0, 200);
}

#[test]
fn forms_queries_and_paths_speak_the_same_words() {
    // A name may be empty.
    let (_, code, param, _) = send("/query?id=1&=2", "", "");
    assert_eq!((code.as_str(), param.as_deref()), ("parameter_unknown", Some("")));
    let form = "application/x-www-form-urlencoded";
    for (pairs, param, reason) in [
        ("id=256", "id", "expected a whole number from 0 to 255"),
        ("id=", "id", "expected a whole number from 0 to 255"),
        ("id=x%00y", "id", "expected a whole number from 0 to 255"),
        ("id=1&flag=yes", "flag", "expected true or false"),
        ("id=1&flag=", "flag", "expected true or false"),
        ("id=%201", "id", "expected a whole number from 0 to 255"),
        ("id=1&service=pigeon", "service", "expected one of first_class, second_class"),
        ("id=1&id=2", "id", "it occurs twice"),
        ("id=1&vault=key", "vault", ""),
        ("id=1&open=key", "open", "cannot open vault key at db-3"),
        ("id=1&lines=a", "lines", "expected a list"),
        ("id=1&by_number=a", "by_number", "expected an object"),
        ("id=1&ratio=x", "ratio", "expected a number"),
    ] {
        assert_invalid(send("/form", form, pairs), param, reason);
        assert_invalid(send(&format!("/query?{pairs}"), "", ""), param, reason);
    }
    for pairs in ["id=1", "id=1&flag=true&service=first_class&name=a+b%26&vault=open&ratio=1.5"] {
        assert_eq!(send("/form", form, pairs).0, 200, "{pairs}");
        assert_eq!(send(&format!("/query?{pairs}"), "", "").0, 200, "{pairs}");
    }
    assert_eq!(send("/query", "", "").1, "parameter_missing");
    // A handler that asks for values without their names gets none, whatever the client sends.
    let unnamed = (
        400,
        "parameter_invalid".into(),
        None,
        "The query string has the wrong form: expected parameters".into(),
    );
    assert_eq!(send("/list-query?a=1&b=2", "", ""), unnamed);
    assert_eq!(send("/one-query?a=1", "", ""), unnamed);
    assert_wrong_format(send("/list-form", form, "a=1&b=2"), "expected parameters");
    assert_eq!(
        send("/query?id=1&lnes=1", "", "").3,
        "Received unknown parameter: lnes (Did you mean lines?)"
    );
    for content_type in [
        "application/json",
        "application/x-www-form-urlencoded2",
        "x/application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
    ] {
        assert_wrong_format(
            send("/form", content_type, "id=1"),
            "its content type is not application/x-www-form-urlencoded",
        );
    }
    let charset = "Application/X-WWW-Form-Urlencoded ; charset=utf-8";
    assert_eq!(send("/form", charset, "id=1").0, 200);
    let whole = "expected a whole number from 0 to 255";
    assert_invalid(send("/path/256/true", "", ""), "id", whole);
    assert_invalid(send("/path/1/yes", "", ""), "flag", "expected true or false");
    assert_invalid(send("/pair/1/yes", "", ""), "flag", "expected true or false");
    assert_invalid(send("/one/-1", "", ""), "id", whole);
    assert_invalid(
        send("/service/pigeon", "", ""),
        "service",
        "expected one of first_class, second_class",
    );
    assert_invalid(send("/vault/key%207", "", ""), "key", "");
    assert_invalid(send("/locked/key%207", "", ""), "key", "");
    assert_invalid(send("/strict/x", "", ""), "id", "");
    for uri in [
        "/path/1/true",
        "/pair/1/false",
        "/one/7",
        "/service/first_class",
        "/vault/open",
        "/locked/open",
        "/name/7",
        "/names/7",
        "/flagged/7/true",
        "/payment-query?kind=cash",
    ] {
        assert_eq!(send(uri, "", "").0, 200, "{uri}");
    }
    // The handler asks for what its route does not have, or has twice, or for one of two.
    for uri in ["/wrong/1", "/lacks/1", "/twice/1/2", "/one-of-two/1/true"] {
        assert_eq!(send(uri, "", "").1, "internal_error", "{uri}");
    }
}

/// Inside `OwnWords` every type explains itself, however deep it is.
#[test]
fn a_whole_request_may_explain_itself_in_its_own_words() {
    let words = "cannot open vault key at db-3";
    let json = "application/json";
    let form = "application/x-www-form-urlencoded";
    assert_invalid(send("/open-json", json, r#"{"id":1,"vault":"key"}"#), "vault", words);
    assert_invalid(send("/open-form", form, "id=1&vault=key"), "vault", words);
    assert_invalid(send("/open-query?id=1&vault=key", "", ""), "vault", words);
    assert_invalid(send("/open/key", "", ""), "key", words);
    // What is not the type's own is said as without it.
    let whole = "expected a whole number from 0 to 255";
    assert_invalid(send("/open-json", json, r#"{"id":256}"#), "id", whole);
    assert_invalid(send("/open-query?id=256", "", ""), "id", whole);
    assert_eq!(send("/open-query?id=1&vault=open", "", "").0, 200);
}
