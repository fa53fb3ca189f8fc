//! The criteria in force: what they say, who signed, until when. Judges nothing.

use std::fmt::Write as _;

use super::{Asked, Block, Cell, Section, Table, named};
use crate::domain::calendar::Calendar;
use crate::domain::criteria::version::{By, Version};

/// What is in force; nothing where no version is.
pub(super) fn section(asked: &Asked) -> Option<Section> {
    if asked.criteria.is_empty() {
        return None;
    }
    let told = asked
        .told
        .iter()
        .map(|told| Block::Text(format!("{told}.")));
    let of_each = asked.criteria.iter().flat_map(|version| of(asked, version));
    let blocks = told.chain(of_each).collect();
    Some(Section {
        id: "criteria",
        title: "What qualified means".into(),
        remark: "the criteria in force, signed by both sides".into(),
        blocks,
    })
}

fn of(asked: &Asked, version: &Version) -> Vec<Block> {
    let definition = &version.definition;
    let calendar = &asked.book.calendar;
    let mut first = format!("Version {}", version.number);
    if let Some(segment) = &definition.segment {
        let _ = write!(first, " for {segment}");
    }
    if let Some(at) = version.in_force_at {
        let _ = write!(first, ", in force since {}", calendar.day_of(at));
    }
    if let Some(day) = version.review_on {
        let _ = write!(first, ", looked at again on {day}");
    }
    first.push('.');
    let mut blocks = vec![Block::Text(first)];
    let agreed = [&definition.page.agreed, &definition.page.consequence];
    let said = agreed.into_iter().flat_map(|text| text.lines());
    let said = said.filter(|line| !line.trim().is_empty());
    blocks.extend(said.map(|line| Block::Text(line.to_owned())));
    blocks.push(Block::List(definition.sentences(asked.fields)));
    blocks.push(signatures(version, calendar));
    blocks
}

/// Who signed a version for which side, and when.
pub(super) fn signatures(version: &Version, calendar: &Calendar) -> Block {
    let day = |by: &By| calendar.day_of(by.at).to_string();
    let row = |signature: &crate::domain::criteria::version::Signature| {
        let name = signature.by.name.as_deref().unwrap_or("somebody");
        vec![
            Cell::word(signature.side.label()),
            Cell::word(named(name)),
            Cell::word(day(&signature.by)),
        ]
    };
    Block::Table(Table {
        caption: format!("Signatures of version {}", version.number),
        heads: ["side", "signed by", "on"].map(String::from).to_vec(),
        rows: version.signatures.iter().map(row).collect(),
        total: None,
    })
}
