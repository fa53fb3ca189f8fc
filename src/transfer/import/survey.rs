//! A first look over a file: the order of its dates, its decimals, the types of its custom columns. Reads on only while something is open.

use super::fault::ImportError;
use super::program::Program;
use crate::transfer::map::CustomKind;
use crate::transfer::read::{Item, Reader, Row};
use crate::transfer::values::{
    self, Decimals, DecimalsSeen, DecimalsVerdict, OrderSeen, OrderVerdict, parse_date,
    parse_yes_no,
};
use std::collections::BTreeMap;

/// Rows after which only open questions are read on for.
const SAMPLE: u64 = 2_000;

/// What a custom column's values could all be.
#[derive(Debug, Default, Clone)]
struct KindSeen {
    filled: u64,
    numbers: u64,
    dates: u64,
    answers: u64,
    digits_only: u64,
}

impl KindSeen {
    fn see(&mut self, text: &str) {
        self.filled += 1;
        let first = text.as_bytes().first().copied().unwrap_or_default();
        if first.is_ascii_digit()
            || matches!(first, b'-' | b'+' | b'(' | b'$' | b'.')
            || !first.is_ascii()
        {
            // A leading zero and very long figures are ids: as numbers they would lose characters.
            let id = text.len() > 15
                || (text.len() > 1 && first == b'0' && text.as_bytes()[1].is_ascii_digit());
            self.numbers += u64::from(
                !id && !text.ends_with(char::is_alphabetic)
                    && values::parse_amount(text, Decimals::Point).is_ok(),
            );
            self.dates += u64::from(
                matches!(
                    parse_date(text, None),
                    Ok(_) | Err(values::DateFault::Ambiguous)
                ) && text.len() != 8,
            );
        } else if first.is_ascii_alphabetic() {
            self.dates += u64::from(
                text.len() >= 8
                    && text.bytes().any(|b| b.is_ascii_digit())
                    && parse_date(text, None).is_ok(),
            );
        }
        let answer = text.len() <= 5 && parse_yes_no(text).is_some();
        self.answers += u64::from(answer);
        self.digits_only += u64::from(answer && first.is_ascii_digit());
    }

    fn verdict(&self) -> CustomKind {
        match self.filled {
            0 => CustomKind::Text,
            n if self.answers == n && self.digits_only < n => CustomKind::YesNo,
            n if self.numbers == n => CustomKind::Number,
            n if self.dates == n => CustomKind::Date,
            _ => CustomKind::Text,
        }
    }
}

/// What was decided about the columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Decisions {
    pub(super) orders: BTreeMap<usize, OrderVerdict>,
    pub(super) decimals: BTreeMap<usize, DecimalsVerdict>,
    pub(super) kinds: BTreeMap<usize, CustomKind>,
}

/// Looks at the rows of a file.
pub(super) fn survey(
    mut reader: Reader,
    program: &Program,
    delimiter: char,
) -> Result<Decisions, ImportError> {
    let mut dates: BTreeMap<usize, OrderSeen> = program
        .dates
        .iter()
        .map(|at| (*at, OrderSeen::default()))
        .collect();
    let mut amounts: BTreeMap<usize, DecimalsSeen> = program
        .amounts
        .iter()
        .map(|at| (*at, DecimalsSeen::default()))
        .collect();
    let mut kinds: BTreeMap<usize, KindSeen> = BTreeMap::new();
    for custom in &program.custom {
        if custom.kind.is_none() {
            kinds.insert(custom.column, KindSeen::default());
        }
        if matches!(custom.kind, None | Some(CustomKind::Date)) {
            dates.insert(custom.column, OrderSeen::default());
        }
        if matches!(custom.kind, None | Some(CustomKind::Number)) {
            amounts.insert(custom.column, DecimalsSeen::default());
        }
    }
    let mut rows = 0;
    while let Some(item) = reader.next_item()? {
        let Item::Row(row) = item else { continue };
        look(&row, &mut dates, &mut amounts, &mut kinds);
        rows += 1;
        let open = dates.values().any(OrderSeen::open) || amounts.values().any(DecimalsSeen::open);
        if rows >= SAMPLE && kinds.is_empty() && !open {
            break;
        }
    }
    let ambiguous = |at: &usize| {
        matches!(
            dates.get(at).map(OrderSeen::verdict),
            Some(OrderVerdict::Ambiguous(_))
        )
    };
    let decimals: BTreeMap<usize, DecimalsVerdict> = amounts
        .into_iter()
        .map(|(at, seen)| {
            let verdict = if program.amounts.contains(&at) {
                seen.of_money(delimiter)
            } else {
                seen.verdict(delimiter)
            };
            (at, verdict)
        })
        .collect();
    let two_ways = |at: &usize| matches!(decimals.get(at), Some(DecimalsVerdict::Ambiguous(..)));
    // A column that nobody mapped is not worth a question: what could be two dates or two numbers stays text.
    let kinds: BTreeMap<usize, CustomKind> = kinds
        .into_iter()
        .map(|(at, seen)| (at, seen.verdict()))
        .map(|(at, kind)| {
            (
                at,
                match kind {
                    CustomKind::Date if ambiguous(&at) => CustomKind::Text,
                    CustomKind::Number if two_ways(&at) => CustomKind::Text,
                    kind => kind,
                },
            )
        })
        .collect();
    let is_date = |at: &usize| {
        kinds.get(at).is_none_or(|kind| *kind == CustomKind::Date) || program.dates.contains(at)
    };
    Ok(Decisions {
        orders: dates
            .into_iter()
            .filter(|(at, _)| is_date(at))
            .map(|(at, seen)| (at, seen.verdict()))
            .collect(),
        decimals: decimals
            .into_iter()
            .filter(|(at, _)| {
                kinds.get(at).is_none_or(|kind| *kind == CustomKind::Number)
                    || program.amounts.contains(at)
            })
            .collect(),
        kinds,
    })
}

fn look(
    row: &Row<'_>,
    dates: &mut BTreeMap<usize, OrderSeen>,
    amounts: &mut BTreeMap<usize, DecimalsSeen>,
    kinds: &mut BTreeMap<usize, KindSeen>,
) {
    for (at, seen) in dates {
        seen.see(values::text(row.cell(*at)));
    }
    for (at, seen) in amounts {
        seen.see(values::text(row.cell(*at)));
    }
    for (at, seen) in kinds {
        let text = values::text(row.cell(*at));
        if !text.is_empty() {
            seen.see(text);
        }
    }
}
