//! Feedback on clusters: where it stands, how old it is, whether the rate moved. Changes none.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::Shown;
use super::tables::{Head, Rows, Spare, columns};
use super::view::View;
use super::{Rejections, words};
use crate::domain::review::feedback::{FeedbackLine, FeedbackState, Rate};
use crate::metrics::review::place_of;
use crate::screens::Outcome;
use crate::screens::figures;
use crate::screens::model::Model;
use crate::theme::Theme;
use crate::widgets::Align;

const DAY: i64 = 86_400;

const COLUMNS: [Head; 6] = [
    ("Cluster", 26, Align::Left, 0),
    ("State", 12, Align::Left, 1),
    ("Days", 5, Align::Right, 2),
    ("Then", 19, Align::Right, 3),
    ("Since", 19, Align::Right, 4),
    ("Change", 20, Align::Left, 5),
];

impl Rejections {
    pub(super) fn take_feedback(&mut self, lines: &[FeedbackLine]) {
        let under = self.feedback_line().map(|line| line.id);
        self.feedback = lines.to_vec();
        self.feedback.sort_by_key(|line| {
            (
                line.state == FeedbackState::Checked,
                line.raised.0.0,
                line.id.0,
            )
        });
        let at = self.feedback.iter().position(|line| Some(line.id) == under);
        let state = &mut self.states[View::Feedback as usize];
        state.selected = at.unwrap_or(state.selected);
    }

    /// The feedback under the cursor of its list.
    pub(super) fn feedback_line(&self) -> Option<&FeedbackLine> {
        self.feedback
            .get(self.states[View::Feedback as usize].selected)
    }

    /// The rejections of the cluster under the cursor.
    pub(super) fn open_feedback(&mut self, model: &Model) -> Outcome {
        let Some(line) = self.feedback_line() else {
            return Outcome::Nothing;
        };
        match place_of(model.facts(), model.book(), &line.shared) {
            Some(spot) => {
                self.open_list(Shown::at(spot), model);
                Outcome::Nothing
            }
            None => Outcome::Say("Nothing was ever rejected that way".to_owned()),
        }
    }

    pub(super) fn draw_feedback(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let now = model.scope().as_of;
        let row = |at: usize| {
            let line = &self.feedback[at];
            let age = line
                .age(now)
                .map(|age| words::count((age / DAY).max(0) as u64));
            let act = line.act.as_ref();
            vec![
                line.name(),
                line.state.label().to_owned(),
                age.unwrap_or_default(),
                act.map(|(_, _, then)| rate(*then)).unwrap_or_default(),
                line.now.map(rate).unwrap_or_default(),
                act.map(|(act, _, _)| act.label().to_owned())
                    .unwrap_or_default(),
            ]
        };
        let rows = Rows {
            columns: columns(&COLUMNS, Spare::Grows).collect(),
            len: self.feedback.len(),
            row: &row,
            total: None,
        };
        let state = self.states[View::Feedback as usize];
        self.states[View::Feedback as usize] = rows.draw(state, (buffer, area), theme);
    }

    pub(super) fn feedback_words(&self, model: &Model) -> Vec<String> {
        let line = self.feedback_line();
        line.map(|line| told(line, model)).into_iter().collect()
    }
}

/// `12 of 40 (30.0 %)`.
pub(super) fn rate(rate: Rate) -> String {
    let of = format!("{} of {}", rate.hits, rate.n);
    if rate.n == 0 {
        return of;
    }
    let share = figures::percent(rate.hits as f64 / rate.n as f64);
    format!("{of} ({share})")
}

/// Who raised what, what was changed, whether it moved.
fn told(line: &FeedbackLine, model: &Model) -> String {
    let calendar = &model.book().calendar;
    let by = |who: &Option<String>| who.clone().unwrap_or_else(|| "somebody".to_owned());
    let mut words = format!(
        "raised by {} on {}",
        by(&line.raised.1),
        calendar.day_of(line.raised.0)
    );
    if let Some(note) = &line.note {
        let _ = write!(words, ": \"{note}\"");
    }
    if let Some(((_, text, then), (at, who))) = line.act.as_ref().zip(line.acted.as_ref()) {
        let day = calendar.day_of(*at);
        let _ = write!(
            words,
            "; {} on {day}: {text}; until then {}",
            by(who),
            rate(*then)
        );
    }
    match line.now {
        Some(now) => {
            let _ = write!(words, "; since then {}", rate(now));
        }
        None if line.state == FeedbackState::Acted => words.push_str("; H looks whether it helped"),
        None => {}
    }
    words
}
