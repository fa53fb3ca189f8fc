//! Targets with their history: the newest one of a span is in force.

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
    /// The targets set for exactly this metric and span, oldest first: the last is in force, the others are its history.
    pub fn of<'a>(
        &'a self,
        metric: &'a str,
        period: &'a Period,
    ) -> impl Iterator<Item = &'a Target> {
        self.0
            .iter()
            .filter(move |t| t.metric == metric && t.start == period.first && t.end == period.end)
    }

    /// What is to be reached in the period: the target of that very span, else the sum of the targets in force that tile it
    /// without gap or overlap; `None` where neither is there.
    pub fn value(&self, metric: &str, period: &Period) -> Option<i64> {
        if let Some(target) = self.of(metric, period).last() {
            return Some(target.value);
        }
        let mut at = period.first;
        let mut sum: i64 = 0;
        while at < period.end {
            // Of several spans that start here the shortest is taken: months tile quarters and years.
            let shortest = self
                .0
                .iter()
                .filter(|t| t.metric == metric && t.start == at && t.end <= period.end)
                .min_by_key(|t| t.end)?;
            let end = shortest.end;
            let newest = self
                .0
                .iter()
                .rfind(|t| t.metric == metric && t.start == at && t.end == end)?;
            sum = sum.checked_add(newest.value)?;
            at = end;
        }
        (sum > 0 || period.first < period.end).then_some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Calendar;
    use crate::domain::period::Span;
    use crate::facts::column::NONE;

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
        assert_eq!(targets.value("revenue", &quarter), None);
        targets.0.push(target("2025-03-01", "2025-04-01", 30, 4));
        assert_eq!(targets.value("revenue", &quarter), Some(65));
        assert_eq!(targets.value("mqls", &quarter), None);
        targets.0.push(target("2025-01-01", "2025-04-01", 100, 5));
        assert_eq!(targets.value("revenue", &quarter), Some(100));
    }
}
