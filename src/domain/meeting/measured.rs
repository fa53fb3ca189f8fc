//! A number as it was at a moment, kept with a decision. Pure data: computes nothing.

use crate::domain::moment::Moment;

/// The number itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A count, or money in minor units.
    Whole(i64),
    /// A ratio, a mean, days, hours.
    Real(f64),
}

/// A number of the scoreboard as it was at a moment. The words are those of `metrics`, which alone knows what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Id of the metric.
    pub metric: String,
    /// The value; `None`: a dash was printed.
    pub value: Option<Number>,
    /// What stood above the line.
    pub numerator: Option<i64>,
    /// What stood below the line.
    pub denominator: Option<i64>,
    /// The rows it rested on.
    pub n: i64,
    /// `event` or `cohort`: the mode that the board was in.
    pub mode: String,
    /// How it was counted: `event`, `cohort`, `as-of`.
    pub counted: String,
    /// Name of the period.
    pub period: String,
    /// As of when.
    pub as_of: Moment,
}
