//! What the board looks at, in words that another terminal finds again, and looking at the same. Adds nothing up.

use super::{Compare, Model};
use crate::domain::period::Period;
use crate::domain::presence::Shown;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::dictionary::Dictionary;
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::Mode;

const MODES: [(Mode, &str); 2] = [(Mode::Event, "event"), (Mode::Cohort, "cohort")];

const COMPARES: [(Compare, &str); 3] = [
    (Compare::Before, "before"),
    (Compare::YearBefore, "year"),
    (Compare::Nothing, "nothing"),
];

fn word<T: PartialEq>(all: &[(T, &'static str)], wanted: &T) -> &'static str {
    let found = all.iter().find(|(known, _)| known == wanted);
    found.map_or("", |(_, word)| word)
}

fn named<T: Copy>(all: &[(T, &'static str)], wanted: &str) -> Option<T> {
    let found = all.iter().find(|(_, word)| *word == wanted);
    found.map(|(known, _)| *known)
}

fn dictionary(dimension: Dimension, facts: &Facts) -> &Dictionary {
    let names = &facts.names;
    match dimension {
        Dimension::Source => &names.sources,
        Dimension::Campaign => &names.campaigns,
        Dimension::Segment => &names.segments,
        Dimension::Rep => &names.people,
    }
}

impl Model {
    /// What is looked at, for those who follow.
    pub fn shown(&self) -> Shown {
        let look = &self.asked;
        let id = |(dimension, code): &(Dimension, Code)| {
            let id = dictionary(*dimension, &look.history.facts).id(*code);
            (dimension.word().to_owned(), id)
        };
        let counting = [
            word(&MODES, &look.mode),
            word(&COMPARES, &self.compare),
            look.dimension.word(),
        ];
        Shown {
            period: look.period.label.clone(),
            counting: counting.join(" "),
            filter: look.filter.chosen.iter().map(id).collect(),
            ..Shown::default()
        }
    }

    /// Looks at the same as somebody else; what is not known here stays as it was.
    pub fn look_at(&mut self, shown: &Shown) {
        let today = self.book().calendar.day_of(self.now());
        let look = &mut self.asked;
        if shown.period != look.period.label
            && let Ok(period) = Period::parse(&shown.period, today, &look.history.book.calendar)
        {
            look.period = period;
        }
        let mut words = shown.counting.split(' ');
        let mode = words.next().and_then(|word| named(&MODES, word));
        look.mode = mode.unwrap_or(look.mode);
        let compare = words.next().and_then(|word| named(&COMPARES, word));
        self.compare = compare.unwrap_or(self.compare);
        let dimension = |word: &str| Dimension::ALL.into_iter().find(|d| d.word() == word);
        let broken_down = words.next().and_then(dimension);
        look.dimension = broken_down.unwrap_or(look.dimension);
        let chosen = |(word, id): &(String, Option<i64>)| {
            let dimension = dimension(word)?;
            let code = match id {
                Some(id) => dictionary(dimension, &look.history.facts).code(Some(*id)),
                None => NONE,
            };
            (id.is_none() || code != NONE).then_some((dimension, code))
        };
        look.filter = Filter {
            chosen: shown.filter.iter().filter_map(chosen).collect(),
        };
    }
}
