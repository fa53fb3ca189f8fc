//! The screen's parts in their places: views, sentences, the view itself, what is said of the row under the cursor, the card, open windows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::found::Found;
use super::view::{Only, View};
use super::{Rejections, since, words};
use crate::keymap::{self, Context};
use crate::metrics::review::{Base, Flag, Order};
use crate::screens::figures::{DASH, percent};
use crate::screens::filters;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{ColumnChart, Ink, Side, TimeAxis, hints, panel};

/// From this width on Pareto and trend stand beside clusters and matrix.
const WIDE: u16 = 130;

/// From this width on the sentences have room for what objective rejections rest on.
const ROOMY: u16 = 70;

/// Lines under the view: three of what is said of the row, one of keys.
const FOOT: u16 = 4;

impl Rejections {
    pub(super) fn draw_all(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        self.area = area;
        let told = self.draw_tabs(buffer, area, model, theme);
        let mut head = 1;
        if let Some(told) = told {
            // Nobody reads figures of a part for those of all.
            Ink::new(buffer, below(area, head)).write(0, 1, &told, theme[Role::Warn]);
            head += 1;
        }
        head += self.draw_sentences(buffer, below(area, head), model, theme);
        let mut body = below(area, head);
        if self.is_covered() {
            self.draw_card(buffer, body, theme);
        } else {
            if let Some(beside) = self.beside(body) {
                body.width -= beside.width;
                if self.view.has_cards() {
                    self.draw_card(buffer, beside, theme);
                } else {
                    self.draw_shape(buffer, beside, model, theme);
                }
            }
            self.draw_view(buffer, body, model, theme);
        }
        if let Some(asked) = &mut self.open {
            asked.draw(buffer, area, theme);
        }
    }

    /// What stands to the right of the view.
    fn beside(&self, body: Rect) -> Option<Rect> {
        let wide = match self.view {
            view if view.has_cards() && self.has_room_beside() => body.width * 2 / 5,
            View::Worklist | View::Matrix if body.width >= WIDE => 46,
            _ => return None,
        };
        Some(Rect {
            x: body.right() - wide,
            width: wide,
            ..body
        })
    }

    /// The views, and what they are narrowed to, where there is room for that; else the words for a line of their own.
    fn draw_tabs(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) -> Option<String> {
        let mut ink = Ink::new(buffer, Rect { height: 1, ..area });
        self.tabs.clear();
        let mut at = 0;
        for view in View::ALL {
            let Some(binding) = keymap::binding(Context::Rejections, view.action()) else {
                continue;
            };
            let start = at;
            at = ink.write(0, at + 1, &binding.chords[0].to_string(), theme[Role::Key]);
            let role = if view == self.view {
                Role::TabActive
            } else {
                Role::Tab
            };
            at = ink.write(0, at, &format!(" {}", binding.label), theme[role]);
            let field = Rect::new(area.x + start, area.y, at - start, 1);
            self.tabs.push((field, view));
        }
        let mut narrowed = Vec::new();
        if self.only != Only::Everything {
            narrowed.push(format!("only {}", self.only.words()));
        }
        let filter = filters::words(&model.scope().filter, model.facts());
        narrowed.extend(Some(filter).filter(|filter| !filter.is_empty()));
        let told = text::clean(&narrowed.join(" · ")).into_owned();
        let room = usize::from(ink.width().saturating_sub(at + 3));
        let wide = text::width(&told) as u16;
        if usize::from(wide) > room {
            return Some(told);
        }
        if wide > 0 {
            ink.write(0, ink.width() - wide - 1, &told, theme[Role::Warn]);
        }
        None
    }

    /// The two sentences above everything; how many lines they took.
    fn draw_sentences(&self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) -> u16 {
        let Some(found) = &self.found else { return 0 };
        let mut ink = Ink::new(buffer, area);
        let room = usize::from(area.width.saturating_sub(2));
        let mut line = 0;
        // In little room money and hours are worth more.
        let flagged = self.flagged.as_ref().filter(|_| area.width >= ROOMY);
        let unseen = flagged.map(|flagged| {
            let bits = flagged.flags.bits(Flag::Unseen);
            bits.intersection_count(found.whole.bits()) as u64
        });
        for (sentence, role) in words::headline(found, model, unseen)
            .iter()
            .zip([Role::Strong, Role::Text])
        {
            let clean = text::clean(sentence);
            // Where there is little room, a third line is worth more than another row below.
            let most = if area.width < 100 { 3 } else { 2 };
            for words in text::wrap(&clean, room).iter().take(most) {
                ink.write(line, 1, words, theme[role]);
                line += 1;
            }
        }
        line
    }

