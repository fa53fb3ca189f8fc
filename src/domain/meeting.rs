//! The meeting as data: agenda, attendance, issues, decisions, actions, and what a person can do about them. Pure.

pub mod agenda;
pub mod ground;
pub mod line;
pub mod measured;
pub mod search;
pub mod snapshot;
#[cfg(test)]
mod tests;

use super::ids::{ActionId, IssueId, ItemId};
use super::moment::Day;
use super::naming::visible;
use super::policy::Deed;
use super::refused::Refused;
use super::verdict::words;
use agenda::Point;
use ground::Ground;
use measured::Measured;
use snapshot::Frozen;

/// Longest text of an issue, a decision, an action or a reason, in characters.
pub const LONGEST_TEXT: usize = 500;

words! {
    /// How urgent an issue is.
    Priority {
        /// Today.
        High = "1" / "today",
        /// Soon.
        Middle = "2" / "soon",
        /// When there is time.
        Low = "3" / "when there is time",
    }
}

impl Priority {
    /// `1 today`: the number with what it means.
    pub fn told(self) -> String {
        format!("{} {}", self.word(), self.label())
    }
}

words! {
    /// Where an issue stands.
    IssueState {
        /// Waits.
        Open = "open" / "open",
        /// The room speaks of it.
        Discussing = "discussing" / "discussing",
        /// Became a decision or an action.
        Solved = "solved" / "solved",
        /// Comes back next time.
        Parked = "parked" / "parked",
        /// Nobody goes on with it.
        Dropped = "dropped" / "dropped",
    }
}

words! {
    /// What a decision is about.
    DecisionKind {
        /// The criteria.
        Criteria = "criteria" / "criteria",
        /// A campaign goes on as it is.
        CampaignKeep = "campaign_keep" / "keep the campaign",
        /// A campaign is changed.
        CampaignFix = "campaign_fix" / "fix the campaign",
        /// A campaign ends.
        CampaignStop = "campaign_stop" / "stop the campaign",
        /// Anything else.
        Other = "other" / "other",
    }
}

words! {
    /// What an action is.
    ActionKind {
        /// Somebody does something.
        Task = "task" / "task",
        /// Sales asks marketing for content.
        ContentRequest = "content_request" / "content request",
    }
}

words! {
    /// Where an action stands.
    ActionState {
        /// To be done; carried over to the next meeting.
        Open = "open" / "open",
        /// Done.
        Done = "done" / "done",
        /// Not to be done any more, with a reason.
        Dropped = "dropped" / "dropped",
    }
}

impl DecisionKind {
    /// Whether it speaks of a campaign.
    pub fn is_of_campaign(self) -> bool {
        !matches!(self, DecisionKind::Criteria | DecisionKind::Other)
    }
}

/// A decision as it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    /// What is decided.
    pub text: String,
    /// Handle of the person who sees to it.
    pub owner: String,
    /// Until when.
    pub due: Day,
    /// What it is about.
    pub kind: DecisionKind,
    /// The campaign by name, where it is about one.
    pub campaign: Option<String>,
    /// The number that it should move, as it is now.
    pub moves: Option<Measured>,
    /// What it rests on.
    pub rests_on: Vec<Ground>,
}

/// An action as it is taken on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    /// What is to be done.
    pub text: String,
    /// Handle of the person who does it.
    pub owner: String,
    /// Until when.
    pub due: Day,
    /// What it is.
    pub kind: ActionKind,
}

/// What an issue becomes.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "made one at a time, by a form")]
pub enum Solution {
    /// A decision.
    Decision(NewDecision),
    /// An action.
    Action(NewAction),
}

