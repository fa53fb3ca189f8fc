//! Rejections one by one, of a cluster, a cell, an answer or the second look: they add up to the number they stand behind.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Rejections;
use super::found::Found;
use super::tables::{Head, Rows, Spare, columns, wide_enough};
use super::view::View;
use super::words;
use crate::domain::review::{ChallengeState, Settlement};
use crate::domain::verdict::Evidence;
use crate::facts::Facts;
use crate::metrics::Table;
use crate::metrics::review::{Axis, Flag, Proof, Seed};
use crate::screens::fetch::Fetch;
use crate::screens::figures::{self, DASH};
use crate::screens::judge::Spot;
use crate::screens::model::Model;
use crate::theme::Theme;
use crate::widgets::Align;

/// What the list shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    of: Of,
    /// Row numbers of handoffs, the newest verdict first.
    pub(super) rows: Vec<u32>,
    total: Total,
}

/// What the leads of the rows cost together.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    sum: Option<i64>,
    unpriced: u32,
}

impl Total {
    fn of(rows: &[u32], found: &Found, facts: &Facts) -> Self {
        let sums = found.review.sums_of(facts, rows);
        let (count, sum) = (sums.count(), sums.waste.and(sums.unproven));
        Self {
            sum: sum.known(count).filter(|_| count > 0),
            unpriced: sum.unpriced,
        }
    }
}

#[derive(Debug, Clone)]
enum Of {
    /// The rejections at a spot.
    Spot(Spot),
    /// The rows behind an answer, by their ids, with its question.
    Answer(String, Vec<i64>),
}

impl Default for Of {
    fn default() -> Self {
        Self::Spot(Spot::new())
    }
}

impl Shown {
    pub(super) fn at(spot: Spot) -> Self {
        Self {
            of: Of::Spot(spot),
            ..Self::default()
        }
    }

    pub(super) fn answer(question: &str, ids: Vec<i64>) -> Self {
        Self {
            of: Of::Answer(question.to_owned(), ids),
            ..Self::default()
        }
    }

    pub(super) fn spot(&self) -> Spot {
        match &self.of {
            Of::Spot(spot) => spot.clone(),
            Of::Answer(..) => Spot::new(),
        }
    }

    /// Whether it shows the rejections at a spot, and not those behind an answer.
    pub(super) fn is_spot(&self) -> bool {
        matches!(self.of, Of::Spot(_))
    }

    /// Weeks are numbered within a period; those of another one mean nothing.
    pub(super) fn forget_weeks(&mut self) {
        if let Of::Spot(spot) = &mut self.of {
            spot.retain(|(axis, _)| *axis != Axis::Week);
        }
    }

    fn rows_of(&self, found: &Found, facts: &Facts) -> Vec<u32> {
        match &self.of {
            Of::Spot(spot) => {
                let mut rows = found.review.rows_at(facts, spot);
                rows.reverse();
                rows
            }
            Of::Answer(_, ids) => ids
                .iter()
                .filter_map(|id| facts.handoffs.row(*id))
                .map(|row| row as u32)
                .collect(),
        }
    }
}

impl Rejections {
    /// Selects the rows of the list or the sample again; the cursor stays on its rejection.
    pub(super) fn list_anew(&mut self, model: &Model) {
        let Some(found) = &self.found else {
            return;
        };
        let facts = model.facts();
        let rows = match self.view {
            View::SecondLook => {
                let settings = &model.book().settings;
                let seed = Seed::of(&found.scope.period.label);
                let size = usize::try_from(settings.second_look).unwrap_or(0);
                found.review.second_look(facts, seed, size)
            }
            View::List => self.shown.rows_of(found, facts),
            _ => return,
        };
        let state = &mut self.states[self.view as usize];
        let under = self.shown.rows.get(state.selected).copied();
        let mut rows = rows;
        // What was challenged a moment ago stays under the cursor: it is what the next key is about.
        if let Some(row) = under
            && self.view == View::SecondLook
            && found.review.bits().contains(row as usize)
            && facts.challenges.newest(row).is_some()
        {
            rows.insert(state.selected.min(rows.len()), row);
        }
        let kept = under.and_then(|row| rows.iter().position(|own| *own == row));
        state.selected = kept
            .unwrap_or(state.selected)
            .min(rows.len().saturating_sub(1));
        self.shown.total = Total::of(&rows, found, facts);
        self.shown.rows = rows;
    }

    /// The handoff under the cursor of a list of rejections, by row number.
    pub(super) fn row(&self) -> Option<u32> {
        let at = self.states[self.view as usize].selected;
        let rows = &self.shown.rows;
        rows.get(at)
            .copied()
            .filter(|_| self.view.lists_rejections())
    }

    /// What stands over the list.
    pub(super) fn list_title(&self, model: &Model) -> String {
        let facts = model.facts();
        match (&self.shown.of, &self.found) {
            (_, Some(found)) if self.view == View::SecondLook => format!(
                "{} of {} that nobody challenged, drawn by '{}': everyone who opens this period sees the same",
                self.shown.rows.len(),
                words::count(found.review.unchallenged(facts)),
                found.scope.period.label
            ),
            (Of::Answer(question, _), _) => question.clone(),
            (Of::Spot(spot), Some(found)) => found.spot_name(facts, spot),
            (Of::Spot(_), None) => String::new(),
        }
    }

