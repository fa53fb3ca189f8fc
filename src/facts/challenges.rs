//! One row per challenge of a rejection that was not withdrawn, with the rejection as it stood. Few rows: read whole, never cached.

use super::column::Code;
use crate::domain::moment::Moment;
use crate::domain::review::{MustChange, Settlement};
use crate::domain::verdict::Evidence;

/// A challenge, open or settled.
///
/// An overturned rejection is gone from its handoff (which stands in the queue again, or has a newer verdict) and so out of
/// every count of rejections; what it was is listed from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChallengeRow {
    /// Row id.
    pub id: i64,
    /// Row number of its handoff in [`super::handoffs::Handoffs`].
    pub handoff: u32,
    /// When it was challenged.
    pub opened: Moment,
    /// Code of the person who challenged it.
    pub opened_by: Code,
    /// How the room settled it; `None`: it is open.
    pub settlement: Option<Settlement>,
    /// When it was settled, or never.
    pub settled: Moment,
    /// What has to change, of an upheld one.
    pub must_change: Option<MustChange>,
    /// When the challenged rejection was given.
    pub was_at: Moment,
    /// Its reason code, as it was said; `reason_facts` maps it to the present one.
    pub was_reason: Code,
    /// What it rested on.
    pub was_evidence: Evidence,
}

/// All challenges, in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenges {
    /// The rows.
    pub rows: Vec<ChallengeRow>,
    /// Places in `rows` by handoff, then by id.
    by_handoff: Vec<u32>,
}

impl Challenges {
    /// Takes rows in the order of their ids.
    pub fn new(rows: Vec<ChallengeRow>) -> Challenges {
        let mut by_handoff: Vec<u32> = (0..rows.len() as u32).collect();
        by_handoff.sort_by_key(|at| rows[*at as usize].handoff);
        Challenges { rows, by_handoff }
    }

    /// Those of a handoff (its row number), oldest first.
    pub fn of(&self, handoff: u32) -> impl DoubleEndedIterator<Item = &ChallengeRow> {
        let row = |at: &u32| &self.rows[*at as usize];
        let start = self
            .by_handoff
            .partition_point(|at| row(at).handoff < handoff);
        let end = self
            .by_handoff
            .partition_point(|at| row(at).handoff <= handoff);
        self.by_handoff[start..end].iter().map(row)
    }

    /// The newest of a handoff: open, or how it was settled last.
    pub fn newest(&self, handoff: u32) -> Option<&ChallengeRow> {
        self.of(handoff).next_back()
    }

    /// Rejections that the room has overturned.
    pub fn overturned(&self) -> impl Iterator<Item = &ChallengeRow> {
        self.rows
            .iter()
            .filter(|row| row.settlement == Some(Settlement::Overturned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, handoff: u32, settlement: Option<Settlement>) -> ChallengeRow {
        ChallengeRow {
            id,
            handoff,
            opened: Moment(id),
            opened_by: 0,
            settlement,
            settled: settlement.map_or(Moment::NEVER, |_| Moment(id + 1)),
            must_change: None,
            was_at: Moment(0),
            was_reason: 0,
            was_evidence: Evidence::None,
        }
    }

    #[test]
    fn challenges_are_found_by_their_handoff_oldest_first() {
        let overturned = Some(Settlement::Overturned);
        let challenges = Challenges::new(vec![
            row(1, 7, overturned),
            row(2, 3, None),
            row(3, 7, None),
        ]);
        let ids = |handoff| challenges.of(handoff).map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(
            (ids(7), ids(3), ids(5)),
            (vec![1, 3], vec![2], Vec::<i64>::new())
        );
        assert_eq!(challenges.newest(7).map(|row| row.id), Some(3));
        assert_eq!(challenges.overturned().count(), 1);
    }
}
