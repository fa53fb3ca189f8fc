//! What a target can be set for, and how one is read and said. Pure; computes no number.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::calendar::Calendar;
use super::command::Command;
use super::moment::Day;
use super::money::{Currency, Money};
use super::period::{NoPeriod, Period, Span};

/// Whether a target counts money or rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Money of the workspace's currency.
    InMoney,
    /// A number of rows.
    InRows,
}

/// The numbers that a target can be set for, by metric id.
pub const TARGETS: &[(&str, Counted)] = &[
    ("qualified_pipeline_sourced", Counted::InMoney),
    ("revenue", Counted::InMoney),
    ("mqls", Counted::InRows),
];

/// Why a target was not read.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum NoTarget {
    /// No target is set for that number.
    #[error("a target is set for {}", known())]
    Metric,
    /// The period is none.
    #[error(transparent)]
    Period(#[from] NoPeriod),
    /// "all" has no end.
    #[error("a target needs a period that ends")]
    Endless,
    /// The value is none.
    #[error("'{0}' is no value; a number of 0 or more is expected, such as 1000000 or 417")]
    Value(String),
}

fn known() -> String {
    let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

/// The command that sets a target; money is given in whole units of the workspace's currency.
pub fn command(
    (metric, period, value): (&str, &str, &str),
    currency: Currency,
    (calendar, today): (&Calendar, Day),
) -> Result<Command, NoTarget> {
    let counted = counted(metric).ok_or(NoTarget::Metric)?;
    let period = Period::parse(period, today, calendar)?;
    if period.span == Span::All {
        return Err(NoTarget::Endless);
    }
    let scale = match counted {
        Counted::InMoney => currency.scale(),
        Counted::InRows => 1,
    };
    let minor = value
        .replace('_', "")
        .parse::<Decimal>()
        .ok()
        .and_then(|value| value.checked_mul(Decimal::from(scale)))
        .filter(|value| value.fract().is_zero() && !value.is_sign_negative())
        .and_then(|value| value.to_i64())
        .ok_or_else(|| NoTarget::Value(value.to_owned()))?;
    Ok(Command::SetTarget {
        metric: metric.into(),
        start: period.first,
        end: period.end,
        value: minor,
    })
}

fn counted(metric: &str) -> Option<Counted> {
    let found = TARGETS.iter().find(|(name, _)| *name == metric);
    found.map(|(_, counted)| *counted)
}

/// A target's value in the units it is given in, with its currency: `1000000.50 EUR`, `417`.
pub fn said(metric: &str, value: i64, currency: Currency) -> String {
    match counted(metric) {
        Some(Counted::InMoney) => money(value, currency).to_string(),
        _ => value.to_string(),
    }
}

/// The same without the currency, as it is typed.
pub fn typed(metric: &str, value: i64, currency: Currency) -> String {
    match counted(metric) {
        Some(Counted::InMoney) => money(value, currency).plain(),
        _ => value.to_string(),
    }
}

fn money(minor: i64, currency: Currency) -> Money {
    Money { minor, currency }
}
