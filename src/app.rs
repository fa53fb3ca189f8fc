//! Routes keys and clicks to what is open and says what the loop has to do. No business, no terminal, no store.

mod author;
mod choose;
mod clash;
mod company;
mod effect;
mod follow;
mod minutes;
mod mouse;
mod news;
mod overlay;
mod room;
mod trail;
mod view;

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent};

pub use crate::metrics::Table;
pub use crate::screens::criteria::{Agreed, Answer, Past, Question};
pub use crate::screens::fetch::{Done, Fetch, Fetched, Listed, Made, Write};
pub use crate::screens::judge;
pub use crate::screens::look::{Look, Seen};
pub use crate::screens::model::{Hand, History};
pub use crate::screens::paper::{NotWritten, Order, Over, Page};
pub use crate::screens::setup::Beginning;
pub use effect::Effect;

use crate::domain::book::Who;
use crate::domain::ids::JournalId;
use crate::domain::moment::Moment;
use crate::domain::presence::Seat;
use crate::keymap::{self, Action, Binding, Chord, Context, Touch};
use crate::screens::model::{Model, READ_ONLY};
use crate::screens::setup::Setup;
use crate::screens::{Outcome, Place, Screen, help, palette::Palette};
use crate::theme::Theme;
use crate::widgets::{Notice, ProgressLine};
use follow::Stance;
use overlay::Overlay;
use room::Room;
use trail::Trail;

/// The state of what is on screen.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each remembers one thing that a key did, apart from the others"
)]
pub struct App {
    theme: Theme,
    who: Who,
    hand: Hand,
    clock: Option<Moment>,
    /// Somebody was asked who they are, and would not say.
    asked_who: bool,
    stage: Stage,
    overlays: Vec<Overlay>,
    notice: Option<Notice>,
    progress: Option<ProgressLine>,
    /// Ctrl-C was the last key.
    leaving: bool,
    changed: bool,
    /// The newest entry of the journal that was in sight when the open fields were opened.
    open_since: Option<JournalId>,
    /// Who made the changes of this session.
    trail: Trail,
    /// Presenting, following, or neither.
    stance: Stance,
    /// The key to present was the last one, while somebody else presents.
    takes_over: bool,
    /// What the others were told last.
    told: Option<Seat>,
    /// Others that were seen before the history was read.
    waiting: Vec<Seat>,
}

enum Stage {
    Setup(Setup),
    /// Waiting for the history; the name of the file.
    Opening(String),
    Room(Box<Room>),
}

impl App {
    /// Asks what to begin with.
    pub fn first_run(theme: Theme, place: String) -> Self {
        Self::new(theme, Stage::Setup(Setup::new(place)))
    }

    /// Waits for the history of that file; `who` sits here.
    pub fn opening(theme: Theme, place: String, who: Who) -> Self {
        Self {
            who,
            ..Self::new(theme, Stage::Opening(place))
        }
    }

    fn new(theme: Theme, stage: Stage) -> Self {
        Self {
            theme,
            who: Who::default(),
            hand: Hand::default(),
            clock: None,
            asked_who: false,
            stage,
            overlays: Vec::new(),
            notice: None,
            progress: None,
            leaving: false,
            changed: true,
            open_since: None,
            trail: Trail::default(),
            stance: Stance::default(),
            takes_over: false,
            told: None,
            waiting: Vec::new(),
        }
    }

    /// Says whether the workspace may be changed.
    #[must_use]
    pub fn held(mut self, hand: Hand) -> Self {
        self.hand = hand;
        self
    }

    /// Tells the time; what is done with the next key is done then.
    pub fn set_clock(&mut self, now: Moment) {
        self.clock = Some(now);
        if let Stage::Room(room) = &mut self.stage {
            room.model.set_clock(self.clock);
        }
    }

    /// Whether something has changed since the last call: then a frame is due.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// A frame is due.
    pub fn changed(&mut self) {
        self.changed = true;
    }

