//! One row of a breakdown. Computes nothing.

use super::figure::Figure;
use crate::facts::column::Code;

/// What a breakdown line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineOf {
    /// A code of the dimension that was asked for; `NONE` is "unknown".
    Code(Code),
    /// A side of the sources.
    Side(crate::domain::policy::SourceSide),
}

/// One line of a breakdown: a source, a campaign, a segment, a rep or a side.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is about.
    pub of: LineOf,
    /// Its name; foreign text, not cleaned.
    pub name: String,
    /// Its figures, the same ids in every line.
    pub figures: Vec<Figure>,
}

impl Line {
    /// The figure of an id.
    pub fn figure(&self, id: super::id::Metric) -> Option<&Figure> {
        self.figures.iter().find(|f| f.id == id)
    }
}
