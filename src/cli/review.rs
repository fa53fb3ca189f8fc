//! `smarketing challenge`, `feedback` and `lists`: what the room reviews as text, and its changes. Decides no rule itself.

pub(super) mod args;

use std::io::BufRead;

use self::args::{ClusterArgs, FeedbackArgs, FeedbackChange, ListChange, ListName, ListsArgs};
use super::failure::Failure;
use super::session::{Session, now};
use super::{out, tables};
use crate::domain::command::Command;
use crate::domain::ids::FeedbackId;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::domain::review::feedback::{
    Act, Cluster, Deeds, FeedbackLine, FeedbackState, Rate, Shared,
};
use crate::domain::review::line::ChallengeLine;
use crate::domain::review::lists::DomainList;
use crate::domain::review::{ChallengeState, Review};
use crate::metrics::review::{DAYS_BEFORE, seen};
use crate::metrics::scope::Scope;
use crate::store::Store;

/// Challenges: the open ones, or all.
pub(super) fn challenges(session: &Session, all: bool) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let calendar = &book.calendar;
    let state = (!all).then_some(ChallengeState::Open);
    let mut rows = vec![
        [
            "challenge",
            "handoff",
            "lead",
            "rejected for",
            "evidence",
            "argument",
            "since",
            "state",
            "settlement",
            "waits for",
        ]
        .map(String::from)
        .to_vec(),
    ];
    let now = session.as_of(&book)?;
    for line in store.challenges(state)? {
        let overdue = line.is_overdue(now, book.settings.challenge_days);
        let since = calendar.day_of(line.opened.0).to_string();
        let since = if overdue {
            format!("{since}, overdue")
        } else {
            since
        };
        rows.push(challenge_cells(&line, since));
    }
    tables::print(session.format(), &rows)
}

fn challenge_cells(line: &ChallengeLine, since: String) -> Vec<String> {
    let waits = match (line.state, &line.proposal) {
        (ChallengeState::Open, None) => "a proposal",
        _ => line.waits_for(),
    };
    let proposal = line.proposal.as_ref().map(ToString::to_string);
    vec![
        line.id.0.to_string(),
        line.handoff.0.to_string(),
        line.name.clone(),
        line.was.reason.clone(),
        line.was.evidence.label().into(),
        line.argument.clone(),
        since,
        line.state.label().into(),
        proposal.unwrap_or_default(),
        waits.into(),
    ]
}

pub(super) fn feedback(session: &Session, args: &FeedbackArgs) -> Result<(), Failure> {
    let Some(change) = &args.change else {
        return list_feedback(session, args.all);
    };
    let mut store = session.write()?;
    let (cluster, deed) = match change {
        FeedbackChange::Raise { cluster, note } => {
            let note = note.clone();
            (cluster, Deeds::Raise { note })
        }
        FeedbackChange::Acknowledge { cluster } => (cluster, Deeds::Acknowledge),
        FeedbackChange::Act {
            kind,
            text,
            cluster,
        } => {
            let word = kind.trim().to_lowercase().replace([' ', '-'], "_");
            let act = Act::parse(&word).ok_or_else(|| {
                let known: Vec<&str> = Act::ALL.iter().map(|act| act.word()).collect();
                let known = known.join(", ").replace('_', "-");
                Failure::WrongUse(format!("'{kind}' is no change; one of {known} is"))
            })?;
            let rate = rate(&store, cluster, |_, now| {
                (Moment(now.0 - DAYS_BEFORE * 86_400), now)
            })?;
            let text = text.clone();
            (cluster, Deeds::Act { act, text, rate })
        }
        FeedbackChange::Check { cluster } => {
            let rate = rate(&store, cluster, |acted, now| (acted.unwrap_or(now), now))?;
            (cluster, Deeds::Check { rate })
        }
    };
    let cluster = match cluster.id {
        Some(id) => Cluster::Kept(FeedbackId(id)),
        None => Cluster::Of(shared(cluster)),
    };
    let command = Command::Review(Review::Feedback { cluster, deed });
    let applied = session.apply(&mut store, &command)?;
    out::say(&applied.summary);
    Ok(())
}

