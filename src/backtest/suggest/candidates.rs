//! The rules that one field offers: thresholds, values, days, known at all. Weighs none of them.

use rustc_hash::FxHashMap;

use super::Weigh;
use super::buckets::{Cell, Pool};
use super::rank::Rank;
use crate::backtest::columns::Columns;
use crate::domain::criteria::{
    Condition, Field, FieldKind, Kind, Literal, Number, Operator, Policy, Value,
};
use crate::facts::fields::FieldColumn;

/// A rule and what it would have taken out.
pub(super) struct Candidate {
    pub kind: Kind,
    pub condition: Condition,
    pub out: Cell,
    pub out_holdout: Cell,
}

/// Buckets of a number: so many thresholds are tried in each direction.
const STEPS: usize = 100;

/// Most values of a text that are tried one by one.
const MOST_VALUES: usize = 200;

/// Most values that one suggested rule lists.
const MOST_LISTED: usize = 8;

/// The spans of days that are tried for a date.
const DAYS: [u16; 8] = [7, 14, 30, 60, 90, 180, 365, 730];

struct Maker<'a> {
    field: &'a Field,
    /// Cells by bucket, of the past and of the holdout; bucket 0 is unknown.
    past: Vec<Cell>,
    holdout: Vec<Cell>,
    policy: Policy,
}

impl Maker<'_> {
    fn condition(&self, operator: Operator, values: Vec<Literal>) -> Condition {
        Condition {
            field: self.field.key.clone(),
            operator,
            values,
        }
    }

    /// A rule that takes these buckets out, and the unknown ones where unknown fails.
    fn takes(
        &self,
        kind: Kind,
        condition: Condition,
        buckets: impl Iterator<Item = usize>,
    ) -> Candidate {
        let mut out = (Cell::default(), Cell::default());
        let mut add = |bucket: usize| {
            out.0.add(self.past.get(bucket).unwrap_or(&Cell::default()));
            out.1
                .add(self.holdout.get(bucket).unwrap_or(&Cell::default()));
        };
        buckets.for_each(&mut add);
        if self.policy == Policy::Fail && condition.operator != Operator::Known {
            add(0);
        }
        Candidate {
            kind,
            condition,
            out: out.0,
            out_holdout: out.1,
        }
    }
}

/// Every candidate of a field.
pub(super) fn of(
    field: &Field,
    column: &FieldColumn,
    columns: &Columns,
    (past, holdout): (&Pool, &Pool),
    weigh: &Weigh,
) -> Vec<Candidate> {
    let with = |codes: &crate::facts::fields::Codes, bucket: &[u16]| Maker {
        field,
        past: past.cells(codes, bucket),
        holdout: holdout.cells(codes, bucket),
        policy: weigh.policy,
    };
    let counts = past.counts(&column.codes, column.kinds());
    let mut all = Vec::new();
    let maker = match field.kind {
        FieldKind::Number => {
            let (bucket, first) = steps(&counts);
            let maker = with(&column.codes, &bucket);
            all.extend(thresholds(&maker, column, &first));
            maker
        }
        FieldKind::Date => {
            let key = field.key.to_lowercase();
            let ages = columns.ages(&key, column);
            let bucket: Vec<u16> = (0..=u16::MAX).map(day_bucket).collect();
            let maker = with(&ages, &bucket);
            for (place, days) in DAYS.iter().enumerate() {
                let literal = Number::new(f64::from(*days)).map(Literal::Number);
                let condition = maker.condition(Operator::Within, literal.into_iter().collect());
                all.push(maker.takes(Kind::Must, condition, place + 2..DAYS.len() + 2));
            }
            maker
        }
        FieldKind::YesNo => {
            let maker = with(&column.codes, &[0, 1, 2]);
            for (answer, other) in [(true, 1), (false, 2)] {
                let condition = maker.condition(Operator::Is, vec![Literal::YesNo(answer)]);
                all.push(maker.takes(Kind::Must, condition, std::iter::once(other)));
            }
            maker
        }
        FieldKind::Text => {
            let (bucket, values) = frequent(column, &counts);
            let maker = with(&column.codes, &bucket);
            all.extend(values_out(&maker, &values, weigh));
            maker
        }
    };
    let known = maker.condition(Operator::Known, Vec::new());
    all.push(maker.takes(Kind::Must, known, std::iter::once(0)));
    all
}

/// Which bucket an age belongs to: 0 unknown, 1 within the shortest span, …, the last beyond the longest.
fn day_bucket(code: u16) -> u16 {
    match code.checked_sub(1) {
        None => 0,
        Some(age) => DAYS.partition_point(|days| *days < age) as u16 + 1,
    }
}

