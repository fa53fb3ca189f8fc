//! Issues, decisions and actions: what they need, what they become, what is carried over.

use super::*;
use crate::domain::ids::{ActionId, DecisionId, HandoffId, IssueId};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::Solved;
use crate::domain::meeting::measured::{Measured, Number};
use crate::domain::meeting::search::{What, search};
use crate::domain::meeting::{
    ActionKind, ActionState, DecisionKind, IssueState, NewAction, NewDecision, Priority, Solution,
};

fn raise(text: &str, priority: Priority) -> Change {
    Change::Raise {
        text: text.into(),
        priority,
        rests_on: vec![Ground::Metric("rejection_rate".into())],
    }
}

fn decision(kind: DecisionKind, campaign: Option<&str>) -> NewDecision {
    NewDecision {
        text: "Stop the e-books".into(),
        owner: "max".into(),
        due: day("2025-07-01"),
        kind,
        campaign: campaign.map(str::to_owned),
        moves: Some(Measured {
            metric: "rejection_rate".into(),
            value: Some(Number::Real(0.4)),
            numerator: Some(4),
            denominator: Some(10),
            n: 10,
            mode: "event".into(),
            counted: "event".into(),
            period: "2025-Q2".into(),
            as_of: NOW,
        }),
        rests_on: vec![
            Ground::Campaign("E-books".into()),
            Ground::Words("the reps say so".into()),
        ],
    }
}

fn action(kind: ActionKind, owner: &str) -> NewAction {
    NewAction {
        text: "Write a calculator".into(),
        owner: owner.into(),
        due: day("2025-06-10"),
        kind,
    }
}

#[test]
fn issues_wait_by_urgency_and_one_is_discussed() {
    let mut store = room();
    // Between two meetings, by anybody.
    does(&mut store, &at("eve", 0), raise("CAC", Priority::Low));
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(&mut store, &at("sam", 1), raise("students", Priority::High));
    does(&mut store, &at("sam", 1), raise("speed", Priority::Middle));
    let order = |store: &Store| {
        let meetings = store.meetings().unwrap();
        let ids: Vec<i64> = meetings
            .open_issues()
            .iter()
            .map(|issue| issue.id.0)
            .collect();
        ids
    };
    assert_eq!(order(&store), [2, 3, 1]);
    does(&mut store, &at("mia", 2), Change::Discuss(IssueId(1)));
    does(&mut store, &at("mia", 2), Change::Discuss(IssueId(3)));
    does(&mut store, &at("mia", 2), Change::ParkIssue(IssueId(2)));
    assert_eq!(order(&store), [3, 1, 2]);
    does(
        &mut store,
        &at("mia", 2),
        Change::Prioritise(IssueId(1), Priority::High),
    );
    does(&mut store, &at("mia", 3), close());
    // Nobody speaks of anything any more; what was parked is back when the next one begins.
    let state = |store: &Store, id: usize| store.meetings().unwrap().issues[id - 1].state;
    assert_eq!(
        (state(&store, 3), state(&store, 2)),
        (IssueState::Open, IssueState::Parked)
    );
    assert!(refused(&mut store, &at("mia", 4), Change::Discuss(IssueId(1))).contains("no meeting"));
    does(&mut store, &at("mia", 4), start(&[]));
    assert_eq!(state(&store, 2), IssueState::Open);
    assert_eq!(order(&store), [1, 2, 3]);
    let meetings = store.meetings().unwrap();
    let of: Vec<_> = meetings
        .issues
        .iter()
        .map(|issue| issue.meeting.map(|id| id.0))
        .collect();
    assert_eq!(of, [None, Some(1), Some(1)]);
}

#[test]
fn an_issue_becomes_a_decision_and_both_are_undone_together() {
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(&mut store, &at("sam", 1), raise("students", Priority::High));
    let before = dump(&store);
    let new = decision(DecisionKind::CampaignStop, Some("E-books"));
    does(
        &mut store,
        &at("sam", 2),
        Change::Solve(IssueId(1), Solution::Decision(new.clone())),
    );
    let meetings = store.meetings().unwrap();
    let issue = &meetings.issues[0];
    assert_eq!(
        (issue.state, issue.solved),
        (IssueState::Solved, Some(Solved::Decision(DecisionId(1))))
    );
    let kept = &meetings.decisions[0];
    assert_eq!(
        (kept.owner.handle.as_str(), kept.due, kept.kind),
        ("max", new.due, new.kind)
    );
    assert_eq!(kept.campaign.as_deref(), Some("E-books"));
    assert_eq!(kept.moves, new.moves);
    assert_eq!(kept.rests_on, new.rests_on);
    assert!(
        refused(&mut store, &at("sam", 3), Change::Discuss(IssueId(1))).contains("solved already")
    );
    store.apply(&Command::Undo(None), &at("sam", 3)).unwrap();
    assert_eq!(before, dump(&store));
    store.apply(&Command::Redo, &at("sam", 4)).unwrap();
    assert_eq!(
        store.meetings().unwrap().decisions[0].text,
        "Stop the e-books"
    );
}

