//! What an import brings, whatever file it came from: the neutral records between `transfer` and `store`. Pure.

mod own;

use std::sync::Arc;

use super::catalogue::ReasonEntry;
use super::moment::{Day, Moment};
use super::money::Money;
use super::policy::{Side, SourceSide};
use super::verdict::{
    AttemptOutcome, Channel, DealOutcome, Evidence, Exclusion, SpendKind, Verdict,
};

pub use own::{OwnFields, OwnValue};

/// Text that recurs from row to row (sources, campaigns, reps, reasons): interned by the reader, so that a million rows share it.
pub type Word = Arc<str>;

/// One record of a file, with the line it stood on.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// Physical line (or sheet row) where the record starts, from 1.
    pub line: u64,
    /// What it says.
    pub record: ImportRecord,
}

/// What a record says. One wide line may give several (a lead with its deal).
#[derive(Clone, Debug, PartialEq)]
pub enum ImportRecord {
    /// A lead, with its handoff and the verdict on it where the file has them.
    Lead(Box<LeadRecord>),
    /// A deal.
    Opportunity(Box<OpportunityRecord>),
    /// A company.
    Account(Box<AccountRecord>),
    /// What a lead's row tells of its company: fills what is not known of it, and is counted nowhere.
    Firm(FirmRecord),
    /// A person of the workspace.
    Person(PersonRecord),
    /// Money spent.
    Spend(SpendRecord),
    /// Marketing's touch of a lead.
    Touch(TouchRecord),
    /// A rep's attempt to reach a lead.
    Attempt(AttemptRecord),
}

/// A lead's company, as far as its row tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct FirmRecord {
    /// Name.
    pub name: Word,
    /// Industry.
    pub industry: Option<Word>,
    /// Headcount.
    pub employees: Option<i64>,
}

/// How an existing row is found: source system + external id, else e-mail, else phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// Which system the id is of (`hubspot`, `olist`, …); given with `external_id`.
    pub system: Option<Word>,
    /// The row's id in that system.
    pub external_id: Option<String>,
    /// E-mail, lower case.
    pub email: Option<String>,
    /// Phone, digits with an optional leading `+`.
    pub phone: Option<String>,
}

/// A custom field that an import keeps: declared once, before the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// Which entity it belongs to: `lead`, `account` or `opportunity`.
    pub entity: &'static str,
    /// Key: lower case, digits, underscores.
    pub key: Word,
    /// The column's own header.
    pub label: String,
    /// `number`, `date`, `yes_no` or `text`.
    pub kind: &'static str,
}

/// A reason of another workspace's own that a file of ours brings: declared once, before the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnReason {
    /// What it is.
    pub entry: ReasonEntry,
    /// Out of use there.
    pub retired: bool,
}

/// Whether an export shows how a lead can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Channels {
    /// What the record has is all there is; without e-mail, phone and handle it is no lead yet.
    #[default]
    Shown,
    /// The export is anonymised; its map says that each lead had a channel.
    Withheld,
}

/// Whether a record's own date stands in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dating {
    /// It does.
    #[default]
    Stated,
    /// No column has it; the file's own date stands in, for a row that is new.
    Assumed,
}

/// A lead. `None` means that the file does not say: an update leaves what is there.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadRecord {
    /// How it is found again.
    pub key: Key,
    /// Full name; empty when the file has none (the store then shows e-mail, phone or id).
    pub name: String,
    /// Social handle or profile.
    pub social: Option<String>,
    /// Whether the export shows the contact channels.
    pub channels: Channels,
    /// Job title.
    pub title: Option<String>,
    /// Company by name; made when it is new.
    pub account: Option<Word>,
    /// Source by name; made when it is new.
    pub source: Option<Word>,
    /// Campaign by name; made when it is new.
    pub campaign: Option<Word>,
    /// Segment by name; made when it is new.
    pub segment: Option<Word>,
    /// Rep by name or handle; made as a sales person when new.
    pub owner: Option<Word>,
    /// Country.
    pub country: Option<Word>,
    /// When it came in.
    pub created: Moment,
    /// Whether the file says so.
    pub dating: Dating,
    /// When marketing marked it as qualified.
    pub mql: Option<Moment>,
    /// Left out of metrics, and why.
    pub excluded: Option<Exclusion>,
    /// Free text.
    pub note: Option<String>,
    /// The source's own status word.
    pub status: Option<Word>,
    /// Custom fields by key.
    pub custom: OwnFields,
    /// What marketing spent on this very lead, and when, if the file says so.
    pub cost: Option<(Money, Day)>,
    /// Its hand-over to sales, if there was one.
    pub handoff: Option<HandoffRecord>,
}

/// A hand-over of the lead to sales.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoffRecord {
    /// When.
    pub at: Moment,
    /// Whether the file says so.
    pub dating: Dating,
    /// When a rep got it.
    pub assigned: Option<Moment>,
    /// What triggered it.
    pub trigger: Option<Word>,
    /// The verdict, if the file has one.
    pub verdict: Option<VerdictRecord>,
}

