//! What the keys do to the draft, as commands. Without a draft the first change begins one, as a copy of what is in force.

use super::Criteria;
use super::bar::{Bar, Of};
use super::question::Behind;
use crate::domain::command::Command;
use crate::domain::criteria::version::{CriteriaChange, State, Version};
use crate::domain::criteria::{Definition, Kind, Rule, Switch, Truth};
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::model::Model;

pub(super) fn write(change: CriteriaChange) -> Write {
    Write::one(Command::Criteria(change))
}

impl Criteria {
    /// What the draft says, and its version if there is one; without one, what is in force.
    pub(super) fn base(&self, model: &Model) -> (Definition, Option<&Version>) {
        let draft = self.draft();
        let definition = match draft {
            Some(draft) => draft.definition.clone(),
            None => Definition {
                segment: self.segment.clone(),
                ..self
                    .waiting(model)
                    .or_else(|| self.in_force(model))
                    .map_or_else(Definition::default, |v| v.definition.clone())
            },
        };
        (definition, draft)
    }

    /// The draft with what is being typed, and the rule that changes from key to key.
    pub(super) fn preview(&self, model: &Model) -> (Definition, Option<usize>) {
        let (mut definition, _) = self.base(model);
        let Some(bar) = &self.bar else {
            return (definition, None);
        };
        let rules = bar.rules(&self.agreed.fields);
        let edited = match bar.of {
            Some(of) if of.place < definition.rules.len() => {
                if rules.is_empty() {
                    return (definition, None);
                }
                let one = rules.len() == 1;
                definition.rules.splice(of.place..=of.place, rules);
                one.then_some(of.place)
            }
            _ => {
                let place = definition.rules.len();
                let one = rules.len() == 1;
                definition.rules.extend(rules);
                one.then_some(place)
            }
        };
        (definition, edited)
    }

    /// Opens the bar on the rule under the cursor.
    pub(super) fn edit_rule(&mut self, model: &Model) -> Outcome {
        let Some(place) = self.place(model) else {
            self.bar = Some(Bar::holding("", None));
            return Outcome::Nothing;
        };
        let (definition, version) = self.base(model);
        let mark = version.and_then(|version| version.marks.get(place));
        let of = Of {
            id: mark.map(|mark| mark.id),
            place,
            revision: mark.map_or(0, |mark| mark.revision),
        };
        let text = definition.rules[place].text(&self.agreed.fields);
        self.bar = Some(Bar::holding(&text, Some(of)));
        Outcome::Nothing
    }

    /// Opens the leads that the rule under the cursor speaks of: first those against which it speaks.
    pub(super) fn open_rule(&mut self, model: &Model) -> Outcome {
        let Some(place) = self.place(model) else {
            return Outcome::Say("There is no rule of the draft under the cursor".to_owned());
        };
        let kind = self.base(model).0.rules[place].kind;
        let against = if kind == Kind::MustNot {
            Truth::Yes
        } else {
            Truth::No
        };
        self.open_rows(Behind::Rule(place, kind, against), None);
        Outcome::Nothing
    }

    /// Enter in the bar: what is typed goes into the draft.
    pub(super) fn take_typed(&mut self, model: &Model) -> Outcome {
        let fields = std::sync::Arc::clone(&self.agreed.fields);
        let (preview, _) = self.preview(model);
        let draft = self.draft().map(|version| version.id);
        let Some(bar) = &mut self.bar else {
            return Outcome::Nothing;
        };
        if bar.text().trim().is_empty() {
            self.bar = None;
            return Outcome::Nothing;
        }
        if let Some(fault) = bar.fault(&fields) {
            bar.wrong = Some(format!("{}; nothing was taken yet", fault.what));
            return Outcome::Nothing;
        }
        let gone = bar
            .theirs
            .as_ref()
            .is_some_and(|theirs| theirs.text.is_none());
        let rules = bar.rules(&fields);
        let Some(draft) = draft else {
            if self.begins_nothing(&preview, model) {
                self.bar = None;
                return Outcome::Nothing;
            }
            return self.send(write(CriteriaChange::Replace(preview)));
        };
        let mut changes: Vec<CriteriaChange> = Vec::new();
        let mut rest = rules.into_iter();
        if let Some(Of {
            id: Some(rule),
            revision,
            ..
        }) = bar.of.filter(|_| !gone)
        {
            changes.extend(
                rest.next()
                    .map(|to| CriteriaChange::ChangeRule { rule, revision, to }),
            );
        }
        changes.extend(rest.map(|rule| CriteriaChange::AddRule { draft, rule }));
        let write = match <[CriteriaChange; 1]>::try_from(changes) {
            Ok([only]) => write(only),
            Err(many) => Write::Each(many.into_iter().map(Command::Criteria).collect()),
        };
        self.send(write)
    }

