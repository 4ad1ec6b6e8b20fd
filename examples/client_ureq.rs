//! A call by ureq, whose error keeps the head of a response even if the body is cut off.
//!
//! ```sh
//! cargo run --features axum --example server_axum &
//! cargo run --features http --example client_ureq http://127.0.0.1:3000/v0/prints/print_9
//! ```

use std::io::Read;

use intelliprint_error::ApiError;
use ureq::Agent;

/// The most bytes of an error response that are read. The errors of the API are far shorter.
const LONGEST_ERROR: u64 = 1024 * 1024;

pub fn get(agent: &Agent, url: &str) -> Result<Vec<u8>, ApiError> {
    // Without this setting, ureq drops the body of an error response.
    let request = agent.get(url).config().http_status_as_error(false).build();
    let (head, body) = request.call().map_err(ApiError::network)?.into_parts();
    let limit = if head.status.is_success() { u64::MAX } else { LONGEST_ERROR };
    let mut bytes = Vec::new();
    match body.into_reader().take(limit).read_to_end(&mut bytes) {
        Ok(_) if head.status.is_success() => Ok(bytes),
        Ok(_) => Err(ApiError::from_http(head.status, &head.headers, bytes)),
        Err(cause) => {
            Err(ApiError::incomplete(head.status.as_u16(), None, cause).with_headers(&head.headers))
        }
    }
}

fn main() {
    let url = std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000/v0/prints".into());
    match get(&Agent::new_with_defaults(), &url) {
        Ok(body) => println!("{}", String::from_utf8_lossy(&body)),
        Err(error) => println!("{error}"),
    }
}
