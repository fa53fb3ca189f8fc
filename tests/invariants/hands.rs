//! Somebody's hands on the keys of the whole app, with the work of its threads done in between. Knows no rule.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smarketing::app::{
    Agreed, App, Done, Effect, Fetch, Fetched, History, Listed, Made, Table, Write,
};
use smarketing::domain::book::Who;
use smarketing::domain::card::HandoffLine;
use smarketing::domain::command::Author;
use smarketing::domain::moment::Moment;
use smarketing::facts::queue::{Queue, QueueFilter, Viewer};
use smarketing::store::{Store, StoreError};
use smarketing::theme::Theme;

/// The app over a file.
pub(crate) struct Hands {
    app: App,
    pub(crate) store: Store,
    history: Arc<History>,
    pub(crate) handle: Option<String>,
    now: Moment,
    /// What was written last, or why it was refused.
    pub(crate) last: Result<Done, String>,
    pub(crate) writes: usize,
}

impl Hands {
    /// On the scoreboard of a workspace of a fixed moment, a day after it.
    pub(crate) fn on(store: Store, named: Option<&str>) -> Hands {
        let history = history(&store);
        let who = Who {
            named: named.map(str::to_owned),
            ..Who::default()
        };
        let mut hands = Hands {
            app: App::opening(Theme::default(), String::new(), who),
            store,
            now: Moment(history.scope.as_of.0 + 86_400),
            history: Arc::clone(&history),
            handle: named.map(str::to_owned),
            last: Ok(Done::default()),
            writes: 0,
        };
        let effects = hands.app.loaded(history);
        hands.carry_out(effects);
        hands
    }

    /// Presses keys: a new line is Enter, a tab Tab, `\u{1b}` Esc, `\u{15}` Ctrl-U.
    pub(crate) fn press(&mut self, keys: &str) {
        for c in keys.chars() {
            let (code, with) = match c {
                '\n' => (KeyCode::Enter, KeyModifiers::NONE),
                '\t' => (KeyCode::Tab, KeyModifiers::NONE),
                '\u{1b}' => (KeyCode::Esc, KeyModifiers::NONE),
                '\u{15}' => (KeyCode::Char('u'), KeyModifiers::CONTROL),
                '→' => (KeyCode::Right, KeyModifiers::NONE),
                '←' => (KeyCode::Left, KeyModifiers::NONE),
                c => (KeyCode::Char(c), KeyModifiers::NONE),
            };
            let effects = self.app.input(&Event::Key(KeyEvent::new(code, with)));
            self.carry_out(effects);
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let next = match effect {
                Effect::Fetch(fetch) => {
                    let fetched = self.fetched(&fetch).unwrap();
                    self.app.fetched(&fetch, &fetched)
                }
                Effect::Write(write, _) => self.write(&write),
                Effect::Introduce(handle) => {
                    self.handle = Some(handle);
                    Vec::new()
                }
                _ => Vec::new(),
            };
            self.carry_out(next);
        }
    }

    fn write(&mut self, write: &Write) -> Vec<Effect> {
        let author = Author {
            handle: match write {
                Write::As(handle, _) => Some(handle.clone()),
                _ => self.handle.clone(),
            },
            os_user: "tester".into(),
            at: self.now,
        };
        self.now.0 += 1;
        self.writes += 1;
        let done = match write {
            Write::One(command) | Write::As(_, command) => {
                self.store.apply(command, &author).map(|applied| Done {
                    summary: applied.summary,
                    notes: applied.notes,
                    results: vec![],
                    made: Made::by(applied.journal_id),
                })
            }
            Write::Each(commands) => self.store.apply_each(commands, &author).map(|bulk| Done {
                summary: bulk.summary,
                notes: vec![],
                results: bulk
                    .results
                    .into_iter()
                    .map(|result| result.map_err(|error| error.to_string()))
                    .collect(),
                made: Made::by(bulk.journal_id),
            }),
        };
        self.last = done.map_err(|error| error.to_string());
        let told = self.last.as_ref().map_err(String::as_str);
        let mut effects = self.app.written(write, told);
        self.history = history(&self.store);
        effects.extend(self.app.loaded(Arc::clone(&self.history)));
        effects
    }

    fn fetched(&self, fetch: &Fetch) -> Result<Fetched, StoreError> {
        Ok(match fetch {
            Fetch::Lines(Table::Handoffs, ids) => {
                Fetched::Handoffs(self.store.handoffs_by_ids(ids)?)
            }
            Fetch::Lines(Table::Opportunities, ids) => {
                Fetched::Deals(self.store.opportunities_by_ids(ids)?)
            }
            Fetch::Board(look) => Fetched::Board(Arc::new(look.add_up(None))),
            // What the past says takes long and is not looked at here.
            Fetch::Met | Fetch::Drift | Fetch::Panel(_) => Fetched::CutOff,
            Fetch::Criteria => Fetched::Criteria(Arc::new(Agreed {
                versions: self.store.criteria()?,
                fields: Arc::new(self.store.criteria_fields()?),
            })),
            Fetch::Lead(id) => Fetched::Lead(Box::new(self.store.lead_card(*id)?.unwrap())),
            Fetch::Deal(id) => Fetched::Deal(Box::new(self.store.deal_card(*id)?.unwrap())),
            Fetch::Queue(filter, _) => Fetched::Queue(self.queue(filter)),
            _ => Fetched::Gone,
        })
    }

    fn queue(&self, filter: &QueueFilter) -> Listed {
        let History {
            book, facts, scope, ..
        } = &*self.history;
        let mut people = book.people.iter();
        let person = people.find(|person| Some(&person.handle) == self.handle.as_ref());
        let viewer = Viewer {
            me: facts.names.people.code(person.map(|person| person.id.0)),
            now: scope.as_of,
        };
        let rows = Queue::new(facts, book, viewer).rows(filter, None);
        let id = |row: &u32| facts.handoffs.id.at(*row as usize);
        Listed {
            ids: rows.iter().map(id).collect(),
            breached: 0,
        }
    }

    /// What a filter lists, in its order.
    pub(crate) fn listed(&self, filter: &str) -> Vec<i64> {
        let filter = QueueFilter::parse(filter, &self.history.facts).unwrap();
        self.queue(&filter).ids.to_vec()
    }

    pub(crate) fn handoff(&self, id: i64) -> HandoffLine {
        let lines = self.store.handoffs_by_ids(&[id]).unwrap();
        lines.into_iter().next().unwrap().handoff.unwrap()
    }

    /// What stands on a screen of 120 by 36.
    pub(crate) fn shown(&mut self) -> String {
        let area = Rect::new(0, 0, 120, 36);
        let mut buffer = Buffer::empty(area);
        self.app.draw_into(&mut buffer, area);
        let symbols = buffer.content.iter();
        symbols.map(ratatui::buffer::Cell::symbol).collect()
    }
}

fn history(store: &Store) -> Arc<History> {
    let book = store.book().unwrap();
    let facts = store.load_facts(&mut |_| {}).unwrap();
    let as_of = book.workspace.as_of.unwrap();
    Arc::new(History::new(book, facts, as_of))
}
