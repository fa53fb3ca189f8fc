//! What one meeting leaves behind, as blocks: who was there, what was decided, taken on and raised, what time it took. Computes no number.

use super::{Block, Cell, Page, Section, Table, diff, meeting, named, notes};
use crate::domain::book::Book;
use crate::domain::criteria::field::Fields;
use crate::domain::criteria::version::Versions;
use crate::domain::meeting::agenda::{Item, ItemState};
use crate::domain::meeting::line::{Action, Meeting};
use crate::domain::meeting::snapshot::Part;
use crate::domain::meeting::{ActionState, IssueState};
use crate::domain::policy::Side;
use crate::metrics::meeting::{Kept, NO_PROOF, Opening, Since};
use crate::metrics::{Metric, show};

/// What a recap is made of.
#[derive(Clone, Copy)]
pub struct Recap<'a> {
    /// Names, and everything that came of meetings.
    pub book: &'a Book,
    /// The meeting.
    pub meeting: &'a Meeting,
    /// Seconds that it lasted.
    pub lasted: i64,
    /// Its decisions, with their number then and now.
    pub opening: &'a Opening,
    /// The frozen figures of its start and its end, as far as there are any.
    pub figures: [Option<&'a Kept>; 2],
    /// The pipeline since the meeting before, and the name of its period.
    pub since: Option<(&'a Since, &'a str)>,
    /// Every version of the criteria, for decisions that rest on one.
    pub criteria: &'a Versions,
    /// The fields that their rules speak of.
    pub fields: &'a Fields,
}

/// Figures that stand on the recap as they were at start and end.
const FIGURES: [Metric; 8] = [
    Metric::QualifiedPipelineSourced,
    Metric::PipelineAttainment,
    Metric::Revenue,
    Metric::AcceptanceRate,
    Metric::RejectionRate,
    Metric::UnverifiedRejections,
    Metric::SpeedToLead,
    Metric::WinRate,
];

impl Page {
    /// The page of one meeting.
    pub(in crate::report) fn recap(recap: &Recap) -> Page {
        let sections = [
            Some(short(recap)),
            decisions(recap),
            diff::section(recap),
            actions(recap),
            issues(recap),
            since(recap),
            figures(recap),
            Some(agenda(recap)),
            written(recap),
        ];
        let sections: Vec<Section> = sections.into_iter().flatten().collect();
        let on = recap.book.calendar.day_of(recap.meeting.started.at);
        Page {
            title: format!(
                "{}, meeting {} on {on}",
                recap.book.workspace.name, recap.meeting.id.0
            ),
            lines: vec![line(recap)],
            notes: notes::named(&sections, |_| String::new()),
            sections,
        }
    }
}

/// When it was, how long, who closed it.
fn line(recap: &Recap) -> String {
    let meeting = recap.meeting;
    let calendar = &recap.book.calendar;
    let began = calendar.show(meeting.started.at);
    let minutes = (recap.lasted + 30) / 60;
    match &meeting.closed {
        None => format!("Began {began} ({}); it is running.", calendar.zone_name()),
        Some(_) => format!(
            "Began {began} ({}); it took {minutes} min.",
            calendar.zone_name()
        ),
    }
}

fn section(id: &'static str, title: &str, remark: &str, blocks: Vec<Block>) -> Section {
    Section {
        id,
        title: title.into(),
        remark: remark.into(),
        blocks,
    }
}

fn short(recap: &Recap) -> Section {
    let meeting = recap.meeting;
    let mut items = Vec::new();
    for side in Side::ALL {
        let there = meeting.attendance.iter().filter(|a| a.side == *side);
        let names: Vec<String> = there.map(|a| named(&a.person.name)).collect();
        if !names.is_empty() {
            items.push(format!(
                "At the table for {}: {}",
                side.label(),
                names.join(", ")
            ));
        }
    }
    if let Some(presenter) = &meeting.presenter {
        items.push(format!("Presented by {}", named(&presenter.name)));
    }
    let n = meeting.ratings.len();
    if let Some(mean) = meeting.rating() {
        items.push(format!("Rated {} of 10 (n {n})", show::decimals(mean, 1)));
    }
    if let Some(day) = meeting.next_on {
        items.push(format!("The next meeting is on {day}"));
    }
    section("short", "In short", "", vec![Block::List(items)])
}

fn decisions(recap: &Recap) -> Option<Section> {
    let table = meeting::decided(recap.book, recap.opening)?;
    Some(section(
        "decisions",
        "Decided",
        NO_PROOF,
        vec![Block::Table(table)],
    ))
}

