//! The small tables, read whole: workspace, settings, people, sources, reasons.

use rusqlite::{Connection, OptionalExtension};

use super::Store;
use super::error::{Doing, StoreError};
use crate::domain::book::{Book, Person, Reason, SavedFilter, Segment, Source, Stage};
use crate::domain::calendar::Calendar;
use crate::domain::ids::{PersonId, ReasonId, SourceId};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Currency;
use crate::domain::policy::{Side, SourceSide};
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::settings::Settings;
use crate::domain::workspace::Workspace;

impl Store {
    /// Workspace, settings, calendar, people, sources and reasons; [`StoreError::NotSetUp`] before `Init`.
    pub fn book(&self) -> Result<Book, StoreError> {
        let workspace = workspace(&self.conn)?.ok_or(StoreError::NotSetUp)?;
        let settings = settings(&self.conn)?;
        let calendar = workspace.calendar(&settings, holidays(&self.conn)?)?;
        Ok(Book {
            people: people(&self.conn)?,
            sources: sources(&self.conn)?,
            reasons: reasons(&self.conn)?,
            stages: stages(&self.conn)?,
            segments: segments(&self.conn)?,
            filters: filters(&self.conn)?,
            lists: super::review::lists(&self.conn)?,
            meetings: super::meeting::meetings(&self.conn)?,
            criteria: self.criteria()?,
            workspace,
            settings,
            calendar,
        })
    }

    /// Every holiday with its name, by day.
    pub fn holidays(&self) -> Result<Vec<(Day, String)>, StoreError> {
        let sql = "SELECT on_on, name FROM holiday ORDER BY on_on";
        rows(&self.conn, sql, |row| Ok((Day(row.get(0)?), row.get(1)?)))
    }

    /// Whether the workspace has been set up.
    pub fn is_set_up(&self) -> Result<bool, StoreError> {
        workspace(&self.conn).map(|w| w.is_some())
    }
}

pub(crate) fn workspace(conn: &Connection) -> Result<Option<Workspace>, StoreError> {
    let row = conn
        .query_row(
            "SELECT name, currency, time_zone, fiscal_year_start, week_start, as_of FROM workspace",
            [],
            |row| {
                Ok((
                    row.get::<_, String>(1)?,
                    Workspace {
                        name: row.get(0)?,
                        currency: Currency::EUR,
                        time_zone: row.get(2)?,
                        fiscal_year_start: row.get(3)?,
                        week_start: row.get(4)?,
                        as_of: row.get::<_, Option<i64>>(5)?.map(Moment),
                    },
                ))
            },
        )
        .optional()
        .doing("reading the workspace")?;
    row.map(|(code, workspace)| {
        Ok(Workspace {
            currency: Currency::parse(&code)?,
            ..workspace
        })
    })
    .transpose()
}

/// The agreed numbers; what is unknown to this version or out of its limits is left at the default.
/// The workspace's calendar; `None` before there is a workspace.
pub(crate) fn calendar(conn: &Connection) -> Result<Option<Calendar>, StoreError> {
    let Some(workspace) = workspace(conn)? else {
        return Ok(None);
    };
    let calendar = workspace.calendar(&settings(conn)?, holidays(conn)?)?;
    Ok(Some(calendar))
}

pub(crate) fn settings(conn: &Connection) -> Result<Settings, StoreError> {
    let doing = "reading the settings";
    let mut settings = Settings::default();
    let mut stmt = conn
        .prepare("SELECT key, value FROM setting")
        .doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let (key, value): (String, i64) = row.try_into().doing(doing)?;
        // `doctor` reports what does not fit.
        let _ = settings.set(&key, value);
    }
    Ok(settings)
}

pub(crate) fn segments(conn: &Connection) -> Result<Vec<Segment>, StoreError> {
    let sql = "SELECT name, sla_minutes FROM segment ORDER BY name";
    rows(conn, sql, |row| {
        Ok(Segment {
            name: row.get(0)?,
            sla_minutes: row.get(1)?,
        })
    })
}

pub(crate) fn holidays(conn: &Connection) -> Result<Vec<Day>, StoreError> {
    rows(conn, "SELECT on_on FROM holiday", |row| {
        Ok(Day(row.get(0)?))
    })
}

pub(crate) fn people(conn: &Connection) -> Result<Vec<Person>, StoreError> {
    let sql = "SELECT id, handle, name, side FROM person WHERE active = 1 ORDER BY name, id";
    rows(conn, sql, |row| {
        Ok(Person {
            id: PersonId(row.get(0)?),
            handle: row.get(1)?,
            name: row.get(2)?,
            side: Side::parse(&row.get::<_, String>(3)?).unwrap_or(Side::Sales),
        })
    })
}

fn sources(conn: &Connection) -> Result<Vec<Source>, StoreError> {
    let sql = "SELECT id, name, side, free FROM source ORDER BY name, id";
    rows(conn, sql, |row| {
        Ok(Source {
            id: SourceId(row.get(0)?),
            name: row.get(1)?,
            side: SourceSide::parse(&row.get::<_, String>(2)?).unwrap_or(SourceSide::Unknown),
            free: row.get(3)?,
        })
    })
}

pub(crate) fn reasons(conn: &Connection) -> Result<Vec<Reason>, StoreError> {
    let sql = "SELECT id, code, label, class, objective, needs_attempts, needs_note, acts, criteria_field, retired,
               successor_id FROM reason ORDER BY id";
    rows(conn, sql, |row| {
        Ok(Reason {
            id: ReasonId(row.get(0)?),
            code: row.get(1)?,
            label: row.get(2)?,
            class: ReasonClass::parse(&row.get::<_, String>(3)?).unwrap_or(ReasonClass::Other),
            objective: row.get(4)?,
            asks: asks(row.get(4)?, row.get(5)?, row.get(6)?),
            acts: Side::parse(&row.get::<_, String>(7)?).unwrap_or(Side::Marketing),
            field: row.get(8)?,
            retired: row.get(9)?,
            successor: row.get::<_, Option<i64>>(10)?.map(ReasonId),
        })
    })
}

/// What a reason asks for, from the three marks that the file keeps.
fn asks(objective: bool, attempts: bool, note: bool) -> Asks {
    match (objective, attempts, note) {
        (_, _, true) => Asks::Note,
        (true, ..) => Asks::Nothing,
        (_, true, _) => Asks::Attempts,
        _ => Asks::Conversation,
    }
}

pub(crate) fn stages(conn: &Connection) -> Result<Vec<Stage>, StoreError> {
    let sql = "SELECT name, position, retired FROM stage ORDER BY position, id";
    rows(conn, sql, |row| {
        Ok(Stage {
            name: row.get(0)?,
            position: row.get(1)?,
            retired: row.get(2)?,
        })
    })
}

fn filters(conn: &Connection) -> Result<Vec<SavedFilter>, StoreError> {
    rows(
        conn,
        "SELECT name, text FROM saved_filter ORDER BY name",
        |row| {
            Ok(SavedFilter {
                name: row.get(0)?,
                text: row.get(1)?,
            })
        },
    )
}

/// Every row of a query.
pub(crate) fn rows<T>(
    conn: &Connection,
    sql: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let doing = "reading the workspace";
    let mut stmt = conn.prepare_cached(sql).doing(doing)?;
    let found = stmt.query_map([], read).doing(doing)?;
    found.collect::<Result<_, _>>().doing(doing)
}
