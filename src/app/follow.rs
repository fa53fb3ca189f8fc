//! One terminal presents, others follow what it shows or roam. Moves what is in sight; changes nothing else.

use super::overlay::Overlay;
use super::{App, Effect, Stage};
use crate::domain::ids::{LeadId, OpportunityId};
use crate::domain::presence::{self, Seat, Shown, Window};
use crate::keymap::{self, Action, Context};
use crate::screens::Place;
use crate::screens::fetch::Fetch;
use crate::screens::rows::Rows;
use crate::screens::scoreboard::ItemKey;

/// What this terminal is to the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stance {
    /// It goes its own way.
    #[default]
    Roams,
    /// It shows what the presenter's shows.
    Follows,
    /// Others may follow it, since that turn.
    Presents(u64),
}

/// Keys that do not leave the presenter's way.
pub(super) const fn goes_along(action: Action) -> bool {
    matches!(
        action,
        Action::Help
            | Action::Palette
            | Action::WhoIsHere
            | Action::Follow
            | Action::Present
            | Action::NextTheme
            | Action::Mouse
            | Action::Redraw
            | Action::Suspend
            | Action::Leave
            | Action::Copy
    )
}

fn label(place: Place) -> &'static str {
    keymap::binding(Context::Global, place.action()).map_or("", |binding| binding.label)
}

fn key(action: Action) -> String {
    let binding = keymap::binding(Context::Global, action);
    binding.map_or_else(String::new, |binding| binding.chords[0].to_string())
}

impl App {
    /// The turn in which this terminal presents.
    pub(super) fn turn(&self) -> Option<u64> {
        match self.stance {
            Stance::Presents(turn) => Some(turn),
            Stance::Roams | Stance::Follows => None,
        }
    }

    fn presenter(&self) -> Option<Seat> {
        let Stage::Room(room) = &self.stage else {
            return None;
        };
        presence::presenter(room.model.others()).cloned()
    }

    /// Begins to present, or ends it. Where somebody else presents, only the second key in a row takes over.
    pub(super) fn present(&mut self) {
        if !matches!(self.stage, Stage::Room(_)) {
            return;
        }
        if self.turn().is_some() {
            self.stance = Stance::Roams;
            return self.say_done("You no longer present");
        }
        let other = self.presenter();
        if let Some(other) = &other
            && !self.takes_over
        {
            self.takes_over = true;
            let (who, key) = (other.name.clone(), key(Action::Present));
            return self.say_done(format!("{who} presents; {key} again takes over"));
        }
        self.takes_over = false;
        let last = other.and_then(|seat| seat.turn).unwrap_or_default();
        self.stance = Stance::Presents(last.saturating_add(1));
        let (follow, present) = (key(Action::Follow), key(Action::Present));
        self.say_done(format!(
            "You present: others follow with {follow}; {present} ends it"
        ));
    }

    /// Whose terminal opens a meeting presents it from then on, unless somebody does already; once it is closed, no more.
    pub(super) fn present_alone(&mut self, runs: bool) {
        match (self.turn(), self.presenter()) {
            (None, None) if runs => self.stance = Stance::Presents(1),
            (Some(_), _) if !runs => self.stance = Stance::Roams,
            _ => {}
        }
    }

    /// Says where figures are shown three lines tall, on a screen that has none.
    pub(super) fn say_where_figures_are_big(&mut self) {
        let Stage::Room(room) = &self.stage else {
            return;
        };
        let has_none = matches!(
            room.place,
            Place::Leads | Place::Rejections | Place::Pipeline | Place::Settings
        );
        if has_none {
            self.say_done(
                "Big figures stand on 1 Scoreboard, 4 Criteria and 6 Meeting: go there, then P",
            );
        }
    }

    /// Follows whoever presents.
    pub(super) fn follow_again(&mut self) -> Vec<Effect> {
        match (self.turn(), self.presenter()) {
            (Some(_), _) => self.say_done("You present; others follow you"),
            (None, None) => self.say_failed(format!(
                "Nobody presents, so there is nobody to follow; {} presents",
                key(Action::Present)
            )),
            (None, Some(seat)) => {
                self.stance = Stance::Follows;
                self.say_done(format!("You follow {}; any key of yours roams", seat.name));
                return self.go_along();
            }
        }
        Vec::new()
    }

    /// Goes its own way.
    pub(super) fn roam(&mut self) {
        if self.stance == Stance::Follows {
            self.stance = Stance::Roams;
            self.say_done(format!("You roam; {} follows again", key(Action::Follow)));
        }
    }

