//! The fields that rules ask about, read on demand into columns over all handoffs, as they were known at each.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::super::Store;
use super::super::error::{Doing, StoreError};
use super::own::Picker;
use crate::domain::criteria::{Field, FieldKind, Fields, Origin, Standard, Value};
use crate::domain::moment::{Day, Moment};
use crate::domain::review::lists::{DomainList, Lists};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::fields::{Builder, FieldColumn};

/// Reading the fields.
const DOING: &str = "reading the fields of the leads";

impl Store {
    /// Every field that a rule can ask about: the standard ones and the workspace's own.
    pub fn criteria_fields(&self) -> Result<Fields, StoreError> {
        fields(&self.conn)
    }

    /// Columns over all handoffs of the history, as they were known when each was handed off. Fields that the history holds itself
    /// (source, campaign …) are left out, but for those that have changed since for some lead: these are always among them.
    pub fn load_fields(
        &self,
        facts: &Facts,
        wanted: &[&Field],
    ) -> Result<Vec<(String, FieldColumn)>, StoreError> {
        let mut found = Vec::new();
        if !wanted.is_empty() {
            self.read_fields(facts, wanted, &mut found)?;
        }
        self.as_known(facts, &mut found)?;
        Ok(found)
    }

    /// The fields as the leads have them now.
    fn read_fields(
        &self,
        facts: &Facts,
        wanted: &[&Field],
        found: &mut Vec<(String, FieldColumn)>,
    ) -> Result<(), StoreError> {
        let (of_account, of_lead): (Vec<&Field>, Vec<&Field>) =
            wanted.iter().partition(|f| is_of_account(f));
        let touches = wanted
            .iter()
            .find(|f| f.origin == Origin::Standard(Standard::Touches));
        let country = |field: &&Field| field.origin == Origin::Standard(Standard::Country);
        let accounts = if of_account.is_empty() && !of_lead.iter().any(country) {
            Accounts::default()
        } else {
            self.accounts(&of_account)?
        };
        let to_account: Vec<u32> = facts
            .leads
            .account
            .iter()
            .map(|id| accounts.rows.get(id).copied().unwrap_or(NONE))
            .collect();
        for (field, column) in of_account.iter().zip(&accounts.columns) {
            let by_lead = column.spread(&to_account);
            found.push((field.key.clone(), by_lead.spread(&facts.handoffs.lead)));
        }
        let of_lead: Vec<&Field> = of_lead.into_iter().filter(|f| is_of_lead(f)).collect();
        let columns = self.leads(facts, &of_lead, &accounts.countries)?;
        for (field, column) in of_lead.iter().zip(columns) {
            found.push((field.key.clone(), column.spread(&facts.handoffs.lead)));
        }
        if let Some(field) = touches {
            found.push((field.key.clone(), self.touches(facts)?));
        }
        Ok(())
    }

    fn accounts(&self, wanted: &[&Field]) -> Result<Accounts, StoreError> {
        let mut accounts = Accounts::default();
        let own = Picker::new(of_origin(wanted, Origin::Account));
        let mut builders: Vec<Builder> = wanted.iter().map(|f| Builder::new(f.kind)).collect();
        let sql =
            "SELECT id, industry, employees, domain, country, custom FROM account ORDER BY id";
        let mut stmt = self.conn.prepare_cached(sql).doing(DOING)?;
        let mut rows = stmt.query([]).doing(DOING)?;
        while let Some(row) = rows.next().doing(DOING)? {
            let id: u32 = row.get(0).doing(DOING)?;
            accounts.rows.insert(id, accounts.rows.len() as u32);
            if let Some(country) = text(row, 4) {
                accounts.countries.insert(id, country.to_owned());
            }
            let picked = own.pick(text(row, 5));
            let mut place = 0;
            for (field, builder) in wanted.iter().zip(&mut builders) {
                builder.push(match field.origin {
                    Origin::Standard(Standard::Industry) => of_text(text(row, 1)),
                    Origin::Standard(Standard::Employees) => {
                        let n: Option<i64> = row.get(2).doing(DOING)?;
                        n.map_or(Value::Unknown, |n| Value::Number(n as f64))
                    }
                    Origin::Standard(Standard::CompanyDomain) => of_text(text(row, 3)),
                    _ => {
                        place += 1;
                        own.value(&picked, place - 1)
                    }
                });
            }
        }
        accounts.columns = builders.into_iter().map(Builder::finish).collect();
        Ok(accounts)
    }

