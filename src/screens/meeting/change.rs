//! What changed since a snapshot, in words: the pipeline step by step, and the numbers that differ. Computes none of them.

use crate::domain::meeting::line::Meeting;
use crate::domain::meeting::snapshot::Part;
use crate::metrics::meeting::{Kept, Since};
use crate::screens::figures::{self, Room};
use crate::screens::labels;
use crate::screens::model::Model;
use crate::widgets::Paragraph;

/// Most numbers that are named.
const MOST: usize = 12;

/// The open qualified pipeline then, what happened to it, and now; balances to the minor unit.
pub(super) fn pipeline(since: &Since, model: &Model) -> String {
    let currency = model.facts().rates.home();
    let money = |minor: Option<i64>| figures::sum(minor, currency, Room::Wide);
    let fall = &since.waterfall;
    let steps = fall.steps.iter().filter(|step| step.amount != Some(0));
    let steps: Vec<String> = steps
        .map(|step| {
            let sign = if step.amount > Some(0) { "+" } else { "" };
            format!("{} {sign}{}", step.change.label(), money(step.amount))
        })
        .collect();
    let told = if steps.is_empty() {
        format!("{}, unchanged", money(fall.end))
    } else {
        let steps = steps.join(", ");
        format!("{} → {}: {steps}", money(fall.start), money(fall.end))
    };
    let period = figures::period(&model.history().scope.period);
    format!("pipeline {told} (open, qualified, closing in {period})")
}

/// The numbers that differ between the end of the meeting before and the end of this one, else between its own start and end.
pub(super) fn numbers(meeting: &Meeting, model: &Model) -> Vec<Paragraph> {
    let before = model.book().meetings.before(meeting.id);
    let before = before.and_then(|before| kept(before, Part::End));
    let since = if before.is_some() {
        "the last meeting"
    } else {
        "the start"
    };
    let from = before.or_else(|| kept(meeting, Part::Start));
    let to = kept(meeting, Part::End).or_else(|| kept(meeting, Part::Start));
    let (Some(from), Some(to)) = (from, to) else {
        return Vec::new();
    };
    let mut told = Vec::new();
    for now in &to.figures {
        let then = from.figure(now.id).filter(|then| then.value != now.value);
        let Some(then) = then else { continue };
        let (then, now) = (then.shown(model.book()), now.shown(model.book()));
        let (before, after) = (
            figures::figure(&then, Room::Wide),
            figures::figure(&now, Room::Wide),
        );
        if before != after {
            let name = labels::label(now.id).to_owned();
            let n = format!(
                "n {} → {}",
                figures::grouped(then.n as i64),
                figures::grouped(now.n as i64)
            );
            told.push(Paragraph::Entry(
                name,
                format!("{before} → {after}, {n} {}", now.counted.word()),
            ));
        }
    }
    let more = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    if told.is_empty() {
        told.push(Paragraph::Entry(
            "numbers".to_owned(),
            format!("none of the board differs since {since}"),
        ));
    }
    if more > 0 {
        told.push(Paragraph::Entry(String::new(), format!("and {more} more")));
    }
    if from.period != to.period {
        told.push(Paragraph::Entry(
            "period".to_owned(),
            format!("{} then, {} now", from.period, to.period),
        ));
    }
    told
}

fn kept(meeting: &Meeting, part: Part) -> Option<Kept> {
    Kept::read(meeting.snapshot(part)?.text.as_deref()?)
}
