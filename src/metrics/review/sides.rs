//! The questions that each side asks the other, answered with figures, and what each has to fix. Names no winner.

mod marketing;
mod sales;

use super::flags::{Flag, Flags, Known};
use super::matrix::Rate;
use super::pool::Review;
use crate::domain::book::Book;
use crate::facts::Facts;
use crate::metrics::figure::{Counted, Figure};
use crate::metrics::id::Metric;
use crate::metrics::rowset::{Drill, Made, RowSet, Table};
use crate::metrics::scope::Scope;
use crate::metrics::show::{grouped, percent};

/// A question and what the figures say.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question.
    pub question: &'static str,
    /// The answer in words, with its figures; names in it are foreign text, not cleaned.
    pub says: String,
    /// Hits of n, where the answer is a share.
    pub rate: Option<Rate>,
    /// What is divided by what, in words.
    pub means: &'static str,
    /// The number of the dictionary that it is, if any.
    pub metric: Option<Metric>,
    /// The rows behind it: hits over n.
    pub rows: Drill,
    /// What the side that is asked has to fix; `None` where the figures ask for nothing.
    pub fix: Option<String>,
}

/// Both sides on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Sides {
    /// What sales is asked.
    pub sales: Vec<Answer>,
    /// What marketing is asked.
    pub marketing: Vec<Answer>,
}

/// What the answers are computed from.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The history.
    pub facts: &'a Facts,
    /// Names and agreed numbers.
    pub book: &'a Book,
    /// Period, filter, as-of.
    pub scope: &'a Scope,
    /// The rejections of that scope.
    pub review: &'a Review,
    /// The flags of the history.
    pub flags: &'a Flags,
    /// What the flags rest on.
    pub known: Known<'a>,
}

/// Answers both sides' questions.
pub fn sides(asked: Asked) -> Sides {
    Sides {
        sales: sales::answers(asked),
        marketing: marketing::answers(asked),
    }
}

impl Asked<'_> {
    fn figure(&self, metric: Metric) -> Figure {
        crate::metrics::figure(metric, self.facts, self.book, self.scope)
    }

    fn drill(&self, metric: Metric) -> Drill {
        crate::metrics::rows(metric, self.facts, self.book, self.scope)
    }

    /// The rejections of the review that have one of these flags.
    fn flagged(&self, flags: &[Flag]) -> Vec<u32> {
        let rows = self.review.rows(self.facts).into_iter();
        rows.filter(|row| flags.iter().any(|flag| self.flags.has(*flag, *row)))
            .collect()
    }

    fn rate(&self, hits: usize, n: usize) -> Rate {
        Rate::new(hits as u64, n as u64, self.review.small_n)
    }

    /// The share of a figure as hits of n.
    fn rate_of(&self, figure: &Figure) -> Option<Rate> {
        let (hits, n) = figure.numerator.zip(figure.denominator)?;
        let whole = usize::try_from(hits).ok().zip(usize::try_from(n).ok());
        whole.map(|(hits, n)| self.rate(hits, n))
    }
}

/// Rows over rows.
fn share(hits: Vec<u32>, of: Vec<u32>) -> Drill {
    let set = |rows: Vec<u32>| RowSet {
        table: Table::Handoffs,
        adds: vec![Some(1); rows.len()],
        rows,
    };
    Drill {
        made: Made::Quotient,
        rows: vec![set(hits)],
        base: vec![set(of)],
    }
}

/// `12 of 40 (30.0 %, 18.1–45.4 %)`, with a mark where n is small.
fn told(rate: Rate) -> String {
    let of = format!(
        "{} of {}",
        grouped(rate.hits as i64),
        grouped(rate.n as i64)
    );
    let Some((share, (low, high))) = rate.share.zip(rate.interval) else {
        return of;
    };
    let small = if rate.small_n { ", small n" } else { "" };
    let (low, high) = (percent(low), percent(high));
    let low = low.trim_end_matches(" %");
    format!("{of} ({}, {low}–{high}{small})", percent(share))
}

/// Whether the figure's own clock is a cohort that is not old enough yet.
fn young(figure: &Figure) -> &'static str {
    if figure.counted == Counted::Cohort && figure.mature == Some(false) {
        "; the period is too young to judge"
    } else {
        ""
    }
}
