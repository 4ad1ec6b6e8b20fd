//! What must hold of any request to a server of either framework: its extractors never panic, every
//! error response is one of the API, short, with the status that it had, and both frameworks respond
//! alike.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::thread::LocalKey;

use actix_web::web as actix;
use arbitrary::Arbitrary;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::routing::{any, get};
use axum::{Json, Router};
use intelliprint_error::axum::{self as api, with_api_errors};
use intelliprint_error::{ErrorResponse, actix_web as api_actix};
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// A request. Most requests reach an extractor.
#[derive(Arbitrary, Debug)]
pub struct AnyRequest {
    method: u8,
    route: u8,
    tail: String,
    query: String,
    content_type: u8,
    headers: Vec<(u8, Vec<u8>)>,
    body: AnyBody,
}

#[derive(Arbitrary, Debug)]
enum AnyBody {
    Bytes(Vec<u8>),
    Json(AnyJson),
}

#[derive(Arbitrary, Debug)]
enum AnyJson {
    Null,
    Bool(bool),
    Whole(i64),
    Float(f64),
    Number(String),
    Text(String),
    List(Vec<AnyJson>),
    /// A field of the types below, or of any name.
    Object(Vec<(u8, String, AnyJson)>),
}

const FIELDS: [&str; 9] =
    ["id", "name", "lines", "postage", "service", "count", "ratio", "letter", "kind"];

impl AnyJson {
    fn write(&self, depth: u8, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(&value.to_string()),
            Self::Whole(number) => out.push_str(&number.to_string()),
            Self::Float(number) => out.push_str(&Value::from(*number).to_string()),
            Self::Number(digits) => {
                let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
                out.push_str(&format!("1{digits}e{}", digits.len() * 50));
            }
            Self::Text(text) => out.push_str(&Value::from(text.as_str()).to_string()),
            Self::List(_) | Self::Object(_) if depth == 0 => out.push_str("[]"),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    out.push(if at == 0 { '[' } else { ',' });
                    item.write(depth - 1, out);
                }
                out.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Self::Object(fields) => {
                for (at, (index, name, value)) in fields.iter().enumerate() {
                    out.push(if at == 0 { '{' } else { ',' });
                    let known = FIELDS.get(usize::from(*index));
                    let name = known.map_or(name.as_str(), |known| known);
                    out.push_str(&format!("{}:", Value::from(name)));
                    value.write(depth - 1, out);
                }
                out.push_str(if fields.is_empty() { "{}" } else { "}" });
            }
        }
    }
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Job {
    id: u8,
    name: Option<String>,
    #[serde(default)]
    lines: Vec<Line>,
    postage: Option<Postage>,
    kind: Option<Kind>,
    #[serde(default)]
    count: HashMap<i16, u64>,
}

#[derive(Deserialize, Debug)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Line {
    name: char,
    ratio: (f32, i64),
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "the extractors only read it")]
enum Postage {
    Letter { service: Option<bool> },
    Count(u32),
    Ratio(f64, f64),
    None,
}

#[derive(Deserialize, Debug)]
#[serde(untagged)]
#[expect(dead_code, reason = "the extractors only read it")]
enum Kind {
    Number(i128),
    Own(Own),
    List(Vec<Kind>),
}

#[derive(Deserialize, Debug)]
#[serde(try_from = "String")]
struct Own;

impl TryFrom<String> for Own {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() > 3 { Err(format!("secret of the server: {text}")) } else { Ok(Self) }
    }
}

/// The routes of both servers, with the sizes that a status has.
const ROUTES: [&str; 10] =
    ["/json", "/form", "/query", "/path", "/pair", "/own", "/status", "/echo", "/nothing", "/"];

