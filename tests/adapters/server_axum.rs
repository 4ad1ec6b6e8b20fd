//! What axum alone has: nesting, fallbacks, mappings, causes, and framing on a real socket.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Multipart, Path, Query};
use axum::http::{Request, Response, StatusCode, Version};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use intelliprint_error::axum::{
    ApiForm, ApiJson, ApiPath, ApiQuery, Cause, ForeignError, ServerError, with_api_errors,
    with_api_errors_by,
};
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

async fn ask(app: Router, method: &str, uri: &str) -> (StatusCode, http::HeaderMap, String) {
    let request = Request::builder().method(method).uri(uri).body(Body::empty()).unwrap();
    let (head, body) = app.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 64 * 1024).await.unwrap();
    (head.status, head.headers, String::from_utf8(body.to_vec()).unwrap())
}

fn message(body: &str) -> String {
    ErrorResponse::from_slice(body.as_bytes()).unwrap().error.message().to_owned()
}

#[tokio::test]
async fn a_path_is_named_as_the_client_sent_it() {
    let api = || with_api_errors(Router::new().route("/prints", get(async || "fine")));
    let nested = Router::new().nest("/v0", api());
    let (status, _, body) = ask(nested.clone(), "GET", "/v0/nope?a=b").await;
    assert_eq!(
        (status, message(&body).as_str()),
        (StatusCode::NOT_FOUND, "No such resource exists: GET /v0/nope")
    );
    let (status, headers, body) = ask(nested.clone(), "DELETE", "/v0/prints").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(headers["allow"], "GET,HEAD");
    assert_eq!(message(&body), "No such resource exists: DELETE /v0/prints");
    // Outside the API it is not the API's word.
    assert_eq!(ask(nested, "GET", "/nope").await.2, "");
    // The other way round, and not nested at all.
    let outer = with_api_errors(
        Router::new().nest("/v0", Router::new().route("/prints", get(async || "fine"))),
    );
    assert_eq!(
        message(&ask(outer, "GET", "/v0/nope").await.2),
        "No such resource exists: GET /v0/nope"
    );
    assert_eq!(message(&ask(api(), "GET", "/nope").await.2), "No such resource exists: GET /nope");
}

#[tokio::test]
async fn the_users_own_fallback_responds() {
    let app =
        |router: Router| with_api_errors(router.fallback(async || (StatusCode::OK, "a page")));
    let alone = app(Router::new().route("/prints", get(async || "fine")));
    assert_eq!(ask(alone.clone(), "GET", "/nope").await.2, "a page");
    let nested = Router::new().nest("/v0", alone);
    assert_eq!(ask(nested, "GET", "/v0/nope").await.2, "a page");
    // Two routers, of which one has a fallback.
    let merged = with_api_errors(Router::new().merge(Router::new().fallback(async || "merged")));
    assert_eq!(ask(merged, "GET", "/nope").await.2, "merged");
}

#[tokio::test]
async fn the_users_own_fallbacks_of_every_kind_respond() {
    use axum::routing::MethodRouter;

    let routes = || Router::new().route("/prints", get(async || "fine"));
    let page = || MethodRouter::<(), std::convert::Infallible>::new().get(async || "a page");
    // Of a service, of a router that is merged, of the outer router, and of a nested one.
    let of_service = with_api_errors(routes().fallback_service(page()));
    assert_eq!(ask(of_service, "GET", "/nope").await.2, "a page");
    let of_outer = with_api_errors(Router::new().nest("/v0", routes()).fallback(async || "a page"));
    assert_eq!(ask(of_outer, "GET", "/v0/nope").await.2, "a page");
    let inner = routes().fallback(async || (StatusCode::NOT_FOUND, "a page"));
    let of_inner = with_api_errors(Router::new().nest("/v0", inner));
    // The fallback's status is foreign, so the layer replaces its words and keeps the path whole.
    let (status, _, body) = ask(of_inner, "GET", "/v0/nope").await;
    assert_eq!(
        (status, message(&body).as_str()),
        (StatusCode::NOT_FOUND, "No such resource exists: GET /v0/nope")
    );
    // An API inside an app that has a fallback of its own.
    let app = Router::new().nest("/v0", with_api_errors(routes())).fallback(async || "a page");
    assert_eq!(ask(app.clone(), "GET", "/nope").await.2, "a page");
    assert!(message(&ask(app, "GET", "/v0/nope").await.2).ends_with("GET /v0/nope"));
    // The router's own 405.
    let own = routes().method_not_allowed_fallback(async || (StatusCode::OK, "use GET"));
    assert_eq!(ask(with_api_errors(own), "PUT", "/prints").await.2, "use GET");
    let merged = with_api_errors(routes().merge(Router::new().route("/jobs", post(async || ""))));
    let (status, headers, _) = ask(merged, "GET", "/jobs").await;
    assert_eq!((status.as_u16(), &headers["allow"]), (405, &"POST".parse().unwrap()));
    // Once inside another, the inner one's errors pass.
    let twice = with_api_errors(Router::new().nest("/v0", with_api_errors(routes())));
    assert!(message(&ask(twice, "GET", "/v0/nope").await.2).ends_with("GET /v0/nope"));
}

