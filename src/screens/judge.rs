//! What takes too long for the thread that draws: flags, both sides' answers, rules for a cluster. Pure; another thread calls it.

use std::sync::Arc;

use super::model::History;
use crate::backtest::{self, Columns, Drift, Stamped};
use crate::domain::calendar::Calendar;
use crate::domain::criteria::version::{CriteriaChange, Version, Versions};
use crate::domain::criteria::{self, Definition, Field, Fields, Origin};
use crate::domain::ids::CriteriaId;
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::facts::column::Code;
use crate::facts::domains::Domains;
use crate::facts::fields::FieldColumn;
use crate::facts::filter::Filter;
use crate::facts::proofs::Proofs;
use crate::facts::stamps::Stamps;
use crate::metrics::Scope;
use crate::metrics::review::{
    self, Asked, Axis, Flag, Flags, Known, Proposal, Review, Seen, Sides,
};

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
    proofs: Arc<Proofs>,
    stamped: Stamped,
}

impl Flagged {
    /// Asks something of what the flags rest on.
    pub fn asked<T>(&self, history: &History, ask: impl FnOnce(Known) -> T) -> T {
        with_known(history, (&self.domains, &self.proofs, &self.stamped), ask)
    }

    /// The flags of a rejection, each in a sentence; names in it are foreign text, not cleaned.
    pub fn told(&self, history: &History, row: u32) -> Vec<(Flag, String)> {
        let History {
            book, facts, scope, ..
        } = history;
        let flags = &self.flags;
        self.asked(history, |known| {
            flags.explain(facts, book, scope, known, row)
        })
    }

    /// The proof that the file shows of an objective rejection.
    pub fn proof(&self, history: &History, row: u32) -> Option<Seen> {
        let History { book, facts, .. } = history;
        self.asked(history, |known| self.flags.proof(facts, book, known, row))
    }
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

/// What the file says of criteria: their versions, the fields they can ask about, and the version in force at each handoff.
pub struct Criteria {
    /// Every version.
    pub versions: Versions,
    /// Every field.
    pub fields: Fields,
    /// Which handoff was judged by which.
    pub stamps: Stamps,
}

impl Criteria {
    /// The fields that have to be read before handoffs can be judged by their stamps.
    pub fn to_read(&self, facts: &Facts, calendar: &Calendar) -> Vec<&Field> {
        if self.stamps.versions().is_empty() {
            return Vec::new();
        }
        let in_use = self.versions.0.iter();
        let in_use = in_use.filter(|version| self.stamps.versions().contains(&version.id));
        let definitions = in_use.map(|version| &version.definition);
        self.columns(facts, calendar)
            .missing(&self.fields, &definitions)
    }

    fn columns(&self, facts: &Facts, calendar: &Calendar) -> Columns {
        Columns::new(facts, &self.fields, calendar)
    }

    /// Has handoffs without a stamp judged by what is in force now.
    pub fn of_today(&mut self, history: &History) {
        let now = history.scope.as_of;
        self.stamps = backtest::today(&self.stamps, &history.facts, &self.versions, now);
    }

    /// Judges every handoff by its stamp, with the fields that were read.
    pub fn judge(
        &self,
        facts: &Facts,
        calendar: &Calendar,
        read: Vec<(String, FieldColumn)>,
    ) -> Stamped {
        if self.stamps.versions().is_empty() {
            return Stamped::default();
        }
        let mut columns = self.columns(facts, calendar);
        for (key, column) in read {
            columns.put(&key, column);
        }
        Stamped::new(&columns, &self.versions, &self.stamps)
    }
}

/// Each version in force, then and now.
pub type Drifts = Vec<(CriteriaId, Drift)>;

/// The fields that the versions in force ask about and the history does not hold.
pub fn asked_in_force<'f>(history: &History, fields: &'f Fields) -> Vec<&'f Field> {
    let History {
        book, facts, scope, ..
    } = history;
    let in_force = book.criteria.all_in_force(scope.as_of);
    let definitions: Vec<&Definition> = in_force.map(|version| &version.definition).collect();
    Columns::new(facts, fields, &book.calendar).missing(fields, &definitions.iter().copied())
}

/// Whether each version in force still holds; `read`: the fields that they ask about.
pub fn drifts(history: &History, fields: &Fields, read: Vec<(String, FieldColumn)>) -> Drifts {
    let History {
        book, facts, scope, ..
    } = history;
    let now = scope.as_of;
    let mut columns = Columns::new(facts, fields, &book.calendar);
    for (key, column) in read {
        columns.put(&key, column);
    }
    let apart = backtest::apart(facts, &book.criteria, now);
    let whole = scope.with_period(Period::all());
    let of = |version: &Version| {
        let definition = &version.definition;
        let within = backtest::concerned(facts, definition.segment.as_deref(), &apart);
        let ground = backtest::Ground::new(facts, book, &whole, within.as_ref());
        let judged = backtest::Judge::new().judge(&columns, definition, None);
        let at = (now, book.calendar.day_of(now));
        let drift = backtest::drift::of(version, (facts, &ground, &judged), at);
        (version.id, drift)
    };
    book.criteria.all_in_force(now).map(of).collect()
}

/// Asks something of what flags rest on.
fn with_known<T>(
    history: &History,
    (domains, proofs, stamped): (&Domains, &Proofs, &Stamped),
    ask: impl FnOnce(Known) -> T,
) -> T {
    ask(Known {
        domains: Some(domains),
        proofs: Some(proofs),
        lists: &history.book.lists,
        met: &|handoff| stamped.met(handoff),
    })
}

/// Flags every rejection of a history.
pub fn flags(
    history: &History,
    domains: Arc<Domains>,
    proofs: Arc<Proofs>,
    stamped: Stamped,
) -> Flagged {
    let History {
        book, facts, scope, ..
    } = history;
    let flags = with_known(history, (&domains, &proofs, &stamped), |known| {
        Flags::new(facts, book, scope, known)
    });
    Flagged {
        flags,
        domains,
        proofs,
        stamped,
    }
}

/// Answers both sides' questions.
pub fn sides(history: &History, section: &Section, flagged: &Flagged) -> BothSides {
    let History { book, facts, .. } = history;
    let scope = section.scope(history);
    let review = Review::new(facts, book, &scope);
    let sides = flagged.asked(history, |known| {
        review::sides(Asked {
            facts,
            book,
            scope: &scope,
            review: &review,
            flags: &flagged.flags,
            known,
        })
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
            Origin::Standard(standard) if read.iter().all(|(key, _)| *key != field.key) => {
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
