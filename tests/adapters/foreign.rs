//! Error responses that the API did not make: one table, by hand, through both frameworks.

use std::collections::BTreeMap;

use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};

/// What came out: status, headers with every value of each, body.
#[derive(Debug, PartialEq)]
struct Left {
    status: u16,
    headers: BTreeMap<String, Vec<String>>,
    body: Vec<u8>,
}

impl Left {
    /// The frameworks differ in who writes the length. If there is one, it must be the body's.
    #[track_caller]
    fn new(status: u16, mut headers: BTreeMap<String, Vec<String>>, body: Vec<u8>) -> Self {
        if let Some(length) = headers.remove("content-length") {
            assert_eq!(length, [body.len().to_string()]);
        }
        Self { status, headers, body }
    }

    fn values(&self, name: &str) -> Vec<&str> {
        self.headers.get(name).into_iter().flatten().map(String::as_str).collect()
    }

    #[track_caller]
    fn error(&self) -> ErrorObject {
        let decoded = ErrorResponse::from_slice(&self.body);
        decoded.unwrap_or_else(|error| panic!("{error}: {self:?}")).error
    }

    #[track_caller]
    fn code(&self) -> String {
        self.error().code().to_string()
    }
}

/// A response of the inner service, and the request for it.
#[derive(Clone)]
struct Case {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
    authorization: Option<&'static str>,
}

fn case(status: u16) -> Case {
    Case {
        status,
        headers: vec![],
        body: b"its own words".to_vec(),
        authorization: Some("Bearer key"),
    }
}

/// Both frameworks, which must agree.
fn run(case: &Case) -> Left {
    let axum = axum_side::run(case.clone());
    let actix = actix_side::run(case.clone());
    assert_eq!(axum, actix);
    axum
}

mod axum_side {
    use std::sync::mpsc::channel;

    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, Response, StatusCode};
    use axum::routing::get;
    use intelliprint_error::axum::{with_api_errors, with_api_errors_by};
    use intelliprint_error::{ErrorCode, ErrorObject};
    use tower::ServiceExt;

    use super::{Asked, Case, Left, Told};

    pub(super) fn run(case: Case) -> Left {
        let authorization = case.authorization;
        let respond = move || async move {
            let mut response = Response::builder().status(case.status);
            for (name, value) in case.headers {
                response = response.header(name, value);
            }
            response.body(Body::from(case.body)).unwrap()
        };
        let app: Router =
            with_api_errors(Router::new().route("/v0/prints", axum::routing::get(respond)));
        let mut request = Request::get("/v0/prints");
        if let Some(key) = authorization {
            request = request.header("authorization", key);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let (head, body) = response.into_parts();
            let mut headers = std::collections::BTreeMap::<String, Vec<String>>::new();
            for (name, value) in &head.headers {
                let values = headers.entry(name.to_string()).or_default();
                values.push(value.to_str().unwrap().to_owned());
            }
            let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Left::new(head.status.as_u16(), headers, body)
        })
    }

    pub(super) fn told((method, uri, headers): Asked) -> Option<Told> {
        let (sender, told) = channel();
        let routes = Router::new()
            .route("/ours", get(async || ErrorObject::from(ErrorCode::Refused)))
            .route("/fine", get(async || "fine"))
            .fallback(async || StatusCode::IM_A_TEAPOT);
        let app: Router = with_api_errors_by(routes, move |foreign| {
            sender.send(Told::new(foreign)).unwrap();
            None
        });
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(app.oneshot(request.body(Body::empty()).unwrap())).unwrap();
        told.try_recv().ok()
    }
}

mod actix_side {
    use std::sync::mpsc::channel;

