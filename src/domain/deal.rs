//! What somebody does with a deal, as data, and the rules that hold for it. Pure.

use super::calendar::Calendar;
use super::desk::sensible;
use super::gate::{Confirmed, Gate};
use super::ids::{HandoffId, OpportunityId};
use super::moment::{Day, Moment};
use super::money::{Currency, Money};
use super::policy::Deed;
use super::refused::{Refused, Then};
use super::verdict::DealOutcome;

/// Takes leads through the gate. What is not given is what the deal has already, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualification {
    /// One handoff for each lead behind the deal, the one it came from first.
    pub handoffs: Vec<HandoffId>,
    /// Which deal.
    pub deal: Behind,
    /// Stage by name.
    pub stage: Option<String>,
    /// Value.
    pub value: Option<Money>,
    /// Estimated close date.
    pub close_on: Option<Day>,
    /// Whether the criteria in force are confirmed.
    pub criteria: Confirmed,
    /// Handle of sales' owner; `None`: the rep of the first handoff.
    pub owner: Option<String>,
    /// Handle of marketing's owner.
    pub marketing_owner: Option<String>,
    /// Why although criteria fail; kept for the review.
    pub despite: Option<String>,
}

/// The deal that leads stand behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// A new one, where no lead stands behind a deal already; `None`: named after company or lead.
    New(Option<String>),
    /// One more, although a lead stands behind a deal already.
    Another(Option<String>),
    /// One that is there and not qualified yet.
    Existing(OpportunityId),
}

/// One change of a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DealChange {
    /// To another stage, by name.
    Stage(String),
    /// Another value; the frozen one stays.
    Value(Money),
    /// Another estimated close date.
    CloseOn(Day),
    /// Another owner on sales' side, by handle.
    Owner(String),
    /// Another owner on marketing's side, by handle.
    MarketingOwner(String),
    /// One more lead stands behind it; the value counts once.
    Join(HandoffId),
    /// Closed won.
    Won,
    /// Closed lost.
    Lost {
        /// Code of the reason.
        reason: String,
        /// Free text; needed where the reason says so.
        note: Option<String>,
    },
    /// Ended without a decision.
    NoDecision {
        /// Free text.
        note: Option<String>,
    },
    /// Takes the closing back: the deal stands as it stood before.
    Reopen,
    /// Takes out what counted, by an adjusting entry of today; the past stays.
    Reverse {
        /// Why.
        note: String,
    },
}

impl DealChange {
    /// What the policy table judges.
    pub fn deed(&self) -> Deed {
        match self {
            DealChange::MarketingOwner(_) => Deed::MarketingOwner,
            DealChange::Reverse { .. } => Deed::Reverse,
            _ => Deed::Deal,
        }
    }

    /// The word in the journal and on the command line.
    pub fn verb(&self) -> &'static str {
        match self {
            DealChange::Stage(_) => "stage",
            DealChange::Value(_) => "value",
            DealChange::CloseOn(_) => "close_on",
            DealChange::Owner(_) => "owner",
            DealChange::MarketingOwner(_) => "marketing_owner",
            DealChange::Join(_) => "join",
            DealChange::Won => "won",
            DealChange::Lost { .. } => "lost",
            DealChange::NoDecision { .. } => "no_decision",
            DealChange::Reopen => "reopen",
            DealChange::Reverse { .. } => "reverse",
        }
    }
}

/// What is known of a deal when somebody acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealStanding {
    /// Its name, cleaned.
    pub name: String,
    /// The five things of the gate.
    pub gate: Gate,
    /// When it qualified.
    pub qualified: Option<Moment>,
    /// How it ended, and when.
    pub outcome: Option<(DealOutcome, Moment)>,
    /// When it was reversed.
    pub reversed: Option<Moment>,
}

impl DealStanding {
    /// Whether this change may be made. Closed deals do not change; reversed ones can only be ended.
    pub fn allows(&self, change: &DealChange, calendar: &Calendar) -> Result<(), Refused> {
        let (name, day) = (|| self.name.clone(), |at| calendar.day_of(at));
        if let DealChange::Reverse { .. } = change {
            if let Some(at) = self.reversed {
                return Err(Refused::Reversed {
                    deal: name(),
                    on: day(at),
                    then: self.after_reversal(),
                });
            }
            let won = matches!(self.outcome, Some((DealOutcome::Won, _)));
            return if won || self.qualified.is_some() {
                Ok(())
            } else {
                Err(Refused::NeverCounted { deal: name() })
            };
        }
        if let Some(at) = self.reversed.filter(|_| self.outcome.is_some()) {
            return Err(Refused::Reversed {
                deal: name(),
                on: day(at),
                then: self.after_reversal(),
            });
        }
        if let Some((outcome, at)) = self.outcome {
            return Err(Refused::Closed {
                deal: name(),
                outcome,
                on: day(at),
            });
        }
        let ends = matches!(
            change,
            DealChange::Lost { .. } | DealChange::NoDecision { .. }
        );
        if let Some(at) = self.reversed.filter(|_| !ends) {
            return Err(Refused::Reversed {
                deal: name(),
                on: day(at),
                then: self.after_reversal(),
            });
        }
        match change {
            DealChange::Value(value) => self.value(*value),
            DealChange::CloseOn(on) => sensible(*on),
            DealChange::Won if self.gate.value.is_none_or(|value| value.minor <= 0) => {
                Err(Refused::NoValue)
            }
            _ => Ok(()),
        }
    }

    fn after_reversal(&self) -> Then {
        if self.outcome.is_some() {
            Then::Leave
        } else {
            Then::Close
        }
    }

    fn value(&self, new: Money) -> Result<(), Refused> {
        if new.minor <= 0 {
            return Err(Refused::NoValue);
        }
        let was: Option<Currency> = self.gate.value.map(|value| value.currency);
        match was.filter(|was| *was != new.currency) {
            Some(was) => Err(Refused::OtherCurrency {
                deal: self.name.clone(),
                was,
                new: new.currency,
            }),
            None => Ok(()),
        }
    }

    /// Whether it may stand in a stage at that position.
    pub fn stage(&self, stage: &str, position: i64) -> Result<(), Refused> {
        if position < 1 && self.qualified.is_some() {
            return Err(Refused::BeforePipeline {
                deal: self.name.clone(),
                stage: stage.to_owned(),
            });
        }
        Ok(())
    }

    /// Whether it may pass the gate now.
    pub fn qualifies(&self, calendar: &Calendar) -> Result<(), Refused> {
        if let Some((outcome, at)) = self.outcome {
            return Err(Refused::Closed {
                deal: self.name.clone(),
                outcome,
                on: calendar.day_of(at),
            });
        }
        if let Some(at) = self.reversed {
            return Err(Refused::Reversed {
                deal: self.name.clone(),
                on: calendar.day_of(at),
                then: self.after_reversal(),
            });
        }
        if let Some(at) = self.qualified {
            return Err(Refused::Qualified {
                deal: self.name.clone(),
                on: calendar.day_of(at),
            });
        }
        self.gate.close_on.map_or(Ok(()), sensible)?;
        let missing = self.gate.missing();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Refused::Gate {
                deal: self.name.clone(),
                missing,
            })
        }
    }
}

#[cfg(test)]
mod tests;
