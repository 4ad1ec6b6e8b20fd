//! "Did you mean …?"

use alloc::format;
use alloc::string::String;

use super::ErrorObject;
use crate::text::closest::closest;

impl ErrorObject {
    /// A parameter is unknown, and the message suggests the closest of the known names, if one is close: in the API's
    /// own words (observed).
    ///
    /// A name of more than 64 bytes is compared with none.
    ///
    /// ```
    /// use intelliprint_error::ErrorObject;
    ///
    /// let error = ErrorObject::parameter_unknown_among("confimred", ["confirmed", "testmode"]);
    /// assert_eq!(error.message, "Received unknown parameter: confimred (Did you mean confirmed?)");
    ///
    /// let error = ErrorObject::parameter_unknown_among("add_address_sheet", ["confirmed", "testmode"]);
    /// assert_eq!(error.message, "Received unknown parameter: add_address_sheet");
    /// ```
    #[must_use]
    pub fn parameter_unknown_among<K: AsRef<str>>(
        param: impl Into<String>,
        known_names: impl IntoIterator<Item = K>,
    ) -> Self {
        let param = param.into();
        // A nested parameter's last word is the one that is wrong.
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