    /// Lines around the cursor that are not known yet.
    pub(super) fn wanted_lines(&mut self, model: &Model) -> Option<Fetch> {
        if !self.view.lists_rejections() {
            return None;
        }
        let at = self.states[self.view as usize].selected;
        let ids = &model.facts().handoffs.id;
        let around = self
            .shown
            .rows
            .iter()
            .skip(at.saturating_sub(super::AROUND / 2));
        let ids: Vec<i64> = around
            .take(super::AROUND)
            .filter_map(|row| ids.get(*row as usize))
            .filter(|id| !self.asked.contains(id))
            .collect();
        if ids.is_empty() {
            return None;
        }
        if self.lines.len() > super::KEPT {
            self.lines.clear();
            self.asked.clear();
        }
        self.asked.extend(&ids);
        Some(Fetch::Lines(Table::Handoffs, ids))
    }

    pub(super) fn draw_list(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let Some(found) = &self.found else { return };
        let currency = found.review.currency;
        let Total { sum, unpriced } = self.shown.total;
        let mut total = vec![String::new(); COLUMNS.len()];
        let rows = &self.shown.rows;
        total[0] = format!("{} in all", words::count(rows.len() as u64));
        total[COST] = sum.map_or_else(
            || DASH.to_owned(),
            |sum| figures::exact_money(sum, currency),
        );
        if unpriced > 0 {
            let _ = write!(total[0], ", {unpriced} not priced");
        }
        let row = |at: usize| {
            let entry = found.review.entry(model.facts(), rows[at]);
            self.list_cells(rows[at], entry, model)
        };
        let mut heads: Vec<_> = columns(&COLUMNS, Spare::Grows).collect();
        wide_enough(&mut heads, &total);
        let rows = Rows {
            columns: heads,
            len: rows.len(),
            row: &row,
            total: Some(total),
        };
        let state = self.states[self.view as usize];
        self.states[self.view as usize] = rows.draw(state, (buffer, area), theme);
    }

    fn list_cells(
        &self,
        row: u32,
        entry: Option<(Proof, Option<i64>)>,
        model: &Model,
    ) -> Vec<String> {
        let (facts, at) = (model.facts(), row as usize);
        let lead = facts.handoffs.lead[at] as usize;
        let id = facts.handoffs.id.at(at);
        let name = self.lines.get(&id).map_or_else(
            || "…".to_owned(),
            |line| match &line.account {
                Some(account) => format!("{} · {account}", line.name),
                None => line.name.clone(),
            },
        );
        let names = &facts.names;
        let reason = facts.handoffs.reason[at];
        let reason = names
            .reason_facts
            .get(reason as usize)
            .map_or(reason, |r| r.now);
        let at_moment = facts.handoffs.verdict_at.get(at).get();
        let day = at_moment.map(|at| model.book().calendar.day_of(at).to_string());
        let rests = match (entry, facts.handoffs.evidence(at)) {
            (Some((Proof::Unverified, _)), _) => "unverified",
            (Some((Proof::Objective, _)), _) if self.is_unseen(row) => "by reason",
            (Some((Proof::Objective, _)), _) => "objective",
            (Some(_), Evidence::Spoke) => "spoke",
            (Some(_), _) => "attempts",
            (None, _) => "",
        };
        let cost = entry.and_then(|(_, cost)| cost);
        let currency = facts.rates.home();
        vec![
            name,
            names.reasons.name(reason).to_owned(),
            names.sources.name(facts.leads.source[lead]).to_owned(),
            names.people.name(facts.handoffs.rep[at]).to_owned(),
            day.unwrap_or_default(),
            rests.to_owned(),
            cost.map_or_else(
                || DASH.to_owned(),
                |cost| figures::exact_money(cost, currency),
            ),
            self.marks(row),
            challenged(row, facts),
        ]
    }

    /// Whether it is objective by its reason alone; false while the flags are being looked for.
    fn is_unseen(&self, row: u32) -> bool {
        let flagged = self.flagged.as_ref();
        flagged.is_some_and(|flagged| flagged.flags.has(Flag::Unseen, row))
    }

    /// The flags that the other columns do not tell already.
    fn marks(&self, row: u32) -> String {
        let Some(flagged) = &self.flagged else {
            return "…".to_owned();
        };
        let told = flagged.flags.of(row);
        let told = told.filter(|flag| !matches!(flag, Flag::Unverified | Flag::Unseen));
        let mut marks: Vec<Flag> = told.collect();
        // Where it holds for all of them it would hide the others.
        marks.sort_by_key(|flag| matches!(flag, Flag::Met));
        let marks: Vec<&str> = marks.into_iter().map(words::mark).collect();
        marks.join(", ")
    }
}

/// Which column adds up.
const COST: usize = 6;

const COLUMNS: [Head; 9] = [
    ("Lead", 18, Align::Left, 0),
    ("Reason", 16, Align::Left, 5),
    ("Source", 16, Align::Left, 6),
    ("Rep", 12, Align::Left, 8),
    ("Rejected", 10, Align::Left, 7),
    ("Rests on", 10, Align::Left, 1),
    ("Lead cost", 9, Align::Right, 2),
    ("Flags", 14, Align::Left, 3),
    ("Challenge", 10, Align::Left, 4),
];

/// Where its newest challenge stands.
fn challenged(row: u32, facts: &Facts) -> String {
    let Some(newest) = facts.challenges.newest(row) else {
        return String::new();
    };
    let label = newest
        .settlement
        .map_or(ChallengeState::Open.label(), Settlement::label);
    label.to_owned()
}
