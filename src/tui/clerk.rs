//! The thread that reads pages and cards and writes what people decide. Answers in the order of the questions; the loop never
//! waits for it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use super::historian::Nudge;
use super::{Message, tell};
use crate::app::{Agreed, Done, Fetch, Fetched, Made, Table, Write};
use crate::domain::clash::Sight;
use crate::domain::command::Author;
use crate::domain::moment::Day;
use crate::store::{Access, Check, Opening, Store, StoreError, Waits};

/// So long nothing is said about waiting for another process.
const SILENCE: Duration = Duration::from_millis(300);

/// Entries of a history that are read; older ones stand in `smarketing journal`.
const HISTORY: u32 = 200;

/// What to open, and as of when.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) file: PathBuf,
    pub(super) as_of: Option<Day>,
    pub(super) access: Access,
}

impl Task {
    /// How to open the file; the user is told when another process's change keeps us waiting.
    pub(super) fn opening(&self, check: Check, to: &Sender<Message>) -> Opening {
        let to = to.clone();
        let waits = Waits::telling(SILENCE, move |text| {
            tell(&to, Message::Trouble(text.to_owned()));
        });
        Opening {
            access: self.access,
            check,
            waits,
        }
    }
}

/// Something to do.
pub(super) enum Ask {
    Fetch(Fetch),
    Write(Write, Author, Sight),
}

/// Opens the file, then serves until nobody asks any more.
pub(super) fn serve(
    task: &Task,
    asks: &Receiver<Ask>,
    nudge: &Sender<Nudge>,
    to: &Sender<Message>,
) {
    // The historian looks the pages over; who finds them damaged ends the session.
    match Store::open_with(&task.file, &task.opening(Check::None, to)) {
        Ok(mut store) => {
            for ask in asks {
                tell(to, answer(&mut store, ask, nudge));
            }
            store.close();
        }
        Err(error) => tell(to, Message::CannotOpen(error.to_string())),
    }
    tell(to, Message::FileClosed);
}

fn answer(store: &mut Store, ask: Ask, nudge: &Sender<Nudge>) -> Message {
    match ask {
        Ask::Fetch(fetch) => match store.at_one_moment(|store| fetched(store, &fetch)) {
            Ok(fetched) => Message::Fetched(fetch, fetched),
            Err(error) => Message::Trouble(error.to_string()),
        },
        Ask::Write(write, author, sight) => {
            let done = match written(store, &write, &author, sight) {
                Err(StoreError::Clash(clash)) => return Message::Clashed(write, *clash),
                done => done.map_err(|error| error.to_string()),
            };
            if done.is_ok() {
                // At the end there is nobody left who reads the history.
                let _ = nudge.send(Nudge::Made);
            }
            Message::Written(write, done)
        }
    }
}

fn written(
    store: &mut Store,
    write: &Write,
    author: &Author,
    sight: Sight,
) -> Result<Done, StoreError> {
    Ok(match write {
        Write::One(command) | Write::As(_, command) => {
            let applied = store.apply_seeing(command, author, sight)?;
            let kept = applied.kept.iter().map(|name| format!("kept: {name}"));
            Done {
                summary: applied.summary,
                notes: applied.notes.into_iter().chain(kept).collect(),
                results: Vec::new(),
                made: Made::by(applied.journal_id),
            }
        }
        Write::Each(commands) => {
            let bulk = store.apply_each_seeing(commands, author, sight)?;
            let worded = |result: Result<String, StoreError>| result.map_err(|e| e.to_string());
            Done {
                summary: bulk.summary,
                notes: Vec::new(),
                results: bulk.results.into_iter().map(worded).collect(),
                made: Made::by(bulk.journal_id),
            }
        }
    })
}

fn fetched(store: &Store, fetch: &Fetch) -> Result<Fetched, StoreError> {
    Ok(match fetch {
        Fetch::Lines(Table::Leads, ids) => Fetched::Leads(store.leads_by_ids(ids)?),
        Fetch::Lines(Table::Handoffs, ids) => Fetched::Handoffs(store.handoffs_by_ids(ids)?),
        Fetch::Lines(Table::Opportunities, ids) => Fetched::Deals(store.opportunities_by_ids(ids)?),
        Fetch::Lines(Table::Spend, ids) => Fetched::Spend(store.spend_by_ids(ids)?),
        Fetch::Lines(Table::Feedback, ids) => {
            let mut lines = store.feedback()?;
            lines.retain(|line| ids.contains(&line.id.0));
            Fetched::Feedback(lines)
        }
        Fetch::Lead(id) => store
            .lead_card(*id)?
            .map_or(Fetched::Gone, |card| Fetched::Lead(Box::new(card))),
        Fetch::Deal(id) => store
            .deal_card(*id)?
            .map_or(Fetched::Gone, |card| Fetched::Deal(Box::new(card))),
        Fetch::Holidays => Fetched::Holidays(store.holidays()?),
        Fetch::History(chapter) => Fetched::History(store.history(*chapter, HISTORY)?),
        Fetch::Challenges => Fetched::Challenges(store.challenges(None)?),
        Fetch::Feedback => Fetched::Feedback(store.feedback()?),
        Fetch::Criteria => Fetched::Criteria(Arc::new(Agreed {
            versions: store.criteria()?,
            fields: Arc::new(store.criteria_fields()?),
        })),
        // The finder's, the judge's and the assessor's work; the loop sends it there once there is a history.
        Fetch::Board(_)
        | Fetch::Met
        | Fetch::Drift
        | Fetch::Rest
        | Fetch::Panel(_)
        | Fetch::Compare(_)
        | Fetch::Suggest(_)
        | Fetch::Behind(..) => Fetched::CutOff,
        Fetch::Queue(..) | Fetch::Flags | Fetch::Sides(_) | Fetch::Rules(..) => Fetched::Gone,
    })
}
