//! The windows of the screen: whose change stays, kind and reason of a rule, how it counts, the wordings, who signs, from when. Writes nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Criteria, Reading};
use crate::domain::command::Command;
use crate::domain::criteria::version::{CriteriaChange, Standing, State, Version};
use crate::domain::criteria::{Class, Kind, Policy};
use crate::domain::ids::{CriteriaId, RuleId};
use crate::domain::policy::Side;
use crate::keymap::Context;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::form::Form;
use crate::screens::letters::Letters;
use crate::screens::meeting::{Newcomer, Question};
use crate::screens::model::Model;
use crate::screens::paper::Order;
use crate::theme::Theme;
use crate::widgets::Entry;

/// An open window.
#[derive(Debug)]
pub(super) enum Window {
    /// Kind, class and reason of the rule at a place; its row id, where there is a draft.
    Details((usize, Option<RuleId>), Form),
    /// How many supporting rules, what unknown means, when it is looked at again.
    Counts(Form),
    /// The wordings.
    Wordings(Form),
    /// Who signs, by handle.
    Signs(CriteriaId, Vec<String>, Letters),
    /// From which day on.
    From(CriteriaId, Form),
    /// Into which file the page of a version goes, and what was refused because a file is there.
    Page(CriteriaId, Option<Order>, Form),
    /// For which segment.
    Segment(Vec<Option<String>>, Letters),
}

fn options(words: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
    let pair = |(word, label): (&str, &str)| (word.to_owned(), label.to_owned());
    words.into_iter().map(pair).collect()
}

impl Window {
    /// Where its keys stand in the table.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Signs(..) | Self::Segment(..) => Context::Letters,
            _ => Context::Field,
        }
    }

    /// Its list, if it is one.
    pub(super) fn letters(&mut self) -> Option<&mut Letters> {
        match self {
            Self::Signs(_, _, list) | Self::Segment(_, list) => Some(list),
            _ => None,
        }
    }

    /// Its fields, if it has any.
    pub(super) fn form(&mut self) -> Option<&mut Form> {
        match self {
            Self::Details(_, form)
            | Self::Counts(form)
            | Self::Wordings(form)
            | Self::Page(_, _, form)
            | Self::From(_, form) => Some(form),
            _ => None,
        }
    }

    /// Draws it.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        if let Some(letters) = self.letters() {
            letters.draw(buffer, area, theme);
        } else if let Some(form) = self.form() {
            form.draw(buffer, area, theme);
        }
    }
}

impl Criteria {
    /// Opens kind, class and reason of the rule under the cursor.
    pub(super) fn open_details(&mut self, model: &Model) -> Outcome {
        let Some(place) = self.place(model) else {
            return Outcome::Say("There is no rule of the draft under the cursor".to_owned());
        };
        let (definition, version) = self.base(model);
        let id = version.and_then(|version| version.marks.get(place));
        let id = id.map(|mark| mark.id);
        let rule = &definition.rules[place];
        let kinds = Kind::ALL.iter().map(|kind| (kind.word(), kind.label()));
        let classes = Class::ALL.iter().map(|class| (class.word(), class.label()));
        let form = Form::new(format!("Rule {}", place + 1))
            .note(rule.condition.to_string())
            .choice("Kind", options(kinds), rule.kind.word())
            .choice("About", options(classes), rule.class.word())
            .text("Why", &rule.why, "what it is there for");
        self.window = Some(Window::Details((place, id), form));
        Outcome::Nothing
    }

    /// Opens how it counts.
    pub(super) fn open_counts(&mut self, model: &Model) -> Outcome {
        let (definition, version) = self.base(model);
        let policies = Policy::ALL
            .iter()
            .map(|policy| (policy.word(), policy.label()));
        let finance = [
            ("no", "no: marketing and sales"),
            ("yes", "yes: finance as well"),
        ];
        let review = version
            .and_then(|v| v.review_on)
            .map_or_else(String::new, |d| d.to_string());
        let needs = self.finance_signs(model);
        let form = Form::new("How the rules count")
            .text(
                "At least so many supporting",
                &definition.at_least.to_string(),
                "0",
            )
            .choice(
                "What is unknown",
                options(policies),
                definition.unknown.word(),
            )
            .text("Looked at again on", &review, "2026-01-15")
            .choice(
                "Finance signs",
                options(finance),
                if needs { "yes" } else { "no" },
            );
        self.window = Some(Window::Counts(form));
        Outcome::Nothing
    }

    /// Opens the wordings.
    pub(super) fn open_wordings(&mut self, model: &Model) -> Outcome {
        let page = self.base(model).0.page;
        let form = Form::new("What a qualified lead is, in words")
            .text("Marketing says", &page.marketing, "somebody who …")
            .text("Sales says", &page.sales, "somebody who …")
            .text("Agreed", &page.agreed, "the words both sign")
            .text(
                "So, in daily work",
                &page.consequence,
                "what follows from it",
            );
        self.window = Some(Window::Wordings(form));
        Outcome::Nothing
    }

