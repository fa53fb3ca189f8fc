//! The form that takes leads through the gate; it lists what is missing while one types. The gate itself lies in the domain;
//! writes nothing itself.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::subject::Subjects;
use super::window::Step;
use crate::domain::card::DealLine;
use crate::domain::command::Command;
use crate::domain::deal::{Behind, DealStanding, Qualification};
use crate::domain::gate::{Confirmed, Gate, Part};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Money;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Prompt, Side, popup};

/// One line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Deal,
    Value,
    CloseOn,
    Stage,
    Criteria,
    Name,
    Despite,
}

impl Field {
    const ALL: [Self; 7] = [
        Self::Value,
        Self::CloseOn,
        Self::Stage,
        Self::Criteria,
        Self::Deal,
        Self::Name,
        Self::Despite,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Deal => "Deal",
            Self::Value => "Value",
            Self::CloseOn => "Closes on",
            Self::Stage => "Stage",
            Self::Criteria => "Criteria met",
            Self::Name => "Deal's name",
            Self::Despite => "Although",
        }
    }
}

/// The open form.
pub(super) struct Form {
    subjects: Subjects,
    /// Deals of the lead that are not qualified yet.
    deals: Vec<DealLine>,
    /// 0: a new one.
    deal: usize,
    stages: Vec<(String, i64)>,
    stage: usize,
    criteria: Confirmed,
    value: Prompt,
    close_on: Prompt,
    name: Prompt,
    despite: Prompt,
    at: usize,
}

impl Form {
    /// A form for these leads; `deals` are those that the lead stands behind already.
    pub(super) fn new(subjects: Subjects, deals: &[DealLine], model: &Model) -> Self {
        let stages: Vec<(String, i64)> = model
            .book()
            .stages
            .iter()
            .filter(|stage| !stage.retired)
            .map(|stage| (stage.name.clone(), stage.position))
            .collect();
        let open = |deal: &&DealLine| {
            deal.qualified.is_none() && deal.outcome.is_none() && deal.reversed.is_none()
        };
        let deals: Vec<DealLine> = deals.iter().filter(open).cloned().collect();
        Self {
            subjects,
            // An almost qualified deal is what one goes on with.
            deal: usize::from(!deals.is_empty()),
            deals,
            stage: stages.iter().position(|(_, at)| *at >= 1).unwrap_or(0),
            stages,
            criteria: Confirmed::No,
            value: Prompt::default(),
            close_on: Prompt::default(),
            name: Prompt::default(),
            despite: Prompt::default(),
            at: 0,
        }
    }

    fn field(&self) -> Field {
        Field::ALL[self.at]
    }

    /// Moves between the fields, round and round.
    pub(super) fn step(&mut self, by: isize) {
        let count = Field::ALL.len() as isize;
        self.at = (self.at as isize + by).rem_euclid(count) as usize;
    }

    fn prompt(&mut self) -> Option<&mut Prompt> {
        match self.field() {
            Field::Value => Some(&mut self.value),
            Field::CloseOn => Some(&mut self.close_on),
            Field::Name => Some(&mut self.name),
            Field::Despite => Some(&mut self.despite),
            Field::Deal | Field::Stage | Field::Criteria => None,
        }
    }

    /// A key: text in a field to type, the next choice in a field to choose.
    pub(super) fn key(&mut self, key: KeyEvent) {
        if let Some(prompt) = self.prompt() {
            prompt.key(key);
            return;
        }
        let by = match key.code {
            KeyCode::Left => -1,
            KeyCode::Right | KeyCode::Char(' ') => 1,
            KeyCode::Char('y') if self.field() == Field::Criteria => {
                self.criteria = Confirmed::Yes;
                return;
            }
            KeyCode::Char('n') if self.field() == Field::Criteria => {
                self.criteria = Confirmed::No;
                return;
            }
            _ => return,
        };
        let turned =
            |at: usize, count: usize| (at as isize + by).rem_euclid(count.max(1) as isize) as usize;
        match self.field() {
            Field::Stage => self.stage = turned(self.stage, self.stages.len()),
            Field::Deal => self.deal = turned(self.deal, self.deals.len() + 1),
            _ => {
                self.criteria = match self.criteria {
                    Confirmed::Yes => Confirmed::No,
                    Confirmed::No => Confirmed::Yes,
                };
            }
        }
    }

