//! Rows and cards as people read them: names instead of codes, one timeline of both teams. Pure data; the text in it is foreign.

use super::criteria::Known;
use super::gate::Part;
use super::ids::{HandoffId, LeadId, OpportunityId};
use super::moment::{Day, Moment};
use super::money::Money;
use super::policy::Side;
use super::verdict::{DealEvidence, DealOutcome, Evidence, Exclusion, SpendKind, Verdict};

/// One line of a list of leads, with its newest handoff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadLine {
    /// Row id.
    pub id: LeadId,
    /// Name.
    pub name: String,
    /// Company.
    pub account: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Rep.
    pub owner: Option<String>,
    /// When it came in.
    pub created: Moment,
    /// When marketing marked it as qualified.
    pub mql: Option<Moment>,
    /// Why it is left out of metrics.
    pub excluded: Option<Exclusion>,
    /// Its newest handoff.
    pub handoff: Option<HandoffLine>,
}

/// One hand-over and the verdict on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoffLine {
    /// Row id.
    pub id: HandoffId,
    /// 1 for the first.
    pub number: i64,
    /// When it was handed over.
    pub at: Moment,
    /// When a rep got it.
    pub assigned: Option<Moment>,
    /// Rep.
    pub owner: Option<String>,
    /// The verdict, and when.
    pub verdict: Option<(Verdict, Moment)>,
    /// The reason's label.
    pub reason: Option<String>,
    /// The source's own word for the reason.
    pub reason_text: Option<String>,
    /// What the verdict rests on.
    pub evidence: Option<Evidence>,
    /// When it comes back.
    pub recycle_on: Option<Day>,
    /// Free text.
    pub note: Option<String>,
    /// What triggered it.
    pub trigger: Option<String>,
    /// Attempts so far, as [`super::tries`] counts them.
    pub attempts: u32,
    /// The first of them.
    pub first_attempt: Option<Moment>,
    /// First conversation.
    pub spoke: Option<Moment>,
}

/// One line of a list of deals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealLine {
    /// Row id.
    pub id: OpportunityId,
    /// Name.
    pub name: String,
    /// Company.
    pub account: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// Sales' owner.
    pub owner: Option<String>,
    /// Marketing's owner.
    pub marketing_owner: Option<String>,
    /// Stage.
    pub stage: Option<String>,
    /// When it was made.
    pub created: Moment,
    /// Value now.
    pub amount: Option<Money>,
    /// Estimated close date.
    pub close_on: Option<Day>,
    /// When it qualified, and the value frozen then.
    pub qualified: Option<(Moment, Money)>,
    /// What the gate still asks for; empty when nothing is missing.
    pub missing: Vec<Part>,
    /// What its qualification rests on.
    pub evidence: DealEvidence,
    /// How it ended, and when.
    pub outcome: Option<(DealOutcome, Moment)>,
    /// The reason's label of a lost deal.
    pub lost_reason: Option<String>,
    /// When it was reversed.
    pub reversed: Option<Moment>,
}

/// One line of a list of spend entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendLine {
    /// Row id.
    pub id: i64,
    /// The day.
    pub on: Day,
    /// What it paid for.
    pub kind: SpendKind,
    /// How much.
    pub amount: Money,
    /// Source.
    pub source: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// The one lead it was spent on.
    pub lead: Option<String>,
    /// Free text.
    pub note: Option<String>,
}

/// Everything about a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadCard {
    /// Its line.
    pub line: LeadLine,
    /// E-mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Social handle.
    pub social: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// The source's own status word.
    pub status: Option<String>,
    /// Fields of the workspace's own: label and value.
    pub fields: Vec<(String, String)>,
    /// Every handoff, oldest first.
    pub handoffs: Vec<HandoffLine>,
    /// Deals that it stands behind.
    pub deals: Vec<DealLine>,
    /// Leads that may be the same: marked as duplicates, or of the same company. The first few.
    pub alike: Vec<Alike>,
    /// Both teams' events, oldest first.
    pub timeline: Vec<Happening>,
    /// What was known at each handoff of the fields that versions of the criteria ask about, oldest first; empty before
    /// there are criteria.
    pub known: Vec<Known>,
}

/// A lead that may be the same person or belongs to the same company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Row id.
    pub id: LeadId,
    /// Name.
    pub name: String,
    /// What is the same: "same e-mail", "same company" …
    pub why: &'static str,
    /// When it came in.
    pub created: Moment,
}

/// Everything about a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealCard {
    /// Its line.
    pub line: DealLine,
    /// When a rep spoke with the lead.
    pub conversation: Option<Moment>,
    /// Last activity.
    pub last_activity: Option<Moment>,
    /// Variable cost of delivery, minor units of the value's currency.
    pub delivery_cost: Option<i64>,
    /// Free text.
    pub note: Option<String>,
    /// The source's own status word.
    pub status: Option<String>,
    /// Fields of the workspace's own: label and value.
    pub fields: Vec<(String, String)>,
    /// The leads behind it.
    pub leads: Vec<(LeadId, String)>,
    /// Both teams' events, those of its leads included, oldest first.
    pub timeline: Vec<Happening>,
}

/// One event of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Moment,
    /// Whose doing; `None`: of both or of nobody.
    pub side: Option<Side>,
    /// What, in words: "call, no answer".
    pub what: String,
    /// By whom.
    pub by: Option<String>,
    /// Free text.
    pub note: Option<String>,
}

/// One entry of the journal, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Moment,
    /// The person's name, else the operating system's user.
    pub by: String,
    /// What.
    pub what: String,
}
