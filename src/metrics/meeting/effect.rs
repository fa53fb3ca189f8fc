//! A decision's number when it was decided and now, side by side. Claims no cause.

use rustc_hash::FxHashMap;

use super::freeze::NotJudged;
use super::kept::KeptFigure;
use crate::domain::book::Book;
use crate::domain::meeting::measured::{Measured, Number};
use crate::domain::moment::Day;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::filter::Filter;
use crate::facts::handoffs::Says;
use crate::metrics::dictionary;
use crate::metrics::figure::{Figure, Value};
use crate::metrics::id::Metric;
use crate::metrics::scope::{Mode, Population, Scope};
use crate::metrics::show;

/// What must stand beside every before and after.
pub const NO_PROOF: &str = "before/after is no proof of cause";

/// A decision's number then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// When it was decided.
    pub then: Figure,
    /// Name of the period then.
    pub then_period: String,
    /// Now, in the period of the same kind that runs now.
    pub now: Figure,
    /// Name of that period.
    pub now_period: String,
    /// Whether what is printed differs.
    pub moved: Moved,
}

/// Whether a number moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Printed as a greater number.
    Up,
    /// Printed as a smaller number.
    Down,
    /// Printed as the same number.
    Not,
    /// Then or now there was a dash.
    Unknown,
}

impl Moved {
    /// Its words.
    pub fn label(self) -> &'static str {
        match self {
            Moved::Up => "went up",
            Moved::Down => "went down",
            Moved::Not => "did not move",
            Moved::Unknown => "cannot be said",
        }
    }
}

/// The scope that decisions are measured in: whole, first handoffs.
fn plain(facts: &Facts, scope: &Scope, mode: Mode) -> Scope {
    scope
        .with_filter(facts, Filter::default())
        .with_population(Population::First)
        .with_mode(mode)
}

/// A number as it is now, to be kept with a decision: in the scope's period and mode, through no filter.
/// What is kept is never mended, so a number of the definition is not before the handoffs have been judged by their stamps.
pub fn measure(
    metric: Metric,
    facts: &Facts,
    book: &Book,
    scope: &Scope,
) -> Result<Measured, NotJudged> {
    if facts.handoffs.stamps == Says::NotJudged && dictionary::asks_stamps(metric) {
        return Err(NotJudged);
    }
    let scope = plain(facts, scope, scope.mode);
    let figure = crate::metrics::figure(metric, facts, book, &scope);
    Ok(Measured {
        metric: metric.id().to_owned(),
        value: figure.value.map(|value| match value {
            Value::Whole(n) => Number::Whole(n),
            Value::Real(x) => Number::Real(x),
        }),
        numerator: figure.numerator,
        denominator: figure.denominator,
        n: figure.n as i64,
        mode: word(scope.mode).to_owned(),
        counted: figure.counted.word().to_owned(),
        period: scope.period.label.clone(),
        as_of: scope.as_of,
    })
}

fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Event => "event",
        Mode::Cohort => "cohort",
    }
}

/// A kept number as a figure; `None` where the program does not know its metric (any more).
pub fn was(kept: &Measured, book: &Book) -> Option<Figure> {
    let id = Metric::parse(&kept.metric)?;
    let value = kept.value.map(|value| match value {
        Number::Whole(n) => Value::Whole(n),
        Number::Real(x) => Value::Real(x),
    });
    let figure = KeptFigure {
        id,
        unit: dictionary::entry(id).unit.clone(),
        value,
        numerator: kept.numerator,
        denominator: kept.denominator,
        n: u64::try_from(kept.n).unwrap_or(0),
        counted: kept.counted.clone(),
        unpriced: 0,
    };
    Some(figure.shown(book))
}

/// Puts numbers then beside numbers now; what several decisions are to move is added up once.
pub struct Measuring<'a> {
    facts: &'a Facts,
    book: &'a Book,
    scope: &'a Scope,
    /// Numbers as they are now: of this metric, counted so, from the first to the last day.
    now: FxHashMap<(Metric, Mode, Day, Day), Figure>,
}

impl<'a> Measuring<'a> {
    /// As of the scope's moment.
    pub fn new(facts: &'a Facts, book: &'a Book, scope: &'a Scope) -> Measuring<'a> {
        Measuring {
            facts,
            book,
            scope,
            now: FxHashMap::default(),
        }
    }

    /// The number then and now. Now is the period of the same kind (the quarter, the month …) that holds the scope's moment; a span from
    /// day to day is taken as long as it was, until today.
    pub fn effect(&mut self, kept: &Measured) -> Option<Effect> {
        let then = was(kept, self.book)?;
        let calendar = &self.book.calendar;
        let today = calendar.day_of(self.scope.as_of);
        let before = Period::parse(&kept.period, calendar.day_of(kept.as_of), calendar).ok()?;
        let period = if before.span == Span::Custom {
            let days = before.end.0 - before.first.0;
            Period::custom(today.plus(1 - days), today.plus(1), calendar)
        } else {
            Period::around(today, before.span, calendar)
        };
        let mode = if kept.mode == word(Mode::Cohort) {
            Mode::Cohort
        } else {
            Mode::Event
        };
        let now_period = period.label.clone();
        let asked = (then.id, mode, period.first, period.end);
        let (facts, book, scope) = (self.facts, self.book, self.scope);
        let now = self.now.entry(asked).or_insert_with(|| {
            let scope = plain(facts, scope, mode).with_period(period);
            crate::metrics::figure(then.id, facts, book, &scope)
        });
        Some(Effect {
            moved: moved(&then, now),
            then_period: before.label,
            now_period,
            now: now.clone(),
            then,
        })
    }
}

fn moved(then: &Figure, now: &Figure) -> Moved {
    match then.real().zip(now.real()) {
        None => Moved::Unknown,
        Some(_) if show::full(then) == show::full(now) => Moved::Not,
        Some((then, now)) if now > then => Moved::Up,
        Some(_) => Moved::Down,
    }
}
