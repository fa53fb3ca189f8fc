//! Leads and handoffs, column by column.

use fixedbitset::FixedBitSet;

use super::{Packed, Shelf};
use crate::facts::Facts;
use crate::facts::clock::Clock;
use crate::facts::column::Moments;

/// Every plain column once: its name and where it lies. Both ways are made of this list.
macro_rules! plain_columns {
    ($go:ident, $facts:expr, $packed:expr) => {
        $go!($facts, $packed, "lead.id", leads.id);
        $go!($facts, $packed, "lead.created", leads.created);
        $go!($facts, $packed, "lead.mql", leads.mql);
        $go!($facts, $packed, "lead.source", leads.source);
        $go!($facts, $packed, "lead.campaign", leads.campaign);
        $go!($facts, $packed, "lead.segment", leads.segment);
        $go!($facts, $packed, "lead.owner", leads.owner);
        $go!($facts, $packed, "lead.account", leads.account);
        $go!($facts, $packed, "lead.excluded", leads.excluded);
        $go!($facts, $packed, "handoff.id", handoffs.id);
        $go!($facts, $packed, "handoff.lead", handoffs.lead);
        $go!($facts, $packed, "handoff.number", handoffs.number);
        $go!($facts, $packed, "handoff.handed_off", handoffs.handed_off);
        $go!($facts, $packed, "handoff.assigned", handoffs.assigned);
        $go!($facts, $packed, "handoff.rep", handoffs.rep);
        $go!(
            $facts,
            $packed,
            "handoff.first_attempt",
            handoffs.first_attempt
        );
        $go!(
            $facts,
            $packed,
            "handoff.first_connected",
            handoffs.first_connected
        );
        $go!(
            $facts,
            $packed,
            "handoff.first_meeting",
            handoffs.first_meeting
        );
        $go!($facts, $packed, "handoff.attempts", handoffs.attempts);
        $go!(
            $facts,
            $packed,
            "handoff.minutes_logged",
            handoffs.minutes_logged
        );
        $go!(
            $facts,
            $packed,
            "handoff.minutes_assumed",
            handoffs.minutes_assumed
        );
        $go!($facts, $packed, "handoff.verdict", handoffs.verdict);
        $go!($facts, $packed, "handoff.verdict_at", handoffs.verdict_at);
        $go!($facts, $packed, "handoff.reason", handoffs.reason);
        $go!($facts, $packed, "handoff.evidence", handoffs.evidence);
    };
}

/// Every clock of leads and handoffs once.
macro_rules! clocks {
    ($go:ident, $facts:expr, $packed:expr) => {
        $go!($facts, $packed, "lead.by_created", leads.by_created);
        $go!($facts, $packed, "lead.by_mql", leads.by_mql);
        $go!(
            $facts,
            $packed,
            "handoff.by_handed_off",
            handoffs.by_handed_off
        );
        $go!($facts, $packed, "handoff.by_verdict", handoffs.by_verdict);
        $go!(
            $facts,
            $packed,
            "handoff.by_connected",
            handoffs.by_connected
        );
        $go!($facts, $packed, "handoff.by_meeting", handoffs.by_meeting);
        $go!($facts, $packed, "handoff.by_assigned", handoffs.by_assigned);
    };
}

pub(super) fn put(facts: &Facts, packed: &mut Packed) {
    macro_rules! column {
        ($facts:expr, $packed:expr, $name:literal, $($path:tt).+) => {
            $packed.put($name, &$facts.$($path).+);
        };
    }
    macro_rules! clock {
        ($facts:expr, $packed:expr, $name:literal, $($path:tt).+) => {
            $packed.put_slice($name, $facts.$($path).+.rows());
        };
    }
    plain_columns!(column, facts, packed);
    clocks!(clock, facts, packed);
    contactable(facts, packed);
}

/// Yes and no as a column like the others.
fn contactable(facts: &Facts, packed: &mut Packed) {
    let column: Vec<u8> = (0..facts.leads.len())
        .map(|row| facts.leads.contactable.contains(row).into())
        .collect();
    packed.put_slice("lead.contactable", &column);
}

