//! Numbers counted by hand, and properties that hold for every history.

mod corrections;
pub(crate) mod fixture;
mod kept;
mod meetings;
mod outcome;
mod pipeline;
mod properties;
pub(crate) mod random;
pub(crate) mod room;
mod sla;
mod unknown;
pub(crate) mod verdicts;
mod waterfall;
