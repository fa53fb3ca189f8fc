//! What a screen needs to name things: the workspace, its people and catalogues. Pure.

use super::calendar::Calendar;
use super::criteria::version::Versions;
use super::ids::{PersonId, ReasonId, SourceId};
use super::meeting::line::Meetings;
use super::moment::Moment;
use super::policy::{Side, SourceSide};
use super::reason::{Asks, ReasonClass};
use super::review::lists::Lists;
use super::settings::Settings;
use super::workspace::Workspace;

/// A person of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Row id.
    pub id: PersonId,
    /// Short unique name.
    pub handle: String,
    /// Full name.
    pub name: String,
    /// Side.
    pub side: Side,
}

/// A source of leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Row id.
    pub id: SourceId,
    /// Name.
    pub name: String,
    /// Whose it is.
    pub side: SourceSide,
    /// Whether it costs nothing.
    pub free: bool,
}

/// A rejection reason of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Row id.
    pub id: ReasonId,
    /// Code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Class.
    pub class: ReasonClass,
    /// Whether anybody can check it without a conversation.
    pub objective: bool,
    /// What it needs before it is verified.
    pub asks: Asks,
    /// Which side has to act on it.
    pub acts: Side,
    /// The criteria field that it speaks about.
    pub field: Option<String>,
    /// Out of use; verdicts keep it.
    pub retired: bool,
    /// Retired reasons map to this one; the original is kept on the verdict.
    pub successor: Option<ReasonId>,
}

/// A type of leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Name.
    pub name: String,
    /// Business minutes within which sales makes the first attempt; `None`: the workspace's.
    pub sla_minutes: Option<i64>,
}

/// A stage of deals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// From 1 on it is pipeline.
    pub position: i64,
    /// Out of use; deals in it stay.
    pub retired: bool,
}

/// A filter of the queue, kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    /// Name.
    pub name: String,
    /// As it is typed.
    pub text: String,
}

/// Small tables that are read whole.
#[derive(Clone, Debug)]
pub struct Book {
    /// The workspace.
    pub workspace: Workspace,
    /// Agreed numbers.
    pub settings: Settings,
    /// Time zone, holidays, business hours.
    pub calendar: Calendar,
    /// People.
    pub people: Vec<Person>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Reasons.
    pub reasons: Vec<Reason>,
    /// Stages, by position.
    pub stages: Vec<Stage>,
    /// Types of leads, by name.
    pub segments: Vec<Segment>,
    /// Kept filters, by name.
    pub filters: Vec<SavedFilter>,
    /// Domains that say something about a lead.
    pub lists: Lists,
    /// Meetings and what came of them.
    pub meetings: Meetings,
    /// Every version of the criteria.
    pub criteria: Versions,
}

/// Who sits at the keyboard, as far as the outside tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The handle that was named; `None`: none was.
    pub named: Option<String>,
    /// The handle that was given here before; holds in workspaces where somebody has it.
    pub kept: Option<String>,
    /// The operating system's user, recorded beside it.
    pub os_user: String,
}

impl Who {
    /// The handle to sign with: the named one, else the kept one, else that of the person who is called like the system's user.
    pub fn handle(&self, people: &[Person]) -> Option<String> {
        let alike = |person: &&Person| person.handle.eq_ignore_ascii_case(&self.os_user);
        let kept = |person: &&Person| Some(&person.handle) == self.kept.as_ref();
        let kept = || people.iter().find(kept).map(|person| person.handle.clone());
        self.named.clone().or_else(kept).or_else(|| {
            people
                .iter()
                .find(alike)
                .map(|person| person.handle.clone())
        })
    }
}

impl Book {
    /// The reason of a code.
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == code)
    }

    /// Business minutes within which sales makes the first attempt at a lead of that type.
    pub fn sla_minutes(&self, segment: Option<&str>) -> u32 {
        let own = self.segments.iter().find(|own| Some(&*own.name) == segment);
        let minutes = own.and_then(|own| own.sla_minutes);
        u32::try_from(minutes.unwrap_or(self.settings.sla_minutes)).unwrap_or(u32::MAX)
    }

    /// The moment that counts as now: the workspace's own where it is fixed (demo, archive), else the clock's.
    pub fn now(&self, clock: Moment) -> Moment {
        self.workspace.as_of.unwrap_or(clock)
    }
}
