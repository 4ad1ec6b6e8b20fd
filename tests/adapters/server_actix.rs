//! What actix-web alone has: scopes, the errors of other middleware, mappings, causes and configs.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::BoxBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::{InternalError, PayloadError};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::test::{TestRequest, call_service, init_service, read_body, try_call_service};
use actix_web::{App, Error, HttpResponse, ResponseError as _, web};
use futures_core::Stream;
use intelliprint_error::actix_web::{
    ApiJson, Cause, ForeignError, ServerError, configure, form_config, json_config,
    only_api_errors, only_api_errors_by, path_config, query_config,
};
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
use serde::Deserialize;

#[derive(Deserialize)]
#[expect(dead_code, reason = "the extractors only read it")]
struct Page {
    limit: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Service {
    FirstClass,
}

fn decoded(body: &[u8]) -> ErrorObject {
    ErrorResponse::from_slice(body).unwrap_or_else(|error| panic!("{error}: {body:?}")).error
}

#[actix_web::test]
async fn a_path_is_named_as_the_client_sent_it() {
    let scope = web::scope("/v0")
        .wrap(from_fn(only_api_errors))
        .configure(configure)
        .service(web::resource("/prints").get(async || "fine"));
    let app = init_service(App::new().service(scope)).await;
    for (method, uri, status, message) in [
        ("GET", "/v0/n%20o?a=b", 404, "No such resource exists: GET /v0/n%20o"),
        ("DELETE", "/v0/prints", 405, "No such resource exists: DELETE /v0/prints"),
    ] {
        let request = TestRequest::with_uri(uri).method(method.parse().unwrap()).to_request();
        let response = call_service(&app, request).await;
        assert_eq!(response.status().as_u16(), status);
        let allow = response.headers().get("allow").cloned();
        assert_eq!(allow.is_some(), status == 405, "{uri}");
        assert_eq!(decoded(&read_body(response).await).message(), message);
    }
    // Outside the API it is not the API's word.
    let response = call_service(&app, TestRequest::with_uri("/nope").to_request()).await;
    assert_eq!(read_body(response).await, "");
}

fn payload(stream: impl Stream<Item = Result<web::Bytes, PayloadError>> + 'static) -> Payload {
    Payload::Stream { payload: Box::pin(stream) }
}

/// A payload of 32 MiB, of which each frame has one. It counts those that are read.
struct Counted(Rc<Cell<usize>>);

impl Stream for Counted {
    type Item = Result<web::Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.set(self.0.get() + 1);
        if self.0.get() > 32 {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(Ok(web::Bytes::from(vec![b'x'; 1 << 20]))))
    }
}

/// The rest is read at most once, by whichever comes first of the extractor and the middleware: also
/// if the response is another's, or the error of a middleware that ends the request itself.
#[actix_web::test]
async fn at_most_8_mib_of_the_rest_are_read() {
    async fn too_large(_: ServiceRequest, _: Next<BoxBody>) -> Result<ServiceResponse, Error> {
        Err(ErrorObject::from(ErrorCode::BodyTooLarge).into())
    }
    async fn foreign(_: ServiceRequest, _: Next<BoxBody>) -> Result<ServiceResponse, Error> {
        Err(InternalError::new("too large", StatusCode::PAYLOAD_TOO_LARGE).into())
    }
    let layered = App::new()
        .wrap(from_fn(only_api_errors))
        .app_data(web::PayloadConfig::new(1 << 20))
        .route("/json", web::post().to(async |_: ApiJson<Page>| "fine"))
        .route("/bytes", web::post().to(async |_: web::Bytes| "fine"))
        .route("/own", web::post().to(async || HttpResponse::PayloadTooLarge()))
        .route("/other", web::post().to(async || HttpResponse::BadRequest()))
        .service(
            web::resource("/middleware").wrap(from_fn(too_large)).post(async || HttpResponse::Ok()),
        )
        .service(
            web::resource("/foreign").wrap(from_fn(foreign)).post(async || HttpResponse::Ok()),
        );
    let layered = init_service(layered).await;
    let bare = App::new()
        .app_data(web::PayloadConfig::new(1 << 20))
        .route("/json", web::post().to(async |_: ApiJson<Page>| "fine"));
    let bare = init_service(bare).await;
    let request = |uri: &str, count: &Rc<Cell<usize>>| {
        let request = TestRequest::post().uri(uri);
        let request = request.insert_header(("content-type", "application/json")).to_request();
        request.replace_payload(payload(Counted(count.clone()))).0
    };
    // What the extractor reads, up to the frame that crosses its limit, and 8 MiB.
    for (uri, read) in
        [("/json", 10), ("/bytes", 10), ("/own", 8), ("/middleware", 8), ("/foreign", 8)]
    {
        let count = Rc::default();
        let status = match try_call_service(&layered, request(uri, &count)).await {
            Ok(response) => response.status(),
            Err(error) => error.error_response().status(),
        };
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{uri}");
        assert_eq!(count.get(), read, "{uri}");
    }
    // After any other error nothing is read.
    let count = Rc::default();
    let response = call_service(&layered, request("/other", &count)).await;
    assert_eq!((response.status(), count.get()), (StatusCode::BAD_REQUEST, 0));
    let count = Rc::default();
    let response = call_service(&bare, request("/json", &count)).await;
    assert_eq!((response.status(), count.get()), (StatusCode::PAYLOAD_TOO_LARGE, 10));
}