fn shared(args: &ClusterArgs) -> Shared {
    let named = |name: &Option<String>| name.as_deref().map(|name| name.trim().to_owned());
    Shared {
        reason: named(&args.reason),
        source: named(&args.source),
        campaign: named(&args.campaign),
        segment: named(&args.segment),
        rep: named(&args.rep),
    }
}

/// How often the cluster's rejections happened in a window that follows from when it was acted on, and now.
fn rate(
    store: &Store,
    args: &ClusterArgs,
    window: impl Fn(Option<Moment>, Moment) -> (Moment, Moment),
) -> Result<Rate, Failure> {
    let book = store.book()?;
    let wanted = shared(args);
    let line = store.feedback()?.into_iter().rev().find(|line| {
        let open = line.state != FeedbackState::Checked && line.shared == wanted;
        args.id.map_or(open, |id| line.id.0 == id)
    });
    let acted = line.as_ref().and_then(|line| line.acted.as_ref());
    let window = window(acted.map(|(at, _)| *at), book.now(now()));
    let wanted = line.map_or(wanted, |line| line.shared);
    let facts = store.load_facts(&mut |_| ())?;
    let scope = Scope::new(&facts, &book, Period::all(), window.1);
    Ok(seen(&facts, &book, &scope, &wanted, window))
}

fn list_feedback(session: &Session, all: bool) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let now = session.as_of(&book)?;
    let mut rows = vec![
        [
            "feedback", "cluster", "state", "days", "note", "change", "then", "now",
        ]
        .map(String::from)
        .to_vec(),
    ];
    let lines = store.feedback()?.into_iter();
    for line in lines.filter(|line| all || line.state != FeedbackState::Checked) {
        rows.push(feedback_cells(&line, now));
    }
    tables::print(session.format(), &rows)
}

fn feedback_cells(line: &FeedbackLine, now: Moment) -> Vec<String> {
    let rate = |rate: Rate| format!("{} of {}", rate.hits, rate.n);
    let days = line.age(now).map(|age| (age / 86_400).to_string());
    let then = line.act.as_ref().map(|(_, _, then)| rate(*then));
    let change = line.act.as_ref();
    vec![
        line.id.0.to_string(),
        line.name(),
        line.state.label().into(),
        days.unwrap_or_default(),
        line.note.clone().unwrap_or_default(),
        change
            .map(|(act, text, _)| format!("{}: {text}", act.label()))
            .unwrap_or_default(),
        then.unwrap_or_default(),
        line.now.map(rate).unwrap_or_default(),
    ]
}

impl From<ListName> for DomainList {
    fn from(name: ListName) -> DomainList {
        match name {
            ListName::Disposable => DomainList::Disposable,
            ListName::Student => DomainList::Student,
            ListName::Competitor => DomainList::Competitor,
        }
    }
}

pub(super) fn lists(session: &Session, args: &ListsArgs) -> Result<(), Failure> {
    let review = match &args.change {
        None => return show_lists(session),
        Some(ListChange::Add { list, domains }) => Review::List {
            list: (*list).into(),
            domains: read(domains)?,
        },
        Some(ListChange::Remove { list, domains }) => Review::Unlist {
            list: (*list).into(),
            domains: read(domains)?,
        },
        Some(ListChange::Stock) => Review::StockLists,
    };
    let applied = session.apply(&mut session.write()?, &Command::Review(review))?;
    out::say(&applied.summary);
    Ok(())
}

/// The domains as given; `-` stands for the lines of stdin.
fn read(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut domains = Vec::new();
    for domain in given {
        if domain != "-" {
            domains.push(domain.clone());
            continue;
        }
        for line in std::io::stdin().lock().lines() {
            let line =
                line.map_err(|error| Failure::new(format!("stdin: {error}; nothing was changed")))?;
            domains.extend(Some(line).filter(|line| !line.trim().is_empty()));
        }
    }
    Ok(domains)
}

fn show_lists(session: &Session) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let mut rows = vec![["list", "domain"].map(String::from).to_vec()];
    for list in DomainList::ALL {
        let entries = book.lists.entries().filter(|(on, _)| on == list);
        rows.extend(entries.map(|(_, domain)| vec![list.word().to_owned(), domain.to_owned()]));
    }
    tables::print(session.format(), &rows)
}