    use actix_web::http::StatusCode;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, HttpResponse, web};
    use intelliprint_error::actix_web::{ForeignError, only_api_errors, only_api_errors_by};
    use intelliprint_error::{ErrorCode, ErrorObject};

    use super::{Asked, Case, Left, Told};

    pub(super) fn run(case: Case) -> Left {
        actix_web::rt::System::new().block_on(async {
            let authorization = case.authorization;
            let respond = move || {
                let case = case.clone();
                async move {
                    let status = StatusCode::from_u16(case.status).unwrap();
                    let mut response = HttpResponse::build(status);
                    for header in case.headers {
                        response.append_header(header);
                    }
                    response.body(case.body)
                }
            };
            let app = App::new()
                .wrap(from_fn(only_api_errors))
                .route("/v0/prints", web::get().to(respond));
            let mut request = TestRequest::get().uri("/v0/prints");
            if let Some(key) = authorization {
                request = request.insert_header(("authorization", key));
            }
            let response = call_service(&init_service(app).await, request.to_request()).await;
            let status = response.status().as_u16();
            let mut headers = std::collections::BTreeMap::<String, Vec<String>>::new();
            for (name, value) in response.headers() {
                let values = headers.entry(name.to_string()).or_default();
                values.push(value.to_str().unwrap().to_owned());
            }
            Left::new(status, headers, read_body(response).await.to_vec())
        })
    }

    pub(super) fn told((method, uri, headers): Asked) -> Option<Told> {
        let (sender, told) = channel();
        let refused = async || Err::<&str, _>(ErrorObject::from(ErrorCode::Refused));
        let mapping = move |foreign: &ForeignError| {
            sender.send(Told::new(foreign)).unwrap();
            None
        };
        actix_web::rt::System::new().block_on(async {
            let app = App::new()
                .wrap(from_fn(only_api_errors_by(mapping)))
                .route("/ours", web::get().to(refused))
                .route("/fine", web::get().to(async || "fine"))
                .default_service(web::to(async || HttpResponse::ImATeapot()));
            let mut request = TestRequest::with_uri(uri).method(method.parse().unwrap());
            for header in headers {
                request = request.append_header(*header);
            }
            call_service(&init_service(app).await, request.to_request()).await;
        });
        told.try_recv().ok()
    }
}

/// A request: method, URI and headers.
type Asked = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What a mapping is told about a response.
#[derive(Debug, PartialEq)]
struct Told {
    status: u16,
    method: String,
    path: String,
    has_authorization: bool,
}

impl Told {
    fn new(foreign: &intelliprint_error::axum::ForeignError) -> Self {
        Self {
            status: foreign.status(),
            method: foreign.method().into(),
            path: foreign.path().into(),
            has_authorization: foreign.has_authorization(),
        }
    }
}

#[test]
fn a_mapping_is_told_of_the_request_as_the_client_sent_it() {
    let cases: [(Asked, _, _, _); 7] = [
        (("GET", "/v0/prints?limit=7", &[]), "GET", "/v0/prints", false),
        (("HEAD", "/", &[]), "HEAD", "/", false),
        (("brew", "/a%20b/%C3%A9", &[]), "brew", "/a%20b/%C3%A9", false),
        (("GET", "/", &[("authorization", "Bearer key")]), "GET", "/", true),
        (("GET", "/", &[("Authorization", "")]), "GET", "/", true),
        // Other credentials are no API key.
        (("GET", "/", &[("proxy-authorization", "Basic eA==")]), "GET", "/", false),
        (("GET", "/", &[("cookie", "authorization=1"), ("x-api-key", "k")]), "GET", "/", false),
    ];
    for (asked, method, path, has_authorization) in cases {
        let told =
            Told { status: 418, method: method.into(), path: path.into(), has_authorization };
        let told = Some(told);
        assert_eq!(axum_side::told(asked), told, "{asked:?}");
        assert_eq!(actix_side::told(asked), told, "{asked:?}");
    }
}

#[test]
fn a_mapping_is_told_nothing_of_our_own_errors() {
    for uri in ["/ours", "/fine"] {
        let asked = ("GET", uri, &[][..]);
        assert_eq!((axum_side::told(asked), actix_side::told(asked)), (None, None), "{uri}");
    }
}

/// The design's table. A response whose status has no code passes unchanged.
fn code_of(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "parameter_invalid",
        401 => "invalid_api_key",
        402 => "payment_error",
        403 => "forbidden",
        404 => "not_found",
        405 => "not_found",
        408 => "internal_error",
        411 => "body_incorrect_format",
        413 => "body_too_large",
        414 => "parameter_invalid",
        415 => "body_incorrect_format",
        422 => "body_incorrect_format",
        429 => "rate_limited",
        500..=599 => "internal_error",
        _ => return None,
    })
}

