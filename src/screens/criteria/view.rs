//! What stands over the rules: suggestions, agreement, the page, the versions, rows behind a number. Asks for what it shows; reads nothing.

use std::collections::{HashMap, HashSet};

use super::Criteria;
use super::question::{Answer, Behind, Question, Row};
use crate::backtest::{Cell, Flip, Said, Suggestion};
use crate::domain::card::LeadLine;
use crate::domain::ids::{HandoffId, LeadId};
use crate::keymap::Action;
use crate::metrics::Table;
use crate::screens::Outcome;
use crate::screens::card;
use crate::screens::fetch::{Fetch, Fetched};
use crate::screens::model::Model;
use crate::widgets::Reader;

/// Lines of leads that are read at once.
const PAGE: usize = 100;

/// What is shown.
#[derive(Debug, Default)]
pub(super) enum View {
    /// The rules and the panel.
    #[default]
    Rules,
    /// Rules worth a look.
    Suggestions(Found),
    /// The two matrices; the cell under the cursor.
    Agreement(usize),
    /// The page of the definition, scrolled.
    Page(usize),
    /// Every version; the one under the cursor.
    Versions(usize),
    /// Rows behind a number.
    Rows(Box<Rows>),
}

/// Suggestions as they come.
#[derive(Debug, Default)]
pub(super) struct Found {
    asked: Option<Box<Question>>,
    /// What was found, best first; `None`: it is being looked for.
    pub(super) all: Option<Vec<Suggestion>>,
    /// The one under the cursor.
    pub(super) picked: usize,
}

/// Rows as they come.
#[derive(Debug)]
pub(super) struct Rows {
    /// What they stand behind.
    pub(super) behind: Behind,
    back: View,
    asked: Option<Box<Question>>,
    /// The rows; `None`: they are being read.
    pub(super) all: Option<Vec<Row>>,
    /// The one under the cursor.
    pub(super) picked: usize,
    /// The first in sight.
    pub(super) offset: usize,
    /// Their leads, by handoff.
    pub(super) leads: HashMap<i64, LeadLine>,
    lines_asked: HashSet<i64>,
    /// The open card.
    pub(super) card: Option<(LeadId, Reader)>,
}

impl View {
    /// The view of a key.
    pub(super) fn of(action: Action) -> Option<View> {
        Some(match action {
            Action::Suggest => View::Suggestions(Found::default()),
            Action::Agreement => View::Agreement(0),
            Action::DefinitionPage => View::Page(0),
            Action::History => View::Versions(usize::MAX),
            Action::Flips => View::behind(Behind::Turned, View::Rules),
            _ => return None,
        })
    }

    fn behind(behind: Behind, back: View) -> View {
        View::Rows(Box::new(Rows {
            behind,
            back,
            asked: None,
            all: None,
            picked: 0,
            offset: 0,
            leads: HashMap::new(),
            lines_asked: HashSet::new(),
            card: None,
        }))
    }

    /// Whether both show the same kind of thing.
    pub(super) fn is_alike(&self, other: &View) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Goes back one step; false when the rules are in sight already.
    pub(super) fn close(&mut self) -> bool {
        match std::mem::take(self) {
            View::Rules => false,
            View::Rows(mut rows) if rows.card.is_some() => {
                rows.card = None;
                *self = View::Rows(rows);
                true
            }
            View::Rows(rows) => {
                *self = rows.back;
                true
            }
            _ => true,
        }
    }

    /// The past may be another one: everything is asked anew, what stands there stays in sight.
    pub(super) fn forget(&mut self) {
        match self {
            View::Suggestions(found) => found.asked = None,
            View::Rows(rows) => {
                rows.asked = None;
                rows.lines_asked.clear();
            }
            _ => {}
        }
    }

