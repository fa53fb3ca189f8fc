//! What a lead cost: programme spend of its source in its month of creation ÷ leads of that source and month. Prices no deal.

use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Money;
use crate::domain::verdict::SpendKind;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::filter::{Dimension, Mask};
use crate::facts::spend::SpendRow;
use crate::metrics::context::Context;

/// An amount in minor units of the workspace's currency at the rate of that day.
pub(crate) fn in_home(facts: &Facts, minor: i64, currency: u8, on: Day) -> Option<i64> {
    let currency = *facts.names.currencies.get(currency as usize)?;
    facts.rates.convert(Money { minor, currency }, on)
}

/// Whether a spend row paid for programmes (media and tools) rather than for people.
pub(crate) fn is_programme(kind: SpendKind) -> bool {
    matches!(kind, SpendKind::Media | SpendKind::Tools)
}

/// How many rows of people's cost in the period name none of what the filter asks for: nobody can say which part is the filter's.
pub(crate) fn unsplit(ctx: &Context) -> u64 {
    let spend = &ctx.facts.spend;
    let untold = |row: &SpendRow| {
        let asked = ctx.scope.filter.chosen.iter();
        let told = |dimension: Dimension| match dimension {
            Dimension::Source => row.source != NONE,
            Dimension::Campaign => row.campaign != NONE,
            Dimension::Segment | Dimension::Rep => false,
        };
        row.lead == NONE && asked.into_iter().any(|(dimension, _)| !told(*dimension))
    };
    let rows = spend.within(&ctx.past).map(|row| &spend.rows[row]);
    rows.filter(|row| !is_programme(row.kind) && untold(row))
        .count() as u64
}

/// The source that a spend row counts for: its lead's where it names one.
pub(crate) fn source_of(facts: &Facts, row: &SpendRow) -> Code {
    match row.lead {
        NONE => row.source,
        lead => facts.leads.source[lead as usize],
    }
}

/// Cost per lead by source and local month of creation.
#[derive(Debug, Default)]
pub(crate) struct LeadCosts {
    /// Index into `costs` by lead.
    cells: Vec<u32>,
    /// Minor units per lead; `None` where nothing was spent on a source that is not free.
    costs: Vec<Option<i64>>,
}

impl LeadCosts {
    pub(crate) fn new(
        facts: &Facts,
        book: &Book,
        as_of: Moment,
        whole: &Mask,
        spend: &[Option<i64>],
    ) -> LeadCosts {
        let leads = &facts.leads;
        let sources = facts.names.sources.len();
        let width = sources + 1;
        let column = |source: Code| (source as usize).min(sources);
        let Some(earliest) = leads.by_created.rows().first() else {
            return LeadCosts::default();
        };
        let today = book.calendar.day_of(as_of);
        let first_day = book.calendar.day_of(leads.created.get(*earliest as usize));
        let months = Months::new(book, first_day, today);
        let mut costs = LeadCosts {
            cells: vec![0; leads.len()],
            costs: vec![None; months.starts.len() * width],
        };
        let mut counts = vec![0_i64; costs.costs.len()];
        let mut month = 0;
        for row in leads.by_created.rows().iter().map(|row| *row as usize) {
            let at = leads.created.get(row);
            while months
                .starts
                .get(month + 1)
                .is_some_and(|start| *start <= at)
            {
                month += 1;
            }
            let cell = month * width + column(leads.source[row]);
            costs.cells[row] = cell as u32;
            let counted =
                at <= as_of && whole.leads.contains(row) && leads.contactable.contains(row);
            counts[cell] += i64::from(counted);
        }
        let mut sums = vec![0_i128; costs.costs.len()];
        let rows = facts.spend.rows.iter().zip(spend);
        for (row, amount) in rows.filter(|(row, _)| is_programme(row.kind) && row.on <= today) {
            if let (Some(month), Some(amount)) = (months.of(row.on), amount) {
                sums[month * width + column(source_of(facts, row))] += i128::from(*amount);
            }
        }
        for (cell, cost) in costs.costs.iter_mut().enumerate() {
            let free = facts
                .names
                .source_facts
                .get(cell % width)
                .is_some_and(|s| s.free);
            *cost = match (sums[cell], counts[cell]) {
                (0, _) | (_, 0) => free.then_some(0),
                // Half up, to the minor unit.
                (sum, count) => {
                    let count = i128::from(count);
                    i64::try_from((sum * 2 + count).div_euclid(count * 2)).ok()
                }
            };
        }
        costs
    }

    /// The cell of a lead, and what a lead of each cell cost.
    pub(crate) fn table(&self) -> (&[u32], &[Option<i64>]) {
        (&self.cells, &self.costs)
    }

    /// What a lead cost.
    #[inline]
    pub(crate) fn of(&self, lead: u32) -> Option<i64> {
        let cell = *self.cells.get(lead as usize)?;
        self.costs[cell as usize]
    }
}

/// The local months from the first lead to today.
struct Months {
    first: Day,
    starts: Vec<Moment>,
}

impl Months {
    fn new(book: &Book, first: Day, today: Day) -> Months {
        let first = first.month_start();
        let count = Self::between(first, today).max(0) + 1;
        let starts = (0..count).map(|n| book.calendar.start_of(first.plus_months(n)));
        Months {
            first,
            starts: starts.collect(),
        }
    }

    fn of(&self, day: Day) -> Option<usize> {
        let month = usize::try_from(Self::between(self.first, day)).ok()?;
        (month < self.starts.len()).then_some(month)
    }

    fn between(first: Day, day: Day) -> i32 {
        use chrono::Datelike;
        let (a, b) = (first.date(), day.date());
        (b.year() - a.year()) * 12 + b.month0() as i32 - a.month0() as i32
    }
}
