//! Why a command on a lead, a deal or a catalogue does not hold, in words that say what to do. Pure.

use super::gate::Part;
use super::moment::Day;
use super::money::Currency;
use super::review::ChallengeState;
use super::verdict::{DealOutcome, Verdict};

/// A rule that a command breaks. Nothing is ever changed then. Names in it are cleaned for the terminal already.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    /// The row is gone or never was.
    #[error("there is no {what} {id} (any more); the list may have changed, look again{}", if *what == "handoff" { ". A lead's own number is another one: `smarketing lead NUMBER` names its handoff" } else if *what == "challenge" { ". A handoff's number is another one: `smarketing challenge` lists both" } else { "" })]
    Gone {
        /// `lead`, `handoff`, `deal` …
        what: &'static str,
        /// The id that was asked for.
        id: i64,
    },
    /// The catalogue has no such name.
    #[error("there is no {what} '{name}'; known: {known}")]
    Unknown {
        /// `reason`, `stage`, `person` …
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A handoff of the future.
    #[error("{lead} comes back on {on}; nothing is recorded on it before that day")]
    NotYet {
        /// Lead.
        lead: String,
        /// The day.
        on: Day,
    },
    /// There is a verdict already.
    #[error("{lead} was {} on {on}; reopen it first to say something else", verdict.label())]
    Decided {
        /// Lead.
        lead: String,
        /// The verdict.
        verdict: Verdict,
        /// Its day.
        on: Day,
    },
    /// There is no verdict to take back.
    #[error("{lead} has no verdict that could be taken back")]
    NotDecided {
        /// Lead.
        lead: String,
    },
    /// The lead is in sales' hands already.
    #[error(
        "{lead} is in the queue already, handed over on {on} and not decided; a second hand-over needs a verdict on the first"
    )]
    InQueue {
        /// Lead.
        lead: String,
        /// The day.
        on: Day,
    },
    /// Work rests on the verdict.
    #[error("the verdict on {lead} cannot be taken back: {why}")]
    BuiltOn {
        /// Lead.
        lead: String,
        /// What rests on it, and what to do.
        why: String,
    },
    /// The reason is not in use any more.
    #[error("'{label}' is retired{}; choose another reason", successor.as_ref().map(|s| format!(" in favour of '{s}'")).unwrap_or_default())]
    RetiredReason {
        /// The reason.
        label: String,
        /// What stands for it now.
        successor: Option<String>,
    },
    /// The reason explains nothing without a note.
    #[error("'{label}' says nothing by itself; add a note that says what it was")]
    NoteNeeded {
        /// The reason.
        label: String,
    },
    /// A lead comes back later, not today.
    #[error("a lead is recycled to a day after today ({today}), not to {on}; choose a later day")]
    RecycleDay {
        /// The day that was asked for.
        on: Day,
        /// Today.
        today: Day,
    },
    /// Attempts are made, not planned.
    #[error("{at} lies in the future; what has happened is recorded, plans are not")]
    Future {
        /// The moment that was asked for, local time.
        at: String,
    },
    /// Attempts belong to a hand-over.
    #[error("{at} lies before {lead} was handed to sales ({handed_off}); give a later time")]
    BeforeHandOver {
        /// The moment that was asked for, local time.
        at: String,
        /// Lead.
        lead: String,
        /// When it was handed over, local time.
        handed_off: String,
    },
    /// Out of a day.
    #[error("{0} minutes are no attempt; 0 to 1440 makes sense")]
    Minutes(i64),
    /// The gate.
    #[error("{deal} is not qualified yet; still missing: {}", parts(missing))]
    Gate {
        /// The deal or lead.
        deal: String,
        /// What is missing.
        missing: Vec<Part>,
    },
    /// The deal qualified before.
    #[error(
        "{deal} is qualified since {on}; its value then stays frozen. Join the lead to it instead, it counts once"
    )]
    Qualified {
        /// Deal.
        deal: String,
        /// The day.
        on: Day,
    },
    /// The deal has ended.
    #[error("{deal} was closed as {} on {on}; a closed deal does not change. Undo the closing, or reverse the deal", outcome.label())]
    Closed {
        /// Deal.
        deal: String,
        /// How.
        outcome: DealOutcome,
        /// The day.
        on: Day,
    },
    /// The deal was reversed.
    #[error("{deal} was reversed on {on}, so it counts nowhere; {then}")]
    Reversed {
        /// Deal.
        deal: String,
        /// The day.
        on: Day,
        /// What can be done.
        then: Then,
    },
    /// There is nothing to adjust.
    #[error("{deal} has never counted, so there is nothing to reverse; close it as lost instead")]
    NeverCounted {
        /// Deal.
        deal: String,
    },
    /// Values of a deal stay in one currency.
    #[error(
        "{deal} is valued in {was}; its value stays in that currency, {new} would make its history unreadable"
    )]
    OtherCurrency {
        /// Deal.
        deal: String,
        /// Its currency.
        was: Currency,
        /// The other.
        new: Currency,
    },
    /// A value that is none.
    #[error("the value of a deal is above zero")]
    NoValue,
    /// A date out of all measure.
    #[error("{0} is no date for this; a day between 1970 and 2100 is expected")]
    OddDay(Day),
    /// A qualified deal does not go back before stage one.
    #[error(
        "{deal} is qualified, so it does not go back to {stage}, which is no pipeline; close or reverse it instead"
    )]
    BeforePipeline {
        /// Deal.
        deal: String,
        /// Stage.
        stage: String,
    },
    /// Something about names and numbers of a catalogue.
    #[error("{0}")]
    Catalogue(String),
    /// A text that must be there or is too long.
    #[error("{what} {wrong}")]
    Text {
        /// Which text.
        what: &'static str,
        /// What is wrong with it.
        wrong: &'static str,
    },
    /// Only rejections are challenged.
    #[error("{lead} was not rejected, so there is nothing to challenge")]
    NotRejected {
        /// Lead.
        lead: String,
    },
    /// One open challenge per rejection.
    #[error(
        "the rejection of {lead} was challenged on {on} and waits for the room; settle that, or withdraw it first"
    )]
    Challenged {
        /// Lead.
        lead: String,
        /// The day.
        on: Day,
    },
    /// The room has spoken.
    #[error(
        "the room settled the rejection of {lead} on {on}; to speak of it again, undo the settlement"
    )]
    SettledBefore {
        /// Lead.
        lead: String,
        /// The day.
        on: Day,
    },
    /// The challenge waits for nothing any more.
    #[error("the challenge of {lead} was {} on {on}", state.label())]
    NotOpen {
        /// Lead.
        lead: String,
        /// Settled or withdrawn.
        state: ChallengeState,
        /// The day.
        on: Day,
    },
    /// Nothing is proposed that could be confirmed.
    #[error("nothing is proposed for the challenge of {lead} yet; say first how it is settled")]
    NoProposal {
        /// Lead.
        lead: String,
    },
    /// A settlement is confirmed by the two sides.
    #[error(
        "{name} ({side}) sits on neither side; somebody of marketing and somebody of sales confirm a settlement"
    )]
    NoSide {
        /// Who.
        name: String,
        /// Their side.
        side: &'static str,
    },
    /// One person for both sides.
    #[error("{name} cannot confirm for both sides; two people do")]
    BothSides {
        /// Who.
        name: String,
    },
    /// Nobody said who confirms.
    #[error(
        "a settlement is confirmed by people with a name; say who you are, or name who confirms"
    )]
    Anonymous,
    /// Feedback that does not stand where it would have to.
    #[error("{0}")]
    Feedback(String),
    /// Something about meetings.
    #[error("{0}")]
    Meeting(String),
    /// Nobody to act on.
    #[error("no lead was named; name at least one")]
    NoHandoff,
    /// One deal comes out of a lead, unless somebody says that it is another one.
    #[error(
        "{lead} stands behind deal {id} ({deal}) already, {then}; only --another opens a second deal"
    )]
    Behind {
        /// Lead.
        lead: String,
        /// Number of the deal.
        id: i64,
        /// Deal.
        deal: String,
        /// How that one stands, and what is done with it.
        then: String,
    },
    /// The same lead twice.
    #[error("{lead} stands behind {deal} already")]
    Joined {
        /// Lead.
        lead: String,
        /// Deal.
        deal: String,
    },
}

/// What can be done about a reversed deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It stands open still.
    Close,
    /// It was closed before.
    Leave,
}

impl std::fmt::Display for Then {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Then::Close => {
                "a reversed deal can only be closed as lost or without a decision. To go on with it, undo the reversal, or \
                 qualify its lead anew: that makes another deal"
            }
            Then::Leave => {
                "it is closed, too, and nothing is left to do with it. To go on, undo the reversal, or qualify its lead \
                 anew: that makes another deal"
            }
        })
    }
}

fn parts(missing: &[Part]) -> String {
    let labels: Vec<&str> = missing.iter().map(|part| part.label()).collect();
    labels.join(", ")
}

/// Longest note.
pub const LONGEST_NOTE: usize = 4_000;

/// A note without blanks around it; `None` when nothing is left.
pub fn note(given: Option<&str>) -> Result<Option<&str>, Refused> {
    let note = given.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(Refused::Text {
            what: "the note",
            wrong: "is longer than 4000 characters",
        });
    }
    Ok(note)
}
