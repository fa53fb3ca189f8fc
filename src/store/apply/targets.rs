//! Targets, spend and currency rates: the numbers that people state.

use std::str::FromStr;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use rust_decimal::Decimal;

use super::super::error::{Doing, StoreError};
use super::super::recorder::Recorder;
use super::super::table::Table;
use super::{named, put, required};
use crate::domain::moment::Day;
use crate::domain::money::{Currency, Money};
use crate::domain::target;
use crate::domain::verdict::SpendKind;

pub(super) fn set_target(
    to: &mut Recorder<'_>,
    metric: &str,
    (start, end): (Day, Day),
    value: i64,
) -> Result<String, StoreError> {
    let metric = required("the metric of a target", metric, 80)?;
    if start >= end || start == Day::NEVER {
        return Err(StoreError::refused(format!(
            "a target needs a span of at least one day, not {start} to {end}"
        )));
    }
    if value < 0 {
        return Err(StoreError::refused("a target is not below 0"));
    }
    let in_force: Option<i64> = to
        .conn
        .query_row(
            "SELECT value FROM target WHERE metric = ?1 AND start_on = ?2 AND end_on = ?3
             ORDER BY id DESC LIMIT 1",
            params![metric, start.0, end.0],
            |row| row.get(0),
        )
        .optional()
        .doing("looking up the target")?;
    let last = end.plus(-1);
    let workspace = super::super::book::workspace(to.conn)?;
    let said = workspace.as_ref().map_or_else(
        || value.to_string(),
        |own| target::said(metric, value, own.currency),
    );
    let summary = format!("target {metric} {start} to {last}: {said}");
    if in_force != Some(value) {
        let by = to.signer.person_id;
        // In the workspace's own time: what is set in a demo or an archive holds there at once.
        let own = workspace.and_then(|own| own.as_of);
        let at = own.map_or(to.signer.at, |own| own.0);
        to.insert(
            Table::Target,
            &[
                ("metric", Value::Text(metric.into())),
                ("start_on", Value::Integer(i64::from(start.0))),
                ("end_on", Value::Integer(i64::from(end.0))),
                ("value", Value::Integer(value)),
                ("set_by", by.map_or(Value::Null, Value::Integer)),
                ("set_at", Value::Integer(at)),
            ],
        )?;
    }
    Ok(summary)
}

pub(super) fn add_spend(
    to: &mut Recorder<'_>,
    (source, campaign): (Option<&str>, Option<&str>),
    on: Day,
    kind: SpendKind,
    amount: Money,
) -> Result<String, StoreError> {
    if on == Day::NEVER {
        return Err(StoreError::refused("spend needs the day it was spent on"));
    }
    let source_id = named(to, Table::Source, source)?;
    let campaign_id = named(to, Table::Campaign, campaign)?;
    to.insert(
        Table::Spend,
        &[
            ("source_id", source_id),
            ("campaign_id", campaign_id),
            ("on_on", Value::Integer(i64::from(on.0))),
            ("kind", Value::Text(kind.word().into())),
            ("amount_minor", Value::Integer(amount.minor)),
            ("currency", Value::Text(amount.currency.code().into())),
        ],
    )?;
    let what = campaign.or(source).unwrap_or("no source");
    Ok(format!("spend {on} {what}"))
}

pub(super) fn set_rate(
    to: &mut Recorder<'_>,
    currency: Currency,
    from: Day,
    rate: &str,
) -> Result<String, StoreError> {
    let worth = Decimal::from_str(rate.trim())
        .ok()
        .filter(|worth| *worth > Decimal::ZERO);
    let Some(worth) = worth else {
        return Err(StoreError::refused(format!(
            "'{}' is no rate; a number above 0 such as 0.92 is expected",
            rate.trim()
        )));
    };
    let home: String = to
        .conn
        .query_row("SELECT currency FROM workspace", [], |row| row.get(0))
        .doing("looking at the workspace")?;
    if home == currency.code() {
        return Err(StoreError::refused(format!(
            "{currency} is the workspace's own currency and needs no rate"
        )));
    }
    let known: Option<i64> = to
        .conn
        .query_row(
            "SELECT id FROM fx_rate WHERE currency = ?1 AND from_on = ?2",
            params![currency.code(), from.0],
            |row| row.get(0),
        )
        .optional()
        .doing("looking up the rate")?;
    let cells = [
        ("currency", Value::Text(currency.code().into())),
        ("from_on", Value::Integer(i64::from(from.0))),
        ("rate", Value::Text(worth.normalize().to_string())),
    ];
    put(to, Table::Rate, known, &cells)?;
    Ok(format!(
        "1 {currency} = {} {home} from {from}",
        worth.normalize()
    ))
}
