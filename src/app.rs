//! Routes keys and clicks to what is open and says what the loop has to do. No business, no terminal, no store.

mod overlay;

use crossterm::event::{Event, KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

pub use crate::screens::setup::Beginning;

use crate::keymap::{self, Action, Chord, Context};
use crate::screens::setup::Setup;
use crate::screens::{footer, help, palette::Palette};
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Notice, ProgressLine, Side};
use overlay::Overlay;

/// The smallest screen that is drawn.
const SMALLEST: (u16, u16) = (60, 20);

/// What the loop has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the session.
    Leave,
    /// End the session and begin with this.
    Begin(Beginning),
    /// Stop the program until the shell continues it.
    Suspend,
    /// Send the whole screen anew.
    Redraw,
    /// Hand the mouse over.
    ToggleMouse,
    /// Put text on the clipboard.
    Copy {
        /// What it is, for the notice.
        what: String,
        /// The text.
        text: String,
    },
}

/// The state of what is on screen.
pub struct App {
    theme: Theme,
    stage: Stage,
    overlays: Vec<Overlay>,
    notice: Option<Notice>,
    progress: Option<ProgressLine>,
    /// Ctrl-C was the last key.
    leaving: bool,
    changed: bool,
}

enum Stage {
    Setup(Setup),
    Opening,
}

impl App {
    /// Asks what to begin with.
    pub fn first_run(theme: Theme, place: String) -> Self {
        Self::new(theme, Stage::Setup(Setup::new(place)))
    }

    /// Waits for the history.
    pub fn opening(theme: Theme) -> Self {
        Self::new(theme, Stage::Opening)
    }

    fn new(theme: Theme, stage: Stage) -> Self {
        Self {
            theme,
            stage,
            overlays: Vec::new(),
            notice: None,
            progress: None,
            leaving: false,
            changed: true,
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

    /// Shows work in the background, or that it is over.
    pub fn progress(&mut self, progress: Option<ProgressLine>) {
        self.changed |= self.progress != progress;
        self.progress = progress;
    }

    /// Takes a key, a paste, a click or a new size.
    pub fn input(&mut self, event: &Event) -> Vec<Effect> {
        self.changed = true;
        match event {
            Event::Key(key) => self.key(*key),
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Paste(text) => {
                if let Some(overlay) = self.overlays.last_mut() {
                    overlay.paste(text);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn context(&self) -> Context {
        match (self.overlays.last(), &self.stage) {
            (Some(overlay), _) => overlay.context(),
            (None, Stage::Setup(_)) => Context::Setup,
            (None, Stage::Opening) => Context::Global,
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        let chord = Chord::from(key);
        let Some(action) = keymap::action(self.context(), chord) else {
            self.leaving = false;
            if let Some(overlay) = self.overlays.last_mut() {
                overlay.key(key);
            }
            return Vec::new();
        };
        let again = self.leaving && action == Action::Leave;
        self.leaving = action == Action::Leave;
        match action {
            Action::Leave if again => vec![Effect::Leave],
            Action::Leave => {
                self.say_done("Ctrl-C again leaves");
                Vec::new()
            }
            Action::Back if self.overlays.pop().is_some() => Vec::new(),
            Action::Back if key.code == KeyCode::Esc => {
                self.say_done("q leaves");
                Vec::new()
            }
            action => self.perform(action),
        }
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
            action => return self.pass_on(action),
        }
        Vec::new()
    }

    /// Gives an action to what is on top.
    fn pass_on(&mut self, action: Action) -> Vec<Effect> {
        if let Some(Overlay::Palette(palette)) = self.overlays.last()
            && action == Action::Open
        {
            let chosen = palette.choice();
            self.overlays.pop();
            return chosen
                .map(|action| self.perform(action))
                .unwrap_or_default();
        }
        if let Some(overlay) = self.overlays.last_mut() {
            return overlay.update(action);
        }
        match &mut self.stage {
            Stage::Setup(setup) => setup
                .update(action)
                .map(Effect::Begin)
                .into_iter()
                .collect(),
            Stage::Opening => Vec::new(),
        }
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        match mouse.kind {
            MouseEventKind::ScrollUp => self.pass_on(Action::Up),
            MouseEventKind::ScrollDown => self.pass_on(Action::Down),
            MouseEventKind::Down(MouseButton::Left) => self.click(mouse.column, mouse.row),
            _ => Vec::new(),
        }
    }

    fn click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        if let Some(overlay) = self.overlays.last_mut() {
            return if overlay.click(column, row) {
                self.pass_on(Action::Open)
            } else {
                Vec::new()
            };
        }
        match &mut self.stage {
            Stage::Setup(setup) => setup
                .click(column, row)
                .map(Effect::Begin)
                .into_iter()
                .collect(),
            Stage::Opening => Vec::new(),
        }
    }

    /// Draws everything. Reads nothing.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let buffer = frame.buffer_mut();
        buffer.set_style(area, self.theme[Role::Text]);
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            let mut ink = Ink::new(buffer, area);
            let size = format!("{} × {}", area.width, area.height);
            let wanted = format!("at least {} × {} is needed", SMALLEST.0, SMALLEST.1);
            let middle = area.height.saturating_sub(3) / 2;
            for (line, text) in (middle..).zip(["This window is too small", &size, &wanted]) {
                ink.field(
                    line,
                    0,
                    area.width,
                    text,
                    Side::Centre,
                    self.theme[Role::Strong],
                );
            }
            return;
        }
        let body = Rect {
            height: area.height - 1,
            ..area
        };
        match &mut self.stage {
            Stage::Setup(setup) => setup.draw(buffer, body, &self.theme),
            Stage::Opening => {
                let mut ink = Ink::new(buffer, body);
                let middle = body.height / 2;
                ink.field(
                    middle,
                    0,
                    body.width,
                    "smarketing",
                    Side::Centre,
                    self.theme[Role::Title],
                );
            }
        }
        for overlay in &mut self.overlays {
            overlay.draw(buffer, body, &self.theme);
        }
        let context = self.context();
        let mut ink = Ink::new(
            buffer,
            Rect {
                y: area.bottom() - 1,
                height: 1,
                ..area
            },
        );
        match (&self.notice, &self.progress) {
            (Some(notice), _) => notice.draw(&mut ink, 0, &self.theme),
            (None, Some(progress)) => progress.draw(&mut ink, 0, &self.theme),
            (None, None) => footer::draw(&mut ink, 0, context, &self.theme),
        }
    }
}

#[cfg(test)]
mod tests;
