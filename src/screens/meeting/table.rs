//! Who is at the table: people by side, each with a mark that a letter or Space sets. Writes nothing itself.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::words;
use crate::domain::policy::Side;
use crate::keymap::Action;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side as Align, popup};

/// Letters that set the marks.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// One person.
#[derive(Debug, Clone)]
struct Seat {
    handle: String,
    name: String,
    side: Side,
    here: bool,
}

/// The open list.
#[derive(Debug, Clone)]
pub(super) struct Table {
    seats: Vec<Seat>,
    marked: usize,
    offset: usize,
    list: Rect,
    wrong: Option<String>,
}

impl Table {
    /// Everybody, those of one side together; marked are those who are there, or who sit at this keyboard where nobody is yet.
    pub(super) fn new(model: &Model) -> Self {
        let book = model.book();
        let running = book.meetings.running();
        let last = book.meetings.last_closed();
        let me = model.me().map(|me| me.id);
        let mut people: Vec<_> = book.people.iter().collect();
        people.sort_by_key(|person| Side::ALL.iter().position(|side| *side == person.side));
        let here = |id| match (running, last) {
            (Some(meeting), _) => meeting.present().any(|a| a.person.id == id),
            // Who came last time comes most of the time.
            (None, Some(last)) => {
                Some(id) == me || last.attendance.iter().any(|a| a.person.id == id)
            }
            (None, None) => Some(id) == me,
        };
        let seats = people.into_iter().map(|person| Seat {
            handle: person.handle.clone(),
            name: person.name.clone(),
            side: person.side,
            here: here(person.id),
        });
        Self {
            seats: seats.collect(),
            marked: 0,
            offset: 0,
            list: Rect::ZERO,
            wrong: None,
        }
    }

    /// Those who were added to the list meanwhile are there; who has left it goes. Marks stay.
    pub(super) fn refreshed(&mut self, model: &Model) {
        let mut newer = Self::new(model);
        for seat in &mut newer.seats {
            let was = self.seats.iter().find(|was| was.handle == seat.handle);
            seat.here = was.is_none_or(|was| was.here);
        }
        let held = self.seats.get(self.marked).map(|seat| &seat.handle);
        let marked = newer
            .seats
            .iter()
            .position(|seat| Some(&seat.handle) == held);
        self.marked = marked.unwrap_or(0);
        self.seats = newer.seats;
    }

    /// Handles of those who are there.
    pub(super) fn present(&self) -> Vec<String> {
        let here = self.seats.iter().filter(|seat| seat.here);
        here.map(|seat| seat.handle.clone()).collect()
    }

    /// Handles of those who are not.
    pub(super) fn absent(&self) -> Vec<String> {
        let gone = self.seats.iter().filter(|seat| !seat.here);
        gone.map(|seat| seat.handle.clone()).collect()
    }

    /// Moves the mark.
    pub(super) fn update(&mut self, action: Action) {
        if action == Action::MarkRow {
            self.toggle(self.marked);
            return;
        }
        let last = self.seats.len().saturating_sub(1);
        let by = match action {
            Action::Up => -1,
            Action::Down => 1,
            _ => 0,
        };
        self.marked = self.marked.saturating_add_signed(by).min(last);
    }

    /// A letter sets a mark.
    pub(super) fn key(&mut self, key: KeyEvent) {
        let plain = key.modifiers - KeyModifiers::SHIFT == KeyModifiers::NONE;
        let KeyCode::Char(c) = key.code else { return };
        if !plain {
            return;
        }
        let letter = LETTERS.iter().position(|letter| char::from(*letter) == c);
        self.toggle(letter.unwrap_or(usize::MAX));
    }

    /// A click on a person.
    pub(super) fn click(&mut self, column: u16, row: u16) {
        if !self.list.contains((column, row).into()) {
            return;
        }
        let line = usize::from(row - self.list.y) + self.offset;
        let hit = self.lines().into_iter().nth(line).flatten();
        self.toggle(hit.unwrap_or(usize::MAX));
    }

    fn toggle(&mut self, at: usize) {
        if let Some(seat) = self.seats.get_mut(at) {
            seat.here = !seat.here;
            self.marked = at;
            self.wrong = None;
        }
    }

    /// Says why it was not taken; the marks stay.
    pub(super) fn refuse(&mut self, why: &str) {
        self.wrong = Some(why.to_owned());
    }

