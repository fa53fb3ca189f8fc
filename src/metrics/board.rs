//! Everything that the scoreboard shows, computed in one go. Draws nothing and words nothing.

mod assemble;

pub use assemble::{MARKETING, MISALIGNMENT, SALES};

use std::sync::Arc;

use super::figure::Figure;
use super::line::Line;
use super::readings::Readings;
use super::scope::{Mode, Population};
use super::waterfall::Waterfall;
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;

/// A number beside itself in the period before and a year before; both as of the same moment (C17).
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// In the period.
    pub now: Figure,
    /// In the period before; `None` for "everything", for a period that has not begun, and for what is counted as of now.
    pub before: Option<Figure>,
    /// In the same period a year before; `None` likewise.
    pub year_before: Option<Figure>,
}

/// A target as somebody set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetChange {
    /// Minor units.
    pub value: i64,
    /// Who set it; "unknown" where nobody said.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The number that both sides own.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Qualified pipeline sourced.
    pub value: Compared,
    /// What is to be reached, minor units.
    pub target: Option<i64>,
    /// Targets of this very period, oldest first; the last is in force. More than one: changed on the way.
    pub target_history: Vec<TargetChange>,
    /// Value ÷ target.
    pub attainment: Figure,
    /// Target − value.
    pub gap: Figure,
    /// Value ÷ what should be there by now.
    pub pace: Figure,
    /// Working days gone and in all (C16).
    pub working_days: (u32, u32),
    /// Sum of entries that take back earlier qualifications (C8), minor units, not positive; `None` where it does not fit 64 bits.
    pub restated: Option<i64>,
    /// The value over the last twelve periods, this one last; shorter for "everything".
    pub trend: Vec<Point>,
}

/// One place of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The period's name.
    pub label: String,
    /// First day.
    pub first: Day,
    /// The day after the last.
    pub end: Day,
    /// The number; `None` where a dash is printed, before the history begins and where the period has not begun.
    pub value: Option<f64>,
    /// Whether the period is not over yet at the as-of moment.
    pub running: bool,
}

/// The pair of charts over one time axis: volume up, results down.
#[derive(Clone, Debug, PartialEq)]
pub struct BothRight {
    /// MQLs.
    pub mqls: Vec<Point>,
    /// Conversations that sales had.
    pub conversations: Vec<Point>,
    /// Revenue, minor units.
    pub revenue: Vec<Point>,
}

/// Leads left out of every number (C14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Test rows.
    pub test: u64,
    /// Internal domains.
    pub internal: u64,
    /// Duplicates.
    pub duplicate: u64,
}

/// The whole scoreboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// The period.
    pub period: Period,
    /// The as-of moment.
    pub as_of: Moment,
    /// Mode of the ratios.
    pub mode: Mode,
    /// First or all handoffs.
    pub population: Population,
    /// The number across the whole width.
    pub headline: Headline,
    /// Marketing's column.
    pub marketing: Vec<Compared>,
    /// Sales' column.
    pub sales: Vec<Compared>,
    /// "Both are right".
    pub both_right: BothRight,
    /// One pipeline, read three ways.
    pub readings: Readings,
    /// Cost of misalignment: conversion, cycle time, CAC, wasted spend, rep hours, and what they cost together.
    pub misalignment: Vec<Compared>,
    /// How the pipeline of the period changed.
    pub waterfall: Arc<Waterfall>,
    /// Headline by side, unknown apart (C12).
    pub sides: Vec<Line>,
    /// Every other number that no panel above holds, for exports.
    pub others: Vec<Figure>,
    /// Leads created in the period that are left out.
    pub left_out: LeftOut,
    /// Whether anything at all happened in the period.
    pub has_data: bool,
    /// Where it is empty: the nearest period of the same kind that holds something.
    pub elsewhere: Option<Period>,
}

impl Board {
    /// Whether the period has begun at the as-of moment; before, there is nothing to compare.
    pub fn has_begun(&self) -> bool {
        self.period.start_at <= self.as_of
    }

    /// Every figure of the period on the board. A number that stands in two panels comes twice.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let headline = &self.headline;
        [
            &headline.value.now,
            &headline.attainment,
            &headline.gap,
            &headline.pace,
        ]
        .into_iter()
        .chain(
            [&self.marketing, &self.sales, &self.misalignment]
                .into_iter()
                .flatten()
                .map(|c| &c.now),
        )
        .chain([
            &self.readings.marketing,
            &self.readings.sales,
            &self.readings.finance,
        ])
        .chain(&self.others)
    }
}
