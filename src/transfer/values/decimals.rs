//! Which sign parts decimals in a column, from all of its values; never decides by one cell alone.

/// Which sign parts the decimals in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimals {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
}

/// What the values of a column say about their decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecimalsSeen {
    point: u64,
    comma: u64,
    /// Nothing but one sign with three figures behind it: a group, or decimals of a measure. The first of each.
    three_points: Option<Box<str>>,
    three_commas: Option<Box<str>>,
}

/// What follows for the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecimalsVerdict {
    /// The values show it.
    Shown(Decimals),
    /// No value shows it: the likely way, unless somebody says otherwise.
    Likely(Decimals),
    /// Values such as these two stand in one column, and one of them is not what it looks like.
    Ambiguous(String, String),
}

impl DecimalsSeen {
    /// Looks at one (cleaned) cell.
    pub fn see(&mut self, text: &str) {
        let last = text.rfind(['.', ',']);
        let Some(at) = last else { return };
        let figures = text[at + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let sign = text.as_bytes()[at];
        let other = text[..at].contains(if sign == b'.' { ',' } else { '.' });
        let doubled = text[..at].contains(char::from(sign));
        let keep = |first: &mut Option<Box<str>>| {
            if first.is_none() {
                *first = Some(text.into());
            }
        };
        match (sign, other, doubled, figures) {
            (b'.', true, false, _) | (b'.', false, false, 1..=2 | 4..) | (b',', false, true, _) => {
                self.point += 1;
            }
            (b',', true, false, _) | (b',', false, false, 1..=2 | 4..) | (b'.', false, true, _) => {
                self.comma += 1;
            }
            // No group begins with a nought.
            (b'.', false, false, 3) if text.starts_with('0') => self.point += 1,
            (b',', false, false, 3) if text.starts_with('0') => self.comma += 1,
            (b'.', false, false, 3) => keep(&mut self.three_points),
            (b',', false, false, 3) => keep(&mut self.three_commas),
            _ => {}
        }
    }

    /// Whether a value depends on it, and the values so far do not show it.
    pub fn open(&self) -> bool {
        self.point == self.comma && (self.three_points.is_some() || self.three_commas.is_some())
    }

    /// The verdict on a column of money or whole counts, which have no three decimals: 1.000 and 12.500 alone are thousands.
    pub fn of_money(&self, delimiter: char) -> DecimalsVerdict {
        match (
            self.point + self.comma,
            &self.three_points,
            &self.three_commas,
        ) {
            (0, Some(_), None) => DecimalsVerdict::Likely(Decimals::Comma),
            (0, None, Some(_)) => DecimalsVerdict::Likely(Decimals::Point),
            _ => self.verdict(delimiter),
        }
    }

    /// The verdict; a file parted by `;` leans to the comma. Where both signs part decimals the more frequent one holds.
    pub fn verdict(&self, delimiter: char) -> DecimalsVerdict {
        if self.point != self.comma {
            return DecimalsVerdict::Shown(if self.comma > self.point {
                Decimals::Comma
            } else {
                Decimals::Point
            });
        }
        match (&self.three_points, &self.three_commas) {
            (Some(points), Some(commas)) => {
                DecimalsVerdict::Ambiguous(points.to_string(), commas.to_string())
            }
            _ if self.point == 0 && delimiter == ';' => DecimalsVerdict::Likely(Decimals::Comma),
            _ => DecimalsVerdict::Likely(Decimals::Point),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DecimalsVerdict::{Ambiguous, Likely, Shown};
    use super::*;

    fn seen(texts: &[&str]) -> DecimalsSeen {
        let mut seen = DecimalsSeen::default();
        for text in texts {
            seen.see(text);
        }
        seen
    }

    #[test]
    fn a_column_shows_its_decimals() {
        let verdict = |texts: &[&str], delimiter| seen(texts).verdict(delimiter);
        assert_eq!(verdict(&["1.234", "12,50"], ','), Shown(Decimals::Comma));
        assert_eq!(verdict(&["1,234", "12.50"], ';'), Shown(Decimals::Point));
        assert_eq!(verdict(&["1.234"], ';'), Likely(Decimals::Comma));
        assert_eq!(verdict(&["1.234.567"], ','), Shown(Decimals::Comma));
        assert_eq!(verdict(&["1,234"], ','), Likely(Decimals::Point));
    }

    #[test]
    fn thousands_alone_are_no_decimals_of_money() {
        let (point, comma) = (Decimals::Point, Decimals::Comma);
        for (texts, delimiter, money, measure) in [
            (
                &["1.000", "12.500", "999"][..],
                ',',
                Likely(comma),
                Likely(point),
            ),
            (&["1,000", "12,500"], ';', Likely(point), Likely(comma)),
            (&["1.000", "0.125"], ',', Shown(point), Shown(point)),
            (&["1.000", "12.5"], ',', Shown(point), Shown(point)),
            (&["1.000", "12,5"], ',', Shown(comma), Shown(comma)),
            (&["15"], ';', Likely(comma), Likely(comma)),
        ] {
            let seen = seen(texts);
            let verdicts = (seen.of_money(delimiter), seen.verdict(delimiter));
            assert_eq!(verdicts, (money, measure), "{texts:?}");
        }
    }

    #[test]
    fn a_point_and_a_comma_before_three_figures_are_a_question() {
        let asked = || Ambiguous("1.000".to_owned(), "2,000".to_owned());
        for delimiter in [',', ';'] {
            let both = seen(&["15", "1.000", "2,000", "3,000"]);
            assert_eq!(
                (both.of_money(delimiter), both.verdict(delimiter)),
                (asked(), asked())
            );
            assert!(both.open());
            // As many signs for the one as for the other show nothing.
            let torn = seen(&["1.000", "2,000", "1.5", "1,5"]);
            assert_eq!(torn.of_money(delimiter), asked());
            // One value shows it for all.
            let shown = seen(&["1.000", "2,000", "1.234,50"]);
            assert_eq!(shown.of_money(delimiter), Shown(Decimals::Comma));
            assert!(!shown.open());
        }
    }
}
