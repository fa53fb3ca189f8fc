//! One condition over one column of codes: the codes that meet it become ranges, the rows become bits. Knows no definition.

use super::bits::Bits;
use crate::domain::criteria::{Condition, Literal, Operator, Test, Truth};
use crate::domain::moment::Day;
use crate::facts::fields::{Codes, FieldColumn, Values};

/// More ranges than this are looked up in a table instead.
const MOST_RANGES: usize = 6;

/// The rows whose code meets the condition; "unknown" is not among them unless the condition asks for it.
pub(super) fn met(column: &FieldColumn, condition: &Condition) -> Bits {
    let test = condition.test();
    let ranges = match condition.operator {
        Operator::Known => vec![(1, column.kinds() as u32)],
        Operator::Unknown => vec![(0, 0)],
        _ => match &column.values {
            Values::Numbers(all) => ordered(
                condition,
                all.len(),
                |at| column.value(at as u32 + 1),
                &test,
            ),
            Values::Days(all) => ordered(
                condition,
                all.len(),
                |at| column.value(at as u32 + 1),
                &test,
            ),
            _ => each(column, &test),
        },
    };
    rows(&column.codes, &ranges)
}

/// Rows whose age in days lies within the condition's number; ages are codes less one.
pub(super) fn within(ages: &Codes, condition: &Condition) -> Bits {
    let days = match condition.values.first() {
        Some(Literal::Number(n)) if n.get() >= 0.0 => n.get().min(60_000.0) as u32,
        _ => return Bits::none(ages.len()),
    };
    rows(ages, &[(1, days + 1)])
}

/// Rows without a value.
pub(super) fn unknown(codes: &Codes) -> Bits {
    rows(codes, &[(0, 0)])
}

type Range = (u32, u32);

/// The first number of which it is true that it is not less, by halving.
fn place(len: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Ascending values: what meets a comparison is a front, a tail, single places, or all but those.
fn ordered<'v>(
    condition: &Condition,
    len: usize,
    value: impl Fn(usize) -> crate::domain::criteria::Value<'v>,
    test: &Test<'_>,
) -> Vec<Range> {
    let holds = |at: usize| test.holds(value(at), Day(0)) == Truth::Yes;
    let last = len as u32;
    match condition.operator {
        Operator::Less | Operator::AtMost => {
            let end = place(len, holds) as u32;
            vec![(1, end)]
        }
        Operator::More | Operator::AtLeast => {
            let start = place(len, |at| !holds(at)) as u32;
            vec![(start + 1, last)]
        }
        _ => {
            let mut hits: Vec<u32> = Vec::new();
            for literal in &condition.values {
                let alone = |operator| Condition {
                    field: String::new(),
                    operator,
                    values: vec![literal.clone()],
                };
                let less = alone(Operator::Less);
                let less = less.test();
                let at = place(len, |at| less.holds(value(at), Day(0)) == Truth::Yes);
                let is = alone(Operator::Is);
                if at < len && is.holds(value(at), Day(0)) == Truth::Yes {
                    hits.push(at as u32 + 1);
                }
            }
            hits.sort_unstable();
            hits.dedup();
            if matches!(condition.operator, Operator::Is | Operator::In) {
                return hits.into_iter().map(|code| (code, code)).collect();
            }
            let mut ranges = Vec::new();
            let mut from = 1;
            for code in hits {
                ranges.push((from, code - 1));
                from = code + 1;
            }
            ranges.push((from, last));
            ranges
        }
    }
}

/// Values without an order that a rule could use: each is asked.
fn each(column: &FieldColumn, test: &Test<'_>) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for code in 1..=column.kinds() as u32 {
        if test.holds(column.value(code), Day(0)) != Truth::Yes {
            continue;
        }
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == code => *end = code,
            _ => ranges.push((code, code)),
        }
    }
    ranges
}

fn rows(codes: &Codes, ranges: &[Range]) -> Bits {
    let ranges: Vec<Range> = ranges.iter().copied().filter(|(a, b)| a <= b).collect();
    if ranges.len() > MOST_RANGES {
        return looked_up(codes, &ranges);
    }
    match codes {
        Codes::Narrow(codes) => {
            let narrow: Vec<(u8, u8)> = fit(&ranges, u32::from(u8::MAX))
                .map(|(a, b)| (a as u8, (b - a) as u8))
                .collect();
            scan(codes, &narrow, |c, (low, span)| c.wrapping_sub(low) <= span)
        }
        Codes::Middle(codes) => {
            let narrow: Vec<(u16, u16)> = fit(&ranges, u32::from(u16::MAX))
                .map(|(a, b)| (a as u16, (b - a) as u16))
                .collect();
            scan(codes, &narrow, |c, (low, span)| c.wrapping_sub(low) <= span)
        }
        Codes::Wide(codes) => {
            let wide: Vec<(u32, u32)> = ranges.iter().map(|(a, b)| (*a, b - a)).collect();
            scan(codes, &wide, |c, (low, span)| c.wrapping_sub(low) <= span)
        }
    }
}

/// Many ranges: one table over the codes.
fn looked_up(codes: &Codes, ranges: &[Range]) -> Bits {
    let last = ranges
        .iter()
        .map(|(_, end)| *end as usize)
        .max()
        .unwrap_or(0);
    let mut table = vec![false; last + 1];
    for (low, high) in ranges {
        table[*low as usize..=*high as usize].fill(true);
    }
    Bits::of(codes.len(), |row| {
        table.get(codes.get(row) as usize).copied().unwrap_or(false)
    })
}

fn fit(ranges: &[Range], most: u32) -> impl Iterator<Item = Range> + '_ {
    let inside = ranges.iter().filter(move |(a, _)| *a <= most);
    inside.map(move |(a, b)| (*a, (*b).min(most)))
}

fn scan<T: Copy + Default, R: Copy>(
    codes: &[T],
    ranges: &[R],
    inside: impl Fn(T, R) -> bool + Copy,
) -> Bits {
    let mut words = Vec::with_capacity(codes.len().div_ceil(64));
    let (whole, rest) = codes.as_chunks::<64>();
    for chunk in whole {
        words.push(pack(&hits(chunk, ranges, inside)));
    }
    if !rest.is_empty() {
        let mut chunk = [T::default(); 64];
        chunk[..rest.len()].copy_from_slice(rest);
        words.push(pack(&hits(&chunk, ranges, inside)));
    }
    Bits::from_words(words, codes.len())
}

#[inline]
fn hits<T: Copy, R: Copy>(
    chunk: &[T; 64],
    ranges: &[R],
    inside: impl Fn(T, R) -> bool + Copy,
) -> [u8; 64] {
    let mut hits = [0_u8; 64];
    for range in ranges {
        for (hit, code) in hits.iter_mut().zip(chunk) {
            *hit |= u8::from(inside(*code, *range));
        }
    }
    hits
}

/// 64 bytes of 0 or 1 as 64 bits: eight bytes at a time are gathered into the top byte by one multiplication.
#[inline]
fn pack(hits: &[u8; 64]) -> u64 {
    let mut word = 0;
    for (at, eight) in hits.as_chunks::<8>().0.iter().enumerate() {
        let byte = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= byte << (at * 8);
    }
    word
}
