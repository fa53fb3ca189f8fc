//! What the room decided and took on, then and now, and the pipeline since it last met. Computes no number, claims no cause.

use super::{Asked, Block, Cell, Section, Table, flows, named};
use crate::domain::book::Book;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::{Action, Decision};
use crate::domain::money::Currency;
use crate::metrics::meeting::{Effect, NO_PROOF, Opening, Since};
use crate::metrics::{self, Figure, Metric, dictionary, show};
use crate::text;

/// How the open pipeline changed since the room last met; nothing where it never did.
pub(super) fn since(asked: &Asked) -> Option<Section> {
    let last = asked.opening.last?;
    let since = asked.opening.since.as_ref()?;
    let calendar = &asked.book.calendar;
    let remark = format!("meeting {} on {}", last.0, calendar.day_of(since.from));
    let blocks = pipeline(
        since,
        &asked.board.period.label,
        asked.book.workspace.currency,
    )?;
    Some(Section {
        id: "since",
        title: "Since the last meeting".into(),
        remark,
        blocks,
    })
}

/// The bars since a snapshot; nothing where nothing stood there and nothing came.
pub(super) fn pipeline(since: &Since, period: &str, currency: Currency) -> Option<Vec<Block>> {
    let title =
        format!("How the open qualified pipeline that closes in {period} changed since then");
    let fall = &since.waterfall;
    let mut blocks = vec![Block::Chart(flows::bars(
        fall,
        title,
        ("then", "now"),
        currency,
    )?)];
    if !since.removed.is_empty() {
        let n = show::grouped(since.removed.len() as i64);
        blocks.push(Block::Text(format!(
            "Reversed holds deals that were taken out of the history since, n {n}."
        )));
    }
    blocks.extend(flows::partial(fall, currency));
    Some(blocks)
}

/// Decisions of the newest meetings beside what their number does.
pub(super) fn decisions(asked: &Asked) -> Option<Section> {
    let table = decided(asked.book, asked.opening)?;
    Some(Section {
        id: "decisions",
        title: "What was decided, then and now".into(),
        remark: NO_PROOF.into(),
        blocks: vec![Block::Table(table)],
    })
}

/// A table of decisions with their number then and now.
pub(super) fn decided(book: &Book, opening: &Opening) -> Option<Table> {
    let rows: Vec<Vec<Cell>> = opening
        .decisions
        .iter()
        .filter_map(|(id, effect)| {
            let decision = book.meetings.decisions.iter().find(|d| d.id == *id)?;
            Some(row(decision, effect.as_ref()))
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        caption: "Decisions with the number that each should move".into(),
        heads: [
            "decision", "meeting", "owner", "due", "number", "then", "now", "moved",
        ]
        .map(String::from)
        .to_vec(),
        rows,
        total: None,
    })
}

fn row(decision: &Decision, effect: Option<&Effect>) -> Vec<Cell> {
    let metric = decision
        .moves
        .as_ref()
        .and_then(|was| Metric::parse(&was.metric));
    let told = |figure: &Figure, period: &str| Cell {
        text: show::full(figure),
        beside: format!("{period} · {}", show::beside(figure)),
        metric: None,
    };
    let [then, now, moved] = match effect {
        None => [show::DASH; 3].map(Cell::word),
        Some(effect) => [
            told(&effect.then, &effect.then_period),
            told(&effect.now, &effect.now_period),
            Cell {
                text: effect.moved.label().into(),
                beside: show::change(&effect.now, Some(&effect.then)),
                metric: None,
            },
        ],
    };
    let about = decision.campaign.as_ref();
    let about = about.map(|name| format!("{} {}", decision.kind.label(), named(name)));
    let rests_on = Some(rests_on(&decision.rests_on)).filter(|told| !told.is_empty());
    let beside: Vec<String> = about.into_iter().chain(rests_on).collect();
    vec![
        Cell {
            text: decision.text.clone(),
            beside: beside.join("; "),
            metric: None,
        },
        Cell::word(decision.meeting.0.to_string()),
        Cell::word(named(&decision.owner.name)),
        Cell::word(decision.due.to_string()),
        metric.map_or_else(|| Cell::word(show::DASH), Cell::name),
        then,
        now,
        moved,
    ]
}

/// Columns that all names which something rests on may take.
const ALL_NAMES: usize = 400;

/// What something rests on, in words; empty where it rests on nothing.
pub(super) fn rests_on(grounds: &[Ground]) -> String {
    let told = metrics::meeting::grounds(grounds, dictionary::name);
    if told.is_empty() {
        told
    } else {
        format!("rests on {}", text::truncate(&told, ALL_NAMES))
    }
}

/// Actions that are to be done.
pub(super) fn actions(asked: &Asked) -> Option<Section> {
    let open = asked.book.meetings.open_actions();
    if open.is_empty() {
        return None;
    }
    let today = asked.book.calendar.day_of(asked.board.as_of);
    let state = |action: &Action| {
        if action.is_overdue(today) {
            "overdue"
        } else {
            action.state.label()
        }
    };
    let table = taken_on("Open actions", &open, state);
    Some(Section {
        id: "actions",
        title: "Open actions".into(),
        remark: "carried over until done or dropped".into(),
        blocks: vec![Block::Table(table)],
    })
}

/// A table of actions, each with a word on where it stands.
pub(super) fn taken_on<'a>(
    caption: &str,
    actions: &[&'a Action],
    state: impl Fn(&'a Action) -> &'static str,
) -> Table {
    let row = |action: &&'a Action| {
        vec![
            Cell::word(action.text.clone()),
            Cell::word(action.kind.label()),
            Cell::word(named(&action.owner.name)),
            Cell::word(action.due.to_string()),
            Cell {
                text: state(action).into(),
                beside: action.why.clone().unwrap_or_default(),
                metric: None,
            },
        ]
    };
    Table {
        caption: caption.into(),
        heads: ["action", "kind", "owner", "due", "state"]
            .map(String::from)
            .to_vec(),
        rows: actions.iter().map(row).collect(),
        total: None,
    }
}
