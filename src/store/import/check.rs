//! What makes a record impossible to take: moments outside the history's range, verdicts without their reason. Writes nothing.

use super::names::Names;
use super::state::Stop;
use crate::domain::import::{LeadRecord, OpportunityRecord, Refusal, VerdictRecord};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::Verdict;
use crate::facts::column::LATEST;

/// A refusal; the loop adds the line.
pub(super) fn refuse(column: &str, value: impl std::fmt::Display, why: impl Into<String>) -> Stop {
    Stop::Refused(Refusal {
        line: 0,
        column: Some(column.to_owned()),
        value: Some(value.to_string()),
        why: why.into(),
    })
}

/// A moment between 1970 and 2106.
pub(super) fn moment(column: &str, at: Moment) -> Result<(), Stop> {
    if (0..=LATEST.0).contains(&at.0) {
        return Ok(());
    }
    Err(refuse(
        column,
        at,
        "dates from 1970 to 2106 can be kept; mend the date",
    ))
}

/// The same, where there is one.
pub(super) fn maybe(column: &str, at: Option<Moment>) -> Result<(), Stop> {
    at.map_or(Ok(()), |at| moment(column, at))
}

/// A day between 1970 and 2106.
pub(super) fn day(column: &str, day: Option<Day>) -> Result<(), Stop> {
    match day {
        Some(day) if !(0..=49_709).contains(&day.0) => Err(refuse(
            column,
            day,
            "dates from 1970 to 2106 can be kept; mend the date",
        )),
        _ => Ok(()),
    }
}

pub(super) fn lead(record: &LeadRecord, names: &Names) -> Result<(), Stop> {
    moment("created", record.created)?;
    maybe("mql", record.mql)?;
    day("cost day", record.cost.map(|(_, day)| day))?;
    if let Some(handoff) = &record.handoff {
        moment("handed off", handoff.at)?;
        maybe("assigned", handoff.assigned)?;
        if let Some(verdict) = &handoff.verdict {
            check_verdict(verdict, names)?;
        }
    }
    Ok(())
}

fn check_verdict(verdict: &VerdictRecord, names: &Names) -> Result<(), Stop> {
    moment("verdict", verdict.at)?;
    day("recycle date", verdict.recycle_on)?;
    match verdict.verdict {
        Verdict::Accepted => Ok(()),
        Verdict::Recycled if verdict.recycle_on.is_some() => Ok(()),
        Verdict::Recycled => Err(refuse(
            "recycle date",
            "",
            "a recycled lead needs the date on which it comes back",
        )),
        Verdict::Rejected => {
            let code = verdict.reason.as_deref().unwrap_or("");
            let Some(reason) = names.reasons.get(code) else {
                return Err(refuse("reason", code, unknown_reason(code, names)));
            };
            if reason.needs_note && verdict.note.is_none() && verdict.reason_text.is_none() {
                return Err(refuse(
                    "note",
                    "",
                    format!("a rejection for '{code}' needs a note that says what it was"),
                ));
            }
            Ok(())
        }
    }
}

fn unknown_reason(code: &str, names: &Names) -> String {
    let mut known: Vec<&str> = names.reasons.keys().map(String::as_str).collect();
    known.sort_unstable();
    let known = known.join(", ");
    if code.is_empty() {
        format!("a rejection needs a reason (known: {known})")
    } else {
        format!("no reason of the catalogue; map it to one of: {known}")
    }
}

pub(super) fn deal(record: &OpportunityRecord, names: &Names) -> Result<(), Stop> {
    moment("created", record.created)?;
    day("close date", record.close_on)?;
    maybe("conversation", record.conversation)?;
    maybe("qualified", record.qualified)?;
    maybe("closed", record.closed.map(|(_, at)| at))?;
    maybe("last activity", record.last_activity)?;
    if let Some(code) = record.lost_reason.as_deref()
        && !names.reasons.contains_key(code)
    {
        return Err(refuse("lost reason", code, unknown_reason(code, names)));
    }
    Ok(())
}
