//! Feedback comes back each time with its age, and says where the rate went since the change.

use super::room::Desk;
use crate::domain::ids::FeedbackId;
use crate::domain::moment::Moment;
use crate::domain::review::feedback::{Act, FeedbackLine, FeedbackState, Rate, Shared};
use crate::screens::fetch::{Fetch, Fetched};
use crate::screens::{Screen, sample};

fn days_ago(days: i64) -> (Moment, Option<String>) {
    (Moment(sample::AS_OF.0 - days * 86_400), None)
}

fn line(id: i64, state: FeedbackState, days: i64, now: Option<Rate>) -> FeedbackLine {
    let acted = state == FeedbackState::Acted || state == FeedbackState::Checked;
    let then = Rate { hits: 30, n: 60 };
    FeedbackLine {
        id: FeedbackId(id),
        shared: Shared {
            reason: Some("student".into()),
            source: Some(format!("Source {id}")),
            ..Shared::default()
        },
        reason_label: None,
        rep_name: None,
        state,
        note: None,
        raised: days_ago(days),
        acknowledged: acted.then(|| days_ago(days)),
        acted: acted.then(|| days_ago(days)),
        act: acted.then(|| (Act::Form, "ask for the company".into(), then)),
        checked: now.map(|_| days_ago(0)),
        now,
    }
}

#[test]
fn what_is_open_stands_over_the_worklist_with_its_age_and_the_rate_says_where_it_went() {
    let mut desk = Desk::new();
    let read = Fetched::Feedback(vec![
        line(1, FeedbackState::New, 28, None),
        line(2, FeedbackState::Acted, 9, None),
        line(3, FeedbackState::Checked, 40, Some(Rate { hits: 4, n: 20 })),
        line(4, FeedbackState::Checked, 40, Some(Rate { hits: 4, n: 5 })),
        line(
            5,
            FeedbackState::Checked,
            40,
            Some(Rate { hits: 10, n: 20 }),
        ),
    ]);
    desk.screen.fetched(&Fetch::Feedback, &read, &desk.model);
    let shown = desk.drawn(80, 24);
    assert!(
        shown.contains("open: 2 feedback (28 d), 1 challenge (3 d)"),
        "{shown}"
    );
    desk.press("I");
    let shown = desk.drawn(120, 30);
    for words in [
        "30 of 60 (50.0 %)",
        "↓ 4 of 20 (20.0 %)",
        "↑ 4 of 5 (80.0 %°)",
        "= 10 of 20 (50.0 %)",
    ] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
}
