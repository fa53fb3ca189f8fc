//! What a meeting left: decisions, actions, issues, who was there, how long it took, the figures' hashes. As paragraphs, and the same as Markdown.

use super::change;
use super::measure::{self, Effects, NO_PROOF};
use super::words::{self, clock};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::agenda::ItemState;
use crate::domain::meeting::line::{Action, Decision, Meeting};
use crate::domain::meeting::{ActionKind, ActionState, IssueState};
use crate::domain::moment::{Day, Moment};
use crate::screens::model::Model;
use crate::widgets::{Paragraph, Reader};

/// The recap of a meeting; `None` where it is not there.
pub(super) fn paragraphs(
    id: MeetingId,
    model: &Model,
    effects: &Effects,
) -> Option<Vec<Paragraph>> {
    let book = model.book();
    let meeting = book.meetings.number(id)?;
    let mut text = Vec::new();
    head(&mut text, meeting, model);
    let decisions: Vec<&Decision> = book.meetings.decisions_of(id).collect();
    section(&mut text, &format!("Decided ({})", decisions.len()));
    for decision in &decisions {
        text.push(Paragraph::Entry(
            by_when(&decision.owner.name, decision.due),
            decision.text.clone(),
        ));
        if let Some(effect) = effects.of(decision) {
            text.push(Paragraph::Entry(String::new(), measure::words(effect)));
        }
        let rests_on = words::grounds(&decision.rests_on);
        if !rests_on.is_empty() {
            text.push(Paragraph::Entry(
                String::new(),
                format!("rests on {rests_on}"),
            ));
        }
    }
    if decisions.iter().any(|decision| decision.moves.is_some()) {
        text.push(Paragraph::Entry(String::new(), format!("({NO_PROOF})")));
    }
    actions(&mut text, meeting, model);
    issues(&mut text, meeting, model);
    agenda(&mut text, meeting, model);
    let first = book.meetings.before(id).is_none();
    let since = if first {
        "it began"
    } else {
        "the last meeting"
    };
    section(&mut text, &format!("What moved since {since}"));
    let newest = book.meetings.all.last().map(|newest| newest.id);
    if let Some(since) = effects.of_the_newest().filter(|_| newest == Some(id)) {
        text.push(Paragraph::Text(change::pipeline(since, model)));
    }
    text.extend(change::numbers(meeting, model));
    figures(&mut text, meeting, model);
    Some(text)
}

/// The recap of a meeting, to be read.
pub(super) fn reader(id: MeetingId, model: &Model, effects: &Effects) -> Option<Reader> {
    Some(Reader::new(paragraphs(id, model, effects)?))
}

fn section(text: &mut Vec<Paragraph>, title: &str) {
    text.push(Paragraph::Gap);
    text.push(Paragraph::Heading(title.to_owned()));
}

fn by_when(owner: &str, due: Day) -> String {
    format!("{owner}, {due}")
}

