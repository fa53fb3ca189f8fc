//! Agendas: their items, those that come with the program, and how a meeting moves along one. Pure; the clock is passed in.

use super::one_line;
use crate::domain::ids::ItemId;
use crate::domain::moment::Moment;
use crate::domain::refused::Refused;
use crate::domain::verdict::words;

/// Longest title of an item, in characters.
const LONGEST_TITLE: usize = 120;
/// Longest name of an agenda, in characters.
const LONGEST_NAME: usize = 60;
/// Most items of an agenda.
pub const MOST_POINTS: usize = 40;
/// Longest time box, in minutes.
const LONGEST_BOX: u32 = 480;

/// The name of the agenda that a meeting has unless another is asked for.
pub const DEFAULT: &str = "default";
/// The name of the short one.
pub const SHORT: &str = "short";

words! {
    /// What an item of the agenda is about, which is where it opens.
    Topic {
        /// The scoreboard.
        Scoreboard = "scoreboard" / "Scoreboard",
        /// What was decided last time, then and now.
        Decisions = "decisions" / "Last decisions",
        /// Rejected leads since the last meeting.
        Rejections = "rejections" / "Rejected leads",
        /// The shared criteria.
        Criteria = "criteria" / "Criteria",
        /// Deals.
        Pipeline = "pipeline" / "Pipeline",
        /// What sales hears and what campaigns do.
        Voice = "voice" / "Voice of sales and campaigns",
        /// Issues of the room.
        Issues = "issues" / "Issues",
        /// What was decided today, and how good the meeting was.
        Wrap = "wrap" / "Decisions and rating",
        /// Anything else: stays where it is.
        Other = "other" / "Anything else",
    }
}

words! {
    /// Where an item stands.
    ItemState {
        /// Its turn comes.
        Waiting = "waiting" / "waiting",
        /// The room is at it.
        Open = "open" / "open",
        /// Done.
        Done = "done" / "done",
        /// Left for later.
        Parked = "parked" / "parked",
    }
}

/// An item as it is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What it is about.
    pub topic: Topic,
    /// What it is called.
    pub title: String,
    /// Its time box.
    pub minutes: u32,
}

impl Point {
    /// An item under its topic's own name.
    pub fn new(topic: Topic, minutes: u32) -> Point {
        Point {
            topic,
            title: topic.label().to_owned(),
            minutes,
        }
    }

    /// The same with a title that can be kept; refused where the time box makes no sense.
    pub fn checked(&self) -> Result<Point, Refused> {
        if !(1..=LONGEST_BOX).contains(&self.minutes) {
            return Err(Refused::Meeting(format!(
                "{} minutes are no time box; 1 to {LONGEST_BOX} are expected",
                self.minutes
            )));
        }
        Ok(Point {
            title: one_line("the title of an agenda item", &self.title, LONGEST_TITLE)?,
            ..self.clone()
        })
    }
}

/// An agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda {
    /// Its name.
    pub name: String,
    /// Its items, in order.
    pub points: Vec<Point>,
}

impl Agenda {
    /// Those that come with the program: an hour, and 25 minutes.
    pub fn built_in() -> [Agenda; 2] {
        let agenda = |name: &str, points: &[(Topic, u32)]| Agenda {
            name: name.into(),
            points: points
                .iter()
                .map(|(topic, minutes)| Point::new(*topic, *minutes))
                .collect(),
        };
        [
            agenda(
                DEFAULT,
                &[
                    (Topic::Scoreboard, 8),
                    (Topic::Decisions, 5),
                    (Topic::Rejections, 15),
                    (Topic::Criteria, 15),
                    (Topic::Pipeline, 8),
                    (Topic::Voice, 5),
                    (Topic::Wrap, 4),
                ],
            ),
            agenda(
                SHORT,
                &[
                    (Topic::Scoreboard, 3),
                    (Topic::Decisions, 3),
                    (Topic::Rejections, 8),
                    (Topic::Criteria, 6),
                    (Topic::Pipeline, 3),
                    (Topic::Wrap, 2),
                ],
            ),
        ]
    }

