//! The first line: the screens by their keys, the one in sight marked, whose workspace it is. Knows no number.

use super::Place;
use crate::keymap::{self, Action, Context};
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;

impl Place {
    /// The action that shows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Scoreboard => Action::Scoreboard,
            Self::Leads => Action::Leads,
            Self::Rejections => Action::Rejections,
            Self::Criteria => Action::Criteria,
            Self::Pipeline => Action::Pipeline,
            Self::Meeting => Action::Meeting,
            Self::Settings => Action::Settings,
        }
    }
}

/// Draws the line.
pub fn draw(ink: &mut Ink<'_>, here: Place, workspace: &str, theme: &Theme) {
    let mut at = 0;
    for place in Place::ALL {
        let Some(binding) = keymap::binding(Context::Global, place.action()) else {
            continue;
        };
        let label = binding.label;
        let words = format!(" {} {label} ", binding.chords[0]);
        let role = if place == here {
            Role::TabActive
        } else {
            Role::Tab
        };
        at = ink.write(0, at, &words, theme[role]);
    }
    let name = text::clean(workspace);
    let room = usize::from(ink.width().saturating_sub(at + 3));
    let name = text::truncate(&name, room);
    let wide = text::width(&name) as u16;
    if wide > 3 {
        ink.write(0, ink.width() - wide - 1, &name, theme[Role::Title]);
    }
}
