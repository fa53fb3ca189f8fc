//! Which companies, and leads without one, have open or won deals. Judges no rejection.

use rustc_hash::FxHashMap;

use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::metrics::marks::Marks;
use crate::metrics::marks::deals::deal;

/// The deals of a company or a lead, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct With {
    pub open: bool,
    /// When its first deal was won; after everything where none was.
    pub first_won: Moment,
    /// When its newest deal was won; before everything where none was.
    pub last_won: Moment,
}

impl With {
    const NOTHING: With = With {
        open: false,
        first_won: Moment(i64::MAX),
        last_won: Moment::NEVER,
    };

    fn and(self, other: With) -> With {
        With {
            open: self.open || other.open,
            first_won: self.first_won.min(other.first_won),
            last_won: self.last_won.max(other.last_won),
        }
    }
}

/// By company, and by lead.
#[derive(Debug, Default)]
pub(super) struct Dealings {
    companies: FxHashMap<u32, With>,
    leads: FxHashMap<u32, With>,
}

impl Dealings {
    pub(super) fn new(facts: &Facts, marks: &Marks) -> Dealings {
        let mut dealings = Dealings::default();
        let deals = &facts.opportunities;
        let with = |row: usize| {
            let mark = &marks.deals[row];
            let won = mark.is(deal::WON) && !mark.is(deal::W_REVERSED);
            let closed = deals.rows[row].closed;
            let with = With {
                open: mark.is(deal::OPEN),
                first_won: if won { closed } else { With::NOTHING.first_won },
                last_won: if won { closed } else { Moment::NEVER },
            };
            (with != With::NOTHING).then_some(with)
        };
        let note = |map: &mut FxHashMap<u32, With>, key: u32, with: With| {
            let slot = map.entry(key).or_insert(With::NOTHING);
            *slot = slot.and(with);
        };
        for (row, own) in deals.rows.iter().enumerate() {
            let Some(with) = with(row) else { continue };
            if own.account != 0 {
                note(&mut dealings.companies, own.account, with);
            }
            if own.lead != NONE {
                note(&mut dealings.leads, own.lead, with);
            }
        }
        for link in &deals.links {
            if let Some(with) = with(link.deal as usize) {
                note(&mut dealings.leads, link.lead, with);
            }
        }
        dealings
    }

    /// The deals of a lead and of its company (0: none is known).
    pub(super) fn of(&self, account: u32, lead: u32) -> Option<With> {
        let company = if account == 0 {
            None
        } else {
            self.companies.get(&account)
        };
        match (company, self.leads.get(&lead)) {
            (Some(a), Some(b)) => Some(a.and(*b)),
            (a, b) => a.or(b).copied(),
        }
    }
}