    /// Says at the end of the last line that somebody presents.
    pub(super) fn call(&self) -> Option<String> {
        let followers = |seats: &[Seat]| seats.iter().filter(|seat| seat.follows).count();
        match (self.stance, self.presenter(), &self.stage) {
            (Stance::Presents(_), _, Stage::Room(room)) => Some(format!(
                "▶ you present · {} follow",
                followers(room.model.others())
            )),
            (Stance::Follows, Some(seat), _) => Some(format!("▶ following {}", seat.first_name())),
            (_, Some(seat), _) => {
                let key = key(Action::Follow);
                Some(format!("▶ {} presents · {key} follows", seat.first_name()))
            }
            _ => None,
        }
        .map(|call| crate::text::clean(&call).into_owned())
    }

    /// What this terminal shows.
    pub(super) fn shown(&self) -> Shown {
        let Stage::Room(room) = &self.stage else {
            return Shown::default();
        };
        Shown {
            part: room.part(),
            over: self.over(),
            ..room.model.shown()
        }
    }

    fn over(&self) -> Vec<Window> {
        let window = |overlay: &Overlay| match overlay {
            Overlay::Rows(rows) => Some(Window::Rows(rows.key.word())),
            Overlay::Card(Fetch::Lead(id), _) => Some(Window::Lead(id.0)),
            Overlay::Card(Fetch::Deal(id), _) => Some(Window::Deal(id.0)),
            _ => None,
        };
        self.overlays.iter().filter_map(window).collect()
    }

    /// Somebody took over, stopped presenting or moved on: shows the same, where this terminal follows.
    pub(super) fn go_along(&mut self) -> Vec<Effect> {
        let presenter = self.presenter();
        if let (Some(mine), Some(seat)) = (self.turn(), &presenter)
            && seat.turn > Some(mine)
        {
            self.stance = Stance::Roams;
            let (who, key) = (seat.name.clone(), key(Action::Follow));
            self.say_done(format!("{who} presents now; {key} follows"));
        }
        if self.stance != Stance::Follows {
            return Vec::new();
        }
        let Some(seat) = presenter else {
            self.stance = Stance::Roams;
            self.say_done("Nobody presents any more; you roam");
            return Vec::new();
        };
        let Some(shown) = &seat.shown else {
            return Vec::new();
        };
        // What one has open to be changed is not taken away.
        if self.shown() == *shown && self.is_at(&seat.place) || self.is_busy() {
            return Vec::new();
        }
        self.changed = true;
        // Whom one follows stands in the last line from here on.
        self.notice = None;
        self.look_at(&seat.place, shown)
    }

    fn is_at(&self, place: &str) -> bool {
        matches!(&self.stage, Stage::Room(room) if label(room.place) == place)
    }

    /// Whether a window lies over everything that followers do not share: help, a list to choose from.
    pub(super) fn is_busy(&self) -> bool {
        let reading = |overlay: &Overlay| matches!(overlay, Overlay::Rows(_) | Overlay::Card(..));
        !self.overlays.iter().all(reading)
    }

    fn look_at(&mut self, place: &str, shown: &Shown) -> Vec<Effect> {
        let over = self.over();
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        let wanted = Place::ALL.into_iter().find(|known| label(*known) == place);
        let moved = wanted.is_some_and(|wanted| wanted != room.place);
        if let Some(wanted) = wanted {
            room.go(wanted);
        }
        room.model.look_at(shown);
        let (screen, model) = room.here();
        screen.show(&shown.part, model);
        let mut effects = Vec::new();
        // Rows stand behind a number: they are opened once it is in sight.
        let windows = if room.model.is_adding_up() {
            &[][..]
        } else {
            &shown.over[..]
        };
        if moved || over != windows {
            self.overlays.clear();
            for window in windows {
                match window {
                    Window::Rows(word) => {
                        let rows = ItemKey::named(word).map(|key| Rows::new(key, &room.model));
                        let rows = rows.map(|rows| Overlay::Rows(Box::new(rows)));
                        self.overlays.extend(rows);
                    }
                    Window::Lead(id) => effects.push(Effect::Fetch(Fetch::Lead(LeadId(*id)))),
                    Window::Deal(id) => {
                        effects.push(Effect::Fetch(Fetch::Deal(OpportunityId(*id))));
                    }
                }
            }
        }
        effects.extend(self.wanted());
        effects
    }
}
