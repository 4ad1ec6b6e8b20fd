//! What progenitor makes of the OpenAPI 3.0 document: a client that reads every known code and an
//! unknown one from a real socket.

// `tests/interop/run` makes the document: one file of an API's own document, which refers to our
// responses.
#[allow(clippy::all)]
mod generated {
    progenitor::generate_api!("../openapi/generated/bundled.json");
}

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use generated::{Client, Error, types};
use serde_json::{Value, json};

const CATALOGUE: &str = include_str!("../../../../../schema/errors.json");

fn main() {
    let catalogue: Value = serde_json::from_str(CATALOGUE).unwrap();
    let codes = catalogue["codes"].as_array().unwrap();
    let mut bodies: Vec<_> = codes
        .iter()
        .filter_map(|code| {
            Some((code["status"]["value"].as_u64()?, code["example"]["value"].clone()))
        })
        .collect();
    let unknown = json!({ "message": "No more prints today", "type": "quota_error", "code": "quota_exhausted" });
    bodies.push((429, json!({ "error": unknown })));

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (status, body) in &bodies {
        let read = runtime.block_on(read(*status, body));
        assert_eq!(serde_json::to_value(&read).unwrap(), *body);
    }
    // The client has the known names, to compare with.
    for code in codes {
        let name = code["name"].as_str().unwrap();
        assert_eq!(name.parse::<types::ErrorCode>().unwrap().to_string(), name);
    }
    println!("a client reads {} examples and an unknown code from a socket", bodies.len() - 1);
}

/// What the client makes of a response with this status and body.
async fn read(status: u64, body: &Value) -> types::ErrorResponse {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = Client::new(&format!("http://{}", listener.local_addr().unwrap()));
    let response = response(status, &body.to_string());
    let server = thread::spawn(move || respond(listener.accept().unwrap().0, &response));
    let error = client.list_prints().await.unwrap_err();
    server.join().unwrap();
    match error {
        Error::ErrorResponse(response) => {
            assert_eq!(u64::from(response.status().as_u16()), status);
            assert_eq!(response.headers()["request-id"], "req_1");
            response.into_inner()
        }
        other => panic!("{status} {body}: {other}"),
    }
}

fn response(status: u64, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Error\r\nContent-Type: application/json\r\nRequest-Id: req_1\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Reads the head of a request without a body, and writes the response.
fn respond(mut stream: TcpStream, response: &str) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    stream.write_all(response.as_bytes()).unwrap();
}
