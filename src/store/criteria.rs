//! Versions of the criteria: read whole, and which one a handoff is judged by. Changes nothing.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value as Json;

use super::Store;
use super::book::rows;
use super::error::{Doing, StoreError};
use crate::domain::criteria::version::{By, Signature, State, StoredRule, Version, Versions};
use crate::domain::criteria::{
    Class, Condition, Definition, Figures, Kind, Literal, Number, Operator, Page, Policy, Rule,
    Switch,
};
use crate::domain::ids::{CriteriaId, RuleId};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;

impl Store {
    /// Every version of the criteria, by number.
    pub fn criteria(&self) -> Result<Versions, StoreError> {
        versions(&self.conn)
    }
}

pub(super) fn versions(conn: &Connection) -> Result<Versions, StoreError> {
    let sql = "SELECT c.id, c.number, c.state, c.at_least, c.unknown, c.marketing_text, c.sales_text, c.agreed_text, c.consequence,
            s.name, c.review_on, c.revision, c.edited_at, e.name, c.needs_finance, c.proposed_at, p.name, c.in_force_at, c.retired_at,
            m.name, c.marketing_at, a.name, c.sales_at, f.name, c.finance_at,
            c.met_accepted, c.met_rejected, c.failed_accepted, c.failed_rejected, c.met, c.handoffs
        FROM criteria c LEFT JOIN segment s ON s.id = c.segment_id LEFT JOIN person e ON e.id = c.edited_by
            LEFT JOIN person p ON p.id = c.proposed_by LEFT JOIN person m ON m.id = c.marketing_by
            LEFT JOIN person a ON a.id = c.sales_by LEFT JOIN person f ON f.id = c.finance_by ORDER BY c.number";
    let mut all = rows(conn, sql, version)?;
    let sql = "SELECT r.criteria_id, r.id, r.revision, r.edited_at, p.name, r.kind, r.class, r.field, r.operator, r.vals, r.why, r.switch
        FROM criteria_rule r LEFT JOIN person p ON p.id = r.edited_by ORDER BY r.criteria_id, r.position, r.id";
    for (of, mark, rule) in rows(conn, sql, stored_rule)? {
        let rule = rule.ok_or_else(|| {
            StoreError::Damaged(format!("rule {} of the criteria cannot be read", mark.id.0))
        })?;
        if let Some(version) = all.iter_mut().find(|v| v.id == of) {
            version.definition.rules.push(rule);
            version.marks.push(mark);
        }
    }
    Ok(Versions(all))
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Moment));
    let proposed = moment(15)?;
    let mut signatures = Vec::new();
    for (column, side) in [
        (19, Side::Marketing),
        (21, Side::Sales),
        (23, Side::Finance),
    ] {
        if let Some(at) = moment(column + 1)? {
            let name = row.get(column)?;
            let by = By { name, at };
            signatures.push(Signature { side, by });
        }
    }
    Ok(Version {
        id: CriteriaId(row.get(0)?),
        number: row.get(1)?,
        state: State::parse(&row.get::<_, String>(2)?).unwrap_or(State::Draft),
        definition: Definition {
            rules: Vec::new(),
            at_least: row.get(3)?,
            unknown: Policy::parse(&row.get::<_, String>(4)?).unwrap_or(Policy::Ask),
            page: Page {
                marketing: row.get(5)?,
                sales: row.get(6)?,
                agreed: row.get(7)?,
                consequence: row.get(8)?,
            },
            segment: row.get(9)?,
        },
        marks: Vec::new(),
        revision: row.get(11)?,
        edited: By {
            at: Moment(row.get(12)?),
            name: row.get(13)?,
        },
        needs_finance: row.get(14)?,
        signatures,
        proposed: match proposed {
            Some(at) => Some(By {
                at,
                name: row.get(16)?,
            }),
            None => None,
        },
        in_force_at: moment(17)?,
        retired_at: moment(18)?,
        review_on: row.get::<_, Option<i32>>(10)?.map(Day),
        figures: figures(row, 25)?,
    })
}

/// The counts that were kept at signing, from a column on.
fn figures(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Figures>> {
    let count = |at: usize| row.get::<_, Option<i64>>(first + at);
    let Some(handoffs) = count(5)? else {
        return Ok(None);
    };
    let count = |at: usize| count(at).map(|n| n.unwrap_or(0).unsigned_abs());
    Ok(Some(Figures {
        met_accepted: count(0)?,
        met_rejected: count(1)?,
        failed_accepted: count(2)?,
        failed_rejected: count(3)?,
        met: count(4)?,
        handoffs: handoffs.unsigned_abs(),
    }))
}

/// The counts as cells.
pub(super) fn figure_cells(figures: &Figures) -> Vec<(&'static str, Cell)> {
    [
        ("met_accepted", figures.met_accepted),
        ("met_rejected", figures.met_rejected),
        ("failed_accepted", figures.failed_accepted),
        ("failed_rejected", figures.failed_rejected),
        ("met", figures.met),
        ("handoffs", figures.handoffs),
    ]
    .map(|(column, n)| (column, Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))))
    .to_vec()
}

type RuleLine = (CriteriaId, StoredRule, Option<Rule>);