#[test]
fn the_status_never_changes_and_the_code_is_the_tables() {
    for status in 400..=599 {
        let left = run(&case(status));
        assert_eq!(left.status, status);
        let Some(code) = code_of(status) else {
            assert_eq!((left.headers.len(), &*left.body), (0, &b"its own words"[..]), "{status}");
            continue;
        };
        assert_eq!(left.code(), code, "{status}");
        // The API's own words where they are known, else the description.
        let message = match status {
            404 | 405 => "No such resource exists: GET /v0/prints",
            413 => "The request body is too large",
            _ => code.parse::<ErrorCode>().unwrap().description(),
        };
        assert_eq!(left.error().message(), message, "{status}");
        assert_eq!(left.error().param(), None, "{status}");
        let challenge: &[_] = if status == 401 { &["Bearer"] } else { &[] };
        assert_eq!(left.values("content-type"), ["application/json"], "{status}");
        assert_eq!(left.values("www-authenticate"), challenge, "{status}");
        assert_eq!(left.headers.len(), 1 + challenge.len(), "{status}");
    }
    // A response that is not an error passes, whatever its body.
    for status in [200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 307, 308, 399] {
        let plain = Case { body: vec![], ..case(status) };
        assert_eq!(run(&plain), Left { status, headers: BTreeMap::new(), body: vec![] });
    }
}

#[test]
fn a_401_depends_on_the_key_and_carries_a_challenge() {
    let without_key = run(&Case { authorization: None, ..case(401) });
    assert_eq!(without_key.code(), "no_api_key");
    assert_eq!(without_key.values("www-authenticate"), ["Bearer"]);
    // An `Authorization` without a value counts as a key, too.
    let empty = run(&Case { authorization: Some(""), ..case(401) });
    assert_eq!(empty.code(), "invalid_api_key");
    let own = Case { headers: vec![("www-authenticate", "Basic realm=\"x\"")], ..case(401) };
    assert_eq!(run(&own).values("www-authenticate"), ["Basic realm=\"x\""]);
    assert_eq!(run(&case(403)).values("www-authenticate"), [""; 0]);
}

