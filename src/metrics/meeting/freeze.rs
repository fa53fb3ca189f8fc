//! The figures of a moment as text: one line per number and per open deal, the same text for the same figures. Ids and numbers only.

use std::fmt::Write as _;

use crate::domain::book::Book;
use crate::domain::meeting::snapshot::{Frozen, HEAD};
use crate::facts::Facts;
use crate::facts::filter::Filter;
use crate::facts::handoffs::Says;
use crate::metrics::board::Board;
use crate::metrics::figure::{Figure, Unit, Value};
use crate::metrics::id::Metric;
use crate::metrics::scope::{Mode, Population, Scope};

use super::since::open_deals;

/// The handoffs have not been judged by their stamps, and figures that ask them cannot be frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the handoffs are still being judged by the criteria in force; no figures were frozen and nothing was changed. Try again in a second"
)]
pub struct NotJudged;

/// Freezes the board of the scope's period as of the scope's moment: whole, through no filter, first handoffs, by events.
/// What is frozen is never mended, so nothing is as long as the handoffs have not been judged by their stamps.
pub fn freeze(facts: &Facts, book: &Book, scope: &Scope) -> Result<Frozen, NotJudged> {
    if facts.handoffs.stamps == Says::NotJudged {
        return Err(NotJudged);
    }
    let scope = scope
        .with_filter(facts, Filter::default())
        .with_mode(Mode::Event)
        .with_population(Population::First);
    let board = Board::compute(facts, book, &scope);
    let mut text = format!("{HEAD}\n");
    let as_of = scope.as_of;
    let _ = writeln!(text, "as-of {} {as_of}", as_of.0);
    let _ = writeln!(text, "zone {}", book.calendar.zone_name());
    let _ = writeln!(text, "currency {}", facts.rates.home());
    let period = &scope.period;
    let (first, end) = (period.first.0, period.end.0);
    let _ = writeln!(text, "period {} {first} {end}", period.label);
    let _ = writeln!(text, "journal {}", facts.journal_id);
    let in_force = book.criteria.in_force(None, as_of).map(|v| v.number);
    let _ = writeln!(text, "criteria {}", dashed(in_force));
    for metric in Metric::ALL {
        if let Some(figure) = board.figures().find(|figure| figure.id == *metric) {
            line(&mut text, figure);
        }
    }
    for deal in open_deals(facts, book, &scope) {
        let close_on = deal.close_on.0;
        let _ = writeln!(text, "open {} {} {close_on}", deal.id, dashed(deal.value));
    }
    text.push_str("end\n");
    Ok(Frozen {
        text,
        period: period.label.clone(),
    })
}

fn dashed<T: ToString>(number: Option<T>) -> String {
    number.map_or_else(|| "-".into(), |n| n.to_string())
}

fn line(text: &mut String, figure: &Figure) {
    let unit = match figure.unit {
        Unit::Money(_) => "money",
        Unit::Count => "count",
        Unit::Ratio => "ratio",
        Unit::Days => "days",
        Unit::Hours => "hours",
    };
    let value = match figure.value {
        None => "-".into(),
        Some(Value::Whole(n)) => n.to_string(),
        // The shortest digits that read back as the same number, always with a point or an exponent.
        Some(Value::Real(x)) => format!("{x:?}"),
    };
    let _ = writeln!(
        text,
        "figure {} {unit} {value} {} {} {} {} {}",
        figure.id.id(),
        dashed(figure.numerator),
        dashed(figure.denominator),
        figure.n,
        figure.counted.word(),
        figure.unpriced,
    );
}
