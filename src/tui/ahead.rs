//! Keys that are typed while a change is being written: they wait for its answer, so that none is lost to a window about to close.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crossterm::event::Event;

/// So long a key waits; then the file is busy, and the keys are for what is in sight.
const LONGEST: Duration = Duration::from_millis(300);

/// What was typed ahead.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    last: Option<Event>,
    /// When a change was sent off, and by which key.
    sent: Option<(Instant, Option<Event>)>,
    kept: VecDeque<Event>,
}

impl Ahead {
    /// Whether the key waits. The key that sent the change does not: held down, it still makes one change.
    pub(super) fn keeps(&mut self, event: &Event) -> bool {
        let waits = self
            .sent
            .as_ref()
            .is_some_and(|(at, by)| at.elapsed() < LONGEST && by.as_ref() != Some(event));
        if waits {
            self.kept.push_back(event.clone());
        }
        waits
    }

    /// This key is acted on now.
    pub(super) fn acts(&mut self, event: &Event) {
        self.last = Some(event.clone());
    }

    /// The key that is acted on sends a change off.
    pub(super) fn sends(&mut self) {
        self.sent = Some((Instant::now(), self.last.take()));
    }

    /// The change was answered.
    pub(super) fn answered(&mut self) {
        self.sent = None;
    }

    /// The next key that waited, unless it has to go on waiting.
    pub(super) fn next(&mut self) -> Option<Event> {
        let waits = self
            .sent
            .as_ref()
            .is_some_and(|(at, _)| at.elapsed() < LONGEST);
        if waits { None } else { self.kept.pop_front() }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn key(c: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    #[test]
    fn a_key_behind_a_change_waits_for_its_answer_and_the_same_key_does_not() {
        let mut ahead = Ahead::default();
        assert!(!ahead.keeps(&key('a')));
        ahead.acts(&key('a'));
        ahead.sends();
        assert!(!ahead.keeps(&key('a')));
        assert!(ahead.keeps(&key('4')) && ahead.keeps(&key('j')));
        assert_eq!(ahead.next(), None);
        ahead.answered();
        assert_eq!(ahead.next(), Some(key('4')));
        // The one behind it sends a change of its own: the last one waits again.
        ahead.acts(&key('4'));
        ahead.sends();
        assert_eq!(ahead.next(), None);
        ahead.answered();
        assert_eq!((ahead.next(), ahead.next()), (Some(key('j')), None));
    }
}
