//! The example server and the example client, over a loopback port: every code of the API is provoked, through the
//! client and as plain bytes, and a proxy is in between.

use std::collections::BTreeSet;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use backon::ExponentialBuilder;
use intelliprint_error::emit::Artefact;
use intelliprint_error::{ApiError, ErrorCode, ErrorObject, Origin, Retry, RetryAfter};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

#[path = "../../examples/client_reqwest.rs"]
#[expect(dead_code, reason = "`main` is not called")]
mod client;
#[path = "../../examples/server_axum.rs"]
mod server;

use server::Limits;

const ROOMY: Limits =
    Limits { requests_per_minute: 1000, body_bytes: 200, prints: 5, balance_pence: 100 };

/// A request, and the response that it must get.
struct Case {
    code: ErrorCode,
    param: Option<&'static str>,
    limits: Limits,
    method: Method,
    path: &'static str,
    key: Option<&'static str>,
    content_type: &'static str,
    body: String,
    /// The example has no use for anything but its content, so what else must hold is in the message.
    message: &'static str,
}

impl Case {
    fn post(code: ErrorCode, body: &str, message: &'static str) -> Self {
        Self {
            code,
            param: None,
            limits: ROOMY,
            method: Method::POST,
            path: "/v0/prints",
            key: Some("key_full"),
            content_type: "application/json",
            body: body.into(),
            message,
        }
    }

    fn get(code: ErrorCode, path: &'static str, message: &'static str) -> Self {
        Self { method: Method::GET, path, ..Self::post(code, "", message) }
    }

    fn about(self, param: &'static str) -> Self {
        Self { param: Some(param), ..self }
    }

    fn with_key(self, key: Option<&'static str>) -> Self {
        Self { key, ..self }
    }

    fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

fn cases() -> Vec<Case> {
    let file = r#"{"file":"a.pdf"}"#;
    let long = format!(r#"{{"file":"{}"}}"#, "a".repeat(200));
    vec![
        Case::post(
            ErrorCode::ParameterInvalid,
            r#"{"file":"a.pdf","postage":{"service":"pigeon"}}"#,
            "Invalid value for parameter: postage.service (expected one of second_class, first_class)",
        )
        .about("postage.service"),
        Case::post(
            ErrorCode::ParameterInvalid,
            r#"{"file":7}"#,
            "Invalid value for parameter: file (expected text)",
        )
        .about("file"),
        Case::post(
            ErrorCode::ParameterInvalid,
            r#"{"file":"a","file":"b"}"#,
            "Invalid value for parameter: file (it occurs twice)",
        )
        .about("file"),
        Case::get(
            ErrorCode::ParameterInvalid,
            "/v0/prints?limit=ten",
            "Invalid value for parameter: limit (expected a whole number from 0 to 18446744073709551615)",
        )
        .about("limit"),
        Case::post(ErrorCode::ParameterMissing, "{}", "Missing required parameter: file").about("file"),
        Case::post(
            ErrorCode::ParameterUnknown,
            r#"{"file":"a.pdf","confimred":true}"#,
            "Received unknown parameter: confimred (Did you mean confirmed?)",
        )
        .about("confimred"),
        Case::post(
            ErrorCode::ParameterUnknown,
            r#"{"file":"a.pdf","postage":{"servise":"x"}}"#,
            "Received unknown parameter: postage.servise (Did you mean postage.service?)",
        )
        .about("postage.servise"),
        Case::get(ErrorCode::ParameterUnknown, "/v0/prints?page=2", "Received unknown parameter: page").about("page"),
        Case::post(ErrorCode::BodyTooLarge, &long, "The request body is too large"),
        Case::post(
            ErrorCode::BodyIncorrectFormat,
            r#"{"file":"#,
            "The request body has the wrong format: it is not valid JSON: EOF while parsing a value at line 1 column 8",
        ),
        Case::post(ErrorCode::BodyIncorrectFormat, "3", "The request body has the wrong format: expected an object"),
        Case {
            content_type: "text/plain",
            ..Case::post(
                ErrorCode::BodyIncorrectFormat,
                file,
                "The request body has the wrong format: its content type is not application/json",
            )
        },
        Case::post(ErrorCode::NoApiKey, file, "No API key was provided").with_key(None),
        Case::post(ErrorCode::InvalidApiKey, file, "The API key provided is invalid or has expired")
            .with_key(Some("key_old")),
        Case::post(
            ErrorCode::PaymentError,
            r#"{"file":"a.pdf","confirmed":true,"postage":{"service":"first_class"}}"#,
            "The account balance does not cover this print job",
        ),
        Case::get(ErrorCode::NotFound, "/v0/prints/print_9", "No such print exists: print_9"),
        Case::get(ErrorCode::NotFound, "/v0/nothing", "No such resource exists: GET /v0/nothing"),
        Case::post(ErrorCode::RateLimited, file, "Too many requests from this IP address")
            .within(Limits { requests_per_minute: 0, ..ROOMY }),
        // A panic.
        Case::get(
            ErrorCode::InternalError,
            "/v0/prints/print_1/preview",
            "An internal server error occurred on Intelliprint’s side.",
        ),
        Case::post(ErrorCode::Forbidden, file, "This API key may only read").with_key(Some("key_read_only")),
        Case::post(ErrorCode::Refused, file, "The account has reached its limit of prints")
            .within(Limits { prints: 0, ..ROOMY }),
    ]
}

async fn serve(limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = server::app(limits).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn once() -> ExponentialBuilder {
    ExponentialBuilder::default().with_max_times(0)
}

/// Through the example client.
async fn ask(case: &Case) -> ApiError {
    let url = format!("http://{}{}", serve(case.limits).await, case.path);
    let client = Client::new();
    let mut request =
        client.request(case.method.clone(), url).header("content-type", case.content_type);
    if let Some(key) = case.key {
        request = request.bearer_auth(key);
    }
    let request = request.body(case.body.clone()).build().unwrap();
    client::send(&client, request, once()).await.unwrap_err()
}

/// As bytes on a socket: the head, lower-cased, and the body of the response.
async fn ask_plainly(case: &Case) -> (String, Vec<u8>) {
    let mut socket = TcpStream::connect(serve(case.limits).await).await.unwrap();
    let Case { method, path, content_type, body, .. } = case;
    let key = case.key.map(|key| format!("Authorization: Bearer {key}\r\n")).unwrap_or_default();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{key}Content-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    socket.read_to_end(&mut response).await.unwrap();
    let end = response.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(response[..end].to_vec()).unwrap().to_lowercase();
    (head, response[end + 4..].to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_of_the_api_is_provoked_and_understood() {
    // The panic that the server is asked for says so on its own thread.
    let schema: Value = serde_json::from_str(&Artefact::Schema.render()).unwrap();
    let strict = jsonschema::draft202012::new(&schema).unwrap();
    let mut provoked = BTreeSet::new();
    for case in cases() {
        let status = case.code.http_status().unwrap();

        let error = ask(&case).await;
        let object = error.object().unwrap_or_else(|| panic!("{}: {error}", case.code));
        assert_eq!((error.code(), error.status()), (Some(case.code), Some(status)), "{error}");
        assert_eq!((object.message(), object.param()), (case.message, case.param));
        assert_eq!(error.request_id(), Some("req_1"));
        assert_eq!(error.retry_after().is_some(), case.code == ErrorCode::RateLimited);
        if let Some(delay) = error.retry_after().and_then(RetryAfter::delay) {
            let window = Duration::from_secs(1)..=Duration::from_secs(60);
            assert!(window.contains(&delay), "{delay:?}");
        }
        let report = client::report(&error);
        assert!(report.contains(case.code.as_str()) && report.contains("req_1"), "{report}");

        let (head, body) = ask_plainly(&case).await;
        assert!(head.starts_with(&format!("http/1.1 {status} ")), "{head}");
        assert!(head.contains("\r\ncontent-type: application/json"), "{head}");
        assert!(head.contains(&format!("\r\ncontent-length: {}", body.len())), "{head}");
        assert!(head.contains("\r\nrequest-id: req_1"), "{head}");
        let value: Value = serde_json::from_slice(&body).unwrap();
        strict.validate(&value).unwrap();
        assert_eq!(value["error"]["code"], case.code.as_str());
        provoked.insert(case.code.as_str());
    }
    let of_api: BTreeSet<_> = ErrorCode::ALL
        .iter()
        .filter(|code| code.origin() == Origin::Api)
        .map(|code| code.as_str())
        .collect();
    assert_eq!(provoked, of_api);
    println!("provoked {} codes: {provoked:?}", provoked.len());
}

/// A server that counts its connections and always responds with these bytes.
async fn respond_always(response: &'static [u8]) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            counter.fetch_add(1, Ordering::SeqCst);
            let mut buffer = [0; 4096];
            let _ = socket.read(&mut buffer).await;
            let _ = socket.write_all(response).await;
            let _ = socket.shutdown().await;
        }
    });
    (address, count)
}

const BAD_GATEWAY: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 50\r\nConnection: close\r\n\r\n<html>\r\n<h1>502 Bad Gateway</h1>\r\nnginx\r\n</html>\r\n";

const BUSY: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 73\r\nConnection: close\r\n\r\n{\"error\":{\"message\":\"slow\",\"type\":\"rate_limited\",\"code\":\"rate_limited\"}} ";

fn thrice() -> ExponentialBuilder {
    ExponentialBuilder::default().with_min_delay(Duration::from_millis(1)).with_max_times(3)
}

#[tokio::test]
async fn a_proxys_page_is_kept_and_a_letter_is_never_posted_twice() {
    let (address, count) = respond_always(BAD_GATEWAY).await;
    let client = Client::new();
    let url = format!("http://{address}/v0/prints");
    // What may have taken effect is sent once.
    let request = client.post(&url).body("{}").build().unwrap();
    let error = client::send(&client, request, thrice()).await.unwrap_err();
    assert_eq!(count.swap(0, Ordering::SeqCst), 1);
    assert_eq!(
        (error.status(), error.code(), error.retry()),
        (Some(502), None, Retry::IfIdempotent)
    );
    assert_eq!(error.body(), Some(&BAD_GATEWAY[BAD_GATEWAY.len() - 50..]));
    let report = client::report(&error);
    assert!(
        report.contains(
            r"HTTP 502: not an Intelliprint error, but a body of 50 bytes: <html>\r\n<h1>502 Bad Gateway</h1>"
        ),
        "{report}"
    );
    // What can have no second effect is sent again, as often as agreed.
    let request = client.get(&url).build().unwrap();
    client::send(&client, request, thrice()).await.unwrap_err();
    assert_eq!(count.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn what_was_turned_away_is_sent_again_whatever_it_is() {
    let (address, count) = respond_always(BUSY).await;
    let client = Client::new();
    let request = client.post(format!("http://{address}/")).body("{}").build().unwrap();
    let error = client::send(&client, request, thrice()).await.unwrap_err();
    assert_eq!((error.code(), count.load(Ordering::SeqCst)), (Some(ErrorCode::RateLimited), 4));
    assert_eq!(error.retry_after(), Some(&RetryAfter::new("0")));
}

#[tokio::test]
async fn no_response_keeps_the_clients_own_error() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::new();
    let error =
        client::send(&client, client.post(&url).build().unwrap(), once()).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some(ErrorCode::NetworkError), None));
    let cause = error.source().unwrap().downcast_ref::<reqwest::Error>().unwrap();
    assert!(cause.is_connect());
}

/// ureq returns the types of `http`.
#[tokio::test]
async fn it_works_with_the_types_of_ureq() {
    let (address, _) = respond_always(BUSY).await;
    let response = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let response = agent.get(format!("http://{address}/")).call().unwrap();
        let (parts, mut body) = response.into_parts();
        http::Response::from_parts(parts, body.read_to_vec().unwrap())
    });
    let error = ApiError::from_response(&response.await.unwrap());
    assert_eq!((error.code(), error.status()), (Some(ErrorCode::RateLimited), Some(429)));
}

