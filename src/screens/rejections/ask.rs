//! An open question of the review: a list by letter or a window of fields, and what it is about. Decides nothing.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::view::Only;
use crate::domain::command::Command;
use crate::domain::ids::{ChallengeId, HandoffId};
use crate::domain::policy::Side;
use crate::domain::review::feedback::{Act, Cluster, Shared};
use crate::domain::review::{MustChange, Proposal};
use crate::keymap::Context;
use crate::screens::form::Form;
use crate::screens::judge::Proposed;
use crate::screens::letters::Letters;
use crate::theme::Theme;

/// An open question.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) about: About,
    pub(super) window: Window,
    /// The window before, which comes back with Esc and when what follows is refused.
    pub(super) before: Option<Box<Asked>>,
}

/// How it is asked.
#[derive(Debug, Clone)]
pub(super) enum Window {
    Form(Form),
    Letters(Letters),
}

/// How a challenge ends, before the details are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Upheld(MustChange),
    Overturned,
    Recycled,
    CriteriaGap,
}

impl Ending {
    /// In the order of the letters.
    pub(super) const ALL: [Self; 7] = [
        Self::Upheld(MustChange::Targeting),
        Self::Upheld(MustChange::Form),
        Self::Upheld(MustChange::Content),
        Self::Upheld(MustChange::FollowUp),
        Self::Overturned,
        Self::Recycled,
        Self::CriteriaGap,
    ];
}

/// A settlement on its way: who confirms it is still being asked.
#[derive(Debug, Clone)]
pub(super) struct Settling {
    pub(super) challenge: ChallengeId,
    /// `None`: what is proposed already is confirmed.
    pub(super) proposal: Option<Proposal>,
    /// Sides that are still to be asked, the next one first.
    pub(super) sides: Vec<Side>,
    /// Handles of those who confirm.
    pub(super) by: Vec<String>,
}

/// What is asked. Lists hold what the letters stand for.
#[derive(Debug, Clone)]
pub(super) enum About {
    /// Which rejections are in sight.
    Narrow(Vec<Only>),
    /// Why a rejection is doubted.
    Argument(HandoffId),
    /// How a challenge ends.
    Ending(ChallengeId),
    /// The day a lead comes back.
    RecycleOn(ChallengeId),
    /// The rule of a criteria gap.
    Gap(ChallengeId),
    /// Who confirms for a side; `None`: nobody yet.
    Confirms(Settling, Vec<Option<String>>),
    /// Who says what the person at the keyboard may not: the change, and handles.
    Speaks(Box<Command>, Vec<String>),
    /// What is the matter with a cluster.
    Matter(Cluster),
    /// What kind of change was made.
    Kind(Cluster, Shared),
    /// What was changed.
    Change(Cluster, Shared, Act),
    /// Which of the proposed rules.
    Rules(Arc<Proposed>),
    /// A rule for the draft.
    Rule(Arc<Proposed>),
}

impl Asked {
    pub(super) fn new(about: About, window: Window) -> Self {
        Self {
            about,
            window,
            before: None,
        }
    }

    /// Whether it changes what it is about.
    pub(super) fn edits(&self) -> bool {
        !matches!(self.about, About::Narrow(_))
    }

    /// Remembers the window before.
    pub(super) fn after(mut self, before: Option<Asked>) -> Self {
        self.before = before.map(Box::new);
        self
    }

    pub(super) fn context(&self) -> Context {
        match self.window {
            Window::Form(_) => Context::Field,
            Window::Letters(_) => Context::Letters,
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Window::Form(form) = &mut self.window {
            form.paste(text);
        }
    }

    pub(super) fn click(&mut self, column: u16, row: u16) -> Option<usize> {
        match &mut self.window {
            Window::Letters(letters) => letters.click(column, row),
            Window::Form(_) => None,
        }
    }

    /// What was typed stays.
    pub(super) fn refuse(&mut self, why: &str) {
        if let Window::Form(form) = &mut self.window {
            form.refuse(why);
        }
    }

    pub(super) fn draw(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        match &mut self.window {
            Window::Form(form) => form.draw(buffer, area, theme),
            Window::Letters(letters) => letters.draw(buffer, area, theme),
        }
    }
}
