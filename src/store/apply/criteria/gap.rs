//! The rules of a criteria gap: read before they are proposed, put into the draft when the room settles on them. Signs nothing.

use super::rules::{add_rule, check_rule, next_place};
use super::{editable, open, refused, unsign};
use crate::domain::criteria::parse::MOST_RULES;
use crate::domain::criteria::{Rule, parse};
use crate::store::criteria::versions;
use crate::store::error::StoreError;
use crate::store::load::fields::fields;
use crate::store::recorder::Recorder;
use crate::text::clean;

/// The rules that a proposal names, or what is wrong with them in the words of the rule language.
pub(in crate::store::apply) fn read(
    to: &Recorder<'_>,
    text: &str,
) -> Result<Vec<Rule>, StoreError> {
    let fault = |what: &str| {
        refused(format!(
            "the rule '{}' is not understood: {}; nothing was proposed or settled. A rule looks like: employees >= 20",
            clean(text.trim()),
            clean(what)
        ))
    };
    let rules = match parse(text, &fields(to.conn)?).whole() {
        Ok(rules) if rules.is_empty() => return fault("it names no rule"),
        Ok(rules) => rules,
        Err(error) => return fault(&format!("at place {}: {}", error.at.start + 1, error.what)),
    };
    for rule in &rules {
        check_rule(to, rule)?;
    }
    Ok(rules)
}

/// Puts rules at the end of the draft for all leads, and begins one where there is none. What it says already is not said twice.
pub(in crate::store::apply) fn land(
    to: &mut Recorder<'_>,
    rules: &[Rule],
) -> Result<(), StoreError> {
    let draft = versions(to.conn)?.draft(None).map(|version| version.id);
    let draft = match draft {
        Some(id) => id,
        None => open(to, None)?.0,
    };
    let version = editable(to, draft)?;
    let own = &version.definition.rules;
    let is_there = |rule: &&Rule| {
        let same =
            |old: &Rule| old.is_on() && old.kind == rule.kind && old.condition == rule.condition;
        own.iter().any(same)
    };
    let fresh: Vec<&Rule> = rules.iter().filter(|rule| !is_there(rule)).collect();
    if fresh.is_empty() {
        to.notes
            .push(format!("version {} says so already", version.number));
        return Ok(());
    }
    if own.len() + fresh.len() > MOST_RULES {
        return refused(format!(
            "the draft of version {} has {MOST_RULES} rules at most; nothing was settled: take one out of it first",
            version.number
        ));
    }
    unsign(to, &version)?;
    for rule in fresh {
        let place = next_place(to, draft)?;
        add_rule(to, draft, rule, place)?;
    }
    to.notes
        .push(format!("it is in the draft of version {}", version.number));
    Ok(())
}
