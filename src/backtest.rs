//! What a definition would have done to the past: rules as bitmaps over all handoffs, the impact of a change, agreement,
//! each rule's own effect, suggestions. Pure: no database, no clock.
//!
//! [`Columns`] hold the fields as they were known at handoff, [`Ground`] what became of each
//! handoff, a [`Judge`] turns a definition into [`Judged`] bitmaps and keeps what did not change since the last keystroke,
//! [`Ground::impact`] compares two of them.

pub mod agreement;
pub mod bits;
pub mod columns;
pub mod doubts;
pub mod drift;
pub mod effect;
pub mod ground;
pub mod impact;
pub mod judge;
mod offer;
mod scan;
pub mod stamped;
pub mod suggest;
pub mod tally;

pub use agreement::{Cell, Matrix, Said, agreement, outcome};
pub use bits::Bits;
pub use columns::Columns;
pub use doubts::{doubts, loosened};
pub use drift::{Drift, Moved};
pub use effect::{Effect, Pair, alike, effects};
pub use ground::{Baseline, Flip, Ground, Outcome, apart, concerned};
pub use impact::{Impact, Saved, Share, Side, Turn};
pub use judge::{Judge, Judged, RuleBits};
pub use stamped::{Stamped, today};
pub use suggest::{Proof, Suggestion, suggest};
pub use tally::Tally;

#[cfg(test)]
mod tests;
