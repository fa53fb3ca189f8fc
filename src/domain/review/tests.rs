//! The rules of the review as tables.

use super::feedback::{Act, FeedbackState, Rate};
use super::lists::{Lists, STOCK, normal};
use super::standing::{Challenged, Confirmer, Newer, challengeable};
use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::desk::Standing;
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::refused::Refused;
use crate::domain::verdict::{Evidence, Verdict};

const NOW: Moment = Moment(1_748_779_200);

fn calendar() -> Calendar {
    Calendar::new("Europe/Berlin").unwrap()
}

fn handoff(verdict: Option<Verdict>) -> Standing {
    Standing {
        lead: "Ada".into(),
        handed_off: Moment(NOW.0 - 86_400),
        verdict: verdict.map(|v| (v, Moment(NOW.0 - 3_600))),
        spoke: None,
        attempts: 0,
    }
}

fn challenge() -> Challenged {
    Challenged {
        lead: "Ada".into(),
        state: (ChallengeState::Open, NOW),
        evidence: Evidence::None,
        newer: Newer::No,
        marketing: None,
        sales: None,
    }
}

fn who(id: i64, side: Side) -> Confirmer {
    Confirmer {
        id,
        name: "Mia".into(),
        side,
    }
}

#[test]
fn only_a_rejection_is_challenged_and_only_once() {
    let calendar = calendar();
    let ask = |verdict, last| challengeable(&handoff(verdict), last, NOW, &calendar);
    assert_eq!(ask(Some(Verdict::Rejected), None), Ok(()));
    for verdict in [None, Some(Verdict::Accepted), Some(Verdict::Recycled)] {
        let refused = ask(verdict, None).unwrap_err();
        assert!(matches!(refused, Refused::NotRejected { .. }), "{refused}");
    }
    let open = ask(
        Some(Verdict::Rejected),
        Some((ChallengeState::Open, Moment(NOW.0 - 86_400))),
    );
    assert_eq!(
        open.unwrap_err().to_string(),
        "the rejection of Ada was challenged on 2025-05-31 and waits for the room; settle that, or withdraw it first"
    );
    let settled = ask(
        Some(Verdict::Rejected),
        Some((ChallengeState::Settled, NOW)),
    );
    assert!(
        settled
            .unwrap_err()
            .to_string()
            .contains("undo the settlement")
    );
}

#[test]
fn a_settlement_needs_one_person_of_each_side() {
    let mut standing = challenge();
    assert_eq!(standing.missing(), [Side::Marketing, Side::Sales]);
    standing.confirm(&who(1, Side::Marketing)).unwrap();
    assert!(!standing.is_confirmed());
    standing.confirm(&who(2, Side::Marketing)).unwrap();
    assert_eq!(standing.missing(), [Side::Sales]);
    // Who sits on the other side since cannot be both.
    let both = standing.clone().confirm(&who(2, Side::Sales)).unwrap_err();
    assert!(both.to_string().contains("cannot confirm for both sides"));
    let eve = standing.clone().confirm(&who(3, Side::Executive));
    assert!(
        eve.unwrap_err()
            .to_string()
            .contains("sits on neither side")
    );
    standing.confirm(&who(3, Side::Sales)).unwrap();
    assert!(standing.is_confirmed());
}

#[test]
fn what_returns_to_the_rep_was_not_handed_over_again() {
    let calendar = calendar();
    let day = |text| Day::parse(text).unwrap();
    let again = Challenged {
        newer: Newer::Yes,
        ..challenge()
    };
    for proposal in [
        Proposal::Overturned,
        Proposal::Recycled(day("2025-07-01")),
        Proposal::Upheld(MustChange::Form),
        Proposal::CriteriaGap("employees >= 20".into()),
    ] {
        assert_eq!(challenge().can_be(&proposal, NOW, &calendar), Ok(()));
        let returns = matches!(proposal, Proposal::Overturned | Proposal::Recycled(_));
        let refused = again.can_be(&proposal, NOW, &calendar);
        assert_eq!(refused.is_err(), returns, "{proposal}");
    }
    for wrong in [
        Proposal::Recycled(day("2025-06-01")),
        Proposal::CriteriaGap("  ".into()),
        Proposal::CriteriaGap("x".repeat(501)),
    ] {
        assert!(challenge().can_be(&wrong, NOW, &calendar).is_err());
    }
    let settled = Challenged {
        state: (ChallengeState::Settled, NOW),
        ..challenge()
    };
    let refused = settled.can_be(&Proposal::Overturned, NOW, &calendar);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the challenge of Ada was settled on 2025-06-01"
    );
}

#[test]
fn feedback_goes_from_new_to_checked_and_never_back_by_itself() {
    use FeedbackState::{Acknowledged, Acted, Checked, New};
    let rate = Rate { hits: 1, n: 2 };
    let act = Deeds::Act {
        act: Act::Form,
        text: "ask for the company".into(),
        rate,
    };
    let allowed = |deed: &Deeds| {
        [
            None,
            Some(New),
            Some(Acknowledged),
            Some(Acted),
            Some(Checked),
        ]
        .map(|state| deed.from(state, "it").is_ok())
    };
    assert_eq!(
        allowed(&Deeds::Acknowledge),
        [true, true, false, false, false]
    );
    assert_eq!(allowed(&act), [true, true, true, false, false]);
    assert_eq!(
        allowed(&Deeds::Check { rate }),
        [false, false, false, true, false]
    );
    // Nothing was decided since the change: nobody can tell whether it helped.
    let rate = Rate { hits: 0, n: 0 };
    assert_eq!(allowed(&Deeds::Check { rate }), [false; 5]);
    for (hits, n) in [(-1, 2), (3, 2), (0, -1)] {
        assert!(Rate { hits, n }.sensible().is_err());
    }
}

#[test]
fn a_listed_domain_covers_what_lies_under_it() {
    let lists = Lists::new([
        (DomainList::Student, "ac.uk".to_owned()),
        (DomainList::Competitor, "rival.example".to_owned()),
        (DomainList::Disposable, "mailinator.com".to_owned()),
    ]);
    assert_eq!(lists.of_domain("cs.ox.AC.uk"), Some(DomainList::Student));
    assert_eq!(
        lists.of_domain("rival.example"),
        Some(DomainList::Competitor)
    );
    for other in ["notac.uk", "rivalexample", "nobody", "", "uk"] {
        assert_eq!(lists.of_domain(other), None, "{other}");
    }
}

#[test]
fn domains_are_kept_in_one_spelling_and_the_stock_is_sound() {
    assert_eq!(normal(" *.Mailinator.COM. ").unwrap(), "mailinator.com");
    assert_eq!(normal("ann@Rival.example").unwrap(), "rival.example");
    for wrong in ["", "a b.com", "x..y", "-a.com", "@", "a/b", "\u{1b}[2J"] {
        assert!(normal(wrong).is_err(), "{wrong:?}");
    }
    for (_, domains) in STOCK {
        for domain in *domains {
            assert_eq!(normal(domain).unwrap(), *domain);
        }
    }
}
