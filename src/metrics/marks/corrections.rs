//! Values of ended deals that were corrected since, up to the as-of moment. Adds nothing up.

use rustc_hash::FxHashMap;

use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::opportunities::DealChange;

/// A correction of the value of a won deal: an adjusting entry of the day on which it was made (C8).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Correction {
    pub at: Moment,
    /// Row number of the deal.
    pub deal: u32,
    /// By how much, at the rate of the closing day.
    pub by: Option<i64>,
}

/// A value before and after it was corrected.
pub(super) struct Changed {
    pub at: Moment,
    pub before: i64,
    pub after: i64,
}

/// The corrections of every deal.
pub(super) struct Corrected(FxHashMap<u32, Vec<Changed>>);

impl Corrected {
    /// Up to the as-of moment.
    pub(super) fn new(facts: &Facts, as_of: Moment) -> Corrected {
        let mut corrected: FxHashMap<u32, Vec<Changed>> = FxHashMap::default();
        let events = facts.opportunities.events.iter();
        for event in events.take_while(|event| event.at <= as_of) {
            if let DealChange::Corrected(before, after) = event.change {
                corrected.entry(event.deal).or_default().push(Changed {
                    at: event.at,
                    before,
                    after,
                });
            }
        }
        Corrected(corrected)
    }

    /// Those of one deal, oldest first.
    pub(super) fn of(&self, deal: u32) -> &[Changed] {
        self.0.get(&deal).map_or(&[], Vec::as_slice)
    }
}
