//! What the whole board is computed for: period, as-of moment, mode, population and filter. Reads no clock.

use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::facts::filter::{Filter, Mask};

use super::marks::Marks;
use super::months::Sums;
use super::select::Whole;

/// How ratios are counted where both ways make sense (C3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Both sides by their own clock in the period.
    #[default]
    Event,
    /// Those that entered in the period, followed up to as-of.
    Cohort,
}

/// Which handoffs count (C11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Population {
    /// The first hand-over of each lead.
    #[default]
    First,
    /// Every hand-over, recycled and reopened ones too.
    All,
}

/// What a board is computed for. Cheap to clone; period, mode and population change without reading any row.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The period.
    pub period: Period,
    /// Nothing after this moment counts (C17).
    pub as_of: Moment,
    /// Event or cohort.
    pub mode: Mode,
    /// First or all handoffs.
    pub population: Population,
    /// The filter behind `mask`.
    pub filter: Filter,
    /// The rows that pass the filter.
    pub mask: Arc<Mask>,
    /// The rows that pass no filter but the exclusions (C14): what shares are shares of.
    pub whole: Arc<Mask>,
    pub(crate) marks: Arc<Marks>,
    pub(crate) sums: Arc<Sums>,
    /// The sums behind `whole`: a filter that is taken off finds them again.
    whole_sums: Arc<Sums>,
}

impl Scope {
    /// A scope over all rows, in event mode, first handoffs. Reads every row once: keep it, and change it by the `with_…` verbs.
    pub fn new(facts: &Facts, book: &Book, period: Period, as_of: Moment) -> Scope {
        let whole = Arc::new(Mask::new(facts, &Filter::default()));
        let marks = Arc::new(Marks::new(facts, book, as_of, &whole));
        let sums = Arc::<Sums>::default();
        Scope {
            period,
            as_of,
            mode: Mode::default(),
            population: Population::default(),
            filter: Filter::default(),
            mask: whole.clone(),
            whole,
            marks,
            sums: sums.clone(),
            whole_sums: sums,
        }
    }

    /// The same for another period. O(1).
    #[must_use]
    pub fn with_period(&self, period: Period) -> Scope {
        Scope {
            period,
            ..self.clone()
        }
    }

    /// The same in another mode. O(1).
    #[must_use]
    pub fn with_mode(&self, mode: Mode) -> Scope {
        Scope {
            mode,
            ..self.clone()
        }
    }

    /// The same for first or all handoffs. O(1).
    #[must_use]
    pub fn with_population(&self, population: Population) -> Scope {
        Scope {
            population,
            ..self.clone()
        }
    }

    /// The same through another filter. Reads every row once.
    #[must_use]
    pub fn with_filter(&self, facts: &Facts, filter: Filter) -> Scope {
        let (mask, sums) = if filter.is_empty() {
            (self.whole.clone(), self.whole_sums.clone())
        } else {
            let mask = Mask::new(facts, &filter);
            let sums = Sums::narrowed(&mask);
            (Arc::new(mask), Arc::new(sums))
        };
        Scope {
            filter,
            mask,
            sums,
            ..self.clone()
        }
    }

    /// Whether the same rows were judged at the same moment: what is counted of one holds of the other.
    pub fn has_rows_of(&self, other: &Scope) -> bool {
        Arc::ptr_eq(&self.marks, &other.marks)
    }

    /// The sums of the filter, or of all rows.
    pub(crate) fn sums_of(&self, whole: Whole) -> &Sums {
        match whole {
            Whole::Filtered => &self.sums,
            Whole::Everything => &self.whole_sums,
        }
    }

    /// The same over facts or settings that have changed, or at another moment. Reads every row once.
    #[must_use]
    pub fn refreshed(&self, facts: &Facts, book: &Book, as_of: Moment) -> Scope {
        let fresh = Scope::new(facts, book, self.period.clone(), as_of);
        Scope {
            mode: self.mode,
            population: self.population,
            ..fresh
        }
        .with_filter(facts, self.filter.clone())
    }
}
