//! One period of one scope over the facts, with the counts that several figures share. Defines no figure.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::marks::Marks;
use super::marks::handoffs::{Test, flag};
use super::marks::lengths::Lengths;
use super::narrowed::{self, Rows};
use super::scope::{Population, Scope};
use super::select::{Key, Tally};
use super::sizes;
use super::spans::{SpanOf, SpanStats};
use super::spread;
use super::top;
use super::totals::Verdicts;
use super::waterfall::Waterfall;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};

/// By which event a handoff falls into the period (C2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum HandoffClock {
    HandedOff,
    Verdict,
    Assigned,
    Connected,
    Meeting,
    /// Creation of its lead.
    Created,
}

pub(crate) const HANDOFF_CLOCKS: usize = 6;

/// By which event a lead falls into the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeadClock {
    /// Created; only those that can be contacted.
    Created,
    /// Marked by marketing.
    Mql,
}

/// What figures are computed in.
pub(crate) struct Context<'a> {
    pub facts: &'a Facts,
    pub book: &'a Book,
    pub scope: &'a Scope,
    /// The period as it was asked for.
    pub period: Period,
    /// The same up to as-of: nothing later counts (C17).
    pub past: Period,
    /// Which of the months that sums are kept by this is, where it is one.
    pub month: Option<usize>,
    histograms: [OnceLock<Vec<u32>>; HANDOFF_CLOCKS],
    mql_histogram: OnceLock<Vec<u32>>,
    spans: [OnceLock<SpanStats>; SpanOf::COUNT],
    waterfall: OnceLock<Arc<Waterfall>>,
    verdicts: OnceLock<Verdicts>,
    tallies: Mutex<FxHashMap<Key, Tally>>,
    top_reason: OnceLock<Code>,
    top_source: OnceLock<Code>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        facts: &'a Facts,
        book: &'a Book,
        scope: &'a Scope,
        period: &Period,
    ) -> Context<'a> {
        let mut past = period.clone();
        past.end_at = past.end_at.min(Moment(scope.as_of.0.saturating_add(1)));
        past.end = past.end.min(scope.marks.today.plus(1));
        Context {
            facts,
            book,
            scope,
            period: period.clone(),
            past,
            month: None,
            histograms: [const { OnceLock::new() }; HANDOFF_CLOCKS],
            mql_histogram: OnceLock::new(),
            spans: [const { OnceLock::new() }; SpanOf::COUNT],
            waterfall: OnceLock::new(),
            verdicts: OnceLock::new(),
            tallies: Mutex::default(),
            top_reason: OnceLock::new(),
            top_source: OnceLock::new(),
        }
    }

    /// The same for a stretch of the period: for what falls into it by a moment, not by a date.
    pub(crate) fn part(&self, from: Moment, to: Moment) -> Context<'a> {
        let mut part = Context::new(self.facts, self.book, self.scope, &self.period);
        (part.past.start_at, part.past.end_at) = (from, to);
        part
    }

    /// The same for one of the months that sums are kept by.
    pub(crate) fn month(&self, n: usize) -> Context<'a> {
        let (from, to) = self.marks().months.nth(n);
        Context {
            month: Some(n),
            ..self.part(from, to)
        }
    }

    pub(crate) fn marks(&self) -> &Marks {
        &self.scope.marks
    }

    /// The condition of the chosen population added to a test.
    pub(crate) fn of_population(&self, test: Test) -> Test {
        match self.scope.population {
            Population::First => test.and(flag::FIRST),
            Population::All => test,
        }
    }

    /// Every handoff of the filter whose event lies in the period, whatever the population, in the order of the event.
    #[inline]
    pub(crate) fn each_handoff(&self, clock: HandoffClock, mut f: impl FnMut(u32)) {
        let mask = &self.scope.mask.handoffs;
        if clock == HandoffClock::Created {
            return self.each_by_creation(f);
        }
        for rows in narrowed::stretches(self, Rows::Handoffs(clock)) {
            for row in rows {
                if mask.contains(*row as usize) {
                    f(*row);
                }
            }
        }
    }

    fn each_by_creation(&self, mut f: impl FnMut(u32)) {
        let mask = &self.scope.mask.handoffs;
        let index = &self.marks().handoffs.index;
        let all = self.scope.population == Population::All && !index.more.is_empty();
        for leads in narrowed::stretches(self, Rows::Handoffs(HandoffClock::Created)) {
            for lead in leads {
                let first = index.first[*lead as usize];
                if first != NONE && mask.contains(first as usize) {
                    f(first);
                }
                if all {
                    for (_, row) in index.later(*lead) {
                        if mask.contains(*row as usize) {
                            f(*row);
                        }
                    }
                }
            }
        }
    }

    /// Every lead of the filter whose event lies in the period.
    #[inline]
    pub(crate) fn each_lead(&self, clock: LeadClock, mut f: impl FnMut(u32)) {
        let (mask, contactable) = (&self.scope.mask.leads, &self.facts.leads.contactable);
        for rows in narrowed::stretches(self, Rows::Leads(clock)) {
            for row in rows {
                let at = *row as usize;
                if mask.contains(at) && (clock == LeadClock::Mql || contactable.contains(at)) {
                    f(*row);
                }
            }
        }
    }

    /// The kind of a lead: what its first, or any, handoff reached.
    #[inline]
    pub(crate) fn lead_kind(&self, lead: u32) -> u16 {
        let marks = &self.marks().handoffs;
        match self.scope.population {
            Population::First => marks.lead_first[lead as usize],
            Population::All => marks.lead_any[lead as usize],
        }
    }

    /// How many handoffs of the period have each kind.
    pub(crate) fn histogram(&self, clock: HandoffClock) -> &[u32] {
        self.histograms[clock as usize].get_or_init(|| {
            if clock == HandoffClock::Verdict {
                return self.verdicts().histogram();
            }
            let sums = &self.scope.sums.histograms[self.scope.population as usize];
            self.by_month(&sums[clock as usize], |part| {
                let marks = &part.marks().handoffs;
                let mut counts = vec![0; marks.kinds.len()];
                part.each_handoff(clock, |row| counts[marks.kind[row as usize] as usize] += 1);
                counts
            })
        })
    }

    /// How many MQLs of the period have each kind.
    pub(crate) fn mql_histogram(&self) -> &[u32] {
        self.mql_histogram.get_or_init(|| {
            let sums = &self.scope.sums.mqls[self.scope.population as usize];
            self.by_month(sums, |part| {
                let mut counts = vec![0; part.marks().handoffs.kinds.len()];
                part.each_lead(LeadClock::Mql, |row| {
                    counts[part.lead_kind(row) as usize] += 1;
                });
                counts
            })
        })
    }

    /// How many of a histogram pass a test.
    pub(crate) fn passing(&self, histogram: &[u32], test: Test) -> u64 {
        let kinds = &self.marks().handoffs.kinds;
        let counted = histogram.iter().zip(kinds);
        counted
            .filter(|(_, flags)| test.passes(**flags))
            .map(|(count, _)| u64::from(*count))
            .sum()
    }

    /// Median and 90th percentile of a span, computed once.
    pub(crate) fn span_stats(&self, of: SpanOf) -> &SpanStats {
        self.spans[of as usize].get_or_init(|| match of {
            // Money outgrows the histogram.
            SpanOf::DealSize => sizes::stats(self),
            _ => spread::stats(self, of),
        })
    }

    /// How long everything took, measured once.
    pub(crate) fn lengths(&self) -> &Lengths {
        let marks = self.marks();
        let measure = || Lengths::new(self.facts, &marks.handoffs, &marks.months, self.scope.as_of);
        marks.lengths.get_or_init(measure)
    }

    /// The handoffs of the filter that the population takes.
    pub(crate) fn counted_handoffs(&self) -> &FixedBitSet {
        let all = &self.scope.mask.handoffs;
        if self.scope.population == Population::All || self.marks().handoffs.index.more.is_empty() {
            return all;
        }
        self.scope.sums.firsts.get_or_init(|| {
            let mut firsts = all.clone();
            for (_, row) in &self.marks().handoffs.index.more {
                firsts.set(*row as usize, false);
            }
            firsts
        })
    }

    /// The waterfall of the period, computed once.
    pub(crate) fn waterfall(&self) -> &Arc<Waterfall> {
        self.waterfall
            .get_or_init(|| Arc::new(Waterfall::new(self)))
    }

    /// The most frequent reason of the period's rejections, found once.
    pub(crate) fn top_reason(&self) -> Code {
        *self.top_reason.get_or_init(|| top::reason(self))
    }

    /// The source with the highest share of rejections, found once.
    pub(crate) fn top_source(&self) -> Code {
        *self.top_source.get_or_init(|| top::source(self))
    }

    /// What the verdicts of the period took, added up once.
    pub(crate) fn verdicts(&self) -> &Verdicts {
        self.verdicts.get_or_init(|| {
            let sums = &self.scope.sums.verdicts[self.scope.population as usize];
            self.by_month(sums, Verdicts::new)
        })
    }

    /// A sum that several figures share, added up once.
    pub(crate) fn remembered(&self, key: Key, add_up: impl FnOnce() -> Tally) -> Tally {
        let known = |map: &Mutex<FxHashMap<Key, Tally>>| {
            let map = map.lock().unwrap_or_else(PoisonError::into_inner);
            map.get(&key).copied()
        };
        known(&self.tallies).unwrap_or_else(|| {
            let tally = add_up();
            let mut map = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
            map.insert(key, tally);
            tally
        })
    }
}
