//! The columns of the queue and a handoff's cells in them: the clock in business hours, age, attempts, state. The text is foreign;
//! the table cleans it.

use crate::domain::book::Book;
use crate::domain::card::{HandoffLine, LeadLine};
use crate::domain::criteria::Truth;
use crate::domain::moment::Moment;
use crate::domain::verdict::Verdict;
use crate::facts::Facts;
use crate::facts::queue::{Met, Sla};
use crate::widgets::{Align, Column};

/// The company's place, before the criteria have theirs.
const COMPANY: usize = 3;

/// What the queue has a column for besides those that are always there.
pub(super) struct Extra<'a> {
    /// What the criteria say, once they are known.
    pub(super) met: Option<&'a Met>,
    /// Whether any lead of the workspace has a company.
    pub(super) companies: bool,
}

impl<'a> Extra<'a> {
    pub(super) fn of(met: Option<&'a Met>, facts: &Facts) -> Self {
        let companies = facts.leads.account.iter().any(|account| *account != 0);
        Self { met, companies }
    }

    /// Where the lead's name stands.
    pub(super) fn name(&self) -> usize {
        2 + usize::from(self.met.is_some())
    }
}

/// The columns; the least important go first when room is short.
pub(super) fn columns(extra: &Extra<'_>) -> Vec<Column> {
    let column = |title: &str, width, align, drop| Column {
        title: title.to_owned(),
        width,
        align,
        grows: matches!(title, "Lead" | "Company" | "State"),
        drop,
    };
    let mut all = vec![
        column("", 1, Align::Left, 0),
        column("SLA", 14, Align::Left, 0),
        column("Lead", 16, Align::Left, 0),
        column("Company", 12, Align::Left, 2),
        column("Source", 12, Align::Left, 4),
        column("Campaign", 16, Align::Left, 9),
        column("Rep", 14, Align::Left, 6),
        column("Age", 5, Align::Right, 8),
        column("Tries", 5, Align::Right, 5),
        column("State", 9, Align::Left, 1),
    ];
    if !extra.companies {
        all.remove(COMPANY);
    }
    if extra.met.is_some() {
        all.insert(2, column("Rules", 7, Align::Left, 3));
    }
    all
}

/// A line's cells.
pub(super) fn cells(
    line: &LeadLine,
    marked: bool,
    extra: &Extra<'_>,
    (book, now): (&Book, Moment),
) -> Vec<String> {
    let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
    let handoff = line.handoff.as_ref();
    let mut all = vec![
        if marked { "●" } else { "" }.to_owned(),
        handoff.map_or_else(String::new, |handoff| {
            clock((handoff, line.segment.as_deref()), book, now)
        }),
        line.name.clone(),
        or_blank(&line.account),
        line.source.clone().unwrap_or_else(|| "unknown".to_owned()),
        or_blank(&line.campaign),
        handoff
            .and_then(|handoff| handoff.owner.clone())
            .unwrap_or_else(|| "nobody".to_owned()),
        handoff.map_or_else(String::new, |handoff| span(now.since(handoff.at))),
        handoff.map_or_else(String::new, |handoff| handoff.attempts.to_string()),
        handoff.map_or_else(String::new, |handoff| state(handoff, now)),
    ];
    if !extra.companies {
        all.remove(COMPANY);
    }
    if let Some(met) = extra.met {
        let said = handoff.map(|handoff| met.of(handoff.id.0));
        all.insert(2, said.map_or("", judged).to_owned());
    }
    all
}

/// What the rules of the criteria say, in a word.
fn judged(said: Truth) -> &'static str {
    match said {
        Truth::Yes => "✓ met",
        Truth::No => "✗ unmet",
        Truth::Unknown => "unknown",
    }
}

/// Where the clock of a handoff stands; as `facts::queue` computes it for all rows, here for one line as it was read last.
pub(super) fn sla(
    (handoff, segment): (&HandoffLine, Option<&str>),
    book: &Book,
    now: Moment,
) -> Sla {
    let from = handoff.assigned.unwrap_or(handoff.at);
    let due = book.calendar.due(from, book.sla_minutes(segment));
    match handoff.first_attempt.filter(|at| *at <= now) {
        Some(first) if first <= due => Sla::Kept,
        Some(_) => Sla::Late,
        None if handoff.assigned.is_none() && handoff.owner.is_some() => Sla::Unclocked(due),
        None if handoff.assigned.is_none() => Sla::Unassigned(due),
        None if due <= now => Sla::Breached(due),
        None => Sla::Due(due),
    }
}

/// The clock in a few words.
fn clock(of: (&HandoffLine, Option<&str>), book: &Book, now: Moment) -> String {
    if of.0.verdict.is_some_and(|(_, at)| at <= now) {
        return match sla(of, book, now) {
            Sla::Kept => "in time".to_owned(),
            Sla::Late => "tried late".to_owned(),
            _ => "—".to_owned(),
        };
    }
    match sla(of, book, now) {
        Sla::Unassigned(_) => "nobody's".to_owned(),
        Sla::Unclocked(_) => "no clock".to_owned(),
        Sla::Due(by) => format!("due in {}", business(now, by, book)),
        Sla::Breached(by) => format!("! {} late", business(by, now, book)),
        Sla::Kept => "in time".to_owned(),
        Sla::Late => "tried late".to_owned(),
    }
}

/// Business hours between two moments, days where it is long: `1 h 40`, `12 d`.
pub(super) fn business(from: Moment, to: Moment, book: &Book) -> String {
    /// Beyond so many days hours do not matter, and counting them would cost.
    const LONG: i64 = 4 * 86_400;
    let all = to.since(from);
    if all > LONG {
        return span(all);
    }
    let minutes = book.calendar.business_seconds(from, to) / 60;
    if minutes < 60 {
        format!("{minutes} min")
    } else {
        format!("{} h {:02}", minutes / 60, minutes % 60)
    }
}

/// Seconds as `3 h` or `12 d`.
fn span(seconds: i64) -> String {
    let hours = seconds.max(0) / 3_600;
    if hours < 48 {
        format!("{hours} h")
    } else {
        format!("{} d", hours / 24)
    }
}

/// The verdict with what it says, else whether somebody has tried.
fn state(handoff: &HandoffLine, now: Moment) -> String {
    match handoff.verdict.filter(|(_, at)| *at <= now) {
        None if handoff.spoke.is_some() => "spoke".to_owned(),
        None if handoff.attempts > 0 => format!("tried {}×", handoff.attempts),
        None if handoff.number > 1 => "returned".to_owned(),
        None => "untouched".to_owned(),
        Some((Verdict::Rejected, _)) => {
            let reason = handoff.reason.as_ref().or(handoff.reason_text.as_ref());
            format!("✗ {}", reason.map_or("rejected", String::as_str))
        }
        Some((Verdict::Recycled, _)) => match handoff.recycle_on {
            Some(day) => format!("↺ {}", day.date().format("%m-%d")),
            None => "recycled".to_owned(),
        },
        Some((Verdict::Accepted, _)) => "accepted".to_owned(),
    }
}
