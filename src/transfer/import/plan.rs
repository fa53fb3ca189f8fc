//! What an import would do with a file: the map that fits, the columns it takes, the decisions per column. Imports nothing by itself.

use super::fault::ImportError;
use super::kit::Kit;
use super::program::Program;
use super::stream::Stream;
use super::survey::{Decisions, survey};
use crate::domain::calendar::Calendar;
use crate::domain::import::CustomField;
use crate::domain::moment::Moment;
use crate::domain::money::Currency;
use crate::text::clean;
use crate::transfer::map::{Candidate, Catalog, Columns, CustomKind, Kind, Map, candidates};
use crate::transfer::read::{self, Found, ReadOptions, Reader, Shape};
use crate::transfer::values::{Decimals, Order, OrderVerdict, Zone};
use std::fmt::Write;
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
            keep_columns: false,
            calendar,
            currency,
        }
    }
}

/// A recognised file, ready to be imported.
pub struct Plan {
    path: PathBuf,
    options: Options,
    map: Map,
    score: (usize, usize),
    found: Found,
    columns: Columns,
    program: Program,
    decisions: Decisions,
    default_created: Option<Moment>,
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
        let decisions = survey(reader, &program, delimiter(&found))?;
        let mut plan = Plan {
            path: path.to_path_buf(),
            map,
            score,
            found,
            columns,
            program,
            decisions,
            default_created: None,
            options,
        };
        plan.settle_orders(&file)?;
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

    fn order_of(&self, column: usize) -> Option<Order> {
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

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the map in use.
    pub fn map_name(&self) -> &str {
        &self.map.name
    }

    /// The system that the ids belong to.
    pub fn system(&self) -> &str {
        &self.map.system
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
            label: self.columns.name(custom.column).to_owned(),
            kind: custom.kind.unwrap_or(CustomKind::Text).word(),
        };
        self.program.custom.iter().map(field).collect()
    }

    /// Headers that no field takes, in the order of the file.
    pub fn unmapped(&self) -> Vec<&str> {
        self.columns.untaken().map(|(_, name)| name).collect()
    }

    /// What was recognised, in lines for a person.
    pub fn describe(&self) -> String {
        let mut out = String::new();
        let (matched, required) = self.score;
        let _ = writeln!(
            out,
            "{}: {} ({matched}/{required} headers), rows are {}",
            shown(&self.path),
            self.map.label,
            self.map.kind.word()
        );
        let _ = match &self.found.shape {
            Shape::Text {
                delimiter,
                encoding,
            } => {
                let delimiter = if *delimiter == '\t' {
                    "tab".to_owned()
                } else {
                    format!("'{delimiter}'")
                };
                writeln!(
                    out,
                    "text in {encoding}, cells parted by {delimiter}, column names on line {}",
                    self.found.header_line
                )
            }
            Shape::Workbook { sheet } => writeln!(
                out,
                "sheet '{}', column names on row {}",
                clean(sheet),
                self.found.header_line
            ),
        };
        for (at, verdict) in &self.decisions.orders {
            let by = if matches!(verdict, OrderVerdict::Shown(_)) {
                "as its values show"
            } else {
                "as the file's other dates or --date-order say"
            };
            if *verdict == OrderVerdict::Needless {
                continue;
            }
            let order = if self.order_of(*at) == Some(Order::DayFirst) {
                "day first"
            } else {
                "month first"
            };
            let _ = writeln!(
                out,
                "dates in '{}': {order}, {by}",
                clean(self.columns.name(*at))
            );
        }
        for (at, _) in self
            .decisions
            .decimals
            .iter()
            .filter(|(_, decimals)| **decimals == Decimals::Comma)
        {
            let _ = writeln!(
                out,
                "amounts in '{}': decimal comma",
                clean(self.columns.name(*at))
            );
        }
        for custom in self.custom_fields() {
            let _ = writeln!(
                out,
                "'{}' is kept as {} ({})",
                clean(&custom.label),
                custom.key,
                custom.kind
            );
        }
        let unmapped = self.unmapped();
        if !unmapped.is_empty() {
            let names: Vec<String> = unmapped
                .iter()
                .map(|name| clean(name).into_owned())
                .collect();
            let _ = writeln!(out, "not mapped ({}): {}", names.len(), names.join(", "));
        }
        out
    }

    /// Starts reading and mapping on a thread of its own; setting `cancel` stops it.
    pub fn start(&self, cancel: Arc<AtomicBool>) -> Result<Stream, ImportError> {
        let catalog_header = self.columns.clone();
        let reader = read::open(&self.path, &self.reading(), &|name| {
            catalog_header.holds(name)
        })?;
        Ok(Stream::spawn(
            reader,
            self.kit(),
            self.program.clone(),
            self.columns.clone(),
            cancel,
        ))
    }

    /// How to open the file again in the same shape.
    pub(crate) fn reading(&self) -> ReadOptions {
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

    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The delimiter for files written beside this one.
    pub(crate) fn delimiter(&self) -> char {
        delimiter(&self.found)
    }

    fn kit(&self) -> Kit {
        let width = self.columns.width();
        let orders = (0..width).map(|at| self.order_of(at)).collect();
        let decimals = (0..width)
            .map(|at| {
                self.decisions
                    .decimals
                    .get(&at)
                    .copied()
                    .unwrap_or_default()
            })
            .collect();
        let mut kit = Kit::new(
            &self.map,
            Zone::new(self.options.calendar.clone()),
            self.options.currency,
            orders,
            decimals,
        );
        kit.default_created = self.default_created;
        kit
    }
}

fn delimiter(found: &Found) -> char {
    match found.shape {
        Shape::Text { delimiter, .. } => delimiter,
        Shape::Workbook { .. } => ',',
    }
}

fn shown(path: &Path) -> String {
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    clean(&name).into_owned()
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

fn choose(
    catalog: &Catalog,
    reader: &Reader,
    options: &Options,
    file: &str,
) -> Result<(Map, (usize, usize)), ImportError> {
    let all = match &options.map {
        Some(name) => {
            let map = catalog.get(name)?;
            let judged = candidates(catalog, reader.header(), None)
                .into_iter()
                .find(|c| c.map.name == map.name);
            // A map that is named by hand holds even where a header that would exclude it is there.
            let Some(judged) = judged else {
                return Ok((map.clone(), (0, 0)));
            };
            if judged.mapped == 0 {
                let (file, map, missing) =
                    (file.to_owned(), map.name.clone(), judged.missing.join(", "));
                return Err(ImportError::Misfit { file, map, missing });
            }
            vec![judged]
        }
        None => candidates(catalog, reader.header(), options.kind),
    };
    match all.first() {
        Some(best) if best.fits() || options.map.is_some() => {
            Ok((best.map.clone(), (best.matched, best.required)))
        }
        _ => Err(ImportError::Unrecognised {
            file: file.to_owned(),
            closest: closest(&all),
        }),
    }
}

fn closest(all: &[Candidate<'_>]) -> String {
    let near = |c: &Candidate<'_>| {
        format!(
            "{} {}/{} (misses {})",
            c.map.name,
            c.matched,
            c.required,
            c.missing.join(", ")
        )
    };
    let names: Vec<String> = all
        .iter()
        .filter(|c| c.matched > 0)
        .take(3)
        .map(near)
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join("; ")
    }
}
