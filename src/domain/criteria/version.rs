//! Versions of the definition as the file keeps them: who edits what, who has signed, which one is in force when. Pure data and look-ups.

use super::definition::{Definition, Page, Policy};
use super::figures::Figures;
use super::rule::Rule;
use crate::domain::ids::{CriteriaId, RuleId};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::{Deed, Side};
use crate::domain::verdict::words;

/// The journal's word for a signature.
pub const SIGN: &str = "sign";

words! {
    /// How far a version has come.
    State {
        /// Being edited.
        Draft = "draft" / "draft",
        /// Proposed for signature; a change makes it a draft again.
        Proposed = "proposed" / "proposed",
        /// Signed by both sides; never changes again.
        Signed = "signed" / "signed",
    }
}

words! {
    /// What a version is at a moment.
    Standing {
        /// Being edited.
        Draft = "draft" / "draft",
        /// Waits for signatures.
        Proposed = "proposed" / "proposed",
        /// Signed, and no day is set.
        Signed = "signed" / "signed",
        /// Signed, and in force from a later day.
        Planned = "planned" / "signed, in force later",
        /// Handoffs are judged by it.
        InForce = "in_force" / "in force",
        /// Was in force.
        Retired = "retired" / "retired",
    }
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Name; `None`: nobody in particular.
    pub name: Option<String>,
    /// When.
    pub at: Moment,
}

/// A rule of a version with its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRule {
    /// Row id.
    pub id: RuleId,
    /// Goes up with each change; a change names the one it was made on.
    pub revision: i64,
    /// Who changed it last.
    pub by: By,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// For which side.
    pub side: Side,
    /// Who, and when.
    pub by: By,
}

/// A version of the definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Row id.
    pub id: CriteriaId,
    /// The number that people say.
    pub number: i64,
    /// How far it has come.
    pub state: State,
    /// What it says.
    pub definition: Definition,
    /// Ids, revisions and authors of `definition.rules`, in their order.
    pub marks: Vec<StoredRule>,
    /// Of the page.
    pub revision: i64,
    /// Who changed the page last.
    pub edited: By,
    /// Whether finance signs as well.
    pub needs_finance: bool,
    /// Who has signed.
    pub signatures: Vec<Signature>,
    /// Who proposed it.
    pub proposed: Option<By>,
    /// From when on it is in force.
    pub in_force_at: Option<Moment>,
    /// When it was retired without a successor.
    pub retired_at: Option<Moment>,
    /// When it is looked at again.
    pub review_on: Option<Day>,
    /// What it said of the past when it was signed; `None`: nobody counted then.
    pub figures: Option<Figures>,
}

impl Version {
    /// When the last side signed; `None`: it is not signed.
    pub fn signed_at(&self) -> Option<Moment> {
        let last = self.signatures.iter().map(|s| s.by.at).max();
        last.filter(|_| self.state == State::Signed)
    }

    /// The sides that still have to sign.
    pub fn unsigned(&self) -> Vec<Side> {
        let mut sides = vec![Side::Marketing, Side::Sales];
        if self.needs_finance {
            sides.push(Side::Finance);
        }
        sides.retain(|side| self.signatures.iter().all(|s| s.side != *side));
        sides
    }
}

/// Every version, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions(pub Vec<Version>);

impl Versions {
    /// The version that a draft begins as a copy of: the newest signed one, in force or not yet; else the one for all leads.
    pub fn begun_from(&self, segment: Option<&str>) -> Option<&Version> {
        let signed = |wanted: Option<&str>| {
            let own = self.0.iter().filter(|v| v.state == State::Signed);
            own.filter(|v| v.definition.segment.as_deref() == wanted)
                .max_by_key(|v| v.number)
        };
        signed(segment).or_else(|| signed(None))
    }

    /// The version in force at a moment for a segment; `None` asks for leads without a definition of their own.
    pub fn in_force(&self, segment: Option<&str>, at: Moment) -> Option<&Version> {
        let of = |wanted: Option<&str>| {
            let all = self
                .0
                .iter()
                .filter(|v| v.definition.segment.as_deref() == wanted);
            let begun = all.filter(|v| v.in_force_at.is_some_and(|from| from <= at));
            let newest = begun.max_by_key(|v| (v.in_force_at, v.number));
            newest.filter(|v| v.retired_at.is_none_or(|until| until > at))
        };
        segment.and_then(|own| of(Some(own))).or_else(|| of(None))
    }

