//! What is typed and chosen in an open window, and the command that it says. What cannot be read is said in the window.

use crossterm::event::KeyEvent;

use super::change::{About, Window, write};
use super::{Pipeline, join};
use crate::domain::command::Command;
use crate::domain::deal::{Behind, DealChange, Qualification};
use crate::domain::gate::Confirmed;
use crate::domain::ids::{HandoffId, OpportunityId};
use crate::domain::money::Money;
use crate::domain::reason::Asks;
use crate::domain::spoken;
use crate::facts::column::NONE;
use crate::facts::pipeline;
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::form::Form;
use crate::screens::model::Model;

impl Pipeline {
    /// A key in the open window.
    pub(super) fn answer(&mut self, action: Action, model: &Model) -> Outcome {
        let Some(asked) = &mut self.open else {
            return Outcome::Nothing;
        };
        match (&mut asked.window, action) {
            (_, Action::Open) if asked.sent.is_some() => Outcome::Nothing,
            (Window::Form(_), Action::Open) => self.submit(model),
            (Window::Letters(letters), Action::Open) => match letters.marked() {
                Some(index) => self.chosen(index, model),
                None => Outcome::Nothing,
            },
            (Window::Form(form), action) => {
                form.update(action);
                Outcome::Nothing
            }
            (Window::Letters(letters), action) => {
                letters.update(action);
                Outcome::Nothing
            }
        }
    }

    /// Text for the open window.
    pub(super) fn typed_into(&mut self, key: KeyEvent, model: &Model) -> Outcome {
        let Some(asked) = &mut self.open else {
            return Outcome::Nothing;
        };
        match &mut asked.window {
            Window::Form(form) => {
                form.key(key);
                Outcome::Nothing
            }
            Window::Letters(letters) => match letters.key(key) {
                Some(index) => self.chosen(index, model),
                None => Outcome::Nothing,
            },
        }
    }

    /// An entry of a list was chosen.
    pub(super) fn chosen(&mut self, index: usize, model: &Model) -> Outcome {
        let Some(asked) = self.open.take() else {
            return Outcome::Nothing;
        };
        let deal = asked.deal;
        match asked.about {
            About::Stage(names) => {
                let stage = names.into_iter().nth(index).map(DealChange::Stage);
                stage.map_or(Outcome::Nothing, |change| write(deal, change))
            }
            About::Owner(handles) => {
                let owner = handles.into_iter().nth(index).map(DealChange::Owner);
                owner.map_or(Outcome::Nothing, |change| write(deal, change))
            }
            About::MarketingOwner(handles) => {
                let owner = handles
                    .into_iter()
                    .nth(index)
                    .map(DealChange::MarketingOwner);
                owner.map_or(Outcome::Nothing, |change| write(deal, change))
            }
            About::JoinOne(handoffs) => {
                let joins = handoffs.into_iter().nth(index).map(DealChange::Join);
                joins.map_or(Outcome::Nothing, |change| write(deal, change))
            }
            About::Reason(codes) => {
                let Some((code, asks)) = codes.into_iter().nth(index) else {
                    return Outcome::Nothing;
                };
                let label = model.book().reason(&code).map_or(&*code, |r| &*r.label);
                let hint = if asks == Asks::Note {
                    "needed: what was it?"
                } else {
                    "if there is more to say; Enter closes the deal"
                };
                let form = Form::new(format!("{}: lost", self.name(deal)))
                    .note(format!("Because: {label}"))
                    .text("Note", "", hint);
                self.ask(deal, About::Lost(code), Window::Form(form))
            }
            _ => Outcome::Nothing,
        }
    }

    /// Reads the fields; what cannot be read is said in the window.
    fn submit(&mut self, model: &Model) -> Outcome {
        let Some(asked) = &mut self.open else {
            return Outcome::Nothing;
        };
        let Window::Form(form) = &mut asked.window else {
            return Outcome::Nothing;
        };
        if matches!(asked.about, About::Join)
            && let Some(text) = form.given(0)
            && join::number(&text).is_none()
        {
            self.look_for(&text);
            return Outcome::Nothing;
        }
        match command(asked.deal, &asked.about, form, model) {
            Ok(command) => {
                let write = Write::one(command);
                asked.sent = Some(write.clone());
                Outcome::Write(write)
            }
            Err(why) => {
                form.refuse(why);
                Outcome::Nothing
            }
        }
    }
}

/// The command that the fields say, or what is wrong with them.
fn command(deal: i64, about: &About, form: &Form, model: &Model) -> Result<Command, String> {
    // Without a code it is in the deal's own currency.
    let facts = model.facts();
    let row = facts.opportunities.row(deal);
    let own = row.and_then(|row| pipeline::value(facts, row as u32));
    let currency = own.map_or(model.book().workspace.currency, |value| value.currency);
    let value =
        |field| Money::parse(form.value(field), currency).map_err(|error| error.to_string());
    let day = |field| {
        let calendar = &model.book().calendar;
        spoken::day(form.value(field), calendar.day_of(model.now()))
    };
    let change = match about {
        About::Value => DealChange::Value(value(0)?),
        About::CloseOn => DealChange::CloseOn(day(0)?),
        About::Won => DealChange::Won,
        About::NoDecision => DealChange::NoDecision {
            note: form.given(0),
        },
        About::Lost(reason) => DealChange::Lost {
            reason: reason.clone(),
            note: form.given(0),
        },
        About::Reverse => DealChange::Reverse {
            note: form
                .given(0)
                .ok_or("a reversal needs a note that says why")?,
        },
        About::Join => {
            let lead = join::number(form.value(0));
            DealChange::Join(lead.ok_or("say which lead: by e-mail, name, company or number")?)
        }
        About::Qualify(handoffs) => {
            return Ok(Command::Qualify(Qualification {
                handoffs: handoffs.clone(),
                deal: Behind::Existing(OpportunityId(deal)),
                value: form.given(0).map(|_| value(0)).transpose()?,
                close_on: form.given(1).map(|_| day(1)).transpose()?,
                stage: form.given(2),
                criteria: match form.value(3) {
                    "yes" => Confirmed::Yes,
                    _ => Confirmed::No,
                },
                owner: None,
                marketing_owner: None,
                despite: form.given(4),
            }));
        }
        About::Stage(_)
        | About::Owner(_)
        | About::MarketingOwner(_)
        | About::Reason(_)
        | About::JoinOne(_) => return Err("choose from the list".to_owned()),
    };
    let deal = OpportunityId(deal);
    Ok(Command::Deal { deal, change })
}

/// The handoff that the deal came from first, then the newest one of each other lead behind it.
pub(super) fn handoffs(row: u32, model: &Model) -> Vec<HandoffId> {
    let facts = model.facts();
    let deal = &facts.opportunities.rows[row as usize];
    let links = facts.opportunities.links.iter();
    let mut leads: Vec<u32> = vec![deal.lead];
    leads.extend(links.filter(|link| link.deal == row).map(|link| link.lead));
    let mut found = Vec::new();
    if deal.handoff != NONE {
        found.push(deal.handoff);
    }
    for lead in leads.into_iter().filter(|lead| *lead != NONE) {
        let known = |row: &u32| facts.handoffs.lead.get(*row as usize) == Some(&lead);
        if found.iter().any(known) {
            continue;
        }
        let newest = facts.handoffs.lead.iter().rposition(|own| *own == lead);
        found.extend(newest.map(|row| row as u32));
    }
    let id = |row: u32| facts.handoffs.id.get(row as usize).map(HandoffId);
    found.into_iter().filter_map(id).collect()
}
