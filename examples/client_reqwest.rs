//! A client of the prints API by reqwest. It retries only what may be retried, waits as long as the
//! server asks, logs every failed attempt, and prints what support needs.
//!
//! ```sh
//! cargo run --features axum --example server_axum &
//! cargo run --features http --example client_reqwest http://127.0.0.1:3000
//! ```

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBuilder};
use intelliprint_error::{ApiError, ErrorCode};
use reqwest::{Client, Request, Response, Url};
use serde_json::{Value, json};

/// The most bytes of an error response that are read. The errors of the API are far shorter.
const LONGEST_ERROR: usize = 1024 * 1024;

/// The longest wait. If the server asks for more, the request fails and the caller decides.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Sends a request, and sends it again after a growing delay while the error permits that.
///
/// A request whose body is a stream, such as a multipart form, is sent once, because reqwest cannot
/// copy a stream. To retry such a request, build it anew for each attempt.
pub async fn send(
    client: &Client,
    mut request: Request,
    backoff: ExponentialBuilder,
) -> Result<Value, ApiError> {
    let is_idempotent = request.method().is_idempotent();
    let mut delays = backoff.build();
    loop {
        let copy = request.try_clone();
        let error = match send_once(client, request).await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let asked = asked_delay(&error);
        let again = copy.filter(|_| error.may_retry(is_idempotent) && asked <= LONGEST_WAIT);
        let Some((copy, delay)) = again.zip(delays.next()) else {
            tracing::error!(
                label = error.label(),
                status = error.status(),
                request_id = error.request_id(),
                "the call failed: {error}",
            );
            return Err(error);
        };
        let delay = delay.max(asked);
        tracing::warn!(
            label = error.label(),
            status = error.status(),
            request_id = error.request_id(),
            ?delay,
            "the call failed and is sent again",
        );
        tokio::time::sleep(delay).await;
        request = copy;
    }
}

/// Sends a request once. If the body is cut off, the error keeps the head of the response.
pub async fn send_once(client: &Client, request: Request) -> Result<Value, ApiError> {
    let response = client.execute(request).await.map_err(ApiError::network)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = if status.is_success() {
        response.bytes().await.map(Vec::from)
    } else {
        start_of_body(response).await
    };
    let body = match body {
        Ok(body) => body,
        Err(cause) => {
            return Err(ApiError::incomplete(status.as_u16(), None, cause).with_headers(&headers));
        }
    };
    match serde_json::from_slice(&body) {
        Ok(value) if status.is_success() => Ok(value),
        _ => Err(ApiError::from_http(status, &headers, body)),
    }
}

async fn start_of_body(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while body.len() < LONGEST_ERROR {
        let Some(chunk) = response.chunk().await? else { break };
        body.extend_from_slice(&chunk[..chunk.len().min(LONGEST_ERROR - body.len())]);
    }
    Ok(body)
}

/// The delay that the server asks for, in seconds or until a date. Zero if it asks for none.
fn asked_delay(error: &ApiError) -> Duration {
    let asked = error.retry_after().and_then(|value| value.delay_from(SystemTime::now()));
    asked.unwrap_or_default()
}

/// What the user can do, and what support needs.
pub fn report(error: &ApiError) -> String {
    let advice =
        error.code().map_or("The response is not one that this version knows.", ErrorCode::remedy);
    let cause = std::error::Error::source(error)
        .map(|cause| format!("\n  because: {cause}"))
        .unwrap_or_default();
    format!("{advice}\nFor support:\n  {error}{cause}")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
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
