//! What rejections are grouped by. Groups none itself.

use crate::domain::reason::ReasonClass;
use crate::domain::verdict::words;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};

words! {
    /// What rejections are grouped by: an axis of the matrix, a dimension of the worklist.
    Axis {
        /// The reason, mapped to its successor where it is retired.
        Reason = "reason" / "reason",
        /// What the reason is about.
        Class = "class" / "class of reason",
        /// Source of the lead.
        Source = "source" / "source",
        /// Campaign.
        Campaign = "campaign" / "campaign",
        /// Segment.
        Segment = "segment" / "segment",
        /// The rep who had the handoff.
        Rep = "rep" / "rep",
        /// The week of the verdict.
        Week = "week" / "week of the verdict",
    }
}

impl Axis {
    /// How many axes there are.
    pub(super) const COUNT: usize = 7;

    /// Whether accepted handoffs have a place on it too, so that "rejected ÷ decided" can be said of it.
    pub fn is_of_decided(self) -> bool {
        !matches!(self, Axis::Reason | Axis::Class)
    }

    /// The next axis of the switch key, leaving out the one in use on the other side.
    #[must_use]
    pub fn next(self, other: Axis) -> Axis {
        let at = self as usize;
        let turn = (1..=Axis::COUNT).map(|n| Axis::ALL[(at + n) % Axis::COUNT]);
        turn.into_iter().find(|axis| *axis != other).unwrap_or(self)
    }

    /// Known values; weeks are counted elsewhere.
    pub(super) fn known(self, facts: &Facts) -> usize {
        let names = &facts.names;
        match self {
            Axis::Reason => names.reasons.len(),
            Axis::Class => ReasonClass::ALL.len(),
            Axis::Source => names.sources.len(),
            Axis::Campaign => names.campaigns.len(),
            Axis::Segment => names.segments.len(),
            Axis::Rep => names.people.len(),
            Axis::Week => 0,
        }
    }

    /// The codes of handoffs, in their order. Not for weeks.
    pub(super) fn codes(self, facts: &Facts, rows: &[u32]) -> Vec<Code> {
        let of_lead = |column: &[Code]| {
            let code = |row: &u32| column[facts.handoffs.lead[*row as usize] as usize];
            rows.iter().map(code).collect()
        };
        let reasons = &facts.names.reason_facts;
        let reason = |row: &u32| {
            let code = facts.handoffs.reason[*row as usize];
            reasons.get(code as usize).map_or(code, |reason| reason.now)
        };
        match self {
            Axis::Reason => rows.iter().map(reason).collect(),
            Axis::Class => {
                let class = |row: &u32| {
                    let reason = reasons.get(reason(row) as usize);
                    reason.map_or(NONE, |reason| reason.class as Code)
                };
                rows.iter().map(class).collect()
            }
            Axis::Source => of_lead(&facts.leads.source),
            Axis::Campaign => of_lead(&facts.leads.campaign),
            Axis::Segment => of_lead(&facts.leads.segment),
            Axis::Rep => {
                let rep = |row: &u32| facts.handoffs.rep[*row as usize];
                rows.iter().map(rep).collect()
            }
            Axis::Week => Vec::new(),
        }
    }

    /// The name of a code, foreign text and not cleaned; weeks are named elsewhere.
    pub(super) fn name(self, facts: &Facts, code: Code) -> &str {
        let names = &facts.names;
        match self {
            Axis::Reason => names.reasons.name(code),
            Axis::Class => ReasonClass::ALL
                .get(code as usize)
                .map_or("unknown", |class| class.label()),
            Axis::Source => names.sources.name(code),
            Axis::Campaign => names.campaigns.name(code),
            Axis::Segment => names.segments.name(code),
            Axis::Rep => names.people.name(code),
            Axis::Week => "",
        }
    }
}
