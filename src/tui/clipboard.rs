//! Copies text to the clipboard of the terminal's own machine (OSC 52), also over ssh. Reads nothing from it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::text::clean;

/// Terminals cut or refuse more.
const LONGEST: usize = 70_000;

/// The bytes that put `text` on the clipboard, or `None` when it is too long. Foreign text is cleaned line by line.
pub(super) fn sequence(text: &str) -> Option<Vec<u8>> {
    let safe = text.lines().map(clean).collect::<Vec<_>>().join("\n");
    if safe.len() > LONGEST {
        return None;
    }
    Some(format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(safe)).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_cleaned_and_lines_stay_lines() {
        let copied = sequence("a\x1b[31m\nb\u{202e}").unwrap();
        let encoded = STANDARD.encode("a␛[31m\nb·");
        assert_eq!(
            String::from_utf8(copied).unwrap(),
            format!("\x1b]52;c;{encoded}\x1b\\")
        );
    }

    #[test]
    fn what_terminals_refuse_is_not_sent() {
        assert_eq!(sequence(&"x".repeat(LONGEST + 1)), None);
    }
}
