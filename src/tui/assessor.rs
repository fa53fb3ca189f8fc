//! The thread that answers what a definition would have done while somebody types it. Only the newest question is answered; writes nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::clerk::Task;
use super::{Message, tell};
use crate::app::{Answer, Fetch, Fetched, History, Past, Question};
use crate::domain::criteria::Field;
use crate::domain::ids::JournalId;
use crate::store::{Access, Check, Opening, Store, StoreError};

/// Words of the journal for changes of the criteria: they leave the past as it is.
const OF_CRITERIA: &[&str] = &["criteria", "propose", "sign", "in_force"];

/// More entries than these are not looked through; the past is read anew.
const FEW: u32 = 200;

/// Fields that are read in one walk through the leads while nobody waits.
const AT_ONCE: usize = 8;

/// How long the past is kept after somebody has left the screen: whoever comes back soon waits for nothing.
const AFTERWARDS: Duration = Duration::from_secs(20);

/// How long a question is waited for.
#[derive(Clone, Copy)]
enum Wait {
    /// The screen is in sight.
    ForEver,
    /// It was left; then the past goes.
    AWhile,
}

/// A question about the past.
pub(super) struct Ask {
    pub(super) history: Arc<History>,
    pub(super) fetch: Fetch,
    pub(super) number: Number,
}

/// The numbers of the newest questions: of the panel, and of lists.
#[derive(Debug, Default)]
pub(super) struct Newest {
    panel: AtomicU64,
    list: AtomicU64,
}

/// What was the newest when a question was asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    panel: u64,
    list: u64,
}

impl Newest {
    /// The number of a new question.
    pub(super) fn next(&self, fetch: &Fetch) -> Number {
        let (panel, list) = match fetch {
            Fetch::Panel(_) => (1, 0),
            _ => (0, 1),
        };
        Number {
            panel: self.panel.fetch_add(panel, Ordering::Relaxed) + panel,
            list: self.list.fetch_add(list, Ordering::Relaxed) + list,
        }
    }

    /// Whether somebody still waits: no newer panel, and for a list no newer list.
    fn waits(&self, asked: Number, fetch: &Fetch) -> bool {
        let list =
            matches!(fetch, Fetch::Panel(_)) || self.list.load(Ordering::Relaxed) == asked.list;
        list && self.panel.load(Ordering::Relaxed) == asked.panel
    }
}

