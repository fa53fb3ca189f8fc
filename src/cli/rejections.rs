//! `smarketing rejections` and `smarketing second-look`: the room's list of rejections as text. Changes nothing, computes nothing.

pub(super) mod args;
mod list;
mod propose;
mod sheet;
mod views;

use super::failure::Failure;
use super::out;
use super::score::{self, stamped};
use super::session::Session;
use crate::backtest::Stamped;
use crate::domain::book::Book;
use crate::domain::moment::Day;
use crate::domain::period::{Period, Span};
use crate::domain::verdict::Verdict;
use crate::facts::Facts;
use crate::facts::domains::Domains;
use crate::facts::proofs::Proofs;
use crate::metrics::review::{Asked, Flags, Known, Review, Seed, sides, since};
use crate::metrics::{Population, Scope};
use crate::store::Store;

use args::{RejectionsArgs, SecondLookArgs, View, Which};

/// The rejections that the options name.
struct Desk {
    store: Store,
    book: Book,
    facts: Facts,
    scope: Scope,
    review: Review,
    domains: Domains,
    proofs: Proofs,
    stamped: Option<Stamped>,
    flags: Option<Flags>,
}

/// Whether a handoff met the criteria it was stamped with.
type Met<'a> = dyn Fn(u32) -> Option<bool> + Sync + 'a;

/// Whether flags are asked for: they need every lead's e-mail domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Flags,
    Counts,
}

impl Desk {
    fn new(session: &Session, which: &Which, wants: Wants) -> Result<Desk, Failure> {
        let store = session.read()?;
        let book = store.book()?;
        let as_of = session.as_of(&book)?;
        let today = book.calendar.day_of(as_of);
        let period = match &which.period {
            Some(text) => Period::parse(text, today, &book.calendar)?,
            None => Period::around(today, Span::Quarter, &book.calendar),
        };
        let facts = store.load_facts(&mut |_| {})?;
        let mut scope = Scope::new(&facts, &book, period, as_of);
        if let Some(text) = &which.since {
            let day = Day::parse(text).ok_or_else(|| {
                Failure::WrongUse(format!(
                    "--since {text}: a date is expected, such as 2025-09-30"
                ))
            })?;
            scope = since(&book, &scope, book.calendar.start_of(day));
        }
        if which.all_handoffs {
            scope = scope.with_population(Population::All);
        }
        if !which.filters.is_empty() {
            let filter = score::filter(&facts, &which.filters)?;
            scope = scope.with_filter(&facts, filter);
        }
        let mut desk = Desk {
            review: Review::new(&facts, &book, &scope),
            domains: Domains::default(),
            proofs: Proofs::default(),
            stamped: None,
            flags: None,
            store,
            book,
            facts,
            scope,
        };
        if wants == Wants::Flags || which.flag.is_some() {
            desk.domains = desk.store.load_domains()?;
            desk.proofs = desk.store.load_proofs()?;
            desk.stamped = Some(stamped(&desk.store, &desk.facts, &desk.book)?);
            let flags = {
                let met = desk.met();
                Flags::new(&desk.facts, &desk.book, &desk.scope, desk.known(&met))
            };
            desk.flags = Some(flags);
        }
        if let Some((flag, flags)) = which.flag.zip(desk.flags.as_ref()) {
            desk.review = desk.review.among(flags.bits(flag));
        }
        if let Some(proof) = which.only {
            desk.review = desk.review.proven_by(&desk.facts, proof);
        }
        Ok(desk)
    }

    fn known<'a>(&'a self, met: &'a Met<'a>) -> Known<'a> {
        Known {
            domains: Some(&self.domains),
            proofs: Some(&self.proofs),
            lists: &self.book.lists,
            met,
        }
    }

    /// The day of the newest rejection that is looked at, whatever the period.
    fn newest(&self) -> Option<Day> {
        let handoffs = &self.facts.handoffs;
        (0..handoffs.len())
            .filter(|row| handoffs.verdict(*row) == Some(Verdict::Rejected))
            .map(|row| handoffs.verdict_at.get(row))
            .filter(|at| *at <= self.scope.as_of)
            .max()
            .map(|at| self.book.calendar.day_of(at))
    }

    /// Whether a handoff met the version it was stamped with.
    fn met(&self) -> impl Fn(u32) -> Option<bool> + Sync + '_ {
        let stamped = self.stamped.as_ref();
        move |handoff| stamped?.met(handoff)
    }
}

pub(super) fn run(session: &Session, args: &RejectionsArgs) -> Result<(), Failure> {
    if args.view != View::Propose
        && (args.reason.is_some() || args.source.is_some() || args.take.is_some())
    {
        return Err(Failure::WrongUse(
            "--reason, --source and --take go with `rejections propose`; --filter source=NAME narrows the others".into(),
        ));
    }
    let wants = match args.view {
        View::List | View::Flags | View::Sides => Wants::Flags,
        View::Matrix | View::Worklist | View::Trend | View::Propose => Wants::Counts,
    };
    let desk = Desk::new(session, &args.which, wants)?;
    if desk.review.is_empty() {
        let narrowed = args.which.only.is_some() || args.which.flag.is_some();
        let of = if narrowed {
            " with that proof and flag"
        } else if desk.scope.filter.is_empty() {
            ""
        } else {
            " for this filter"
        };
        out::say(&format!("no rejection in {}{of}", desk.scope.period.label));
        if let Some(day) = desk.newest().filter(|_| !narrowed) {
            let calendar = &desk.book.calendar;
            let period = Period::around(day, Span::Quarter, calendar).label;
            out::say(&format!(
                "the newest one is of {day}: --period {period} shows its quarter, --period all everything"
            ));
        }
    }
    if args.view == View::Propose {
        return propose::run(session, &desk, args);
    }
    let form = session.format();
    let (sheet, more) = match args.view {
        View::Matrix => (views::matrix(&desk, args, form), None),
        View::Worklist => views::worklist(&desk, args),
        View::Trend | View::Propose => (views::trend(&desk), None),
        View::Flags => (views::flags(&desk), None),
        View::Sides => {
            let Some(flags) = &desk.flags else {
                return Ok(());
            };
            let met = desk.met();
            let asked = Asked {
                facts: &desk.facts,
                book: &desk.book,
                scope: &desk.scope,
                review: &desk.review,
                flags,
                known: desk.known(&met),
            };
            (views::sides(&sides(asked)), None)
        }
        View::List => {
            let all = desk.review.rows(&desk.facts);
            let limit = if args.limit == 0 {
                all.len()
            } else {
                args.limit
            };
            let shown: Vec<u32> = all.iter().rev().take(limit).copied().collect();
            let more = (shown.len() < all.len()).then_some((shown.len(), all.len()));
            (list::sheet(&desk, &shown)?, more)
        }
    };
    sheet.print(form)?;
    if let Some((shown, all)) = more {
        out::say(&format!("{shown} of {all}; --limit 0 prints all"));
    }
    Ok(())
}

pub(super) fn second_look(session: &Session, args: &SecondLookArgs) -> Result<(), Failure> {
    let desk = Desk::new(session, &args.which, Wants::Flags)?;
    let size = args.size.unwrap_or(desk.book.settings.second_look as usize);
    let words = args.seed.as_deref().unwrap_or(&desk.scope.period.label);
    let drawn = desk.review.second_look(&desk.facts, Seed::of(words), size);
    out::say(&format!(
        "{} of {} rejections, drawn by '{words}': the same words draw the same ones",
        drawn.len(),
        desk.review.count()
    ));
    list::sheet(&desk, &drawn)?.print(session.format())
}
