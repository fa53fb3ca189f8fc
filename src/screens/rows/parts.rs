//! The row sets behind a number: above and below the line, with what each row adds. Computes only their sums.

use std::cmp::Reverse;

use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::metrics::{Made, RowSet, Table, Unit};
use crate::screens::figures::{self, Room, decimal, exact_money, grouped};
use crate::screens::model::Model;
use crate::screens::scoreboard::{ItemKey, What};
use crate::widgets::Order;

/// By what rows are sorted. Names are not in memory, so they are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortBy {
    /// In the order of the number's own clock.
    Clock,
    /// By what each row adds.
    Adds,
    /// By source.
    Source,
}

impl SortBy {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Clock => Self::Adds,
            Self::Adds => Self::Source,
            Self::Source => Self::Clock,
        }
    }
}

/// One set of rows.
pub(super) struct Part {
    /// Its rows, in the order in which they are shown.
    pub(super) rows: RowSet,
    name: &'static str,
    made: Made,
    unit: Unit,
    clock: RowSet,
    /// The number itself, where it is a place among the rows and not their sum.
    place: String,
}

impl Part {
    fn new(rows: RowSet, name: &'static str, made: Made, unit: Unit) -> Self {
        Self {
            clock: rows.clone(),
            rows,
            name,
            made,
            unit,
            place: String::new(),
        }
    }

    /// What one row adds, as text.
    pub(super) fn adds(&self, index: usize) -> String {
        match self.rows.adds.get(index).copied().flatten() {
            Some(add) => self.amount(add),
            None if matches!(self.made, Made::Median | Made::Ninetieth) => "open".to_owned(),
            None => "no price".to_owned(),
        }
    }

    fn amount(&self, add: i64) -> String {
        match self.unit {
            Unit::Money(currency) => exact_money(add, currency),
            Unit::Days => format!("{} d", decimal(add as f64 / 86_400.0, 1)),
            Unit::Hours if matches!(self.made, Made::Median | Made::Ninetieth) => {
                format!("{} h", decimal(add as f64 / 3_600.0, 1))
            }
            Unit::Hours => format!("{} min", grouped(add)),
            Unit::Count | Unit::Ratio => grouped(add),
        }
    }

    /// What stands over the table: which rows these are, how to see the others, and the sum of all parts on this side of the line.
    pub(super) fn head(&self, shown: usize, parts: &[Part]) -> String {
        let count = grouped(self.rows.rows.len() as i64);
        if parts.len() < 2 {
            return format!("{count} {}", self.name);
        }
        let together: Vec<&Part> = parts.iter().filter(|part| part.name == self.name).collect();
        let sum = together
            .iter()
            .try_fold(0_i64, |sum, part| sum.checked_add(part.rows.sum()?));
        let all = match sum {
            Some(sum) if together.len() > 1 => {
                format!(", {} with the other part", self.amount(sum))
            }
            _ => String::new(),
        };
        format!(
            "{count} {}{all} · part {} of {}, Tab shows the next",
            self.name,
            shown + 1,
            parts.len()
        )
    }

    /// The words of the last line.
    pub(super) fn total_words(&self) -> String {
        match self.made {
            Made::Median => "median".to_owned(),
            Made::Ninetieth => "90th percentile".to_owned(),
            Made::Sum | Made::Quotient if self.unit == Unit::Hours => {
                let minutes = self
                    .rows
                    .sum()
                    .map_or_else(String::new, |sum| self.amount(sum));
                format!("sum, {minutes}")
            }
            Made::Sum | Made::Quotient => match self.rows.unpriced() {
                0 => "sum".to_owned(),
                n => format!("sum, {n} unpriced"),
            },
        }
    }

    /// The last line's figure.
    pub(super) fn total(&self) -> String {
        if matches!(self.made, Made::Median | Made::Ninetieth) {
            return self.place.clone();
        }
        // The rows hold minutes, the number is in hours.
        if self.unit == Unit::Hours {
            let hours = self.rows.sum().map(|sum| sum as f64 / 60.0);
            return hours.map_or_else(
                || "too large".to_owned(),
                |x| format!("{} h", decimal(x, 1)),
            );
        }
        self.rows
            .sum()
            .map_or_else(|| "too large".to_owned(), |sum| self.amount(sum))
    }

    /// Puts the rows into another order; what they add goes with them.
    pub(super) fn sort(&mut self, by: SortBy, order: Order, facts: &Facts) {
        let mut order_of: Vec<usize> = (0..self.clock.rows.len()).collect();
        match by {
            SortBy::Clock => {}
            SortBy::Adds => order_of.sort_by_key(|index| self.clock.adds[*index]),
            SortBy::Source => order_of.sort_by_key(|index| {
                let code = source(facts, self.clock.table, self.clock.rows[*index]);
                Reverse(facts.names.sources.name(code).to_owned())
            }),
        }
        if order == Order::Falling {
            order_of.reverse();
        }
        self.rows.rows = order_of
            .iter()
            .map(|index| self.clock.rows[*index])
            .collect();
        self.rows.adds = order_of
            .iter()
            .map(|index| self.clock.adds[*index])
            .collect();
    }
}

