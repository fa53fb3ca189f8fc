//! Which map fits a header: the most particular one, unless a plain one takes more of the columns. Never opens a file.

use super::catalog::Catalog;
use super::columns::Columns;
use super::form::Map;
use super::kinds::Kind;
use crate::transfer::read::fold;

/// A map that could fit, and how well.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The map.
    pub map: &'a Map,
    /// Required headers that are there.
    pub matched: usize,
    /// Required headers.
    pub required: usize,
    /// Columns of the file that it takes.
    pub mapped: usize,
    /// Required headers that are missing.
    pub missing: Vec<&'a str>,
}

impl Candidate<'_> {
    /// Whether every required header is there.
    pub fn fits(&self) -> bool {
        self.matched == self.required
    }
}

/// All maps of a kind (any kind, if none is asked for), the best first.
pub fn candidates<'a>(
    catalog: &'a Catalog,
    header: &[String],
    kind: Option<Kind>,
) -> Vec<Candidate<'a>> {
    let columns = Columns::new(header);
    let mut all: Vec<Candidate<'a>> = catalog
        .maps()
        .filter(|map| kind.is_none_or(|kind| map.kind == kind))
        .filter(|map| {
            is_ours(map, &columns)
                || !map
                    .recognised
                    .none
                    .iter()
                    .any(|name| columns.has(&super::form::Spellings::One(name.clone())))
        })
        .map(|map| judge(map, &columns))
        .collect();
    // A few headers make a CRM's report; one that has more of our own plain headers is no report of that CRM. What somebody
    // mapped by hand is theirs.
    let particular = |c: &&Candidate<'_>| c.fits() && !c.map.generic;
    let most = all.iter().filter(particular).map(|c| c.mapped).max();
    let by_hand = |c: &Candidate<'_>| !c.map.generic && catalog.is_own(&c.map.name);
    let own = all.iter().any(|c| c.fits() && by_hand(c));
    all.sort_by_key(|c| {
        let share = c.matched * 1_000 / c.required.max(1);
        let takes_more = c.map.generic && !own && most.is_some_and(|most| c.mapped > most);
        std::cmp::Reverse((
            is_ours(c.map, &columns),
            c.fits(),
            c.fits() && takes_more,
            !c.map.generic || !c.fits(),
            if c.fits() { 1_000 } else { share },
            c.required,
            c.mapped,
        ))
    });
    all
}

/// How well one map fits, whatever excludes it: for a map that was asked for by name.
pub fn judged<'a>(map: &'a Map, header: &[String]) -> Candidate<'a> {
    judge(map, &Columns::new(header))
}

/// Whether the file was written here, under this map.
fn is_ours(map: &Map, columns: &Columns) -> bool {
    columns.written_under() == Some(fold(&map.name).as_str())
}

fn judge<'a>(map: &'a Map, columns: &Columns) -> Candidate<'a> {
    let ours = is_ours(map, columns);
    let missing: Vec<&str> = map
        .recognised
        .all
        .iter()
        .filter(|spellings| !ours && !columns.has(spellings))
        .filter_map(|spellings| spellings.list().first().map(String::as_str))
        .collect();
    let mut taken = columns.clone();
    for (_, section, _) in map.sections() {
        for field in section.keys() {
            taken.pick(section, field);
        }
    }
    let mapped = columns.untaken().count() - taken.untaken().count();
    let required = map.recognised.all.len();
    Candidate {
        map,
        matched: required - missing.len(),
        required,
        mapped,
        missing,
    }
}