fn head(text: &mut Vec<Paragraph>, meeting: &Meeting, model: &Model) {
    let calendar = &model.book().calendar;
    let wall = model.clock();
    let lasted = clock(meeting.lasted(wall));
    let when = calendar.show(meeting.started.at);
    let state = if meeting.is_running() {
        "running for"
    } else {
        "lasted"
    };
    text.push(Paragraph::Strong(format!(
        "Meeting {} · {when} · {} · {state} {lasted}",
        meeting.id.0, meeting.agenda
    )));
    let by = |side| {
        let names = meeting.attendance.iter().filter(move |a| a.side == side);
        names
            .map(|a| a.person.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    for side in crate::domain::policy::Side::ALL {
        let names = by(*side);
        if !names.is_empty() {
            text.push(Paragraph::Entry(side.label().to_owned(), names));
        }
    }
    if meeting.attendance.is_empty() {
        text.push(Paragraph::Entry(
            "there".to_owned(),
            "nobody was written down".to_owned(),
        ));
    }
    if let Some(mean) = meeting.rating() {
        let each = meeting
            .ratings
            .iter()
            .map(|r| format!("{} {}", r.person.name, r.score));
        let each = each.collect::<Vec<_>>().join(", ");
        text.push(Paragraph::Entry(
            "rated".to_owned(),
            format!("{mean:.1} of 10 ({each})"),
        ));
    }
    if !meeting.is_running() {
        let next = meeting
            .next_on
            .map_or_else(|| "not agreed".to_owned(), |day| day.to_string());
        text.push(Paragraph::Entry("next".to_owned(), next));
    }
}

fn actions(text: &mut Vec<Paragraph>, meeting: &Meeting, model: &Model) {
    let book = model.book();
    let all = &book.meetings.actions;
    let today = book.calendar.day_of(model.now());
    let taken: Vec<&Action> = all
        .iter()
        .filter(|a| a.meeting == Some(meeting.id))
        .collect();
    section(text, &format!("Actions taken on ({})", taken.len()));
    for action in &taken {
        text.push(Paragraph::Entry(
            by_when(&action.owner.name, action.due),
            told(action, today),
        ));
    }
    let carried = |a: &&Action| {
        a.meeting != Some(meeting.id)
            && (a.state == ActionState::Open || a.ended_in == Some(meeting.id))
    };
    let carried: Vec<&Action> = all
        .iter()
        .filter(carried)
        .filter(|a| a.by.at <= end_of(meeting))
        .collect();
    if !carried.is_empty() {
        section(text, &format!("Actions from before ({})", carried.len()));
        for action in carried {
            text.push(Paragraph::Entry(
                by_when(&action.owner.name, action.due),
                told(action, today),
            ));
        }
    }
}

fn end_of(meeting: &Meeting) -> Moment {
    meeting.closed.as_ref().map_or(Moment(i64::MAX), |by| by.at)
}

fn told(action: &Action, today: Day) -> String {
    let state = match (action.state, &action.why) {
        (ActionState::Open, _) if action.is_overdue(today) => " · ! overdue".to_owned(),
        (ActionState::Open, _) => String::new(),
        (state, Some(why)) => format!(" · {}: {why}", state.label()),
        (state, None) => format!(" · {}", state.label()),
    };
    let kind = match action.kind {
        ActionKind::Task => String::new(),
        ActionKind::ContentRequest => format!(" ({})", action.kind.label()),
    };
    format!("{}{kind}{state}", action.text)
}

fn issues(text: &mut Vec<Paragraph>, meeting: &Meeting, model: &Model) {
    let told = model.book().meetings.issues_of(meeting);
    section(text, &format!("Issues ({})", told.len()));
    for (issue, stood) in told {
        let why = issue
            .why
            .as_ref()
            .filter(|_| stood == IssueState::Dropped)
            .map_or_else(String::new, |why| format!(": {why}"));
        text.push(Paragraph::Entry(
            format!("{} {}", issue.priority.word(), stood.label()),
            format!("{}{why}", issue.text),
        ));
    }
}

fn agenda(text: &mut Vec<Paragraph>, meeting: &Meeting, model: &Model) {
    section(text, "Time spent");
    let now = model.clock();
    for item in &meeting.items {
        let over = item.over(now);
        let sign = if over > 0 {
            format!(" · ! {} over", clock(over))
        } else {
            String::new()
        };
        if item.state == ItemState::Waiting && item.spent == 0 {
            let told = "not reached".to_owned();
            text.push(Paragraph::Entry(item.point.title.clone(), told));
            continue;
        }
        let parked = if item.state == ItemState::Parked {
            " · parked"
        } else {
            ""
        };
        let spent = item.spent_at(now);
        let told = format!(
            "{} of {}:00{sign}{parked}",
            clock(spent),
            item.point.minutes
        );
        text.push(Paragraph::Entry(item.point.title.clone(), told));
        let notes = meeting
            .notes
            .iter()
            .filter(|note| note.item == Some(item.id));
        for note in notes {
            text.push(Paragraph::Entry(
                String::new(),
                format!("note: {}", note.text),
            ));
        }
    }
    for note in meeting.notes.iter().filter(|note| note.item.is_none()) {
        text.push(Paragraph::Entry("note".to_owned(), note.text.clone()));
    }
}

fn figures(text: &mut Vec<Paragraph>, meeting: &Meeting, model: &Model) {
    section(text, "Figures, frozen");
    let calendar = &model.book().calendar;
    for snapshot in &meeting.snapshots {
        let criteria = snapshot
            .criteria
            .map_or_else(String::new, |n| format!(", criteria version {n}"));
        let told = format!(
            "{}, {}{criteria}, SHA-256 {}",
            calendar.show(snapshot.at),
            snapshot.period,
            snapshot.sha256
        );
        text.push(Paragraph::Entry(snapshot.part.label().to_owned(), told));
    }
}

/// Paragraphs as Markdown; what would be markup in foreign text stays text.
pub(super) fn markdown(paragraphs: &[Paragraph]) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        let line = match paragraph {
            Paragraph::Heading(text) => format!("## {}", escaped(text)),
            Paragraph::Strong(text) => format!("# {}", escaped(text)),
            Paragraph::Text(text) => escaped(text),
            Paragraph::Entry(label, text) if label.is_empty() => format!("  - {}", escaped(text)),
            Paragraph::Entry(label, text) => format!("- **{}**: {}", escaped(label), escaped(text)),
            Paragraph::Gap => String::new(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Text without line ends or signs that Markdown or HTML would obey.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in crate::text::clean(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_stays_text_in_markdown() {
        let paragraphs = [
            Paragraph::Strong("Meeting 1".into()),
            Paragraph::Heading("Decided".into()),
            Paragraph::Entry("<b>Kim</b>".into(), "*stop* [it](x)\n# now".into()),
            Paragraph::Entry(String::new(), "a & b".into()),
        ];
        assert_eq!(
            markdown(&paragraphs),
            "# Meeting 1\n## Decided\n- **&lt;b>Kim&lt;/b>**: \\*stop\\* \\[it\\](x)⏎\\# now\n  - a &amp; b\n"
        );
    }
}
