//! The invariants of verdicts and of the gate on the screen's path: keys on the demo's queue, their changes in a real file.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smarketing::app::{App, Done, Effect, Fetch, Fetched, History, Listed, Table, Write};
use smarketing::demo::{AS_OF, generate};
use smarketing::domain::book::Who;
use smarketing::domain::card::HandoffLine;
use smarketing::domain::command::Author;
use smarketing::domain::moment::Moment;
use smarketing::domain::verdict::{Evidence, Verdict};
use smarketing::facts::queue::{Queue, QueueFilter, Viewer};
use smarketing::store::{Store, StoreError};
use smarketing::theme::Theme;

/// A rep at the screen, with the threads' work done in between.
struct Rep {
    app: App,
    store: Store,
    history: Arc<History>,
    handle: Option<String>,
    now: Moment,
    /// What was written last, or why it was refused.
    last: Result<String, String>,
    writes: usize,
}

impl Rep {
    fn new(named: Option<&str>) -> Rep {
        let mut store = Store::open_in_memory().unwrap();
        smarketing::cli::fill(&mut store, &generate())
            .map_err(|failure| failure.message())
            .unwrap();
        let history = history(&store);
        let who = Who {
            named: named.map(str::to_owned),
            ..Who::default()
        };
        let mut rep = Rep {
            app: App::opening(Theme::default(), String::new(), who),
            store,
            history: Arc::clone(&history),
            handle: named.map(str::to_owned),
            now: Moment(AS_OF.0 + 86_400),
            last: Ok(String::new()),
            writes: 0,
        };
        let effects = rep.app.loaded(history);
        rep.carry_out(effects);
        rep.press("2");
        rep
    }

    fn press(&mut self, keys: &str) {
        for c in keys.chars() {
            let code = match c {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '\u{1b}' => KeyCode::Esc,
                c => KeyCode::Char(c),
            };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            let effects = self.app.input(&Event::Key(key));
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
            handle: self.handle.clone(),
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
            }),
        };
        let done = done.map_err(|error| error.to_string());
        self.last = done
            .as_ref()
            .map(|d| d.summary.clone())
            .map_err(Clone::clone);
        let mut effects = self
            .app
            .written(write, done.as_ref().map_err(String::as_str));
        self.history = history(&self.store);
        effects.extend(self.app.loaded(Arc::clone(&self.history)));
        effects
    }

    fn fetched(&self, fetch: &Fetch) -> Result<Fetched, StoreError> {
        Ok(match fetch {
            Fetch::Lines(Table::Handoffs, ids) => {
                Fetched::Handoffs(self.store.handoffs_by_ids(ids)?)
            }
            Fetch::Board(look) => Fetched::Board(Arc::new(look.add_up(None))),
            Fetch::Lead(id) => Fetched::Lead(Box::new(self.store.lead_card(*id)?.unwrap())),
            Fetch::Queue(filter, _) => Fetched::Queue(self.queue(filter)),
            Fetch::Met => Fetched::CutOff,
            _ => Fetched::Gone,
        })
    }

    fn queue(&self, filter: &QueueFilter) -> Listed {
        let History { book, facts, scope } = &*self.history;
        let person = book
            .people
            .iter()
            .find(|person| Some(&person.handle) == self.handle.as_ref());
        let viewer = Viewer {
            me: facts.names.people.code(person.map(|person| person.id.0)),
            now: scope.as_of,
        };
        let rows = Queue::new(facts, book, viewer).rows(filter, None);
        Listed {
            ids: rows
                .iter()
                .map(|row| facts.handoffs.id[*row as usize])
                .collect(),
            breached: 0,
        }
    }

    fn open(&self) -> Vec<i64> {
        self.queue(&QueueFilter::default()).ids.to_vec()
    }

    fn handoff(&self, id: i64) -> HandoffLine {
        let lines = self.store.handoffs_by_ids(&[id]).unwrap();
        lines.into_iter().next().unwrap().handoff.unwrap()
    }

    fn shown(&mut self) -> String {
        let area = Rect::new(0, 0, 120, 36);
        let mut buffer = Buffer::empty(area);
        self.app.draw_into(&mut buffer, area);
        buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect()
    }
}

fn history(store: &Store) -> Arc<History> {
    let book = store.book().unwrap();
    let facts = store.load_facts(&mut |_| {}).unwrap();
    Arc::new(History::new(book, facts, AS_OF))
}

