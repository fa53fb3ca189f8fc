//! Who signs a change, and whether they may make it: the policy table's questions, asked of the file's people. Writes nothing.

use rusqlite::{OptionalExtension, Transaction};

use super::super::error::{Doing, StoreError};
use super::super::recorder::Signer;
use crate::domain::command::Author;
use crate::domain::policy::{self, Deed, Side};
use crate::text::clean;

/// Who signs: the person behind the handle, after the policy table has been asked.
pub(crate) fn signer(
    tx: &Transaction<'_>,
    author: &Author,
    deed: Option<Deed>,
) -> Result<Signer, StoreError> {
    let mut person_id = None;
    if let Some(handle) = &author.handle {
        let person: Option<(i64, String)> = tx
            .query_row(
                "SELECT id, side FROM person WHERE handle = ?1 AND active = 1",
                [handle],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing("looking up the person")?;
        let Some((id, side)) = person else {
            return Err(StoreError::refused(format!(
                "there is nobody '{handle}' in this workspace; `smarketing people` lists them"
            )));
        };
        if let (Some(deed), Some(side)) = (deed, Side::parse(&side)) {
            policy::check(side, deed)?;
        }
        person_id = Some(id);
    } else if let Some(deed) = deed.filter(|deed| policy::needs_name(*deed)) {
        policy::check_unsigned(deed, &people(tx)?)?;
    }
    Ok(Signer {
        person_id,
        os_user: author.os_user.clone(),
        at: author.at.0,
    })
}

/// The people of the workspace with their sides, as messages show them.
fn people(tx: &Transaction<'_>) -> Result<Vec<(String, Side)>, StoreError> {
    let doing = "looking up the people";
    tx.prepare_cached("SELECT handle, side FROM person WHERE active = 1 ORDER BY handle")
        .doing(doing)?
        .query_map([], |row| {
            let handle: String = row.get(0)?;
            let side = Side::parse(&row.get::<_, String>(1)?).unwrap_or(Side::Executive);
            Ok((clean(&handle).into_owned(), side))
        })
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)
}
