//! The loop: wait, act, fetch, draw. The only place where terminal, app and store meet; it knows no metric.

mod accountant;
mod ahead;
mod assessor;
mod checkup;
mod clerk;
mod clipboard;
mod crash;
mod finder;
mod guard;
mod historian;
mod judge;
mod listen;
mod manners;
mod pages;
mod pause;
mod screen;
mod staff;
mod suspend;
mod usher;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use chrono::Utc;
use crossterm::event::Event;

pub use crate::app::Beginning;
use crate::app::{App, Done, Effect, Fetch, Fetched, Hand, History, Write};
pub use crate::app::{NotWritten, Order, Over, Page};
use crate::domain::book::Who;
use crate::domain::clash::Clash;
use crate::domain::moment::Day;
use crate::domain::presence::Seat;
use crate::store::Access;
use crate::theme::Theme;
use ahead::Ahead;
use clerk::Task;
use guard::{Guard, Mouse};
use pages::Pages;
use screen::Screen;
use staff::Staff;

/// What to open, and how it looks.
#[derive(Debug)]
pub struct TuiOptions {
    /// The workspace file.
    pub file: PathBuf,
    /// Whether it is there.
    pub start: Start,
    /// The last day to look at; `None`: the workspace's own moment, else now.
    pub as_of: Option<Day>,
    /// Whether the file may be changed.
    pub access: Access,
    /// Who sits here.
    pub who: Who,
    /// Keeps the handle of somebody who has said who they are, for the next time.
    pub remember: fn(&str) -> Result<(), String>,
    /// Writes a page of the workspace to a file, as of a day; answers with the file's whole path.
    pub page: WritesPage,
    /// The theme.
    pub theme: Theme,
    /// Where a crash leaves its report; `None`: nowhere.
    pub reports: Option<PathBuf>,
}

/// Writes a page of a workspace to a file.
pub type WritesPage = fn(&Path, Option<Day>, &Order) -> Result<String, NotWritten>;

/// How the session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The file is there.
    Existing,
    /// There is no file: ask what to begin with.
    FirstRun,
}

/// How the session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The user has left, or the terminal is gone.
    Left,
    /// The first run chose what to begin with; nothing has been created yet.
    Begin(Beginning),
}

/// What the listening threads and the workers tell the loop.
enum Message {
    Input(Event),
    /// The terminal is gone, or a signal asks us to end.
    End,
    /// A timer runs, and a second has passed.
    Second,
    Resized,
    Suspend,
    Continued,
    /// A thread has panicked; the panic hook has written its report.
    Died(String),
    /// How much of the history has been read, where that is known.
    Progress(Option<f64>),
    /// The history, for the first time or anew.
    Loaded(Arc<History>),
    /// The file cannot be used at all.
    CannotOpen(String),
    /// Something could not be read just now.
    Trouble(String),
    /// What a window asked for.
    Fetched(Fetch, Fetched),
    /// Who sits at the other terminals.
    Company(Vec<Seat>),
    /// What became of a change.
    Written(Write, Result<Done, String>),
    /// It was not made: somebody changed the same thing since.
    Clashed(Write, Clash),
    /// What became of a page: where it lies, or why it was not written.
    Paged(Order, Result<String, NotWritten>),
    /// A thread has closed the file in order.
    FileClosed,
}

/// Longest time spent on waiting input before the next frame is drawn.
const LONGEST_DRAIN: Duration = Duration::from_millis(30);
/// Longest time for which a frame waits for figures.
const LONGEST_HOLD: Duration = Duration::from_millis(8);

/// Runs the session until the user leaves.
///
/// The terminal is given back in every case: quit, error, panic on any thread, signal, closed terminal.
pub fn run(options: TuiOptions) -> anyhow::Result<Ending> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        bail!(
            "the screen needs a terminal for input and output; `smarketing score` prints the scoreboard as text"
        );
    }
    // A theme without colours must not be rewritten into resets, which would also kill bold and reverse.
    crossterm::style::force_color_output(true);
    let (to, messages) = mpsc::channel();
    listen::spawn("signals", to.clone(), listen::signals)?;
    holding(options.reports.clone(), || {
        listen::spawn("keys", to.clone(), listen::keys)?;
        listen::spawn("hang-up", to.clone(), listen::hang_up)?;
        Session::new(options, &to)?.run(&messages)
    })
}

