//! One row per cluster of rejections that was put before marketing. Few rows: read whole, never cached. Judges none.

use super::column::Code;
use super::filter::{Dimension, Filter};
use crate::domain::moment::Moment;
use crate::domain::review::feedback::FeedbackState;

/// A cluster, with what became of the feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedbackRow {
    /// Row id.
    pub id: i64,
    /// When it was put before marketing.
    pub raised: Moment,
    /// When marketing took note, or never.
    pub acknowledged: Moment,
    /// When something was changed, or never.
    pub acted: Moment,
    /// When somebody looked whether that helped, or never.
    pub checked: Moment,
    /// The reason that its rejections share; `None`: it does not matter.
    pub reason: Option<Code>,
    /// What its rejections share by dimension, in the order of [`Dimension::ALL`]; `None`: it does not matter.
    pub shared: [Option<Code>; Dimension::ALL.len()],
}

impl FeedbackRow {
    /// What it waits for at a moment, and since when; `None`: it was not raised yet, or has ended.
    pub fn waits(&self, as_of: Moment) -> Option<(FeedbackState, Moment)> {
        let done = |at: &Moment| at.get().is_some_and(|at| at <= as_of);
        if done(&self.checked) {
            return None;
        }
        [
            (FeedbackState::Acted, self.acted),
            (FeedbackState::Acknowledged, self.acknowledged),
            (FeedbackState::New, self.raised),
        ]
        .into_iter()
        .find(|(_, since)| done(since))
    }

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
    fn it_waits_from_step_to_step_until_it_is_checked() {
        let row = FeedbackRow {
            id: 1,
            raised: Moment(10),
            acknowledged: Moment(20),
            acted: Moment(30),
            checked: Moment(40),
            reason: None,
            shared: [None; Dimension::ALL.len()],
        };
        assert_eq!(
            [9, 10, 25, 39, 40].map(|at| row.waits(Moment(at))),
            [
                None,
                Some((FeedbackState::New, Moment(10))),
                Some((FeedbackState::Acknowledged, Moment(20))),
                Some((FeedbackState::Acted, Moment(30))),
                None
            ]
        );
        let never = FeedbackRow {
            acknowledged: Moment::NEVER,
            acted: Moment::NEVER,
            checked: Moment::NEVER,
            ..row
        };
        let new = Some((FeedbackState::New, Moment(10)));
        assert_eq!(never.waits(Moment(99)), new);
    }

    #[test]
    fn a_cluster_that_names_no_source_is_of_no_source() {
        let row = |source| FeedbackRow {
            id: 1,
            raised: Moment(0),
            acknowledged: Moment::NEVER,
            acted: Moment::NEVER,
            checked: Moment::NEVER,
            reason: None,
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
