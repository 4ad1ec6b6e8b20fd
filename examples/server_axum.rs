//! A small prints API. Each of its error responses is an API error, and its log has the code and the
//! cause of each.
//!
//! ```sh
//! cargo run --features axum --example server_axum
//! curl -i http://127.0.0.1:3000/v0/prints -H 'authorization: Bearer key_full' \
//!     -H 'content-type: application/json' -d '{"file":"a.pdf","confimred":true}'
//! curl -i http://127.0.0.1:3000/v0/prints -H 'authorization: Bearer key_full' \
//!     -F file=a.pdf -F confirmed=true
//! curl -i http://127.0.0.1:3000/v0/prints/print_1/file -H 'authorization: Bearer key_full'
//! ```

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use intelliprint_error::axum::{ApiJson, ApiPath, ApiQuery, Cause, ServerError, with_api_errors};
use intelliprint_error::http::REQUEST_ID;
use intelliprint_error::{ErrorCode, ErrorObject, ErrorResponse};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;

/// What an account and an address may do.
#[derive(Clone, Copy)]
pub struct Limits {
    pub requests_per_minute: u32,
    pub body_bytes: usize,
    pub prints: usize,
    pub balance_pence: u32,
}

const KEYS: [(&str, bool); 2] = [("key_full", true), ("key_read_only", false)];

type Shared = Arc<Account>;

struct Account {
    limits: Limits,
    state: Mutex<Ledger>,
}

#[derive(Default)]
struct Ledger {
    prints: Vec<Print>,
    spent_pence: u32,
    requests: HashMap<IpAddr, (Instant, u32)>,
    request_count: u64,
}

