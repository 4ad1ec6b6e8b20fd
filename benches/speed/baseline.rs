//! The baseline, B: what a user writes by hand today. Derived, with closed enums and a catch-all.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

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

#[derive(Serialize, Deserialize, EnumString, IntoStaticStr, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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

#[derive(Serialize, Deserialize, EnumString, IntoStaticStr, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
