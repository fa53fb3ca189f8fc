//! The first lines: which view of which period, and the pipeline's numbers as the scoreboard has them. Computes none.

use ratatui::layout::Position;

use super::{Focus, Pipeline, View};
use crate::metrics::Metric;
use crate::screens::Outcome;
use crate::screens::figures::{self, Room};
use crate::screens::filters;
use crate::screens::model::Model;
use crate::screens::scoreboard::{ItemKey, Pane};
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;

/// The numbers that can be opened, in order.
pub(super) const NUMBERS: [Metric; 6] = [
    Metric::ReadingSales,
    Metric::PipelineCoverage,
    Metric::PipelineCoverageNeeded,
    Metric::PipelineGap,
    Metric::StaleOpportunities,
    Metric::RecordedTooEarly,
];

/// What they are called here.
const NAMES: [&str; 6] = [
    "moving pipeline",
    "coverage",
    "needed",
    "gap to target",
    "stale",
    "too early",
];

/// The place of a number, as on the scoreboard.
pub(super) fn key(metric: Metric) -> ItemKey {
    ItemKey::figure(Pane::Sales, metric)
}

/// What stands in the first lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    View(View),
    /// The n-th number.
    Number(usize),
}

impl Pipeline {
    /// What was drawn there.
    pub(super) fn head_at(&self, place: Position) -> Option<Head> {
        let mut heads = self.heads.iter();
        let hit = heads.find(|(field, _)| field.contains(place));
        hit.map(|(_, head)| *head)
    }

    /// Shows a view, marks a number; a second click opens it.
    pub(super) fn click_head(&mut self, head: Head) -> Outcome {
        match head {
            Head::View(view) => {
                self.view = view;
                self.focus = Focus::Deals;
            }
            Head::Number(index) if self.focus == Focus::Numbers(index) => return self.enter(),
            Head::Number(index) => self.focus = Focus::Numbers(index),
        }
        Outcome::Nothing
    }

    /// Draws two lines.
    pub(super) fn draw_head(&mut self, ink: &mut Ink<'_>, model: &Model, theme: &Theme) {
        self.heads.clear();
        let mut at = 1;
        for view in View::ALL {
            let start = at;
            let role = if view == self.view {
                Role::TabActive
            } else {
                Role::Tab
            };
            at = ink.write(0, at, &format!(" {} ", view.title()), theme[role]);
            let field = ink.place(0, start, at - start);
            self.heads.push((field, Head::View(view)));
        }
        let filter = filters::words(&model.scope().filter, model.facts());
        let period = figures::period(&model.scope().period);
        let mut right = vec![period];
        if !filter.is_empty() {
            right.insert(0, filter);
        }
        let room = usize::from(ink.width().saturating_sub(at + 3));
        let words = text::clean(&right.join(" · ")).into_owned();
        let words = text::truncate(&words, room);
        let wide = text::width(&words) as u16;
        if wide > 4 {
            ink.write(0, ink.width() - wide - 1, &words, theme[Role::Warn]);
        }
        self.draw_numbers(ink, model, theme);
    }

    fn draw_numbers(&mut self, ink: &mut Ink<'_>, model: &Model, theme: &Theme) {
        let room = if ink.width() >= 120 {
            Room::Wide
        } else {
            Room::Narrow
        };
        let values = NUMBERS.map(|metric| {
            model.figure(key(metric)).map_or_else(
                || figures::DASH.to_owned(),
                |figure| figures::figure(figure, room),
            )
        });
        let wide = |index: usize| text::width(NAMES[index]) + text::width(&values[index]) + 1;
        // The number under the cursor is in sight, whatever has to go for it.
        let chosen = match self.focus {
            Focus::Numbers(index) => index,
            Focus::Deals => 0,
        };
        let fits = |first: &usize| {
            let all: usize = (*first..=chosen).map(|index| wide(index) + 3).sum();
            2 + all - 3 <= usize::from(ink.width())
        };
        let first = (0..=chosen).find(fits).unwrap_or(chosen);
        if first > 0 {
            ink.write(1, 0, "‹", theme[Role::Dim]);
        }
        let mut at = 2;
        for (index, value) in values.iter().enumerate().skip(first) {
            if usize::from(at) + wide(index) > usize::from(ink.width()) {
                ink.write(1, ink.width().saturating_sub(1), "›", theme[Role::Dim]);
                break;
            }
            let start = at;
            at = ink.write(1, at, NAMES[index], theme[Role::Dim]) + 1;
            at = ink.write(1, at, value, theme[Role::Strong]);
            let field = ink.place(1, start, at - start);
            self.heads.push((field, Head::Number(index)));
            if self.focus == Focus::Numbers(index) {
                ink.style(1, start, at - start, theme[Role::Cursor]);
            }
            at += 3;
        }
    }
}
