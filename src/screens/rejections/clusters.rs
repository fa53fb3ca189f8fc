//! The worklist: what rejections have in common, the dearest first. Groups nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Rejections;
use super::tables::{Head, Rows, Spare, columns, wide_enough};
use super::view::View;
use super::words;
use crate::domain::review::feedback::FeedbackState;
use crate::metrics::review::{Proof, place_of};
use crate::screens::figures;
use crate::screens::judge::Spot;
use crate::screens::model::Model;
use crate::text;
use crate::theme::Theme;
use crate::widgets::{Align, Column, sparkline};

/// The names of both axes stand before them.
const COLUMNS: [Head; 9] = [
    ("Rejected", 8, Align::Right, 0),
    ("Share", 7, Align::Right, 7),
    ("Verified", 8, Align::Right, 5),
    ("Objective", 9, Align::Right, 6),
    ("Unverified", 10, Align::Right, 2),
    ("Wasted", 10, Align::Right, 1),
    ("Unproven", 10, Align::Right, 4),
    ("Hours", 6, Align::Right, 3),
    ("Feedback", 12, Align::Left, 8),
];

impl Rejections {
    pub(super) fn draw_worklist(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let Some(found) = &self.found else { return };
        let facts = model.facts();
        let name = |label: &str| Column {
            title: capital(label),
            width: 14,
            align: Align::Left,
            grows: true,
            drop: 0,
        };
        let mut heads = vec![name(self.axes.down.label()), name(self.axes.across.label())];
        heads.extend(columns(&COLUMNS, Spare::Stays));
        let review = &found.review;
        let row = |at: usize| {
            let Some((spot, sums)) = found.clusters.at(review, facts, at) else {
                return Vec::new();
            };
            let sums = &sums;
            let mut cells: Vec<String> = spot
                .iter()
                .map(|(axis, code)| found.name(facts, *axis, *code).to_owned())
                .collect();
            cells.resize(2, String::new());
            cells.extend([
                words::count(sums.count()),
                figures::percent(found.clusters.share(sums)),
                words::count(sums.of(Proof::Verified)),
                words::count(sums.of(Proof::Objective)),
                words::count(sums.of(Proof::Unverified)),
                words::wasted(sums, review),
                words::unproven(sums, review),
                words::hours(sums, review),
                self.feedback_on(&spot, model).unwrap_or_default(),
            ]);
            cells
        };
        let sums = found.matrix().total;
        let total = vec![
            figures::several(found.clusters.len() as u64, "cluster"),
            String::new(),
            words::count(sums.count()),
            String::new(),
            words::count(sums.of(Proof::Verified)),
            words::count(sums.of(Proof::Objective)),
            words::count(sums.of(Proof::Unverified)),
            words::wasted(&sums, review),
            words::unproven(&sums, review),
            words::hours(&sums, review),
        ];
        wide_enough(&mut heads, &total);
        let rows = Rows {
            columns: heads,
            len: found.clusters.len(),
            row: &row,
            total: Some(total),
        };
        let state = self.states[View::Worklist as usize];
        self.states[View::Worklist as usize] = rows.draw(state, (buffer, area), theme);
    }

    /// Where the feedback on a spot stands.
    fn feedback_on(&self, spot: &Spot, model: &Model) -> Option<String> {
        let (facts, book) = (model.facts(), model.book());
        let same = |shared| {
            place_of(facts, book, shared).is_some_and(|place| {
                place.len() == spot.len() && place.iter().all(|value| spot.contains(value))
            })
        };
        let line = self.feedback.iter().find(|line| same(&line.shared))?;
        Some(match line.state {
            FeedbackState::New => "raised".to_owned(),
            state => state.label().to_owned(),
        })
    }

    /// What is said of the cluster or cell under the cursor: what it adds up to, how often, week by week.
    pub(super) fn spot_words(&mut self, model: &Model) -> Vec<String> {
        let spot = self.spot(model);
        let feedback = self.feedback_on(&spot, model);
        let (view, cell) = (self.view, self.cell);
        let Some(found) = &mut self.found else {
            return Vec::new();
        };
        let facts = model.facts();
        let at = self.states[View::Worklist as usize].selected;
        let (sums, rate, share) = match view {
            View::Worklist => {
                let Some(cluster) = found.clusters.get(&found.review, facts, at) else {
                    return Vec::new();
                };
                (cluster.sums, Some(cluster.rate), None)
            }
            _ => super::matrix::told(found.matrix(), cell),
        };
        let name = found.spot_name(facts, &spot);
        let unseen = found.unseen_at(facts, self.flagged.as_ref(), &spot);
        let weeks = found.trend(facts, &spot);
        let counts: Vec<Option<f64>> = weeks.iter().map(|(_, count)| Some(*count as f64)).collect();
        let trend = sparkline(&counts, 26);
        let first = format!("{name}: {}", words::sums(&sums, &found.review, unseen));
        let parts = [
            rate.map(|rate| words::rate(&rate)),
            share,
            feedback.map(|state| format!("feedback {state}")),
            (!trend.is_empty()).then(|| format!("by week {trend}")),
        ];
        // What would be cut says nothing.
        let room = usize::from(self.area.width.saturating_sub(3));
        let mut second = String::new();
        for part in parts.into_iter().flatten() {
            let with = format!(
                "{second}{}{part}",
                if second.is_empty() { "" } else { " · " }
            );
            if second.is_empty() || text::width(&with) <= room {
                second = with;
            }
        }
        vec![first, second]
    }
}

/// With a capital letter.
pub(super) fn capital(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
