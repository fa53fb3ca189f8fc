//! The report as blocks: what stands on the page, in which order, for every format alike. Renders nothing, computes no number.

mod board;
mod criteria;
mod definition;
mod diff;
mod flows;
mod meeting;
mod notes;
mod recap;
mod rejections;

pub use recap::Recap;

use crate::domain::book::Book;
use crate::domain::criteria::Fields;
use crate::domain::criteria::version::Version;
use crate::facts::Facts;
use crate::metrics::meeting::Opening;
use crate::metrics::review::Review;
use crate::metrics::{Board, Compared, Figure, Line, Metric, dictionary, show};
use crate::text;

/// What the report is made of.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Names and settings.
    pub book: &'a Book,
    /// The history, for names.
    pub facts: &'a Facts,
    /// The board.
    pub board: &'a Board,
    /// The rejections of the same scope.
    pub review: &'a Review,
    /// The board by source.
    pub sources: &'a [Line],
    /// The criteria in force: those of a segment, and those for all leads.
    pub criteria: &'a [&'a Version],
    /// What is to be told of them: that they drift, that the day to look again has come.
    pub told: &'a [String],
    /// What the rules speak of.
    pub fields: &'a Fields,
    /// The pipeline since the last meeting, and what its decisions' numbers do.
    pub opening: &'a Opening,
}

/// The whole report.
pub(super) struct Page {
    /// Workspace and period.
    pub title: String,
    /// As of when, in which zone, by which mode.
    pub lines: Vec<String>,
    /// Parts in order.
    pub sections: Vec<Section>,
    /// Definitions of the numbers that were shown, in the order of the dictionary.
    pub notes: Vec<Note>,
}

/// A part with a heading.
pub(super) struct Section {
    /// Anchor; also its name for the style sheet.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// What holds for all of it.
    pub remark: String,
    /// What it shows.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
pub(super) enum Block {
    /// A paragraph.
    Text(String),
    /// Sentences of one kind.
    List(Vec<String>),
    /// The number that both sides own.
    Big(Cell),
    /// Rows and columns.
    Table(Table),
    /// A picture of numbers; formats without pictures print its rows.
    Chart(Chart),
}

/// Rows and columns. The first cell of a row names it.
pub(super) struct Table {
    /// What it shows.
    pub caption: String,
    /// Headings of the columns.
    pub heads: Vec<String>,
    /// Rows, each as long as `heads`.
    pub rows: Vec<Vec<Cell>>,
    /// What the rows add up to.
    pub total: Option<Vec<Cell>>,
}

/// A name from the data as a page shows it: as much as a line holds, so that no stranger's name fills the pages.
pub(super) fn named(name: &str) -> String {
    const COLUMNS: usize = 80;
    text::truncate(&text::clean(name), COLUMNS).into_owned()
}

/// A number or a word, and what must stand beside it.
#[derive(Clone, Default)]
pub(super) struct Cell {
    /// What is read first.
    pub text: String,
    /// n, mode, notes.
    pub beside: String,
    /// The number whose definition it leads to.
    pub metric: Option<Metric>,
}

/// Whose number it is; never whether it is good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Shared,
    Marketing,
    Sales,
    Finance,
    Step,
}

/// A picture of numbers.
pub(super) enum Chart {
    /// Columns over one time axis, one strip per number.
    Columns(Columns),
    /// Bars under one another, some of which begin where the one before ends.
    Flow(Flow),
    /// A share of a target, and what is due by now.
    Gauge(Gauge),
}

/// Columns over one time axis.
pub(super) struct Columns {
    /// What it shows.
    pub title: String,
    /// Names of the periods.
    pub axis: Vec<String>,
    /// Whether the last period still runs.
    pub running: bool,
    /// The strips.
    pub series: Vec<Series>,
}

/// One strip.
pub(super) struct Series {
    /// Whose number it is.
    pub role: Role,
    /// Its name.
    pub name: String,
    /// Bars' lengths; `None` where a dash is printed.
    pub values: Vec<Option<f64>>,
    /// The same in words, in few columns.
    pub texts: Vec<String>,
    /// The same to the last digit.
    pub exact: Vec<String>,
    /// The target of the last period.
    pub target: Option<(f64, String)>,
}

