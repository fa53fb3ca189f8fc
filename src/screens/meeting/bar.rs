//! The line that stands on every screen while a meeting runs: the open item, the time left or over, who is there, the keys. Changes nothing.

use super::words;
use crate::keymap::{self, Action, Context};
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, hints};

/// Keys that it names where there is room.
const KEYS: [Action; 5] = [
    Action::RaiseIssue,
    Action::Decide,
    Action::GoOn,
    Action::TakeOn,
    Action::WriteNote,
];

/// From this width on the meeting is named too.
const ROOMY: u16 = 100;

/// Draws the line; false where no meeting runs.
pub fn draw(ink: &mut Ink<'_>, model: &Model, theme: &Theme) -> bool {
    let Some(meeting) = model.book().meetings.running() else {
        return false;
    };
    let now = model.clock();
    let roomy = ink.width() >= ROOMY;
    let name = format!("● Meeting {} ", meeting.id.0);
    let name = if roomy { name.as_str() } else { "● " };
    let mut at = ink.write(0, 1, name, theme[Role::Shared]);
    match meeting.open_item() {
        Some(item) => {
            let place = meeting
                .items
                .iter()
                .position(|one| one.id == item.id)
                .unwrap_or(0);
            let (left, role) = words::left(item, now);
            let place = format!("{}/{} ", place + 1, meeting.items.len());
            at = ink.write(0, at, &place, theme[Role::Dim]);
            let title = text::clean(&item.point.title).into_owned();
            let room = usize::from(ink.width().saturating_sub(at))
                .saturating_sub(58)
                .clamp(12, 30);
            at = ink.write(0, at, &text::truncate(&title, room), theme[Role::Strong]);
            at = ink.write(0, at + 1, &left, theme[role]);
        }
        None => at = ink.write(0, at, "the agenda is through", theme[Role::Strong]),
    }
    let missing = meeting.missing();
    let (told, role) = match &missing[..] {
        _ if roomy => (words::sides(meeting), Role::Text),
        // Where room is short it goes to the keys.
        [] => (format!("{} there", meeting.present().count()), Role::Text),
        [side] => (format!("! no {}", side.label()), Role::Warn),
        _ => ("! no marketing, no sales".to_owned(), Role::Warn),
    };
    at = ink.write(0, at + 1, "· ", theme[Role::Dim]);
    at = ink.write(0, at, &told, theme[role]);
    let bindings = KEYS
        .iter()
        .filter_map(|action| keymap::binding(Context::Global, *action));
    let keys = bindings.map(|binding| (binding.chords[0].to_string(), binding.label));
    hints_from(ink, at + 2, keys, theme);
    true
}

/// Hints from a column on.
fn hints_from<'a>(
    ink: &mut Ink<'_>,
    at: u16,
    keys: impl Iterator<Item = (String, &'a str)>,
    theme: &Theme,
) {
    if at + 8 < ink.width() {
        let mut rest = ink.right_of(at);
        hints(&mut rest, 0, keys, theme);
    }
}
