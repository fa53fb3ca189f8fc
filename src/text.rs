//! Makes foreign text safe to print and cuts it to width: the one place where outside text is cleaned. Prints nothing.

pub mod cell;

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many combining marks one base character may carry; more cost milliseconds per frame and smear over other lines.
const MARKS_PER_BASE: usize = 4;

/// Text that is safe for a terminal, on one line, and as wide as [`width`] says.
///
/// Control characters become their control pictures, line ends `⏎`, direction overrides, C1 controls and tag characters `·`.
/// Zero-width characters and emoji joiners are dropped, because terminals disagree about the width of what they join.
/// At most four combining marks stay on a base.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match fate(c) {
            Fate::Drop => continue,
            Fate::Line => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('⏎');
            }
            Fate::Dot => out.push('·'),
            Fate::Picture(picture) => out.push(picture),
            Fate::Keep if c.width() == Some(0) => {
                if out.is_empty() {
                    // A mark without a base would sit on the border to its left.
                    out.push('◌');
                }
                marks += 1;
                if marks <= MARKS_PER_BASE {
                    out.push(c);
                }
                continue;
            }
            Fate::Keep => out.push(c),
        }
        marks = 0;
    }
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// Whether each character is safe, one column wide, and a grapheme of its own: then nothing has to be measured. Most text is.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c,
            ' '..='~'
            // Latin letters; arrows; lines, blocks and simple shapes.
            | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '–' | '—' | '’' | '…' | '←'..='↓'
            | '\u{2500}'..='\u{25cf}')
    })
}

/// Whether a terminal would obey or hide this character instead of showing it.
pub fn is_hazard(c: char) -> bool {
    !matches!(fate(c), Fate::Keep)
}

/// A JSON document with every character that a terminal obeys or hides written as `\uXXXX`; they stand in strings only.
pub fn json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for c in document.chars() {
        if c == '\n' || c.is_ascii() && !c.is_ascii_control() || !is_hazard(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// What becomes of one character.
enum Fate {
    Keep,
    Drop,
    Dot,
    Line,
    Picture(char),
}

fn fate(c: char) -> Fate {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => Fate::Line,
        '\0'..='\u{1f}' => Fate::Picture(control_picture(c)),
        '\u{7f}' => Fate::Picture('\u{2421}'),
        // C1 controls, direction marks and overrides, fillers that look like nothing, tags, non-characters.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => Fate::Dot,
        // Zero-width spaces and joiners, soft hyphen, variation selectors, skin tones: their width differs per terminal.
        '\u{ad}'
        | '\u{34f}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0080}'..='\u{e0fff}' => Fate::Drop,
        _ => Fate::Keep,
    }
}

fn control_picture(c: char) -> char {
    char::from_u32(0x2400 + c as u32).unwrap_or('·')
}

/// Columns that `text` takes on screen.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        text.chars().count()
    } else {
        text.width()
    }
}

/// `text` cut to at most `columns` on a grapheme, ending in `…` when something was cut.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    // Each column takes at least one byte, so short text needs no measuring by grapheme.
    if text.len() <= columns || (text.len() <= columns.saturating_mul(8) && width(text) <= columns)
    {
        return Cow::Borrowed(text);
    }
    if columns > 0 && is_plain(text) {
        let cut = text.char_indices().nth(columns - 1);
        let end = cut.map_or(text.len(), |(end, _)| end);
        return Cow::Owned(format!("{}…", &text[..end]));
    }
    let mut used = 0;
    let mut end_with_dots = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        let wide = width(grapheme);
        if used + wide > columns {
            let mut cut = text[..end_with_dots].to_owned();
            if columns > 0 {
                cut.push('…');
            }
            return Cow::Owned(cut);
        }
        used += wide;
        if used < columns {
            end_with_dots = start + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

/// Cleaned text, cut and filled with blanks on the right to exactly `columns`.
pub fn fit(text: &str, columns: usize) -> String {
    let clean = clean(text);
    let cut = truncate(&clean, columns);
    let blanks = columns.saturating_sub(width(&cut));
    let mut out = cut.into_owned();
    out.extend(std::iter::repeat_n(' ', blanks));
    out
}

/// Text broken into lines of at most `columns`, at blanks where there are any; own line ends are kept.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let word = clean(word);
            let gap = usize::from(!line.is_empty());
            if width(&line) + gap + width(&word) <= columns {
                line.extend(std::iter::repeat_n(' ', gap));
                line.push_str(&word);
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for grapheme in word.graphemes(true) {
                if width(&line) + width(grapheme) > columns && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line.push_str(grapheme);
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests;
