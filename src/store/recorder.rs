//! Writes rows and notes in the journal what each was before and is after. The only way by which rows change.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde_json::{Map, Value as Json};

use super::error::{Doing, StoreError};
use super::table::Table;
use crate::domain::clash::Sight;

/// Column and value.
pub(crate) type Cell<'a> = (&'a str, Value);

/// Who and when, as the journal keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    pub person_id: Option<i64>,
    pub os_user: String,
    pub at: i64,
}

/// One journal entry in the making, inside a transaction. Without a change it leaves no trace.
pub(crate) struct Recorder<'c> {
    pub conn: &'c Connection,
    pub signer: Signer,
    verb: &'static str,
    journal_id: Option<i64>,
    batch_id: Option<i64>,
    undoes: Option<i64>,
    /// What its author had in sight.
    pub sight: Sight,
    /// What the author should know of the change.
    pub notes: Vec<String>,
}

impl<'c> Recorder<'c> {
    pub(crate) fn new(conn: &'c Connection, signer: Signer, verb: &'static str) -> Recorder<'c> {
        Recorder {
            conn,
            signer,
            verb,
            journal_id: None,
            batch_id: None,
            undoes: None,
            sight: Sight::Unknown,
            notes: Vec::new(),
        }
    }

    /// Where the entry stands, for [`Recorder::back_to`].
    pub(crate) fn mark(&self) -> (Option<i64>, usize) {
        (self.journal_id, self.notes.len())
    }

    /// Forgets what came after the mark; the caller has rolled its rows back.
    pub(crate) fn back_to(&mut self, (journal_id, notes): (Option<i64>, usize)) {
        self.journal_id = journal_id;
        self.notes.truncate(notes);
    }

    /// Goes on with an entry that was begun before.
    pub(crate) fn resumed(conn: &'c Connection, signer: Signer, journal_id: i64) -> Recorder<'c> {
        Recorder {
            journal_id: Some(journal_id),
            ..Recorder::new(conn, signer, "")
        }
    }

    /// Ties the entry to an import.
    pub(crate) fn of_batch(mut self, batch_id: i64) -> Self {
        self.batch_id = Some(batch_id);
        self
    }

    /// Marks the entry as one that takes another back.
    pub(crate) fn undoing(mut self, journal_id: i64) -> Self {
        self.undoes = Some(journal_id);
        self
    }

    /// Says what its author had in sight.
    pub(crate) fn seeing(mut self, sight: Sight) -> Self {
        self.sight = sight;
        self
    }

    /// The entry's id, once something was changed.
    pub(crate) fn begun(&self) -> Option<i64> {
        self.journal_id
    }

    /// The entry's id; made at the first change.
    pub(crate) fn journal_id(&mut self) -> Result<i64, StoreError> {
        if let Some(id) = self.journal_id {
            return Ok(id);
        }
        let doing = "writing the journal";
        self.conn
            .prepare_cached(
                "INSERT INTO journal (at, person_id, os_user, verb, summary, batch_id, undoes)
                 VALUES (?1, ?2, ?3, ?4, '', ?5, ?6)",
            )
            .doing(doing)?
            .execute(params![
                self.signer.at,
                self.signer.person_id,
                self.signer.os_user,
                self.verb,
                self.batch_id,
                self.undoes
            ])
            .doing(doing)?;
        let id = self.conn.last_insert_rowid();
        self.journal_id = Some(id);
        Ok(id)
    }

    /// Closes the entry with what a person would call it; `None` when nothing changed.
    pub(crate) fn finish(self, summary: &str) -> Result<Option<i64>, StoreError> {
        let Some(id) = self.journal_id else {
            return Ok(None);
        };
        self.conn
            .prepare_cached("UPDATE journal SET summary = ?2 WHERE id = ?1")
            .doing("writing the journal")?
            .execute(params![id, summary])
            .doing("writing the journal")?;
        Ok(Some(id))
    }

    /// Inserts a row and gives its id. Ids are not given twice, even when their row is gone: an undo may bring it back.
    pub(crate) fn insert(&mut self, table: Table, cells: &[Cell<'_>]) -> Result<i64, StoreError> {
        let id = if cells.iter().any(|(column, _)| *column == "id") {
            insert_row(self.conn, table, cells)?
        } else {
            let mut all = vec![("id", Value::Integer(self.fresh_id(table)?))];
            all.extend_from_slice(cells);
            insert_row(self.conn, table, &all)?
        };
        let after = json(cells.iter().filter(|(_, value)| *value != Value::Null));
        self.note("insert", table, (id, id), None, Some(&after))?;
        Ok(id)
    }

    fn fresh_id(&self, table: Table) -> Result<i64, StoreError> {
        let sql = format!(
            "SELECT 1 + max(coalesce((SELECT max(id) FROM {}), 0), coalesce(
                (SELECT last_id FROM change WHERE entity = ?1 ORDER BY first_id DESC LIMIT 1), 0))",
            table.word()
        );
        self.conn
            .prepare_cached(&sql)
            .doing("adding a row")?
            .query_row([table.word()], |row| row.get(0))
            .doing("adding a row")
    }

    /// Notes that this entry was decided on the ground of a row without changing it: the row's older changes are not undone
    /// under it.
    pub(crate) fn rests_on(&mut self, table: Table, id: i64) -> Result<(), StoreError> {
        self.note("update", table, (id, id), Some("{}"), Some("{}"))
    }

    /// Changes a row where a value differs; says whether one did.
    pub(crate) fn update(
        &mut self,
        table: Table,
        id: i64,
        cells: &[Cell<'_>],
    ) -> Result<bool, StoreError> {
        let Some(old) = read(self.conn, table, id)? else {
            return Err(StoreError::refused(format!(
                "there is no {} {id} (any more)",
                table.label()
            )));
        };
        let differs: Vec<(Cell<'_>, Cell<'_>)> = cells
            .iter()
            .filter_map(|(column, new)| {
                let was = old.iter().find(|(c, _)| c == column)?;
                (was.1 != *new).then(|| ((*column, was.1.clone()), (*column, new.clone())))
            })
            .collect();
        if differs.is_empty() {
            return Ok(false);
        }
        let (before, after): (Vec<Cell<'_>>, Vec<Cell<'_>>) = differs.into_iter().unzip();
        update_row(self.conn, table, id, &after)?;
        let (before, after) = (json(&before), json(&after));
        self.note("update", table, (id, id), Some(&before), Some(&after))?;
        Ok(true)
    }

    /// Takes a row away, keeping all of it in the journal.
    pub(crate) fn delete(&mut self, table: Table, id: i64) -> Result<(), StoreError> {
        let Some(old) = read(self.conn, table, id)? else {
            return Ok(());
        };
        let sql = format!("DELETE FROM {} WHERE id = ?1", table.word());
        self.conn
            .prepare_cached(&sql)
            .doing("removing a row")?
            .execute([id])
            .doing("removing a row")?;
        let kept: Vec<(&str, Value)> = old
            .iter()
            .filter(|(_, value)| *value != Value::Null)
            .map(|(column, value)| (column.as_str(), value.clone()))
            .collect();
        let before = json(&kept);
        self.note("delete", table, (id, id), Some(&before), None)
    }

    /// Notes a run of rows that an import has put in or its undo has taken away.
    pub(crate) fn run(
        &mut self,
        op: &'static str,
        table: Table,
        ids: (i64, i64),
    ) -> Result<(), StoreError> {
        self.note(op, table, ids, None, None)
    }

    /// Notes a change that has been written already.
    pub(crate) fn note(
        &mut self,
        op: &'static str,
        table: Table,
        (first, last): (i64, i64),
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), StoreError> {
        let journal_id = self.journal_id()?;
        self.conn
            .prepare_cached(
                "INSERT INTO change (journal_id, op, entity, first_id, last_id, before, after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )
            .doing("writing the journal")?
            .execute(params![
                journal_id,
                op,
                table.word(),
                first,
                last,
                before,
                after
            ])
            .doing("writing the journal")?;
        Ok(())
    }
}

/// All columns of a row, `id` included; `None` where there is no such row.
pub(crate) fn read(
    conn: &Connection,
    table: Table,
    id: i64,
) -> Result<Option<Vec<(String, Value)>>, StoreError> {
    let sql = format!("SELECT * FROM {} WHERE id = ?1", table.word());
    let mut stmt = conn.prepare_cached(&sql).doing("reading a row")?;
    let names: Vec<String> = stmt.column_names().map(str::to_owned).collect();
    stmt.query_row([id], |row| {
        names
            .iter()
            .enumerate()
            .map(|(i, name)| Ok((name.clone(), row.get::<_, Value>(i)?)))
            .collect()
    })
    .optional()
    .doing("reading a row")
}

/// Inserts without a note. Columns come from the code or from the journal's own keys, checked against the schema by SQLite.
pub(crate) fn insert_row(
    conn: &Connection,
    table: Table,
    cells: &[Cell<'_>],
) -> Result<i64, StoreError> {
    let columns: Vec<String> = cells.iter().map(|(column, _)| quoted(column)).collect();
    let marks: Vec<String> = (1..=cells.len()).map(|n| format!("?{n}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.word(),
        columns.join(", "),
        marks.join(", ")
    );
    conn.prepare_cached(&sql)
        .doing("adding a row")?
        .execute(params_from_iter(cells.iter().map(|(_, value)| value)))
        .doing("adding a row")?;
    Ok(conn.last_insert_rowid())
}

/// Updates without a note.
pub(crate) fn update_row(
    conn: &Connection,
    table: Table,
    id: i64,
    cells: &[Cell<'_>],
) -> Result<(), StoreError> {
    let sets: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(n, (column, _))| format!("{} = ?{}", quoted(column), n + 2))
        .collect();
    let sql = format!(
        "UPDATE {} SET {} WHERE id = ?1",
        table.word(),
        sets.join(", ")
    );
    let values = std::iter::once(Value::Integer(id)).chain(cells.iter().map(|(_, v)| v.clone()));
    conn.prepare_cached(&sql)
        .doing("changing a row")?
        .execute(params_from_iter(values))
        .doing("changing a row")?;
    Ok(())
}

fn quoted(column: &str) -> String {
    format!("\"{}\"", column.replace('"', "\"\""))
}

/// Cells as a JSON object, in the order of the columns.
pub(crate) fn json<'a>(cells: impl IntoIterator<Item = &'a Cell<'a>>) -> String {
    let map: Map<String, Json> = cells
        .into_iter()
        .map(|(column, value)| ((*column).to_owned(), to_json(value)))
        .collect();
    Json::Object(map).to_string()
}

/// The cells of a JSON object that the journal holds.
pub(crate) fn cells(text: &str) -> Result<Vec<(String, Value)>, StoreError> {
    let map: Map<String, Json> = serde_json::from_str(text)
        .map_err(|_| StoreError::Damaged("a journal entry cannot be read".into()))?;
    Ok(map
        .into_iter()
        .map(|(column, value)| (column, from_json(&value)))
        .collect())
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null | Value::Blob(_) => Json::Null,
        Value::Integer(n) => Json::from(*n),
        Value::Real(x) => Json::from(*x),
        Value::Text(text) => Json::from(text.as_str()),
    }
}

fn from_json(value: &Json) -> Value {
    match value {
        Json::Number(n) => n.as_i64().map_or_else(
            || n.as_f64().map_or(Value::Null, Value::Real),
            Value::Integer,
        ),
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(yes) => Value::Integer(i64::from(*yes)),
        _ => Value::Null,
    }
}

/// Text where there is some.
pub(crate) fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Null, |t| Value::Text(t.to_owned()))
}

/// What SQLite gave, as text, for messages.
pub(crate) fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => x.to_string(),
        ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
        ValueRef::Blob(b) => format!("{} bytes", b.len()),
    }
}