/// A verdict as an export states it.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictRecord {
    /// Which.
    pub verdict: Verdict,
    /// When.
    pub at: Moment,
    /// Reason code of the catalogue; always given with `Rejected`.
    pub reason: Option<Word>,
    /// The source's own words for it.
    pub reason_text: Option<Word>,
    /// What it rests on. Exports rarely say: `None` of evidence makes a rejection unverified.
    pub evidence: Evidence,
    /// When a recycled lead comes back; always given with `Recycled`.
    pub recycle_on: Option<Day>,
    /// Free text.
    pub note: Option<String>,
}

/// A deal.
#[derive(Clone, Debug, PartialEq)]
pub struct OpportunityRecord {
    /// How it is found again (system and external id).
    pub key: Key,
    /// The lead it came from, if the file says so. A lead that is not found leaves the deal without one, and is reported.
    pub lead: Option<Key>,
    /// Its name.
    pub name: String,
    /// Company by name.
    pub account: Option<Word>,
    /// Source by name; otherwise the lead's is copied.
    pub source: Option<Word>,
    /// Campaign by name; otherwise the lead's is copied.
    pub campaign: Option<Word>,
    /// Segment by name; otherwise the lead's is copied.
    pub segment: Option<Word>,
    /// Sales' owner.
    pub owner: Option<Word>,
    /// When it was made.
    pub created: Moment,
    /// Whether the file says so.
    pub dating: Dating,
    /// Stage by name; made at the end when it is new.
    pub stage: Option<Word>,
    /// Its value.
    pub amount: Option<Money>,
    /// Estimated close date (the actual one of a closed deal, where the export has only that).
    pub close_on: Option<Day>,
    /// A rep spoke with the lead, then.
    pub conversation: Option<Moment>,
    /// When it qualified, if the map says that the export may be believed (evidence `asserted`); a missing part of the gate
    /// leaves it almost qualified all the same.
    pub qualified: Option<Moment>,
    /// What it was worth then, where an export of ours tells; else its value counts.
    pub frozen: Option<Money>,
    /// How it ended, and when.
    pub closed: Option<(DealOutcome, Moment)>,
    /// Reason code, for a lost deal.
    pub lost_reason: Option<Word>,
    /// The source's own words.
    pub lost_reason_text: Option<Word>,
    /// Variable cost of delivery, same currency as the amount.
    pub delivery_cost: Option<i64>,
    /// Last activity.
    pub last_activity: Option<Moment>,
    /// The source's own status word.
    pub status: Option<Word>,
    /// Free text.
    pub note: Option<String>,
    /// Custom fields by key.
    pub custom: OwnFields,
}

/// A company.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountRecord {
    /// How it is found again (system and external id, else name).
    pub key: Key,
    /// Name.
    pub name: String,
    /// Internet domain.
    pub domain: Option<String>,
    /// Industry.
    pub industry: Option<Word>,
    /// Country.
    pub country: Option<Word>,
    /// Headcount.
    pub employees: Option<i64>,
    /// Custom fields by key.
    pub custom: OwnFields,
}

/// A person of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// How it is found again.
    pub key: Key,
    /// Full name.
    pub name: String,
    /// Side.
    pub side: Side,
}

/// Money spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendRecord {
    /// How it is found again; without an id, the same source, campaign, day and kind are the same row.
    pub key: Key,
    /// Source by name.
    pub source: Option<Word>,
    /// Which side the source belongs to, where the file says so.
    pub source_side: Option<SourceSide>,
    /// Campaign by name.
    pub campaign: Option<Word>,
    /// The day.
    pub on: Day,
    /// What it paid for.
    pub kind: SpendKind,
    /// How much.
    pub amount: Money,
    /// Free text.
    pub note: Option<String>,
}

/// Marketing's touch of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchRecord {
    /// How it is found again.
    pub key: Key,
    /// Whose.
    pub lead: Key,
    /// When.
    pub at: Moment,
    /// What (`webinar`, `download`, …).
    pub kind: Word,
    /// Campaign by name.
    pub campaign: Option<Word>,
    /// Free text.
    pub note: Option<String>,
}

/// A rep's attempt to reach a lead. Goes to the lead's handoff that was open then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRecord {
    /// How it is found again.
    pub key: Key,
    /// Whose.
    pub lead: Key,
    /// When.
    pub at: Moment,
    /// How.
    pub channel: Channel,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// Logged time.
    pub minutes: Option<i64>,
    /// By whom.
    pub by: Option<Word>,
    /// Free text.
    pub note: Option<String>,
}

/// A record that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column header, where one is to blame.
    pub column: Option<String>,
    /// The value as it stood there.
    pub value: Option<String>,
    /// What is wrong and what to do.
    pub why: String,
}

/// Rows of one kind that an import added, changed, found as they were, or refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New rows.
    pub added: u64,
    /// Changed rows.
    pub updated: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows not taken.
    pub refused: u64,
}
