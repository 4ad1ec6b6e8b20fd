//! The bodies that are decoded, and encoded again.

pub const DOCUMENTED: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"}}"#;

pub const ESCAPED: &str = r#"{"error":{"message":"Invalid value for parameter: \"postage.service\"\nExpected one of: \"first_class\", \"second_class\" (caf\u00e9)","type":"invalid_request_error","code":"parameter_invalid","param":"postage.service"}}"#;

pub const UNKNOWN_CODE: &str = r#"{"error":{"message":"The monthly quota of this account is exhausted","type":"rate_limited","code":"quota_exhausted"}}"#;

pub const OTHER_ORDER: &str = r#"{"error":{"code":"parameter_unknown","param":"confimred","type":"invalid_request_error","message":"Received unknown parameter: confimred (Did you mean confirmed?)"}}"#;

pub const PRETTY: &str = r#"{
  "error": {
    "message": "Received unknown parameter: confimred (Did you mean confirmed?)",
    "type": "invalid_request_error",
    "code": "parameter_unknown",
    "param": "confimred"
  }
}
"#;

pub const EXTRA: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred","doc_url":"https://example.com/errors#parameter_unknown"}}"#;

pub const EXTRA_BESIDE: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred"},"request_id":"req_0123456789","status":400}"#;

pub const EXTRA_NESTED: &str = r#"{"error":{"message":"Received unknown parameter: confimred (Did you mean confirmed?)","type":"invalid_request_error","code":"parameter_unknown","param":"confimred","details":[{"path":["recipients",0],"score":0.75}]}}"#;

pub const NO_PARAM: &str = r#"{"error":{"message":"Too many requests from this IP address","type":"rate_limited","code":"rate_limited"}}"#;

/// Rare in a message, and so the dearest to write.
pub const CONTROLS: &str = r#"{"error":{"message":"Invalid value for parameter: description \u0001\u0002\u001b[31m (\"\\\\server\\share\\letter.pdf\")\r\n","type":"invalid_request_error","code":"parameter_invalid","param":"description"}}"#;

pub const NOT_ASCII: &str = r#"{"error":{"message":"Ungültiger Wert für den Parameter „Empfänger“: 株式会社 — пожалуйста, исправьте","type":"invalid_request_error","code":"parameter_invalid","param":"recipients"}}"#;
