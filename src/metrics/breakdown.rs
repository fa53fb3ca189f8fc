//! The same figures for every value of a dimension at once. Each line equals the figure under that filter.

use rustc_hash::FxHashMap;

use super::compute::{Parts, assemble};
use super::context::{Context, HandoffClock};
use super::define::{Definition, Shape};
use super::id::Metric;
use super::line::{Line, LineOf};
use super::rowset::Table;
use super::scope::Scope;
use super::select::{Deals, Select, Tally, Term, Whole};
use crate::domain::book::Book;
use crate::domain::policy::SourceSide;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::filter::Dimension;

/// The columns of a breakdown on the screen.
pub const COLUMNS: &[Metric] = &[
    Metric::Leads,
    Metric::Mqls,
    Metric::Handoffs,
    Metric::AcceptanceRate,
    Metric::RejectionRate,
    Metric::UnverifiedRejections,
    Metric::SourceTrust,
    Metric::SqoCount,
    Metric::QualifiedPipelineSourced,
    Metric::PipelineContribution,
    Metric::Revenue,
    Metric::Conversion,
    Metric::WinRate,
    Metric::CostPerLead,
    Metric::WastedSpend,
];

/// One line per value of the dimension that has any row, most qualified pipeline first, then most leads; "unknown" is a value.
pub fn breakdown(dimension: Dimension, facts: &Facts, book: &Book, scope: &Scope) -> Vec<Line> {
    lines(dimension, COLUMNS, facts, book, scope)
}

/// The same with chosen metrics. Medians, targets and waterfalls have no breakdown here and come without a value.
pub fn lines(
    dimension: Dimension,
    metrics: &[Metric],
    facts: &Facts,
    book: &Book,
    scope: &Scope,
) -> Vec<Line> {
    let ctx = Context::new(facts, book, scope, &scope.period);
    let mut lines = by_code(&ctx, dimension, metrics);
    for line in &mut lines {
        if let LineOf::Code(code) = line.of {
            dimension.name(facts, code).clone_into(&mut line.name);
        }
    }
    sort(&mut lines);
    lines
}

/// Headline by side; all four, unknown apart (C12).
pub(crate) fn sides(ctx: &Context) -> Vec<Line> {
    let all = SourceSide::ALL;
    let groups = Groups {
        ctx,
        places: all.len(),
        place: |table, row| {
            let source = code(ctx.facts, Dimension::Source, table, row)?;
            Some(ctx.facts.names.side(source) as usize)
        },
        keeps_empty: true,
    };
    let mut lines = groups.lines(&[
        Metric::QualifiedPipelineSourced,
        Metric::PipelineContribution,
        Metric::SqoCount,
    ]);
    for line in &mut lines {
        if let LineOf::Code(place) = line.of {
            let side = all[place as usize];
            (line.of, line.name) = (LineOf::Side(side), side.label().into());
        }
    }
    lines
}

fn sort(lines: &mut [Line]) {
    let key = |line: &Line, id| line.figure(id).and_then(super::Figure::real).unwrap_or(0.0);
    lines.sort_by(|a, b| {
        let by = |id| key(b, id).total_cmp(&key(a, id));
        by(Metric::QualifiedPipelineSourced)
            .then_with(|| by(Metric::Leads))
            .then_with(|| a.name.cmp(&b.name))
    });
}

/// The code that a row has in a dimension; `None` where the filter of that dimension never lets it through.
#[inline]
fn code(facts: &Facts, dimension: Dimension, table: Table, row: u32) -> Option<Code> {
    let row = row as usize;
    let of_lead = |lead: usize| match dimension {
        Dimension::Source => facts.leads.source[lead],
        Dimension::Campaign => facts.leads.campaign[lead],
        Dimension::Segment => facts.leads.segment[lead],
        Dimension::Rep => facts.leads.owner[lead],
    };
    Some(match table {
        Table::Leads => of_lead(row),
        Table::Handoffs if dimension == Dimension::Rep => facts.handoffs.rep[row],
        Table::Handoffs => of_lead(facts.handoffs.lead[row] as usize),
        Table::Opportunities => {
            let deal = &facts.opportunities.rows[row];
            match dimension {
                Dimension::Source => deal.source,
                Dimension::Campaign => deal.campaign,
                Dimension::Segment => deal.segment,
                Dimension::Rep => deal.rep,
            }
        }
        Table::Spend => {
            let spend = &facts.spend.rows[row];
            match (spend.lead, dimension) {
                (NONE, Dimension::Source) => spend.source,
                (NONE, Dimension::Campaign) => spend.campaign,
                (NONE, _) => return None,
                (lead, _) => of_lead(lead as usize),
            }
        }
    })
}

