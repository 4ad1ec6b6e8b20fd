//! Requests as bytes on a socket: both frameworks, one table, the same responses.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::Duration;

use intelliprint_error::ErrorResponse;
use serde::Deserialize;

#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Page {
    limit: u8,
}

const LIMIT: usize = 1000;

const REFUSED: &str =
    r#"{"error":{"message":"At its limit","type":"invalid_request_error","code":"refused"}}"#;

/// Each server, once for all tests.
static SERVERS: LazyLock<[(&str, SocketAddr); 2]> =
    LazyLock::new(|| [("axum", axum_side::serve(true)), ("actix-web", actix_side::serve(true))]);

/// The extractors alone, without the layer and the middleware around them.
static BARE_SERVERS: LazyLock<[(&str, SocketAddr); 2]> = LazyLock::new(|| {
    [("bare axum", axum_side::serve(false)), ("bare actix-web", actix_side::serve(false))]
});

mod axum_side {
    use axum::Router;
    use axum::extract::{DefaultBodyLimit, Multipart};
    use axum::http::{Response, StatusCode};
    use axum::routing::{get, post};
    use intelliprint_error::axum::{
        ApiForm, ApiJson, ApiPath, ApiQuery, ServerError, with_api_errors,
    };

    use super::*;

    async fn multipart(mut multipart: Multipart) -> Result<&'static str, ErrorResponse> {
        while let Some(field) = multipart.next_field().await? {
            field.bytes().await?;
        }
        Ok("fine")
    }

    fn app(has_layer: bool) -> Router {
        let routes = Router::new()
            .route("/json", post(async |_: ApiJson<Page>| "fine"))
            .route("/form", post(async |_: ApiForm<Page>| "fine"))
            .route("/multipart", post(multipart))
            .route("/query", get(async |_: ApiQuery<Page>| "fine"))
            .route("/path/{name}", get(async |ApiPath(name): ApiPath<String>| name))
            .route("/number/{id}", get(async |_: ApiPath<u8>| "fine"))
            .route(
                "/status/{status}",
                get(async |ApiPath(status): ApiPath<u16>| {
                    (StatusCode::from_u16(status).unwrap(), "its own words")
                }),
            )
            .route("/ours", get(async || proxied("application/json", REFUSED)))
            .route("/empty", get(async || proxied("application/json", "")))
            .route("/page", get(async || proxied("text/html", "<h1>Bad Gateway</h1>")))
            .route("/internal", get(async || ServerError::internal("db-3 is down")))
            .layer(DefaultBodyLimit::max(LIMIT));
        if has_layer { with_api_errors(routes) } else { routes }
    }

    /// As a reverse proxy passes a response on: chunked by its header, whole by its body.
    fn proxied(content_type: &str, body: &'static str) -> Response<String> {
        Response::builder()
            .status(502)
            .header("transfer-encoding", "chunked")
            .header("content-type", content_type)
            .header("etag", "\"1\"")
            .body(body.to_owned())
            .unwrap()
    }

    pub(super) fn serve(has_layer: bool) -> SocketAddr {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
                sender.send(listener.local_addr().unwrap()).unwrap();
                axum::serve(listener, app(has_layer)).await.unwrap();
            });
        });
        receiver.recv().unwrap()
    }
}

mod actix_side {
    use actix_web::http::StatusCode;
    use actix_web::middleware::{Condition, from_fn};
    use actix_web::{App, HttpResponse, HttpServer, web};
    use intelliprint_error::actix_web::{
        ApiForm, ApiJson, ApiPath, ApiQuery, ServerError, configure, only_api_errors,
    };

    use super::*;

    fn routes(config: &mut web::ServiceConfig) {
        config
            .service(web::resource("/json").post(async |_: ApiJson<Page>| "fine"))
            .service(web::resource("/form").post(async |_: ApiForm<Page>| "fine"))
            .service(web::resource("/query").get(async |_: ApiQuery<Page>| "fine"))
            .service(web::resource("/path/{name}").get(async |name: ApiPath<String>| name.0))
            .service(web::resource("/number/{id}").get(async |_: ApiPath<u8>| "fine"))
            .service(web::resource("/status/{status}").to(async |status: ApiPath<u16>| {
                HttpResponse::build(StatusCode::from_u16(status.0).unwrap()).body("its own words")
            }))
            .service(web::resource("/ours").to(async || proxied("application/json", REFUSED)))
            .service(web::resource("/empty").to(async || proxied("application/json", "")))
            .service(
                web::resource("/page").to(async || proxied("text/html", "<h1>Bad Gateway</h1>")),
            )
            .service(
                web::resource("/internal")
                    .to(async || Err::<HttpResponse, _>(ServerError::internal("db-3 is down"))),
            );
    }

