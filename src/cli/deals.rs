//! `smarketing deals` and a deal's card as text. Changes nothing.

use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::calendar::Calendar;
use crate::domain::card::{DealLine, Happening};
use crate::domain::ids::OpportunityId;
use crate::domain::money::Money;
use crate::facts::filter::{Filter, Mask};
use crate::facts::pipeline::board;

/// Open deals by stage, each stage with its sum.
pub(super) fn list(session: &Session) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let facts = store.load_facts(&mut |_| ())?;
    let as_of = session.as_of(&book)?;
    let today = book.calendar.day_of(as_of);
    let home = facts.rates.home();
    let mut rows = vec![
        [
            "deal",
            "name",
            "stage",
            "value",
            "close date",
            "owner",
            "marketing",
            "missing",
        ]
        .map(String::from)
        .to_vec(),
    ];
    let counting = Mask::new(&facts, &Filter::default()).opportunities;
    let open = |row: &usize| {
        let deal = &facts.opportunities.rows[*row];
        deal.created <= as_of && (deal.outcome.is_none() || deal.closed > as_of)
    };
    let left_out = (0..facts.opportunities.rows.len()).filter(|row| !counting.contains(*row));
    let left_out = left_out.filter(open).count();
    for column in board(&facts, (today, as_of), |row| counting.contains(row)) {
        let ids: Vec<i64> = column
            .deals
            .iter()
            .map(|row| facts.opportunities.id.at(*row as usize))
            .collect();
        let stage = facts.names.stages.name(column.stage).to_owned();
        if ids.is_empty() {
            continue;
        }
        for deal in store.opportunities_by_ids(&ids)? {
            rows.push(cells(deal, &stage));
        }
        let sum = column.sum.home.map(|minor| {
            let currency = home;
            Money { minor, currency }.to_string()
        });
        let mut note = tables::count(ids.len(), "deal", "deals");
        if column.sum.unpriced > 0 {
            note = format!("{note}, {} not priced", column.sum.unpriced);
        }
        let sum = sum.unwrap_or_else(|| "—".into());
        rows.push(vec![String::new(), note, stage, sum]);
    }
    for row in &mut rows {
        row.resize(8, String::new());
    }
    tables::print(session.format(), &rows)?;
    if left_out > 0 {
        out::say(&format!(
            "left out: {} of test rows or own people, which no number counts",
            tables::count(left_out, "open deal", "open deals")
        ));
    }
    Ok(())
}

fn cells(deal: DealLine, stage: &str) -> Vec<String> {
    let missing: Vec<&str> = deal.missing.iter().map(|part| part.label()).collect();
    vec![
        deal.id.0.to_string(),
        deal.name,
        stage.to_owned(),
        deal.amount.map(|a| a.to_string()).unwrap_or_default(),
        deal.close_on.map(|on| on.to_string()).unwrap_or_default(),
        deal.owner.unwrap_or_default(),
        deal.marketing_owner.unwrap_or_default(),
        missing.join(", "),
    ]
}

/// What happened to a deal and its leads, oldest first.
pub(super) fn card(session: &Session, deal: &str) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let id: i64 = deal
        .parse()
        .map_err(|_| Failure::WrongUse(format!("'{deal}' is no number of a deal")))?;
    let card = store
        .deal_card(OpportunityId(id))?
        .ok_or_else(|| Failure::new(format!("there is no deal {id}")))?;
    tables::print(session.format(), &timeline(card.timeline, &book.calendar))
}

/// What both teams did, oldest first.
pub(super) fn timeline(events: Vec<Happening>, calendar: &Calendar) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["when", "side", "what", "by", "note"]
            .map(String::from)
            .to_vec(),
    ];
    for event in events {
        rows.push(vec![
            calendar.show(event.at),
            event.side.map_or("", |side| side.label()).to_owned(),
            event.what,
            event.by.unwrap_or_default(),
            event.note.unwrap_or_default(),
        ]);
    }
    rows
}
