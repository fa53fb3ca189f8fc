//! What the review left open and comes back at each meeting until it has ended: feedback and challenges, with their age. Judges none.

use super::words;
use crate::domain::moment::Moment;
use crate::facts::feedback::FeedbackRow;
use crate::facts::filter::Dimension;
use crate::screens::model::Model;
use crate::widgets::Paragraph;

/// Feedback that marketing has not taken up, not acted on, or that nobody has looked after since; the oldest first.
pub(super) fn feedback(model: &Model) -> Vec<Paragraph> {
    let now = model.scope().as_of;
    let rows = model.facts().feedback.iter();
    let mut open: Vec<_> = rows
        .filter_map(|row| Some((row, row.waits(now)?)))
        .collect();
    open.sort_by_key(|(row, (_, since))| (*since, row.id));
    let mut text = heading(open.len(), "Feedback on rejections that is open");
    text.extend(open.into_iter().map(|(row, (state, since))| {
        let said = format!(
            "{}: {}, {}",
            cluster(row, model),
            state.label(),
            days(since, now)
        );
        Paragraph::Entry("•".to_owned(), said)
    }));
    text
}

/// Challenges that the room has to settle: how many, and how long the oldest has waited.
pub(super) fn challenges(model: &Model) -> Vec<Paragraph> {
    let now = model.scope().as_of;
    let rows = model.facts().challenges.rows.iter();
    let open = rows.filter(|row| {
        let settled = row.settled.get().is_some_and(|at| at <= now);
        row.opened <= now && !settled
    });
    let opened: Vec<Moment> = open.map(|row| row.opened).collect();
    let Some(oldest) = opened.iter().min() else {
        return Vec::new();
    };
    let mut text = heading(opened.len(), "Challenges to settle");
    let said = format!(
        "the oldest was opened {} ago; 3, C: the list",
        days(*oldest, now)
    );
    text.push(Paragraph::Entry("•".to_owned(), said));
    text
}

fn heading(count: usize, of: &str) -> Vec<Paragraph> {
    match count {
        0 => Vec::new(),
        n => vec![Paragraph::Gap, Paragraph::Heading(format!("{of} ({n})"))],
    }
}

/// What the rejections of a cluster share.
fn cluster(row: &FeedbackRow, model: &Model) -> String {
    let facts = model.facts();
    let reason = row.reason.map(|code| facts.names.reasons.name(code));
    let shared = Dimension::ALL.iter().zip(row.shared);
    let shared = shared.filter_map(|(dimension, code)| Some(dimension.name(facts, code?)));
    let parts: Vec<&str> = reason.into_iter().chain(shared).collect();
    parts.join(" · ")
}

fn days(since: Moment, now: Moment) -> String {
    words::count((now.since(since) / 86_400).max(0) as usize, "day")
}
