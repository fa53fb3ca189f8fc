//! `smarketing doctor`: what the store found out about the file, in words; on request it has the store mend what can be.

use super::args::DoctorArgs;
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::store::doctor::{Health, Weight};

/// Examines the workspace; a broken rule is exit status 1.
pub(super) fn run(session: &Session, args: &DoctorArgs) -> Result<(), Failure> {
    if args.repair {
        return repair(session);
    }
    let health = session.examine()?.doctor()?;
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
    tell(&health)
}

/// Mends what can be made anew, and says what was and what was not.
fn repair(session: &Session) -> Result<(), Failure> {
    let mut store = session.operate()?;
    let done = store.repair()?;
    store.close();
    out::say(&format!(
        "the file as it was lies in {}",
        done.copy.display()
    ));
    for what in &done.mended {
        out::say(&format!("mended: {what}"));
    }
    tell(&done.health)
}

fn tell(health: &Health) -> Result<(), Failure> {
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
