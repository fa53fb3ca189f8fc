//! The screen's parts in their places: lists by name, the agenda with its times, the list beside it, what is said of the row under the cursor. Changes nothing but scroll positions.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::view::{Now, View};
use super::words::{self, clock};
use super::{Beside, MeetingRoom, change, lists, said};
use crate::keymap::{self, Context};
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side, TableView, hints, panel};

/// From this width on the agenda stands beside a list.
const BESIDE: u16 = 78;

/// What the last meeting left is called.
const LAST_TIME: &str = "Last time";

/// Lines under the lists: three of what is said of the row, one of keys.
const FOOT: u16 = 4;

impl MeetingRoom {
    pub(super) fn draw_all(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        self.draw_tabs(buffer, area, model, theme);
        let foot = Rect {
            y: area.bottom().saturating_sub(FOOT),
            height: FOOT.min(area.height),
            ..area
        };
        let body = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1 + FOOT),
            ..area
        };
        if let Some(recap) = &mut self.recap {
            let whole = Rect {
                height: body.height + FOOT - 1,
                ..body
            };
            let title = Span::styled(format!("Meeting {}", recap.of.0), theme[Role::Title]);
            let inner = panel(buffer, whole, &title, "q goes back", true, theme);
            recap.reader.draw(buffer, inner, theme);
            let keys = [
                keymap::Action::WritePage,
                keymap::Action::Copy,
                keymap::Action::PageDown,
            ];
            draw_keys(buffer, foot, &keys, theme);
            return;
        }
        if body.width < BESIDE {
            self.draw_view(self.view, buffer, body, model, theme);
        } else {
            let wide = match Self::now(model) {
                // The last meeting is told in sentences, which want room.
                Now::Between if self.view == View::Agenda => body.width * 3 / 5,
                _ => (body.width * 2 / 5).clamp(34, 60),
            };
            let left = Rect {
                width: wide,
                ..body
            };
            let right = Rect {
                x: body.x + wide,
                width: body.width - wide,
                ..body
            };
            self.draw_view(View::Agenda, buffer, left, model, theme);
            match self.stands_beside(model) {
                Beside::List(view) => self.draw_view(view, buffer, right, model, theme),
                Beside::LastTime => {
                    let title = Span::styled(LAST_TIME, theme[Role::Title]);
                    let inner = panel(buffer, right, &title, "PgDn reads on", false, theme);
                    self.summary.draw(buffer, inner, theme);
                }
            }
        }
        self.draw_foot(buffer, foot, model, theme);
    }

    fn draw_tabs(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        let mut ink = Ink::new(buffer, Rect { height: 1, ..area });
        self.tabs.clear();
        let mut at = 0;
        for view in View::ALL {
            let n = lists::len(view, model, self.sought());
            let count = match view {
                View::Agenda => String::new(),
                _ => format!(" {n}"),
            };
            let start = at;
            let role = if view == self.view {
                Role::TabActive
            } else {
                Role::Tab
            };
            at = ink.write(
                0,
                at,
                &format!(" {}{count} ", name(view, model)),
                theme[role],
            );
            self.tabs
                .push((Rect::new(area.x + start, area.y, at - start, 1), view));
        }
        let told = self.told_above(model);
        let told = text::clean(&told);
        let room = usize::from(ink.width().saturating_sub(at + 3));
        let wide = text::width(&told) as u16;
        if wide > 0 && usize::from(wide) <= room {
            ink.write(0, ink.width() - wide - 1, &told, theme[Role::Dim]);
        }
    }

    /// At the right of the first line: how long the meeting has run, else when the next one is.
    fn told_above(&self, model: &Model) -> String {
        let meetings = &model.book().meetings;
        if let Some(search) = &self.search {
            return format!("searched: {}", search.prompt.value());
        }
        if let Some(running) = meetings.running() {
            let planned: u32 = running.items.iter().map(|item| item.point.minutes).sum();
            return format!("{} of {planned}:00", clock(running.lasted(model.clock())));
        }
        let next = meetings.last_closed().and_then(|last| last.next_on);
        next.map_or_else(String::new, |day| format!("next {day}"))
    }

    fn draw_view(
        &mut self,
        view: View,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let focused = view == self.view;
        let remark = match view {
            View::Agenda => model
                .book()
                .meetings
                .running()
                .map_or_else(String::new, words::sides),
            _ => String::new(),
        };
        let title = Span::styled(name(view, model).to_owned(), theme[Role::Title]);
        let inner = panel(buffer, area, &title, &remark, focused, theme);
        match (view, model.book().meetings.running()) {
            (View::Agenda, Some(running)) => self.draw_agenda(buffer, inner, running, model, theme),
            (View::Agenda, None) => self.summary.draw(buffer, inner, theme),
            (View::Decisions, Some(_)) => {
                let told = self.draw_since(buffer, inner, model, theme);
                let list = Rect {
                    height: inner.height.saturating_sub(told),
                    ..inner
                };
                self.draw_list(view, buffer, list, model, theme);
            }
            _ => self.draw_list(view, buffer, inner, model, theme),
        }
    }

    /// At the end of the decisions: how the pipeline changed since they were made, where there is room; the lines that it takes.
    fn draw_since(&self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) -> u16 {
        let rows = lists::len(View::Decisions, model, "") as u16 + 3;
        let Some(since) = self.effects.since_the_last() else {
            return 0;
        };
        let told = format!("Since the last meeting: {}", change::pipeline(since, model));
        let room = usize::from(area.width.saturating_sub(3));
        let lines = text::wrap(&text::clean(&told), room);
        let height = lines.len() as u16;
        if rows + height > area.height {
            return 0;
        }
        let mut ink = Ink::new(buffer, area);
        for (line, words) in (area.height - height..).zip(&lines) {
            ink.write(line, 1, words, theme[Role::Text]);
        }
        height
    }

    fn draw_list(
        &mut self,
        view: View,
        buffer: &mut Buffer,
        mut area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        if let Some(search) = self.search.as_ref().filter(|_| view == View::History) {
            let mut ink = Ink::new(buffer, area);
            let at = ink.write(0, 1, "/", theme[Role::Key]) + 1;
            let room = area.width.saturating_sub(at + 1);
            if search.typing {
                search.prompt.draw(
                    &mut ink,
                    0,
                    at,
                    room,
                    "words of a decision, an issue, a note",
                    theme,
                );
            } else {
                ink.field(
                    0,
                    at,
                    room,
                    search.prompt.value(),
                    Side::Left,
                    theme[Role::Match],
                );
            }
            area.y += 1;
            area.height = area.height.saturating_sub(1);
        }
        let sought = self.sought().to_owned();
        let len = lists::len(view, model, &sought);
        if len == 0 {
            let mut ink = Ink::new(buffer, area);
            for (line, words) in (1..).zip(text::wrap(
                said::nothing(view, &sought, model),
                usize::from(area.width.saturating_sub(3)),
            )) {
                ink.write(line, 2, &words, theme[Role::Dim]);
            }
            return;
        }
        let columns = lists::columns(view, &sought);
        let effects = &self.effects;
        let rows = TableView {
            columns: &columns,
            len,
            row: &|at| lists::cells(view, at, model, &sought, effects),
            sorted: None,
            total: None,
        };
        let mut state = self.states[view as usize];
        let kept = state.selected;
        if view != self.view {
            // No cursor where the keys are not.
            state.selected = usize::MAX;
        }
        let style = if view == self.view {
            Focus::Here
        } else {
            Focus::Elsewhere
        };
        draw_table(&rows, &mut state, style, (buffer, area), theme);
        state.selected = if view == self.view {
            state.selected
        } else {
            kept.min(len - 1)
        };
        self.states[view as usize] = state;
    }

    fn draw_foot(&mut self, buffer: &mut Buffer, foot: Rect, model: &Model, theme: &Theme) {
        let room = usize::from(foot.width.saturating_sub(3));
        let mut ink = Ink::new(buffer, foot);
        let mut line = 0;
        for (words, role) in self.said(model) {
            for words in text::wrap(&text::clean(&words), room) {
                if line + 1 < foot.height {
                    ink.write(line, 1, &words, theme[role]);
                    line += 1;
                }
            }
        }
        let keys = self.view.hints(Self::now(model));
        draw_keys(buffer, foot, keys, theme);
    }
}

