//! Meetings on paper: what was decided, then and now; every word of them foreign.

use std::sync::Arc;

use super::paper::{EVIL, tags, version};
use crate::domain::book::Book;
use crate::domain::criteria::Fields;
use crate::domain::criteria::version::{By, Versions};
use crate::domain::ids::{ActionId, DecisionId, IssueId, ItemId, MeetingId, PersonId, SnapshotId};
use crate::domain::meeting::agenda::{Item, ItemState, Point, Topic};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::{
    Action, Attendee, Decision, Issue, Meeting, Meetings, Note, Rating, Someone,
};
use crate::domain::meeting::snapshot::{Part, Snapshot};
use crate::domain::meeting::{ActionKind, ActionState, DecisionKind, IssueState, Priority};
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;
use crate::domain::policy::Side;
use crate::facts::Facts;
use crate::metrics::meeting::{Kept, Opening, freeze, measure, since};
use crate::metrics::tests::fixture::{DAY, MARCH, book};
use crate::metrics::tests::random::random;
use crate::metrics::{Metric, Scope, show};
use crate::report::{Paper, Recap, recap, recap_text};

/// Twenty days into March.
const THEN: Moment = Moment(MARCH + 20 * DAY);

fn someone(words: &str) -> Someone {
    Someone {
        id: PersonId(1),
        handle: "mia".into(),
        name: words.into(),
    }
}

fn by(words: &str) -> By {
    By {
        name: Some(words.into()),
        at: THEN,
    }
}

fn march(book: &Book, as_of: Moment) -> Period {
    Period::parse("2025-03", book.calendar.day_of(as_of), &book.calendar).unwrap()
}

/// A meeting of 20 March with a decision, an action and an issue, each of `words`.
pub(super) fn meetings(facts: &Facts, book: &Book, words: &str) -> Meetings {
    let scope = Scope::new(facts, book, march(book, THEN), THEN);
    let frozen = freeze(facts, book, &scope).unwrap();
    let snapshot = |id, part| Snapshot {
        id: SnapshotId(id),
        part,
        at: THEN,
        period: frozen.period.clone(),
        criteria: Some(3),
        sha256: "ab".repeat(32),
        text: Some(Arc::from(frozen.text.as_str())),
    };
    let meeting = Meeting {
        id: MeetingId(1),
        agenda: "default".into(),
        started: by(words),
        began: THEN,
        presenter: Some(someone(words)),
        closed: Some(by(words)),
        ended: Some(Moment(THEN.0 + 3_000)),
        next_on: Some(Day(20_180)),
        items: vec![Item {
            id: ItemId(1),
            point: Point {
                title: words.into(),
                ..Point::new(Topic::Other, 8)
            },
            state: ItemState::Done,
            opened: None,
            spent: 545,
        }],
        attendance: vec![Attendee {
            person: someone(words),
            side: Side::Marketing,
            came: THEN,
            left: None,
        }],
        snapshots: vec![snapshot(1, Part::Start), snapshot(2, Part::End)],
        notes: vec![Note {
            item: None,
            by: by(words),
            text: words.into(),
        }],
        ratings: vec![Rating {
            person: someone(words),
            score: 8,
        }],
    };
    Meetings {
        all: vec![meeting],
        issues: vec![Issue {
            id: IssueId(1),
            meeting: Some(MeetingId(1)),
            by: by(words),
            text: words.into(),
            priority: Priority::High,
            state: IssueState::Dropped,
            rests_on: Vec::new(),
            ended: Some((THEN, Some(MeetingId(1)))),
            solved: None,
            why: Some(words.into()),
        }],
        decisions: vec![Decision {
            id: DecisionId(1),
            meeting: MeetingId(1),
            by: by(words),
            text: words.into(),
            owner: someone(words),
            due: Day(20_200),
            kind: DecisionKind::CampaignStop,
            campaign: Some(words.into()),
            moves: Some(measure(Metric::RejectionRate, facts, book, &scope).unwrap()),
            rests_on: vec![
                Ground::Metric("rejection_rate".into()),
                Ground::Words(words.into()),
                Ground::Criteria(3),
            ],
        }],
        actions: vec![Action {
            id: ActionId(1),
            meeting: Some(MeetingId(1)),
            by: by(words),
            text: words.into(),
            owner: someone(words),
            due: Day(20_170),
            kind: ActionKind::Task,
            state: ActionState::Open,
            ended: None,
            ended_in: None,
            why: None,
        }],
        own: Vec::new(),
    }
}

/// The recap in every form, and the figures that stand on it.
fn written(words: &str) -> ([String; 3], Opening) {
    let facts = random(7, 300);
    let mut book = book("Europe/Berlin");
    words.clone_into(&mut book.workspace.name);
    book.meetings = meetings(&facts, &book, words);
    let now = Moment(MARCH + 40 * DAY);
    let scope = Scope::new(&facts, &book, march(&book, now), now);
    let opening = Opening::new(&facts, &book, &scope);
    let meeting = &book.meetings.all[0];
    let text = meeting.snapshots[0].text.clone().unwrap();
    let kept = Kept::read(&text).unwrap();
    let changed = since(&facts, &book, &scope, &kept).unwrap();
    let asked = Recap {
        book: &book,
        meeting,
        lasted: 3_000,
        opening: &opening,
        figures: [Some(&kept), Some(&kept)],
        since: Some((&changed, "2025-03")),
        criteria: &Versions(vec![version(words)]),
        fields: &Fields::default(),
    };
    let papers = [
        recap(&asked, Paper::Html),
        recap(&asked, Paper::Markdown),
        recap_text(&asked),
    ];
    (papers, opening)
}

#[test]
fn a_recap_holds_foreign_words_as_text_in_every_form() {
    let ([html, markdown, text], _) = written(EVIL);
    for tag in tags(&html) {
        let name = tag.split([' ', '\n']).next().unwrap();
        assert!(
            !["script", "img", "iframe", "link"].contains(&name),
            "{tag}"
        );
    }
    assert!(html.matches("&lt;script&gt;").count() >= 8);
    assert!(!markdown.contains("<script") && !markdown.replace("\\]", "").contains("]("));
    for page in [&html, &markdown, &text] {
        assert!(!page.contains(['\u{1b}', '\u{202e}']));
    }
}

#[test]
fn a_recap_says_what_was_decided_then_and_now() {
    let ([_, markdown, text], opening) = written("Stop the e-books");
    let (_, effect) = &opening.decisions[0];
    let effect = effect.as_ref().unwrap();
    for page in [&markdown, &text] {
        let page = page.replace('\\', "").replace("&#58;", ":");
        assert!(
            page.contains(&show::full(&effect.then)) && page.contains(&show::full(&effect.now))
        );
        assert!(page.contains("before/after is no proof of cause"));
        assert!(
            page.contains("stop the campaign Stop the e-books; rests on Rejected")
                && page.contains("· Stop the e-books · criteria version 3"),
            "{page}"
        );
        assert!(
            page.contains("Version 3, "),
            "what was decided upon: {page}"
        );
        assert!(
            page.contains("it took 50 min") && page.contains("9:05"),
            "{page}"
        );
        assert!(page.contains("1:05"), "65 seconds over");
    }
    let fall = &opening.since.unwrap().waterfall;
    assert_ne!((fall.start, fall.end), (Some(0), Some(0)));
}
