//! Flags and amounts of each deal at the as-of moment. Adds nothing up.

use rustc_hash::{FxHashMap, FxHashSet};

use super::chances::Chances;
use super::corrections::{Corrected, Correction};
use super::costs::in_home;
use super::handoffs::LeadIndex;
use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::domain::reason::ReasonClass;
use crate::domain::verdict::DealOutcome;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::filter::Mask;
use crate::facts::handoffs::Stamped;
use crate::facts::opportunities::{DealChange, OpportunityRow};

/// What can be said of a deal at the as-of moment.
pub(crate) mod deal {
    pub(crate) const QUALIFIED: u16 = 1;
    /// Its qualification was taken back.
    pub(crate) const Q_REVERSED: u16 = 1 << 1;
    pub(crate) const WON: u16 = 1 << 2;
    pub(crate) const LOST: u16 = 1 << 3;
    pub(crate) const NO_DECISION: u16 = 1 << 4;
    /// It was won, and that was taken back.
    pub(crate) const W_REVERSED: u16 = 1 << 5;
    /// Made, and not ended.
    pub(crate) const OPEN: u16 = 1 << 6;
    /// From a lead that was handed off.
    pub(crate) const HANDED_OFF: u16 = 1 << 7;
    /// Qualified although its handoff failed the criteria it was stamped with, or soon lost for fit, need or authority, or
    /// reversed.
    pub(crate) const EARLY: u16 = 1 << 8;
    /// No activity for the agreed days.
    pub(crate) const IDLE: u16 = 1 << 9;
    /// In its stage for more than twice the median of won deals.
    pub(crate) const STUCK: u16 = 1 << 10;
    /// Its close date has passed.
    pub(crate) const OVERDUE: u16 = 1 << 11;
    /// The first deal ever won with its company, or its lead where no company is known.
    pub(crate) const NEW_CUSTOMER: u16 = 1 << 12;
    /// Any of the three signs of standing still.
    pub(crate) const STALE: u16 = IDLE | STUCK | OVERDUE;
}

/// The judgement of a deal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DealMark {
    pub flags: u16,
    /// Frozen value at the rate of the qualification day.
    pub frozen: Option<i64>,
    /// Value with which it ended, at the rate of the closing day.
    pub closed: Option<i64>,
    /// The same with the corrections since, up to a reversal.
    pub settled: Option<i64>,
    /// Value now, at today's rate.
    pub open: Option<i64>,
    /// Delivery cost at the rate of the closing day.
    pub delivery: Option<i64>,
    pub qualified_on: Day,
    pub closed_on: Day,
    /// Estimated close date as of then.
    pub close_on: Day,
    /// Stage as of then.
    pub stage: Code,
}

impl DealMark {
    /// Whether it has all these flags.
    #[inline]
    pub(crate) fn is(&self, flags: u16) -> bool {
        self.flags & flags == flags
    }

