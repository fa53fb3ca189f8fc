//! The thread that reads the history, for the first time and whenever the file has changed, and sees who else is here. Writes nothing but kept columns.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;

use super::assessor::only;
use super::clerk::Task;
use super::{Message, checkup, judge, listen, tell};
use crate::app::History;
use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::facts::Facts;
use crate::facts::handoffs::Says;
use crate::store::presence::Lookout;
use crate::store::watch::Watch;
use crate::store::{Changed, Check, Store, StoreError};

/// How often another process's changes are looked for where the system does not tell of them: four times a second costs nothing and
/// is soon enough.
const LOOK: Duration = Duration::from_millis(240);

/// How long the end of a row of changes is waited for at most, each time.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// Handoffs that are judged by their stamps before they are shown; more of them are shown first.
const SHORT: usize = 20_000;

/// Words of the journal for what leaves the stamps and what they say as they are, besides those of reps. Where they touch no row,
/// no number changes either.
pub(super) const OF_STAMPS: &[&str] = &[
    "meeting",
    "meeting_start",
    "meeting_close",
    "decide",
    "action",
    "issue",
    "note",
    "rate",
    "agenda",
    "criteria",
    "propose",
    "sign",
];

/// Seconds after which the clock alone makes the room judge its history anew.
const LONGEST_STAND: i64 = 15 * 60;

/// How long work ahead pauses, so that the loop and the other threads come first.
const BREATH: Duration = Duration::from_millis(40);

/// How long it goes on between two pauses: a short history is through at once, a long one wakes this thread some ten times.
const STRETCH: Duration = Duration::from_millis(50);

/// A change that is written becomes visible only when it is safe on the disk: so long it is waited for before the next look.
const SAFE: Duration = Duration::from_millis(5);

/// What wakes the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nudge {
    /// This terminal has made a change.
    Made,
    /// Somebody writes to the file: another process, or this one.
    Seen,
}

/// Opens the file, sends its history, then sends it anew after each change, until nobody nudges any more.
pub(super) fn serve(
    task: &Task,
    own: &str,
    (nudge, nudges): (Weak<Sender<Nudge>>, &Receiver<Nudge>),
    to: &Sender<Message>,
) {
    match open(task, own, to) {
        Ok(mut historian) => {
            // Without it a change made elsewhere waits for the next look.
            let file = task.file.clone();
            let _ = listen::spawn("watch", to.clone(), move |_| watch(&file, &nudge));
            historian.work(nudges, to);
            historian.store.close();
        }
        Err(error) => tell(to, Message::CannotOpen(error.to_string())),
    }
    tell(to, Message::FileClosed);
}

/// Tells of changes as soon as the system does, as long as somebody listens.
fn watch(file: &Path, nudge: &Weak<Sender<Nudge>>) {
    while let Some(watch) = Watch::begin(file) {
        while watch.wait() {
            let Some(nudge) = nudge.upgrade() else {
                return;
            };
            let _ = nudge.send(Nudge::Seen);
            drop(nudge);
            // One change is many writes.
            thread::sleep(SAFE);
        }
        thread::sleep(LOOK);
    }
}

fn open(task: &Task, own: &str, to: &Sender<Message>) -> Result<Historian, StoreError> {
    let as_of = task.as_of;
    let mut store = Store::open_with(&task.file, &task.opening(Check::Quick, to))?;
    let seen = store.data_version()?;
    let book = store.book()?;
    let facts = store.load_facts(&mut |progress| {
        let part = (progress.total > 0).then(|| progress.done as f64 / progress.total as f64);
        tell(to, Message::Progress(part));
    })?;
    let history = historied(&store, (book, facts), as_of)?;
    tell(to, Message::Loaded(Arc::clone(&history)));
    // The next start reads the columns instead of the tables. A start without them is slower, never wrong.
    let _ = store.save_cache(&history.facts);
    // Without it cards name no leads of the same company.
    let _ = store.prepare_cards();
    checkup::begin(&store, to);
    Ok(Historian {
        store,
        as_of,
        history,
        seen,
        ahead: Some(0),
        took: Duration::ZERO,
        read: Instant::now(),
        trouble: String::new(),
        lookout: Lookout::new(&task.file, own),
    })
}

