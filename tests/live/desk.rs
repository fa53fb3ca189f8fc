//! One person at a workspace file: keys in, the threads' work done in between. Waits for nothing.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smarketing::app::Write;
use smarketing::app::{Agreed, App, Done, Effect, Fetch, Fetched, Hand, History, Listed, Table};
use smarketing::demo::{AS_OF, generate};
use smarketing::domain::book::Who;
use smarketing::domain::clash::Sight;
use smarketing::domain::command::Author;
use smarketing::domain::moment::Moment;
use smarketing::domain::presence::Seat;
use smarketing::facts::handoffs::Says;
use smarketing::facts::queue::{Queue, QueueFilter, Viewer};
use smarketing::store::{Access, Store, StoreError};
use smarketing::theme::Theme;

/// A key that changes nothing and takes a notice away.
pub(crate) fn redraw() -> KeyEvent {
    KeyEvent::new(KeyCode::Char('l'), KeyModifiers::CONTROL)
}

/// The demo in a file of its own.
pub(crate) struct Shared {
    _folder: tempfile::TempDir,
    file: PathBuf,
}

/// The demo is made once and copied.
fn demo() -> &'static Path {
    static DEMO: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, file) = DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("demo.db");
        let mut store = Store::create(&file).unwrap();
        smarketing::cli::fill(&mut store, &generate())
            .map_err(|failure| failure.message())
            .unwrap();
        store.close();
        (folder, file)
    });
    file
}

impl Shared {
    pub(crate) fn new() -> Shared {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("demo.db");
        std::fs::copy(demo(), &file).unwrap();
        Shared {
            _folder: folder,
            file,
        }
    }

    /// Somebody who may change it.
    pub(crate) fn desk(&self, handle: &str) -> Desk {
        Desk::new(&self.file, handle, Access::ReadWrite)
    }

    /// Somebody who may only read it.
    pub(crate) fn reader(&self, handle: &str) -> Desk {
        Desk::new(&self.file, handle, Access::ReadOnly)
    }
}

/// Somebody at the file.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) store: Store,
    history: Arc<History>,
    handle: String,
    now: Moment,
    /// How often something was to be written.
    pub(crate) writes: usize,
    size: (u16, u16),
    /// What the others were told last.
    seat: Option<Seat>,
}

fn history(store: &Store) -> Arc<History> {
    let book = store.book().unwrap();
    let mut facts = store.load_facts(&mut |_| ()).unwrap();
    // Nobody asks here what the stamps say.
    facts.handoffs.stamps = Says::Judged(Vec::new());
    let now = book.workspace.as_of.unwrap();
    Arc::new(History::new(book, facts, now))
}

impl Desk {
    fn new(file: &Path, handle: &str, access: Access) -> Desk {
        let store = Store::open(file, access).unwrap();
        let history = history(&store);
        let who = Who {
            named: Some(handle.to_owned()),
            ..Who::default()
        };
        let hand = match access {
            Access::ReadOnly => Hand::ReadsOnly,
            Access::ReadWrite => Hand::Writes,
        };
        let mut desk = Desk {
            app: App::opening(Theme::default(), String::new(), who).held(hand),
            store,
            history: Arc::clone(&history),
            handle: handle.to_owned(),
            now: Moment(AS_OF.0 + 86_400),
            writes: 0,
            size: (120, 36),
            seat: None,
        };
        let effects = desk.app.loaded(history);
        desk.carry_out(effects);
        desk.screen();
        desk
    }

    pub(crate) fn press(&mut self, keys: &str) {
        for c in keys.chars() {
            let code = match c {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '\u{1b}' => KeyCode::Esc,
                '\u{8}' => KeyCode::Backspace,
                c => KeyCode::Char(c),
            };
            self.key(KeyEvent::new(code, KeyModifiers::NONE));
        }
    }

    pub(crate) fn key(&mut self, key: KeyEvent) {
        let effects = self.app.input(&Event::Key(key));
        self.carry_out(effects);
        self.screen();
    }

