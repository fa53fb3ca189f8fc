//! The ways to look at rejections, what the cells hold, and what is left out of sight. Computes nothing.

use std::sync::Arc;

use crate::facts::Facts;
use crate::keymap::Action;
use crate::metrics::review::{Base, Flag, Flags, Order, Proof, Review};

/// A way to look at the rejections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum View {
    /// Clusters, the dearest first.
    #[default]
    Worklist,
    /// Two axes.
    Matrix,
    /// One by one.
    List,
    /// The sample that nobody challenged.
    SecondLook,
    /// Challenges, open ones first.
    Challenges,
    /// Feedback, open ones first.
    Feedback,
    /// Both sides' questions.
    Sides,
}

impl View {
    /// How many there are.
    pub(super) const COUNT: usize = 7;

    /// In the order of the switch key.
    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::Worklist,
        Self::Matrix,
        Self::List,
        Self::SecondLook,
        Self::Challenges,
        Self::Feedback,
        Self::Sides,
    ];

    /// So many views on.
    pub(super) fn step(self, by: isize) -> Self {
        let at = (self as isize + by).rem_euclid(Self::COUNT as isize);
        Self::ALL[at as usize]
    }

    /// The action that shows it.
    pub(super) const fn action(self) -> Action {
        match self {
            Self::Worklist => Action::ViewWorklist,
            Self::Matrix => Action::ViewMatrix,
            Self::List => Action::ViewList,
            Self::SecondLook => Action::ViewSecondLook,
            Self::Challenges => Action::ViewChallenges,
            Self::Feedback => Action::ViewFeedback,
            Self::Sides => Action::ViewSides,
        }
    }

    /// Whether its rows are rejections.
    pub(super) const fn lists_rejections(self) -> bool {
        matches!(self, Self::List | Self::SecondLook)
    }

    /// Whether a lead's card belongs beside it.
    pub(super) const fn has_cards(self) -> bool {
        self.lists_rejections() || matches!(self, Self::Challenges)
    }

    /// The keys that do something here, for the last line.
    pub(super) const fn hints(self) -> &'static [Action] {
        use Action as A;
        match self {
            Self::Worklist | Self::Matrix => {
                &[A::Open, A::ProposeRule, A::Raise, A::Breakdown, A::Across]
            }
            Self::List | Self::SecondLook => &[A::Open, A::Challenge, A::Settle, A::Next],
            Self::Challenges => &[A::Settle, A::ConfirmSettlement, A::Withdraw, A::Open],
            Self::Feedback => &[A::Acknowledge, A::ActOnFeedback, A::CheckFeedback, A::Open],
            Self::Sides => &[A::Open, A::Up, A::Down],
        }
    }
}

/// The figure in the cells of the matrix; what it is ordered by follows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Content {
    /// Rejections.
    #[default]
    Count,
    /// Share of its source's rejections.
    Share,
    /// What verified and objective ones wasted.
    Wasted,
    /// What unverified ones cost, unproven.
    Unproven,
    /// Reps' hours.
    Hours,
    /// Unverified rejections.
    Unverified,
}

impl Content {
    /// In the order of the switch key.
    pub(super) const ALL: [Self; 6] = [
        Self::Count,
        Self::Share,
        Self::Wasted,
        Self::Unproven,
        Self::Hours,
        Self::Unverified,
    ];

    /// The next one of the switch key.
    pub(super) fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// What the matrix is ordered by.
    pub(super) fn order(self) -> Order {
        match self {
            Self::Wasted => Order::Wasted,
            Self::Unproven => Order::Unproven,
            Self::Hours => Order::Hours,
            Self::Unverified => Order::Unverified,
            Self::Count | Self::Share => Order::Count,
        }
    }

    /// In the heading.
    pub(super) fn label(self, base: Base) -> &'static str {
        match self {
            Self::Count => "rejections",
            Self::Share if base == Base::Row => "share of the row",
            Self::Share => "share of the column",
            Self::Wasted => "wasted money",
            Self::Unproven => "unproven money",
            Self::Hours => "rep hours",
            Self::Unverified => "unverified rejections",
        }
    }
}

/// Which rejections are in sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Only {
    /// All.
    #[default]
    Everything,
    /// With that proof.
    Proof(Proof),
    /// With that flag.
    Flag(Flag),
}

impl Only {
    /// In words; empty for everything.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Everything => "",
            Self::Proof(proof) => proof.label(),
            Self::Flag(flag) => flag.label(),
        }
    }

    /// The rejections that are left; flags that are not known yet leave none out.
    pub(super) fn of(
        self,
        review: &Arc<Review>,
        facts: &Facts,
        flags: Option<&Flags>,
    ) -> Arc<Review> {
        match (self, flags) {
            (Self::Everything, _) | (Self::Flag(_), None) => Arc::clone(review),
            (Self::Proof(wanted), _) => Arc::new(review.proven_by(facts, wanted)),
            (Self::Flag(flag), Some(flags)) => Arc::new(review.among(flags.bits(flag))),
        }
    }
}