#[tokio::test]
async fn the_errors_of_layers_become_api_errors_and_keep_their_headers() {
    use std::time::Duration;
    use tower_http::catch_panic::CatchPanicLayer;
    use tower_http::cors::CorsLayer;
    use tower_http::limit::RequestBodyLimitLayer;
    use tower_http::timeout::TimeoutLayer;

    async fn panics() -> Response<Body> {
        panic!("vault key 7")
    }
    let timeout =
        TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_millis(10));
    let routes = Router::new()
        .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(60)).await))
        .route("/panic", get(panics))
        .route(
            "/stream",
            get(async || {
                let events = Body::from_stream(Endless);
                (StatusCode::INTERNAL_SERVER_ERROR, [("content-type", "text/event-stream")], events)
            }),
        )
        .route("/body", post(async |_: String| "fine"));
    let app = with_api_errors(
        routes
            .layer(timeout)
            .layer(CatchPanicLayer::new())
            .layer(RequestBodyLimitLayer::new(10))
            .layer(CorsLayer::permissive()),
    );
    for (request, status, code) in [
        (Request::get("/slow"), 504, "internal_error"),
        (Request::get("/panic"), 500, "internal_error"),
        (Request::get("/stream"), 500, "internal_error"),
        (Request::post("/body").header("content-length", "11"), 413, "body_too_large"),
    ] {
        let request = request.header("origin", "https://example.com").body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(response.headers()["content-type"], "application/json");
        let body = to_bytes(response.into_body(), 4096).await.unwrap();
        assert_eq!(ErrorResponse::from_slice(&body).unwrap().error.code().as_str(), code);
        assert!(!body.windows(5).any(|window| window == b"vault"));
    }
}

/// Events without an end.
struct Endless;

impl futures_core::Stream for Endless {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Ok(b"data: x\n\n".to_vec())))
    }
}

/// JSON that never ends is looked at up to 64 KiB, and JSON that fails in the middle is not ours.
#[tokio::test]
async fn a_json_response_that_does_not_end_well_is_replaced() {
    let json = [("content-type", "application/json")];
    let app = with_api_errors(
        Router::new()
            .route(
                "/endless",
                get(async move || (StatusCode::BAD_GATEWAY, json, Body::from_stream(Endless))),
            )
            .route(
                "/broken",
                get(async move || (StatusCode::BAD_GATEWAY, json, Body::from_stream(Broken))),
            ),
    );
    for path in ["/endless", "/broken"] {
        let (status, _, body) = ask(app.clone(), "GET", path).await;
        assert_eq!(status, StatusCode::BAD_GATEWAY);
        assert_eq!(message(&body), ErrorCode::InternalError.description());
    }
}

/// The response to a GET may be of this API, whatever its status.
#[tokio::test]
async fn json_to_head_passes_with_every_status() {
    let own = async |Path(status): Path<u16>| {
        let json = [("content-type", "application/json"), ("content-length", "70")];
        (StatusCode::from_u16(status).unwrap(), json)
    };
    let app = with_api_errors(Router::new().route("/{status}", get(own)));
    for status in [400, 401, 403, 404, 405, 413, 429, 500, 502] {
        let request = Request::head(format!("/{status}")).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["content-length"], "70", "{status}");
        assert!(!response.headers().contains_key("www-authenticate"), "{status}");
    }
}

