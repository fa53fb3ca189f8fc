//! A frozen snapshot read back. Trusts nothing: what does not read is no snapshot.

use crate::domain::book::Book;
use crate::domain::meeting::snapshot::HEAD;
use crate::domain::moment::{Day, Moment};
use crate::metrics::figure::{Counted, Figure, Unit, Value};
use crate::metrics::id::Metric;

/// A number as it was frozen.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptFigure {
    /// Which.
    pub id: Metric,
    /// `money`, `count`, `ratio`, `days`, `hours`.
    pub unit: String,
    /// The number; `None`: a dash was printed.
    pub value: Option<Value>,
    /// What stood above the line.
    pub numerator: Option<i64>,
    /// What stood below the line.
    pub denominator: Option<i64>,
    /// The rows it rested on.
    pub n: u64,
    /// How it was counted: `event`, `cohort`, `as-of`.
    pub counted: String,
    /// Rows that were counted and not priced.
    pub unpriced: u64,
}

impl KeptFigure {
    /// The same as a figure, to be printed like one.
    pub fn shown(&self, book: &Book) -> Figure {
        let unit = match self.unit.as_str() {
            "money" => Unit::Money(book.workspace.currency),
            "count" => Unit::Count,
            "days" => Unit::Days,
            "hours" => Unit::Hours,
            _ => Unit::Ratio,
        };
        let counted = [Counted::Cohort, Counted::AsOf];
        let counted = counted.into_iter().find(|c| c.word() == self.counted);
        Figure {
            id: self.id,
            value: self.value,
            unit,
            numerator: self.numerator,
            denominator: self.denominator,
            n: self.n,
            counted: counted.unwrap_or(Counted::Event),
            mature: None,
            open: 0,
            unpriced: self.unpriced,
            small_n: self.denominator.is_some() && self.n < book.settings.small_n as u64,
            interval: None,
            note: None,
        }
    }
}

/// An open qualified deal as it was frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDeal {
    /// Row id.
    pub id: i64,
    /// Its value in minor units of the workspace's currency, at the rate of its qualification day; `None`: no rate.
    pub value: Option<i64>,
    /// Its estimated close date.
    pub close_on: Day,
}

/// A snapshot as it was frozen.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The moment that it shows.
    pub as_of: Moment,
    /// The workspace's currency.
    pub currency: String,
    /// Name of the board's period.
    pub period: String,
    /// First day of the period, and the day after the last.
    pub days: (Day, Day),
    /// Number of the criteria in force for all leads.
    pub criteria: Option<i64>,
    /// Every number of the board, in the order of the dictionary.
    pub figures: Vec<KeptFigure>,
    /// Every open qualified deal, by id.
    pub open: Vec<OpenDeal>,
}

impl Kept {
    /// Reads a snapshot; `None` where the text is none, or was cut off.
    pub fn read(text: &str) -> Option<Kept> {
        let mut lines = text.lines();
        if lines.next()? != HEAD || text.lines().last()? != "end" {
            return None;
        }
        let mut kept = Kept {
            as_of: Moment::NEVER,
            currency: String::new(),
            period: String::new(),
            days: (Day::NEVER, Day::NEVER),
            criteria: None,
            figures: Vec::new(),
            open: Vec::new(),
        };
        for line in lines {
            kept.take(&line.split(' ').collect::<Vec<_>>())?;
        }
        (kept.as_of != Moment::NEVER && !kept.currency.is_empty()).then_some(kept)
    }

    fn take(&mut self, parts: &[&str]) -> Option<()> {
        match parts {
            ["as-of", seconds, _] => self.as_of = Moment(seconds.parse().ok()?),
            ["currency", code] => (*code).clone_into(&mut self.currency),
            ["period", label, first, end] => {
                (*label).clone_into(&mut self.period);
                self.days = (Day(first.parse().ok()?), Day(end.parse().ok()?));
            }
            ["criteria", number] => self.criteria = dashed(number).ok()?,
            ["figure", rest @ ..] => self.figures.push(figure(rest)?),
            ["open", id, value, close_on] => self.open.push(OpenDeal {
                id: id.parse().ok()?,
                value: dashed(value).ok()?,
                close_on: Day(close_on.parse().ok()?),
            }),
            // A later version may say more; what it says of the same things it says in the same words.
            _ => (),
        }
        Some(())
    }

    /// A number of the snapshot.
    pub fn figure(&self, id: Metric) -> Option<&KeptFigure> {
        self.figures.iter().find(|figure| figure.id == id)
    }
}

/// A number, or `-` where there is none; an error where it is neither.
fn dashed<T: std::str::FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text == "-" {
        Ok(None)
    } else {
        text.parse().map(Some)
    }
}

fn figure(parts: &[&str]) -> Option<KeptFigure> {
    let [id, unit, value, above, below, n, counted, unpriced] = parts else {
        return None;
    };
    let value = match *value {
        "-" => None,
        text if text.contains(['.', 'e']) => Some(Value::Real(text.parse().ok()?)),
        text => Some(Value::Whole(text.parse().ok()?)),
    };
    Some(KeptFigure {
        id: Metric::parse(id)?,
        unit: (*unit).to_owned(),
        value,
        numerator: dashed(above).ok()?,
        denominator: dashed(below).ok()?,
        n: n.parse().ok()?,
        counted: (*counted).to_owned(),
        unpriced: unpriced.parse().ok()?,
    })
}
