//! What leaves an actix-web app.

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::test::{TestRequest, call_service, init_service, read_body, try_call_service};
use actix_web::{App, HttpResponse, ResponseError as _, web};
use intelliprint_error::actix_web::{ApiJson, ApiQuery, ServerError, configure, only_api_errors};
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Job {
    file: String,
    confirmed: Option<bool>,
    postage: Option<Postage>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Postage {
    service: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the test only decodes it")]
struct Page {
    limit: u32,
}

async fn fine() -> &'static str {
    "fine"
}

async fn send(request: TestRequest) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
    let app = App::new()
        .wrap(from_fn(only_api_errors))
        .app_data(web::PayloadConfig::new(100))
        .configure(configure)
        .service(
            web::resource("/jobs")
                .route(web::post().to(async |_: ApiJson<Job>| "fine"))
                .route(web::get().to(fine)),
        )
        .route("/json", web::post().to(async |_: web::Json<Job>| "fine"))
        .route("/page", web::get().to(async |_: ApiQuery<Page>| "fine"))
        .route("/path/{id}", web::get().to(async |_: web::Path<u32>| "fine"))
        .route(
            "/sdk",
            web::get().to(async || {
                Err::<HttpResponse, _>(ErrorObject::new(ErrorCode::NetworkError, "m"))
            }),
        )
        .route(
            "/own",
            web::get().to(async || {
                Err::<HttpResponse, _>(ErrorResponse::from(ErrorObject::parameter_missing("a")))
            }),
        )
        .route(
            "/actix",
            web::get().to(async || {
                Err::<HttpResponse, _>(actix_web::error::ErrorForbidden("its own words"))
            }),
        )
        .route(
            "/teapot",
            web::get().to(async || {
                HttpResponse::ImATeapot().insert_header(("retry-after", "7")).body("x")
            }),
        );
    let response: ServiceResponse<_> =
        call_service(&init_service(app).await, request.to_request()).await;
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    (response.status(), headers, read_body(response).await.to_vec())
}

#[track_caller]
fn decoded(body: &[u8]) -> ErrorObject {
    ErrorResponse::from_slice(body).unwrap_or_else(|error| panic!("{error}: {body:?}")).error
}

/// The response as code, param and message, after a check of its status and content type.
async fn error(request: TestRequest) -> (ErrorCode, Option<String>, String) {
    let (status, headers, body) = send(request).await;
    let object = decoded(&body);
    let code = object.code().known().unwrap();
    assert_eq!(Some(status.as_u16()), code.http_status());
    assert!(headers.contains(&("content-type".into(), "application/json".into())), "{headers:?}");
    (code, object.param().map(Into::into), object.message().into())
}

fn post(path: &str, body: &str) -> TestRequest {
    TestRequest::post()
        .uri(path)
        .insert_header(("content-type", "application/json"))
        .set_payload(body.to_owned())
}

fn form(path: &str, body: &str) -> TestRequest {
    let request = TestRequest::post().uri(path).set_payload(body.to_owned());
    request.insert_header(("content-type", "application/x-www-form-urlencoded"))
}

fn expected(
    code: ErrorCode,
    param: Option<&str>,
    message: &str,
) -> (ErrorCode, Option<String>, String) {
    (code, param.map(Into::into), message.into())
}

