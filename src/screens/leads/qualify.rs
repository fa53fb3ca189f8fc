//! The fields that take leads through the gate; what is missing is listed while one types. The gate itself lies in the domain;
//! writes nothing itself.

use super::subject::Subjects;
use super::window::{Sheet, Window};
use crate::domain::card::DealLine;
use crate::domain::command::Command;
use crate::domain::deal::{Behind, DealStanding, Qualification};
use crate::domain::gate::{Confirmed, Gate, Part};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Money;
use crate::domain::spoken;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::form::Form;
use crate::screens::model::Model;
use crate::theme::Role;

/// The fields, in the order of the window.
const VALUE: usize = 0;
const CLOSE_ON: usize = 1;
const STAGE: usize = 2;
const CRITERIA: usize = 3;
const DEAL: usize = 4;
const NAME: usize = 5;
const DESPITE: usize = 6;

/// The leads that become one deal, and the deals they stand behind already.
pub(super) struct Deal {
    subjects: Subjects,
    /// Those that are not qualified yet.
    deals: Vec<DealLine>,
}

impl Deal {
    /// Empty fields for these leads; `deals` are those that the lead stands behind already.
    pub(super) fn ask(subjects: Subjects, deals: &[DealLine], model: &Model) -> Window {
        let stages = model.book().stages.iter().filter(|stage| !stage.retired);
        let stages: Vec<_> = stages.collect();
        let first = stages.iter().find(|stage| stage.position >= 1);
        let first = first.map_or("", |stage| stage.name.as_str());
        let names = stages.iter().map(|s| (s.name.clone(), s.name.clone()));
        let open = |deal: &&DealLine| {
            deal.qualified.is_none() && deal.outcome.is_none() && deal.reversed.is_none()
        };
        let deals: Vec<DealLine> = deals.iter().filter(open).cloned().collect();
        let answers = [
            ("no", "not confirmed"),
            ("yes", "yes, I have checked those in force"),
        ];
        let answers = answers.map(|(word, label)| (word.to_owned(), label.to_owned()));
        let known = deals.iter().map(|deal| {
            let name = crate::text::clean(&deal.name).into_owned();
            (deal.id.0.to_string(), name)
        });
        let known = std::iter::once(("new".to_owned(), "a new one".to_owned())).chain(known);
        // An almost qualified deal is what one goes on with.
        let goes_on = deals
            .first()
            .map_or_else(String::new, |d| d.id.0.to_string());
        let form = Form::new(format!("Qualify {}", subjects.name()))
            .note("One deal, whoever stands behind it; its value counts once.")
            .text("Value", "", "")
            .text("Closes on", "", "")
            .choice("Stage", names.collect(), first)
            .choice("Criteria met", answers.to_vec(), "no")
            .choice("Deal", known.collect(), &goes_on)
            .text("Deal's name", "", "as the company is called")
            .text(
                "Although",
                "",
                "why, where criteria fail; kept for the review",
            );
        Window::Form(form, Sheet::Deal(Box::new(Self { subjects, deals })))
    }

    fn known(&self, form: &Form) -> Option<&DealLine> {
        let chosen = form.value(DEAL);
        self.deals
            .iter()
            .find(|deal| deal.id.0.to_string() == chosen)
    }

    /// When a rep spoke with one of the leads; of a deal that is there its gate says only that it was so.
    fn conversation(&self, form: &Form) -> Option<Moment> {
        let spoke = self.subjects.iter().filter_map(|s| s.standing.spoke).min();
        let of_deal = self
            .known(form)
            .filter(|deal| !deal.missing.contains(&Part::Conversation))
            .map(|deal| deal.created);
        spoke.or(of_deal)
    }

