//! The pipeline by stage, as it stands: counts and sums that never mix currencies. Reads no clock.

use super::Facts;
use super::column::Code;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};

/// One column of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageColumn {
    /// Stage code; [`super::column::NONE`] for deals without one.
    pub stage: Code,
    /// Row numbers of the deals in it, by close date, those without one last.
    pub deals: Vec<u32>,
    /// What they are worth together.
    pub sum: Sum,
}

/// What deals are worth together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// In the workspace's currency, minor units; `None`: more than can be counted.
    pub home: Option<i64>,
    /// How many could not be priced: no value, or no rate for its currency.
    pub unpriced: usize,
    /// By currency, each in its own minor units; `None`: more than can be counted.
    pub by_currency: Vec<(Currency, Option<i64>)>,
}

/// Deals that were open then by stage, in the order of the pipeline; stages without deals are there too, deals without a stage stand last.
pub fn board(
    facts: &Facts,
    (today, as_of): (Day, Moment),
    wanted: impl Fn(usize) -> bool,
) -> Vec<StageColumn> {
    let names = &facts.names;
    let mut stages: Vec<Code> = (0..names.stages.len() as Code).collect();
    stages.sort_by_key(|code| (names.stage_positions[*code as usize], *code));
    stages.push(super::column::NONE);
    let mut columns: Vec<(Code, Vec<u32>)> = stages.into_iter().map(|s| (s, Vec::new())).collect();
    for (row, deal) in facts.opportunities.rows.iter().enumerate() {
        let closed = deal.outcome.is_some() && deal.closed <= as_of;
        if deal.created > as_of || closed || !wanted(row) {
            continue;
        }
        let column = columns.iter_mut().find(|(stage, _)| *stage == deal.stage);
        if let Some((_, deals)) = column {
            deals.push(row as u32);
        }
    }
    if columns.last().is_some_and(|(_, deals)| deals.is_empty()) {
        columns.pop();
    }
    let column = |(stage, mut deals): (Code, Vec<u32>)| {
        by_close_date(facts, &mut deals);
        let sum = sum(facts, &deals, |_| today);
        StageColumn { stage, deals, sum }
    };
    columns.into_iter().map(column).collect()
}

/// Sorts deals by close date, those without one last.
pub fn by_close_date(facts: &Facts, deals: &mut [u32]) {
    deals.sort_by_key(|row| {
        let on = facts.opportunities.rows[*row as usize].close_on;
        (on == Day::NEVER, on, *row)
    });
}

/// What these deals are worth together, each at the rate of its day.
pub fn sum(facts: &Facts, deals: &[u32], day_of: impl Fn(u32) -> Day) -> Sum {
    let mut sum = Sum {
        home: Some(0),
        unpriced: 0,
        by_currency: Vec::new(),
    };
    for row in deals {
        let Some(money) = value(facts, *row) else {
            sum.unpriced += 1;
            continue;
        };
        let (currency, minor) = (money.currency, money.minor);
        let own = sum.by_currency.iter_mut().find(|(c, _)| *c == currency);
        match own {
            Some((_, own)) => *own = own.and_then(|own| own.checked_add(minor)),
            None => sum.by_currency.push((currency, Some(minor))),
        }
        match facts.rates.convert(money, day_of(*row)) {
            Some(home) => sum.home = sum.home.and_then(|all| all.checked_add(home)),
            None => sum.unpriced += 1,
        }
    }
    sum.by_currency.sort_by_key(|(currency, _)| *currency);
    sum
}

/// The value of a deal now, in its own currency.
pub fn value(facts: &Facts, row: u32) -> Option<Money> {
    let deal = &facts.opportunities.rows[row as usize];
    let currency = facts.names.currencies.get(deal.currency as usize)?;
    deal.amount.map(|minor| Money {
        minor,
        currency: *currency,
    })
}

#[cfg(test)]
mod tests;