/// The history at its moment. A short one is judged by its stamps at once, a long one is shown first.
fn historied(
    store: &Store,
    (book, mut facts): (Book, Facts),
    as_of: Option<Day>,
) -> Result<Arc<History>, StoreError> {
    let rows = facts.handoffs.len();
    if facts.handoffs.stamps == Says::NotJudged && (rows <= SHORT || !was_in_force(&book)) {
        facts.handoffs.stamps = says(store, &book, &facts)?;
    }
    Ok(looked_at(book, facts, as_of))
}

fn was_in_force(book: &Book) -> bool {
    let mut versions = book.criteria.0.iter();
    versions.any(|version| version.in_force_at.is_some())
}

/// What the stamps of the handoffs say.
fn says(store: &Store, book: &Book, facts: &Facts) -> Result<Says, StoreError> {
    if !was_in_force(book) {
        return Ok(Says::Judged(Vec::new()));
    }
    let criteria = judge::criteria(store, facts)?;
    let read = store.load_fields(facts, &criteria.to_read(facts, &book.calendar))?;
    let stamped = criteria.judge(facts, &book.calendar, read);
    Ok(Says::Judged(stamped.answers()))
}

fn looked_at(book: Book, facts: impl Into<Arc<Facts>>, as_of: Option<Day>) -> Arc<History> {
    // A day is looked at from its end, in the workspace's own time zone.
    let end_of = |day: Day| Moment(book.calendar.start_of(day.plus(1)).0 - 1);
    let now = as_of
        .map(end_of)
        .or(book.workspace.as_of)
        .unwrap_or_else(|| Utc::now().into());
    Arc::new(History::new(book, facts, now))
}

/// Whether a room that stands open goes by a moment that is over: due times, pace and returns move with the clock, and "this
/// quarter" with the day.
fn has_aged(history: &History, as_of: Option<Day>, now: Moment) -> bool {
    let (book, judged) = (&history.book, history.scope.as_of);
    if as_of.is_some() || book.workspace.as_of.is_some() {
        return false;
    }
    now.since(judged) >= LONGEST_STAND || book.calendar.day_of(now) != book.calendar.day_of(judged)
}

struct Historian {
    store: Store,
    as_of: Option<Day>,
    history: Arc<History>,
    /// The file's version when it was last looked at.
    seen: i64,
    /// The next piece to add up before anybody asks; `None`: all is added up.
    ahead: Option<usize>,
    /// How long the last reading of changes took.
    took: Duration,
    /// When it ended.
    read: Instant,
    /// What went wrong last, so that it is told once and not four times a second.
    trouble: String,
    /// Sees who else is here.
    lookout: Lookout,
}

impl Historian {
    fn work(&mut self, nudges: &Receiver<Nudge>, to: &Sender<Message>) {
        loop {
            // Between two pieces of work ahead, only what waits already is attended to.
            let patience = if self.ahead.is_some() { BREATH } else { LOOK };
            match nudges.recv_timeout(patience) {
                Ok(Nudge::Made) => self.let_them_finish(nudges),
                Ok(Nudge::Seen) => self.let_it_be_safe(nudges),
                Err(RecvTimeoutError::Timeout) => self.work_ahead(to),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look(to);
            if let Some(seats) = self.lookout.look() {
                tell(to, Message::Company(seats));
            }
        }
    }

    /// Changes made one after the other are read at once: waits until none has come for as long as the last reading took, so that
    /// a short history follows each of them and a long one does not hold up who makes them.
    fn let_them_finish(&self, nudges: &Receiver<Nudge>) {
        let pause = self.took.min(LONGEST_PAUSE);
        let latest = Instant::now() + 4 * pause;
        while Instant::now() < latest && nudges.recv_timeout(pause).is_ok() {}
    }

    /// Waits until a change can be seen. One's own is told of meanwhile; another's is read at once, but never so often that reading
    /// takes more than half of the time.
    fn let_it_be_safe(&self, nudges: &Receiver<Nudge>) {
        let until = (self.read + self.took).max(Instant::now() + SAFE);
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match nudges.recv_timeout(left) {
                Ok(Nudge::Made) => return self.let_them_finish(nudges),
                Ok(Nudge::Seen) => {}
                Err(_) => return,
            }
        }
    }

