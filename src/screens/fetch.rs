//! What a window needs from the workspace file and what it changes there, as data: the loop reads and writes, the window is
//! drawn when the answer has come. Does neither itself.

use std::sync::Arc;

use super::criteria::{Agreed, Answer, Behind, Question};
use super::look::{Look, Seen};

use crate::domain::card::{Change, DealCard, DealLine, LeadCard, LeadLine, SpendLine};
use crate::domain::catalogue::Chapter;
use crate::domain::command::Command;
use crate::domain::ids::{JournalId, LeadId, OpportunityId};
use crate::domain::moment::Day;
use crate::domain::policy::needs_name;
use crate::domain::review::feedback::FeedbackLine;
use crate::domain::review::line::ChallengeLine;
use crate::facts::queue::{Met, QueueFilter};
use crate::metrics::Table;
use crate::screens::judge::{BothSides, Drifts, Flagged, Proposed, Section, Spot};

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetch {
    /// The figures of the board; a newer question takes the place of an older one.
    Board(Box<Look>),
    /// The lines of these row ids of a table.
    Lines(Table, Vec<i64>),
    /// Everything about a lead.
    Lead(LeadId),
    /// Everything about a deal.
    Deal(OpportunityId),
    /// Every holiday with its name.
    Holidays,
    /// Who changed what of a part of the agreements, newest first.
    History(Chapter),
    /// The handoffs that pass a filter, in the order of the queue, with what the criteria say where that is known; a newer question
    /// takes the place of an older one.
    Queue(QueueFilter, Option<Arc<Met>>),
    /// What the criteria say of every handoff.
    Met,
    /// Whether the versions in force still hold.
    Drift,
    /// Every challenge, oldest first.
    Challenges,
    /// Feedback on clusters of rejections, oldest first.
    Feedback,
    /// The flags of every rejection.
    Flags,
    /// What the figures of a section answer to both sides.
    Sides(Section),
    /// The rules that the rejections of a section ask for.
    Rules(Section, Spot),
    /// Every version of the criteria and every field.
    Criteria,
    /// What a draft would have done; a newer question takes the place of an older one.
    Panel(Box<Question>),
    /// What one definition would have done against another; a newer question cuts it off.
    Compare(Box<Question>),
    /// Rules worth a look; a newer question cuts it off.
    Suggest(Box<Question>),
    /// The handoffs behind a number of it; a newer question cuts it off.
    Behind(Box<Question>, Behind),
    /// Nothing any more: what was kept to answer those four can be let go of before long.
    Rest,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Fetched {
    /// The figures of the board, and the rows that they are of.
    Board(Arc<Seen>),
    /// Leads, in the order of the ids asked for.
    Leads(Vec<LeadLine>),
    /// Handoffs with their leads.
    Handoffs(Vec<LeadLine>),
    /// Deals.
    Deals(Vec<DealLine>),
    /// Spend entries.
    Spend(Vec<SpendLine>),
    /// A lead's card.
    Lead(Box<LeadCard>),
    /// A deal's card.
    Deal(Box<DealCard>),
    /// What passes the filter.
    Queue(Listed),
    /// What the criteria say of every handoff.
    Met(Arc<Met>),
    /// Each version in force, then and now.
    Drift(Arc<Drifts>),
    /// Holidays, by day.
    Holidays(Vec<(Day, String)>),
    /// Entries of the journal, newest first.
    History(Vec<Change>),
    /// Challenges.
    Challenges(Vec<ChallengeLine>),
    /// Feedback.
    Feedback(Vec<FeedbackLine>),
    /// Flags.
    Flags(Arc<Flagged>),
    /// Both sides on one page.
    Sides(Arc<BothSides>),
    /// Rules, best first, and where they go.
    Rules(Arc<Proposed>),
    /// Versions and fields.
    Criteria(Arc<Agreed>),
    /// What would have been.
    Past(Arc<Answer>),
    /// Something newer was asked before this was answered.
    CutOff,
    /// It is not there any more.
    Gone,
}

/// Handoffs that pass a filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Row ids of handoffs, in the order of the queue.
    pub ids: Arc<[i64]>,
    /// How many of them wait for a first attempt that is late.
    pub breached: usize,
}

/// A change of the workspace.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// One command.
    One(Box<Command>),
    /// Many as one change, each judged by itself.
    Each(Vec<Command>),
    /// One command of somebody else than who sits here, by handle: a signature given at this keyboard.
    As(String, Box<Command>),
}

impl Write {
    /// One command.
    pub fn one(command: Command) -> Self {
        Self::One(Box::new(command))
    }

    /// Whether it is done in somebody's name where the workspace has people.
    pub fn needs_name(&self) -> bool {
        let commands = match self {
            Self::One(command) | Self::As(_, command) => std::slice::from_ref(&**command),
            Self::Each(commands) => commands,
        };
        commands.iter().filter_map(Command::deed).any(needs_name)
    }
}

/// What a change did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// What a person would call it.
    pub summary: String,
    /// What the person should know of it: stored as unverified, no currency rate.
    pub notes: Vec<String>,
    /// For each of many commands, in order: what it did, or why not.
    pub results: Vec<Result<String, String>>,
    /// What there is to take back.
    pub made: Made,
}

/// Whether a command has changed anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Made {
    /// It has.
    #[default]
    Change,
    /// Everything was so already.
    Nothing,
}

impl Made {
    /// By whether an entry was journalled.
    pub fn by(entry: Option<JournalId>) -> Made {
        entry.map_or(Made::Nothing, |_| Made::Change)
    }
}
