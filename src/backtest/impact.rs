//! What a draft would have changed on the mature past, against the version in force. Knows no rule.

use super::ground::{Baseline, Ground, Recorded};
use super::judge::Judged;
use super::tally::Tally;
use crate::metrics::figure::wilson;

/// Which way a handoff turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// It passed before and would not any more.
    Out,
    /// It did not pass and would now.
    In,
}

/// A share of rows with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Rows that count.
    pub hits: u64,
    /// Of so many.
    pub n: u64,
    /// Wilson's 95 % interval; `None`: 0/0.
    pub interval: Option<(f64, f64)>,
    /// Whether n is below the agreed small n (C6).
    pub small_n: bool,
}

impl Share {
    /// The share; `None` for 0/0, which prints a dash.
    pub fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| self.hits as f64 / self.n as f64)
    }

    pub(super) fn new(hits: u64, n: u64, small_n: u64) -> Share {
        Share {
            hits,
            n,
            interval: wilson(hits, n),
            small_n: n < small_n,
        }
    }
}

/// One stretch of the past: the mature one, or the holdout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// Everything that was handed over.
    pub all: Tally,
    /// What the version in force passed.
    pub before: Tally,
    /// What the draft would have passed.
    pub after: Tally,
    /// What it would have turned out.
    pub out: Tally,
    /// What it would have let in.
    pub inside: Tally,
    small_n: u64,
    recorded: Recorded,
}

/// Money and time that a change would have saved; negative: spent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saved {
    /// Hours of reps on handoffs that were rejected; `None`: no attempt is recorded anywhere.
    pub hours: Option<f64>,
    /// Cost of leads rejected with evidence, minor units; `None`: nobody knows what any lead cost.
    pub spend: Option<i128>,
    /// Of those, how many have no known cost.
    pub unpriced: u64,
}

impl Side {
    fn new(ground: &Ground, all: Tally, before: Tally, out: Tally, inside: Tally) -> Side {
        Side {
            all,
            before,
            after: before.less(&out).plus(&inside),
            out,
            inside,
            small_n: ground.small_n,
            recorded: ground.recorded,
        }
    }

    /// Qualified ÷ passed with an outcome; those that nobody worked are left out.
    pub fn precision(&self, passed: &Tally) -> Share {
        Share::new(passed.qualified, passed.worked, self.small_n)
    }

    /// Qualified and passed ÷ qualified.
    pub fn recall(&self, passed: &Tally) -> Share {
        Share::new(passed.qualified, self.all.qualified, self.small_n)
    }

    /// Won deals that passed ÷ won deals: the rows, and so the interval, behind the revenue recall.
    pub fn won_recall(&self, passed: &Tally) -> Share {
        Share::new(passed.deals, self.all.deals, self.small_n)
    }

    /// Revenue of won deals that passed ÷ all won revenue; `None`: there was none.
    pub fn revenue_recall(&self, passed: &Tally) -> Option<f64> {
        part(passed.revenue, self.all.revenue)
    }

    /// The same for contribution margin before acquisition cost.
    pub fn margin_recall(&self, passed: &Tally) -> Option<f64> {
        part(passed.margin, self.all.margin)
    }

    /// Hours of reps on rejected handoffs of a sum; `None`: no attempt is recorded anywhere.
    pub fn hours(&self, tally: &Tally) -> Option<f64> {
        self.recorded.effort.then(|| tally.hours())
    }

    /// What the leads of a sum that were rejected with evidence cost; `None`: nobody knows of any of them.
    pub fn wasted(&self, tally: &Tally) -> Option<i128> {
        let some = tally.wasted_leads == 0 || tally.wasted_unpriced < tally.wasted_leads;
        (self.recorded.cost && some).then_some(tally.wasted)
    }

    /// What the change would have saved.
    pub fn saved(&self) -> Saved {
        Saved {
            hours: self
                .hours(&self.out)
                .zip(self.hours(&self.inside))
                .map(|(out, inside)| out - inside),
            spend: self
                .wasted(&self.out)
                .zip(self.wasted(&self.inside))
                .map(|(out, inside)| out - inside),
            unpriced: self.out.wasted_unpriced + self.inside.wasted_unpriced,
        }
    }
}

fn part(of: i128, all: i128) -> Option<f64> {
    (all > 0).then(|| of as f64 / all as f64)
}

/// What a draft would have changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Impact {
    /// The mature past without the holdout.
    pub past: Side,
    /// The last mature quarter; `None`: the history is too short to keep one apart.
    pub holdout: Option<Side>,
    /// Weeks of `past`; `None`: less than one.
    pub weeks: Option<f64>,
    /// Handoffs of which the draft says "unknown".
    pub unknown: u64,
    /// Handoffs that somebody would have been asked about.
    pub asked: u64,
    /// Handoffs too young to be judged.
    pub immature: u64,
}

impl Impact {
    pub(super) fn new(ground: &Ground, before: &Baseline, draft: &Judged) -> Impact {
        let turned = |mask: &super::bits::Bits, turn: Turn| {
            let (was, is) = (before.judged.passed.words(), draft.passed.words());
            let mask = mask.words();
            Tally::of(ground, |at| match turn {
                Turn::Out => was[at] & !is[at] & mask[at],
                Turn::In => is[at] & !was[at] & mask[at],
            })
        };
        let side = |mask: &super::bits::Bits, all: &Tally, passed: &Tally| {
            Side::new(
                ground,
                *all,
                *passed,
                turned(mask, Turn::Out),
                turned(mask, Turn::In),
            )
        };
        let holdout = ground.holdout.as_ref();
        let past = side(&ground.mature, &before.all, &before.passed);
        let holdout = holdout.map(|h| side(h, &before.all_holdout, &before.passed_holdout));
        let kept_apart = before.all_holdout.leads;
        Impact {
            unknown: draft.unknown.count_both(&ground.mature),
            asked: draft.asked.count_both(&ground.mature),
            immature: ground.counts.count() - before.all.leads - kept_apart,
            weeks: ground.weeks,
            past,
            holdout,
        }
    }

    /// Leads per week of a sum of `past`; `None`: less than a week.
    pub fn per_week(&self, tally: &Tally) -> Option<f64> {
        self.weeks.map(|weeks| tally.leads as f64 / weeks)
    }
}
