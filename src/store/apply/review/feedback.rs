//! Clusters of rejections and what becomes of them: rows for what `domain::review::feedback` allows.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::super::super::error::{Doing, StoreError};
use super::super::super::pages::word;
use super::super::super::recorder::{Cell, Recorder, text};
use super::super::super::table::Table;
use super::super::standing::{self, Room, number, unknown};
use super::said;
use crate::domain::refused::{Refused, note};
use crate::domain::review::feedback::{Cluster, Deeds, FeedbackState, Rate, Shared};
use crate::text::clean;

/// The columns of what a cluster shares.
const SHARED: [&str; 5] = [
    "reason_id",
    "source_id",
    "campaign_id",
    "segment_id",
    "rep_id",
];

/// A cluster as a command finds it.
struct Found {
    /// Its row; `None`: nobody has raised it, or it was checked and can be raised again.
    id: Option<i64>,
    state: Option<FeedbackState>,
    /// Ids of what it shares, in the order of [`SHARED`].
    shared: [Option<i64>; 5],
}

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    cluster: &Cluster,
    deed: &Deeds,
) -> Result<String, StoreError> {
    let mut found = match cluster {
        Cluster::Kept(id) => kept(to, id.0)?,
        Cluster::Of(shared) => {
            let ids = ids(to, room, shared)?;
            open(to, ids)?
        }
    };
    if matches!(deed, Deeds::Raise { .. }) && found.state == Some(FeedbackState::Checked) {
        found = open(to, found.shared)?;
    }
    let name = name(to, &found)?;
    deed.from(found.state, &clean(&name))?;
    let (now, me) = (Value::Integer(room.now.0), number(to.signer.person_id));
    let state = |state: FeedbackState| ("state", Value::Text(state.word().into()));
    let noted = [
        ("acknowledged_at", now.clone()),
        ("acknowledged_by", me.clone()),
    ];
    match deed {
        Deeds::Raise { note: given } => {
            let given = note(given.as_deref())?;
            let cells = given.map(|given| ("note", text(Some(given))));
            write(to, room, &found, cells.into_iter().collect())?;
            Ok(format!("raise {name}"))
        }
        Deeds::Acknowledge => {
            let mut cells = vec![state(FeedbackState::Acknowledged)];
            cells.extend(noted);
            write(to, room, &found, cells)?;
            Ok(format!("acknowledge {name}"))
        }
        Deeds::Act {
            act,
            text: words,
            rate,
        } => {
            let words = said("what was changed", words)?;
            rate.sensible()?;
            let mut cells = vec![state(FeedbackState::Acted)];
            if found.state != Some(FeedbackState::Acknowledged) {
                cells.extend(noted);
            }
            cells.extend([
                ("acted_at", now),
                ("acted_by", me),
                ("act", Value::Text(act.word().into())),
                ("act_text", Value::Text(words.into())),
            ]);
            cells.extend(seen(("then_hits", "then_n"), *rate));
            write(to, room, &found, cells)?;
            Ok(format!("act on {name}: {}, {words}", act.label()))
        }
        Deeds::Check { rate } => {
            rate.sensible()?;
            let mut cells = vec![state(FeedbackState::Checked)];
            cells.extend([("checked_at", now), ("checked_by", me)]);
            cells.extend(seen(("now_hits", "now_n"), *rate));
            write(to, room, &found, cells)?;
            Ok(format!("check {name}: {} of {} now", rate.hits, rate.n))
        }
    }
}

fn seen((hits, n): (&'static str, &'static str), rate: Rate) -> [Cell<'static>; 2] {
    [
        (hits, Value::Integer(rate.hits)),
        (n, Value::Integer(rate.n)),
    ]
}

/// Changes the cluster's row, or makes it.
fn write(
    to: &mut Recorder<'_>,
    room: &Room,
    found: &Found,
    cells: Vec<Cell<'static>>,
) -> Result<(), StoreError> {
    if let Some(id) = found.id {
        to.update(Table::Feedback, id, &cells)?;
        return Ok(());
    }
    let mut all: Vec<Cell<'static>> = SHARED.into_iter().zip(found.shared.map(number)).collect();
    all.push(("raised_at", Value::Integer(room.now.0)));
    all.push(("raised_by", number(to.signer.person_id)));
    if !cells.iter().any(|(column, _)| *column == "state") {
        all.push(("state", Value::Text(FeedbackState::New.word().into())));
    }
    all.extend(cells);
    to.insert(Table::Feedback, &all)?;
    Ok(())
}

