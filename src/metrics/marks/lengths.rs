//! Handoffs by how long they took, month by month: what lies around a percentile is found without reading the others. Ranks nothing.

use fixedbitset::FixedBitSet;

use super::handoffs::{HandoffMarks, flag};
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::metrics::months::Months;
use crate::metrics::quantile::{BUCKETS, bucket};
use crate::metrics::spans::{Measured, SpanOf};

/// The spans between moments of one handoff; each falls into the month of its clock: creation, for the last the hand-over.
pub(crate) const MEASURED: [SpanOf; 4] = [
    SpanOf::Speed,
    SpanOf::System,
    SpanOf::Human,
    SpanOf::Feedback,
];

/// The slot behind the buckets: not over yet.
pub(crate) const OPEN: usize = BUCKETS;
/// It ends before it starts.
pub(crate) const WRONG: usize = BUCKETS + 1;
/// The last slot: its end has no time of its own.
pub(crate) const UNTOLD: usize = BUCKETS + 2;
const SLOTS: usize = BUCKETS + 3;

/// The handoffs of every month by the magnitude of each span.
#[derive(Debug)]
pub(crate) struct Lengths([ByLength; 4]);

/// Handoffs by month, in it by slot.
#[derive(Debug, Default)]
pub(crate) struct ByLength {
    rows: Vec<u32>,
    /// Where each slot of each month starts, and where the last one ends.
    starts: Vec<u32>,
}

impl Lengths {
    /// Measures every handoff there is at the moment. Two threads share the spans.
    pub(crate) fn new(
        facts: &Facts,
        marks: &HandoffMarks,
        months: &Months,
        as_of: Moment,
    ) -> Lengths {
        let measure = |of: SpanOf| ByLength::new(of, facts, marks, months, as_of);
        let [speed, system, human, feedback] = MEASURED;
        let (two, others) = std::thread::scope(|threads| {
            let beside = threads.spawn(|| [measure(speed), measure(system)]);
            let others = [measure(human), measure(feedback)];
            (beside.join(), others)
        });
        let [speed, system] = two.expect("measuring cannot panic");
        let [human, feedback] = others;
        Lengths([speed, system, human, feedback])
    }

    /// The handoffs by a span; `None` where it is not measured beforehand.
    pub(crate) fn by(&self, of: SpanOf) -> Option<&ByLength> {
        let place = MEASURED.iter().position(|measured| *measured == of)?;
        Some(&self.0[place])
    }
}

impl ByLength {
    fn new(
        of: SpanOf,
        facts: &Facts,
        marks: &HandoffMarks,
        months: &Months,
        as_of: Moment,
    ) -> ByLength {
        let (leads, handoffs) = (&facts.leads, &facts.handoffs);
        let mut by_length = ByLength::default();
        by_length.rows.reserve_exact(handoffs.len());
        let mut period = Period::all();
        let mut found: Vec<(u16, u32)> = Vec::new();
        for month in 0..months.len() {
            (period.start_at, period.end_at) = months.nth(month);
            found.clear();
            let mut take = |row: u32| {
                if marks.flags(row) & flag::EXISTS != 0
                    && let Some(says) = of.of_handoff(facts, row as usize, as_of)
                {
                    found.push((slot(says), row));
                }
            };
            if of == SpanOf::Feedback {
                let order = &handoffs.by_handed_off;
                for row in order.within(&handoffs.handed_off, &period) {
                    take(*row);
                }
            } else {
                for lead in leads.by_created.within(&leads.created, &period) {
                    marks.index.of(*lead).for_each(&mut take);
                }
            }
            by_length.add_month(&found);
        }
        by_length.starts.push(by_length.rows.len() as u32);
        by_length
    }

    fn add_month(&mut self, found: &[(u16, u32)]) {
        let mut next = vec![0_u32; SLOTS];
        for (slot, _) in found {
            next[*slot as usize] += 1;
        }
        let mut start = self.rows.len();
        for slot in &mut next {
            let count = std::mem::replace(slot, start as u32);
            self.starts.push(start as u32);
            start += count as usize;
        }
        self.rows.resize(start, 0);
        for (slot, row) in found {
            let place = &mut next[*slot as usize];
            self.rows[*place as usize] = *row;
            *place += 1;
        }
    }

    /// The handoffs of a slot in a month.
    pub(crate) fn rows(&self, month: usize, slot: usize) -> &[u32] {
        let at = month * SLOTS + slot;
        &self.rows[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// How many of a month's handoffs are kept, slot by slot.
    pub(crate) fn counts(&self, month: usize, kept: &FixedBitSet) -> impl Iterator<Item = u32> {
        (0..SLOTS).map(move |slot| {
            let rows = self.rows(month, slot).iter();
            rows.map(|row| u32::from(kept.contains(*row as usize)))
                .sum()
        })
    }
}

fn slot(says: Measured) -> u16 {
    let slot = match says {
        Measured::Is(length) => bucket(u32::try_from(length).unwrap_or(u32::MAX)),
        Measured::Open | Measured::Unpriced => OPEN,
        Measured::Wrong => WRONG,
        Measured::Untold => UNTOLD,
    };
    slot as u16
}
