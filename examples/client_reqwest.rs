//! A client of the prints API: it understands every answer, sends again only what may be sent again, and prints what
//! support needs.
//!
//! ```sh
//! cargo run --features axum --example server_axum &
//! cargo run --features http --example client_reqwest http://127.0.0.1:3000
//! ```

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use intelliprint_error::{ApiError, ErrorCode, Retry, RetryAfter};
use reqwest::{Client, Request, Response, Url};
use serde_json::{Value, json};

/// Far more than any error of the API has. A proxy's may have no end.
const LONGEST_ERROR: usize = 1024 * 1024;

/// Sends a request, and again after a growing delay as long as the error says that it may be.
pub async fn send(
    client: &Client,
    request: Request,
    backoff: ExponentialBuilder,
) -> Result<Value, ApiError> {
    // The body is in memory, so the request can be made again.
    let attempt = || async {
        match request.try_clone() {
            Some(request) => send_once(client, request).await,
            None => Err(ApiError::network("the request's body is a stream")),
        }
    };
    let is_idempotent = request.method().is_idempotent();
    attempt
        .retry(backoff)
        .sleep(tokio::time::sleep)
        .when(|error| may_be_sent_again(error, is_idempotent))
        .adjust(|error, delay| delay.map(|delay| delay.max(asked_delay(error))))
        .await
}

async fn send_once(client: &Client, request: Request) -> Result<Value, ApiError> {
    let response = client.execute(request).await.map_err(ApiError::network)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = if status.is_success() {
        response.bytes().await.map(Into::into)
    } else {
        start_of_body(response).await
    };
    let body = body.map_err(ApiError::network)?;
    if let (true, Ok(value)) = (status.is_success(), serde_json::from_slice(&body)) {
        return Ok(value);
    }
    let mut answer = http::Response::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Err(ApiError::from_response(&answer))
}

async fn start_of_body(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let (true, Some(chunk)) = (body.len() < LONGEST_ERROR, response.chunk().await?) {
        body.extend_from_slice(&chunk[..chunk.len().min(LONGEST_ERROR - body.len())]);
    }
    Ok(body)
}

/// What may have had an effect is sent again only if a second effect is none: a letter is posted once.
fn may_be_sent_again(error: &ApiError, is_idempotent: bool) -> bool {
    match error.retry() {
        Retry::Never => false,
        Retry::AfterDelay => true,
        Retry::IfIdempotent => is_idempotent,
    }
}

fn asked_delay(error: &ApiError) -> Duration {
    match error.retry_after() {
        Some(RetryAfter::Delay(delay)) => *delay,
        _ => Duration::ZERO,
    }
}

/// What to do, and what to tell support.
pub fn report(error: &ApiError) -> String {
    let advice = match error.code() {
        Some(ErrorCode::NoApiKey | ErrorCode::InvalidApiKey | ErrorCode::Forbidden) => {
            "Check the API key."
        }
        Some(ErrorCode::PaymentError) => "Top up the account.",
        Some(ErrorCode::NetworkError) => "Check the connection.",
        Some(ErrorCode::RateLimited) => "Send less at a time.",
        Some(ErrorCode::InternalError) => "Ask support.",
        Some(_) => "Correct the request.",
        None => "The answer is not one that this version knows.",
    };
    let source = std::error::Error::source(error)
        .map(|cause| format!("\n  because: {cause}"))
        .unwrap_or_default();
    format!("{advice}\nFor support:\n  {error}{source}")
}

#[allow(dead_code)] // The end-to-end test calls the functions above.
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    let url = Url::parse(&base)?.join("/v0/prints")?;
    let client = Client::new();
    for body in
        [json!({ "file": "letter.pdf" }), json!({ "file": "letter.pdf", "confimred": true })]
    {
        let request = client.post(url.clone()).bearer_auth("key_full").json(&body).build()?;
        match send(&client, request, ExponentialBuilder::default()).await {
            Ok(print) => println!("{print}"),
            Err(error) => println!("{}", report(&error)),
        }
    }
    Ok(())
}
