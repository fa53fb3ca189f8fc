//! The stages side by side, each with its sums over its deals. Asks for the lines in sight only.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Focus, Pipeline, words};
use crate::screens::figures::Room;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

/// The least columns of the screen that a stage takes.
const LEAST: u16 = 24;

/// Lines that a deal takes, the blank one behind it included.
const TALL: u16 = 5;

/// Lines over the deals: name, count and sum, what the sum does not say.
const HEAD: u16 = 4;

impl Pipeline {
    pub(super) fn draw_stacks(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let count = self.groups.len().max(1);
        let fitting = usize::from(area.width / LEAST).clamp(1, count);
        // The cursor's stage is always in sight.
        let first = (self.group + 1)
            .saturating_sub(fitting)
            .min(count - fitting);
        let width = area.width / fitting as u16;
        let tall = usize::from(area.height.saturating_sub(HEAD) / TALL).max(1);
        self.page = tall;
        for (slot, at) in (first..first + fitting).enumerate() {
            if at >= self.groups.len() {
                break;
            }
            let field = Rect {
                x: area.x + slot as u16 * width,
                width: width.saturating_sub(1),
                ..area
            };
            self.draw_stage(buffer, field, at, model, theme);
        }
        let mut ink = Ink::new(buffer, area);
        if first > 0 {
            ink.write(0, 0, "◂", theme[Role::Key]);
        }
        if first + fitting < count {
            ink.write(0, area.width.saturating_sub(1), "▸", theme[Role::Key]);
        }
    }

    fn draw_stage(
        &mut self,
        buffer: &mut Buffer,
        field: Rect,
        at: usize,
        model: &Model,
        theme: &Theme,
    ) {
        let mut ink = Ink::new(buffer, field);
        let wide = field.width.saturating_sub(2);
        let group = &self.groups[at];
        let here = at == self.group && self.focus == Focus::Deals;
        let role = if here { Role::TabActive } else { Role::Title };
        ink.field(0, 1, wide, &group.title, Side::Left, theme[role]);
        let home = model.book().workspace.currency;
        let (total, beside) = words::sum(&group.sum, home, Room::Wide);
        let count = group.ids.len().to_string();
        let end = ink.write(1, 1, &count, theme[Role::Dim]);
        let room = wide.saturating_sub(end);
        ink.field(1, end + 1, room, &total, Side::Right, theme[Role::Strong]);
        ink.field(2, 1, wide, &beside, Side::Right, theme[Role::Dim]);
        ink.fill(3, 1, wide, '─', theme[Role::Border]);
        let tall = usize::from(field.height.saturating_sub(HEAD) / TALL).max(1);
        let place = self.places.get(at).copied().unwrap_or(0);
        let start = place - place % tall;
        let shown: Vec<(usize, u32, i64)> = (start..group.ids.len())
            .take(tall)
            .map(|place| (place, group.rows[place], group.ids[place]))
            .collect();
        let hidden = group.ids.len().saturating_sub(start + shown.len());
        for (slot, (index, row, id)) in shown.into_iter().enumerate() {
            let top = HEAD + slot as u16 * TALL;
            let texts = self.deal_lines(row, id, model);
            for (line, (words, role)) in (top..).zip(&texts) {
                ink.field(line, 1, wide, words, Side::Left, theme[*role]);
            }
            let beside = text::width(&texts[2].0) + 1;
            let value = Some(words::value(row, model, Room::Wide))
                .filter(|value| beside + text::width(value) <= usize::from(wide))
                .unwrap_or_else(|| words::value(row, model, Room::Narrow));
            let style = theme[Role::Strong];
            ink.field(top + 2, 1, wide, &value, Side::Right, style);
            if here && index == place {
                for line in top..top + TALL - 1 {
                    ink.style(line, 0, field.width, theme[Role::Selection]);
                }
            }
            let on = Rect::new(field.x, field.y + top, field.width, TALL - 1);
            self.placed.push((on.intersection(field), at, index));
        }
        if hidden > 0 {
            let last = field.height.saturating_sub(1);
            let words = format!("… {hidden} more");
            ink.field(last, 1, wide, &words, Side::Right, theme[Role::Dim]);
        }
    }

    /// Name; company; close date; owners or signs.
    fn deal_lines(&self, row: u32, id: i64, model: &Model) -> [(String, Role); 4] {
        let line = self.lines.get(&id);
        let deal = &model.facts().opportunities.rows[row as usize];
        let name = line.map_or("…", |line| line.name.as_str());
        let company = line.and_then(|line| line.account.clone());
        // Most deals are called after their company; saying it twice takes the owners' room.
        let company = company.filter(|company| !name.starts_with(company.as_str()));
        let owners = line.map(|line| {
            let both = [&line.owner, &line.marketing_owner];
            let both: Vec<&str> = both.into_iter().flatten().map(String::as_str).collect();
            both.join(" + ")
        });
        let age = words::age(row, model);
        let on = deal.close_on.get();
        let when = on.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        let signs = words::short(row, model, &self.moved).join(", ");
        let under = match (company, owners) {
            (Some(company), Some(owners)) if !owners.is_empty() => format!("{company} · {owners}"),
            (Some(company), _) => company,
            (None, owners) => owners.unwrap_or_default(),
        };
        let last = if signs.is_empty() {
            age
        } else {
            format!("{age} · {signs}")
        };
        [
            (name.to_owned(), Role::Text),
            (under, Role::Dim),
            (when, Role::Text),
            (last, Role::Warn),
        ]
    }
}
