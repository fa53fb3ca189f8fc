//! Who sits at the terminals of a workspace, as data that each tells the others. Pure; nothing of it is kept or journalled.

use serde::{Deserialize, Serialize};

/// One terminal at which somebody sits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seat {
    /// What tells it from the others; known to whoever reads it.
    #[serde(skip)]
    pub id: String,
    /// Who sits there: the person's name, else the system's user.
    pub name: String,
    /// The screen in sight, as its tab is called.
    pub place: String,
    /// What is open there.
    pub doing: Option<Doing>,
    /// When it became the presenter's, counted in turns; the highest turn presents.
    pub turn: Option<u64>,
    /// Whether it follows the presenter.
    pub follows: bool,
    /// What is in sight there; only a presenter tells it.
    pub shown: Option<Shown>,
}

/// What somebody has open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doing {
    /// What it is.
    pub thing: Thing,
    /// Whether it is only looked at.
    pub touch: Touch,
}

/// Something that can be open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thing {
    /// A lead, by its row id.
    Lead(i64),
    /// A deal, by its row id.
    Deal(i64),
    /// A rule of a draft: its row id, where it has one, and its place from 1 on.
    Rule(Option<i64>, usize),
    /// A rule that is not in the draft yet.
    NewRule,
    /// The wordings of the definition.
    Wordings,
    /// How the rules count.
    Counting,
    /// An entry of a page of the settings, by what it is called there; also what there is one of in the room.
    Setting(String),
    /// An issue of the room, by its row id.
    Issue(i64),
    /// Something that is written down in the meeting and is not there yet.
    Minute(String),
}

/// What is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Touch {
    /// It is looked at.
    Looks,
    /// It is being changed.
    Edits,
}

/// What is in sight at a presenter's terminal, in words that another terminal finds again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The period by its label.
    pub period: String,
    /// What the numbers are counted, compared and broken down by.
    pub counting: String,
    /// The board's filter: dimension and row id of each chosen value; `None`: unknown.
    pub filter: Vec<(String, Option<i64>)>,
    /// What the screen itself shows.
    pub part: Part,
    /// The windows over it, the lowest first.
    pub over: Vec<Window>,
}

/// What a screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// The way it looks at its rows.
    pub view: String,
    /// Its own filter as it is typed, or what else tells the rows in sight.
    pub filter: String,
    /// The row or number under the cursor.
    pub at: String,
    /// Whether its card is open.
    pub card: bool,
}

/// A window that followers open too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Window {
    /// The rows behind a number, by its word.
    Rows(String),
    /// A lead's card.
    Lead(i64),
    /// A deal's card.
    Deal(i64),
}

impl Doing {
    /// It is looked at.
    pub fn looking(thing: Thing) -> Self {
        let touch = Touch::Looks;
        Self { thing, touch }
    }

    /// It is being changed.
    pub fn editing(thing: Thing) -> Self {
        let touch = Touch::Edits;
        Self { thing, touch }
    }

    /// What somebody who has the same thing open reads of it: that it is being changed, or only looked at.
    pub fn beside(&self, name: &str) -> String {
        let name = first_name(name);
        match (&self.thing, self.touch) {
            (Thing::Lead(_), Touch::Looks) => format!("{name} has this lead open"),
            (Thing::Lead(_), Touch::Edits) => format!("{name} is deciding on this lead"),
            (Thing::Deal(_), Touch::Looks) => format!("{name} has this deal open"),
            (Thing::Deal(_), Touch::Edits) => format!("{name} is editing this deal"),
            (Thing::Rule(..), Touch::Looks) => format!("{name} is at this rule"),
            (Thing::Rule(..), Touch::Edits) => format!("{name} is editing this rule"),
            (Thing::Issue(_), Touch::Looks) => format!("{name} is at this issue"),
            (Thing::Issue(_), Touch::Edits) => format!("{name} has this issue open"),
            (other, Touch::Looks) => format!("{name} looks at {}", other.words()),
            (other, Touch::Edits) => format!("{name} is editing {} too", other.words()),
        }
    }
}

impl Thing {
    /// Whether both are the same. A rule keeps its row id when it is moved; a new one is nobody else's.
    pub fn is(&self, other: &Thing) -> bool {
        match (self, other) {
            (Thing::Rule(Some(mine), _), Thing::Rule(Some(theirs), _)) => mine == theirs,
            (Thing::Rule(..) | Thing::NewRule | Thing::Minute(_), _) => false,
            (mine, theirs) => mine == theirs,
        }
    }

