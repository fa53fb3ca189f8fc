//! Amounts and numbers as exports write them to exact decimals and minor units; refuses what is not finite or does not fit.

use super::decimals::Decimals;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An amount as written, with the currency if the cell names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The exact value.
    pub value: Decimal,
    /// The ISO code or the code of an unmistakable sign; `$` alone is none.
    pub currency: Option<[u8; 3]>,
    /// `$` or `¥`, which several currencies share.
    pub shared_sign: Option<char>,
}

impl Amount {
    fn plain(value: Decimal) -> Amount {
        Amount {
            value,
            currency: None,
            shared_sign: None,
        }
    }
}

/// Why a cell is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountFault {
    /// Not a number.
    #[error("is no amount (known: 1234.50, $1,234.50, 1.234,50 EUR, 45k)")]
    Form,
    /// Too large to count in minor units.
    #[error("is too large to be an amount")]
    TooLarge,
}

/// Reads a (cleaned) cell as an amount: `$1,40,000.00`, `1.234,56 EUR`, `45k`, `(1,200)`.
pub fn parse_amount(text: &str, decimals: Decimals) -> Result<Amount, AmountFault> {
    if let Some(value) = plain(text) {
        return Ok(Amount::plain(value));
    }
    if text.len() > 60 {
        return Err(AmountFault::Form);
    }
    if let Some(value) = scientific(text) {
        return value.map(Amount::plain);
    }
    let mut written = Written::default();
    for c in text.chars() {
        written.take(c)?;
    }
    written.finish(decimals)
}

/// Reads a (cleaned) cell as a number: an amount without a currency, `%` allowed.
pub fn parse_number(text: &str, decimals: Decimals) -> Result<Decimal, AmountFault> {
    let amount = parse_amount(text.strip_suffix('%').map_or(text, str::trim_end), decimals)?;
    if amount.currency.is_some() {
        Err(AmountFault::Form)
    } else {
        Ok(amount.value)
    }
}

/// Whole minor units of an amount in a currency with `places` decimals; what is finer is rounded half away from zero.
pub fn minor_units(value: Decimal, places: u32) -> Result<i64, AmountFault> {
    let scaled = Decimal::from(10_i64.pow(places.min(6)))
        .checked_mul(value)
        .ok_or(AmountFault::TooLarge)?;
    let whole =
        scaled.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    whole.to_i64().ok_or(AmountFault::TooLarge)
}

