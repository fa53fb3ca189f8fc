//! What became of each handoff, for judging definitions on the past: the same rows, prices and rules as the board. Judges no rule.

use super::marks::deals::deal;
use super::marks::handoffs::{Test, flag};
use super::marks::reach::credited;
use super::marks::ripeness::Way;
use super::scope::{Population, Scope};
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::NONE;

/// What became of a handoff, one bit each.
pub mod fate {
    /// Tried, decided upon, or behind a deal: it has an outcome. Without it, what it was worth is unknown.
    pub const WORKED: u8 = 1;
    /// Accepted.
    pub const ACCEPTED: u8 = 1 << 1;
    /// Rejected.
    pub const REJECTED: u8 = 1 << 2;
    /// Rejected with evidence.
    pub const VERIFIED: u8 = 1 << 3;
    /// Rejected with evidence, and the lead was not rejected before: its cost was wasted here.
    pub const WASTED: u8 = 1 << 4;
    /// A deal of it qualified and was not reversed; one that was won counts as qualified where that step was skipped.
    pub const QUALIFIED: u8 = 1 << 5;
    /// A deal of it was won and not reversed.
    pub const WON: u8 = 1 << 6;
    /// The value of a deal stands against it (C10: once, at the deal's first lead).
    pub const VALUED: u8 = 1 << 7;
}

/// A deal's value, standing against one handoff. Minor units of the workspace's currency; `None`: no value or no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// Row number of the handoff.
    pub handoff: u32,
    /// Row number of the deal.
    pub deal: u32,
    /// Value frozen when it qualified; `None` also where it never did.
    pub frozen: Option<i64>,
    /// Whether it was won and not reversed.
    pub is_won: bool,
    /// Closed value of a won deal.
    pub revenue: Option<i64>,
    /// Revenue less the variable cost of delivery; before acquisition cost.
    pub margin: Option<i64>,
}

/// What became of every handoff at the scope's as-of moment.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// Bits of [`fate`] by handoff.
    pub fates: Vec<u8>,
    /// Handoffs of the scope's filter and population that exist by then.
    pub counts: Vec<bool>,
    /// Minutes of reps by handoff, logged or assumed.
    pub minutes: Vec<u32>,
    /// Index into `costs` by handoff.
    pub cost_cells: Vec<u32>,
    /// What a lead cost, by cell; `None`: nobody knows.
    pub costs: Vec<Option<i64>>,
    /// Deals that qualified or were won, by handoff.
    pub worths: Vec<Worth>,
    /// A handoff must be handed off by then to be judged (C4).
    pub mature_until: Moment,
    /// The last whole quarter that is mature.
    pub last_quarter: Period,
}

impl Outcomes {
    /// Looks at every handoff once.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope) -> Outcomes {
        let marks = &scope.marks;
        let rows = &facts.handoffs;
        let count = rows.len();
        let test = match scope.population {
            Population::First => Test::all(flag::FIRST),
            Population::All => Test::EVERY,
        };
        let flags = (0..count).map(|row| marks.handoffs.flags(row as u32));
        let counts = flags.clone().enumerate();
        let (cells, costs) = marks.costs.table();
        let mut outcomes = Outcomes {
            fates: flags.map(of_flags).collect(),
            counts: counts
                .map(|(row, flags)| test.passes(flags) && scope.mask.handoffs.contains(row))
                .collect(),
            minutes: (0..count)
                .map(|row| rows.minutes_logged[row].saturating_add(rows.minutes_assumed[row]))
                .collect(),
            cost_cells: rows
                .lead
                .iter()
                .map(|lead| cells.get(*lead as usize).copied().unwrap_or(NONE))
                .collect(),
            costs: costs.to_vec(),
            worths: worths(facts, scope),
            mature_until: Moment::NEVER,
            last_quarter: Period::all(),
        };
        for worth in &outcomes.worths {
            outcomes.fates[worth.handoff as usize] |= fate::VALUED;
        }
        let ways = [Way::HandoffToQualified, Way::HandoffToVerdict];
        let needed = ways.iter().find_map(|way| marks.ripeness.needed(*way));
        outcomes.mature_until = Moment(scope.as_of.0.saturating_sub(needed.unwrap_or(0)));
        let quarter = match book.workspace.fiscal_year_start {
            1 => Span::Quarter,
            _ => Span::FiscalQuarter,
        };
        let until = book.calendar.day_of(outcomes.mature_until);
        let around = Period::around(until, quarter, &book.calendar);
        outcomes.last_quarter = around.step(-1, &book.calendar);
        outcomes
    }

    /// What a lead of that handoff cost.
    #[inline]
    pub fn cost(&self, handoff: u32) -> Option<i64> {
        let cell = self.cost_cells[handoff as usize];
        self.costs.get(cell as usize).copied().flatten()
    }

    /// The deals that stand against a handoff.
    pub fn worth(&self, handoff: u32) -> &[Worth] {
        let start = self.worths.partition_point(|w| w.handoff < handoff);
        let count = self.worths[start..].partition_point(|w| w.handoff == handoff);
        &self.worths[start..start + count]
    }
}

fn of_flags(flags: u32) -> u8 {
    let set = |to: u8, on: bool| if on { to } else { 0 };
    let has = |flag: u32| flags & flag != 0;
    let verified = has(flag::REJECTED) && !has(flag::UNVERIFIED);
    set(
        fate::WORKED,
        has(flag::TOUCHED | flag::CONNECTED | flag::VERDICT | flag::QUALIFIED | flag::WON),
    ) | set(fate::ACCEPTED, has(flag::ACCEPTED))
        | set(fate::REJECTED, has(flag::REJECTED))
        | set(fate::VERIFIED, verified)
        | set(fate::WASTED, verified && !has(flag::AGAIN))
        | set(fate::QUALIFIED, has(flag::QUALIFIED | flag::WON))
        | set(fate::WON, has(flag::WON))
}

/// Each deal once, at the handoff of its first lead.
fn worths(facts: &Facts, scope: &Scope) -> Vec<Worth> {
    let marks = &scope.marks;
    let index = &marks.handoffs.index;
    let mut worths = Vec::new();
    for (row, own) in facts.opportunities.rows.iter().enumerate() {
        let mark = &marks.deals[row];
        let qualified = mark.is(deal::QUALIFIED) && !mark.is(deal::Q_REVERSED);
        let won = mark.is(deal::WON) && !mark.is(deal::W_REVERSED);
        if own.lead == NONE || !(qualified || won) {
            continue;
        }
        let at = if qualified { own.qualified } else { own.closed };
        let Some(handoff) = credited(facts, index, row, (own.lead, at), scope.as_of) else {
            continue;
        };
        worths.push(Worth {
            handoff,
            deal: row as u32,
            frozen: mark.frozen.filter(|_| qualified),
            is_won: won,
            revenue: mark.settled.filter(|_| won),
            margin: mark
                .settled
                .zip(mark.delivery)
                .filter(|_| won)
                .and_then(|(value, cost)| value.checked_sub(cost)),
        });
    }
    worths.sort_by_key(|worth| (worth.handoff, worth.deal));
    worths
}
