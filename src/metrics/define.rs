//! The definition of every number as data: which rows stand above the line, which below, in which unit. Counts nothing.

mod agreement;
mod conversion;
mod cost;
pub(crate) mod outcome;
mod speed;
mod volume;

pub(crate) use volume::DECIDED;

use super::context::Context;
use super::figure::Counted;
use super::id::Metric;
use super::marks::ripeness::Way;
use super::rowset::Made;
use super::scope::Mode;
use super::select::{Select, Term, plus};
use super::spans::SpanOf;

/// What a number is counted in; money is the workspace's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitOf {
    Money,
    Count,
    Ratio,
    Days,
    Hours,
}

/// How a number stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// ÷ target.
    Attainment,
    /// target −.
    Gap,
    /// ÷ what should be there by now (C16).
    Pace,
    /// ÷ (target − what the base adds up to).
    Missing,
}

/// How the number comes from its rows.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// The sum of `rows`.
    Sum,
    /// `rows` ÷ `base`. A share when every row above the line stands below it too.
    Quotient { share: bool },
    /// Agreement beyond chance: `rows` agree, `base` holds the four cells row by row.
    Kappa,
    /// A median or percentile.
    Span(SpanOf, Made),
    /// Against the target of a metric.
    Target(Against, Metric),
}

/// How long a cohort must wait before it is judged (C4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// The 80th percentile of what the way took.
    Past(Way),
    /// So many seconds, by definition.
    Seconds(i64),
}

/// The definition of a number.
#[derive(Clone)]
pub(crate) struct Definition {
    pub shape: Shape,
    pub unit: UnitOf,
    pub counted: Counted,
    pub rows: Vec<Term>,
    pub base: Vec<Term>,
    /// Rows that the note speaks of.
    pub aside: Option<Select>,
    /// Rows of the cohort that are still open.
    pub open: Option<Select>,
    pub wait: Option<Wait>,
}

impl Definition {
    pub(crate) fn sum(unit: UnitOf, rows: Vec<Term>) -> Definition {
        Definition {
            shape: Shape::Sum,
            unit,
            counted: Counted::Event,
            rows,
            base: Vec::new(),
            aside: None,
            open: None,
            wait: None,
        }
    }

    pub(crate) fn count(select: Select) -> Definition {
        Definition::sum(UnitOf::Count, vec![plus(select)])
    }

    /// Rows that are part of the base.
    pub(crate) fn share(rows: Select, base: Select) -> Definition {
        Definition {
            shape: Shape::Quotient { share: true },
            base: vec![plus(base)],
            ..Definition::sum(UnitOf::Ratio, vec![plus(rows)])
        }
    }

    pub(crate) fn quotient(unit: UnitOf, rows: Vec<Term>, base: Vec<Term>) -> Definition {
        Definition {
            shape: Shape::Quotient { share: false },
            base,
            ..Definition::sum(unit, rows)
        }
    }

    pub(crate) fn span(unit: UnitOf, of: SpanOf, made: Made) -> Definition {
        Definition {
            shape: Shape::Span(of, made),
            ..Definition::sum(unit, Vec::new())
        }
    }

    pub(crate) fn target(
        unit: UnitOf,
        against: Against,
        metric: Metric,
        rows: Vec<Term>,
    ) -> Definition {
        Definition {
            shape: Shape::Target(against, metric),
            ..Definition::sum(unit, rows)
        }
    }

    pub(crate) fn counted(mut self, counted: Counted) -> Definition {
        self.counted = counted;
        self
    }

    /// A cohort that is judged after this wait, with what is open in it.
    pub(crate) fn cohort(mut self, wait: Wait, open: Option<Select>) -> Definition {
        (self.counted, self.wait, self.open) = (Counted::Cohort, Some(wait), open);
        self
    }

    pub(crate) fn aside(mut self, select: Select) -> Definition {
        self.aside = Some(select);
        self
    }

    /// The definition of a metric in the scope's mode.
    pub(crate) fn of(metric: Metric, ctx: &Context) -> Definition {
        let mode: Mode = ctx.scope.mode;
        outcome::define(metric)
            .or_else(|| volume::define(metric, mode, ctx))
            .or_else(|| speed::define(metric))
            .or_else(|| conversion::define(metric, mode, ctx))
            .or_else(|| cost::define(metric))
            .or_else(|| agreement::define(metric))
            .expect("every metric stands in one of the six parts; a test computes them all")
    }
}
