//! `list`: every code on a line.

use std::fmt::Write as _;
use std::prelude::v1::*;

use serde::Serialize;

use super::{HEADING, Outcome, json};
use crate::model::ErrorCode;

#[derive(Serialize)]
struct Row {
    code: &'static str,
    #[serde(rename = "type")]
    error_type: &'static str,
    /// `None` if only SDKs raise the code.
    status: Option<u16>,
    retry: &'static str,
    /// The version that withdrew the code, if any did.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<&'static str>,
}

impl Row {
    fn new(code: &ErrorCode) -> Self {
        Self {
            code: code.as_str(),
            error_type: code.error_type().as_str(),
            status: code.http_status(),
            retry: code.retry().as_str(),
            withdrawn: code.withdrawn(),
        }
    }
}

/// Every code with its type, HTTP status and retry rule, in the specification's order. Fewer than
/// 64 columns have no room for the type.
#[must_use]
pub fn list(as_json: bool, columns: Option<usize>) -> Outcome {
    let rows: Vec<_> = ErrorCode::ALL.iter().map(Row::new).collect();
    if as_json {
        return Outcome::verbatim(true, json::pretty(&rows));
    }
    let is_wide = columns.is_none_or(|columns| columns >= 64);
    let mut text =
        format!("{HEADING}{}{HEADING:#}\n", line("code", "HTTP", "retry", "type", is_wide));
    for Row { code, error_type, status, retry, withdrawn } in rows {
        let status = status.map_or_else(|| "none".into(), |status| status.to_string());
        let mark = withdrawn.map(|version| format!(" (withdrawn in {version})"));
        let error_type = format!("{error_type}{}", mark.unwrap_or_default());
        let _ = writeln!(text, "{}", line(code, &status, retry, &error_type, is_wide));
    }
    Outcome::verbatim(true, text)
}

fn line(code: &str, status: &str, retry: &str, error_type: &str, is_wide: bool) -> String {
    if is_wide {
        format!("{code:<21}  {status:<4}  {retry:<13}  {error_type}").trim_end().into()
    } else {
        format!("{code:<21} {status:<4} {retry}")
    }
}
