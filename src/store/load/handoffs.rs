//! One row per handoff, its attempts added up: the first, the first conversation, how many, how many minutes.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows};

use super::super::error::{Doing, StoreError};
use super::leads::moment;
use super::{Clocks, Reporter};
use crate::domain::moment::Moment;
use crate::domain::settings::Settings;
use crate::domain::tries::Tries;
use crate::domain::verdict::{AttemptOutcome, Channel, Evidence, Verdict};
use crate::facts::Facts;
use crate::facts::handoffs::HandoffRow;

const COLUMNS: &str = "SELECT id, lead_id, number, handed_off_at, assigned_at, owner_id, verdict, verdict_at, reason_id,
    evidence FROM handoff";
const ATTEMPTS: &str = "SELECT handoff_id, at, channel, outcome, minutes FROM attempt";

pub(super) fn load(
    conn: &Connection,
    settings: &Settings,
    facts: &mut Facts,
    reporter: &mut Reporter<'_>,
) -> Result<(), StoreError> {
    let doing = "reading the handoffs";
    let sql = format!("{COLUMNS} ORDER BY id");
    let mut stmt = conn.prepare_cached(&sql).doing(doing)?;
    // The plus keeps the index out: one sort is far cheaper than a look-up for each attempt.
    let sql = format!("{ATTEMPTS} ORDER BY +handoff_id, at, id");
    let mut attempts = conn.prepare_cached(&sql).doing(doing)?;
    let mut attempts = Attempts::new(attempts.query([]).doing(doing)?)?;
    let mut rows = stmt.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let mut handoff = read(row, facts).doing(doing)?;
        attempts.add_to(&mut handoff, settings)?;
        facts.handoffs.push(handoff);
        reporter.row();
    }
    Ok(())
}

pub(super) fn reread(
    conn: &Connection,
    settings: &Settings,
    facts: &mut Facts,
    ids: &[i64],
    clocks: Clocks,
) -> Result<(), StoreError> {
    let doing = "reading the handoffs";
    let sql = format!("{COLUMNS} WHERE id = ?1");
    let mut stmt = conn.prepare_cached(&sql).doing(doing)?;
    let sql = format!("{ATTEMPTS} WHERE handoff_id = ?1 ORDER BY at, id");
    let mut attempts = conn.prepare_cached(&sql).doing(doing)?;
    for id in ids {
        let mut handoff = stmt.query_row([id], |row| read(row, facts)).doing(doing)?;
        Attempts::new(attempts.query([id]).doing(doing)?)?.add_to(&mut handoff, settings)?;
        match clocks {
            Clocks::Follow => facts.handoffs.put(handoff),
            Clocks::Later => _ = facts.handoffs.place(handoff),
        }
    }
    Ok(())
}

fn read(row: &Row<'_>, facts: &Facts) -> rusqlite::Result<HandoffRow> {
    let word = |column| {
        row.get_ref(column).map(|value| match value {
            ValueRef::Text(word) => std::str::from_utf8(word).unwrap_or(""),
            _ => "",
        })
    };
    let lead: i64 = row.get(1)?;
    Ok(HandoffRow {
        id: row.get(0)?,
        lead: lead_row(facts, lead),
        number: row.get::<_, i64>(2)?.clamp(1, i64::from(u16::MAX)) as u16,
        handed_off: Moment(row.get(3)?),
        assigned: moment(row, 4)?,
        rep: facts.names.people.code(row.get(5)?),
        first_attempt: Moment::NEVER,
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: 0,
        minutes_logged: 0,
        minutes_assumed: 0,
        verdict: Verdict::parse(word(6)?),
        verdict_at: moment(row, 7)?,
        reason: facts.names.reasons.code(row.get(8)?),
        evidence: Evidence::parse(word(9)?).unwrap_or(Evidence::None),
    })
}

/// The row number of a lead.
pub(super) fn lead_row(facts: &Facts, id: i64) -> u32 {
    facts.leads.row_or_none(Some(id))
}

/// Attempts in the order of their handoffs, one read ahead.
struct Attempts<'s> {
    rows: Rows<'s>,
    next: Option<Attempt>,
}

#[derive(Clone, Copy)]
struct Attempt {
    handoff: i64,
    at: Moment,
    channel: Channel,
    outcome: AttemptOutcome,
    minutes: Option<i64>,
}

impl<'s> Attempts<'s> {
    fn new(rows: Rows<'s>) -> Result<Attempts<'s>, StoreError> {
        let mut attempts = Attempts { rows, next: None };
        attempts.step()?;
        Ok(attempts)
    }

    fn step(&mut self) -> Result<(), StoreError> {
        let doing = "reading the attempts";
        self.next = match self.rows.next().doing(doing)? {
            Some(row) => Some(attempt(row).doing(doing)?),
            None => None,
        };
        Ok(())
    }

    /// Adds up what belongs to the handoff, up to its verdict. Tries on several channels within the agreed minutes count as one.
    fn add_to(&mut self, handoff: &mut HandoffRow, settings: &Settings) -> Result<(), StoreError> {
        let mut tries = Tries::default();
        while let Some(attempt) = self.next {
            if attempt.handoff > handoff.id {
                break;
            }
            let counts = handoff.verdict_at == Moment::NEVER || attempt.at <= handoff.verdict_at;
            if attempt.handoff == handoff.id {
                note_first(handoff, attempt);
            }
            if attempt.handoff == handoff.id && counts {
                tries.add(attempt.at, attempt.channel, settings.merge_minutes);
                add_minutes(handoff, attempt, settings);
            }
            self.step()?;
        }
        handoff.attempts = u16::try_from(tries.count).unwrap_or(u16::MAX);
        Ok(())
    }
}

fn note_first(handoff: &mut HandoffRow, attempt: Attempt) {
    let first = |slot: &mut Moment| {
        if *slot == Moment::NEVER {
            *slot = attempt.at;
        }
    };
    first(&mut handoff.first_attempt);
    if attempt.outcome.is_conversation() {
        first(&mut handoff.first_connected);
    }
    if attempt.outcome == AttemptOutcome::MeetingHeld {
        first(&mut handoff.first_meeting);
    }
}

fn add_minutes(handoff: &mut HandoffRow, attempt: Attempt, settings: &Settings) {
    let minutes = |n: i64| u32::try_from(n).unwrap_or(0);
    if let Some(logged) = attempt.minutes {
        handoff.minutes_logged = handoff.minutes_logged.saturating_add(minutes(logged));
        return;
    }
    let usual = match attempt.channel {
        Channel::Call => settings.minutes_call,
        Channel::Email => settings.minutes_email,
        Channel::Meeting => settings.minutes_meeting,
        Channel::Message => settings.minutes_message,
        Channel::Visit => settings.minutes_visit,
    };
    handoff.minutes_assumed = handoff.minutes_assumed.saturating_add(minutes(usual));
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    Ok(Attempt {
        handoff: row.get(0)?,
        at: Moment(row.get(1)?),
        channel: Channel::parse(row.get_ref(2)?.as_str()?).unwrap_or(Channel::Call),
        outcome: AttemptOutcome::parse(row.get_ref(3)?.as_str()?).unwrap_or(AttemptOutcome::Sent),
        minutes: row.get(4)?,
    })
}
