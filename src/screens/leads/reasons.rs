//! The list of rejection reasons by letter. Shows what each rejection would rest on before it is confirmed; writes nothing itself.

use super::line::Purpose;
use super::subject::Subjects;
use super::window::{List, Step, Window};
use crate::domain::book::Reason;
use crate::domain::command::Command;
use crate::domain::desk::{self, Desk};
use crate::domain::reason::Asks;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

/// What the open list is about.
pub(super) struct Reasons {
    subjects: Subjects,
    choices: Vec<Reason>,
}

impl Reasons {
    /// The reasons in use, each with what it would rest on; why the leads cannot be rejected otherwise.
    pub(super) fn open(subjects: Subjects, model: &Model) -> Result<Window, String> {
        let book = model.book();
        if let Some(only) = subjects.only() {
            let open = only.standing.undecided(model.now(), &book.calendar);
            open.map_err(|refused| refused.to_string())?;
        }
        let in_use = book.reasons.iter().filter(|reason| !reason.retired);
        let choices: Vec<Reason> = in_use.cloned().collect();
        if choices.is_empty() {
            return Err("There is no reason to choose; Settings, Reasons adds one".to_owned());
        }
        let entry = |reason: &Reason| {
            let (rests_on, _) = preview(reason, &subjects, model, None);
            Entry::new(reason.label.clone(), rests_on)
        };
        let entries = choices.iter().map(entry).collect();
        let letters = Letters::new(format!("Reject {}", subjects.name()), entries);
        Ok(Window::Letters(
            letters,
            List::Reasons(Self { subjects, choices }),
        ))
    }

    /// The chosen reason: with a note or without, Enter then rejects.
    pub(super) fn chosen(&self, at: usize) -> Step {
        match self.choices.get(at) {
            Some(reason) => {
                Step::Next(Purpose::Reject(Box::new(reason.clone())).ask(self.subjects.clone()))
            }
            None => Step::Stay,
        }
    }
}

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