fn axum_app() -> Router {
    async fn status(api::ApiPath(status): api::ApiPath<u16>) -> axum::http::Response<Body> {
        let status = 400 + status % 200;
        axum::http::Response::builder().status(status).body(Body::from("its own words")).unwrap()
    }
    /// As a proxy that passes on a response in JSON.
    async fn echo(
        api::ApiPath(status): api::ApiPath<u16>,
        body: axum::body::Bytes,
    ) -> axum::http::Response<Body> {
        axum::http::Response::builder()
            .status(400 + status % 200)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap()
    }
    with_api_errors(
        Router::new()
            .route("/json", any(async |_: api::ApiJson<Job>| "fine"))
            .route("/form", any(async |_: api::ApiForm<Job>| "fine"))
            .route("/query", any(async |_: api::ApiQuery<Job>| "fine"))
            .route("/path/{id}", any(async |_: api::ApiPath<Job>| "fine"))
            .route("/pair/{id}/{name}", any(async |_: api::ApiPath<(u8, Own)>| "fine"))
            .route("/own", get(async |_: Json<Job>| "fine"))
            .route("/status/{status}", any(status))
            .route("/echo/{status}", any(echo)),
    )
}

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "X-ANY"];
const TYPES: [&str; 5] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "application/problem+json; charset=x",
    "text/html",
    "",
];
const HEADERS: [&str; 5] =
    ["authorization", "accept", "content-length", "transfer-encoding", "x-own"];

/// A request without anything that a framework could not receive.
struct Parts {
    method: &'static str,
    uri: axum::http::Uri,
    headers: Vec<(&'static str, axum::http::HeaderValue)>,
    body: Vec<u8>,
}

impl AnyRequest {
    fn parts(&self) -> Option<Parts> {
        let route = ROUTES[usize::from(self.route) % ROUTES.len()];
        let escaped = |text: &str| -> String {
            text.bytes()
                .map(|byte| match byte {
                    b'!'..=b'~' if byte != b'#' && byte != b'?' => char::from(byte).to_string(),
                    byte => format!("%{byte:02x}"),
                })
                .collect()
        };
        let uri = format!("{route}/{}?{}", escaped(&self.tail), escaped(&self.query));
        let uri =
            if route.len() < 6 && self.tail.is_empty() { uri.replace("/?", "?") } else { uri };
        let mut headers = vec![];
        for (name, value) in &self.headers {
            let name = HEADERS[usize::from(*name) % HEADERS.len()];
            headers
                .extend(axum::http::HeaderValue::from_bytes(value).ok().map(|value| (name, value)));
        }
        let content_type = TYPES[usize::from(self.content_type) % TYPES.len()];
        if !content_type.is_empty() {
            headers.push(("content-type", content_type.parse().ok()?));
        }
        let body = match &self.body {
            AnyBody::Bytes(bytes) => bytes.clone(),
            AnyBody::Json(json) => {
                let mut text = String::new();
                json.write(6, &mut text);
                text.into()
            }
        };
        let method = METHODS[usize::from(self.method) % METHODS.len()];
        Some(Parts { method, uri: uri.parse().ok()?, headers, body })
    }
}

thread_local! {
    static AXUM: RefCell<(Runtime, Router)> = RefCell::new((
        tokio::runtime::Builder::new_current_thread().build().unwrap(),
        axum_app(),
    ));
    static ACTIX: RefCell<actix_web::rt::SystemRunner> = RefCell::new(actix_web::rt::System::new());
}

/// Sends a request to both servers.
pub fn extract(request: &AnyRequest) {
    let Some(parts) = request.parts() else { return };
    // These requests get the frameworks' own responses.
    let path = parts.uri.path();
    let is_echo = path.starts_with("/echo/");
    let is_status = is_echo || path.starts_with("/status/") || path.starts_with("/own");
    let uri = parts.uri.to_string();
    let sent = format!("{uri} {}", String::from_utf8_lossy(&parts.body));
    let axum = by_axum(&AXUM, &parts);
    let actix = by_actix(&ACTIX, &parts);
    for (status, body) in [&axum, &actix] {
        // An error of this API that a proxy forwards passes untouched, whatever names it has.
        let is_forwarded = is_echo && *body == parts.body && status_has_code(*status);
        if is_forwarded && !body.is_empty() {
            assert!(ErrorResponse::from_slice(body).is_ok(), "{status}");
        } else if !is_echo || status_has_code(*status) {
            assert_response(*status, body, &sent, is_status);
        }
    }
    // actix-web alone looks at the length that a header says.
    let has_length = parts.headers.iter().any(|(name, _)| *name == "content-length");
    let is_extracted = ["/json?", "/form?", "/query?", "/echo/", "/status/"];
    if !has_length && is_extracted.iter().any(|route| uri.starts_with(route)) {
        assert_eq!(axum, actix, "{uri}");
    }
}

fn status_has_code(status: u16) -> bool {
    matches!(status, 400..=405 | 408 | 411 | 413..=415 | 422 | 429 | 500..=599)
}

/// Asserts that a 4xx or 5xx is an error of the API, that its type and code belong together, that it
/// has at most 4 KiB, and that it has no words of the server's inside.
fn assert_response(status: u16, body: &[u8], sent: &str, is_status: bool) {
    if status < 400 {
        return;
    }
    assert!(body.len() <= 4096, "{} bytes", body.len());
    let text = String::from_utf8_lossy(body);
    // The response repeats the path, which may contain these words by chance.
    assert!(sent.contains("secret") || !text.contains("secret of the server"), "{text}");
    if !status_has_code(status) {
        assert_eq!(text, "its own words", "{status}");
        return;
    }
    let error =
        ErrorResponse::from_slice(body).unwrap_or_else(|why| panic!("{status} {why}: {text}"));
    let code = error.error.code().known().unwrap();
    assert_eq!(*error.error.error_type(), code.error_type());
    // Only a foreign response may have a status that is not the code's own.
    let is_foreign = is_status || matches!(status, 404 | 405);
    assert!(is_foreign || code.http_status() == Some(status), "{status}: {text}");
}

fn by_axum(server: &'static LocalKey<RefCell<(Runtime, Router)>>, parts: &Parts) -> (u16, Vec<u8>) {
    let mut request = Request::builder().method(parts.method).uri(parts.uri.clone());
    for (name, value) in &parts.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Body::from(parts.body.clone())).unwrap();
    server.with_borrow(|(runtime, app)| {
        runtime.block_on(async {
            let response = app.clone().oneshot(request).await.unwrap();
            let status = response.status().as_u16();
            (status, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
        })
    })
}

fn by_actix(
    server: &'static LocalKey<RefCell<actix_web::rt::SystemRunner>>,
    parts: &Parts,
) -> (u16, Vec<u8>) {
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, read_body, try_call_service};
    use actix_web::{App, HttpResponse};

