//! What the criteria say of a lead at a handoff, as text: the version it was stamped with, rule by rule with the value found, and the
//! one in force where that is another. Reads nothing.

use crate::domain::book::Book;
use crate::domain::card::LeadCard;
use crate::domain::criteria::version::Version;
use crate::domain::criteria::{Known, RuleSays, Says, Told as Judged};
use crate::domain::ids::HandoffId;
use crate::domain::moment::Moment;
use crate::widgets::Paragraph;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Every rule.
    Whole,
    /// The outcome, and the rules that do not speak for the lead.
    Doubts,
}

/// The text for a handoff of the card, the newest one without a choice; nothing where no version was ever in force.
pub fn criteria(
    card: &LeadCard,
    handoff: Option<HandoffId>,
    (book, now): (&Book, Moment),
    how: Told,
) -> Vec<Paragraph> {
    let chosen = card
        .known
        .iter()
        .find(|known| Some(known.handoff) == handoff);
    let Some(known) = chosen.or_else(|| card.known.last()) else {
        return Vec::new();
    };
    let versions = &book.criteria;
    let stamped = versions.0.iter().find(|v| Some(v.id) == known.stamp);
    let force = versions.in_force(card.line.segment.as_deref(), now);
    if stamped.is_none() && force.is_none() {
        return Vec::new();
    }
    let mut text = Vec::new();
    match stamped {
        Some(version) => text.extend(judged(version, known, "as handed over", how)),
        None => text.push(Paragraph::Heading(
            "Criteria: none were in force when it was handed over".to_owned(),
        )),
    }
    if let Some(version) = force.filter(|version| Some(version.id) != known.stamp) {
        text.extend(judged(version, known, "in force now", how));
    }
    text
}

fn judged(version: &Version, known: &Known, when: &str, how: Told) -> Vec<Paragraph> {
    let told = version.definition.tell(known);
    let of = version.definition.segment.as_ref();
    let of = of.map_or_else(String::new, |segment| format!(" for {segment}"));
    let mut text = vec![Paragraph::Heading(format!(
        "Criteria {}{of}, {when}: {}",
        version.number,
        told.outcome()
    ))];
    let says_so = |own: &&RuleSays| {
        how == Told::Whole || !matches!(own.says, Says::Passes | Says::Supports | Says::Off)
    };
    text.extend(told.rules.iter().filter(says_so).map(|own| {
        let why = match own.why.as_str() {
            "" => String::new(),
            why => format!(" · {why}"),
        };
        let words = format!("{} · found: {}{why}", own.rule, own.found);
        Paragraph::Entry(own.says.label().to_owned(), words)
    }));
    text.extend(supporting(&told));
    text
}

/// How many supporting rules are met, where some are asked for.
fn supporting(told: &Judged) -> Option<Paragraph> {
    let (met, needed) = told.supporting;
    let sign = if met >= needed {
        Says::Passes
    } else if told.rules.iter().any(|own| own.says == Says::Unknown) {
        Says::Unknown
    } else {
        Says::Fails
    };
    let words = format!("{met} supporting, at least {needed} asked for");
    (needed > 0).then(|| Paragraph::Entry(sign.label().to_owned(), words))
}
