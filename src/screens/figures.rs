//! Figures as text: rounding happens here and only for display (C15). Computes no number.

use crate::domain::moment::Day;
use crate::domain::money::Currency;
use crate::domain::period::{Period, Span};
use crate::metrics::{Counted, Figure, Metric, Unit, Value};

use super::labels::{Better, better};

/// What stands where there is no number.
pub const DASH: &str = "—";

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
        Unit::Money(currency) => money(value.real(), currency, room),
        Unit::Count => match value {
            Value::Whole(n) => grouped(n),
            Value::Real(x) => decimal(x, 1),
        },
        Unit::Ratio if id == Metric::CriteriaVerdictKappa => decimal(value.real(), 2),
        Unit::Ratio if is_factor(id) => format!("{} ×", decimal(value.real(), 1)),
        Unit::Ratio => percent(value.real()),
        Unit::Days => format!("{} d", decimal(value.real(), 1)),
        Unit::Hours => format!("{} h", decimal(value.real(), 1)),
    }
}

/// Whether a ratio is read as "so many times" and not as a share.
const fn is_factor(id: Metric) -> bool {
    matches!(
        id,
        Metric::PipelineCoverage | Metric::PipelineCoverageNeeded
    )
}

/// A share as per cent.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 1))
}

/// Money from minor units, without the minor digits.
pub fn money(minor: f64, currency: Currency, room: Room) -> String {
    let units = minor / currency.scale() as f64;
    let (amount, unit) = match units.abs() {
        n if room == Room::Narrow && n >= 999_950_000.0 => (decimal(units / 1e9, 2), " bn"),
        n if room == Room::Narrow && n >= 999_950.0 => (decimal(units / 1e6, 2), " M"),
        n if room == Room::Narrow && n >= 99_950.0 => (decimal(units / 1e3, 0), " k"),
        // Prices per lead are small: their cents matter.
        n if n < 100.0 && units.fract().abs() > 0.004 => (decimal(units, 2), ""),
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

/// A whole number in groups of three.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
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
