/// Who raises an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The API, in an HTTP answer.
    Api,
    /// Client libraries only, when no answer came (spec). Such a name never crosses the wire.
    Sdk,
}

impl Origin {
    /// The origin's name in published files: `api` or `sdk`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Sdk => "sdk",
        }
    }
}