#[actix_web::test]
async fn an_error_of_a_handler_passes_with_every_method() {
    let own = async || Err::<HttpResponse, _>(ErrorObject::parameter_missing("a"));
    let respond = async || ErrorObject::parameter_missing("a").error_response();
    let app = App::new()
        .wrap(from_fn(only_api_errors))
        .route("/error", web::to(own))
        .route("/response", web::to(respond));
    let app = init_service(app).await;
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"] {
        for uri in ["/error", "/response"] {
            let request = TestRequest::with_uri(uri).method(method.parse().unwrap());
            let body = read_body(call_service(&app, request.to_request()).await).await;
            assert_eq!(decoded(&body).message(), "Missing required parameter: a", "{method}");
        }
    }
}

#[actix_web::test]
async fn a_mapping_replaces_rows_and_the_status_stays() {
    fn mapping(foreign: &ForeignError) -> Option<ErrorObject> {
        assert_eq!((foreign.method(), foreign.path()), ("POST", "/conflict"));
        assert!(foreign.has_authorization());
        match foreign.status() {
            409 => Some(ErrorObject::new(ErrorCode::Refused, "Already confirmed")),
            _ => foreign.default_error(),
        }
    }
    let app = App::new()
        .wrap(from_fn(only_api_errors_by(mapping)))
        .route("/conflict", web::post().to(HttpResponse::Conflict));
    let request =
        TestRequest::post().uri("/conflict?a=b").insert_header(("authorization", "x")).to_request();
    let response = call_service(&init_service(app).await, request).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(decoded(&read_body(response).await).message(), "Already confirmed");
    let broken = async || HttpResponse::InternalServerError().body("its own words");
    let app = App::new().wrap(from_fn(only_api_errors_by(|_| None))).route("/", web::to(broken));
    let response =
        call_service(&init_service(app).await, TestRequest::default().to_request()).await;
    assert_eq!(read_body(response).await, "its own words");
}

/// A mapping that counts foreign errors does not count ours.
#[actix_web::test]
async fn a_mapping_is_told_of_the_foreign_failures_of_a_middleware_only() {
    async fn fails(req: ServiceRequest, _: Next<BoxBody>) -> Result<ServiceResponse, Error> {
        Err(match req.path() {
            "/ours" => ErrorObject::from(ErrorCode::Refused).into(),
            _ => InternalError::new("refused", StatusCode::FORBIDDEN).into(),
        })
    }
    for (uri, expected) in [("/ours", 0), ("/foreign", 1)] {
        let count = Rc::new(Cell::new(0));
        let told = count.clone();
        let mapping = move |_: &ForeignError| {
            told.set(told.get() + 1);
            None
        };
        let app = App::new().wrap(from_fn(fails)).wrap(from_fn(only_api_errors_by(mapping)));
        let request = TestRequest::with_uri(uri).to_request();
        let error = try_call_service(&init_service(app).await, request).await.unwrap_err();
        assert_eq!(error.error_response().status(), StatusCode::FORBIDDEN);
        assert_eq!(count.get(), expected, "{uri}");
    }
}

/// A mapping that has an error for everything sees only 4xx and 5xx.
#[actix_web::test]
async fn a_response_without_an_error_is_never_replaced() {
    let mapping = |_: &ForeignError| Some(ErrorObject::from(ErrorCode::Forbidden));
    let respond = async |status: web::Path<u16>| {
        HttpResponse::build(StatusCode::from_u16(*status).unwrap()).body("its own")
    };
    let app = App::new()
        .wrap(from_fn(only_api_errors_by(mapping)))
        .route("/{status}", web::get().to(respond));
    let app = init_service(app).await;
    for status in (200..=600).chain([999]) {
        let request = TestRequest::with_uri(&format!("/{status}")).to_request();
        let response = call_service(&app, request).await;
        assert_eq!(response.status().as_u16(), status);
        let body = read_body(response).await;
        if (400..=599).contains(&status) {
            assert_eq!(decoded(&body).message(), ErrorCode::Forbidden.description());
        } else {
            assert_eq!(body, "its own");
        }
    }
}

