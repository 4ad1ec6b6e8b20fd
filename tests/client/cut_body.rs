//! The example clients against a server that cuts the connection in the body. Each keeps the head.

use std::error::Error;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use intelliprint_error::{Retry, RetryAfter};

use crate::example_clients::CLIENTS;

/// Starts a server that sends this head and 10 bytes of a body of 100, then closes the connection.
fn serve(head: &'static str) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let _ = socket.read(&mut [0; 4096]).unwrap();
        let response = format!("HTTP/1.1 {head}\r\nContent-Length: 100\r\n\r\n{{\"error\":{{");
        socket.write_all(response.as_bytes()).unwrap();
    });
    address
}

#[test]
fn a_cut_body_keeps_the_status_and_its_retry_rule() {
    for call in CLIENTS {
        let error = call(serve("401 Unauthorized\r\nRequest-Id: req_1")).unwrap_err();
        assert_eq!((error.status(), error.request_id()), (Some(401), Some("req_1")));
        assert_eq!((error.retry(), error.code()), (Retry::Never, None));
        assert_eq!(error.label(), "http_4xx");
        assert_eq!((error.body(), error.retry_after()), (None, None));
        assert!(error.source().is_some() && error.decode_error().is_none());
        assert_eq!(
            error.to_string(),
            "HTTP 401: the response's body could not be read to its end [request id: req_1]"
        );
    }
}

#[test]
fn a_cut_body_keeps_the_wait_that_the_server_asks_for() {
    for call in CLIENTS {
        let error = call(serve("429 Too Many Requests\r\nRetry-After: 7")).unwrap_err();
        assert!(error.may_retry(false));
        let delay = error.retry_after().and_then(RetryAfter::delay);
        assert_eq!(delay, Some(Duration::from_secs(7)));
    }
}

#[test]
fn a_cut_body_of_a_success_is_an_error_that_forbids_a_second_post() {
    for call in CLIENTS {
        let error = call(serve("201 Created")).unwrap_err();
        assert_eq!(error.status(), Some(201));
        assert_eq!((error.may_retry(true), error.may_retry(false)), (true, false));
    }
}
