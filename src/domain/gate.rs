//! The gate in front of the headline: what a deal must have before it is qualified, and what it still lacks. Pure.

use super::moment::{Day, Moment};
use super::money::Money;
use super::reason::Asks;
use super::verdict::{Evidence, words};

words! {
    /// One thing that the gate asks for.
    Part {
        /// A rep has a logged conversation with the lead.
        Conversation = "conversation" / "a logged conversation",
        /// It was converted to stage one or later.
        Stage = "stage" / "stage one or later",
        /// An estimated close date.
        CloseDate = "close_date" / "an estimated close date",
        /// A value above zero.
        Value = "value" / "a value above zero",
        /// The criteria in force are confirmed.
        Criteria = "criteria" / "the criteria in force confirmed",
    }
}

/// What a deal has of the five things. Qualified is a gate, not a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// When a rep spoke with the lead.
    pub conversation: Option<Moment>,
    /// Position of its stage; from 1 on it is pipeline.
    pub stage_position: Option<i64>,
    /// Estimated close date.
    pub close_on: Option<Day>,
    /// Value.
    pub value: Option<Money>,
    /// Whether the criteria in force are confirmed.
    pub criteria: Confirmed,
}

/// Whether somebody confirmed that the criteria in force are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// Confirmed.
    Yes,
    /// Not confirmed.
    No,
}

impl Gate {
    /// What is missing, in the order of the gate; empty when the deal may be qualified.
    pub fn missing(&self) -> Vec<Part> {
        let has = |part: &Part| match part {
            Part::Conversation => self.conversation.is_some(),
            Part::Stage => self.stage_position.is_some_and(|position| position >= 1),
            Part::CloseDate => self.close_on.is_some(),
            Part::Value => self.value.is_some_and(|value| value.minor > 0),
            Part::Criteria => self.criteria == Confirmed::Yes,
        };
        Part::ALL
            .iter()
            .filter(|part| !has(part))
            .copied()
            .collect()
    }
}

/// What a rejection rests on, from what is logged: a conversation, else objective proof, else the agreed number of attempts.
/// [`Evidence::None`] makes it unverified.
pub fn evidence_of_rejection(spoke: bool, attempts: u32, agreed: u32, asks: Asks) -> Evidence {
    if spoke {
        Evidence::Spoke
    } else if asks == Asks::Nothing {
        Evidence::Objective
    } else if attempts >= agreed {
        Evidence::Attempts
    } else {
        Evidence::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn a_deal_qualifies_only_with_all_five() {
        let whole = Gate {
            conversation: Some(Moment(1)),
            stage_position: Some(1),
            close_on: Some(Day(20_000)),
            value: Some(Money::units(1, Currency::EUR)),
            criteria: Confirmed::Yes,
        };
        assert_eq!(whole.missing(), []);
        assert_eq!(
            Gate {
                conversation: None,
                ..whole
            }
            .missing(),
            [Part::Conversation]
        );
        assert_eq!(
            Gate {
                stage_position: Some(0),
                ..whole
            }
            .missing(),
            [Part::Stage]
        );
        let nothing = Money::units(0, Currency::EUR);
        assert_eq!(
            Gate {
                close_on: None,
                value: Some(nothing),
                ..whole
            }
            .missing(),
            [Part::CloseDate, Part::Value]
        );
        assert_eq!(
            Gate {
                criteria: Confirmed::No,
                ..whole
            }
            .missing(),
            [Part::Criteria]
        );
    }

    #[test]
    fn a_rejection_is_verified_by_talk_proof_or_the_agreed_attempts() {
        assert_eq!(
            evidence_of_rejection(true, 0, 3, Asks::Attempts),
            Evidence::Spoke
        );
        assert_eq!(
            evidence_of_rejection(false, 0, 3, Asks::Nothing),
            Evidence::Objective
        );
        assert_eq!(
            evidence_of_rejection(false, 3, 3, Asks::Attempts),
            Evidence::Attempts
        );
        assert_eq!(
            evidence_of_rejection(false, 2, 3, Asks::Attempts),
            Evidence::None
        );
        assert_eq!(
            evidence_of_rejection(false, 2, 3, Asks::Conversation),
            Evidence::None
        );
    }
}
