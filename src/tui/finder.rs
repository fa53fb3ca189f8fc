//! The thread that computes the queue and searches in it while somebody types. Only the newest question is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use super::clerk::Task;
use super::{Message, tell};
use crate::app::{Fetch, Fetched, History, Listed};
use crate::facts::queue::{Met, Queue, QueueFilter, Viewer};
use crate::facts::texts::Texts;
use crate::store::{Access, Check, Opening, Store, StoreError};

/// A question about the queue.
pub(super) struct Ask {
    pub(super) history: Arc<History>,
    pub(super) filter: QueueFilter,
    /// What the criteria say of each handoff, where that is known.
    pub(super) met: Option<Arc<Met>>,
    /// Handle of the person who looks.
    pub(super) me: Option<String>,
    /// Its number; newer ones are higher.
    pub(super) number: u64,
}

/// The number of the newest question, shared with the loop that asks.
pub(super) type Newest = Arc<AtomicU64>;

/// Serves until nobody asks any more. The texts to search in are read with the first question that needs them.
pub(super) fn serve(task: &Task, asks: &Receiver<Ask>, newest: &Newest, to: &Sender<Message>) {
    let mut library = None;
    for ask in asks {
        match answer(task, &mut library, &ask, newest) {
            Ok(Some(listed)) => tell(
                to,
                Message::Fetched(Fetch::Queue(ask.filter, ask.met), Fetched::Queue(listed)),
            ),
            Ok(None) => {}
            Err(error) => tell(to, Message::Trouble(error.to_string())),
        }
    }
    if let Some((store, _)) = library {
        store.close();
    }
    tell(to, Message::FileClosed);
}

/// The handoffs; `None` when a newer question has come meanwhile.
fn answer(
    task: &Task,
    library: &mut Option<(Store, Texts)>,
    ask: &Ask,
    newest: &Newest,
) -> Result<Option<Listed>, StoreError> {
    let wanted = || newest.load(Ordering::Relaxed) == ask.number;
    if !wanted() {
        return Ok(None);
    }
    let History {
        book, facts, scope, ..
    } = &*ask.history;
    let mut hits = None;
    if !ask.filter.search.trim().is_empty() {
        let (store, texts) = opened(task, library)?;
        if texts.journal_id < facts.journal_id {
            store.refresh_texts(texts, facts)?;
            // The file may be ahead of the history: what lies between is read again with the next one.
            texts.journal_id = texts.journal_id.min(facts.journal_id);
        }
        let Some(found) = texts.search(&facts.leads, &ask.filter.search, &wanted) else {
            return Ok(None);
        };
        hits = Some(found);
    }
    let me = ask.me.as_deref();
    let person = book
        .people
        .iter()
        .find(|person| Some(person.handle.as_str()) == me);
    let viewer = Viewer {
        me: facts.names.people.code(person.map(|person| person.id.0)),
        now: scope.as_of,
    };
    let mut queue = Queue::new(facts, book, viewer).judged(ask.met.as_deref());
    let rows = queue.rows(&ask.filter, hits.as_ref());
    if !wanted() {
        return Ok(None);
    }
    let ids = rows.iter().map(|row| facts.handoffs.id.at(*row as usize));
    Ok(Some(Listed {
        ids: ids.collect(),
        breached: queue.breached(&rows),
    }))
}

fn opened<'l>(
    task: &Task,
    library: &'l mut Option<(Store, Texts)>,
) -> Result<&'l mut (Store, Texts), StoreError> {
    let read = if let Some(read) = library.take() {
        read
    } else {
        // The historian looks the pages over.
        let how = Opening {
            check: Check::None,
            ..Opening::to(Access::ReadOnly)
        };
        let store = Store::open_with(&task.file, &how)?;
        let texts = store.load_texts(&mut |_| ())?;
        (store, texts)
    };
    Ok(library.insert(read))
}