/// The log has the cause, and the client does not.
#[tokio::test]
async fn the_example_logs_the_code_and_the_cause() {
    #[derive(Clone, Default)]
    struct Log(Arc<std::sync::Mutex<Vec<u8>>>);
    impl std::io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
    let path = "/v0/prints/print_1/file";
    let _guard = tracing::subscriber::set_default(subscriber);
    let description = "An internal error occurred";
    // tracing asks once who listens to an event, and another test may be logging the same event for
    // the first time at this moment. So tracing is told to ask again until the event arrives.
    for _ in 0..50 {
        tracing::callsite::rebuild_interest_cache();
        let (_, body) = ask_plainly(&Case::get(ErrorCode::InternalError, path, description)).await;
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains(description) && !body.contains("spool"), "{body}");
        if !log.0.lock().unwrap().is_empty() {
            break;
        }
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for part in [
        "WARN",
        "status=500",
        r#"code="internal_error""#,
        r#"id="req_1""#,
        r#"cause="cannot read spool/"#,
        "os error 2",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
}

/// Sends a request straight to the app, from this address and with this header `Authorization`.
async fn ask_from(
    app: &axum::Router,
    address: &str,
    authorization: Option<&str>,
) -> (u16, http::HeaderMap, String) {
    let mut request = Request::get("/v0/prints");
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let address = SocketAddr::new(address.parse().unwrap(), 1);
    request.extensions_mut().insert(ConnectInfo(address));
    let (head, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, 64 * 1024).await.unwrap();
    (head.status.as_u16(), head.headers, String::from_utf8(body.to_vec()).unwrap())
}

const FULL: Option<&str> = Some("Bearer key_full");

/// Requests of one address do not use up the rate of another. The test's clock stands still until it
/// is moved.
#[tokio::test(start_paused = true)]
async fn each_address_has_a_rate_of_its_own_and_a_new_one_each_minute() {
    let app = server::app(Limits { requests_per_minute: 2, ..ROOMY });
    for (address, status) in
        [("192.0.2.1", 200), ("192.0.2.2", 200), ("192.0.2.1", 200), ("192.0.2.1", 429)]
    {
        assert_eq!(ask_from(&app, address, FULL).await.0, status, "{address}");
    }
    tokio::time::advance(Duration::from_millis(20_500)).await;
    let (_, headers, _) = ask_from(&app, "192.0.2.1", FULL).await;
    // Less would be too short: 39.5 s are left.
    assert_eq!(headers["retry-after"], "40");
    tokio::time::advance(Duration::from_millis(39_499)).await;
    assert_eq!(ask_from(&app, "192.0.2.1", FULL).await.0, 429);
    tokio::time::advance(Duration::from_millis(1)).await;
    for status in [200, 200, 429] {
        assert_eq!(ask_from(&app, "192.0.2.1", FULL).await.0, status);
    }
}

#[tokio::test]
async fn a_key_is_a_bearer_token_that_the_server_knows() {
    let app = server::app(ROOMY);
    for (authorization, status, code) in [
        (FULL, 200, ""),
        (Some("Bearer key_read_only"), 200, ""),
        (Some("Bearer key_fully"), 401, "invalid_api_key"),
        (Some("Bearer KEY_FULL"), 401, "invalid_api_key"),
        (Some("Basic key_full"), 401, "no_api_key"),
        (Some("key_full"), 401, "no_api_key"),
        (Some(""), 401, "no_api_key"),
        (None, 401, "no_api_key"),
    ] {
        let (got, headers, body) = ask_from(&app, "192.0.2.1", authorization).await;
        assert_eq!(got, status, "{authorization:?}");
        assert_eq!(headers.contains_key("www-authenticate"), status == 401, "{authorization:?}");
        assert!(body.contains(code), "{authorization:?}: {body}");
    }
    // Keys cannot be guessed faster than the rate permits.
    let limited = server::app(Limits { requests_per_minute: 0, ..ROOMY });
    for authorization in [None, Some("Bearer key_old")] {
        assert_eq!(ask_from(&limited, "192.0.2.1", authorization).await.0, 429);
    }
}

#[tokio::test]
async fn each_response_has_an_id_of_its_own() {
    let app = server::app(ROOMY);
    for (authorization, id) in [(FULL, "req_1"), (None, "req_2"), (FULL, "req_3")] {
        assert_eq!(ask_from(&app, "192.0.2.1", authorization).await.1["request-id"], id);
    }
}

/// Two letters of the second class, which is the default, for 160 pence.
#[tokio::test]
async fn json_costs_what_its_postage_does() {
    let address = serve(Limits { balance_pence: 160, ..ROOMY }).await;
    let (url, client) = (format!("http://{address}/v0/prints"), Client::new());
    for (body, expected) in [
        (r#"{"file":"a.pdf"}"#, r#"{"id":"print_1","file":"a.pdf","confirmed":false}"#),
        (
            r#"{"file":"b.pdf","confirmed":true}"#,
            r#"{"id":"print_2","file":"b.pdf","confirmed":true}"#,
        ),
        (
            r#"{"file":"c.pdf","confirmed":true,"postage":{"service":"first_class"}}"#,
            "The account balance does not cover this print job",
        ),
        (
            r#"{"file":"d.pdf","confirmed":true,"postage":{}}"#,
            r#"{"id":"print_3","file":"d.pdf","confirmed":true}"#,
        ),
        (
            r#"{"file":"e.pdf","confirmed":true}"#,
            "The account balance does not cover this print job",
        ),
    ] {
        let post = client.post(&url).bearer_auth("key_full");
        let post = post.header("content-type", "application/json").body(body).send().await;
        let text = post.unwrap().text().await.unwrap();
        assert!(text.contains(expected), "{body}: {text}");
    }
}

#[tokio::test]
async fn an_id_is_repeated_to_its_hundredth_character() {
    let url = format!("http://{}/v0/prints/{}", serve(ROOMY).await, "x".repeat(101));
    let response = Client::new().get(url).bearer_auth("key_full").send().await.unwrap();
    let error = ApiError::from_parts(404, None, response.bytes().await.unwrap());
    let expected = format!("No such print exists: {}", "x".repeat(100));
    assert_eq!(error.object().map(ErrorObject::message), Some(&*expected));
}

#[tokio::test]
async fn a_list_has_no_more_prints_than_the_client_asks_for() {
    let (url, client) = (format!("http://{}/v0/prints", serve(ROOMY).await), Client::new());
    for file in ["a.pdf", "b.pdf"] {
        let post = client.post(&url).bearer_auth("key_full").json(&json!({ "file": file }));
        post.send().await.unwrap();
    }
    let get = async |rest: &str| {
        let response = client.get(format!("{url}{rest}")).bearer_auth("key_full").send().await;
        response.unwrap().text().await.unwrap()
    };
    let (a, b) = (
        r#"{"id":"print_1","file":"a.pdf","confirmed":false}"#,
        r#"{"id":"print_2","file":"b.pdf","confirmed":false}"#,
    );
    for (query, expected) in [
        ("", format!("[{a},{b}]")),
        ("?limit=1", format!("[{a}]")),
        ("?limit=0", "[]".into()),
        ("?limit=3", format!("[{a},{b}]")),
    ] {
        assert_eq!(get(query).await, expected);
    }
    for (path, expected) in [("/print_2", b), ("/print_", "No such print exists: print_")] {
        let text = get(path).await;
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn a_list_has_ten_prints_if_the_client_names_no_limit() {
    let limits = Limits { prints: 12, ..ROOMY };
    let (url, client) = (format!("http://{}/v0/prints", serve(limits).await), Client::new());
    for _ in 0..12 {
        let post = client.post(&url).bearer_auth("key_full").json(&json!({ "file": "a.pdf" }));
        assert_eq!(post.send().await.unwrap().status(), 201);
    }
    for (query, last) in [("", "print_10"), ("?limit=11", "print_11")] {
        let get = client.get(format!("{url}{query}")).bearer_auth("key_full").send().await;
        let prints: Vec<serde_json::Value> = get.unwrap().json().await.unwrap();
        assert_eq!(prints.last().unwrap()["id"], last, "{query}");
    }
}

/// The fields of `multipart/form-data` in order, and what the server makes of them. The account has 200
/// pence: a draft costs nothing, the second class 80, and the first class 120.
#[tokio::test]
async fn a_form_is_checked_as_json_is_and_costs_what_its_postage_does() {
    let address = serve(Limits { balance_pence: 200, prints: 50, body_bytes: 5000, ..ROOMY }).await;
    let client = Client::new();
    let (file, first, second) = (
        ("file", "a.pdf"),
        ("postage.service", "first_class"),
        ("postage.service", "second_class"),
    );
    let confirmed = ("confirmed", "true");
    let unpaid = "The account balance does not cover this print job";
    for (fields, expected) in [
        (&[][..], "Missing required parameter: file"),
        (&[confirmed], "Missing required parameter: file"),
        (
            &[file, ("confirmed", "yes")],
            "Invalid value for parameter: confirmed (expected true or false)",
        ),
        (
            &[file, ("postage.service", "pigeon")],
            "Invalid value for parameter: postage.service (expected one of second_class, first_class)",
        ),
        (
            &[file, ("confimred", "true")],
            "Received unknown parameter: confimred (Did you mean confirmed?)",
        ),
        (&[file, ("file", "b.pdf")], "Invalid value for parameter: file (it occurs twice)"),
        (&[file, confirmed, confirmed], "Invalid value for parameter: confirmed (it occurs twice)"),
        (&[file, first, ("confirmed", "false")], r#""confirmed":false"#),
        (&[file, first], r#""confirmed":false"#),
        (&[file, first, confirmed], r#""confirmed":true"#),
        (&[file, first, confirmed], unpaid),
        (&[file, second, confirmed], r#""confirmed":true"#),
        (&[file, second, confirmed], unpaid),
        (&[file], r#""file":"a.pdf""#),
    ] {
        let parts = fields.iter().map(|(name, value)| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        });
        let request = client
            .post(format!("http://{address}/v0/prints"))
            .bearer_auth("key_full")
            .header("content-type", "multipart/form-data; boundary=b")
            .body(parts.collect::<String>() + "--b--\r\n");
        let text = request.send().await.unwrap().text().await.unwrap();
        assert!(text.contains(expected), "{fields:?}: {text}");
    }
}

/// As the official Node SDK posts it: `multipart/form-data`, all of it before it reads.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_read_and_one_of_5_mb_is_too_large_in_50_of_50_tries() {
    let post = |address: SocketAddr, field: &str, content: Vec<u8>| {
        let start = format!(
            "--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
        );
        let body = [start.as_bytes(), &content, b"\r\n--b--\r\n"].concat();
        let head = format!(
            "POST /v0/prints HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer key_full\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        tokio::task::spawn_blocking(move || -> std::io::Result<String> {
            let mut socket = std::net::TcpStream::connect(address)?;
            std::io::Write::write_all(&mut socket, head.as_bytes())?;
            std::io::Write::write_all(&mut socket, &body)?;
            let mut text = String::new();
            std::io::Read::read_to_string(&mut socket, &mut text)?;
            Ok(text)
        })
    };
    let address = serve(ROOMY).await;
    let made = post(address, "file", b"%PDF".into()).await.unwrap().unwrap();
    assert!(made.starts_with("HTTP/1.1 201 ") && made.contains(r#""file":"a.pdf""#), "{made}");
    let unknown = post(address, "flie", b"%PDF".into()).await.unwrap().unwrap();
    assert!(
        unknown.contains(r#""Received unknown parameter: flie (Did you mean file?)""#),
        "{unknown}"
    );
    for attempt in 0..50 {
        let text = post(address, "file", vec![b'x'; 5_000_000]).await.unwrap();
        let text = text.unwrap_or_else(|error| panic!("{attempt}: {error}"));
        assert!(text.starts_with("HTTP/1.1 413 "), "{attempt}: {text}");
        assert!(text.contains(r#""code":"body_too_large""#), "{attempt}: {text}");
    }
}