/// A middleware outside reads what the handler noted for it, beside the error.
#[actix_web::test]
async fn what_a_handler_noted_stays_in_the_extensions() {
    #[derive(Clone, Debug, PartialEq)]
    struct Note(u8);

    let noted = async |status: web::Path<u16>| {
        let status = StatusCode::from_u16(*status).unwrap();
        let mut response =
            HttpResponse::build(status).content_type("application/json").body("its own");
        response.extensions_mut().insert(Note(7));
        response
    };
    let app = App::new().wrap(from_fn(only_api_errors)).route("/{status}", web::get().to(noted));
    let app = init_service(app).await;
    for (status, code) in [(200, None), (409, None), (503, Some(ErrorCode::InternalError))] {
        let request = TestRequest::with_uri(&format!("/{status}")).to_request();
        let response = call_service(&app, request).await;
        let extensions = response.response().extensions();
        assert_eq!(extensions.get(), Some(&Note(7)), "{status}");
        let error = extensions.get::<ErrorObject>();
        assert_eq!(error.map(|error| error.code().clone()), code.map(Into::into), "{status}");
    }
}

/// actix-web itself takes the body of a response to HEAD away, after the middleware.
#[actix_web::test]
async fn foreign_json_is_replaced_for_head_as_for_get() {
    let not_found = || async {
        HttpResponse::NotFound().content_type("application/json").body(r#"{"foreign":true}"#)
    };
    let app = App::new().wrap(from_fn(only_api_errors)).route("/", web::to(not_found));
    let app = init_service(app).await;
    for method in [Method::GET, Method::HEAD] {
        let request = TestRequest::with_uri("/").method(method).to_request();
        let body = read_body(call_service(&app, request).await).await;
        assert_eq!(decoded(&body).message(), "No such resource exists: GET /");
    }
    // A page without a body, as a proxy sends it to HEAD.
    let page = || async { HttpResponse::NotFound().content_type("text/html").finish() };
    let app = App::new().wrap(from_fn(only_api_errors)).route("/", web::to(page));
    let request = TestRequest::with_uri("/").method(Method::HEAD).to_request();
    let response = call_service(&init_service(app).await, request).await;
    assert_eq!(response.headers().get("content-type").unwrap(), "application/json");
}

/// Such an error has one response, and makes a 500 without a body when it is asked for another.
#[actix_web::test]
async fn an_error_of_another_middleware_keeps_its_status_headers_and_body() {
    async fn reject(
        req: ServiceRequest,
        _: Next<BoxBody>,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        let status: u16 = req.path()[1..].parse().unwrap();
        let response = HttpResponse::build(StatusCode::from_u16(status).unwrap())
            .insert_header(("retry-after", "7"))
            .body("its own words");
        Err(InternalError::from_response("cannot open vault key 7 at db-3", response).into())
    }
    let app = init_service(App::new().wrap(from_fn(reject)).wrap(from_fn(only_api_errors))).await;
    for (status, code) in [(409, None), (429, Some("rate_limited")), (401, Some("no_api_key"))] {
        let request = TestRequest::with_uri(&format!("/{status}")).to_request();
        let error = try_call_service(&app, request).await.unwrap_err();
        // For the server's log.
        assert_eq!(error.to_string(), "cannot open vault key 7 at db-3");
        let response = error.error_response();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers().get("retry-after").unwrap(), "7");
        assert_eq!(response.headers().contains_key("www-authenticate"), status == 401);
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        match code {
            Some(code) => assert_eq!(decoded(&body).code().as_str(), code),
            None => assert_eq!(body, "its own words"),
        }
        assert!(!body.windows(5).any(|window| window == b"vault"));
    }
}

