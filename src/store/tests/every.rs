//! Every command there is, in random sequences: taken back all, nothing is left to the byte; done again, all is back.

mod desk;
mod room;
mod workspace;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::{Union, ValueTree};
use proptest::test_runner::TestRunner;

use super::desk::{accept, agrees, attempt, reject};
use super::*;
use crate::domain::ids::JournalId;
use crate::domain::policy::TABLE;

/// Lists kinds of commands, each with what makes some of it. The match has no wildcard: a command that nobody makes here does
/// not compile.
macro_rules! list {
    ($of:ty; $($pattern:pat => $made:expr,)*) => {
        /// What kind it is.
        pub(in crate::store::tests::every) fn kind(one: &$of) -> &'static str {
            match one { $($pattern => stringify!($pattern),)* }
        }

        /// Every kind, and what makes some of it.
        pub(in crate::store::tests::every) fn kinds() -> Vec<(&'static str, proptest::strategy::BoxedStrategy<$of>)> {
            vec![$((stringify!($pattern), $made.boxed())),*]
        }
    };
}
use list;

/// What is never taken back one by one: the set-up, an import, the two ends of a meeting.
const STAYS: &[&str] = &[
    "Command::Init(_)",
    "Command::UndoBatch(_)",
    "MeetingChange::Start { .. }",
    "MeetingChange::Close { .. }",
];

fn kind(command: &Command) -> &'static str {
    match command {
        Command::Desk(one) => desk::desks::kind(one),
        Command::Qualify(one) => desk::gates::kind(&one.deal),
        Command::Deal { change, .. } => desk::deals::kind(change),
        Command::Review(one) => room::reviews::kind(one),
        Command::Criteria(one) => room::criteria::kind(one),
        Command::Meeting(one) => room::meetings::kind(one),
        Command::Catalogue(one) => workspace::catalogues::kind(one),
        other => workspace::kind(other),
    }
}

/// Every kind of command, and what makes some of it.
fn kinds() -> Vec<(&'static str, BoxedStrategy<Command>)> {
    let mut all = workspace::commands();
    all.extend(desk::all());
    all.extend(room::all());
    all
}

/// Commands of all kinds; without those that are never taken back where `back`.
fn command(back: bool) -> impl Strategy<Value = Command> {
    let kinds = kinds().into_iter();
    Union::new(
        kinds
            .filter(|(name, _)| !(back && STAYS.contains(name)))
            .map(|(_, made)| made),
    )
}

/// One of those who may do it, in turn; undo and redo come from anybody.
fn by(command: &Command, turn: usize, minute: i64) -> Author {
    const SEATS: [(&str, Side); 4] = [
        ("sam", Side::Sales),
        ("mia", Side::Marketing),
        ("fay", Side::Finance),
        ("eve", Side::Executive),
    ];
    let may = |side: &Side| {
        let of = |deed| TABLE.iter().find(|(known, ..)| *known == deed).unwrap().1;
        command.deed().is_none_or(|deed| of(deed).contains(side))
    };
    let those: Vec<&str> = SEATS
        .iter()
        .filter(|(_, side)| may(side))
        .map(|(handle, _)| *handle)
        .collect();
    Author {
        at: Moment(NOW.0 + 60 * minute),
        ..author(Some(those[turn % those.len()]))
    }
}

/// A workspace in which something of everything is there: rejected, challenged, qualified, drafted, raised, kept, imported.
fn begun() -> Store {
    let mut store = super::desk::desk();
    store
        .conn
        .execute_batch(
            "INSERT INTO segment (id, name) VALUES (1, 'Enterprise');
             INSERT INTO opportunity (id, name, created_at, stage_id, amount_minor, currency, lead_id)
                 VALUES (1, 'Almost', 1748000000, 2, 700, 'EUR', 4);
             INSERT INTO opportunity_lead (opportunity_id, lead_id) VALUES (1, 4)",
        )
        .unwrap();
    let set_up = [
        person("fay", Side::Finance),
        person("max", Side::Marketing),
        attempt(3, crate::domain::verdict::AttemptOutcome::Connected),
        accept(3),
        Command::Qualify(super::desk::whole(&[3])),
        reject(2, "no_need", None),
        super::review::challenge(2),
    ];
    let first = set_up.into_iter().chain(workspace::kept());
    let first = first.map(|command| (command, 0));
    for (command, turn) in first.chain(room::opened()) {
        let author = by(&command, turn, 0);
        if let Err(error) = store.apply(&command, &author) {
            panic!("{command:?}: {error}");
        }
    }
    let file = super::records::leads(vec![super::records::lead("77", "Zoe")]);
    super::records::import(&mut store, &file);
    store
}

