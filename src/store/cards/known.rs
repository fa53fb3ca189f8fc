//! What was known of one lead at each of its handoffs, as the columns hold it for all of them. Judges nothing.

use rusqlite::{Connection, params};

use crate::domain::calendar::Calendar;
use crate::domain::card::LeadCard;
use crate::domain::criteria::{Field, Known, Literal, Origin, Standard, Value};
use crate::domain::ids::CriteriaId;
use crate::store::book;
use crate::store::error::{Doing, StoreError};
use crate::store::load::fields::{fields, of_json, own_values, text};

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
    let Some(calendar) = calendar(conn)? else {
        return Ok(Vec::new());
    };
    let same = stored(conn, card, &asked, &calendar)?;
    let mut stamps = conn
        .prepare_cached("SELECT criteria_id FROM handoff WHERE id = ?1")
        .doing(DOING)?;
    let mut touches = conn
        .prepare_cached("SELECT count(*) FROM touch WHERE lead_id = ?1 AND at <= ?2")
        .doing(DOING)?;
    let touched = |field: &&&Field| field.origin == Origin::Standard(Standard::Touches);
    let mut known = Vec::with_capacity(card.handoffs.len());
    for handoff in &card.handoffs {
        let mut values = same.clone();
        if let Some(field) = asked.iter().find(touched) {
            let count: i64 = touches
                .query_row(params![card.line.id.0, handoff.at.0], |row| row.get(0))
                .doing(DOING)?;
            let count = Literal::of(Value::Number(count as f64));
            values.extend(count.map(|count| (field.key.to_lowercase(), count)));
        }
        let stamp: Option<i64> = stamps
            .query_row([handoff.id.0], |row| row.get(0))
            .doing(DOING)?;
        known.push(Known {
            handoff: handoff.id,
            stamp: stamp.map(CriteriaId),
            on: calendar.day_of(handoff.at),
            values,
        });
    }
    Ok(known)
}

fn calendar(conn: &Connection) -> Result<Option<Calendar>, StoreError> {
    let Some(workspace) = book::workspace(conn)? else {
        return Ok(None);
    };
    let settings = book::settings(conn)?;
    Ok(Some(workspace.calendar(&settings, book::holidays(conn)?)?))
}

/// The values that are the same at every handoff.
fn stored(
    conn: &Connection,
    card: &LeadCard,
    asked: &[&Field],
    calendar: &Calendar,
) -> Result<Vec<(String, Literal)>, StoreError> {
    let sql = "SELECT l.account_id IS NOT NULL, l.title, coalesce(l.country, a.country), l.email, l.phone IS NOT NULL, l.custom,
            a.industry, a.employees, a.domain, a.custom
        FROM lead l LEFT JOIN account a ON a.id = l.account_id WHERE l.id = ?1";
    let line = &card.line;
    let day = |at| Literal::of(Value::Day(calendar.day_of(at)));
    let name = |name: &Option<String>| {
        name.as_ref()
            .and_then(|name| Literal::of(Value::Text(name)))
    };
    let mut stmt = conn.prepare_cached(sql).doing(DOING)?;
    stmt.query_row([line.id.0], |row| {
        let of_text = |column| Literal::of(text(row, column).map_or(Value::Unknown, Value::Text));
        let (of_lead, of_account) = (own_values(row, 5), own_values(row, 9));
        let mut values = Vec::with_capacity(asked.len());
        for field in asked {
            let value = match field.origin {
                Origin::Standard(standard) => match standard {
                    Standard::Source => name(&line.source),
                    Standard::Campaign => name(&line.campaign),
                    Standard::Segment => name(&line.segment),
                    Standard::Title => of_text(1),
                    Standard::Country => of_text(2),
                    Standard::Industry => of_text(6),
                    Standard::Employees => {
                        let employees: Option<i64> = row.get(7)?;
                        employees.and_then(|n| Literal::of(Value::Number(n as f64)))
                    }
                    Standard::Company => Some(Literal::YesNo(row.get(0)?)),
                    Standard::CompanyDomain => of_text(8),
                    Standard::EmailDomain => {
                        let host = text(row, 3).and_then(|email| email.rsplit_once('@'));
                        host.and_then(|(_, host)| Literal::of(Value::Text(host)))
                    }
                    Standard::HasEmail => Some(Literal::YesNo(text(row, 3).is_some())),
                    Standard::HasPhone => Some(Literal::YesNo(row.get(4)?)),
                    Standard::Created => day(line.created),
                    Standard::Mql => line.mql.and_then(day),
                    // It differs from handoff to handoff.
                    Standard::Touches => None,
                },
                Origin::Lead | Origin::Account => {
                    let own = if field.origin == Origin::Lead {
                        &of_lead
                    } else {
                        &of_account
                    };
                    let json = own.as_ref().and_then(|own| own.get(&field.stored));
                    Literal::of(of_json(field.kind, json))
                }
            };
            values.extend(value.map(|value| (field.key.to_lowercase(), value)));
        }
        Ok(values)
    })
    .doing(DOING)
}
