//! The rules of the desk, one table each.

use super::*;
use crate::domain::ids::ReasonId;
use crate::domain::policy::Side;
use crate::domain::reason::ReasonClass;

const NOW: Moment = Moment(1_748_779_200);

fn standing() -> Standing {
    Standing {
        lead: "Ada".into(),
        handed_off: Moment(NOW.0 - 86_400),
        verdict: None,
        spoke: None,
        attempts: 2,
    }
}

fn reason(asks: Asks) -> Reason {
    Reason {
        id: ReasonId(1),
        code: "code".into(),
        label: "Label".into(),
        class: ReasonClass::Other,
        objective: asks == Asks::Nothing,
        asks,
        acts: Side::Marketing,
        field: None,
        retired: false,
        successor: None,
    }
}

fn calendar() -> Calendar {
    Calendar::new("Europe/Berlin").unwrap()
}

fn preview(standing: &Standing, asks: Asks, note: Option<&str>) -> Result<Preview, Refused> {
    preview_rejection(standing, &reason(asks), note, 3, (NOW, &calendar()))
}

#[test]
fn below_the_agreed_attempts_the_preview_says_unverified() {
    let told = preview(&standing(), Asks::Attempts, None).unwrap();
    assert!(told.is_unverified());
    assert_eq!(
        told.to_string(),
        "unverified: no conversation, and 2 of 3 agreed attempts"
    );
    let third = Standing {
        attempts: 3,
        ..standing()
    };
    let told = preview(&third, Asks::Attempts, None).unwrap();
    assert_eq!(told.to_string(), "evidence: attempts");
    let spoke = Standing {
        spoke: Some(NOW),
        ..standing()
    };
    let told = preview(&spoke, Asks::Conversation, None).unwrap();
    assert_eq!(told.evidence, Evidence::Spoke);
}

#[test]
fn other_needs_a_note_and_blanks_are_none() {
    for nothing in [None, Some(""), Some(" \n ")] {
        let refused = preview(&standing(), Asks::Note, nothing).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "'Label' says nothing by itself; add a note that says what it was"
        );
    }
    assert!(preview(&standing(), Asks::Note, Some("moved abroad")).is_ok());
    let novel = "x".repeat(4_001);
    let refused = preview(&standing(), Asks::Note, Some(&novel)).unwrap_err();
    assert!(refused.to_string().contains("longer than 4000"));
}

#[test]
fn a_decided_or_future_handoff_takes_no_verdict() {
    let decided = Standing {
        verdict: Some((Verdict::Rejected, NOW)),
        ..standing()
    };
    let refused = decided.undecided(NOW, &calendar()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Ada was rejected on 2025-06-01; reopen it first to say something else"
    );
    let later = Standing {
        handed_off: Moment(NOW.0 + 86_400),
        ..standing()
    };
    let refused = later.undecided(NOW, &calendar()).unwrap_err();
    assert!(
        refused.to_string().contains("comes back on 2025-06-02"),
        "{refused}"
    );
}

#[test]
fn attempts_lie_between_hand_over_and_now() {
    let check = |at: i64, minutes| standing().attempt((Moment(at), NOW), minutes, &calendar());
    assert_eq!(check(NOW.0, Some(0)), Ok(()));
    assert_eq!(check(NOW.0 - 86_400, None), Ok(()));
    assert!(matches!(
        check(NOW.0 + 1, None),
        Err(Refused::Future { .. })
    ));
    assert!(matches!(
        check(NOW.0 - 86_401, None),
        Err(Refused::BeforeHandOver { .. })
    ));
    assert_eq!(check(NOW.0, Some(1_441)), Err(Refused::Minutes(1_441)));
    let accepted = Standing {
        verdict: Some((Verdict::Accepted, NOW)),
        ..standing()
    };
    assert_eq!(accepted.attempt((NOW, NOW), None, &calendar()), Ok(()));
    let rejected = Standing {
        verdict: Some((Verdict::Rejected, NOW)),
        ..standing()
    };
    assert!(rejected.attempt((NOW, NOW), None, &calendar()).is_err());
}

#[test]
fn a_lead_is_recycled_to_a_day_after_the_local_today() {
    let calendar = calendar();
    let day = |text| Day::parse(text).unwrap();
    assert_eq!(recycle_day(day("2025-06-02"), NOW, &calendar), Ok(()));
    let refused = recycle_day(day("2025-06-01"), NOW, &calendar).unwrap_err();
    assert!(refused.to_string().contains("after today (2025-06-01)"));
    assert_eq!(
        recycle_day(day("2345-01-01"), NOW, &calendar),
        Err(Refused::OddDay(day("2345-01-01")))
    );
}
