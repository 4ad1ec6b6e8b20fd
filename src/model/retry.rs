/// Whether a failed request may be sent again.
///
/// Where a rule comes from is published with each code: `observed` for `rate_limited`, otherwise
/// `advice` in line with HTTP semantics. The specification itself is silent on retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Not as it is.
    Never,
    /// Any request may, after a delay.
    AfterDelay,
    /// Only an idempotent request may: the letter of the first one may already be on its way.
    IfIdempotent,
}

impl Retry {
    /// Every rule.
    pub const ALL: &'static [Self] = &[Self::Never, Self::AfterDelay, Self::IfIdempotent];

    /// The rule's name in published files: `never`, `after_delay` or `if_idempotent`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AfterDelay => "after_delay",
            Self::IfIdempotent => "if_idempotent",
        }
    }

    /// What the rule means, in a sentence or two.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Never => "The same request will fail again: change it first.",
            Self::AfterDelay => {
                "The request was turned away before any work was done: any request may be sent again after a delay."
            }
            Self::IfIdempotent => {
                "The outcome is unknown: send the request again only if it is idempotent, for a blind retry can post the same letter twice."
            }
        }
    }
}
