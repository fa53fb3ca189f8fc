//! Changes of the deal under the cursor: by one key, by a letter, or by a window of fields. Answers with commands; the rules are the domain's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Pipeline, answer, view};
use crate::domain::command::Command;
use crate::domain::deal::DealChange;
use crate::domain::ids::{HandoffId, OpportunityId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::reason::Asks;
use crate::domain::refused::Refused;
use crate::domain::spoken;
use crate::domain::verdict::DealOutcome;
use crate::facts::pipeline;
use crate::keymap::{Action, Context};
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::figures::exact_money;
use crate::screens::form::Form;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::theme::Theme;
use crate::widgets::Entry;

/// An open question about one deal.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) deal: i64,
    pub(super) about: About,
    pub(super) window: Window,
    /// What was asked to be written; nothing more is until it is answered.
    pub(super) sent: Option<Write>,
}

/// How it is asked.
#[derive(Debug)]
pub(super) enum Window {
    Form(Form),
    Letters(Letters),
}

/// What is asked. Lists hold what the letters stand for.
#[derive(Debug, Clone)]
pub(super) enum About {
    Stage(Vec<String>),
    Owner(Vec<String>),
    MarketingOwner(Vec<String>),
    Reason(Vec<(String, Asks)>),
    Value,
    CloseOn,
    Won,
    Lost(String),
    NoDecision,
    Reverse,
    Join,
    JoinOne(Vec<HandoffId>),
    Qualify(Vec<HandoffId>),
}

impl Asked {
    pub(super) fn context(&self) -> Context {
        match self.window {
            Window::Form(_) if matches!(self.about, About::Won) => Context::Sure,
            Window::Form(_) => Context::Field,
            Window::Letters(_) => Context::Letters,
        }
    }

    /// What the footer says instead of its context's hints.
    pub(super) fn hints(&self) -> Vec<(Action, &'static str)> {
        match (&self.window, &self.about) {
            (Window::Letters(_), _) | (_, About::Won) => Vec::new(),
            (Window::Form(form), _) => form.hints(),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Window::Form(form) = &mut self.window {
            form.paste(text);
        }
    }

    pub(super) fn click(&mut self, column: u16, row: u16) -> Option<usize> {
        match &mut self.window {
            Window::Letters(letters) => letters.click(column, row),
            Window::Form(_) => None,
        }
    }

    pub(super) fn waits_for(&self, write: &Write) -> bool {
        self.sent.as_ref() == Some(write)
    }

    /// What was typed stays.
    pub(super) fn refuse(&mut self, why: &str) {
        self.sent = None;
        if let Window::Form(form) = &mut self.window {
            form.refuse(why);
        }
    }

    pub(super) fn draw(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        match &mut self.window {
            Window::Form(form) => form.draw(buffer, area, theme),
            Window::Letters(letters) => letters.draw(buffer, area, theme),
        }
    }
}

/// One change of a deal.
pub(super) fn write(deal: i64, change: DealChange) -> Outcome {
    let deal = OpportunityId(deal);
    Outcome::Write(Write::one(Command::Deal { deal, change }))
}

impl Pipeline {
    /// Acts on a key that changes the deal under the cursor.
    pub(super) fn change(&mut self, action: Action, model: &Model) -> Outcome {
        let (Some(id), Some(row)) = (self.selected(), self.row()) else {
            return Outcome::Refuse("There is no deal under the cursor".to_owned());
        };
        let row_facts = &model.facts().opportunities.rows[row as usize];
        let ended = row_facts.outcome.map(|outcome| (outcome, row_facts.closed));
        let corrects = action == Action::EditValue
            && row_facts.outcome == Some(DealOutcome::Won)
            && row_facts.reversed == Moment::NEVER;
        if let Some((outcome, at)) = ended
            && !corrects
            && !matches!(action, Action::ReverseDeal | Action::ReopenDeal)
        {
            let refused = Refused::Closed {
                deal: self.name(id),
                outcome,
                on: model.book().calendar.day_of(at),
            };
            return Outcome::Refuse(refused.to_string());
        }
        match action {
            Action::StageOn => self.next_stage(id, row, model, 1),
            Action::StageBack => self.next_stage(id, row, model, -1),
            Action::ReopenDeal if ended.is_none() => Outcome::Refuse(format!(
                "{} is open: there is no closing to take back",
                self.name(id)
            )),
            Action::ReopenDeal => write(id, DealChange::Reopen),
            Action::QualifyDeal => self.ask_to_qualify(id, row, model),
            Action::PickStage | Action::EditOwner | Action::EditMarketingOwner | Action::Lost => {
                self.ask_by_letter(action, id, row, model)
            }
            action => self.ask_in_a_field(action, id, row, model),
        }
    }