#[actix_web::test]
async fn our_extractors_name_the_parameter_at_fault() {
    assert_eq!(
        error(post("/jobs", r#"{"file":"a","postage":{}}"#)).await,
        expected(
            ErrorCode::ParameterMissing,
            Some("postage.service"),
            "Missing required parameter: postage.service"
        ),
    );
    assert_eq!(
        error(post("/jobs", r#"{"file":"a","confimred":true}"#)).await,
        expected(
            ErrorCode::ParameterUnknown,
            Some("confimred"),
            "Received unknown parameter: confimred (Did you mean confirmed?)"
        ),
    );
    assert_eq!(error(post("/jobs", r#"{"file":7}"#)).await.0, ErrorCode::ParameterInvalid);
    assert_eq!(error(post("/jobs", "{")).await.0, ErrorCode::BodyIncorrectFormat);
    assert_eq!(
        error(TestRequest::post().uri("/jobs").set_payload("{}")).await.0,
        ErrorCode::BodyIncorrectFormat
    );
    assert_eq!(error(post("/jobs", &"x".repeat(101))).await.0, ErrorCode::BodyTooLarge);
    let (code, param, _) = error(TestRequest::get().uri("/page?limit=x")).await;
    assert_eq!((code, param.as_deref()), (ErrorCode::ParameterInvalid, Some("limit")));
    assert_eq!(send(post("/jobs", r#"{"file":"a"}"#)).await.0, StatusCode::OK);
}

#[actix_web::test]
async fn actixs_own_extractors_and_responses_become_api_errors() {
    let invalid = "The request body has the wrong form: a value in it is invalid";
    assert_eq!(
        error(post("/json", "{}")).await,
        expected(ErrorCode::ParameterInvalid, None, invalid)
    );
    assert_eq!(error(post("/json", "<")).await.0, ErrorCode::BodyIncorrectFormat);
    assert_eq!(error(TestRequest::post().uri("/json")).await.0, ErrorCode::BodyIncorrectFormat);
    let not_found = |what: &str| {
        expected(ErrorCode::NotFound, None, &format!("No such resource exists: {what}"))
    };
    assert_eq!(error(TestRequest::get().uri("/path/x")).await.0, ErrorCode::ParameterInvalid);
    assert_eq!(error(TestRequest::get().uri("/nothing?a=b")).await, not_found("GET /nothing"));
    // Methods differ in their letter case (RFC 9110), so a method is shown as it came.
    let brew = TestRequest::default().method(Method::from_bytes(b"brew").unwrap());
    assert_eq!(error(brew.uri("/nothing")).await, not_found("brew /nothing"));
    assert_eq!(error(TestRequest::get().uri("/actix")).await.0, ErrorCode::Forbidden);
    let (status, headers, body) = send(TestRequest::get().uri("/teapot")).await;
    assert_eq!((status, &body[..]), (StatusCode::IM_A_TEAPOT, &b"x"[..]));
    assert!(headers.contains(&("retry-after".into(), "7".into())), "{headers:?}");
}

/// Without the middleware, which would replace the responses of actix-web itself.
#[actix_web::test]
async fn the_configuration_alone_is_enough_for_actixs_extractors() {
    let app = App::new()
        .configure(configure)
        .route("/json", web::post().to(async |_: web::Json<Job>| "fine"))
        .route("/form", web::post().to(async |_: web::Form<Job>| "fine"))
        .route("/query", web::get().to(async |_: web::Query<Job>| "fine"))
        .route("/path/{id}", web::get().to(async |_: web::Path<u32>| "fine"));
    let app = init_service(app).await;
    let long = " ".repeat((2 << 20) + 1);
    let incorrect =
        "The request body has the wrong format: its content type is not application/json";
    for (request, code, message) in [
        (
            TestRequest::get().uri("/path/x"),
            ErrorCode::ParameterInvalid,
            "The path has the wrong form: a value in it is invalid",
        ),
        (
            TestRequest::get().uri("/none"),
            ErrorCode::NotFound,
            "No such resource exists: GET /none",
        ),
        (TestRequest::post().uri("/json"), ErrorCode::BodyIncorrectFormat, incorrect),
        (
            post("/json", "{}"),
            ErrorCode::ParameterInvalid,
            "The request body has the wrong form: a value in it is invalid",
        ),
        (
            TestRequest::get().uri("/query"),
            ErrorCode::ParameterInvalid,
            "The query string has the wrong form: a value in it is invalid",
        ),
        (
            TestRequest::post().uri("/form"),
            ErrorCode::BodyIncorrectFormat,
            "The request body has the wrong format: its content type is not \
             application/x-www-form-urlencoded",
        ),
        (
            form("/form", "a=b"),
            ErrorCode::ParameterInvalid,
            "The request body has the wrong form: a value in it is invalid",
        ),
        (form("/form", &long), ErrorCode::BodyTooLarge, "The request body is too large"),
        (post("/json", &long), ErrorCode::BodyTooLarge, "The request body is too large"),
        (
            post("/json", "").insert_header(("content-length", long.len().to_string())),
            ErrorCode::BodyTooLarge,
            "The request body is too large",
        ),
        // A length that is not the body's: what comes is counted, too.
        (
            post("/json", &long).insert_header(("content-length", "10")),
            ErrorCode::BodyTooLarge,
            "The request body is too large",
        ),
        (
            form("/form", &long).insert_header(("content-length", "10")),
            ErrorCode::BodyTooLarge,
            "The request body is too large",
        ),
    ] {
        let response = call_service(&app, request.to_request()).await;
        let status = response.status().as_u16();
        let body = read_body(response).await;
        let object = decoded(&body);
        assert_eq!((object.code().known(), object.message()), (Some(code), message));
        assert_eq!(Some(status), code.http_status());
    }
}

/// Unlike a handler, a middleware returns its error to the next middleware out.
#[actix_web::test]
async fn the_error_of_another_middleware_is_kept_if_it_is_of_this_api() {
    async fn reject(
        req: ServiceRequest,
        _: Next<BoxBody>,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        let object = ErrorObject::new(ErrorCode::PaymentError, "ours");
        Err(match req.path() {
            "/object" => object.into(),
            "/response" => ErrorResponse::from(object).into(),
            "/server" => ServerError::from(object).into(),
            _ => actix_web::error::ErrorForbidden("its own words"),
        })
    }
    let app = init_service(App::new().wrap(from_fn(reject)).wrap(from_fn(only_api_errors))).await;
    for (path, code, message) in [
        ("/object", ErrorCode::PaymentError, "ours"),
        ("/response", ErrorCode::PaymentError, "ours"),
        ("/server", ErrorCode::PaymentError, "ours"),
        ("/foreign", ErrorCode::Forbidden, ErrorCode::Forbidden.description()),
    ] {
        let error =
            try_call_service(&app, TestRequest::get().uri(path).to_request()).await.unwrap_err();
        // Middleware further out asks for the error itself.
        let is_kept = match path {
            "/object" => error.as_error::<ErrorObject>().is_some(),
            "/response" => error.as_error::<ErrorResponse>().is_some(),
            "/server" => error.as_error::<ServerError>().is_some(),
            _ => true,
        };
        assert!(is_kept, "{path}");
        let body = to_bytes(error.error_response().into_body()).await.unwrap();
        let object = decoded(&body);
        assert_eq!((object.code().known(), object.message()), (Some(code), message), "{path}");
    }
}

#[actix_web::test]
async fn our_errors_are_responses() {
    assert_eq!(
        error(TestRequest::get().uri("/sdk")).await,
        expected(ErrorCode::InternalError, None, "m")
    );
    assert_eq!(error(TestRequest::get().uri("/own")).await.0, ErrorCode::ParameterMissing);
}

/// Middleware asks for the status without making the response.
#[test]
fn the_status_is_that_of_the_response() {
    for code in ErrorCode::ALL {
        let object = ErrorObject::new(*code, "m");
        let response = ErrorResponse::from(object.clone());
        let expected = response.error_response().status();
        assert_eq!(expected.as_u16(), code.http_status().unwrap_or(500));
        assert_eq!((response.status_code(), object.status_code()), (expected, expected), "{code}");
        let server = ServerError::from(object.clone());
        assert_eq!(server.status_code(), expected, "{code}");
        // RFC 9110 wants a challenge with each 401, and no other response needs one.
        for made in [response.error_response(), object.error_response(), server.error_response()] {
            let header = |name| made.headers().get(name).map(|value| value.to_str().unwrap());
            let challenge = (expected == StatusCode::UNAUTHORIZED).then_some("Bearer");
            assert_eq!(header("www-authenticate"), challenge, "{code}");
            assert_eq!(header("content-type"), Some("application/json"), "{code}");
            assert_eq!(made.status(), expected, "{code}");
        }
    }
}
