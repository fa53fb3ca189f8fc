//! Money as integer minor units with its currency, and rates between currencies. Pure; never mixes currencies.

mod iso;

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::moment::Day;

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Text that is no currency code.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("'{0}' is no currency code; three letters are expected, such as EUR or USD (ISO 4217)")]
pub struct NoCurrency(pub String);

impl Currency {
    /// US dollar, for tests and examples.
    pub const USD: Currency = Currency(*b"USD");
    /// Euro, for tests and the demo.
    pub const EUR: Currency = Currency(*b"EUR");

    /// Reads a code that somebody gives: one of ISO 4217.
    pub fn known(text: &str) -> Result<Currency, NoCurrency> {
        let currency = Currency::parse(text)?;
        if iso::is_known(currency.code()) {
            Ok(currency)
        } else {
            Err(NoCurrency(text.trim().to_owned()))
        }
    }

    /// Reads a code in either case, as the file holds it: also one that an older version took and nobody uses.
    pub fn parse(text: &str) -> Result<Currency, NoCurrency> {
        let upper = text.trim().to_ascii_uppercase();
        match <[u8; 3]>::try_from(upper.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Currency(code)),
            _ => Err(NoCurrency(text.trim().to_owned())),
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency holds ASCII letters only")
    }

    /// Digits behind the decimal point (ISO 4217): 0 for yen, 3 for dinars, 2 for most.
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Minor units in one unit.
    pub fn scale(self) -> i64 {
        10_i64.pow(self.digits())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Text that is no amount.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum NoMoney {
    /// The currency is none.
    #[error(transparent)]
    Currency(#[from] NoCurrency),
    /// The number is none, or has more digits than the currency's minor unit.
    #[error("'{text}' is no value; 5000 or \"5000.50 {currency}\" is expected")]
    Number {
        /// What was given.
        text: String,
        /// The currency it would be in.
        currency: Currency,
    },
}

/// An amount in minor units (cents) of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// Reads `5000`, `5_000.50`, `5000.50 USD` or `USD 5000.50`; without a code it is in `home`.
    pub fn parse(text: &str, home: Currency) -> Result<Money, NoMoney> {
        let mut words = text.split_whitespace();
        let (number, code) = match (words.next().unwrap_or_default(), words.next()) {
            (code, Some(number)) if Currency::known(code).is_ok() => (number, Some(code)),
            in_turn => in_turn,
        };
        let currency = code.map_or(Ok(home), Currency::known)?;
        let minor = number
            .replace('_', "")
            .parse::<Decimal>()
            .ok()
            // 12.500 may be thousands: more digits than the currency has are no amount of it.
            .filter(|value| value.scale() <= currency.digits())
            .and_then(|value| value.checked_mul(Decimal::from(currency.scale())))
            .filter(|value| value.fract().is_zero())
            .and_then(|value| value.to_i64());
        match minor {
            Some(minor) if words.next().is_none() => Ok(Money { minor, currency }),
            _ => Err(NoMoney::Number {
                text: text.trim().to_owned(),
                currency,
            }),
        }
    }

    /// The number alone, as it is typed: `6500.50`, `70`.
    pub fn plain(self) -> String {
        let text = self.to_string();
        let end = text.len() - 4;
        text[..end].to_owned()
    }

    /// `units` whole units, for tests and the demo; saturates.
    pub fn units(units: i64, currency: Currency) -> Money {
        Money {
            minor: units.saturating_mul(currency.scale()),
            currency,
        }
    }
}

impl fmt::Display for Money {
    /// Units, minor units where there are some, and the code: `6500.50 EUR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.currency.scale().unsigned_abs();
        let (units, rest) = (
            self.minor.unsigned_abs() / scale,
            self.minor.unsigned_abs() % scale,
        );
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = self.currency.digits() as usize;
        if rest == 0 {
            return write!(f, "{sign}{units} {}", self.currency);
        }
        write!(f, "{sign}{units}.{rest:0digits$} {}", self.currency)
    }
}

/// What one unit of each currency is worth in the workspace's currency, from a day on.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    home: Option<Currency>,
    /// Sorted by currency, then day.
    rows: Vec<(Currency, Day, Decimal)>,
}

impl Rates {
    /// Rates into `home`; `rows` are (currency, from that day on, worth of one unit).
    pub fn new(home: Currency, mut rows: Vec<(Currency, Day, Decimal)>) -> Rates {
        rows.sort_by_key(|(currency, day, _)| (*currency, *day));
        Rates {
            home: Some(home),
            rows,
        }
    }

