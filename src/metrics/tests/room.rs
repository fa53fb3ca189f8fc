//! A history looked at: March 2025 in UTC unless a test says otherwise, as of 10 April, noon.

use super::fixture::{at, book, empty, qualified};
use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;
use crate::domain::verdict::DealOutcome;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::Filter;
use crate::facts::opportunities::OpportunityRow;
use crate::metrics::{Figure, Metric, Mode, Population, Scope, figure};

pub(crate) struct Room {
    pub(crate) facts: Facts,
    pub(crate) as_of: &'static str,
    pub(crate) period: &'static str,
    pub(crate) mode: Mode,
    pub(crate) population: Population,
    pub(crate) filter: Filter,
}

pub(crate) fn room(mut facts: Facts) -> Room {
    facts.index();
    Room {
        facts,
        as_of: "2025-04-10T12:00:00Z",
        period: "2025-03",
        mode: Mode::Event,
        population: Population::First,
        filter: Filter::default(),
    }
}

impl Room {
    pub(crate) fn scope(&self) -> Scope {
        self.scope_of(&book("UTC"))
    }

    /// The same under other agreements.
    pub(crate) fn scope_of(&self, book: &Book) -> Scope {
        let period = Period::parse(self.period, Day(0), &book.calendar).unwrap();
        Scope::new(&self.facts, book, period, at(self.as_of))
            .with_mode(self.mode)
            .with_population(self.population)
            .with_filter(&self.facts, self.filter.clone())
    }

    pub(crate) fn figure(&self, metric: Metric) -> Figure {
        figure(metric, &self.facts, &book("UTC"), &self.scope())
    }

    pub(crate) fn whole(&self, metric: Metric) -> Option<i64> {
        self.figure(metric).whole()
    }

    /// To four decimals.
    pub(crate) fn real(&self, metric: Metric) -> Option<f64> {
        self.figure(metric).real().map(|x| (x * 1e4).round() / 1e4)
    }
}

pub(crate) fn march() -> Period {
    Period::parse("2025-03", Day(0), &book("UTC").calendar).unwrap()
}

/// Won 500.00 with a known delivery cost of 100.00, won 300.00 with an unknown one, lost 200.00, no decision, a win taken back.
pub(crate) fn closed() -> Facts {
    let mut facts = empty();
    for (i, (outcome, minor)) in [
        (DealOutcome::Won, 50_000),
        (DealOutcome::Won, 30_000),
        (DealOutcome::Lost, 20_000),
        (DealOutcome::NoDecision, 10_000),
        (DealOutcome::Won, 40_000),
    ]
    .into_iter()
    .enumerate()
    {
        let own = OpportunityRow {
            id: i as i64 + 1,
            outcome: Some(outcome),
            closed: at(&format!("2025-03-{:02}T10:00:00Z", 10 + i)),
            delivery_cost: (i == 0).then_some(10_000),
            reversed: if i == 4 {
                at("2025-04-05T00:00:00Z")
            } else {
                Moment::NEVER
            },
            lost_reason: if i == 2 { 3 } else { NONE },
            ..qualified(&facts, at("2025-03-04T22:00:00Z"), minor, "2025-03-20")
        };
        facts.opportunities.push(own);
    }
    facts
}
