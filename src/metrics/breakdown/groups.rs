//! Rows of a period added up by place, for many metrics at once. Knows no dimension.

use rustc_hash::FxHashMap;

use crate::facts::column::Code;
use crate::metrics::compute::{Parts, assemble};
use crate::metrics::context::{Context, HandoffClock, LeadClock};
use crate::metrics::define::{Definition, Shape};
use crate::metrics::figure::Figure;
use crate::metrics::id::Metric;
use crate::metrics::line::{Line, LineOf};
use crate::metrics::marks::handoffs::Test;
use crate::metrics::rowset::Table;
use crate::metrics::select::{Deals, Select, Tally, Term, Whole};

/// Rows sorted into places.
pub(super) struct Groups<'a, P> {
    pub ctx: &'a Context<'a>,
    pub places: usize,
    pub place: P,
    pub keeps_empty: bool,
}

/// One metric for every place, and where it has any row.
struct Column {
    figures: Vec<Figure>,
    used: Vec<bool>,
}

/// Metrics whose rows are handoffs.
const ON_HANDOFFS: &[Metric] = &[
    Metric::Handoffs,
    Metric::AcceptanceRate,
    Metric::RejectionRate,
    Metric::UnverifiedRejections,
    Metric::SourceTrust,
    Metric::WastedSpend,
];

/// Rows added up by place, for terms that come again.
#[derive(Default)]
struct Shared {
    /// Handoffs of a clock.
    classes: FxHashMap<usize, Classes>,
    /// Leads created, those of free sources apart.
    created: Option<Vec<[u32; 2]>>,
}

/// Handoffs by place and by which of the tests they pass.
struct Classes {
    /// Which tests, by their places in the list, each class passes.
    passes: Vec<u64>,
    tests: Vec<Test>,
    counts: Vec<u32>,
}

/// The tests that these definitions put to the handoffs of a clock.
fn tests_of(definitions: &[(Metric, Definition)], clock: HandoffClock) -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    for (_, definition) in definitions {
        let terms = definition.rows.iter().chain(&definition.base);
        let others = definition.aside.iter().chain(&definition.open);
        for select in terms.map(|term| &term.select).chain(others) {
            if let Select::Handoffs(own, test) = select
                && *own == clock
                && !tests.contains(test)
            {
                tests.push(*test);
            }
        }
    }
    tests
}

