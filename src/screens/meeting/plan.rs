//! An agenda that is being put together: items with their time boxes, in order. Writes nothing itself.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::meeting::MeetingChange;
use crate::domain::meeting::agenda::{Agenda, MOST_POINTS, Point, Topic};
use crate::keymap::{Action, Context};
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Prompt, Side, popup};

/// Minutes of an item that is added.
const MINUTES: u32 = 5;

/// What is being typed.
#[derive(Debug, Clone)]
enum Typing {
    /// The title of the item under the cursor.
    Title(Prompt),
    /// The name under which the agenda is kept.
    Name(Prompt),
}

/// The open agenda.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    name: String,
    points: Vec<Point>,
    marked: usize,
    offset: usize,
    typing: Option<Typing>,
    wrong: Option<String>,
}

impl Plan {
    /// Starts with the items of an agenda. Those of the program are kept under another name.
    pub(super) fn new(agenda: &Agenda) -> Self {
        let built_in = Agenda::built_in()
            .iter()
            .any(|known| known.name == agenda.name);
        Self {
            name: if built_in {
                String::new()
            } else {
                agenda.name.clone()
            },
            points: agenda.points.clone(),
            marked: 0,
            offset: 0,
            typing: None,
            wrong: None,
        }
    }

    pub(super) fn context(&self) -> Context {
        if self.typing.is_some() {
            Context::Field
        } else {
            Context::Plan
        }
    }

    /// Leaves the line that is typed in; false where there is none.
    pub(super) fn back(&mut self) -> bool {
        self.typing.take().is_some()
    }

    pub(super) fn refuse(&mut self, why: &str) {
        self.wrong = Some(why.to_owned());
        if self.typing.is_none() {
            self.typing = Some(Typing::Name(Prompt::holding(&self.name)));
        }
    }

    /// Acts on a key; the change that keeps the agenda, once it has a name.
    pub(super) fn update(&mut self, action: Action) -> Option<MeetingChange> {
        self.wrong = None;
        if let Some(typing) = &self.typing {
            if action != Action::Open {
                return None;
            }
            match typing {
                Typing::Title(prompt) => {
                    let title = prompt.value().trim().to_owned();
                    if let Some(point) = self
                        .points
                        .get_mut(self.marked)
                        .filter(|_| !title.is_empty())
                    {
                        point.title = title;
                    }
                    self.typing = None;
                    return None;
                }
                Typing::Name(prompt) => {
                    self.name = prompt.value().trim().to_owned();
                    if let Err(why) = Agenda::checked(&self.name, &self.points) {
                        self.wrong = Some(why.to_string());
                        return None;
                    }
                    return Some(MeetingChange::SaveAgenda {
                        name: self.name.clone(),
                        points: self.points.clone(),
                    });
                }
            }
        }
        self.edit(action);
        None
    }

    fn edit(&mut self, action: Action) {
        let last = self.points.len().saturating_sub(1);
        let at = self.marked.min(last);
        match action {
            Action::Up => self.marked = at.saturating_sub(1),
            Action::Down => self.marked = (at + 1).min(last),
            Action::Open => self.typing = Some(Typing::Name(Prompt::holding(&self.name))),
            Action::Add if self.points.len() < MOST_POINTS => {
                let place = (at + 1).min(self.points.len());
                self.points.insert(place, Point::new(Topic::Other, MINUTES));
                self.marked = place;
            }
            Action::Add => self.wrong = Some(format!("an agenda has {MOST_POINTS} items at most")),
            Action::Retire if self.points.len() > 1 => {
                self.points.remove(at);
                self.marked = at.min(self.points.len() - 1);
            }
            Action::Retire => self.wrong = Some("an agenda has one item at least".to_owned()),
            Action::ItemUp if at > 0 => {
                self.points.swap(at, at - 1);
                self.marked = at - 1;
            }
            Action::ItemDown if at < last => {
                self.points.swap(at, at + 1);
                self.marked = at + 1;
            }
            _ => {
                if let Some(point) = self.points.get_mut(at) {
                    change(point, action);
                }
                if let (Action::Rename, Some(point)) = (action, self.points.get(at)) {
                    self.typing = Some(Typing::Title(Prompt::holding(&point.title)));
                }
            }
        }
    }

    /// Text for the line that is typed in.
    pub(super) fn key(&mut self, key: KeyEvent) {
        self.wrong = None;
        match &mut self.typing {
            Some(Typing::Title(prompt) | Typing::Name(prompt)) => {
                prompt.key(key);
            }
            None => {}
        }
    }

    pub(super) fn paste(&mut self, pasted: &str) {
        if let Some(Typing::Title(prompt) | Typing::Name(prompt)) = &mut self.typing {
            prompt.paste(pasted);
        }
    }

    fn minutes(&self) -> u32 {
        self.points.iter().map(|point| point.minutes).sum()
    }