    fn proxied(content_type: &str, body: &'static str) -> HttpResponse {
        HttpResponse::BadGateway()
            .insert_header(("transfer-encoding", "chunked"))
            .insert_header(("etag", "\"1\""))
            .content_type(content_type)
            .body(body)
    }

    pub(super) fn serve(has_layer: bool) -> SocketAddr {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || {
                    App::new()
                        .wrap(Condition::new(has_layer, from_fn(only_api_errors)))
                        .app_data(web::PayloadConfig::new(LIMIT))
                        .configure(configure)
                        .configure(routes)
                };
                // With actix-web's own handlers, neither Ctrl-C nor SIGTERM would end the tests.
                let server = HttpServer::new(app).workers(1).disable_signals();
                let server = server.bind(("127.0.0.1", 0)).unwrap();
                sender.send(server.addrs()[0]).unwrap();
                server.run().await.unwrap();
            });
        });
        receiver.recv().unwrap()
    }
}

/// A response as it is on the wire.
#[derive(Debug)]
struct Received {
    status: u16,
    headers: BTreeMap<String, Vec<String>>,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|values| values[0].as_str())
    }

    #[track_caller]
    fn code(&self) -> String {
        let decoded = ErrorResponse::from_slice(&self.body);
        decoded.unwrap_or_else(|error| panic!("{error}: {self:?}")).error.code().to_string()
    }
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self(BufReader::new(socket))
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// Reads one response, whose length must be as its head says.
    fn read(&mut self, is_head: bool) -> Received {
        let status = self.line();
        let mut headers = BTreeMap::<String, Vec<String>>::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(':') else { break };
            let values = headers.entry(name.to_lowercase()).or_default();
            values.push(value.trim().to_owned());
        }
        assert!(!headers.contains_key("transfer-encoding"), "{headers:?}");
        let length = headers.get("content-length").map_or(0, |values| values[0].parse().unwrap());
        let mut body = vec![0; if is_head { 0 } else { length }];
        self.0.read_exact(&mut body).unwrap();
        let status = status.split(' ').nth(1).unwrap_or_else(|| panic!("{status:?}"));
        Received { status: status.parse().unwrap(), headers, body }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// Sends a request to both servers, which must respond alike.
#[track_caller]
fn exchange(head: &str, body: &[u8]) -> Received {
    let [axum, actix] = SERVERS.map(|(name, address)| {
        let mut connection = Connection::open(address);
        let length = body.len();
        connection
            .write(format!("{head}\r\nHost: x\r\nContent-Length: {length}\r\n\r\n").as_bytes());
        connection.write(body);
        let received = connection.read(head.starts_with("HEAD "));
        assert!(received.body.len() <= 4096, "{name}: {received:?}");
        received
    });
    assert_eq!((axum.status, text(&axum)), (actix.status, text(&actix)), "{head}");
    assert_eq!(axum.header("www-authenticate"), actix.header("www-authenticate"), "{head}");
    if ErrorResponse::from_slice(&axum.body).is_ok() {
        assert_eq!(axum.header("content-type"), actix.header("content-type"), "{head}");
    }
    axum
}

fn text(received: &Received) -> String {
    String::from_utf8(received.body.clone()).unwrap()
}

const JSON: &str = "\r\nContent-Type: application/json";
const FORM: &str = "\r\nContent-Type: application/x-www-form-urlencoded";

