//! The built-in demo workspace: the boardroom story as rows, drawn from a seed. Reads no file and no clock.
//!
//! Marketing is 20 % over its lead target and 10 % cheaper per lead; sales is 15 % under its revenue target. Two sources
//! bring students and competitors; reps try later, give up after 1.3 attempts, and a part of their rejections rests on nothing.

mod agreement;
mod cast;
mod deals;
mod effort;
mod exports;
mod extras;
mod leads;
mod ledger;
mod meeting;
mod names;
mod plan;
mod quirks;
mod records;
mod review;
mod rng;
mod setup;
#[cfg(test)]
mod tests;

use crate::domain::calendar::Calendar;
use crate::domain::command::Command;
use crate::domain::import::{CustomField, ImportRow};
use crate::domain::moment::Moment;
use crate::domain::settings::Settings;
use crate::domain::workspace::Workspace;

/// The moment that the room looks at: 2025-09-30 17:00 in Berlin, the last evening of the quarter.
pub const AS_OF: Moment = Moment(1_759_244_400);

/// The first export was taken a month earlier: 2025-08-31 18:00 in Berlin.
const FIRST_EXPORT: Moment = Moment(1_756_656_000);

const SEED: u64 = 13;

/// Everything that the demo consists of, in the order in which it is written.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The workspace, as the room looks at it in the end.
    pub workspace: Workspace,
    /// People, targets, settings, sources, rates, holidays.
    pub steps: Vec<Step>,
    /// Fields of the demo's own, for criteria.
    pub fields: Vec<CustomField>,
    /// What the imaginary CRM gave, oldest first.
    pub exports: Vec<Export>,
}

/// A command with who gave it, and when.
#[derive(Clone, Debug)]
pub struct Step {
    /// Handle of the person; `None`: whoever set the workspace up.
    pub by: Option<&'static str>,
    /// When.
    pub at: Moment,
    /// What.
    pub command: Command,
}

/// One import.
#[derive(Clone, Debug)]
pub struct Export {
    /// What the file would be called.
    pub file: &'static str,
    /// When it was imported.
    pub at: Moment,
    /// Its rows.
    pub rows: Vec<ImportRow>,
    /// What the room did when it had read them.
    pub then: Vec<Step>,
}

/// Draws the demo. The same on every machine, in some milliseconds.
pub fn generate() -> Demo {
    let workspace = setup::workspace(AS_OF);
    let calendar = workspace
        .calendar(&Settings::default(), setup::holidays())
        .unwrap_or_else(|_| Calendar::new("UTC").expect("UTC is a zone of every time zone table"));
    let mut rng = rng::Rng::new(SEED);
    let cast = cast::Cast::new(&mut rng);
    let mut world = leads::World {
        rng,
        calendar,
        as_of: AS_OF,
        cast,
    };
    let mut leads = world.leads();
    world.work(&mut leads);
    world.quirks(&mut leads);
    let mut deals = world.deals(&leads);
    world.balance(&mut deals, FIRST_EXPORT);
    let mut exports = world.exports(&leads, &deals, FIRST_EXPORT);
    if let Some(first) = exports.first_mut() {
        first.then.extend(meeting::steps());
        first.then.sort_by_key(|step| step.at);
    }
    let mut steps = setup::steps(world.start(0));
    steps.extend(setup::lists(world.start(0), &world.cast));
    steps.extend(agreement::steps(world.start(0)));
    Demo {
        workspace,
        steps,
        fields: records::fields(),
        exports,
    }
}
