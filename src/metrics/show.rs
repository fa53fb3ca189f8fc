//! Numbers as text: the one place that groups thousands, shortens, and prints a dash. Computes nothing.

use super::figure::{Figure, Unit, Value};
use super::id::Metric;
use crate::domain::money::Currency;

/// What stands where there is no number (C5).
pub const DASH: &str = "—";

/// What is said where a sum does not fit 64 bits.
pub const TOO_LARGE: &str = "too large to add up";

/// A whole number with thousands separated: `1,234,567`.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// So many of something that takes an s in the plural: `1 deal`, `1,234 deals`.
pub fn several(n: u64, one: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {one}{s}", grouped(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// A real number with so many decimals, thousands separated.
pub fn decimals(x: f64, places: usize) -> String {
    let text = format!("{:.places$}", x.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if x < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        "−"
    } else {
        ""
    };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// A share: `119.9 %`; below one per cent with two decimals.
pub fn percent(share: f64) -> String {
    let places = if share != 0.0 && share.abs() < 0.01 {
        2
    } else {
        1
    };
    format!("{} %", decimals(share * 100.0, places))
}

/// Minor units as an amount with its currency: `850,000 EUR`, with decimals only where there are any.
pub fn money(minor: f64, currency: Currency) -> String {
    format!(
        "{} {currency}",
        amount(minor, currency, Cents::of(minor, currency))
    )
}

/// Minor units as an amount, the currency said elsewhere.
pub fn amount(minor: f64, currency: Currency, cents: Cents) -> String {
    let places = match cents {
        Cents::Shown => currency.digits() as usize,
        Cents::None => 0,
    };
    decimals(minor / currency.scale() as f64, places)
}

/// Whether amounts show their minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cents {
    /// Always.
    Shown,
    /// There are none.
    None,
}

impl Cents {
    fn of(minor: f64, currency: Currency) -> Cents {
        if minor.round() % currency.scale() as f64 == 0.0 {
            Cents::None
        } else {
            Cents::Shown
        }
    }

    /// Of amounts in minor units under one another.
    pub fn of_amounts(mut minor: impl Iterator<Item = f64>, currency: Currency) -> Cents {
        if minor.any(|minor| Cents::of(minor, currency) == Cents::Shown) {
            Cents::Shown
        } else {
            Cents::None
        }
    }

    /// Of a column: shown in every line where one line has any.
    pub fn of_column<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Cents {
        let has = |figure: &Figure| match (figure.unit, figure.value) {
            (Unit::Money(_), Some(Value::Real(_))) => true,
            (Unit::Money(currency), Some(value)) => {
                Cents::of(value.real(), currency) == Cents::Shown
            }
            _ => false,
        };
        if figures.into_iter().any(has) {
            Cents::Shown
        } else {
            Cents::None
        }
    }
}

/// A number in few columns: `950`, `8.5 k`, `850 k`, `1.2 M`, `3.4 bn`.
pub fn compact(x: f64) -> String {
    const STEPS: [(f64, &str); 3] = [(1e9, " bn"), (1e6, " M"), (1e3, " k")];
    for (size, word) in STEPS {
        let scaled = x.abs() / size;
        // What would round up to 1,000 of the smaller step is 1 of this one.
        if (scaled * 1_000.0).round() >= 1_000.0 {
            let places = usize::from(scaled < 99.95 && (scaled * 10.0).round() % 10.0 != 0.0);
            return format!("{}{word}", decimals(x / size, places));
        }
    }
    decimals(x, usize::from(x.fract() != 0.0 && x.abs() < 100.0))
}

/// An amount in few columns: `850 k EUR`.
pub fn compact_money(minor: f64, currency: Currency) -> String {
    format!("{} {currency}", compact(minor / currency.scale() as f64))
}

/// A figure in full: `850,000 EUR`, `119.9 %`, `3.4 days`, or a dash.
pub fn full(figure: &Figure) -> String {
    figure
        .value
        .map_or_else(|| DASH.into(), |value| of_value(figure, value, Width::Full))
}

/// The same in a column whose amounts all show their minor units, or none does.
pub fn in_column(figure: &Figure, cents: Cents) -> String {
    match (figure.unit, figure.value) {
        (Unit::Money(currency), Some(value)) => {
            format!("{} {currency}", amount(value.real(), currency, cents))
        }
        _ => full(figure),
    }
}

/// What a figure is made of: `850,000 EUR ÷ 1,000,000 EUR`; nothing where nothing stands below the line. `home` is the
/// workspace's currency.
pub fn made_of(figure: &Figure, home: Currency) -> Option<String> {
    let (above, below) = figure.numerator.zip(figure.denominator)?;
    let [over, under] = money_in(figure.id, figure.unit);
    let said = |n: i64, is: Measured| match is {
        Measured::Money => money(n as f64, home),
        Measured::Rows => grouped(n),
    };
    let (above, below) = (said(above, over), said(below, under));
    Some(match figure.id {
        Metric::PipelineGap => format!("{below} − {above}"),
        _ => format!("{above} ÷ {below}"),
    })
}

/// What stands above or below a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    Money,
    Rows,
}

