//! A workspace that was opened to be read: every screen works, and no key begins a change.

use crossterm::event::KeyEvent;
use smarketing::keymap::{Action, BINDINGS, Binding, Context, Touch};

use super::desk::{Shared, redraw};

/// The key of the screen whose keys stand in a context.
fn key_of(context: Context) -> Option<KeyEvent> {
    let mut screens = BINDINGS.iter().filter(|b| b.context == Context::Global);
    let screen = screens.find(|binding| binding.label == context.title())?;
    Some(screen.chords[0].into())
}

fn screens() -> Vec<(Context, KeyEvent)> {
    let all = Context::ALL.into_iter();
    all.filter_map(|context| Some((context, key_of(context)?)))
        .collect()
}

fn keys(binding: &'static Binding) -> impl Iterator<Item = KeyEvent> {
    binding.chords.iter().map(|chord| KeyEvent::from(*chord))
}

#[test]
fn every_key_that_edits_says_so_at_once_and_opens_nothing() {
    let shared = Shared::new();
    let mut reader = shared.reader("vera");
    let edits = |context| {
        let all = BINDINGS.iter().filter(|b| b.touch == Touch::Edits);
        all.filter(move |b| b.context == context || b.context == Context::Global)
    };
    let mut tried = 0;
    for (context, screen) in screens() {
        reader.key(screen);
        // What is read for the screen is there with the next frame.
        reader.key(redraw());
        let before = reader.screen();
        assert!(
            before.lines().next().unwrap().contains("read-only"),
            "{before}"
        );
        for binding in edits(context) {
            for key in keys(binding) {
                reader.key(key);
                let said = reader.screen();
                assert!(
                    said.contains("only; nothing was changed"),
                    "{binding:?}\n{said}"
                );
                // The next key takes the notice away: nothing is left open under it.
                reader.key(redraw());
                assert_eq!(reader.screen(), before, "{binding:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried}");
    assert_eq!(reader.writes, 0);
}

#[test]
fn the_palette_and_the_mouse_begin_no_change_either() {
    let shared = Shared::new();
    let mut reader = shared.reader("vera");
    reader.press(",:");
    reader.press("Add an entry\n");
    assert!(reader.screen().contains("only; nothing was changed"));
    // The first line's names lead to other screens.
    for row in 1..36 {
        for _ in 0..3 {
            reader.click(4, row);
        }
    }
    assert!(reader.screen().contains("only; nothing was changed"));
    reader.key(redraw());
    let shown = reader.screen();
    assert!(shown.contains("Enter change"), "{shown}");
    assert_eq!(reader.writes, 0);
}

#[test]
fn every_screen_can_be_looked_at_by_every_other_key() {
    let shared = Shared::new();
    let mut reader = shared.reader("vera");
    let leaves = [Action::Back, Action::Leave, Action::Suspend];
    for (context, screen) in screens() {
        let looks = BINDINGS.iter().filter(|b| b.touch == Touch::Looks);
        for binding in looks.filter(|b| b.context == context && !leaves.contains(&b.action)) {
            reader.key(screen);
            for key in keys(binding) {
                reader.key(key);
                let shown = reader.screen();
                // Enter edits a rule, and asks what becomes of an issue, where one is under the cursor.
                let edits = matches!(context, Context::Criteria | Context::Meeting)
                    && binding.action == Action::Open;
                let refused = shown.contains("only; nothing was changed");
                assert!(!refused || edits, "{binding:?}\n{shown}");
            }
            reader.press("\u{1b}\u{1b}\u{1b}");
        }
    }
}

#[test]
fn what_is_not_marked_as_editing_writes_nothing() {
    let shared = Shared::new();
    let mut rep = shared.desk("vera");
    let leaves = [Action::Back, Action::Leave, Action::Suspend];
    for (context, screen) in screens() {
        let looks = BINDINGS.iter().filter(|b| b.touch == Touch::Looks);
        for binding in looks.filter(|b| b.context == context && !leaves.contains(&b.action)) {
            rep.key(screen);
            for key in keys(binding) {
                rep.key(key);
            }
            assert_eq!(rep.writes, 0, "{binding:?}");
            rep.press("\u{1b}\u{1b}\u{1b}");
        }
    }
}
