//! The form of a map file (TOML), the same for shipped maps and the user's own; checks itself and reads no data.

use super::kinds::{CustomKind, Kind, State};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How ids are brought to one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum IdForm {
    /// Salesforce: 15 and 18 characters are the same record.
    Salesforce,
}

/// What the export does with contact channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Contact {
    /// Anonymised: every lead had a channel, the export shows none.
    Withheld,
}

/// A whole map.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Its name on the command line.
    pub name: String,
    /// What it is for, as people say it.
    pub label: String,
    /// The system that the ids belong to.
    pub system: String,
    /// What the rows are.
    pub kind: Kind,
    /// Plain English headers of no special system: used when nothing else fits.
    #[serde(default)]
    pub generic: bool,
    #[serde(rename = "match")]
    pub(crate) recognised: Recognised,
    pub(crate) currency: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) id_form: Option<IdForm>,
    pub(crate) blank_status: Option<State>,
    pub(crate) unknown_status: Option<State>,
    pub(crate) recycle_days: Option<i32>,
    pub(crate) contact: Option<Contact>,
    /// Stages in the order of the funnel, as the system calls them out of the box.
    #[serde(default)]
    pub(crate) stages: Vec<String>,
    #[serde(default)]
    pub(crate) lead: Section,
    #[serde(default)]
    pub(crate) opportunity: Section,
    #[serde(default)]
    pub(crate) account: Section,
    #[serde(default)]
    pub(crate) person: Section,
    #[serde(default)]
    pub(crate) spend: Section,
    #[serde(default)]
    pub(crate) touch: Section,
    #[serde(default)]
    pub(crate) attempt: Section,
    #[serde(default)]
    pub(crate) state: Vec<Rule>,
    #[serde(default)]
    pub(crate) status: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) lifecycle: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) reason: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) custom: Custom,
}

/// Our fields and where they come from.
pub(crate) type Section = BTreeMap<String, From>;

/// The headers that tell an export.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recognised {
    /// All of these must be there; each may have other spellings.
    #[serde(default)]
    pub(crate) all: Vec<Spellings>,
    /// None of these may be there.
    #[serde(default)]
    pub(crate) none: Vec<String>,
}

/// One header in its spellings.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Spellings {
    One(String),
    Many(Vec<String>),
}

impl Spellings {
    pub(crate) fn list(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// Where a field's value comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum From {
    /// The first of these columns that is not blank in the row.
    Columns(Spellings),
    /// The same, and this where all are blank.
    Or { columns: Spellings, value: String },
    /// The latest date among these columns.
    Latest { latest: Vec<String> },
    /// The same for every row.
    Value { value: String },
}

/// A state that follows from one column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) column: String,
    /// The words that decide; none: any value decides.
    #[serde(default)]
    pub(crate) is: Vec<String>,
    pub(crate) then: State,
}

/// What becomes of columns that no field takes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Custom {
    /// `all`: every unmapped column becomes a custom field.
    #[serde(default)]
    pub(crate) keep: Keep,
    /// Columns kept under a name and type of their own.
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, CustomSpec>,
}

/// Which unmapped columns are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Keep {
    #[default]
    Listed,
    All,
}

/// One custom field of a map.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomSpec {
    pub(crate) columns: Spellings,
    /// Left out: found from the values.
    pub(crate) kind: Option<CustomKind>,
}

