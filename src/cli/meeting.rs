//! `smarketing meeting`: the working session as commands and as text, by the same rules as on the screen. Decides no rule itself.

pub(super) mod args;
mod change;
mod lists;
pub(in crate::cli) mod recap;
mod show;

use self::args::{AgendaTask, IssueTask, MeetingArgs, PartName, Task};
use super::args::ScoreArgs;
use super::failure::Failure;
use super::out;
use super::score::{self, Asks, Desk};
use super::session::Session;
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::ids::{ActionId, IssueId, MeetingId};
use crate::domain::meeting::agenda::{Point, Topic};
use crate::domain::meeting::line::Meeting;
use crate::domain::meeting::snapshot::Part;
use crate::domain::meeting::{MeetingChange, Solution};

use crate::store::Store;

/// Does what is asked, or says where the meeting stands.
pub(super) fn run(session: &Session, args: &MeetingArgs) -> Result<(), Failure> {
    let Some(task) = &args.task else {
        return show::status(session);
    };
    match task {
        Task::Status => show::status(session),
        Task::List => lists::meetings(session),
        Task::Show { number } => show::agenda(session, *number),
        Task::Search { words } => lists::search(session, &words.join(" ")),
        Task::Snapshot { number, part } => snapshot(session, *number, *part),
        Task::Recap { number, out, force } => recap::run(session, *number, out.as_deref(), *force),
        Task::Issue { task: None, all } => lists::issues(session, *all),
        Task::Decide(decision) if decision.text.is_none() => lists::decisions(session),
        Task::Act(action) if action.text.is_none() => lists::actions(session, action.all),
        Task::Agenda { task: None } => lists::agendas(session),
        task => {
            let change = asked(session, task)?;
            change::apply(session, change)
        }
    }
}

/// The change that a task asks for.
fn asked(session: &Session, task: &Task) -> Result<MeetingChange, Failure> {
    Ok(match task {
        Task::Start {
            agenda,
            present,
            period,
        } => MeetingChange::Start {
            agenda: agenda.clone(),
            present: present.clone(),
            snapshot: change::frozen(session, period.as_deref())?,
        },
        Task::Next => MeetingChange::Next { from: None },
        Task::Back => MeetingChange::Back,
        Task::Park => MeetingChange::Park,
        Task::Take { place } => change::take(session, *place)?,
        Task::Add { title, minutes } => MeetingChange::Add(Point {
            topic: Topic::Other,
            title: title.clone(),
            minutes: *minutes,
        }),
        Task::Attend { handles } => MeetingChange::Attend(handles.clone()),
        Task::Leave { handles } => MeetingChange::Leave(handles.clone()),
        Task::Present { handle } => MeetingChange::Present(handle.clone()),
        Task::Issue {
            task: Some(task), ..
        } => issue(session, task)?,
        Task::Decide(args) => MeetingChange::Decide(change::decision(session, args)?),
        Task::Act(args) => MeetingChange::Act(change::action(session, args)?),
        Task::Done { action } => MeetingChange::Done(ActionId(*action)),
        Task::Drop { action, why } => MeetingChange::Drop(ActionId(*action), why.clone()),
        Task::Note { text } => MeetingChange::Note(text.clone()),
        Task::Rate { score, person } => MeetingChange::Rate {
            person: person.clone(),
            score: *score,
        },
        Task::Close { next, period } => MeetingChange::Close {
            next_on: next
                .as_deref()
                .map(|text| change::day(session, text))
                .transpose()?,
            snapshot: change::frozen(session, period.as_deref())?,
        },
        Task::Agenda {
            task: Some(AgendaTask::Save { name, points }),
        } => MeetingChange::SaveAgenda {
            name: name.clone(),
            points: points
                .iter()
                .map(|text| change::point(text))
                .collect::<Result<_, _>>()?,
        },
        Task::Agenda {
            task: Some(AgendaTask::Remove { name }),
        } => MeetingChange::RemoveAgenda(name.clone()),
        // What only reads has been answered before.
        _ => return Err(Failure::WrongUse("nothing was asked for".into())),
    })
}

fn issue(session: &Session, task: &IssueTask) -> Result<MeetingChange, Failure> {
    Ok(match task {
        IssueTask::Raise { text, priority, on } => MeetingChange::Raise {
            text: text.clone(),
            priority: change::priority(*priority),
            rests_on: change::grounds(on)?,
        },
        IssueTask::Prioritise { issue, priority } => {
            MeetingChange::Prioritise(IssueId(*issue), change::priority(*priority))
        }
        IssueTask::Discuss { issue } => MeetingChange::Discuss(IssueId(*issue)),
        IssueTask::Decide { issue, decision } => MeetingChange::Solve(
            IssueId(*issue),
            Solution::Decision(change::decision(session, decision)?),
        ),
        IssueTask::Act { issue, action } => MeetingChange::Solve(
            IssueId(*issue),
            Solution::Action(change::action(session, action)?),
        ),
        IssueTask::Park { issue } => MeetingChange::ParkIssue(IssueId(*issue)),
        IssueTask::Drop { issue, why } => MeetingChange::DropIssue(IssueId(*issue), why.clone()),
    })
}

/// The history as everything here looks at it.
fn desk(session: &Session, period: Option<&str>) -> Result<Desk, Failure> {
    let what = ScoreArgs {
        period: period.map(str::to_owned),
        ..ScoreArgs::default()
    };
    score::desk(session, &what, Asks::Stamps)
}

/// The meeting of a number, else the newest.
fn of_number(book: &Book, number: Option<i64>) -> Result<&Meeting, Failure> {
    let all = &book.meetings;
    let found = match number {
        Some(number) => all.number(MeetingId(number)),
        None => all.all.last(),
    };
    found.ok_or_else(|| match number {
        Some(number) => Failure::new(format!(
            "there is no meeting {number}; `meeting list` names them"
        )),
        None => Failure::new("there was no meeting yet; `meeting start` opens one"),
    })
}

/// Prints frozen figures as they are kept.
fn snapshot(session: &Session, number: Option<i64>, part: Option<PartName>) -> Result<(), Failure> {
    let store: Store = session.read()?;
    let book = store.book()?;
    let meeting = of_number(&book, number)?;
    let part = part.map(|part| match part {
        PartName::Start => Part::Start,
        PartName::End => Part::End,
    });
    let kept = match part {
        Some(part) => meeting.snapshot(part),
        None => meeting.snapshots.last(),
    };
    let Some(kept) = kept else {
        return Err(Failure::new(format!(
            "meeting {} runs still; the figures of its end are frozen when it closes",
            meeting.id.0
        )));
    };
    out::say(&format!(
        "meeting {}, {}, {}, SHA-256 {}",
        meeting.id.0,
        kept.part.label(),
        book.calendar.show(kept.at),
        kept.sha256
    ));
    out::print(&store.snapshot_text(kept.id)?)
}

/// A change as the command that the store takes.
fn command(change: MeetingChange) -> Command {
    Command::Meeting(change)
}