    /// Pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        if let Some(prompt) = self.prompt() {
            prompt.paste(text);
        }
    }

    fn known(&self) -> Option<&DealLine> {
        self.deals.get(self.deal.checked_sub(1)?)
    }

    /// When a rep spoke with one of the leads; of a deal that is there its gate says only that it was so.
    fn conversation(&self) -> Option<Moment> {
        let spoke = self.subjects.iter().filter_map(|s| s.standing.spoke).min();
        let of_deal = self
            .known()
            .filter(|deal| !deal.missing.contains(&Part::Conversation))
            .map(|deal| deal.created);
        spoke.or(of_deal)
    }

    fn value(&self, model: &Model) -> Result<Option<Money>, String> {
        match self.value.value().trim() {
            "" => Ok(None),
            typed => Money::parse(typed, model.book().workspace.currency)
                .map(Some)
                .map_err(|error| error.to_string()),
        }
    }

    fn close_on(&self) -> Result<Option<Day>, String> {
        match self.close_on.value().trim() {
            "" => Ok(None),
            typed => Day::parse(typed)
                .map(Some)
                .ok_or_else(|| format!("'{typed}' is no date; 2025-06-30 is expected")),
        }
    }

    /// What the deal would have of the five things; what cannot be read counts as missing.
    fn gate(&self, model: &Model) -> Gate {
        let known = self.known();
        let of_deal = |part| known.is_some_and(|deal| !deal.missing.contains(&part));
        Gate {
            conversation: self.conversation(),
            stage_position: self.stages.get(self.stage).map(|(_, position)| *position),
            close_on: self
                .close_on()
                .ok()
                .flatten()
                .or(known.and_then(|deal| deal.close_on)),
            value: self
                .value(model)
                .ok()
                .flatten()
                .or(known.and_then(|deal| deal.amount)),
            criteria: if of_deal(Part::Criteria) {
                Confirmed::Yes
            } else {
                self.criteria
            },
        }
    }

    /// Enter: the qualification, or what is missing; the same gate as everywhere.
    pub(super) fn confirm(&self, model: &Model) -> Step {
        match self.outcome(model) {
            Ok(outcome) => Step::Answer(outcome),
            Err(why) => Step::Refuse(why),
        }
    }

    fn outcome(&self, model: &Model) -> Result<Outcome, String> {
        let (value, close_on) = (self.value(model)?, self.close_on()?);
        let text = |prompt: &Prompt| {
            let typed = prompt.value().trim();
            (!typed.is_empty()).then(|| typed.to_owned())
        };
        let standing = DealStanding {
            name: self
                .known()
                .map(|deal| crate::text::clean(&deal.name).into_owned())
                .or(text(&self.name))
                .unwrap_or_else(|| self.subjects.name()),
            gate: self.gate(model),
            qualified: None,
            outcome: None,
            reversed: None,
        };
        standing
            .qualifies(&model.book().calendar)
            .map_err(|refused| refused.to_string())?;
        let deal = match self.known() {
            Some(deal) => Behind::Existing(deal.id),
            None => Behind::New(text(&self.name)),
        };
        Ok(Outcome::Write(Write::one(Command::Qualify(
            Qualification {
                handoffs: self.subjects.iter().map(|subject| subject.id).collect(),
                deal,
                stage: self.stages.get(self.stage).map(|(name, _)| name.clone()),
                value,
                close_on,
                criteria: self.criteria,
                owner: None,
                marketing_owner: None,
                despite: text(&self.despite),
            },
        ))))
    }

    /// Draws it over the list.
    pub(super) fn draw(&self, buffer: &mut Buffer, screen: Rect, model: &Model, theme: &Theme) {
        let title = format!("Qualify {}", self.subjects.name());
        let inner = popup(
            buffer,
            screen,
            (78, 14),
            &title,
            "one deal, its value once",
            theme,
        );
        let mut ink = Ink::new(buffer, inner);
        for (line, field) in (0..).zip(Field::ALL) {
            let here = self.field() == field;
            ink.write(line, 0, if here { "▸" } else { " " }, theme[Role::Key]);
            ink.field(line, 2, 13, field.label(), Side::Left, theme[Role::Key]);
            self.draw_field(&mut ink, (line, field, here), model, theme);
        }
        let after = Field::ALL.len() as u16;
        ink.fill(after, 0, inner.width, '─', theme[Role::Border]);
        let calendar = &model.book().calendar;
        let spoke = match self.conversation() {
            Some(at) => format!("Conversation: {}", calendar.show(at)),
            None => "Conversation: none is logged; c or h in the list logs one".to_owned(),
        };
        ink.write(after + 1, 2, &spoke, theme[Role::Text]);
        let missing = self.gate(model).missing();
        if missing.is_empty() {
            ink.write(
                after + 2,
                2,
                "Nothing is missing: Enter qualifies",
                theme[Role::Good],
            );
        } else {
            let labels: Vec<_> = missing.iter().map(|part| part.label()).collect();
            let words = format!("Still missing: {}", labels.join(", "));
            let lines = crate::text::wrap(&words, usize::from(inner.width.saturating_sub(4)));
            for (line, words) in (after + 2..).zip(lines) {
                ink.write(line, 2, &words, theme[Role::Warn]);
            }
        }
    }

    fn draw_field(
        &self,
        ink: &mut Ink<'_>,
        (line, field, here): (u16, Field, bool),
        model: &Model,
        theme: &Theme,
    ) {
        let (at, room) = (16, ink.width().saturating_sub(17));
        let home = model.book().workspace.currency;
        let (prompt, hint, wrong) = match field {
            Field::Value => (
                &self.value,
                match self.known().and_then(|deal| deal.amount) {
                    Some(amount) => format!("{amount}, as the deal has it"),
                    None => format!("5000 or 5000.50 {home}"),
                },
                self.value(model).err(),
            ),
            Field::CloseOn => (
                &self.close_on,
                match self.known().and_then(|deal| deal.close_on) {
                    Some(day) => format!("{day}, as the deal has it"),
                    None => "2025-06-30".to_owned(),
                },
                self.close_on().err(),
            ),
            Field::Name => (&self.name, "as the company is called".to_owned(), None),
            Field::Despite => (&self.despite, "why, where criteria fail".to_owned(), None),
            Field::Deal => {
                let name = self.known().map_or("a new one", |deal| deal.name.as_str());
                return choice(ink, (line, at, room), name, here, theme);
            }
            Field::Stage => {
                let name = self.stages.get(self.stage).map_or("none", |s| s.0.as_str());
                return choice(ink, (line, at, room), name, here, theme);
            }
            Field::Criteria => {
                let word = match self.criteria {
                    Confirmed::Yes => "yes, I have checked those in force",
                    Confirmed::No => "not confirmed",
                };
                return choice(ink, (line, at, room), word, here, theme);
            }
        };
        if here {
            prompt.draw(ink, line, at, room, &hint, theme);
        } else if prompt.value().is_empty() {
            ink.field(line, at, room, &hint, Side::Left, theme[Role::Dim]);
        } else {
            ink.field(
                line,
                at,
                room,
                prompt.value(),
                Side::Left,
                theme[Role::Text],
            );
        }
        if let Some(wrong) = wrong.filter(|_| !prompt.value().is_empty()) {
            let used = crate::text::width(prompt.value()) as u16 + 3;
            ink.write(line, at + used.min(room / 3), &wrong, theme[Role::Warn]);
        }
    }
}

fn choice(
    ink: &mut Ink<'_>,
    (line, at, room): (u16, u16, u16),
    name: &str,
    here: bool,
    theme: &Theme,
) {
    let end = ink.field(line, at, room, name, Side::Left, theme[Role::Text]);
    if here {
        ink.style(line, at, end - at, theme[Role::Selection]);
        ink.write(line, end + 2, "← → change it", theme[Role::Dim]);
    }
}
