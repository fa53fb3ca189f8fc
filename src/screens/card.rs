//! The card of one lead or deal as text: who, what both teams did, in one timeline. Reads nothing.

mod criteria;

use crate::domain::book::Book;
use crate::domain::calendar::Calendar;
use crate::domain::card::{DealCard, DealLine, HandoffLine, Happening, LeadCard};
use crate::domain::ids::HandoffId;
use crate::domain::moment::Moment;
use crate::domain::money::Money;
use crate::widgets::{Paragraph, Reader};

use super::figures::exact_money;
pub use criteria::{Told, criteria};

/// The heading over what both teams did.
pub const TIMELINE: &str = "Timeline of both teams";

/// The card of a lead with what the criteria say of it before its handoffs; without a choice of its newest handoff.
pub fn judged(card: &LeadCard, handoff: Option<HandoffId>, book: &Book, now: Moment) -> Reader {
    let mut reader = lead(card, &book.calendar);
    let text = criteria(card, handoff, (book, now), Told::Whole);
    if !text.is_empty() {
        let all = &mut reader.paragraphs;
        let facts_end = all
            .iter()
            .position(|p| matches!(p, Paragraph::Gap))
            .unwrap_or(all.len());
        all.splice(
            facts_end..facts_end,
            std::iter::once(Paragraph::Gap).chain(text),
        );
    }
    reader
}

/// The card of a lead.
pub fn lead(card: &LeadCard, calendar: &Calendar) -> Reader {
    let line = &card.line;
    let mut text = vec![Paragraph::Strong(named(&line.name, line.account.as_ref()))];
    let mut fact = |label: &str, value: Option<String>| {
        text.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| Paragraph::Entry(label.to_owned(), value)),
        );
    };
    fact("Title", card.title.clone());
    fact("E-mail", card.email.clone());
    fact("Phone", card.phone.clone());
    fact("Social", card.social.clone());
    fact("Country", card.country.clone());
    fact(
        "Source",
        line.source.clone().or_else(|| Some("unknown".to_owned())),
    );
    fact("Campaign", line.campaign.clone());
    fact("Segment", line.segment.clone());
    fact("Owner", line.owner.clone());
    fact("Created", Some(calendar.show(line.created)));
    fact("MQL", line.mql.map(|at| calendar.show(at)));
    fact(
        "Left out",
        line.excluded
            .map(|why| format!("of every number: {}", why.label())),
    );
    fact("CRM status", card.status.clone());
    for (label, value) in &card.fields {
        fact(label, Some(value.clone()));
    }
    fact("Note", card.note.clone());
    for handoff in &card.handoffs {
        text.push(Paragraph::Gap);
        text.extend(handoff_text(handoff, calendar));
    }
    if !card.deals.is_empty() {
        text.push(Paragraph::Gap);
        text.push(Paragraph::Heading("Deals".to_owned()));
        text.extend(
            card.deals
                .iter()
                .map(|deal| Paragraph::Entry(value_of(deal), deal_words(deal, calendar))),
        );
    }
    text.extend(timeline(&card.timeline, calendar));
    Reader::new(text)
}

