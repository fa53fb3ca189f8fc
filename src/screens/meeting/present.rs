//! The meeting for a projector: the open item with its time, and what it is about in figures three lines tall. Computes nothing.

mod parts;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::measure::Effects;
use super::words::{self, clock};
use crate::domain::meeting::agenda::{Item, ItemState, Topic};
use crate::domain::meeting::line::Meeting;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{BIG_HEIGHT, Ink, Side, big_width, draw_big};
use parts::Sheet;

/// Draws it; lists begin with their `from`th entry.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    (model, effects): (&Model, &Effects),
    from: usize,
    theme: &Theme,
) {
    let mut ink = Ink::new(buffer, area);
    let running = model.book().meetings.running();
    let open = running.and_then(|meeting| meeting.open_item());
    let line = match (running, open) {
        (Some(meeting), Some(item)) => timer(&mut ink, (meeting, item), model, theme),
        (Some(meeting), None) => {
            ink.write(1, 2, "The agenda is through", theme[Role::Headline]);
            ink.write(2, 2, &words::sides(meeting), theme[Role::Dim]);
            4
        }
        (None, _) => {
            let told = "No meeting is running; s opens one";
            ink.write(1, 2, told, theme[Role::Headline]);
            3
        }
    };
    let mut sheet = Sheet {
        ink,
        line,
        from,
        model,
        effects,
        theme,
    };
    // What the room speaks of goes before what the item is about.
    sheet.spoken_of();
    match open.map(|item| item.point.topic) {
        Some(Topic::Scoreboard) => sheet.board(),
        Some(Topic::Rejections) => sheet.rejections(),
        Some(Topic::Criteria) => sheet.criteria(),
        Some(Topic::Pipeline) => sheet.pipeline(),
        Some(Topic::Voice | Topic::Issues) => sheet.issues(),
        Some(Topic::Other) => sheet.noted(),
        Some(Topic::Wrap) => sheet.today(),
        None if running.is_some() => sheet.today(),
        Some(Topic::Decisions) | None => sheet.last_time(),
    }
}

/// The open item, and its time at the right; the line after it.
fn timer(
    ink: &mut Ink<'_>,
    (meeting, item): (&Meeting, &Item),
    model: &Model,
    theme: &Theme,
) -> u16 {
    let over = item.over(model.clock());
    let (figure, role, word) = if over > 0 {
        (clock(over), Role::Warn, "! over")
    } else {
        (clock(-over), Role::Strong, "left")
    };
    let wide = big_width(&figure);
    let told = format!("{word} of {} min", item.point.minutes);
    let right = wide.max(text::width(&told) as u16);
    let at = ink.width().saturating_sub(right + 3);
    draw_big(ink, 1, at + right - wide, &figure, theme[role]);
    ink.field(1 + BIG_HEIGHT, at, right, &told, Side::Right, theme[role]);
    let room = at.saturating_sub(4);
    let place = meeting.items.iter().position(|one| one.id == item.id);
    let place = format!("{}/{} ", place.unwrap_or(0) + 1, meeting.items.len());
    let begin = ink.field(1, 2, room, &place, Side::Left, theme[Role::Dim]);
    let title = room.saturating_sub(begin - 2);
    let style = theme[Role::Headline];
    ink.field(1, begin, title, &item.point.title, Side::Left, style);
    let waits = |item: &&Item| item.state == ItemState::Waiting;
    let next = meeting.items.iter().find(waits);
    let next = next.map_or_else(
        || "the last item".to_owned(),
        |next| format!("then {}", next.point.title),
    );
    ink.field(3, 2, room, &next, Side::Left, theme[Role::Dim]);
    let sides = words::sides(meeting);
    let role = if meeting.missing().is_empty() {
        Role::Dim
    } else {
        Role::Warn
    };
    ink.field(4, 2, room, &sides, Side::Left, theme[role]);
    let width = ink.width().saturating_sub(4);
    ink.fill(2 + BIG_HEIGHT, 2, width, '─', theme[Role::Dim]);
    4 + BIG_HEIGHT
}
