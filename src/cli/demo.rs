//! `smarketing demo`: writes the built-in story into a file of its own and opens it. Never touches another workspace.

use std::fs;
use std::path::Path;

use super::failure::Failure;
use super::files::{self, Folders};
use super::open;
use super::score::{self, Asks};
use super::session::{Session, os_user};
use crate::demo::{self, Demo};
use crate::domain::command::{Author, Command};
use crate::domain::meeting::{MeetingChange, Solution};
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::domain::workspace::Workspace;
use crate::metrics::{Metric, Scope, meeting};
use crate::store::import::{Import, ImportPlan};
use crate::store::{Access, Store};

/// Opens the demo: a file that is as it was made is used again, one that somebody played with is made anew.
pub(super) fn run(mut session: Session) -> Result<(), Failure> {
    let file = match &session.global.db {
        Some(file) => file.clone(),
        None => Folders::find()?.demo(),
    };
    files::make_folder_of(&file)?;
    let lock = lock(&file)?;
    if session.global.db.is_some() {
        if fs::symlink_metadata(&file).is_ok() {
            return Err(Failure::new(format!(
                "{} is there already and was left as it was; the demo makes a new file, give it a name that is free",
                file.display()
            )));
        }
        make(&file)?;
    } else if !is_untouched(&file) {
        make(&file)?;
    }
    drop(lock);
    session.global.db = Some(file);
    open::run(&session)
}

/// Only one process at a time makes the file; the others find it made. The folder is locked: nothing is left beside the file.
fn lock(file: &Path) -> Result<fs::File, Failure> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty());
    let path = folder.unwrap_or(Path::new("."));
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("{} cannot be locked: {error}", path.display()))
    };
    let lock = fs::File::open(path).map_err(|error| failed(&error))?;
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive)
        .map_err(|error| failed(&error))?;
    Ok(lock)
}

/// Whether the file is the demo, and its last change is the last one that making it makes.
fn is_untouched(file: &Path) -> bool {
    let last_of = |store: &Store| {
        let book = store.book().ok()?;
        let entry = store.journal(None, 1).ok()?.into_iter().next()?;
        Some((book.workspace.as_of?, entry.verb, entry.at))
    };
    Store::open(file, Access::ReadOnly)
        .ok()
        .and_then(|store| last_of(&store))
        .is_some_and(|(as_of, verb, at)| {
            as_of == demo::AS_OF && verb == "reshape" && at == demo::AS_OF
        })
}

fn make(file: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(&name);
    }
    let mut store = Store::create(file)?;
    fill(&mut store, &demo::generate())?;
    store.close();
    Ok(())
}

/// The command with the figures as the room saw them then: the demo itself knows none.
fn seen(store: &Store, command: &Command, at: Moment) -> Result<Command, Failure> {
    let Command::Meeting(change) = command else {
        return Ok(command.clone());
    };
    let mut change = change.clone();
    let (frozen, moves) = match &mut change {
        MeetingChange::Start { snapshot, .. } | MeetingChange::Close { snapshot, .. } => {
            (Some(snapshot), None)
        }
        MeetingChange::Decide(decision) | MeetingChange::Solve(_, Solution::Decision(decision)) => {
            (None, decision.moves.as_mut())
        }
        _ => (None, None),
    };
    if frozen.is_some() || moves.is_some() {
        let (book, facts) = score::history(store, Asks::Stamps)?;
        let period = Period::around(book.calendar.day_of(at), Span::Quarter, &book.calendar);
        let scope = Scope::new(&facts, &book, period, at);
        if let Some(snapshot) = frozen {
            *snapshot = meeting::freeze(&facts, &book, &scope).map_err(anyhow::Error::from)?;
        }
        if let Some(was) = moves
            && let Some(metric) = Metric::parse(&was.metric)
        {
            *was = meeting::measure(metric, &facts, &book, &scope).map_err(anyhow::Error::from)?;
        }
    }
    Ok(Command::Meeting(change))
}

/// Writes a demo into an empty store, as its people would have.
pub fn fill(store: &mut Store, demo: &Demo) -> Result<(), Failure> {
    let author = |handle: Option<&str>, at: Moment| Author {
        handle: handle.map(str::to_owned),
        os_user: os_user(),
        at,
    };
    let begun = demo.steps.first().map_or(demo::AS_OF, |step| step.at);
    // Its people live through it day by day; the moment at which it is looked at is fixed in the end.
    let alive = Workspace {
        as_of: None,
        ..demo.workspace.clone()
    };
    store.apply(&Command::Init(alive), &author(None, begun))?;
    for step in &demo.steps {
        store.apply(&step.command, &author(step.by, step.at))?;
    }
    for export in &demo.exports {
        let plan = ImportPlan {
            file: Some(export.file.into()),
            map: Some("demo".into()),
            fields: demo.fields.clone(),
            reasons: Vec::new(),
            ..ImportPlan::default()
        };
        let mut import = Import::begin(store, &author(Some("ines"), export.at), plan)?;
        import.push(&export.rows)?;
        let report = import.finish()?;
        if let Some(refusal) = report.refusals.first() {
            return Err(Failure::new(format!(
                "the demo could not be written: {}, row {}: {}",
                export.file, refusal.line, refusal.why
            )));
        }
        for step in &export.then {
            let command = seen(store, &step.command, step.at)?;
            store.apply(&command, &author(step.by, step.at))?;
        }
    }
    let fixed = Command::Reshape(demo.workspace.clone());
    store.apply(&fixed, &author(None, demo::AS_OF))?;
    Ok(())
}