/// The card of a deal.
pub fn deal(card: &DealCard, calendar: &Calendar) -> Reader {
    let line = &card.line;
    let mut text = vec![Paragraph::Strong(named(&line.name, line.account.as_ref()))];
    let mut fact = |label: &str, value: Option<String>| {
        text.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| Paragraph::Entry(label.to_owned(), value)),
        );
    };
    fact("Value now", line.amount.map(money));
    fact(
        "Qualified",
        line.qualified
            .map(|(at, value)| format!("{}, frozen at {}", calendar.show(at), money(value))),
    );
    let missing: Vec<_> = line.missing.iter().map(|part| part.label()).collect();
    fact(
        "Still missing",
        (!missing.is_empty()).then(|| missing.join(", ")),
    );
    fact("Evidence", Some(line.evidence.label().to_owned()));
    fact("Stage", line.stage.clone());
    fact("Closes", line.close_on.map(|day| day.to_string()));
    fact(
        "Outcome",
        line.outcome
            .map(|(outcome, at)| format!("{}, {}", outcome.label(), calendar.show(at))),
    );
    fact("Lost because", line.lost_reason.clone());
    fact("Reversed", line.reversed.map(|at| calendar.show(at)));
    fact("Sales owner", line.owner.clone());
    fact("Mktg owner", line.marketing_owner.clone());
    fact(
        "Source",
        line.source.clone().or_else(|| Some("unknown".to_owned())),
    );
    fact("Campaign", line.campaign.clone());
    fact(
        "Conversation",
        card.conversation.map(|at| calendar.show(at)),
    );
    fact(
        "Last activity",
        card.last_activity.map(|at| calendar.show(at)),
    );
    let cost = card.delivery_cost.zip(line.amount);
    fact(
        "Delivery cost",
        cost.map(|(minor, value)| money(Money { minor, ..value })),
    );
    fact("CRM status", card.status.clone());
    for (label, value) in &card.fields {
        fact(label, Some(value.clone()));
    }
    fact("Note", card.note.clone());
    if !card.leads.is_empty() {
        let names: Vec<_> = card.leads.iter().map(|(_, name)| name.as_str()).collect();
        fact("Leads behind it", Some(names.join(", ")));
    }
    text.extend(timeline(&card.timeline, calendar));
    Reader::new(text)
}

fn named(name: &str, account: Option<&String>) -> String {
    account.map_or_else(|| name.to_owned(), |account| format!("{name} · {account}"))
}

fn money(value: Money) -> String {
    format!(
        "{} {}",
        exact_money(value.minor, value.currency),
        value.currency.code()
    )
}

fn value_of(deal: &DealLine) -> String {
    deal.amount.map_or_else(|| "no value".to_owned(), money)
}

fn deal_words(deal: &DealLine, calendar: &Calendar) -> String {
    let state = match deal.outcome {
        Some((outcome, at)) => format!("{} {}", outcome.label(), calendar.day_of(at)),
        None => deal.stage.clone().unwrap_or_else(|| "open".to_owned()),
    };
    format!("{}, {state}", deal.name)
}

fn handoff_text(handoff: &HandoffLine, calendar: &Calendar) -> Vec<Paragraph> {
    let mut text = vec![Paragraph::Heading(format!("Handoff {}", handoff.number))];
    let mut fact = |label: &str, value: Option<String>| {
        text.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| Paragraph::Entry(label.to_owned(), value)),
        );
    };
    fact("Handed off", Some(calendar.show(handoff.at)));
    fact("Assigned", handoff.assigned.map(|at| calendar.show(at)));
    fact("Rep", handoff.owner.clone());
    fact("Triggered by", handoff.trigger.clone());
    fact("Attempts", Some(handoff.attempts.to_string()));
    let verdict = handoff
        .verdict
        .map(|(verdict, at)| format!("{}, {}", verdict.label(), calendar.show(at)));
    fact("Verdict", verdict.or_else(|| Some("open".to_owned())));
    fact("Reason", handoff.reason.clone());
    fact("In the CRM", handoff.reason_text.clone());
    fact(
        "Rests on",
        handoff.evidence.map(|evidence| evidence.label().to_owned()),
    );
    fact("Back on", handoff.recycle_on.map(|day| day.to_string()));
    fact("Note", handoff.note.clone());
    text
}

fn timeline(happenings: &[Happening], calendar: &Calendar) -> Vec<Paragraph> {
    let mut text = vec![Paragraph::Gap, Paragraph::Heading(TIMELINE.to_owned())];
    if happenings.is_empty() {
        text.push(Paragraph::Text("nothing was logged".to_owned()));
    }
    for happening in happenings {
        let side = happening
            .side
            .map(|side| format!("{}: ", side.word()))
            .unwrap_or_default();
        let by = happening
            .by
            .as_ref()
            .map(|by| format!(", {by}"))
            .unwrap_or_default();
        let note = happening
            .note
            .as_ref()
            .map(|note| format!(" · {note}"))
            .unwrap_or_default();
        text.push(Paragraph::Entry(
            calendar.show(happening.at),
            format!("{side}{}{by}{note}", happening.what),
        ));
    }
    text
}
