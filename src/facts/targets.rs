//! Targets with their history: the newest one of a span is in force.

use std::collections::BTreeMap;

use super::column::Code;
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;

/// A target as it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Row id.
    pub id: i64,
    /// Metric id.
    pub metric: String,
    /// First day.
    pub start: Day,
    /// The day after the last.
    pub end: Day,
    /// Minor units for money, a count for counts.
    pub value: i64,
    /// Code of who set it, or `NONE`.
    pub by: Code,
    /// When.
    pub at: Moment,
}

/// Every target ever set, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Targets(pub Vec<Target>);

impl Targets {
    /// The targets set for exactly this metric and span by then, oldest first: the last is in force, the others are its
    /// history. A plan that was written down only afterwards counts as it was first written.
    pub fn of<'a>(
        &'a self,
        metric: &str,
        period: &Period,
        as_of: Moment,
    ) -> impl Iterator<Item = &'a Target> {
        let span =
            |t: &&Target| t.metric == metric && t.start == period.first && t.end == period.end;
        let all: Vec<&Target> = self.0.iter().filter(span).collect();
        let first_known = all.iter().map(|t| t.at).min().unwrap_or(as_of).max(as_of);
        all.into_iter().filter(move |t| t.at <= first_known)
    }

    /// What was to be reached in the period as it was planned then: the target of that very span, else the sum of the
    /// targets in force that tile it without gap or overlap, of several such the one of the shortest spans first (months
    /// tile quarters and years); `None` where neither is there, or the sum is beyond an `i64`.
    pub fn value(&self, metric: &str, period: &Period, as_of: Moment) -> Option<i64> {
        if let Some(target) = self.of(metric, period, as_of).last() {
            return Some(target.value);
        }
        let mut spans: BTreeMap<Day, BTreeMap<Day, (bool, i64)>> = BTreeMap::new();
        let within = |t: &&Target| {
            t.metric == metric && period.first <= t.start && t.start < t.end && t.end <= period.end
        };
        for target in self.0.iter().filter(within) {
            let known = target.at <= as_of;
            let of_start = spans.entry(target.start).or_default();
            let slot = of_start.entry(target.end).or_insert((known, target.value));
            if known {
                *slot = (true, target.value);
            }
        }
        // From the end: what tiles the days from here on.
        let mut tiled: BTreeMap<Day, i64> = BTreeMap::from([(period.end, 0)]);
        for (start, ends) in spans.iter().rev() {
            let first = ends.iter().find_map(|(end, (_, value))| {
                tiled.get(end).and_then(|rest| rest.checked_add(*value))
            });
            if let Some(sum) = first {
                tiled.insert(*start, sum);
            }
        }
        (period.first < period.end)
            .then(|| tiled.get(&period.first).copied())
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Calendar;
    use crate::domain::period::Span;
    use crate::facts::column::NONE;

    const LATER: Moment = Moment(100);

    fn target(start: &str, end: &str, value: i64, at: i64) -> Target {
        Target {
            id: at,
            metric: "revenue".into(),
            start: Day::parse(start).unwrap(),
            end: Day::parse(end).unwrap(),
            value,
            by: NONE,
            at: Moment(at),
        }
    }

    #[test]
    fn months_add_up_to_a_quarter_and_the_newest_counts() {
        let calendar = Calendar::new("UTC").unwrap();
        let quarter = Period::around(Day::parse("2025-01-01").unwrap(), Span::Quarter, &calendar);
        let mut targets = Targets(vec![
            target("2025-01-01", "2025-02-01", 10, 1),
            target("2025-02-01", "2025-03-01", 20, 2),
            target("2025-02-01", "2025-03-01", 25, 3),
        ]);
        assert_eq!(targets.value("revenue", &quarter, LATER), None);
        targets.0.push(target("2025-03-01", "2025-04-01", 30, 4));
        assert_eq!(targets.value("revenue", &quarter, LATER), Some(65));
        assert_eq!(targets.value("mqls", &quarter, LATER), None);
        targets.0.push(target("2025-01-01", "2025-04-01", 100, 5));
        assert_eq!(targets.value("revenue", &quarter, LATER), Some(100));
    }

    #[test]
    fn a_week_of_its_own_does_not_break_what_the_months_tile() {
        let calendar = Calendar::new("UTC").unwrap();
        let quarter = Period::around(Day::parse("2025-01-01").unwrap(), Span::Quarter, &calendar);
        let targets = Targets(vec![
            target("2025-01-01", "2025-02-01", 10, 1),
            target("2025-02-01", "2025-03-01", 20, 2),
            target("2025-03-01", "2025-04-01", 30, 3),
            target("2025-01-01", "2025-01-08", 7, 4),
            target("2025-02-01", "2025-02-08", 8, 5),
        ]);
        assert_eq!(targets.value("revenue", &quarter, LATER), Some(60));
    }

    #[test]
    fn an_earlier_look_sees_the_plan_of_its_time_and_a_later_plan_as_first_written() {
        let calendar = Calendar::new("UTC").unwrap();
        let month = Period::around(Day::parse("2025-01-01").unwrap(), Span::Month, &calendar);
        let targets = Targets(vec![
            target("2025-01-01", "2025-02-01", 10, 5),
            target("2025-01-01", "2025-02-01", 12, 8),
            target("2025-01-01", "2025-02-01", 9, 11),
        ]);
        let at = |moment| targets.value("revenue", &month, Moment(moment));
        assert_eq!(
            [at(20), at(11), at(10), at(8), at(7), at(1)].map(Option::unwrap),
            [9, 9, 12, 12, 10, 10]
        );
        let told = |moment| targets.of("revenue", &month, Moment(moment)).count();
        assert_eq!([told(20), told(10), told(1)], [3, 2, 1]);
        let quarter = Period::around(Day::parse("2025-01-01").unwrap(), Span::Quarter, &calendar);
        let mut tiles = targets.clone();
        tiles.0.push(target("2025-02-01", "2025-04-01", 100, 12));
        assert_eq!(tiles.value("revenue", &quarter, Moment(9)), Some(112));
    }
}