/// What stands above the line and below it.
pub(super) fn money_in(metric: Metric, unit: Unit) -> [Measured; 2] {
    use Measured::{Money, Rows};
    match metric {
        Metric::PipelineAttainment
        | Metric::PipelineGap
        | Metric::PipelinePace
        | Metric::PipelineContribution
        | Metric::RevenueAttainment
        | Metric::ContributionMarginShare
        | Metric::SelfSourcedShare
        | Metric::WinRateByValue
        | Metric::PipelineCoverage
        | Metric::CostPerPipelineUnit => [Money, Money],
        _ if matches!(unit, Unit::Money(_)) => [Money, Rows],
        _ => [Rows, Rows],
    }
}

/// A figure in few columns.
pub fn short(figure: &Figure) -> String {
    figure.value.map_or_else(
        || DASH.into(),
        |value| of_value(figure, value, Width::Compact),
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Full,
    Compact,
}

fn of_value(figure: &Figure, value: Value, width: Width) -> String {
    let x = value.real();
    match (figure.unit, value) {
        // A price is compared with other prices: its cents stand there whether it has any or not.
        (Unit::Money(currency), Value::Real(_))
            if width == Width::Full || x.abs() < 1e4 * currency.scale() as f64 =>
        {
            format!("{} {currency}", amount(x, currency, Cents::Shown))
        }
        (Unit::Money(currency), _) if width == Width::Compact => compact_money(x, currency),
        (Unit::Money(currency), _) => money(x, currency),
        (Unit::Count, Value::Whole(n)) if width == Width::Full || n.abs() < 100_000 => grouped(n),
        (Unit::Count, Value::Whole(_)) => compact(x),
        (Unit::Count, Value::Real(x)) => decimals(x, 1),
        (Unit::Ratio, _) if figure.id == Metric::CriteriaVerdictKappa => decimals(x, 2),
        (Unit::Ratio, _) if is_factor(figure.id) => factor(x),
        (Unit::Ratio, _) => percent(x),
        (Unit::Days, _) => format!("{} d", decimals(x, 1)),
        (Unit::Hours, _) => format!("{} h", decimals(x, 1)),
    }
}

/// Ratios that are no shares and read as a factor.
pub fn is_factor(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::PipelineCoverage | Metric::PipelineCoverageNeeded
    )
}

/// A factor: `0.96 ×`; from ten on one decimal says enough.
pub fn factor(x: f64) -> String {
    let places = if x.abs() < 9.995 { 2 } else { 1 };
    format!("{} ×", decimals(x, places))
}

