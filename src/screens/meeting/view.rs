//! The lists of the meeting and their order. Computes nothing.

use crate::keymap::Action;

/// A list of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum View {
    /// The agenda; between two meetings what the last one left.
    #[default]
    Agenda,
    /// Issues before the room.
    Issues,
    /// Decisions, then and now.
    Decisions,
    /// Who does what until when.
    Actions,
    /// Meetings of the past, and what was said in them.
    History,
}

impl View {
    /// How many there are.
    pub(super) const COUNT: usize = 5;

    /// In the order of the switch key.
    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::Agenda,
        Self::Issues,
        Self::Decisions,
        Self::Actions,
        Self::History,
    ];

    /// So many lists on.
    pub(super) fn step(self, by: isize) -> Self {
        let at = (self as isize + by).rem_euclid(Self::COUNT as isize);
        Self::ALL[at as usize]
    }

    /// Its name.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Agenda => "Agenda",
            Self::Issues => "Issues",
            Self::Decisions => "Decisions",
            Self::Actions => "Actions",
            Self::History => "History",
        }
    }

    /// What can be done here, for the last line; `runs`: while a meeting does.
    pub(super) const fn hints(self, now: Now) -> &'static [Action] {
        use Action as A;
        match (self, now) {
            (Self::Agenda, Now::Running) => &[
                A::Open,
                A::NextItem,
                A::ParkIt,
                A::TakeUp,
                A::AddItem,
                A::Attendance,
                A::CloseMeeting,
                A::ItemBefore,
                A::PresentedBy,
            ],
            (Self::Agenda, Now::Between) => {
                &[A::StartMeeting, A::Agendas, A::RaiseIssue, A::TakeOn]
            }
            (Self::Issues, Now::Running) => &[
                A::Open,
                A::Solve,
                A::TakeUp,
                A::MoreUrgent,
                A::LessUrgent,
                A::ParkIt,
                A::DropIt,
            ],
            (Self::Issues, Now::Between) => &[
                A::RaiseIssue,
                A::MoreUrgent,
                A::LessUrgent,
                A::DropIt,
                A::StartMeeting,
            ],
            (Self::Decisions, Now::Running) => &[A::Decide, A::Open],
            (Self::Decisions, Now::Between) => &[A::Open, A::StartMeeting],
            (Self::Actions, _) => &[A::MarkDone, A::DropIt, A::TakeOn, A::Open],
            (Self::History, _) => &[A::Open, A::Search, A::WritePage],
        }
    }

    /// Its word for those who follow.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Agenda => "agenda",
            Self::Issues => "issues",
            Self::Decisions => "decisions",
            Self::Actions => "actions",
            Self::History => "history",
        }
    }

    /// The list of a word.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}

/// Whether a meeting runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Now {
    /// One does.
    Running,
    /// None does.
    Between,
}
