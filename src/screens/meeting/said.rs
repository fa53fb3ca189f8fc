//! What is said of the row under the cursor, and why a list is empty. Draws nothing.

use super::measure::{self, NO_PROOF};
use super::view::View;
use super::{MeetingRoom, words};
use crate::domain::meeting::line::Meeting;
use crate::screens::model::Model;
use crate::theme::Role;

impl MeetingRoom {
    /// What is said of the row under the cursor.
    pub(super) fn said(&self, model: &Model) -> Vec<(String, Role)> {
        match self.view {
            View::Agenda => match model.book().meetings.running() {
                Some(running) => said_of_agenda(running, self.at(), model),
                None => Vec::new(),
            },
            View::Issues => self.issue(model).map_or_else(Vec::new, |issue| {
                let by = issue.by.name.as_deref().unwrap_or("somebody");
                let grounds = words::grounds(&issue.rests_on);
                let grounds = if grounds.is_empty() { String::new() } else { format!(" · rests on {grounds}") };
                vec![(issue.text.clone(), Role::Strong), (format!("raised by {by}{grounds}"), Role::Text)]
            }),
            View::Decisions => self.decision(model).map_or_else(Vec::new, |decision| {
                let rests_on = words::grounds(&decision.rests_on);
                let effect = self.effects.of(decision);
                let mut said = vec![(format!("{} ({}, {})", decision.text, decision.owner.name, decision.due), Role::Strong)];
                match effect {
                    Some(effect) => said.push((format!("{}; {NO_PROOF}", measure::words(effect)), Role::Text)),
                    None if rests_on.is_empty() => said.push(("bound to no number".to_owned(), Role::Dim)),
                    None => said.push((format!("rests on {rests_on}"), Role::Text)),
                }
                said
            }),
            View::Actions => self.deed(model).map_or_else(Vec::new, |deed| {
                let by = deed.by.name.as_deref().unwrap_or("somebody");
                let asked = model.book().calendar.day_of(deed.by.at);
                vec![
                    (deed.text.clone(), Role::Strong),
                    (format!("{} until {}; written down by {by} on {asked}; carried over until it is done or dropped", deed.owner.name, deed.due), Role::Text),
                ]
            }),
            View::History => Vec::new(),
        }
    }
}

/// Why a list is empty, and which key fills it.
pub(super) fn nothing(view: View, sought: &str, model: &Model) -> &'static str {
    match view {
        View::Issues => {
            "No issue waits. ! raises one, here and on every other screen: what is under the cursor there goes with it."
        }
        View::Decisions if model.book().meetings.running().is_some() => {
            "Nothing is decided yet. = writes a decision down: owner, day, and the number that it should move."
        }
        View::Decisions => "Nothing is decided yet. A decision is made in a meeting; s opens one.",
        View::Actions => "Nothing is to be done. + writes down who does what until when.",
        View::History if !sought.trim().is_empty() => {
            "These words stand in no decision, issue, action or note."
        }
        _ => "There was no meeting yet; s opens the first one.",
    }
}

/// The item under the cursor and its notes.
fn said_of_agenda(running: &Meeting, at: usize, model: &Model) -> Vec<(String, Role)> {
    let Some(item) = running.items.get(at) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    if !running.missing().is_empty() {
        let missing: Vec<&str> = running.missing().iter().map(|side| side.label()).collect();
        said.push((
            format!(
                "! nobody of {} is there; criteria cannot be signed until both sides are (o)",
                missing.join(" and ")
            ),
            Role::Warn,
        ));
    }
    let alarms = model.alarms().into_iter();
    said.extend(alarms.map(|alarm| (format!("! {alarm}"), Role::Warn)));
    let notes: Vec<&str> = running
        .notes
        .iter()
        .filter(|note| note.item == Some(item.id))
        .map(|note| note.text.as_str())
        .collect();
    if !notes.is_empty() {
        said.push((format!("notes: {}", notes.join(" · ")), Role::Text));
    }
    if running.open_item().is_none() {
        said.push((
            "The agenda is through: c closes the meeting, t takes an item up again.".to_owned(),
            Role::Text,
        ));
    }
    said
}
