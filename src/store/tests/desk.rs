//! The desk on a small workspace: what each command writes, what it refuses, what undoing it leaves.

mod another;
mod bulk;
mod deals;
pub(super) mod random;
mod texts;
mod undoing;
mod verdicts;

use super::*;
use crate::domain::deal::{Behind, DealChange, Qualification};
use crate::domain::desk::Desk;
use crate::domain::gate::Confirmed;
use crate::domain::ids::{HandoffId, LeadId, OpportunityId};
use crate::domain::money::Money;
use crate::domain::verdict::{AttemptOutcome, Channel};
use crate::store::{Applied, StoreError};

pub(super) const HOUR: i64 = 3_600;
pub(super) const DAY: i64 = 86_400;

pub(super) fn sam() -> Author {
    author(Some("sam"))
}

pub(super) fn at(author: &Author, moment: Moment) -> Author {
    Author {
        at: moment,
        ..author.clone()
    }
}

/// A workspace with sam and sue (sales), mia (marketing), eve (executive), and five leads of two companies, handed over a day
/// ago; handoff n is that of lead n. Lead 5 has no rep, lead 6 was never handed over.
pub(super) fn desk() -> Store {
    furnished(store())
}

/// The same in a store of one's own.
fn furnished(mut store: Store) -> Store {
    for (handle, side) in [
        ("sam", Side::Sales),
        ("sue", Side::Sales),
        ("mia", Side::Marketing),
        ("eve", Side::Executive),
    ] {
        store.apply(&person(handle, side), &nobody()).unwrap();
    }
    let handed = NOW.0 - DAY;
    store
        .conn
        .execute_batch(&format!(
            "INSERT INTO source (id, name, side) VALUES (1, 'Webinar', 'marketing');
             INSERT INTO account (id, name) VALUES (1, 'Acme'), (2, 'Globex');
             INSERT INTO lead (id, created_at, source_id, account_id, owner_id, name, email) VALUES
                 (1, {handed}, 1, 1, 1, 'Ada', 'ada@acme.test'), (2, {handed}, 1, 1, 1, 'Bob', 'bob@acme.test'),
                 (3, {handed}, 1, 2, 1, 'Cy', 'cy@globex.test'), (4, {handed}, 1, 2, 1, 'Di', NULL),
                 (5, {handed}, 1, NULL, NULL, 'Ed', NULL), (6, {handed}, 1, NULL, NULL, 'Flo', NULL);
             INSERT INTO handoff (id, lead_id, handed_off_at, assigned_at, owner_id) VALUES
                 (1, 1, {handed}, {handed}, 1), (2, 2, {handed}, {handed}, 1), (3, 3, {handed}, {handed}, 1),
                 (4, 4, {handed}, {handed}, 1), (5, 5, {handed}, NULL, NULL);"
        ))
        .unwrap();
    store
}

pub(super) fn attempt(handoff: i64, outcome: AttemptOutcome) -> Command {
    attempt_at(handoff, outcome, NOW)
}

pub(super) fn attempt_at(handoff: i64, outcome: AttemptOutcome, at: Moment) -> Command {
    Command::Desk(Desk::LogAttempt {
        handoff: HandoffId(handoff),
        at,
        channel: Channel::Call,
        outcome,
        minutes: None,
        note: None,
    })
}

pub(super) fn accept(handoff: i64) -> Command {
    Command::Desk(Desk::Accept {
        handoff: HandoffId(handoff),
        despite: None,
        note: None,
    })
}

pub(super) fn reject(handoff: i64, reason: &str, note: Option<&str>) -> Command {
    Command::Desk(Desk::Reject {
        handoff: HandoffId(handoff),
        reason: reason.into(),
        note: note.map(str::to_owned),
    })
}

pub(super) fn recycle(handoff: i64, on: &str) -> Command {
    Command::Desk(Desk::Recycle {
        handoff: HandoffId(handoff),
        on: day(on),
        note: None,
    })
}

pub(super) fn reopen(handoff: i64) -> Command {
    Command::Desk(Desk::Reopen {
        handoff: HandoffId(handoff),
    })
}

pub(super) fn whole(handoffs: &[i64]) -> Qualification {
    Qualification {
        handoffs: handoffs.iter().copied().map(HandoffId).collect(),
        deal: Behind::New(None),
        stage: Some("Discovery".into()),
        value: Some(Money::units(5_000, Currency::EUR)),
        close_on: Some(day("2025-09-30")),
        criteria: Confirmed::Yes,
        owner: None,
        marketing_owner: None,
        despite: None,
    }
}

pub(super) fn change(deal: i64, change: DealChange) -> Command {
    Command::Deal {
        deal: OpportunityId(deal),
        change,
    }
}

pub(super) fn done(store: &mut Store, command: &Command) -> Applied {
    store
        .apply(command, &sam())
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// The refusal's text; nothing may have changed, and it says so.
pub(super) fn refused(store: &mut Store, command: &Command) -> String {
    let before = dump(store);
    let text = store.apply(command, &sam()).unwrap_err().to_string();
    assert_eq!(before, dump(store), "{command:?}");
    assert!(text.ends_with("nothing was changed"), "{text}");
    text
}

/// The facts by refresh are the facts by load.
pub(super) fn agrees(store: &Store, facts: &mut crate::facts::Facts) {
    store.refresh(facts).unwrap();
    let loaded = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(shape(facts), shape(&loaded));
}

/// The facts as text, without where their bitmap lies in memory and without currencies that no row has any more.
fn shape(facts: &crate::facts::Facts) -> String {
    let mut facts = facts.clone();
    facts.names.currencies.clear();
    let text = format!("{facts:?}");
    let (before, rest) = text.split_once("FixedBitSet {").unwrap();
    let (_, after) = rest.split_once("length").unwrap();
    let bits: Vec<usize> = facts.leads.contactable.ones().collect();
    format!("{before}{bits:?}{after}")
}