/// Ascending codes cut into buckets of about equal size, and the first code of each bucket.
fn steps(counts: &[u32]) -> (Vec<u16>, Vec<u32>) {
    let all: u64 = counts[1..].iter().map(|n| u64::from(*n)).sum();
    let size = (all / STEPS as u64).max(1);
    let (mut bucket, mut first) = (vec![0_u16; counts.len()], vec![0_u32]);
    let mut filled = size;
    for code in 1..counts.len() {
        if filled >= size {
            first.push(code as u32);
            filled = 0;
        }
        bucket[code] = first.len() as u16 - 1;
        filled += u64::from(counts[code]);
    }
    (bucket, first)
}

fn thresholds(maker: &Maker<'_>, column: &FieldColumn, first: &[u32]) -> Vec<Candidate> {
    let number = |code: u32| match column.value(code) {
        Value::Number(x) => Number::new(x).map(Literal::Number),
        _ => None,
    };
    let mut all = Vec::new();
    for bucket in 2..first.len() {
        if let Some(least) = number(first[bucket]) {
            let condition = maker.condition(Operator::AtLeast, vec![least]);
            all.push(maker.takes(Kind::Must, condition, 1..bucket));
        }
        if let Some(most) = number(first[bucket] - 1) {
            let condition = maker.condition(Operator::AtMost, vec![most]);
            all.push(maker.takes(Kind::Must, condition, bucket..first.len()));
        }
    }
    all
}

/// The most frequent values, each a bucket; spellings that compare as equal share one. The last bucket holds the rest.
fn frequent(column: &FieldColumn, counts: &[u32]) -> (Vec<u16>, Vec<String>) {
    let mut order: Vec<u32> = (1..counts.len() as u32)
        .filter(|code| counts[*code as usize] > 0)
        .collect();
    order.sort_unstable_by_key(|code| (std::cmp::Reverse(counts[*code as usize]), *code));
    let mut places: FxHashMap<String, u16> = FxHashMap::default();
    let mut values = Vec::new();
    let rest = MOST_VALUES as u16 + 1;
    let mut bucket = vec![rest; counts.len()];
    bucket[0] = 0;
    for code in order.into_iter().take(MOST_VALUES * 4) {
        let Value::Text(text) = column.value(code) else {
            continue;
        };
        let folded = text.trim().to_lowercase();
        let known = places.get(&folded).copied();
        let place = known.or_else(|| {
            let fits = values.len() < MOST_VALUES && text.len() <= 200;
            fits.then(|| {
                values.push(text.to_owned());
                values.len() as u16
            })
        });
        if let Some(place) = place {
            places.insert(folded, place);
            bucket[code as usize] = place;
        }
    }
    (bucket, values)
}

/// Each value that is worth leaving out; the best of them together, and those of the best that lose nothing.
fn values_out(maker: &Maker<'_>, values: &[String], weigh: &Weigh) -> Vec<Candidate> {
    let alone = |place: usize| {
        let literal = Literal::Text(values[place].clone());
        let condition = maker.condition(Operator::Is, vec![literal]);
        maker.takes(Kind::MustNot, condition, std::iter::once(place + 1))
    };
    let mut sure: Vec<(Rank, usize)> = (0..values.len())
        .filter(|place| weigh.is_sure(&maker.past[place + 1]))
        .map(|place| {
            let cell = &maker.past[place + 1];
            let gain = weigh.caught_share(cell, &weigh.all);
            let lost = Weigh::lost_share(cell, &weigh.all);
            (Rank::new(None, gain, lost), place)
        })
        .collect();
    sure.sort_by(|a, b| b.0.cmp(&a.0));
    let mut all: Vec<Candidate> = sure.iter().map(|(_, place)| alone(*place)).collect();
    sure.truncate(MOST_LISTED);
    let free = sure.partition_point(|(rank, _)| rank.loses_nothing());
    let mut together = |listed: &[(Rank, usize)]| {
        let literal = |(_, place): &(Rank, usize)| Literal::Text(values[*place].clone());
        let literals = listed.iter().map(literal).collect();
        let condition = maker.condition(Operator::In, literals);
        let places = listed.iter().map(|(_, place)| place + 1);
        all.push(maker.takes(Kind::MustNot, condition, places));
    };
    if sure.len() > 1 {
        together(&sure);
    }
    if free > 1 && free < sure.len() {
        together(&sure[..free]);
    }
    all
}