#[actix_web::test]
async fn a_cause_is_in_the_extensions_and_never_in_the_response() {
    async fn handler(json: ApiJson<u8>) -> Result<HttpResponse, ServerError> {
        let cause = "cannot open vault key 7 at db-3";
        if json.0 == 0 {
            return Err(ServerError::from(ErrorCode::Refused).with_cause(cause));
        }
        Err(ServerError::internal(cause))
    }
    const PROXIED: &str =
        r#"{"error":{"message":"m","type":"invalid_request_error","code":"refused"}}"#;
    let app = App::new()
        .wrap(from_fn(only_api_errors))
        .configure(configure)
        .route("/", web::post().to(handler))
        .route("/foreign", web::post().to(HttpResponse::TooManyRequests))
        .route(
            "/sdk",
            web::post().to(async || {
                Err::<&str, _>(ErrorObject::new(ErrorCode::NetworkError, "no connection"))
            }),
        )
        .route(
            "/long",
            web::post().to(async || {
                Err::<&str, _>(ErrorObject::new(ErrorCode::Refused, "m".repeat(5000)))
            }),
        )
        .route(
            "/proxied",
            web::post().to(async || {
                HttpResponse::Forbidden().content_type("application/json").body(PROXIED)
            }),
        );
    let app = init_service(app).await;
    for (uri, body, code, has_cause) in [
        ("/", "1", ErrorCode::InternalError, true),
        ("/", "0", ErrorCode::Refused, true),
        ("/", "x", ErrorCode::BodyIncorrectFormat, false),
        ("/proxied", "", ErrorCode::Refused, false),
        ("/nope", "", ErrorCode::NotFound, false),
        ("/foreign", "", ErrorCode::RateLimited, false),
        // The log has what was sent: neither a name of SDKs, nor the whole of a message that was cut.
        ("/sdk", "", ErrorCode::InternalError, false),
        ("/long", "", ErrorCode::Refused, false),
    ] {
        let request =
            TestRequest::post().uri(uri).insert_header(("content-type", "application/json"));
        let response = call_service(&app, request.set_payload(body).to_request()).await;
        assert_eq!(Some(response.status().as_u16()), code.http_status());
        let object = response.response().extensions().get::<ErrorObject>().cloned().unwrap();
        let cause = response.response().extensions().get::<Cause>().map(ToString::to_string);
        assert_eq!(*object.code(), code);
        assert_eq!(cause.is_some(), has_cause);
        assert!(cause.is_none_or(|cause| cause == "cannot open vault key 7 at db-3"));
        assert!(!format!("{:?}", response.headers()).contains("vault"));
        let body = read_body(response).await;
        assert!(!body.windows(5).any(|window| window == b"vault"));
        assert_eq!(decoded(&body), object);
    }
}

/// Each config alone, without the middleware. The words of serde and of the types stay inside.
#[actix_web::test]
async fn each_config_rejects_with_api_errors() {
    let app = App::new()
        .app_data(json_config().limit(40))
        .app_data(form_config().limit(40))
        .app_data(query_config())
        .app_data(path_config())
        .route("/json", web::post().to(async |_: web::Json<Option<Service>>| "fine"))
        .route("/list", web::post().to(async |_: web::Json<Vec<Service>>| "fine"))
        .route("/form", web::post().to(async |_: web::Form<Page>| "fine"))
        .route("/query", web::post().to(async |_: web::Query<Page>| "fine"))
        .route("/path/{limit}", web::post().to(async |_: web::Path<u8>| "fine"));
    let app = init_service(app).await;
    let long = "x".repeat(41);
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let format = "The request body has the wrong format: ";
    let value = "a value in it is invalid";
    for (uri, content_type, body, status, message) in [
        (
            "/json",
            json,
            "7",
            422,
            format!(
                "{format}it is not JSON of the expected form: expected value at line 1 column 1"
            ),
        ),
        // Valid JSON is not called invalid.
        (
            "/list",
            json,
            "[null]",
            422,
            format!(
                "{format}it is not JSON of the expected form: expected value at line 1 column 2"
            ),
        ),
        ("/json", json, "\"pigeon\"", 400, format!("The request body has the wrong form: {value}")),
        (
            "/json",
            "text/plain",
            "null",
            422,
            format!("{format}its content type is not application/json"),
        ),
        ("/json", json, &long, 413, "The request body is too large".into()),
        ("/form", form, "limit=x", 400, format!("The request body has the wrong form: {value}")),
        (
            "/form",
            "text/plain",
            "limit=1",
            422,
            format!("{format}its content type is not application/x-www-form-urlencoded"),
        ),
        ("/form", form, &long, 413, "The request body is too large".into()),
        ("/query?limit=x", "", "", 400, format!("The query string has the wrong form: {value}")),
        ("/path/x", "", "", 400, format!("The path has the wrong form: {value}")),
    ] {
        let request = TestRequest::post().uri(uri).insert_header(("content-type", content_type));
        let response = call_service(&app, request.set_payload(body.to_owned()).to_request()).await;
        let found = (response.status().as_u16(), decoded(&read_body(response).await));
        assert_eq!((found.0, found.1.message()), (status, &*message), "{uri} {body}");
        assert_eq!(found.1.code().known().unwrap().http_status(), Some(status));
    }
    // The client goes away in the middle.
    for (uri, content_type) in [("/json", json), ("/form", form)] {
        let request = TestRequest::post().uri(uri).insert_header(("content-type", content_type));
        let request = request.to_request().replace_payload(payload(CutOff)).0;
        let response = call_service(&app, request).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{uri}");
        let error = decoded(&read_body(response).await);
        assert_eq!(error.message(), format!("{format}it cannot be read to its end"), "{uri}");
    }
}

/// A payload that fails at once.
struct CutOff;

impl Stream for CutOff {
    type Item = Result<web::Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(PayloadError::Incomplete(None))))
    }
}
