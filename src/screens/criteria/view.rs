//! What stands over the rules: suggestions, agreement, the page, the versions, rows behind a number. Asks for what it shows; reads nothing.

use ratatui::layout::Rect;

use super::Criteria;
use super::behind::Rows;
use super::question::{Agreed, Answer, Behind, Question};
use super::versions::Compared;
use crate::backtest::{Cell, Said, Suggestion};
use crate::keymap::Action;
use crate::metrics::Table;
use crate::screens::Outcome;
use crate::screens::fetch::{Fetch, Fetched};
use crate::screens::model::Model;

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
    /// Every version, and two of them compared.
    Versions(Box<Compared>),
    /// Rows behind a number.
    Rows(Box<Rows>),
}

/// Where entries stand on the screen.
pub(super) type Spots = Vec<(Rect, usize)>;

/// Suggestions as they come.
#[derive(Debug, Default)]
pub(super) struct Found {
    asked: Option<Box<Question>>,
    /// What was found, best first; `None`: it is being looked for.
    pub(super) all: Option<Vec<Suggestion>>,
    /// The one under the cursor.
    pub(super) picked: usize,
}

impl View {
    /// The view of a key.
    pub(super) fn of(action: Action) -> Option<View> {
        Some(match action {
            Action::Suggest => View::Suggestions(Found::default()),
            Action::Agreement => View::Agreement(0),
            Action::DefinitionPage => View::Page(0),
            Action::History => View::Versions(Box::new(Compared::newest())),
            Action::Flips => View::behind(Behind::Turned, None, View::Rules),
            _ => return None,
        })
    }

    fn behind(behind: Behind, of: Option<Box<Question>>, back: View) -> View {
        View::Rows(Box::new(Rows::new(behind, of, back)))
    }

    /// What its keys do, the most important first.
    pub(super) fn hints(&self) -> Vec<(Action, &'static str)> {
        use Action as A;
        let back = (A::Back, "back");
        let shown: &[(Action, &'static str)] = match self {
            View::Rules => return Vec::new(),
            View::Suggestions(_) => &[
                (A::TakeSuggestion, "take it"),
                (A::Open, "its leads"),
                back,
                (A::Agreement, "agreement"),
                (A::DefinitionPage, "page"),
            ],
            View::Agreement(_) => &[
                (A::Open, "the leads of the cell"),
                (A::Left, "cells"),
                back,
                (A::Suggest, "suggest"),
            ],
            View::Page(_) => &[
                (A::Wordings, "words"),
                (A::SavePage, "into a file"),
                (A::Copy, "copy"),
                back,
                (A::ProposeVersion, "propose"),
                (A::SignVersion, "sign"),
            ],
            View::Versions(_) => &[
                (A::Open, "leads that turn"),
                (A::Compare, "compare with it"),
                back,
                (A::PutInForce, "in force"),
                (A::SignVersion, "sign"),
            ],
            View::Rows(rows) if rows.card.is_some() => &[
                (A::Next, "next lead"),
                (A::Previous, "lead before"),
                (A::Back, "list"),
            ],
            View::Rows(rows) if matches!(rows.behind, Behind::Rule(..)) => {
                &[(A::Open, "lead"), (A::Left, "other answers"), back]
            }
            View::Rows(_) => &[(A::Open, "lead"), back],
        };
        let help = (A::Help, "help");
        shown.iter().copied().chain([help]).collect()
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
            View::Rows(rows) => rows.forget(),
            View::Versions(compared) => compared.forget(),
            _ => {}
        }
    }

    /// What has to be read for it.
    pub(super) fn wanted(&mut self, question: &Question, agreed: &Agreed) -> Option<Fetch> {
        match self {
            View::Suggestions(found) => {
                let asked = found.asked.as_deref();
                if asked.is_some_and(|asked| asked.draft == question.draft) {
                    return None;
                }
                let resting = Box::new(question.resting());
                found.asked = Some(resting.clone());
                Some(Fetch::Suggest(resting))
            }
            View::Rows(rows) => rows.wanted(question),
            View::Versions(compared) => compared.wanted(agreed),
            _ => None,
        }
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        match (self, asked, fetched) {
            (View::Suggestions(found), Fetch::Suggest(_), Fetched::CutOff) => found.asked = None,
            (View::Rows(rows), Fetch::Behind(..), Fetched::CutOff) => rows.cut_off(),
            (View::Versions(compared), Fetch::Compare(_), Fetched::CutOff) => compared.forget(),
            (View::Versions(compared), Fetch::Compare(of), Fetched::Past(answer)) => {
                if let Answer::Panel(panel) = &**answer {
                    compared.take(of, panel);
                }
            }
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
                    rows.take(all);
                }
            }
            (View::Rows(rows), Fetch::Lines(Table::Handoffs, ids), Fetched::Handoffs(lines)) => {
                let known = ids.iter().copied().zip(lines.iter().cloned());
                rows.leads.extend(known);
            }
            (View::Rows(rows), Fetch::Lead(id), Fetched::Lead(read)) => rows.show(*id, read, model),
            _ => {}
        }
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

/// A place in a list of so many, moved; it stops at both ends.
pub(super) fn stepped(at: usize, by: isize, count: usize) -> usize {
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
                    (Action::Open, Some(rule)) => {
                        self.open_rows(Behind::Suggested(Box::new(rule)), None);
                    }
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
                    self.open_rows(behind, None);
                }
            }
            View::Page(scrolled) => *scrolled = scrolled.saturating_add_signed(by),
            View::Versions(compared) => {
                let at = compared.at.min(versions.saturating_sub(1));
                compared.at = stepped(at, by, versions);
                if action == Action::Compare {
                    compared.mark(&self.agreed.versions.0);
                } else if action == Action::Open {
                    let of = compared.question(&self.agreed);
                    self.open_rows(Behind::Turned, of);
                }
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
            Action::Copy => self.copy_view(model),
            Action::SavePage => self.open_page(model),
            _ => Outcome::Nothing,
        }
    }

    /// Opens the rows behind a number; `of`: asked of something else than the draft.
    pub(super) fn open_rows(&mut self, behind: Behind, of: Option<Box<Question>>) {
        let back = std::mem::take(&mut self.view);
        self.view = View::behind(behind, of, back);
    }
}
