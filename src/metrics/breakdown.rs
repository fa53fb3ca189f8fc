//! The same figures for every value of a dimension at once. Each line equals the figure under that filter.

mod blocks;
mod groups;
mod kept;
mod passes;
mod places;

pub(crate) use blocks::Block;
use groups::Groups;
use places::Places;

use super::context::Context;
use super::id::Metric;
use super::line::{Line, LineOf};
use super::scope::Scope;
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
    Metric::SourceTrustRun,
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
        places: Places::by_side(ctx.facts),
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

/// Lines by the codes of a dimension; "unknown" comes last.
fn by_code(ctx: &Context, dimension: Dimension, metrics: &[Metric]) -> Vec<Line> {
    let places = Places::by_code(ctx.facts, dimension);
    let unknown = LineOf::Code(places.count as Code - 1);
    let groups = Groups {
        ctx,
        places,
        keeps_empty: false,
    };
    let mut lines = groups.lines(metrics);
    for line in &mut lines {
        if line.of == unknown {
            line.of = LineOf::Code(NONE);
        }
    }
    lines
}
