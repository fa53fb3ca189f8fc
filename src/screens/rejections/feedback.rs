//! Feedback on clusters: where it stands, how old it is, whether the rate moved. Changes none.

use std::cmp::Ordering;
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
    ("Since", 21, Align::Right, 4),
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

    /// What comes back each time until somebody ends it: feedback and challenges, with the days that the oldest has waited.
    pub(super) fn still_open(&self, model: &Model) -> String {
        let now = model.scope().as_of;
        let told = |one: &str, ages: Vec<i64>| {
            let oldest = *ages.iter().max()? / DAY;
            let s = if ages.len() == 1 || one == "feedback" {
                ""
            } else {
                "s"
            };
            Some(format!("{} {one}{s} ({oldest} d)", ages.len()))
        };
        let feedback = self.feedback.iter().filter_map(|line| line.age(now));
        let challenges = self.challenges.iter().filter_map(|line| line.age(now));
        let parts = [
            told("feedback", feedback.collect()),
            told("challenge", challenges.collect()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
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
        let small = model.book().settings.small_n;
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
                act.map(|(_, _, then)| rate(*then, small))
                    .unwrap_or_default(),
                since(line, small).unwrap_or_default(),
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

/// `12 of 40 (30.0 %)`, with the mark of a small n.
pub(super) fn rate(rate: Rate, small_n: i64) -> String {
    let of = format!("{} of {}", rate.hits, rate.n);
    let Some(share) = share(rate) else { return of };
    let small = if rate.n < small_n { "°" } else { "" };
    format!("{of} ({}{small})", figures::percent(share))
}

fn share(rate: Rate) -> Option<f64> {
    (rate.n > 0).then(|| rate.hits as f64 / rate.n as f64)
}

/// How often it happened since the change, with where the rate went.
pub(super) fn since(line: &FeedbackLine, small_n: i64) -> Option<String> {
    let now = line.now?;
    let then = line.act.as_ref().and_then(|(_, _, then)| share(*then));
    let went = then.zip(share(now)).map(|(then, now)| now.total_cmp(&then));
    let arrow = went.map_or("", |went| match went {
        Ordering::Less => "↓ ",
        Ordering::Equal => "= ",
        Ordering::Greater => "↑ ",
    });
    Some(format!("{arrow}{}", rate(now, small_n)))
}

/// Who raised what, what was changed, whether it moved.
fn told(line: &FeedbackLine, model: &Model) -> String {
    let calendar = &model.book().calendar;
    let small = model.book().settings.small_n;
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
            rate(*then, small)
        );
    }
    match since(line, small) {
        Some(since) => {
            let _ = write!(words, "; since then {since}");
        }
        None if line.state == FeedbackState::Acted => words.push_str("; H looks whether it helped"),
        None => {}
    }
    words
}
