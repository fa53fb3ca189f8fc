//! Everything a person can change, as data: screens and the command line make commands, the store applies them. Pure.

use super::catalogue::Catalogue;
use super::criteria::version::CriteriaChange;
use super::deal::{DealChange, Qualification};
use super::desk::Desk;
use super::ids::{BatchId, JournalId, OpportunityId};
use super::meeting::MeetingChange;
use super::moment::{Day, Moment};
use super::money::{Currency, Money};
use super::policy::{Deed, Side, SourceSide};
use super::review::Review;
use super::verdict::SpendKind;
use super::workspace::Workspace;

/// One change. Applied as a whole in one transaction, or not at all.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sets up an empty file: workspace row, stock reasons and stages.
    Init(Workspace),
    /// Changes the workspace's name, zone, fiscal year or week.
    Reshape(Workspace),
    /// Changes one agreed number.
    Set {
        /// Key of [`super::settings::SETTINGS`].
        key: String,
        /// Its new value.
        value: i64,
    },
    /// Adds a person, or changes name and side of the one with that handle.
    PutPerson {
        /// Short unique name.
        handle: String,
        /// Full name.
        name: String,
        /// Side.
        side: Side,
    },
    /// Sets a target for a metric over `[start, end)`; the newest one counts, the older ones stay as history.
    SetTarget {
        /// Metric id of `METRICS.md`.
        metric: String,
        /// First day.
        start: Day,
        /// The day after the last.
        end: Day,
        /// Minor units for money, a count for counts.
        value: i64,
    },
    /// Says which side a source belongs to and whether it is free.
    PutSource {
        /// Its name.
        name: String,
        /// Its side.
        side: SourceSide,
        /// Whether it costs nothing.
        free: bool,
    },
    /// Adds spend of a day.
    AddSpend {
        /// Source by name.
        source: Option<String>,
        /// Campaign by name.
        campaign: Option<String>,
        /// The day it was spent.
        on: Day,
        /// What it paid for.
        kind: SpendKind,
        /// How much.
        amount: Money,
    },
    /// What one unit of a currency is worth from a day on, as decimal text.
    SetRate {
        /// The foreign currency.
        currency: Currency,
        /// From that day on.
        from: Day,
        /// Worth of one unit in the workspace's currency.
        rate: String,
    },
    /// Adds a holiday.
    AddHoliday {
        /// The day.
        day: Day,
        /// Its name.
        name: String,
    },
    /// Takes back an import as a whole.
    UndoBatch(BatchId),
    /// Touches, hand-overs, attempts and verdicts.
    Desk(Desk),
    /// Takes leads through the gate.
    Qualify(Qualification),
    /// Changes a deal.
    Deal {
        /// Which.
        deal: OpportunityId,
        /// What.
        change: DealChange,
    },
    /// Changes a catalogue.
    Catalogue(Catalogue),
    /// Challenges, settlements, feedback and lists of domains.
    Review(Review),
    /// Changes the criteria.
    Criteria(CriteriaChange),
    /// Runs the meeting; issues, decisions, actions and agendas.
    Meeting(MeetingChange),
    /// Takes an entry of the journal back; `None`: the author's own newest one that still holds.
    Undo(Option<JournalId>),
    /// Takes the author's own newest undo back.
    Redo,
}

impl Command {
    /// The deed that the policy table judges; `None`: everybody may. Undo and redo are judged by what they take back.
    pub fn deed(&self) -> Option<Deed> {
        match self {
            Command::Init(_) | Command::Undo(_) | Command::Redo => None,
            Command::Desk(desk) => Some(desk.deed()),
            Command::Qualify(_) => Some(Deed::Deal),
            Command::Deal { change, .. } => Some(change.deed()),
            Command::Catalogue(change) => change.deed(),
            Command::Criteria(change) => Some(change.deed()),
            Command::Meeting(change) => Some(change.deed()),
            Command::Review(review) => Some(review.deed()),
            Command::SetTarget { .. } => Some(Deed::Targets),
            Command::AddSpend { .. } | Command::PutSource { .. } => Some(Deed::Spend),
            Command::Reshape(_)
            | Command::Set { .. }
            | Command::PutPerson { .. }
            | Command::SetRate { .. }
            | Command::AddHoliday { .. }
            | Command::UndoBatch(_) => Some(Deed::Settings),
        }
    }
}

/// Who gives a command, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person's handle; `None`: nobody has said who they are (single user), everything is allowed and so recorded.
    pub handle: Option<String>,
    /// The operating system's user, recorded beside it.
    pub os_user: String,
    /// When.
    pub at: Moment,
}
