//! When handoffs reached the steps that lie in deals, and which steps were skipped. Counts nothing.

use super::deals::{DealMark, deal};
use super::handoffs::LeadIndex;
use crate::domain::moment::Moment;
use crate::domain::verdict::Verdict;
use crate::facts::Facts;
use crate::facts::column::NONE;

/// (moment, handoff), by moment.
pub(crate) type Steps = Vec<(Moment, u32)>;

/// The moments at which handoffs reached a step.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    /// A deal of the handoff qualified, and was not reversed.
    pub deal_qualified: Steps,
    /// A deal of the handoff was won, and not reversed.
    pub deal_won: Steps,
    /// Never accepted, but qualified or won: counts as accepted then.
    pub skipped_accepted: Steps,
    /// No conversation known, but qualified or won: counts as connected then.
    pub skipped_connected: Steps,
    /// Never qualified, but won: counts as qualified then.
    pub skipped_qualified: Steps,
}

impl Reached {
    pub(crate) fn new(
        facts: &Facts,
        as_of: Moment,
        marks: &[DealMark],
        index: &LeadIndex,
    ) -> Reached {
        let mut qualified = Steps::new();
        let mut won = Steps::new();
        let mut credit = |row: usize, lead: u32| {
            let (deal_row, mark) = (&facts.opportunities.rows[row], &marks[row]);
            let counts = mark.is(deal::QUALIFIED) && !mark.is(deal::Q_REVERSED);
            let wins = mark.is(deal::WON) && !mark.is(deal::W_REVERSED);
            if lead == NONE || !(counts || wins) {
                return;
            }
            let at = if counts {
                deal_row.qualified
            } else {
                deal_row.closed
            };
            let Some(handoff) = credited(facts, index, row, (lead, at), as_of) else {
                return;
            };
            if counts {
                qualified.push((deal_row.qualified, handoff));
            }
            if wins {
                won.push((deal_row.closed, handoff));
            }
        };
        for (row, deal) in facts.opportunities.rows.iter().enumerate() {
            credit(row, deal.lead);
        }
        for link in &facts.opportunities.links {
            if facts.opportunities.rows[link.deal as usize].lead != link.lead {
                credit(link.deal as usize, link.lead);
            }
        }
        let (qualified, won) = (earliest(qualified), earliest(won));
        let later = earliest(qualified.iter().chain(&won).copied().collect());
        let rows = &facts.handoffs;
        let lacks = |has: &dyn Fn(usize) -> bool| -> Steps {
            let open = later.iter().filter(|(_, row)| !has(*row as usize));
            open.copied().collect()
        };
        let by_now = |at: Moment| at != Moment::NEVER && at <= as_of;
        let mut has_qualified: Vec<u32> = qualified.iter().map(|(_, row)| *row).collect();
        has_qualified.sort_unstable();
        Reached {
            skipped_accepted: lacks(&|row| {
                rows.verdict(row) == Some(Verdict::Accepted) && by_now(rows.verdict_at.get(row))
            }),
            skipped_connected: lacks(&|row| by_now(rows.first_connected.get(row))),
            skipped_qualified: lacks(&|row| has_qualified.binary_search(&(row as u32)).is_ok()),
            deal_qualified: qualified,
            deal_won: won,
        }
    }
}

/// The handoff of a lead that a deal is credited to: its own, else the one in force at that moment.
pub(crate) fn credited(
    facts: &Facts,
    index: &LeadIndex,
    deal: usize,
    (lead, at): (u32, Moment),
    as_of: Moment,
) -> Option<u32> {
    let deal = &facts.opportunities.rows[deal];
    let own = (deal.lead == lead && deal.handoff != NONE).then_some(deal.handoff);
    let handoff = own.or_else(|| in_force(facts, index, (lead, at), as_of));
    handoff.filter(|row| exists(facts, *row, as_of))
}

/// Whether it had been handed off by then.
fn exists(facts: &Facts, handoff: u32, as_of: Moment) -> bool {
    let at = facts.handoffs.handed_off.get(handoff as usize);
    at != Moment::NEVER && at <= as_of
}

/// The hand-over of a lead that was in force then: the latest one handed off by then, else the first.
fn in_force(
    facts: &Facts,
    index: &LeadIndex,
    (lead, at): (u32, Moment),
    as_of: Moment,
) -> Option<u32> {
    let handed_off = |row: u32| facts.handoffs.handed_off.get(row as usize);
    let all = || index.of(lead).filter(|row| exists(facts, *row, as_of));
    let by_then = all().filter(|row| handed_off(*row) <= at);
    by_then
        .max_by_key(|row| (handed_off(*row), *row))
        .or_else(|| all().min_by_key(|row| (handed_off(*row), *row)))
}

/// Each handoff once, at its earliest moment, by moment.
fn earliest(mut steps: Steps) -> Steps {
    steps.sort_unstable_by_key(|(at, row)| (*row, *at));
    steps.dedup_by_key(|(_, row)| *row);
    steps.sort_unstable();
    steps
}
