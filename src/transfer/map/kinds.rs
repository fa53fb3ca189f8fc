//! The few words that every map is written in: kinds of rows, states of leads, types of fields. Pure.

use serde::Deserialize;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Leads, perhaps with their verdict and deal in the same row.
    Leads,
    /// Deals.
    Opportunities,
    /// Companies.
    Accounts,
    /// People of the workspace.
    People,
    /// Money spent.
    Spend,
    /// Marketing's touches.
    Touches,
    /// Sales' attempts.
    Attempts,
}

impl Kind {
    /// All kinds, as the command line names them.
    pub const ALL: [(Kind, &'static str); 7] = [
        (Kind::Leads, "leads"),
        (Kind::Opportunities, "opportunities"),
        (Kind::Accounts, "accounts"),
        (Kind::People, "people"),
        (Kind::Spend, "spend"),
        (Kind::Touches, "touches"),
        (Kind::Attempts, "attempts"),
    ];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }

    /// Reads the word on the command line.
    pub fn parse(word: &str) -> Option<Kind> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(kind, _)| *kind)
    }
}

/// What a source's status word says in our terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Marketing's: not handed to sales.
    New,
    /// Handed to sales, no verdict; or an open deal.
    Open,
    /// Accepted by sales.
    Accepted,
    /// Rejected by sales.
    Rejected,
    /// Comes back later.
    Recycled,
    /// Accepted, with an open deal.
    Opportunity,
    /// Accepted, and the deal was won.
    Won,
    /// Accepted, and the deal was lost.
    Lost,
    /// The deal ended without a decision.
    NoDecision,
    /// A test row: kept, left out of every metric.
    Test,
    /// A duplicate: kept, left out of every metric.
    Duplicate,
    /// A row to pass over.
    Skip,
}

/// The type of a custom field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomKind {
    /// A finite number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    YesNo,
    /// Text.
    Text,
    /// The id of another record, brought to one form as ids of the map are; text in the workspace.
    Id,
}

impl CustomKind {
    /// The word in the workspace.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::YesNo => "yes_no",
            Self::Text | Self::Id => "text",
        }
    }

    /// Reads the word in the workspace.
    pub fn parse(word: &str) -> Option<CustomKind> {
        let all = [Self::Number, Self::Date, Self::YesNo, Self::Text];
        all.into_iter().find(|kind| kind.word() == word)
    }
}