impl Account {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone, Serialize)]
struct Print {
    id: String,
    file: String,
    confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPrint {
    file: String,
    #[serde(default)]
    confirmed: bool,
    #[serde(default)]
    postage: Postage,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Postage {
    #[serde(default)]
    service: Service,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum Service {
    #[default]
    SecondClass,
    FirstClass,
}

impl Service {
    fn pence(&self) -> u32 {
        match self {
            Self::SecondClass => 80,
            Self::FirstClass => 120,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    #[serde(default = "ten")]
    limit: usize,
}

fn ten() -> usize {
    10
}

/// The whole server, to be served with `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn app(limits: Limits) -> Router {
    let account: Shared = Arc::new(Account { limits, state: Mutex::default() });
    let routes = Router::new()
        .route("/v0/prints", post(create).get(list))
        .route("/v0/prints/{id}", get(show))
        .route("/v0/prints/{id}/file", get(file))
        .route("/v0/prints/{id}/preview", get(preview))
        .layer(axum::middleware::from_fn(check_key))
        .layer(from_fn_with_state(account.clone(), limit_rate))
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .layer(CatchPanicLayer::new());
    let account_of_ids = account.clone();
    with_api_errors(routes)
        .layer(map_response(move |response| number(account_of_ids.clone(), response)))
        .layer(map_response(log))
        .with_state(account)
}

/// What this app fails with, in words that are safe to send, except for a source.
#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error("This API key may only read")]
    ReadOnlyKey,
    #[error("The account has reached its limit of prints")]
    TooManyPrints,
    #[error("The account balance does not cover this print job")]
    Balance,
    #[error("No such print exists: {0}")]
    NoSuchPrint(String),
    #[error("cannot read {path}")]
    Store { path: String, source: std::io::Error },
}

impl From<AppError> for ServerError {
    fn from(error: AppError) -> Self {
        let code = match error {
            AppError::ReadOnlyKey => ErrorCode::Forbidden,
            AppError::TooManyPrints => ErrorCode::Refused,
            AppError::Balance => ErrorCode::PaymentError,
            AppError::NoSuchPrint(_) => ErrorCode::NotFound,
            // Only the log sees which file it was, and why.
            AppError::Store { .. } => return Self::internal(error),
        };
        ErrorObject::new(code, error.to_string()).into()
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        ServerError::from(self).into_response()
    }
}

/// Logs every API error, without reading a body.
async fn log(response: Response) -> Response {
    let extensions = response.extensions();
    if let Some(error) = extensions.get::<ErrorObject>() {
        let status = response.status().as_u16();
        let id = response.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok());
        let cause = extensions.get::<Cause>().map(chain);
        tracing::warn!(status, code = error.code().as_str(), id, cause, "{error}");
    }
    response
}

/// A cause and the causes behind it, on one line.
fn chain(cause: &Cause) -> String {
    let causes = std::iter::successors(Some(cause as &dyn Error), |cause| Error::source(*cause));
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

async fn create(
    State(account): State<Shared>,
    headers: HeaderMap,
    new: NewPrint,
) -> Result<(StatusCode, Json<Print>), AppError> {
    if !may_write(&headers) {
        return Err(AppError::ReadOnlyKey);
    }
    let mut ledger = account.ledger();
    if ledger.prints.len() >= account.limits.prints {
        return Err(AppError::TooManyPrints);
    }
    let price = new.postage.service.pence();
    if new.confirmed && ledger.spent_pence + price > account.limits.balance_pence {
        return Err(AppError::Balance);
    }
    if new.confirmed {
        ledger.spent_pence += price;
    }
    let print = Print {
        id: format!("print_{}", ledger.prints.len() + 1),
        file: new.file,
        confirmed: new.confirmed,
    };
    ledger.prints.push(print.clone());
    Ok((StatusCode::CREATED, Json(print)))
}

async fn list(State(account): State<Shared>, ApiQuery(page): ApiQuery<Page>) -> Json<Vec<Print>> {
    Json(account.ledger().prints.iter().take(page.limit).cloned().collect())
}

async fn show(
    State(account): State<Shared>,
    ApiPath(id): ApiPath<String>,
) -> Result<Json<Print>, AppError> {
    let found = account.ledger().prints.iter().find(|print| print.id == id).cloned();
    found.map(Json).ok_or_else(|| AppError::NoSuchPrint(id.chars().take(100).collect()))
}

/// Fails, because there is no such folder.
async fn file(ApiPath(id): ApiPath<String>) -> Result<Vec<u8>, AppError> {
    let path = format!("spool/{}/{id}.pdf", std::process::id());
    std::fs::read(&path).map_err(|source| AppError::Store { path, source })
}

/// A print is created from `multipart/form-data` or JSON.
impl<S: Send + Sync> FromRequest<S> for NewPrint {
    type Rejection = ErrorResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ErrorResponse> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let is_form = content_type.is_some_and(|value| value.as_bytes().starts_with(b"multipart/"));
        if !is_form {
            let ApiJson(new) = ApiJson::from_request(request, state).await?;
            return Ok(new);
        }
        from_form(Multipart::from_request(request, state).await?).await
    }
}

async fn from_form(mut form: Multipart) -> Result<NewPrint, ErrorResponse> {
    let (mut file, mut confirmed, mut postage) = (None, false, Postage::default());
    let mut names = HashSet::new();
    while let Some(field) = form.next_field().await? {
        // Only the start of a name is repeated to the client.
        let name: String = field.name().unwrap_or_default().chars().take(100).collect();
        if !names.insert(name.clone()) {
            return Err(invalid(&name, "it occurs twice").into());
        }
        let file_name = field.file_name().map(str::to_owned);
        let content = field.bytes().await?;
        let text = || String::from_utf8_lossy(&content).into_owned();
        match &*name {
            "file" => file = Some(file_name.unwrap_or_else(text)),
            "confirmed" => confirmed = parsed(&name, &text(), "expected true or false")?,
            "postage.service" => {
                postage.service = match &*content {
                    b"first_class" => Service::FirstClass,
                    b"second_class" => Service::SecondClass,
                    _ => {
                        return Err(
                            invalid(&name, "expected one of second_class, first_class").into()
                        );
                    }
                }
            }
            _ => {
                let known = ["file", "confirmed", "postage.service"];
                return Err(ErrorObject::parameter_unknown_among(name, known).into());
            }
        }
    }
    let file = file.ok_or_else(|| ErrorObject::parameter_missing("file"))?;
    Ok(NewPrint { file, confirmed, postage })
}

fn parsed<T: std::str::FromStr>(name: &str, text: &str, reason: &str) -> Result<T, ErrorObject> {
    text.parse().map_err(|_| invalid(name, reason))
}

fn invalid(name: &str, reason: &str) -> ErrorObject {
    let message = format!("Invalid value for parameter: {name} ({reason})");
    ErrorObject::parameter_invalid(name.to_owned(), message)
}

/// A bug: a panic leaves the client an API error, too.
async fn preview() -> Response {
    panic!("previews are not written yet")
}

/// No key, or not a key of ours.
async fn check_key(request: Request, next: Next) -> Result<Response, ErrorObject> {
    let Some(key) = key(request.headers()) else {
        return Err(ErrorObject::new(ErrorCode::NoApiKey, "No API key was provided"));
    };
    if !KEYS.iter().any(|(known, _)| *known == key) {
        return Err(ErrorObject::new(
            ErrorCode::InvalidApiKey,
            "The API key provided is invalid or has expired",
        ));
    }
    Ok(next.run(request).await)
}

fn key(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn may_write(headers: &HeaderMap) -> bool {
    key(headers).is_some_and(|key| KEYS.contains(&(key, true)))
}

async fn limit_rate(
    State(account): State<Shared>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    const WINDOW: Duration = Duration::from_secs(60);
    let wait = {
        let mut ledger = account.ledger();
        let (since, count) = ledger.requests.entry(address.ip()).or_insert((Instant::now(), 0));
        if since.elapsed() >= WINDOW {
            (*since, *count) = (Instant::now(), 0);
        }
        *count += 1;
        (*count > account.limits.requests_per_minute)
            .then(|| WINDOW.saturating_sub(since.elapsed()))
    };
    match wait {
        Some(wait) => {
            let error =
                ErrorObject::new(ErrorCode::RateLimited, "Too many requests from this IP address");
            ([(header::RETRY_AFTER, (wait.as_secs() + 1).to_string())], error).into_response()
        }
        None => next.run(request).await,
    }
}

/// Sets the `Request-Id` of every response.
async fn number(account: Shared, mut response: Response) -> Response {
    let mut ledger = account.ledger();
    ledger.request_count += 1;
    if let Ok(id) = format!("req_{}", ledger.request_count).parse() {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

#[allow(dead_code, reason = "the end-to-end test serves `app` itself")]
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let limits = Limits {
        requests_per_minute: 60,
        body_bytes: 100 * 1024 * 1024,
        prints: 100,
        balance_pence: 500,
    };
    tracing_subscriber::fmt().init();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 3000)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app(limits).into_make_service_with_connect_info::<SocketAddr>()).await
}
