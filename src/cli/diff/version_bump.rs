//! The version bump that a difference needs, by Cargo's rules for semantic versions.

use semver::{Prerelease, Version};
use serde::Serialize;

use super::difference::Category;

/// The part of a version that must rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum VersionBump {
    None,
    Patch,
    Minor,
    Major,
}

impl VersionBump {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The lowest version that may follow `from` with this bump. A part at its maximum stays.
    pub(super) fn after(self, from: &Version) -> Version {
        let Version { major, minor, patch, .. } = *from;
        let next = |number: u64| number.saturating_add(1);
        let (major, minor, patch) = match self {
            // The release itself follows its pre-release.
            _ if !from.pre.is_empty() => (major, minor, patch),
            Self::None => (major, minor, patch),
            Self::Major if major > 0 => (next(major), 0, 0),
            Self::Minor if major > 0 => (major, next(minor), 0),
            // Before 1.0, Cargo reads the minor number as the major one.
            Self::Major => (major, next(minor), 0),
            Self::Minor | Self::Patch => (major, minor, next(patch)),
        };
        Version::new(major, minor, patch)
    }
}

impl From<Category> for VersionBump {
    fn from(category: Category) -> Self {
        match category {
            Category::BreakingForProducers => Self::Major,
            // The enums are `#[non_exhaustive]`, so a program compiles with a new name.
            Category::BreakingForClosedReaders | Category::Compatible => Self::Minor,
            Category::DocumentationOnly => Self::Patch,
        }
    }
}

/// True if `version` may bring what needs `needed`. A pre-release may bring what its release may.
pub(super) fn suffices(version: &Version, needed: &Version) -> bool {
    let release = Version { pre: Prerelease::EMPTY, ..version.clone() };
    release >= *needed
}
