//! What was known of one lead at each of its handoffs, as the columns hold it for all of them. Judges nothing.

use rusqlite::{Connection, params};

use crate::domain::card::LeadCard;
use crate::domain::criteria::{Field, Known, Literal, Origin, Standard, Value};
use crate::domain::ids::CriteriaId;
use crate::store::error::{Doing, StoreError};
use crate::store::known::Reader;
use crate::store::load::fields::fields;

/// Reading what is known.
const DOING: &str = "reading what is known of the lead";

/// One entry per handoff of the card, in its order; none at all before there are criteria.
pub(super) fn at_handoffs(conn: &Connection, card: &LeadCard) -> Result<Vec<Known>, StoreError> {
    let versions = crate::store::criteria::versions(conn)?.0;
    if versions.is_empty() || card.handoffs.is_empty() {
        return Ok(Vec::new());
    }
    let all = fields(conn)?;
    let mut asked: Vec<&Field> = Vec::new();
    for rule in versions
        .iter()
        .flat_map(|version| &version.definition.rules)
    {
        if let Some(field) = all.find(&rule.condition.field)
            && !asked.contains(&field)
        {
            asked.push(field);
        }
    }
    let Some(reader) = Reader::over_few(conn)? else {
        return Ok(Vec::new());
    };
    let lead = card.line.id.0;
    let now = reader.now(lead)?;
    let mut stamps = conn
        .prepare_cached("SELECT criteria_id FROM handoff WHERE id = ?1")
        .doing(DOING)?;
    let mut touches = conn
        .prepare_cached("SELECT count(*) FROM touch WHERE lead_id = ?1 AND at <= ?2")
        .doing(DOING)?;
    let mut known = Vec::with_capacity(card.handoffs.len());
    for handoff in &card.handoffs {
        let then = reader.then(lead, (handoff.id.0, handoff.at.0))?;
        let raw = then.as_ref().unwrap_or(&now);
        let mut values = Vec::with_capacity(asked.len());
        for field in &asked {
            let value = if field.origin == Origin::Standard(Standard::Touches) {
                let count: i64 = touches
                    .query_row(params![lead, handoff.at.0], |row| row.get(0))
                    .doing(DOING)?;
                Literal::of(Value::Number(count as f64))
            } else {
                reader.value(field, raw)?
            };
            values.extend(value.map(|value| (field.key.to_lowercase(), value)));
        }
        let stamp: Option<i64> = stamps
            .query_row([handoff.id.0], |row| row.get(0))
            .doing(DOING)?;
        known.push(Known {
            handoff: handoff.id,
            stamp: stamp.map(CriteriaId),
            on: reader.calendar().day_of(handoff.at),
            values,
        });
    }
    Ok(known)
}
