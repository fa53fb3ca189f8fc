//! Why a file, or one of its rows, cannot be imported; refuses with the column, the value and what to do.

use crate::domain::import::Refusal;
use crate::transfer::map::{Columns, MapError};
use crate::transfer::read::ReadError;

/// A file cannot be imported; nothing was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The map cannot be used.
    #[error(transparent)]
    Map(#[from] MapError),
    /// No map fits.
    #[error(
        "{file}: no map fits these columns; nothing was imported. Closest: {closest}. Say what the rows are with --as KIND, or write a map of your own and give it with --map FILE"
    )]
    Unrecognised {
        /// The file.
        file: String,
        /// The maps that nearly fit, with what they miss.
        closest: String,
    },
    /// What was asked for is not what the file holds.
    #[error(
        "{file} does not fit {asked}: the map '{map}' needs {why} Nothing was imported. {}",
        mend(map)
    )]
    Misfit {
        /// The file.
        file: String,
        /// The option, as it was given.
        asked: String,
        /// The map.
        map: String,
        /// What it needs, what is there, and what the file seems to be instead; whole sentences.
        why: String,
    },
    /// A date column could be read both ways.
    #[error(
        "{file}: the dates in '{column}' could have day or month first (such as {example}); nothing was imported. Say --date-order day or --date-order month"
    )]
    AmbiguousDates {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// A value that could be both.
        example: String,
    },
    /// An amount column holds values that cannot all be what they look like.
    #[error(
        "{file}: the amounts in '{column}' have a point and a comma before three figures ({point}, {comma}): one of them parts decimals, and no \
         value shows which; nothing was imported. Say --decimals point ({comma} is a thousand and more) or --decimals comma ({point} is)"
    )]
    AmbiguousAmounts {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// A value with a point.
        point: String,
        /// A value with a comma.
        comma: String,
    },
    /// The user stopped it.
    #[error("stopped; nothing was imported")]
    Cancelled,
}

fn mend(map: &str) -> String {
    format!(
        "Leave the option away to have the file recognised, or change the headers in a map of your own: `smarketing import --show-map {map}` prints one to begin with"
    )
}

/// What is wrong with one row; small, because nearly every result carries none.
#[derive(Debug)]
pub(super) struct Fault(Box<Detail>);

#[derive(Debug)]
struct Detail {
    column: Option<usize>,
    value: String,
    why: String,
}

impl Fault {
    pub(super) fn new(column: Option<usize>, value: &str, why: impl Into<String>) -> Self {
        let value: String = value.chars().take(120).collect();
        let why = why.into();
        Self(Box::new(Detail { column, value, why }))
    }

    pub(super) fn row(why: impl Into<String>) -> Self {
        Self::new(None, "", why)
    }

    pub(super) fn refusal(self, line: u64, columns: &Columns) -> Refusal {
        let Detail { column, value, why } = *self.0;
        Refusal {
            line,
            column: column.map(|at| columns.name(at).to_owned()),
            value: (!value.is_empty()).then_some(value),
            why,
        }
    }
}
