//! The definition that the demo's room once signed: anybody who can be written to. It keeps hardly anybody out, which is the story. Applies nothing.

use super::Step;
use super::leads::first_day;
use crate::domain::command::Command;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::criteria::{Definition, Fields, Page, Policy, parse};
use crate::domain::ids::CriteriaId;
use crate::domain::moment::Moment;

/// What both agreed on when the history begins.
const RULES: &str = "has_email = yes because \"we can write to them\" and country is known because \"a rep owns each country\"";

/// The first version, signed by both sides and in force from the first day.
pub(super) fn steps(start: Moment) -> Vec<Step> {
    let rules = parse(RULES, &Fields::default()).rules.into_iter();
    let definition = Definition {
        rules: rules.map(|(rule, _)| rule).collect(),
        at_least: 0,
        unknown: Policy::Ask,
        page: Page {
            marketing: "Somebody who wants to hear from us and left an address.".into(),
            sales: "Somebody with a warehouse, a budget and a date.".into(),
            agreed: "A person in a country we serve who can be written to.".into(),
            consequence: "Handed to the rep of the country within a day.".into(),
        },
        segment: None,
    };
    let first = CriteriaId(1);
    let changes = [
        ("ines", CriteriaChange::Replace(definition)),
        ("ines", CriteriaChange::Propose(first)),
        ("ines", CriteriaChange::Sign(first, None)),
        ("rike", CriteriaChange::Sign(first, None)),
        (
            "rike",
            CriteriaChange::PutInForce {
                version: first,
                from: first_day(0),
            },
        ),
    ];
    let step = |(by, change)| Step {
        by: Some(by),
        at: start,
        command: Command::Criteria(change),
    };
    changes.into_iter().map(step).collect()
}
