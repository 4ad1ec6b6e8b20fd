//! `schema/conformance.json`: responses and what a client must make of each. Rust must have the
//! first of the allowed outcomes, which is the strict one.

use std::collections::{BTreeMap, HashSet};
use std::time::SystemTime;

use base64::Engine as _;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use intelliprint_error::{ApiError, ErrorCode, ErrorType, RetryAfter};
use serde_json::{Map, Value, json};

const FILE: &str = include_str!("../../schema/conformance.json");
const SCHEMA: &str = include_str!("../../schema/conformance.schema.json");

/// The cases, with each mark of `repeat` replaced by its text, repeated.
fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(FILE).unwrap();
    file["cases"].as_array().unwrap().iter().cloned().map(expanded).collect()
}

fn expanded(mut case: Value) -> Value {
    for repeat in case["repeat"].take().as_array().into_iter().flatten() {
        let times = usize::try_from(repeat["times"].as_u64().unwrap()).unwrap();
        replace(&mut case, text(repeat, "mark"), &text(repeat, "text").repeat(times));
    }
    case
}

fn replace(value: &mut Value, mark: &str, with: &str) {
    match value {
        Value::String(text) => *text = text.replace(mark, with),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, mark, with)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, mark, with)),
        _ => {}
    }
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("{field}: {value}"))
}

fn status(case: &Value) -> u16 {
    u16::try_from(case["status"].as_u64().unwrap()).unwrap()
}

fn body(case: &Value) -> Vec<u8> {
    match case.get("body_base64") {
        Some(body) => {
            base64::engine::general_purpose::STANDARD.decode(body.as_str().unwrap()).unwrap()
        }
        None => text(case, "body").as_bytes().to_vec(),
    }
}

fn response(case: &Value) -> ApiError {
    let mut headers = HeaderMap::new();
    for pair in case["headers"].as_array().unwrap() {
        let name: HeaderName = pair[0].as_str().unwrap().parse().unwrap();
        headers
            .append(name, HeaderValue::from_bytes(pair[1].as_str().unwrap().as_bytes()).unwrap());
    }
    match StatusCode::from_u16(status(case)) {
        Ok(status) => ApiError::from_http(status, &headers, body(case)),
        // The crate `http` has no such status.
        Err(_) => ApiError::from_parts(status(case), None, body(case)).with_headers(&headers),
    }
}

/// What the error says, in the words of the file.
fn outcome(error: &ApiError) -> Map<String, Value> {
    let object = error.object().map(|object| {
        json!({
            "message": object.message(),
            "type": object.error_type().as_str(),
            "code": object.code().as_str(),
            "param": object.param(),
        })
    });
    let known_type = error.object().and_then(|object| object.error_type().known());
    let retry_after = error.retry_after().map(|after| match (after.delay(), after.date()) {
        (Some(delay), _) => delay.as_secs().into(),
        (None, Some(date)) => iso(date).into(),
        (None, None) => Value::Null,
    });
    let Value::Object(outcome) = json!({
        "object": object,
        "code": error.code().map(|code| code.as_str()),
        "type": known_type.map(|known| known.as_str()),
        "request_id": error.request_id(),
        "retry_after": retry_after,
        "retry": error.retry().as_str(),
        "line": error.to_string(),
    }) else {
        unreachable!()
    };
    outcome
}

/// `1994-11-06T08:49:37Z`, by way of the HTTP date that names the day.
fn iso(date: SystemTime) -> String {
    let http = httpdate::fmt_http_date(date);
    let parts: Vec<_> = http.split(' ').collect();
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|month| *month == parts[2]).unwrap() + 1;
    format!("{}-{month:02}-{}T{}Z", parts[3], parts[1], parts[4])
}

/// The first field of the expectation that is not as found.
fn difference<'a>(found: &Map<String, Value>, wanted: &'a Value) -> Option<&'a str> {
    let mut fields = wanted.as_object().unwrap().iter();
    fields.find(|(field, value)| found.get(*field) != Some(value)).map(|(field, _)| field.as_str())
}

#[test]
fn every_case_has_the_strict_outcome() {
    for case in cases() {
        let error = response(&case);
        let name = text(&case, "name");
        let (found, wanted) = (outcome(&error), &case["allowed"][0]);
        if let Some(field) = difference(&found, wanted) {
            let shown =
                |value: Option<&Value>| format!("{value:?}").chars().take(600).collect::<String>();
            let (found, wanted) = (shown(found.get(field)), shown(wanted.get(field)));
            panic!("{name}: {} The {field} is {found}, not {wanted}", text(&case, "reason"));
        }
        assert_eq!(error.status(), Some(status(&case)), "{name}");
        assert_eq!(error.body(), Some(&body(&case)[..]), "{name}: the body is not kept");
        assert!(error.to_string().chars().count() <= 1_100, "{name}: the line is too long");
    }
}