    /// How long it takes in all.
    pub fn minutes(&self) -> u32 {
        self.points.iter().map(|point| point.minutes).sum()
    }

    /// The same as it can be kept: a name of its own, at least one item.
    pub fn checked(name: &str, points: &[Point]) -> Result<Agenda, Refused> {
        let name = one_line("the name of an agenda", name, LONGEST_NAME)?;
        if [DEFAULT, SHORT].contains(&name.to_lowercase().as_str()) {
            return Err(Refused::Meeting(format!(
                "the agenda '{name}' comes with the program; keep yours under another name"
            )));
        }
        if points.is_empty() || points.len() > MOST_POINTS {
            return Err(Refused::Meeting(format!(
                "an agenda has 1 to {MOST_POINTS} items, not {}",
                points.len()
            )));
        }
        let points = points
            .iter()
            .map(Point::checked)
            .collect::<Result<_, _>>()?;
        Ok(Agenda { name, points })
    }
}

/// An item of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Row id.
    pub id: ItemId,
    /// As it was planned.
    pub point: Point,
    /// Where it stands.
    pub state: ItemState,
    /// When it was opened, by the clock on the wall.
    pub opened: Option<Moment>,
    /// Seconds that were spent on it before.
    pub spent: i64,
}

impl Item {
    /// Seconds spent on it so far, by the clock on the wall.
    pub fn spent_at(&self, clock: Moment) -> i64 {
        let running = self.opened.map_or(0, |opened| clock.since(opened).max(0));
        self.spent.saturating_add(running)
    }

    /// Seconds beyond its time box; negative: seconds that are left.
    pub fn over(&self, clock: Moment) -> i64 {
        self.spent_at(clock) - i64::from(self.point.minutes) * 60
    }
}

/// Where the room goes on its agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// To the next one that waits; the open one is done.
    Next,
    /// To the next one that waits; the open one is left for later.
    Park,
    /// To the one before.
    Back,
    /// To this one.
    To(ItemId),
}

/// What a move changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The item that was open, and what it is now.
    pub left: Option<(ItemId, ItemState)>,
    /// The item that is open now; `None`: the agenda is through.
    pub opened: Option<ItemId>,
}

/// Where a move leads; items in their order.
pub fn turn(items: &[Item], go: Go) -> Result<Turn, Refused> {
    let at = items.iter().position(|item| item.state == ItemState::Open);
    let leaves = |state| at.map(|at| (items[at].id, state));
    let waits = |item: &&Item| item.state == ItemState::Waiting;
    let next = || {
        let after = at.map_or(0, |at| at + 1);
        let (before, behind) = items.split_at(after);
        let found = behind
            .iter()
            .find(waits)
            .or_else(|| before.iter().find(waits));
        found.map(|item| item.id)
    };
    let refused = |why: &str| Err(Refused::Meeting(why.into()));
    match go {
        Go::Next if at.is_none() && next().is_none() => refused(
            "the agenda is through; add an item, take up a parked one, or close the meeting",
        ),
        Go::Next => Ok(Turn {
            left: leaves(ItemState::Done),
            opened: next(),
        }),
        Go::Park if at.is_none() => refused("no item is open that could be parked"),
        Go::Park => Ok(Turn {
            left: leaves(ItemState::Parked),
            opened: next(),
        }),
        Go::Back => {
            let before = &items[..at.unwrap_or(items.len())];
            match before.iter().rfind(|item| item.state != ItemState::Waiting) {
                Some(item) => Ok(Turn {
                    left: leaves(ItemState::Waiting),
                    opened: Some(item.id),
                }),
                None => refused("there is no item before this one"),
            }
        }
        Go::To(id) => match items.iter().find(|item| item.id == id) {
            None => refused("this item is not on the agenda of the running meeting"),
            Some(item) if item.state == ItemState::Open => refused("this item is open already"),
            Some(_) => Ok(Turn {
                left: leaves(ItemState::Waiting),
                opened: Some(id),
            }),
        },
    }
}
