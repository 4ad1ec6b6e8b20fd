//! What to write in Rust, TypeScript and Python to catch a code. `tests/page/run` runs every line.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{Listing, Text};
use crate::emit::catalogue_export::CodeEntry;
use crate::model::{ErrorCode, Retry, WireEnum};

/// How each language makes an error from a response.
pub(super) fn setup() -> Vec<Listing> {
    listings([
        "use intelliprint_error::{ApiError, ErrorCode};\n\n\
         let error = ApiError::from_parts(status, request_id, body);\n"
            .into(),
        "import { ApiError, ErrorCode } from \"./errors.js\";\n\n\
         const error = ApiError.fromResponse(status, headers, body);\n"
            .into(),
        "from errors import ApiError, ErrorCode\n\n\
         error = ApiError.from_response(status, headers, body)\n"
            .into(),
    ])
}

/// The lines that catch this code in each language.
pub(super) fn catching(code: &CodeEntry) -> Vec<Listing> {
    let Some(value) = ErrorCode::from_name(code.name) else { return vec![] };
    // Rust and TypeScript have the same name in the same letter case.
    let variant = format!("{value:?}");
    let constant = code.name.to_ascii_uppercase();
    let [rust, typescript, python] = handling(value.retry());
    listings([
        format!("if error.code() == Some(ErrorCode::{variant}) {{\n{rust}}}\n"),
        format!("if (error.code === ErrorCode.{variant}) {{\n{typescript}}}\n"),
        format!("if error.code is ErrorCode.{constant}:\n{python}"),
    ])
}

fn handling(retry: Retry) -> [&'static str; 3] {
    match retry {
        Retry::Never => ["    report(&error);\n", "  report(error);\n", "    report(error)\n"],
        Retry::AfterDelay => [
            "    wait(error.retry_after());\n    resend();\n",
            "  await wait(error.retryAfter);\n  resend();\n",
            "    wait(error.retry_after)\n    resend()\n",
        ],
        Retry::IfIdempotent => [
            "    if error.may_retry(is_idempotent) {\n        resend();\n    } else {\n        report(&error);\n    }\n",
            "  if (error.mayRetry(isIdempotent)) {\n    resend();\n  } else {\n    report(error);\n  }\n",
            "    if error.may_retry(is_idempotent):\n        resend()\n    else:\n        report(error)\n",
        ],
    }
}

fn listings([rust, typescript, python]: [String; 3]) -> Vec<Listing> {
    let listing =
        |caption, language, code| Listing { caption: Text::prose(caption), language, code };
    vec![
        listing("Rust", "rust", rust),
        listing("TypeScript", "ts", typescript),
        listing("Python", "python", python),
    ]
}