    /// What the deal would have of the five things; what cannot be read counts as missing.
    fn gate(&self, form: &Form, model: &Model) -> Gate {
        let known = self.known(form);
        let of_deal = |part| known.is_some_and(|deal| !deal.missing.contains(&part));
        let stages = &model.book().stages;
        let stage = stages.iter().find(|stage| stage.name == form.value(STAGE));
        let typed = value(form, model).ok().flatten();
        Gate {
            conversation: self.conversation(form),
            stage_position: stage.map(|stage| stage.position),
            close_on: close_on(form, model)
                .ok()
                .flatten()
                .or(known.and_then(|deal| deal.close_on)),
            value: typed.or(known.and_then(|deal| deal.amount)),
            criteria: if of_deal(Part::Criteria) {
                Confirmed::Yes
            } else {
                confirmed(form)
            },
        }
    }

    /// The qualification, or what is missing; the same gate as everywhere.
    pub(super) fn outcome(&self, form: &Form, model: &Model) -> Result<Outcome, String> {
        let (value, close_on) = (value(form, model)?, close_on(form, model)?);
        let known = self.known(form);
        let standing = DealStanding {
            name: known
                .map(|deal| crate::text::clean(&deal.name).into_owned())
                .or(form.given(NAME))
                .unwrap_or_else(|| self.subjects.name()),
            gate: self.gate(form, model),
            qualified: None,
            outcome: None,
            reversed: None,
        };
        standing
            .qualifies(&model.book().calendar)
            .map_err(|refused| refused.to_string())?;
        let deal = match known {
            Some(deal) => Behind::Existing(deal.id),
            None => Behind::New(form.given(NAME)),
        };
        Ok(Outcome::Write(Write::one(Command::Qualify(
            Qualification {
                handoffs: self.subjects.iter().map(|subject| subject.id).collect(),
                deal,
                stage: form.given(STAGE),
                value,
                close_on,
                criteria: confirmed(form),
                owner: None,
                marketing_owner: None,
                despite: form.given(DESPITE),
            },
        ))))
    }

    /// What cannot be read, whether somebody spoke with them, and what is still missing.
    pub(super) fn reading(&self, form: &mut Form, model: &Model) -> Vec<(Role, String)> {
        let (amount, day) = self
            .known(form)
            .map_or((None, None), |deal| (deal.amount, deal.close_on));
        let home = model.book().workspace.currency;
        let or_typed = |known: Option<String>, typed: String| {
            known.map_or(typed, |known| format!("{known}, as the deal has it"))
        };
        let hint = or_typed(
            amount.map(|amount| amount.to_string()),
            format!("5000 or 5000.50 {home}"),
        );
        form.hint(VALUE, hint);
        form.hint(
            CLOSE_ON,
            or_typed(day.map(|day| day.to_string()), spoken::HINT.to_owned()),
        );
        let mut said: Vec<(Role, String)> = [value(form, model).err(), close_on(form, model).err()]
            .into_iter()
            .flatten()
            .map(|why| (Role::Warn, why))
            .collect();
        let calendar = &model.book().calendar;
        let spoke = match self.conversation(form) {
            Some(at) => format!("Conversation: {}", calendar.show(at)),
            None => "Conversation: none is logged; c or h in the list logs one".to_owned(),
        };
        said.push((Role::Dim, spoke));
        let missing = self.gate(form, model).missing();
        let labels: Vec<_> = missing.iter().map(|part| part.label()).collect();
        said.push(if labels.is_empty() {
            (Role::Good, "Nothing is missing: Enter qualifies".to_owned())
        } else {
            (Role::Warn, format!("Still missing: {}", labels.join(", ")))
        });
        said
    }
}

fn confirmed(form: &Form) -> Confirmed {
    match form.value(CRITERIA) {
        "yes" => Confirmed::Yes,
        _ => Confirmed::No,
    }
}

fn value(form: &Form, model: &Model) -> Result<Option<Money>, String> {
    let home = model.book().workspace.currency;
    let read = |typed: String| Money::parse(&typed, home).map_err(|error| error.to_string());
    form.given(VALUE).map(read).transpose()
}

fn close_on(form: &Form, model: &Model) -> Result<Option<Day>, String> {
    let today = model.book().calendar.day_of(model.now());
    let read = |typed: String| spoken::day(&typed, today);
    form.given(CLOSE_ON).map(read).transpose()
}
