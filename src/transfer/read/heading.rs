//! Finds the row that names the columns and folds names for comparison; never guesses by position.

use super::KnownHeader;

/// How many rows are looked at for the names of the columns.
pub(super) const LOOKED: usize = 60;

/// A column name as it is compared: lower case, one blank between words, no marks, one kind of quotes.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold_into(name, &mut out);
    out
}

/// [`fold`] into a buffer that is emptied first.
pub fn fold_into(name: &str, out: &mut String) {
    out.clear();
    let mut gap = false;
    for c in name.chars() {
        match c {
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}' => {}
            // Sorted columns of a formatted report carry an arrow.
            '↑' | '↓' | '_' => gap = true,
            c if c.is_whitespace() || c.is_control() => gap = true,
            c => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                match c {
                    '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' | '\''
                    | '\u{ab}' | '\u{bb}' => out.push('"'),
                    c => out.extend(c.to_lowercase()),
                }
            }
        }
    }
}

/// Which of the first rows names the columns: the one most names of which are known, else the first as wide as the rows below it.
pub(super) fn find(rows: &[Vec<String>], known: KnownHeader<'_>) -> Option<usize> {
    let mut best = (0, None);
    for (at, row) in rows.iter().enumerate() {
        let hits = row.iter().filter(|cell| known(&fold(cell))).count();
        if hits > best.0 {
            best = (hits, Some(at));
        }
    }
    if best.0 >= 2 {
        return best.1;
    }
    let width = usual_width(rows);
    let at = rows.iter().position(|row| filled(row) * 4 >= width * 3)?;
    names_columns(&rows[at]).then_some(at)
}

/// The width that covers most cells: many short footers do not outweigh the table.
fn usual_width(rows: &[Vec<String>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let groups = widths.chunk_by(|a, b| a == b);
    groups
        .max_by_key(|group| group.len() * group[0])
        .map_or(1, |group| group[0])
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// A name of a column is no number, no date and no e-mail address.
fn names_columns(row: &[String]) -> bool {
    let cells = filled(row);
    let data = row
        .iter()
        .filter(|cell| looks_like_data(cell.trim()))
        .count();
    cells > 0 && data * 4 <= cells
}

fn looks_like_data(cell: &str) -> bool {
    if cell.is_empty() {
        return false;
    }
    if cell.contains('@') && cell.contains('.') && !cell.contains(' ') {
        return true;
    }
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && !cell.bytes().any(|b| b.is_ascii_alphabetic()) && digits * 2 >= cell.len()
}

/// Names for all columns, each once: an unnamed one is empty, a second `Name` becomes `Name (2)`.
pub(super) fn unique(row: Vec<String>) -> Vec<String> {
    let mut seen: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    row.into_iter()
        .map(|name| {
            let name = name
                .trim_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}')
                })
                .to_owned();
            if name.is_empty() {
                return name;
            }
            let n = seen.entry(fold(&name)).or_default();
            *n += 1;
            if *n == 1 {
                name
            } else {
                format!("{name} ({n})")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn names_are_compared_without_case_marks_and_blanks() {
        assert_eq!(fold("\u{feff} Record\u{a0} ID\u{200d} "), "record id");
        assert_eq!(fold("Lead_ID"), "lead id");
        assert_eq!(fold("Date entered ‘MQL’"), fold("Date entered \"MQL\""));
        assert_eq!(fold("Date entered “MQL”"), fold("date entered 'mql'"));
    }

    #[test]
    fn title_lines_are_passed_over() {
        let got = find(
            &rows("Lead report\nAs of 2024-01-02\nOwner,Name,Mail\nAnn,Bo,b@x.org\nAnn,Cy,c@x.org"),
            &|_| false,
        );
        assert_eq!(got, Some(2));
    }

    #[test]
    fn known_names_win() {
        let got = find(&rows("x,y,z\nEmail,Lead Status,z\na,b,c"), &|name| {
            matches!(name, "email" | "lead status")
        });
        assert_eq!(got, Some(1));
    }

    #[test]
    fn a_file_without_names_is_no_table() {
        assert_eq!(
            find(&rows("1,a@b.org,2024-01-02\n2,c@d.org,2024-01-03"), &|_| {
                false
            }),
            None
        );
    }

    #[test]
    fn doubled_and_missing_names_are_told_apart() {
        assert_eq!(
            unique(vec!["A".into(), " a ".into(), String::new(), "B".into()]),
            ["A", "a (2)", "", "B"]
        );
    }
}
