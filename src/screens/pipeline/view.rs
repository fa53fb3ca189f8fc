//! Which deals are in sight and how they are grouped: open by stage, almost qualified, what needs a look, what was closed. Draws nothing.

use rustc_hash::FxHashMap;

use super::cursor::Focus;
use crate::domain::gate::{Confirmed, Gate, Part};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::DealOutcome;
use crate::facts::Facts;
use crate::facts::opportunities::DealChange;
use crate::facts::pipeline::{self, Sum};
use crate::keymap::Action;
use crate::metrics::{self, Metric};
use crate::screens::figures;
use crate::screens::model::Model;

/// A way to look at the deals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum View {
    /// Every open deal, by stage.
    #[default]
    Stages,
    /// Open deals that the gate still holds back.
    Almost,
    /// Stale, moved out, recorded too early.
    Look,
    /// What ended in the period.
    Closed,
}

impl View {
    pub(super) const ALL: [Self; 4] = [Self::Stages, Self::Almost, Self::Look, Self::Closed];

    /// The next one of the switch key.
    pub(super) fn next(self) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self);
        Self::ALL[(at.unwrap_or(0) + 1) % Self::ALL.len()]
    }

    /// What the footer says instead of its context's hints: what is done with the numbers above, and with what has ended.
    pub(super) fn hints(self, focus: Focus) -> Vec<(Action, &'static str)> {
        use Action as A;
        let shown: &[(A, &'static str)] = match (focus, self) {
            (Focus::Numbers(_), _) => &[
                (A::Open, "its rows"),
                (A::Explain, "explain"),
                (A::Help, "help"),
                (A::Left, "left"),
                (A::Right, "right"),
                (A::NextPane, "deals"),
            ],
            (Focus::Deals, Self::Closed) => &[
                (A::Open, "card"),
                (A::ReopenDeal, "reopen"),
                (A::Help, "help"),
                (A::ReverseDeal, "reverse"),
                (A::EditValue, "correct a won value"),
                (A::View, "view"),
                (A::PickPeriod, "period"),
                (A::NextPane, "pane"),
            ],
            (Focus::Deals, _) => &[],
        };
        shown.to_vec()
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Stages => "Open by stage",
            Self::Almost => "Almost qualified",
            Self::Look => "Needs a look",
            Self::Closed => "Closed",
        }
    }
}

/// Deals under one heading.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Foreign text where it is a stage's name.
    pub(super) title: String,
    /// Row numbers, in the order shown.
    pub(super) rows: Vec<u32>,
    /// Row ids, in the same order.
    pub(super) ids: Vec<i64>,
    pub(super) sum: Sum,
}

impl Group {
    fn new(title: String, rows: Vec<u32>, facts: &Facts, day_of: impl Fn(u32) -> Day) -> Self {
        let sum = pipeline::sum(facts, &rows, day_of);
        Self::summed(title, rows, facts, sum)
    }

    fn summed(title: String, rows: Vec<u32>, facts: &Facts, sum: Sum) -> Self {
        let id = |row: &u32| facts.opportunities.id.at(*row as usize);
        Self {
            title,
            ids: rows.iter().map(id).collect(),
            rows,
            sum,
        }
    }
}

/// The groups of a view.
pub(super) fn groups(view: View, model: &Model) -> Vec<Group> {
    match view {
        View::Stages => stages(model),
        View::Almost => almost(model),
        View::Look => look(model),
        View::Closed => closed(model),
    }
}

fn today(model: &Model) -> Day {
    model.book().calendar.day_of(model.scope().as_of)
}

fn stages(model: &Model) -> Vec<Group> {
    let (facts, scope) = (model.facts(), model.scope());
    let wanted = |row: usize| scope.mask.opportunities.contains(row);
    let retired = |name: &str| {
        let stages = &model.book().stages;
        stages
            .iter()
            .any(|stage| stage.retired && stage.name == name)
    };
    pipeline::board(facts, (today(model), model.scope().as_of), wanted)
        .into_iter()
        .map(|column| {
            let name = facts.names.stages.name(column.stage).to_owned();
            Group::summed(name, column.deals, facts, column.sum)
        })
        .filter(|group| !group.rows.is_empty() || !retired(&group.title))
        .collect()
}