#[test]
fn both_frameworks_respond_alike() {
    for (head, body, status, code, param) in [
        (format!("POST /json HTTP/1.1{JSON}"), "{\"limit\":1}", 200, "", ""),
        (format!("POST /json HTTP/1.1{JSON}; charset=utf-8"), "{\"limit\":1}", 200, "", ""),
        (format!("POST /json?x=%FF HTTP/1.1{JSON}"), "{\"limit\":1}", 200, "", ""),
        // Of several headers of one name the first counts.
        (format!("POST /json HTTP/1.1{JSON}{FORM}"), "{\"limit\":1}", 200, "", ""),
        (
            format!("POST /json HTTP/1.1{FORM}{JSON}"),
            "{\"limit\":1}",
            422,
            "body_incorrect_format",
            "",
        ),
        (
            format!("POST /json HTTP/1.1{JSON}"),
            "\u{feff}{\"limit\":1}",
            422,
            "body_incorrect_format",
            "",
        ),
        (format!("POST /json HTTP/1.1{JSON}"), "", 422, "body_incorrect_format", ""),
        (format!("POST /json HTTP/1.1{JSON}"), "[1]", 422, "body_incorrect_format", ""),
        (
            format!("POST /json HTTP/1.1{JSON}"),
            "{\"limit\":null}",
            400,
            "parameter_invalid",
            "limit",
        ),
        (format!("POST /json HTTP/1.1{JSON}"), "{}", 400, "parameter_missing", "limit"),
        ("POST /json HTTP/1.1".into(), "{\"limit\":1}", 422, "body_incorrect_format", ""),
        (format!("POST /json HTTP/1.1{FORM}"), "{\"limit\":1}", 422, "body_incorrect_format", ""),
        (format!("POST /form HTTP/1.1{FORM}"), "limit=1", 200, "", ""),
        (format!("POST /form HTTP/1.1{FORM}; charset=utf-8"), "limit=1", 200, "", ""),
        (format!("POST /form HTTP/1.1{FORM}"), "limit=%2B1", 200, "", ""),
        (format!("POST /form HTTP/1.1{FORM}"), "limit=+1", 400, "parameter_invalid", "limit"),
        (
            format!("POST /form HTTP/1.1{FORM}"),
            "limit=1&limit=2",
            400,
            "parameter_invalid",
            "limit",
        ),
        (format!("POST /form HTTP/1.1{FORM}"), "limit=%FF", 400, "parameter_invalid", "limit"),
        (format!("POST /form HTTP/1.1{FORM}"), "&&=", 400, "parameter_missing", "limit"),
        ("GET /query?limit=1 HTTP/1.1".into(), "", 200, "", ""),
        ("GET /query?limit=256 HTTP/1.1".into(), "", 400, "parameter_invalid", "limit"),
        ("GET /query HTTP/1.1".into(), "", 400, "parameter_missing", "limit"),
        ("GET /number/256 HTTP/1.1".into(), "", 400, "parameter_invalid", "id"),
        ("GET /number/%FF HTTP/1.1".into(), "", 400, "parameter_invalid", "id"),
        ("GET /path/a%FFb HTTP/1.1".into(), "", 400, "parameter_invalid", "name"),
        ("GET /path/%EF%BF%BD HTTP/1.1".into(), "", 200, "", ""),
        // U+FFFD beside a percent sign that escapes nothing.
        ("GET /path/%EF%BF%BD%zz% HTTP/1.1".into(), "", 200, "", ""),
        ("GET /path/%EF%BF%BD%F HTTP/1.1".into(), "", 200, "", ""),
        ("GET /path/%EF%BF%BDaff HTTP/1.1".into(), "", 200, "", ""),
        ("GET /path/%EF%BF%BD%fF HTTP/1.1".into(), "", 400, "parameter_invalid", "name"),
        ("GET /path/a%2Fb%25%2B+c HTTP/1.1".into(), "", 200, "", ""),
        ("GET /path/ HTTP/1.1".into(), "", 404, "not_found", ""),
        ("GET /nothing/%FF?a=b HTTP/1.1".into(), "", 404, "not_found", ""),
        ("DELETE /json HTTP/1.1".into(), "", 405, "not_found", ""),
        ("GET /status/401 HTTP/1.1".into(), "", 401, "no_api_key", ""),
        (
            "GET /status/401 HTTP/1.1\r\nAuthorization: Bearer x".into(),
            "",
            401,
            "invalid_api_key",
            "",
        ),
        ("GET /status/503 HTTP/1.1".into(), "", 503, "internal_error", ""),
        ("GET /status/409 HTTP/1.1".into(), "", 409, "", ""),
        ("GET /internal HTTP/1.1".into(), "", 500, "internal_error", ""),
        ("GET /ours HTTP/1.1".into(), "", 502, "refused", ""),
        ("GET /page HTTP/1.1".into(), "", 502, "internal_error", ""),
    ] {
        let received = exchange(&head, body.as_bytes());
        assert_eq!(received.status, status, "{head} {body}: {received:?}");
        if !code.is_empty() {
            let error = ErrorResponse::from_slice(&received.body).unwrap().error;
            assert_eq!((error.code().as_str(), error.param().unwrap_or_default()), (code, param));
            assert_eq!(received.header("content-type"), Some("application/json"));
        }
        assert_eq!(received.header("www-authenticate"), (status == 401).then_some("Bearer"));
    }
    assert_eq!(text(&exchange("GET /path/a%2Fb%25%2B+c HTTP/1.1", b"")), "a/b%++c");
    assert_eq!(text(&exchange("GET /ours HTTP/1.1", b"")), REFUSED);
    // As the client sent it.
    let missing = text(&exchange("GET /nothing/%FF?a=b HTTP/1.1", b""));
    assert!(missing.contains("No such resource exists: GET /nothing/%FF\""), "{missing}");
    assert_eq!(exchange("DELETE /json HTTP/1.1", b"").header("allow"), Some("POST"));
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let missing = text(&exchange(&format!("{method} /nothing HTTP/1.1"), b""));
        let message = format!("\"No such resource exists: {method} /nothing\"");
        assert!(missing.contains(&message), "{missing}");
    }
}

