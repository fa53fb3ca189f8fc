//! What is to be told of the versions in force: that one drifts, that the day to look again has come. Judges the past by each of them.

use crate::backtest::{self, Columns, Ground, Judge, drift};
use crate::cli::failure::Failure;
use crate::cli::score::Desk;
use crate::domain::criteria::version::Version;
use crate::domain::period::Period;
use crate::facts::filter::Filter;
use crate::metrics::{Mode, Population};

/// A sentence for each version in force that does not hold any more, whatever period and filter are looked at.
pub(in crate::cli) fn told(desk: &Desk) -> Result<Vec<String>, Failure> {
    let Desk {
        store, book, facts, ..
    } = desk;
    let now = desk.scope.as_of;
    let in_force: Vec<&Version> = book.criteria.all_in_force(now).collect();
    if in_force.is_empty() {
        return Ok(Vec::new());
    }
    let fields = store.criteria_fields()?;
    let mut columns = Columns::new(facts, &fields, &book.calendar);
    let missing = columns.missing(&fields, &in_force.iter().map(|v| &v.definition));
    for (key, column) in store.load_fields(facts, &missing)? {
        columns.put(&key, column);
    }
    // The rows are judged already: only what the board is narrowed to is left out.
    let scope = desk.scope.with_filter(facts, Filter::default());
    let scope = scope
        .with_period(Period::all())
        .with_mode(Mode::default())
        .with_population(Population::default());
    let apart = backtest::apart(facts, &book.criteria, now);
    let today = book.calendar.day_of(now);
    let of = |version: &&Version| {
        let definition = &version.definition;
        let within = backtest::concerned(facts, definition.segment.as_deref(), &apart);
        let ground = Ground::new(facts, book, &scope, within.as_ref());
        let judged = Judge::new().judge(&columns, definition, None);
        let found = drift::of(version, (facts, &ground, &judged), (now, today));
        drift::told(version, Some(&found), today)
    };
    Ok(in_force.iter().filter_map(of).collect())
}
