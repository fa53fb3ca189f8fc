//! From what the rows of a period add up to, place by place, to lines of figures. Knows no dimension and reads no row.

use super::blocks::sums;
use super::passes::Sums;
use super::places::Places;
use crate::facts::column::Code;
use crate::metrics::compute::{Parts, assemble};
use crate::metrics::context::Context;
use crate::metrics::define::{Definition, Shape};
use crate::metrics::id::Metric;
use crate::metrics::line::{Line, LineOf};
use crate::metrics::select::{Key, Select, Tally, Term};

/// From how many lines on two threads share the wording.
const MANY: usize = 100;

/// Rows sorted into places.
pub(super) struct Groups<'a> {
    pub ctx: &'a Context<'a>,
    pub places: Places<'a>,
    pub keeps_empty: bool,
}

/// A definition with the keys of what its terms add up to.
struct Column {
    metric: Metric,
    definition: Definition,
    rows: Vec<(Key, i64)>,
    base: Vec<(Key, i64)>,
    aside: Option<Key>,
    open: Option<Key>,
}

impl Column {
    fn new(metric: Metric, ctx: &Context) -> Column {
        let definition = Definition::of(metric, ctx);
        let groupable = matches!(definition.shape, Shape::Sum | Shape::Quotient { .. });
        let keys = |terms: &[Term]| -> Vec<(Key, i64)> {
            let grouped = terms.iter().filter(|_| groupable);
            grouped
                .map(|term| (term.select.key(ctx), term.sign))
                .collect()
        };
        Column {
            metric,
            rows: keys(&definition.rows),
            base: keys(&definition.base),
            aside: definition.aside.map(|select| select.key(ctx)),
            open: definition.open.map(|select| select.key(ctx)),
            definition,
        }
    }

    /// What is to be added up for it.
    fn selects(&self) -> impl Iterator<Item = Select> {
        let definition = &self.definition;
        let terms = (!self.rows.is_empty()).then(|| definition.rows.iter().chain(&definition.base));
        let terms = terms.into_iter().flatten().map(|term| term.select);
        terms.chain(definition.aside).chain(definition.open)
    }

    fn parts(&self, sums: &Sums, place: usize) -> Parts {
        let at = |key: &Key| sums.get(key).map_or(Tally::ZERO, |kept| kept.at(place));
        let all = |terms: &[(Key, i64)]| -> Vec<Tally> {
            terms
                .iter()
                .map(|(key, sign)| at(key).times(*sign))
                .collect()
        };
        Parts {
            rows: all(&self.rows),
            base: all(&self.base),
            aside: self.aside.as_ref().map(at),
            open: self.open.as_ref().map_or(0, |key| at(key).count),
            span: None,
        }
    }

    fn is_used(&self, sums: &Sums, place: usize) -> bool {
        let mut all = self.rows.iter().filter_map(|(key, _)| sums.get(key));
        all.any(|kept| kept.at(place).count > 0)
    }
}

impl Groups<'_> {
    /// One line for each place that has any row.
    pub(super) fn lines(&self, metrics: &[Metric]) -> Vec<Line> {
        let columns: Vec<Column> = metrics
            .iter()
            .map(|metric| Column::new(*metric, self.ctx))
            .collect();
        let selects: Vec<Select> = columns.iter().flat_map(Column::selects).collect();
        let sums = sums(self.ctx, &self.places, &selects);
        let used = |place: &usize| {
            self.keeps_empty || columns.iter().any(|column| column.is_used(&sums, *place))
        };
        let used: Vec<usize> = (0..self.places.count).filter(used).collect();
        let word = |places: &[usize]| -> Vec<Line> {
            let lines = places
                .iter()
                .map(|place| self.line(&columns, &sums, *place));
            lines.collect()
        };
        if used.len() < MANY {
            return word(&used);
        }
        let (first, second) = used.split_at(used.len() / 2);
        std::thread::scope(|threads| {
            let beside = threads.spawn(|| word(second));
            let mut lines = word(first);
            lines.extend(beside.join().expect("wording lines cannot panic"));
            lines
        })
    }

    fn line(&self, columns: &[Column], sums: &Sums, place: usize) -> Line {
        let figure = |column: &Column| {
            let parts = column.parts(sums, place);
            assemble(self.ctx, column.metric, &column.definition, &parts)
        };
        Line {
            of: LineOf::Code(place as Code),
            name: String::new(),
            figures: columns.iter().map(figure).collect(),
        }
    }
}
