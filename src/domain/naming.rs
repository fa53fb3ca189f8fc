//! What the name of a person or a thing may hold: what everybody can see. Pure.

use std::borrow::Cow;

use crate::text::is_hazard;

/// The first character that a terminal would obey, or that nobody can see: control characters, direction overrides, tags. Marks
/// that shape letters and emoji are part of a name.
pub fn unseen(name: &str) -> Option<char> {
    name.chars().find(|c| is_unseen(*c))
}

/// The name without such characters, a single space in the place of each run of them; trimmed.
pub fn visible(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) || unseen(name).is_none() {
        return Cow::Borrowed(name);
    }
    let parts: Vec<&str> = name
        .split(is_unseen)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    Cow::Owned(parts.join(" "))
}

fn is_unseen(c: char) -> bool {
    is_hazard(c) && !shapes(c)
}

/// Joiners of Persian and Indic names and of emoji, variation selectors, skin tones.
fn shapes(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_scripts_stay_as_they_are() {
        for name in [
            "Änne Überschär",
            "山田 花子",
            "می\u{200c}خواهم",
            "Ada 👩\u{200d}💻",
            "O'Neil",
        ] {
            assert_eq!(unseen(name), None, "{name}");
            assert!(matches!(visible(name), Cow::Borrowed(_)), "{name}");
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_no_part_of_a_name() {
        assert_eq!(unseen("a\u{1b}[2Jb"), Some('\u{1b}'));
        assert_eq!(visible("a\u{1b}\u{7}b"), "a b");
        assert_eq!(visible("Kim\n"), "Kim");
        assert_eq!(visible("\u{202e}mik"), "mik");
        assert_eq!(visible("\u{9b}\t"), "");
    }
}