    fn draw_view(&mut self, buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
        // Of an answer all is said where it stands.
        let below = if self.view == View::Sides { 1 } else { FOOT };
        let view = Rect {
            y: body.y + 1,
            height: body.height.saturating_sub(below + 1),
            ..body
        };
        let foot = Rect {
            y: body.bottom().saturating_sub(below),
            height: below.min(body.height),
            ..body
        };
        if self.view != View::Sides && self.len() <= usize::from(self.view == View::Matrix) {
            self.draw_nothing(buffer, view, model, theme);
        } else {
            match self.view {
                View::Worklist => self.draw_worklist(buffer, view, model, theme),
                View::Matrix => self.draw_matrix(buffer, view, model, theme),
                View::List | View::SecondLook => self.draw_list(buffer, view, model, theme),
                View::Challenges => self.draw_challenges(buffer, view, model, theme),
                View::Feedback => self.draw_feedback(buffer, view, model, theme),
                View::Sides => self.draw_sides(buffer, view, theme),
            }
        }
        // Behind the view: only then is known what had no room in it.
        let title = self.title(model);
        let mut ink = Ink::new(buffer, Rect { height: 1, ..body });
        let at = ink.write(0, 1, &title, theme[Role::Title]) + 1;
        ink.fill(
            0,
            at,
            body.width.saturating_sub(at + 1),
            '─',
            theme[Role::Border],
        );
        self.draw_foot(buffer, foot, model, theme);
    }

    fn title(&self, model: &Model) -> String {
        match self.view {
            View::Worklist => match self.still_open(model) {
                open if open.is_empty() => {
                    "Clusters, the dearest first: leads and reps' time together".to_owned()
                }
                open => format!("Clusters, the dearest first · open: {open}"),
            },
            View::Matrix => {
                let matrix = self.found.as_ref().map(Found::matrix);
                let base = matrix.map_or(Base::Column, |matrix| matrix.base);
                format!("Cells: {}{}", self.content.label(base), self.beyond)
            }
            View::List | View::SecondLook => self.list_title(model),
            View::Challenges => self.challenges_title(model),
            View::Feedback => "Feedback: new → acknowledged → acted → checked".to_owned(),
            View::Sides => "What both sides ask; each answer opens its rows".to_owned(),
        }
    }

    fn draw_nothing(&self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        let words = match self.view {
            View::Challenges => {
                "Nothing was challenged yet: r lists the rejections, c challenges one"
            }
            View::Feedback => {
                "No feedback yet: on a cluster of the worklist, i puts it before marketing"
            }
            View::SecondLook => "There is no rejection that nobody challenged",
            _ if self.only != Only::Everything => "None is like that here; v shows the others",
            _ if since::newest(model).is_none() => {
                "Reps reject on screen 2, or an export brings it: smarketing import FILE"
            }
            _ => "Nothing was rejected in this period; Enter goes to the newest ones",
        };
        let mut ink = Ink::new(buffer, area);
        ink.write(area.height / 2, 2, words, theme[Role::Dim]);
    }

    fn draw_foot(&mut self, buffer: &mut Buffer, foot: Rect, model: &Model, theme: &Theme) {
        let (said, role) = match self.view {
            View::Worklist | View::Matrix => (self.spot_words(model), Role::Text),
            View::List | View::SecondLook => (self.row_words(model), Role::Warn),
            View::Challenges => (self.challenge_words(model), Role::Text),
            View::Feedback => (self.feedback_words(model), Role::Text),
            View::Sides => (Vec::new(), Role::Text),
        };
        let mut ink = Ink::new(buffer, foot);
        let room = usize::from(foot.width.saturating_sub(3));
        let last = foot.height.saturating_sub(1);
        let mut line = 0;
        for (place, words) in said.iter().enumerate() {
            let clean = text::clean(words);
            let wrapped = text::wrap(&clean, room);
            // The first may take what the second leaves.
            let rest = (said.len() - place - 1) as u16;
            for words in wrapped
                .iter()
                .take(usize::from(last.saturating_sub(line + rest)))
            {
                ink.write(line, 1, words, theme[role]);
                line += 1;
            }
        }
        let keys = self.view.hints().iter().filter_map(|action| {
            let binding = keymap::binding(Context::Rejections, *action)?;
            Some((binding.chords[0].to_string(), binding.label))
        });
        hints(&mut ink, last, keys, theme);
    }

    /// The flags of the rejection under the cursor, each in a sentence.
    fn row_words(&self, model: &Model) -> Vec<String> {
        let Some(row) = self.row() else {
            return Vec::new();
        };
        if self.flagged.is_none() {
            return vec!["looking for flags …".to_owned()];
        }
        let told = self.told(row, model);
        let words: Vec<String> = told.into_iter().map(|(_, why)| why).collect();
        if words.is_empty() {
            return vec!["nothing stands out on this rejection".to_owned()];
        }
        vec![words.join(" · ")]
    }

