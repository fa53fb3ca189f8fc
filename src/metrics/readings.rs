//! One pipeline read by marketing, sales and finance, and what lies between the readings. Judges no reading.

use super::compute::figure;
use super::context::Context;
use super::define::outcome::{arrives, won};
use super::figure::Figure;
use super::id::Metric;
use super::marks::deals::deal;
use super::rowset::{RowSet, Table};

/// Why two readings differ, as rows that add up to the difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In the users' words: "not qualified", "stale", "closes outside the period".
    pub label: &'static str,
    /// What it adds to the reading before it, minor units; `None` where it does not fit 64 bits.
    pub amount: Option<i64>,
    /// The deals behind it.
    pub rows: RowSet,
}

impl Difference {
    /// Whether no deal is behind it.
    pub fn is_empty(&self) -> bool {
        self.rows.rows.is_empty() && self.amount == Some(0)
    }
}

/// Three readings; `marketing + Σ to_sales = sales`, `sales + Σ to_finance = finance`, to the minor unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// Open deals from leads handed off.
    pub marketing: Figure,
    /// Open qualified deals that move.
    pub sales: Figure,
    /// What should arrive in the period.
    pub finance: Figure,
    /// From marketing's to sales'.
    pub to_sales: Vec<Difference>,
    /// From sales' to finance's.
    pub to_finance: Vec<Difference>,
}

impl Readings {
    /// The three readings of the context and the differences between them.
    pub(crate) fn new(ctx: &Context) -> Readings {
        let mut steps = [
            "not qualified",
            "stale",
            "no lead handed off",
            "closes outside the period",
            "stale, yet due in the period",
            "chance of its stage",
            "won in the period",
        ]
        .map(|label| Difference {
            label,
            amount: Some(0),
            rows: RowSet::empty(Table::Opportunities),
        });
        let mut add = |step: usize, row: usize, amount: i64| {
            steps[step].rows.rows.push(row as u32);
            steps[step].rows.adds.push(Some(amount));
        };
        for row in ctx.marks().open.iter().map(|row| *row as usize) {
            let mark = &ctx.marks().deals[row];
            let Some(open) = mark.open else { continue };
            if !ctx.scope.mask.opportunities.contains(row) {
                continue;
            }
            let marketing = mark.is(deal::OPEN | deal::HANDED_OFF);
            let moves = mark.is_pipeline() && !mark.any(deal::STALE);
            match (marketing, moves) {
                (true, false) if !mark.is_pipeline() => add(0, row, -open),
                (true, false) => add(1, row, -open),
                (false, true) => add(2, row, open),
                _ => {}
            }
            let arrives = arrives(ctx, mark);
            match (moves, arrives) {
                (true, false) => add(3, row, -open),
                (false, true) => add(4, row, open),
                _ => {}
            }
            if arrives {
                let expected = ctx.marks().chances.expected(mark.stage, open);
                add(5, row, expected.unwrap_or(0) - open);
            }
        }
        for term in won() {
            term.visit(ctx, |row, add| {
                steps[6].rows.rows.push(row);
                steps[6].rows.adds.push(add);
            });
        }
        for step in &mut steps {
            step.amount = step.rows.sum();
        }
        let mut to_sales: Vec<Difference> = steps.into();
        let to_finance = to_sales.split_off(3);
        Readings {
            marketing: figure(ctx, Metric::ReadingMarketing),
            sales: figure(ctx, Metric::ReadingSales),
            finance: figure(ctx, Metric::ReadingFinance),
            to_sales,
            to_finance,
        }
    }
}
