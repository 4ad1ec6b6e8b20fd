use super::Origin;
use super::wire_enum::wire_enum_methods;

include!(concat!(env!("OUT_DIR"), "/error_type.rs"));

declare_error_type! {
    /// The general category of an error (spec), the member `type` of an error object.
    ///
    /// Decoding this type refuses an unknown name: where a newer server may answer, decode
    /// [`Open<ErrorType>`](crate::Open), as [`ErrorObject`](crate::ErrorObject) does. Every format
    /// carries the name, never the variant's number, which a release may change.
    ///
    /// ```
    /// use intelliprint_error::ErrorType;
    ///
    /// assert_eq!(ErrorType::PaymentError.as_str(), "payment_error");
    /// assert_eq!("payment_error".parse(), Ok(ErrorType::PaymentError));
    /// assert!("payment_failed".parse::<ErrorType>().is_err());
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ErrorType;
}

wire_enum_methods!(ErrorType, "error type");

#[allow(clippy::indexing_slicing)] // A table has a row for every variant.
impl ErrorType {
    /// Who raises errors of this type (spec): SDKs only, where that is true of its every code.
    #[must_use]
    pub const fn origin(self) -> Origin {
        ORIGINS[self as usize]
    }
}
