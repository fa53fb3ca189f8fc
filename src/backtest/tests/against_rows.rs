//! What bitmaps say is what each row says by itself, on random rules and data.

use proptest::prelude::*;

use crate::backtest::*;
use crate::domain::criteria::tests::language::{any_rule, fields};
use crate::domain::criteria::*;
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::facts::fields::Builder;
use crate::metrics::Scope;
use crate::metrics::outcomes::fate;
use crate::metrics::tests::fixture::{DAY, MARCH, book};
use crate::metrics::tests::random::{Dice, random};

/// Columns whose values lie around what the rules ask for.
fn columns(facts: &Facts, rules: &[Rule], dice: &mut Dice) -> Columns {
    let fields = fields();
    let book = book("Asia/Kolkata");
    let mut columns = Columns::new(facts, &fields, &book.calendar);
    for field in fields.all() {
        if dice.below(12) == 0 {
            continue;
        }
        let own = rules.iter().filter(|r| r.condition.field == field.key);
        let asked: Vec<Literal> = own.flat_map(|r| r.condition.values.clone()).collect();
        let mut builder = Builder::new(field.kind);
        for row in 0..facts.handoffs.len() {
            let on = columns.handed_off_on()[row];
            let near = asked.get(dice.below(asked.len() as u64 + 1) as usize);
            let shift = dice.below(3) as f64 - 1.0;
            let text;
            let value = match (field.kind, near) {
                _ if dice.below(5) == 0 => Value::Unknown,
                (FieldKind::Date, Some(Literal::Number(n))) => {
                    let apart = (n.get() + shift) as i32;
                    Value::Day(if shift < 0.5 {
                        on.plus(apart)
                    } else {
                        on.plus(-apart)
                    })
                }
                (_, Some(Literal::Number(n))) => Value::Number(n.get() + shift),
                (_, Some(Literal::Day(day))) => Value::Day(day.plus(shift as i32)),
                (_, Some(Literal::Text(asked))) => {
                    text = match dice.below(4) {
                        0 => asked.to_uppercase(),
                        1 => format!("x.{asked}"),
                        2 => format!("{asked} y"),
                        _ => asked.clone(),
                    };
                    Value::Text(&text)
                }
                (FieldKind::Number, _) => Value::Number(dice.below(400) as f64),
                (FieldKind::Date, _) => Value::Day(Day(20_000 + dice.below(300) as i32)),
                (FieldKind::YesNo, _) => Value::YesNo(dice.below(2) == 0),
                (FieldKind::Text, _) => {
                    text = format!("value {}", dice.below(300));
                    Value::Text(&text)
                }
            };
            builder.push(value);
        }
        columns.put(&field.key, builder.finish());
    }
    columns
}

fn check(columns: &Columns, definition: &Definition, judged: &Judged) -> Result<(), TestCaseError> {
    for row in 0..columns.len() as u32 {
        let own = definition.judge(&columns.lead(row));
        let truth = match (judged.met.has(row), judged.unknown.has(row)) {
            (true, false) => Truth::Yes,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::No,
            (true, true) => return Err(TestCaseError::fail("met and unknown at once")),
        };
        prop_assert_eq!(own.truth, truth, "row {}", row);
        prop_assert_eq!(own.answer != Answer::Fail, judged.passed.has(row));
        prop_assert_eq!(own.answer == Answer::Ask, judged.asked.has(row));
        for (says, bits) in own.rules.iter().zip(&judged.rules) {
            let unknown = bits.unknown.as_ref().is_some_and(|u| u.has(row));
            prop_assert_eq!(*says == Truth::Yes, bits.met.has(row));
            prop_assert_eq!(*says == Truth::Unknown, unknown);
        }
    }
    Ok(())
}