    pub(super) fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let width = screen.width.saturating_sub(4).min(72);
        let wrong: Vec<String> = self
            .wrong
            .iter()
            .flat_map(|wrong| text::wrap(&text::clean(wrong), usize::from(width.saturating_sub(4))))
            .collect();
        let height = self.points.len().min(40) as u16 + 4 + wrong.len() as u16;
        let title = if self.name.is_empty() {
            "A new agenda".to_owned()
        } else {
            format!("Agenda {}", self.name)
        };
        let total = format!("{} minutes in all", self.minutes());
        let inner = popup(buffer, screen, (width, height), &title, &total, theme);
        let foot = 2 + wrong.len() as u16;
        let page = inner.height.saturating_sub(foot);
        let page_len = usize::from(page).max(1);
        self.offset = self
            .offset
            .clamp((self.marked + 1).saturating_sub(page_len), self.marked);
        let mut ink = Ink::new(buffer, inner);
        let shown = self.points.iter().enumerate().skip(self.offset);
        for (line, (at, point)) in (0..page).zip(shown) {
            ink.field(
                line,
                1,
                7,
                &format!("{} min", point.minutes),
                Side::Right,
                theme[Role::Strong],
            );
            let room = inner.width.saturating_sub(11);
            match &self.typing {
                Some(Typing::Title(prompt)) if at == self.marked => {
                    prompt.draw(&mut ink, line, 10, room, "title", theme);
                    continue;
                }
                _ => {}
            }
            let end = ink.field(line, 10, room, &point.title, Side::Left, theme[Role::Text]);
            if point.title != point.topic.label() {
                ink.write(line, end + 2, point.topic.label(), theme[Role::Dim]);
            }
            if at == self.marked {
                ink.style(line, 0, inner.width, theme[Role::Selection]);
            }
        }
        if let Some(Typing::Name(prompt)) = &self.typing {
            let at = ink.write(page + 1, 1, "Keep under the name:", theme[Role::Key]) + 1;
            prompt.draw(
                &mut ink,
                page + 1,
                at,
                inner.width.saturating_sub(at + 1),
                "Monday",
                theme,
            );
        }
        for (line, words) in (page + 2..).zip(&wrong) {
            ink.write(line, 1, words, theme[Role::Error]);
        }
    }
}

/// Minutes and topic of an item.
fn change(point: &mut Point, action: Action) {
    match action {
        Action::Left => point.minutes = point.minutes.saturating_sub(1).max(1),
        Action::Right => point.minutes = (point.minutes + 1).min(480),
        Action::Topic => {
            let at = Topic::ALL.iter().position(|topic| *topic == point.topic);
            let next = Topic::ALL[at.map_or(0, |at| (at + 1) % Topic::ALL.len())];
            // A title of its own stays; the topic's own name goes with it.
            if point.title == point.topic.label() {
                next.label().clone_into(&mut point.title);
            }
            point.topic = next;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    #[test]
    fn an_agenda_is_put_together_by_keys_and_kept_under_a_name() {
        let [hour, _] = Agenda::built_in();
        let mut plan = Plan::new(&hour);
        for action in [
            Action::Right,
            Action::Down,
            Action::Retire,
            Action::Add,
            Action::Left,
            Action::Topic,
            Action::ItemUp,
        ] {
            assert_eq!(plan.update(action), None);
        }
        assert_eq!(plan.update(Action::Open), None);
        assert_eq!(plan.context(), Context::Field);
        for c in "short".chars() {
            plan.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        assert_eq!(plan.update(Action::Open), None, "comes with the program");
        plan.key(KeyEvent::new(KeyCode::Char('!'), KeyModifiers::NONE));
        let Some(MeetingChange::SaveAgenda { name, points }) = plan.update(Action::Open) else {
            panic!("kept");
        };
        assert_eq!((name.as_str(), points.len()), ("short!", 7));
        assert_eq!((points[0].topic, points[0].minutes), (Topic::Scoreboard, 9));
        // The second was taken out; what was added stands before what was third, a minute shorter, about the first topic.
        assert_eq!(points[1].title, "Scoreboard");
        assert_eq!((points[1].topic, points[1].minutes), (Topic::Scoreboard, 4));
        assert_eq!(points[2].topic, Topic::Rejections);
    }

    #[test]
    fn an_agenda_keeps_one_item_and_no_size_is_too_small() {
        let [_, short] = Agenda::built_in();
        let mut plan = Plan::new(&short);
        for _ in 0..20 {
            plan.update(Action::Retire);
        }
        assert_eq!(plan.points.len(), 1);
        for (width, height) in [(0, 0), (4, 3), (60, 20)] {
            let screen = Rect::new(0, 0, width, height);
            plan.draw(&mut Buffer::empty(screen), screen, &Theme::default());
        }
    }
}
