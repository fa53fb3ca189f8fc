//! Cells to moments and days, and what may not lie ahead. Guesses no order of day and month.

use super::{Kit, Mapped};
use crate::domain::moment::{Day, Moment};
use crate::transfer::import::fault::Fault;
use crate::transfer::map::{Got, Pick};
use crate::transfer::read::Row;
use crate::transfer::values::{self, When};

/// The latest moment that the workspace can hold.
const LAST_MOMENT: i64 = 4_294_967_294;
/// How many deals that end ahead are named.
const MOST_AHEAD: usize = 20;

impl Kit {
    fn when(&self, got: Got<'_>) -> Mapped<Option<When>> {
        if got.text.is_empty() {
            return Ok(None);
        }
        let order = got
            .column
            .and_then(|at| self.orders.get(at).copied().flatten());
        match values::parse_date(got.text, order) {
            Ok(When::Local(day, seconds)) if self.utc_times => Ok(Some(When::Utc(
                i64::from(day) * values::SECONDS_PER_DAY + i64::from(seconds),
            ))),
            Ok(when) => Ok(Some(when)),
            Err(fault) => Err(Fault::new(
                got.column,
                got.text,
                format!("'{}' {fault}", got.text),
            )),
        }
    }

    pub(in crate::transfer::import) fn moment(&mut self, got: Got<'_>) -> Mapped<Option<Moment>> {
        let Some(when) = self.when(got)? else {
            return Ok(None);
        };
        let second = when.utc(&mut self.zone);
        if (0..=LAST_MOMENT).contains(&second) {
            Ok(Some(Moment(second)))
        } else {
            Err(Fault::new(
                got.column,
                got.text,
                format!("'{}' is not after 1970-01-01 and before 2106", got.text),
            ))
        }
    }

    /// The moment of something that has happened: it does not lie ahead.
    pub(in crate::transfer::import) fn past(&mut self, got: Got<'_>) -> Mapped<Option<Moment>> {
        match self.moment(got)? {
            Some(at) if at > self.latest => Err(Fault::new(
                got.column,
                got.text,
                format!(
                    "'{}' lies in the future, and tells of what has happened: mend the date",
                    got.text
                ),
            )),
            at => Ok(at),
        }
    }

    /// Notes a deal that ended on a day which lies ahead.
    pub(in crate::transfer::import) fn note_ahead(&mut self, line: u64, at: Moment) {
        if at > self.latest {
            self.ahead.0 += 1;
            if self.ahead.1.len() < MOST_AHEAD {
                let day = self.day_of(at);
                self.ahead.1.push((line, day));
            }
        }
    }

    pub(in crate::transfer::import) fn day(&self, got: Got<'_>) -> Mapped<Option<Day>> {
        Ok(self.when(got)?.map(|when| Day(when.day(&self.zone))))
    }

    pub(in crate::transfer::import) fn day_of(&self, at: Moment) -> Day {
        Day(self.zone.day(at.0))
    }

    pub(in crate::transfer::import) fn start_of(&mut self, day: Day) -> Moment {
        Moment(self.zone.utc(day.0, 0))
    }

    /// The moment of a field that may ask for the latest of several columns.
    pub(in crate::transfer::import) fn latest(
        &mut self,
        pick: &Pick,
        row: &Row<'_>,
    ) -> Mapped<Option<Moment>> {
        let Pick::Latest(all) = pick else {
            return self.past(pick.get(row));
        };
        let mut latest = None;
        for at in all {
            let got = Got {
                text: values::text(row.cell(*at)),
                column: Some(*at),
            };
            latest = latest.max(self.past(got)?);
        }
        Ok(latest)
    }
}
