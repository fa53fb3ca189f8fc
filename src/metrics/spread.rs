//! How spans of time are spread: a histogram per month that says where a percentile lies, then one look at the values there.

use super::context::Context;
use super::marks::lengths::{ByLength, OPEN, UNTOLD, WRONG};
use super::months::Adds;
use super::quantile::{BUCKETS, bucket, places, range, whereabouts};
use super::spans::{Measured, SpanOf, SpanStats};

/// Spans by their magnitude.
#[derive(Debug)]
pub(crate) struct Spread {
    counts: Vec<u32>,
    open: u64,
    wrong: u64,
    untold: u64,
}

impl Default for Spread {
    fn default() -> Spread {
        Spread {
            counts: vec![0; BUCKETS],
            open: 0,
            wrong: 0,
            untold: 0,
        }
    }
}

impl Adds for Spread {
    fn take_in(&mut self, other: &Spread) {
        self.counts.take_in(&other.counts);
        self.open += other.open;
        self.wrong += other.wrong;
        self.untold += other.untold;
    }
}

/// Spans that must be asked of each row.
fn asked(ctx: &Context, of: SpanOf) -> Spread {
    let mut spread = Spread::default();
    of.visit(ctx, |_, says| match says {
        Measured::Is(length) => spread.counts[bucket(short(length))] += 1,
        Measured::Open => spread.open += 1,
        Measured::Wrong => spread.wrong += 1,
        Measured::Untold => spread.untold += 1,
        Measured::Unpriced => {}
    });
    spread
}

/// Attempts and days are few.
fn short(length: i64) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A month whose handoffs stand in the order of the span.
fn measured(ctx: &Context, by: &ByLength, month: usize) -> Spread {
    let mut counts: Vec<u32> = by.counts(month, ctx.counted_handoffs()).collect();
    let [open, wrong, untold] = [OPEN, WRONG, UNTOLD].map(|slot| counts[slot].into());
    counts.truncate(BUCKETS);
    Spread {
        counts,
        open,
        wrong,
        untold,
    }
}

/// Visits what the rows of a period measure, as far as it lies in these buckets; more may come.
fn visit(ctx: &Context, of: SpanOf, buckets: [usize; 2], found: &mut dyn FnMut(u32)) {
    let Some(by) = ctx.lengths().by(of) else {
        return ask(ctx, of, found);
    };
    let (kept, as_of) = (ctx.counted_handoffs(), ctx.scope.as_of);
    let cut = ctx.cut();
    for month in cut.whole {
        let [low, high] = buckets.map(|slot| by.rows(month, slot));
        let high = if buckets[0] == buckets[1] { &[] } else { high };
        for row in low.iter().chain(high).map(|row| *row as usize) {
            if kept.contains(row)
                && let Some(Measured::Is(length)) = of.of_handoff(ctx.facts, row, as_of)
            {
                found(short(length));
            }
        }
    }
    for (from, to) in cut.before.into_iter().chain(cut.after) {
        ask(&ctx.part(from, to), of, found);
    }
}

fn ask(ctx: &Context, of: SpanOf, found: &mut dyn FnMut(u32)) {
    of.visit(ctx, |_, says| {
        if let Measured::Is(length) = says {
            found(short(length));
        }
    });
}

/// Median and percentile of a span of time or a number of attempts.
pub(crate) fn stats(ctx: &Context, of: SpanOf) -> SpanStats {
    let sums = &ctx.scope.sums.spreads[ctx.scope.population as usize][of as usize];
    let few = ctx.scope.sums.narrowed.few;
    let spread = ctx.by_month(sums, |part| match part.month.zip(part.lengths().by(of)) {
        Some((month, by)) if !few => measured(part, by, month),
        _ => asked(part, of),
    });
    let closed: usize = spread.counts.iter().map(|count| *count as usize).sum();
    let mut stats = SpanStats {
        n: closed as u64 + spread.open,
        open: spread.open,
        wrong: spread.wrong,
        untold: spread.untold,
        ..SpanStats::default()
    };
    let Some(wanted) = places(stats.n as usize) else {
        return stats;
    };
    let value = values(wanted, &spread.counts, |buckets, found| {
        visit(ctx, of, buckets, found);
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