    fn leads(
        &self,
        facts: &Facts,
        wanted: &[&Field],
        countries: &FxHashMap<u32, String>,
    ) -> Result<Vec<FieldColumn>, StoreError> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut builders: Vec<Builder> = wanted.iter().map(|f| Builder::new(f.kind)).collect();
        let asks = |origin: Origin| wanted.iter().any(|f| f.origin == origin);
        let column = |on: bool, name: &'static str| if on { name } else { "NULL" };
        let sql = format!(
            "SELECT id, account_id, {}, {}, {}, phone IS NOT NULL, {} FROM lead ORDER BY id",
            column(asks(Origin::Standard(Standard::Title)), "title"),
            column(asks(Origin::Standard(Standard::Country)), "country"),
            column(wanted.iter().any(|f| is_of_email(f)), "email"),
            column(asks(Origin::Lead), "custom"),
        );
        let mut stmt = self.conn.prepare_cached(&sql).doing(DOING)?;
        let mut rows = stmt.query([]).doing(DOING)?;
        let mut next = rows.next().doing(DOING)?;
        let mut lists = Listed::new(&self.conn)?;
        let own = Picker::new(of_origin(wanted, Origin::Lead));
        // Leads that came since the history was read are passed over; one that is gone is unknown.
        for id in facts.leads.id.iter() {
            while let Some(row) = next {
                let own: i64 = row.get(0).doing(DOING)?;
                if own >= id {
                    next = Some(row);
                    break;
                }
                next = rows.next().doing(DOING)?;
            }
            let here = match next {
                Some(row) if row.get::<_, i64>(0).doing(DOING)? == id => Some(row),
                _ => None,
            };
            let Some(row) = here else {
                for builder in &mut builders {
                    builder.push(Value::Unknown);
                }
                continue;
            };
            let account: Option<u32> = row.get(1).doing(DOING)?;
            let picked = own.pick(text(row, 6));
            let mut place = 0;
            for (field, builder) in wanted.iter().zip(&mut builders) {
                builder.push(match field.origin {
                    Origin::Standard(Standard::Title) => of_text(text(row, 2)),
                    Origin::Standard(Standard::Country) => {
                        let of_account = || countries.get(&account?).map(String::as_str);
                        of_text(text(row, 3).or_else(of_account))
                    }
                    Origin::Standard(Standard::HasEmail) => Value::YesNo(text(row, 4).is_some()),
                    Origin::Standard(Standard::EmailDomain) => of_text(
                        text(row, 4)
                            .and_then(|email| email.rsplit_once('@'))
                            .map(|(_, host)| host),
                    ),
                    Origin::Standard(
                        Standard::DisposableEmail
                        | Standard::StudentEmail
                        | Standard::CompetitorEmail,
                    ) => lists.says(field, text(row, 4)),
                    Origin::Standard(Standard::HasPhone) => Value::YesNo(row.get(5).doing(DOING)?),
                    _ => {
                        place += 1;
                        own.value(&picked, place - 1)
                    }
                });
            }
        }
        Ok(builders.into_iter().map(Builder::finish).collect())
    }

    /// Touches of the lead logged up to each handoff.
    fn touches(&self, facts: &Facts) -> Result<FieldColumn, StoreError> {
        let mut stmt = self
            .conn
            .prepare_cached("SELECT lead_id, at FROM touch ORDER BY lead_id, at")
            .doing(DOING)?;
        let mut rows = stmt.query([]).doing(DOING)?;
        let mut all: Vec<(i64, i64)> = Vec::new();
        while let Some(row) = rows.next().doing(DOING)? {
            all.push(row.try_into().doing(DOING)?);
        }
        let mut builder = Builder::new(FieldKind::Number);
        for (row, lead) in facts.handoffs.lead.iter().enumerate() {
            let id = facts.leads.id.at(*lead as usize);
            let at = facts.handoffs.handed_off.get(row);
            let before = |until: Moment| all.partition_point(|t| *t <= (id, until.0));
            let first = all.partition_point(|t| t.0 < id);
            builder.push(Value::Number((before(at) - first) as f64));
        }
        Ok(builder.finish())
    }
}

