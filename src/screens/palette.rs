//! The command palette: every action that is possible now, found by typing.

use crate::keymap::{self, Action, BINDINGS, Binding, Context};
use crate::widgets::{Entry, Picker};

/// The open palette.
#[derive(Debug, Clone)]
pub struct Palette {
    /// The list on screen.
    pub picker: Picker,
    bindings: Vec<&'static Binding>,
}

impl Palette {
    /// The actions of a context and those that hold everywhere.
    pub fn new(context: Context) -> Self {
        let possible: Vec<_> = BINDINGS
            .iter()
            .filter(|binding| binding.context == context || binding.context == Context::Global)
            .filter(|binding| !is_movement(binding.action) && binding.action != Action::Palette)
            .filter(|binding| {
                // What the context does with a key of its own stands once.
                let nearest = keymap::binding(context, binding.action);
                nearest.is_some_and(|nearest| nearest.context == binding.context)
            })
            .collect();
        let entries = possible
            .iter()
            .map(|b| Entry::new(b.help, b.chords[0].to_string()))
            .collect();
        Self {
            picker: Picker::new("Commands", "type what you want to do", entries),
            bindings: possible,
        }
    }

    /// What is marked.
    pub fn choice(&self) -> Option<&'static Binding> {
        self.picker.choice().map(|index| self.bindings[index])
    }
}

/// Moving about makes no sense from a list.
fn is_movement(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Up
            | A::Down
            | A::Left
            | A::Right
            | A::PageUp
            | A::PageDown
            | A::First
            | A::Last
            | A::NextPane
            | A::PreviousPane
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_finds_an_action_by_its_sentence() {
        let mut palette = Palette::new(Context::Board);
        palette.picker.paste("choose the period");
        let choice = palette.choice().map(|binding| binding.action);
        assert_eq!(choice, Some(Action::PickPeriod));
    }
}
