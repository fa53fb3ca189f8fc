//! `smarketing doctor`: what the store found out about the file, in words. Mends nothing.

use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::store::doctor::Weight;

/// Examines the workspace; a broken rule is exit status 1.
pub(super) fn run(session: &Session) -> Result<(), Failure> {
    let store = session.read()?;
    let health = store.doctor()?;
    let mut rows = vec![["what", "rows"].map(String::from).to_vec()];
    for (table, count) in &health.counts {
        rows.push(vec![(*table).to_owned(), count.to_string()]);
    }
    tables::print(session.format(), &rows)?;
    let size = health.bytes.div_ceil(1024);
    out::say(&format!(
        "{}: format {}, {size} KiB",
        session.file()?.display(),
        health.format
    ));
    for finding in &health.findings {
        let mark = match finding.weight {
            Weight::Note => "note",
            Weight::Fault => "FAULT",
        };
        out::say(&format!(
            "{mark}: {}\n  to do: {}",
            finding.what, finding.cure
        ));
    }
    if health.is_well() {
        out::say("nothing is broken");
        return Ok(());
    }
    Err(Failure::new("the workspace has faults; see above"))
}
