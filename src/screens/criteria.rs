//! Screen 4: the shared definition, edited live against the past, signed by both sides. Decides; reads, writes and computes nothing itself.

mod answer;
mod bar;
mod behind;
mod draw;
mod drift;
mod edit;
mod follow;
mod impact;
mod past;
mod question;
mod rules;
mod submit;
#[cfg(test)]
mod tests;
mod unit;
mod versions;
mod view;
mod window;

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use past::Past;
pub use question::{Agreed, Answer, Behind, Listing, Panel, Question};

use super::fetch::{Done, Fetch, Fetched, Write};
use super::meeting::Under;
use super::model::Model;
use super::paper::{NotWritten, Order};
use super::scoreboard::Size;
use super::{Outcome, Screen};
use crate::domain::criteria::Definition;
use crate::domain::criteria::version::Version;
use crate::domain::meeting::ground::Ground;
use crate::domain::presence::{Doing, Part};
use crate::keymap::{Action, Context};
use crate::theme::Theme;
use bar::Bar;
use question::Weights;
use view::View;
use window::Window;

/// The screen.
#[derive(Debug, Default)]
pub struct Criteria {
    /// Every version and field; empty until they were read.
    agreed: Arc<Agreed>,
    reading: Reading,
    segment: Option<String>,
    /// The line under the cursor in the list of rules.
    cursor: usize,
    offset: usize,
    /// Lines of the list as it was drawn last.
    shown: usize,
    bar: Option<Bar>,
    /// The newest question that was asked, and the newest panel with its question.
    asked: Option<Box<Question>>,
    panel: Option<(Box<Question>, Panel)>,
    weights: Option<(Box<Question>, Weights)>,
    view: View,
    window: Option<Window>,
    /// What was sent to be written and is not yet.
    sent: Option<Write>,
    /// Whose signatures a change took away, until the draft is proposed again or gone.
    cleared: Option<String>,
    size: Size,
    area: Rect,
    /// Where the entries of a view were drawn last.
    spots: view::Spots,
}

/// How far the versions have been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Reading {
    /// They have to be read.
    #[default]
    Due,
    /// They are being read.
    Asked,
    /// They are there.
    Done,
}

impl Criteria {
    /// The draft of the segment.
    fn draft(&self) -> Option<&Version> {
        self.agreed.versions.draft(self.segment.as_deref())
    }

    /// The version in force for the segment.
    fn in_force(&self, model: &Model) -> Option<&Version> {
        self.agreed
            .versions
            .in_force(self.segment.as_deref(), model.now())
    }

    /// What the draft is compared with: the version in force, else a definition that lets every lead pass.
    fn before(&self, model: &Model) -> Definition {
        self.in_force(model)
            .map_or_else(Definition::default, |v| v.definition.clone())
    }

    /// What to ask of the past now.
    fn question(&self, model: &Model) -> Box<Question> {
        let (draft, edited) = self.preview(model);
        let fields = &self.agreed.fields;
        Box::new(Question {
            segment: self.segment.clone(),
            before: self.before(model),
            agreed_at: self.agreed_at(model),
            draft,
            edited,
            fields: Arc::clone(fields),
            values: self.bar.as_ref().and_then(|bar| bar.wanted_values(fields)),
        })
    }

    /// Says once, after it was left, that nothing is asked of the past any more; who comes back asks anew.
    pub fn rests(&mut self) -> Option<Fetch> {
        self.asked.take().map(|_| Fetch::Rest)
    }

    /// The panel, and whether it is the answer to what stands there now.
    fn panel(&self) -> Option<(&Panel, bool)> {
        let (of, panel) = self.panel.as_ref()?;
        let now = self.asked.as_ref();
        let fresh = now.is_some_and(|now| now.draft == of.draft && now.before == of.before);
        Some((panel, fresh))
    }

    /// The lines of the list of rules.
    fn lines(&self, model: &Model) -> Vec<rules::RuleLine> {
        let (draft, _) = self.preview(model);
        rules::lines(&self.before(model), &draft, &self.agreed.fields)
    }

    /// The place in the draft of the rule under the cursor.
    fn place(&self, model: &Model) -> Option<usize> {
        let count = self.base(model).0.rules.len();
        (self.cursor < count).then_some(self.cursor)
    }

    fn moved(&mut self, action: Action, model: &Model) {
        let count = self.lines(model).len();
        let page = isize::from(self.area.height.saturating_sub(20).max(3) as i16);
        let by = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            Action::First => isize::MIN,
            _ => isize::MAX,
        };
        let last = count.saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Enter or Esc of the bar, and its choice of offers.
    fn in_bar(&mut self, action: Action, model: &Model) -> Outcome {
        let offers = self.offers();
        let fields = Arc::clone(&self.agreed.fields);
        let Some(bar) = &mut self.bar else {
            return Outcome::Nothing;
        };
        match action {
            Action::Down => bar.mark(1, offers.len()),
            Action::Up => bar.mark(-1, offers.len()),
            Action::NextPane => {
                bar.accept(&fields, &offers);
            }
            Action::Open if bar.is_marked() => {
                bar.accept(&fields, &offers);
            }
            Action::Open if self.sent.is_none() => return self.take_typed(model),
            _ => {}
        }
        Outcome::Nothing
    }

    fn offers(&self) -> Vec<bar::Offer> {
        let fields = &self.agreed.fields;
        let Some(bar) = &self.bar else {
            return Vec::new();
        };
        let wanted = bar.wanted_values(fields);
        let answered = self.panel.as_ref().filter(|(of, _)| of.values == wanted);
        let values = answered.map_or(&[][..], |(_, panel)| &panel.values);
        bar.offers(fields, values)
    }