/// Serves until nobody asks any more.
pub(super) fn serve(task: &Task, asks: &Receiver<Ask>, newest: &Newest, to: &Sender<Message>) {
    let mut desk: Option<Desk> = None;
    let mut wait = Wait::ForEver;
    loop {
        let ask = match wait {
            Wait::ForEver => asks.recv().map_err(RecvTimeoutError::from),
            Wait::AWhile => asks.recv_timeout(AFTERWARDS),
        };
        let ask = match ask {
            Ok(ask) => ask,
            Err(RecvTimeoutError::Timeout) => {
                if let Some(desk) = &mut desk {
                    desk.past = None;
                }
                wait = Wait::ForEver;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        wait = match ask.fetch {
            Fetch::Rest => Wait::AWhile,
            _ => Wait::ForEver,
        };
        if ask.fetch == Fetch::Rest {
            continue;
        }
        let go_on = || newest.waits(ask.number, &ask.fetch);
        if !go_on() {
            // A key cuts a list off; it is asked for again. An older panel nobody wants.
            if !matches!(ask.fetch, Fetch::Panel(_)) {
                tell(to, Message::Fetched(ask.fetch, Fetched::CutOff));
            }
            continue;
        }
        let opened = desk.take().map_or_else(|| Desk::open(task), Ok);
        let answered = opened.and_then(|opened| desk.insert(opened).answer(&ask, &go_on, to));
        if let Err(error) = answered {
            tell(to, Message::Trouble(error.to_string()));
        }
    }
    if let Some(desk) = desk {
        desk.store.close();
    }
    tell(to, Message::FileClosed);
}

/// The open file and the past as read from it.
struct Desk {
    store: Store,
    past: Option<Past>,
    /// Whose weights were told last: a cursor that moves through a rule changes none.
    weighed: Option<Question>,
}

impl Desk {
    fn open(task: &Task) -> Result<Desk, StoreError> {
        // The historian looks the pages over.
        let how = Opening {
            check: Check::None,
            ..Opening::to(Access::ReadOnly)
        };
        let store = Store::open_with(&task.file, &how)?;
        Ok(Desk {
            store,
            past: None,
            weighed: None,
        })
    }

    fn answer(
        &mut self,
        ask: &Ask,
        go_on: &dyn Fn() -> bool,
        to: &Sender<Message>,
    ) -> Result<(), StoreError> {
        let (Fetch::Panel(question)
        | Fetch::Compare(question)
        | Fetch::Suggest(question)
        | Fetch::Behind(question, _)) = &ask.fetch
        else {
            return Ok(());
        };
        self.catch_up(&ask.history, question)?;
        let Desk {
            store,
            past,
            weighed,
        } = self;
        let Some(past) = past else { return Ok(()) };
        let say = |answer: Answer| {
            let fetched = Fetched::Past(Arc::new(answer));
            tell(to, Message::Fetched(ask.fetch.clone(), fetched));
        };
        let missing = past.missing(question);
        read(store, past, &missing)?;
        match &ask.fetch {
            Fetch::Panel(_) => {
                say(Answer::Panel(Box::new(past.panel(question))));
                let resting = question.resting();
                if weighed.as_ref() != Some(&resting)
                    && let Some(weights) = past.weights(question, go_on)
                {
                    say(Answer::Weights(Box::new(weights)));
                    *weighed = Some(resting);
                }
                // While the keys rest, the fields that nobody asked about yet are read: those that lie in the leads in few
                // walks, since a walk costs more than a field.
                let missing = past.missing_at_all();
                for some in missing.chunks(AT_ONCE) {
                    if !go_on() {
                        break;
                    }
                    read(store, past, some)?;
                }
            }
            Fetch::Suggest(_) => {
                let missing = past.missing_at_all();
                read(store, past, &missing)?;
                match past.suggestions(question, go_on) {
                    Some(found) => say(Answer::Suggestions(found)),
                    None => tell(to, Message::Fetched(ask.fetch.clone(), Fetched::CutOff)),
                }
            }
            Fetch::Compare(_) => say(Answer::Panel(Box::new(past.panel(question)))),
            Fetch::Behind(_, behind) => say(Answer::Rows(past.behind(question, behind))),
            _ => {}
        }
        Ok(())
    }

    /// Makes the past fit the history: changes of the criteria leave it as it is, everything else makes it anew.
    fn catch_up(&mut self, history: &Arc<History>, question: &Question) -> Result<(), StoreError> {
        if let Some(past) = &mut self.past
            && past.fields() == &question.fields
        {
            if Arc::ptr_eq(past.history(), history) {
                return Ok(());
            }
            self.weighed = None;
            let since = past.history().facts.journal_id;
            if history.has_rows_of(past.history())
                || only(&self.store, (since, history.facts.journal_id), OF_CRITERIA)?
            {
                past.carry_over(Arc::clone(history));
                return Ok(());
            }
        }
        self.weighed = None;
        let mut past = Past::new(Arc::clone(history), Arc::clone(&question.fields));
        // What the history holds itself is today's; where a lead has changed since its handoff, that was otherwise.
        past.put(self.store.load_fields(&history.facts, &[])?);
        self.past = Some(past);
        Ok(())
    }
}

fn read(store: &Store, past: &mut Past, fields: &[Field]) -> Result<(), StoreError> {
    if fields.is_empty() {
        return Ok(());
    }
    let wanted: Vec<&Field> = fields.iter().collect();
    let columns = store.load_fields(&past.history().facts, &wanted)?;
    past.put(columns);
    Ok(())
}

/// Whether all that was journalled after an entry, up to another one, is called by one of these words.
pub(super) fn only(
    store: &Store,
    (since, until): (i64, i64),
    words: &[&str],
) -> Result<bool, StoreError> {
    let entries = store.journal(Some(JournalId(until + 1)), FEW)?;
    let new: Vec<_> = entries
        .iter()
        .take_while(|entry| entry.id.0 > since)
        .collect();
    let all_seen = new.len() < FEW as usize;
    Ok(all_seen && new.iter().all(|entry| words.contains(&entry.verb.as_str())))
}