const LEAD: &[&str] = &[
    "id",
    "email",
    "phone",
    "name",
    "first_name",
    "last_name",
    "social",
    "title",
    "account",
    "source",
    "campaign",
    "segment",
    "owner",
    "country",
    "created",
    "mql",
    "lifecycle",
    "note",
    "status",
    "excluded",
    "cost",
    "cost_on",
    "currency",
    "handoff",
    "assigned",
    "trigger",
    "verdict_at",
    "reason",
    "spoke",
    "recycle_on",
    "verdict_note",
    "key",
    "reason_code",
    "reason_text",
    "evidence",
    "source_status",
    "withheld",
];
const OPPORTUNITY: &[&str] = &[
    "id",
    "lead",
    "lead_email",
    "lead_phone",
    "name",
    "account",
    "source",
    "campaign",
    "segment",
    "owner",
    "created",
    "stage",
    "status",
    "amount",
    "currency",
    "close_on",
    "conversation",
    "qualified",
    "won_at",
    "lost_at",
    "closed",
    "lost_reason",
    "delivery_cost",
    "last_activity",
    "note",
    "key",
    "lead_key",
    "lost_reason_code",
    "lost_reason_text",
    "frozen",
    "source_status",
];
const ACCOUNT: &[&str] = &["id", "name", "domain", "industry", "country", "employees"];
const PERSON: &[&str] = &["id", "email", "name", "first_name", "last_name", "side"];
const SPEND: &[&str] = &[
    "id", "source", "side", "campaign", "on", "kind", "amount", "currency", "note",
];
const TOUCH: &[&str] = &[
    "id",
    "lead",
    "lead_email",
    "lead_phone",
    "at",
    "kind",
    "campaign",
    "note",
];
const ATTEMPT: &[&str] = &[
    "id",
    "lead",
    "lead_email",
    "lead_phone",
    "at",
    "channel",
    "outcome",
    "minutes",
    "by",
    "note",
    "key",
    "lead_key",
];

impl Map {
    /// The sections with the fields each may have.
    pub(crate) fn sections(&self) -> [(&'static str, &Section, &'static [&'static str]); 7] {
        [
            ("lead", &self.lead, LEAD),
            ("opportunity", &self.opportunity, OPPORTUNITY),
            ("account", &self.account, ACCOUNT),
            ("person", &self.person, PERSON),
            ("spend", &self.spend, SPEND),
            ("touch", &self.touch, TOUCH),
            ("attempt", &self.attempt, ATTEMPT),
        ]
    }

    /// What is wrong with the map beyond its syntax, in words.
    pub(crate) fn fault(&self) -> Option<String> {
        for (name, section, known) in self.sections() {
            if let Some(field) = section
                .keys()
                .find(|field| !known.contains(&field.as_str()))
            {
                return Some(format!(
                    "[{name}] has no field '{field}' (known: {})",
                    known.join(", ")
                ));
            }
        }
        if self.recognised.all.is_empty() {
            return Some("[match] all names no header".into());
        }
        let states = self.status.keys().chain(self.lifecycle.keys());
        if let Some(state) = states
            .into_iter()
            .find(|state| super::words::state(state).is_none() && *state != "mql")
        {
            return Some(format!(
                "'{state}' is no state (known: {})",
                super::words::STATES.join(", ")
            ));
        }
        if let Some(code) = self
            .reason
            .keys()
            .find(|code| crate::domain::reason::stock(code).is_none())
        {
            return Some(format!("'{code}' is no reason code of the stock catalogue"));
        }
        if let Some(key) = self
            .custom
            .fields
            .keys()
            .find(|key| !super::words::is_key(key))
        {
            return Some(format!(
                "'{key}' is no custom field name: lower-case letters, digits and underscores, at most 60"
            ));
        }
        if let Some(code) = &self.currency
            && let Err(fault) = crate::domain::money::Currency::known(code)
        {
            return Some(fault.to_string());
        }
        let main = self
            .sections()
            .into_iter()
            .find(|(name, _, _)| *name == self.section_name());
        main.is_some_and(|(_, section, _)| section.is_empty())
            .then(|| format!("[{}] maps nothing", self.section_name()))
    }

    /// The section that the kind is about.
    pub(crate) fn section_name(&self) -> &'static str {
        match self.kind {
            Kind::Leads => "lead",
            Kind::Opportunities => "opportunity",
            Kind::Accounts => "account",
            Kind::People => "person",
            Kind::Spend => "spend",
            Kind::Touches => "touch",
            Kind::Attempts => "attempt",
        }
    }
}
