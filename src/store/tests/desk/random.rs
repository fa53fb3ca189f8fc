//! Random sequences: undoing all of them leaves nothing, redoing brings all back, facts and invariants hold all the way.

use proptest::prelude::*;

use super::*;
use crate::domain::catalogue::Catalogue;
use crate::domain::ids::{ChallengeId, JournalId};
use crate::domain::policy::Deed;
use crate::domain::review::feedback::{Act, Cluster, Deeds, Rate, Shared};
use crate::domain::review::lists::DomainList;
use crate::domain::review::{By, MustChange, Proposal, Review};

fn command() -> impl Strategy<Value = Command> {
    let handoff = 1_i64..9;
    let reasons = prop_oneof![
        Just("no_need"),
        Just("unreachable"),
        Just("spam"),
        Just("other")
    ];
    let outcome = prop_oneof![
        Just(AttemptOutcome::NoAnswer),
        Just(AttemptOutcome::Connected),
        Just(AttemptOutcome::MeetingHeld)
    ];
    let on = prop_oneof![Just("2025-06-01"), Just("2025-06-02"), Just("2025-07-01")];
    let deal = 1_i64..4;
    prop_oneof![
        3 => (handoff.clone(), outcome, 0_i64..30).prop_map(|(h, o, hours)| attempt_at(h, o, Moment(NOW.0 - hours * HOUR))),
        2 => handoff.clone().prop_map(accept),
        2 => (handoff.clone(), reasons, any::<bool>()).prop_map(|(h, r, n)| reject(h, r, n.then_some("note"))),
        2 => (handoff.clone(), on).prop_map(|(h, on)| recycle(h, on)),
        2 => handoff.clone().prop_map(reopen),
        1 => (1_i64..8).prop_map(|lead| Command::Desk(Desk::HandOver { lead: LeadId(lead), to: None, trigger: None })),
        1 => handoff.clone().prop_map(|h| Command::Desk(Desk::Assign { handoff: HandoffId(h), to: "sue".into() })),
        3 => (handoff.clone(), handoff.clone()).prop_map(|(a, b)| Command::Qualify(whole(&[a, b]))),
        1 => (deal.clone(), handoff.clone()).prop_map(|(d, h)| change(d, DealChange::Join(HandoffId(h)))),
        2 => (deal.clone(), deal_change()).prop_map(|(d, c)| change(d, c)),
        1 => Just(Command::Catalogue(Catalogue::MergeReason { from: "no_need".into(), into: "spam".into() })),
        7 => review(),
        1 => Just(Command::Undo(None)),
        1 => Just(Command::Redo),
    ]
}

/// Who sits at the keyboard: a rep, or the room, in which whoever may do something does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hands {
    Sam,
    Room,
}

fn hands() -> impl Strategy<Value = Hands> {
    prop_oneof![1 => Just(Hands::Sam), 2 => Just(Hands::Room)]
}

impl Hands {
    fn of(self, command: &Command) -> Author {
        match (self, command.deed()) {
            (Hands::Room, Some(Deed::Challenge | Deed::ActOnFeedback)) => author(Some("mia")),
            _ => sam(),
        }
    }

    /// Takes the newest change back; false when nothing is left that was changed since `start`.
    fn undo(self, store: &mut Store, start: i64, taken: &mut i64) -> bool {
        if self == Hands::Sam {
            return store.apply(&Command::Undo(None), &sam()).is_ok();
        }
        let newest = *taken;
        *taken -= 1;
        newest > start && take_back(store, JournalId(newest))
    }

    /// Does again what was taken back last.
    fn redo(self, store: &mut Store, taken: &mut i64) {
        if self == Hands::Sam {
            store.apply(&Command::Redo, &sam()).unwrap();
            return;
        }
        assert!(take_back(store, JournalId(*taken)));
        *taken -= 1;
    }
}

/// Takes an entry back as who made it.
fn take_back(store: &mut Store, entry: JournalId) -> bool {
    let entries = store.journal(None, 1_000).unwrap();
    let found = entries.iter().find(|line| line.id == entry).unwrap();
    let handle = found.person.as_deref().map(str::to_lowercase);
    store.undo(entry, &author(handle.as_deref())).unwrap();
    true
}

fn review() -> impl Strategy<Value = Command> {
    let challenge = (1_i64..4).prop_map(ChallengeId);
    let proposal = prop_oneof![
        1 => Just(Proposal::Upheld(MustChange::Form)),
        3 => Just(Proposal::Overturned),
        2 => Just(Proposal::Recycled(day("2025-06-02"))),
        1 => Just(Proposal::CriteriaGap("employees >= 20".into())),
    ];
    let by = prop_oneof![
        1 => Just(By::Nobody),
        1 => Just(By::Author),
        1 => Just(By::These(vec!["mia".into()])),
        4 => Just(By::These(vec!["mia".into(), "sue".into()])),
    ];
    let deed = prop_oneof![
        Just(Deeds::Raise { note: None }),
        Just(Deeds::Acknowledge),
        Just(Deeds::Act {
            act: Act::Form,
            text: "ask".into(),
            rate: Rate { hits: 1, n: 2 }
        }),
        Just(Deeds::Check {
            rate: Rate { hits: 0, n: 2 }
        }),
    ];
    let reason = prop_oneof![Just("no_need"), Just("spam")];
    let review = prop_oneof![
        4 => (1_i64..9).prop_map(|h| Review::Challenge { handoff: HandoffId(h), argument: "why".into() }),
        1 => challenge.clone().prop_map(|challenge| Review::Withdraw { challenge }),
        4 => (challenge.clone(), proposal, by.clone())
            .prop_map(|(challenge, proposal, by)| Review::Settle { challenge, proposal, remark: None, by }),
        2 => (challenge, by).prop_map(|(challenge, by)| Review::Confirm { challenge, by }),
        2 => (reason, deed).prop_map(|(reason, deed)| {
            let cluster = Cluster::Of(Shared { reason: Some(reason.into()), ..Shared::default() });
            Review::Feedback { cluster, deed }
        }),
        1 => Just(Review::Unlist { list: DomainList::Student, domains: vec!["edu".into()] }),
        1 => Just(Review::StockLists),
    ];
    review.prop_map(Command::Review)
}

