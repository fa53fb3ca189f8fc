//! What a rule can ask about: the fields that every lead has, and the workspace's own. Holds no values.

use super::rule::Class;
use crate::domain::review::lists::DomainList;
use crate::domain::verdict::words;

words! {
    /// What the values of a field are.
    FieldKind {
        /// A number.
        Number = "number" / "a number",
        /// A date.
        Date = "date" / "a date",
        /// Yes or no.
        YesNo = "yes_no" / "yes or no",
        /// Text, compared without regard to case.
        Text = "text" / "text",
    }
}

words! {
    /// A field that leads have in every workspace.
    Standard {
        /// Source of the lead.
        Source = "source" / "source",
        /// Campaign.
        Campaign = "campaign" / "campaign",
        /// Segment.
        Segment = "segment" / "segment",
        /// Job title.
        Title = "title" / "job title",
        /// Country of the person, else of the company.
        Country = "country" / "country",
        /// Industry of the company.
        Industry = "industry" / "industry",
        /// Employees of the company.
        Employees = "employees" / "employees",
        /// Whether an account stands behind the lead.
        Company = "company" / "a company",
        /// The company's web domain.
        CompanyDomain = "company_domain" / "company domain",
        /// What stands after the @ of the e-mail address.
        EmailDomain = "email_domain" / "e-mail domain",
        /// Whether the e-mail address is one that is thrown away.
        DisposableEmail = "disposable_email" / "a throw-away e-mail address",
        /// Whether the e-mail address is of a university or school.
        StudentEmail = "student_email" / "a student's e-mail address",
        /// Whether the e-mail address is a competitor's.
        CompetitorEmail = "competitor_email" / "a competitor's e-mail address",
        /// Whether there is an e-mail address.
        HasEmail = "has_email" / "an e-mail address",
        /// Whether there is a telephone number.
        HasPhone = "has_phone" / "a phone number",
        /// The day it came in.
        Created = "created" / "creation day",
        /// The day marketing marked it as qualified.
        Mql = "mql" / "MQL day",
        /// Marketing's touches logged before the handoff.
        Touches = "touches" / "marketing touches",
    }
}

impl Standard {
    /// What its values are.
    pub fn kind(self) -> FieldKind {
        match self {
            Standard::Employees | Standard::Touches => FieldKind::Number,
            Standard::Created | Standard::Mql => FieldKind::Date,
            Standard::HasEmail
            | Standard::HasPhone
            | Standard::Company
            | Standard::DisposableEmail
            | Standard::StudentEmail
            | Standard::CompetitorEmail => FieldKind::YesNo,
            _ => FieldKind::Text,
        }
    }
}

impl Standard {
    /// The list of domains that the field asks about, if it asks about one.
    pub fn list(self) -> Option<DomainList> {
        match self {
            Standard::DisposableEmail => Some(DomainList::Disposable),
            Standard::StudentEmail => Some(DomainList::Student),
            Standard::CompetitorEmail => Some(DomainList::Competitor),
            _ => None,
        }
    }

    /// The field that asks about a list of domains.
    pub fn of_list(list: DomainList) -> Standard {
        match list {
            DomainList::Disposable => Standard::DisposableEmail,
            DomainList::Student => Standard::StudentEmail,
            DomainList::Competitor => Standard::CompetitorEmail,
        }
    }
}

/// Where the values of a field lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Every workspace has it.
    Standard(Standard),
    /// The workspace's own, on the lead.
    Lead,
    /// The workspace's own, on the company.
    Account,
}

/// A field that rules can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in rules; unique without regard to case.
    pub key: String,
    /// What people read.
    pub label: String,
    /// What its values are.
    pub kind: FieldKind,
    /// Where they lie.
    pub origin: Origin,
    /// The key under which the workspace's own values are stored; the word of a standard field.
    pub stored: String,
}

