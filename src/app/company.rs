//! Who else sits at this workspace: what this terminal tells them, and what is shown of them. Writes and reads nothing itself.

use super::follow::Stance;
use super::overlay::Overlay;
use super::{App, Effect, Stage};
use crate::domain::presence::{self, Doing, Seat, Thing, Touch};
use crate::keymap::{self, Context};
use crate::screens::fetch::Fetch;
use crate::screens::model::Hand;
use crate::theme::Role;
use crate::widgets::{Paragraph, Reader};

/// The title of the window that lists everybody.
const EVERYBODY: &str = "Who is here";

impl App {
    /// Others have come, gone or moved.
    pub fn company(&mut self, others: Vec<Seat>) -> Vec<Effect> {
        let Stage::Room(room) = &mut self.stage else {
            self.waiting = others;
            return Vec::new();
        };
        let seen = |seats: &[Seat]| -> Vec<Seat> {
            let unseen = |seat: &Seat| Seat {
                shown: None,
                ..seat.clone()
            };
            seats.iter().map(unseen).collect()
        };
        // Where a presenter's cursor stands is no news for who does not follow.
        self.changed |= seen(room.model.others()) != seen(&others);
        if self.hand == Hand::ReadsOnly && room.model.others().is_empty() && !others.is_empty() {
            // A reader is not seen before somebody is here who can write: now it can be told.
            self.told = None;
        }
        room.model.set_others(others);
        let list = self.everybody_now();
        for overlay in &mut self.overlays {
            if let Overlay::Reader(title, reader) = overlay
                && title == EVERYBODY
            {
                reader.replace(Reader::new(list.clone()));
            }
        }
        self.go_along()
    }

    /// What the others are to be told, if it is something new.
    pub fn news_of_me(&mut self) -> Option<Seat> {
        let seat = self.seat()?;
        if self.told.as_ref() == Some(&seat) {
            return None;
        }
        self.told = Some(seat.clone());
        Some(seat)
    }

    fn seat(&self) -> Option<Seat> {
        let Stage::Room(room) = &self.stage else {
            return None;
        };
        let me = room.model.me().map(|person| person.name.clone());
        let place = keymap::binding(Context::Global, room.place.action());
        Some(Seat {
            name: me.unwrap_or_else(|| self.who.os_user.clone()),
            place: place.map_or("", |binding| binding.label).to_owned(),
            doing: self.doing(),
            turn: self.turn(),
            follows: self.stance == Stance::Follows,
            shown: self.turn().map(|_| self.shown()),
            ..Seat::default()
        })
    }

    /// What is open here: a card over everything, else what the screen says.
    fn doing(&self) -> Option<Doing> {
        let Stage::Room(room) = &self.stage else {
            return None;
        };
        let card = self
            .overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Card(Fetch::Lead(id), _) => Some(Thing::Lead(id.0)),
                Overlay::Card(Fetch::Deal(id), _) => Some(Thing::Deal(id.0)),
                _ => None,
            });
        let asked = match self.overlays.last() {
            Some(Overlay::Asked(asked)) => Some(asked.doing()),
            _ => None,
        };
        asked
            .or_else(|| card.map(Doing::looking))
            .or_else(|| room.doing())
    }

    /// What stands at the end of the last line: who has the same thing open, else who is here.
    pub(super) fn beside(&self, columns: u16) -> (String, Role) {
        let Stage::Room(room) = &self.stage else {
            return (String::new(), Role::Dim);
        };
        let (others, columns) = (room.model.others(), usize::from(columns));
        let cut = |words: &str| {
            let words = crate::text::clean(words);
            crate::text::truncate(&words, columns).into_owned()
        };
        let call = self.call();
        let mine = self.doing();
        let alike = mine.and_then(|mine| Seat::same_thing(&mine, others));
        match alike {
            Some((seat, theirs)) if theirs.touch == Touch::Edits => {
                return (cut(&theirs.beside(&seat.name)), Role::Warn);
            }
            // Who goes along has the same open all the time.
            Some((seat, theirs)) if self.stance == Stance::Roams => {
                return (cut(&theirs.beside(&seat.name)), Role::Dim);
            }
            _ => {}
        }
        match call.filter(|call| crate::text::width(call) <= columns) {
            Some(call) => (call, Role::Notice),
            None => (presence::line(others, columns), Role::Dim),
        }
    }

    /// The window that lists everybody.
    pub(super) fn everybody(&self) -> Overlay {
        Overlay::Reader(EVERYBODY.to_owned(), Reader::new(self.everybody_now()))
    }

    fn everybody_now(&self) -> Vec<Paragraph> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let others = room.model.others();
        let mut list = Vec::new();
        if let Some(mine) = self.seat() {
            let me = format!("{} (this terminal)", mine.name);
            list.push(Paragraph::Entry(me, mine.whereabouts()));
        }
        for seat in others {
            list.push(Paragraph::Entry(seat.name.clone(), seat.whereabouts()));
        }
        list.push(Paragraph::Gap);
        if others.is_empty() {
            let alone = "Nobody else has this workspace open on this computer.";
            list.push(Paragraph::Text(alone.to_owned()));
        }
        if self.hand == Hand::ReadsOnly {
            let reader =
                "This terminal reads only: others see it once somebody who can write is here.";
            list.push(Paragraph::Text(reader.to_owned()));
        }
        list
    }
}
