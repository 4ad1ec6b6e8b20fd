//! Which release a difference needs, by Cargo's reading of semantic versions.

use std::fmt;
use std::prelude::v1::*;

use serde::Serialize;

use super::difference::Category;

/// The part of a version that must rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    None,
    Patch,
    Minor,
    Major,
}

impl Step {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl From<Category> for Step {
    fn from(category: Category) -> Self {
        match category {
            Category::BreakingForProducers => Self::Major,
            // The enums are `#[non_exhaustive]`: a name more breaks no program that compiles.
            Category::BreakingForClosedReaders | Category::Compatible => Self::Minor,
            Category::DocumentationOnly => Self::Patch,
        }
    }
}

/// The numbers of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    numbers: [u64; 3],
    is_final: bool,
}

impl Version {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.split_once('+').map_or(text, |(version, _)| version);
        let (core, is_final) = text.split_once('-').map_or((text, true), |(core, _)| (core, false));
        let mut parts = core.split('.').map(|part| part.parse().ok());
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self { numbers, is_final })
    }

    /// The lowest version that may follow with such a step.
    pub(crate) fn after(self, step: Step) -> Self {
        let [major, minor, patch] = self.numbers;
        let numbers = match (step, major) {
            // What follows a pre-release is the release itself.
            _ if !self.is_final => self.numbers,
            (Step::None, _) => self.numbers,
            (Step::Major, 1..) => [major.saturating_add(1), 0, 0],
            (Step::Major, 0) | (Step::Minor, 1..) => [major, minor.saturating_add(1), 0],
            (Step::Minor, 0) | (Step::Patch, _) => [major, minor, patch.saturating_add(1)],
        };
        Self { numbers, is_final: true }
    }

    /// Whether this version may bring what needs that one. A pre-release may bring what its release brings.
    pub(crate) fn suffices_for(self, needed: Self) -> bool {
        self.numbers >= needed.numbers
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")
    }
}
