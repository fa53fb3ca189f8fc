//! The figures of a meeting as text that never changes, and what is known of one without reading it. Pure.

use std::sync::Arc;

use crate::domain::ids::SnapshotId;
use crate::domain::moment::Moment;
use crate::domain::refused::Refused;
use crate::domain::verdict::words;

/// Longest text of a snapshot, in bytes.
pub const LONGEST: usize = 8_000_000;

/// The first line of every snapshot: what it is, and the version of its format.
pub const HEAD: &str = "smarketing snapshot 1";

words! {
    /// When in the meeting a snapshot was taken.
    Part {
        /// When it began.
        Start = "start" / "start",
        /// When it ended.
        End = "end" / "end",
    }
}

/// Figures as they stand, written by `metrics`: one line each, the same text for the same figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The text.
    pub text: String,
    /// Name of the period that the board showed.
    pub period: String,
}

impl Frozen {
    /// Whether it can be kept.
    pub fn check(&self) -> Result<(), Refused> {
        let wrong = if self.text.len() > LONGEST {
            "is longer than 8 MB"
        } else if self.text.lines().next() != Some(HEAD) {
            "is none: its first line does not say so"
        } else if self.period.trim().is_empty() || self.period.chars().count() > 60 {
            "names no period"
        } else {
            return Ok(());
        };
        let what = "the snapshot";
        Err(Refused::Text { what, wrong })
    }
}

/// A snapshot of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Row id.
    pub id: SnapshotId,
    /// When in the meeting.
    pub part: Part,
    /// The moment of the history that it shows.
    pub at: Moment,
    /// Name of the period.
    pub period: String,
    /// Number of the criteria that were in force for all leads.
    pub criteria: Option<i64>,
    /// SHA-256 of the text, 64 hexadecimal digits.
    pub sha256: String,
    /// The text; only the newest meetings' snapshots are read with it.
    pub text: Option<Arc<str>>,
}