/// The common case: digits with at most one point and a sign.
fn plain(text: &str) -> Option<Decimal> {
    let (negative, figures) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if figures.is_empty() || figures.len() > 18 || !figures[0].is_ascii_digit() {
        return None;
    }
    let mut value = 0_i64;
    let mut point = None;
    for (at, b) in figures.iter().enumerate() {
        match b {
            b'0'..=b'9' => value = value * 10 + i64::from(b - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let scale = point.map_or(0, |at| figures.len() - at - 1);
    // One point and three figures could be a thousand; only the decimals of the column can tell.
    if scale == 3 {
        return None;
    }
    Some(Decimal::new(
        if negative { -value } else { value },
        scale as u32,
    ))
}

fn scientific(text: &str) -> Option<Result<Decimal, AmountFault>> {
    let (figures, exponent) = text.split_once(['e', 'E'])?;
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let number = |part: &str| {
        part.bytes().any(|b| b.is_ascii_digit())
            && part
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
    };
    if power.is_empty() || !power.bytes().all(|b| b.is_ascii_digit()) || !number(figures) {
        return None;
    }
    Some(Decimal::from_scientific(text).map_err(|_| AmountFault::TooLarge))
}

/// Stands for a blank or an apostrophe between groups of figures.
const GROUP: char = ' ';

#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "marks that were met on the way through the text, each by itself"
)]
struct Written {
    figures: String,
    before: String,
    after: String,
    sign: Option<[u8; 3]>,
    shared: Option<char>,
    negative: bool,
    bracket: bool,
    /// A blank or an apostrophe stands behind the last figure.
    gap: bool,
    /// A minus or a bracket closed the figures.
    ended: bool,
}

impl Written {
    fn take(&mut self, c: char) -> Result<(), AmountFault> {
        let started = !self.figures.is_empty();
        match c {
            '0'..='9' | '.' | ',' if self.after.is_empty() && !self.ended => {
                if std::mem::take(&mut self.gap) {
                    self.figures.push(GROUP);
                }
                if c == '.' && !started && self.before.eq_ignore_ascii_case("rs") {
                    return Ok(());
                }
                if !started && c == ',' || (!started && c == '.' && !self.before.is_empty()) {
                    return Err(AmountFault::Form);
                }
                self.figures.push(c);
            }
            '(' if !started && !self.negative => (self.negative, self.bracket) = (true, true),
            ')' if started && self.bracket => (self.bracket, self.ended) = (false, true),
            '-' | '−' if !self.negative => (self.negative, self.ended) = (true, started),
            '+' if !started && !self.negative => {}
            '€' => self.sign = Some(*b"EUR"),
            '£' => self.sign = Some(*b"GBP"),
            '₹' => self.sign = Some(*b"INR"),
            '$' if self.before == "R" => (self.sign, self.before) = (Some(*b"BRL"), String::new()),
            '$' if self.before.eq_ignore_ascii_case("us") => {
                (self.sign, self.before) = (Some(*b"USD"), String::new());
            }
            '$' | '¥' if self.before.len() <= 3 => {
                self.before.clear();
                self.shared = Some(c);
            }
            c if c.is_whitespace() || matches!(c, '\'' | '’') => self.gap = started,
            c if c.is_alphabetic() && started => self.after.push(c),
            c if c.is_alphabetic() => self.before.push(c),
            _ => return Err(AmountFault::Form),
        }
        Ok(())
    }

    fn finish(self, decimals: Decimals) -> Result<Amount, AmountFault> {
        if self.bracket {
            return Err(AmountFault::Form);
        }
        let (factor, word) = match &*self.after.to_lowercase() {
            "k" | "tsd" => (1_000_i64, ""),
            "m" | "mn" | "mio" => (1_000_000, ""),
            "b" | "bn" => (1_000_000_000, ""),
            _ => (1, &*self.after),
        };
        let code = match (&*self.before, word) {
            ("", "") => None,
            (code, "") | ("", code) => currency_word(code)?,
            _ => return Err(AmountFault::Form),
        };
        let plain = normal(&self.figures, decimals).ok_or(AmountFault::Form)?;
        let value: Decimal = plain.parse().map_err(|_| {
            if plain.len() > 20 {
                AmountFault::TooLarge
            } else {
                AmountFault::Form
            }
        })?;
        let value = value
            .checked_mul(Decimal::from(factor))
            .ok_or(AmountFault::TooLarge)?;
        Ok(Amount {
            value: if self.negative { -value } else { value },
            currency: code.or(self.sign),
            shared_sign: self.shared,
        })
    }
}

/// The currency that a word names; crowns and francs of several countries name none by themselves.
fn currency_word(word: &str) -> Result<Option<[u8; 3]>, AmountFault> {
    match &*word.to_lowercase() {
        "rs" => Ok(Some(*b"INR")),
        "zł" => Ok(Some(*b"PLN")),
        "kr" | "fr" => Ok(None),
        _ => currency_code(word).map(Some).ok_or(AmountFault::Form),
    }
}

fn currency_code(word: &str) -> Option<[u8; 3]> {
    let code: [u8; 3] = word.as_bytes().try_into().ok()?;
    code.iter()
        .all(u8::is_ascii_alphabetic)
        .then(|| code.map(|b| b.to_ascii_uppercase()))
}

/// Figures with a point for decimals and no groups.
fn normal(figures: &str, decimals: Decimals) -> Option<String> {
    if !figures.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if figures.contains(GROUP) {
        return grouped_by_blanks(figures);
    }
    let (dots, commas) = (figures.matches('.').count(), figures.matches(',').count());
    let behind = |sign: char| figures.rsplit(sign).next().map_or(0, str::len);
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (_, 0) if dots > 1 => None,
        (0, _) if commas > 1 => None,
        (1, 0) => (decimals == Decimals::Point || behind('.') != 3).then_some('.'),
        (0, 1) => (decimals == Decimals::Comma || behind(',') != 3).then_some(','),
        _ => {
            let sign = if figures.rfind('.') > figures.rfind(',') {
                '.'
            } else {
                ','
            };
            if figures.matches(sign).count() > 1 {
                return None;
            }
            Some(sign)
        }
    };
    let groups = figures.split(['.', ',']).count() - 1 - usize::from(decimal.is_some());
    if groups > 0 && !well_grouped(figures, decimal) {
        return None;
    }
    Some(
        figures
            .chars()
            .filter_map(|c| {
                if Some(c) == decimal {
                    Some('.')
                } else {
                    c.is_ascii_digit().then_some(c)
                }
            })
            .collect(),
    )
}

/// `1 234 567,50`: where blanks part the groups, the one sign there can be is the decimals'.
fn grouped_by_blanks(figures: &str) -> Option<String> {
    let (whole, rest) = figures.split_at(figures.find(['.', ',']).unwrap_or(figures.len()));
    let decimals = rest.get(1..).unwrap_or("");
    let groups: Vec<&str> = whole.split(GROUP).collect();
    let fits = matches!(groups[0].len(), 1..=3)
        && groups.last().is_some_and(|last| last.len() == 3)
        && groups[1..].iter().all(|group| matches!(group.len(), 2 | 3))
        && decimals.bytes().all(|b| b.is_ascii_digit());
    let point = if decimals.is_empty() { "" } else { "." };
    fits.then(|| format!("{}{point}{decimals}", groups.concat()))
}

/// Groups hold two or three figures (Indian and Western), the last one three.
fn well_grouped(figures: &str, decimal: Option<char>) -> bool {
    let whole = decimal
        .and_then(|sign| figures.rsplit_once(sign))
        .map_or(figures, |(whole, _)| whole);
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    groups.last().is_some_and(|last| last.len() == 3)
        && groups[1..].iter().all(|g| matches!(g.len(), 2 | 3))
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
