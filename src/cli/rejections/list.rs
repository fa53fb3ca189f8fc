//! Rejections one by one, with their flags and why. Selects none.

use serde_json::Value;

use super::Desk;
use super::sheet::{Sheet, amount};
use crate::cli::failure::Failure;
use crate::metrics::review::Measure;

const HEADING: [&str; 14] = [
    "handoff",
    "lead",
    "company",
    "source",
    "rep",
    "rejected",
    "reason",
    "evidence",
    "attempts",
    "lead cost",
    "flags",
    "why",
    "challenged",
    "note",
];

/// These rejections (row numbers of handoffs), in their order.
pub(super) fn sheet(desk: &Desk, rows: &[u32]) -> Result<Sheet, Failure> {
    let facts = &desk.facts;
    let ids: Vec<i64> = rows
        .iter()
        .map(|row| facts.handoffs.id.at(*row as usize))
        .collect();
    let costs: std::collections::HashMap<u32, Option<i64>> = [Measure::Waste, Measure::Unproven]
        .into_iter()
        .flat_map(|measure| desk.review.drill(facts, &[], measure).rows)
        .flat_map(|set| set.rows.into_iter().zip(set.adds))
        .collect();
    let mut sheet = Sheet::new(HEADING);
    for (line, row) in desk.store.handoffs_by_ids(&ids)?.into_iter().zip(rows) {
        let at = facts.handoffs.verdict_at.get(*row as usize);
        let handoff = line.handoff;
        let reason = handoff.as_ref().and_then(|h| h.reason.clone());
        let evidence = handoff.as_ref().and_then(|h| h.evidence);
        let (words, why) = told(desk, *row);
        let challenged = facts.challenges.newest(*row).map(|challenge| {
            challenge
                .settlement
                .map_or("open", crate::domain::review::Settlement::label)
        });
        let owner = handoff.as_ref().and_then(|h| h.owner.clone());
        sheet.push(vec![
            facts.handoffs.id.at(*row as usize).into(),
            line.name.into(),
            line.account.into(),
            line.source.into(),
            owner.into(),
            desk.book.calendar.show(at).into(),
            reason.into(),
            evidence.map(crate::domain::verdict::Evidence::label).into(),
            facts.handoffs.attempts[*row as usize].into(),
            amount(costs.get(row).copied().flatten(), desk.review.currency),
            words.into(),
            why.into(),
            challenged.into(),
            Value::from(handoff.and_then(|h| h.note)),
        ]);
    }
    Ok(sheet)
}

/// The flags of a rejection, and what they say.
fn told(desk: &Desk, row: u32) -> (String, String) {
    let Some(flags) = &desk.flags else {
        return Default::default();
    };
    let met = desk.met();
    let known = desk.known(&met);
    let told = flags.explain(&desk.facts, &desk.book, &desk.scope, known, row);
    let words: Vec<&str> = told.iter().map(|(flag, _)| flag.word()).collect();
    let why: Vec<&str> = told.iter().map(|(_, why)| why.as_str()).collect();
    (words.join(" "), why.join("; "))
}
