//! What the versions of the criteria that a meeting decided upon change against the ones before. Judges nothing.

use super::recap::Recap;
use super::{Block, Section};
use crate::domain::criteria::compare::changes;
use crate::domain::criteria::version::{State, Version};
use crate::domain::meeting::ground::Ground;

/// The versions that decisions of this meeting rest on; nothing where none does.
pub(super) fn section(recap: &Recap) -> Option<Section> {
    let decisions = recap.book.meetings.decisions_of(recap.meeting.id);
    let mut numbers: Vec<i64> = decisions
        .flat_map(|decision| &decision.rests_on)
        .filter_map(|ground| match ground {
            Ground::Criteria(number) => Some(*number),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let versions = numbers
        .into_iter()
        .filter_map(|number| recap.criteria.number(number));
    let blocks: Vec<Block> = versions.flat_map(|version| of(recap, version)).collect();
    (!blocks.is_empty()).then(|| Section {
        id: "diff",
        title: "The criteria that were decided upon".into(),
        remark: "as they stand now".into(),
        blocks,
    })
}

/// The version that was in force before for the same leads, else the one with the number before.
fn before<'a>(recap: &'a Recap, version: &Version) -> Option<&'a Version> {
    let same = |other: &&Version| {
        other.number < version.number && other.definition.segment == version.definition.segment
    };
    let all = || recap.criteria.0.iter().filter(same);
    all()
        .rfind(|other| other.in_force_at.is_some())
        .or_else(|| all().next_back())
}

fn of(recap: &Recap, version: &Version) -> Vec<Block> {
    let stands = match (version.state, version.signed_at()) {
        (State::Draft, _) => "a draft".to_owned(),
        (State::Proposed, _) if version.signatures.is_empty() => "proposed, not signed".to_owned(),
        (_, Some(at)) => format!("signed on {}", recap.book.calendar.day_of(at)),
        _ => {
            let sides: Vec<&str> = version.unsigned().iter().map(|side| side.label()).collect();
            format!("proposed; {} has not signed", sides.join(" and "))
        }
    };
    let number = version.number;
    let Some(old) = before(recap, version) else {
        let told = format!("Version {number}, {stands}, is the first one. It says:");
        let rules = version.definition.sentences(recap.fields);
        return vec![Block::Text(told), Block::List(rules)];
    };
    let told = format!(
        "Version {number}, {stands}, against version {}:",
        old.number
    );
    let changes = changes(&old.definition, &version.definition, recap.fields);
    let mut list: Vec<String> = changes
        .iter()
        .map(|change| format!("{} ({})", change.what, change.way.word()))
        .collect();
    if list.is_empty() {
        list.push("nothing differs".into());
    }
    vec![Block::Text(told), Block::List(list)]
}
