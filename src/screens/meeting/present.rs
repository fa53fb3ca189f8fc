//! The meeting for a projector: the open item, its time three lines tall, the issue spoken of, what was decided. Computes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::measure::{self, Effects, NO_PROOF};
use super::words::{self, clock};
use crate::domain::meeting::IssueState;
use crate::domain::meeting::agenda::ItemState;
use crate::domain::meeting::line::Meeting;
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{BIG_HEIGHT, Ink, big_width, draw_big};

/// Draws it.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    model: &Model,
    effects: &Effects,
    theme: &Theme,
) {
    let mut ink = Ink::new(buffer, area);
    let meetings = &model.book().meetings;
    let line = if let Some(running) = meetings.running() {
        timer(&mut ink, running, model, theme)
    } else {
        let told = "No meeting is running; s opens one";
        ink.write(1, 2, told, theme[Role::Strong]);
        3
    };
    let line = spoken_of(&mut ink, line, model, theme);
    decided(&mut ink, line, model, effects, theme);
}

/// The open item with its time; the line after it.
fn timer(ink: &mut Ink<'_>, running: &Meeting, model: &Model, theme: &Theme) -> u16 {
    let now = model.clock();
    let Some(item) = running.open_item() else {
        ink.write(1, 2, "The agenda is through", theme[Role::Headline]);
        return 3;
    };
    let over = item.over(now);
    ink.write(1, 2, &item.point.title, theme[Role::Headline]);
    let (figure, role, word) = if over > 0 {
        (clock(over), Role::Warn, "! over")
    } else {
        (clock(-over), Role::Strong, "left")
    };
    let at = draw_big(ink, 3, 3, &figure, theme[role]);
    ink.write(
        2 + BIG_HEIGHT,
        at + 2,
        &format!("{word} of {} min", item.point.minutes),
        theme[role],
    );
    let next = running
        .items
        .iter()
        .find(|item| item.state == ItemState::Waiting);
    let next = next.map_or_else(String::new, |next| format!("then {}", next.point.title));
    ink.write(4 + BIG_HEIGHT, 2, &next, theme[Role::Dim]);
    ink.write(5 + BIG_HEIGHT, 2, &words::sides(running), theme[Role::Dim]);
    7 + BIG_HEIGHT
}

/// The issue that the room speaks of.
fn spoken_of(ink: &mut Ink<'_>, mut line: u16, model: &Model, theme: &Theme) -> u16 {
    let issues = model.book().meetings.open_issues();
    let Some(issue) = issues
        .into_iter()
        .find(|issue| issue.state == IssueState::Discussing)
    else {
        return line;
    };
    ink.write(line, 2, "We speak of", theme[Role::Heading]);
    line += 1;
    for words in text::wrap(
        &text::clean(&issue.text),
        usize::from(ink.width().saturating_sub(4)),
    ) {
        ink.write(line, 2, &words, theme[Role::Strong]);
        line += 1;
    }
    line + 1
}

/// Decisions of the running meeting, and those of the one before with their numbers then and now, as many as fit.
fn decided(ink: &mut Ink<'_>, mut line: u16, model: &Model, effects: &Effects, theme: &Theme) {
    let meetings = &model.book().meetings;
    let of = |meeting: Option<&Meeting>| {
        meeting
            .map(|m| meetings.decisions_of(m.id).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let today = of(meetings.running());
    if !today.is_empty() {
        ink.write(line, 2, "Decided today", theme[Role::Heading]);
        line += 1;
        for decision in today {
            let told = format!(
                "• {} ({}, {})",
                decision.text, decision.owner.name, decision.due
            );
            ink.write(line, 2, &told, theme[Role::Strong]);
            line += 1;
        }
        line += 1;
    }
    let last = of(meetings.last_closed());
    if last.is_empty() {
        return;
    }
    ink.write(
        line,
        2,
        &format!("Decided last time; {NO_PROOF}"),
        theme[Role::Heading],
    );
    line += 1;
    for decision in last {
        if line + 1 + BIG_HEIGHT >= ink.height() {
            return;
        }
        ink.write(line, 2, &decision.text, theme[Role::Strong]);
        line += 1;
        if let Some(effect) = effects.of(decision) {
            let then = figures::figure(&effect.then, Room::Narrow);
            let now = figures::figure(&effect.now, Room::Narrow);
            let name = format!("{}, then and now", measure::name(effect));
            let room = ink.width().saturating_sub(8);
            if big_width(&then) + big_width(&now) + text::width(&name) as u16 + 10 > room {
                ink.write(line, 3, &measure::words(effect), theme[Role::Text]);
                line += 2;
                continue;
            }
            let at = draw_big(ink, line, 3, &then, theme[Role::Dim]);
            ink.write(line + 1, at + 2, "→", theme[Role::Text]);
            let role = match measure::better(effect) {
                Some(true) => Role::Good,
                Some(false) => Role::Bad,
                None => Role::Headline,
            };
            let at = draw_big(ink, line, at + 5, &now, theme[role]);
            ink.write(line + 1, at + 3, &name, theme[Role::Text]);
            let beside = format!(
                "n {} → n {}  {}",
                effect.then.n,
                effect.now.n,
                measure::moved(effect)
            );
            ink.write(line + 2, at + 3, &beside, theme[Role::Dim]);
            line += BIG_HEIGHT;
        }
        line += 1;
    }
}
