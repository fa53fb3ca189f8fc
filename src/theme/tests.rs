//! Themes are complete, and a faulty file says what is wrong with it.

use super::*;

#[test]
fn every_built_in_theme_reads_and_names_every_role() {
    for (name, text) in BUILT_IN {
        assert_eq!(Theme::find(name).unwrap().name(), name);
        for role in Role::ALL {
            let named = text
                .lines()
                .any(|line| line.starts_with(&format!("{} = ", role.name())));
            assert!(named, "{name} lacks {}", role.name());
        }
    }
}

#[test]
fn mono_has_no_colour() {
    let mono = Theme::built_in("mono").unwrap();
    for role in Role::ALL {
        assert_eq!((mono[role].fg, mono[role].bg), (None, None), "{role:?}");
    }
}

#[test]
fn the_cursor_is_seen_in_every_theme() {
    for name in Theme::names() {
        let theme = Theme::built_in(name).unwrap();
        assert_ne!(theme[Role::Cursor], theme[Role::Text], "{name}");
        assert_ne!(theme[Role::Selection], theme[Role::Text], "{name}");
    }
}

#[test]
fn a_file_builds_on_another_theme() {
    let theme = Theme::parse(
        "mine.toml",
        "based_on = \"dark\"\n[roles]\ngood = { fg = \"#00ff00\" }",
    )
    .unwrap();
    assert_eq!(theme[Role::Good].fg, Some(Color::Rgb(0, 255, 0)));
    assert_eq!(
        theme[Role::Bad],
        Theme::built_in("dark").unwrap()[Role::Bad]
    );
}

#[test]
fn faults_name_the_file_the_place_and_the_cure() {
    let fault = |text: &str| Theme::parse("mine.toml", text).unwrap_err().to_string();
    assert!(
        fault("[roles]\ngood = { fg = \"greenish\" }").contains("good: 'greenish' is no colour")
    );
    assert!(fault("[roles]\nlovely = {}").contains("'lovely' is no role; there are text, strong"));
    assert!(fault("based_on = \"dusk\"").contains("there are terminal, dark"));
    assert!(fault("\n\n[roles\n").starts_with("theme mine.toml: line 3: "));
    assert!(
        Theme::find("dusk")
            .unwrap_err()
            .to_string()
            .starts_with("no theme 'dusk'; there are terminal")
    );
    assert!(
        Theme::find("/nowhere/x.toml")
            .unwrap_err()
            .to_string()
            .contains("cannot be read")
    );
}

#[test]
fn a_key_walks_through_all_themes_and_back() {
    let mut theme = Theme::default();
    for _ in Theme::names() {
        theme = theme.next();
    }
    assert_eq!(theme, Theme::default());
}