/// Something that is done in the meeting, or for the next one.
#[derive(Clone, Debug, PartialEq)]
pub enum MeetingChange {
    /// Opens the meeting; there is one at a time.
    Start {
        /// Name of the agenda: `default`, `short`, or one of the workspace's own.
        agenda: String,
        /// Handles of those who are there.
        present: Vec<String>,
        /// The figures as they stand.
        snapshot: Frozen,
    },
    /// Goes on to the next item of the agenda. `from` is the open item that the author saw.
    Next {
        /// Refused where another item is open meanwhile.
        from: Option<ItemId>,
    },
    /// Goes back to the item before.
    Back,
    /// Leaves the open item for later and goes on.
    Park,
    /// Opens an item out of turn.
    Take(ItemId),
    /// Adds an item at the end of the running agenda.
    Add(Point),
    /// Says who presents, by handle.
    Present(String),
    /// These people are there, by handle.
    Attend(Vec<String>),
    /// These people have left, by handle.
    Leave(Vec<String>),
    /// Puts an issue before the room; between meetings too.
    Raise {
        /// What is the matter.
        text: String,
        /// How urgent it is.
        priority: Priority,
        /// What it rests on.
        rests_on: Vec<Ground>,
    },
    /// Changes how urgent an issue is.
    Prioritise(IssueId, Priority),
    /// The room speaks of this issue now.
    Discuss(IssueId),
    /// Solves an issue.
    Solve(IssueId, Solution),
    /// Leaves an issue for the next meeting.
    ParkIssue(IssueId),
    /// Gives an issue up, and says why.
    DropIssue(IssueId, String),
    /// Decides.
    Decide(NewDecision),
    /// Takes on an action; between meetings too.
    Act(NewAction),
    /// An action is done.
    Done(ActionId),
    /// An action is given up, and why.
    Drop(ActionId, String),
    /// Writes something down at the open item.
    Note(String),
    /// How good the meeting was, from 1 to 10; the running one, else the one closed last.
    Rate {
        /// Handle; `None`: the author.
        person: Option<String>,
        /// 1 to 10.
        score: u8,
    },
    /// Ends the meeting.
    Close {
        /// The figures as they stand.
        snapshot: Frozen,
        /// When the next one is.
        next_on: Option<Day>,
    },
    /// Keeps an agenda under a name.
    SaveAgenda {
        /// Its name.
        name: String,
        /// Its items.
        points: Vec<Point>,
    },
    /// Throws an agenda of the workspace's own away.
    RemoveAgenda(String),
}

impl MeetingChange {
    /// The deed that the policy table judges.
    pub fn deed(&self) -> Deed {
        match self {
            MeetingChange::Raise { .. } | MeetingChange::Note(_) | MeetingChange::Rate { .. } => {
                Deed::Speak
            }
            MeetingChange::Decide(_)
            | MeetingChange::Act(_)
            | MeetingChange::Done(_)
            | MeetingChange::Drop(..)
            | MeetingChange::Prioritise(..)
            | MeetingChange::Solve(..)
            | MeetingChange::ParkIssue(_)
            | MeetingChange::DropIssue(..) => Deed::Decide,
            _ => Deed::RunMeeting,
        }
    }

    /// Its word in the journal.
    pub fn verb(&self) -> &'static str {
        match self {
            MeetingChange::Start { .. } => START,
            MeetingChange::Close { .. } => CLOSE,
            MeetingChange::Decide(_) => "decide",
            MeetingChange::Act(_) | MeetingChange::Done(_) | MeetingChange::Drop(..) => "action",
            MeetingChange::Raise { .. }
            | MeetingChange::Prioritise(..)
            | MeetingChange::Discuss(_)
            | MeetingChange::Solve(..)
            | MeetingChange::ParkIssue(_)
            | MeetingChange::DropIssue(..) => "issue",
            MeetingChange::Note(_) => "note",
            MeetingChange::Rate { .. } => "rate",
            MeetingChange::SaveAgenda { .. } | MeetingChange::RemoveAgenda(_) => "agenda",
            _ => "meeting",
        }
    }
}

/// The journal's word for the opening of a meeting, which is not undone.
pub const START: &str = "meeting_start";

/// The journal's word for the end of a meeting, which is not undone.
pub const CLOSE: &str = "meeting_close";

/// One line of text that says something; what a terminal would obey or hide becomes a blank.
pub fn one_line(what: &'static str, given: &str, longest: usize) -> Result<String, Refused> {
    let text = visible(given.trim()).into_owned();
    if text.is_empty() {
        let wrong = "is empty; say it in words";
        return Err(Refused::Text { what, wrong });
    }
    if text.chars().count() > longest {
        let wrong = if longest == LONGEST_TEXT {
            "is longer than 500 characters"
        } else {
            "is too long"
        };
        return Err(Refused::Text { what, wrong });
    }
    Ok(text)
}