/// A client that waits for `100 Continue` is not asked for a body that is too large by its length.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_waits_is_not_asked_to_send_too_large_a_body() {
    let app = with_api_errors(
        Router::new()
            .route("/", post(async |_: String| "fine"))
            .layer(tower_http::limit::RequestBodyLimitLayer::new(1000)),
    );
    let address = serve(app).await;
    let head = |length: usize| {
        format!(
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    // A server that asked would wait for ever.
    let request = head(5_000_000);
    let response = exchange(address, request.as_bytes());
    let response = tokio::time::timeout(std::time::Duration::from_secs(20), response);
    let response = response.await.unwrap().unwrap();
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
    assert!(response.contains("body_too_large"), "{response}");
    let response = exchange(address, (head(3) + "abc").as_bytes()).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 100 ") && response.contains("200 OK"), "{response}");
}

/// The rest is read at most once, by whichever comes first of the extractor and the layers.
#[tokio::test]
async fn at_most_8_mib_of_the_rest_are_read() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Counted(Arc<AtomicUsize>);
    impl futures_core::Stream for Counted {
        type Item = Result<Vec<u8>, std::io::Error>;
        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            if self.0.fetch_add(1 << 20, Ordering::SeqCst) >= 32 << 20 {
                return std::task::Poll::Ready(None);
            }
            std::task::Poll::Ready(Some(Ok(vec![b'x'; 1 << 20])))
        }
    }
    let inner = || Router::new().route("/", post(async |_: ApiJson<Page>| "fine"));
    for app in [
        inner(),
        with_api_errors(inner()),
        with_api_errors(with_api_errors(inner())),
        with_api_errors(Router::new().route("/", post(async |_: String| "fine"))),
    ] {
        // A client that waited for `100 Continue` sends, too, once the extractor began to read.
        for expect in [None, Some("100-continue")] {
            let count = Arc::new(AtomicUsize::new(0));
            let body = Body::from_stream(Counted(count.clone()));
            let mut request = Request::post("/").header("content-type", "application/json");
            if let Some(expect) = expect {
                request = request.header("expect", expect);
            }
            let response = app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
            assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
            // Up to the limit of 2 MB, the frame that crosses it, and 8 MiB.
            let count = count.load(Ordering::SeqCst) >> 20;
            assert!((10..=11).contains(&count), "{count} MiB, {expect:?}");
        }
    }
    // After any other error nothing is read.
    let app = with_api_errors(Router::new().route("/", post(async || StatusCode::BAD_REQUEST)));
    let count = Arc::new(AtomicUsize::new(0));
    let body = Body::from_stream(Counted(count.clone()));
    let response = app.oneshot(Request::post("/").body(body).unwrap()).await.unwrap();
    assert_eq!((response.status().as_u16(), count.load(Ordering::SeqCst)), (400, 0));
}

#[tokio::test]
async fn a_long_path_or_method_is_cut() {
    let app = with_api_errors(Router::new());
    let (_, _, body) = ask(app.clone(), "GET", &format!("/{}", "x".repeat(60_000))).await;
    assert_eq!(message(&body), format!("No such resource exists: GET /{}…", "x".repeat(99)));
    let (_, _, body) = ask(app, &"X".repeat(5_000), "/").await;
    assert_eq!(message(&body), format!("No such resource exists: {}… /", "X".repeat(100)));
}

#[tokio::test]
async fn an_error_of_a_handler_passes_with_every_method() {
    let own = axum::routing::any(async || ErrorObject::parameter_missing("a"));
    let app = with_api_errors(Router::new().route("/", own));
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"] {
        let (_, _, body) = ask(app.clone(), method, "/").await;
        assert_eq!(message(&body), "Missing required parameter: a", "{method}");
    }
}

