//! What the screen shows of a section: the rejections in sight, grouped, with the sentences above them. Made once per change, never for a frame.

use std::sync::Arc;

use super::view::{Content, Only};
use crate::domain::moment::Day;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::Scope;
use crate::metrics::review::{Axis, Flag, Matrix, Order, Review, Sums, Worklist};
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
        (model, scope): (&Model, &Scope),
        (only, axes, content): (Only, Axes, Content),
        flagged: Option<&Arc<Flagged>>,
    ) -> Self {
        let asks_flags = matches!(only, Only::Flag(_));
        Self {
            history: Arc::as_ptr(&model.history()) as usize,
            section: section(scope),
            only,
            flags: flagged
                .filter(|_| asks_flags)
                .map(|flagged| Arc::as_ptr(flagged) as usize),
            axes,
            order: content.order(),
        }
    }
}

impl MadeFor {
    /// Whether both are of the same rejections.
    fn is_of_the_section(&self, other: &Self) -> bool {
        self.history == other.history && self.section == other.section
    }

    /// Whether both have the same of them in sight.
    fn sees_as(&self, other: &Self) -> bool {
        (self.only, self.flags) == (other.only, other.flags)
    }

    /// Whether the top reason and its sources are read off this very matrix.
    fn shows_the_top(&self) -> bool {
        let Axes { down, across } = self.axes;
        (down, across, self.order) == (Axis::Reason, Axis::Source, Order::Count)
    }
}

/// The period and the filter of a scope.
pub(super) fn section(scope: &Scope) -> Section {
    Section {
        period: scope.period.clone(),
        filter: scope.filter.clone(),
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
    /// What it is about: period, filter, as-of moment.
    pub(super) scope: Scope,
    /// All rejections of the section, and what they add up to.
    pub(super) whole: Arc<Review>,
    pub(super) total: Sums,
    pub(super) top: Option<Top>,
    /// Those in sight.
    pub(super) review: Arc<Review>,
    /// The cells of the matrix, the dearest first.
    pub(super) clusters: Worklist,
    trend: Option<(Spot, Vec<(Day, u64)>)>,
    /// Those in sight that are objective by their reason alone, by the flags that said so.
    unseen: Option<(usize, Review)>,
}

impl Found {
    /// Finds what `made_for` says; what an older one has of it is taken over.
    pub(super) fn new(
        (model, scope): (&Model, Scope),
        made_for: MadeFor,
        flagged: Option<&Arc<Flagged>>,
        older: Option<Found>,
    ) -> Self {
        let facts = model.facts();
        let older = older.filter(|older| made_for.is_of_the_section(&older.made_for));
        let whole = older.as_ref().map_or_else(
            || model.rejections(&scope),
            |older| Arc::clone(&older.whole),
        );
        let seen = older
            .as_ref()
            .filter(|older| made_for.sees_as(&older.made_for));
        let review = seen.map_or_else(
            || {
                let flags = flagged.map(|flagged| &flagged.flags);
                made_for.only.of(&whole, facts, flags)
            },
            |older| Arc::clone(&older.review),
        );
        let Axes { down, across } = made_for.axes;
        let matrix = Arc::new(review.matrix(facts, down, across, made_for.order));
        let (total, top) = match older {
            Some(older) => (older.total, older.top),
            None if Arc::ptr_eq(&review, &whole) && made_for.shows_the_top() => {
                (matrix.total, top(&matrix))
            }
            None => {
                let matrix = whole.matrix(facts, Axis::Reason, Axis::Source, Order::Count);
                (matrix.total, top(&matrix))
            }
        };
        Self {
            clusters: Worklist::new(matrix),
            whole,
            total,
            top,
            review,
            made_for,
            scope,
            trend: None,
            unseen: None,
        }
    }

    /// The matrix of the two axes.
    pub(super) fn matrix(&self) -> &Matrix {
        self.clusters.matrix()
    }

    /// How many rejections there were at a spot, week by week.
    pub(super) fn trend(&mut self, facts: &Facts, spot: &Spot) -> &[(Day, u64)] {
        if self.trend.as_ref().is_none_or(|(of, _)| of != spot) {
            self.trend = Some((spot.clone(), self.review.by_week(facts, spot)));
        }
        self.trend.as_ref().map_or(&[], |(_, weeks)| weeks)
    }

    /// How many of those at a spot are objective by their reason alone; `None` while the flags are being looked for.
    pub(super) fn unseen_at(
        &mut self,
        facts: &Facts,
        flagged: Option<&Arc<Flagged>>,
        spot: &Spot,
    ) -> Option<u64> {
        let flagged = flagged?;
        let own = Arc::as_ptr(flagged) as usize;
        if self.unseen.as_ref().is_none_or(|(of, _)| *of != own) {
            let bits = flagged.flags.bits(Flag::Unseen);
            self.unseen = Some((own, self.review.among(bits)));
        }
        let (_, unseen) = self.unseen.as_ref()?;
        Some(unseen.count_at(facts, spot))
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

/// Of the matrix of reasons and sources.
fn top(matrix: &Matrix) -> Option<Top> {
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