/// What was taken on here, carried over from before, done and dropped.
fn actions(recap: &Recap) -> Option<Section> {
    let here = Some(recap.meeting.id);
    let of = |action: &&Action| {
        let open = action.state == ActionState::Open && recap.meeting.is_running();
        action.meeting == here || action.ended_in == here || open
    };
    let actions: Vec<&Action> = recap.book.meetings.actions.iter().filter(of).collect();
    if actions.is_empty() {
        return None;
    }
    let table = meeting::taken_on("Actions of this meeting", &actions, |action| {
        action.state.label()
    });
    Some(section(
        "actions",
        "Taken on, done and dropped",
        "",
        vec![Block::Table(table)],
    ))
}

fn issues(recap: &Recap) -> Option<Section> {
    let issues = recap.book.meetings.issues_of(recap.meeting);
    let rows: Vec<Vec<Cell>> = issues
        .into_iter()
        .map(|(issue, stood)| {
            let why = issue.why.clone().filter(|_| stood == IssueState::Dropped);
            vec![
                Cell {
                    text: issue.text.clone(),
                    beside: meeting::rests_on(&issue.rests_on),
                    metric: None,
                },
                Cell::word(issue.priority.told()),
                Cell {
                    text: stood.label().into(),
                    beside: why.unwrap_or_default(),
                    metric: None,
                },
                Cell::word(named(issue.by.name.as_deref().unwrap_or_default())),
            ]
        })
        .collect();
    let table = Table {
        caption: "Issues of this meeting".into(),
        heads: ["issue", "urgency", "state", "raised by"]
            .map(String::from)
            .to_vec(),
        rows,
        total: None,
    };
    (!table.rows.is_empty()).then(|| section("issues", "Issues", "", vec![Block::Table(table)]))
}

fn since(recap: &Recap) -> Option<Section> {
    let (since, period) = recap.since?;
    let blocks = meeting::pipeline(since, period, recap.book.workspace.currency)?;
    let on = recap.book.calendar.day_of(since.from);
    let remark = format!("from the figures frozen on {on}");
    Some(section(
        "since",
        "Since the meeting before",
        &remark,
        blocks,
    ))
}

/// A frozen number in words; its unit is the dictionary's.
fn frozen(kept: Option<&Kept>, metric: Metric, book: &Book) -> Cell {
    let figure = kept
        .and_then(|kept| kept.figure(metric))
        .map(|figure| figure.shown(book));
    figure.map_or_else(|| Cell::word(show::DASH), |figure| Cell::figure(&figure))
}

fn figures(recap: &Recap) -> Option<Section> {
    let [start, end] = recap.figures;
    start?;
    let rows = FIGURES.map(|metric| {
        vec![
            Cell::name(metric),
            frozen(start, metric, recap.book),
            frozen(end, metric, recap.book),
        ]
    });
    let period = &start?.period;
    let hashes: Vec<String> = [Part::Start, Part::End]
        .iter()
        .filter_map(|part| recap.meeting.snapshot(*part))
        .map(|kept| format!("{}: SHA-256 {}", kept.part.label(), kept.sha256))
        .collect();
    let table = Table {
        caption: format!("Figures of {period}, frozen when the meeting began and when it ended"),
        heads: ["number", "at the start", "at the end"]
            .map(String::from)
            .to_vec(),
        rows: rows.into(),
        total: None,
    };
    let blocks = vec![Block::Table(table), Block::List(hashes)];
    Some(section(
        "frozen",
        "Figures as they stood",
        "never changed since",
        blocks,
    ))
}

fn agenda(recap: &Recap) -> Section {
    let clock = |seconds: i64| format!("{}:{:02}", seconds / 60, seconds % 60);
    let rows = recap.meeting.items.iter().map(|item| {
        let over = item.spent - i64::from(item.point.minutes) * 60;
        vec![
            Cell::word(item.point.title.clone()),
            Cell::word(item.point.minutes.to_string()),
            Cell::word(clock(item.spent)),
            Cell::word(if over > 0 { clock(over) } else { String::new() }),
            Cell::word(stood(item, recap.meeting)),
        ]
    });
    let table = Table {
        caption: "The agenda and the time it took".into(),
        heads: ["item", "minutes", "spent", "over", "state"]
            .map(String::from)
            .to_vec(),
        rows: rows.collect(),
        total: None,
    };
    section("agenda", "Agenda", "", vec![Block::Table(table)])
}

/// Where an item stood when the meeting ended.
fn stood(item: &Item, meeting: &Meeting) -> &'static str {
    match item.state {
        ItemState::Waiting if !meeting.is_running() && item.spent == 0 => "not reached",
        ItemState::Waiting | ItemState::Open if !meeting.is_running() => "not finished",
        state => state.label(),
    }
}

fn written(recap: &Recap) -> Option<Section> {
    let notes = recap.meeting.notes.iter().map(|note| {
        let by = note
            .by
            .name
            .as_deref()
            .map_or_else(String::new, |name| format!(" ({name})"));
        format!("{}{by}", note.text)
    });
    let notes: Vec<String> = notes.collect();
    (!notes.is_empty()).then(|| section("notes", "Written down", "", vec![Block::List(notes)]))
}
