//! How spans of time are spread: a histogram per month that says where a percentile lies, then one look at the values there.

use super::context::Context;
use super::marks::handoffs::Test;
use super::marks::lengths::{NOTHING, OPEN, WRONG};
use super::months::Adds;
use super::quantile::{BUCKETS, bucket, places, range, whereabouts};
use super::scope::Population;
use super::spans::{Measured, SpanOf, SpanStats};

/// Spans whose lengths stand ready.
const PREPARED: [SpanOf; 4] = [
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

impl Default for Spread {
    fn default() -> Spread {
        Spread {
            counts: vec![0; BUCKETS],
            open: 0,
            wrong: 0,
        }
    }
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
        let (clock, column, lengths, handoffs) = match PREPARED.iter().position(|s| *s == of) {
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
        let mut spread = Spread::default();
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

    /// Visits the lengths of these buckets.
    fn visit(&self, buckets: [usize; 2], mut f: impl FnMut(u32)) {
        let [(low, width), (other_low, other_width)] = buckets.map(range);
        for (place, length) in self.lengths.iter().enumerate() {
            let inside = (length.wrapping_sub(low) <= width)
                | (length.wrapping_sub(other_low) <= other_width);
            if inside && *length < WRONG && self.counts(place) {
                f(*length);
            }
        }
    }
}

/// Spans that must be asked of each row.
fn asked(ctx: &Context, of: SpanOf) -> Spread {
    let mut spread = Spread::default();
    of.visit(ctx, |_, says| match says {
        Measured::Is(length) => spread.counts[bucket(short(length))] += 1,
        Measured::Open => spread.open += 1,
        Measured::Wrong => spread.wrong += 1,
        Measured::Unpriced => {}
    });
    spread
}

/// Attempts and days are few.
fn short(length: i64) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Median and percentile of a span of time or a number of attempts.
pub(crate) fn stats(ctx: &Context, of: SpanOf) -> SpanStats {
    let population = ctx.scope.population;
    let place = PREPARED.iter().position(|span| *span == of);
    // Later handoffs count by the creation of their lead too, and are not measured beforehand.
    let later = population == Population::All && !ctx.marks().handoffs.index.more.is_empty();
    let prepared = place.is_some() && !(later && of != SpanOf::Feedback);
    let sums = &ctx.scope.sums.spreads[population as usize][of as usize];
    let spread = ctx.by_month(sums, |part| {
        if prepared {
            Column::new(part, of).spread()
        } else {
            asked(part, of)
        }
    });
    let closed: usize = spread.counts.iter().map(|count| *count as usize).sum();
    let mut stats = SpanStats {
        n: closed as u64 + spread.open,
        open: spread.open,
        wrong: spread.wrong,
        ..SpanStats::default()
    };
    let Some(wanted) = places(stats.n as usize) else {
        return stats;
    };
    let value = values(wanted, &spread.counts, |buckets, found| {
        if prepared {
            return Column::new(ctx, of).visit(buckets, found);
        }
        of.visit(ctx, |_, says| {
            if let Measured::Is(length) = says {
                found(short(length));
            }
        });
    });
    stats.median = value[0].zip(value[1]).map(|(a, b)| f64::midpoint(a, b));
    stats.p90 = value[2];
    stats
}

/// The values at the places that the histogram holds; `visit` is asked for those of two buckets, and may give more, only where
/// a bucket holds different ones.
fn values(
    wanted: [usize; 3],
    counts: &[u32],
    visit: impl Fn([usize; 2], &mut dyn FnMut(u32)),
) -> [Option<f64>; 3] {
    let closed: usize = counts.iter().map(|count| *count as usize).sum();
    let inside: Vec<usize> = wanted.into_iter().filter(|p| *p < closed).collect();
    let lie = whereabouts(counts, &inside);
    let mut buckets: Vec<usize> = lie.iter().map(|(of, _)| *of).collect();
    buckets.dedup();
    let mut found: Vec<(usize, Vec<u32>)> = Vec::new();
    for pair in buckets.chunks(2) {
        let pair = [pair[0], pair[pair.len() - 1]];
        let [mut first, mut second] = [Vec::new(), Vec::new()];
        if pair.iter().any(|of| range(*of).1 > 0) {
            visit(pair, &mut |value| match bucket(value) {
                of if of == pair[0] => first.push(value),
                of if of == pair[1] => second.push(value),
                _ => {}
            });
        }
        found.push((pair[0], first));
        found.push((pair[1], second));
    }
    for (_, values) in &mut found {
        values.sort_unstable();
    }
    wanted.map(|place| {
        let (of, before) = lie[inside.iter().position(|p| *p == place)?];
        let (low, width) = range(of);
        if width == 0 {
            return Some(f64::from(low));
        }
        let (_, values) = found.iter().find(|(bucket, _)| *bucket == of)?;
        Some(f64::from(values[place - before]))
    })
}