impl<P: Fn(Table, u32) -> Option<usize> + Sync> Groups<'_, P> {
    /// Two threads share the metrics: those of handoffs, and the others.
    pub(super) fn lines(&self, metrics: &[Metric]) -> Vec<Line> {
        let (handoffs, others): (Vec<Metric>, Vec<Metric>) = metrics
            .iter()
            .partition(|metric| ON_HANDOFFS.contains(metric));
        let (mut columns, rest) = std::thread::scope(|threads| {
            let beside = threads.spawn(|| self.columns(&handoffs));
            let others = self.columns(&others);
            let handoffs = beside.join();
            (others, handoffs.expect("adding up rows cannot panic"))
        });
        columns.extend(rest);
        let places = 0..self.places;
        let used = places
            .filter(|place| self.keeps_empty || columns.values().any(|column| column.used[*place]));
        let used: Vec<usize> = used.collect();
        used.into_iter()
            .map(|place| Line {
                of: LineOf::Code(place as Code),
                name: String::new(),
                figures: metrics
                    .iter()
                    .map(|metric| columns[metric].figures[place].clone())
                    .collect(),
            })
            .collect()
    }

    fn columns(&self, metrics: &[Metric]) -> FxHashMap<Metric, Column> {
        let all: Vec<(Metric, Definition)> = metrics
            .iter()
            .map(|metric| (*metric, Definition::of(*metric, self.ctx)))
            .collect();
        let mut shared = Shared::default();
        let column = |(metric, definition): &(Metric, Definition)| {
            (*metric, self.column(*metric, definition, &all, &mut shared))
        };
        all.iter().map(column).collect()
    }

    fn column(
        &self,
        metric: Metric,
        definition: &Definition,
        all: &[(Metric, Definition)],
        shared: &mut Shared,
    ) -> Column {
        let groupable = matches!(definition.shape, Shape::Sum | Shape::Quotient { .. });
        let mut grouped = |terms: &[Term]| -> Vec<Vec<Tally>> {
            let tallies = terms.iter().map(|term| self.tallies(*term, all, shared));
            tallies.collect()
        };
        let (rows, base) = if groupable {
            (grouped(&definition.rows), grouped(&definition.base))
        } else {
            (Vec::new(), Vec::new())
        };
        let one = |select: Select| Term { select, sign: 1 };
        let aside = definition
            .aside
            .map(|select| grouped(&[one(select)]).remove(0));
        let open = definition
            .open
            .map(|select| grouped(&[one(select)]).remove(0));
        let mut column = Column {
            figures: Vec::with_capacity(self.places),
            used: Vec::with_capacity(self.places),
        };
        for place in 0..self.places {
            let at = |tallies: &[Vec<Tally>]| tallies.iter().map(|t| t[place]).collect();
            let parts = Parts {
                rows: at(&rows),
                base: at(&base),
                aside: aside.as_ref().map(|tallies| tallies[place]),
                open: open.as_ref().map_or(0, |tallies| tallies[place].count),
                span: None,
            };
            column
                .used
                .push(parts.rows.iter().any(|tally| tally.count > 0));
            column
                .figures
                .push(assemble(self.ctx, metric, definition, &parts));
        }
        column
    }

    fn tallies(&self, term: Term, all: &[(Metric, Definition)], shared: &mut Shared) -> Vec<Tally> {
        // What a part is a part of is the same for every line.
        if let Select::Deals(Deals {
            whole: Whole::Everything,
            ..
        }) = term.select
        {
            return vec![term.tally(self.ctx); self.places];
        }
        let mut tallies = vec![Tally::ZERO; self.places];
        match term.select {
            Select::Handoffs(clock, test) => {
                let classes = shared
                    .classes
                    .entry(clock as usize)
                    .or_insert_with(|| self.classes(clock, tests_of(all, clock)));
                let at = classes.tests.iter().position(|known| *known == test);
                let bit = 1 << at.expect("the tests were gathered from the same definitions");
                let width = classes.passes.len();
                for (tally, counts) in tallies.iter_mut().zip(classes.counts.chunks_exact(width)) {
                    let counted = counts.iter().zip(&classes.passes);
                    let passing = counted.filter(|(_, passes)| **passes & bit != 0);
                    let count = passing.map(|(count, _)| u64::from(*count)).sum();
                    *tally = Tally::rows(count, term.sign);
                }
                return tallies;
            }
            Select::Leads(LeadClock::Created) | Select::LeadsNotFree => {
                let created = shared.created.get_or_insert_with(|| self.created());
                let free = matches!(term.select, Select::Leads(_));
                for (tally, [priced, of_free]) in tallies.iter_mut().zip(created) {
                    let count = *priced + if free { *of_free } else { 0 };
                    *tally = Tally::rows(u64::from(count), term.sign);
                }
                return tallies;
            }
            _ => {}
        }
        let table = term.select.table();
        term.select.visit(self.ctx, |row, add| {
            if let Some(place) = (self.place)(table, row) {
                tallies[place].add(add.map(|add| add * term.sign));
            }
        });
        tallies
    }

    fn classes(&self, clock: HandoffClock, tests: Vec<Test>) -> Classes {
        let marks = &self.ctx.marks().handoffs;
        let mut passes: Vec<u64> = Vec::new();
        let of_kind: Vec<u16> = marks
            .kinds
            .iter()
            .map(|flags| {
                let own = tests.iter().enumerate().fold(0, |own, (at, test)| {
                    let passes = self.ctx.of_population(*test).passes(*flags);
                    own | u64::from(passes) << at
                });
                let known = passes.iter().position(|passes| *passes == own);
                known.unwrap_or_else(|| {
                    passes.push(own);
                    passes.len() - 1
                }) as u16
            })
            .collect();
        let width = passes.len();
        let mut counts = vec![0; width * self.places];
        self.ctx.each_handoff(clock, |row| {
            if let Some(place) = (self.place)(Table::Handoffs, row) {
                let class = of_kind[marks.kind[row as usize] as usize];
                counts[place * width + class as usize] += 1;
            }
        });
        Classes {
            passes,
            tests,
            counts,
        }
    }

    /// Leads created in the period: from sources that cost something, and from free ones.
    fn created(&self) -> Vec<[u32; 2]> {
        let mut created = vec![[0; 2]; self.places];
        let facts = self.ctx.facts;
        let sources = &facts.names.source_facts;
        self.ctx.each_lead(LeadClock::Created, |row| {
            if let Some(place) = (self.place)(Table::Leads, row) {
                let source = sources.get(facts.leads.source[row as usize] as usize);
                created[place][usize::from(source.is_some_and(|source| source.free))] += 1;
            }
        });
        created
    }
}
