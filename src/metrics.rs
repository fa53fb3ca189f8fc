//! One definition per number, computed over the facts. Pure: no database, no clock.

pub mod board;
pub mod breakdown;
mod compute;
mod context;
mod define;
pub mod dictionary;
pub mod figure;
pub mod id;
pub mod line;
mod marks;
pub mod meeting;
mod months;
mod narrowed;
mod notes;
pub mod outcomes;
mod quantile;
pub mod readings;
pub mod review;
pub mod rowset;
pub mod scope;
mod select;
pub mod show;
mod signs;
mod sizes;
mod spans;
mod spread;
mod tally;
mod top;
mod totals;
pub mod waterfall;

pub use board::{Board, Compared};
pub use breakdown::{breakdown, lines};
pub use dictionary::explain;
pub use figure::{Counted, Figure, Unit, Value};
pub use id::Metric;
pub use line::{Line, LineOf};
pub use rowset::{Drill, Made, RowSet, Table};
pub use scope::{Mode, Population, Scope};
pub use signs::{Sign, is_pipeline, signs};

use crate::domain::book::Book;
use crate::facts::Facts;
use context::Context;
use define::{Definition, Shape};

/// One number of the scope's period.
pub fn figure(id: Metric, facts: &Facts, book: &Book, scope: &Scope) -> Figure {
    compute::figure(&Context::new(facts, book, scope, &scope.period), id)
}

/// The rows behind a number: from the same selection as the number itself (C18).
pub fn rows(id: Metric, facts: &Facts, book: &Book, scope: &Scope) -> Drill {
    let ctx = Context::new(facts, book, scope, &scope.period);
    let definition = Definition::of(id, &ctx);
    let sets = |terms: &[select::Term]| -> Vec<RowSet> {
        let all = terms.iter().map(|term| term.rows(&ctx));
        all.filter(|set| !set.rows.is_empty()).collect()
    };
    match definition.shape {
        Shape::Span(of, made) => Drill {
            made,
            rows: vec![of.rows(&ctx)],
            base: Vec::new(),
        },
        Shape::Sum => Drill {
            made: Made::Sum,
            rows: sets(&definition.rows),
            base: Vec::new(),
        },
        Shape::Quotient { .. } | Shape::Kappa | Shape::Target(..) => Drill {
            made: Made::Quotient,
            rows: sets(&definition.rows),
            base: sets(&definition.base),
        },
    }
}

#[cfg(test)]
pub(crate) mod tests;