/// Rows sorted into places.
struct Groups<'a, P> {
    ctx: &'a Context<'a>,
    places: usize,
    place: P,
    keeps_empty: bool,
}

/// One metric for every place, and where it has any row.
struct Column {
    figures: Vec<super::Figure>,
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

/// Handoffs of a clock by place and kind.
type Histograms = FxHashMap<usize, Vec<u32>>;

impl<P: Fn(Table, u32) -> Option<usize> + Sync> Groups<'_, P> {
    /// Two threads share the metrics: those of handoffs, and the others.
    fn lines(&self, metrics: &[Metric]) -> Vec<Line> {
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
        let mut histograms = Histograms::default();
        let column = |metric: &Metric| (*metric, self.column(*metric, &mut histograms));
        metrics.iter().map(column).collect()
    }

    fn column(&self, metric: Metric, histograms: &mut Histograms) -> Column {
        let definition = Definition::of(metric, self.ctx);
        let groupable = matches!(definition.shape, Shape::Sum | Shape::Quotient { .. });
        let mut grouped = |terms: &[Term]| -> Vec<Vec<Tally>> {
            let tallies = terms.iter().map(|term| self.tallies(*term, histograms));
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
                .push(assemble(self.ctx, metric, &definition, &parts));
        }
        column
    }

    fn tallies(&self, term: Term, histograms: &mut Histograms) -> Vec<Tally> {
        // What a part is a part of is the same for every line.
        if let Select::Deals(Deals {
            whole: Whole::Everything,
            ..
        }) = term.select
        {
            return vec![term.tally(self.ctx); self.places];
        }
        let mut tallies = vec![Tally::ZERO; self.places];
        if let Select::Handoffs(clock, test) = term.select {
            let test = self.ctx.of_population(test);
            let kinds = &self.ctx.marks().handoffs.kinds;
            let histogram = histograms
                .entry(clock as usize)
                .or_insert_with(|| self.histogram(clock));
            let wanted: Vec<usize> = (0..kinds.len())
                .filter(|k| test.passes(kinds[*k]))
                .collect();
            for (place, counts) in histogram.chunks_exact(kinds.len()).enumerate() {
                let count = wanted.iter().map(|kind| u64::from(counts[*kind])).sum();
                tallies[place] = Tally::rows(count, term.sign);
            }
            return tallies;
        }
        let table = term.select.table();
        term.select.visit(self.ctx, |row, add| {
            if let Some(place) = (self.place)(table, row) {
                tallies[place].add(add.map(|add| add * term.sign));
            }
        });
        tallies
    }

    fn histogram(&self, clock: HandoffClock) -> Vec<u32> {
        let marks = &self.ctx.marks().handoffs;
        let width = marks.kinds.len();
        let mut counts = vec![0; width * self.places];
        self.ctx.each_handoff(clock, |row| {
            if let Some(place) = (self.place)(Table::Handoffs, row) {
                counts[place * width + marks.kind[row as usize] as usize] += 1;
            }
        });
        counts
    }
}

/// Lines by the codes of a dimension; "unknown" comes last.
fn by_code(ctx: &Context, dimension: Dimension, metrics: &[Metric]) -> Vec<Line> {
    let names = &ctx.facts.names;
    let codes = match dimension {
        Dimension::Source => names.sources.len(),
        Dimension::Campaign => names.campaigns.len(),
        Dimension::Segment => names.segments.len(),
        Dimension::Rep => names.people.len(),
    };
    let place = |table: Table, row: u32| {
        let code = code(ctx.facts, dimension, table, row)?;
        Some((code as usize).min(codes))
    };
    let groups = Groups {
        ctx,
        places: codes + 1,
        place,
        keeps_empty: false,
    };
    let mut lines = groups.lines(metrics);
    for line in &mut lines {
        if line.of == LineOf::Code(codes as Code) {
            line.of = LineOf::Code(NONE);
        }
    }
    lines
}