/// Does something while the terminal is ours, and gives it back as it was: after the end, an error, or a panic on any thread, which
/// also leaves its report in the folder.
pub fn holding<T>(
    reports: Option<PathBuf>,
    work: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    crash::install(reports);
    let guard = Guard::enter(Mouse::Ours).context("the terminal could not be prepared")?;
    let done = work();
    drop(guard);
    done
}

/// The loop may be gone already; then nobody needs to know.
fn tell(to: &Sender<Message>, message: Message) {
    let _ = to.send(message);
}

struct Session {
    app: App,
    screen: Screen,
    /// The threads at the file; `None` once the session ends or when there is no file yet.
    staff: Option<Staff>,
    mouse: Mouse,
    ahead: Ahead,
    remember: fn(&str) -> Result<(), String>,
    pages: Pages,
    ending: Option<Ending>,
}

impl Session {
    fn new(options: TuiOptions, to: &Sender<Message>) -> anyhow::Result<Self> {
        let place = options.file.display().to_string();
        let pages = Pages::new(&options, to);
        let mut staff = None;
        let mut app = match options.start {
            Start::FirstRun => App::first_run(options.theme, place),
            Start::Existing => {
                let task = Task {
                    file: options.file,
                    as_of: options.as_of,
                    access: options.access,
                };
                let hand = match options.access {
                    Access::ReadOnly => Hand::ReadsOnly,
                    Access::ReadWrite => Hand::Writes,
                };
                let app = App::opening(options.theme, place, options.who.clone()).held(hand);
                staff = Some(Staff::hire(task, options.who, to)?);
                app
            }
        };
        if let Some(report) = crash::unseen(options.reports.as_deref()) {
            app.say_failed(format!(
                "The last session ended with a fault; its report is {}",
                report.display()
            ));
        }
        Ok(Self {
            app,
            screen: Screen::new()?,
            staff,
            mouse: Mouse::Ours,
            ahead: Ahead::default(),
            remember: options.remember,
            pages,
            ending: None,
        })
    }

    fn run(&mut self, messages: &Receiver<Message>) -> anyhow::Result<Ending> {
        let ending = self.until_end(messages);
        guard::give_back();
        self.wait_for_file(messages);
        ending
    }

    fn until_end(&mut self, messages: &Receiver<Message>) -> anyhow::Result<Ending> {
        loop {
            if self.app.take_changed() {
                let app = &mut self.app;
                if self.screen.draw(|frame| app.draw(frame)).is_err() {
                    // Nothing can be shown any more: the terminal is gone.
                    return Ok(Ending::Left);
                }
            }
            let Some(first) = self.next(messages) else {
                return Ok(Ending::Left);
            };
            self.take(first, messages)?;
            if let Some(staff) = &self.staff
                && let Some(seat) = self.app.news_of_me()
            {
                staff.tell_others(seat);
            }
            if let Some(ending) = self.ending {
                return Ok(ending);
            }
        }
    }

    /// Acts on a message and on all that wait behind it, so that a flood of keys costs one frame.
    fn take(&mut self, first: Message, messages: &Receiver<Message>) -> anyhow::Result<()> {
        let started = Instant::now();
        let mut next = Some(first);
        while let Some(message) = next {
            self.act(message)?;
            if self.ending.is_some() || started.elapsed() > LONGEST_DRAIN {
                break;
            }
            let waiting = messages.try_recv().ok();
            next = waiting.or_else(|| self.figures(started, messages));
        }
        Ok(())
    }

    /// Waits a moment for figures that are being added up: most are there before a frame without them could be seen.
    fn figures(&self, started: Instant, messages: &Receiver<Message>) -> Option<Message> {
        let left = LONGEST_HOLD.checked_sub(started.elapsed());
        let left = left.filter(|_| self.app.is_adding_up())?;
        messages.recv_timeout(left).ok()
    }

