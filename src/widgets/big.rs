//! Figures three lines tall, to be read from the back of the room. Knows digits, signs and currencies, no letters.

use ratatui::style::Style;

use super::Ink;

/// Lines that a tall figure takes.
pub const BIG_HEIGHT: u16 = 3;

/// Three lines for each character; unknown ones stand small on the last line.
fn glyph(c: char) -> Option<[&'static str; 3]> {
    Some(match c {
        '0' => ["█▀▀█", "█  █", "█▄▄█"],
        '1' => ["▄█ ", " █ ", "▄█▄"],
        '2' => ["▀▀▀█", "█▀▀▀", "█▄▄▄"],
        '3' => ["▀▀▀█", " ▀▀█", "▄▄▄█"],
        '4' => ["█  █", "█▄▄█", "   █"],
        '5' => ["█▀▀▀", "▀▀▀█", "▄▄▄█"],
        '6' => ["█▀▀▀", "█▀▀█", "█▄▄█"],
        '7' => ["▀▀▀█", "  ▄▀", "  █ "],
        '8' => ["█▀▀█", "█▀▀█", "█▄▄█"],
        '9' => ["█▀▀█", "▀▀▀█", "▄▄▄█"],
        ':' => ["▄", " ", "▀"],
        ',' => [" ", " ", "▞"],
        '.' => [" ", " ", "▄"],
        '%' => ["▀ ▄▀", " ▄▀ ", "▄▀ ▄"],
        '€' => ["▄▀▀▀", "█▀▀ ", "▀▄▄▄"],
        '$' => ["▄█▀▀", "▀█▀▄", "▄█▄▀"],
        '£' => ["▄▀▀▄", "█▀▀ ", "█▄▄▄"],
        '−' | '-' | '–' => ["   ", "▀▀▀", "   "],
        '—' => ["    ", "▀▀▀▀", "    "],
        '+' => ["   ", "▄█▄", " ▀ "],
        'k' => ["█   ", "█▄▀ ", "█ ▀▄"],
        'M' => ["█▄ ▄█", "█ ▀ █", "█   █"],
        ' ' | '\u{a0}' | '\u{202f}' => ["  ", "  ", "  "],
        _ => return None,
    })
}

/// Columns that `text` takes when tall.
pub fn big_width(text: &str) -> u16 {
    placed(text).last().map_or(0, |(c, at)| at + glyph_width(c))
}

/// Each character with the column it starts at. Letters without a glyph stand close together, as a word.
fn placed(text: &str) -> impl Iterator<Item = (char, u16)> {
    let mut at = 0_u16;
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        let c = chars.next()?;
        let start = at;
        let in_word = |c: char| glyph(c).is_none();
        let gap = u16::from(!(in_word(c) && chars.peek().is_some_and(|next| in_word(*next))));
        at = at.saturating_add(glyph_width(c) + gap);
        Some((c, start))
    })
}

/// Writes `text` tall from a line and column on; returns the column after it.
pub fn draw_big(ink: &mut Ink<'_>, line: u16, column: u16, text: &str, style: Style) -> u16 {
    for (c, start) in placed(text) {
        let at = column.saturating_add(start);
        if let Some(rows) = glyph(c) {
            for (row, part) in (0..).zip(rows) {
                ink.write(line + row, at, part, style);
            }
        } else {
            ink.write(line + BIG_HEIGHT - 1, at, c.encode_utf8(&mut [0; 4]), style);
        }
    }
    column.saturating_add(big_width(text))
}

fn glyph_width(c: char) -> u16 {
    match glyph(c) {
        Some([row, ..]) => row.chars().count() as u16,
        None => crate::text::width(c.encode_utf8(&mut [0; 4])) as u16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_of_a_glyph_are_equally_wide() {
        for c in "0123456789:,.%€$£−—+kM ".chars() {
            let rows = glyph(c).unwrap();
            let wide = rows[0].chars().count();
            assert!(rows.iter().all(|row| row.chars().count() == wide), "{c}");
        }
    }

    #[test]
    fn letters_without_a_glyph_keep_their_width() {
        assert_eq!(big_width("1株"), 3 + 1 + 2);
        assert_eq!(big_width("BRL 1"), 3 + 1 + 2 + 1 + 3);
        assert_eq!(big_width(""), 0);
    }
}