#[test]
fn a_decision_has_an_owner_a_day_and_grounds_that_are_there() {
    let mut store = room();
    let new = decision(DecisionKind::Other, None);
    let outside = Change::Decide(new.clone());
    assert!(refused(&mut store, &at("mia", 0), outside).contains("no meeting is running"));
    does(&mut store, &at("mia", 0), start(&["sam"]));
    let wrong: [(NewDecision, &str); 9] = [
        (
            NewDecision {
                owner: "zoe".into(),
                ..new.clone()
            },
            "no person 'zoe'",
        ),
        (
            NewDecision {
                due: day("2025-05-31"),
                ..new.clone()
            },
            "has passed",
        ),
        (
            NewDecision {
                due: day("2055-05-31"),
                ..new.clone()
            },
            "no date",
        ),
        (
            NewDecision {
                text: "  ".into(),
                ..new.clone()
            },
            "empty",
        ),
        (
            NewDecision {
                campaign: Some("E-books".into()),
                ..new.clone()
            },
            "names one",
        ),
        (decision(DecisionKind::CampaignFix, None), "which campaign"),
        (
            decision(DecisionKind::CampaignFix, Some("Webinars")),
            "no campaign 'Webinars'",
        ),
        (
            NewDecision {
                moves: None,
                rests_on: Vec::new(),
                ..decision(DecisionKind::CampaignKeep, Some("E-books"))
            },
            "on evidence",
        ),
        (
            NewDecision {
                rests_on: vec![Ground::Handoff(HandoffId(99))],
                ..new.clone()
            },
            "no handoff 99",
        ),
    ];
    for (new, why) in wrong {
        let said = refused(&mut store, &at("mia", 1), Change::Decide(new));
        assert!(said.contains(why), "{said}");
    }
    does(&mut store, &at("mia", 1), Change::Decide(new));
    assert!(
        refused(
            &mut store,
            &at("eve", 1),
            Change::Decide(decision(DecisionKind::Other, None))
        )
        .contains("may not decide")
    );
}

#[test]
fn actions_are_carried_over_until_done_or_dropped() {
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    let ask = action(ActionKind::ContentRequest, "sam");
    assert!(refused(&mut store, &at("sam", 1), Change::Act(ask)).contains("somebody of marketing"));
    does(
        &mut store,
        &at("sam", 1),
        Change::Act(action(ActionKind::ContentRequest, "mia")),
    );
    does(
        &mut store,
        &at("sam", 1),
        Change::Act(action(ActionKind::Task, "sam")),
    );
    does(&mut store, &at("mia", 2), close());
    does(&mut store, &at("mia", 3), start(&["sam"]));
    let open = |store: &Store| store.meetings().unwrap().open_actions().len();
    assert_eq!(open(&store), 2);
    assert!(store.meetings().unwrap().actions[0].is_overdue(day("2025-06-11")));
    does(&mut store, &at("mia", 4), Change::Done(ActionId(1)));
    assert!(refused(&mut store, &at("mia", 4), Change::Done(ActionId(1))).contains("done already"));
    assert!(
        refused(
            &mut store,
            &at("mia", 4),
            Change::Drop(ActionId(2), " ".into())
        )
        .contains("empty")
    );
    does(
        &mut store,
        &at("mia", 4),
        Change::Drop(ActionId(2), "nobody asks any more".into()),
    );
    assert_eq!(open(&store), 0);
    let meetings = store.meetings().unwrap();
    let ended: Vec<_> = meetings
        .actions
        .iter()
        .map(|a| (a.state, a.meeting.unwrap(), a.ended_in.unwrap()))
        .collect();
    assert_eq!(
        ended,
        [
            (ActionState::Done, MeetingId(1), MeetingId(2)),
            (ActionState::Dropped, MeetingId(1), MeetingId(2)),
        ]
    );
    store.apply(&Command::Undo(None), &at("mia", 5)).unwrap();
    assert_eq!(open(&store), 1);
}

#[test]
fn the_past_is_searched_by_words() {
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(
        &mut store,
        &at("mia", 1),
        Change::Decide(decision(DecisionKind::CampaignStop, Some("E-books"))),
    );
    does(
        &mut store,
        &at("mia", 2),
        raise("too many E-Books readers", Priority::Low),
    );
    does(
        &mut store,
        &at("mia", 3),
        Change::Note("sales wants fewer\nE-books".into()),
    );
    let meetings = store.meetings().unwrap();
    let found = |words: &str| {
        search(&meetings, words)
            .iter()
            .map(|hit| hit.what.label())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("e-books"), ["note", "issue", "decision"]);
    assert_eq!(found("E-BOOKS sales"), ["note"]);
    assert_eq!(found("MAX"), ["decision"], "its owner");
    assert_eq!(found("webinar"), Vec::<&str>::new());
    let decision = search(&meetings, "stop")[0].what;
    assert_eq!(decision, What::Decision(DecisionId(1)));
}
