//! `smarketing import`: exports into the workspace, a rehearsal of it, or taking one back. Interprets no cell itself.

pub(super) mod args;
mod bar;
mod outcome;
mod scratch;
mod show;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use self::args::{DateOrder, DecimalSign, ImportArgs};
use super::failure::Failure;
use super::files::Folders;
use super::out;
use super::session::{self, Session};
use crate::domain::book::Book;
use crate::domain::import::Refusal;
use crate::store::Store;
use crate::store::import::{self, Import, ImportPlan, ImportReport, Rehearsal, Strictness};
use crate::transfer::import::{ImportError, Options, Plan, Stream, Summary};
use crate::transfer::map::{Catalog, Kind};
use crate::transfer::read::ReadOptions;
use crate::transfer::refused;
use crate::transfer::values::{Decimals, Order};
use bar::Bar;
use outcome::{Outcomes, Told};
use scratch::Scratch;

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Unrecognised { .. }
            | ImportError::AmbiguousDates { .. }
            | ImportError::AmbiguousAmounts { .. } => Failure::WrongUse(error.to_string()),
            error => Failure::Failed(error.into()),
        }
    }
}

/// Imports the files one after another, each as a batch of its own.
pub(super) fn run(session: &Session, args: &ImportArgs) -> Result<(), Failure> {
    if let Some(batch) = args.undo {
        return show::undo(session, batch);
    }
    let mut catalog = catalog()?;
    if args.batches {
        return show::batches(session);
    }
    if args.presets {
        return show::presets(session, &catalog);
    }
    if let Some(name) = &args.show_map {
        return show::map(&catalog, name);
    }
    let mut outcomes = Outcomes::new(session)?;
    let map = match &args.map {
        Some(file) => Some(catalog.add_file(file).map_err(ImportError::from)?),
        None => args.preset.clone(),
    };
    let cancel = cancelled_by_ctrl_c()?;
    let scratch = if args.dry_run && args.files.len() > 1 {
        Some(Scratch::of(session)?)
    } else {
        None
    };
    let mut store = match &scratch {
        Some(scratch) => scratch.open()?,
        None => session.write()?,
    };
    let run = Run {
        session,
        args,
        catalog: &catalog,
        rehearsal: if args.dry_run && scratch.is_none() {
            Rehearsal::Yes
        } else {
            Rehearsal::No
        },
        cancel: &cancel,
    };
    let book = store.book()?;
    let mut refused = false;
    for (done, file) in args.files.iter().enumerate() {
        let options = options(args, &book, map.clone());
        match one(&run, &mut store, file, options, &mut outcomes) {
            Ok(Outcome::Whole) => {}
            Ok(Outcome::SomeRefused) => refused = true,
            Err(failure) => {
                if done > 0 && !args.dry_run {
                    out::say(&format!(
                        "{done} of {} files are in; this one is not",
                        args.files.len()
                    ));
                }
                if outcomes.hold_any() {
                    outcomes.print()?;
                }
                return Err(failure);
            }
        }
    }
    // What an import into an empty file does not keep by itself is kept here.
    if !args.dry_run {
        let _ = store.keep_columns();
    }
    store.close();
    outcomes.print()?;
    if refused {
        return Err(Failure::SomeRefused);
    }
    Ok(())
}

enum Outcome {
    Whole,
    SomeRefused,
}

/// What holds for every file of one call.
struct Run<'a> {
    session: &'a Session,
    args: &'a ImportArgs,
    catalog: &'a Catalog,
    rehearsal: Rehearsal,
    cancel: &'a Arc<AtomicBool>,
}

fn one(
    run: &Run<'_>,
    store: &mut Store,
    file: &Path,
    options: Options,
    outcomes: &mut Outcomes,
) -> Result<Outcome, Failure> {
    let Run {
        session,
        args,
        catalog,
        rehearsal,
        cancel,
    } = *run;
    let mut plan = Plan::detect(file, catalog, options)?;
    let reasons = store.book()?.reasons;
    plan.know(reasons.into_iter().map(|known| (known.code, known.label)));
    let way = if args.dry_run && !outcomes.are_wanted() {
        out::Way::Data
    } else {
        out::Way::Message
    };
    way.tell(&format!("{}\n", plan.describe().trim_end()))?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
    let author = session.author(store);
    let import = Import::begin(
        store,
        &author,
        ImportPlan {
            file: name,
            map: Some(plan.map_name().to_owned()),
            fields: plan.custom_fields(),
            stages: plan.stages().to_vec(),
            reasons: plan.own_reasons(),
            rehearsal,
            strictness: if args.strict {
                Strictness::Strict
            } else {
                Strictness::Lenient
            },
        },
    )?;
    let stream = plan.start(cancel.clone())?;
    let (mut report, refusals, summary) = pour(import, stream, kind_of_store(plan.kind()), cancel)?;
    if args.dry_run {
        report.batch = None;
    }
    way.tell(&show::report(&report, &refusals, &summary))?;
    way.tell(&show::unqualified(&report, plan.map_name()))?;
    let mendable = !refusals.is_empty() && !args.dry_run && !report.taken_back;
    let rest = if mendable {
        Some(refused::write(&plan, &refusals)?)
    } else {
        None
    };
    outcomes.take(
        &Told {
            plan: &plan,
            report: &report,
            refusals: &refusals,
            summary: &summary,
            rest: rest.as_deref(),
        },
        args,
    );
    let Some(rest) = rest else {
        return match (refusals.is_empty(), args.dry_run) {
            (true, _) => Ok(Outcome::Whole),
            (false, true) => Ok(Outcome::SomeRefused),
            // The other rows are not in either: a file of the refused ones alone would lose them.
            (false, false) => Err(Failure::new(format!(
                "{}: {} refused and --strict takes all or nothing; nothing was imported. Mend them in the file itself and import it again",
                file.display(),
                show::rows(refusals.len() as u64)
            ))),
        };
    };
    // A map that lies in no folder of maps is not found by its name.
    let with = args
        .map
        .as_ref()
        .map(|map| format!(" with --map {}", map.display()));
    out::say(&format!(
        "the refused rows lie in {}: mend them there and import that file{}",
        rest.display(),
        with.unwrap_or_default()
    ));
    Ok(Outcome::SomeRefused)
}

