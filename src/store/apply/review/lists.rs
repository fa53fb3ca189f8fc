//! Lists of domains: what is put on them and taken off. Judges no lead.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use super::super::super::error::{Doing, StoreError};
use super::super::super::recorder::Recorder;
use super::super::super::table::Table;
use crate::domain::refused::Refused;
use crate::domain::review::lists::{DomainList, STOCK, normal};

fn entry(to: &Recorder<'_>, list: DomainList, domain: &str) -> Result<Option<i64>, StoreError> {
    let doing = "looking up the domain";
    to.conn
        .prepare_cached("SELECT id FROM domain_list WHERE list = ?1 AND domain = ?2")
        .doing(doing)?
        .query_row(params![list.word(), domain], |row| row.get(0))
        .optional()
        .doing(doing)
}

fn add(to: &mut Recorder<'_>, list: DomainList, domain: &str) -> Result<bool, StoreError> {
    if entry(to, list, domain)?.is_some() {
        return Ok(false);
    }
    to.insert(
        Table::DomainList,
        &[
            ("list", Value::Text(list.word().into())),
            ("domain", Value::Text(domain.into())),
        ],
    )?;
    Ok(true)
}

/// Puts what a new workspace starts with on the lists; says how many were missing.
pub(in crate::store::apply) fn stock(to: &mut Recorder<'_>) -> Result<usize, StoreError> {
    let mut added = 0;
    for (list, domains) in STOCK {
        for domain in *domains {
            added += usize::from(add(to, *list, domain)?);
        }
    }
    Ok(added)
}

fn named(domains: &[String]) -> String {
    match domains {
        [only] => only.clone(),
        many => format!("{} domains", many.len()),
    }
}

fn all(given: &[String]) -> Result<Vec<String>, StoreError> {
    let domains: Result<Vec<String>, Refused> = given.iter().map(|text| normal(text)).collect();
    let domains = domains?;
    if domains.is_empty() {
        let why = "no domain was named; name at least one".to_owned();
        return Err(Refused::Catalogue(why).into());
    }
    Ok(domains)
}

pub(super) fn put(
    to: &mut Recorder<'_>,
    list: DomainList,
    given: &[String],
) -> Result<String, StoreError> {
    let domains = all(given)?;
    for domain in &domains {
        add(to, list, domain)?;
    }
    Ok(format!("list {} as {}", named(&domains), list.label()))
}

pub(super) fn take(
    to: &mut Recorder<'_>,
    list: DomainList,
    given: &[String],
) -> Result<String, StoreError> {
    let domains = all(given)?;
    for domain in &domains {
        let Some(id) = entry(to, list, domain)? else {
            let why = format!("{domain} is not on the {} list", list.label());
            return Err(Refused::Catalogue(why).into());
        };
        to.delete(Table::DomainList, id)?;
    }
    Ok(format!(
        "take {} off the {} list",
        named(&domains),
        list.label()
    ))
}
