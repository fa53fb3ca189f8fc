//! Figures as text: rounding happens here and only for display (C15). Computes no number.

use crate::domain::moment::Day;
use crate::domain::money::Currency;
use crate::domain::period::{Period, Span};
use crate::metrics::{Counted, Figure, Metric, Unit, Value};

use super::labels::{Better, better};

pub use crate::metrics::show::{DASH, grouped, several};
use crate::metrics::show::{TOO_LARGE, factor, is_factor};

/// How much room a figure has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// All digits.
    Wide,
    /// Thousands and millions shortened.
    Narrow,
}

/// A figure as it stands in a column; `°` marks a small n, `~` a partial sum.
pub fn figure(figure: &Figure, room: Room) -> String {
    let Some(value) = figure.value else {
        return DASH.to_owned();
    };
    let text = plain(figure.id, value, figure.unit, room);
    let partial = if figure.is_partial() { "~" } else { "" };
    let small = if figure.small_n && has_n(figure) {
        "°"
    } else {
        ""
    };
    format!("{partial}{text}{small}")
}

/// A value without marks.
pub fn plain(id: Metric, value: Value, unit: Unit, room: Room) -> String {
    match unit {
        Unit::Money(currency) if is_price(id) => price(value.real(), currency, room),
        Unit::Money(currency) => rounded(value.real(), currency, room, 0),
        Unit::Count => match value {
            Value::Whole(n) => grouped(n),
            Value::Real(x) => decimal(x, 1),
        },
        Unit::Ratio if id == Metric::CriteriaVerdictKappa => decimal(value.real(), 2),
        Unit::Ratio if is_factor(id) => factor(value.real()),
        Unit::Ratio => percent(value.real()),
        Unit::Days => format!("{} d", decimal(value.real(), 1)),
        Unit::Hours => format!("{} h", decimal(value.real(), 1)),
    }
}

/// A share as per cent.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 1))
}

/// What one lead costs: small amounts that stand under one another, so that all of them show their cents.
const fn is_price(id: Metric) -> bool {
    matches!(id, Metric::CostPerLead | Metric::CostPerAccepted)
}

/// A price with its minor digits; what is too large for a price is rounded like any amount.
fn price(minor: f64, currency: Currency, room: Room) -> String {
    let small = minor.abs() < 1e4 * currency.scale() as f64;
    let digits = if small { currency.digits() as usize } else { 0 };
    rounded(minor, currency, room, digits)
}

/// Money from minor units; without the minor digits, unless it is a small amount that has any.
pub fn money(minor: f64, currency: Currency, room: Room) -> String {
    let units = minor / currency.scale() as f64;
    let small = units.abs() < 100.0 && units.fract().abs() > 0.004;
    rounded(minor, currency, room, if small { 2 } else { 0 })
}

/// Money from minor units; a dash and why where a sum does not fit.
pub fn sum(minor: Option<i64>, currency: Currency, room: Room) -> String {
    match (minor, room) {
        (Some(minor), _) => money(minor as f64, currency, room),
        (None, Room::Narrow) => DASH.to_owned(),
        (None, Room::Wide) => format!("{DASH}, {TOO_LARGE}"),
    }
}

fn rounded(minor: f64, currency: Currency, room: Room, digits: usize) -> String {
    let units = minor / currency.scale() as f64;
    let (amount, unit) = match units.abs() {
        n if room == Room::Narrow && n >= 999_950_000.0 => (decimal(units / 1e9, 2), " bn"),
        n if room == Room::Narrow && n >= 999_950.0 => (decimal(units / 1e6, 2), " M"),
        n if room == Room::Narrow && n >= 99_950.0 => (decimal(units / 1e3, 0), " k"),
        _ if digits > 0 => (decimal(units, digits), ""),
        _ => (grouped(units.round() as i64), ""),
    };
    let (sign, amount) = match amount.strip_prefix('−') {
        Some(rest) => ("−", rest.to_owned()),
        None => ("", amount),
    };
    format!("{sign}{}{amount}{unit}", symbol(currency))
}

