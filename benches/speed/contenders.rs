//! What users write by hand today, and crates that do a similar job, on bodies of the same length.

use serde::{Deserialize, Serialize};

/// The baseline without enums.
#[derive(Serialize, Deserialize)]
pub struct StringResponse {
    pub error: StringObject,
}

#[derive(Serialize, Deserialize)]
pub struct StringObject {
    pub message: String,
    #[serde(rename = "type")]
    pub error_type: String,
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

/// The members that RFC 9457 does not have, for the crates that know it.
#[derive(Serialize, Deserialize)]
pub struct ProblemMembers {
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

pub type ProblemDetails = problem_details::ProblemDetails<ProblemMembers>;

/// One of our bodies as RFC 9457 has it: the message is the detail, the type a relative reference.
pub fn problem(body: &[u8]) -> Vec<u8> {
    let StringResponse { error } = serde_json::from_slice(body).expect("an error body");
    let mut problem = serde_json::json!({ "type": error.error_type, "detail": error.message, "code": error.code });
    if let Some(param) = error.param {
        problem["param"] = param.into();
    }
    serde_json::to_vec(&problem).expect("a problem")
}
