//! The map for a file: the one asked for, else the best that fits its headers. Reads no rows.

use super::fault::ImportError;
use super::plan::Options;
use crate::text::clean;
use crate::transfer::map::{Candidate, Catalog, Map, candidates};
use crate::transfer::read::Reader;
use std::path::Path;

/// The name of a file as it may be printed.
pub(super) fn shown(path: &Path) -> String {
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    clean(&name).into_owned()
}

/// The map, and how many of its required headers are there.
pub(super) fn choose(
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
    // Who says what the rows are needs no headers that prove it: the plain map of that kind takes what it knows.
    let told = options.kind.and_then(|_| {
        all.iter()
            .find(|c| c.map.generic && c.mapped >= 2 && c.matched > 0)
    });
    let best = all
        .first()
        .filter(|best| best.fits())
        .or(told)
        .or(all.first());
    let told = told.is_some();
    match best {
        Some(best) if best.fits() || told || options.map.is_some() => {
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
