//! Who made the changes of this session, so that undo takes back the last one whoever spoke at this keyboard. Writes nothing itself.

use crate::domain::command::Command;
use crate::screens::fetch::Write;

/// The changes of the session by who made them; `None`: who sits here.
#[derive(Debug, Default)]
pub(super) struct Trail {
    made: Vec<Option<String>>,
    undone: Vec<Option<String>>,
}

impl Trail {
    /// Takes the last change back.
    pub(super) fn undo(&self) -> Write {
        by(self.made.last(), Command::Undo(None))
    }

    /// Makes again what was taken back.
    pub(super) fn redo(&self) -> Write {
        by(self.undone.last(), Command::Redo)
    }

    /// A change was made.
    pub(super) fn note(&mut self, write: &Write) {
        let (who, command) = match write {
            Write::One(command) => (None, Some(&**command)),
            Write::As(handle, command) => (Some(handle.clone()), Some(&**command)),
            Write::Each(_) => (None, None),
        };
        match command {
            Some(Command::Undo(_)) => self.undone.extend(self.made.pop()),
            Some(Command::Redo) => self.made.extend(self.undone.pop()),
            _ => {
                self.made.push(who);
                self.undone.clear();
            }
        }
    }
}

fn by(who: Option<&Option<String>>, command: Command) -> Write {
    match who {
        Some(Some(handle)) => Write::As(handle.clone(), Box::new(command)),
        _ => Write::one(command),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_mia(command: Command) -> Write {
        Write::As("mia".into(), Box::new(command))
    }

    #[test]
    fn undo_speaks_for_who_made_the_change_and_then_for_who_sits_here() {
        let set = || Command::Set {
            key: "small_n".into(),
            value: 5,
        };
        let mut trail = Trail::default();
        assert_eq!(trail.undo(), Write::one(Command::Undo(None)));
        for made in [Write::one(set()), as_mia(set())] {
            trail.note(&made);
        }
        assert_eq!(trail.undo(), as_mia(Command::Undo(None)));
        trail.note(&trail.undo());
        assert_eq!(trail.undo(), Write::one(Command::Undo(None)));
        assert_eq!(trail.redo(), as_mia(Command::Redo));
        trail.note(&trail.redo());
        assert_eq!(trail.undo(), as_mia(Command::Undo(None)));
        // What was taken back is gone with the next change.
        trail.note(&trail.undo());
        trail.note(&Write::one(set()));
        assert_eq!(trail.redo(), Write::one(Command::Redo));
    }
}
