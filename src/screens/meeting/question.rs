//! What the room can be asked in a window: data that opens it. Asks and answers nothing itself.

use crate::domain::ids::{ActionId, IssueId, MeetingId};
use crate::domain::meeting::agenda::Agenda;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::Issue;
use crate::domain::policy::Side;
use crate::domain::presence::{Doing, Thing};
use crate::metrics::Metric;
use crate::text;

/// How much of a name is kept.
const NAME: usize = 60;

/// A window of the meeting.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Which agenda a meeting starts with.
    Start,
    /// Who is there; with the name of the agenda that the meeting then starts with.
    Table(Option<String>),
    /// Which agenda is changed.
    Agendas,
    /// The items of an agenda.
    Plan(Agenda),
    /// An issue, and what it rests on.
    Issue(Under),
    /// A decision.
    Decision(Origin),
    /// An action.
    Action(Origin),
    /// A note at the open item.
    Note,
    /// What can be done with an issue.
    About(IssueId),
    /// Whether an issue becomes a decision or an action.
    Solve(IssueId),
    /// How urgent an issue is, then those after it.
    Rank(IssueId, Vec<IssueId>),
    /// Why an issue or an action is given up.
    Drop(Dropped),
    /// Ratings and the next date.
    Close,
    /// An item for the running agenda.
    Item,
    /// Who presents.
    Presenter,
    /// Somebody who is missing in the list of people.
    Person(Newcomer),
    /// A page for those who were not there; of this meeting, where it is a recap.
    Page(Option<MeetingId>),
}

impl Question {
    /// What is done in its window, for the others at this workspace.
    pub fn doing(&self) -> Doing {
        let minute = |words: &str| Thing::Minute(words.to_owned());
        let of_issue = |id: &IssueId| Thing::Issue(id.0);
        Doing::editing(match self {
            Question::Start => minute("a new meeting"),
            Question::Table(_) => Thing::Setting("who is there".to_owned()),
            Question::Agendas | Question::Plan(_) => minute("an agenda"),
            Question::Issue(_) => minute("an issue"),
            Question::Decision(Origin {
                issue: Some(id), ..
            })
            | Question::Action(Origin {
                issue: Some(id), ..
            })
            | Question::About(id)
            | Question::Solve(id)
            | Question::Rank(id, _)
            | Question::Drop(Dropped::Issue(id)) => of_issue(id),
            Question::Decision(_) => minute("a decision"),
            Question::Action(_) => minute("an action"),
            Question::Drop(Dropped::Action(_)) => minute("why an action is given up"),
            Question::Note => minute("a note"),
            Question::Close => Thing::Setting("the end of the meeting".to_owned()),
            Question::Item => minute("an item of the agenda"),
            Question::Presenter => Thing::Setting("who presents".to_owned()),
            Question::Person(_) => Thing::Setting("the list of people".to_owned()),
            Question::Page(_) => return Doing::looking(minute("a page to write")),
        })
    }
}

/// What is under the cursor where something is written down.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Under {
    /// The number, where it is one.
    pub metric: Option<Metric>,
    /// What it rests on.
    pub grounds: Vec<Ground>,
}

impl Under {
    /// Something that is no number.
    pub fn ground(ground: Ground) -> Self {
        Self {
            metric: None,
            grounds: vec![ground],
        }
    }

    /// A number.
    pub fn number(metric: Metric) -> Self {
        Self {
            metric: Some(metric),
            grounds: vec![Ground::Metric(metric.id().to_owned())],
        }
    }

    /// The same with a name beside it, where it is known: nobody knows a row by its number.
    #[must_use]
    pub fn called(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.saying(text::truncate(&text::clean(name), NAME).into_owned()),
            None => self,
        }
    }

    /// The same with words beside it.
    #[must_use]
    pub fn saying(mut self, words: String) -> Self {
        self.grounds.push(Ground::Words(words));
        self
    }
}

/// Where a decision or an action comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origin {
    /// The issue that it solves.
    pub issue: Option<IssueId>,
    /// What was under the cursor.
    pub under: Under,
}

/// Somebody who is asked for because something needs them.
#[derive(Debug, Clone, PartialEq)]
pub struct Newcomer {
    /// What is missing without them.
    pub why: String,
    /// The side that is chosen at first.
    pub side: Side,
    /// What is asked once they are in the list.
    pub next: Option<Box<Question>>,
}

/// What is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// An issue.
    Issue(IssueId),
    /// An action.
    Action(ActionId),
}

impl Origin {
    /// An issue that is to be solved: the number that it was raised on is the one to move.
    pub fn of(issue: &Issue) -> Self {
        let metric = issue.rests_on.iter().find_map(|ground| match ground {
            Ground::Metric(id) => Metric::parse(id),
            _ => None,
        });
        Self {
            issue: Some(issue.id),
            under: Under {
                metric,
                grounds: issue.rests_on.clone(),
            },
        }
    }
}