    /// The lines of the list: a heading, or a person by number.
    fn lines(&self) -> Vec<Option<usize>> {
        let mut lines = Vec::new();
        for (at, seat) in self.seats.iter().enumerate() {
            let first = at == 0 || self.seats[at - 1].side != seat.side;
            lines.extend(first.then_some(None));
            lines.push(Some(at));
        }
        lines
    }

    /// The sides of which nobody is there and somebody should be.
    pub(super) fn missing(&self) -> impl Iterator<Item = Side> + '_ {
        let here = |side| self.seats.iter().any(|seat| seat.here && seat.side == side);
        [Side::Marketing, Side::Sales]
            .into_iter()
            .filter(move |side| !here(*side))
    }

    /// What is said below the list: who is there by side, and what that means.
    fn told(&self) -> Vec<(String, Role)> {
        if let Some(wrong) = &self.wrong {
            return vec![(wrong.clone(), Role::Error)];
        }
        if self.seats.is_empty() {
            return vec![
                ("Nobody stands in the list of people yet.".to_owned(), Role::Warn),
                ("+ adds somebody; Enter goes on without attendance. Decisions and actions need an owner from that list.".to_owned(), Role::Text),
            ];
        }
        let here: Vec<Side> = self
            .seats
            .iter()
            .filter(|s| s.here)
            .map(|s| s.side)
            .collect();
        let mut told = vec![(words::by_side(here.iter().copied()), Role::Strong)];
        let missing: Vec<&str> = self.missing().map(Side::label).collect();
        if !missing.is_empty() {
            let who = missing.join(" and nobody of ");
            told.push((format!("! nobody of {who} is there: both sides should be; criteria cannot be signed until they are"), Role::Warn));
        }
        told
    }

    /// Draws it as a popup.
    pub(super) fn draw(&mut self, title: &str, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let width = screen.width.saturating_sub(4).min(72);
        let room = usize::from(width.saturating_sub(4));
        let told = self.told().into_iter().flat_map(|(words, role)| {
            let lines = text::wrap(&text::clean(&words), room);
            lines.into_iter().map(move |line| (line, role))
        });
        let told: Vec<(String, Role)> = told.collect();
        let lines = self.lines();
        let foot = told.len() as u16 + 1;
        let height = lines.len().min(80) as u16 + foot + 2;
        let inner = popup(buffer, screen, (width, height), title, "", theme);
        let page = inner.height.saturating_sub(foot);
        self.list = Rect {
            height: page,
            ..inner
        };
        let at = lines
            .iter()
            .position(|line| *line == Some(self.marked))
            .unwrap_or(0);
        let page_len = usize::from(page).max(1);
        self.offset = self
            .offset
            .clamp((at + 1).saturating_sub(page_len), at.saturating_sub(1));
        let mut ink = Ink::new(buffer, inner);
        for (line, shown) in (0..page).zip(lines.iter().skip(self.offset)) {
            match shown {
                None => {
                    let next = lines
                        .get(self.offset + usize::from(line) + 1)
                        .copied()
                        .flatten();
                    let side = next.map_or("", |at| self.seats[at].side.label());
                    ink.write(line, 1, side, theme[Role::Heading]);
                }
                Some(at) => self.draw_seat(&mut ink, line, *at, theme),
            }
        }
        for (line, (words, role)) in (page + 1..).zip(&told) {
            ink.write(line, 1, words, theme[*role]);
        }
    }

    fn draw_seat(&self, ink: &mut Ink<'_>, line: u16, at: usize, theme: &Theme) {
        let seat = &self.seats[at];
        let letter = LETTERS.get(at).map_or(' ', |letter| char::from(*letter));
        ink.write(line, 2, &letter.to_string(), theme[Role::Key]);
        let mark = if seat.here { "[x]" } else { "[ ]" };
        let role = if seat.here { Role::Strong } else { Role::Text };
        ink.write(line, 4, mark, theme[role]);
        let wide = (text::width(&seat.handle) as u16).min(ink.width() / 3);
        let room = ink.width().saturating_sub(wide + 10);
        ink.field(line, 8, room, &seat.name, Align::Left, theme[role]);
        let end = ink.width().saturating_sub(wide + 1);
        ink.field(
            line,
            end,
            wide,
            &seat.handle,
            Align::Right,
            theme[Role::Dim],
        );
        if at == self.marked {
            ink.style(line, 0, ink.width(), theme[Role::Selection]);
        }
    }
}
