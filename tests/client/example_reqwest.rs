//! The example client by reqwest: what it sends again, how long it waits, and what it logs.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use backon::ExponentialBuilder;
use http_body_util::Full;
use intelliprint_error::{ApiError, ErrorCode, ErrorObject, ErrorResponse};
use reqwest::{Body, Client, Method};
use serde_json::Value;

use crate::example_clients::client_reqwest::send;
use crate::log::Log;

/// The outcome of one call.
struct Call {
    result: Result<Value, ApiError>,
    /// How often the request arrived at the server.
    sent: usize,
    took: Duration,
    /// The logged events.
    log: Vec<Value>,
}

/// Sends a request to a server that sends these responses in turn and then repeats the last. The
/// client tries again three times at most, after 1, 2 and 4 ms if the server asks for no delay.
fn call(method: Method, body: Body, responses: &'static [&'static str]) -> Call {
    call_after(Duration::from_millis(1), method, body, responses)
}

/// The same with another delay before the second try.
#[tokio::main(flavor = "current_thread")]
async fn call_after(
    delay: Duration,
    method: Method,
    body: Body,
    responses: &'static [&'static str],
) -> Call {
    let (address, count) = serve(responses);
    let client = Client::new();
    let request = client.request(method, format!("http://{address}/v0/prints")).body(body);
    let backoff = ExponentialBuilder::default().with_min_delay(delay);
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    let start = Instant::now();
    let guard = tracing::subscriber::set_default(subscriber);
    let sending = send(&client, request.build().unwrap(), backoff.with_max_times(3));
    let result = tokio::time::timeout(Duration::from_secs(50), sending)
        .await
        .expect("it takes less than 50 s");
    drop(guard);
    let lines = log.text();
    Call {
        result,
        sent: count.load(Ordering::SeqCst),
        took: start.elapsed(),
        log: lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}

fn serve(responses: &'static [&'static str]) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let place = counter.fetch_add(1, Ordering::SeqCst);
            let head = responses[place.min(responses.len() - 1)];
            let body = body_of(head);
            let response = format!(
                "HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let _ = socket.read(&mut [0; 4096]).unwrap();
            socket.write_all(response.as_bytes()).unwrap();
            socket.shutdown(Shutdown::Write).unwrap();
            // Closing with bytes unread would reset the connection before the client has read.
            let _ = socket.read_to_end(&mut Vec::new());
        }
    });
    (address, count)
}

fn body_of(head: &str) -> String {
    let code = match head.get(..3).unwrap() {
        "201" => return r#"{"id":"print_1"}"#.into(),
        "429" => ErrorCode::RateLimited,
        "503" => {
            return r#"{"error":{"message":"m","type":"x","code":"a_name_of_the_server"}}"#.into();
        }
        _ => ErrorCode::InternalError,
    };
    String::from_utf8(ErrorResponse::from(ErrorObject::from(code)).to_json()).unwrap()
}

#[test]
fn it_waits_as_long_as_the_server_asks() {
    let responses = &["429 Too Many Requests\r\nRetry-After: 1", "201 Created"];
    let call = call(Method::POST, "{}".into(), responses);
    assert_eq!((call.result.unwrap()["id"].as_str(), call.sent), (Some("print_1"), 2));
    assert!(call.took >= Duration::from_secs(1), "{:?}", call.took);
}

/// A server that asks for less than the client's own delay does not shorten it.
#[test]
fn it_waits_no_shorter_than_its_own_delay() {
    let own = Duration::from_millis(1200);
    let responses = &["429 Too Many Requests\r\nRetry-After: 1", "201 Created"];
    let call = call_after(own, Method::POST, "{}".into(), responses);
    assert_eq!((call.result.is_ok(), call.sent), (true, 2));
    assert!(call.took >= own, "{:?}", call.took);
    assert_eq!(call.log[0]["fields"]["delay"], "1.2s", "{:?}", call.log);
}

#[test]
fn it_waits_until_the_date_that_the_server_names() {
    // An HTTP date has whole seconds, so two seconds ahead is more than one second away.
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    let busy = format!("429 Too Many Requests\r\nRetry-After: {date}").leak();
    let call = call(Method::POST, "{}".into(), vec![&*busy, "201 Created"].leak());
    assert_eq!((call.result.is_ok(), call.sent), (true, 2));
    assert!(call.took >= Duration::from_secs(1), "{:?}", call.took);
}

