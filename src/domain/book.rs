//! What a screen needs to name things: the workspace, its people and catalogues. Pure.

use super::calendar::Calendar;
use super::ids::{PersonId, ReasonId, SourceId};
use super::policy::{Side, SourceSide};
use super::reason::ReasonClass;
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
    /// Retired reasons map to this one; the original is kept on the verdict.
    pub successor: Option<ReasonId>,
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
}
