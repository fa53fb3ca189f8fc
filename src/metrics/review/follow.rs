//! Whether feedback helped: how often a cluster's rejections happened before something was changed, and since. Groups nothing.

use super::axis::Axis;
use super::pool::Review;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::domain::review::feedback::{Rate, Shared};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::scope::Scope;

/// Days before an act that its rate is taken from: a quarter of thirteen weeks.
pub const DAYS_BEFORE: i64 = 91;

/// What a cluster shares, as values of axes; `None` where a name is not in the history.
pub fn place_of(facts: &Facts, book: &Book, shared: &Shared) -> Option<Vec<(Axis, Code)>> {
    let names = &facts.names;
    let mut place = Vec::new();
    let mut put = |axis: Axis, code: Option<Code>| {
        let code = code.filter(|code| *code != NONE)?;
        place.push((axis, code));
        Some(())
    };
    if let Some(code) = &shared.reason {
        let reason = book.reason(code).map(|r| names.reasons.code(Some(r.id.0)));
        let now = |code: Code| {
            let facts = names.reason_facts.get(code as usize);
            facts.map_or(code, |reason| reason.now)
        };
        put(Axis::Reason, reason.map(now))?;
    }
    for (axis, name, dictionary) in [
        (Axis::Source, &shared.source, &names.sources),
        (Axis::Campaign, &shared.campaign, &names.campaigns),
        (Axis::Segment, &shared.segment, &names.segments),
    ] {
        if let Some(name) = name {
            put(axis, dictionary.find(name))?;
        }
    }
    if let Some(handle) = &shared.rep {
        let person = book.people.iter().find(|person| person.handle == *handle);
        put(
            Axis::Rep,
            person.map(|person| names.people.code(Some(person.id.0))),
        )?;
    }
    Some(place)
}

/// Rejections of the cluster among what was decided from `from` up to `to` (and in that second) on its source, campaign, segment and rep, by verdict.
/// Nothing is counted where a name is not in the history.
pub fn seen(
    facts: &Facts,
    book: &Book,
    scope: &Scope,
    shared: &Shared,
    (from, to): (Moment, Moment),
) -> Rate {
    let Some(place) = place_of(facts, book, shared) else {
        return Rate::default();
    };
    let (first, last) = (book.calendar.day_of(from), book.calendar.day_of(to));
    let whole = Period::custom(first, last.plus(1), &book.calendar);
    let scope = scope.with_period(Period {
        span: Span::Custom,
        start_at: from,
        end_at: Moment(to.0 + 1),
        ..whole
    });
    let review = Review::new(facts, book, &scope);
    Rate {
        hits: review.rows_at(facts, &place).len() as i64,
        n: review.decided_at(facts, &place).len() as i64,
    }
}