/// Money to the minor unit, as it adds up.
pub fn exact_money(minor: i64, currency: Currency) -> String {
    let scale = currency.scale();
    let whole = grouped(minor / scale);
    let digits = currency.digits() as usize;
    let sign = if minor < 0 && minor / scale == 0 {
        "−"
    } else {
        ""
    };
    if digits == 0 {
        return whole;
    }
    format!("{sign}{whole}.{:0digits$}", (minor % scale).abs())
}

/// The sign of a currency where it is beyond doubt, else its code.
fn symbol(currency: Currency) -> String {
    match currency.code() {
        "EUR" => "€".to_owned(),
        "USD" => "$".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code} "),
    }
}

/// A real number with so many digits behind the point; never "−0".
pub fn decimal(x: f64, digits: usize) -> String {
    if !x.is_finite() {
        return DASH.to_owned();
    }
    if x.abs() >= 1e15 {
        return format!("{x:.3e}").replace('-', "−");
    }
    let text = format!("{:.digits$}", x.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let negative = x < 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    format!("{}{whole}{rest}", if negative { "−" } else { "" })
}

/// Whether the number rests on an n that is not the number itself.
fn has_n(figure: &Figure) -> bool {
    figure.denominator.is_some()
        || matches!(figure.unit, Unit::Ratio | Unit::Days | Unit::Hours)
        || figure.whole().is_none()
}

/// n and mode, as they stand beside every ratio; how many are still open where the cohort is not mature.
pub fn beside(figure: &Figure, room: Room) -> String {
    if !has_n(figure) {
        return match figure.unit {
            Unit::Money(_) if room == Room::Wide => format!("n {}", grouped(figure.n as i64)),
            _ => String::new(),
        };
    }
    let n = grouped(figure.n as i64);
    let mode = mode_word(figure.counted);
    match (room, is_immature(figure) && figure.open > 0) {
        (Room::Wide, true) => format!("n {n} {mode}, {} open", grouped(figure.open as i64)),
        (Room::Wide, false) => format!("n {n} {mode}"),
        (Room::Narrow, true) => format!("{n}{}+{}", &mode[..1], grouped(figure.open as i64)),
        (Room::Narrow, false) => format!("{n}{}", &mode[..1]),
    }
}

const fn mode_word(counted: Counted) -> &'static str {
    match counted {
        Counted::Event => "ev",
        Counted::Cohort => "co",
        Counted::AsOf => "now",
    }
}

/// Whether the cohort is too young to be judged.
pub fn is_immature(figure: &Figure) -> bool {
    figure.mature == Some(false) && figure.n > 0
}

/// How a number moved against another period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// `▲ 12.3 %`, `▼ 3.1 pt`, `=`.
    pub text: String,
    /// Whether that is better; `None` where it is neither.
    pub better: Option<bool>,
}

/// The move from `before` to `now`: points for shares, per cent for all else. `None` where there is nothing to compare.
pub fn moved(now: &Figure, before: &Figure, room: Room) -> Option<Move> {
    let (now_value, before_value) = (now.real()?, before.real()?);
    let difference = now_value - before_value;
    let (size, unit) = if now.unit == Unit::Ratio && !is_factor(now.id) {
        (difference * 100.0, "pt")
    } else if before_value == 0.0 {
        return None;
    } else {
        (difference / before_value.abs() * 100.0, "%")
    };
    let digits = usize::from(size.abs() < if room == Room::Wide { 99.95 } else { 9.95 });
    let text = decimal(size.abs(), digits);
    if text.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        return Some(Move {
            text: "=".to_owned(),
            better: None,
        });
    }
    let rises = size > 0.0;
    let better = match better(now.id) {
        Better::More => Some(rises),
        Better::Less => Some(!rises),
        Better::Neither => None,
    };
    let arrow = if rises { '▲' } else { '▼' };
    let text = match room {
        Room::Wide => format!("{arrow} {text} {unit}"),
        Room::Narrow => format!("{arrow}{text}{unit}"),
    };
    Some(Move { text, better })
}