/// Whether the keys go to a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Here,
    Elsewhere,
}

/// Draws a table; without a cursor where the keys go elsewhere.
fn draw_table(
    rows: &TableView<'_>,
    state: &mut crate::widgets::TableState,
    focus: Focus,
    (buffer, area): (&mut Buffer, Rect),
    theme: &Theme,
) {
    let kept = state.selected;
    if focus == Focus::Elsewhere {
        state.selected = 0;
    }
    rows.draw(state, buffer, area, theme);
    if focus == Focus::Elsewhere {
        state.selected = kept;
        let mut ink = Ink::new(buffer, area);
        if area.height > 1 {
            ink.write(1, 0, " ", theme[Role::Text]);
            ink.style(1, 0, area.width, theme[Role::Text]);
        }
    }
}

/// What a list is called.
fn name(view: View, model: &Model) -> &'static str {
    match (view, MeetingRoom::now(model)) {
        (View::Agenda, Now::Between) => LAST_TIME,
        (view, _) => view.label(),
    }
}

/// The keys that do something here.
fn draw_keys(buffer: &mut Buffer, foot: Rect, keys: &[keymap::Action], theme: &Theme) {
    let mut ink = Ink::new(buffer, foot);
    let last = foot.height.saturating_sub(1);
    let keys = keys.iter().filter_map(|action| {
        let binding = keymap::binding(Context::Meeting, *action)?;
        Some((binding.chords[0].to_string(), binding.label))
    });
    hints(&mut ink, last, keys, theme);
}
