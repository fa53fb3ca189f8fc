//! Tells a grouped report by its first rows: a group's value stands on its first row alone. Knows no subtotal.

/// Where a group column is left blank below a group's first row; `below` are the rows under the column names. Only columns that
/// the report marks as sorted group it.
pub(super) fn shows_at(header: &[String], below: &[Vec<String>]) -> Option<usize> {
    let marked = header.iter().enumerate().filter_map(|(at, name)| {
        let up = name.contains('↑');
        (up || name.contains('↓')).then_some((at, up))
    });
    marked
        .filter_map(|(at, up)| left_blank(at, up, below))
        .min()
}

/// Sorted upwards, blanks come first; downwards they come last, and only a value behind one shows a group.
fn left_blank(column: usize, up: bool, below: &[Vec<String>]) -> Option<usize> {
    let (mut begun, mut blank) = (false, None);
    for (at, row) in below.iter().enumerate() {
        let filled = |cell: &String| !cell.trim().is_empty();
        // A total or a footer is no row of a group.
        if row.iter().filter(|cell| filled(cell)).count() < 2 {
            continue;
        }
        match row.get(column).is_some_and(filled) {
            true if blank.is_some() => return blank,
            true => begun = true,
            false if begun && up => return Some(at),
            false if begun => blank = blank.or(Some(at)),
            false => {}
        }
    }
    None
}

/// Whether the first named column is blank somewhere, as where cells are merged downwards.
pub(super) fn may_be_merged(header: &[String], below: &[Vec<String>]) -> bool {
    let Some(first) = header.iter().position(|name| !name.trim().is_empty()) else {
        return false;
    };
    let blank = |row: &Vec<String>| row.get(first).is_none_or(|cell| cell.trim().is_empty());
    below.iter().any(blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<usize> {
        let mut rows = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        shows_at(&header, &rows.collect::<Vec<_>>())
    }

    #[test]
    fn a_group_stands_on_its_first_row_alone() {
        assert_eq!(at("Stage  ↑,Name,Amount\nWon,a,1\n,b,2\nLost,c,3"), Some(1));
        assert_eq!(at("Stage  ↓,Name,Amount\nWon,a,1\n,b,2\nLost,c,3"), Some(1));
    }

    #[test]
    fn a_sorted_column_with_blanks_is_no_group() {
        assert_eq!(
            at("Stage  ↑,Name,Amount\n,a,1\n,b,2\nLost,c,3\nWon,d,4"),
            None
        );
        assert_eq!(
            at("Stage  ↓,Name,Amount\nWon,a,1\nLost,b,2\n,c,3\nTotal,,"),
            None
        );
        assert_eq!(at("Stage,Name,Amount\nWon,a,1\n,b,2\nLost,c,3"), None);
    }
}