#[tokio::test]
async fn a_mapping_replaces_rows_and_the_status_stays() {
    fn mapping(foreign: &ForeignError) -> Option<ErrorObject> {
        assert_eq!((foreign.method(), foreign.path()), ("GET", "/conflict"));
        match foreign.status() {
            409 => Some(ErrorObject::new(ErrorCode::Refused, "Already confirmed")),
            _ => foreign.default_error(),
        }
    }
    let routes = Router::new().route("/conflict", get(async || StatusCode::CONFLICT));
    let (status, _, body) =
        ask(with_api_errors_by(routes.clone(), mapping), "GET", "/conflict?a=b").await;
    assert_eq!((status, message(&body).as_str()), (StatusCode::CONFLICT, "Already confirmed"));
    let broken = get(async || (StatusCode::INTERNAL_SERVER_ERROR, "its own words"));
    let nothing = with_api_errors_by(routes.route("/broken", broken), |_| None);
    assert_eq!(ask(nothing.clone(), "GET", "/conflict").await.2, "");
    assert_eq!(ask(nothing, "GET", "/broken").await.2, "its own words");
}

/// A mapping that has an error for everything sees only 4xx and 5xx.
#[tokio::test]
async fn a_response_without_an_error_is_never_replaced() {
    let app = with_api_errors_by(
        Router::new().route(
            "/{status}",
            get(async |Path(status): Path<u16>| (StatusCode::from_u16(status).unwrap(), "its own")),
        ),
        |_| Some(ErrorObject::from(ErrorCode::Forbidden)),
    );
    for status in (200..400).chain([600, 999]) {
        let (got, _, body) = ask(app.clone(), "GET", &format!("/{status}")).await;
        assert_eq!((got.as_u16(), body.as_str()), (status, "its own"));
    }
    for status in [400, 499, 500, 599] {
        let (_, _, body) = ask(app.clone(), "GET", &format!("/{status}")).await;
        assert_eq!(message(&body), ErrorCode::Forbidden.description());
    }
}

/// A layer outside reads what the handler noted for it, beside the error.
#[tokio::test]
async fn what_a_handler_noted_stays_in_the_extensions() {
    #[derive(Clone, Debug, PartialEq)]
    struct Note(u8);

    let noted = async |Path(status): Path<u16>| {
        let json = [("content-type", "application/json")];
        (StatusCode::from_u16(status).unwrap(), json, axum::Extension(Note(7)), "its own")
    };
    let app = with_api_errors(Router::new().route("/{status}", get(noted)));
    for (status, code) in [(200, None), (409, None), (503, Some(ErrorCode::InternalError))] {
        let request = Request::get(format!("/{status}")).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.extensions().get(), Some(&Note(7)), "{status}");
        let error = response.extensions().get::<ErrorObject>();
        assert_eq!(error.map(|error| error.code().clone()), code.map(Into::into), "{status}");
    }
}

/// The extractor gets the error of a limit around the layer as it is, so the response is a 413.
#[tokio::test]
async fn a_limit_outside_the_layer_is_one_of_the_body() {
    use tower_http::limit::RequestBodyLimitLayer;

    let app = with_api_errors(
        Router::new()
            .route("/json", post(async |_: ApiJson<Page>| "fine"))
            .route("/text", post(async |_: String| "fine")),
    );
    let app = app.layer(RequestBodyLimitLayer::new(10));
    for path in ["/json", "/text"] {
        // No header tells the length.
        let request = Request::post(path).header("content-type", "application/json");
        let request = request.body(Body::from_stream(Endless)).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let body = to_bytes(response.into_body(), 4096).await.unwrap();
        assert_eq!(message(std::str::from_utf8(&body).unwrap()), "The request body is too large");
    }
}

/// An app's own error, as thiserror would derive it.
#[derive(Debug)]
struct VaultClosed;

impl std::fmt::Display for VaultClosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cannot open vault key 7 at db-3")
    }
}

impl std::error::Error for VaultClosed {}

