//! The page of one definition, agreed or not: both sides' words, the rules in sentences, the gate as finance reads it. Judges nothing.

use super::criteria::signatures;
use super::{Block, Page, Section};
use crate::domain::book::Book;
use crate::domain::criteria::version::{State, Version};
use crate::domain::criteria::{Fields, GATE};

impl Page {
    /// The page of a version.
    pub(in crate::report) fn definition(book: &Book, version: &Version, fields: &Fields) -> Page {
        let definition = &version.definition;
        let page = &definition.page;
        let of = definition.segment.as_deref().unwrap_or("all leads");
        let section = |id, title: &str, remark: &str, blocks| Section {
            id,
            title: title.to_owned(),
            remark: remark.to_owned(),
            blocks,
        };
        let wording = |id, title: &str, text: &str| {
            let words = if text.trim().is_empty() { "—" } else { text };
            let lines = words.lines().filter(|line| !line.trim().is_empty());
            let blocks = lines.map(|line| Block::Text(line.to_owned()));
            section(id, title, "", blocks.collect())
        };
        let mut sections = vec![
            wording("marketing", "Marketing says", &page.marketing),
            wording("sales", "Sales says", &page.sales),
            wording("agreed", "Agreed", &page.agreed),
            wording("consequence", "So, in daily work", &page.consequence),
            section(
                "criteria",
                "The rules",
                "",
                vec![Block::List(definition.sentences(fields))],
            ),
            section(
                "gate",
                "An opportunity, as finance reads it",
                "",
                vec![Block::Text(GATE.to_owned())],
            ),
        ];
        if !version.signatures.is_empty() {
            let table = signatures(version, &book.calendar);
            sections.push(section("signatures", "Signed", "", vec![table]));
        }
        Page {
            title: format!(
                "{}: a qualified lead, version {}",
                book.workspace.name, version.number
            ),
            lines: vec![format!("for {of}; {}", standing(book, version))],
            sections,
            notes: Vec::new(),
        }
    }
}

fn standing(book: &Book, version: &Version) -> String {
    match (version.state, version.in_force_at) {
        (State::Draft, _) => "a draft, not proposed".into(),
        (State::Proposed, _) => "proposed, not signed by both sides".into(),
        (State::Signed, None) => "signed, not in force".into(),
        (State::Signed, Some(at)) => {
            format!("signed, in force from {}", book.calendar.day_of(at))
        }
    }
}