/// Parts of own keys that tell what class a rule about the field mostly has.
const HINTS: &[(Class, &[&str])] = &[
    (
        Class::Budget,
        &["budget", "price", "amount", "revenue", "funding", "spend"],
    ),
    (
        Class::Authority,
        &[
            "role",
            "title",
            "decision",
            "occupation",
            "seniority",
            "job",
        ],
    ),
    (
        Class::Timing,
        &[
            "timing", "timeline", "start", "when", "deadline", "renewal", "due",
        ],
    ),
    (
        Class::Engagement,
        &[
            "visit", "page", "time_on", "activity", "click", "open", "score", "email", "call",
            "download", "webinar", "touch", "session",
        ],
    ),
    (
        Class::Need,
        &["need", "pain", "use_case", "interest", "goal"],
    ),
];

impl Field {
    /// A field that every workspace has.
    pub fn standard(standard: Standard) -> Field {
        Field {
            key: standard.word().to_owned(),
            label: standard.label().to_owned(),
            kind: standard.kind(),
            origin: Origin::Standard(standard),
            stored: standard.word().to_owned(),
        }
    }

    /// The class that a rule about it has where nobody says another.
    pub fn class(&self) -> Class {
        match self.origin {
            Origin::Standard(standard) => match standard {
                Standard::Title => Class::Authority,
                Standard::Created | Standard::Mql => Class::Timing,
                Standard::Source | Standard::Campaign | Standard::Touches => Class::Engagement,
                _ => Class::Fit,
            },
            Origin::Lead | Origin::Account => {
                let key = self.key.to_lowercase();
                let hit = HINTS
                    .iter()
                    .find(|(_, parts)| parts.iter().any(|part| key.contains(part)));
                hit.map_or(Class::Fit, |(class, _)| *class)
            }
        }
    }
}

/// Every field of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(Vec<Field>);

impl Default for Fields {
    fn default() -> Self {
        Fields::new([])
    }
}

impl Fields {
    /// The standard fields and the workspace's own: (origin, key, label, kind). An own field that is called like another one
    /// is named after where it lies: `lead.industry`, `company.industry`.
    pub fn new(own: impl IntoIterator<Item = (Origin, String, String, FieldKind)>) -> Fields {
        let mut fields = Fields(Standard::ALL.iter().map(|s| Field::standard(*s)).collect());
        for (origin, stored, label, kind) in own {
            let prefix = match origin {
                Origin::Account => "company",
                _ => "lead",
            };
            let mut key = stored.clone();
            while fields.find(&key).is_some() {
                key = format!("{prefix}.{key}");
            }
            fields.0.push(Field {
                key,
                label,
                kind,
                origin,
                stored,
            });
        }
        fields
    }

    /// The field of a name, without regard to case.
    pub fn find(&self, key: &str) -> Option<&Field> {
        let folded = key.to_lowercase();
        self.0.iter().find(|f| f.key.to_lowercase() == folded)
    }

    /// All of them, the standard ones first.
    pub fn all(&self) -> &[Field] {
        &self.0
    }

    /// The field whose name is nearest to what was typed, if one is near at all.
    pub fn near(&self, typed: &str) -> Option<&Field> {
        let typed = typed.to_lowercase();
        let far = (typed.chars().count() + 1) / 3;
        let distances = self
            .0
            .iter()
            .map(|f| (distance(&typed, &f.key.to_lowercase()), f));
        let close = distances.min_by_key(|(d, _)| *d);
        let close = close.filter(|(d, _)| *d <= far).map(|(_, f)| f);
        close.or_else(|| {
            let long = typed.chars().count() >= 4;
            let holds = |f: &&Field| f.key.to_lowercase().contains(&typed);
            long.then(|| self.0.iter().find(holds))?
        })
    }

    /// The field that these words name: its label, or its name with blanks.
    pub fn called(&self, words: &str) -> Option<&Field> {
        let words = words.to_lowercase();
        self.0.iter().find(|f| {
            f.label.to_lowercase() == words || f.key.to_lowercase().replace('_', " ") == words
        })
    }
}

/// Edits between two words (Levenshtein 1965).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(60).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(60).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