/// A period as people say it.
pub fn period(period: &Period) -> String {
    let label = period.label.as_str();
    match period.span {
        Span::Month => month(period.first, true),
        Span::Quarter | Span::FiscalQuarter => match label.split_once("-Q") {
            Some((year, quarter)) => format!("Q{quarter} {year}"),
            None => label.to_owned(),
        },
        Span::Week => label.replacen("-W", " week ", 1),
        Span::All => "all time".to_owned(),
        Span::Year | Span::FiscalYear | Span::Custom => label.replace("..", " – "),
    }
}

/// A short label of a period under a chart: `Sep`, `Q3 25`, `W07`.
pub fn short_period(label: &str, first: Day) -> String {
    if label.len() == 7 && label.as_bytes()[4] == b'-' && label.as_bytes()[5].is_ascii_digit() {
        return month(first, false);
    }
    match label.split_once('-') {
        Some((year, quarter)) if quarter.starts_with('Q') => {
            format!("{quarter} {}", &year[year.len().saturating_sub(2)..])
        }
        Some((_, rest)) if rest.starts_with('W') => rest.to_owned(),
        _ => label
            .split_once("..")
            .map_or(label, |(first, _)| first)
            .to_owned(),
    }
}

fn month(day: Day, with_year: bool) -> String {
    let date = day.date();
    if with_year {
        date.format("%B %Y").to_string()
    } else {
        date.format("%b").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_shortened_and_signed() {
        let euro = |minor: f64, room| money(minor, Currency::EUR, room);
        assert_eq!(euro(124_000_000.0, Room::Wide), "€1,240,000");
        assert_eq!(euro(124_000_000.0, Room::Narrow), "€1.24 M");
        assert_eq!(euro(-85_000_000.0, Room::Narrow), "−€850 k");
        assert_eq!(euro(4_550.0, Room::Wide), "€45.50");
        assert_eq!(
            money(9_000.0, Currency::parse("JPY").unwrap(), Room::Wide),
            "JPY 9,000"
        );
    }

    #[test]
    fn amounts_in_one_column_have_their_decimals_alike() {
        let said = |id, minor| {
            let value = Value::Real(minor);
            plain(id, value, Unit::Money(Currency::EUR), Room::Wide)
        };
        assert_eq!(said(Metric::CostPerLead, 16_400.0), "€164.00");
        assert_eq!(said(Metric::CostPerLead, 7_568.2), "€75.68");
        assert_eq!(said(Metric::WastedSpend, 4_550.0), "€46");
        assert_eq!(said(Metric::WastedSpend, 157_700.0), "€1,577");
    }

    #[test]
    fn a_factor_just_below_one_does_not_read_as_one() {
        let said = |x| {
            let value = Value::Real(x);
            plain(Metric::PipelineCoverage, value, Unit::Ratio, Room::Narrow)
        };
        assert_eq!(said(0.957), "0.96 ×");
        assert_eq!(said(12.34), "12.3 ×");
    }

    #[test]
    fn a_sum_that_fits_nowhere_is_a_dash() {
        assert_eq!(
            sum(None, Currency::EUR, Room::Wide),
            "—, too large to add up"
        );
        assert_eq!(sum(Some(-500), Currency::EUR, Room::Wide), "−€5");
    }

    #[test]
    fn exact_money_shows_every_minor_unit() {
        assert_eq!(exact_money(123_456_789, Currency::EUR), "1,234,567.89");
        assert_eq!(exact_money(-5, Currency::EUR), "−0.05");
        assert_eq!(exact_money(-123, Currency::EUR), "−1.23");
    }

    #[test]
    fn decimals_round_for_display_only() {
        assert_eq!(percent(500.0 / 417.0), "119.9 %");
        assert_eq!(decimal(-0.04, 1), "0.0");
        assert_eq!(decimal(f64::NAN, 1), DASH);
        assert_eq!(decimal(12345.678, 1), "12,345.7");
    }
}
