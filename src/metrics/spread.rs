//! How spans of time are spread: a histogram per month that says where a percentile lies, then one look at the values there.

use super::context::Context;
use super::marks::handoffs::Test;
use super::marks::lengths::{NOTHING, OPEN, WRONG};
use super::months::Adds;
use super::quantile::{BUCKETS, bucket, places, range, values_at, whereabouts};
use super::scope::Population;
use super::spans::{SpanOf, SpanStats};

/// Spans whose lengths stand ready.
pub(crate) const SPREAD: [SpanOf; 4] = [
    SpanOf::Speed,
    SpanOf::System,
    SpanOf::Human,
    SpanOf::Feedback,
];

/// Spans by their magnitude.
#[derive(Debug)]
pub(crate) struct Spread {
    counts: Vec<u32>,
    open: u64,
    wrong: u64,
}

impl Adds for Spread {
    fn take_in(&mut self, other: &Spread) {
        self.counts.take_in(&other.counts);
        self.open += other.open;
        self.wrong += other.wrong;
    }
}

/// The lengths of a period, with the rows of the clock beside them.
struct Column<'a> {
    rows: &'a [u32],
    lengths: &'a [u32],
    /// From rows of the clock to handoffs.
    handoffs: Option<&'a [u32]>,
    ctx: &'a Context<'a>,
    test: Test,
}

impl<'a> Column<'a> {
    fn new(ctx: &'a Context, of: SpanOf) -> Column<'a> {
        let (leads, handoffs) = (&ctx.facts.leads, &ctx.facts.handoffs);
        let (marks, lengths) = (ctx.marks(), ctx.lengths());
        let (clock, column, lengths, handoffs) = match SPREAD.iter().position(|s| *s == of) {
            Some(place @ 0..=2) => (
                &leads.by_created,
                &leads.created,
                &lengths.since_creation[place],
                Some(marks.handoffs.index.first.as_slice()),
            ),
            _ => (
                &handoffs.by_handed_off,
                &handoffs.handed_off,
                &lengths.feedback,
                None,
            ),
        };
        let places = clock.places(column, &ctx.past);
        Column {
            rows: &clock.rows()[places.clone()],
            lengths: &lengths[places],
            handoffs,
            ctx,
            test: ctx.of_population(Test::EVERY),
        }
    }

    /// Whether a row of the filter and the population stands there; its length is something.
    #[inline]
    fn counts(&self, place: usize) -> bool {
        let row = self.rows[place] as usize;
        let handoff = self.handoffs.map_or(row, |first| first[row] as usize);
        self.ctx.scope.mask.handoffs.contains(handoff)
            && (self.handoffs.is_some()
                || self
                    .test
                    .passes(self.ctx.marks().handoffs.flags(handoff as u32)))
    }

    fn spread(&self) -> Spread {
        let mut spread = Spread {
            counts: vec![0; BUCKETS],
            open: 0,
            wrong: 0,
        };
        for (place, length) in self.lengths.iter().enumerate() {
            if *length == NOTHING || !self.counts(place) {
                continue;
            }
            match *length {
                OPEN => spread.open += 1,
                WRONG => spread.wrong += 1,
                length => spread.counts[bucket(length)] += 1,
            }
        }
        spread
    }

    /// The lengths in the bucket.
    fn inside(&self, of: usize) -> Vec<u32> {
        let (low, width) = range(of);
        let mut found = Vec::new();
        for (place, length) in self.lengths.iter().enumerate() {
            if length.wrapping_sub(low) <= width && *length < WRONG && self.counts(place) {
                found.push(*length);
            }
        }
        found
    }
}

/// Median and percentile of a span whose lengths stand ready; `None`: later handoffs count by the creation of their lead too.
pub(crate) fn stats(ctx: &Context, of: SpanOf) -> Option<SpanStats> {
    let slot = SPREAD.iter().position(|span| *span == of)?;
    let population = ctx.scope.population;
    let later = population == Population::All && !ctx.marks().handoffs.index.more.is_empty();
    if later && of != SpanOf::Feedback {
        return None;
    }
    let sums = &ctx.scope.sums.spreads[population as usize][slot];
    let spread = ctx.by_month(sums, |part| Column::new(part, of).spread());
    let closed: usize = spread.counts.iter().map(|count| *count as usize).sum();
    let mut stats = SpanStats {
        n: closed as u64 + spread.open,
        open: spread.open,
        wrong: spread.wrong,
        ..SpanStats::default()
    };
    let Some([low, high, ninetieth]) = places(stats.n as usize) else {
        return Some(stats);
    };
    let wanted: Vec<usize> = [low, high, ninetieth]
        .into_iter()
        .filter(|place| *place < closed)
        .collect();
    let column = Column::new(ctx, of);
    let found = values_at(&wanted, &whereabouts(&spread.counts, &wanted), |of| {
        column.inside(of)
    });
    let value = |place: usize| {
        let at = wanted.iter().position(|wanted| *wanted == place)?;
        Some(f64::from(found[at]))
    };
    stats.median = value(low)
        .zip(value(high))
        .map(|(a, b)| f64::midpoint(a, b));
    stats.p90 = value(ninetieth);
    Some(stats)
}