/// Bars under one another.
pub(super) struct Flow {
    /// What it shows.
    pub title: String,
    /// What the last column counts.
    pub counts: &'static str,
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar.
pub(super) struct Bar {
    /// Its name; foreign text in the breakdown.
    pub label: String,
    /// Whose number it is.
    pub role: Role,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its length in words.
    pub text: String,
    /// The rows behind it.
    pub n: String,
}

/// A share of a target.
pub(super) struct Gauge {
    /// What it shows.
    pub title: String,
    /// Reached ÷ target.
    pub reached: f64,
    /// The share of the working days that are gone.
    pub due: Option<f64>,
}

/// The definition of a number that was shown.
pub(super) struct Note {
    /// Which.
    pub metric: Metric,
    /// How it was counted here.
    pub counted: String,
}

impl Page {
    /// The page of a workspace.
    pub(super) fn new(asked: &Asked) -> Page {
        let board = asked.board;
        let calendar = &asked.book.calendar;
        let mut lines = vec![format!(
            "As of {} ({}).",
            calendar.show(board.as_of),
            calendar.zone_name()
        )];
        lines.extend(super::elsewhere(board).map(|hint| format!("{hint}.")));
        lines.extend(super::left_out(board).map(|out| format!("{out}.")));
        let sections = [
            Some(board::headline(board)),
            Some(board::both_right(board, asked.book)),
            Some(flows::readings(board, asked.book)),
            Some(board::misalignment(board)),
            rejections::section(asked),
            criteria::section(asked),
            meeting::since(asked),
            meeting::decisions(asked),
            meeting::actions(asked),
            Some(board::sides(board)),
            flows::waterfall(board, asked.book),
            board::sources(asked),
        ];
        let sections: Vec<Section> = sections.into_iter().flatten().collect();
        Page {
            title: format!("{}, {}", asked.book.workspace.name, board.period.label),
            notes: notes::of(&sections, board),
            lines,
            sections,
        }
    }
}

impl Cell {
    /// A word or a sum that needs nothing beside it.
    fn word(text: impl Into<String>) -> Cell {
        Cell {
            text: text.into(),
            ..Cell::default()
        }
    }

    /// A figure with its n and mode.
    fn figure(figure: &Figure) -> Cell {
        Cell {
            text: show::full(figure),
            beside: show::beside(figure),
            metric: None,
        }
    }

    /// The name of a figure, which leads to its definition.
    fn name(metric: Metric) -> Cell {
        Cell {
            text: dictionary::name(metric).to_owned(),
            beside: String::new(),
            metric: Some(metric),
        }
    }
}

impl Table {
    /// Figures beside the period before.
    fn compared(caption: &str, numbers: &[Compared]) -> Table {
        let row = |number: &Compared| {
            let of = |figure: &Option<Figure>| {
                Cell::word(figure.as_ref().map_or(show::DASH.into(), show::full))
            };
            vec![
                Cell::name(number.now.id),
                Cell::word(show::full(&number.now)),
                of(&number.before),
                Cell::word(show::change(&number.now, number.before.as_ref())),
                Cell::word(counted(&number.now)),
            ]
        };
        Table {
            caption: caption.to_owned(),
            heads: ["number", "now", "period before", "change", "counted"]
                .map(String::from)
                .to_vec(),
            rows: numbers.iter().map(row).collect(),
            total: None,
        }
    }
}

/// n, mode, marks, and the note if there is one; where the note says what is missing, it is not said twice.
fn counted(figure: &Figure) -> String {
    match &figure.note {
        Some(note) if note.starts_with("partial") => {
            let rest = Figure {
                unpriced: 0,
                ..figure.clone()
            };
            format!("{} · {note}", show::beside(&rest))
        }
        Some(note) => format!("{} · {note}", show::beside(figure)),
        None => show::beside(figure),
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_strangers_name_takes_one_line_and_no_page() {
        assert_eq!(named("Trade shows\u{1b}[31m"), "Trade shows␛[31m");
        let long = named(&"Ä".repeat(10_000));
        assert!(long.chars().count() == 80 && long.ends_with('…'), "{long}");
    }
}
