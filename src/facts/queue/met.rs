//! What the criteria say of every handoff, kept by id so that it outlives the history it was judged on. Judges nothing.

use fixedbitset::FixedBitSet;

use crate::domain::criteria::Truth;
use crate::facts::ids::Ids;

/// Ids are nearly dense; a file whose ids lie further apart than this per row is not followed beyond.
const SPARSE: usize = 8;

/// Met, not met or unknown by handoff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    met: FixedBitSet,
    not_met: FixedBitSet,
}

impl Met {
    /// From what is said of each row; `ids` are the handoffs' ids, ascending.
    pub fn new(ids: &Ids, says: impl Fn(usize) -> Truth) -> Met {
        let most = (ids.len() + 1_000).saturating_mul(SPARSE);
        let last = ids.last().and_then(|id| usize::try_from(id).ok());
        let room = last.map_or(0, |last| last.min(most) + 1);
        let mut all = Met {
            met: FixedBitSet::with_capacity(room),
            not_met: FixedBitSet::with_capacity(room),
        };
        for (row, id) in ids.iter().enumerate() {
            let Some(place) = usize::try_from(id).ok().filter(|id| *id < room) else {
                continue;
            };
            match says(row) {
                Truth::Yes => all.met.insert(place),
                Truth::No => all.not_met.insert(place),
                Truth::Unknown => {}
            }
        }
        all
    }

    /// What is said of a handoff; of one that was not judged yet, unknown.
    pub fn of(&self, handoff: i64) -> Truth {
        let Ok(place) = usize::try_from(handoff) else {
            return Truth::Unknown;
        };
        match (self.met.contains(place), self.not_met.contains(place)) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::No,
            (false, false) => Truth::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_id_answers_for_itself_and_a_strange_one_is_unknown() {
        let said = [Truth::Yes, Truth::No, Truth::Unknown, Truth::Yes];
        let met = Met::new(&[2, 3, 7, i64::MAX].into_iter().collect(), |row| said[row]);
        assert_eq!(
            [1, 2, 3, 7, 99, -1, i64::MAX].map(|id| met.of(id)),
            [
                Truth::Unknown,
                Truth::Yes,
                Truth::No,
                Truth::Unknown,
                Truth::Unknown,
                Truth::Unknown,
                Truth::Unknown
            ]
        );
    }
}
