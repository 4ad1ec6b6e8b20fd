//! The lookups of the baseline, as a user writes them.

use crate::baseline::{Code, Type};

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
