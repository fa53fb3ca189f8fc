//! Marketing's touches and sales' attempts of leads that are here.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::super::export::MADE_HERE;
use super::super::recorder::text;
use super::super::table::Table;
use super::finder::system;
use super::merge::{self, Reach, merge};
use super::state::{Fate, State, Stop};
use super::{bulk, check};
use crate::domain::gate::evidence_of_rejection;
use crate::domain::import::{AttemptRecord, Key, TouchRecord};
use crate::domain::moment::Moment;
use crate::domain::reason::Asks;
use crate::domain::tries::Tries;
use crate::domain::verdict::{AttemptOutcome, Channel, Evidence};

fn lead_of(conn: &Connection, state: &mut State, key: &Key) -> Result<i64, Stop> {
    let found = state.finder.lead_of(conn, key)?;
    found.ok_or_else(|| {
        check::refuse(
            "lead",
            shown(key),
            "no lead here has this id, e-mail or phone; import the leads first",
        )
    })
}

/// What a key is called in messages.
pub(super) fn shown(key: &Key) -> String {
    [&key.external_id, &key.email, &key.phone]
        .into_iter()
        .find_map(Clone::clone)
        .unwrap_or_default()
}

pub(super) fn take_touch(
    conn: &Connection,
    state: &mut State,
    line: u64,
    record: &TouchRecord,
) -> Result<Fate, Stop> {
    check::moment("at", record.at)?;
    let lead = lead_of(conn, state, &record.lead)?;
    let (names, ids) = (&mut state.names, &mut state.ids);
    let campaign = names.id(conn, ids, Table::Campaign, record.campaign.as_ref())?;
    let doing = "adding a touch";
    let external = record.key.external_id.as_deref();
    let known: Option<i64> = match external {
        Some(external) => conn
            .prepare_cached("SELECT id FROM touch WHERE external_id = ?1 AND source_system = ?2")
            .doing(doing)?
            .query_row([external, system(&record.key)], |row| row.get(0))
            .optional(),
        None => conn
            .prepare_cached(
                "SELECT id FROM touch WHERE lead_id = ?1 AND at = ?2 AND kind = ?3 LIMIT 1",
            )
            .doing(doing)?
            .query_row(params![lead, record.at.0, &*record.kind], |row| row.get(0))
            .optional(),
    }
    .doing(doing)?;
    if let Some(id) = known {
        let cells = vec![
            ("at", Value::Integer(record.at.0)),
            ("kind", text(Some(&record.kind))),
            ("campaign_id", campaign.map_or(Value::Null, Value::Integer)),
            ("note", text(record.note.as_deref())),
        ];
        return Ok(merge(
            conn,
            state,
            line,
            (Table::Touch, id),
            cells,
            Reach::Replace,
        )?);
    }
    let id = state.ids.take(Table::Touch);
    conn.prepare_cached(
        "INSERT INTO touch (id, lead_id, at, kind, campaign_id, note, source_system, external_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )
    .doing(doing)?
    .execute(params![
        id,
        lead,
        record.at.0,
        &*record.kind,
        campaign,
        record.note,
        external.map(|_| system(&record.key)),
        external
    ])
    .doing(doing)?;
    Ok(Fate::Added)
}

pub(super) fn take_attempt(
    conn: &Connection,
    state: &mut State,
    line: u64,
    record: &AttemptRecord,
) -> Result<Fate, Stop> {
    check::moment("at", record.at)?;
    if let Some(minutes) = record.minutes.filter(|m| !(0..=1_440).contains(m)) {
        return Err(check::refuse(
            "minutes",
            minutes,
            "an attempt takes 0 to 1440 minutes",
        ));
    }
    let lead = lead_of(conn, state, &record.lead)?;
    bulk::need(conn, state, Table::Handoff)?;
    let handoff = open_then(conn, lead, record.at.0)?.ok_or_else(|| {
        check::refuse(
            "lead",
            shown(&record.lead),
            "this lead was never handed to sales, so there is nothing to attempt",
        )
    })?;
    let (names, ids) = (&mut state.names, &mut state.ids);
    let by = names.id(conn, ids, Table::Person, record.by.as_ref())?;
    let doing = "adding an attempt";
    let external = record.key.external_id.as_deref();
    let known: Option<i64> = match external {
        // One that was made here has no key but its number; another workspace's numbers mean other attempts.
        Some(external) => conn
            .prepare_cached(
                "SELECT id FROM attempt WHERE (external_id = ?1 AND source_system = ?2)
                 OR (?2 = ?5 AND id = ?1 AND handoff_id = ?3 AND at = ?4 AND external_id IS NULL)",
            )
            .doing(doing)?
            .query_row(
                params![
                    external,
                    system(&record.key),
                    handoff,
                    record.at.0,
                    MADE_HERE
                ],
                |row| row.get(0),
            )
            .optional()
            .doing(doing)?,
        None => same_attempt(conn, state, handoff, record)?,
    };
    if let Some(id) = known {
        let cells = vec![
            ("at", Value::Integer(record.at.0)),
            ("channel", text(Some(record.channel.word()))),
            ("outcome", text(Some(record.outcome.word()))),
            (
                "minutes",
                record.minutes.map_or(Value::Null, Value::Integer),
            ),
            ("person_id", by.map_or(Value::Null, Value::Integer)),
            ("note", text(record.note.as_deref())),
        ];
        let fate = merge(
            conn,
            state,
            line,
            (Table::Attempt, id),
            cells,
            Reach::Replace,
        )?;
        if fate == Fate::Updated {
            state.tried.push(handoff);
        }
        return Ok(fate);
    }
    state.keeper = None;
    let id = state.ids.take(Table::Attempt);
    conn.prepare_cached(
        "INSERT INTO attempt (id, handoff_id, at, channel, outcome, minutes, person_id, note, source_system, external_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .doing(doing)?
    .execute(params![
        id,
        handoff,
        record.at.0,
        record.channel.word(),
        record.outcome.word(),
        record.minutes,
        by,
        record.note,
        external.map(|_| system(&record.key)),
        external
    ])
    .doing(doing)?;
    if external.is_none() {
        state.attempts_told.insert(id);
    }
    state.tried.push(handoff);
    Ok(Fate::Added)
}

/// The attempt that a row without an id tells of: one of that moment by that way that no other row of this file is, rather one
/// that ended so. With a time of day, rows that say the same are the same attempt; where only days are told, each is one of its own.
fn same_attempt(
    conn: &Connection,
    state: &mut State,
    handoff: i64,
    record: &AttemptRecord,
) -> Result<Option<i64>, StoreError> {
    let doing = "looking up an attempt";
    let timed = state.calendar.start_of(state.calendar.day_of(record.at)) != record.at;
    let mut stmt = conn
        .prepare_cached(
            "SELECT id, outcome = ?4 FROM attempt
             WHERE handoff_id = ?1 AND at = ?2 AND channel = ?3 AND external_id IS NULL ORDER BY outcome <> ?4, id",
        )
        .doing(doing)?;
    let of = params![
        handoff,
        record.at.0,
        record.channel.word(),
        record.outcome.word()
    ];
    let mut rows = stmt.query(of).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let (id, alike): (i64, bool) = (row.get(0).doing(doing)?, row.get(1).doing(doing)?);
        if state.attempts_told.insert(id) || (timed && alike) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The handoff that was open at that moment: the newest before it, else the first.
fn open_then(conn: &Connection, lead: i64, at: i64) -> Result<Option<i64>, StoreError> {
    let doing = "looking up a handoff";
    let mut stmt = conn
        .prepare_cached(
            "SELECT id, handed_off_at FROM handoff WHERE lead_id = ?1 ORDER BY number DESC",
        )
        .doing(doing)?;
    let mut rows = stmt.query([lead]).doing(doing)?;
    let mut first = None;
    while let Some(row) = rows.next().doing(doing)? {
        first = Some(row.get(0).doing(doing)?);
        if row.get::<_, i64>(1).doing(doing)? <= at {
            break;
        }
    }
    Ok(first)
}

/// Imported rejections for which the file shows nothing may stand on attempts that are known here, before or since.
pub(super) fn settle_evidence(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    let agreed = u32::try_from(state.min_attempts).unwrap_or(u32::MAX);
    let mut brought = std::mem::take(&mut state.unproven);
    brought.sort_unstable();
    let mut handoffs = std::mem::take(&mut state.tried);
    handoffs.extend(&brought);
    handoffs.sort_unstable();
    handoffs.dedup();
    for id in handoffs {
        if merge::set_by_person(state, Table::Handoff, id, "evidence") {
            continue;
        }
        let evidence = match tries(conn, id, state.merge_minutes)? {
            // What anybody can check was known for its own proof when it came.
            Some((spoke, n)) => evidence_of_rejection(spoke, n, agreed, Asks::Attempts),
            None => continue,
        };
        if evidence == Evidence::None {
            state.report.unverified += u64::from(brought.binary_search(&id).is_ok());
            continue;
        }
        let change = (
            ("evidence", text(Some(Evidence::None.word()))),
            ("evidence", text(Some(evidence.word()))),
        );
        merge::write(conn, state, (Table::Handoff, id), vec![change])?;
    }
    Ok(())
}

/// Whether somebody spoke with the lead before its rejection, and how often it was tried; `None` where the handoff was not
/// rejected, or on other evidence.
fn tries(
    conn: &Connection,
    handoff: i64,
    merge_minutes: i64,
) -> Result<Option<(bool, u32)>, StoreError> {
    let doing = "settling the evidence";
    let open: bool = conn
        .prepare_cached("SELECT verdict = 'rejected' AND evidence = 'none' FROM handoff WHERE id = ?1 AND verdict IS NOT NULL")
        .doing(doing)?
        .query_row([handoff], |row| row.get(0))
        .optional()
        .doing(doing)?
        .unwrap_or(false);
    if !open {
        return Ok(None);
    }
    let mut stmt = conn
        .prepare_cached(
            "SELECT a.at, a.channel, a.outcome FROM handoff h JOIN attempt a ON a.handoff_id = h.id AND a.at <= h.verdict_at
             WHERE h.id = ?1 ORDER BY a.at, a.id",
        )
        .doing(doing)?;
    let mut rows = stmt.query([handoff]).doing(doing)?;
    let (mut spoke, mut tries) = (false, Tries::default());
    while let Some(row) = rows.next().doing(doing)? {
        let word = |column| row.get_ref(column).ok().and_then(|v| v.as_str().ok());
        let channel = word(1).and_then(Channel::parse).unwrap_or(Channel::Call);
        tries.add(Moment(row.get(0).doing(doing)?), channel, merge_minutes);
        let outcome = word(2).and_then(AttemptOutcome::parse);
        spoke |= outcome.is_some_and(AttemptOutcome::is_conversation);
    }
    Ok(Some((spoke, tries.count)))
}