    /// Every version in force: the one for all leads, and those of segments.
    pub fn all_in_force(&self, at: Moment) -> impl Iterator<Item = &Version> {
        self.0.iter().filter(move |version| {
            let segment = version.definition.segment.as_deref();
            let current = self.in_force(segment, at);
            current.is_some_and(|current| current.id == version.id)
        })
    }

    /// The version being edited or signed for a segment.
    pub fn draft(&self, segment: Option<&str>) -> Option<&Version> {
        let open = self.0.iter().filter(|v| v.state != State::Signed);
        open.rev()
            .find(|v| v.definition.segment.as_deref() == segment)
    }

    /// The version of a number.
    pub fn number(&self, number: i64) -> Option<&Version> {
        self.0.iter().find(|v| v.number == number)
    }

    /// What a version is at a moment.
    pub fn standing(&self, version: &Version, at: Moment) -> Standing {
        match (version.state, version.in_force_at) {
            (State::Draft, _) => Standing::Draft,
            (State::Proposed, _) => Standing::Proposed,
            (State::Signed, None) => Standing::Signed,
            (State::Signed, Some(from)) if from > at => Standing::Planned,
            (State::Signed, Some(_)) => {
                let current = self.in_force(version.definition.segment.as_deref(), at);
                if current.is_some_and(|c| c.id == version.id) {
                    Standing::InForce
                } else {
                    Standing::Retired
                }
            }
        }
    }
}

/// What a page says beside its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageEdit {
    /// Wordings.
    pub page: Page,
    /// So many supporting rules.
    pub at_least: u32,
    /// What unknown means.
    pub unknown: Policy,
    /// When it is looked at again.
    pub review_on: Option<Day>,
    /// Whether finance signs as well.
    pub needs_finance: bool,
}

/// A change of the criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CriteriaChange {
    /// Begins a draft: a copy of the version in force for the segment, or an empty page.
    Open {
        /// The segment by name; `None`: all leads.
        segment: Option<String>,
    },
    /// Begins a draft, as a copy, with this page.
    Begin {
        /// The segment by name; `None`: all leads.
        segment: Option<String>,
        /// Its page.
        to: PageEdit,
    },
    /// Throws an unsigned version away.
    Discard(CriteriaId),
    /// Adds a rule at the end.
    AddRule {
        /// The draft.
        draft: CriteriaId,
        /// The rule.
        rule: Rule,
    },
    /// Changes a rule; refused where somebody changed it since `revision`.
    ChangeRule {
        /// Which.
        rule: RuleId,
        /// The revision that the author saw.
        revision: i64,
        /// What it becomes.
        to: Rule,
    },
    /// Takes a rule out; refused where somebody changed it since `revision`.
    RemoveRule {
        /// Which.
        rule: RuleId,
        /// The revision that the author saw.
        revision: i64,
    },
    /// Moves a rule to a place, counted from 0.
    MoveRule {
        /// Which.
        rule: RuleId,
        /// Where to.
        to: usize,
    },
    /// Changes the page; refused where somebody changed it since `revision`.
    Page {
        /// The draft.
        draft: CriteriaId,
        /// The revision that the author saw.
        revision: i64,
        /// What it becomes.
        to: PageEdit,
    },
    /// Makes the draft of a segment say exactly this; begins one where there is none.
    Replace(Definition),
    /// Lays a draft before both sides.
    Propose(CriteriaId),
    /// Signs for one's own side; with the last signature it is signed, and what it says of the past is kept with it.
    Sign(CriteriaId, Option<Figures>),
    /// Makes a proposed version a draft again; clears its signatures.
    Withdraw(CriteriaId),
    /// Puts a signed version in force from a day on, today at the earliest.
    PutInForce {
        /// Which.
        version: CriteriaId,
        /// The first day.
        from: Day,
    },
    /// Ends a version that is in force, without a successor.
    Retire(CriteriaId),
}

impl CriteriaChange {
    /// The deed that the policy table judges.
    pub fn deed(&self) -> Deed {
        match self {
            CriteriaChange::Sign(..) => Deed::Sign,
            CriteriaChange::PutInForce { .. } | CriteriaChange::Retire(_) => Deed::PutInForce,
            _ => Deed::EditCriteria,
        }
    }

    /// Its word in the journal.
    pub fn verb(&self) -> &'static str {
        match self {
            CriteriaChange::Propose(_) => "propose",
            CriteriaChange::Sign(..) => SIGN,
            CriteriaChange::PutInForce { .. } | CriteriaChange::Retire(_) => "in_force",
            _ => "criteria",
        }
    }
}
