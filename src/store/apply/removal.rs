//! Takes holidays, rates and sources away where nothing rests on them; else says what does. Retires nothing.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::super::error::{Doing, StoreError};
use super::super::recorder::Recorder;
use super::super::table::Table;
use super::find;
use crate::domain::catalogue::Removal;
use crate::domain::moment::Day;
use crate::domain::money::Currency;
use crate::domain::refused::Refused;
use crate::text::clean;

pub(super) fn perform(to: &mut Recorder<'_>, what: &Removal) -> Result<String, StoreError> {
    match what {
        Removal::Holiday(day) => holiday(to, *day),
        Removal::Rate(currency, from) => rate(to, *currency, *from),
        Removal::Source(name) => source(to, name),
    }
}

fn wrong(why: String) -> StoreError {
    Refused::Catalogue(why).into()
}

fn count(to: &Recorder<'_>, sql: &str, of: &Value) -> Result<i64, StoreError> {
    to.conn
        .prepare_cached(sql)
        .doing("looking what rests on it")?
        .query_row([of], |row| row.get(0))
        .doing("looking what rests on it")
}

fn holiday(to: &mut Recorder<'_>, day: Day) -> Result<String, StoreError> {
    let of = Value::Integer(i64::from(day.0));
    let Some(id) = find(to, Table::Holiday, "on_on", &of)? else {
        return Err(wrong(format!(
            "{day} is no holiday here; `smarketing holidays` lists them"
        )));
    };
    to.delete(Table::Holiday, id)?;
    to.notes
        .push("deadlines that lie across that day are computed anew".to_owned());
    Ok(format!("no holiday {day}"))
}

fn rate(to: &mut Recorder<'_>, currency: Currency, from: Day) -> Result<String, StoreError> {
    let code = currency.code();
    let found: Option<i64> = to
        .conn
        .prepare_cached("SELECT id FROM fx_rate WHERE currency = ?1 AND from_on = ?2")
        .doing("looking up the rate")?
        .query_row((code, from.0), |row| row.get(0))
        .optional()
        .doing("looking up the rate")?;
    let Some(id) = found else {
        return Err(wrong(format!(
            "no worth of {code} is given from {from} on; `smarketing rates` lists them"
        )));
    };
    let of = Value::Text(code.to_owned());
    let deals = "SELECT count(*) FROM opportunity WHERE currency = ?1 OR qualified_currency = ?1";
    let (deals, spend) = (
        count(to, deals, &of)?,
        count(to, "SELECT count(*) FROM spend WHERE currency = ?1", &of)?,
    );
    if deals + spend > 0 {
        return Err(wrong(format!(
            "{deals} deals and {spend} entries of spend are in {code} and would lose their worth; give {code} from {from} on another one instead"
        )));
    }
    to.delete(Table::Rate, id)?;
    Ok(format!("no rate of {code} from {from} on"))
}

fn source(to: &mut Recorder<'_>, name: &str) -> Result<String, StoreError> {
    let name = name.trim();
    let Some(id) = find(to, Table::Source, "name", &Value::Text(name.to_owned()))? else {
        return Err(wrong(format!(
            "no source is called '{}'; `smarketing sources` lists them",
            clean(name)
        )));
    };
    let mut resting = Vec::new();
    for child in Table::ALL {
        for (column, parent) in child.references() {
            if *parent == Table::Source {
                let sql = format!("SELECT count(*) FROM {} WHERE {column} = ?1", child.word());
                let rows = count(to, &sql, &Value::Integer(id))?;
                if rows > 0 {
                    resting.push(format!("{rows} × {}", child.label()));
                }
            }
        }
    }
    if !resting.is_empty() {
        return Err(wrong(format!(
            "the source {} is in use ({}), so it stays; whose it is and what it costs can be changed",
            clean(name),
            resting.join(", ")
        )));
    }
    to.delete(Table::Source, id)?;
    Ok(format!("no source {name}"))
}
