//! Which definitions stand below the page: those of the numbers on it. Words none itself.

use super::{Block, Note, Section};
use crate::metrics::{Board, Metric, show};

/// A note for each number that the parts name, in the order of the dictionary.
pub(super) fn of(sections: &[Section], board: &Board) -> Vec<Note> {
    let mut named = metrics(sections);
    named.extend([Metric::Mqls, Metric::Conversations, Metric::Revenue]);
    if sections.iter().any(|section| section.id == "waterfall") {
        named.push(Metric::Waterfall);
    }
    if sections.iter().any(|section| section.id == "sources") {
        named.extend([Metric::PipelineContribution, Metric::SqoCount]);
    }
    if sections.iter().any(|section| section.id == "rejections") {
        named.extend([Metric::WastedSpendUnproven, Metric::RepCostOnRejected]);
    }
    let counted = |metric: Metric| {
        let figure = board.figures().find(|figure| figure.id == metric);
        figure.map(show::beside).unwrap_or_default()
    };
    notes(named, counted)
}

/// A note for each number that stands in a table, counted as the caller says.
pub(super) fn named(sections: &[Section], counted: impl Fn(Metric) -> String) -> Vec<Note> {
    notes(metrics(sections), counted)
}

fn notes(mut named: Vec<Metric>, counted: impl Fn(Metric) -> String) -> Vec<Note> {
    named.sort_unstable();
    named.dedup();
    let note = |metric| Note {
        metric,
        counted: counted(metric),
    };
    named.into_iter().map(note).collect()
}

fn metrics(sections: &[Section]) -> Vec<Metric> {
    let mut named = Vec::new();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Big(cell) => named.extend(cell.metric),
            Block::Table(table) => {
                named.extend(table.rows.iter().flatten().filter_map(|cell| cell.metric));
            }
            _ => {}
        }
    }
    named
}
