//! A call by hyper, whose error keeps the head of a response even if the body is cut off.
//!
//! ```sh
//! cargo run --features axum --example server_axum &
//! cargo run --features http --example client_hyper http://127.0.0.1:3000/v0/prints/print_9
//! ```

use http::{Request, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use intelliprint_error::ApiError;

/// The most bytes of an error response that are read. The errors of the API are far shorter.
const LONGEST_ERROR: usize = 1024 * 1024;

type NoBody = Empty<&'static [u8]>;

pub fn client() -> Client<HttpConnector, NoBody> {
    Client::builder(TokioExecutor::new()).build_http()
}

pub async fn send(
    client: &Client<HttpConnector, NoBody>,
    request: Request<NoBody>,
) -> Result<Vec<u8>, ApiError> {
    let response = client.request(request).await.map_err(ApiError::network)?;
    let (head, body) = response.into_parts();
    let limit = if head.status.is_success() { usize::MAX } else { LONGEST_ERROR };
    match Limited::new(body, limit).collect().await {
        Ok(body) if head.status.is_success() => Ok(body.to_bytes().into()),
        Ok(body) => Err(ApiError::from_http(head.status, &head.headers, body.to_bytes())),
        // The connection was cut, or the body is longer than the limit.
        Err(cause) => {
            Err(ApiError::incomplete(head.status.as_u16(), None, cause).with_headers(&head.headers))
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), http::Error> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000/v0/prints".into());
    let request = Request::get(url.parse::<Uri>()?).body(NoBody::new())?;
    match send(&client(), request).await {
        Ok(body) => println!("{}", String::from_utf8_lossy(&body)),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
