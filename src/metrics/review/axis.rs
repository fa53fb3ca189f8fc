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

    /// Gives the code of each of these handoffs, in their order. Not for weeks.
    #[inline]
    pub(super) fn each(self, facts: &Facts, rows: &[u32], mut give: impl FnMut(Code)) {
        let handoffs = &facts.handoffs;
        let mut of_lead = |column: &[Code]| {
            for row in rows {
                give(column[handoffs.lead[*row as usize] as usize]);
            }
        };
        match self {
            Axis::Source => of_lead(&facts.leads.source),
            Axis::Campaign => of_lead(&facts.leads.campaign),
            Axis::Segment => of_lead(&facts.leads.segment),
            Axis::Rep => rows
                .iter()
                .for_each(|row| give(handoffs.rep[*row as usize])),
            Axis::Reason | Axis::Class => {
                let known = &facts.names.reason_facts;
                for row in rows {
                    let code = handoffs.reason[*row as usize];
                    let now = known.get(code as usize).map_or(code, |reason| reason.now);
                    give(if self == Axis::Reason {
                        now
                    } else {
                        let reason = known.get(now as usize);
                        reason.map_or(NONE, |reason| reason.class as Code)
                    });
                }
            }
            Axis::Week => {}
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
