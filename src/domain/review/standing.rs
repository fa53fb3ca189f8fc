//! What is known of a challenge when somebody acts on it, and the rules that hold for it. Pure.

use super::{ChallengeState, Proposal, Settlement};
use crate::domain::calendar::Calendar;
use crate::domain::desk::{Standing, recycle_day};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::refused::{LONGEST_NOTE, Refused};
use crate::domain::verdict::{Evidence, Verdict};

/// Longest proposed rule.
const LONGEST_RULE: usize = 500;

/// Whether a rejection can be challenged. `last` is the newest challenge of this very verdict that was not withdrawn.
pub fn challengeable(
    handoff: &Standing,
    last: Option<(ChallengeState, Moment)>,
    now: Moment,
    calendar: &Calendar,
) -> Result<(), Refused> {
    let lead = handoff.lead.clone();
    if !matches!(handoff.verdict, Some((Verdict::Rejected, at)) if at <= now) {
        return Err(Refused::NotRejected { lead });
    }
    match last {
        Some((ChallengeState::Open, at)) => Err(Refused::Challenged {
            lead,
            on: calendar.day_of(at),
        }),
        Some((ChallengeState::Settled, at)) => Err(Refused::SettledBefore {
            lead,
            on: calendar.day_of(at),
        }),
        _ => Ok(()),
    }
}

/// A text that has to say something.
pub fn said<'a>(what: &'static str, given: &'a str) -> Result<&'a str, Refused> {
    bounded(what, given, LONGEST_NOTE, "is longer than 4000 characters")
}

fn bounded<'a>(
    what: &'static str,
    given: &'a str,
    longest: usize,
    wrong: &'static str,
) -> Result<&'a str, Refused> {
    let text = given.trim();
    if text.is_empty() {
        let wrong = "is empty; say it in words";
        return Err(Refused::Text { what, wrong });
    }
    if text.chars().count() > longest {
        return Err(Refused::Text { what, wrong });
    }
    Ok(text)
}

/// A person as they confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmer {
    /// Row id.
    pub id: i64,
    /// Name, cleaned.
    pub name: String,
    /// Side.
    pub side: Side,
}

/// A challenge as a command finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenged {
    /// Name of the lead, cleaned.
    pub lead: String,
    /// Where it stands, and since when.
    pub state: (ChallengeState, Moment),
    /// The rejection: what it rested on.
    pub evidence: Evidence,
    /// Whether the lead was handed over again since.
    pub newer: Newer,
    /// Who has confirmed for marketing.
    pub marketing: Option<i64>,
    /// Who has confirmed for sales.
    pub sales: Option<i64>,
}

/// Whether a newer handoff of the lead stands beside the challenged one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newer {
    /// No.
    No,
    /// Yes: the lead is worked on there.
    Yes,
}

impl Challenged {
    /// Whether it still waits for the room.
    pub fn open(&self, calendar: &Calendar) -> Result<(), Refused> {
        match self.state {
            (ChallengeState::Open, _) => Ok(()),
            (state, at) => Err(Refused::NotOpen {
                lead: self.lead.clone(),
                state,
                on: calendar.day_of(at),
            }),
        }
    }

    /// Whether it can be settled so.
    pub fn can_be(
        &self,
        proposal: &Proposal,
        now: Moment,
        calendar: &Calendar,
    ) -> Result<(), Refused> {
        self.open(calendar)?;
        match proposal {
            Proposal::Recycled(day) => recycle_day(*day, now, calendar)?,
            Proposal::CriteriaGap(rule) => {
                let wrong = "is longer than 500 characters";
                bounded("the proposed rule", rule, LONGEST_RULE, wrong)?;
            }
            Proposal::Upheld(_) | Proposal::Overturned => (),
        }
        let returns = matches!(
            proposal.settlement(),
            Settlement::Overturned | Settlement::Recycled
        );
        if returns && self.newer == Newer::Yes {
            return Err(Refused::BuiltOn {
                lead: self.lead.clone(),
                why: "it was handed over again since, and there it is worked on; uphold the rejection or name a criteria gap"
                    .into(),
            });
        }
        Ok(())
    }

    /// Takes a person's confirmation. One person speaks for one side; who spoke last for a side counts.
    pub fn confirm(&mut self, by: &Confirmer) -> Result<(), Refused> {
        match by.side {
            Side::Marketing => self.marketing = Some(by.id),
            Side::Sales => self.sales = Some(by.id),
            Side::Finance | Side::Executive => {
                return Err(Refused::NoSide {
                    name: by.name.clone(),
                    side: by.side.label(),
                });
            }
        }
        if self.marketing.is_some() && self.marketing == self.sales {
            return Err(Refused::BothSides {
                name: by.name.clone(),
            });
        }
        Ok(())
    }

    /// Whether both sides have confirmed.
    pub fn is_confirmed(&self) -> bool {
        self.marketing.is_some() && self.sales.is_some()
    }

    /// Whose confirmation is still missing.
    pub fn missing(&self) -> Vec<Side> {
        let sides = [(Side::Marketing, self.marketing), (Side::Sales, self.sales)];
        sides
            .into_iter()
            .filter(|(_, by)| by.is_none())
            .map(|(side, _)| side)
            .collect()
    }
}