#[test]
fn a_response_to_head_has_the_head_of_one_to_get_and_no_body() {
    for (name, address) in *SERVERS {
        for (path, status) in [("/status/404", 404), ("/status/503", 503), ("/internal", 500)] {
            let mut connection = Connection::open(address);
            let request = |method| format!("{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n");
            connection.write(request("HEAD").as_bytes());
            let head = connection.read(true);
            assert_eq!(
                (head.status, head.header("content-type")),
                (status, Some("application/json"))
            );
            // Bytes of a body would be read as the next response.
            connection.write(request("GET").as_bytes());
            let get = connection.read(false);
            assert_eq!(get.status, status);
            let length = head.header("content-length");
            assert!(length.is_none() || length == get.header("content-length"), "{name}: {head:?}");
        }
    }
}

/// A proxy passes on a response to HEAD without a body, so its JSON may be an error of this API.
#[test]
fn a_response_to_head_in_json_without_a_body_keeps_its_headers() {
    for (name, address) in *SERVERS {
        for (method, path, has_etag) in [
            ("GET", "/ours", true),
            ("HEAD", "/ours", true),
            ("GET", "/empty", false),
            ("HEAD", "/empty", true),
            ("GET", "/page", false),
            ("HEAD", "/page", false),
        ] {
            let mut connection = Connection::open(address);
            connection.write(format!("{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
            let received = connection.read(method == "HEAD");
            let found = (received.status, received.header("etag").is_some());
            assert_eq!(found, (502, has_etag), "{name}: {method} {path}");
        }
    }
}

#[test]
fn a_connection_stays_open_after_an_error() {
    for (name, address) in *SERVERS {
        let mut connection = Connection::open(address);
        for (body, status) in
            [("{", 422), ("{\"limit\":1}", 200), ("{}", 400), ("{\"limit\":1}", 200)]
        {
            let length = body.len();
            connection.write(
                format!(
                    "POST /json HTTP/1.1{JSON}\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}"
                )
                .as_bytes(),
            );
            assert_eq!(connection.read(false).status, status, "{name}: {body}");
        }
    }
}

/// All of a body is written before the response is read, with its length or in chunks.
#[test]
fn a_client_that_still_sends_sees_that_its_body_is_too_large_in_50_of_50_tries() {
    let filler = "x".repeat(5_000_000);
    for (name, address) in SERVERS.into_iter().chain(*BARE_SERVERS) {
        for attempt in 0..50 {
            let (path, content_type) =
                if attempt % 2 == 0 { ("/json", JSON) } else { ("/form", FORM) };
            let mut connection = Connection::open(address);
            let head = format!("POST {path} HTTP/1.1{content_type}\r\nHost: x");
            if attempt % 3 == 0 {
                connection
                    .write(format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n").as_bytes());
                for chunk in filler.as_bytes().chunks(100_000) {
                    connection.write(format!("{:x}\r\n", chunk.len()).as_bytes());
                    connection.write(chunk);
                    connection.write(b"\r\n");
                }
                connection.write(b"0\r\n\r\n");
            } else {
                let length = filler.len();
                connection.write(format!("{head}\r\nContent-Length: {length}\r\n\r\n").as_bytes());
                connection.write(filler.as_bytes());
            }
            let received = connection.read(false);
            assert_eq!(
                (received.status, &*received.code()),
                (413, "body_too_large"),
                "{name} {attempt}"
            );
        }
    }
}

#[test]
fn a_body_that_ends_too_early_has_the_wrong_format() {
    for (name, address) in *SERVERS {
        for (body, length) in [
            ("", 100),
            ("", 1),
            ("{\"limit\":", 100),
            ("{\"limit\":1}", 100),
            ("{\"limit\":1}", 12),
        ] {
            let mut connection = Connection::open(address);
            let head =
                format!("POST /json HTTP/1.1{JSON}\r\nHost: x\r\nContent-Length: {length}\r\n\r\n");
            connection.write(head.as_bytes());
            connection.write(body.as_bytes());
            connection.0.get_ref().shutdown(std::net::Shutdown::Write).unwrap();
            let received = connection.read(false);
            assert_eq!(received.status, 422, "{name}: {body}");
            let message = "The request body has the wrong format: it cannot be read to its end";
            assert!(text(&received).contains(message), "{name}: {received:?}");
        }
    }
}