#[tokio::test]
async fn a_cause_is_in_the_extensions_and_never_in_the_response() {
    async fn handler(
        json: Result<ApiJson<u8>, ErrorResponse>,
    ) -> Result<&'static str, ServerError> {
        if json?.0 == 0 {
            return Err(ServerError::from(ErrorCode::Refused).with_cause(VaultClosed));
        }
        Err(ServerError::internal(VaultClosed))
    }
    const PROXIED: &str =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"refused"}}"#;
    let proxied = async || (StatusCode::FORBIDDEN, [("content-type", "application/json")], PROXIED);
    let sdk = async || Err::<&str, _>(ErrorObject::new(ErrorCode::NetworkError, "no connection"));
    let long = async || Err::<&str, _>(ErrorObject::new(ErrorCode::Refused, "m".repeat(5000)));
    let routes = Router::new().route("/", post(handler)).route("/proxied", get(proxied));
    let routes = routes.route("/sdk", get(sdk)).route("/long", get(long));
    let app = with_api_errors(routes);
    for (body, code, has_cause) in [
        ("1", ErrorCode::InternalError, true),
        ("0", ErrorCode::Refused, true),
        ("x", ErrorCode::BodyIncorrectFormat, false),
    ] {
        let request = Request::post("/").header("content-type", "application/json");
        let response = app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        assert_eq!(Some(response.status().as_u16()), code.http_status());
        let object = response.extensions().get::<ErrorObject>().unwrap().clone();
        assert_eq!(*object.code(), code);
        let cause = response.extensions().get::<Cause>();
        assert_eq!(cause.is_some(), has_cause);
        if let Some(cause) = cause {
            assert_eq!(cause.to_string(), "cannot open vault key 7 at db-3");
            assert!(cause.get().downcast_ref::<VaultClosed>().is_some());
        }
        assert!(!format!("{:?}", response.headers()).contains("vault"));
        let body = to_bytes(response.into_body(), 4096).await.unwrap();
        assert!(!body.windows(5).any(|window| window == b"vault"));
        assert_eq!(ErrorResponse::from_slice(&body).unwrap().error, object);
    }
    // The layer's own errors are there, too, and those of this API that a proxy forwards.
    // The log has what was sent: neither a name of SDKs, nor the whole of a message that was cut.
    for (uri, code) in [
        ("/nope", ErrorCode::NotFound),
        ("/proxied", ErrorCode::Refused),
        ("/sdk", ErrorCode::InternalError),
        ("/long", ErrorCode::Refused),
    ] {
        let request = Request::get(uri).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        let object = response.extensions().get::<ErrorObject>().unwrap().clone();
        assert_eq!(*object.code(), code);
        let body = to_bytes(response.into_body(), 4096).await.unwrap();
        assert_eq!(ErrorResponse::from_slice(&body).unwrap().error, object);
    }
}

#[derive(Deserialize)]
struct Page {
    limit: u8,
}