    fn draw_card(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let at = self.states[self.view as usize].selected;
        let place = format!("{} of {}", at + 1, self.len());
        let title = Span::styled("Lead", theme[Role::Title]);
        let inner = panel(buffer, area, &title, &place, true, theme);
        let Some(card) = &mut self.card else { return };
        if card.known.is_some() {
            card.reader.draw(buffer, inner, theme);
        } else {
            Ink::new(buffer, inner).write(0, 1, "…", theme[Role::Dim]);
        }
    }

    /// Pareto of the axis that runs down, and the weeks of the spot under the cursor.
    fn draw_shape(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        let spot = self.spot(model);
        let Some(found) = &mut self.found else { return };
        let facts = model.facts();
        let title = match self.content.order() {
            Order::Count => format!("Pareto by {}", found.matrix().row_axis.label()),
            order => format!("Pareto, {}", order.label()),
        };
        let title = Span::styled(title, theme[Role::Title]);
        let inner = panel(buffer, area, &title, "share, so far", false, theme);
        let mut ink = Ink::new(buffer, inner);
        let below = 9.min(inner.height / 2);
        let lines = inner.height.saturating_sub(below + 2);
        let most = found
            .matrix()
            .rows
            .iter()
            .filter_map(|head| head.part)
            .fold(0.0, f64::max);
        for (line, head) in (0..lines).zip(&found.matrix().rows) {
            let name = found.whole.name(facts, found.matrix().row_axis, head.code);
            ink.field(line, 0, 14, name, Side::Left, theme[Role::Text]);
            let room = inner.width.saturating_sub(15 + 17);
            let part = head.part.unwrap_or(0.0);
            let long = (part / most.max(f64::EPSILON) * f64::from(room)).round() as u16;
            ink.fill(line, 15, long.max(1), '█', theme[Role::Bar]);
            let shown = |share: Option<f64>| share.map_or_else(|| DASH.to_owned(), percent);
            let (share, so_far) = (shown(head.part), shown(head.cumulated));
            let at = inner.width.saturating_sub(16);
            ink.field(line, at, 8, &share, Side::Right, theme[Role::Text]);
            ink.field(line, at + 8, 8, &so_far, Side::Right, theme[Role::Dim]);
        }
        let name = found.spot_name(facts, &spot);
        let weeks = found.trend(facts, &spot);
        let values: Vec<Option<f64>> = weeks.iter().map(|(_, count)| Some(*count as f64)).collect();
        let labels = weeks
            .iter()
            .map(|(first, _)| first.date().format("%d %b").to_string());
        let axis = TimeAxis {
            labels: labels.collect(),
        };
        let line = lines + 1;
        let told = format!("{name}, by week");
        ink.field(
            line,
            0,
            inner.width,
            &told,
            Side::Left,
            theme[Role::Heading],
        );
        let chart = ColumnChart {
            values: &values,
            style: theme[Role::Bar],
        };
        let height = inner.height.saturating_sub(line + 2);
        chart.draw(&mut ink, (line + 1, 0, inner.width, height), &axis, theme);
        axis.draw(
            &mut ink,
            line + 1 + height,
            0,
            inner.width,
            theme[Role::Dim],
        );
    }

    /// Both sides' questions, sales' first; beside one another where there is room.
    fn draw_sides(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let Some((_, both)) = &self.sides else {
            let mut ink = Ink::new(buffer, area);
            ink.write(area.height / 2, 2, "asking the figures …", theme[Role::Dim]);
            return;
        };
        let both = std::sync::Arc::clone(both);
        self.answered.clear();
        let at = self.states[View::Sides as usize].selected;
        let sides = &both.sides;
        let asked = [
            ("Sales is asked", Role::Sales, &sides.sales, 0),
            (
                "Marketing is asked",
                Role::Marketing,
                &sides.marketing,
                sides.sales.len(),
            ),
        ];
        if area.width >= 100 {
            let half = area.width / 2;
            for (place, side) in (0..).zip(asked) {
                let column = Rect {
                    x: area.x + place * half,
                    width: half.saturating_sub(1),
                    ..area
                };
                let placed = super::sides::draw(buffer, column, &[side], at, theme);
                self.answered.extend(placed);
            }
        } else {
            self.answered = super::sides::draw(buffer, area, &asked, at, theme);
        }
    }
}

/// The area under so many lines.
fn below(area: Rect, lines: u16) -> Rect {
    Rect {
        y: area.y + lines.min(area.height),
        height: area.height.saturating_sub(lines),
        ..area
    }
}