    /// Every rate, by currency and day: from that day on one unit is worth so much.
    pub fn rows(&self) -> &[(Currency, Day, Decimal)] {
        &self.rows
    }

    /// The workspace's currency.
    pub fn home(&self) -> Currency {
        self.home.unwrap_or(Currency::EUR)
    }

    /// `money` in minor units of the workspace's currency at the rate of `day` (C9), rounded half to even;
    /// `None` where there is no rate on that day or the result does not fit.
    pub fn convert(&self, money: Money, day: Day) -> Option<i64> {
        let home = self.home();
        if money.currency == home {
            return Some(money.minor);
        }
        let end = self
            .rows
            .partition_point(|(currency, from, _)| (*currency, *from) <= (money.currency, day));
        let (currency, _, rate) = self.rows.get(end.checked_sub(1)?)?;
        if *currency != money.currency {
            return None;
        }
        let units =
            Decimal::from(money.minor).checked_div(Decimal::from(money.currency.scale()))?;
        units
            .checked_mul(*rate)?
            .checked_mul(Decimal::from(home.scale()))?
            .round()
            .to_i64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_with_the_minor_units_of_its_currency() {
        let minor = |text: &str| {
            Money::parse(text, Currency::EUR).map(|m| (m.minor, m.currency.code().to_owned()))
        };
        assert_eq!(minor("5_000.5"), Ok((500_050, "EUR".into())));
        assert_eq!(minor("70 jpy"), Ok((70, "JPY".into())));
        for wrong in ["", "5,000", "1.001", "0.5 JPY", "5 EUR now", "NaN", "1e400"] {
            assert!(minor(wrong).is_err(), "{wrong}");
        }
        let typed = Money::parse("6500.50 USD", Currency::EUR).unwrap();
        assert_eq!(Money::parse("usd 6500.50", Currency::EUR), Ok(typed));
        // Twelve and a half, or twelve thousand five hundred?
        assert!(Money::parse("12.500", Currency::EUR).is_err());
        assert_eq!(typed.plain(), "6500.50");
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_rate_holds_from_its_day_until_the_next() {
        let rates = Rates::new(
            Currency::EUR,
            vec![
                (Currency::USD, day("2025-02-01"), Decimal::new(95, 2)),
                (Currency::USD, day("2025-01-01"), Decimal::new(9, 1)),
            ],
        );
        let hundred = Money::units(100, Currency::USD);
        assert_eq!(rates.convert(hundred, day("2024-12-31")), None);
        assert_eq!(rates.convert(hundred, day("2025-01-31")), Some(9_000));
        assert_eq!(rates.convert(hundred, day("2025-02-01")), Some(9_500));
        let yen = Currency::parse("jpy").unwrap();
        assert_eq!(
            rates.convert(
                Money {
                    minor: 5,
                    currency: yen
                },
                day("2025-02-01")
            ),
            None
        );
    }

    #[test]
    fn yen_have_no_minor_unit_and_dinars_three_digits() {
        assert_eq!(Currency::parse("JPY").unwrap().scale(), 1);
        assert_eq!(Currency::parse("KWD").unwrap().scale(), 1000);
        let rates = Rates::new(
            Currency::EUR,
            vec![(Currency::parse("JPY").unwrap(), Day(0), Decimal::new(6, 3))],
        );
        let thousand = Money {
            minor: 1000,
            currency: Currency::parse("JPY").unwrap(),
        };
        assert_eq!(rates.convert(thousand, Day(1)), Some(600));
    }

    #[test]
    fn money_reads_with_its_minor_units_and_its_code() {
        let shown = |minor| {
            Money {
                minor,
                currency: Currency::EUR,
            }
            .to_string()
        };
        assert_eq!(
            [650_050, 500_000, -5].map(shown),
            ["6500.50 EUR", "5000 EUR", "-0.05 EUR"]
        );
    }

    #[test]
    fn what_is_no_code_is_refused_with_the_text() {
        assert_eq!(Currency::parse("Euro"), Err(NoCurrency("Euro".into())));
        assert_eq!(Currency::known("usd"), Ok(Currency::USD));
        assert_eq!(Currency::known("XXZ"), Err(NoCurrency("XXZ".into())));
        assert!(Money::parse("5 XXZ", Currency::EUR).is_err());
        assert_eq!(Currency::parse("€"), Err(NoCurrency("€".into())));
        assert_eq!(Currency::parse(" eur ").unwrap(), Currency::EUR);
    }
}