#[tokio::test]
async fn an_extractor_is_optional_where_nothing_was_sent() {
    let app = Router::new()
        .route("/json", post(async |json: Option<ApiJson<Page>>| json.is_some().to_string()))
        .route("/form", post(async |form: Option<ApiForm<Page>>| form.is_some().to_string()))
        .route("/query", post(async |query: Option<ApiQuery<Page>>| query.is_some().to_string()))
        .route("/path", post(async |path: Option<ApiPath<u8>>| path.is_some().to_string()))
        .route("/path/{limit}", post(async |path: Option<ApiPath<u8>>| path.is_some().to_string()));
    for (uri, content_type, body, expected) in [
        ("/json", "", "", "false"),
        ("/json", "application/json", r#"{"limit":1}"#, "true"),
        ("/json", "application/json", "", "body_incorrect_format"),
        ("/json", "text/plain", "x", "body_incorrect_format"),
        ("/json", "", "x", "body_incorrect_format"),
        ("/form", "", "", "false"),
        ("/form", "", "x", "body_incorrect_format"),
        ("/form", "application/x-www-form-urlencoded", "limit=1", "true"),
        ("/form", "application/x-www-form-urlencoded", "limit=x", "parameter_invalid"),
        ("/form", "application/x-www-form-urlencoded", "", "parameter_missing"),
        ("/query", "", "", "false"),
        ("/query?", "", "", "parameter_missing"),
        ("/query?limit=1", "", "", "true"),
        ("/query?limit=x", "", "", "parameter_invalid"),
        ("/path", "", "", "false"),
        ("/path/7", "", "", "true"),
        ("/path/x", "", "", "parameter_invalid"),
    ] {
        let mut request = Request::post(uri).header("content-length", body.len());
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        let response = app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let body = to_bytes(response.into_body(), 4096).await.unwrap();
        let found = match ErrorResponse::from_slice(&body) {
            Ok(response) => response.error.code().to_string(),
            Err(_) => String::from_utf8(body.to_vec()).unwrap(),
        };
        assert_eq!(found, expected, "{uri} {content_type}");
    }
}

/// A body whose length no header tells is no absent body.
#[tokio::test]
async fn an_optional_extractor_asks_for_the_type_of_a_body_without_a_length() {
    let app = Router::new()
        .route("/json", post(async |json: Option<ApiJson<Page>>| json.is_some().to_string()))
        .route("/form", post(async |form: Option<ApiForm<Page>>| form.is_some().to_string()));
    // Inside the layer, too, which reads the body through a handle.
    for app in [app.clone(), with_api_errors(app)] {
        for uri in ["/json", "/form"] {
            let framed = [Version::HTTP_2, Version::HTTP_3].map(|v| Request::post(uri).version(v));
            let chunked = Request::post(uri).header("transfer-encoding", "chunked");
            for request in framed.into_iter().chain([chunked]) {
                let request = request.body(Body::from("x")).unwrap();
                let response = app.clone().oneshot(request).await.unwrap();
                let body = to_bytes(response.into_body(), 4096).await.unwrap();
                let error = ErrorResponse::from_slice(&body).unwrap().error;
                assert_eq!(*error.code(), ErrorCode::BodyIncorrectFormat, "{uri}");
            }
            for version in [Version::HTTP_11, Version::HTTP_2, Version::HTTP_3] {
                let nothing = Request::post(uri).version(version).body(Body::empty()).unwrap();
                let response = app.clone().oneshot(nothing).await.unwrap();
                assert_eq!(to_bytes(response.into_body(), 4096).await.unwrap(), "false", "{uri}");
            }
        }
    }
}

/// A handler that passes a body on, as a proxy does, needs its length.
#[tokio::test]
async fn a_body_keeps_its_length_inside_the_layer() {
    use axum::body::HttpBody;

    let app = with_api_errors(Router::new().route(
        "/",
        post(async |body: Body| {
            let hint = body.size_hint();
            format!("{} {:?}", hint.lower(), hint.upper())
        }),
    ));
    for (body, length) in [
        (Body::from("abc"), "3 Some(3)"),
        (Body::empty(), "0 Some(0)"),
        (Body::from_stream(Endless), "0 None"),
    ] {
        let response = app.clone().oneshot(Request::post("/").body(body).unwrap()).await.unwrap();
        assert_eq!(to_bytes(response.into_body(), 4096).await.unwrap(), length);
    }
}

/// A handler that cannot take the parameters of its route is a fault of the server.
#[tokio::test]
async fn a_path_of_another_number_of_parameters_is_an_internal_error() {
    let app = Router::new()
        .route("/{a}/{b}", get(async |ApiPath((_,)): ApiPath<(u8,)>| "fine"))
        .route("/{a}", get(async |ApiPath((_, _)): ApiPath<(u8, u8)>| "fine"))
        .route("/", get(async |ApiPath((_,)): ApiPath<(u8,)>| "fine"))
        .fallback(async |ApiPath((_,)): ApiPath<(u8,)>| "fine");
    for uri in ["/1/2", "/1", "/", "/no/such/route"] {
        let (status, _, body) = ask(app.clone(), "GET", uri).await;
        assert_eq!(
            (status.as_u16(), message(&body).as_str()),
            (500, ErrorCode::InternalError.description())
        );
    }
    // A layer around the router asks before there is a route.
    let (mut parts, ()) = Request::get("/1").body(()).unwrap().into_parts();
    let rejected = ApiPath::<(u8,)>::from_request_parts(&mut parts, &()).await.unwrap_err();
    assert_eq!(*rejected.error.code(), ErrorCode::InternalError);
}

/// axum's own extractors through `From<…Rejection>`, as a derived extractor converts them.
#[tokio::test]
async fn axums_own_rejections_become_api_errors() {
    fn code<R: Into<ErrorResponse>>(rejection: R) -> String {
        let error = rejection.into().error;
        format!("{}: {}", error.code(), error.message())
    }
    let app = Router::new()
        .route(
            "/json",
            post(async |json: Result<axum::Json<Page>, _>| match json {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::JsonRejection>(error),
            }),
        )
        .route(
            "/form",
            post(async |form: Result<axum::Form<Page>, _>| match form {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::FormRejection>(error),
            }),
        )
        .route(
            "/query",
            post(async |query: Result<Query<Page>, _>| match query {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::QueryRejection>(error),
            }),
        )
        .route(
            "/path/{limit}",
            post(async |path: Result<Path<u8>, _>| match path {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::PathRejection>(error),
            }),
        )
        .route(
            "/no-path",
            post(async |path: Result<Path<u8>, _>| match path {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::PathRejection>(error),
            }),
        )
        .route(
            "/string",
            post(async |text: Result<String, _>| match text {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::StringRejection>(error),
            }),
        )
        .route(
            "/raw-form",
            post(async |form: Result<axum::extract::RawForm, _>| match form {
                Ok(_) => "fine".into(),
                Err(error) => code::<axum::extract::rejection::RawFormRejection>(error),
            }),
        )
        .route(
            "/multipart",
            post(async |multipart: Result<Multipart, _>| match multipart {
                Ok(mut multipart) => match multipart.next_field().await {
                    Ok(_) => "fine".into(),
                    Err(error) => code(error),
                },
                Err(error) => code::<axum::extract::multipart::MultipartRejection>(error),
            }),
        )
        .layer(axum::extract::DefaultBodyLimit::max(50));
    let long = "x".repeat(51);
    let form = "application/x-www-form-urlencoded";
    let too_large = "body_too_large: The request body is too large";
    let invalid = |what: &str| {
        format!("parameter_invalid: The {what} has the wrong form: a value in it is invalid")
    };
    let unfit =
        |why: &str| format!("body_incorrect_format: The request body has the wrong format: {why}");
    let json = "application/json";
    let multipart = "multipart/form-data; boundary=x";
    let internal = format!("internal_error: {}", ErrorCode::InternalError.description());
    for (uri, content_type, body, expected) in [
        ("/json", json, r#"{"limit":1}"#, "fine".to_owned()),
        ("/json", json, r#"{"limit":-1}"#, invalid("request body")),
        ("/json", json, "{", unfit("it is not JSON of the expected form")),
        ("/json", "text/plain", "{}", unfit("its content type is not application/json")),
        ("/json", json, &*long, too_large.into()),
        ("/form", form, "limit=x", invalid("request body")),
        ("/form", "text/plain", "limit=1", unfit(&format!("its content type is not {form}"))),
        ("/form", form, &*long, too_large.into()),
        ("/raw-form", "text/plain", "a=1", unfit("its content type is not the expected one")),
        ("/raw-form", form, &*long, too_large.into()),
        ("/query?limit=x", "", "", invalid("query string")),
        ("/path/x", "", "", invalid("path")),
        ("/no-path", "", "", internal),
        ("/string", "", &*long, too_large.into()),
        ("/multipart", "text/plain", "", unfit("its content type has no boundary")),
        ("/multipart", multipart, "nonsense", unfit("it is not a valid multipart/form-data body")),
        ("/multipart", multipart, &*long, too_large.into()),
    ] {
        let request = Request::post(uri).header("content-type", content_type);
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        let found = to_bytes(response.into_body(), 4096).await.unwrap();
        assert_eq!(found, expected, "{uri} {content_type} {body}");
    }
    let bytes = Body::from_stream(Broken);
    let request = Request::post("/string").body(bytes).unwrap();
    let response = app.oneshot(request).await.unwrap();
    let found = to_bytes(response.into_body(), 4096).await.unwrap();
    assert_eq!(
        found,
        "body_incorrect_format: The request body has the wrong format: expected text in UTF-8"
    );
}

/// A user's own extractor, derived.
#[derive(axum::extract::FromRequest)]
#[from_request(via(axum::Json), rejection(ErrorResponse))]
struct Derived<T>(T);

#[tokio::test]
async fn derived_and_wrapped_extractors_reject_in_the_apis_shape() {
    use axum_extra::extract::WithRejection;

    let app = Router::new()
        .route("/derived", post(async |Derived(page): Derived<Page>| page.limit.to_string()))
        .route(
            "/wrapped",
            post(async |page: WithRejection<axum::Json<Page>, ErrorResponse>| {
                page.0.limit.to_string()
            }),
        );
    for path in ["/derived", "/wrapped"] {
        for (body, status, found) in [
            (r#"{"limit":7}"#, 200, "7"),
            (r#"{"limit":"x"}"#, 400, "parameter_invalid"),
            ("{", 422, "body_incorrect_format"),
        ] {
            let request = Request::post(path).header("content-type", "application/json");
            let request = request.body(Body::from(body)).unwrap();
            let response = app.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status);
            let body = to_bytes(response.into_body(), 4096).await.unwrap();
            assert!(String::from_utf8_lossy(&body).contains(found), "{path}: {body:?}");
        }
    }
}

#[tokio::test]
async fn a_body_that_fails_has_the_wrong_format() {
    let app = Router::new()
        .route("/json", post(async |_: ApiJson<Page>| "fine"))
        .route("/form", post(async |_: ApiForm<Page>| "fine"));
    for (path, content_type) in
        [("/json", "application/json"), ("/form", "application/x-www-form-urlencoded")]
    {
        let request = Request::post(path).header("content-type", content_type);
        let request = request.body(Body::from_stream(Broken)).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let body = to_bytes(response.into_body(), 4096).await.unwrap();
        let message = message(std::str::from_utf8(&body).unwrap());
        assert_eq!(message, "The request body has the wrong format: it cannot be read to its end");
    }
}

/// A body that fails at once.
struct Broken;

impl futures_core::Stream for Broken {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Writes all of a request before it reads, as many HTTP clients do.
async fn exchange(address: SocketAddr, request: &[u8]) -> std::io::Result<String> {
    let mut socket = TcpStream::connect(address).await?;
    socket.write_all(request).await?;
    let mut response = String::new();
    socket.read_to_string(&mut response).await?;
    Ok(response)
}

/// As a reverse proxy passes a response on: chunked by its header, whole by its body.
#[tokio::test(flavor = "multi_thread")]
async fn a_chunked_response_of_a_proxy_arrives() {
    let proxied = |body: &'static str, content_type: &'static str| {
        async move || {
            Response::builder()
                .status(502)
                .header("transfer-encoding", "chunked")
                .header("content-type", content_type)
                .body(Body::from(body))
                .unwrap()
                .into_response()
        }
    };
    const OURS: &str =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"refused"}}"#;
    let app = with_api_errors(
        Router::new()
            .route("/page", get(proxied("<h1>Bad Gateway</h1>", "text/html")))
            .route("/ours", get(proxied(OURS, "application/json"))),
    );
    let address = serve(app).await;
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let page = exchange(address, get("/page").as_bytes()).await.unwrap();
    assert!(page.starts_with("HTTP/1.1 502 "), "{page}");
    assert!(page.ends_with("\"code\":\"internal_error\"}}"), "{page}");
    assert!(!page.to_lowercase().contains("transfer-encoding"), "{page}");
    let ours = exchange(address, get("/ours").as_bytes()).await.unwrap();
    assert!(ours.starts_with("HTTP/1.1 502 ") && ours.contains(OURS), "{ours}");
}

/// 50 clients that send 5 MB against a small limit, each of which must see the response.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_still_sends_sees_that_its_body_is_too_large() {
    async fn own(_: ApiJson<Page>) {}
    async fn form(_: ApiForm<Page>) {}
    async fn multipart(mut multipart: Multipart) -> Result<(), ErrorResponse> {
        while let Some(field) = multipart.next_field().await? {
            field.bytes().await?;
        }
        Ok(())
    }
    let app = with_api_errors(
        Router::new()
            .route("/json", post(own))
            .route("/form", post(form))
            .route("/multipart", post(multipart))
            .route("/limited", post(async |_: String| ()))
            .layer(axum::extract::DefaultBodyLimit::max(1000)),
    );
    let address = serve(app).await;
    let filler = "x".repeat(5_000_000);
    for n in 0..50 {
        let (path, content_type, body) = match n % 4 {
            0 => ("/json", "application/json", format!("\"{filler}\"")),
            1 => ("/form", "application/x-www-form-urlencoded", format!("limit={filler}")),
            2 => (
                "/multipart",
                "multipart/form-data; boundary=b",
                format!(
                    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n{filler}\r\n--b--\r\n"
                ),
            ),
            _ => ("/limited", "text/plain", filler.clone()),
        };
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let response = exchange(address, request.as_bytes()).await.unwrap();
        assert!(response.starts_with("HTTP/1.1 413 "), "{n} {path}: {response}");
        assert!(response.contains("\"code\":\"body_too_large\""), "{n} {path}: {response}");
    }
}
