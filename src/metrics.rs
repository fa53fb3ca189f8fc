//! One definition per number, computed over the facts. Pure: no database, no clock.

pub mod board;
pub mod figure;
pub mod id;
pub mod line;
#[expect(dead_code, reason = "the figures that read the judgements follow")]
pub(crate) mod marks;
mod quantile;
pub mod readings;
pub mod rowset;
pub mod scope;
pub mod waterfall;

pub use board::{Board, Compared};
pub use figure::{Counted, Figure, Unit, Value};
pub use id::Metric;
pub use line::{Line, LineOf};
pub use rowset::{Drill, Made, RowSet, Table};
pub use scope::{Mode, Population, Scope};