#[test]
fn a_rejection_stands_in_the_file_as_the_screen_said_it_would() {
    let mut rep = Rep::new(Some("tomas"));
    let first = rep.open()[0];
    assert_eq!(rep.handoff(first).attempts, 0);
    // Without a reason, and for "other" without a note, nothing is written.
    rep.press("r\n\u{1b}rs\n \n\u{1b}");
    assert_eq!((rep.writes, rep.handoff(first).verdict), (0, None));
    rep.press("rh");
    assert!(
        rep.shown()
            .contains("No budget: unverified: no conversation, and 0 of 3 agreed attempts")
    );
    rep.press("\n");
    let line = rep.handoff(first);
    assert_eq!(
        line.verdict.map(|(verdict, _)| verdict),
        Some(Verdict::Rejected)
    );
    assert_eq!(line.evidence, Some(Evidence::None));
    assert!(!rep.open().contains(&first));
    assert!(rep.shown().contains("undoes"));
    rep.press("u");
    assert_eq!(rep.handoff(first).verdict, None);
    assert_eq!(rep.open()[0], first);
    rep.press("rb\n");
    // The cursor had gone on to the next lead, and stayed there.
    assert_eq!(rep.handoff(first).verdict, None);
}

#[test]
fn only_what_has_all_five_counts_and_attempts_are_seen_at_once() {
    let mut rep = Rep::new(Some("tomas"));
    let first = rep.open()[0];
    rep.press("Q5000\t2025-12-01\t\ty\n");
    assert_eq!(rep.writes, 0, "a conversation is missing");
    rep.press("\u{1b}c12 wants a quote\n");
    let line = rep.handoff(first);
    assert_eq!((line.attempts, line.spoke), (1, Some(AS_OF)));
    rep.press("Q5000\t2025-12-01\t\ty\n");
    assert!(
        rep.last.as_ref().unwrap().starts_with("qualify"),
        "{:?}",
        rep.last
    );
    let verdict = rep.handoff(first).verdict.map(|(verdict, _)| verdict);
    assert_eq!(verdict, Some(Verdict::Accepted));
}

#[test]
fn marketing_gives_no_verdict_and_hears_who_may() {
    let mut rep = Rep::new(Some("ines"));
    let first = rep.open()[0];
    rep.press("a");
    let why = rep.last.clone().unwrap_err();
    assert!(why.contains("sales may"), "{why}");
    assert_eq!(rep.handoff(first).verdict, None);
}

#[test]
fn all_that_the_filter_shows_are_rejected_as_one_change_and_one_undo() {
    let mut rep = Rep::new(Some("tomas"));
    let open = rep.open();
    rep.press("Arb\n");
    assert_eq!(rep.writes, 1);
    for id in &open {
        let line = rep.handoff(*id);
        let rests_on = if line.spoke.is_some() {
            Evidence::Spoke
        } else {
            Evidence::Objective
        };
        assert_eq!(line.evidence, Some(rests_on));
    }
    assert!(
        rep.shown()
            .contains(&format!("{} done, 0 refused", open.len()))
    );
    rep.press("\u{1b}u");
    assert_eq!(rep.open(), open);
}

#[test]
fn a_stranger_is_asked_once_and_the_demos_making_is_nothing_to_undo() {
    let mut rep = Rep::new(None);
    let first = rep.open()[0];
    rep.press("a");
    assert_eq!(rep.writes, 0);
    assert!(rep.shown().contains("Who are you?"));
    rep.press("ibarrola\n");
    assert_eq!(rep.handle.as_deref(), Some("tomas"));
    assert!(rep.handoff(first).verdict.is_some());
    rep.press("u");
    assert_eq!(rep.handoff(first).verdict, None);
    rep.press("u");
    let why = rep.last.clone().unwrap_err();
    assert!(why.contains("nothing of yours to undo"), "{why}");
}

#[test]
fn the_demo_has_a_queue_worth_working() {
    let rep = Rep::new(Some("tomas"));
    let open = rep.open();
    let tried = open
        .iter()
        .filter(|id| rep.handoff(**id).attempts > 0)
        .count();
    assert!(open.len() >= 40 && tried >= 10 && open.len() - tried >= 10);
}
