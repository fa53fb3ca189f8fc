//! Numbers that decisions are bound to: as they are now, and beside what they were. Defines and computes none itself.

use std::collections::HashMap;

use crate::domain::ids::DecisionId;
use crate::domain::meeting::line::Decision;
use crate::domain::meeting::measured::Measured;
use crate::domain::meeting::snapshot::{Part, Snapshot};
use crate::metrics::meeting::Kept;
use crate::metrics::meeting::{self, Effect, Measuring, Since};
use crate::metrics::{Figure, Metric};
use crate::screens::figures::{self, Room};
use crate::screens::labels;
use crate::screens::model::{History, Model};

pub(super) use crate::metrics::meeting::NO_PROOF;

/// A number as it is kept with a decision: of the period and mode in sight, through no filter.
pub(super) fn measured(metric: Metric, model: &Model) -> Result<Measured, String> {
    let measured = meeting::measure(metric, model.facts(), model.book(), model.scope());
    measured.map_err(|why| why.to_string())
}

/// A number as it is now: that of the board where nothing is filtered.
pub(super) fn figure(metric: Metric, model: &Model) -> Option<Figure> {
    let known = model.board().figures().find(|figure| figure.id == metric);
    match known.filter(|_| model.scope().filter.is_empty()) {
        Some(figure) => Some(figure.clone()),
        None => meeting::was(&measured(metric, model).ok()?, model.book()),
    }
}

/// The numbers that a decision can be meant to move, as they are now, each once, in the order of the board.
pub(super) fn choices(model: &Model) -> Vec<Figure> {
    let board = model.board();
    let panels = [&board.marketing, &board.sales, &board.misalignment];
    let below = panels.into_iter().flatten().map(|compared| compared.now.id);
    let mut ids = vec![board.headline.value.now.id];
    for id in below {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.into_iter().filter_map(|id| figure(id, model)).collect()
}

/// `45.6 %, n 217 event, 2025-Q3`: a figure with what must stand beside it.
pub(super) fn told(figure: &Figure, period: &str) -> String {
    let value = figures::figure(figure, Room::Wide);
    let n = figures::grouped(figure.n as i64);
    format!("{value}, n {n} {}, {period}", figure.counted.word())
}

/// The name of a decision's number.
pub(super) fn name(effect: &Effect) -> &'static str {
    labels::label(effect.now.id)
}

/// How it moved; empty where there is nothing to compare.
pub(super) fn moved(effect: &Effect) -> String {
    let moved = figures::moved(&effect.now, &effect.then, Room::Wide);
    moved.map_or_else(String::new, |moved| moved.text)
}

/// Whether that is better; `None` where it is neither.
pub(super) fn better(effect: &Effect) -> Option<bool> {
    figures::moved(&effect.now, &effect.then, Room::Wide)?.better
}

/// Then and now in one sentence.
pub(super) fn words(effect: &Effect) -> String {
    let moved = moved(effect);
    let then = told(&effect.then, &effect.then_period);
    let now = told(&effect.now, &effect.now_period);
    let told = format!("{}: then {then} → now {now}  {moved}", name(effect));
    told.trim_end().to_owned()
}

/// What became of the numbers that decisions were to move, computed once for a history.
#[derive(Debug, Default)]
pub struct Effects {
    of: HashMap<DecisionId, Effect>,
    /// Since the meeting closed last; since the meeting before the newest one.
    since: [Option<Since>; 2],
}

impl Effects {
    /// Looks at each decision's number now, and at the pipeline since the meeting closed last.
    pub(in crate::screens) fn new(history: &History) -> Self {
        let (facts, book, scope) = (&history.facts, &history.book, &history.scope);
        let meetings = &book.meetings;
        let mut measuring = Measuring::new(facts, book, scope);
        let of = meetings.decisions.iter().filter_map(|decision| {
            let effect = measuring.effect(decision.moves.as_ref()?)?;
            Some((decision.id, effect))
        });
        let of: HashMap<DecisionId, Effect> = of.collect();
        let since = |snapshot: Option<&Snapshot>| {
            let kept = Kept::read(snapshot?.text.as_deref()?)?;
            meeting::since(facts, book, scope, &kept)
        };
        let newest = meetings.all.last();
        let before = newest.and_then(|newest| meetings.before(newest.id));
        Self {
            of,
            since: [
                since(meetings.since()),
                since(before.and_then(|meeting| meeting.snapshot(Part::End))),
            ],
        }
    }

    /// What became of the number of a decision; `None` where it is bound to none.
    pub(super) fn of(&self, decision: &Decision) -> Option<&Effect> {
        self.of.get(&decision.id)
    }

    /// How the pipeline changed since the meeting closed last.
    pub(super) fn since_the_last(&self) -> Option<&Since> {
        self.since[0].as_ref()
    }

    /// How it changed between the meeting before the newest one and now.
    pub(super) fn of_the_newest(&self) -> Option<&Since> {
        self.since[1].as_ref()
    }
}
