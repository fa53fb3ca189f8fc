//! The parts of the screen in their places: state and signatures, rules, panel, bar, and what stands over them. Computes nothing.

mod doubts;
mod lists;
mod page;
mod suggestions;
mod tall;
mod versions;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::view::View;
use super::{Criteria, Reading, impact, rules};
use crate::domain::criteria::{Move, changes};
use crate::screens::model::Model;
use crate::screens::scoreboard::Size;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, panel};
use versions::standing;

/// From this width on the panel stands beside the rules.
const BESIDE: u16 = 150;

/// From this width on nothing is left out of the first lines.
const ROOMY: u16 = 110;

/// So many rules are shown before the figures under them keep their lines.
const MOST_BEFORE_FIGURES: u16 = 6;

/// Lines of the bar: what is typed, what it means, what could come next.
const BAR: u16 = 3;

impl Criteria {
    /// Where the list of rules was drawn last.
    pub(super) fn list_area(&self) -> Rect {
        self.parts(self.area).0
    }

    /// The areas of the rules and of the panel, frames left out.
    fn parts(&self, area: Rect) -> (Rect, Rect) {
        let bar = if self.bar.is_some() { BAR } else { 1 };
        let body = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(2 + bar),
            ..area
        };
        let inside = |area: Rect| Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        };
        if area.width >= BESIDE {
            let right = (area.width * 2 / 5).max(76);
            let left = Rect {
                width: body.width - right,
                ..body
            };
            let beside = Rect {
                x: left.right(),
                width: right,
                ..body
            };
            return (inside(left), inside(beside));
        }
        // The panel keeps its lines where there are some, and gives up the least for rules beyond the third.
        let rules = (self.shown as u16).clamp(3, MOST_BEFORE_FIGURES);
        let below = (impact::HEIGHT + 3).min(body.height.saturating_sub(rules + 2));
        let upper = Rect {
            height: body.height - below,
            ..body
        };
        let lower = Rect {
            y: upper.bottom(),
            height: below,
            ..body
        };
        (inside(upper), inside(lower))
    }

    pub(super) fn draw_all(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        if self.reading != Reading::Done
            && self.agreed.versions.0.is_empty()
            && self.asked.is_none()
        {
            let mut ink = Ink::new(buffer, area);
            ink.write(1, 1, "Reading the criteria …", theme[Role::Dim]);
            return;
        }
        self.draw_head(&mut Ink::new(buffer, area), model, theme);
        let whole = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(2),
            ..area
        };
        match self.view {
            View::Rules => self.draw_rules(buffer, area, model, theme),
            View::Page(_) => self.draw_page(buffer, whole, model, theme),
            _ => self.draw_list(buffer, whole, model, theme),
        }
        if let Some(window) = &mut self.window {
            window.draw(buffer, area, theme);
        }
    }

    fn draw_head(&self, ink: &mut Ink<'_>, model: &Model, theme: &Theme) {
        let calendar = &model.book().calendar;
        let of = self.segment.as_deref().unwrap_or("all leads");
        // Where there is little room, criteria for all leads need no title.
        let titled = ink.width() >= ROOMY || self.segment.is_some();
        let title = if titled {
            format!("Criteria for {of}  ")
        } else {
            String::new()
        };
        let mut at = ink.write(0, 1, &title, theme[Role::Title]);
        let force = match self.in_force(model) {
            Some(version) => {
                let since = version
                    .in_force_at
                    .map(|at| calendar.day_of(at).to_string());
                let looked = version.review_on.map_or_else(String::new, |day| {
                    let late = day <= calendar.day_of(model.now());
                    format!(", looked at again {day}{}", if late { ": due" } else { "" })
                });
                format!(
                    "in force: version {} since {}{looked}",
                    version.number,
                    since.unwrap_or_default()
                )
            }
            None => "in force: none, every lead passes".to_owned(),
        };
        at = ink.write(0, at, &force, theme[Role::Text]);
        let state = self.draft().map_or_else(String::new, |draft| {
            format!("  draft: version {}, {}", draft.number, standing(draft))
        });
        let drift = self
            .drift(model)
            .filter(|drift| drift.agreement.is_away() || drift.met.is_away());
        if let Some(alarm) = drift.and_then(|drift| drift.alarm()) {
            // What state the draft is in goes before by how much the version in force drifts.
            let room = usize::from(ink.width().saturating_sub(at));
            let is_whole = 3 + text::width(&alarm) + text::width(&state) <= room;
            let words = if is_whole { &alarm } else { "drift" };
            at = ink.write(0, at, &format!(" · {words}"), theme[Role::Bad]);
        }
        ink.write(0, at, &state, theme[Role::Warn]);
        let next = self.next_step(model);
        let at = ink.write(1, 1, &next, theme[Role::Key]);
        let shown = self
            .draft()
            .or_else(|| self.waiting(model))
            .or_else(|| self.in_force(model));
        let signed = |dated: bool| -> String {
            let signatures = shown.into_iter().flat_map(|version| &version.signatures);
            let each = signatures.map(|signature| {
                let name = signature.by.name.as_deref().unwrap_or("somebody");
                let on = calendar.day_of(signature.by.at);
                let on = if dated {
                    format!(" {on}")
                } else {
                    String::new()
                };
                format!("  ✓ {} {}{on}", signature.side.label(), text::clean(name))
            });
            each.collect()
        };
        // Who signed goes before when.
        let room = usize::from(ink.width().saturating_sub(at));
        let dated = signed(true);
        let words = if text::width(&dated) <= room {
            dated
        } else {
            signed(false)
        };
        ink.write(1, at, &words, theme[Role::Good]);
    }

    fn draw_rules(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        let lines = self.lines(model);
        self.shown = lines.len();
        let (list, figures) = self.parts(area);
        let framed = |inside: Rect| Rect {
            x: inside.x - 1,
            y: inside.y - 1,
            width: inside.width + 2,
            height: inside.height + 2,
        };
        let page = usize::from(list.height).max(1);
        self.offset = self
            .offset
            .clamp((self.cursor + 1).saturating_sub(page), self.cursor);
        let title =
            if self.draft().is_none() && self.bar.is_none() && self.in_force(model).is_some() {
                "Rules in force, no draft".to_owned()
            } else {
                format!("Rules of the draft{}", self.ways(model))
            };
        let hidden = lines.len().saturating_sub(self.offset + page);
        let remark = match hidden {
            0 => self.remark(model),
            n => format!("▼ {n} more · {}", self.remark(model)),
        };
        let doubts = self.doubts(model);
        // Where no line is left for what speaks against the draft, it takes the place of the title.
        let (title, remark) = match doubts.first() {
            Some(first) if lines.len() >= page => {
                let said = doubts::said(first, doubts.len() - 1);
                (Span::styled(said, theme[Role::Warn]), String::new())
            }
            _ => (Span::styled(title, theme[Role::Heading]), remark),
        };
        panel(
            buffer,
            framed(list),
            &title,
            &remark,
            self.bar.is_none(),
            theme,
        );
        let (draft, _) = self.preview(model);
        let fitting = self.weights.as_ref().filter(|(of, _)| of.draft == draft);
        let look = rules::Look {
            cursor: self.bar.is_none().then_some(self.cursor),
            offset: self.offset,
            weights: fitting.map(|(_, weights)| weights),
        };
        let mut ink = Ink::new(buffer, list);
        rules::draw(&mut ink, &lines, &self.agreed.fields, &look, theme);
        let drawn = self.draw_in_force(&mut ink, lines.len() as u16, model, theme);
        doubts::draw(&mut ink, drawn, &doubts, theme);
        self.draw_panel(buffer, figures, framed(figures), model, theme);
        self.draw_bar(buffer, area, theme);
    }

    /// Tighter or looser, in a word each.
    fn ways(&self, model: &Model) -> String {
        let (draft, _) = self.preview(model);
        let own = changes(&self.before(model), &draft, &self.agreed.fields);
        let has = |way: Move| own.iter().any(|change| change.way == way);
        let ways = [Move::Tighter, Move::Looser, Move::Either]
            .into_iter()
            .filter(|way| has(*way));
        let words: Vec<String> = ways
            .map(|way| format!("{} {}", way.sign(), way.word()))
            .collect();
        if words.is_empty() {
            String::new()
        } else {
            format!(" · {}", words.join(" "))
        }
    }

    fn remark(&self, model: &Model) -> String {
        let (draft, _) = self.preview(model);
        let supporting = match draft.needed() {
            0 => String::new(),
            needed => format!("at least {needed} supporting · "),
        };
        format!("{supporting}unknown {}", draft.unknown.label())
    }

    /// The version in force under the draft, where they differ and there is room; returns the line after it.
    fn draw_in_force(&self, ink: &mut Ink<'_>, from: u16, model: &Model, theme: &Theme) -> u16 {
        let (draft, _) = self.preview(model);
        let Some(version) = self.in_force(model).filter(|v| v.definition != draft) else {
            return from;
        };
        let rules = &version.definition.rules;
        let until = from + rules.len() as u16 + 2;
        if until + 2 > ink.height() {
            return from;
        }
        let title = format!("In force, version {}:", version.number);
        ink.write(from + 1, 0, &title, theme[Role::Heading]);
        for (row, rule) in (from + 2..).zip(rules) {
            ink.write(row, 2, &rule.text(&self.agreed.fields), theme[Role::Dim]);
        }
        until
    }

    fn draw_panel(
        &self,
        buffer: &mut Buffer,
        inside: Rect,
        frame: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let currency = model.book().workspace.currency;
        let (mut title, fresh) = match self.panel() {
            Some((found, fresh)) => (impact::verdict(found, currency), fresh),
            None => ("what it would have done …".to_owned(), false),
        };
        let role = if fresh { Role::Strong } else { Role::Dim };
        let weeks = self.panel().and_then(|(found, _)| found.impact.weeks);
        // The board's period and filter do not hold here; who looks from there must not think so.
        let holdout = self.panel().filter(|(of, _)| of.impact.holdout.is_some());
        let mut whole = "whole history".to_owned();
        if let Some((found, _)) = holdout {
            whole = format!("{whole} but {}", found.quarter);
        }
        if !model.scope().filter.is_empty() {
            whole.push_str(", the board's filter left out");
        }
        let mut remark = weeks.map_or_else(
            || whole.clone(),
            |weeks| format!("{whole}, {weeks:.0} weeks"),
        );
        let room = usize::from(frame.width.saturating_sub(8));
        if text::width(&title) + text::width(&remark) > room {
            whole.clone_into(&mut remark);
        }
        title = impact::within(title, room);
        panel(
            buffer,
            frame,
            &Span::styled(title, theme[role]),
            &remark,
            false,
            theme,
        );
        if let Some((found, fresh)) = self.panel() {
            let ink = &mut Ink::new(buffer, inside);
            match self.size {
                Size::Working => impact::draw(ink, found, currency, fresh, theme),
                Size::Presentation => tall::draw(ink, (found, currency), fresh, theme),
            }
        }
    }

    fn draw_bar(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let lines = if self.bar.is_some() { BAR } else { 1 };
        let place = Rect {
            y: area.bottom().saturating_sub(lines),
            height: lines,
            ..area
        };
        let mut ink = Ink::new(buffer, place);
        if let Some(bar) = &self.bar {
            bar.draw(&mut ink, 0, &self.agreed.fields, &self.offers(), theme);
            return;
        }
        let hint = "a types a rule: employees >= 50 and industry in (software, fintech)";
        // What the rule under the cursor does by itself has no room beside it.
        let own = self.weights.as_ref().and_then(|(_, weights)| {
            let found = weights.effects.iter().find(|e| e.rule == self.cursor)?;
            Some(format!(
                "rule {} by itself: {}",
                self.cursor + 1,
                rules::effect(found)
            ))
        });
        let words = own
            .filter(|_| area.width < ROOMY)
            .unwrap_or_else(|| hint.to_owned());
        ink.write(0, 1, &words, theme[Role::Dim]);
    }
}
