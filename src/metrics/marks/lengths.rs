//! How many seconds each handoff took, in the order of the clock that it is counted by. Ranks nothing.

use super::handoffs::{HandoffMarks, flag};
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::NONE;

/// There is nothing to measure.
pub(crate) const NOTHING: u32 = u32::MAX;
/// Not over yet.
pub(crate) const OPEN: u32 = u32::MAX - 1;
/// It ends before it starts.
pub(crate) const WRONG: u32 = u32::MAX - 2;

/// Seconds, or one of the three words above.
#[derive(Debug)]
pub(crate) struct Lengths {
    /// Creation to first attempt, creation to assigned, assigned to first attempt: of the first handoff of each lead, by creation.
    pub since_creation: [Vec<u32>; 3],
    /// Handoff to verdict, by hand-over.
    pub feedback: Vec<u32>,
}

impl Lengths {
    pub(crate) fn new(facts: &Facts, marks: &HandoffMarks, as_of: Moment) -> Lengths {
        let (leads, rows) = (&facts.leads, &facts.handoffs);
        let order = leads.by_created.rows();
        let exists = |row: u32| marks.flags(row) & flag::EXISTS != 0;
        let mut since_creation = [(); 3].map(|()| vec![NOTHING; order.len()]);
        for (place, lead) in order.iter().enumerate() {
            let first = marks.index.first[*lead as usize];
            if first == NONE || !exists(first) {
                continue;
            }
            let row = first as usize;
            let created = leads.created.get(*lead as usize);
            let (assigned, tried) = (rows.assigned.get(row), rows.first_attempt.get(row));
            since_creation[0][place] = seconds(created, tried, as_of);
            since_creation[1][place] = seconds(created, assigned, as_of);
            if assigned != Moment::NEVER && assigned <= as_of {
                since_creation[2][place] = seconds(assigned, tried, as_of);
            }
        }
        let handed_off = rows.by_handed_off.rows().iter();
        Lengths {
            since_creation,
            feedback: handed_off
                .map(|row| {
                    let at = *row as usize;
                    if exists(*row) {
                        seconds(rows.handed_off.get(at), rows.verdict_at.get(at), as_of)
                    } else {
                        NOTHING
                    }
                })
                .collect(),
        }
    }
}

fn seconds(from: Moment, to: Moment, as_of: Moment) -> u32 {
    if to == Moment::NEVER || to > as_of {
        return OPEN;
    }
    u32::try_from(to.since(from)).unwrap_or(WRONG)
}
