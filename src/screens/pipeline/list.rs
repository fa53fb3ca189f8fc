//! The deals as one list, a heading with its sums over each group. Asks for the lines in sight only.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Focus, Pipeline, words};
use crate::screens::figures::Room;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

/// One line of the list.
#[derive(Debug, Clone, Copy)]
enum Line {
    Heading(usize),
    Deal(usize, usize),
}

/// A column: its head, its width, which side its text stands on, and from which width of the screen on it is there.
struct Column {
    title: &'static str,
    width: u16,
    side: Side,
    from: u16,
}

const fn column(title: &'static str, width: u16, side: Side, from: u16) -> Column {
    Column {
        title,
        width,
        side,
        from,
    }
}

/// Behind the deal's name, which takes what is left.
const COLUMNS: [Column; 7] = [
    column("Company", 18, Side::Left, 86),
    column("Value", 15, Side::Right, 0),
    column("Closes", 10, Side::Left, 0),
    column("In stage", 8, Side::Right, 74),
    column("Sales", 14, Side::Left, 118),
    column("Marketing", 14, Side::Left, 136),
    column("Look at", 17, Side::Left, 66),
];

impl Pipeline {
    pub(super) fn draw_list(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let page = usize::from(area.height.saturating_sub(1));
        self.page = page.max(1);
        let lines = self.window(page);
        let mut ink = Ink::new(buffer, area);
        // Where no deal has one, its room is the name's.
        let deals = &model.facts().opportunities.rows;
        let companies = deals.iter().any(|deal| deal.account != 0);
        let kept: Vec<(usize, &Column)> = COLUMNS
            .iter()
            .enumerate()
            .filter(|(index, column)| area.width >= column.from && (*index != 0 || companies))
            .collect();
        let taken: u16 = kept.iter().map(|(_, column)| column.width + 2).sum();
        let name = area.width.saturating_sub(taken + 3);
        ink.field(0, 2, name, "Deal", Side::Left, theme[Role::Heading]);
        let mut at = name + 4;
        for (_, column) in &kept {
            let style = theme[Role::Heading];
            ink.field(0, at, column.width, column.title, column.side, style);
            at += column.width + 2;
        }
        for (line, shown) in (1..area.height).zip(lines) {
            match shown {
                Line::Heading(group) => self.draw_heading(&mut ink, line, group, model, theme),
                Line::Deal(group, place) => {
                    let cells = self.cells(group, place, model);
                    ink.field(line, 2, name, &cells[0], Side::Left, theme[Role::Text]);
                    let mut at = name + 4;
                    for (index, column) in &kept {
                        let role = if *index == 6 { Role::Warn } else { Role::Text };
                        let cell = &cells[index + 1];
                        ink.field(line, at, column.width, cell, column.side, theme[role]);
                        at += column.width + 2;
                    }
                    let here = group == self.group && self.places[group] == place;
                    if here {
                        ink.write(line, 0, "▸", theme[Role::Key]);
                    }
                    if here && self.focus == Focus::Deals {
                        ink.style(line, 0, area.width, theme[Role::Selection]);
                    }
                    let field = Rect::new(area.x, area.y + line, area.width, 1);
                    self.placed.push((field, group, place));
                }
            }
        }
    }

    /// The lines in sight: the cursor among them, and its heading when it is the first of its group.
    fn window(&mut self, page: usize) -> Vec<Line> {
        let mut before = 0;
        let mut selected = 0;
        for (at, group) in self.groups.iter().enumerate() {
            if at == self.group {
                selected = before + 1 + self.places.get(at).copied().unwrap_or(0);
            }
            before += 1 + group.ids.len();
        }
        let first_of_group = self.places.get(self.group) == Some(&0);
        let top = if first_of_group {
            selected.saturating_sub(1)
        } else {
            selected
        };
        let page = page.max(1);
        self.offset = self.offset.clamp(
            (selected + 1).saturating_sub(page),
            top.max((selected + 1).saturating_sub(page)),
        );
        self.offset = self.offset.min(before.saturating_sub(page));
        let mut lines = Vec::with_capacity(page);
        let mut skip = self.offset;
        for (at, group) in self.groups.iter().enumerate() {
            let len = 1 + group.ids.len();
            if skip >= len {
                skip -= len;
                continue;
            }
            for line in skip..len {
                if lines.len() == page {
                    return lines;
                }
                lines.push(match line {
                    0 => Line::Heading(at),
                    line => Line::Deal(at, line - 1),
                });
            }
            skip = 0;
        }
        lines
    }

    fn draw_heading(
        &self,
        ink: &mut Ink<'_>,
        line: u16,
        group: usize,
        model: &Model,
        theme: &Theme,
    ) {
        let shown = &self.groups[group];
        let home = model.book().workspace.currency;
        let (total, beside) = words::sum(&shown.sum, home, Room::Wide);
        let mut figures = format!("{}  {total}", shown.ids.len());
        if !beside.is_empty() {
            figures = format!("{figures}  ({beside})");
        }
        let room = ink.width() / 2;
        let name = text::clean(&shown.title);
        let name = text::truncate(&name, usize::from(room));
        let at = ink.write(line, 1, &name, theme[Role::Title]) + 2;
        let at = ink.write(line, at, &figures, theme[Role::Strong]) + 1;
        let rest = ink.width().saturating_sub(at + 1);
        ink.fill(line, at, rest, '─', theme[Role::Border]);
    }

    /// Name, company, value, close date, age, both owners, signs.
    fn cells(&self, group: usize, place: usize, model: &Model) -> [String; 8] {
        let (row, id) = (
            self.groups[group].rows[place],
            self.groups[group].ids[place],
        );
        let facts = model.facts();
        let deal = &facts.opportunities.rows[row as usize];
        let line = self.lines.get(&id);
        let named = |of: &dyn Fn(&crate::domain::card::DealLine) -> Option<String>| {
            line.and_then(of).unwrap_or_default()
        };
        let unnamed = if self.asked.contains(&id) { "…" } else { "" };
        [
            line.map_or_else(|| unnamed.to_owned(), |line| line.name.clone()),
            named(&|line| line.account.clone()),
            words::value(row, model, Room::Wide),
            deal.close_on
                .get()
                .map_or_else(|| "no date".to_owned(), |day| day.to_string()),
            words::age(row, model),
            named(&|line| line.owner.clone()),
            named(&|line| line.marketing_owner.clone()),
            words::short(row, model, &self.moved).join(", "),
        ]
    }
}
