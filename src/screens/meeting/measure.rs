//! Numbers that decisions are bound to: as they are now, kept with the decision, and set beside what they are later. Defines none.

use std::collections::HashMap;

use crate::domain::meeting::line::Decision;
use crate::domain::meeting::measured::{Measured, Number};
use crate::metrics::{self, Figure, Metric, Mode, Scope, Value};
use crate::screens::figures::{self, Room};
use crate::screens::labels;
use crate::screens::model::Model;

/// What stands under every pair of then and now.
pub(super) const NO_PROOF: &str = "before and after is no proof of cause";

/// The period in sight over all rows: what is decided is never bound to a filtered number.
fn scope(model: &Model) -> Scope {
    let here = model.scope();
    let all = &model.history().scope;
    all.with_period(here.period.clone()).with_mode(here.mode)
}

/// A number of the board as it is now.
pub(super) fn figure(metric: Metric, model: &Model) -> Figure {
    let known = model.board().figures().find(|figure| figure.id == metric);
    match known.filter(|_| model.scope().filter.is_empty()) {
        Some(figure) => figure.clone(),
        None => metrics::figure(metric, model.facts(), model.book(), &scope(model)),
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
    ids.into_iter().map(|id| figure(id, model)).collect()
}

/// A number as it is kept with a decision.
pub(super) fn measured(figure: &Figure, model: &Model) -> Measured {
    let scope = model.scope();
    Measured {
        metric: figure.id.id().to_owned(),
        value: figure.value.map(|value| match value {
            Value::Whole(n) => Number::Whole(n),
            Value::Real(x) => Number::Real(x),
        }),
        numerator: figure.numerator,
        denominator: figure.denominator,
        n: i64::try_from(figure.n).unwrap_or(i64::MAX),
        mode: mode_word(scope.mode).to_owned(),
        counted: figure.counted.word().to_owned(),
        period: scope.period.label.clone(),
        as_of: scope.as_of,
    }
}

fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Event => "event",
        Mode::Cohort => "cohort",
    }
}

/// `45.6 %, n 217 event, 2025-Q3`: a figure with what must stand beside it.
pub(super) fn told(figure: &Figure, period: &str) -> String {
    let value = figures::figure(figure, Room::Wide);
    format!(
        "{value}, n {} {}, {period}",
        figures::grouped(figure.n as i64),
        figure.counted.word()
    )
}

/// A number bound to a decision: its name, then, now, and how it moved.
#[derive(Debug, Clone)]
pub(super) struct Effect {
    pub(super) metric: Metric,
    pub(super) then: Figure,
    pub(super) then_period: String,
    pub(super) now: Figure,
    pub(super) now_period: String,
}

impl Effect {
    /// The name of the number.
    pub(super) fn name(&self) -> &'static str {
        labels::label(self.metric)
    }

    /// How it moved; empty where there is nothing to compare.
    pub(super) fn moved(&self) -> String {
        figures::moved(&self.now, &self.then, Room::Wide)
            .map_or_else(String::new, |moved| moved.text)
    }

    /// Whether that is better; `None` where it is neither.
    pub(super) fn better(&self) -> Option<bool> {
        figures::moved(&self.now, &self.then, Room::Wide)?.better
    }

    /// Then and now in one sentence.
    pub(super) fn words(&self) -> String {
        let moved = self.moved();
        let moved = if moved.is_empty() {
            String::new()
        } else {
            format!("  {moved}")
        };
        format!(
            "{}: then {} → now {}{moved}",
            self.name(),
            told(&self.then, &self.then_period),
            told(&self.now, &self.now_period)
        )
    }
}

/// The numbers of decisions as they are now, each computed once for a history.
#[derive(Debug, Default)]
pub(super) struct Effects {
    now: HashMap<(Metric, Mode), Figure>,
}

impl Effects {
    /// Computes what the decisions are bound to: the same number in the same mode, in the quarter that runs.
    pub(super) fn new(model: &Model) -> Self {
        let mut now = HashMap::new();
        for decision in &model.book().meetings.decisions {
            if let Some((metric, mode)) = bound(decision) {
                now.entry((metric, mode)).or_insert_with(|| {
                    let history = model.history();
                    let scope = history.scope.with_mode(mode);
                    metrics::figure(metric, &history.facts, &history.book, &scope)
                });
            }
        }
        Self { now }
    }

    /// What became of the number of a decision; `None` where it is bound to none.
    pub(super) fn of(&self, decision: &Decision, model: &Model) -> Option<Effect> {
        let (metric, mode) = bound(decision)?;
        let was = decision.moves.as_ref()?;
        let now = self.now.get(&(metric, mode))?.clone();
        let then = Figure {
            value: was.value.map(|number| match number {
                Number::Whole(n) => Value::Whole(n),
                Number::Real(x) => Value::Real(x),
            }),
            numerator: was.numerator,
            denominator: was.denominator,
            n: u64::try_from(was.n).unwrap_or(0),
            mature: None,
            open: 0,
            unpriced: 0,
            small_n: false,
            interval: None,
            note: None,
            ..now.clone()
        };
        Some(Effect {
            metric,
            then,
            then_period: was.period.clone(),
            now,
            now_period: model.history().scope.period.label.clone(),
        })
    }
}

fn bound(decision: &Decision) -> Option<(Metric, Mode)> {
    let was = decision.moves.as_ref()?;
    let mode = if was.mode == "cohort" {
        Mode::Cohort
    } else {
        Mode::Event
    };
    Some((Metric::parse(&was.metric)?, mode))
}
