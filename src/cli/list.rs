//! `list`: every code on a line.

use std::iter;
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

    fn cells(self) -> [String; 4] {
        let status = self.status.map_or_else(|| "none".into(), |status| status.to_string());
        let mark = self.withdrawn.map(|version| format!(" (withdrawn in {version})"));
        let error_type = format!("{}{}", self.error_type, mark.unwrap_or_default());
        [self.code.into(), status, self.retry.into(), error_type]
    }
}

/// Every code with its HTTP status, retry rule and type, in the specification's order. A terminal
/// shows as many of these columns as have room.
#[must_use]
pub fn list(as_json: bool, columns: Option<usize>) -> Outcome {
    let rows: Vec<_> = ErrorCode::ALL.iter().map(Row::new).collect();
    if as_json {
        return Outcome::verbatim(true, json::pretty(&rows));
    }
    let heading = ["code", "HTTP", "retry", "type"].map(str::to_owned);
    let table: Vec<_> = iter::once(heading).chain(rows.into_iter().map(Row::cells)).collect();
    let layout = Layout::new(&table, columns.unwrap_or(usize::MAX));
    let mut lines = table.iter().map(|cells| layout.line(cells));
    let heading = lines.next().unwrap_or_default();
    let mut text = format!("{HEADING}{heading}{HEADING:#}\n");
    lines.for_each(|line| text += &(line + "\n"));
    Outcome::verbatim(true, text)
}

/// How wide the columns of a table are that have room.
struct Layout {
    widths: Vec<usize>,
    gap: usize,
}

impl Layout {
    /// Two spaces between the columns, or one if another column then has room. The first column is
    /// always shown.
    fn new(table: &[[String; 4]], room: usize) -> Self {
        let width = |at| table.iter().filter_map(|cells| cells.get(at)).map(String::len).max();
        let widths: Vec<_> = (0..4).filter_map(width).collect();
        let mut layouts = (1..=4).rev().flat_map(|count| {
            let widths: Vec<_> = widths.iter().copied().take(count).collect();
            [2, 1].map(|gap| Self { widths: widths.clone(), gap })
        });
        let first_column = || Self { widths: widths.iter().copied().take(1).collect(), gap: 1 };
        layouts.find(|layout| layout.width() <= room).unwrap_or_else(first_column)
    }

    fn width(&self) -> usize {
        self.widths.iter().sum::<usize>() + self.gap * (self.widths.len() - 1)
    }

    fn line(&self, cells: &[String]) -> String {
        let cells = cells.iter().zip(&self.widths);
        let cells: Vec<_> = cells.map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join(&" ".repeat(self.gap)).trim_end().into()
    }
}
