//! `meeting` as clap types. Does nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::Who;

/// `meeting`
#[derive(Debug, Default, Args)]
pub struct MeetingArgs {
    /// What is done; nothing: say where the meeting stands.
    #[command(subcommand)]
    pub task: Option<Task>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

impl MeetingArgs {
    /// Whether a page is asked for, which can be HTML.
    pub fn is_page(&self) -> bool {
        matches!(self.task, Some(Task::Recap { .. }))
    }
}

/// What is done in or about meetings.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Open a meeting; its figures are frozen
    Start {
        /// The agenda: default (60 min), short (25 min), or one of your own
        #[arg(long, default_value = "default")]
        agenda: String,
        /// Handles of those who are there, beside you
        #[arg(long, value_name = "HANDLE", num_args = 1.., value_delimiter = ',')]
        present: Vec<String>,
        /// The period of the frozen board [default: the quarter of today]
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
    },
    /// Say where the running meeting stands
    Status,
    /// Go on to the next item; the open one is done
    Next,
    /// Go back to the item before
    Back,
    /// Leave the open item for later and go on
    Park,
    /// Open an item out of turn, by its place on the agenda
    Take {
        /// Its place, from 1
        place: usize,
    },
    /// Add an item to the running agenda
    Add {
        /// What it is called
        title: String,
        /// Its time box
        #[arg(long, default_value_t = 5)]
        minutes: u32,
    },
    /// Say who has come
    Attend {
        /// Their handles
        #[arg(required = true)]
        handles: Vec<String>,
    },
    /// Say who has left
    Leave {
        /// Their handles
        #[arg(required = true)]
        handles: Vec<String>,
    },
    /// Say who presents
    Present {
        /// Their handle
        handle: String,
    },
    /// Show the issues, or change one
    Issue {
        /// What is done; nothing: list those that wait.
        #[command(subcommand)]
        task: Option<IssueTask>,
        /// List solved and dropped ones too
        #[arg(long)]
        all: bool,
    },
    /// Write a decision down; without a text, list them, then and now
    Decide(DecideArgs),
    /// Take an action on; without a text, list them
    Act(ActArgs),
    /// An action is done
    Done {
        /// Its number
        action: i64,
    },
    /// Give an action up
    Drop {
        /// Its number
        action: i64,
        /// Why
        #[arg(long)]
        why: String,
    },
    /// Write something down
    Note {
        /// What
        text: String,
    },
    /// Say how good the meeting was
    Rate {
        /// From 1 to 10
        score: u8,
        /// Whose rating it is, by handle [default: yours]
        #[arg(long = "for", value_name = "HANDLE")]
        person: Option<String>,
    },
    /// End the meeting; its figures are frozen once more
    Close {
        /// When the next one is: YYYY-MM-DD, +2w, tue
        #[arg(long, value_name = "DATE")]
        next: Option<String>,
        /// The period of the frozen board [default: the running quarter]
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
    },
    /// Write what a meeting leaves behind: as text, Markdown or HTML
    Recap {
        /// Number of the meeting [default: the newest]
        number: Option<i64>,
        /// Write it to a file, readable by you only; its ending says the format (.html, .md, .txt) unless --format does
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Replace a file that is there
        #[arg(long, requires = "out")]
        force: bool,
    },
    /// List the meetings
    List,
    /// Show the agenda of a meeting and the time it took
    Show {
        /// Its number [default: the newest]
        number: Option<i64>,
    },
    /// Find words in what was decided, raised, taken on and written down
    Search {
        /// The words; all of them have to stand there
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Print the frozen figures of a meeting as they are kept
    Snapshot {
        /// Its number [default: the newest]
        number: Option<i64>,
        /// Those of its start or its end [default: the newest]
        #[arg(long, value_enum)]
        part: Option<PartName>,
    },
    /// Show the agendas, or keep one of your own
    Agenda {
        /// What is done; nothing: list them.
        #[command(subcommand)]
        task: Option<AgendaTask>,
    },
}

/// When in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PartName {
    Start,
    End,
}

/// What is done with an issue.
#[derive(Debug, Subcommand)]
pub enum IssueTask {
    /// Put an issue before the room
    Raise {
        /// What is the matter
        text: String,
        /// How urgent it is: 1 (today), 2, 3
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
        priority: u8,
        /// What it rests on: metric:ID, handoff:N, lead:N, deal:N, feedback:N, source:NAME, campaign:NAME, criteria:N, or words
        #[arg(long = "on", value_name = "WHAT")]
        on: Vec<String>,
    },
    /// Say how urgent it is
    Prioritise {
        /// Its number
        issue: i64,
        /// 1 (today), 2, 3
        #[arg(value_parser = clap::value_parser!(u8).range(1..=3))]
        priority: u8,
    },
    /// Speak of it now
    Discuss {
        /// Its number
        issue: i64,
    },
    /// Solve it by a decision
    Decide {
        /// Its number
        issue: i64,
        /// The decision.
        #[command(flatten)]
        decision: DecideArgs,
    },
    /// Solve it by an action
    Act {
        /// Its number
        issue: i64,
        /// The action.
        #[command(flatten)]
        action: ActArgs,
    },
    /// Leave it for the next meeting
    Park {
        /// Its number
        issue: i64,
    },
    /// Give it up
    Drop {
        /// Its number
        issue: i64,
        /// Why
        #[arg(long)]
        why: String,
    },
}

/// A decision.
#[derive(Debug, Default, Args)]
pub struct DecideArgs {
    /// What is decided
    #[arg(requires_all = ["owner", "due"])]
    pub text: Option<String>,
    /// Handle of the person who sees to it
    #[arg(long, value_name = "HANDLE")]
    pub owner: Option<String>,
    /// Until when: YYYY-MM-DD, +7d, +2w, fri
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
    /// What it is about: criteria, campaign-keep, campaign-fix, campaign-stop, other
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The campaign that is kept, fixed or stopped
    #[arg(long, value_name = "NAME")]
    pub campaign: Option<String>,
    /// The number that it should move, such as `rejection_rate`; it is kept as it is now
    #[arg(long, value_name = "METRIC")]
    pub moves: Option<String>,
    /// The period of that number [default: the quarter of today]
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// What it rests on: metric:ID, handoff:N, lead:N, deal:N, feedback:N, source:NAME, campaign:NAME, criteria:N, or words
    #[arg(long = "on", value_name = "WHAT")]
    pub on: Vec<String>,
}

/// An action.
#[derive(Debug, Default, Args)]
pub struct ActArgs {
    /// What is to be done
    #[arg(requires_all = ["owner", "due"])]
    pub text: Option<String>,
    /// Handle of the person who does it
    #[arg(long, value_name = "HANDLE")]
    pub owner: Option<String>,
    /// Until when: YYYY-MM-DD, +7d, +2w, fri
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
    /// Sales asks marketing for content
    #[arg(long)]
    pub content: bool,
    /// List done and dropped ones too
    #[arg(long, conflicts_with = "text")]
    pub all: bool,
}

/// What is done with agendas.
#[derive(Debug, Subcommand)]
pub enum AgendaTask {
    /// Keep an agenda under a name
    Save {
        /// Its name
        name: String,
        /// Its items in order: TOPIC=MINUTES or TOPIC:TITLE=MINUTES; topics: scoreboard, decisions, rejections, criteria, pipeline, voice, issues, wrap, other
        #[arg(required = true, value_name = "TOPIC=MINUTES")]
        points: Vec<String>,
    },
    /// Throw an agenda of your own away
    Remove {
        /// Its name
        name: String,
    },
}
