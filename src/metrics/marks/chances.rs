//! How often deals of each stage were won. Judges no deal.

use super::deals::{DealMark, deal};
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::Code;
use crate::facts::filter::Mask;
use crate::facts::opportunities::DealChange;

/// (won, won or lost) of a stage and of all.
#[derive(Debug, Default)]
pub(crate) struct Chances {
    stages: Vec<(u32, u32)>,
    /// Of all closed deals.
    pub pooled: (u32, u32),
    least: u32,
}

impl Chances {
    /// How often deals that stood in a stage were won, of those won or lost. A deal counts in every stage it is known to have
    /// stood in, once.
    pub(super) fn new(
        facts: &Facts,
        book: &Book,
        marks: &[DealMark],
        whole: &Mask,
        as_of: Moment,
    ) -> Chances {
        let mut stood: Vec<(Code, u32)> = Vec::new();
        for event in facts.opportunities.events.iter().filter(|e| e.at <= as_of) {
            if let DealChange::Stage(before, after) = event.change {
                stood.extend([(before, event.deal), (after, event.deal)]);
            }
        }
        stood.extend(
            marks
                .iter()
                .enumerate()
                .map(|(row, mark)| (mark.stage, row as u32)),
        );
        stood.sort_unstable();
        stood.dedup();
        let mut chances = Chances {
            stages: vec![(0, 0); facts.names.stages.len()],
            pooled: (0, 0),
            least: book.settings.small_n as u32,
        };
        let decided = |row: u32| {
            let mark = &marks[row as usize];
            let counts = whole.opportunities.contains(row as usize)
                && mark.any(deal::WON | deal::LOST)
                && !mark.is(deal::W_REVERSED);
            counts.then_some(u32::from(mark.is(deal::WON)))
        };
        for row in 0..marks.len() as u32 {
            if let Some(won) = decided(row) {
                chances.pooled = (chances.pooled.0 + won, chances.pooled.1 + 1);
            }
        }
        for (stage, row) in stood {
            if let (Some(own), Some(won)) = (chances.stages.get_mut(stage as usize), decided(row)) {
                *own = (own.0 + won, own.1 + 1);
            }
        }
        chances
    }

    /// Of a deal that stands in this stage: its own rate, the pooled one where fewer than small-n deals say anything.
    pub(crate) fn of(&self, stage: Code) -> (u32, u32) {
        let own = self.stages.get(stage as usize);
        own.filter(|_| !self.is_pooled(stage))
            .copied()
            .unwrap_or(self.pooled)
    }

    /// Whether a stage takes the rate of all.
    pub(crate) fn is_pooled(&self, stage: Code) -> bool {
        let own = self.stages.get(stage as usize);
        own.is_none_or(|own| own.1 < self.least)
    }

    /// `amount` × chance, rounded half up to the minor unit; `None` where no deal was ever decided.
    pub(crate) fn expected(&self, stage: Code, amount: i64) -> Option<i64> {
        let (won, decided) = self.of(stage);
        let product = i128::from(amount) * i128::from(won) * 2 + i128::from(decided);
        (decided > 0).then(|| product.div_euclid(i128::from(decided) * 2) as i64)
    }
}
