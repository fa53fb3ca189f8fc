//! The agenda with its times: what is open, done, parked, and what is over. Changes nothing but the place in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::MeetingRoom;
use super::view::View;
use super::words::{self, clock};
use crate::domain::meeting::agenda::{Item, ItemState};
use crate::domain::meeting::line::Meeting;
use crate::domain::moment::Moment;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

impl MeetingRoom {
    pub(super) fn draw_agenda(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        running: &Meeting,
        model: &Model,
        theme: &Theme,
    ) {
        let now = model.clock();
        let state = &mut self.states[View::Agenda as usize];
        let at = state.selected.min(running.items.len().saturating_sub(1));
        state.selected = at;
        let lines = usize::from(area.height).max(1);
        let offset = (at + 1).saturating_sub(lines);
        state.place(offset, area);
        let mut ink = Ink::new(buffer, area);
        for (line, (index, item)) in
            (0..area.height).zip(running.items.iter().enumerate().skip(offset))
        {
            draw_item(&mut ink, line, item, now, theme);
            if index == at && self.view == View::Agenda {
                ink.style(line, 0, area.width, theme[Role::Selection]);
            }
        }
    }
}

fn draw_item(ink: &mut Ink<'_>, line: u16, item: &Item, now: Moment, theme: &Theme) {
    let (mark, role) = match item.state {
        ItemState::Open => ("▶", Role::Strong),
        ItemState::Done => ("✓", Role::Dim),
        ItemState::Parked => ("·", Role::Warn),
        ItemState::Waiting => (" ", Role::Text),
    };
    ink.write(line, 1, mark, theme[role]);
    let (time, time_role) = match item.state {
        ItemState::Open => words::left(item, now),
        ItemState::Waiting if item.spent == 0 => (format!("{} min", item.point.minutes), Role::Dim),
        ItemState::Parked => (format!("parked, {}", clock(item.spent_at(now))), Role::Warn),
        _ if item.over(now) > 0 => (format!("! {} over", clock(item.over(now))), Role::Warn),
        _ => (
            format!("{} of {}", clock(item.spent_at(now)), item.point.minutes),
            Role::Dim,
        ),
    };
    let wide = text::width(&time) as u16;
    let room = ink.width().saturating_sub(wide + 5);
    ink.field(line, 3, room, &item.point.title, Side::Left, theme[role]);
    ink.write(
        line,
        ink.width().saturating_sub(wide + 1),
        &time,
        theme[time_role],
    );
}
