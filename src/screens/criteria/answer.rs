//! What comes back: versions, answers about the past, what became of a change, keys of open windows. Reads and writes nothing itself.

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::bar::Theirs;
use super::question::{Agreed, Answer};
use super::view::View;
use super::window::Window;
use super::{Criteria, Reading};
use crate::domain::command::Command;
use crate::domain::criteria::version::{CriteriaChange, State};
use crate::domain::presence::{Doing, Thing};
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::fetch::{Done, Fetch, Fetched, Write};
use crate::screens::model::Model;
use crate::text::clean;

impl Criteria {
    /// Takes what was read.
    pub(super) fn take(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        match (asked, fetched) {
            (Fetch::Criteria, Fetched::Criteria(agreed)) => self.agree(agreed, model),
            (Fetch::Panel(question), Fetched::Past(answer)) => match &**answer {
                Answer::Panel(panel) => self.panel = Some((question.clone(), (**panel).clone())),
                Answer::Weights(weights) => {
                    self.weights = Some((question.clone(), (**weights).clone()));
                }
                _ => {}
            },
            (asked, fetched) => self.view.take(asked, fetched, model),
        }
    }

    fn agree(&mut self, agreed: &Arc<Agreed>, model: &Model) {
        if self.reading == Reading::Asked {
            self.reading = Reading::Done;
        }
        let before = std::mem::replace(&mut self.agreed, Arc::clone(agreed));
        self.look_for_cleared(&before);
        self.look_for_theirs();
        let last = self.lines(model).len().saturating_sub(1);
        self.cursor = self.cursor.min(last);
    }

    /// Remembers whose signature a change took away: who had signed is told, not only who changed it.
    fn look_for_cleared(&mut self, before: &Agreed) {
        let now = self.agreed.versions.draft(self.segment.as_deref());
        let then = before.versions.draft(self.segment.as_deref());
        let open = now.filter(|now| now.state == State::Draft);
        let Some(open) = open else {
            self.cleared = None;
            return;
        };
        let same = then.filter(|then| then.id == open.id);
        let names: Vec<&str> = same
            .into_iter()
            .flat_map(|then| &then.signatures)
            .filter_map(|signature| signature.by.name.as_deref())
            .collect();
        if !names.is_empty() {
            self.cleared = Some(names.join(" and "));
        }
    }

    /// Whether somebody changed the rule in the bar meanwhile.
    fn look_for_theirs(&mut self) {
        let agreed = Arc::clone(&self.agreed);
        let draft = agreed.versions.draft(self.segment.as_deref());
        let Some(bar) = &mut self.bar else { return };
        let Some(of) = &mut bar.of else { return };
        let Some(id) = of.id else { return };
        let found = draft.and_then(|draft| {
            let place = draft.marks.iter().position(|mark| mark.id == id)?;
            Some((place, &draft.marks[place], &draft.definition.rules[place]))
        });
        bar.theirs = if let Some((place, mark, rule)) = found {
            of.place = place;
            (mark.revision != of.revision).then(|| Theirs {
                who: mark
                    .by
                    .name
                    .clone()
                    .unwrap_or_else(|| "somebody".to_owned()),
                text: Some(rule.text(&agreed.fields)),
                revision: mark.revision,
            })
        } else {
            of.place = usize::MAX;
            Some(Theirs {
                who: String::new(),
                text: None,
                revision: 0,
            })
        };
    }

    /// What is being edited, else the rule under the cursor.
    pub(super) fn open_here(&self, model: &Model) -> Option<Doing> {
        let of_rule = |place: usize| {
            let id = self.draft().and_then(|draft| draft.marks.get(place));
            Thing::Rule(id.map(|mark| mark.id.0), place + 1)
        };
        Some(match (&self.window, &self.bar) {
            (Some(Window::Wordings(_)), _) => Doing::editing(Thing::Wordings),
            (Some(Window::Counts(_)), _) => Doing::editing(Thing::Counting),
            (Some(Window::Details((place, _), _)), _) => Doing::editing(of_rule(*place)),
            (_, Some(bar)) => match bar.of.filter(|of| of.place != usize::MAX) {
                Some(of) => Doing::editing(of_rule(of.place)),
                None => Doing::editing(Thing::NewRule),
            },
            _ if matches!(self.view, View::Rules) => Doing::looking(of_rule(self.place(model)?)),
            _ => return None,
        })
    }

