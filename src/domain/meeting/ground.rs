//! What an issue or a decision rests on: numbers, leads, deals, clusters, criteria, words. Pure.

use super::one_line;
use crate::domain::ids::{FeedbackId, HandoffId, LeadId, OpportunityId};
use crate::domain::refused::Refused;

/// Most grounds of one issue or decision.
pub const MOST_GROUNDS: usize = 50;
/// Longest ground in words, in characters.
const LONGEST_WORDS: usize = 300;

/// One thing that something rests on. Names in it are foreign text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A number, by the id of its metric.
    Metric(String),
    /// A lead.
    Lead(LeadId),
    /// A handoff: a rejection, most of the time.
    Handoff(HandoffId),
    /// A deal.
    Deal(OpportunityId),
    /// A cluster of rejections.
    Cluster(FeedbackId),
    /// A source by name.
    Source(String),
    /// A campaign by name.
    Campaign(String),
    /// A version of the criteria, by number: what it changed against the one before.
    Criteria(i64),
    /// Something else, in words.
    Words(String),
}

impl Ground {
    /// Its kind, as it is kept and typed.
    pub fn word(&self) -> &'static str {
        match self {
            Ground::Metric(_) => "metric",
            Ground::Lead(_) => "lead",
            Ground::Handoff(_) => "handoff",
            Ground::Deal(_) => "deal",
            Ground::Cluster(_) => "feedback",
            Ground::Source(_) => "source",
            Ground::Campaign(_) => "campaign",
            Ground::Criteria(_) => "criteria",
            Ground::Words(_) => "words",
        }
    }

    /// Which one, as it is kept and typed.
    pub fn value(&self) -> String {
        match self {
            Ground::Metric(text)
            | Ground::Source(text)
            | Ground::Campaign(text)
            | Ground::Words(text) => text.clone(),
            Ground::Lead(LeadId(id))
            | Ground::Handoff(HandoffId(id))
            | Ground::Deal(OpportunityId(id))
            | Ground::Cluster(FeedbackId(id))
            | Ground::Criteria(id) => id.to_string(),
        }
    }

    /// Reads kind and value; `None` where they make no sense together.
    pub fn read(word: &str, value: &str) -> Option<Ground> {
        let value = value.trim();
        let id = || value.parse::<i64>().ok().filter(|id| *id > 0);
        Some(match word {
            "metric" => Ground::Metric(value.into()),
            "lead" => Ground::Lead(LeadId(id()?)),
            "handoff" => Ground::Handoff(HandoffId(id()?)),
            "deal" => Ground::Deal(OpportunityId(id()?)),
            "feedback" => Ground::Cluster(FeedbackId(id()?)),
            "source" => Ground::Source(value.into()),
            "campaign" => Ground::Campaign(value.into()),
            "criteria" => Ground::Criteria(id()?),
            "words" => Ground::Words(value.into()),
            _ => return None,
        })
    }

    /// Reads `kind:value` as it is typed; text without a known kind is words.
    pub fn typed(text: &str) -> Ground {
        text.split_once(':')
            .and_then(|(word, value)| Ground::read(word.trim(), value))
            .unwrap_or_else(|| Ground::Words(text.trim().into()))
    }

    /// The same as it can be kept.
    pub fn checked(&self) -> Result<Ground, Refused> {
        let line = |text: &str| one_line("what it rests on", text, LONGEST_WORDS);
        Ok(match self {
            Ground::Metric(text) => Ground::Metric(line(text)?),
            Ground::Words(text) => Ground::Words(line(text)?),
            // Names of a catalogue are looked up as they stand there.
            other => other.clone(),
        })
    }
}

/// Grounds as they can be kept, each once.
pub fn checked(grounds: &[Ground]) -> Result<Vec<Ground>, Refused> {
    if grounds.len() > MOST_GROUNDS {
        return Err(Refused::Meeting(format!(
            "{} things are more than one can look at; {MOST_GROUNDS} at most",
            grounds.len()
        )));
    }
    let mut kept = Vec::new();
    for ground in grounds {
        let ground = ground.checked()?;
        if !kept.contains(&ground) {
            kept.push(ground);
        }
    }
    Ok(kept)
}
