//! What comes of a meeting: decisions with what they rest on, actions until they are done or dropped.

use rusqlite::types::Value;

use super::super::find;
use super::super::standing::{self, Room, number};
use super::{now_in, refused, signed};
use crate::domain::ids::{ActionId, DecisionId};
use crate::domain::meeting::ground::{self, Ground};
use crate::domain::meeting::line::{Meetings, Solved};
use crate::domain::meeting::{
    ActionKind, ActionState, LONGEST_TEXT, NewAction, NewDecision, Solution, one_line,
};
use crate::domain::moment::Day;
use crate::domain::policy::Side;
use crate::domain::refused::Refused;
use crate::store::error::StoreError;
use crate::store::meeting::{grounds_text, was_text};
use crate::store::recorder::Recorder;
use crate::store::table::Table;
use crate::text::clean;

/// Writes down a decision or an action; gives it, and what was done.
pub(super) fn solution(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    solution: &Solution,
) -> Result<(Solved, String), StoreError> {
    match solution {
        Solution::Decision(new) => decide(to, room, all, new),
        Solution::Action(new) => act(to, room, all, new),
    }
}

fn decide(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    new: &NewDecision,
) -> Result<(Solved, String), StoreError> {
    let running = all.must_run("decide in")?;
    let text = one_line("a decision", &new.text, LONGEST_TEXT)?;
    let (owner, name, _) = standing::person(to, &new.owner)?;
    let due = due(room, new.due)?;
    let rests_on = grounds(to, &new.rests_on)?;
    let campaign = campaign(to, new)?;
    if new.kind.is_of_campaign() && rests_on.is_empty() && new.moves.is_none() {
        return refused(
            "a campaign is kept, fixed or stopped on evidence; say which number or what it rests on",
        );
    }
    let metric = match &new.moves {
        Some(was) => Value::Text(one_line("the number that it should move", &was.metric, 60)?),
        None => Value::Null,
    };
    let was = new.moves.as_ref().map(was_text);
    let mut cells = vec![
        ("meeting_id", Value::Integer(running.id.0)),
        ("text", Value::Text(text.clone())),
        ("owner_id", Value::Integer(owner)),
        ("due_on", Value::Integer(i64::from(due.0))),
        ("kind", Value::Text(new.kind.word().into())),
        ("campaign_id", number(campaign)),
        ("metric", metric),
        ("was", was.map_or(Value::Null, Value::Text)),
        ("rests_on", Value::Text(grounds_text(&rests_on))),
    ];
    cells.extend(signed(to, room));
    let id = to.insert(Table::Decision, &cells)?;
    let said = format!("decide: {text} ({name}, {due})");
    Ok((Solved::Decision(DecisionId(id)), said))
}

/// The campaign that a decision is about.
fn campaign(to: &Recorder<'_>, new: &NewDecision) -> Result<Option<i64>, StoreError> {
    let name = new.campaign.as_deref().map(str::trim);
    match (
        new.kind.is_of_campaign(),
        name.filter(|name| !name.is_empty()),
    ) {
        (false, None) => Ok(None),
        (false, Some(_)) => refused(
            "only a decision to keep, fix or stop a campaign names one; put it under what it rests on",
        ),
        (true, None) => refused("say which campaign is kept, fixed or stopped"),
        (true, Some(name)) => catalogued(to, Table::Campaign, name).map(Some),
    }
}

/// The row of a name.
fn catalogued(to: &Recorder<'_>, table: Table, name: &str) -> Result<i64, StoreError> {
    match find(to, table, "name", &Value::Text(name.trim().to_owned()))? {
        Some(id) => Ok(id),
        None => refused(format!("there is no {} '{}'", table.label(), clean(name))),
    }
}

fn act(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    new: &NewAction,
) -> Result<(Solved, String), StoreError> {
    let text = one_line("an action", &new.text, LONGEST_TEXT)?;
    let (owner, name, side) = standing::person(to, &new.owner)?;
    if new.kind == ActionKind::ContentRequest && Side::parse(&side) != Some(Side::Marketing) {
        return refused(format!(
            "a content request goes to somebody of marketing; {} is of {}",
            clean(&name),
            Side::parse(&side).map_or("no side", Side::label)
        ));
    }
    let due = due(room, new.due)?;
    let mut cells = vec![
        ("meeting_id", now_in(all)),
        ("text", Value::Text(text.clone())),
        ("owner_id", Value::Integer(owner)),
        ("due_on", Value::Integer(i64::from(due.0))),
        ("kind", Value::Text(new.kind.word().into())),
        ("state", Value::Text(ActionState::Open.word().into())),
    ];
    cells.extend(signed(to, room));
    let id = to.insert(Table::Action, &cells)?;
    let said = format!("{}: {text} ({name}, {due})", new.kind.label());
    Ok((Solved::Action(ActionId(id)), said))
}

/// A day that something can be due on: today at the earliest.
fn due(room: &Room, day: Day) -> Result<Day, StoreError> {
    let today = room.calendar.day_of(room.now);
    if day < today {
        return refused(format!("{day} has passed; a due date is today or later"));
    }
    if day > today.plus(3_660) {
        return Err(Refused::OddDay(day).into());
    }
    Ok(day)
}

/// Grounds that can be kept: what they name is there.
pub(super) fn grounds(to: &Recorder<'_>, given: &[Ground]) -> Result<Vec<Ground>, StoreError> {
    let kept = ground::checked(given)?;
    for ground in &kept {
        let (table, id) = match ground {
            Ground::Lead(id) => (Table::Lead, id.0),
            Ground::Handoff(id) => (Table::Handoff, id.0),
            Ground::Deal(id) => (Table::Opportunity, id.0),
            Ground::Cluster(id) => (Table::Feedback, id.0),
            Ground::Source(name) => {
                catalogued(to, Table::Source, name)?;
                continue;
            }
            Ground::Campaign(name) => {
                catalogued(to, Table::Campaign, name)?;
                continue;
            }
            Ground::Criteria(number) => {
                let value = Value::Integer(*number);
                if find(to, Table::Criteria, "number", &value)?.is_none() {
                    return refused(format!("there is no version {number} of the criteria"));
                }
                continue;
            }
            Ground::Metric(_) | Ground::Words(_) => continue,
        };
        if find(to, table, "id", &Value::Integer(id))?.is_none() {
            let what = table.label();
            return Err(Refused::Gone { what, id }.into());
        }
    }
    Ok(kept)
}

/// Ends an action: done, or dropped with a reason.
pub(super) fn end(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    id: ActionId,
    dropped: Option<&str>,
) -> Result<String, StoreError> {
    let found = all.actions.iter().find(|action| action.id == id);
    let action = found.ok_or(Refused::Gone {
        what: "action",
        id: id.0,
    })?;
    if action.state != ActionState::Open {
        return refused(format!(
            "action {} is {} already",
            id.0,
            action.state.label()
        ));
    }
    let (state, why) = match dropped {
        None => (ActionState::Done, Value::Null),
        Some(why) => {
            let why = one_line("why it is dropped", why, LONGEST_TEXT)?;
            (ActionState::Dropped, Value::Text(why))
        }
    };
    let cells = [
        ("state", Value::Text(state.word().into())),
        ("why", why),
        ("ended_at", Value::Integer(room.now.0)),
        ("ended_by", number(to.signer.person_id)),
        ("ended_in", now_in(all)),
    ];
    to.update(Table::Action, id.0, &cells)?;
    Ok(format!("{}: {}", state.label(), action.text))
}
