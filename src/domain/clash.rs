//! Two people changed the same thing: what each of them said, so that somebody can decide. Pure.

use super::command::Command;
use super::desk::Desk;
use super::ids::{HandoffId, JournalId};
use super::moment::Moment;
use super::verdict::Verdict;

/// What the author of a change had in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// Nobody knows: the command line, scripts. Rules alone decide.
    #[default]
    Unknown,
    /// The workspace up to this entry of the journal; what others changed of the same thing since is not overwritten.
    Upto(JournalId),
    /// The same, and theirs up to this entry is to be replaced: a verdict is taken back first.
    Over(JournalId),
}

impl Sight {
    /// The last entry that was in sight.
    pub fn seen(self) -> Option<JournalId> {
        match self {
            Sight::Unknown => None,
            Sight::Upto(entry) | Sight::Over(entry) => Some(entry),
        }
    }
}

/// A change that was not made, because somebody changed the same thing since it was in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What others did, oldest first; never empty.
    pub theirs: Vec<Theirs>,
    /// What was to be done, in words.
    pub mine: String,
}

/// One change of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// Its journal entry.
    pub entry: JournalId,
    /// The person's name, else the system's user.
    pub who: String,
    /// When.
    pub at: Moment,
    /// What it did, in words.
    pub what: String,
}

impl Clash {
    /// What is in sight once this clash has been seen.
    pub fn over(&self) -> Sight {
        let newest = self.theirs.iter().map(|theirs| theirs.entry.0).max();
        Sight::Over(JournalId(newest.unwrap_or_default()))
    }

    /// Who changed it last.
    pub fn who(&self) -> &str {
        self.theirs.last().map_or("somebody", |theirs| &theirs.who)
    }
}

/// The handoff on which a command gives a verdict, and which.
pub fn verdict_of(command: &Command) -> Option<(HandoffId, Verdict)> {
    match command {
        Command::Desk(Desk::Accept { handoff, .. }) => Some((*handoff, Verdict::Accepted)),
        Command::Desk(Desk::Reject { handoff, .. }) => Some((*handoff, Verdict::Rejected)),
        Command::Desk(Desk::Recycle { handoff, .. }) => Some((*handoff, Verdict::Recycled)),
        _ => None,
    }
}
