//! The choice of filters: every value of source, campaign, segment and rep; the board follows each choice at once.

use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::filter::{Dimension, Filter};
use crate::screens::model::Model;
use crate::text;
use crate::widgets::{Entry, Picker};

/// The open choice.
pub struct Filters {
    /// The list on screen.
    pub picker: Picker,
    values: Vec<(Dimension, Code)>,
}

impl Filters {
    /// All values, those that are chosen marked.
    pub fn new(model: &Model) -> Self {
        let names = &model.facts().names;
        let mut values = Vec::new();
        for dimension in Dimension::ALL {
            let count = match dimension {
                Dimension::Source => names.sources.len(),
                Dimension::Campaign => names.campaigns.len(),
                Dimension::Segment => names.segments.len(),
                Dimension::Rep => names.people.len(),
            };
            let mut codes: Vec<Code> = (0..count as Code).collect();
            codes.sort_by_cached_key(|code| dimension.name(model.facts(), *code).to_lowercase());
            values.extend(
                codes
                    .into_iter()
                    .chain([NONE])
                    .map(|code| (dimension, code)),
            );
        }
        let picker = Picker::new(
            "Filter",
            "type a name; Enter puts it in or out, Esc is done",
            entries(&values, model),
        );
        Self { picker, values }
    }

    /// The filter with the marked value put in or out.
    pub fn toggled(&self, model: &Model) -> Option<Filter> {
        let (dimension, code) = self.values[self.picker.choice()?];
        let mut filter = model.asked().filter.clone();
        filter.toggle(dimension, code);
        Some(filter)
    }

    /// Shows what is chosen now.
    pub fn refresh(&mut self, model: &Model) {
        self.picker.relabel(entries(&self.values, model));
    }
}

fn entries(values: &[(Dimension, Code)], model: &Model) -> Vec<Entry> {
    let chosen = &model.asked().filter.chosen;
    let label = |value: &(Dimension, Code)| {
        let mark = if chosen.contains(value) { "[x]" } else { "[ ]" };
        let (dimension, code) = *value;
        let name = dimension.name(model.facts(), code);
        // Not everybody can type everybody's name.
        let id = model.facts().names.people.id(code);
        let mut people = model.book().people.iter();
        let known = people.find(|person| dimension == Dimension::Rep && Some(person.id.0) == id);
        let handle = known.map_or_else(String::new, |person| format!(" ({})", person.handle));
        Entry::new(format!("{mark} {name}{handle}"), dimension.word())
    };
    values.iter().map(label).collect()
}

/// What a filter lets through, in words; empty when that is everything.
pub fn words(filter: &Filter, facts: &Facts) -> String {
    let chosen = &filter.chosen;
    let parts: Vec<String> = Dimension::ALL
        .iter()
        .filter_map(|dimension| {
            let names: Vec<_> = chosen
                .iter()
                .filter(|(d, _)| d == dimension)
                .map(|(d, code)| text::clean(d.name(facts, *code)))
                .collect();
            (!names.is_empty()).then(|| format!("{} {}", dimension.word(), names.join(", ")))
        })
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("only {}", parts.join("; "))
    }
}