/// Moves chunk after chunk from the file into the store; everything is rolled back when it ends early.
fn pour(
    mut import: Import<'_>,
    mut stream: Stream,
    kind: import::Kind,
    cancel: &Arc<AtomicBool>,
) -> Result<(ImportReport, Vec<Refusal>, Summary), Failure> {
    let mut bar = Bar::new(stream.progress());
    let mut refusals = Vec::new();
    let stopped = || Failure::from(ImportError::Cancelled);
    let poured = (|| {
        while let Some(chunk) = stream.next() {
            let chunk = chunk?;
            bar.read(chunk.read);
            import.refused_by_reader(kind, chunk.refused.len() as u64);
            refusals.extend(chunk.refused);
            import.push(&chunk.rows)?;
            stream.give_back(chunk.rows);
            refusals.extend(import.drain_refusals());
            if cancel.load(Ordering::Relaxed) {
                return Err(stopped());
            }
        }
        Ok(())
    })();
    if let Err(failure) = poured {
        bar.done();
        import.cancel()?;
        return Err(failure);
    }
    bar.writing();
    let finished = import.finish();
    bar.done();
    let mut report = finished?;
    refusals.append(&mut report.refusals);
    refusals.sort_by_key(|refusal| refusal.line);
    Ok((report, refusals, stream.finish()))
}

fn kind_of_store(kind: Kind) -> import::Kind {
    match kind {
        Kind::Leads => import::Kind::Lead,
        Kind::Opportunities => import::Kind::Opportunity,
        Kind::Accounts => import::Kind::Account,
        Kind::People => import::Kind::Person,
        Kind::Spend => import::Kind::Spend,
        Kind::Touches => import::Kind::Touch,
        Kind::Attempts => import::Kind::Attempt,
    }
}

fn options(args: &ImportArgs, book: &Book, map: Option<String>) -> Options {
    Options {
        read: ReadOptions {
            sheet: args.sheet.clone(),
            encoding: args.encoding.clone(),
            ..ReadOptions::default()
        },
        kind: args.kind,
        map,
        date_order: args.date_order.map(|order| match order {
            DateOrder::Day => Order::DayFirst,
            DateOrder::Month => Order::MonthFirst,
        }),
        decimals: args.decimals.map(|sign| match sign {
            DecimalSign::Point => Decimals::Point,
            DecimalSign::Comma => Decimals::Comma,
        }),
        now: Some(session::now()),
        keep_columns: args.keep_columns,
        ..Options::new(book.calendar.clone(), book.workspace.currency)
    }
}

/// The shipped maps, and the user's own over them.
fn catalog() -> Result<Catalog, Failure> {
    let catalog = match Folders::find() {
        Ok(folders) => Catalog::with_folder(&folders.maps()),
        Err(_) => Ok(Catalog::shipped()),
    };
    Ok(catalog.map_err(ImportError::from)?)
}

/// Ctrl-C stops the import at the next chunk; a second one ends the program at once.
fn cancelled_by_ctrl_c() -> Result<Arc<AtomicBool>, Failure> {
    let cancel = Arc::new(AtomicBool::new(false));
    let failed = |error| Failure::new(format!("Ctrl-C cannot be watched: {error}"));
    for signal in [
        signal_hook::consts::SIGINT,
        signal_hook::consts::SIGTERM,
        signal_hook::consts::SIGHUP,
    ] {
        signal_hook::flag::register_conditional_shutdown(signal, 1, cancel.clone())
            .map_err(failed)?;
        signal_hook::flag::register(signal, cancel.clone()).map_err(failed)?;
    }
    Ok(cancel)
}
