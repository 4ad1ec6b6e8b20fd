//! The example clients, as functions of one form.

use std::net::SocketAddr;

use intelliprint_error::ApiError;

#[path = "../../examples/client_hyper.rs"]
#[expect(dead_code, reason = "`main` is not called")]
mod client_hyper;
#[path = "../../examples/client_reqwest.rs"]
#[expect(dead_code, reason = "`main` is not called")]
pub(crate) mod client_reqwest;
#[path = "../../examples/client_ureq.rs"]
#[expect(dead_code, reason = "`main` is not called")]
mod client_ureq;

/// The length of the result, or the error.
pub(crate) type Called = Result<usize, ApiError>;

pub(crate) fn by_ureq(address: SocketAddr) -> Called {
    let agent = ureq::Agent::new_with_defaults();
    client_ureq::get(&agent, &format!("http://{address}/")).map(|body| body.len())
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn by_reqwest(address: SocketAddr) -> Called {
    let client = reqwest::Client::new();
    let request = client.get(format!("http://{address}/")).build().unwrap();
    let result = client_reqwest::send_once(&client, request).await;
    result.map(|value| value.to_string().len())
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn by_hyper(address: SocketAddr) -> Called {
    let request = http::Request::get(format!("http://{address}/")).body(Default::default());
    let result = client_hyper::send(&client_hyper::client(), request.unwrap()).await;
    result.map(|body| body.len())
}

pub(crate) const CLIENTS: [fn(SocketAddr) -> Called; 3] = [by_ureq, by_reqwest, by_hyper];
