//! The longest run of rejections among decided handoffs, in the order of their hand-over. Knows no source.

use crate::metrics::context::{Context, HandoffClock};
use crate::metrics::define::DECIDED;
use crate::metrics::marks::handoffs::flag;
use crate::metrics::months::Adds;

/// What is known of the rejections in a row within a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// With which it begins.
    first: u32,
    /// With which it ends.
    last: u32,
    /// Its longest.
    longest: u32,
    /// Whether anything else was decided in it.
    broken: bool,
}

impl Run {
    /// Of the period.
    pub(crate) fn new(ctx: &Context) -> Run {
        let mut run = Run::default();
        each_decided(ctx, |_, rejected| run.add(rejected));
        run
    }

    /// One more decided handoff.
    pub(crate) fn add(&mut self, rejected: bool) {
        if rejected {
            self.last += 1;
            self.first += u32::from(!self.broken);
            self.longest = self.longest.max(self.last);
        } else {
            (self.last, self.broken) = (0, true);
        }
    }

    /// The most rejections in a row.
    pub(crate) fn longest(self) -> u32 {
        self.longest
    }
}

impl Adds for Run {
    fn take_in(&mut self, next: &Run) {
        let across = self.last + next.first;
        self.longest = self.longest.max(across).max(next.longest);
        if !self.broken {
            self.first = across;
        }
        self.last = if next.broken { next.last } else { across };
        self.broken |= next.broken;
    }
}

/// Visits the decided handoffs of the period that are old enough to be judged, with whether each was rejected.
pub(crate) fn each_decided(ctx: &Context, mut f: impl FnMut(u32, bool)) {
    let (test, marks) = (
        ctx.of_population(DECIDED.and(flag::RIPE)),
        &ctx.marks().handoffs,
    );
    ctx.each_handoff(HandoffClock::HandedOff, |row| {
        let flags = marks.flags(row);
        if test.passes(flags) {
            f(row, flags & flag::REJECTED != 0);
        }
    });
}

/// The handoffs of the longest run; of two that are as long, the earlier.
pub(crate) fn longest(ctx: &Context) -> Vec<u32> {
    let (mut longest, mut now) = (Vec::new(), Vec::new());
    each_decided(ctx, |row, rejected| {
        if rejected {
            now.push(row);
            return;
        }
        if now.len() > longest.len() {
            std::mem::swap(&mut longest, &mut now);
        }
        now.clear();
    });
    if now.len() > longest.len() {
        longest = now;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(rejected: &[bool]) -> Run {
        let mut run = Run::default();
        for rejected in rejected {
            run.add(*rejected);
        }
        run
    }

    #[test]
    fn the_longest_run_is_counted() {
        let (yes, no) = (true, false);
        assert_eq!(run(&[]).longest(), 0);
        assert_eq!(run(&[no, yes, yes, no, yes]).longest(), 2);
        assert_eq!(run(&[yes, yes, yes]).longest(), 3);
    }

    proptest! {
        #[test]
        fn stretches_of_time_add_up_wherever_they_are_cut(
            all in prop::collection::vec(prop::bool::weighted(0.7), 0..30), cuts in prop::collection::vec(0_usize..30, 2),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(all.len())).collect();
            cuts.sort_unstable();
            let mut sum = run(&all[..cuts[0]]);
            sum.take_in(&run(&all[cuts[0]..cuts[1]]));
            sum.take_in(&run(&all[cuts[1]..]));
            prop_assert_eq!(sum, run(&all));
        }
    }
}
