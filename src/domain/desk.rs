//! The rep's desk: touches, hand-overs, attempts and verdicts as data, and the rules that hold for them. Pure.

use super::book::Reason;
use super::calendar::Calendar;
use super::gate::evidence_of_rejection;
use super::ids::{HandoffId, LeadId};
use super::moment::{Day, Moment};
use super::policy::Deed;
use super::reason::Asks;
use super::refused::{Refused, note};
use super::verdict::{AttemptOutcome, Channel, Evidence, Verdict};

/// What somebody does with a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Desk {
    /// Marketing touched the lead.
    AddTouch {
        /// Which.
        lead: LeadId,
        /// When.
        at: Moment,
        /// What: `webinar`, `download` …
        kind: String,
        /// Campaign by name; made when it is new.
        campaign: Option<String>,
        /// Free text.
        note: Option<String>,
    },
    /// Hands a lead to sales, for the first time or again after a verdict.
    HandOver {
        /// Which.
        lead: LeadId,
        /// The rep's handle; `None`: its owner's, if it has one.
        to: Option<String>,
        /// What triggered it.
        trigger: Option<String>,
    },
    /// Gives an open handoff to a rep.
    Assign {
        /// Which.
        handoff: HandoffId,
        /// The rep's handle.
        to: String,
    },
    /// A rep tried to reach the lead. Automatic replies are no attempts and have no word here.
    LogAttempt {
        /// Which.
        handoff: HandoffId,
        /// When.
        at: Moment,
        /// How.
        channel: Channel,
        /// How it ended.
        outcome: AttemptOutcome,
        /// Time it took; `None`: the channel's usual minutes are assumed.
        minutes: Option<i64>,
        /// Free text.
        note: Option<String>,
    },
    /// Worth working.
    Accept {
        /// Which.
        handoff: HandoffId,
        /// Why although criteria fail; kept for the review.
        despite: Option<String>,
        /// Free text.
        note: Option<String>,
    },
    /// Not worth working.
    Reject {
        /// Which.
        handoff: HandoffId,
        /// Code of the reason.
        reason: String,
        /// Free text; needed where the reason says so.
        note: Option<String>,
    },
    /// Not now. The lead comes back on the day as a new handoff.
    ///
    /// That handoff is made at once, dated at the start of the day: no number counts what lies after its as-of moment and
    /// the queue shows nothing handed over later than now, so it appears by itself, in the same second for everybody, without
    /// a write when somebody happens to look; and taking the verdict back takes the return with it.
    Recycle {
        /// Which.
        handoff: HandoffId,
        /// The day it comes back; after today.
        on: Day,
        /// Free text.
        note: Option<String>,
    },
    /// Takes a verdict back: the handoff stands in the queue as before, and what a recycling had planned is gone.
    /// (A lead that comes again after its verdict is handed over anew: [`Desk::HandOver`].)
    Reopen {
        /// Which.
        handoff: HandoffId,
    },
}

impl Desk {
    /// What the policy table judges.
    pub fn deed(&self) -> Deed {
        match self {
            Desk::AddTouch { .. } => Deed::Touch,
            Desk::HandOver { .. } | Desk::Assign { .. } => Deed::HandOver,
            Desk::LogAttempt { .. }
            | Desk::Accept { .. }
            | Desk::Reject { .. }
            | Desk::Recycle { .. }
            | Desk::Reopen { .. } => Deed::Verdict,
        }
    }

    /// The word in the journal and on the command line.
    pub fn verb(&self) -> &'static str {
        match self {
            Desk::AddTouch { .. } => "touch",
            Desk::HandOver { .. } => "hand_over",
            Desk::Assign { .. } => "assign",
            Desk::LogAttempt { .. } => "attempt",
            Desk::Accept { .. } => "accept",
            Desk::Reject { .. } => "reject",
            Desk::Recycle { .. } => "recycle",
            Desk::Reopen { .. } => "reopen",
        }
    }
}

/// What is known of a handoff when somebody acts on it. Screens fill it from the history, the store from the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Name of the lead, cleaned.
    pub lead: String,
    /// When it was handed over.
    pub handed_off: Moment,
    /// The verdict on it, and when.
    pub verdict: Option<(Verdict, Moment)>,
    /// First conversation.
    pub spoke: Option<Moment>,
    /// Attempts as [`super::tries`] counts them.
    pub attempts: u32,
}

