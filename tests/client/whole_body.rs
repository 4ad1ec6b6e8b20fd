//! The example clients against bodies that are whole, longer than an error may be, or endless.

use std::error::Error;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use intelliprint_error::{ApiError, ErrorCode, ErrorObject, ErrorResponse, Retry};

use crate::example_clients::{CLIENTS, by_hyper, by_reqwest, by_ureq, client_reqwest};

const MIB: usize = 1024 * 1024;

/// Starts a server that responds once. It does not mind a client that reads no further.
fn serve(status: u16, body: Vec<u8>) -> SocketAddr {
    serve_start(status, body.len(), body)
}

/// Sends the start of a body of this length. The connection stays open until the client closes it.
fn serve_start(status: u16, length: usize, body: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let _ = socket.read(&mut [0; 4096]).unwrap();
        let head =
            format!("HTTP/1.1 {status} x\r\nRequest-Id: req_1\r\nContent-Length: {length}\r\n\r\n");
        let _ = socket.write_all(&[head.as_bytes(), &body].concat());
        if length == body.len() {
            let _ = socket.shutdown(Shutdown::Write);
        }
        let _ = socket.read_to_end(&mut Vec::new());
    });
    address
}

#[test]
fn an_error_of_the_api_is_one_and_a_success_is_none() {
    let object = ErrorObject::new(ErrorCode::NotFound, "No such print exists");
    let body = ErrorResponse::from(object.clone()).to_json();
    for call in CLIENTS {
        let error = call(serve(404, body.clone())).unwrap_err();
        assert_eq!((error.status(), error.request_id()), (Some(404), Some("req_1")));
        assert_eq!((error.object(), error.body()), (Some(&object), Some(&*body)));
        assert_eq!(call(serve(200, b"{}".to_vec())).unwrap(), 2);
        // The limit of the clients holds for error responses only.
        let long = format!("\"{}\"", "x".repeat(2 * MIB));
        assert_eq!(call(serve(201, long.into_bytes())).unwrap(), 2 * MIB + 2);
    }
}

/// Only a success has a result. ureq returns an error of its own for a redirect without `Location`.
#[test]
fn another_status_than_a_success_is_an_error() {
    let redirects = [by_reqwest, by_hyper].map(|call| (call, 300));
    let others = CLIENTS.into_iter().flat_map(|call| [(call, 400), (call, 600)]);
    for (call, status) in others.chain(redirects) {
        let error = call(serve(status, b"{}".to_vec())).unwrap_err();
        assert_eq!((error.status(), error.body()), (Some(status), Some(&b"{}"[..])));
    }
}

#[test]
fn no_client_reads_more_than_a_mebibyte_of_an_error() {
    let page = || "<p>x</p>\n".repeat(MIB / 4).into_bytes();
    for call in CLIENTS {
        let whole = page()[..MIB].to_vec();
        assert_eq!(call(serve(502, whole.clone())).unwrap_err().into_body(), Some(whole));
    }
    for call in [by_ureq, by_reqwest] {
        let error = call(serve(502, page())).unwrap_err();
        assert_eq!(error.status(), Some(502));
        assert_eq!(error.body(), Some(&page()[..MIB]));
    }
    // hyper's limit rejects the body as a whole.
    let error = by_hyper(serve(502, page())).unwrap_err();
    assert_eq!((error.status(), error.request_id()), (Some(502), Some("req_1")));
    assert_eq!((error.body(), error.retry()), (None, Retry::IfIdempotent));
}

/// A server that sends an error response without an end must not keep a client waiting.
#[test]
fn no_client_waits_for_the_end_of_an_endless_error() {
    for (name, call) in ["ureq", "reqwest", "hyper"].into_iter().zip(CLIENTS) {
        let address = serve_start(502, 1024 * MIB, b"x".repeat(MIB + 100_000));
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(call(address)));
        let called = receiver.recv_timeout(Duration::from_secs(20));
        let error = called.unwrap_or_else(|_| panic!("{name} waits")).unwrap_err();
        assert_eq!(error.status(), Some(502), "{name}");
    }
}

/// A captive portal or a proxy may respond with 200 and a page.
#[test]
fn a_success_that_is_not_json_is_an_error_with_its_body() {
    for page in [&b"<html>Sign in</html>"[..], b""] {
        let error = by_reqwest(serve(200, page.to_vec())).unwrap_err();
        assert_eq!((error.status(), error.body()), (Some(200), Some(page)));
        assert_eq!((error.label(), error.may_retry(true)), ("http_2xx", false));
    }
}

/// The cause is the HTTP client's own error, so that a program can look into it.
#[test]
fn no_response_is_a_network_error_with_the_cause() {
    let is_own: [fn(&(dyn Error + 'static)) -> bool; 3] = [
        |cause| cause.is::<ureq::Error>(),
        |cause| cause.is::<reqwest::Error>(),
        |cause| cause.is::<hyper_util::client::legacy::Error>(),
    ];
    for (call, is_own) in CLIENTS.into_iter().zip(is_own) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let error = call(address).unwrap_err();
        assert_eq!((error.status(), error.code()), (None, Some(ErrorCode::NetworkError)));
        assert_eq!((error.may_retry(true), error.may_retry(false)), (true, false));
        let cause = error.source().unwrap();
        assert!(is_own(cause), "{cause:?}");
    }
}

/// What a user can do comes first, and what support needs is on lines of its own.
#[test]
fn the_report_has_the_remedy_the_line_and_the_cause() {
    let known = ApiError::api(404, ErrorCode::NotFound).with_request_id("req_1");
    assert_eq!(
        client_reqwest::report(&known),
        format!("{}\nFor support:\n  {known}", ErrorCode::NotFound.remedy())
    );
    let cut = ApiError::incomplete(502, Some("req_1"), "connection reset");
    assert_eq!(
        client_reqwest::report(&cut),
        "The response is not one that this version knows.\nFor support:\n  HTTP 502: the response's body could not be read to its end [request id: req_1]\n  because: connection reset"
    );
}