fn deal_change() -> impl Strategy<Value = DealChange> {
    prop_oneof![
        Just(DealChange::Stage("Proposal".into())),
        (1_i64..9).prop_map(|n| DealChange::Value(Money::units(n, Currency::EUR))),
        Just(DealChange::CloseOn(day("2025-08-01"))),
        Just(DealChange::Owner("sue".into())),
        Just(DealChange::Won),
        Just(DealChange::Lost {
            reason: "spam".into(),
            note: None
        }),
        Just(DealChange::NoDecision { note: None }),
        Just(DealChange::Reverse {
            note: "wrong".into()
        }),
    ]
}

/// What must never be found, whatever was done.
const NEVER: &[&str] = &[
    "SELECT count(*) FROM handoff WHERE verdict = 'rejected' AND reason_id IS NULL",
    "SELECT count(*) FROM handoff h JOIN reason r ON r.id = h.reason_id WHERE r.needs_note = 1 AND h.note IS NULL",
    "SELECT count(*) FROM handoff h WHERE h.evidence = 'spoke' AND NOT EXISTS (
         SELECT 1 FROM attempt a WHERE a.handoff_id = h.id AND a.outcome IN ('connected', 'meeting_held'))",
    "SELECT count(*) FROM handoff h WHERE h.verdict = 'recycled' AND NOT EXISTS (
         SELECT 1 FROM handoff n WHERE n.lead_id = h.lead_id AND n.number = h.number + 1)",
    "SELECT count(*) FROM (SELECT lead_id FROM handoff WHERE verdict IS NULL GROUP BY lead_id HAVING count(*) > 1)",
    "SELECT count(*) FROM opportunity o WHERE NOT EXISTS (SELECT 1 FROM opportunity_lead x WHERE x.opportunity_id = o.id)",
    "SELECT count(*) FROM opportunity o JOIN handoff h ON h.id = o.handoff_id WHERE h.verdict IS NOT 'accepted'",
    "SELECT count(*) FROM opportunity WHERE reversed_at IS NOT NULL AND qualified_at IS NULL",
    "SELECT count(*) FROM opportunity o WHERE o.amount_minor <> o.qualified_minor AND NOT EXISTS (
         SELECT 1 FROM opportunity_event e WHERE e.opportunity_id = o.id AND e.kind = 'amount')",
];

/// Neither these nor the doctor's rules are ever broken.
pub(in crate::store::tests) fn holds(store: &Store, after: &str) -> Result<(), TestCaseError> {
    for sql in NEVER {
        prop_assert_eq!(count(store, sql), 0, "{} after {}", sql, after);
    }
    for rule in crate::store::doctor::RULES {
        let sql = format!("SELECT count(*) FROM ({})", rule.sql);
        prop_assert_eq!(
            count(store, &sql),
            0,
            "{} {} after {}",
            rule.of,
            rule.broken,
            after
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn undoing_everything_leaves_nothing_and_redoing_brings_it_back(commands in proptest::collection::vec(command(), 1..40), hands in hands()) {
        let mut store = desk();
        let (start, begun) = (dump(&store), store.journal_id().unwrap());
        let mut facts = store.load_facts(&mut |_| ()).unwrap();
        for command in &commands {
            let before = dump(&store);
            match store.apply(command, &hands.of(command)) {
                Ok(_) => agrees(&store, &mut facts),
                Err(error) => {
                    prop_assert!(error.is_refusal(), "{command:?}: {error}");
                    prop_assert_eq!(&before, &dump(&store));
                }
            }
            holds(&store, &format!("{command:?}"))?;
        }
        let end = dump(&store);
        let mut undone = Vec::new();
        let mut newest = store.journal_id().unwrap();
        while hands.undo(&mut store, begun, &mut newest) {
            undone.push(dump(&store));
        }
        prop_assert_eq!(&start, &dump(&store));
        agrees(&store, &mut facts);
        let had = !undone.is_empty();
        undone.pop();
        let mut newest = store.journal_id().unwrap();
        while let Some(state) = undone.pop() {
            hands.redo(&mut store, &mut newest);
            prop_assert_eq!(state, dump(&store));
        }
        if had && dump(&store) != end {
            hands.redo(&mut store, &mut newest);
        }
        prop_assert_eq!(&end, &dump(&store));
        agrees(&store, &mut facts);
    }

    #[test]
    fn undoing_in_any_order_never_breaks_a_rule(commands in proptest::collection::vec(command(), 1..25), order in any::<prop::sample::Index>(), hands in hands()) {
        let mut store = desk();
        for command in &commands {
            let _ = store.apply(command, &hands.of(command));
        }
        let entries = store.journal(None, 100).unwrap();
        let turn = order.index(entries.len());
        for entry in entries[turn..].iter().chain(&entries[..turn]) {
            let before = dump(&store);
            let by = entry.person.as_deref().map(str::to_lowercase);
            if let Err(error) = store.undo(entry.id, &author(by.as_deref())) {
                prop_assert!(error.is_refusal(), "{}: {error}", entry.summary);
                prop_assert_eq!(before, dump(&store));
            }
            holds(&store, &entry.summary)?;
        }
    }
}
