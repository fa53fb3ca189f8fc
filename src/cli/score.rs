//! `smarketing score`: the numbers of the scoreboard as text, JSON, CSV or Markdown. Computes none itself.

use super::args::{Breakdown, CountMode, Format, ScoreArgs};
use super::failure::Failure;
use super::session::Session;
use super::{criteria, out};
use crate::backtest::{Columns, Stamped};
use crate::domain::book::Book;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::dictionary::Dictionary;
use crate::facts::filter::{Dimension, Filter};
use crate::facts::handoffs::Says;
use crate::facts::stamps::Stamps;
use crate::metrics::{self, Board, Mode, Population, Scope};
use crate::report::{self, Score};
use crate::store::Store;

/// Everything that a number is computed from.
pub(super) struct Desk {
    /// The workspace, open to read.
    pub store: Store,
    /// Names and settings.
    pub book: Book,
    /// The history.
    pub facts: Facts,
    /// Period, as-of, mode, filter.
    pub scope: Scope,
}

/// Whether a number asks what the stamps of the handoffs say: their fields are read for nobody else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// It does.
    Stamps,
    /// It does not.
    NoStamps,
}

/// Opens the workspace and sets the scope that the options name.
pub(super) fn desk(session: &Session, args: &ScoreArgs, asks: Asks) -> Result<Desk, Failure> {
    let store = session.read()?;
    let (book, facts) = history(&store, asks)?;
    let as_of = session.as_of(&book)?;
    let today = book.calendar.day_of(as_of);
    let period = match &args.period {
        Some(text) => Period::parse(text, today, &book.calendar)?,
        None => Period::around(today, Span::Quarter, &book.calendar),
    };
    let mut scope = Scope::new(&facts, &book, period, as_of);
    if args.mode == Some(CountMode::Cohort) {
        scope = scope.with_mode(Mode::Cohort);
    }
    if args.all_handoffs {
        scope = scope.with_population(Population::All);
    }
    if !args.filters.is_empty() {
        let filter = filter(&facts, &args.filters)?;
        scope = scope.with_filter(&facts, filter);
    }
    Ok(Desk {
        store,
        book,
        facts,
        scope,
    })
}

/// Names and settings, and the history, judged by the stamps of its handoffs where a number asks them.
pub(super) fn history(store: &Store, asks: Asks) -> Result<(Book, Facts), Failure> {
    let book = store.book()?;
    let mut facts = store.load_facts(&mut |_| {})?;
    if asks == Asks::Stamps {
        let mut versions = book.criteria.0.iter();
        let answers = if versions.any(|version| version.in_force_at.is_some()) {
            stamped(store, &facts, &book)?.answers()
        } else {
            Vec::new()
        };
        facts.handoffs.stamps = Says::Judged(answers);
    }
    Ok((book, facts))
}

/// What the version in force at each handoff says of it.
pub(super) fn stamped(store: &Store, facts: &Facts, book: &Book) -> Result<Stamped, Failure> {
    let (versions, fields) = (store.criteria()?, store.criteria_fields()?);
    let mut columns = Columns::new(facts, &fields, &book.calendar);
    if versions.0.iter().all(|v| v.in_force_at.is_none()) {
        return Ok(Stamped::new(&columns, &versions, &Stamps::default()));
    }
    let stamps = store.load_stamps(facts)?;
    let used = stamps.versions();
    let in_use = versions.0.iter().filter(|v| used.contains(&v.id));
    let missing = columns.missing(&fields, &in_use.map(|v| &v.definition));
    for (key, column) in store.load_fields(facts, &missing)? {
        columns.put(&key, column);
    }
    Ok(Stamped::new(&columns, &versions, &stamps))
}

/// Prints the scoreboard.
pub(super) fn run(session: &Session, args: &ScoreArgs) -> Result<(), Failure> {
    let desk = desk(session, args, Asks::Stamps)?;
    let told = match session.format() {
        Format::Json | Format::Csv => Vec::new(),
        Format::Table | Format::Html | Format::Markdown => criteria::told(&desk)?,
    };
    let Desk {
        book, facts, scope, ..
    } = desk;
    let board = Board::compute(&facts, &book, &scope);
    let by = args.by.map(dimension);
    let lines = by.map(|by| (by, metrics::breakdown(by, &facts, &book, &scope)));
    let score = Score {
        workspace: &book.workspace.name,
        board: &board,
        by: lines.as_ref().map(|(by, lines)| (*by, lines.as_slice())),
        told: &told,
    };
    out::print(&report::score(&score, form(session.format())))
}

fn form(format: Format) -> report::Format {
    match format {
        Format::Table | Format::Html => report::Format::Table,
        Format::Json => report::Format::Json,
        Format::Csv => report::Format::Csv,
        Format::Markdown => report::Format::Markdown,
    }
}

fn dimension(by: Breakdown) -> Dimension {
    match by {
        Breakdown::Source => Dimension::Source,
        Breakdown::Campaign => Dimension::Campaign,
        Breakdown::Segment => Dimension::Segment,
        Breakdown::Rep => Dimension::Rep,
    }
}

/// Reads `source=Webinars`, `rep=unknown`, …; a name is compared without regard to case when that is unambiguous.
pub(super) fn filter(facts: &Facts, texts: &[String]) -> Result<Filter, Failure> {
    let mut filter = Filter::default();
    for text in texts {
        let (what, name) = text.split_once('=').unwrap_or((text, ""));
        let what = what.trim().to_lowercase();
        let dimension = Dimension::ALL.into_iter().find(|d| d.word() == what);
        let Some(dimension) = dimension else {
            return Err(Failure::WrongUse(format!(
                "--filter {text}: WHAT=NAME is expected, where WHAT is source, campaign, segment or rep"
            )));
        };
        let chosen = (dimension, code(facts, dimension, name.trim())?);
        if !filter.chosen.contains(&chosen) {
            filter.chosen.push(chosen);
        }
    }
    Ok(filter)
}

fn code(facts: &Facts, dimension: Dimension, name: &str) -> Result<Code, Failure> {
    if name.is_empty() {
        // A source may well be called "unknown"; nothing means that nobody said.
        return Ok(NONE);
    }
    let names = &facts.names;
    let dictionary: &Dictionary = match dimension {
        Dimension::Source => &names.sources,
        Dimension::Campaign => &names.campaigns,
        Dimension::Segment => &names.segments,
        Dimension::Rep => &names.people,
    };
    let codes = 0..dictionary.len() as Code;
    let same = |code: &Code| dictionary.name(*code).to_lowercase() == name.to_lowercase();
    let alike: Vec<Code> = codes.clone().filter(same).collect();
    match (dictionary.find(name), alike.as_slice()) {
        (Some(code), _) => Ok(code),
        (None, [code]) => Ok(*code),
        (None, _) if name.eq_ignore_ascii_case("unknown") => Ok(NONE),
        (None, _) => {
            let known: Vec<&str> = codes.map(|code| dictionary.name(code)).take(12).collect();
            Err(Failure::WrongUse(format!(
                "--filter: there is no {} '{name}'; known: {}, unknown",
                dimension.word(),
                known.join(", ")
            )))
        }
    }
}