    fn act(&mut self, message: Message) -> anyhow::Result<()> {
        match message {
            Message::Input(event) => {
                if !self.ahead.keeps(&event) {
                    self.typed_ahead()?;
                    self.input(&event)?;
                }
            }
            Message::End => self.ending = Some(Ending::Left),
            Message::Second => self.app.tick(Utc::now().into()),
            Message::Resized => self.app.changed(),
            Message::Suspend => self.suspend()?,
            Message::Continued => self.come_back()?,
            Message::Progress(part) => self.app.progress(Some(("Reading the history", part))),
            Message::Loaded(history) => {
                self.app.set_clock(Utc::now().into());
                let effects = self.app.loaded(history);
                self.carry_out_all(effects)?;
            }
            Message::Fetched(asked, fetched) => {
                let effects = self.app.fetched(&asked, &fetched);
                self.carry_out_all(effects)?;
            }
            Message::Written(write, done) => {
                let done = done.as_ref().map_err(String::as_str);
                self.ahead.answered();
                let effects = self.app.written(&write, done);
                self.carry_out_all(effects)?;
                self.typed_ahead()?;
            }
            Message::Company(seats) => {
                let effects = self.app.company(seats);
                self.carry_out_all(effects)?;
            }
            Message::Clashed(write, clash) => {
                self.ahead.answered();
                self.app.clashed(write, clash);
                self.typed_ahead()?;
            }
            Message::Paged(order, done) => {
                let effects = self.app.paged(&order, done.as_deref());
                self.carry_out_all(effects)?;
            }
            Message::Trouble(text) => self.app.say_failed(text),
            Message::CannotOpen(text) => bail!(text),
            Message::FileClosed => {}
            Message::Died(thread) => {
                bail!("the {thread} thread stopped because of a fault; nothing was lost")
            }
        }
        Ok(())
    }

    fn input(&mut self, event: &Event) -> anyhow::Result<()> {
        self.app.set_clock(Utc::now().into());
        self.ahead.acts(event);
        let effects = self.app.input(event);
        self.carry_out_all(effects)
    }

    /// Acts on the keys that waited for a change.
    fn typed_ahead(&mut self) -> anyhow::Result<()> {
        while let Some(event) = self.ahead.next() {
            self.input(&event)?;
        }
        Ok(())
    }

    fn carry_out_all(&mut self, effects: Vec<Effect>) -> anyhow::Result<()> {
        if let Some(staff) = &mut self.staff {
            // What is asked about is what is in sight.
            staff.history = self.app.history();
        }
        effects
            .into_iter()
            .try_for_each(|effect| self.carry_out(effect))
    }

    fn carry_out(&mut self, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Leave => self.ending = Some(Ending::Left),
            Effect::Begin(beginning) => self.ending = Some(Ending::Begin(beginning)),
            Effect::Suspend => self.suspend()?,
            Effect::Redraw => self.screen.forget()?,
            Effect::ToggleMouse => self.toggle_mouse()?,
            Effect::Fetch(fetch) => {
                if let Some(staff) = &mut self.staff {
                    staff.fetch(fetch);
                }
            }
            Effect::Write(write, sight) => {
                if let Some(staff) = &self.staff {
                    self.ahead.sends();
                    staff.write(write, sight);
                }
            }
            Effect::Page(order) => self.pages.write(order)?,
            Effect::Introduce(handle) => self.introduce(handle),
            Effect::Copy { what, text } => self.copy(&what, &text)?,
        }
        Ok(())
    }

    /// Signs with that handle from now on, also the next time.
    fn introduce(&mut self, handle: String) {
        if let Err(why) = (self.remember)(&handle) {
            self.app
                .say_failed(format!("Signed as {handle} for this session only: {why}"));
        }
        if let Some(staff) = &mut self.staff {
            staff.introduce(handle);
        }
    }
}