    /// Has something written and waits for what becomes of it.
    pub(super) fn send(&mut self, write: Write) -> Outcome {
        self.sent = Some(write.clone());
        Outcome::Write(write)
    }

    /// A change of the rule under the cursor.
    pub(super) fn change_rule(&mut self, action: Action, model: &Model) -> Outcome {
        let Some(place) = self.place(model) else {
            return Outcome::Say("There is no rule of the draft under the cursor".to_owned());
        };
        let (mut definition, version) = self.base(model);
        let mark = version
            .and_then(|version| version.marks.get(place))
            .cloned();
        let target = match action {
            Action::RuleUp => place.saturating_sub(1),
            _ => (place + 1).min(definition.rules.len() - 1),
        };
        let switched = |rule: &Rule| Rule {
            switch: if rule.is_on() {
                Switch::Off
            } else {
                Switch::On
            },
            ..rule.clone()
        };
        let change = match (action, mark) {
            (Action::RuleUp | Action::RuleDown, _) if target == place => return Outcome::Nothing,
            (Action::SwitchRule, Some(mark)) => CriteriaChange::ChangeRule {
                rule: mark.id,
                revision: mark.revision,
                to: switched(&definition.rules[place]),
            },
            (Action::RemoveRule, Some(mark)) => CriteriaChange::RemoveRule {
                rule: mark.id,
                revision: mark.revision,
            },
            (Action::RuleUp | Action::RuleDown, Some(mark)) => CriteriaChange::MoveRule {
                rule: mark.id,
                to: target,
            },
            (action, _) => {
                match action {
                    Action::SwitchRule => {
                        definition.rules[place] = switched(&definition.rules[place]);
                    }
                    Action::RemoveRule => {
                        definition.rules.remove(place);
                    }
                    _ => definition.rules.swap(place, target),
                }
                CriteriaChange::Replace(definition)
            }
        };
        if matches!(action, Action::RuleUp | Action::RuleDown) {
            self.cursor = target;
        }
        self.send(write(change))
    }

    /// Puts a rule into the draft, from a suggestion.
    pub(super) fn add_rule(&mut self, rule: Rule, model: &Model) -> Outcome {
        let (mut definition, version) = self.base(model);
        let change = if let Some(version) = version {
            CriteriaChange::AddRule {
                draft: version.id,
                rule,
            }
        } else {
            definition.rules.push(rule);
            CriteriaChange::Replace(definition)
        };
        self.send(write(change))
    }

    /// Propose, withdraw, throw away.
    pub(super) fn version_key(&mut self, action: Action) -> Outcome {
        let Some(draft) = self.draft() else {
            return Outcome::Refuse(
                "There is no draft: change a rule, and one begins as a copy of what is in force"
                    .to_owned(),
            );
        };
        let change = match action {
            Action::ProposeVersion if draft.state == State::Proposed => {
                return Outcome::Say(format!(
                    "Version {} is proposed already; S signs it",
                    draft.number
                ));
            }
            Action::ProposeVersion => CriteriaChange::Propose(draft.id),
            Action::WithdrawVersion => CriteriaChange::Withdraw(draft.id),
            _ => CriteriaChange::Discard(draft.id),
        };
        self.send(write(change))
    }
}
