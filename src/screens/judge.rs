//! What takes too long for the thread that draws: flags, both sides' answers, rules for a cluster. Pure; another thread calls it.

use std::sync::Arc;

use super::model::History;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::criteria::{self, Definition, Field, Fields, Origin};
use crate::domain::ids::CriteriaId;
use crate::domain::period::Period;
use crate::facts::column::Code;
use crate::facts::domains::Domains;
use crate::facts::fields::FieldColumn;
use crate::facts::filter::Filter;
use crate::metrics::Scope;
use crate::metrics::review::{self, Asked, Axis, Flags, Known, Proposal, Review, Sides};

/// The part of the history that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// When.
    pub period: Period,
    /// What.
    pub filter: Filter,
}

/// What rejections share: values of axes.
pub type Spot = Vec<(Axis, Code)>;

/// The flags of a history, with what their sentences rest on. Two are equal when they are the same one.
#[derive(Debug)]
pub struct Flagged {
    /// The flags.
    pub flags: Flags,
    /// The e-mail domains behind them.
    pub domains: Arc<Domains>,
}

/// Both sides' questions with the section that answers them. Two are equal when they are the same one.
#[derive(Debug)]
pub struct BothSides {
    /// Questions and answers.
    pub sides: Sides,
}

/// A proposed rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// As it is typed into the rule bar.
    pub text: String,
    /// The rule, and what it would have done.
    pub proposal: Proposal,
}

/// The criteria that a rule is added to.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The draft, where there is one.
    pub id: Option<CriteriaId>,
    /// What it says; without a draft, what is in force.
    pub definition: Definition,
    /// The fields that a rule can ask about.
    pub fields: Fields,
}

/// The rules that a cluster asks for. Two are equal when they are the same one.
#[derive(Debug)]
pub struct Proposed {
    /// Best first.
    pub rules: Vec<RuleLine>,
    /// Where they go.
    pub draft: Draft,
}

impl Draft {
    /// The change that puts a rule, as it was typed, into the draft; begins one where there is none.
    pub fn with(&self, text: &str) -> Result<CriteriaChange, String> {
        let parsed = criteria::parse(text, &self.fields).whole();
        let mut rules = parsed.map_err(|fault| fault.to_string())?;
        match (self.id, rules.len()) {
            (_, 0) => Err("a rule is needed: employees >= 50".to_owned()),
            (Some(draft), 1) => Ok(CriteriaChange::AddRule {
                draft,
                rule: rules.remove(0),
            }),
            _ => {
                let mut whole = self.definition.clone();
                whole.rules.append(&mut rules);
                Ok(CriteriaChange::Replace(whole))
            }
        }
    }
}

macro_rules! equal_when_the_same {
    ($($name:ident)*) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self, other)
            }
        }

        impl Eq for $name {}
    )*};
}
equal_when_the_same! { Flagged BothSides Proposed }

impl Section {
    /// The history as far as it belongs to the section.
    pub fn scope(&self, history: &History) -> Scope {
        let scope = history.scope.with_period(self.period.clone());
        if self.filter.is_empty() {
            scope
        } else {
            scope.with_filter(&history.facts, self.filter.clone())
        }
    }
}

/// What flags rest on.
pub fn known<'a>(history: &'a History, domains: &'a Domains) -> Known<'a> {
    Known {
        domains: Some(domains),
        lists: &history.book.lists,
        met: &|_| None,
    }
}

/// Flags every rejection of a history.
pub fn flags(history: &History, domains: Arc<Domains>) -> Flagged {
    let History { book, facts, scope } = history;
    let flags = Flags::new(facts, book, scope, known(history, &domains));
    Flagged { flags, domains }
}

/// Answers both sides' questions.
pub fn sides(history: &History, section: &Section, flagged: &Flagged) -> BothSides {
    let History { book, facts, .. } = history;
    let scope = section.scope(history);
    let review = Review::new(facts, book, &scope);
    let sides = review::sides(Asked {
        facts,
        book,
        scope: &scope,
        review: &review,
        flags: &flagged.flags,
        known: known(history, &flagged.domains),
    });
    BothSides { sides }
}

/// The rules that the rejections at a spot ask for, from the fields that the history holds and those that were read.
pub fn rules(
    history: &History,
    section: &Section,
    spot: &Spot,
    draft: Draft,
    read: &[(String, FieldColumn)],
) -> Proposed {
    let fields = &draft.fields;
    let History { book, facts, .. } = history;
    let scope = section.scope(history);
    let review = Review::new(facts, book, &scope);
    let cluster = review.rows_at(facts, spot);
    let held: Vec<(&Field, FieldColumn)> = fields
        .all()
        .iter()
        .filter_map(|field| match field.origin {
            Origin::Standard(standard) => {
                let column = FieldColumn::of_history(standard, facts, &book.calendar)?;
                Some((field, column))
            }
            _ => None,
        })
        .collect();
    let held = held.iter().map(|(field, column)| (*field, column));
    let others = read
        .iter()
        .filter_map(|(key, column)| Some((fields.find(key)?, column)));
    let all: Vec<(&Field, &FieldColumn)> = held.chain(others).collect();
    let reason = spot.iter().find(|(axis, _)| *axis == Axis::Reason);
    let hint = reason.and_then(|(_, code)| {
        let id = facts.names.reasons.id(*code)?;
        let reason = book.reasons.iter().find(|reason| reason.id.0 == id)?;
        reason.field.as_deref()
    });
    let rules = review::propose(facts, &scope, &review, &cluster, &all, hint)
        .into_iter()
        .map(|proposal| RuleLine {
            text: proposal.rule.text(fields),
            proposal,
        })
        .collect();
    Proposed { rules, draft }
}