fn almost(model: &Model) -> Vec<Group> {
    let (facts, scope) = (model.facts(), model.scope());
    let mut by_count: Vec<Vec<u32>> = vec![Vec::new(); Part::ALL.len() + 1];
    for (row, deal) in facts.opportunities.rows.iter().enumerate() {
        let waits = deal.outcome.is_none()
            && deal.qualified == Moment::NEVER
            && scope.mask.opportunities.contains(row);
        if waits {
            by_count[missing(facts, row as u32).len()].push(row as u32);
        }
    }
    let today = today(model);
    (0..)
        .zip(by_count)
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(count, mut rows)| {
            pipeline::by_close_date(facts, &mut rows);
            let title = match count {
                0 => "Nothing is missing: Q qualifies".to_owned(),
                1 => "One thing is missing".to_owned(),
                n => format!("{n} things are missing"),
            };
            Group::new(title, rows, facts, |_| today)
        })
        .collect()
}

fn look(model: &Model) -> Vec<Group> {
    let (facts, scope) = (model.facts(), model.scope());
    let today = today(model);
    let behind = |metric| -> Vec<u32> {
        let drill = metrics::rows(metric, facts, model.book(), scope);
        drill.rows.into_iter().flat_map(|set| set.rows).collect()
    };
    let mut stale = behind(Metric::StaleOpportunities);
    pipeline::by_close_date(facts, &mut stale);
    let mut moved: Vec<u32> = moved_out(facts)
        .into_keys()
        .filter(|row| {
            let open = facts.opportunities.rows[*row as usize].outcome.is_none();
            open && scope.mask.opportunities.contains(*row as usize)
        })
        .collect();
    moved.sort_unstable();
    pipeline::by_close_date(facts, &mut moved);
    let early = behind(Metric::RecordedTooEarly);
    let period = figures::period(&scope.period);
    let group = |title: String, rows| Group::new(title, rows, facts, |_| today);
    vec![
        group("Stale".to_owned(), stale),
        group("Close date moved out".to_owned(), moved),
        group(format!("Recorded too early, {period}"), early),
    ]
}

fn closed(model: &Model) -> Vec<Group> {
    let (facts, scope) = (model.facts(), model.scope());
    let rows = &facts.opportunities.rows;
    let calendar = &model.book().calendar;
    let fell = |at: Moment| at != Moment::NEVER && at <= scope.as_of && scope.period.holds(at);
    let all = |wanted: &dyn Fn(usize) -> bool| -> Vec<u32> {
        (0..rows.len())
            .filter(|row| scope.mask.opportunities.contains(*row) && wanted(*row))
            .map(|row| row as u32)
            .collect()
    };
    let mut groups: Vec<Group> = DealOutcome::ALL
        .iter()
        .map(|outcome| {
            let ended = |row: usize| rows[row].outcome == Some(*outcome) && fell(rows[row].closed);
            let mut label = outcome.label().to_owned();
            label[..1].make_ascii_uppercase();
            Group::new(label, all(&ended), facts, |row| {
                calendar.day_of(rows[row as usize].closed)
            })
        })
        .collect();
    let reversed = all(&|row| fell(rows[row].reversed));
    groups.push(Group::new("Reversed".to_owned(), reversed, facts, |row| {
        calendar.day_of(rows[row as usize].reversed)
    }));
    groups
}

/// What the gate still asks of a deal.
pub(super) fn missing(facts: &Facts, row: u32) -> Vec<Part> {
    gate(facts, row).missing()
}

/// The five things of the gate, as far as the facts know them.
pub(super) fn gate(facts: &Facts, row: u32) -> Gate {
    let deal = &facts.opportunities.rows[row as usize];
    let position = facts.names.stage_positions.get(deal.stage as usize);
    Gate {
        conversation: deal.conversation.get(),
        stage_position: position.copied(),
        close_on: deal.close_on.get(),
        value: pipeline::value(facts, row),
        criteria: if deal.confirmed {
            Confirmed::Yes
        } else {
            Confirmed::No
        },
    }
}

/// Deals whose close date was ever moved to a later day: where it stood first, and how often it moved.
pub(super) fn moved_out(facts: &Facts) -> FxHashMap<u32, (Day, u32)> {
    let mut moved = FxHashMap::default();
    for event in &facts.opportunities.events {
        if let DealChange::CloseOn(before, after) = event.change
            && before != Day::NEVER
            && after != Day::NEVER
            && before < after
        {
            moved.entry(event.deal).or_insert((before, 0)).1 += 1;
        }
    }
    moved
}