#[derive(Default)]
struct Accounts {
    /// Row id → place.
    rows: FxHashMap<u32, u32>,
    columns: Vec<FieldColumn>,
    countries: FxHashMap<u32, String>,
}

/// The standard fields and the workspace's own.
pub(crate) fn fields(conn: &Connection) -> Result<Fields, StoreError> {
    let sql = "SELECT entity, key, label, kind FROM custom_field WHERE entity <> 'opportunity' ORDER BY entity DESC, id";
    let own = super::super::book::rows(conn, sql, |row| {
        let entity: String = row.get(0)?;
        let kind: String = row.get(3)?;
        let origin = if entity == "account" {
            Origin::Account
        } else {
            Origin::Lead
        };
        let kind = FieldKind::parse(&kind).unwrap_or(FieldKind::Text);
        Ok((origin, row.get(1)?, row.get(2)?, kind))
    })?;
    Ok(Fields::new(own))
}

/// The workspace's own fields of a table, in their order.
fn of_origin<'f>(wanted: &'f [&Field], origin: Origin) -> impl Iterator<Item = &'f Field> {
    let wanted = wanted.iter().copied();
    wanted.filter(move |field| field.origin == origin)
}

fn is_of_account(field: &Field) -> bool {
    matches!(
        field.origin,
        Origin::Account
            | Origin::Standard(Standard::Industry | Standard::Employees | Standard::CompanyDomain)
    )
}

fn is_of_email(field: &Field) -> bool {
    matches!(
        field.origin,
        Origin::Standard(
            Standard::HasEmail
                | Standard::EmailDomain
                | Standard::DisposableEmail
                | Standard::StudentEmail
                | Standard::CompetitorEmail
        )
    )
}

/// Which domains are on which lists: each domain is looked up once.
struct Listed {
    lists: Lists,
    known: FxHashMap<String, Vec<DomainList>>,
}

impl Listed {
    fn new(conn: &Connection) -> Result<Listed, StoreError> {
        Ok(Listed {
            lists: super::super::review::lists(conn)?,
            known: FxHashMap::default(),
        })
    }

    /// Whether an address is on the list that a field asks about.
    fn says(&mut self, field: &Field, email: Option<&str>) -> Value<'static> {
        let list = match field.origin {
            Origin::Standard(standard) => standard.list(),
            _ => None,
        };
        let host = email.and_then(|email| email.rsplit_once('@'));
        let Some((list, (_, host))) = list.zip(host) else {
            return Value::Unknown;
        };
        if let Some(on) = self.known.get(host) {
            return Value::YesNo(on.contains(&list));
        }
        let all = DomainList::ALL.iter().copied();
        let on: Vec<DomainList> = all.filter(|own| self.lists.covers(*own, host)).collect();
        let says = Value::YesNo(on.contains(&list));
        self.known.insert(host.to_owned(), on);
        says
    }
}

fn is_of_lead(field: &Field) -> bool {
    matches!(
        field.origin,
        Origin::Lead
            | Origin::Standard(
                Standard::Title
                    | Standard::Country
                    | Standard::HasEmail
                    | Standard::HasPhone
                    | Standard::EmailDomain
                    | Standard::DisposableEmail
                    | Standard::StudentEmail
                    | Standard::CompetitorEmail
            )
    )
}

pub(crate) fn text<'r>(row: &'r Row<'_>, column: usize) -> Option<&'r str> {
    match row.get_ref(column) {
        Ok(ValueRef::Text(text)) => std::str::from_utf8(text).ok(),
        _ => None,
    }
}

fn of_text(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Unknown, Value::Text)
}

pub(crate) fn of_json(kind: FieldKind, json: Option<&Json>) -> Value<'_> {
    match (kind, json) {
        (FieldKind::Number, Some(Json::Number(n))) => {
            n.as_f64().map_or(Value::Unknown, Value::Number)
        }
        (FieldKind::Date, Some(Json::String(text))) => {
            Day::parse(text).map_or(Value::Unknown, Value::Day)
        }
        (FieldKind::YesNo, Some(Json::Bool(answer))) => Value::YesNo(*answer),
        (FieldKind::YesNo, Some(Json::Number(n))) => Value::YesNo(n.as_f64() != Some(0.0)),
        (FieldKind::Text, Some(Json::String(text))) => Value::Text(text),
        _ => Value::Unknown,
    }
}
