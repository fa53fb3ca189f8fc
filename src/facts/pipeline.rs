//! The pipeline by stage, as it stands: counts and sums that never mix currencies. Reads no clock.

use super::Facts;
use super::column::Code;
use crate::domain::moment::Day;
use crate::domain::money::Money;

/// One column of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageColumn {
    /// Stage code; [`super::column::NONE`] for deals without one.
    pub stage: Code,
    /// Row numbers of the deals in it, by close date, those without one last.
    pub deals: Vec<u32>,
    /// What they are worth together in the workspace's currency, minor units; `None`: more than can be counted.
    pub total: Option<i64>,
    /// How many of them could not be priced: no value, or no rate for its currency.
    pub unpriced: usize,
    /// Sums by currency, each in its own.
    pub by_currency: Vec<Money>,
}

/// Open deals by stage, in the order of the pipeline; stages without deals are there too, retired ones only with deals.
pub fn board(facts: &Facts, today: Day, wanted: impl Fn(usize) -> bool) -> Vec<StageColumn> {
    let names = &facts.names;
    let mut columns: Vec<StageColumn> = (0..names.stages.len() as Code).map(empty).collect();
    columns.sort_by_key(|c| (names.stage_positions[c.stage as usize], c.stage));
    columns.push(empty(super::column::NONE));
    for (row, deal) in facts.opportunities.rows.iter().enumerate() {
        if deal.outcome.is_some() || !wanted(row) {
            continue;
        }
        let at = columns.iter().position(|c| c.stage == deal.stage);
        let Some(column) = at.and_then(|at| columns.get_mut(at)) else {
            continue;
        };
        column.deals.push(row as u32);
        let currency = names.currencies.get(deal.currency as usize);
        let money = deal.amount.zip(currency).map(|(minor, currency)| Money {
            minor,
            currency: *currency,
        });
        add(facts, column, money, today);
    }
    for column in &mut columns {
        column.by_currency.sort_by_key(|money| money.currency);
        column.deals.sort_by_key(|row| {
            let on = facts.opportunities.rows[*row as usize].close_on;
            (on == Day::NEVER, on, *row)
        });
    }
    let bare = columns.last().is_some_and(|c| c.deals.is_empty());
    if bare {
        columns.pop();
    }
    columns
}

fn empty(stage: Code) -> StageColumn {
    StageColumn {
        stage,
        deals: Vec::new(),
        total: Some(0),
        unpriced: 0,
        by_currency: Vec::new(),
    }
}

fn add(facts: &Facts, column: &mut StageColumn, money: Option<Money>, today: Day) {
    let Some(money) = money else {
        column.unpriced += 1;
        return;
    };
    match column
        .by_currency
        .iter_mut()
        .find(|sum| sum.currency == money.currency)
    {
        Some(sum) => sum.minor = sum.minor.saturating_add(money.minor),
        None => column.by_currency.push(money),
    }
    match facts.rates.convert(money, today) {
        Some(home) => column.total = column.total.and_then(|sum| sum.checked_add(home)),
        None => column.unpriced += 1,
    }
}