type Step = (Command, usize);

fn steps(back: bool, most: usize) -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec((command(back), 0_usize..20), 1..most)
}

/// Does it all; gives who made which entry.
fn run(store: &mut Store, steps: &[Step]) -> Vec<(JournalId, Author)> {
    let mut made = Vec::new();
    for (minute, (command, turn)) in (1..).zip(steps) {
        let author = by(command, *turn, minute);
        let before = dump(store);
        match store.apply(command, &author) {
            Ok(applied) => made.extend(applied.journal_id.map(|entry| (entry, author))),
            Err(error) => {
                assert!(error.is_refusal(), "{command:?}: {error}");
                assert_eq!(before, dump(store), "{command:?}");
            }
        }
    }
    made
}

#[test]
fn every_kind_of_command_is_made_and_some_of_it_is_done() {
    let mut runner = TestRunner::deterministic();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for (name, made) in kinds() {
        let one = made.new_tree(&mut runner).unwrap().current();
        assert_eq!(kind(&one), name, "{one:?}");
        assert!(missing.insert(name), "{name} is listed once");
    }
    assert!(missing.remove("Command::Init(_)"), "never done twice");
    for _ in 0..400 {
        let mut store = begun();
        // What was not done yet is tried more often.
        let weigh = |(name, made)| (if missing.contains(name) { 9 } else { 1 }, made);
        let any = Union::new_weighted(kinds().into_iter().map(weigh).collect());
        for minute in 1..60 {
            let (command, turn) = (&any, 0_usize..20).new_tree(&mut runner).unwrap().current();
            if store.apply(&command, &by(&command, turn, minute)).is_ok() {
                missing.remove(kind(&command));
            }
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("never done, so nothing is proven of them: {missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_is_taken_back_and_done_again_to_the_byte(steps in steps(true, 40)) {
        let mut store = begun();
        let mut facts = store.load_facts(&mut |_| ()).unwrap();
        let start = dump(&store);
        let made = run(&mut store, &steps);
        agrees(&store, &mut facts);
        let end = dump(&store);
        let mut states = vec![end];
        let mut undone = Vec::new();
        for (entry, author) in made.iter().rev() {
            let applied = store.undo(*entry, author).map_err(|e| TestCaseError::fail(e.to_string()))?;
            undone.push((applied.journal_id.unwrap(), author));
            states.push(dump(&store));
        }
        prop_assert_eq!(&start, &dump(&store));
        agrees(&store, &mut facts);
        states.pop();
        while let (Some(state), Some((entry, author))) = (states.pop(), undone.pop()) {
            store.undo(entry, author).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(state, dump(&store));
        }
        agrees(&store, &mut facts);
    }

    #[test]
    fn whatever_is_taken_back_in_any_order_breaks_no_rule(steps in steps(false, 40), order in any::<prop::sample::Index>()) {
        let mut store = begun();
        let mut made = run(&mut store, &steps);
        if !made.is_empty() {
            let turn = order.index(made.len());
            made.rotate_left(turn);
        }
        for (entry, author) in made {
            let before = dump(&store);
            if let Err(error) = store.undo(entry, &author) {
                prop_assert!(error.is_refusal(), "{error}");
                prop_assert_eq!(before, dump(&store));
            }
            super::desk::random::holds(&store, "an undo")?;
        }
    }
}
