//! Finds words in what the room decided, raised, took on and wrote down. Pure.

use super::line::Meetings;
use crate::domain::ids::{ActionId, DecisionId, IssueId, MeetingId};
use crate::domain::moment::Moment;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A decision.
    Decision(DecisionId),
    /// An issue.
    Issue(IssueId),
    /// An action.
    Action(ActionId),
    /// A note.
    Note,
}

impl What {
    /// Its word.
    pub fn label(self) -> &'static str {
        match self {
            What::Decision(_) => "decision",
            What::Issue(_) => "issue",
            What::Action(_) => "action",
            What::Note => "note",
        }
    }
}

/// One place where the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// What.
    pub what: What,
    /// In which meeting.
    pub meeting: Option<MeetingId>,
    /// When.
    pub at: Moment,
    /// The text; foreign.
    pub text: &'a str,
}

/// Where all the words stand, newest first; capital letters make no difference. Owners, campaigns and reasons are searched too.
pub fn search<'a>(meetings: &'a Meetings, words: &str) -> Vec<Hit<'a>> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let holds = |texts: &[&str]| {
        let text = texts.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let mut hits = Vec::new();
    for decision in &meetings.decisions {
        let campaign = decision.campaign.as_deref().unwrap_or_default();
        if holds(&[&decision.text, &decision.owner.name, campaign]) {
            hits.push(Hit {
                what: What::Decision(decision.id),
                meeting: Some(decision.meeting),
                at: decision.by.at,
                text: &decision.text,
            });
        }
    }
    for issue in &meetings.issues {
        if holds(&[&issue.text, issue.why.as_deref().unwrap_or_default()]) {
            hits.push(Hit {
                what: What::Issue(issue.id),
                meeting: issue.meeting,
                at: issue.by.at,
                text: &issue.text,
            });
        }
    }
    for action in &meetings.actions {
        let why = action.why.as_deref().unwrap_or_default();
        if holds(&[&action.text, &action.owner.name, why]) {
            hits.push(Hit {
                what: What::Action(action.id),
                meeting: action.meeting,
                at: action.by.at,
                text: &action.text,
            });
        }
    }
    for meeting in &meetings.all {
        let notes = meeting.notes.iter().filter(|note| holds(&[&note.text]));
        hits.extend(notes.map(|note| Hit {
            what: What::Note,
            meeting: Some(meeting.id),
            at: note.by.at,
            text: &note.text,
        }));
    }
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.at));
    hits
}
