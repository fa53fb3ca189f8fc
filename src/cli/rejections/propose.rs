//! `rejections propose`: the rules that a cluster of rejections asks for, and one of them into the draft. Finds none itself.

use super::Desk;
use super::args::RejectionsArgs;
use super::sheet::{Sheet, share};
use crate::backtest::Columns;
use crate::cli::failure::Failure;
use crate::cli::out;
use crate::cli::session::Session;
use crate::domain::command::Command;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::criteria::{Definition, Field, Fields, Rule};
use crate::facts::column::Code;
use crate::metrics::review::{Axis, Proposal, propose};

/// Prints the rules, or puts the one of `--take` into the draft.
pub(super) fn run(session: &Session, desk: &Desk, args: &RejectionsArgs) -> Result<(), Failure> {
    let fields = desk.store.criteria_fields()?;
    let found = proposals(desk, args, &fields)?;
    let Some(number) = args.take else {
        if found.is_empty() {
            out::say("these rejections share nothing that a rule could name");
        }
        return sheet(&found, &fields).print(session.format());
    };
    let taken = number
        .checked_sub(1)
        .and_then(|at| found.into_iter().nth(at));
    let taken = taken.ok_or_else(|| {
        Failure::WrongUse(format!(
            "--take {number}: there is no such line; `rejections propose` without --take prints them"
        ))
    })?;
    take(session, taken.rule, &fields)
}

fn proposals(
    desk: &Desk,
    args: &RejectionsArgs,
    fields: &Fields,
) -> Result<Vec<Proposal>, Failure> {
    let (facts, names) = (&desk.facts, &desk.facts.names);
    let mut place: Vec<(Axis, Code)> = Vec::new();
    let mut hint = None;
    if let Some(code) = &args.reason {
        let reason = desk.book.reason(code).ok_or_else(|| {
            Failure::WrongUse(format!(
                "--reason {code}: there is no such reason; `smarketing reasons` lists their codes"
            ))
        })?;
        place.push((Axis::Reason, names.reasons.code(Some(reason.id.0))));
        hint = reason.field.as_deref();
    }
    if let Some(name) = &args.source {
        let code = names.sources.find(name).ok_or_else(|| {
            Failure::WrongUse(format!("--source {name}: there is no such source"))
        })?;
        place.push((Axis::Source, code));
    }
    let cluster = desk.review.rows_at(facts, &place);
    let mut columns = Columns::new(facts, fields, &desk.book.calendar);
    let missing: Vec<&Field> = fields
        .all()
        .iter()
        .filter(|f| !columns.has(&f.key))
        .collect();
    for (key, column) in desk.store.load_fields(facts, &missing)? {
        columns.put(&key, column);
    }
    let given: Vec<_> = fields
        .all()
        .iter()
        .filter_map(|field| Some((field, columns.get(&field.key)?.as_ref())))
        .collect();
    Ok(propose(
        facts,
        &desk.scope,
        &desk.review,
        &cluster,
        &given,
        hint,
    ))
}

fn sheet(found: &[Proposal], fields: &Fields) -> Sheet {
    let mut sheet = Sheet::new([
        "number",
        "rule",
        "field",
        "operator",
        "value",
        "catches",
        "of",
        "other rejections",
        "costs",
        "of good ones",
        "cost share",
    ]);
    for (number, p) in (1..).zip(found) {
        let condition = &p.rule.condition;
        let values: Vec<String> = condition.values.iter().map(ToString::to_string).collect();
        let cost = (p.good > 0).then(|| p.lost as f64 / p.good as f64);
        sheet.push(vec![
            number.into(),
            p.rule.text(fields).into(),
            condition.field.clone().into(),
            condition.operator.word().into(),
            values.join(", ").into(),
            p.caught.into(),
            p.of.into(),
            p.others.into(),
            p.lost.into(),
            p.good.into(),
            share(cost),
        ]);
    }
    sheet
}

/// Adds the rule to the draft for all leads; where there is none, begins it as a copy of the newest version.
fn take(session: &Session, rule: Rule, fields: &Fields) -> Result<(), Failure> {
    let mut store = session.write()?;
    let versions = store.criteria()?;
    let text = rule.text(fields);
    let change = if let Some(draft) = versions.draft(None) {
        CriteriaChange::AddRule {
            draft: draft.id,
            rule,
        }
    } else {
        let of_all = versions.0.iter().filter(|v| v.definition.segment.is_none());
        let newest = of_all.max_by_key(|version| version.number);
        let mut definition = newest.map_or_else(Definition::default, |v| v.definition.clone());
        definition.rules.push(rule);
        CriteriaChange::Replace(definition)
    };
    let applied = session.apply(&mut store, &Command::Criteria(change))?;
    out::say(&format!("{}; in the draft: {text}", applied.summary));
    for note in &applied.notes {
        out::say(note);
    }
    Ok(())
}
