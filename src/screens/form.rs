//! A window of fields to fill in. Keeps what was typed until it is taken or put away; decides nothing and writes nothing.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::keymap::Action;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Prompt, Side, on_popup, popup};

/// One field.
#[derive(Debug, Clone)]
struct Field {
    label: String,
    /// What it held when the window was opened.
    was: String,
    hint: String,
    entry: Entry,
}

#[derive(Debug, Clone)]
enum Entry {
    Text(Prompt),
    /// Words with what they mean, and the chosen one.
    Choice(Vec<(String, String)>, usize),
}

/// The open window.
#[derive(Debug, Clone)]
pub struct Form {
    title: String,
    notes: Vec<String>,
    fields: Vec<Field>,
    focus: usize,
    wrong: Option<String>,
    /// How what is typed is read, as it stands.
    reading: Vec<(Role, String)>,
}

impl Form {
    /// A window without fields yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            notes: Vec::new(),
            fields: Vec::new(),
            focus: 0,
            wrong: None,
            reading: Vec::new(),
        }
    }

    /// Something to know before one fills it in.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// A line of text, with what is there already and what an empty one shows.
    #[must_use]
    pub fn text(mut self, label: &str, value: &str, hint: &str) -> Self {
        self.fields.push(Field {
            label: label.to_owned(),
            was: value.trim().to_owned(),
            hint: hint.to_owned(),
            entry: Entry::Text(Prompt::holding(value)),
        });
        self
    }

    /// One of several words, each with its meaning; starts at the given word.
    #[must_use]
    pub fn choice(mut self, label: &str, options: Vec<(String, String)>, at: &str) -> Self {
        let chosen = options.iter().position(|(word, _)| word == at).unwrap_or(0);
        self.fields.push(Field {
            label: label.to_owned(),
            was: options
                .get(chosen)
                .map_or_else(String::new, |(word, _)| word.clone()),
            hint: String::new(),
            entry: Entry::Choice(options, chosen),
        });
        self
    }

    /// Starts in a field.
    #[must_use]
    pub fn at(mut self, field: usize) -> Self {
        self.focus = field.min(self.fields.len().saturating_sub(1));
        self
    }

    /// What a field holds, without blanks around it: the text, or the chosen word.
    pub fn value(&self, field: usize) -> &str {
        match self.fields.get(field).map(|field| &field.entry) {
            Some(Entry::Text(prompt)) => prompt.value().trim(),
            Some(Entry::Choice(options, at)) => options.get(*at).map_or("", |(word, _)| word),
            None => "",
        }
    }

    /// The same, `None` when it is blank.
    pub fn given(&self, field: usize) -> Option<String> {
        Some(self.value(field).to_owned()).filter(|value| !value.is_empty())
    }

    /// What was put into a field; `None` where it still says what it said at first, whatever others say there now.
    pub fn changed(&self, field: usize) -> Option<&str> {
        let was = &self.fields.get(field)?.was;
        Some(self.value(field)).filter(|value| value != was)
    }

    /// Says below the fields how they are read as they stand.
    pub fn read_as(&mut self, reading: Vec<(Role, String)>) {
        self.reading = reading;
    }

    /// What an empty field shows from now on.
    pub fn hint(&mut self, field: usize, hint: impl Into<String>) {
        if let Some(field) = self.fields.get_mut(field) {
            field.hint = hint.into();
        }
    }

    /// What the footer says instead of its context's hints: with one field there is no next one.
    pub fn hints(&self) -> Vec<(Action, &'static str)> {
        if self.fields.len() > 1 {
            return Vec::new();
        }
        vec![(Action::Open, "save"), (Action::Back, "cancel")]
    }

    /// Says why it was not taken; everything typed stays.
    pub fn refuse(&mut self, why: impl Into<String>) {
        self.wrong = Some(why.into());
    }

    /// Moves between the fields.
    pub fn update(&mut self, action: Action) {
        let count = self.fields.len().max(1);
        match action {
            Action::NextPane | Action::Down => self.focus = (self.focus + 1) % count,
            Action::PreviousPane | Action::Up => self.focus = (self.focus + count - 1) % count,
            _ => {}
        }
    }

    /// Takes a key into the field that has the focus.
    pub fn key(&mut self, key: KeyEvent) {
        self.wrong = None;
        let Some(field) = self.fields.get_mut(self.focus) else {
            return;
        };
        match &mut field.entry {
            Entry::Text(prompt) => {
                prompt.key(key);
            }
            Entry::Choice(options, at) => {
                let count = options.len().max(1);
                match key.code {
                    KeyCode::Right | KeyCode::Char(' ') => *at = (*at + 1) % count,
                    KeyCode::Left => *at = (*at + count - 1) % count,
                    KeyCode::Char(c) => {
                        let starts = |(_, label): &(String, String)| {
                            label.to_lowercase().starts_with(c.to_ascii_lowercase())
                        };
                        let after = (1..=count).map(|step| (*at + step) % count);
                        *at = after
                            .into_iter()
                            .find(|index| options.get(*index).is_some_and(starts))
                            .unwrap_or(*at);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &str) {
        self.wrong = None;
        if let Some(Field {
            entry: Entry::Text(prompt),
            ..
        }) = self.fields.get_mut(self.focus)
        {
            prompt.paste(pasted);
        }
    }

    /// Draws it as a popup.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let width = screen.width.saturating_sub(4).min(76);
        let room = usize::from(width.saturating_sub(4));
        let notes: Vec<String> = self.notes.iter().flat_map(|n| wrapped(n, room)).collect();
        let wrong = self.wrong.iter().map(|wrong| (Role::Error, wrong));
        let said = wrong.chain(self.reading.iter().map(|(role, words)| (*role, words)));
        let said: Vec<(Role, String)> = said
            .flat_map(|(role, words)| wrapped(words, room).into_iter().map(move |w| (role, w)))
            .collect();
        let gaps = usize::from(!notes.is_empty()) + usize::from(!self.reading.is_empty());
        let lines = notes.len() + self.fields.len() + said.len() + gaps;
        let height = lines.min(60) as u16 + 2;
        let inner = popup(buffer, screen, (width, height), &self.title, "", theme);
        let mut ink = Ink::new(buffer, inner);
        let mut line = 0;
        for note in &notes {
            ink.write(line, 1, note, theme[Role::Dim]);
            line += 1;
        }
        line += u16::from(!notes.is_empty());
        let labels = self.fields.iter().map(|field| text::width(&field.label));
        let label_width = (labels.max().unwrap_or(0) as u16 + 3).min(width / 2);
        // More fields than lines: the one with the focus stays in sight.
        let seen = usize::from(inner.height.saturating_sub(line)).saturating_sub(said.len());
        let hidden = (self.focus + 1).saturating_sub(seen.max(1));
        let shown = self
            .fields
            .iter()
            .enumerate()
            .skip(hidden)
            .take(seen.max(1));
        for (index, field) in shown {
            let focused = index == self.focus;
            let style = if focused {
                theme[Role::Key]
            } else {
                on_popup(theme)
            };
            ink.write(line, 0, if focused { "▸" } else { " " }, theme[Role::Key]);
            let wide = label_width.saturating_sub(2);
            ink.field(line, 2, wide, &field.label, Side::Left, style);
            let at = label_width + 2;
            let room = inner.width.saturating_sub(at + 1);
            draw_entry(&mut ink, (line, at, room), field, focused, theme);
            line += 1;
        }
        line += u16::from(!self.reading.is_empty() && line + (said.len() as u16) < inner.height);
        for (role, words) in &said {
            ink.write(line, 1, words, theme[*role]);
            line += 1;
        }
    }
}

fn wrapped(words: &str, room: usize) -> Vec<String> {
    text::wrap(&text::clean(words), room)
}

fn draw_entry(
    ink: &mut Ink<'_>,
    (line, at, room): (u16, u16, u16),
    field: &Field,
    focused: bool,
    theme: &Theme,
) {
    match &field.entry {
        Entry::Text(prompt) if focused => prompt.draw(ink, line, at, room, &field.hint, theme),
        Entry::Text(prompt) if prompt.value().is_empty() => {
            ink.field(line, at, room, &field.hint, Side::Left, theme[Role::Dim]);
        }
        Entry::Text(prompt) => {
            let style = on_popup(theme);
            ink.field(line, at, room, prompt.value(), Side::Left, style);
        }
        Entry::Choice(options, chosen) => {
            let label = options.get(*chosen).map_or("", |(_, label)| label);
            let place = if options.is_empty() {
                "nothing to choose from yet".to_owned()
            } else {
                format!("‹ {label} ›  {}/{}", chosen + 1, options.len())
            };
            let style = if focused {
                theme[Role::Cursor]
            } else {
                on_popup(theme)
            };
            ink.field(line, at, room, &place, Side::Left, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    fn press(form: &mut Form, code: KeyCode) {
        form.key(KeyEvent::new(code, KeyModifiers::NONE));
    }

    fn form() -> Form {
        let side = ["marketing", "sales"].map(|word| (word.to_owned(), word.to_owned()));
        Form::new("Person")
            .text("Name", "Kim", "full name")
            .choice("Side", side.to_vec(), "sales")
    }

    #[test]
    fn typing_goes_on_from_what_is_there_and_a_refusal_takes_nothing_away() {
        let mut form = form();
        press(&mut form, KeyCode::Char('o'));
        form.refuse("two cannot have one name");
        assert_eq!((form.value(0), form.value(1)), ("Kimo", "sales"));
        let screen = Rect::new(0, 0, 60, 20);
        let mut buffer = Buffer::empty(screen);
        form.draw(&mut buffer, screen, &Theme::default());
        let cells = buffer.content.iter().map(ratatui::buffer::Cell::symbol);
        let shown: String = cells.collect();
        assert!(shown.contains("two cannot have one name") && shown.contains("Kimo"));
    }

    #[test]
    fn a_choice_moves_by_arrows_and_by_its_letters() {
        let mut form = form().at(1);
        press(&mut form, KeyCode::Char('m'));
        assert_eq!(form.value(1), "marketing");
        press(&mut form, KeyCode::Right);
        assert_eq!(form.value(1), "sales");
        press(&mut form, KeyCode::Char('x'));
        assert_eq!(form.value(1), "sales");
        form.update(Action::NextPane);
        press(&mut form, KeyCode::Backspace);
        assert_eq!(form.given(0).as_deref(), Some("Ki"));
        assert_eq!(form.given(7), None);
    }

    #[test]
    fn the_field_with_the_focus_is_in_sight_however_many_there_are() {
        let names = (0..30).map(|n| format!("person {n}"));
        let mut form = names.fold(Form::new("Ratings"), |form, name| form.text(&name, "", ""));
        form.update(Action::PreviousPane);
        let screen = Rect::new(0, 0, 60, 12);
        let mut buffer = Buffer::empty(screen);
        form.draw(&mut buffer, screen, &Theme::default());
        let cells = buffer.content.iter().map(ratatui::buffer::Cell::symbol);
        let shown: String = cells.collect();
        assert!(
            shown.contains("▸ person 29") && !shown.contains("person 3 "),
            "{shown}"
        );
    }

    #[test]
    fn no_size_is_too_small() {
        for (width, height) in [(0, 0), (3, 2), (20, 3)] {
            let screen = Rect::new(0, 0, width, height);
            form().draw(&mut Buffer::empty(screen), screen, &Theme::default());
        }
    }
}
