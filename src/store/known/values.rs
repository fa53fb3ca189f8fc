//! The fields of one lead from its row and its company's, as they are or as they stood at a handoff. Judges nothing.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::DOING;
use super::changes::{Arrival, Change, Cut, arrival_of, arrivals, came, object, of_all, of_row};
use crate::domain::calendar::Calendar;
use crate::domain::criteria::{Field, Literal, Origin, Standard, Value};
use crate::domain::moment::Moment;
use crate::domain::review::lists::Lists;
use crate::store::error::{Doing, StoreError};
use crate::store::load::fields::of_json;

const LEAD: &str = "SELECT json_object('created_at', created_at, 'mql_at', mql_at, 'source_id', source_id, 'campaign_id', campaign_id,
    'segment_id', segment_id, 'account_id', account_id, 'email', email, 'phone', phone, 'title', title, 'country', country,
    'custom', custom) FROM lead WHERE id = ?1";

const ACCOUNT: &str = "SELECT json_object('industry', industry, 'employees', employees, 'domain', domain, 'country', country,
    'custom', custom) FROM account WHERE id = ?1";

/// Where changes are looked up.
enum Journal {
    /// Row by row, as they are asked for.
    Rows,
    /// Read once.
    All {
        leads: FxHashMap<i64, Vec<Change>>,
        accounts: FxHashMap<i64, Vec<Change>>,
        arrivals: Vec<Arrival>,
    },
}

/// Reads what is and was known of leads.
pub(in crate::store) struct Reader<'c> {
    conn: &'c Connection,
    calendar: Calendar,
    lists: Lists,
    journal: Journal,
}

/// A lead's row and its company's.
pub(in crate::store) struct Raw {
    lead: Map<String, Json>,
    own: Map<String, Json>,
    account: Option<Map<String, Json>>,
    of_account: Map<String, Json>,
}

impl<'c> Reader<'c> {
    fn new(conn: &'c Connection, journal: Journal) -> Result<Option<Reader<'c>>, StoreError> {
        let Some(calendar) = crate::store::book::calendar(conn)? else {
            return Ok(None);
        };
        Ok(Some(Reader {
            conn,
            calendar,
            lists: crate::store::review::lists(conn)?,
            journal,
        }))
    }

    /// For a few leads; `None` before there is a workspace.
    pub(in crate::store) fn over_few(
        conn: &'c Connection,
    ) -> Result<Option<Reader<'c>>, StoreError> {
        Reader::new(conn, Journal::Rows)
    }

