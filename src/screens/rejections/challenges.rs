//! Challenges: open ones first, then how others were settled; the overturn rate over them. Settles none.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::since::meetings_since;
use super::tables::{Head, Rows, Spare, columns};
use super::view::View;
use super::{Rejections, words};
use crate::domain::review::ChallengeState;
use crate::domain::review::line::ChallengeLine;
use crate::metrics::review::{Axis, overturned};
use crate::screens::figures;
use crate::screens::model::Model;
use crate::theme::Theme;
use crate::widgets::Align;

const DAY: i64 = 86_400;

/// A challenge that has waited through more meetings than these is flagged.
const MOST_MEETINGS: usize = 2;

const COLUMNS: [Head; 6] = [
    ("Lead", 18, Align::Left, 0),
    ("Stands", 20, Align::Left, 0),
    ("Rejected for", 16, Align::Left, 1),
    ("Days", 5, Align::Right, 2),
    ("By", 12, Align::Left, 4),
    ("Argument", 24, Align::Left, 3),
];

impl Rejections {
    pub(super) fn take_challenges(&mut self, lines: &[ChallengeLine]) {
        let under = self.challenge_line().map(|line| line.id);
        self.challenges = lines.to_vec();
        let place = |line: &ChallengeLine| match line.state {
            ChallengeState::Open => (0, line.opened.0.0),
            ChallengeState::Settled => (1, -line.settled.map_or(0, |at| at.0)),
            ChallengeState::Withdrawn => (2, -line.opened.0.0),
        };
        self.challenges.sort_by_key(|line| (place(line), line.id.0));
        let at = self
            .challenges
            .iter()
            .position(|line| Some(line.id) == under);
        let state = &mut self.states[View::Challenges as usize];
        state.selected = at.unwrap_or(state.selected);
    }

    /// The challenge under the cursor of their list.
    pub(super) fn challenge_line(&self) -> Option<&ChallengeLine> {
        self.challenges
            .get(self.states[View::Challenges as usize].selected)
    }

    /// How often challenges were overturned, by the axis that runs down where it has any.
    pub(super) fn challenges_title(&self, model: &Model) -> String {
        let open = self.challenges.iter();
        let open = open.filter(|line| line.state == ChallengeState::Open);
        let waiting = open.count();
        let axis = match self.axes.down {
            Axis::Week => Axis::Reason,
            axis => axis,
        };
        let (facts, book) = (model.facts(), model.book());
        let rates = overturned(facts, book, &self.scope(model), axis);
        let settled: u64 = rates.iter().map(|(_, rate)| rate.n).sum();
        let hits: u64 = rates.iter().map(|(_, rate)| rate.hits).sum();
        let name = |code| {
            self.found
                .as_ref()
                .map_or("", |found| found.name(facts, axis, code))
        };
        let by: Vec<String> = rates
            .iter()
            .take(3)
            .map(|(code, rate)| format!("{} {} of {}", name(*code), rate.hits, rate.n))
            .collect();
        let mut told = format!("{waiting} open; none was settled in the period");
        if settled > 0 {
            let small = if (settled as i64) < book.settings.small_n {
                "°"
            } else {
                ""
            };
            let share = figures::percent(hits as f64 / settled as f64);
            told = format!(
                "{waiting} open; {hits} of {settled} settled in the period overturned ({share}{small}); by {}: {}",
                axis.label(),
                by.join(", ")
            );
        }
        told
    }

    pub(super) fn draw_challenges(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let now = model.scope().as_of;
        let row = |at: usize| {
            let line = &self.challenges[at];
            let age = line
                .age(now)
                .map(|age| words::count((age / DAY).max(0) as u64));
            vec![
                line.name.clone(),
                stands(line, model),
                line.was.reason.clone(),
                age.unwrap_or_default(),
                line.opened.1.clone().unwrap_or_default(),
                line.argument.clone(),
            ]
        };
        let rows = Rows {
            columns: columns(&COLUMNS, Spare::Grows).collect(),
            len: self.challenges.len(),
            row: &row,
            total: None,
        };
        let state = self.states[View::Challenges as usize];
        self.states[View::Challenges as usize] = rows.draw(state, (buffer, area), theme);
    }

    pub(super) fn challenge_words(&self, model: &Model) -> Vec<String> {
        let line = self.challenge_line();
        line.map(|line| told(line, model)).into_iter().collect()
    }
}

/// Where it stands, in a few words.
fn stands(line: &ChallengeLine, model: &Model) -> String {
    match (line.state, &line.proposal) {
        (ChallengeState::Open, None) => {
            let days = model.book().settings.challenge_days;
            let late = line
                .age(model.scope().as_of)
                .is_some_and(|age| age > days * DAY);
            let meetings = meetings_since(model.book(), line.opened.0);
            match (meetings > MOST_MEETINGS, late) {
                (true, _) => format!("open, {meetings} meetings"),
                (false, true) => "open, overdue".to_owned(),
                (false, false) => "open".to_owned(),
            }
        }
        (ChallengeState::Open, Some(_)) => format!("waits for {}", line.waits_for()),
        (ChallengeState::Settled, Some(proposal)) => proposal.settlement().label().to_owned(),
        (state, _) => state.label().to_owned(),
    }
}

/// A challenge in sentences: who said what, how it is settled, who has confirmed.
pub(super) fn told(line: &ChallengeLine, model: &Model) -> String {
    let calendar = &model.book().calendar;
    let by = line.opened.1.as_deref().unwrap_or("somebody");
    let mut words = format!(
        "{by} on {}: \"{}\"",
        calendar.day_of(line.opened.0),
        line.argument
    );
    match (line.state, &line.proposal) {
        (ChallengeState::Withdrawn, _) => words.push_str("; withdrawn"),
        (ChallengeState::Open, None) => {
            let meetings = meetings_since(model.book(), line.opened.0);
            if meetings > MOST_MEETINGS {
                let _ = write!(words, "; has waited through {meetings} meetings");
            }
            words.push_str("; open: s settles it");
        }
        (ChallengeState::Open, Some(proposal)) => {
            let _ = write!(
                words,
                "; proposed: {proposal}; counts once {} has confirmed",
                line.waits_for()
            );
        }
        (ChallengeState::Settled, proposal) => {
            let how = proposal
                .as_ref()
                .map_or_else(String::new, ToString::to_string);
            let both: Vec<&str> = [&line.marketing, &line.sales]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            let day = line.settled.map(|at| calendar.day_of(at).to_string());
            let _ = write!(
                words,
                "; {how}, confirmed by {} on {}",
                both.join(" and "),
                day.unwrap_or_default()
            );
        }
    }
    if let Some(remark) = &line.remark {
        let _ = write!(words, " ({remark})");
    }
    words
}