/// What must stand beside every ratio: its n, its mode, and its marks: `n 417 · event · small n`.
pub fn beside(figure: &Figure) -> String {
    let mut parts = vec![
        format!("n {}", grouped(figure.n as i64)),
        figure.counted.word().into(),
    ];
    if figure.small_n {
        parts.push("small n".into());
    }
    if figure.mature == Some(false) {
        parts.push("immature".into());
    }
    if figure.is_partial() {
        parts.push(format!(
            "partial: {} not priced",
            grouped(figure.unpriced as i64)
        ));
    }
    parts.join(" · ")
}

/// The change from one figure to another as a share of the former: `+12.0 %`; a dash where either is missing or the former is 0.
/// Shares change in points: `+3.1 pt`.
pub fn change(now: &Figure, before: Option<&Figure>) -> String {
    let Some((now_x, before_x)) = now.real().zip(before.and_then(Figure::real)) else {
        return DASH.into();
    };
    let signed = |x: f64, unit: &str| {
        let plus = if x > 0.0 { "+" } else { "" };
        format!("{plus}{} {unit}", decimals(x, 1))
    };
    if now.unit == Unit::Ratio && !is_factor(now.id) {
        return signed((now_x - before_x) * 100.0, "pt");
    }
    if before_x == 0.0 {
        return DASH.into();
    }
    signed((now_x - before_x) / before_x.abs() * 100.0, "%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::figure::Counted;

    fn figure(unit: Unit, value: Option<Value>) -> Figure {
        Figure {
            id: Metric::Leads,
            value,
            unit,
            numerator: None,
            denominator: None,
            n: 1_234,
            counted: Counted::Event,
            mature: None,
            open: 0,
            unpriced: 0,
            small_n: false,
            interval: None,
            note: None,
        }
    }

    #[test]
    fn thousands_are_separated_and_a_minus_is_a_minus() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(-1_234_567), "−1,234,567");
        assert_eq!(grouped(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(decimals(-0.04, 1), "0.0");
        assert_eq!(decimals(-1_234.56, 1), "−1,234.6");
    }

    #[test]
    fn compact_forms_keep_three_digits_at_most() {
        for (x, text) in [
            (0.0, "0"),
            (1.3, "1.3"),
            (950.0, "950"),
            (8_500.0, "8.5 k"),
            (850_000.0, "850 k"),
            (999_960.0, "1 M"),
            (1_000_000.0, "1 M"),
            (1_260_000.0, "1.3 M"),
            (-3_400_000_000.0, "−3.4 bn"),
        ] {
            assert_eq!(compact(x), text);
        }
    }

    #[test]
    fn money_shows_decimals_only_where_there_are_any() {
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(money(85_000_000.0, Currency::EUR), "850,000 EUR");
        assert_eq!(money(9_037.4, Currency::EUR), "90.37 EUR");
        assert_eq!(money(1_500.0, yen), "1,500 JPY");
        assert_eq!(compact_money(85_000_000.0, Currency::EUR), "850 k EUR");
    }

    #[test]
    fn shares_and_changes_are_rounded_for_show_only() {
        // C15: 500 against a target of 417.
        assert_eq!(percent(500.0 / 417.0), "119.9 %");
        assert_eq!(percent(0.0042), "0.42 %");
        let ratio = |x| figure(Unit::Ratio, Some(Value::Real(x)));
        assert_eq!(change(&ratio(0.25), Some(&ratio(0.20))), "+5.0 pt");
        let count = |n| figure(Unit::Count, Some(Value::Whole(n)));
        assert_eq!(change(&count(90), Some(&count(100))), "−10.0 %");
        assert_eq!(change(&count(90), Some(&count(0))), DASH);
        assert_eq!(change(&count(90), None), DASH);
    }

    #[test]
    fn a_missing_number_is_a_dash_and_n_stands_beside() {
        let missing = figure(Unit::Ratio, None);
        assert_eq!(
            (full(&missing), short(&missing)),
            (DASH.into(), DASH.into())
        );
        let partial = Figure {
            unpriced: 2,
            small_n: true,
            mature: Some(false),
            ..missing
        };
        assert_eq!(
            beside(&partial),
            "n 1,234 · event · small n · immature · partial: 2 not priced"
        );
    }
}