#[test]
fn headers_about_the_body_go_and_each_value_of_the_others_stays() {
    let about_body = [
        ("content-type", "text/html"),
        ("content-encoding", "gzip"),
        ("content-language", "en"),
        ("content-language", "cy"),
        ("content-location", "/x"),
        ("content-range", "bytes 0-1/2"),
        ("content-disposition", "attachment"),
        ("content-md5", "x"),
        ("content-digest", "x"),
        ("repr-digest", "x"),
        ("digest", "x"),
        ("trailer", "x"),
        ("etag", "\"x\""),
        ("last-modified", "x"),
        ("accept-ranges", "bytes"),
    ];
    let others = [
        ("connection", "close"),
        ("cross-origin-resource-policy", "same-site"),
        ("idempotency-key", "7"),
        ("nel", "{}"),
        ("referrer-policy", "no-referrer"),
        ("report-to", "{}"),
        ("x-frame-options", "DENY"),
        ("x-ratelimit-remaining", "0"),
        ("x-request-id", "req_2"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("allow", "GET"),
        ("retry-after", "7"),
        ("vary", "origin"),
        ("vary", "accept"),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", "*"),
        ("content-security-policy", "default-src 'none'"),
        ("access-control-expose-headers", "request-id"),
        ("age", "7"),
        ("alt-svc", "h3=\":443\""),
        ("clear-site-data", "*"),
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("deprecation", "@1"),
        ("expires", "0"),
        ("link", "</>; rel=\"help\""),
        ("location", "/elsewhere"),
        ("proxy-authenticate", "Basic"),
        ("ratelimit", "\"default\";r=0;t=7"),
        ("request-id", "req_1"),
        ("server", "proxy"),
        ("server-timing", "miss"),
        ("strict-transport-security", "max-age=1"),
        ("traceparent", "00-1-2-00"),
        ("via", "1.1 proxy"),
        ("warning", "199 - x"),
        ("x-content-type-options", "nosniff"),
        ("x-own", "1"),
    ];
    let all = [&about_body[..], &others].concat();
    let left = run(&Case { headers: all.clone(), ..case(503) });
    assert_eq!(left.code(), "internal_error");
    for (name, _) in &about_body[1..] {
        assert_eq!(left.values(name), [""; 0], "{name}");
    }
    assert_eq!(left.values("content-type"), ["application/json"]);
    // A response that passes keeps all of them.
    let passed = run(&Case { headers: all.clone(), ..case(409) });
    for (left, headers) in [(left, &others[..]), (passed, &all[..])] {
        for (name, _) in headers {
            let of_name = headers.iter().filter(|(other, _)| other == name);
            assert_eq!(left.values(name), Vec::from_iter(of_name.map(|(_, value)| *value)));
        }
    }
}

/// A server would write the right length. A layer around this one, such as one that compresses or
/// logs, reads the response before.
#[test]
fn the_length_of_a_replaced_body_goes() {
    let own = Case { headers: vec![("content-length", "13")], ..case(503) };
    assert_eq!(own.body.len(), 13);
    assert_eq!(run(&own).code(), "internal_error");
    assert_eq!(run(&Case { status: 409, ..own }).body, b"its own words");
}

const REFUSED: &[u8] = br#" {"error":{"message":"At its limit","type":"invalid_request_error","code":"refused","param":null,"doc_url":"x"}}"#;

#[test]
fn an_error_of_this_api_passes_untouched() {
    for content_type in
        ["application/json", "Application/JSON; charset=utf-8", "application/x+json"]
    {
        let headers = vec![
            ("content-type", content_type),
            ("etag", "\"x\""),
            ("retry-after", "7"),
            ("request-id", "req_1"),
            ("set-cookie", "a=1"),
            ("content-language", "en"),
        ];
        for status in [403, 401, 500] {
            let left =
                run(&Case { headers: headers.clone(), body: REFUSED.to_vec(), ..case(status) });
            assert_eq!((left.status, &left.body[..]), (status, REFUSED));
            for (name, value) in &headers {
                assert_eq!(left.values(name), [*value]);
            }
            assert_eq!(left.headers.len(), headers.len(), "no header is added");
        }
    }
    // Also an error of a newer server, with names that this version does not know.
    let newer = br#"{"error":{"message":"m","type":"quota_error","code":"quota_exhausted"}}"#;
    let headers = vec![("content-type", "application/json")];
    assert_eq!(run(&Case { headers, body: newer.to_vec(), ..case(403) }).body, newer);
    // Not JSON by its type, no API error, or longer than 64 KiB: not ours.
    let json = vec![("content-type", "application/json")];
    let long = [REFUSED, " ".repeat(64 * 1024).as_bytes()].concat();
    for (headers, body) in [
        (vec![("content-type", "text/plain")], REFUSED.to_vec()),
        (vec![("content-type", "image/x+json")], REFUSED.to_vec()),
        (vec![("content-type", "applications/x+json")], REFUSED.to_vec()),
        (vec![], REFUSED.to_vec()),
        (json.clone(), br#"{"title":"Forbidden","status":403}"#.to_vec()),
        (json.clone(), vec![]),
        (json.clone(), long),
    ] {
        assert_eq!(run(&Case { headers, body, ..case(403) }).code(), "forbidden");
    }
    // Encoded, it cannot be looked at.
    let encoded = Case {
        headers: [&json[..], &[("content-encoding", "gzip")]].concat(),
        body: b"\x1f\x8b\x08".to_vec(),
        ..case(403)
    };
    assert_eq!(run(&encoded).code(), "forbidden");
    assert_eq!(run(&encoded).values("content-encoding"), [""; 0]);
    // 64 KiB exactly, and one byte more.
    for (len, code) in [(64 << 10, "refused"), ((64 << 10) + 1, "forbidden")] {
        let body = [REFUSED, " ".repeat(len - REFUSED.len()).as_bytes()].concat();
        assert_eq!(run(&Case { headers: json.clone(), body, ..case(403) }).code(), code, "{len}");
    }
    // Without a code in the table even a long one passes whole.
    let long = "x".repeat(100_000).into_bytes();
    let passed = run(&Case { headers: json, body: long.clone(), ..case(409) });
    assert_eq!(passed.body, long);
}
