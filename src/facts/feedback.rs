//! One row per cluster of rejections that was put before marketing. Few rows: read whole, never cached. Judges none.

use super::column::Code;
use super::filter::{Dimension, Filter};
use crate::domain::moment::Moment;

/// A cluster, with what became of the feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedbackRow {
    /// Row id.
    pub id: i64,
    /// When marketing took note, or never.
    pub acknowledged: Moment,
    /// When something was changed, or never.
    pub acted: Moment,
    /// What its rejections share by dimension, in the order of [`Dimension::ALL`]; `None`: it does not matter.
    pub shared: [Option<Code>; Dimension::ALL.len()],
}

impl FeedbackRow {
    /// Whether it names a value of each dimension that the filter asks about, and a chosen one.
    pub fn passes(&self, filter: &Filter) -> bool {
        Dimension::ALL
            .iter()
            .zip(self.shared)
            .all(|(dimension, own)| {
                let mut chosen = filter
                    .chosen
                    .iter()
                    .filter(|(of, _)| of == dimension)
                    .peekable();
                chosen.peek().is_none() || chosen.any(|(_, code)| Some(*code) == own)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_that_names_no_source_is_of_no_source() {
        let row = |source| FeedbackRow {
            id: 1,
            acknowledged: Moment::NEVER,
            acted: Moment::NEVER,
            shared: [source, None, None, Some(4)],
        };
        let mut filter = Filter::default();
        assert!(row(None).passes(&filter));
        filter.toggle(Dimension::Source, 2);
        assert_eq!(
            [Some(2), Some(3), None].map(|s| row(s).passes(&filter)),
            [true, false, false]
        );
        filter.toggle(Dimension::Source, 3);
        assert!(row(Some(3)).passes(&filter));
        filter.toggle(Dimension::Rep, 5);
        assert!(!row(Some(3)).passes(&filter));
    }
}