/// Moves the rows of leads and handoffs behind what is packed of them.
pub(super) fn append(facts: &mut Facts, packed: &mut Packed) {
    contactable(facts, packed);
    facts.leads.contactable.clear();
    macro_rules! column {
        ($facts:expr, $packed:expr, $name:literal, $($path:tt).+) => {
            $packed.put($name, &$facts.$($path).+);
            $facts.$($path).+.clear();
        };
    }
    plain_columns!(column, facts, packed);
}

/// Sorts the clocks of what was packed by [`append`].
pub(super) fn sort(packed: &mut Packed) -> Option<()> {
    for (clock, column) in [
        ("lead.by_created", "lead.created"),
        ("lead.by_mql", "lead.mql"),
        ("handoff.by_handed_off", "handoff.handed_off"),
        ("handoff.by_verdict", "handoff.verdict_at"),
        ("handoff.by_connected", "handoff.first_connected"),
        ("handoff.by_meeting", "handoff.first_meeting"),
        ("handoff.by_assigned", "handoff.assigned"),
    ] {
        let sorted = Clock::new(&packed.get::<Moments>(column)?);
        packed.put_slice(clock, sorted.rows());
    }
    Some(())
}

pub(super) fn get(facts: &mut Facts, packed: &impl Shelf) -> Option<()> {
    macro_rules! column {
        ($facts:expr, $packed:expr, $name:literal, $($path:tt).+) => {
            $facts.$($path).+ = $packed.get($name)?;
        };
    }
    macro_rules! clock {
        ($facts:expr, $packed:expr, $name:literal, $($path:tt).+) => {
            $facts.$($path).+ = Clock::from_rows($packed.get($name)?);
        };
    }
    plain_columns!(column, facts, packed);
    clocks!(clock, facts, packed);
    let contactable: Vec<u8> = packed.get("lead.contactable")?;
    let leads = facts.leads.len();
    if contactable.len() != leads {
        return None;
    }
    let block = |rows: &[u8]| {
        let bits = rows.iter().rev();
        bits.fold(0, |block, bit| block << 1 | usize::from(bit & 1))
    };
    let blocks = contactable.chunks(usize::BITS as usize).map(block);
    facts.leads.contactable = FixedBitSet::with_capacity_and_blocks(leads, blocks);
    fits(facts).then_some(())
}

/// Whether all columns have the same length and no row number points outside.
fn fits(facts: &Facts) -> bool {
    let (leads, handoffs) = (&facts.leads, &facts.handoffs);
    let (n, m) = (leads.len(), handoffs.len());
    let within = |clock: &Clock, rows: usize| {
        clock.rows().len() <= rows && clock.rows().iter().all(|row| (*row as usize) < rows)
    };
    [
        leads.created.len(),
        leads.mql.len(),
        leads.source.len(),
        leads.campaign.len(),
        leads.segment.len(),
        leads.owner.len(),
        leads.account.len(),
        leads.excluded.len(),
    ]
    .iter()
    .all(|length| *length == n)
        && [
            handoffs.lead.len(),
            handoffs.number.len(),
            handoffs.handed_off.len(),
            handoffs.assigned.len(),
            handoffs.rep.len(),
            handoffs.first_attempt.len(),
            handoffs.first_connected.len(),
            handoffs.first_meeting.len(),
            handoffs.attempts.len(),
            handoffs.minutes_logged.len(),
            handoffs.minutes_assumed.len(),
            handoffs.verdict.len(),
            handoffs.verdict_at.len(),
            handoffs.reason.len(),
            handoffs.evidence.len(),
        ]
        .iter()
        .all(|length| *length == m)
        && handoffs.lead.iter().all(|row| (*row as usize) < n)
        && [&leads.by_created, &leads.by_mql]
            .into_iter()
            .all(|clock| within(clock, n))
        && [
            &handoffs.by_handed_off,
            &handoffs.by_verdict,
            &handoffs.by_connected,
            &handoffs.by_meeting,
            &handoffs.by_assigned,
        ]
        .into_iter()
        .all(|clock| within(clock, m))
}
