//! Which character parts the cells of a text file; looks at a sample and never at a file's name alone.

use super::split::{Splitter, Step};
use std::collections::BTreeMap;

const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];
const LOOKED: usize = 60;

/// The delimiter of a sample: the `sep=` line says it, else the most even and then the widest split.
pub(super) fn delimiter(sample: &str) -> u8 {
    if let Some(said) = said(sample) {
        return said;
    }
    let mut best = (0_u32, 0_usize, b',');
    for candidate in CANDIDATES {
        let (evenness, width) = split_by(sample, candidate);
        if width > 1 && (evenness, width) > (best.0, best.1) {
            best = (evenness, width, candidate);
        }
    }
    best.2
}

/// What a leading `sep=;` line says.
fn said(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?.trim_matches('"');
    let (key, value) = line.split_at_checked(4)?;
    let mut rest = value.bytes();
    match (key.eq_ignore_ascii_case("sep="), rest.next(), rest.next()) {
        (true, Some(byte), None | Some(b'"')) if byte.is_ascii() => Some(byte),
        _ => None,
    }
}

/// How even (in twentieths) and how wide a sample is when split by `delimiter`.
fn split_by(sample: &str, delimiter: u8) -> (u32, usize) {
    let mut splitter = Splitter::over(sample.to_owned(), delimiter);
    let mut widths: BTreeMap<usize, u32> = BTreeMap::new();
    let mut rows = 0;
    while rows < LOOKED {
        match splitter.step() {
            Ok(Step::Row) if splitter.row().is_empty() => {}
            Ok(Step::Row) => {
                *widths.entry(splitter.row().len()).or_default() += 1;
                rows += 1;
            }
            Ok(Step::Broken(_)) => rows += 1,
            _ => break,
        }
    }
    let Some((width, count)) = widths
        .into_iter()
        .filter(|(width, _)| *width > 1)
        .max_by_key(|(width, count)| (*count, *width))
    else {
        return (0, 1);
    };
    (count * 20 / rows.max(1) as u32, width)
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn each_delimiter_is_found() {
        assert_eq!(delimiter("a,b,c\n1,2,3\n"), b',');
        assert_eq!(delimiter("a;b;c\n1;2,5;3,5\n4;5,5;6,5\n"), b';');
        assert_eq!(delimiter("a\tb, c\n1\t2, 3\n"), b'\t');
        assert_eq!(delimiter("a|b\n1|2\n"), b'|');
        assert_eq!(delimiter("alone\n1\n"), b',');
    }

    #[test]
    fn the_sep_line_decides() {
        assert_eq!(delimiter("sep=;\na,b;c\n"), b';');
        assert_eq!(delimiter("SEP=\t\r\na,b\tc\n"), b'\t');
    }

    #[test]
    fn title_lines_above_do_not_disturb() {
        assert_eq!(
            delimiter("Leads, all\nAs of 1/2/2024\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n"),
            b';'
        );
    }

    #[test]
    fn commas_inside_quotes_do_not_count() {
        assert_eq!(delimiter("a;b\n\"x, y, z\";1\n\"p, q, r\";2\n"), b';');
    }
}
