//! The open workspace: its screens, the numbers that they share, and the windows that they open.

use std::sync::Arc;

use super::overlay::Overlay;
use super::{App, Effect, Stage};
use crate::domain::book::Who;
use crate::domain::presence::{Doing, Part};
use crate::keymap::{self, Action, Context};
use crate::screens::criteria::Criteria;
use crate::screens::fetch::{Fetch, Fetched};
use crate::screens::filters::Filters;
use crate::screens::labels::label;
use crate::screens::leads::Leads;
use crate::screens::meeting::{MeetingRoom, Under};
use crate::screens::model::{Hand, History, Model};
use crate::screens::periods::Periods;
use crate::screens::pipeline::Pipeline;
use crate::screens::rejections::Rejections;
use crate::screens::rows::Rows;
use crate::screens::scoreboard::{ItemKey, Scoreboard};
use crate::screens::settings::Settings;
use crate::screens::tabs::Tabs;
use crate::screens::{Opening, Outcome, Place, Screen, card, explain};
use crate::widgets::Reader;

/// The screens and what they show.
pub(super) struct Room {
    pub(super) model: Model,
    pub(super) place: Place,
    board: Scoreboard,
    leads: Leads,
    rejections: Rejections,
    criteria: Criteria,
    pipeline: Pipeline,
    meeting: MeetingRoom,
    settings: Settings,
    /// The screen before this one.
    before: Place,
    /// Where the screens' names were drawn last in the first line.
    pub(super) tabs: Tabs,
}

impl Room {
    pub(super) fn new(history: Arc<History>, who: Who, hand: Hand) -> Self {
        Self {
            model: Model::new(history).seen_by(who).held(hand),
            place: Place::Scoreboard,
            board: Scoreboard::default(),
            leads: Leads::default(),
            rejections: Rejections::default(),
            criteria: Criteria::default(),
            pipeline: Pipeline::default(),
            meeting: MeetingRoom::default(),
            settings: Settings::default(),
            before: Place::Scoreboard,
            tabs: Tabs::new(),
        }
    }

    /// The screen in sight and the numbers it shows.
    pub(super) fn here(&mut self) -> (&mut dyn Screen, &mut Model) {
        let screen: &mut dyn Screen = match self.place {
            Place::Scoreboard => &mut self.board,
            Place::Leads => &mut self.leads,
            Place::Rejections => &mut self.rejections,
            Place::Criteria => &mut self.criteria,
            Place::Pipeline => &mut self.pipeline,
            Place::Meeting => &mut self.meeting,
            Place::Settings => &mut self.settings,
        };
        (screen, &mut self.model)
    }

    /// Every screen, in sight or not.
    pub(super) fn all(&mut self) -> ([&mut dyn Screen; 7], &Model) {
        (
            [
                &mut self.board,
                &mut self.leads,
                &mut self.rejections,
                &mut self.criteria,
                &mut self.pipeline,
                &mut self.meeting,
                &mut self.settings,
            ],
            &self.model,
        )
    }

    /// The screen in sight, to be asked only.
    fn screen(&self) -> &dyn Screen {
        match self.place {
            Place::Scoreboard => &self.board,
            Place::Leads => &self.leads,
            Place::Rejections => &self.rejections,
            Place::Criteria => &self.criteria,
            Place::Pipeline => &self.pipeline,
            Place::Meeting => &self.meeting,
            Place::Settings => &self.settings,
        }
    }

    /// What a screen that is out of sight lets go of.
    pub(super) fn left_behind(&mut self) -> Option<Fetch> {
        let is_out_of_sight = self.place != Place::Criteria;
        is_out_of_sight.then(|| self.criteria.rests())?
    }

    /// Where the keys of the screen in sight stand in the table.
    pub(super) fn context(&self) -> Context {
        self.screen().context()
    }

    /// What the footer says instead of the hints of the context.
    pub(super) fn hints(&self) -> Vec<(Action, &'static str)> {
        self.screen().hints()
    }

    /// What the screen in sight shows.
    pub(super) fn part(&self) -> Part {
        self.screen().part(&self.model)
    }

    /// What is open on the screen in sight.
    pub(super) fn doing(&self) -> Option<Doing> {
        self.screen().doing(&self.model)
    }

    /// What is under the cursor of the screen in sight.
    pub(super) fn under(&self) -> Under {
        self.screen().under(&self.model)
    }

    /// Shows a screen.
    pub(super) fn go(&mut self, place: Place) {
        if place != self.place {
            self.before = std::mem::replace(&mut self.place, place);
        }
    }

    /// From the settings to the screen they were opened from, from any other to the board; false at the very bottom.
    pub(super) fn leave(&mut self) -> bool {
        let here = self.place;
        self.place = match here {
            Place::Settings => self.before,
            _ => Place::Scoreboard,
        };
        here != self.place
    }

    /// The window that explains a number.
    pub(super) fn explain(&self, key: ItemKey) -> Overlay {
        Overlay::Reader(
            label(key.metric()).to_owned(),
            explain::reader(key, &self.model),
        )
    }

    /// The card, if that is what was read.
    pub(super) fn card(&self, fetched: &Fetched) -> Option<Reader> {
        let calendar = &self.model.book().calendar;
        match fetched {
            Fetched::Lead(lead) => {
                let (book, now) = (self.model.book(), self.model.now());
                Some(card::judged(lead, None, book, now))
            }
            Fetched::Deal(deal) => Some(card::deal(deal, calendar)),
            _ => None,
        }
    }

    fn open(&self, opening: Opening) -> Overlay {
        match opening {
            Opening::Rows(key) => Overlay::Rows(Box::new(Rows::new(key, &self.model))),
            Opening::Explain(key) => self.explain(key),
            Opening::Text(title, text) => Overlay::Reader(title.to_owned(), Reader::new(text)),
            Opening::Periods => Overlay::Periods(Periods::new(&self.model)),
            Opening::Filters => Overlay::Filters(Filters::new(&self.model)),
        }
    }
}

impl App {
    /// Shows a screen; false where there is none yet.
    pub(super) fn go(&mut self, place: Place) -> bool {
        self.overlays.clear();
        match &mut self.stage {
            Stage::Room(room) => {
                room.go(place);
                true
            }
            _ => false,
        }
    }

    /// What the footer says instead of the hints of the context.
    pub(super) fn hints(&self) -> Vec<(Action, &'static str)> {
        match (self.overlays.last(), &self.stage) {
            (None, Stage::Room(room)) => room.hints(),
            _ => Vec::new(),
        }
    }

    /// Does what a screen has answered.
    pub(super) fn settle(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Nothing => Vec::new(),
            Outcome::Copy { what, text } => vec![Effect::Copy { what, text }],
            Outcome::Page(order) => vec![Effect::Page(order)],
            Outcome::Say(text) => {
                self.say_done(text);
                Vec::new()
            }
            Outcome::Refuse(text) => {
                self.say_failed(text);
                Vec::new()
            }
            Outcome::Write(write) => self.write(write),
            Outcome::Read(fetch) => vec![Effect::Fetch(fetch)],
            Outcome::Go(place) => {
                self.go(place);
                Vec::new()
            }
            Outcome::Ask(question) => {
                self.ask(question);
                Vec::new()
            }
            Outcome::Press(action) => {
                let binding = keymap::binding(self.context(), action);
                binding.map_or_else(Vec::new, |binding| self.dispatch(binding))
            }
            Outcome::Open(opening) => {
                if let Stage::Room(room) = &self.stage {
                    let overlay = room.open(opening);
                    self.overlays.push(overlay);
                }
                Vec::new()
            }
        }
    }
}
