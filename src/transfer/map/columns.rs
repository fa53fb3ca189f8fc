//! The columns of one file under the names of a map: which column feeds which field. Compiled once, never per row.

use super::form::{From, Section, Spellings};
use super::ours;
use crate::transfer::read::{Row, fold};
use crate::transfer::values;

/// Headers of our own refusal files: they are never data.
pub(crate) const OURS: [&str; 2] = ["refused line", "refused because"];

/// Whether a folded header is one that a refusal file adds.
pub(crate) fn is_of_refusals(folded: &str) -> bool {
    OURS.contains(&folded) || ours::is_refused_header(folded)
}

/// The header of a file, folded for comparison, and which columns were taken.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    header: Vec<String>,
    folded: Vec<String>,
    taken: Vec<bool>,
}

impl Columns {
    pub(crate) fn new(header: &[String]) -> Self {
        let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
        let taken = folded
            .iter()
            .map(|name| name.is_empty() || is_of_refusals(name))
            .collect();
        Self {
            header: header.to_vec(),
            folded,
            taken,
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.header.len()
    }

    /// Whether a folded name is one of the header's.
    pub(crate) fn holds(&self, folded: &str) -> bool {
        !folded.is_empty() && self.folded.iter().any(|have| have == folded)
    }

    pub(crate) fn name(&self, column: usize) -> &str {
        self.header.get(column).map_or("", String::as_str)
    }

    /// Names of columns that nothing took.
    pub(crate) fn untaken(&self) -> impl Iterator<Item = (usize, &str)> {
        self.header
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.taken[*at])
            .map(|(at, name)| (at, name.as_str()))
    }

    /// Whether a header is there, in any of its spellings.
    pub(crate) fn has(&self, spellings: &Spellings) -> bool {
        spellings
            .list()
            .iter()
            .any(|name| self.position(name).is_some())
    }

    fn position(&self, name: &str) -> Option<usize> {
        let wanted = fold(name);
        match wanted.strip_suffix('*') {
            Some(start) => self
                .folded
                .iter()
                .position(|have| have.starts_with(start.trim_end())),
            None => self.folded.iter().position(|have| *have == wanted),
        }
    }

    /// The columns of a list of names, in the order of the names.
    pub(crate) fn take(&mut self, names: &[String]) -> Vec<usize> {
        let mut out = Vec::new();
        for name in names {
            if let Some(at) = self.position(name)
                && !out.contains(&at)
            {
                self.taken[at] = true;
                out.push(at);
            }
        }
        out
    }

    /// The first column of these names, also when a field has it already: a custom field may copy it.
    pub(crate) fn copy_of(&mut self, names: &[String]) -> Option<usize> {
        self.take(names).first().copied()
    }

    /// The map under which a file of ours was written, if this is one.
    pub(crate) fn written_under(&self) -> Option<&str> {
        ours::map_of(&self.folded)
    }

    /// Where a field of a section comes from; in a file of ours from the column of our own, if it has one.
    pub(crate) fn pick_ours(&mut self, section: &Section, field: &str, place: Place) -> Pick {
        let theirs = self.pick(section, field);
        let own = match place {
            Place::Main => self.take(&[ours::spelling(field)]),
            Place::Beside => Vec::new(),
        };
        own.first().map_or(theirs, |at| Pick::Column(*at))
    }

    /// Where a field of a section comes from.
    pub(crate) fn pick(&mut self, section: &Section, field: &str) -> Pick {
        match section.get(field) {
            None => Pick::Nothing,
            Some(From::Value { value }) => Pick::Value(value.as_str().into()),
            Some(From::Or { columns, value }) => {
                Pick::Or(self.take(columns.list()).into(), value.as_str().into())
            }
            Some(From::Latest { latest }) => match self.take(latest).as_slice() {
                [] => Pick::Nothing,
                some => Pick::Latest(some.into()),
            },
            Some(From::Columns(names)) => match self.take(names.list()).as_slice() {
                [] => Pick::Nothing,
                [one] => Pick::Column(*one),
                some => Pick::First(some.into()),
            },
        }
    }
}

/// Whether the rows of a file are about a section, or tell of it beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Columns of our own are its.
    Main,
    /// They are another's.
    Beside,
}

/// Where the value of a field lies in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    Nothing,
    Column(usize),
    First(Box<[usize]>),
    Latest(Box<[usize]>),
    Or(Box<[usize]>, Box<str>),
    Value(Box<str>),
}

/// A cleaned cell and the column it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Got<'r> {
    pub(crate) text: &'r str,
    pub(crate) column: Option<usize>,
}

fn first<'r>(row: &Row<'r>, columns: &[usize]) -> Option<Got<'r>> {
    let cells = columns.iter().map(|at| Got {
        text: values::text(row.cell(*at)),
        column: Some(*at),
    });
    cells.into_iter().find(|got| !got.text.is_empty())
}

impl Pick {
    /// The (first filled) cell; empty text when there is none.
    #[inline]
    pub(crate) fn get<'r>(&'r self, row: &Row<'r>) -> Got<'r> {
        match self {
            Self::Nothing => Got {
                text: "",
                column: None,
            },
            Self::Column(at) => Got {
                text: values::text(row.cell(*at)),
                column: Some(*at),
            },
            Self::First(all) | Self::Latest(all) => first(row, all).unwrap_or(Got {
                text: "",
                column: all.first().copied(),
            }),
            Self::Or(all, value) => first(row, all).unwrap_or(Got {
                text: value,
                column: None,
            }),
            Self::Value(value) => Got {
                text: value,
                column: None,
            },
        }
    }

    /// The columns it looks at.
    pub(crate) fn columns(&self) -> &[usize] {
        match self {
            Self::Nothing | Self::Value(_) => &[],
            Self::Column(at) => std::slice::from_ref(at),
            Self::First(all) | Self::Latest(all) | Self::Or(all, _) => all,
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}
