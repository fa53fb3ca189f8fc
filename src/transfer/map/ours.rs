//! Headers of our own in an export: what a CRM has no column for stands under them, so that the file comes back as it went.
//! Knows no values.

use crate::transfer::read::fold;

const PREFIX: &str = "smarketing ";
const KEY: &str = "smarketing key ";
/// Over a column of a refusal file, which names the map that refused the rows.
const REFUSED: &str = "refused under ";

/// Over the column that holds a field for which the map has none.
pub(crate) fn header(field: &str) -> String {
    format!("{PREFIX}{}", field.replace('_', " "))
}

/// Over the column that says which row of which system this is; it names the map under which the file was written.
pub(crate) fn key_header(map: &str) -> String {
    format!("{KEY}{map}")
}

/// Over a column without cells: the map that rows were refused under, which reads them again.
pub(crate) fn refused_header(map: &str) -> String {
    format!("{REFUSED}{map}")
}

/// Whether a folded header is that of a refusal file's map.
pub(crate) fn is_refused_header(folded: &str) -> bool {
    folded.starts_with(REFUSED)
}

/// How the own header of a field is looked for.
pub(crate) fn spelling(field: &str) -> String {
    match field {
        "key" => format!("{}*", KEY.trim_end()),
        field => header(field),
    }
}

/// The map under which a file of ours was written, by its folded headers.
pub(crate) fn map_of(folded: &[String]) -> Option<&str> {
    let names_it = |prefix: &str| {
        let prefix = fold(prefix);
        folded.iter().find_map(|name| {
            let map = name.strip_prefix(prefix.as_str())?.trim();
            (!map.is_empty()).then_some(map)
        })
    };
    names_it(REFUSED).or_else(|| names_it(KEY))
}
