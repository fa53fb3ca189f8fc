//! Sets a workspace up and changes what it is set up with.

use rusqlite::types::Value;

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Recorder, text};
use super::super::table::Table;
use super::required;
use crate::domain::reason::{Asks, ReasonClass, STOCK};
use crate::domain::settings::Settings;
use crate::domain::workspace::Workspace;

/// Stages of a new workspace. What stands at 0 is no pipeline yet; imports add theirs behind.
const STAGES: &[(&str, i64)] = &[
    ("Prospect", 0),
    ("Discovery", 1),
    ("Proposal", 2),
    ("Negotiation", 3),
];

/// Whether there is a workspace row.
pub(super) fn is_set_up(to: &Recorder<'_>) -> Result<bool, StoreError> {
    to.conn
        .query_row("SELECT EXISTS (SELECT 1 FROM workspace)", [], |row| {
            row.get(0)
        })
        .doing("looking at the workspace")
}

pub(super) fn init(to: &mut Recorder<'_>, workspace: &Workspace) -> Result<String, StoreError> {
    if is_set_up(to)? {
        return Err(StoreError::refused("this workspace is set up already"));
    }
    let mut cells = vec![
        ("id", Value::Integer(1)),
        ("created_at", Value::Integer(to.signer.at)),
    ];
    cells.extend(shape(workspace)?);
    to.insert(Table::Workspace, &cells)?;
    for stock in STOCK {
        let objective = stock.asks == Asks::Nothing;
        let acts = match stock.class {
            ReasonClass::Contact | ReasonClass::Timing => "sales",
            _ => "marketing",
        };
        to.insert(
            Table::Reason,
            &[
                ("code", Value::Text(stock.code.into())),
                ("label", Value::Text(stock.label.into())),
                ("class", Value::Text(stock.class.word().into())),
                ("needs_note", flag(stock.asks == Asks::Note)),
                ("needs_attempts", flag(stock.asks == Asks::Attempts)),
                ("objective", flag(objective)),
                ("acts", Value::Text(acts.into())),
                ("criteria_field", text(stock.field)),
            ],
        )?;
    }
    for (name, position) in STAGES {
        to.insert(
            Table::Stage,
            &[
                ("name", Value::Text((*name).into())),
                ("position", Value::Integer(*position)),
            ],
        )?;
    }
    super::review::stock(to)?;
    Ok(format!("set up {}", workspace.name.trim()))
}

pub(super) fn reshape(to: &mut Recorder<'_>, workspace: &Workspace) -> Result<String, StoreError> {
    let cells = shape(workspace)?;
    let currency: String = to
        .conn
        .query_row("SELECT currency FROM workspace", [], |row| row.get(0))
        .doing("looking at the workspace")?;
    if currency != workspace.currency.code() {
        let priced: bool = to
            .conn
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM target) OR EXISTS (SELECT 1 FROM fx_rate)",
                [],
                |row| row.get(0),
            )
            .doing("looking at the workspace")?;
        if priced {
            return Err(StoreError::refused(
                "targets and rates are given in the workspace's currency, so it stays as it is",
            ));
        }
    }
    to.update(Table::Workspace, 1, &cells)?;
    Ok(format!("workspace {}", workspace.name.trim()))
}

fn shape(workspace: &Workspace) -> Result<Vec<(&'static str, Value)>, StoreError> {
    let name = required("the workspace's name", &workspace.name, 120)?;
    let calendar = workspace.calendar(&Settings::default(), [])?;
    if !(1..=12).contains(&workspace.fiscal_year_start) {
        return Err(StoreError::refused(
            "the fiscal year starts in a month from 1 to 12",
        ));
    }
    if !(1..=7).contains(&workspace.week_start) {
        return Err(StoreError::refused(
            "the week starts on a day from 1 (Monday) to 7 (Sunday)",
        ));
    }
    Ok(vec![
        ("name", Value::Text(name.into())),
        ("currency", Value::Text(workspace.currency.code().into())),
        ("time_zone", Value::Text(calendar.zone_name().into())),
        (
            "fiscal_year_start",
            Value::Integer(i64::from(workspace.fiscal_year_start)),
        ),
        (
            "week_start",
            Value::Integer(i64::from(workspace.week_start)),
        ),
        (
            "as_of",
            workspace
                .as_of
                .map_or(Value::Null, |at| Value::Integer(at.0)),
        ),
    ])
}

fn flag(on: bool) -> Value {
    Value::Integer(i64::from(on))
}