const COLUMNS: &str =
    "SELECT id, state, reason_id, source_id, campaign_id, segment_id, rep_id FROM feedback";

fn read(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        id: row.get(0)?,
        state: word(row, 1, FeedbackState::parse)?,
        shared: [
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            row.get(6)?,
        ],
    })
}

fn kept(to: &Recorder<'_>, id: i64) -> Result<Found, StoreError> {
    let doing = "looking up the feedback";
    let found = to
        .conn
        .prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))
        .doing(doing)?
        .query_row([id], read)
        .optional()
        .doing(doing)?;
    let what = "feedback";
    Ok(found.ok_or(Refused::Gone { what, id })?)
}

/// The open one of these ids.
fn open(to: &Recorder<'_>, shared: [Option<i64>; 5]) -> Result<Found, StoreError> {
    let doing = "looking up the feedback";
    let same: Vec<String> = SHARED
        .iter()
        .zip(1..)
        .map(|(column, place)| format!("{column} IS ?{place}"))
        .collect();
    let sql = format!(
        "{COLUMNS} WHERE {} AND state <> 'checked'",
        same.join(" AND ")
    );
    let found = to
        .conn
        .prepare_cached(&sql)
        .doing(doing)?
        .query_row(params_from_iter(shared), read)
        .optional()
        .doing(doing)?;
    Ok(found.unwrap_or(Found {
        id: None,
        state: None,
        shared,
    }))
}

/// The ids behind the names.
fn ids(to: &Recorder<'_>, room: &Room, shared: &Shared) -> Result<[Option<i64>; 5], StoreError> {
    let reason = match shared.reason.as_deref().map(str::trim) {
        None => None,
        Some(code) => {
            let found = room.reasons.iter().find(|reason| reason.code == code);
            let known = || {
                room.reasons
                    .iter()
                    .map(|r| r.code.as_str())
                    .collect::<Vec<_>>()
            };
            Some(found.ok_or_else(|| unknown("reason", code, &known()))?.id.0)
        }
    };
    let rep = match &shared.rep {
        None => None,
        Some(handle) => Some(standing::person(to, handle)?.0),
    };
    let ids = [
        reason,
        named(to, Table::Source, shared.source.as_deref())?,
        named(to, Table::Campaign, shared.campaign.as_deref())?,
        named(to, Table::Segment, shared.segment.as_deref())?,
        rep,
    ];
    if ids.iter().all(Option::is_none) {
        let why = "a cluster shares something: name a reason, source, campaign, segment or rep";
        return Err(Refused::Feedback(why.into()).into());
    }
    Ok(ids)
}

fn named(to: &Recorder<'_>, table: Table, name: Option<&str>) -> Result<Option<i64>, StoreError> {
    let Some(name) = name.map(str::trim) else {
        return Ok(None);
    };
    let found = super::super::find(to, table, "name", &Value::Text(name.into()))?;
    if found.is_some() {
        return Ok(found);
    }
    let sql = format!("SELECT name FROM {} ORDER BY name", table.word());
    let known = super::super::super::book::rows(to.conn, &sql, |row| row.get::<_, String>(0))?;
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    Err(unknown(table.label(), name, &known).into())
}

/// What the cluster is called.
fn name(to: &Recorder<'_>, found: &Found) -> Result<String, StoreError> {
    let doing = "looking up the feedback";
    let names: [Option<String>; 5] = to
        .conn
        .prepare_cached(
            "SELECT (SELECT label FROM reason WHERE id = ?1), (SELECT name FROM source WHERE id = ?2),
                    (SELECT name FROM campaign WHERE id = ?3), (SELECT name FROM segment WHERE id = ?4),
                    (SELECT name FROM person WHERE id = ?5)",
        )
        .doing(doing)?
        .query_row(params_from_iter(found.shared), |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
        })
        .doing(doing)?;
    let names: Vec<String> = names.into_iter().flatten().collect();
    Ok(names.join(" · "))
}
