//! What a meeting needs of the numbers: figures frozen as text, what changed since, what a decision's number does. Reads no clock.

mod effect;
mod freeze;
mod kept;
mod opening;
mod rests;
mod since;
#[cfg(test)]
mod tests;

pub use effect::{Effect, Measuring, Moved, NO_PROOF, measure, was};
pub use freeze::{NotJudged, freeze};
pub use kept::{Kept, KeptFigure, OpenDeal};
pub use opening::Opening;
pub use rests::grounds;
pub use since::{Since, since};
