//! What the screen shows of a section: the rejections in sight, grouped, with the sentences above them. Made once per change, never for a frame.

use std::sync::Arc;

use super::view::{Content, Only};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::review::{Axis, Cluster, Matrix, Measure, Order, Proof, Review, Sums, Week};
use crate::screens::judge::{Flagged, Section, Spot};
use crate::screens::model::Model;

/// The two axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axes {
    pub(super) down: Axis,
    pub(super) across: Axis,
}

impl Default for Axes {
    fn default() -> Self {
        Self {
            down: Axis::Reason,
            across: Axis::Source,
        }
    }
}

/// What was found for what; another one makes it anew.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MadeFor {
    history: usize,
    pub(super) section: Section,
    only: Only,
    /// The flags that `only` asked, if it asks any.
    flags: Option<usize>,
    axes: Axes,
    order: Order,
}

impl MadeFor {
    pub(super) fn new(
        model: &Model,
        (only, axes, content): (Only, Axes, Content),
        flagged: Option<&Arc<Flagged>>,
    ) -> Self {
        let asks_flags = matches!(only, Only::Flag(_));
        Self {
            history: Arc::as_ptr(&model.history()) as usize,
            section: section(model),
            only,
            flags: flagged
                .filter(|_| asks_flags)
                .map(|flagged| Arc::as_ptr(flagged) as usize),
            axes,
            order: content.order(),
        }
    }
}

/// The period and the filter that the screens share.
pub(super) fn section(model: &Model) -> Section {
    Section {
        period: model.scope().period.clone(),
        filter: model.scope().filter.clone(),
    }
}

/// The reason with most rejections, and the two sources that most of them come from.
pub(super) struct Top {
    pub(super) reason: Code,
    pub(super) sums: Sums,
    pub(super) share: f64,
    pub(super) sources: Vec<(Code, u64)>,
}

/// What stands on the screen.
pub(super) struct Found {
    pub(super) made_for: MadeFor,
    /// All rejections of the section.
    pub(super) whole: Arc<Review>,
    pub(super) total: Sums,
    pub(super) top: Option<Top>,
    /// Those in sight.
    pub(super) review: Review,
    pub(super) clusters: Vec<Cluster>,
    pub(super) matrix: Matrix,
    ledger: Option<Ledger>,
    trend: Option<(Spot, Vec<Week>)>,
}

/// Proof and price of each rejection in sight, by its handoff.
struct Ledger {
    /// By row number of the handoff: 1 + its place, 0 for none.
    places: Vec<u32>,
    entries: Vec<(Proof, Option<i64>)>,
}

impl Found {
    /// Finds what `made_for` says; what an older one has of it is taken over.
    pub(super) fn new(
        model: &Model,
        made_for: MadeFor,
        flagged: Option<&Arc<Flagged>>,
        older: Option<Found>,
    ) -> Self {
        let facts = model.facts();
        let same = older.filter(|older| {
            let of = &older.made_for;
            of.history == made_for.history && of.section == made_for.section
        });
        let (whole, total, top) = if let Some(older) = same {
            (older.whole, older.total, older.top)
        } else {
            let whole = Review::new(facts, model.book(), model.scope());
            let (total, top) = (whole.total(), top(facts, &whole));
            (Arc::new(whole), total, top)
        };
        let flags = flagged.map(|flagged| &flagged.flags);
        let review = made_for.only.of(&whole, flags);
        let Axes { down, across } = made_for.axes;
        Self {
            clusters: review.worklist(facts, down, Some(across)),
            matrix: review.matrix(facts, down, across, made_for.order),
            whole,
            total,
            top,
            review,
            made_for,
            ledger: None,
            trend: None,
        }
    }

    /// Looks up what each rejection in sight rests on, once.
    pub(super) fn keep_books(&mut self, facts: &Facts) {
        if self.ledger.is_none() {
            self.ledger = Some(Ledger::new(facts, &self.review));
        }
    }

    /// What a rejection in sight rests on, and what its lead cost; known once the books are kept.
    pub(super) fn entry(&self, row: u32) -> Option<(Proof, Option<i64>)> {
        self.ledger.as_ref()?.of(row)
    }

    /// The rejections at a spot, week by week.
    pub(super) fn trend(&mut self, facts: &Facts, spot: &Spot) -> &[Week] {
        if self.trend.as_ref().is_none_or(|(of, _)| of != spot) {
            self.trend = Some((spot.clone(), self.review.trend(facts, spot)));
        }
        self.trend.as_ref().map_or(&[], |(_, weeks)| weeks)
    }

    /// The name of a value of an axis; foreign text, not cleaned.
    pub(super) fn name<'s>(&'s self, facts: &'s Facts, axis: Axis, code: Code) -> &'s str {
        self.whole.name(facts, axis, code)
    }

    /// What a spot is called.
    pub(super) fn spot_name(&self, facts: &Facts, spot: &Spot) -> String {
        if spot.is_empty() {
            return "All rejections".to_owned();
        }
        let names = spot
            .iter()
            .map(|(axis, code)| self.name(facts, *axis, *code));
        names.collect::<Vec<_>>().join(" · ")
    }
}

impl Ledger {
    fn new(facts: &Facts, review: &Review) -> Self {
        let mut places = vec![0; facts.handoffs.len()];
        let mut entries = Vec::with_capacity(review.rows.len());
        for (row, proof) in review.proofs() {
            entries.push((proof, None));
            places[row as usize] = entries.len() as u32;
        }
        for measure in [Measure::Waste, Measure::Unproven] {
            for set in review.drill(facts, &[], measure).rows {
                for (row, add) in set.rows.iter().zip(set.adds) {
                    let place = places[*row as usize] as usize;
                    if let Some(entry) = place.checked_sub(1).and_then(|at| entries.get_mut(at)) {
                        entry.1 = add;
                    }
                }
            }
        }
        Self { places, entries }
    }

    fn of(&self, row: u32) -> Option<(Proof, Option<i64>)> {
        let place = *self.places.get(row as usize)? as usize;
        self.entries.get(place.checked_sub(1)?).copied()
    }
}

fn top(facts: &Facts, review: &Review) -> Option<Top> {
    let matrix = review.matrix(facts, Axis::Reason, Axis::Source, Order::Count);
    let at = matrix.rows.iter().position(|head| head.code != NONE)?;
    let head = &matrix.rows[at];
    let cells = matrix.columns.iter().enumerate();
    let mut sources: Vec<(Code, u64)> = cells
        .filter_map(|(column, source)| Some((source.code, matrix.cell(at, column)?.sums.count())))
        .collect();
    sources.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    sources.truncate(2);
    Some(Top {
        reason: head.code,
        sums: head.sums,
        share: head.share,
        sources,
    })
}
