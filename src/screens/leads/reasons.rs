//! The list of rejection reasons by letter. Shows what each rejection would rest on before it is confirmed; writes nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::line::{Line, Purpose};
use super::subject::Subjects;
use super::window::{Step, Window, letters};
use crate::domain::book::Reason;
use crate::domain::command::Command;
use crate::domain::desk::{self, Desk};
use crate::domain::reason::Asks;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side, popup};

/// The open list.
pub(super) struct Reasons {
    subjects: Subjects,
    choices: Vec<Reason>,
    /// What each would rest on: a few words for the list, a sentence for the last line.
    previews: Vec<(String, String)>,
    chosen: Option<usize>,
}

impl Reasons {
    /// The reasons in use; why the leads cannot be rejected otherwise.
    pub(super) fn new(subjects: Subjects, model: &Model) -> Result<Self, String> {
        let book = model.book();
        if let Some(only) = subjects.only() {
            let open = only.standing.undecided(model.now(), &book.calendar);
            open.map_err(|refused| refused.to_string())?;
        }
        let in_use = book.reasons.iter().filter(|reason| !reason.retired);
        let reasons: Vec<Reason> = in_use.cloned().collect();
        if reasons.is_empty() {
            return Err("There is no reason to choose; `smarketing reasons` adds one".to_owned());
        }
        let previews = reasons
            .iter()
            .map(|reason| preview(reason, &subjects, model, None))
            .collect();
        Ok(Self {
            subjects,
            choices: reasons,
            previews,
            chosen: None,
        })
    }

    /// Moves the choice.
    pub(super) fn step(&mut self, by: isize) {
        let last = self.choices.len() - 1;
        let next = self.chosen.map_or(0, |at| at.saturating_add_signed(by));
        self.chosen = Some(next.min(last));
    }

    /// A letter chooses; a reason that explains nothing without a note asks for it at once.
    pub(super) fn letter(&mut self, letter: char) -> Step {
        let Some(at) = letters().position(|known| known == letter) else {
            return Step::Stay;
        };
        if at >= self.choices.len() {
            return Step::Stay;
        }
        self.chosen = Some(at);
        if self.choices[at].asks == Asks::Note {
            return self.with_note();
        }
        Step::Stay
    }

    /// Asks for a note to the chosen reason.
    pub(super) fn with_note(&self) -> Step {
        match self.chosen {
            Some(at) => Step::Next(Window::Line(Box::new(Line::new(
                self.subjects.clone(),
                Purpose::Reject(Box::new(self.choices[at].clone())),
            )))),
            None => Step::Refuse(CHOOSE.to_owned()),
        }
    }

    /// Enter: rejects for the chosen reason.
    pub(super) fn confirm(&self) -> Step {
        let Some(at) = self.chosen else {
            return Step::Refuse(CHOOSE.to_owned());
        };
        let reason = &self.choices[at];
        if reason.asks == Asks::Note {
            return self.with_note();
        }
        Step::Answer(reject(&self.subjects, reason, None))
    }

    /// Draws it over the list.
    pub(super) fn draw(&self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let size = (84, self.choices.len() as u16 + 5);
        let title = format!("Reject {}", self.subjects.name());
        let inner = popup(buffer, screen, size, &title, "what it would rest on", theme);
        let mut ink = Ink::new(buffer, inner);
        let rows = usize::from(inner.height.saturating_sub(3)).max(1);
        let chosen = self.chosen.unwrap_or(0);
        let from = (chosen + 1).saturating_sub(rows);
        let half = inner.width / 2;
        let shown = letters().zip(&self.choices).zip(&self.previews).enumerate();
        for (line, (at, ((letter, reason), (short, _)))) in (0..).zip(shown.skip(from).take(rows)) {
            ink.field(
                line,
                1,
                2,
                &letter.to_string(),
                Side::Left,
                theme[Role::Key],
            );
            let style = theme[Role::Text];
            ink.field(
                line,
                4,
                half.saturating_sub(5),
                &reason.label,
                Side::Left,
                style,
            );
            ink.write(line, half, short, theme[Role::Dim]);
            if self.chosen == Some(at) {
                ink.style(line, 0, inner.width, theme[Role::Selection]);
            }
        }
        let last = inner.height.saturating_sub(2);
        ink.fill(
            last.saturating_sub(1),
            0,
            inner.width,
            '─',
            theme[Role::Border],
        );
        match self.chosen {
            None => {
                ink.write(last, 1, CHOOSE, theme[Role::Dim]);
            }
            Some(at) => {
                let (_, long) = &self.previews[at];
                let words = format!("{}: {long}", self.choices[at].label);
                ink.write(last, 1, &words, theme[Role::Strong]);
                let keys = "Enter rejects · Tab adds a note · Esc gives it up";
                ink.write(last + 1, 1, keys, theme[Role::Dim]);
            }
        }
    }
}

const CHOOSE: &str = "A letter chooses the reason, Enter then rejects";

/// The rejection as a change.
pub(super) fn reject(
    subjects: &Subjects,
    reason: &Reason,
    note: Option<&str>,
) -> crate::screens::Outcome {
    subjects.write(|handoff| {
        Command::Desk(Desk::Reject {
            handoff,
            reason: reason.code.clone(),
            note: note.map(str::to_owned),
        })
    })
}

/// What a rejection would be stored as: in a few words, and as a sentence.
pub(super) fn preview(
    reason: &Reason,
    subjects: &Subjects,
    model: &Model,
    note: Option<&str>,
) -> (String, String) {
    let (now, book) = (model.now(), model.book());
    let agreed = book.settings.min_attempts;
    // What has been typed so far is no reason to refuse: a note that is still missing is asked for.
    let note = note.filter(|note| !note.trim().is_empty()).or(Some("…"));
    let judged =
        |standing| desk::preview_rejection(standing, reason, note, agreed, (now, &book.calendar));
    let needs = if reason.asks == Asks::Note {
        " · needs note"
    } else {
        ""
    };
    if let Some(only) = subjects.only() {
        return match judged(&only.standing) {
            Err(refused) => ("not possible".to_owned(), refused.to_string()),
            Ok(preview) if preview.is_unverified() => {
                let (made, agreed) = (preview.attempts, preview.agreed);
                let short = format!("unverified: {made} of {agreed} attempts{needs}");
                (short, preview.to_string())
            }
            Ok(preview) => (
                format!("{}{needs}", preview.evidence.label()),
                preview.to_string(),
            ),
        };
    }
    let (mut unverified, mut refused) = (0, 0);
    for subject in subjects.iter() {
        match judged(&subject.standing) {
            Err(_) => refused += 1,
            Ok(preview) if preview.is_unverified() => unverified += 1,
            Ok(_) => {}
        }
    }
    let all = subjects.len();
    let mut words = match unverified {
        0 => format!("{} verified", all - refused),
        _ => format!("{unverified} of {all} unverified"),
    };
    if refused > 0 {
        words = format!("{words}, {refused} not possible");
    }
    (format!("{words}{needs}"), words)
}
