//! Deeds as subcommands, each taken back and done again before it counts; the bytes are compared. Decides nothing.

use super::cli::Line;
use super::room::{Deed, Room, Said, Way};

/// Done, undone, redone.
pub(crate) struct Undone(Line);

impl Way for Undone {
    fn enter(room: Room) -> Undone {
        Undone(Line::enter(room))
    }

    fn room(&self) -> &Room {
        self.0.room()
    }

    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said {
        let before = self.room().dump();
        let said = self.0.act(who, deed);
        let after = self.room().dump();
        if said.is_err() {
            assert_eq!(before, after, "refused, and yet: {deed:?}");
            return said;
        }
        assert_ne!(before, after, "{deed:?}");
        for (word, state) in [("undo", before), ("redo", after)] {
            let left = self.room().run(who, &[word], "");
            assert_eq!(left.status, 0, "{word} of {deed:?}: {}", left.said);
            assert_eq!(self.room().dump(), state, "{word} of {deed:?}");
        }
        said
    }
}
