//! What can be said of each row at the as-of moment, whatever the period and the filter. Adds nothing up.

pub(crate) mod chances;
pub(crate) mod corrections;
pub(crate) mod costs;
pub(crate) mod deals;
pub(crate) mod handoffs;
pub(crate) mod lengths;
pub(crate) mod reach;
pub(crate) mod ripeness;

use std::sync::OnceLock;

use fixedbitset::FixedBitSet;

use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::facts::Facts;
use crate::facts::filter::Mask;
use crate::facts::opportunities::DealChange;

use costs::LeadCosts;
use deals::DealMark;
use handoffs::HandoffMarks;
use reach::Reached;
use ripeness::Ripeness;

use super::months::Months;

/// Whether a workspace records a kind of thing at all: where it does not, its sums are unknown and not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Record {
    /// At least one.
    Recorded,
    /// None: the exports have none and nobody logs them.
    Unrecorded,
}

impl Record {
    fn of(one: bool) -> Record {
        if one {
            Record::Recorded
        } else {
            Record::Unrecorded
        }
    }
}

/// The judgements of every row.
#[derive(Debug)]
pub(crate) struct Marks {
    /// The local day of the as-of moment.
    pub today: Day,
    /// Handoffs, and leads by what their handoffs reached.
    pub handoffs: HandoffMarks,
    /// Deals.
    pub deals: Vec<DealMark>,
    /// Leads that no number counts.
    pub left_out: Vec<u32>,
    /// Deals whose close date ever changed.
    pub moved: FixedBitSet,
    /// Deals that are open.
    pub open: Vec<u32>,
    /// (deal, index of its event), by deal, each deal's in the order of time.
    pub events: Vec<(u32, u32)>,
    /// Chances of the stages.
    pub chances: chances::Chances,
    /// Corrections of won deals' values, oldest first.
    pub corrections: Vec<corrections::Correction>,
    /// When handoffs reached the later steps.
    pub reached: Reached,
    /// Spend in minor units of the workspace's currency; `None` where there is no rate.
    pub spend: Vec<Option<i64>>,
    /// What each lead cost, by source and month.
    pub costs: LeadCosts,
    /// Spans of time, measured when they are first asked for.
    pub lengths: OnceLock<lengths::Lengths>,
    /// The months that sums are kept by.
    pub months: Months,
    /// The same by quarters of a year, for breakdowns.
    pub quarters: Months,
    /// How long each step took in the past.
    pub ripeness: Ripeness,
    /// Whether the history knows any attempt at all; without one, nothing can be said of effort.
    pub effort: Record,
    /// Whether it knows what was done with handoffs: deals were won without any attempt or verdict where it does not.
    pub work: Record,
    /// Whether it knows any spend on programmes.
    pub spending: Record,
}

impl Marks {
    /// Judges every row. `whole` lets all rows through that are not excluded.
    pub(crate) fn new(facts: &Facts, book: &Book, as_of: Moment, whole: &Mask) -> Marks {
        let today = book.calendar.day_of(as_of);
        // Two threads share the tables: deals and what they reached, beside what needs no deal.
        let (index, judged, reached, events, (spend, costs, mut ripeness)) =
            std::thread::scope(|scope| {
                let beside = scope.spawn(|| {
                    let spend = in_home(facts);
                    let costs = LeadCosts::new(facts, book, as_of, whole, &spend);
                    (spend, costs, Ripeness::of_handoffs(facts, as_of, whole))
                });
                let index = handoffs::LeadIndex::new(facts);
                let judged = deals::judge(facts, book, as_of, whole, &index);
                let reached = Reached::new(facts, as_of, &judged.marks, &index);
                let listed = facts.opportunities.events.iter().enumerate();
                let mut events: Vec<(u32, u32)> = listed.map(|(i, e)| (e.deal, i as u32)).collect();
                events.sort_unstable();
                let beside = beside.join().expect("adding up costs cannot panic");
                (index, judged, reached, events, beside)
            });
        let deals::Judged {
            marks: deals,
            chances,
            corrections,
        } = judged;
        ripeness.add_deals(facts, as_of, whole, &reached);
        let handoffs = HandoffMarks::new(facts, book, as_of, index, &reached, &ripeness);
        let earliest = facts.leads.by_created.rows().first();
        let earliest = earliest.map_or(as_of, |row| facts.leads.created.get(*row as usize));
        let months = Months::new(book, earliest, as_of);
        let rows = 0..deals.len() as u32;
        let mut moved = FixedBitSet::with_capacity(deals.len());
        for event in &facts.opportunities.events {
            if matches!(event.change, DealChange::CloseOn(..)) {
                moved.insert(event.deal as usize);
            }
        }
        let leads = 0..facts.leads.len() as u32;
        let effort = Record::of(facts.handoffs.attempts.iter().any(|n| n > 0));
        let verdicts = &facts.handoffs.verdict_at;
        let mut judged = facts.handoffs.by_verdict.rows().iter();
        let judged = judged.any(|row| verdicts.get(*row as usize) <= as_of);
        let won = deals.iter().any(|mark| mark.is(deals::deal::WON));
        let mut programmes = facts.spend.rows.iter();
        let bought = programmes.any(|row| costs::is_programme(row.kind) && row.on <= today);
        Marks {
            today,
            lengths: OnceLock::new(),
            left_out: leads
                .filter(|row| facts.leads.excluded[*row as usize] != 0)
                .collect(),
            moved,
            open: rows
                .filter(|row| deals[*row as usize].is(deals::deal::OPEN))
                .collect(),
            quarters: months.quarters(book),
            months,
            handoffs,
            deals,
            events,
            chances,
            corrections,
            reached,
            spend,
            costs,
            ripeness,
            effort,
            work: Record::of(effort == Record::Recorded || judged || !won),
            spending: Record::of(bought),
        }
    }
}

/// Spend in minor units of the workspace's currency; `None` where there is no rate.
fn in_home(facts: &Facts) -> Vec<Option<i64>> {
    let rows = facts.spend.rows.iter();
    rows.map(|row| costs::in_home(facts, row.amount, row.currency, row.on))
        .collect()
}