impl Standing {
    /// Whether sales has it and has not decided.
    pub fn undecided(&self, now: Moment, calendar: &Calendar) -> Result<(), Refused> {
        if self.handed_off > now {
            return Err(Refused::NotYet {
                lead: self.lead.clone(),
                on: calendar.day_of(self.handed_off),
            });
        }
        match self.verdict {
            None => Ok(()),
            Some((verdict, at)) => Err(Refused::Decided {
                lead: self.lead.clone(),
                verdict,
                on: calendar.day_of(at),
            }),
        }
    }

    /// What a verdict given at `now` rests on.
    pub fn evidence(&self, now: Moment, asks: Asks, agreed: i64) -> Evidence {
        let spoke = self.spoke.is_some_and(|at| at <= now);
        let agreed = u32::try_from(agreed).unwrap_or(u32::MAX);
        evidence_of_rejection(spoke, self.attempts, agreed, asks)
    }

    /// Whether an attempt at that time can be recorded.
    pub fn attempt(
        &self,
        (at, now): (Moment, Moment),
        minutes: Option<i64>,
        calendar: &Calendar,
    ) -> Result<(), Refused> {
        if self.handed_off > now || matches!(self.verdict, Some((v, _)) if v != Verdict::Accepted) {
            self.undecided(now, calendar)?;
        }
        if at > now {
            return Err(Refused::Future {
                at: calendar.show(at),
            });
        }
        if at < self.handed_off {
            return Err(Refused::BeforeHandOver {
                at: calendar.show(at),
                lead: self.lead.clone(),
                handed_off: calendar.show(self.handed_off),
            });
        }
        match minutes.filter(|m| !(0..=1_440).contains(m)) {
            Some(odd) => Err(Refused::Minutes(odd)),
            None => Ok(()),
        }
    }
}

/// What a rejection will be stored as; shown before it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What it rests on.
    pub evidence: Evidence,
    /// Attempts made.
    pub attempts: u32,
    /// Attempts agreed.
    pub agreed: i64,
}

impl Preview {
    /// Whether it goes to the room as unproven.
    pub fn is_unverified(&self) -> bool {
        self.evidence == Evidence::None
    }
}

impl std::fmt::Display for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_unverified() {
            return write!(
                f,
                "unverified: no conversation, and {} of {} agreed attempts",
                self.attempts, self.agreed
            );
        }
        write!(f, "evidence: {}", self.evidence.label())
    }
}

/// Judges a rejection before anything is written: what it rests on, or why it cannot be. Pure, so that a screen can show it
/// while the reason is being chosen.
pub fn preview_rejection(
    standing: &Standing,
    reason: &Reason,
    given: Option<&str>,
    agreed: i64,
    (now, calendar): (Moment, &Calendar),
) -> Result<Preview, Refused> {
    standing.undecided(now, calendar)?;
    if reason.retired {
        return Err(Refused::RetiredReason {
            label: reason.label.clone(),
            successor: None,
        });
    }
    if note(given)?.is_none() && reason.asks == Asks::Note {
        return Err(Refused::NoteNeeded {
            label: reason.label.clone(),
        });
    }
    Ok(Preview {
        evidence: standing.evidence(now, reason.asks, agreed),
        attempts: standing.attempts,
        agreed,
    })
}

/// Whether a lead may come back on that day.
pub fn recycle_day(on: Day, now: Moment, calendar: &Calendar) -> Result<(), Refused> {
    let today = calendar.day_of(now);
    if on <= today {
        return Err(Refused::RecycleDay { on, today });
    }
    sensible(on)
}

/// Whether a day can be stored and makes sense at all: from 1970 up to 2100.
pub fn sensible(day: Day) -> Result<(), Refused> {
    const CENTURY: Day = Day(47_482);
    if (Day(0)..CENTURY).contains(&day) {
        Ok(())
    } else {
        Err(Refused::OddDay(day))
    }
}

#[cfg(test)]
mod tests;
