//! The map for a file: the one asked for, else the best that fits its headers. Reads no rows.

use super::fault::ImportError;
use super::plan::Options;
use crate::text::clean;
use crate::transfer::map::{Candidate, Catalog, Kind, Map, candidates, judged};
use crate::transfer::read::Reader;
use std::path::Path;

/// The name of a file as it may be printed.
pub(super) fn shown(path: &Path) -> String {
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    clean(&name).into_owned()
}

/// The map, and how many of its required headers are there. Never one that needs what the file has not.
pub(super) fn choose(
    catalog: &Catalog,
    reader: &Reader,
    options: &Options,
    file: &str,
) -> Result<(Map, (usize, usize)), ImportError> {
    let header = reader.header();
    if let Some(name) = &options.map {
        // A map that is named by hand holds even where a header that would exclude it is there.
        let asked = judged(catalog.get(name)?, header);
        if asked.fits() {
            return Ok(taken(&asked));
        }
        let option = "the map that was asked for";
        return Err(misfit(catalog, header, &asked, option, file));
    }
    let all = candidates(catalog, header, options.kind);
    if let Some(best) = all.first().filter(|best| best.fits()) {
        return Ok(taken(best));
    }
    let Some(kind) = options.kind else {
        return Err(ImportError::Unrecognised {
            file: file.to_owned(),
            closest: closest(&all),
        });
    };
    // Who says what the rows are needs no headers that prove it: the plain map of that kind takes what it knows. But half of
    // them must be there, and the file must not be something else altogether.
    let plain = all.iter().find(|c| c.map.generic);
    if let Some(plain) = plain
        && plain.mapped >= 2
        && plain.matched * 2 >= plain.required
        && other(catalog, header, kind).is_none()
    {
        return Ok(taken(plain));
    }
    let nearest = plain.or(all.first()).cloned().or_else(|| {
        let of_kind = catalog.maps().find(|map| map.kind == kind);
        of_kind.map(|map| judged(map, header))
    });
    let option = format!("--as {}", kind.word());
    Err(match nearest {
        Some(nearest) => misfit(catalog, header, &nearest, &option, file),
        None => ImportError::Unrecognised {
            file: file.to_owned(),
            closest: closest(&all),
        },
    })
}

fn taken(candidate: &Candidate<'_>) -> (Map, (usize, usize)) {
    let score = (candidate.matched, candidate.required);
    (candidate.map.clone(), score)
}

/// A map of another kind that fits the file.
fn other<'a>(catalog: &'a Catalog, header: &[String], kind: Kind) -> Option<Candidate<'a>> {
    candidates(catalog, header, None)
        .into_iter()
        .find(|c| c.fits() && c.map.kind != kind)
}

fn misfit(
    catalog: &Catalog,
    header: &[String],
    asked: &Candidate<'_>,
    option: &str,
    file: &str,
) -> ImportError {
    let looks_like = candidates(catalog, header, None)
        .into_iter()
        .find(|c| c.fits() && c.map.name != asked.map.name)
        .map(|c| format!(" It looks like {} ({}).", c.map.label, c.map.kind.word()));
    let missing = if asked.missing.is_empty() {
        format!("a file without {}", asked.map.recognised.none.join(", "))
    } else {
        asked.missing.join(", ")
    };
    ImportError::Misfit {
        file: file.to_owned(),
        asked: clean(option).into_owned(),
        map: asked.map.name.clone(),
        why: format!(
            "{missing}; that is not so here. The file has: {}.{}",
            has(header),
            looks_like.unwrap_or_default()
        ),
    }
}

/// The headers of the file, the first of them if they are many.
fn has(header: &[String]) -> String {
    const MOST: usize = 20;
    let names: Vec<String> = header
        .iter()
        .filter(|name| !name.trim().is_empty())
        .map(|name| clean(name).into_owned())
        .collect();
    let more = names.len().saturating_sub(MOST);
    let shown = names[..names.len() - more].join(", ");
    match more {
        0 => shown,
        more => format!("{shown} and {more} more"),
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
