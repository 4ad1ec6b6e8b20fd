//! What users write by hand today, and crates that do a similar job, on bodies of the same length.

use serde::{Deserialize, Serialize};

/// The baseline, B: derived, with closed enums and a catch-all.
#[derive(Serialize, Deserialize)]
pub struct Response {
    pub error: Object,
}

#[derive(Serialize, Deserialize)]
pub struct Object {
    pub message: String,
    #[serde(rename = "type")]
    pub error_type: Type,
    pub code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    InvalidRequestError,
    AuthenticationError,
    PaymentError,
    RateLimited,
    InternalError,
    NetworkError,
    #[serde(other)]
    Unknown,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    ParameterInvalid,
    ParameterMissing,
    ParameterUnknown,
    BodyTooLarge,
    BodyIncorrectFormat,
    NoApiKey,
    InvalidApiKey,
    PaymentError,
    NotFound,
    RateLimited,
    InternalError,
    NetworkError,
    Forbidden,
    Refused,
    #[serde(other)]
    Unknown,
}

/// The same without enums.
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
pub use http_api_problem::HttpApiProblem;

/// One of our bodies as RFC 9457 has it: the message is the detail, the type a relative reference.
pub fn problem(body: &[u8]) -> Vec<u8> {
    let StringResponse { error } = serde_json::from_slice(body).expect("an error body");
    let mut problem = serde_json::json!({ "type": error.error_type, "detail": error.message, "code": error.code });
    if let Some(param) = error.param {
        problem["param"] = param.into();
    }
    serde_json::to_vec(&problem).expect("a problem")
}

pub mod by_hand {
    use super::{Code, Type};

    pub fn code(name: &str) -> Option<Code> {
        Some(match name {
            "parameter_invalid" => Code::ParameterInvalid,
            "parameter_missing" => Code::ParameterMissing,
            "parameter_unknown" => Code::ParameterUnknown,
            "body_too_large" => Code::BodyTooLarge,
            "body_incorrect_format" => Code::BodyIncorrectFormat,
            "no_api_key" => Code::NoApiKey,
            "invalid_api_key" => Code::InvalidApiKey,
            "payment_error" => Code::PaymentError,
            "not_found" => Code::NotFound,
            "rate_limited" => Code::RateLimited,
            "internal_error" => Code::InternalError,
            "network_error" => Code::NetworkError,
            "forbidden" => Code::Forbidden,
            "refused" => Code::Refused,
            _ => return None,
        })
    }

    pub fn name(code: Code) -> &'static str {
        match code {
            Code::ParameterInvalid => "parameter_invalid",
            Code::ParameterMissing => "parameter_missing",
            Code::ParameterUnknown => "parameter_unknown",
            Code::BodyTooLarge => "body_too_large",
            Code::BodyIncorrectFormat => "body_incorrect_format",
            Code::NoApiKey => "no_api_key",
            Code::InvalidApiKey => "invalid_api_key",
            Code::PaymentError => "payment_error",
            Code::NotFound => "not_found",
            Code::RateLimited => "rate_limited",
            Code::InternalError => "internal_error",
            Code::NetworkError => "network_error",
            Code::Forbidden => "forbidden",
            Code::Refused => "refused",
            Code::Unknown => "",
        }
    }

    pub fn error_type(code: Code) -> Type {
        match code {
            Code::NoApiKey | Code::InvalidApiKey | Code::Forbidden => Type::AuthenticationError,
            Code::PaymentError => Type::PaymentError,
            Code::RateLimited => Type::RateLimited,
            Code::InternalError => Type::InternalError,
            Code::NetworkError => Type::NetworkError,
            Code::Unknown => Type::Unknown,
            _ => Type::InvalidRequestError,
        }
    }

    pub fn status(code: Code) -> Option<u16> {
        match code {
            Code::ParameterInvalid | Code::ParameterMissing | Code::ParameterUnknown => Some(400),
            Code::NoApiKey | Code::InvalidApiKey => Some(401),
            Code::PaymentError => Some(402),
            Code::Forbidden | Code::Refused => Some(403),
            Code::NotFound => Some(404),
            Code::BodyTooLarge => Some(413),
            Code::BodyIncorrectFormat => Some(422),
            Code::RateLimited => Some(429),
            Code::InternalError => Some(500),
            Code::NetworkError | Code::Unknown => None,
        }
    }
}
