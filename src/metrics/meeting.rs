//! What a meeting needs of the numbers: figures frozen as text, what changed since, what a decision's number does. Reads no clock.

mod effect;
mod freeze;
mod kept;
mod opening;
mod since;
#[cfg(test)]
mod tests;

pub use effect::{Effect, Moved, NO_PROOF, effect, measure, was};
pub use freeze::{NotJudged, freeze};
pub use kept::{Kept, KeptFigure, OpenDeal};
pub use opening::Opening;
pub use since::{Since, since};