    /// What has to be read for it.
    pub(super) fn wanted(&mut self, question: &Question) -> Vec<Fetch> {
        let of = || {
            Box::new(Question {
                values: None,
                edited: None,
                ..question.clone()
            })
        };
        match self {
            View::Suggestions(found) => {
                let asked = found.asked.as_deref();
                if asked.is_some_and(|asked| asked.draft == question.draft) {
                    return Vec::new();
                }
                found.asked = Some(of());
                vec![Fetch::Suggest(of())]
            }
            View::Rows(rows) => {
                let asked = rows.asked.as_deref();
                let known =
                    asked.is_some_and(|a| a.draft == question.draft && a.before == question.before);
                if known {
                    return rows.lines().into_iter().collect();
                }
                rows.asked = Some(of());
                vec![Fetch::Behind(of(), rows.behind.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        match (self, asked, fetched) {
            (View::Suggestions(found), Fetch::Suggest(_), Fetched::CutOff) => found.asked = None,
            (View::Rows(rows), Fetch::Behind(..), Fetched::CutOff) => rows.asked = None,
            (View::Suggestions(found), Fetch::Suggest(_), Fetched::Past(answer)) => {
                if let Answer::Suggestions(all) = &**answer {
                    found.picked = found.picked.min(all.len().saturating_sub(1));
                    found.all = Some(all.clone());
                }
            }
            (View::Rows(rows), Fetch::Behind(_, behind), Fetched::Past(answer)) => {
                if let Answer::Rows(all) = &**answer
                    && *behind == rows.behind
                {
                    rows.picked = rows.picked.min(all.len().saturating_sub(1));
                    rows.all = Some(all.clone());
                }
            }
            (View::Rows(rows), Fetch::Lines(Table::Handoffs, ids), Fetched::Handoffs(lines)) => {
                let known = ids.iter().copied().zip(lines.iter().cloned());
                rows.leads.extend(known);
            }
            (View::Rows(rows), Fetch::Lead(id), Fetched::Lead(read)) => {
                let handoff = rows.at_cursor().map(|flip| HandoffId(flip.handoff_id));
                let text = card::judged(read, handoff, model.book(), model.now());
                rows.card = Some((*id, text));
            }
            _ => {}
        }
    }
}

impl Rows {
    /// The lines of leads around the cursor that were not read yet.
    fn lines(&mut self) -> Option<Fetch> {
        let all = self.all.as_ref()?;
        let start = self.picked.saturating_sub(PAGE / 2);
        let mut ids: Vec<i64> = all
            .iter()
            .skip(start)
            .take(PAGE)
            .map(|row| row.flip.handoff_id)
            .collect();
        ids.retain(|id| !self.lines_asked.contains(id));
        self.lines_asked.extend(&ids);
        (!ids.is_empty()).then_some(Fetch::Lines(Table::Handoffs, ids))
    }
}

/// The cell of a number from 0 to 17: criteria × verdict, then criteria × outcome.
pub(super) fn cell(at: usize) -> Behind {
    let (said, happened) = (Said::ALL[at % 9 / 3], Cell::ALL[at % 3]);
    if at < 9 {
        Behind::Verdict(said, happened)
    } else {
        Behind::Outcome(said, happened)
    }
}

fn stepped(at: usize, by: isize, count: usize) -> usize {
    at.saturating_add_signed(by).min(count.saturating_sub(1))
}

impl Criteria {
    /// A key while a view stands over the rules.
    pub(super) fn on_view(&mut self, action: Action, model: &Model) -> Outcome {
        let page = isize::from(self.area.height.max(8) as i16) - 6;
        let by = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            Action::First => isize::MIN,
            Action::Last => isize::MAX,
            _ => 0,
        };
        let versions = self.agreed.versions.0.len();
        match &mut self.view {
            View::Suggestions(found) => {
                let all = found.all.as_deref().unwrap_or_default();
                found.picked = stepped(found.picked, by, all.len());
                let rule = all.get(found.picked).map(|s| s.rule.clone());
                match (action, rule) {
                    (Action::Open, Some(rule)) => self.open_rows(Behind::Suggested(Box::new(rule))),
                    (Action::TakeSuggestion | Action::Add, Some(rule)) => {
                        return self.add_rule(rule, model);
                    }
                    _ => {}
                }
            }
            View::Agreement(at) => {
                *at = match action {
                    Action::Left => at.saturating_sub(1),
                    Action::Right => (*at + 1).min(17),
                    Action::Up => at.checked_sub(3).unwrap_or(*at),
                    Action::Down if *at + 3 < 18 => *at + 3,
                    _ => *at,
                };
                if action == Action::Open {
                    let behind = cell(*at);
                    self.open_rows(behind);
                }
            }
            View::Page(scrolled) => *scrolled = scrolled.saturating_add_signed(by),
            View::Versions(at) => {
                *at = stepped((*at).min(versions.saturating_sub(1)), by, versions);
            }
            View::Rows(rows) => return rows.moved(action, by),
            View::Rules => {}
        }
        match action {
            Action::ProposeVersion | Action::WithdrawVersion | Action::DiscardDraft => {
                self.version_key(action)
            }
            Action::SignVersion => self.open_signatures(model),
            Action::PutInForce => self.open_force(model),
            Action::Wordings => self.open_wordings(model),
            Action::HowItCounts => self.open_counts(model),
            _ => Outcome::Nothing,
        }
    }

    fn open_rows(&mut self, behind: Behind) {
        let back = std::mem::take(&mut self.view);
        self.view = View::behind(behind, back);
    }
}

impl Rows {
    fn moved(&mut self, action: Action, by: isize) -> Outcome {
        if let Some((_, reader)) = &mut self.card {
            let next = match action {
                Action::Next => 1,
                Action::Previous => -1,
                _ => {
                    reader.scroll(by.clamp(-100_000, 100_000));
                    return Outcome::Nothing;
                }
            };
            let count = self.all.as_ref().map_or(0, Vec::len);
            self.picked = stepped(self.picked, next, count);
            return self.read_card();
        }
        let count = self.all.as_ref().map_or(0, Vec::len);
        self.picked = stepped(self.picked, by, count);
        if action == Action::Open {
            return self.read_card();
        }
        Outcome::Nothing
    }

    fn read_card(&self) -> Outcome {
        self.at_cursor().map_or(Outcome::Nothing, |flip| {
            Outcome::Read(Fetch::Lead(LeadId(flip.lead_id)))
        })
    }

    fn at_cursor(&self) -> Option<&Flip> {
        let all = self.all.as_ref()?;
        all.get(self.picked).map(|row| &row.flip)
    }
}
