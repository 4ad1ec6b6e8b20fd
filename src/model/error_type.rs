use super::Origin;
use super::wire_enum::wire_enum_methods;

include!(concat!(env!("OUT_DIR"), "/error_type.rs"));

declare_error_type! {
    /// The general category of an error (spec): the field `type` of an error object.
    ///
    /// serde reads and writes the name, never the variant's number, which a release may change. It
    /// rejects an unknown name. A client whose server may be newer decodes
    /// [`Open<ErrorType>`](crate::Open) instead, as [`ErrorObject`](crate::ErrorObject) does.
    /// Values are ordered as the specification lists them.
    ///
    /// ```
    /// use intelliprint_error::ErrorType;
    ///
    /// assert_eq!(ErrorType::PaymentError.as_str(), "payment_error");
    /// assert_eq!("payment_error".parse(), Ok(ErrorType::PaymentError));
    /// assert!("payment_failed".parse::<ErrorType>().is_err());
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum ErrorType;
}

wire_enum_methods!(ErrorType, "error type");

#[expect(clippy::indexing_slicing, reason = "each table has one row for each variant")]
impl ErrorType {
    /// Returns who raises errors of this type (spec): SDKs, if every code of this type is raised by
    /// SDKs only.
    ///
    /// ```
    /// use intelliprint_error::{ErrorType, Origin};
    ///
    /// assert_eq!(ErrorType::PaymentError.origin(), Origin::Api);
    /// assert_eq!(ErrorType::NetworkError.origin(), Origin::Sdk);
    /// ```
    #[must_use]
    pub const fn origin(self) -> Origin {
        ORIGINS[self as usize]
    }
}