/// Each field of each expectation is compared: any other value is a difference.
#[test]
fn every_expectation_can_fail() {
    for case in cases() {
        let found = outcome(&response(&case));
        for field in case["allowed"][0].as_object().unwrap().keys() {
            let mut wanted = case["allowed"][0].clone();
            wanted[field] = json!("another value");
            assert_eq!(difference(&found, &wanted), Some(&field[..]), "{}", text(&case, "name"));
        }
        for field in case["allowed"][0]["object"].as_object().into_iter().flat_map(Map::keys) {
            let mut wanted = case["allowed"][0].clone();
            wanted["object"][field] = json!("another value");
            assert!(difference(&found, &wanted).is_some(), "{}: {field}", text(&case, "name"));
        }
    }
}

/// The file's own rules that its schema cannot say: see `schema/conformance.md`.
#[test]
fn the_file_keeps_its_rules() {
    let cases = cases();
    let names: HashSet<_> = cases.iter().map(|case| text(case, "name")).collect();
    assert_eq!(names.len(), cases.len(), "every name is there once");
    let several = cases.iter().filter(|case| outcomes(case).len() > 1);
    let categories: HashSet<_> = several.clone().map(|case| text(case, "category")).collect();
    let may_differ = HashSet::from(["duplicate field", "lone surrogate", "deep nesting"]);
    assert_eq!(categories, may_differ, "only there do the parsers of the world rightly differ");
    assert!(several.count() * 10 < cases.len(), "too many cases allow several outcomes");
    for case in &cases {
        for outcome in outcomes(case) {
            let object = &outcome["object"];
            let known = |field, is_known: fn(&str) -> bool| {
                object[field]
                    .as_str()
                    .filter(|name| is_known(name))
                    .map_or(Value::Null, Value::from)
            };
            let name = text(case, "name");
            assert_eq!(
                outcome["code"],
                known("code", |code| code.parse::<ErrorCode>().is_ok()),
                "{name}"
            );
            assert_eq!(
                outcome["type"],
                known("type", |name| name.parse::<ErrorType>().is_ok()),
                "{name}"
            );
        }
    }
    assert_eq!(RetryAfter::MAX.as_secs(), 86_400);
}

fn outcomes(case: &Value) -> &[Value] {
    case["allowed"].as_array().unwrap()
}

/// How many cases each category has at least: what another client most often gets wrong has most.
#[test]
fn every_category_has_its_cases() {
    let mut found = BTreeMap::new();
    for case in cases() {
        *found.entry(text(&case, "category").to_owned()).or_insert(0) += 1;
    }
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let categories = schema["$defs"]["case"]["properties"]["category"]["enum"].as_array().unwrap();
    let few: Vec<_> = categories
        .iter()
        .filter(|category| found.get(category.as_str().unwrap()).is_none_or(|count| *count < 5))
        .collect();
    assert!(few.is_empty(), "fewer than five cases: {few:?}");
    let codes: HashSet<_> = cases()
        .iter()
        .filter(|case| text(case, "category") == "every code")
        .map(|case| text(&case["allowed"][0], "code").to_owned())
        .collect();
    // Each code of version 0.1.0. The names of a later version are unknown to an older client.
    assert_eq!(codes.len(), 14);
}

#[test]
fn the_file_is_of_its_schema() {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let file: Value = serde_json::from_str(FILE).unwrap();
    validator.validate(&file).unwrap();
    // Each of these breaks the first case, and the schema says so.
    let broken = |edit: fn(&mut Value)| {
        let mut file = file.clone();
        edit(&mut file["cases"][0]);
        !validator.is_valid(&file)
    };
    assert!(broken(|case| case["name"] = "".into()));
    assert!(broken(|case| case["category"] = "others".into()));
    assert!(broken(|case| case["reason"] = "no sentence".into()));
    assert!(broken(|case| case["status"] = 1000.into()));
    assert!(broken(|case| case["headers"] = json!([["Request-Id"]])));
    assert!(broken(|case| case["headers"] = json!({ "Request-Id": "req_1" })));
    assert!(broken(|case| case["body_base64"] = "".into()));
    assert!(broken(|case| drop(case.as_object_mut().unwrap().remove("body"))));
    assert!(broken(|case| case["repeat"] = json!([{ "mark": "<m>", "text": "m" }])));
    assert!(broken(|case| case["bodies"] = "".into()));
    assert!(broken(|case| case["allowed"] = json!([])));
    assert!(broken(|case| case["allowed"][0]["retry"] = "later".into()));
    assert!(broken(|case| case["allowed"][0]["retry_after"] = 86_401.into()));
    assert!(broken(|case| case["allowed"][0]["retry_after"] = "tomorrow".into()));
    assert!(broken(|case| case["allowed"][0]["request_id"] = "".into()));
    assert!(broken(|case| case["allowed"][0]["lines"] = "".into()));
    assert!(broken(|case| drop(
        case["allowed"][0]["object"].as_object_mut().unwrap().remove("param")
    )));
    assert!(broken(|case| drop(case["allowed"][0].as_object_mut().unwrap().remove("code"))));
}