    async fn status(path: api_actix::ApiPath<u16>) -> HttpResponse {
        let status = actix_web::http::StatusCode::from_u16(400 + path.0 % 200).unwrap();
        HttpResponse::build(status).body("its own words")
    }
    async fn echo(path: api_actix::ApiPath<u16>, body: actix::Bytes) -> HttpResponse {
        let status = actix_web::http::StatusCode::from_u16(400 + path.0 % 200).unwrap();
        HttpResponse::build(status).content_type("application/json").body(body)
    }
    server.with_borrow(|system| {
        system.block_on(async {
            let app = App::new()
                .wrap(from_fn(api_actix::only_api_errors))
                .configure(api_actix::configure)
                .route("/json", actix::to(async |_: api_actix::ApiJson<Job>| "fine"))
                .route("/form", actix::to(async |_: api_actix::ApiForm<Job>| "fine"))
                .route("/query", actix::to(async |_: api_actix::ApiQuery<Job>| "fine"))
                .route("/path/{id}", actix::to(async |_: api_actix::ApiPath<Job>| "fine"))
                .route(
                    "/pair/{id}/{name}",
                    actix::to(async |_: api_actix::ApiPath<(u8, Own)>| "fine"),
                )
                .route("/own", actix::get().to(async |_: actix::Json<Job>| "fine"))
                .route("/status/{status}", actix::to(status))
                .route("/echo/{status}", actix::to(echo));
            let app = init_service(app).await;
            let mut request = TestRequest::default()
                .method(actix_web::http::Method::from_bytes(parts.method.as_bytes()).unwrap())
                .uri(&parts.uri.to_string());
            for (name, value) in &parts.headers {
                request = request.append_header((*name, value.as_bytes().to_vec()));
            }
            let request = request.set_payload(parts.body.clone()).to_request();
            match try_call_service(&app, request).await {
                Ok(response) => (response.status().as_u16(), read_body(response).await.to_vec()),
                Err(error) => {
                    let response = error.error_response();
                    let status = response.status().as_u16();
                    let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
                    (status, body.to_vec())
                }
            }
        })
    })
}
