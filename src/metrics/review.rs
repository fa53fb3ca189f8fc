//! The rejections of a period, as the room reviews them: worklist, matrix, flags, second look. Pure: no database, no clock.

mod axis;
mod codes;
mod drill;
mod flags;
mod follow;
mod gather;
mod grid;
mod matrix;
mod overturned;
mod pool;
mod propose;
mod rows;
mod second;
mod shares;
mod sides;
mod sums;
mod taken;
mod trend;
mod weeks;
mod worklist;

pub use axis::Axis;
pub use drill::{Measure, Place};
pub use flags::{Flag, Flags, Known, Seen};
pub use follow::{DAYS_BEFORE, place_of, seen};
pub use matrix::{Base, Cell, Head, Matrix, Order, Rate};
pub use overturned::overturned;
pub use pool::{Review, since};
pub use propose::{Proposal, propose};
pub use second::Seed;
pub use sides::{Answer, Asked, Sides, sides};
pub use sums::{Proof, Sum, Sums};
pub use trend::Week;
pub use worklist::{Cluster, Worklist};

#[cfg(test)]
mod tests;
