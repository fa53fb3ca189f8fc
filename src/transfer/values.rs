//! Cells to values: dates, amounts, numbers, yes and no; decides per column and never guesses per cell.

mod amount;
mod date;
mod decimals;
mod order;
mod yes_no;
mod zone;

pub use amount::{Amount, AmountFault, minor_units, parse_amount, parse_number};
pub use date::{DateFault, When, parse_date};
pub use decimals::{Decimals, DecimalsSeen, DecimalsVerdict};
pub use order::{Order, OrderSeen, OrderVerdict};
pub use yes_no::parse_yes_no;
pub use zone::{SECONDS_PER_DAY, Zone};

use crate::text::cell::restore;

/// The text of a cell: without blanks around it, restored if somebody made it harmless, empty if it only says "nothing".
#[inline]
pub fn text(cell: &str) -> &str {
    let trimmed = restore(trim(cell));
    if trimmed.len() <= 15 && is_null(trimmed) {
        ""
    } else {
        trimmed
    }
}

#[inline]
fn trim(cell: &str) -> &str {
    match cell.as_bytes() {
        [] => cell,
        [only] if only.is_ascii_graphic() => cell,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')),
    }
}

/// Words by which exports say that there is no value.
const NULLS: [&str; 16] = [
    "n/a",
    "#n/a",
    "-none-",
    "--none--",
    "--",
    "-",
    "—",
    "select",
    "-select-",
    "(blank)",
    "(none)",
    "null",
    "(null)",
    "nan",
    "undefined",
    "not set",
];

#[inline]
fn is_null(text: &str) -> bool {
    // Nearly every cell is told by its first byte; digits and most letters start none of the words.
    matches!(
        text.as_bytes().first(),
        Some(b'n' | b'N' | b'#' | b'-' | b's' | b'S' | b'(' | b'u' | b'U' | 0xe2)
    ) && NULLS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn words_for_nothing_are_empty() {
        for word in [
            "N/A", "-None-", "--", "Select", "(blank)", "null", " NULL ", "", "\u{a0}",
        ] {
            assert_eq!(text(word), "", "{word:?}");
        }
    }

    #[test]
    fn words_that_mean_something_stay() {
        for word in ["NA", "None of these", "Selected", "-5", "0", "No"] {
            assert_eq!(text(word), word);
        }
        assert_eq!(text(" '=Acme "), "=Acme");
        assert_eq!(text("\u{200d}@acme"), "@acme");
    }
}
