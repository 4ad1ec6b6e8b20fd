use alloc::format;
use alloc::string::String;

use super::ErrorObject;
use crate::text::closest::closest;

impl ErrorObject {
    /// Makes a `parameter_unknown` whose message suggests the closest known name, in the API's own
    /// words (observed).
    ///
    /// A name is close if at most a third of its characters differ. The message has no suggestion
    /// if no known name is close, or if `param` is longer than 64 bytes.
    ///
    /// ```
    /// use intelliprint_error::ErrorObject;
    ///
    /// let error = ErrorObject::parameter_unknown_among("confimred", ["confirmed", "testmode"]);
    /// assert_eq!(error.message(), "Received unknown parameter: confimred (Did you mean confirmed?)");
    ///
    /// let error = ErrorObject::parameter_unknown_among("add_address_sheet", ["confirmed", "testmode"]);
    /// assert_eq!(error.message(), "Received unknown parameter: add_address_sheet");
    /// ```
    #[must_use]
    pub fn parameter_unknown_among<K: AsRef<str>>(
        param: impl Into<String>,
        known_names: impl IntoIterator<Item = K>,
    ) -> Self {
        let param = param.into();
        // `postage.servise` is an unknown field of a known object, so only its last segment is
        // compared.
        let (parent, name) = param
            .rsplit_once('.')
            .map_or((None, param.as_str()), |(parent, name)| (Some(parent), name));
        let meant = closest(name, known_names).map(|meant| match parent {
            Some(parent) => format!("{parent}.{}", meant.as_ref()),
            None => meant.as_ref().into(),
        });
        let mut error = Self::parameter_unknown(param);
        if let Some(meant) = meant {
            error.message.to_mut().push_str(&format!(" (Did you mean {meant}?)"));
        }
        error
    }
}
