//! A definition of a qualified lead, and what it says of one lead. The row-by-row truth that columns are tested against.

use super::condition::Value;
use super::rule::{Class, Kind, Rule};
use super::truth::Truth;
use crate::domain::moment::Day;
use crate::domain::verdict::words;

/// How finance reads an opportunity.
pub const GATE: &str = "It counts once a rep has spoken with the lead, it stands in stage one or later, has an estimated close date \
     and a value above zero, and these criteria were confirmed. The value is frozen then; corrections are adjusting entries.";

words! {
    /// What it means when the definition cannot tell.
    Policy {
        /// The lead passes.
        Pass = "pass" / "counts as met",
        /// Somebody asks before it is handed over; until then it goes on, and is counted apart.
        Ask = "ask" / "is asked",
        /// The lead does not pass.
        Fail = "fail" / "counts as not met",
    }
}

words! {
    /// What becomes of a lead.
    Answer {
        /// Handed over.
        Pass = "pass" / "passes",
        /// Asked first.
        Ask = "ask" / "ask first",
        /// Not handed over.
        Fail = "fail" / "does not pass",
    }
}

impl Policy {
    /// What becomes of a lead of which the definition says this.
    pub fn answer(self, truth: Truth) -> Answer {
        match (truth, self) {
            (Truth::Yes, _) | (Truth::Unknown, Policy::Pass) => Answer::Pass,
            (Truth::Unknown, Policy::Ask) => Answer::Ask,
            (Truth::No, _) | (Truth::Unknown, Policy::Fail) => Answer::Fail,
        }
    }
}

/// The page beside the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Page {
    /// How marketing says it.
    pub marketing: String,
    /// How sales says it.
    pub sales: String,
    /// What both agreed on.
    pub agreed: String,
    /// What follows from it in the daily work.
    pub consequence: String,
}

/// Rules, how many supporting ones are asked for, what unknown means, and the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Definition {
    /// In the order of the page.
    pub rules: Vec<Rule>,
    /// So many supporting rules must be met; never more than are switched on.
    pub at_least: u32,
    /// What unknown means.
    pub unknown: Policy,
    /// The wordings.
    pub page: Page,
    /// The segment that it is for; `None`: every lead without a definition of its own.
    pub segment: Option<String>,
}

impl Default for Definition {
    fn default() -> Self {
        Definition {
            rules: Vec::new(),
            at_least: 0,
            unknown: Policy::Ask,
            page: Page::default(),
            segment: None,
        }
    }
}

/// The facts of a lead as they were known when it was handed off.
pub trait Lead {
    /// The value of a field by its name in rules.
    fn value(&self, field: &str) -> Value<'_>;
    /// The day of the handoff in the workspace's time zone.
    fn handed_off_on(&self) -> Day;
}

/// What a definition says of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What each rule says by itself, switched off ones too; a *must not* that holds is `Yes` here and speaks against the lead.
    pub rules: Vec<Truth>,
    /// What they say together.
    pub truth: Truth,
    /// What becomes of the lead.
    pub answer: Answer,
}

impl Definition {
    /// The fit rules that every lead has to pass, as a definition of their own; `None` where there is none. A supporting rule is
    /// asked of nobody alone.
    pub fn fit(&self) -> Option<Definition> {
        let asked = |rule: &&Rule| {
            rule.is_on() && rule.class == Class::Fit && rule.kind != Kind::Supporting
        };
        let rules: Vec<Rule> = self.rules.iter().filter(asked).cloned().collect();
        (!rules.is_empty()).then(|| Definition {
            rules,
            unknown: self.unknown,
            ..Definition::default()
        })
    }

    /// How many supporting rules are asked for: never more than are switched on.
    pub fn needed(&self) -> u32 {
        self.at_least.min(self.on(Kind::Supporting).count() as u32)
    }

    /// The rules of a kind that count.
    pub fn on(&self, kind: Kind) -> impl Iterator<Item = &Rule> {
        let rules = self.rules.iter();
        rules.filter(move |rule| rule.kind == kind && rule.is_on())
    }

    /// What it says of a lead.
    pub fn judge(&self, lead: &dyn Lead) -> Judgement {
        let on = lead.handed_off_on();
        let rules: Vec<Truth> = self
            .rules
            .iter()
            .map(|rule| rule.condition.holds(lead.value(&rule.condition.field), on))
            .collect();
        let (mut together, mut met, mut open) = (Truth::Yes, 0, 0);
        for (rule, truth) in self.rules.iter().zip(&rules).filter(|(r, _)| r.is_on()) {
            match rule.kind {
                Kind::Must => together = together.and(*truth),
                Kind::MustNot => together = together.and(truth.opposite()),
                Kind::Supporting => {
                    met += u32::from(*truth == Truth::Yes);
                    open += u32::from(*truth == Truth::Unknown);
                }
            }
        }
        let needed = self.needed();
        let supported = if met >= needed {
            Truth::Yes
        } else if met + open >= needed {
            Truth::Unknown
        } else {
            Truth::No
        };
        let truth = together.and(supported);
        Judgement {
            rules,
            truth,
            answer: self.unknown.answer(truth),
        }
    }
}