    /// Opens the list of people who can sign for a side that has not.
    pub(super) fn open_signatures(&mut self, model: &Model) -> Outcome {
        let Some(draft) = self.draft() else {
            return Outcome::Refuse("There is no draft to sign".to_owned());
        };
        if self.reading != Reading::Done {
            // A signature stands under what its author sees, and that is being read anew.
            return Outcome::Refuse(
                "It was changed a moment ago: look again, then sign".to_owned(),
            );
        }
        if draft.state != State::Proposed {
            return Outcome::Refuse(format!(
                "Version {} is a draft: p proposes it, then both sides sign",
                draft.number
            ));
        }
        let open = draft.unsigned();
        let signs_for = |side: Side| match side {
            Side::Executive => Side::Finance,
            side => side,
        };
        let mut people: Vec<_> = model.book().people.iter().collect();
        people.retain(|person| open.contains(&signs_for(person.side)));
        // Who sits here comes first; and no entry answers to the key that has opened the list.
        let me = model.me().map(|me| me.handle.as_str());
        people.sort_by_key(|person| (me != Some(&*person.handle), signs_for(person.side)));
        let keys: String = ('a'..='z')
            .chain('A'..='Z')
            .filter(|key| *key != 'S')
            .collect();
        if people.is_empty() {
            let side = open.first().copied().unwrap_or(Side::Marketing);
            return Outcome::Ask(Question::Person(Newcomer::of(
                side,
                format!(
                    "Version {} has to be signed for {}, and nobody who could is in the list of people yet. Say who it is; S signs then.",
                    draft.number,
                    side.label()
                ),
            )));
        }
        let entries = people.iter().map(|person| {
            Entry::new(
                person.name.clone(),
                format!("for {}", signs_for(person.side).label()),
            )
        });
        let title = format!("Who signs version {}?", draft.number);
        let letters = Letters::new(title, entries.collect()).keyed(&keys);
        let handles = people.iter().map(|person| person.handle.clone()).collect();
        self.window = Some(Window::Signs(draft.id, handles, letters));
        Outcome::Nothing
    }

    /// The signed version that is not in force yet.
    pub(super) fn waiting(&self, model: &Model) -> Option<&Version> {
        let versions = &self.agreed.versions;
        let mut signed = versions.0.iter().rev();
        signed.find(|version| {
            version.definition.segment == self.segment
                && matches!(
                    versions.standing(version, model.now()),
                    Standing::Signed | Standing::Planned
                )
        })
    }

    /// Opens the day from which a signed version is in force.
    pub(super) fn open_force(&mut self, model: &Model) -> Outcome {
        let Some(version) = self.waiting(model) else {
            return Outcome::Refuse(
                "No signed version waits: p proposes the draft, S signs it for each side"
                    .to_owned(),
            );
        };
        let today = model.book().calendar.day_of(model.now());
        let form = Form::new(format!("Version {} in force", version.number))
            .note("Handoffs from that day on are judged by it; the past stays as it was judged.")
            .text("From", &today.to_string(), "2026-01-01");
        self.window = Some(Window::From(version.id, form));
        Outcome::Nothing
    }

    /// Opens the list of segments.
    pub(super) fn open_segments(&mut self, model: &Model) -> Outcome {
        let names = &model.facts().names.segments;
        let mut segments: Vec<Option<String>> = vec![None];
        segments.extend((0..names.len() as u32).map(|code| Some(names.name(code).to_owned())));
        let of = |segment: &Option<String>| {
            let own = self.agreed.versions.0.iter();
            let count = own.filter(|v| v.definition.segment == *segment).count();
            let remark = if count == 0 {
                String::new()
            } else {
                format!("{count} version{}", if count == 1 { "" } else { "s" })
            };
            let label = segment.clone().unwrap_or_else(|| "all leads".to_owned());
            Entry::new(label, remark)
        };
        let entries = segments.iter().map(of).collect();
        let at = segments
            .iter()
            .position(|s| *s == self.segment)
            .unwrap_or(0);
        let letters = Letters::new("Criteria of which segment?", entries).at(at);
        self.window = Some(Window::Segment(segments, letters));
        Outcome::Nothing
    }

    /// What an entry of the open list says.
    pub(super) fn chosen(&mut self, index: usize) -> Outcome {
        match self.window.take() {
            Some(Window::Signs(version, handles, _)) => {
                let Some(handle) = handles.get(index).cloned() else {
                    return Outcome::Nothing;
                };
                let figures = self
                    .draft()
                    .filter(|draft| draft.id == version)
                    .and_then(|draft| self.counted(draft));
                let sign = CriteriaChange::Sign(version, figures);
                let command = Box::new(Command::Criteria(sign));
                self.send(Write::As(handle, command))
            }
            Some(Window::Segment(mut segments, _)) => {
                if index < segments.len() {
                    self.segment = segments.swap_remove(index);
                    self.cursor = 0;
                    self.bar = None;
                }
                Outcome::Nothing
            }
            _ => Outcome::Nothing,
        }
    }
}