    pub(super) fn name(&self, id: i64) -> String {
        let line = self.lines.get(&id);
        let name = line.map_or("this deal", |line| line.name.as_str());
        crate::text::clean(name).into_owned()
    }

    fn next_stage(&self, id: i64, row: u32, model: &Model, by: isize) -> Outcome {
        let stages = stages(model);
        let now = model.facts().opportunities.rows[row as usize].stage;
        let now = model.facts().names.stages.name(now);
        // A stage that is retired has its place among the others all the same.
        let all = &model.book().stages;
        let place = |name: &str| {
            all.iter()
                .find(|stage| stage.name == name)
                .map(|s| s.position)
        };
        let next = if let Some(at) = stages.iter().position(|stage| stage == now) {
            at.checked_add_signed(by).and_then(|at| stages.get(at))
        } else {
            let here = place(now);
            let mut beyond = stages.iter().filter(|stage| match by {
                1.. => place(stage) > here,
                _ => place(stage) < here,
            });
            match by {
                1.. => beyond.next(),
                _ => beyond.next_back(),
            }
        };
        match next {
            Some(stage) => write(id, DealChange::Stage(stage.clone())),
            None if by > 0 => Outcome::Refuse(format!(
                "{} stands in the last stage; w closes it as won, x as lost",
                self.name(id)
            )),
            None => Outcome::Refuse(format!(
                "{} stands in the first stage already",
                self.name(id)
            )),
        }
    }

    pub(super) fn ask(&mut self, deal: i64, about: About, window: Window) -> Outcome {
        self.open = Some(Asked {
            deal,
            about,
            window,
            sent: None,
        });
        Outcome::Nothing
    }

    fn ask_by_letter(&mut self, action: Action, id: i64, row: u32, model: &Model) -> Outcome {
        let name = self.name(id);
        let deal = &model.facts().opportunities.rows[row as usize];
        if action == Action::PickStage {
            let stages = stages(model);
            let now = model.facts().names.stages.name(deal.stage);
            let at = stages.iter().position(|stage| stage == now).unwrap_or(0);
            let entries = stages.iter().map(|stage| Entry::new(stage, "")).collect();
            let letters = Letters::new(format!("{name}: stage"), entries).at(at);
            return self.ask(id, About::Stage(stages), Window::Letters(letters));
        }
        if action == Action::Lost {
            let reasons = model.book().reasons.iter().filter(|r| !r.retired);
            let reasons: Vec<_> = reasons.collect();
            let entry = |reason: &&crate::domain::book::Reason| {
                Entry::new(&reason.label, reason.class.label())
            };
            let letters = Letters::new(
                format!("{name}: lost because"),
                reasons.iter().map(entry).collect(),
            );
            let codes = reasons.iter().map(|r| (r.code.clone(), r.asks)).collect();
            return self.ask(id, About::Reason(codes), Window::Letters(letters));
        }
        let (side, title) = match action {
            Action::EditOwner => (Side::Sales, "sales' owner"),
            _ => (Side::Marketing, "marketing's owner"),
        };
        let people = model.book().people.iter().filter(|p| p.side == side);
        let people: Vec<_> = people.collect();
        let entries = people
            .iter()
            .map(|p| Entry::new(&p.name, &p.handle))
            .collect();
        let letters = Letters::new(format!("{name}: {title}"), entries);
        let handles = people.iter().map(|p| p.handle.clone()).collect();
        let about = match side {
            Side::Sales => About::Owner(handles),
            _ => About::MarketingOwner(handles),
        };
        self.ask(id, about, Window::Letters(letters))
    }