#[test]
fn it_does_not_wait_longer_than_a_minute() {
    for asked in ["61", "18446744073709551615", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let busy = &*format!("429 Too Many Requests\r\nRetry-After: {asked}").leak();
        let call = call(Method::GET, "".into(), vec![busy].leak());
        assert_eq!((call.result.unwrap_err().code(), call.sent), (Some(ErrorCode::RateLimited), 1));
    }
}

/// The test's clock jumps to the end of each wait.
#[tokio::test(start_paused = true)]
async fn it_waits_a_whole_minute() {
    let (address, count) = serve(&["429 Too Many Requests\r\nRetry-After: 60", "201 Created"]);
    let client = Client::new();
    let request = client.post(format!("http://{address}/v0/prints")).build().unwrap();
    let start = tokio::time::Instant::now();
    let result = send(&client, request, ExponentialBuilder::default()).await;
    assert_eq!(
        (result.unwrap()["id"].as_str(), count.load(Ordering::SeqCst)),
        (Some("print_1"), 2)
    );
    assert!(start.elapsed() >= Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn it_sends_a_get_four_times_and_a_post_once_if_the_outcome_is_unknown() {
    let responses = &["500 Internal Server Error"];
    for (method, sent) in [(Method::GET, 4), (Method::PUT, 4), (Method::POST, 1)] {
        let call = call(method.clone(), "{}".into(), responses);
        assert_eq!((call.result.unwrap_err().status(), call.sent), (Some(500), sent), "{method}");
    }
    // A server that names a time does not thereby permit what the rule forbids.
    let busy = call(Method::POST, "{}".into(), &["500 Internal Server Error\r\nRetry-After: 1"]);
    assert_eq!(busy.sent, 1);
}

/// reqwest sends a multipart form as a stream, which it cannot copy.
#[test]
fn it_sends_a_stream_once() {
    let stream = || Body::wrap(Full::new(&b"--b--"[..]));
    let made = call(Method::POST, stream(), &["201 Created"]);
    assert_eq!((made.result.unwrap()["id"].as_str(), made.sent), (Some("print_1"), 1));
    let busy = call(Method::POST, stream(), &["429 Too Many Requests"]);
    let error = busy.result.unwrap_err();
    assert_eq!((error.code(), busy.sent), (Some(ErrorCode::RateLimited), 1));
}

#[test]
fn it_logs_the_label_the_status_and_the_request_id_of_each_failed_attempt() {
    let busy = "429 Too Many Requests\r\nRetry-After: 0\r\nRequest-Id: req_1";
    let failed = "500 Internal Server Error\r\nRequest-Id: req_2";
    let responses: &[_] = vec![busy, failed].leak();
    let call = call(Method::POST, "{}".into(), responses);
    let events: Vec<_> = call
        .log
        .iter()
        .map(|line| {
            let fields = &line["fields"];
            let text = |name: &str| fields[name].as_str().unwrap().to_owned();
            (line["level"].clone(), text("label"), fields["status"].clone(), text("request_id"))
        })
        .collect();
    let event = |level: &str, label: &str, status: u16, request_id: &str| {
        (level.into(), label.to_owned(), status.into(), request_id.to_owned())
    };
    assert_eq!(
        events,
        [
            event("WARN", "rate_limited", 429, "req_1"),
            event("ERROR", "internal_error", 500, "req_2"),
        ]
    );
    assert_eq!(call.log[0]["fields"]["delay"], "1ms");
    let message = |at: usize| call.log[at]["fields"]["message"].as_str().unwrap();
    assert_eq!(message(0), "the call failed and is sent again");
    assert!(message(1).starts_with("the call failed: HTTP 500: internal_error "), "{}", message(1));
}

/// Only a success has a result, whatever else comes in JSON.
#[test]
fn it_takes_no_redirect_for_a_result() {
    let call = call(Method::POST, "{}".into(), &["300 Multiple Choices"]);
    assert_eq!((call.result.unwrap_err().status(), call.sent), (Some(300), 1));
}

/// A label is for metrics, where a server must not make new ones.
#[test]
fn it_labels_a_name_that_it_does_not_know_by_the_class_of_the_status() {
    let call = call(Method::POST, "{}".into(), &["503 Service Unavailable"]);
    assert_eq!(call.log[0]["fields"]["label"], "http_5xx");
    let line = call.log[0]["fields"]["message"].as_str().unwrap();
    assert!(line.contains("a_name_of_the_server"), "{line}");
}
