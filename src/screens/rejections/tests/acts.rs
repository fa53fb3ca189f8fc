//! Keys in, commands out: challenge, settle, confirm, feedback, rules; refusals keep what was typed.

use std::sync::Arc;

use super::room::{Desk, challenge};
use crate::domain::command::Command;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::criteria::{Class, Condition, Kind, Literal, Operator, Rule, Switch};
use crate::domain::ids::{ChallengeId, CriteriaId, HandoffId};
use crate::domain::moment::Day;
use crate::domain::review::feedback::{Act, Cluster, Deeds, Rate, Shared};
use crate::domain::review::{By, MustChange, Proposal, Review};
use crate::metrics::review::Proposal as Found;
use crate::screens::fetch::{Done, Fetch, Fetched, Write};
use crate::screens::judge::{Draft, Proposed, RuleLine};
use crate::screens::{Outcome, Screen};

fn review(outcome: Outcome) -> Review {
    match outcome {
        Outcome::Write(Write::One(command)) => match *command {
            Command::Review(review) => review,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn these(handles: &[&str]) -> By {
    By::These(handles.iter().map(|handle| (*handle).to_owned()).collect())
}

/// Open challenge 1 is on handoff 6.
fn settled(keys: &str) -> Review {
    let mut desk = Desk::new();
    review(desk.press(&format!("C{keys}")))
}

#[test]
fn a_challenge_takes_its_argument_and_a_refusal_keeps_it() {
    let mut desk = Desk::new();
    // The dearest cluster, its rejections newest first: handoff 5.
    let outcome = desk.press("\ncthey ordered\n");
    assert_eq!(
        review(outcome.clone()),
        Review::Challenge {
            handoff: HandoffId(5),
            argument: "they ordered".into(),
        }
    );
    let Outcome::Write(write) = outcome else {
        panic!("a write");
    };
    let refused = Err("sales may not challenge a rejection");
    desk.screen.written(&write, refused, &desk.model);
    let shown = desk.drawn(80, 24);
    assert!(
        shown.contains("sales may not challenge") && shown.contains("they ordered"),
        "{shown}"
    );
    // Sent again and done: the window is gone.
    let Outcome::Write(again) = desk.press("\n") else {
        panic!("a write");
    };
    desk.screen
        .written(&again, Ok(&Done::default()), &desk.model);
    assert!(desk.screen.waits_for().is_none());
    assert!(!desk.drawn(80, 24).contains("Argument"));
}

#[test]
fn an_empty_argument_is_refused_in_the_window() {
    let mut desk = Desk::new();
    assert_eq!(desk.press("\nc\n"), Outcome::Nothing);
    assert!(desk.drawn(80, 24).contains("an argument is needed"));
}

#[test]
fn three_letters_settle_for_both_sides() {
    assert_eq!(
        settled("saaa"),
        Review::Settle {
            challenge: ChallengeId(1),
            proposal: Proposal::Upheld(MustChange::Targeting),
            remark: None,
            by: these(&["mia", "sam"]),
        }
    );
    // Max for marketing, nobody yet for sales.
    assert_eq!(
        settled("sebb"),
        Review::Settle {
            challenge: ChallengeId(1),
            proposal: Proposal::Overturned,
            remark: None,
            by: these(&["max"]),
        }
    );
    // Nobody at all: it is proposed only.
    let Review::Settle { by, .. } = settled("sdcb") else {
        panic!("settle");
    };
    assert_eq!(by, By::Nobody);
}

#[test]
fn esc_goes_back_one_window_and_what_was_typed_is_still_there() {
    let mut desk = Desk::new();
    desk.press("Csgemployees >= 50\na");
    assert!(desk.drawn(90, 24).contains("Who confirms for sales?"));
    assert!(desk.screen.back());
    assert!(desk.drawn(90, 24).contains("Who confirms for marketing?"));
    assert!(desk.screen.back());
    let shown = desk.drawn(90, 24);
    assert!(
        shown.contains("employees >= 50") && shown.contains("Criteria gap"),
        "{shown}"
    );
    // Another way on from there: the second of marketing, the first of sales.
    assert_eq!(
        review(desk.press("\nba")),
        Review::Settle {
            challenge: ChallengeId(1),
            proposal: Proposal::CriteriaGap("employees >= 50".into()),
            remark: None,
            by: these(&["max", "sam"]),
        }
    );
    desk.press("Cs");
    assert!(desk.screen.back());
    assert!(!desk.drawn(90, 24).contains("how is it settled"));
}

#[test]
fn recycling_asks_for_a_day_and_a_gap_for_its_rule() {
    let month_later = Day::parse("2025-10-30").unwrap();
    let Review::Settle { proposal, .. } = settled("sf\naa") else {
        panic!("settle");
    };
    assert_eq!(proposal, Proposal::Recycled(month_later));
    let Review::Settle { proposal, .. } = settled("sgemployees >= 50\naa") else {
        panic!("settle");
    };
    assert_eq!(proposal, Proposal::CriteriaGap("employees >= 50".into()));
    let mut desk = Desk::new();
    desk.press("Csfx\n");
    assert!(desk.drawn(80, 24).contains("is no date"));
}

#[test]
fn confirming_asks_the_side_that_is_missing_only() {
    let mut desk = Desk::new();
    assert!(matches!(desk.press("Co"), Outcome::Say(_)));
    let mut line = challenge(1, 6);
    line.proposal = Some(Proposal::Overturned);
    line.marketing = Some("mia 霧島".into());
    let read = Fetched::Challenges(vec![line]);
    desk.screen.fetched(&Fetch::Challenges, &read, &desk.model);
    let shown = desk.drawn(100, 24).replace("\n ", " ");
    assert!(shown.contains("counts once sales has confirmed"), "{shown}");
    assert_eq!(
        review(desk.press("oa")),
        Review::Confirm {
            challenge: ChallengeId(1),
            by: these(&["sam"]),
        }
    );
    assert_eq!(
        settled("W"),
        Review::Withdraw {
            challenge: ChallengeId(1)
        }
    );
}

#[test]
fn a_rejection_without_a_challenge_says_what_to_press() {
    let mut desk = Desk::new();
    let Outcome::Say(words) = desk.press("\ns") else {
        panic!("a sentence");
    };
    assert!(words.contains("c does"), "{words}");
}

#[test]
fn a_cluster_is_fed_back_acted_on_with_its_rate_and_checked() {
    let shared = Shared {
        reason: Some("student".into()),
        source: Some("Webinar".into()),
        ..Shared::default()
    };
    let cluster = Cluster::Of(shared);
    let mut desk = Desk::new();
    assert_eq!(
        review(desk.press("itoo many\n")),
        Review::Feedback {
            cluster: cluster.clone(),
            deed: Deeds::Raise {
                note: Some("too many".into())
            },
        }
    );
    let mut desk = Desk::new();
    assert_eq!(
        review(desk.press("a")),
        Review::Feedback {
            cluster: cluster.clone(),
            deed: Deeds::Acknowledge,
        }
    );
    // Five of the seven that were decided on Webinar in the last 13 weeks.
    let mut desk = Desk::new();
    let form = Act::ALL.iter().position(|act| *act == Act::Form).unwrap();
    let letter = char::from(b'a' + form as u8);
    assert_eq!(
        review(desk.press(&format!("A{letter}ask for the employer\n"))),
        Review::Feedback {
            cluster,
            deed: Deeds::Act {
                act: Act::Form,
                text: "ask for the employer".into(),
                rate: Rate { hits: 5, n: 7 },
            },
        }
    );
}

#[test]
fn feedback_is_not_kept_on_weeks() {
    let mut desk = Desk::new();
    // Down: source, campaign, segment, rep, week.
    let Outcome::Say(words) = desk.press("BBBBa") else {
        panic!("a sentence");
    };
    assert!(words.contains("week of the verdict"), "{words}");
}

fn rule() -> RuleLine {
    let condition = Condition {
        field: "title".into(),
        operator: Operator::NotIn,
        values: vec![Literal::Text("Student".into())],
    };
    let rule = Rule {
        kind: Kind::Must,
        class: Class::Authority,
        condition,
        why: String::new(),
        switch: Switch::On,
    };
    RuleLine {
        text: "title not in (Student)".into(),
        proposal: Found {
            rule,
            caught: 4,
            of: 5,
            others: 1,
            lost: 0,
            good: 2,
            is_hinted: false,
        },
    }
}

#[test]
fn a_rule_from_a_cluster_lands_in_the_draft() {
    let mut desk = Desk::new();
    let Outcome::Read(fetch) = desk.press("d") else {
        panic!("a question");
    };
    let draft = Draft {
        id: Some(CriteriaId(3)),
        ..Draft::default()
    };
    let rules = vec![rule()];
    let read = Fetched::Rules(Arc::new(Proposed { rules, draft }));
    desk.screen.fetched(&fetch, &read, &desk.model);
    assert!(desk.drawn(80, 24).contains("catches 4 of 5, costs 0 good"));
    desk.press("a");
    let shown = desk.drawn(80, 24);
    assert!(
        shown.contains("Keeps back 4 of these 5 and 1 other"),
        "{shown}"
    );
    let Outcome::Write(Write::One(command)) = desk.press("\n") else {
        panic!("a write");
    };
    let Command::Criteria(CriteriaChange::AddRule { draft, rule: added }) = *command else {
        panic!("a rule");
    };
    assert_eq!((draft, added), (CriteriaId(3), rule().proposal.rule));
}

#[test]
fn a_rule_that_cannot_be_read_is_refused_and_without_a_draft_one_begins() {
    let mut desk = Desk::new();
    let Outcome::Read(fetch) = desk.press("d") else {
        panic!("a question");
    };
    let nothing = Proposed {
        rules: Vec::new(),
        draft: Draft::default(),
    };
    let read = Fetched::Rules(Arc::new(nothing));
    desk.screen.fetched(&fetch, &read, &desk.model);
    assert_eq!(desk.press("emplyees >= 50\n"), Outcome::Nothing);
    assert!(desk.drawn(80, 24).contains("emplyees"));
    desk.screen.back();
    desk.screen.fetched(&fetch, &read, &desk.model);
    let Outcome::Write(Write::One(command)) = desk.press("employees >= 50\n") else {
        panic!("a write");
    };
    let Command::Criteria(CriteriaChange::Replace(whole)) = *command else {
        panic!("a draft");
    };
    assert_eq!(whole.rules.len(), 1);
}