    /// For every lead that was changed; `None` where none was.
    pub(super) fn over_all(conn: &'c Connection) -> Result<Option<Reader<'c>>, StoreError> {
        let (leads, accounts) = (of_all(conn, "lead")?, of_all(conn, "account")?);
        if leads.is_empty() && accounts.is_empty() {
            return Ok(None);
        }
        let arrivals = arrivals(conn)?;
        Reader::new(
            conn,
            Journal::All {
                leads,
                accounts,
                arrivals,
            },
        )
    }

    /// The calendar of the workspace.
    pub(in crate::store) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The leads that were changed, themselves or their company.
    pub(super) fn touched(&self) -> Result<BTreeSet<i64>, StoreError> {
        let Journal::All {
            leads, accounts, ..
        } = &self.journal
        else {
            return Ok(BTreeSet::new());
        };
        let mut touched: BTreeSet<i64> = leads.keys().copied().collect();
        if accounts.is_empty() {
            return Ok(touched);
        }
        let mut stmt = self
            .conn
            .prepare_cached("SELECT id, account_id FROM lead WHERE account_id IS NOT NULL")
            .doing(DOING)?;
        let mut rows = stmt.query([]).doing(DOING)?;
        while let Some(row) = rows.next().doing(DOING)? {
            if accounts.contains_key(&row.get(1).doing(DOING)?) {
                touched.insert(row.get(0).doing(DOING)?);
            }
        }
        Ok(touched)
    }

    /// What was otherwise of a row at a handoff, from its changes.
    fn otherwise(&self, cut: &Cut, table: &str, id: i64) -> Result<Map<String, Json>, StoreError> {
        match &self.journal {
            Journal::Rows => Ok(cut.then(&of_row(self.conn, table, id)?)),
            Journal::All {
                leads, accounts, ..
            } => {
                let all = if table == "lead" { leads } else { accounts };
                Ok(all.get(&id).map_or_else(Map::new, |own| cut.then(own)))
            }
        }
    }

    /// A lead as it stood at a handoff (row id, and when); `None` where nothing has changed since.
    pub(in crate::store) fn then(
        &self,
        lead: i64,
        (handoff, handed_off): (i64, i64),
    ) -> Result<Option<Raw>, StoreError> {
        let came = match &self.journal {
            Journal::Rows => arrival_of(self.conn, handoff)?,
            Journal::All { arrivals, .. } => came(arrivals, handoff),
        };
        let cut = Cut::new(handed_off, came);
        let otherwise = self.otherwise(&cut, "lead", lead)?;
        let mut row = self.row(LEAD, lead)?;
        let account = |row: &Map<String, Json>| row.get("account_id").and_then(Json::as_i64);
        let now = account(&row);
        let own = object(row.get("custom").unwrap_or(&Json::Null));
        let own = cut.own(own, otherwise.get("custom"));
        let changed = !otherwise.is_empty();
        row.extend(otherwise);
        let id = account(&row);
        let otherwise = match id {
            Some(id) => self.otherwise(&cut, "account", id)?,
            None => Map::new(),
        };
        if !changed && otherwise.is_empty() && now == id {
            return Ok(None);
        }
        let mut company = id.map(|id| self.row(ACCOUNT, id)).transpose()?;
        let mut of_account = Map::new();
        if let Some(company) = &mut company {
            let own = object(company.get("custom").unwrap_or(&Json::Null));
            of_account = cut.own(own, otherwise.get("custom"));
            company.extend(otherwise);
        }
        Ok(Some(Raw {
            lead: row,
            own,
            account: company,
            of_account,
        }))
    }

    /// A lead as it is.
    pub(in crate::store) fn now(&self, lead: i64) -> Result<Raw, StoreError> {
        let lead = self.row(LEAD, lead)?;
        let id = lead.get("account_id").and_then(Json::as_i64);
        let account = id.map(|id| self.row(ACCOUNT, id)).transpose()?;
        let own = |row: &Map<String, Json>| object(row.get("custom").unwrap_or(&Json::Null));
        Ok(Raw {
            own: own(&lead),
            of_account: account.as_ref().map(own).unwrap_or_default(),
            lead,
            account,
        })
    }

    /// A row as an object; empty where it is gone.
    fn row(&self, sql: &str, id: i64) -> Result<Map<String, Json>, StoreError> {
        let mut stmt = self.conn.prepare_cached(sql).doing(DOING)?;
        let json: Option<String> = stmt
            .query_row([id], |row| row.get(0))
            .optional()
            .doing(DOING)?;
        Ok(json
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default())
    }

    /// The name behind an id.
    fn name(&self, table: &str, id: Option<&Json>) -> Result<Option<Literal>, StoreError> {
        let Some(id) = id.and_then(Json::as_i64) else {
            return Ok(None);
        };
        let sql = format!("SELECT name FROM {table} WHERE id = ?1");
        let mut stmt = self.conn.prepare_cached(&sql).doing(DOING)?;
        let name: Option<String> = stmt
            .query_row([id], |row| row.get(0))
            .optional()
            .doing(DOING)?;
        Ok(name.and_then(|name| Literal::of(Value::Text(&name))))
    }

    /// The value of a field; touches, which lie in a table of their own, are `None`.
    pub(in crate::store) fn value(
        &self,
        field: &Field,
        raw: &Raw,
    ) -> Result<Option<Literal>, StoreError> {
        let standard = match field.origin {
            Origin::Standard(standard) => standard,
            Origin::Lead => {
                return Ok(Literal::of(of_json(field.kind, raw.own.get(&field.stored))));
            }
            Origin::Account => {
                let json = raw.of_account.get(&field.stored);
                return Ok(Literal::of(of_json(field.kind, json)));
            }
        };
        let of_lead = |column: &str| raw.lead.get(column).and_then(Json::as_str);
        let of_account = |column: &str| raw.account.as_ref()?.get(column)?.as_str();
        let text = |text: Option<&str>| text.and_then(|text| Literal::of(Value::Text(text)));
        let host = || of_lead("email")?.rsplit_once('@').map(|(_, host)| host);
        let day = |column: &str| {
            let at = raw.lead.get(column).and_then(Json::as_i64)?;
            Literal::of(Value::Day(self.calendar.day_of(Moment(at))))
        };
        Ok(match standard {
            Standard::Source => self.name("source", raw.lead.get("source_id"))?,
            Standard::Campaign => self.name("campaign", raw.lead.get("campaign_id"))?,
            Standard::Segment => self.name("segment", raw.lead.get("segment_id"))?,
            Standard::Title => text(of_lead("title")),
            Standard::Country => text(of_lead("country").or_else(|| of_account("country"))),
            Standard::Industry => text(of_account("industry")),
            Standard::Employees => {
                let company = raw.account.as_ref();
                let count = company.and_then(|own| own.get("employees")?.as_i64());
                count.and_then(|n| Literal::of(Value::Number(n as f64)))
            }
            Standard::Company => Some(Literal::YesNo(raw.account.is_some())),
            Standard::CompanyDomain => text(of_account("domain")),
            Standard::EmailDomain => text(host()),
            Standard::DisposableEmail | Standard::StudentEmail | Standard::CompetitorEmail => {
                let on = |list| host().map(|host| self.lists.covers(list, host));
                standard.list().and_then(on).map(Literal::YesNo)
            }
            Standard::HasEmail => Some(Literal::YesNo(of_lead("email").is_some())),
            Standard::HasPhone => Some(Literal::YesNo(of_lead("phone").is_some())),
            Standard::Created => day("created_at"),
            Standard::Mql => day("mql_at"),
            Standard::Touches => None,
        })
    }
}
