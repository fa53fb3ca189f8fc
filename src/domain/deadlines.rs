//! When SLAs fall due, for many rows at once. Agrees with `Calendar::due`, which is the definition.

use super::calendar::Calendar;
use super::moment::{Day, Moment};

/// The business hours of a stretch of days, in order.
#[derive(Clone, Debug)]
pub struct Deadlines {
    /// Opening, closing, and business seconds before opening.
    windows: Vec<(i64, i64, i64)>,
    seconds: i64,
    /// Where the last answer was found: rows come nearly in order.
    last: usize,
}

impl Deadlines {
    /// For deadlines of `minutes` business minutes that start from `first` on and matter up to `last`.
    pub fn new(calendar: &Calendar, minutes: u32, first: Day, last: Day) -> Deadlines {
        let mut windows = Vec::new();
        let mut before = 0;
        for day in first.0..=last.0.max(first.0) {
            if let Some((open, close)) = calendar.hours_on(Day(day)) {
                windows.push((open.0, close.0, before));
                before += close.since(open).max(0);
            }
        }
        Deadlines {
            windows,
            seconds: i64::from(minutes) * 60,
            last: 0,
        }
    }

    /// The same stretch for other minutes.
    pub fn within(&mut self, minutes: u32) -> &mut Deadlines {
        self.seconds = i64::from(minutes) * 60;
        self
    }

    /// The deadline of something that started at `from`; `None` where it lies after the stretch.
    pub fn due(&mut self, from: Moment) -> Option<Moment> {
        let holds = |at: usize| {
            self.windows.get(at).is_some_and(|w| w.1 > from.0)
                && (at == 0 || self.windows[at - 1].1 <= from.0)
        };
        if !holds(self.last) {
            self.last = self.windows.partition_point(|w| w.1 <= from.0);
        }
        let (open, _, before) = *self.windows.get(self.last)?;
        let goal = before + (from.0 - open).max(0) + self.seconds;
        self.windows[self.last..]
            .iter()
            .find(|(open, close, before)| before + (close - open) >= goal)
            .map(|(open, _, before)| Moment(open + goal - before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_calendar(starts in proptest::collection::vec(0_i64..400 * 86_400, 1..40), minutes in 1_u32..3_000) {
            let first = Day::ymd(2025, 1, 1).unwrap();
            let calendar = Calendar::new("Europe/Berlin")
                .unwrap()
                .with_hours((9 * 60, 17 * 60 + 30), [first, first.plus(121)]);
            let base = calendar.start_of(first).0;
            let mut deadlines = Deadlines::new(&calendar, minutes, first, first.plus(500));
            for start in starts {
                let from = Moment(base + start);
                prop_assert_eq!(deadlines.due(from), Some(calendar.due(from, minutes)));
            }
        }
    }

    #[test]
    fn what_falls_due_after_the_stretch_is_not_due() {
        let calendar = Calendar::new("UTC").unwrap();
        let monday = Day::ymd(2025, 5, 5).unwrap();
        let mut deadlines = Deadlines::new(&calendar, 480, monday, monday);
        let at = |hour: i64| Moment(i64::from(monday.0) * 86_400 + hour * 3_600);
        assert_eq!(deadlines.due(at(9)), Some(at(17)));
        assert_eq!(deadlines.due(at(10)), None);
    }
}