    /// Whether it has one of these flags.
    #[inline]
    pub(crate) fn any(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    /// Open, qualified and not reversed.
    pub(crate) fn is_pipeline(&self) -> bool {
        self.is(deal::OPEN | deal::QUALIFIED) && !self.is(deal::Q_REVERSED)
    }
}

/// What was found of all deals.
pub(crate) struct Judged {
    pub marks: Vec<DealMark>,
    pub chances: Chances,
    /// Oldest first.
    pub corrections: Vec<Correction>,
}

/// A deal as it stood at the as-of moment.
#[derive(Clone, Copy)]
struct Then {
    amount: Option<i64>,
    close_on: Day,
    stage: Code,
    /// Its stage was changed later.
    moved: bool,
}

impl Then {
    fn now(own: &OpportunityRow) -> Then {
        Then {
            amount: own.amount,
            close_on: own.close_on,
            stage: own.stage,
            moved: false,
        }
    }
}

/// Judges every deal.
pub(crate) fn judge(
    facts: &Facts,
    book: &Book,
    as_of: Moment,
    whole: &Mask,
    index: &LeadIndex,
) -> Judged {
    let rewound = rewind(facts, as_of);
    let handed = handed_off(facts, as_of, index);
    let today = book.calendar.day_of(as_of);
    let (stays, entered) = stays(facts, as_of);
    let corrected = Corrected::new(facts, as_of);
    let mut corrections = Vec::new();
    let mut marks: Vec<DealMark> = Vec::with_capacity(facts.opportunities.len());
    for (row, own) in facts.opportunities.rows.iter().enumerate() {
        let then = rewound.get(&(row as u32)).copied();
        let then = then.unwrap_or_else(|| Then::now(own));
        let mut flags = flags(facts, book, own, as_of);
        if handed[row] {
            flags |= deal::HANDED_OFF;
        }
        let day = |flag: u16, at: Moment| {
            if flags & flag == 0 {
                Day::NEVER
            } else {
                book.calendar.day_of(at)
            }
        };
        let ended = deal::WON | deal::LOST | deal::NO_DECISION;
        let (qualified_on, closed_on) =
            (day(deal::QUALIFIED, own.qualified), day(ended, own.closed));
        let priced = |amount: Option<i64>, currency: u8, on: Day| {
            on.get()
                .and_then(|on| in_home(facts, amount?, currency, on))
        };
        let open_on = if flags & deal::OPEN == 0 {
            Day::NEVER
        } else {
            today
        };
        if flags & deal::OPEN != 0 {
            let since = stage_since(own, then, as_of, entered.get(&(row as u32)).copied());
            let usual = stays.get(&then.stage).map_or(&[][..], Vec::as_slice);
            let overdue = then.close_on != Day::NEVER && then.close_on < today;
            flags |= staleness(book, own, as_of, since, usual);
            flags |= if overdue { deal::OVERDUE } else { 0 };
        }
        let until = if flags & deal::W_REVERSED == 0 {
            as_of
        } else {
            own.reversed
        };
        let changes = corrected.of(row as u32);
        let at_end = changes
            .first()
            .map_or(then.amount, |first| Some(first.before));
        let standing = changes.partition_point(|change| change.at <= until);
        let settled = changes[..standing]
            .last()
            .map_or(at_end, |last| Some(last.after));
        if flags & deal::WON != 0 {
            corrections.extend(changes[..standing].iter().map(|change| {
                Correction {
                    at: change.at,
                    deal: row as u32,
                    by: priced(Some(change.after), own.currency, closed_on)
                        .zip(priced(Some(change.before), own.currency, closed_on))
                        .and_then(|(after, before)| after.checked_sub(before)),
                }
            }));
        }
        marks.push(DealMark {
            flags,
            frozen: priced(
                Some(own.qualified_amount),
                own.qualified_currency,
                qualified_on,
            ),
            closed: priced(at_end, own.currency, closed_on),
            settled: priced(settled, own.currency, closed_on),
            open: priced(then.amount, own.currency, open_on),
            delivery: priced(own.delivery_cost, own.currency, closed_on),
            qualified_on,
            closed_on,
            close_on: then.close_on,
            stage: then.stage,
        });
    }
    mark_customers(facts, whole, &mut marks);
    corrections.sort_by_key(|correction| correction.at);
    let chances = Chances::new(facts, book, &marks, whole, as_of);
    Judged {
        marks,
        chances,
        corrections,
    }
}

fn flags(facts: &Facts, book: &Book, own: &OpportunityRow, as_of: Moment) -> u16 {
    let by_now = |at: Moment| at != Moment::NEVER && at <= as_of;
    let set = |flag: u16, on: bool| if on { flag } else { 0 };
    let qualified = by_now(own.qualified);
    let outcome = own.outcome.filter(|_| by_now(own.closed));
    let reversed = by_now(own.reversed);
    let q_reversed = qualified && reversed && own.qualified <= own.reversed;
    let lost = outcome == Some(DealOutcome::Lost);
    let won = outcome == Some(DealOutcome::Won);
    let soon =
        |at: Moment| (0..=book.settings.early_days * 86_400).contains(&at.since(own.qualified));
    let reasons = &facts.names.reason_facts;
    let blamed = reasons.get(own.lost_reason as usize).is_some_and(|reason| {
        matches!(
            reason.class,
            ReasonClass::Fit | ReasonClass::Need | ReasonClass::Authority
        )
    });
    let says = |handoff: u32| facts.handoffs.stamp_says(handoff as usize).whole;
    let failed = own.handoff != NONE && says(own.handoff) == Stamped::Failed;
    let early = qualified
        && (failed || (lost && blamed && soon(own.closed)) || (q_reversed && soon(own.reversed)));
    set(deal::QUALIFIED, qualified)
        | set(deal::Q_REVERSED, q_reversed)
        | set(deal::WON, won)
        | set(deal::LOST, lost)
        | set(deal::NO_DECISION, outcome == Some(DealOutcome::NoDecision))
        | set(
            deal::W_REVERSED,
            won && reversed && own.closed <= own.reversed,
        )
        | set(deal::OPEN, by_now(own.created) && outcome.is_none())
        | set(deal::EARLY, early)
}

/// When the deal came into the stage that it stood in then; `None` where that is not known.
fn stage_since(
    own: &OpportunityRow,
    then: Then,
    as_of: Moment,
    entered: Option<Moment>,
) -> Option<Moment> {
    if then.moved {
        return Some(entered.unwrap_or(own.created));
    }
    let own = Some(own.stage_since).filter(|at| *at != Moment::NEVER && *at <= as_of);
    own.or(entered)
}

/// `since`: when it came into its stage; `usual`: how long won deals stood there, in seconds, sorted.
///
/// Only the last activity is known: where that is later than the as-of moment, nobody can say how long the deal had rested
/// by then, and it is not called idle.
fn staleness(
    book: &Book,
    own: &OpportunityRow,
    as_of: Moment,
    since: Option<Moment>,
    usual: &[i64],
) -> u16 {
    let set = |flag: u16, on: bool| if on { flag } else { 0 };
    let by_now = |at: &Moment| *at != Moment::NEVER && *at <= as_of;
    let signs = [own.last_activity, own.created, own.qualified];
    let last = signs.into_iter().chain(since).filter(by_now).max();
    let rested = as_of.since(last.unwrap_or(as_of));
    let idle = own.last_activity <= as_of && rested > book.settings.stale_days * 86_400;
    let enough = usual.len() as i64 >= book.settings.small_n && !usual.is_empty();
    let stuck = since.filter(|_| enough).is_some_and(|since| {
        as_of.since(since) as f64 > 2.0 * super::super::quantile::middle(usual)
    });
    set(deal::IDLE, idle) | set(deal::STUCK, stuck)
}

/// A company is a new customer once, with the first of its won deals that stand.
fn mark_customers(facts: &Facts, whole: &Mask, marks: &mut [DealMark]) {
    let leads = &facts.leads;
    let mut known: FxHashSet<(bool, u32)> = FxHashSet::default();
    for row in facts.opportunities.by_closed.rows() {
        let (own, mark) = (
            &facts.opportunities.rows[*row as usize],
            &mut marks[*row as usize],
        );
        let stands = mark.is(deal::WON) && !mark.is(deal::W_REVERSED);
        if !stands || !whole.opportunities.contains(*row as usize) {
            continue;
        }
        let of_lead = (own.lead != NONE).then(|| leads.account[own.lead as usize]);
        let account = [own.account, of_lead.unwrap_or(0)]
            .into_iter()
            .find(|a| *a != 0);
        let customer = account.map(|account| (true, account));
        let customer = customer.or((own.lead != NONE).then_some((false, own.lead)));
        if customer.is_none_or(|customer| known.insert(customer)) {
            mark.flags |= deal::NEW_CUSTOMER;
        }
    }
}

/// Deals whose value, date or stage changed after the as-of moment, as they stood then.
fn rewind(facts: &Facts, as_of: Moment) -> FxHashMap<u32, Then> {
    let mut then: FxHashMap<u32, Then> = FxHashMap::default();
    let later = facts.opportunities.events.iter().rev();
    for event in later.take_while(|event| event.at > as_of) {
        let own = &facts.opportunities.rows[event.deal as usize];
        let slot = then.entry(event.deal).or_insert_with(|| Then::now(own));
        match event.change {
            DealChange::Amount(before, _) | DealChange::Corrected(before, _) => {
                slot.amount = Some(before);
            }
            DealChange::CloseOn(before, _) => slot.close_on = before,
            DealChange::Stage(before, _) => (slot.stage, slot.moved) = (before, true),
            DealChange::Qualified => {}
        }
    }
    then
}

/// Which deals come from a lead that had been handed off by then.
fn handed_off(facts: &Facts, as_of: Moment, index: &LeadIndex) -> Vec<bool> {
    let by_now = |row: u32| {
        let at = facts.handoffs.handed_off.get(row as usize);
        at != Moment::NEVER && at <= as_of
    };
    let of_lead = |lead: u32| lead != NONE && index.of(lead).any(by_now);
    let rows = facts.opportunities.rows.iter();
    let mut handed: Vec<bool> = rows
        .map(|own| (own.handoff != NONE && by_now(own.handoff)) || of_lead(own.lead))
        .collect();
    for link in &facts.opportunities.links {
        handed[link.deal as usize] |= of_lead(link.lead);
    }
    handed
}

/// Seconds that won deals stood in each stage before they left it, sorted; and when each deal last changed its stage.
fn stays(facts: &Facts, as_of: Moment) -> (FxHashMap<Code, Vec<i64>>, FxHashMap<u32, Moment>) {
    let mut entered: FxHashMap<u32, Moment> = FxHashMap::default();
    let mut stays: FxHashMap<Code, Vec<i64>> = FxHashMap::default();
    for event in facts.opportunities.events.iter().filter(|e| e.at <= as_of) {
        let own = &facts.opportunities.rows[event.deal as usize];
        let won = own.outcome == Some(DealOutcome::Won) && own.closed <= as_of;
        let DealChange::Stage(before, _) = event.change else {
            continue;
        };
        let since = entered.insert(event.deal, event.at).unwrap_or(own.created);
        if won && before != NONE {
            stays
                .entry(before)
                .or_default()
                .push(event.at.since(since).max(0));
        }
    }
    for of_stage in stays.values_mut() {
        of_stage.sort_unstable();
    }
    (stays, entered)
}
