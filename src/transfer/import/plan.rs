//! What an import would do with a file: the map that fits, the columns it takes, the decisions per column. Imports nothing by itself.

use super::choose::{choose, shown};
use super::fault::ImportError;
use super::kit::Kit;
use super::program::Program;
use super::stream::Stream;
use super::survey::{Decisions, survey};
use crate::domain::calendar::Calendar;
use crate::domain::import::{CustomField, OwnReason};
use crate::domain::moment::Moment;
use crate::domain::money::Currency;
use crate::text::clean;
use crate::transfer::map::{Catalog, Columns, CustomKind, Kind, Map, ours};
use crate::transfer::read::{self, Found, ReadError, ReadOptions, Reader, Shape, Stamp};
use crate::transfer::values::{
    Decimals, DecimalsVerdict, Order, OrderVerdict, SECONDS_PER_DAY, Zone,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::UNIX_EPOCH;

/// What the user and the workspace say about an import.
#[derive(Debug, Clone)]
pub struct Options {
    /// Fixed by hand about the file.
    pub read: ReadOptions,
    /// What the rows are (`--as`).
    pub kind: Option<Kind>,
    /// The map to use, by its name in the catalogue (`--preset`, `--map`).
    pub map: Option<String>,
    /// The order of day and month where values do not show it (`--date-order`).
    pub date_order: Option<Order>,
    /// Which sign parts decimals where values do not show it (`--decimals`).
    pub decimals: Option<Decimals>,
    /// When the import takes place: what has happened is not dated more than a day later.
    pub now: Option<Moment>,
    /// Keep every column that no field takes as a custom field.
    pub keep_columns: bool,
    /// The workspace's calendar: times without a zone are in it.
    pub calendar: Calendar,
    /// The workspace's currency: amounts without one are in it.
    pub currency: Currency,
}

impl Options {
    /// Everything found, in a workspace's calendar and currency.
    pub fn new(calendar: Calendar, currency: Currency) -> Self {
        Self {
            read: ReadOptions::default(),
            kind: None,
            map: None,
            date_order: None,
            decimals: None,
            now: None,
            keep_columns: false,
            calendar,
            currency,
        }
    }
}

/// A recognised file, ready to be imported.
pub struct Plan {
    pub(super) path: PathBuf,
    pub(super) options: Options,
    pub(super) map: Map,
    pub(super) score: (usize, usize),
    pub(super) found: Found,
    pub(super) stamp: Stamp,
    pub(super) columns: Columns,
    pub(super) program: Program,
    pub(super) decisions: Decisions,
    pub(super) default_created: Option<Moment>,
    pub(super) known_reasons: Vec<(String, String)>,
}

impl Plan {
    /// Recognises a file and decides about its columns.
    pub fn detect(path: &Path, catalog: &Catalog, options: Options) -> Result<Plan, ImportError> {
        let reader = read::open(path, &options.read, &|name| catalog.knows(name))?;
        let file = shown(path);
        let (map, score) = choose(catalog, &reader, &options, &file)?;
        let mut columns = Columns::new(reader.header());
        let program = Program::compile(&map, &mut columns, options.keep_columns)
            .expect("a checked map has a section for its kind");
        let found = reader.found().clone();
        let stamp = reader.stamp().clone();
        let decisions = survey(reader, &program, delimiter(&found))?;
        let mut plan = Plan {
            path: path.to_path_buf(),
            map,
            score,
            found,
            stamp,
            columns,
            program,
            decisions,
            default_created: None,
            known_reasons: Vec::new(),
            options,
        };
        plan.settle_orders(&file)?;
        plan.settle_decimals(&file)?;
        plan.settle_kinds();
        plan.default_created = modified(path);
        Ok(plan)
    }

    fn settle_orders(&self, file: &str) -> Result<(), ImportError> {
        if self.options.date_order.is_some() {
            return Ok(());
        }
        // A column that is undecided follows its neighbours: one program wrote them all.
        if self.shown_order().is_some() {
            return Ok(());
        }
        let open = self
            .decisions
            .orders
            .iter()
            .find_map(|(at, verdict)| match verdict {
                OrderVerdict::Ambiguous(example) => Some((*at, example.clone())),
                _ => None,
            });
        match open {
            Some((at, example)) => Err(ImportError::AmbiguousDates {
                file: file.to_owned(),
                column: clean(self.columns.name(at)).into_owned(),
                example: clean(&example).into_owned(),
            }),
            None => Ok(()),
        }
    }

    fn settle_decimals(&self, file: &str) -> Result<(), ImportError> {
        let mut open = self.decisions.decimals.iter();
        let open = open.find_map(|(at, verdict)| match verdict {
            DecimalsVerdict::Ambiguous(point, comma) => Some((*at, point, comma)),
            _ => None,
        });
        match open.filter(|_| self.options.decimals.is_none()) {
            Some((at, point, comma)) => Err(ImportError::AmbiguousAmounts {
                file: file.to_owned(),
                column: clean(self.columns.name(at)).into_owned(),
                point: clean(point).into_owned(),
                comma: clean(comma).into_owned(),
            }),
            None => Ok(()),
        }
    }

    /// Which sign parts the decimals of a column.
    pub(super) fn decimals_of(&self, column: usize) -> Decimals {
        let told = self.options.decimals;
        match self.decisions.decimals.get(&column) {
            Some(DecimalsVerdict::Shown(decimals)) => *decimals,
            Some(DecimalsVerdict::Likely(decimals)) => told.unwrap_or(*decimals),
            Some(DecimalsVerdict::Ambiguous(..)) => told.unwrap_or_default(),
            None => Decimals::default(),
        }
    }

    /// The order that other columns of the file show, if they agree.
    fn shown_order(&self) -> Option<Order> {
        let mut shown = self
            .decisions
            .orders
            .values()
            .filter_map(|verdict| match verdict {
                OrderVerdict::Shown(order) => Some(*order),
                _ => None,
            });
        let first = shown.next()?;
        shown.all(|order| order == first).then_some(first)
    }

    pub(super) fn order_of(&self, column: usize) -> Option<Order> {
        match self.decisions.orders.get(&column)? {
            OrderVerdict::Shown(order) => Some(*order),
            OrderVerdict::Needless | OrderVerdict::Ambiguous(_) => {
                self.options.date_order.or_else(|| self.shown_order())
            }
        }
    }

    fn settle_kinds(&mut self) {
        for custom in &mut self.program.custom {
            custom.kind = custom
                .kind
                .or_else(|| self.decisions.kinds.get(&custom.column).copied());
        }
    }

    /// The date that rows get because no column has one.
    pub(super) fn undated(&self) -> Option<Moment> {
        self.default_created.filter(|_| self.program.undated())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the map in use.
    pub fn map_name(&self) -> &str {
        &self.map.name
    }

    /// How many of the headers by which the map is recognised are there, and of how many.
    pub fn score(&self) -> (usize, usize) {
        self.score
    }

    /// The system that the ids belong to.
    pub fn system(&self) -> &str {
        &self.map.system
    }

    /// Stages in the order of the funnel, where the map knows it.
    pub fn stages(&self) -> &[String] {
        &self.map.stages
    }

    /// What the rows are.
    pub fn kind(&self) -> Kind {
        self.map.kind
    }

    /// The custom fields that the rows will carry, to be declared before them.
    pub fn custom_fields(&self) -> Vec<CustomField> {
        let Some(entity) = self.program.custom_entity() else {
            return Vec::new();
        };
        let field = |custom: &super::program::CustomColumn| CustomField {
            entity,
            key: custom.key.clone(),
            label: label(self.columns.name(custom.column)),
            kind: custom.kind.unwrap_or(CustomKind::Text).word(),
        };
        self.program.custom.iter().map(field).collect()
    }

    /// Reasons of another workspace's own that the file brings, to be declared before the rows.
    pub fn own_reasons(&self) -> Vec<OwnReason> {
        self.program.reasons.clone()
    }

    /// Makes the reasons of the workspace's catalogue known, by code and label; the map's own words go before.
    pub fn know(&mut self, reasons: impl IntoIterator<Item = (String, String)>) {
        self.known_reasons.extend(reasons);
    }

    /// Headers that no field takes, in the order of the file.
    pub fn unmapped(&self) -> Vec<&str> {
        self.columns.untaken().map(|(_, name)| name).collect()
    }

    /// Starts reading and mapping on a thread of its own; setting `cancel` stops it.
    pub fn start(&self, cancel: Arc<AtomicBool>) -> Result<Stream, ImportError> {
        let reader = self.reopen()?;
        Ok(Stream::spawn(
            reader,
            self.kit(),
            self.program.clone(),
            self.columns.clone(),
            cancel,
        ))
    }

    /// The file from its first row again; an error when it is no longer the file that was planned for.
    pub(crate) fn reopen(&self) -> Result<Reader, ReadError> {
        let reader = read::open(&self.path, &self.reading(), &|name| {
            self.columns.holds(name)
        })?;
        if *reader.stamp() == self.stamp {
            Ok(reader)
        } else {
            Err(ReadError::Changed {
                path: self.path.clone(),
            })
        }
    }

    /// How to open the file again in the same shape.
    fn reading(&self) -> ReadOptions {
        match &self.found.shape {
            Shape::Text {
                delimiter,
                encoding,
            } => ReadOptions {
                sheet: None,
                delimiter: u8::try_from(*delimiter).ok(),
                encoding: Some((*encoding).to_owned()),
            },
            Shape::Workbook { sheet } => ReadOptions {
                sheet: Some(sheet.clone()),
                ..ReadOptions::default()
            },
        }
    }

    /// The delimiter for files written beside this one.
    pub(crate) fn delimiter(&self) -> char {
        delimiter(&self.found)
    }

    fn kit(&self) -> Kit {
        let width = self.columns.width();
        let orders = (0..width).map(|at| self.order_of(at)).collect();
        let decimals = (0..width).map(|at| self.decimals_of(at)).collect();
        let mut kit = Kit::new(
            &self.map,
            Zone::new(self.options.calendar.clone()),
            self.options.currency,
            orders,
            decimals,
        );
        kit.default_created = self.default_created;
        if let Some(now) = self.options.now {
            kit.latest = Moment(now.0.saturating_add(SECONDS_PER_DAY));
        }
        let declared = self.program.reasons.iter().map(|reason| &reason.entry);
        let declared = declared.map(|entry| (&entry.code, &entry.label));
        let known = self.known_reasons.iter().map(|(code, label)| (code, label));
        for (code, label) in known.chain(declared) {
            kit.words.learn(code, label);
        }
        kit
    }
}

/// What people read over a custom column.
fn label(header: &str) -> String {
    ours::field(header)
        .map_or(header, |(_, _, label)| label)
        .to_owned()
}

fn delimiter(found: &Found) -> char {
    match found.shape {
        Shape::Text { delimiter, .. } => delimiter,
        Shape::Workbook { .. } => ',',
    }
}

/// When the file was written: the date of rows that have none.
fn modified(path: &Path) -> Option<Moment> {
    let at = std::fs::metadata(path)
        .ok()?
        .modified()
        .ok()?
        .duration_since(UNIX_EPOCH)
        .ok()?;
    i64::try_from(at.as_secs()).ok().map(Moment)
}