    /// A change was written.
    pub(super) fn done(&mut self, write: &Write, done: &Done, model: &Model) -> Outcome {
        if let Some(Err(why)) = done.results.iter().find(|result| result.is_err()) {
            if let Some(bar) = &mut self.bar {
                bar.wrong = Some(why.clone());
            }
            return Outcome::Nothing;
        }
        self.window = None;
        if self.bar.take().is_some_and(|bar| bar.of.is_none()) {
            self.cursor = self.base(model).0.rules.len();
        }
        let signed = |command: &Command| {
            matches!(
                command,
                Command::Criteria(CriteriaChange::PutInForce { .. })
            )
        };
        if let Write::One(command) = write
            && signed(command)
        {
            self.view = View::Rules;
        }
        Outcome::Nothing
    }

    /// A key in the open window.
    pub(super) fn in_window(&mut self, action: Action, model: &Model) -> Outcome {
        let Some(window) = &mut self.window else {
            return Outcome::Nothing;
        };
        match (window.letters(), action) {
            (Some(letters), Action::Open) => match letters.marked() {
                Some(index) => self.chosen(index),
                None => Outcome::Nothing,
            },
            (Some(letters), action) => {
                letters.update(action);
                Outcome::Nothing
            }
            (None, Action::Open) if self.sent.is_some() => Outcome::Nothing,
            (None, Action::Open) => self.submit(model),
            (None, action) => {
                if let Some(form) = window.form() {
                    form.update(action);
                }
                Outcome::Nothing
            }
        }
    }

    /// Text for the open window.
    pub(super) fn typed_in_window(&mut self, key: KeyEvent) -> Outcome {
        let Some(window) = &mut self.window else {
            return Outcome::Nothing;
        };
        if let Some(letters) = window.letters() {
            return match letters.key(key) {
                Some(index) => self.chosen(index),
                None => Outcome::Nothing,
            };
        }
        if let Some(form) = window.form() {
            form.key(key);
        }
        Outcome::Nothing
    }

    /// A click.
    pub(super) fn clicked(&mut self, column: u16, row: u16, model: &Model) -> Outcome {
        if let Some(window) = &mut self.window {
            let hit = window.letters().and_then(|list| list.click(column, row));
            return hit.map_or(Outcome::Nothing, |index| self.chosen(index));
        }
        if !matches!(self.view, View::Rules) {
            return self.clicked_in_list((column, row).into());
        }
        let list = self.list_area();
        if self.bar.is_none() && list.contains((column, row).into()) {
            let at = self.offset + usize::from(row - list.y);
            let on_rule = at < self.lines(model).len();
            if on_rule && std::mem::replace(&mut self.cursor, at) == at {
                return Outcome::Press(Action::EditRule);
            }
        }
        Outcome::Nothing
    }

    /// Marks what was clicked on; a second click opens it.
    fn clicked_in_list(&mut self, place: Position) -> Outcome {
        let hit = self.spots.iter().find(|(spot, _)| spot.contains(place));
        let Some((_, at)) = hit.copied() else {
            return Outcome::Nothing;
        };
        let cursor = match &mut self.view {
            View::Suggestions(found) => &mut found.picked,
            View::Agreement(cell) => cell,
            View::Versions(compared) => &mut compared.at,
            View::Rows(rows) => &mut rows.picked,
            View::Rules | View::Page(_) => return Outcome::Nothing,
        };
        if std::mem::replace(cursor, at) == at {
            return Outcome::Press(Action::Open);
        }
        Outcome::Nothing
    }

    /// What is next, in words: the way from an edit to a version in force.
    pub(super) fn next_step(&self, model: &Model) -> String {
        match (self.draft(), self.waiting(model)) {
            (Some(draft), _) if draft.state == State::Proposed => {
                let sides: Vec<&str> = draft.unsigned().iter().map(|s| s.label()).collect();
                format!("next: S signs for {}", sides.join(" and for "))
            }
            (Some(_), _) => match &self.cleared {
                Some(names) => format!(
                    "changed after {} signed, which cleared that; next: p proposes it again",
                    clean(names)
                ),
                None => "next: p proposes it, then both sides sign".to_owned(),
            },
            (None, Some(version)) => {
                format!(
                    "next: F puts version {} in force from a day",
                    version.number
                )
            }
            (None, None) => "next: s suggests rules, a types one: a draft begins".to_owned(),
        }
    }
}
