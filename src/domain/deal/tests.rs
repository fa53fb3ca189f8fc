//! The rules of deals, one table each.

use super::*;
use crate::domain::gate::Part;

const NOW: Moment = Moment(1_748_779_200);

fn deal() -> DealStanding {
    DealStanding {
        name: "Acme".into(),
        gate: Gate {
            conversation: Some(NOW),
            stage_position: Some(1),
            close_on: Some(Day(20_300)),
            value: Some(Money::units(5, Currency::EUR)),
            criteria: Confirmed::Yes,
        },
        qualified: None,
        outcome: None,
        reversed: None,
    }
}

fn calendar() -> Calendar {
    Calendar::new("UTC").unwrap()
}

fn changes() -> Vec<DealChange> {
    vec![
        DealChange::Stage("Proposal".into()),
        DealChange::Value(Money::units(6, Currency::EUR)),
        DealChange::CloseOn(Day(20_400)),
        DealChange::Owner("sam".into()),
        DealChange::MarketingOwner("mia".into()),
        DealChange::Join(HandoffId(1)),
        DealChange::Won,
        DealChange::Lost {
            reason: "no_need".into(),
            note: None,
        },
        DealChange::NoDecision { note: None },
    ]
}

#[test]
fn the_gate_lists_what_is_missing_and_lets_whole_deals_through() {
    assert_eq!(deal().qualifies(&calendar()), Ok(()));
    let mut bare = deal();
    bare.gate.value = None;
    bare.gate.criteria = Confirmed::No;
    let refused = bare.qualifies(&calendar()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Acme is not qualified yet; still missing: a value above zero, the criteria in force confirmed"
    );
    let missing = vec![Part::Value, Part::Criteria];
    assert_eq!(
        refused,
        Refused::Gate {
            deal: "Acme".into(),
            missing
        }
    );
}

#[test]
fn an_open_deal_takes_every_change_and_a_closed_one_none() {
    let closed = DealStanding {
        outcome: Some((DealOutcome::Lost, NOW)),
        ..deal()
    };
    let reversed = DealStanding {
        qualified: Some(NOW),
        reversed: Some(NOW),
        ..deal()
    };
    for change in changes() {
        assert_eq!(deal().allows(&change, &calendar()), Ok(()), "{change:?}");
        let refused = closed.allows(&change, &calendar()).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("Acme was closed as lost on 2025-06-01")
        );
        let ends = matches!(
            change,
            DealChange::Lost { .. } | DealChange::NoDecision { .. }
        );
        assert_eq!(reversed.allows(&change, &calendar()).is_ok(), ends);
    }
}

#[test]
fn only_what_counted_is_reversed_and_only_once() {
    let reverse = DealChange::Reverse { note: "x".into() };
    assert!(matches!(
        deal().allows(&reverse, &calendar()),
        Err(Refused::NeverCounted { .. })
    ));
    let qualified = DealStanding {
        qualified: Some(NOW),
        ..deal()
    };
    assert_eq!(qualified.allows(&reverse, &calendar()), Ok(()));
    let again = DealStanding {
        reversed: Some(NOW),
        ..qualified
    };
    assert!(matches!(
        again.allows(&reverse, &calendar()),
        Err(Refused::Reversed { .. })
    ));
}

#[test]
fn a_reversed_deal_says_what_is_left_to_do() {
    let reversed = DealStanding {
        outcome: Some((DealOutcome::Won, NOW)),
        reversed: Some(NOW),
        ..deal()
    };
    let said = reversed.allows(&DealChange::Won, &calendar()).unwrap_err();
    let said = said.to_string();
    assert!(
        said.contains("was reversed on")
            && said.contains("undo the reversal")
            && !said.contains("or reverse the deal"),
        "{said}"
    );
}

#[test]
fn a_value_stays_in_its_currency_and_above_zero() {
    let dollars = DealChange::Value(Money::units(6, Currency::USD));
    assert!(matches!(
        deal().allows(&dollars, &calendar()),
        Err(Refused::OtherCurrency { .. })
    ));
    let nothing = DealChange::Value(Money::units(0, Currency::EUR));
    assert_eq!(deal().allows(&nothing, &calendar()), Err(Refused::NoValue));
    let mut unpriced = deal();
    unpriced.gate.value = None;
    assert_eq!(
        unpriced.allows(&DealChange::Won, &calendar()),
        Err(Refused::NoValue)
    );
    assert_eq!(unpriced.allows(&dollars, &calendar()), Ok(()));
}

#[test]
fn a_qualified_deal_does_not_leave_the_pipeline_by_its_stage() {
    let qualified = DealStanding {
        qualified: Some(NOW),
        ..deal()
    };
    assert!(qualified.stage("Prospect", 0).is_err());
    assert_eq!(qualified.stage("Discovery", 1), Ok(()));
    assert_eq!(deal().stage("Prospect", 0), Ok(()));
}