fn source(facts: &Facts, table: Table, row: u32) -> u32 {
    let row = row as usize;
    match table {
        Table::Leads => facts.leads.source[row],
        Table::Handoffs => facts.leads.source[facts.handoffs.lead[row] as usize],
        Table::Opportunities => facts.opportunities.rows[row].source,
        Table::Spend => facts.spend.rows[row].source,
        Table::Feedback => facts.feedback[row].shared[0].unwrap_or(NONE),
    }
}

/// The row id behind a row number.
pub(super) fn id(facts: &Facts, table: Table, row: u32) -> Option<i64> {
    let row = row as usize;
    match table {
        Table::Leads => facts.leads.id.get(row),
        Table::Handoffs => facts.handoffs.id.get(row),
        Table::Opportunities => facts.opportunities.id.get(row),
        Table::Spend => facts.spend.rows.get(row).map(|row| row.id),
        Table::Feedback => facts.feedback.get(row).map(|row| row.id),
    }
}

/// The parts behind a number of the board.
pub(super) fn of(key: ItemKey, model: &Model) -> Vec<Part> {
    let board = model.board();
    let money = Unit::Money(model.book().workspace.currency);
    let one = |rows: &RowSet, name| vec![Part::new(rows.clone(), name, Made::Sum, money)];
    match key.what {
        What::ToSales(index) => board
            .readings
            .to_sales
            .get(index)
            .map_or(vec![], |d| one(&d.rows, d.label)),
        What::ToFinance(index) => board
            .readings
            .to_finance
            .get(index)
            .map_or(vec![], |d| one(&d.rows, d.label)),
        What::Start => one(&board.waterfall.start_rows, "deals"),
        What::End => one(&board.waterfall.end_rows, "deals"),
        What::Step(change) => {
            let step = board
                .waterfall
                .steps
                .iter()
                .find(|step| step.change == change);
            step.map_or(vec![], |step| one(&step.rows, "deals"))
        }
        What::Figure(metric) => of_metric(key, model, metric, None),
        What::Cell(code, metric) => of_metric(key, model, metric, Some(code)),
    }
}

fn of_metric(
    key: ItemKey,
    model: &Model,
    metric: crate::metrics::Metric,
    line: Option<u32>,
) -> Vec<Part> {
    let drill = model.drill(metric, line);
    let number = model.figure(key);
    let unit = number.map_or(Unit::Count, |figure| figure.unit);
    let place = number.map_or_else(String::new, |figure| figures::figure(figure, Room::Wide));
    let quotient = drill.made == Made::Quotient;
    let above = drill.rows.into_iter().map(|rows| {
        let unit = if quotient {
            unit_of(&rows, unit, model)
        } else {
            unit
        };
        let name = if quotient {
            "rows above the line"
        } else {
            "rows"
        };
        Part {
            place: place.clone(),
            ..Part::new(rows, name, drill.made, unit)
        }
    });
    let below = drill.base.into_iter().map(|rows| {
        let unit = unit_of(&rows, unit, model);
        Part::new(rows, "rows below the line", drill.made, unit)
    });
    above
        .chain(below)
        .filter(|part| !part.rows.rows.is_empty())
        .collect()
}

/// Rows of a quotient are counted where each adds one, else they are money.
fn unit_of(rows: &RowSet, unit: Unit, model: &Model) -> Unit {
    let counted = rows.adds.iter().flatten().all(|add| add.abs() <= 1);
    match unit {
        _ if counted => Unit::Count,
        Unit::Money(currency) => Unit::Money(currency),
        _ if matches!(rows.table, Table::Opportunities | Table::Spend) => {
            Unit::Money(model.book().workspace.currency)
        }
        _ => Unit::Count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(adds: Vec<Option<i64>>, made: Made, unit: Unit) -> Part {
        let rows = RowSet {
            table: Table::Handoffs,
            rows: (0..adds.len() as u32).collect(),
            adds,
        };
        Part::new(rows, "rows", made, unit)
    }

    #[test]
    fn the_sum_has_the_unit_of_the_number_and_the_rows_their_own() {
        let hours = part(vec![Some(6_000), Some(179)], Made::Sum, Unit::Hours);
        assert_eq!(
            (hours.adds(1), hours.total()),
            ("179 min".into(), "103.0 h".into())
        );
        assert_eq!(hours.total_words(), "sum, 6,179 min");
    }

    #[test]
    fn the_words_of_the_last_line_fit_the_first_column() {
        let parts = [
            part(vec![None], Made::Median, Unit::Hours),
            part(vec![None], Made::Ninetieth, Unit::Hours),
            part(vec![None; 1_234], Made::Sum, Unit::Count),
        ];
        for part in parts {
            assert!(crate::text::width(&part.total_words()) <= 18);
        }
    }
}
