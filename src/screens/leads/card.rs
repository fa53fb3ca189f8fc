//! The card of the lead under the cursor: beside the list where there is room, else over it. Reads nothing.

use super::columns::{business, sla};
use crate::domain::book::Book;
use crate::domain::card::{HandoffLine, LeadCard};
use crate::domain::desk::{Preview, Standing};
use crate::domain::ids::{HandoffId, LeadId};
use crate::domain::moment::Moment;
use crate::domain::reason::Asks;
use crate::facts::queue::Sla;
use crate::screens::card::{self, Told};
use crate::screens::fetch::Fetch;
use crate::widgets::{Paragraph, Reader};

/// The card and what it was read for.
#[derive(Debug, Default)]
pub(super) struct Pane {
    card: Option<LeadCard>,
    /// The handoff that its head speaks of.
    handoff: i64,
    pub(super) reader: Reader,
    asked: Option<LeadId>,
    /// Changed since it was read.
    old: bool,
}

impl Pane {
    /// The card has changed.
    pub(super) fn changed(&mut self) {
        self.old = true;
        self.asked = None;
    }

    /// The card that is shown, if it is that lead's.
    pub(super) fn of(&self, lead: LeadId) -> Option<&LeadCard> {
        self.card.as_ref().filter(|card| card.line.id == lead)
    }

    /// What has to be read before the lead's card can be shown.
    pub(super) fn wanted(&mut self, lead: LeadId) -> Option<Fetch> {
        let fresh = self.of(lead).is_some() && !self.old;
        if fresh || self.asked == Some(lead) {
            return None;
        }
        self.asked = Some(lead);
        Some(Fetch::Lead(lead))
    }

    /// Takes a card that was read.
    pub(super) fn take(
        &mut self,
        card: &LeadCard,
        (handoff, told): (i64, Vec<Paragraph>),
        (book, now): (&Book, Moment),
    ) {
        if self.asked != Some(card.line.id) {
            return;
        }
        let same = self.of(card.line.id).is_some();
        self.asked = None;
        self.old = false;
        self.card = Some(card.clone());
        self.handoff = handoff;
        let text = text(card, (handoff, told), book, now);
        if same {
            self.reader.replace(text);
        } else {
            self.reader = text;
        }
    }

    /// The handoff that its head speaks of.
    pub(super) fn handoff(&self) -> i64 {
        self.handoff
    }

    /// Writes the card anew with what is said of the handoff; it stays where it was scrolled to.
    pub(super) fn tell(&mut self, told: Vec<Paragraph>, (book, now): (&Book, Moment)) {
        if let Some(card) = &self.card {
            let text = text(card, (self.handoff, told), book, now);
            self.reader.replace(text);
        }
    }
}

fn text(
    lead: &LeadCard,
    (handoff, told): (i64, Vec<Paragraph>),
    book: &Book,
    now: Moment,
) -> Reader {
    let mut reader = card::lead(lead, &book.calendar);
    let here = lead.handoffs.iter().find(|line| line.id.0 == handoff);
    let mut head = Vec::new();
    if let Some(here) = here {
        head.push(Paragraph::Entry(
            "SLA".to_owned(),
            clock((here, lead.line.segment.as_deref()), book, now),
        ));
        let agreed = book.settings.min_attempts;
        let spoke = here
            .spoke
            .map(|at| format!(", spoke {}", book.calendar.show(at)));
        let tries = format!(
            "{} of {agreed} agreed{}",
            here.attempts,
            spoke.unwrap_or_default()
        );
        head.push(Paragraph::Entry("Attempts".to_owned(), tries));
        if here.verdict.is_none() {
            let preview = rejected_now(lead, here, book, now).to_string();
            head.push(Paragraph::Entry("A rejection".to_owned(), preview));
        }
    }
    head.extend(told);
    let all = &mut reader.paragraphs;
    let facts_end = all
        .iter()
        .position(|p| matches!(p, Paragraph::Gap))
        .unwrap_or(all.len());
    let alike = lead.alike.iter().map(|alike| {
        let day = book.calendar.day_of(alike.created);
        let words = format!("{}, {}, {day}", alike.name, alike.why);
        Paragraph::Entry("See also".to_owned(), words)
    });
    all.splice(facts_end..facts_end, alike);
    // What both teams did matters more to a rep than the rest of the facts.
    let timeline = all
        .iter()
        .position(|p| matches!(p, Paragraph::Heading(title) if title == card::TIMELINE))
        .map_or_else(Vec::new, |at| all.split_off(at.saturating_sub(1)));
    let contacts = all
        .iter()
        .skip(1)
        .take_while(|p| matches!(p, Paragraph::Entry(label, _) if CONTACTS.contains(&&**label)))
        .count();
    let rest = all.split_off(1 + contacts);
    let judged = |told| card::criteria(lead, Some(HandoffId(handoff)), (book, now), told);
    let section = |text: Vec<Paragraph>| {
        let gap = (!text.is_empty()).then_some(Paragraph::Gap);
        gap.into_iter().chain(text)
    };
    all.splice(1..1, head);
    all.extend(section(judged(Told::Doubts)));
    all.extend(timeline);
    all.extend(section(judged(Told::Whole)));
    all.push(Paragraph::Gap);
    all.extend(rest);
    reader
}

/// What a rep needs before a call; it stands first.
const CONTACTS: [&str; 5] = ["Title", "E-mail", "Phone", "Social", "Country"];

/// What a rejection would rest on that only a conversation or attempts can prove.
fn rejected_now(lead: &LeadCard, handoff: &HandoffLine, book: &Book, now: Moment) -> Preview {
    let standing = Standing {
        lead: lead.line.name.clone(),
        handed_off: handoff.at,
        verdict: handoff.verdict,
        spoke: handoff.spoke,
        attempts: handoff.attempts,
    };
    let agreed = book.settings.min_attempts;
    Preview {
        evidence: standing.evidence(now, Asks::Conversation, agreed),
        attempts: handoff.attempts,
        agreed,
    }
}

fn clock(of: (&HandoffLine, Option<&str>), book: &Book, now: Moment) -> String {
    let show = |at| book.calendar.show(at);
    match sla(of, book, now) {
        Sla::Unassigned(_) => "nobody has it, so nobody is late".to_owned(),
        Sla::Unclocked(_) => "not known since when somebody has it; t gives it anew".to_owned(),
        Sla::Due(by) => format!(
            "due {}, in {} of business hours",
            show(by),
            business(now, by, book)
        ),
        Sla::Breached(by) => format!("was due {}, {} late", show(by), business(by, now, book)),
        Sla::Kept => "tried in time".to_owned(),
        Sla::Late => "tried, but too late".to_owned(),
    }
}