    /// Judges a long history by its stamps, then adds up what is likely to be looked at next.
    fn work_ahead(&mut self, to: &Sender<Message>) {
        if self.history.facts.handoffs.stamps != Says::NotJudged || self.ahead.is_none() {
            return self.look_ahead();
        }
        match self.judged() {
            Ok(history) => {
                self.history = Arc::clone(&history);
                tell(to, Message::Loaded(history));
            }
            Err(error) => {
                // Told once: without answers, those numbers are a dash that says so.
                self.ahead = None;
                tell(to, Message::Trouble(error.to_string()));
            }
        }
    }

    fn judged(&self) -> Result<Arc<History>, StoreError> {
        let History { book, facts, .. } = &*self.history;
        let says = says(&self.store, book, facts)?;
        let mut facts = Facts::clone(facts);
        facts.handoffs.stamps = says;
        Ok(looked_at(book.clone(), facts, self.as_of))
    }

    fn look_ahead(&mut self) {
        let until = Instant::now() + STRETCH;
        while let Some(piece) = self.ahead {
            self.ahead = self.history.look_ahead(piece).then_some(piece + 1);
            if Instant::now() >= until {
                return;
            }
        }
    }

    /// Looks whether the file has changed, and reads what is new.
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
            if !has_aged(&self.history, self.as_of, Utc::now().into()) {
                return Ok(None);
            }
            let facts = Arc::clone(&self.history.facts);
            self.history = looked_at(self.history.book.clone(), facts, self.as_of);
            self.ahead = Some(0);
            return Ok(Some(Arc::clone(&self.history)));
        }
        let started = Instant::now();
        let mut facts = Facts::clone(&self.history.facts);
        let changed = self.store.refresh(&mut facts)?;
        self.seen = version;
        if changed == Changed::Nothing {
            return Ok(None);
        }
        let span = (self.history.facts.journal_id, facts.journal_id);
        let book = self.store.book()?;
        self.history = if changed == Changed::Beside && only(&self.store, span, OF_STAMPS)? {
            Arc::new(self.history.under(book, facts))
        } else {
            if facts.handoffs.stamps != Says::NotJudged
                && !only(&self.store, span, &[judge::OF_DESK, OF_STAMPS].concat())?
            {
                facts.handoffs.stamps = Says::NotJudged;
            }
            historied(&self.store, (book, facts), self.as_of)?
        };
        self.ahead = Some(0);
        self.took = started.elapsed();
        self.read = Instant::now();
        Ok(Some(Arc::clone(&self.history)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::sample;

    #[test]
    fn a_room_left_open_follows_the_clock_unless_its_moment_is_fixed() {
        let mut book = sample::book();
        book.workspace.as_of = None;
        let judged = |book: &Book| History::new(book.clone(), Facts::default(), sample::AS_OF);
        let open = judged(&book);
        let later = |seconds: i64| Moment(sample::AS_OF.0 + seconds);
        assert!(!has_aged(&open, None, later(LONGEST_STAND - 1)));
        assert!(has_aged(&open, None, later(LONGEST_STAND)));
        let day = book.calendar.day_of(sample::AS_OF);
        let midnight = book.calendar.start_of(day.plus(1));
        let late = History::new(book.clone(), Facts::default(), Moment(midnight.0 - 1));
        assert!(has_aged(&late, None, midnight));
        assert!(!has_aged(&open, Some(day), later(86_400)));
        book.workspace.as_of = Some(sample::AS_OF);
        assert!(!has_aged(&judged(&book), None, later(86_400)));
    }
}
