//! What makes every kind of the desk's commands: touches, attempts, verdicts, the gate, deals.

use proptest::prelude::*;

use super::super::desk::{HOUR, whole};
use super::super::{NOW, day};
use crate::domain::command::Command;
use crate::domain::deal::{Behind, DealChange, Qualification};
use crate::domain::desk::Desk;
use crate::domain::ids::{HandoffId, LeadId, OpportunityId};
use crate::domain::moment::Moment;
use crate::domain::money::{Currency, Money};
use crate::domain::verdict::{AttemptOutcome, Channel};

fn handoff() -> impl Strategy<Value = HandoffId> {
    (1_i64..9).prop_map(HandoffId)
}

fn lead() -> impl Strategy<Value = LeadId> {
    (1_i64..8).prop_map(LeadId)
}

fn rep() -> impl Strategy<Value = String> {
    prop_oneof![Just("sam"), Just("sue")].prop_map(str::to_owned)
}

fn note() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), Just(Some("said so".to_owned()))]
}

fn earlier() -> impl Strategy<Value = Moment> {
    (0_i64..30).prop_map(|hours| Moment(NOW.0 - hours * HOUR))
}

fn reason() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("no_need"),
        Just("unreachable"),
        Just("spam"),
        Just("other")
    ]
    .prop_map(str::to_owned)
}

pub(super) mod desks {
    use super::*;

    super::super::list! { Desk;
        Desk::AddTouch { .. } => (lead(), earlier(), note(), any::<bool>()).prop_map(|(lead, at, note, new)| {
            Desk::AddTouch { lead, at, kind: "webinar".into(), campaign: new.then(|| "Spring".into()), note }
        }),
        Desk::HandOver { .. } => (lead(), rep(), any::<bool>()).prop_map(|(lead, to, given)| {
            Desk::HandOver { lead, to: given.then_some(to), trigger: Some("demo".into()) }
        }),
        Desk::Assign { .. } => (handoff(), rep()).prop_map(|(handoff, to)| Desk::Assign { handoff, to }),
        Desk::LogAttempt { .. } => (
            handoff(),
            earlier(),
            prop_oneof![Just(AttemptOutcome::NoAnswer), Just(AttemptOutcome::Connected), Just(AttemptOutcome::MeetingHeld)],
            note(),
        ).prop_map(|(handoff, at, outcome, note)| Desk::LogAttempt {
            handoff, at, channel: Channel::Call, outcome, minutes: note.is_some().then_some(7), note,
        }),
        Desk::Accept { .. } => (handoff(), note(), note()).prop_map(|(handoff, despite, note)| Desk::Accept { handoff, despite, note }),
        Desk::Reject { .. } => (handoff(), reason(), note()).prop_map(|(handoff, reason, note)| Desk::Reject { handoff, reason, note }),
        Desk::Recycle { .. } => (handoff(), prop_oneof![Just("2025-06-02"), Just("2025-07-01")], note())
            .prop_map(|(handoff, on, note)| Desk::Recycle { handoff, on: day(on), note }),
        Desk::Reopen { .. } => handoff().prop_map(|handoff| Desk::Reopen { handoff }),
    }
}

pub(super) mod gates {
    use super::*;

    super::super::list! { Behind;
        Behind::New(_) => Just(Behind::New(None)),
        Behind::Another(_) => Just(Behind::Another(Some("One more".into()))),
        Behind::Existing(_) => (1_i64..4).prop_map(|id| Behind::Existing(OpportunityId(id))),
    }
}

pub(super) mod deals {
    use super::*;

    super::super::list! { DealChange;
        DealChange::Stage(_) => prop_oneof![Just("Proposal"), Just("Discovery")].prop_map(|name| DealChange::Stage(name.into())),
        DealChange::Value(_) => (1_i64..9).prop_map(|n| DealChange::Value(Money::units(n, Currency::EUR))),
        DealChange::CloseOn(_) => prop_oneof![Just("2025-08-01"), Just("2025-12-01")].prop_map(|on| DealChange::CloseOn(day(on))),
        DealChange::Owner(_) => rep().prop_map(DealChange::Owner),
        DealChange::MarketingOwner(_) => prop_oneof![Just("mia"), Just("max")].prop_map(|who| DealChange::MarketingOwner(who.into())),
        DealChange::Join(_) => handoff().prop_map(DealChange::Join),
        DealChange::Won => Just(DealChange::Won),
        DealChange::Lost { .. } => (reason(), note()).prop_map(|(reason, note)| DealChange::Lost { reason, note }),
        DealChange::NoDecision { .. } => note().prop_map(|note| DealChange::NoDecision { note }),
        DealChange::Reopen => Just(DealChange::Reopen),
        DealChange::Reverse { .. } => Just(DealChange::Reverse { note: "counted wrongly".into() }),
    }
}

/// All of them, as commands.
pub(super) fn all() -> Vec<(&'static str, BoxedStrategy<Command>)> {
    let mut all = Vec::new();
    for (kind, made) in desks::kinds() {
        all.push((kind, made.prop_map(Command::Desk).boxed()));
    }
    for (kind, made) in gates::kinds() {
        let made = (made, 1_i64..9, 1_i64..9).prop_map(|(deal, a, b)| {
            let asked = whole(&[a, b]);
            Command::Qualify(Qualification { deal, ..asked })
        });
        all.push((kind, made.boxed()));
    }
    for (kind, made) in deals::kinds() {
        let made = (made, 1_i64..4).prop_map(|(change, deal)| Command::Deal {
            deal: OpportunityId(deal),
            change,
        });
        all.push((kind, made.boxed()));
    }
    all
}