    /// Tells that something was done.
    pub fn say_done(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::done(text));
        self.changed = true;
    }

    /// Tells that something was not done, and why.
    pub fn say_failed(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::failed(text));
        self.changed = true;
    }

    /// Shows work in the background, with the part that is done; `None` when it is over.
    pub fn progress(&mut self, progress: Option<(&str, Option<f64>)>) {
        let progress = progress.map(|(what, part)| ProgressLine {
            what: what.to_owned(),
            part,
        });
        self.changed |= self.progress != progress;
        self.progress = progress;
    }

    /// Takes a key, a paste or a click.
    pub fn input(&mut self, event: &Event) -> Vec<Effect> {
        self.changed = true;
        self.note_opened();
        let mut effects = match event {
            Event::Key(key) => self.key(*key),
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Paste(text) => {
                if let Some(overlay) = self.overlays.last_mut() {
                    overlay.paste(text);
                    Vec::new()
                } else {
                    self.in_room(|screen, model| screen.pasted(text, model))
                }
            }
            _ => Vec::new(),
        };
        effects.extend(self.go_along());
        effects.extend(self.wanted());
        effects
    }

    /// The rows in sight; `None` while they are being read.
    pub fn history(&self) -> Option<Arc<History>> {
        match &self.stage {
            Stage::Room(room) => Some(room.model.history()),
            _ => None,
        }
    }

    /// Whether figures that somebody asked for are still being added up.
    pub fn is_adding_up(&self) -> bool {
        matches!(&self.stage, Stage::Room(room) if room.model.is_adding_up())
    }

    fn context(&self) -> Context {
        match (self.overlays.last(), &self.stage) {
            (Some(overlay), _) => overlay.context(),
            (None, Stage::Setup(_)) => Context::Setup,
            (None, Stage::Opening(_)) => Context::Global,
            (None, Stage::Room(room)) => room.context(),
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        let Some(binding) = keymap::meaning(self.context(), Chord::from(key)) else {
            self.leaving = false;
            if let Some(Overlay::Asked(_)) = self.overlays.last() {
                return self.in_asked(|asked, _| asked.key(key));
            }
            if let Some(overlay) = self.overlays.last_mut() {
                return match overlay.key(key) {
                    Some(choice) => self.settle_clash(choice),
                    None => Vec::new(),
                };
            }
            return self.in_room(|screen, model| screen.typed(key, model));
        };
        let action = binding.action;
        self.takes_over &= action == Action::Present;
        if !follow::goes_along(action) && !self.is_busy() {
            self.roam();
        }
        let again = self.leaving && action == Action::Leave;
        self.leaving = action == Action::Leave;
        match action {
            Action::Leave if again => vec![Effect::Leave],
            Action::Leave => {
                self.say_done("Ctrl-C again leaves");
                Vec::new()
            }
            Action::Back if self.is_clash_open() => self.settle_clash(clash::Choice::Edit),
            Action::Back if self.close_topmost() || self.back_in_room() => Vec::new(),
            Action::Back if key.code == KeyCode::Esc => {
                self.say_done("q leaves");
                Vec::new()
            }
            _ => self.dispatch(binding),
        }
    }

    /// Does what was asked for, unless it edits and nothing can be changed here.
    fn dispatch(&mut self, binding: &Binding) -> Vec<Effect> {
        if binding.touch == Touch::Edits && self.hand == Hand::ReadsOnly {
            self.say_failed(READ_ONLY);
            return Vec::new();
        }
        self.perform(binding.action)
    }

    fn perform(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Back => return vec![Effect::Leave],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            Action::Mouse => return vec![Effect::ToggleMouse],
            Action::Help => {
                let help = help::reader(self.context());
                self.overlays.push(Overlay::Reader("Keys".to_owned(), help));
            }
            Action::Palette => {
                let palette = Palette::new(self.context());
                self.overlays.push(Overlay::Palette(palette));
            }
            Action::NextTheme => {
                self.theme = self.theme.next();
                self.say_done(format!("Theme {}", self.theme.name()));
            }
            Action::Present => self.present(),
            Action::Follow => return self.follow_again(),
            Action::WhoIsHere => self.overlays.push(self.everybody()),
            Action::Presentation => {
                self.overlays.clear();
                let effects = self.on_stage(action);
                self.say_where_figures_are_big();
                return effects;
            }
            Action::RaiseIssue | Action::Decide | Action::TakeOn | Action::WriteNote => {
                self.write_down(action);
            }
            Action::GoOn => return self.next_item(),
            Action::Undo => return self.write(self.trail.undo()),
            Action::Redo => return self.write(self.trail.redo()),
            action => {
                let place = Place::ALL
                    .into_iter()
                    .find(|place| place.action() == action);
                if let Some(place) = place {
                    self.go(place);
                } else {
                    return self.pass_on(action);
                }
            }
        }
        Vec::new()
    }

    /// Closes what is open within the screen, else goes from another screen to the board; false at the very bottom.
    fn back_in_room(&mut self) -> bool {
        let Stage::Room(room) = &mut self.stage else {
            return false;
        };
        room.here().0.back() || room.leave()
    }

    /// Lets the screen in sight act, and does what it answers.
    fn in_room(&mut self, act: impl FnOnce(&mut dyn Screen, &mut Model) -> Outcome) -> Vec<Effect> {
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        let (screen, model) = room.here();
        let outcome = act(screen, model);
        self.settle(outcome)
    }

    /// Gives an action to what is on top.
    fn pass_on(&mut self, action: Action) -> Vec<Effect> {
        if let Some(Overlay::Asked(_)) = self.overlays.last() {
            return self.in_asked(|asked, model| asked.update(action, model));
        }
        let model = match &self.stage {
            Stage::Room(room) => Some(&room.model),
            _ => None,
        };
        let Some(overlay) = self.overlays.last_mut() else {
            return self.on_stage(action);
        };
        match action {
            Action::Copy => {
                return overlay
                    .copy(model)
                    .map(|(what, text)| Effect::Copy { what, text })
                    .into_iter()
                    .collect();
            }
            Action::Open => return self.choose(),
            Action::Next => return self.next_card(1),
            Action::Previous => return self.next_card(-1),
            Action::Explain => {
                if let (Overlay::Rows(rows), Stage::Room(room)) = (overlay, &self.stage) {
                    let explained = room.explain(rows.key);
                    self.overlays.push(explained);
                }
            }
            action => overlay.update(action, model),
        }
        Vec::new()
    }

    /// Gives an action to the screen itself.
    fn on_stage(&mut self, action: Action) -> Vec<Effect> {
        match &mut self.stage {
            Stage::Setup(setup) => setup
                .update(action)
                .map(Effect::Begin)
                .into_iter()
                .collect(),
            Stage::Opening(_) => Vec::new(),
            Stage::Room(_) => self.in_room(|screen, model| screen.update(action, model)),
        }
    }
}

#[cfg(test)]
mod tests;