    fn ask_in_a_field(&mut self, action: Action, id: i64, row: u32, model: &Model) -> Outcome {
        let name = self.name(id);
        let facts = model.facts();
        let deal = &facts.opportunities.rows[row as usize];
        let titled = |what: &str| Form::new(format!("{name}: {what}"));
        let (about, form) = match action {
            Action::EditValue => {
                let form = titled("value").text("Value", &typed_value(row, model), "5000.50 USD");
                let frozen = deal.qualified != Moment::NEVER;
                let form = if deal.outcome.is_some() {
                    form.note("It is won: what it differs by counts from today on; the past stays as it was.")
                } else if frozen {
                    form.note("It is qualified: what counted stays as it was frozen then.")
                } else {
                    form
                };
                (About::Value, form)
            }
            Action::EditCloseDate => {
                let on = deal.close_on.get();
                let on = on.map_or_else(String::new, |day| day.to_string());
                let form = titled("estimated close date").text("Closes on", &on, spoken::HINT);
                (About::CloseOn, form)
            }
            Action::Won => {
                let Some(value) = pipeline::value(facts, row).filter(|value| value.minor > 0)
                else {
                    return Outcome::Refuse(format!(
                        "{name} has no value yet, and a won deal is revenue; a says what it is worth"
                    ));
                };
                let today = model.book().calendar.day_of(model.now());
                let form = titled("won?")
                    .note(format!(
                        "Value: {} {}",
                        exact_money(value.minor, value.currency),
                        value.currency
                    ))
                    .note(format!(
                        "Closed today, {today}: it is revenue of that day; r takes it back."
                    ));
                let counted = deal.qualified != Moment::NEVER;
                let form = if counted {
                    form
                } else {
                    form.note("It never went through the gate, so it is no qualified pipeline; Q does that first.")
                };
                (About::Won, form)
            }
            Action::NoDecision => {
                let form = titled("ended without a decision").text("Note", "", "why, if known");
                (About::NoDecision, form)
            }
            Action::ReverseDeal => {
                let form = titled("reverse")
                    .note("Takes out what counted by an adjusting entry of today; the past stays as it was.")
                    .text("Why", "", "needed");
                (About::Reverse, form)
            }
            Action::JoinLead => {
                let form = titled("one more lead stands behind it")
                    .note("The value counts once, whoever stands behind it.")
                    .text(
                        "Lead",
                        "",
                        "e-mail, name or company; or its handoff's number",
                    );
                (About::Join, form)
            }
            _ => return Outcome::Nothing,
        };
        self.ask(id, about, Window::Form(form))
    }

    fn ask_to_qualify(&mut self, id: i64, row: u32, model: &Model) -> Outcome {
        let facts = model.facts();
        if let Some(at) = facts.opportunities.rows[row as usize].qualified.get() {
            let refused = Refused::Qualified {
                deal: self.name(id),
                on: model.book().calendar.day_of(at),
            };
            return Outcome::Refuse(refused.to_string());
        }
        let handoffs = answer::handoffs(row, model);
        if handoffs.is_empty() {
            return Outcome::Refuse(
                "No lead that was handed to sales stands behind this deal, so no conversation can be logged on it; J joins one"
                    .to_owned(),
            );
        }
        let missing = view::missing(facts, row);
        let labels: Vec<&str> = missing.iter().map(|part| part.label()).collect();
        let deal = &facts.opportunities.rows[row as usize];
        let on = deal.close_on.get();
        let stage = facts.names.stages.name(deal.stage);
        let stages = stages(model).into_iter().map(|s| (s.clone(), s)).collect();
        let answers = [("no", "not yet"), ("yes", "confirmed")];
        let answers = answers.map(|(word, label)| (word.to_owned(), label.to_owned()));
        let confirmed = if deal.confirmed { "yes" } else { "no" };
        let form = Form::new(format!("{}: through the gate", self.name(id)))
            .note(if labels.is_empty() {
                "Nothing is missing.".to_owned()
            } else {
                format!("Still missing: {}.", labels.join(", "))
            })
            .text("Value", &typed_value(row, model), "5000.50 USD")
            .text(
                "Closes on",
                &on.map_or_else(String::new, |d| d.to_string()),
                spoken::HINT,
            )
            .choice("Stage", stages, stage)
            .choice("Criteria in force", answers.to_vec(), confirmed)
            .text(
                "Despite",
                "",
                "why, where criteria fail; kept for the review",
            );
        self.ask(id, About::Qualify(handoffs), Window::Form(form))
    }
}

/// The stages in use, in the order of the pipeline.
fn stages(model: &Model) -> Vec<String> {
    let stages = model.book().stages.iter().filter(|stage| !stage.retired);
    stages.map(|stage| stage.name.clone()).collect()
}

/// The value as it would be typed; the code where it is not the workspace's own.
fn typed_value(row: u32, model: &Model) -> String {
    let home = model.book().workspace.currency;
    match pipeline::value(model.facts(), row) {
        Some(money) if money.currency == home => money.plain(),
        Some(money) => money.to_string(),
        None => String::new(),
    }
}
