//! How long each step took in the past: what a cohort must wait for before it is judged (C4). Judges no cohort.

use super::reach::Reached;
use crate::domain::moment::Moment;
use crate::domain::verdict::Verdict;
use crate::facts::Facts;
use crate::facts::filter::Mask;

/// From where to where a row travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    HandoffToVerdict,
    HandoffToConnected,
    HandoffToQualified,
    CreatedToAssigned,
    CreatedToAttempt,
    MqlToAccepted,
    MqlToWon,
    AcceptedToConnected,
    ConnectedToQualified,
    QualifiedToWon,
}

const WAYS: usize = 10;

/// The 80th percentile of the seconds that each way took, over all history up to the as-of moment.
#[derive(Debug, Default)]
pub(crate) struct Ripeness([Option<i64>; WAYS]);

impl Ripeness {
    /// What handoffs say by themselves.
    pub(crate) fn of_handoffs(facts: &Facts, as_of: Moment, whole: &Mask) -> Ripeness {
        let mut ripeness = Ripeness::default();
        let rows = &facts.handoffs;
        let created = |row: usize| facts.leads.created.get(rows.lead[row] as usize);
        let mut way = |way: Way, span: &dyn Fn(usize) -> (Moment, Moment)| {
            let all = whole.handoffs.ones().map(span);
            ripeness.0[way as usize] = p80(all, as_of);
        };
        way(Way::HandoffToVerdict, &|row| {
            (rows.handed_off.get(row), rows.verdict_at.get(row))
        });
        way(Way::HandoffToConnected, &|row| {
            (rows.handed_off.get(row), rows.first_connected.get(row))
        });
        way(Way::CreatedToAssigned, &|row| {
            (created(row), rows.assigned.get(row))
        });
        way(Way::CreatedToAttempt, &|row| {
            (created(row), rows.first_attempt.get(row))
        });
        way(Way::MqlToAccepted, &|row| {
            let accepted = rows.verdict(row) == Some(Verdict::Accepted);
            let at = if accepted {
                rows.verdict_at.get(row)
            } else {
                Moment::NEVER
            };
            (facts.leads.mql.get(rows.lead[row] as usize), at)
        });
        way(Way::AcceptedToConnected, &|row| {
            let accepted = rows.verdict(row) == Some(Verdict::Accepted);
            let at = if accepted {
                rows.verdict_at.get(row)
            } else {
                Moment::NEVER
            };
            (at, rows.first_connected.get(row))
        });
        ripeness
    }

    /// What deals say besides.
    pub(crate) fn add_deals(
        &mut self,
        facts: &Facts,
        as_of: Moment,
        whole: &Mask,
        reached: &Reached,
    ) {
        let rows = &facts.handoffs;
        let later = |steps: &[(Moment, u32)], from: &dyn Fn(usize) -> Moment| {
            let counted = steps
                .iter()
                .filter(|(_, row)| whole.handoffs.contains(*row as usize));
            p80(counted.map(|(at, row)| (from(*row as usize), *at)), as_of)
        };
        self.0[Way::HandoffToQualified as usize] =
            later(&reached.deal_qualified, &|row| rows.handed_off.get(row));
        self.0[Way::ConnectedToQualified as usize] = later(&reached.deal_qualified, &|row| {
            rows.first_connected.get(row)
        });
        self.0[Way::MqlToWon as usize] = later(&reached.deal_won, &|row| {
            facts.leads.mql.get(rows.lead[row] as usize)
        });
        let deals = facts.opportunities.rows.iter().enumerate();
        let won = deals.filter(|(row, deal)| {
            whole.opportunities.contains(*row)
                && deal.outcome == Some(crate::domain::verdict::DealOutcome::Won)
        });
        self.0[Way::QualifiedToWon as usize] =
            p80(won.map(|(_, deal)| (deal.qualified, deal.closed)), as_of);
    }

    /// Seconds that a row must be old; `None` where nothing in the past says so.
    pub(crate) fn needed(&self, way: Way) -> Option<i64> {
        self.0[way as usize]
    }
}

/// Nearest-rank 80th percentile of the spans that ended by `as_of`; an end before its start took no time.
fn p80(spans: impl Iterator<Item = (Moment, Moment)>, as_of: Moment) -> Option<i64> {
    let ended = spans.filter(|(from, to)| {
        *from != Moment::NEVER && *to != Moment::NEVER && *to <= as_of && *from <= as_of
    });
    let mut seconds: Vec<u32> = ended
        .map(|(from, to)| u32::try_from(to.since(from)).unwrap_or(0))
        .collect();
    let rank = (seconds.len() * 4).div_ceil(5).checked_sub(1)?;
    Some(i64::from(*seconds.select_nth_unstable(rank).1))
}
