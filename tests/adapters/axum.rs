//! What leaves an axum router, beside what `end_to_end.rs` provokes.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use intelliprint_error::axum::{ApiJson, ApiPath, ApiQuery, with_api_errors};
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;

#[derive(Deserialize)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Job {
    id: u32,
    recipients: Vec<Recipient>,
    postage: Option<Postage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Recipient {
    name: String,
    name_line_two: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "the test only decodes it")]
enum Postage {
    Letter { class: u8 },
    Parcel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Page {
    limit: Option<u32>,
    after: String,
}

/// Rejects in its own words once all of the body has been read: serde_json adds no place to them.
#[derive(Deserialize)]
#[serde(try_from = "Lines")]
struct Address;

#[derive(Deserialize)]
struct Lines {
    lines: Vec<String>,
}

impl TryFrom<Lines> for Address {
    type Error = &'static str;

    fn try_from(address: Lines) -> Result<Self, &'static str> {
        if address.lines.iter().all(String::is_empty) {
            Err("no name at line 1 of the address")
        } else {
            Ok(Self)
        }
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Sheet {
    size: u8,
    paper: Paper,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Host {
    address: std::net::Ipv4Addr,
    port: u16,
}

/// Rejects in its own words, which name neither the parameter nor its value.
#[derive(Deserialize)]
#[serde(try_from = "u32")]
struct Even;

impl TryFrom<u32> for Even {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, &'static str> {
        if number % 2 == 0 { Ok(Self) } else { Err("expected an even number") }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Paper {
    Plain,
}

fn app() -> Router {
    let routes = Router::new()
        .route(
            "/jobs",
            post(async |_: ApiJson<Job>| StatusCode::CREATED).get(async |_: ApiQuery<Page>| "fine"),
        )
        .route("/jobs/{id}", get(async |ApiPath(id): ApiPath<u32>| id.to_string()))
        .route("/pairs/{a}/{b}", get(async |_: ApiPath<(u32, bool)>| "fine"))
        .route("/sizes/{size}/{paper}", get(async |_: ApiPath<Sheet>| "fine"))
        .route("/hosts/{address}/{port}", get(async |_: ApiPath<Host>| "fine"))
        .route("/even/{number}", get(async |_: ApiPath<Even>| "fine"))
        .route("/evens/{first}/{second}", get(async |_: ApiPath<(Even, Even)>| "fine"))
        .route("/forgotten/{size}", get(async |_: ApiPath<Sheet>| "fine"))
        .route("/lost/{a}", get(async |_: ApiPath<(u32, u32)>| "fine"))
        .route("/status/{status}", get(async |ApiPath(status): ApiPath<u16>| foreign(status)))
        .route("/axum-json", post(async |_: Json<Job>| "fine"))
        .route("/addresses", post(async |_: ApiJson<Address>| "fine"))
        .route("/sdk", get(async || ErrorObject::new(ErrorCode::NetworkError, "m")))
        .route("/http", get(async || Response::<Body>::from(ErrorObject::parameter_missing("a"))))
        .route("/panic", get(panics))
        .layer(RequestBodyLimitLayer::new(300))
        .layer(CatchPanicLayer::new());
    with_api_errors(routes)
}

async fn panics() -> Response {
    panic!("on purpose")
}

/// What a handler or layer sends that knows nothing of this API.
fn foreign(status: u16) -> Response {
    let headers = [
        ("retry-after", "7"),
        ("set-cookie", "a=1"),
        ("content-language", "en"),
        ("content-encoding", "x"),
    ];
    (StatusCode::from_u16(status).unwrap(), headers, "its own words").into_response()
}

async fn call(request: Request<Body>) -> (Response<()>, Vec<u8>) {
    let (parts, body) = app().oneshot(request).await.unwrap().into_parts();
    (Response::from_parts(parts, ()), to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

/// The response as code, param and message, after a check of its status and content type.
async fn error(request: Request<Body>) -> (ErrorCode, Option<String>, String) {
    let (response, body) = call(request).await;
    let object =
        ErrorResponse::from_slice(&body).unwrap_or_else(|error| panic!("{error}: {body:?}")).error;
    let code = object.code().known().unwrap();
    assert_eq!(Some(response.status().as_u16()), code.http_status());
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(*object.error_type(), code.error_type());
    (code, object.param().map(Into::into), object.message().into())
}

async fn posted(body: &str) -> (ErrorCode, Option<String>, String) {
    posted_to("/jobs", body).await
}

async fn posted_to(path: &str, body: &str) -> (ErrorCode, Option<String>, String) {
    error(
        Request::post(path)
            .header("content-type", "application/json")
            .body(body.to_owned().into())
            .unwrap(),
    )
    .await
}

async fn got(path: &str) -> (ErrorCode, Option<String>, String) {
    error(Request::get(path).body(Body::empty()).unwrap()).await
}

fn about(code: ErrorCode, param: &str, message: &str) -> (ErrorCode, Option<String>, String) {
    (code, Some(param.into()), message.into())
}

fn without_param(code: ErrorCode, message: &str) -> (ErrorCode, Option<String>, String) {
    (code, None, message.into())
}

#[tokio::test]
async fn the_parameter_at_fault_is_named_by_its_dotted_path() {
    use ErrorCode::{BodyIncorrectFormat, ParameterInvalid, ParameterMissing, ParameterUnknown};
    let missing = |param: &str| {
        about(ParameterMissing, param, &format!("Missing required parameter: {param}"))
    };
    assert_eq!(posted("{}").await, missing("id"));
    assert_eq!(
        posted(r#"{"id":1,"recipients":[{"name":"a"},{}]}"#).await,
        missing("recipients.1.name")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":[],"postage":{"letter":{}}}"#).await,
        missing("postage.letter.class")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":[{"nmae":"a"}]}"#).await,
        about(
            ParameterUnknown,
            "recipients.0.nmae",
            "Received unknown parameter: recipients.0.nmae (Did you mean recipients.0.name?)"
        ),
    );
    let invalid = |param: &str, why: &str| {
        about(ParameterInvalid, param, &format!("Invalid value for parameter: {param} ({why})"))
    };
    assert_eq!(
        posted(r#"{"id":-1}"#).await,
        invalid("id", "expected a whole number from 0 to 4294967295")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":3}"#).await,
        invalid("recipients", "expected a list")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":["a"]}"#).await,
        invalid("recipients.0", "expected an object")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":[],"postage":"pigeon"}"#).await,
        invalid("postage", "expected one of letter, parcel")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":[],"postage":{"letter":[1]}}"#).await,
        invalid("postage.letter", "expected an object")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":[],"postage":{"letter":{"class":-1}}}"#).await,
        invalid("postage.letter.class", "expected a whole number from 0 to 255")
    );
    assert_eq!(posted(r#"{"id":1,"id":2}"#).await, invalid("id", "it occurs twice"));
    assert_eq!(
        posted(r#"{"id":1,"recipients":[{"name":"a","name":"b"}]}"#).await,
        invalid("recipients.0.name", "it occurs twice")
    );
    // All of it is at fault.
    let wrong = |why: &str| {
        without_param(BodyIncorrectFormat, &format!("The request body has the wrong format: {why}"))
    };
    assert_eq!(posted("3").await, wrong("expected an object"));
    assert_eq!(
        posted("").await,
        wrong("it is not valid JSON: EOF while parsing a value at line 1 column 0")
    );
    assert_eq!(
        posted(r#"{"id":1,"recipients":[]} x"#).await,
        wrong("it is not valid JSON: trailing characters at line 1 column 26")
    );
    // Valid JSON by RFC 8259, though no Unicode text.
    assert_eq!(posted(r#"{"id":"\ud800"}"#).await, invalid("id", "expected text in valid Unicode"));
    // A type's own words stay on the server. The object has the right kind, so a value is invalid.
    assert_eq!(
        posted_to("/addresses", r#"{"lines":[""]}"#).await,
        without_param(
            ParameterInvalid,
            "The request body has the wrong form: a value in it is invalid"
        )
    );
    // Nothing of the value that was sent comes back.
    assert!(!posted(r#"{"id":"sk_secret"}"#).await.2.contains("secret"));
}

#[tokio::test]
async fn the_same_holds_for_queries_and_paths() {
    use ErrorCode::{InternalError, ParameterInvalid, ParameterMissing, ParameterUnknown};
    assert_eq!(
        got("/jobs").await,
        about(ParameterMissing, "after", "Missing required parameter: after")
    );
    assert_eq!(got("/jobs?after=a&limit=-1").await.0, ParameterInvalid);
    assert_eq!(got("/jobs?after=a&limit=-1").await.1.as_deref(), Some("limit"));
    assert_eq!(
        got("/jobs?after=a&lmit=1").await,
        about(ParameterUnknown, "lmit", "Received unknown parameter: lmit (Did you mean limit?)"),
    );
    assert_eq!(
        got("/jobs?after=a&after=b").await,
        about(ParameterInvalid, "after", "Invalid value for parameter: after (it occurs twice)")
    );
    assert_eq!(
        got("/jobs/x").await,
        about(
            ParameterInvalid,
            "id",
            "Invalid value for parameter: id (expected a whole number from 0 to 4294967295)"
        )
    );
    assert_eq!(
        got("/pairs/1/maybe").await,
        about(ParameterInvalid, "b", "Invalid value for parameter: b (expected true or false)")
    );
    assert_eq!(
        got("/sizes/big/plain").await,
        about(
            ParameterInvalid,
            "size",
            "Invalid value for parameter: size (expected a whole number from 0 to 255)"
        )
    );
    assert_eq!(
        got("/sizes/4/shiny").await,
        about(ParameterInvalid, "paper", "Invalid value for parameter: paper (expected plain)")
    );
    assert_eq!(
        got("/jobs/%ff").await,
        about(ParameterInvalid, "id", "Invalid value for parameter: id (expected text in UTF-8)")
    );
    assert_eq!(
        got("/hosts/1.2.3/80").await,
        about(ParameterInvalid, "address", "Invalid value for parameter: address")
    );
    let odd = |param: &str| {
        about(ParameterInvalid, param, &format!("Invalid value for parameter: {param}"))
    };
    assert_eq!(got("/even/3").await, odd("number"));
    assert_eq!(got("/evens/2/3").await, odd("second"));
    // The handler's own mistake is not a fault of the request.
    let internal =
        without_param(InternalError, "An internal server error occurred on Intelliprint’s side.");
    assert_eq!(got("/forgotten/4").await, internal);
    assert_eq!(got("/lost/1").await, internal);
}

#[tokio::test]
async fn content_types_are_json_or_rejected() {
    let body = r#"{"id":1,"recipients":[]}"#;
    for content_type in
        ["application/json", "APPLICATION/JSON; charset=utf-8", "application/vnd.print+json"]
    {
        let request =
            Request::post("/jobs").header("content-type", content_type).body(body.into()).unwrap();
        assert_eq!(call(request).await.0.status(), StatusCode::CREATED, "{content_type}");
    }
    let expected = without_param(
        ErrorCode::BodyIncorrectFormat,
        "The request body has the wrong format: its content type is not application/json",
    );
    for content_type in ["text/json", "application/jsonx", "application/xml", ""] {
        let request =
            Request::post("/jobs").header("content-type", content_type).body(body.into()).unwrap();
        assert_eq!(error(request).await, expected, "{content_type}");
    }
    assert_eq!(error(Request::post("/jobs").body(body.into()).unwrap()).await, expected);
    // A body of another type is not read, so nobody sees that it is too large.
    let long = Request::post("/jobs").header("content-type", "text/plain");
    assert_eq!(error(long.body("x".repeat(301).into()).unwrap()).await, expected);
}

#[tokio::test]
async fn routes_methods_limits_panics_and_sdk_names() {
    assert_eq!(
        got("/nothing?a=b").await,
        without_param(ErrorCode::NotFound, "No such resource exists: GET /nothing")
    );
    // Methods differ in their letter case (RFC 9110), so a method is shown as it came.
    let brew = Request::builder().method("brew").uri("/nothing").body(Body::empty()).unwrap();
    assert_eq!(error(brew).await.2, "No such resource exists: brew /nothing");
    // tower-http's own 413, by the header, before any extractor; then by the bytes that come.
    let long = "x".repeat(301);
    let declared =
        Request::post("/jobs").header("content-length", "301").body(long.clone().into()).unwrap();
    assert_eq!(error(declared).await.0, ErrorCode::BodyTooLarge);
    assert_eq!(
        posted(&long).await,
        without_param(ErrorCode::BodyTooLarge, "The request body is too large")
    );
    // axum's own extractor: 422 as text.
    let axums = Request::post("/axum-json")
        .header("content-type", "application/json")
        .body("{}".into())
        .unwrap();
    assert_eq!(error(axums).await.0, ErrorCode::BodyIncorrectFormat);
    // A response that was made by way of the crate `http` is ours as well.
    assert_eq!(got("/http").await.1.as_deref(), Some("a"));
    assert_eq!(got("/panic").await.0, ErrorCode::InternalError);
    assert_eq!(got("/sdk").await, without_param(ErrorCode::InternalError, "m"));
}
