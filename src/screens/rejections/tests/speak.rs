//! At one keyboard: what who sits there may not do is said by somebody of the room who may.

use std::sync::Arc;

use super::room::{Desk, book, facts};
use crate::domain::book::{Person, Who};
use crate::domain::command::Command;
use crate::domain::ids::{ChallengeId, HandoffId, PersonId};
use crate::domain::policy::Side;
use crate::domain::review::{By, Proposal, Review};
use crate::screens::fetch::Write;
use crate::screens::model::{History, Model};
use crate::screens::{Outcome, Screen, sample};

fn executive() -> Desk {
    let mut book = book();
    book.people.push(Person {
        id: PersonId(4),
        handle: "eve".into(),
        name: "Eve".into(),
        side: Side::Executive,
    });
    let who = Who {
        named: Some("eve".into()),
        ..Who::default()
    };
    let history = History::new(book, facts(), sample::AS_OF);
    Desk::of(Model::new(Arc::new(history)).seen_by(who))
}

#[test]
fn a_challenge_is_said_by_one_of_marketing() {
    let mut desk = executive();
    assert_eq!(desk.press("\nclooks fine\n"), Outcome::Nothing);
    let shown = desk.drawn(100, 30);
    assert!(
        shown.contains("Who of the room says so?") && shown.contains("mia"),
        "{shown}"
    );
    assert!(!shown.contains("sam 霧島       sales"), "{shown}");
    let challenge = Command::Review(Review::Challenge {
        handoff: HandoffId(5),
        argument: "looks fine".into(),
    });
    // The second of marketing.
    let said = Write::As("max".into(), Box::new(challenge));
    assert_eq!(desk.press("b"), Outcome::Write(said.clone()));
    // A refusal brings back what was typed.
    desk.screen
        .written(&said, Err("it was challenged before"), &desk.model);
    assert!(desk.drawn(100, 30).contains("looks fine"));
}

#[test]
fn who_confirms_has_said_so() {
    let mut desk = executive();
    let settle = Command::Review(Review::Settle {
        challenge: ChallengeId(1),
        proposal: Proposal::Overturned,
        remark: None,
        by: By::These(vec!["mia".into(), "sam".into()]),
    });
    let said = Write::As("mia".into(), Box::new(settle));
    assert_eq!(desk.press("Cseaa"), Outcome::Write(said));
}