fn definition(rules: Vec<Rule>, at_least: u32, policy: usize) -> Definition {
    Definition {
        rules,
        at_least,
        unknown: Policy::ALL[policy],
        ..Definition::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn bitmaps_say_what_rows_say(
        rules in prop::collection::vec(any_rule(&fields()), 0..8),
        other in any_rule(&fields()),
        (seed, leads, at_least, policy) in (any::<u64>(), 0..180_usize, 0..4_u32, 0..3_usize),
    ) {
        let facts = random(seed, leads);
        let all: Vec<Rule> = rules.iter().chain([&other]).cloned().collect();
        let columns = columns(&facts, &all, &mut Dice(seed));
        let mut judge = Judge::new();
        let mut draft = definition(rules, at_least, policy);
        check(&columns, &draft, &judge.judge(&columns, &draft, None))?;
        // The same, as one rule is edited and edited again.
        for edited in 0..draft.rules.len() {
            for rule in [other.clone(), draft.rules[edited].clone()] {
                draft.rules[edited] = rule;
                check(&columns, &draft, &judge.judge(&columns, &draft, Some(edited)))?;
            }
        }
    }

    #[test]
    fn the_impact_is_what_a_plain_count_says(
        (old, new) in (prop::collection::vec(any_rule(&fields()), 0..4), prop::collection::vec(any_rule(&fields()), 0..4)),
        (seed, leads, policy) in (any::<u64>(), 0..300_usize, 0..3_usize),
    ) {
        let facts = random(seed, leads);
        let all: Vec<Rule> = old.iter().chain(&new).cloned().collect();
        let columns = columns(&facts, &all, &mut Dice(seed));
        let book = book("Asia/Kolkata");
        let scope = Scope::new(&facts, &book, Period::all(), Moment(MARCH + 200 * DAY));
        let ground = Ground::new(&facts, &book, &scope, None);
        let mut judge = Judge::new();
        let (old, new) = (definition(old, 1, policy), definition(new, 1, policy));
        let before = ground.baseline(judge.judge(&columns, &old, None));
        let draft = judge.judge(&columns, &new, None);
        let impact = ground.impact(&before, &draft);
        for (mask, side) in [(Some(&ground.mature), Some(impact.past)), (ground.holdout.as_ref(), impact.holdout)] {
            let Some((mask, side)) = mask.zip(side) else { continue };
            let passes = |d: &Definition, row: u32| d.judge(&columns.lead(row)).answer != Answer::Fail;
            let rows = || (0..columns.len() as u32).filter(|row| mask.has(*row));
            let plain = |d: &Definition| rows().filter(|row| passes(d, *row)).collect::<Vec<_>>();
            prop_assert_eq!(side.before, counted(&ground, &plain(&old)));
            prop_assert_eq!(side.after, counted(&ground, &plain(&new)));
            let out: Vec<u32> = rows().filter(|r| passes(&old, *r) && !passes(&new, *r)).collect();
            prop_assert_eq!(side.out, counted(&ground, &out));
            prop_assert_eq!(side.all, counted(&ground, &rows().collect::<Vec<_>>()));
        }
        let turned = ground.flips(&before.judged, &draft, Turn::Out).len() as u64;
        prop_assert_eq!(turned, impact.past.out.leads + impact.holdout.map_or(0, |h| h.out.leads));
        // The version in force against itself turns nothing.
        let same = judge.judge(&columns, &old, None);
        let none = ground.impact(&before, &same);
        prop_assert_eq!((none.past.out, none.past.inside), (Tally::default(), Tally::default()));
        prop_assert_eq!(none.past.before, none.past.after);
    }
}

fn counted(ground: &Ground, rows: &[u32]) -> Tally {
    let outcomes = &ground.outcomes;
    let mut t = Tally::default();
    for row in rows {
        let own = outcomes.fates[*row as usize];
        let is = |bit: u8| u64::from(own & bit != 0);
        t.leads += 1;
        t.worked += is(fate::WORKED);
        t.accepted += is(fate::ACCEPTED);
        t.rejected += is(fate::REJECTED);
        t.verified += is(fate::VERIFIED);
        t.qualified += is(fate::QUALIFIED);
        t.won += is(fate::WON);
        t.minutes += is(fate::REJECTED) * u64::from(outcomes.minutes[*row as usize]);
        if own & fate::WASTED != 0 {
            t.wasted_leads += 1;
            t.wasted += i128::from(outcomes.cost(*row).unwrap_or(0));
            t.wasted_unpriced += u64::from(outcomes.cost(*row).is_none());
        }
        for worth in outcomes.worths.iter().filter(|w| w.handoff == *row) {
            t.pipeline += i128::from(worth.frozen.unwrap_or(0));
            t.deals += u64::from(worth.is_won);
            t.unpriced += u64::from(worth.is_won && worth.revenue.is_none());
            t.margin_unknown += u64::from(worth.is_won && worth.margin.is_none());
            t.revenue += i128::from(worth.revenue.unwrap_or(0));
            t.margin += i128::from(worth.margin.unwrap_or(0));
        }
    }
    t
}
