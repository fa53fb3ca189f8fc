//! The thread that owns the workspace file: loads the history, reads what windows ask for, watches for other people's changes.
//! The loop never waits for it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use chrono::Utc;

use super::{Message, checkup};
use crate::app::{Fetch, Fetched, History};
use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::facts::Facts;
use crate::store::{Access, Changed, Opening, Store, StoreError, Waits};

/// How often another process's changes are looked for: four times a second costs nothing and is soon enough.
const LOOK: Duration = Duration::from_millis(240);

/// So long nothing is said about waiting for another process.
const SILENCE: Duration = Duration::from_millis(300);

/// What to open, and as of when.
pub(super) struct Task {
    pub(super) file: PathBuf,
    pub(super) as_of: Option<Day>,
    pub(super) access: Access,
}

/// Opens the file, sends its history, then serves until nobody asks any more.
pub(super) fn serve(task: &Task, requests: &Receiver<Fetch>, to: &Sender<Message>) {
    match open(task, to) {
        Ok(mut clerk) => {
            clerk.work(requests, to);
            clerk.store.close();
        }
        Err(error) => tell(to, Message::CannotOpen(error.to_string())),
    }
    tell(to, Message::FileClosed);
}

/// The loop may be gone already; then nobody needs to know.
fn tell(to: &Sender<Message>, message: Message) {
    let _ = to.send(message);
}

fn open(task: &Task, to: &Sender<Message>) -> Result<Clerk, StoreError> {
    let as_of = task.as_of;
    let store = Store::open_with(&task.file, &patient(task.access, to))?;
    let seen = store.data_version()?;
    let book = store.book()?;
    let facts = store.load_facts(&mut |progress| {
        let part = (progress.total > 0).then(|| progress.done as f64 / progress.total as f64);
        tell(to, Message::Progress(part));
    })?;
    let history = judged(book, facts, as_of);
    tell(to, Message::Loaded(Arc::clone(&history)));
    // The next start reads the columns instead of the tables. A start without them is slower, never wrong.
    let _ = store.save_cache(&history.facts);
    checkup::begin(&store, to);
    Ok(Clerk {
        store,
        as_of,
        history,
        seen,
        trouble: String::new(),
    })
}

/// Tells the user when another process's change keeps the clerk waiting.
fn patient(access: Access, to: &Sender<Message>) -> Opening {
    let to = to.clone();
    Opening {
        waits: Waits::telling(SILENCE, move |text| {
            tell(&to, Message::Trouble(text.to_owned()));
        }),
        ..Opening::to(access)
    }
}

fn judged(book: Book, facts: Facts, as_of: Option<Day>) -> Arc<History> {
    // A day is looked at from its end, in the workspace's own time zone.
    let end_of = |day: Day| Moment(book.calendar.start_of(day.plus(1)).0 - 1);
    let now = as_of
        .map(end_of)
        .or(book.workspace.as_of)
        .unwrap_or_else(|| Utc::now().into());
    Arc::new(History::new(book, facts, now))
}

struct Clerk {
    store: Store,
    as_of: Option<Day>,
    history: Arc<History>,
    /// The file's version when it was last looked at.
    seen: i64,
    /// What went wrong last, so that it is told once and not four times a second.
    trouble: String,
}

impl Clerk {
    fn work(&mut self, requests: &Receiver<Fetch>, to: &Sender<Message>) {
        loop {
            match requests.recv_timeout(LOOK) {
                Ok(fetch) => {
                    let message = match self.fetch(&fetch) {
                        Ok(fetched) => Message::Fetched(fetch, fetched),
                        Err(error) => Message::Trouble(error.to_string()),
                    };
                    tell(to, message);
                }
                Err(RecvTimeoutError::Timeout) => self.look(to),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Looks whether another process has changed the file, and reads what is new.
    fn look(&mut self, to: &Sender<Message>) {
        match self.refreshed() {
            Ok(None) => {}
            Ok(Some(history)) => {
                self.trouble.clear();
                tell(to, Message::Loaded(history));
            }
            Err(error) => {
                let text = error.to_string();
                if text != self.trouble {
                    self.trouble.clone_from(&text);
                    tell(to, Message::Trouble(text));
                }
            }
        }
    }

    fn refreshed(&mut self) -> Result<Option<Arc<History>>, StoreError> {
        let version = self.store.data_version()?;
        if version == self.seen {
            return Ok(None);
        }
        let mut facts = self.history.facts.clone();
        let changed = self.store.refresh(&mut facts)?;
        self.seen = version;
        if changed == Changed::Nothing {
            return Ok(None);
        }
        self.history = judged(self.store.book()?, facts, self.as_of);
        Ok(Some(Arc::clone(&self.history)))
    }

    fn fetch(&self, fetch: &Fetch) -> Result<Fetched, StoreError> {
        use crate::app::Table;
        Ok(match fetch {
            Fetch::Lines(Table::Leads, ids) => Fetched::Leads(self.store.leads_by_ids(ids)?),
            Fetch::Lines(Table::Handoffs, ids) => {
                Fetched::Handoffs(self.store.handoffs_by_ids(ids)?)
            }
            Fetch::Lines(Table::Opportunities, ids) => {
                Fetched::Deals(self.store.opportunities_by_ids(ids)?)
            }
            Fetch::Lines(Table::Spend, ids) => Fetched::Spend(self.store.spend_by_ids(ids)?),
            Fetch::Lead(id) => self
                .store
                .lead_card(*id)?
                .map_or(Fetched::Gone, |card| Fetched::Lead(Box::new(card))),
            Fetch::Deal(id) => self
                .store
                .deal_card(*id)?
                .map_or(Fetched::Gone, |card| Fetched::Deal(Box::new(card))),
        })
    }
}
