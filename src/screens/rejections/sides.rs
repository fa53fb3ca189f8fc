//! Both sides' questions with their answers and what each has to fix. Names no winner and answers nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Rejections;
use super::list::Shown;
use super::view::View;
use crate::metrics::Table;
use crate::metrics::review::Answer;
use crate::screens::Outcome;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;

/// A side: its heading, its colour, what it is asked, and the number of its first question.
pub(super) type Asked<'a> = (&'static str, Role, &'a Vec<Answer>, usize);

/// One line, what it is, and the question it belongs to.
type Line = (String, Role, Option<usize>);

impl Rejections {
    /// Every answer, sales' first.
    pub(super) fn answers(&self) -> impl Iterator<Item = &Answer> {
        let both = self.sides.iter();
        both.flat_map(|(_, both)| both.sides.sales.iter().chain(&both.sides.marketing))
    }

    /// From one side's questions to the other's first.
    pub(super) fn other_side(&mut self) {
        let Some((_, both)) = &self.sides else { return };
        let sales = both.sides.sales.len();
        let state = &mut self.states[View::Sides as usize];
        state.selected = if state.selected < sales { sales } else { 0 };
    }

    /// The rows behind the answer under the cursor.
    pub(super) fn open_answer(&mut self, model: &Model) -> Outcome {
        let at = self.states[View::Sides as usize].selected;
        let Some(answer) = self.answers().nth(at) else {
            return Outcome::Nothing;
        };
        let ids = &model.facts().handoffs.id;
        let sets = answer
            .rows
            .rows
            .iter()
            .filter(|set| set.table == Table::Handoffs);
        let rows: Vec<i64> = sets
            .flat_map(|set| &set.rows)
            .filter_map(|row| ids.get(*row as usize))
            .collect();
        if rows.is_empty() {
            return Outcome::Say("There is no row behind this answer".to_owned());
        }
        let shown = Shown::answer(answer.question, rows);
        self.open_list(shown, model);
        Outcome::Nothing
    }
}

/// Draws sides one under the other, the question under the cursor in sight; says where each question stands.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    sides: &[Asked<'_>],
    at: usize,
    theme: &Theme,
) -> Vec<(Rect, usize)> {
    let room = usize::from(area.width.saturating_sub(5));
    let mut lines: Vec<Line> = Vec::new();
    for (title, role, answers, first) in sides {
        lines.push(((*title).to_owned(), *role, None));
        for (place, answer) in answers.iter().enumerate() {
            let own = Some(first + place);
            let mut put = |words: &str, role: Role| {
                let clean = text::clean(words);
                let wrapped = text::wrap(&clean, room);
                lines.extend(wrapped.into_iter().map(|line| (line, role, own)));
            };
            put(answer.question, Role::Strong);
            put(&answer.says, Role::Text);
            match &answer.fix {
                Some(fix) => put(&format!("→ {fix}"), Role::Warn),
                None => put("→ nothing to fix here", Role::Dim),
            }
        }
        lines.push((String::new(), Role::Text, None));
    }
    let height = usize::from(area.height).max(1);
    let of_cursor = |line: &Line| line.2 == Some(at);
    let last = lines.iter().rposition(of_cursor).unwrap_or(0);
    let first = lines.iter().position(of_cursor).unwrap_or(0);
    // The heading of the first question stays with it.
    let skip = (last + 1)
        .saturating_sub(height)
        .min(first.saturating_sub(1));
    let mut ink = Ink::new(buffer, area);
    // Whole questions out of sight are counted on the last line.
    let asked = |part: &[Line]| part.iter().filter_map(|line| line.2).max();
    let seen = lines.len().min(skip + height);
    let more = match (asked(&lines), asked(&lines[..seen])) {
        (Some(all), Some(seen)) if all > seen => format!("↓ {} more", all - seen),
        _ => String::new(),
    };
    let mut placed = Vec::new();
    for (line, (words, role, own)) in (0..area.height).zip(lines.iter().skip(skip)) {
        let here = *own == Some(at);
        let field = Rect::new(area.x, area.y + line, area.width, 1);
        placed.extend(own.map(|own| (field, own)));
        if here && *role == Role::Strong {
            ink.write(line, 1, "▸", theme[Role::Key]);
        }
        let indent = if own.is_some() { 3 } else { 1 };
        ink.write(line, indent, words, theme[*role]);
        if here && *role == Role::Strong {
            ink.style(line, 0, area.width, theme[Role::Selection]);
        }
    }
    if !more.is_empty() {
        let at = area.width.saturating_sub(text::width(&more) as u16 + 1);
        ink.write(area.height.saturating_sub(1), at, &more, theme[Role::Key]);
    }
    placed
}
