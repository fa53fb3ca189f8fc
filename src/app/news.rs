//! What the loop brings: a history that was read, lines and cards that windows asked for, what became of a change. Asks for
//! what is still missing; computes nothing.

use std::sync::Arc;

use super::minutes::turns_a_page;
use super::overlay::Overlay;
use super::room::Room;
use super::{App, Done, Effect, Fetch, Fetched, History, Made, Seen, Stage, Write};
use crate::domain::command::Command;
use crate::screens::Place;
use crate::screens::filters::Filters;
use crate::screens::look::First;

/// Which key takes it back.
fn way_back(write: &Write) -> &'static str {
    match write {
        write if turns_a_page(write) => "it stands on the record",
        Write::One(command) | Write::As(_, command) if matches!(**command, Command::Undo(_)) => {
            "Ctrl-R does it again"
        }
        _ => "u undoes",
    }
}

impl App {
    /// The history has been read, for the first time or anew.
    pub fn loaded(&mut self, history: Arc<History>) -> Vec<Effect> {
        self.changed = true;
        self.progress = None;
        let Stage::Room(room) = &mut self.stage else {
            let people = &history.book.people;
            let is_here = |named: &String| people.iter().any(|person| person.handle == *named);
            let named = self
                .who
                .named
                .take_if(|named| !people.is_empty() && !is_here(named));
            let mut room = Room::new(history, self.who.clone(), self.hand);
            room.model.set_clock(self.clock);
            room.model.set_others(std::mem::take(&mut self.waiting));
            self.stage = Stage::Room(Box::new(room));
            if let Some(named) = named {
                self.say_failed(format!(
                    "There is nobody '{named}' in this workspace; who sits here is asked at the first change"
                ));
            }
            return self.wanted();
        };
        // What is in sight stays until what is in sight of the newer rows has been added up.
        room.model.refresh(history);
        self.wanted()
    }

    /// The board has been added up: over the same rows, or over newer ones that every screen now follows.
    fn added_up(&mut self, seen: &Arc<Seen>) -> Vec<Effect> {
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        let before = room.model.history();
        if !room.model.show(seen) {
            return self.wanted();
        }
        let (screens, model) = room.all();
        for screen in screens {
            screen.refreshed(model);
        }
        let mut again = Vec::new();
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::Card(of, _) => again.push(Effect::Fetch(of.clone())),
                Overlay::Rows(rows) => **rows = rows.refreshed(&before.facts, &room.model),
                Overlay::Filters(filters) => {
                    *filters = Filters::new(&room.model);
                }
                _ => {}
            }
        }
        again.extend(self.asked_refreshed());
        again.extend(self.wanted());
        again
    }

    /// What was asked for has been read.
    pub fn fetched(&mut self, asked: &Fetch, fetched: &Fetched) -> Vec<Effect> {
        self.changed = true;
        if let Fetched::Board(seen) = fetched {
            let mut effects = self.added_up(seen);
            effects.extend(self.go_along());
            return effects;
        }
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        if let Fetched::Drift(found) = fetched {
            room.model.take_drifts(found);
        }
        let (screens, model) = room.all();
        for screen in screens {
            screen.fetched(asked, fetched, model);
        }
        match room.card(fetched) {
            Some(card) => match self.overlays.last_mut() {
                // The next card of the same list takes the place of the one before.
                Some(Overlay::Card(of, shown)) if of == asked => shown.replace(card),
                Some(Overlay::Card(of, shown)) => {
                    *of = asked.clone();
                    *shown = card;
                }
                Some(Overlay::Rows(_)) => {
                    self.overlays.push(Overlay::Card(asked.clone(), card));
                }
                // The list was closed before its card came.
                _ => {}
            },
            None if *fetched == Fetched::Gone => {
                self.say_failed("This row has been deleted meanwhile");
            }
            None => {
                for overlay in &mut self.overlays {
                    if let Overlay::Rows(rows) = overlay {
                        rows.take(asked, fetched, &room.model);
                    }
                }
                return self.wanted();
            }
        }
        self.wanted()
    }

    /// A change was written, or refused and why.
    pub fn written(&mut self, write: &Write, done: Result<&Done, &str>) -> Vec<Effect> {
        self.changed = true;
        match done {
            Ok(done) => {
                let notes = done.notes.iter().map(String::as_str);
                let words: Vec<&str> = std::iter::once(done.summary.as_str())
                    .chain(notes)
                    .chain((done.made == Made::Change).then(|| way_back(write)))
                    .collect();
                self.say_done(words.join(" · "));
                if done.made == Made::Change {
                    self.trail.note(write);
                }
            }
            Err(why) => self.say_failed(why),
        }
        let mut effects = self.in_room(|screen, model| screen.written(write, done, model));
        effects.extend(self.asked_written(write, done));
        effects.extend(self.wanted());
        effects
    }

    /// What the screen and the open windows need before they can be drawn whole.
    pub(super) fn wanted(&mut self) -> Vec<Effect> {
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        // Elsewhere no figure of the board is in sight.
        let of_figures =
            |overlay: &Overlay| matches!(overlay, Overlay::Rows(_) | Overlay::Asked(_));
        let figures = matches!(room.place, Place::Scoreboard | Place::Meeting)
            || self.overlays.iter().any(of_figures);
        let first = if figures { First::Figures } else { First::Rows };
        let (screen, model) = room.here();
        let mut effects: Vec<Effect> = model
            .wanted(first)
            .into_iter()
            .chain(screen.wanted(model))
            .map(Effect::Fetch)
            .collect();
        if effects.contains(&Effect::Fetch(Fetch::Drift)) {
            model.drift_is_asked();
        }
        effects.extend(room.left_behind().map(Effect::Fetch));
        let of_rows = |overlay: &Overlay| match overlay {
            Overlay::Rows(rows) => rows.wanted(room.model.facts()).map(Effect::Fetch),
            _ => None,
        };
        effects.extend(self.overlays.iter().filter_map(of_rows));
        effects
    }
}