    /// A key in the list of rules.
    fn on_rules(&mut self, action: Action, model: &Model) -> Outcome {
        match action {
            Action::Add => self.bar = Some(Bar::holding("", None)),
            Action::Open => return Outcome::Press(Action::EditRule),
            Action::EditRule => return self.edit_rule(model),
            Action::SwitchRule | Action::RuleUp | Action::RuleDown | Action::RemoveRule => {
                return self.change_rule(action, model);
            }
            Action::RuleLeads => return self.open_rule(model),
            Action::RuleDetails => return self.open_details(model),
            Action::HowItCounts => return self.open_counts(model),
            Action::Wordings => return self.open_wordings(model),
            Action::ProposeVersion | Action::WithdrawVersion | Action::DiscardDraft => {
                return self.version_key(action);
            }
            Action::SignVersion => return self.open_signatures(model),
            Action::PutInForce => return self.open_force(model),
            Action::PickSegment => return self.open_segments(model),
            Action::SavePage => return self.open_page(model),
            Action::Copy => {
                let (definition, _) = self.preview(model);
                return Outcome::Copy {
                    what: "the rules".to_owned(),
                    text: crate::domain::criteria::line(&definition.rules, &self.agreed.fields),
                };
            }
            other => self.moved(other, model),
        }
        Outcome::Nothing
    }
}

impl Screen for Criteria {
    fn context(&self) -> Context {
        match (&self.window, &self.bar) {
            (Some(window), _) => window.context(),
            (None, Some(_)) => Context::RuleBar,
            (None, None) => Context::Criteria,
        }
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        match (&self.window, &self.bar) {
            (None, None) => self.view.hints(),
            _ => Vec::new(),
        }
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        if self.reading == Reading::Due && self.agreed.versions.0.is_empty() {
            return Outcome::Nothing;
        }
        if self.window.is_some() {
            return self.in_window(action, model);
        }
        if self.bar.is_some() {
            return self.in_bar(action, model);
        }
        if action == Action::Presentation {
            self.size = match self.size {
                Size::Working => Size::Presentation,
                Size::Presentation => Size::Working,
            };
            self.view = View::Rules;
            return Outcome::Nothing;
        }
        if let Some(view) = View::of(action) {
            self.view = if self.view.is_alike(&view) {
                View::Rules
            } else {
                view
            };
            return Outcome::Nothing;
        }
        match self.view {
            View::Rules => self.on_rules(action, model),
            _ => self.on_view(action, model),
        }
    }

    fn typed(&mut self, key: KeyEvent, _model: &Model) -> Outcome {
        if self.window.is_some() {
            return self.typed_in_window(key);
        }
        if let Some(bar) = &mut self.bar {
            bar.key(key);
        }
        Outcome::Nothing
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Outcome {
        match (&mut self.window, &mut self.bar) {
            (Some(window), _) => {
                if let Some(form) = window.form() {
                    form.paste(text);
                }
            }
            (None, Some(bar)) => bar.paste(text),
            (None, None) => {}
        }
        Outcome::Nothing
    }

    fn click(&mut self, column: u16, row: u16, model: &Model) -> Outcome {
        self.clicked(column, row, model)
    }

    fn back(&mut self) -> bool {
        if self.window.take().is_some() || self.bar.take().is_some() {
            return true;
        }
        if self.size == Size::Presentation && matches!(self.view, View::Rules) {
            self.size = Size::Working;
            return true;
        }
        self.view.close()
    }

    fn doing(&self, model: &Model) -> Option<Doing> {
        self.open_here(model)
    }

    fn part(&self, _model: &Model) -> Part {
        self.in_sight()
    }

    fn show(&mut self, part: &Part, model: &Model) {
        self.look_at(part, model);
    }

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        let mut fetches = Vec::new();
        if self.reading == Reading::Due {
            self.reading = Reading::Asked;
            fetches.push(Fetch::Criteria);
        }
        if self.agreed.fields.all().is_empty()
            || self.asked.is_none() && self.reading != Reading::Done
        {
            return fetches;
        }
        let question = self.question(model);
        if self.asked.as_ref() != Some(&question) {
            fetches.push(Fetch::Panel(question.clone()));
            self.asked = Some(question.clone());
        }
        fetches.extend(self.view.wanted(&question, &self.agreed));
        fetches
    }

    fn fetched(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        self.take(asked, fetched, model);
    }

    fn written(&mut self, write: &Write, done: Result<&Done, &str>, model: &Model) -> Outcome {
        if self.sent.as_ref() != Some(write) {
            return Outcome::Nothing;
        }
        self.sent = None;
        self.reading = Reading::Due;
        match done {
            Ok(done) => self.done(write, done, model),
            Err(why) => {
                if let Some(form) = self.window.as_mut().and_then(Window::form) {
                    form.refuse(why);
                } else if let Some(bar) = &mut self.bar {
                    bar.wrong = Some(why.to_owned());
                }
                Outcome::Nothing
            }
        }
    }

    fn paged(&mut self, order: &Order, done: Result<(), &NotWritten>) -> bool {
        self.page_written(order, done)
    }

    fn refreshed(&mut self, _model: &Model) {
        self.reading = Reading::Due;
        // Another history may answer otherwise.
        self.asked = None;
        self.view.forget();
    }

    fn under(&self, model: &Model) -> Under {
        let version = self.draft().or_else(|| self.in_force(model));
        let number = version.map(|version| version.number);
        number.map_or_else(Under::default, |n| Under::ground(Ground::Criteria(n)))
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        self.area = area;
        self.draw_all(buffer, area, model, theme);
    }
}
