//! The first line: the screens by their keys, the one in sight marked, whose workspace it is. Knows no number.

use super::Place;
use super::model::Hand;
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

/// What stands at the end of the line where nothing can be changed.
const READ_ONLY: &str = "read-only";

/// Where each screen's name stands in the line: its first column and the one after its last.
pub type Tabs = Vec<(u16, u16, Place)>;

/// Draws the line. Where there is little room the blanks between the names give way first, then the other screens' names; the
/// workspace's takes what is left. Gives where each name stands, for clicks.
pub fn draw(
    ink: &mut Ink<'_>,
    here: Place,
    (workspace, hand): (&str, Hand),
    theme: &Theme,
) -> Tabs {
    let mark = match hand {
        Hand::ReadsOnly => READ_ONLY,
        Hand::Writes => "",
    };
    let marked = text::width(mark) as u16 + 2 * u16::from(!mark.is_empty());
    let tabs: Vec<_> = Place::ALL
        .into_iter()
        .filter_map(|place| Some((place, keymap::binding(Context::Global, place.action())?)))
        .collect();
    let wide = |label: &str| text::width(label) + 4;
    let whole: usize = tabs.iter().map(|(_, binding)| wide(binding.label)).sum();
    let room = usize::from(ink.width().saturating_sub(marked));
    let fits = whole - tabs.len() <= room;
    let gap = if whole <= room || !fits { " " } else { "" };
    let mut at = 0;
    let mut placed = Tabs::new();
    for (place, binding) in tabs {
        let (key, label) = (binding.chords[0], binding.label);
        let active = place == here;
        let short = !fits && !active;
        let label: String = label.chars().take(if short { 4 } else { 40 }).collect();
        let role = if active { Role::TabActive } else { Role::Tab };
        let end = ink.write(0, at, &format!(" {key} {label}{gap}"), theme[role]);
        placed.push((at, end, place));
        at = end;
    }
    let name = text::clean(workspace);
    let room = usize::from(ink.width().saturating_sub(at + 3 + marked));
    let name = text::truncate(&name, room);
    let wide = text::width(&name) as u16;
    if wide > 3 {
        let at = ink.width() - wide - 1 - marked;
        ink.write(0, at, &name, theme[Role::Title]);
    }
    if !mark.is_empty() {
        ink.write(
            0,
            ink.width().saturating_sub(marked - 1),
            mark,
            theme[Role::Warn],
        );
    }
    placed
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;

    fn line(width: u16, here: Place) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        let area = buffer.area;
        let theme = Theme::built_in("mono").expect("it comes with the program");
        let mut ink = Ink::new(&mut buffer, area);
        draw(&mut ink, here, ("Kontor", Hand::Writes), &theme);
        (0..width).map(|x| buffer[(x, 0)].symbol()).collect()
    }

    #[test]
    fn at_80_columns_every_screen_has_its_whole_name() {
        for here in Place::ALL {
            let shown = line(80, here);
            for name in ["1 Scoreboard", "3 Rejections", "6 Meeting", ", Settings"] {
                assert!(shown.contains(name), "{shown}");
            }
        }
        assert!(line(120, Place::Leads).trim_end().ends_with("Kontor"));
        assert!(line(60, Place::Meeting).contains("6 Meeting"));
    }
}