fn stored_rule(row: &Row<'_>) -> rusqlite::Result<RuleLine> {
    let word = |column| row.get::<_, String>(column);
    let mark = StoredRule {
        id: RuleId(row.get(1)?),
        revision: row.get(2)?,
        by: By {
            at: Moment(row.get(3)?),
            name: row.get(4)?,
        },
    };
    let parts = (
        Kind::parse(&word(5)?),
        Class::parse(&word(6)?),
        Operator::parse(&word(8)?),
        values(&word(9)?),
        Switch::parse(&word(11)?),
    );
    let rule = match parts {
        (Some(kind), Some(class), Some(operator), Some(values), Some(switch)) => Some(Rule {
            kind,
            class,
            condition: Condition {
                field: word(7)?,
                operator,
                values,
            },
            why: word(10)?,
            switch,
        }),
        _ => None,
    };
    Ok((CriteriaId(row.get(0)?), mark, rule))
}

/// The cells of a rule, without its place.
pub(super) fn rule_cells(rule: &Rule) -> Vec<(&'static str, Cell)> {
    let text = |text: &str| Cell::Text(text.to_owned());
    vec![
        ("kind", text(rule.kind.word())),
        ("class", text(rule.class.word())),
        ("field", text(&rule.condition.field)),
        ("operator", text(rule.condition.operator.word())),
        ("vals", Cell::Text(written(&rule.condition.values))),
        ("why", text(&rule.why)),
        ("switch", text(rule.switch.word())),
    ]
}

fn written(values: &[Literal]) -> String {
    let pair = |value: &Literal| match value {
        Literal::Number(n) => ("number", n.get().to_string()),
        Literal::Day(day) => ("day", day.to_string()),
        Literal::YesNo(true) => ("yes_no", "yes".into()),
        Literal::YesNo(false) => ("yes_no", "no".into()),
        Literal::Text(text) => ("text", text.clone()),
    };
    let pairs = values
        .iter()
        .map(pair)
        .map(|(kind, text)| Json::from(vec![kind.to_owned(), text]));
    Json::Array(pairs.collect()).to_string()
}

fn values(json: &str) -> Option<Vec<Literal>> {
    let pairs: Vec<(String, String)> = serde_json::from_str(json).ok()?;
    pairs
        .into_iter()
        .map(|(kind, text)| match kind.as_str() {
            "number" => text.parse().ok().and_then(Number::new).map(Literal::Number),
            "day" => Day::parse(&text).map(Literal::Day),
            "yes_no" => Some(Literal::YesNo(text == "yes")),
            "text" => Some(Literal::Text(text)),
            _ => None,
        })
        .collect()
}

/// The version in force for a lead's segment at a moment: the segment's own, else the one for all.
const IN_FORCE: &str = "SELECT c.id FROM criteria c
    WHERE c.in_force_at <= {at} AND (c.segment_id IS NULL OR c.segment_id = {segment})
      AND coalesce(c.retired_at, 4294967295) > {at}
      AND NOT EXISTS (SELECT 1 FROM criteria n WHERE n.segment_id IS c.segment_id AND n.in_force_at <= {at}
                      AND (n.in_force_at, n.number) > (c.in_force_at, c.number))
    ORDER BY c.segment_id IS NULL LIMIT 1";

/// Which version judges a lead at a moment, if any is in force then.
pub(super) fn judging(conn: &Connection, lead: i64, at: Moment) -> Result<Option<i64>, StoreError> {
    let doing = "looking up the criteria in force";
    let segment = "(SELECT segment_id FROM lead WHERE id = ?1)";
    let sql = IN_FORCE.replace("{segment}", segment).replace("{at}", "?2");
    conn.prepare_cached(&sql)
        .doing(doing)?
        .query_row(params![lead, at.0], |row| row.get(0))
        .optional()
        .doing(doing)
}

/// Stamps handoffs of a run of ids with the version in force when each was handed off; gives the versions that were used.
pub(super) fn stamp(conn: &Connection, (first, last): (i64, i64)) -> Result<Vec<i64>, StoreError> {
    let doing = "stamping the handoffs with the criteria in force";
    let any: bool = conn
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM criteria WHERE in_force_at IS NOT NULL)",
            [],
            |row| row.get(0),
        )
        .doing(doing)?;
    if !any {
        return Ok(Vec::new());
    }
    let segment = "(SELECT segment_id FROM lead WHERE id = handoff.lead_id)";
    let found = IN_FORCE
        .replace("{segment}", segment)
        .replace("{at}", "handoff.handed_off_at");
    let sql = format!(
        "UPDATE handoff SET criteria_id = ({found}) WHERE id BETWEEN ?1 AND ?2 AND criteria_id IS NULL"
    );
    conn.execute(&sql, [first, last]).doing(doing)?;
    let mut stmt = conn
        .prepare("SELECT DISTINCT criteria_id FROM handoff WHERE id BETWEEN ?1 AND ?2 AND criteria_id IS NOT NULL")
        .doing(doing)?;
    let used = stmt
        .query_map([first, last], |row| row.get(0))
        .doing(doing)?;
    used.collect::<Result<_, _>>().doing(doing)
}