    pub(crate) fn click(&mut self, column: u16, row: u16) {
        let click = Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column,
            row,
            modifiers: KeyModifiers::NONE,
        });
        let effects = self.app.input(&click);
        self.carry_out(effects);
        self.screen();
    }

    pub(crate) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let next = match effect {
                Effect::Fetch(fetch) => {
                    let fetched = self.fetched(&fetch).unwrap();
                    fetched.map_or_else(Vec::new, |fetched| self.app.fetched(&fetch, &fetched))
                }
                Effect::Write(write, sight) => self.write(write, sight),
                _ => Vec::new(),
            };
            self.carry_out(next);
        }
    }

    fn write(&mut self, write: Write, sight: Sight) -> Vec<Effect> {
        let author = Author {
            handle: Some(self.handle.clone()),
            os_user: "tester".into(),
            at: self.now,
        };
        self.now.0 += 1;
        self.writes += 1;
        let done = match &write {
            Write::One(command) | Write::As(_, command) => {
                let applied = self.store.apply_seeing(command, &author, sight);
                applied.map(|applied| applied.summary)
            }
            Write::Each(commands) => {
                let bulk = self.store.apply_each(commands, &author);
                bulk.map(|bulk| bulk.summary)
            }
        };
        let done = match done {
            Err(StoreError::Clash(clash)) => {
                self.app.clashed(write, *clash);
                return Vec::new();
            }
            done => done.map_err(|error| error.to_string()),
        };
        let done = done.map(|summary| Done {
            summary,
            ..Done::default()
        });
        let mut effects = self
            .app
            .written(&write, done.as_ref().map_err(String::as_str));
        effects.extend(self.look());
        effects
    }

    fn look(&mut self) -> Vec<Effect> {
        self.history = history(&self.store);
        self.app.loaded(Arc::clone(&self.history))
    }

    /// Sees who else is here, and what they show.
    pub(crate) fn see(&mut self, others: &mut [(&str, &mut Desk)]) {
        let seat = |(id, desk): &mut (&str, &mut Desk)| {
            desk.seat = desk.app.news_of_me().or_else(|| desk.seat.take());
            let seat = desk.seat.clone()?;
            let id = (*id).to_owned();
            Some(Seat { id, ..seat })
        };
        let seats = others.iter_mut().filter_map(seat).collect();
        let effects = self.app.company(seats);
        self.carry_out(effects);
        self.screen();
    }

    /// Sees what others have changed.
    pub(crate) fn refresh(&mut self) {
        let effects = self.look();
        self.carry_out(effects);
        self.screen();
    }

    fn fetched(&self, fetch: &Fetch) -> Result<Option<Fetched>, StoreError> {
        let store = &self.store;
        Ok(Some(match fetch {
            Fetch::Lines(Table::Handoffs, ids) => Fetched::Handoffs(store.handoffs_by_ids(ids)?),
            Fetch::Lines(Table::Leads, ids) => Fetched::Leads(store.leads_by_ids(ids)?),
            Fetch::Lines(Table::Opportunities, ids) => {
                Fetched::Deals(store.opportunities_by_ids(ids)?)
            }
            Fetch::Lines(Table::Spend, ids) => Fetched::Spend(store.spend_by_ids(ids)?),
            Fetch::Lead(id) => Fetched::Lead(Box::new(store.lead_card(*id)?.unwrap())),
            Fetch::Deal(id) => Fetched::Deal(Box::new(store.deal_card(*id)?.unwrap())),
            Fetch::Holidays => Fetched::Holidays(store.holidays()?),
            Fetch::Challenges => Fetched::Challenges(store.challenges(None)?),
            Fetch::Feedback => Fetched::Feedback(store.feedback()?),
            Fetch::Board(look) => Fetched::Board(Arc::new(look.add_up(None))),
            Fetch::Met => Fetched::CutOff,
            Fetch::Queue(filter, _) => Fetched::Queue(self.queue(filter)),
            Fetch::Criteria => Fetched::Criteria(Arc::new(Agreed {
                versions: store.criteria()?,
                fields: Arc::new(store.criteria_fields()?),
            })),
            // What the past says takes long and is not looked at here.
            _ => return Ok(None),
        }))
    }

    fn queue(&self, filter: &QueueFilter) -> Listed {
        let History {
            book, facts, scope, ..
        } = &*self.history;
        let mut people = book.people.iter();
        let person = people.find(|person| person.handle == self.handle);
        let viewer = Viewer {
            me: facts.names.people.code(person.map(|person| person.id.0)),
            now: scope.as_of,
        };
        let mut queue = Queue::new(facts, book, viewer);
        let rows = queue.rows(filter, None);
        Listed {
            ids: rows
                .iter()
                .map(|r| facts.handoffs.id.at(*r as usize))
                .collect(),
            breached: queue.breached(&rows),
        }
    }

    /// What is on the screen.
    pub(crate) fn screen(&mut self) -> String {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::empty(area);
        self.app.draw_into(&mut buffer, area);
        let lines = buffer.content.chunks(usize::from(area.width));
        let line = |cells: &[ratatui::buffer::Cell]| -> String {
            cells.iter().map(ratatui::buffer::Cell::symbol).collect()
        };
        lines.map(|cells| line(cells) + "\n").collect()
    }
}