    /// In a few words, for others.
    pub fn words(&self) -> String {
        match self {
            Thing::Lead(_) => "a lead".to_owned(),
            Thing::Deal(_) => "a deal".to_owned(),
            Thing::Rule(_, place) => format!("rule {place}"),
            Thing::NewRule => "a new rule".to_owned(),
            Thing::Wordings => "the wordings".to_owned(),
            Thing::Counting => "how rules count".to_owned(),
            Thing::Setting(what) | Thing::Minute(what) => what.clone(),
            Thing::Issue(_) => "an issue".to_owned(),
        }
    }
}

impl Seat {
    /// The first word of the name.
    pub fn first_name(&self) -> &str {
        first_name(&self.name)
    }

    /// What this one does with the same thing as somebody else, where both have it open; changes before looks.
    pub fn same_thing<'a>(mine: &Doing, others: &'a [Seat]) -> Option<(&'a Seat, &'a Doing)> {
        let mut alike: Vec<(&Seat, &Doing)> = others
            .iter()
            .filter_map(|seat| Some((seat, seat.doing.as_ref()?)))
            .filter(|(_, doing)| doing.thing.is(&mine.thing))
            .collect();
        alike.sort_by_key(|(_, doing)| doing.touch == Touch::Looks);
        alike.first().copied()
    }

    /// Where somebody is and what they do there, in a few words.
    pub fn whereabouts(&self) -> String {
        let at = match &self.doing {
            Some(doing) if doing.touch == Touch::Edits => {
                format!("{}, editing {}", self.place, doing.thing.words())
            }
            Some(doing) => format!("{}, {}", self.place, doing.thing.words()),
            None => self.place.clone(),
        };
        match (self.turn, self.follows) {
            (Some(_), _) => format!("{at}, presents"),
            (None, true) => format!("{at}, follows"),
            (None, false) => at,
        }
    }
}

/// The terminal that presents: the one whose turn began last.
pub fn presenter(seats: &[Seat]) -> Option<&Seat> {
    let presenting = seats.iter().filter(|seat| seat.turn.is_some());
    presenting.max_by_key(|seat| (seat.turn, &seat.id))
}

/// Who else is here, in as many columns as there are: with places, without, or only how many.
pub fn line(seats: &[Seat], columns: usize) -> String {
    let presents = presenter(seats).map(|seat| seat.id.as_str());
    let name = |seat: &Seat| {
        let mark = if Some(seat.id.as_str()) == presents {
            "▶ "
        } else {
            ""
        };
        format!("{mark}{}", seat.first_name())
    };
    let with_places: Vec<String> = seats
        .iter()
        .map(|seat| format!("{} ({})", name(seat), seat.whereabouts()))
        .collect();
    let names: Vec<String> = seats.iter().map(name).collect();
    let count = match seats.len() {
        1 => "1 other here".to_owned(),
        count => format!("{count} others here"),
    };
    let all = [
        format!("here: {}", with_places.join(", ")),
        format!("here: {}", names.join(", ")),
        count,
        format!("+{}", seats.len()),
    ];
    if seats.is_empty() {
        return String::new();
    }
    let mut fitting = all
        .into_iter()
        .map(|line| crate::text::clean(&line).into_owned());
    fitting
        .find(|line| crate::text::width(line) <= columns)
        .unwrap_or_default()
}

fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(id: &str, name: &str, place: &str) -> Seat {
        Seat {
            id: id.to_owned(),
            name: name.to_owned(),
            place: place.to_owned(),
            ..Seat::default()
        }
    }

    #[test]
    fn the_line_says_as_much_as_fits() {
        let mut maria = seat("a", "Maria Lopez", "Criteria");
        maria.doing = Some(Doing {
            thing: Thing::Rule(Some(7), 2),
            touch: Touch::Edits,
        });
        let seats = [maria, seat("b", "Jo Park", "Leads")];
        let said = |columns| line(&seats, columns);
        assert_eq!(
            said(60),
            "here: Maria (Criteria, editing rule 2), Jo (Leads)"
        );
        assert_eq!(said(40), "here: Maria, Jo");
        assert_eq!(said(14), "2 others here");
        assert_eq!(said(4), "+2");
        assert_eq!(said(1), "");
        assert_eq!(line(&[], 60), "");
    }

    #[test]
    fn the_last_turn_presents_and_a_name_is_no_control_code() {
        let mut one = seat("a", "Kim\u{1b}[2J", "Leads");
        let mut two = seat("b", "Jo", "Leads");
        assert_eq!(presenter(&[one.clone(), two.clone()]), None);
        one.turn = Some(4);
        two.turn = Some(3);
        let seats = [two, one];
        assert_eq!(presenter(&seats).map(|seat| &*seat.id), Some("a"));
        assert!(!line(&seats, 80).contains('\u{1b}'), "{}", line(&seats, 80));
        assert!(line(&seats, 80).contains("▶ Kim"));
    }
}
