//! How the open qualified pipeline that closes in a period changed between two moments. Balances to the minor unit.

use super::rowset::RowSet;

/// What happened to a deal's value in the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Qualified.
    Qualified,
    /// Its value rose.
    RevaluedUp,
    /// Its close date moved into the period.
    PulledIn,
    /// Its value fell.
    RevaluedDown,
    /// Its close date moved out of the period.
    PushedOut,
    /// Won.
    Won,
    /// Lost, or ended without a decision.
    Lost,
    /// Its qualification was taken back.
    Reversed,
}

impl Change {
    /// All of them, in the order of the chart.
    pub const ALL: [Change; 8] = [
        Change::Qualified,
        Change::RevaluedUp,
        Change::PulledIn,
        Change::RevaluedDown,
        Change::PushedOut,
        Change::Won,
        Change::Lost,
        Change::Reversed,
    ];

    /// Its word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Change::Qualified => "qualified",
            Change::RevaluedUp => "revalued up",
            Change::PulledIn => "pulled in",
            Change::RevaluedDown => "revalued down",
            Change::PushedOut => "pushed out",
            Change::Won => "won",
            Change::Lost => "lost",
            Change::Reversed => "reversed",
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What.
    pub change: Change,
    /// Minor units, signed.
    pub amount: i64,
    /// The deals behind it; they add up to `amount`.
    pub rows: RowSet,
}

/// `start + Σ steps = end`.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Pipeline at the start, minor units.
    pub start: i64,
    /// The changes in the order of [`Change::ALL`].
    pub steps: Vec<Step>,
    /// Pipeline at the end, minor units.
    pub end: i64,
    /// The deals in it at the start.
    pub start_rows: RowSet,
    /// The deals in it at the end.
    pub end_rows: RowSet,
    /// Deals that would belong to it and have no rate into the workspace's currency.
    pub unpriced: u64,
}
