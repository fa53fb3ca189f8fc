//! The room's last meeting, a month before the demo is looked at: what it decided, took on and left open. Its figures are frozen when it is written.

use super::Step;
use crate::domain::command::Command;
use crate::domain::ids::{ActionId, IssueId};
use crate::domain::meeting::agenda::DEFAULT;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::measured::Measured;
use crate::domain::meeting::snapshot::{Frozen, HEAD};
use crate::domain::meeting::{
    ActionKind, DecisionKind, MeetingChange, NewAction, NewDecision, Priority, Solution,
};
use crate::domain::moment::{Day, Moment};

/// 2025-09-02 10:00 in Berlin, two days after the first export.
const BEGAN: Moment = Moment(1_756_800_000);

fn day(text: &str) -> Day {
    Day::parse(text).expect("the days below are dates")
}

/// A number that is measured when the demo is written.
fn to_measure(metric: &str) -> Measured {
    Measured {
        metric: metric.into(),
        value: None,
        numerator: None,
        denominator: None,
        n: 0,
        mode: "event".into(),
        counted: "event".into(),
        period: String::new(),
        as_of: BEGAN,
    }
}

fn to_freeze() -> Frozen {
    Frozen {
        text: HEAD.into(),
        period: "all".into(),
    }
}

fn decision(text: &str, owner: &str, due: &str, moves: &str) -> NewDecision {
    NewDecision {
        text: text.into(),
        owner: owner.into(),
        due: day(due),
        kind: DecisionKind::Other,
        campaign: None,
        moves: Some(to_measure(moves)),
        rests_on: vec![Ground::Metric(moves.into())],
    }
}

fn action(text: &str, owner: &str, due: &str, kind: ActionKind) -> NewAction {
    NewAction {
        text: text.into(),
        owner: owner.into(),
        due: day(due),
        kind,
    }
}

fn issue(text: &str, priority: Priority, metric: &str) -> MeetingChange {
    MeetingChange::Raise {
        text: text.into(),
        priority,
        rests_on: vec![Ground::Metric(metric.into())],
    }
}

/// The meeting, minute by minute.
pub(super) fn steps() -> Vec<Step> {
    let students = issue(
        "E-book readers are students, and every one of them costs a call",
        Priority::High,
        "rejection_rate",
    );
    let portal = issue(
        "The comparison portal sends competitors: who talks to it?",
        Priority::Middle,
        "cost_per_accepted",
    );
    let ask = decision(
        "E-books only for people who name their employer",
        "ines",
        "2025-09-15",
        "rejection_rate",
    );
    let calls = decision(
        "Three tries before a lead counts as unreachable",
        "rike",
        "2025-09-08",
        "attempts_before_giving_up_median",
    );
    let page = "Ask for the employer on the e-book page";
    let sheet = "One page on forklift leasing, for calls with logistics";
    let tries = "Show the reps how many tries each lead had";
    let next = || MeetingChange::Next { from: None };
    let rate = |score| MeetingChange::Rate {
        person: None,
        score,
    };
    let start = MeetingChange::Start {
        agenda: DEFAULT.into(),
        present: ["ines", "jonas", "mira", "dana"].map(String::from).into(),
        snapshot: to_freeze(),
    };
    let close = MeetingChange::Close {
        snapshot: to_freeze(),
        next_on: Some(day("2025-09-30")),
    };
    let act = |text, owner, due, kind| MeetingChange::Act(action(text, owner, due, kind));
    let heard = "Sales hears the same question in each call: what does it cost for one warehouse?";
    let minutes: [(&'static str, i64, MeetingChange); 21] = [
        ("rike", 0, start),
        ("rike", 9, next()),
        ("rike", 13, next()),
        ("rike", 16, students),
        (
            "rike",
            24,
            MeetingChange::Solve(IssueId(1), Solution::Decision(ask)),
        ),
        (
            "ines",
            26,
            act(page, "jonas", "2025-09-12", ActionKind::Task),
        ),
        ("rike", 31, next()),
        ("ines", 38, MeetingChange::Decide(calls)),
        (
            "ines",
            40,
            act(tries, "rike", "2025-09-19", ActionKind::Task),
        ),
        ("rike", 44, next()),
        ("rike", 50, next()),
        ("rike", 52, MeetingChange::Note(heard.into())),
        (
            "rike",
            54,
            act(sheet, "jonas", "2025-10-10", ActionKind::ContentRequest),
        ),
        ("ines", 55, portal),
        ("ines", 56, MeetingChange::ParkIssue(IssueId(2))),
        ("rike", 57, next()),
        ("rike", 60, rate(7)),
        ("ines", 60, rate(8)),
        ("dana", 60, rate(6)),
        ("rike", 61, close),
        ("jonas", 15_200, MeetingChange::Done(ActionId(1))),
    ];
    let step = |(by, minute, change): (&'static str, i64, MeetingChange)| Step {
        by: Some(by),
        at: Moment(BEGAN.0 + minute * 60),
        command: Command::Meeting(change),
    };
    minutes.into_iter().map(step).collect()
}
