//! Lists to choose from: values to filter by, kept filters, reps. They change nothing themselves.

use super::subject::Subjects;
use super::window::Step;
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::desk::Desk;
use crate::domain::policy::Side;
use crate::facts::column::{Code, NONE};
use crate::facts::filter::Dimension;
use crate::facts::queue::{Mark, QueueFilter, State};
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::model::Model;
use crate::widgets::{Entry, Picker};

/// Something to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    State(State),
    Mark(Mark),
    Reason(Code),
    Of(Dimension, Code),
}

/// Every value to filter by; Enter puts one in or out and the list stays.
pub(super) struct Values {
    pub(super) picker: Picker,
    values: Vec<Value>,
}

impl Values {
    /// All values, those of the filter marked.
    pub(super) fn new(filter: &QueueFilter, model: &Model) -> Self {
        let names = &model.facts().names;
        let mut values: Vec<Value> = State::ALL
            .iter()
            .map(|state| Value::State(*state))
            .collect();
        values.extend(Mark::ALL.iter().map(|mark| Value::Mark(*mark)));
        let sorted = |count: usize, name: &dyn Fn(Code) -> String| {
            let mut codes: Vec<Code> = (0..count as Code).collect();
            codes.sort_by_cached_key(|code| name(*code));
            codes
        };
        let reasons = sorted(names.reasons.len(), &|code| {
            names.reasons.name(code).to_lowercase()
        });
        values.extend(reasons.into_iter().map(Value::Reason));
        for dimension in Dimension::ALL {
            let count = match dimension {
                Dimension::Source => names.sources.len(),
                Dimension::Campaign => names.campaigns.len(),
                Dimension::Segment => names.segments.len(),
                Dimension::Rep => names.people.len(),
            };
            let codes = sorted(count, &|code| {
                dimension.name(model.facts(), code).to_lowercase()
            });
            let codes = codes.into_iter().chain([NONE]);
            values.extend(codes.map(|code| Value::Of(dimension, code)));
        }
        Self {
            picker: Picker::new(
                "Filter the queue",
                "a name; Enter puts it in or out",
                entries(&values, filter, model),
            ),
            values,
        }
    }

    /// Enter: the filter with the marked value put in or out.
    pub(super) fn toggled(&mut self, filter: &QueueFilter, model: &Model) -> Option<QueueFilter> {
        let mut filter = filter.clone();
        match self.values[self.picker.choice()?] {
            Value::State(state) => filter.state = state,
            Value::Mark(mark) => put(&mut filter.marks, mark),
            Value::Of(dimension, code) => filter.chosen.toggle(dimension, code),
            Value::Reason(code) => {
                put(&mut filter.reasons, code);
                // Only rejections have a reason.
                if filter.state == State::Open {
                    filter.state = State::Rejected;
                }
            }
        }
        self.picker.relabel(entries(&self.values, &filter, model));
        Some(filter)
    }
}

fn put<T: PartialEq>(list: &mut Vec<T>, value: T) {
    let before = list.len();
    list.retain(|known| *known != value);
    if list.len() == before {
        list.push(value);
    }
}

fn entries(values: &[Value], filter: &QueueFilter, model: &Model) -> Vec<Entry> {
    let facts = model.facts();
    values
        .iter()
        .map(|value| {
            let (chosen, name, kind) = match *value {
                Value::State(state) => (filter.state == state, state.label(), "state"),
                Value::Mark(mark) => (filter.marks.contains(&mark), mark.label(), "mark"),
                Value::Reason(code) => (
                    filter.reasons.contains(&code),
                    facts.names.reasons.name(code),
                    "reason",
                ),
                Value::Of(dimension, code) => (
                    filter.chosen.chosen.contains(&(dimension, code)),
                    dimension.name(facts, code),
                    dimension.word(),
                ),
            };
            Entry::new(
                format!("{} {name}", if chosen { "[x]" } else { "[ ]" }),
                kind,
            )
        })
        .collect()
}

/// The kept filters.
pub(super) struct Saved {
    pub(super) picker: Picker,
    names: Vec<String>,
    texts: Vec<String>,
}

impl Saved {
    /// All of them; `None` where none is kept.
    pub(super) fn new(model: &Model) -> Option<Self> {
        let filters = &model.book().filters;
        let entries = filters
            .iter()
            .map(|kept| Entry::new(kept.name.clone(), kept.text.clone()))
            .collect();
        (!filters.is_empty()).then(|| Self {
            picker: Picker::new("Kept filters", "type a name", entries),
            names: filters.iter().map(|kept| kept.name.clone()).collect(),
            texts: filters.iter().map(|kept| kept.text.clone()).collect(),
        })
    }

    /// The list as it is now, with the mark where it was.
    pub(super) fn again(&self, model: &Model) -> Option<Self> {
        let mut now = Self::new(model)?;
        now.picker = now.picker.at(self.picker.choice().unwrap_or_default());
        Some(now)
    }

    /// Forgets the marked one; the list stays.
    pub(super) fn forget(&self) -> Step {
        let name = self.picker.choice().and_then(|at| self.names.get(at));
        name.map_or(Step::Stay, |name| {
            let forget = Catalogue::ForgetFilter { name: name.clone() };
            Step::Answer(Outcome::Write(Write::one(Command::Catalogue(forget))))
        })
    }

    /// Enter: looks through the marked one.
    pub(super) fn confirm(&self, model: &Model) -> Step {
        let Some(choice) = self.picker.choice() else {
            return Step::Stay;
        };
        match QueueFilter::parse(&self.texts[choice], model.facts()) {
            Ok(filter) => Step::Filter(filter),
            Err(why) => Step::Refuse(why.to_string()),
        }
    }
}

/// The reps, to give leads to.
pub(super) struct Reps {
    pub(super) picker: Picker,
    handles: Vec<String>,
    subjects: Subjects,
}

impl Reps {
    /// Sales' people; `None` where there is none.
    pub(super) fn new(subjects: Subjects, model: &Model) -> Option<Self> {
        let people = &model.book().people;
        let reps: Vec<_> = people.iter().filter(|p| p.side == Side::Sales).collect();
        let entries = reps
            .iter()
            .map(|rep| Entry::new(rep.name.clone(), rep.handle.clone()))
            .collect();
        let title = format!("Give {} to", subjects.name());
        (!reps.is_empty()).then(|| Self {
            picker: Picker::new(title, "type a name", entries),
            handles: reps.iter().map(|rep| rep.handle.clone()).collect(),
            subjects,
        })
    }

    /// Enter: gives the leads to the marked one.
    pub(super) fn confirm(&self) -> Step {
        let Some(choice) = self.picker.choice() else {
            return Step::Stay;
        };
        let to = &self.handles[choice];
        Step::Answer(self.subjects.write(|handoff| {
            Command::Desk(Desk::Assign {
                handoff,
                to: to.clone(),
            })
        }))
    }
}
