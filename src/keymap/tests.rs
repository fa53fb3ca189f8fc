//! The table of keys: nothing clashes, nothing is missing.

use std::collections::HashSet;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

#[test]
fn no_key_means_two_things_in_one_context() {
    let mut seen = HashSet::new();
    for binding in BINDINGS {
        for chord in binding.chords {
            assert!(
                seen.insert((binding.context, *chord)),
                "{:?} {chord}",
                binding.context
            );
        }
    }
}

#[test]
fn no_context_hides_a_key_that_holds_everywhere() {
    let everywhere: HashSet<_> = BINDINGS
        .iter()
        .filter(|b| b.context == Context::Global)
        .flat_map(|b| b.chords)
        .collect();
    for binding in BINDINGS.iter().filter(|b| b.context.falls_through()) {
        for chord in binding.chords {
            assert!(
                !everywhere.contains(chord),
                "{:?} hides {chord}",
                binding.context
            );
        }
    }
}

#[test]
fn an_action_stands_once_per_context_and_has_words() {
    let mut seen = HashSet::new();
    for binding in BINDINGS {
        assert!(
            seen.insert((binding.context, binding.action)),
            "{:?} {:?}",
            binding.context,
            binding.action
        );
        assert!(
            !binding.chords.is_empty() && !binding.label.is_empty() && !binding.help.is_empty()
        );
    }
}

#[test]
fn every_context_can_be_left_from() {
    for context in Context::ALL {
        assert_eq!(
            action(context, Chord::key(KeyCode::Esc)),
            Some(Action::Back),
            "{context:?}"
        );
        assert_eq!(
            action(context, Chord::ctrl('c')),
            Some(Action::Leave),
            "{context:?}"
        );
    }
}

#[test]
fn letters_are_text_where_one_types() {
    assert_eq!(action(Context::Picker, Chord::char('q')), None);
    assert_eq!(action(Context::Board, Chord::char('q')), Some(Action::Back));
}

#[test]
fn the_footer_shows_the_most_important_first_and_no_place_twice() {
    for context in Context::ALL {
        let places: Vec<_> = footer(context)
            .iter()
            .map(|binding| binding.footer)
            .collect();
        assert!(places.is_sorted_by(|a, b| a < b), "{context:?} {places:?}");
    }
    assert_eq!(footer(Context::Board)[0].action, Action::Open);
}

#[test]
fn help_shows_every_binding_once() {
    let shown: usize = help(Context::Rows)
        .iter()
        .map(|(_, bindings)| bindings.len())
        .sum();
    assert_eq!(shown, BINDINGS.len());
    assert_eq!(help(Context::Rows)[0].0, Context::Rows);
}

#[test]
fn reverse_look_up_finds_the_nearest_binding() {
    assert_eq!(binding(Context::Rows, Action::Open).unwrap().label, "card");
    assert_eq!(
        binding(Context::Rows, Action::Help).unwrap().context,
        Context::Global
    );
}

#[test]
fn events_become_chords_whatever_the_terminal_reports() {
    let event = |code, modifiers| Chord::from(KeyEvent::new(code, modifiers));
    assert_eq!(
        event(KeyCode::Char('P'), KeyModifiers::SHIFT),
        Chord::char('P')
    );
    assert_eq!(
        event(KeyCode::BackTab, KeyModifiers::SHIFT),
        Chord::key(KeyCode::BackTab)
    );
    assert_eq!(
        event(KeyCode::Char('C'), KeyModifiers::CONTROL),
        Chord::ctrl('c')
    );
    assert_eq!(Chord::ctrl('p').to_string(), "Ctrl-P");
    assert_eq!(Chord::char(' ').to_string(), "Space");
}
