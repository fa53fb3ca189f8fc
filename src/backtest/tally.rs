//! What a set of handoffs was worth and what it took, added up. Chooses no rows.

use std::ops::Range;

use super::ground::Ground;
use crate::metrics::outcomes::fate;

/// From about so many handoffs on a second thread pays.
const MANY: usize = 65_536;

/// One word in so many says how many handoffs there are.
const SAMPLE: usize = 16;

/// The sums of some handoffs. Money in minor units of the workspace's currency; sums of i64 rows in i128, so they cannot overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Handoffs.
    pub leads: u64,
    /// Those with an outcome; of the others nobody knows what they were worth.
    pub worked: u64,
    /// Accepted.
    pub accepted: u64,
    /// Rejected.
    pub rejected: u64,
    /// Rejected with evidence.
    pub verified: u64,
    /// Qualified.
    pub qualified: u64,
    /// Won.
    pub won: u64,
    /// Frozen values of qualified deals.
    pub pipeline: i128,
    /// Values of won deals.
    pub revenue: i128,
    /// Won deals behind `revenue`.
    pub deals: u64,
    /// Won deals without a value or a rate: counted and not priced.
    pub unpriced: u64,
    /// Revenue less delivery, of deals whose cost is known; before acquisition cost.
    pub margin: i128,
    /// Won deals whose margin nobody knows.
    pub margin_unknown: u64,
    /// Minutes of reps on rejected handoffs.
    pub minutes: u64,
    /// Cost of leads rejected with evidence.
    pub wasted: i128,
    /// Leads behind `wasted`: rejected with evidence for the first time.
    pub wasted_leads: u64,
    /// Those whose cost nobody knows.
    pub wasted_unpriced: u64,
}

impl Tally {
    /// The handoffs of a set, given word of 64 by word. Two threads share many of them.
    pub(super) fn of(ground: &Ground, word: impl Fn(usize) -> u64 + Sync) -> Tally {
        let words = ground.counts.words().len();
        let part = |words: Range<usize>| Tally::of_words(ground, words, &word);
        let middle = words / 2;
        let some = (0..words).step_by(SAMPLE).map(&word);
        if some
            .map(|word| word.count_ones() as usize * SAMPLE)
            .sum::<usize>()
            < MANY
        {
            return part(0..words);
        }
        std::thread::scope(|threads| {
            let late = threads.spawn(|| part(middle..words));
            let early = part(0..middle);
            early.plus(&late.join().expect("adding up cannot panic"))
        })
    }

    fn of_words(ground: &Ground, words: Range<usize>, word: impl Fn(usize) -> u64) -> Tally {
        let outcomes = &ground.outcomes;
        let mut tally = Tally::default();
        let mut fates = [0_u64; 256];
        let first = (words.start * 64) as u32;
        let mut next = outcomes.worths.partition_point(|w| w.handoff < first);
        for at in words {
            let mut word = word(at);
            while word != 0 {
                let row = at * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                let own = outcomes.fates[row];
                fates[own as usize] += 1;
                if own & (fate::REJECTED | fate::VALUED) != 0 {
                    next = tally.add_money(ground, row as u32, own, next);
                }
            }
        }
        for (own, count) in fates.iter().enumerate() {
            tally.add_fates(own as u8, *count);
        }
        tally
    }

    fn add_fates(&mut self, own: u8, count: u64) {
        let of = |bit: u8| if own & bit == 0 { 0 } else { count };
        self.leads += count;
        self.worked += of(fate::WORKED);
        self.accepted += of(fate::ACCEPTED);
        self.rejected += of(fate::REJECTED);
        self.verified += of(fate::VERIFIED);
        self.qualified += of(fate::QUALIFIED);
        self.won += of(fate::WON);
    }

    /// Money and time of one handoff; `next` is where its deals stand at the earliest.
    #[inline]
    fn add_money(&mut self, ground: &Ground, row: u32, own: u8, mut next: usize) -> usize {
        let outcomes = &ground.outcomes;
        if own & fate::REJECTED != 0 {
            self.minutes += u64::from(outcomes.minutes[row as usize]);
        }
        if own & fate::WASTED != 0 {
            self.wasted_leads += 1;
            match outcomes.cost(row) {
                Some(cost) => self.wasted += i128::from(cost),
                None => self.wasted_unpriced += 1,
            }
        }
        if own & fate::VALUED == 0 {
            return next;
        }
        let worths = &outcomes.worths;
        while worths.get(next).is_some_and(|w| w.handoff < row) {
            next += 1;
        }
        while let Some(worth) = worths.get(next).filter(|w| w.handoff == row) {
            self.pipeline += i128::from(worth.frozen.unwrap_or(0));
            if worth.is_won {
                self.deals += 1;
                match worth.revenue {
                    Some(value) => self.revenue += i128::from(value),
                    None => self.unpriced += 1,
                }
                match worth.margin {
                    Some(margin) => self.margin += i128::from(margin),
                    None => self.margin_unknown += 1,
                }
            }
            next += 1;
        }
        next
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: &Tally) -> Tally {
        self.with(other, |a, b| a + b, |a, b| a + b)
    }

    /// What is left without those; they must be among these.
    #[must_use]
    pub fn less(self, other: &Tally) -> Tally {
        self.with(other, u64::saturating_sub, |a, b| a - b)
    }

    fn with(self, o: &Tally, n: impl Fn(u64, u64) -> u64, m: impl Fn(i128, i128) -> i128) -> Tally {
        Tally {
            leads: n(self.leads, o.leads),
            worked: n(self.worked, o.worked),
            accepted: n(self.accepted, o.accepted),
            rejected: n(self.rejected, o.rejected),
            verified: n(self.verified, o.verified),
            qualified: n(self.qualified, o.qualified),
            won: n(self.won, o.won),
            pipeline: m(self.pipeline, o.pipeline),
            revenue: m(self.revenue, o.revenue),
            deals: n(self.deals, o.deals),
            unpriced: n(self.unpriced, o.unpriced),
            margin: m(self.margin, o.margin),
            margin_unknown: n(self.margin_unknown, o.margin_unknown),
            minutes: n(self.minutes, o.minutes),
            wasted: m(self.wasted, o.wasted),
            wasted_leads: n(self.wasted_leads, o.wasted_leads),
            wasted_unpriced: n(self.wasted_unpriced, o.wasted_unpriced),
        }
    }

    /// Those without an outcome.
    pub fn unworked(&self) -> u64 {
        self.leads - self.worked
    }

    /// Hours of reps on rejected handoffs.
    pub fn hours(&self) -> f64 {
        self.minutes as f64 / 60.0
    }
}
