//! What cleaning, cutting and padding do to hostile and to wide text.

use proptest::prelude::*;

use super::*;

#[test]
fn plain_text_is_borrowed() {
    assert!(matches!(clean("Acme Ltd."), Cow::Borrowed(_)));
    assert!(matches!(clean("Größe 株式会社"), Cow::Borrowed(_)));
}

#[test]
fn what_is_called_plain_is_one_column_and_one_grapheme_each() {
    let plain: Vec<char> = ('\0'..=char::MAX)
        .filter(|c| is_plain(&c.to_string()))
        .collect();
    assert!(plain.contains(&'ß') && plain.contains(&'│') && !plain.contains(&'\u{ad}'));
    for c in plain {
        assert!(!is_hazard(c) && c.width() == Some(1), "{c:?}");
        for beside in [format!("a{c}"), format!("{c}a")] {
            assert_eq!(beside.graphemes(true).count(), 2, "{c:?}");
        }
    }
}

#[test]
fn control_characters_become_visible() {
    assert_eq!(clean("a\x1b[31mb"), "a␛[31mb");
    assert_eq!(clean("a\tb\0\x7f"), "a␉b␀␡");
    assert_eq!(clean("a\u{9b}31m"), "a·31m");
}

#[test]
fn every_line_end_is_one_mark() {
    assert_eq!(clean("a\r\nb\nc\rd\u{2028}e\u{85}f"), "a⏎b⏎c⏎d⏎e⏎f");
}

#[test]
fn direction_overrides_and_tags_are_dots() {
    assert_eq!(clean("a\u{202e}gpj.exe\u{2066}\u{e0041}"), "a·gpj.exe··");
}

#[test]
fn zero_width_characters_vanish() {
    assert_eq!(clean("pay\u{200b}pal\u{feff}\u{ad}"), "paypal");
}

#[test]
fn joined_emoji_fall_apart_so_their_width_is_certain() {
    assert_eq!(clean("👨\u{200d}👩\u{200d}👧"), "👨👩👧");
    assert_eq!(width(&clean("👍\u{1f3fd}")), 2);
    assert_eq!(width(&clean("❤\u{fe0f}")), 1);
}

#[test]
fn at_most_four_marks_on_a_base() {
    let zalgo = format!("a{}b", "\u{301}".repeat(1000));
    assert_eq!(clean(&zalgo), "a\u{301}\u{301}\u{301}\u{301}b");
    assert_eq!(clean("\u{301}x"), "◌\u{301}x");
}

#[test]
fn cut_on_graphemes_with_dots() {
    assert_eq!(truncate("Acme", 4), "Acme");
    assert_eq!(truncate("Acme Ltd", 4), "Acm…");
    assert_eq!(truncate("Größe · Maß", 4), "Grö…");
    assert_eq!(truncate("Größe — Maß", 11), "Größe — Maß");
    assert_eq!(truncate("株式会社", 4), "株…");
    assert_eq!(truncate("株式会社", 5), "株式…");
    assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    assert_eq!(truncate("abc", 0), "");
    assert_eq!(truncate("abc", 1), "…");
}

#[test]
fn a_name_of_ten_thousand_characters_is_cut() {
    let name = "株".repeat(10_000);
    assert_eq!(width(&truncate(&name, 21)), 21);
}

#[test]
fn names_fill_their_room_from_the_left() {
    assert_eq!(fit("株式", 6), "株式  ");
    assert_eq!(fit("株式会社", 4), "株… ");
}

#[test]
fn long_words_break_and_short_ones_wrap() {
    assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
}

proptest! {
    #[test]
    fn nothing_hostile_survives(text in any::<String>()) {
        let clean = clean(&text);
        prop_assert!(!clean.chars().any(char::is_control));
        let hidden = clean.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}'));
        prop_assert!(!hidden);
    }

    #[test]
    fn cleaning_twice_changes_nothing(text in any::<String>()) {
        let once = clean(&text).into_owned();
        prop_assert_eq!(clean(&once), once.as_str());
    }

    #[test]
    fn fitted_text_is_exactly_as_wide_as_asked(text in any::<String>(), columns in 0usize..40) {
        prop_assert_eq!(width(&fit(&text, columns)), columns);
    }
}

#[test]
fn json_shows_what_a_terminal_would_obey_and_stays_the_same_data() {
    let value = serde_json::json!({"name": "\u{9b}31m\u{202e}a\u{7f}b\u{200b}東京"});
    let document = super::json(&format!("{value:#}\n"));
    assert!(
        document.contains(r"\u009b31m\u202ea\u007fb\u200b東京"),
        "{document}"
    );
    let back: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(back, value);
}
