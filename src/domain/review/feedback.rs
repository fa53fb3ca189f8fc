//! Feedback on a cluster of rejections, which ends somewhere: new, acknowledged, acted, checked. Pure.

use crate::domain::ids::FeedbackId;
use crate::domain::moment::Moment;
use crate::domain::policy::Deed;
use crate::domain::refused::Refused;
use crate::domain::verdict::words;

words! {
    /// Where the feedback stands.
    FeedbackState {
        /// Nobody of marketing has taken note of it.
        New = "new" / "new",
        /// Marketing has.
        Acknowledged = "acknowledged" / "acknowledged",
        /// Something was changed.
        Acted = "acted" / "acted",
        /// Somebody looked whether the rate moved.
        Checked = "checked" / "checked",
    }
}

words! {
    /// What was changed.
    Act {
        /// The criteria.
        Criteria = "criteria" / "criteria",
        /// The campaign goes on as it is.
        CampaignKeep = "campaign_keep" / "campaign kept",
        /// The campaign is changed.
        CampaignFix = "campaign_fix" / "campaign fixed",
        /// The campaign ends.
        CampaignStop = "campaign_stop" / "campaign stopped",
        /// Content was asked for.
        Content = "content" / "content requested",
        /// The form is changed.
        Form = "form" / "form changed",
    }
}

/// What the rejections of a cluster have in common, by name as catalogues have them; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shared {
    /// Code of the reason.
    pub reason: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Handle of the rep.
    pub rep: Option<String>,
}

/// A cluster on which something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cluster {
    /// One that stands in the file.
    Kept(FeedbackId),
    /// By what its rejections have in common: the open one, or a new one.
    Of(Shared),
}

/// Rejections of the cluster, and the decided handoffs that they are a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rate {
    /// Rejections.
    pub hits: i64,
    /// Of so many.
    pub n: i64,
}

impl Rate {
    /// Whether it can be a rate.
    pub fn sensible(self) -> Result<(), Refused> {
        if (0..=self.n).contains(&self.hits) {
            Ok(())
        } else {
            Err(Refused::Catalogue(format!(
                "{} of {} is no share; rejections out of decided handoffs are expected",
                self.hits, self.n
            )))
        }
    }
}

/// What is done with a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deeds {
    /// Puts it before marketing.
    Raise {
        /// What is the matter.
        note: Option<String>,
    },
    /// Marketing takes note.
    Acknowledge,
    /// Marketing changes something.
    Act {
        /// What kind of change.
        act: Act,
        /// What, in words.
        text: String,
        /// How often it happened until now.
        rate: Rate,
    },
    /// Somebody looks whether it helped.
    Check {
        /// How often it happened since.
        rate: Rate,
    },
}

impl Deeds {
    /// What the policy table judges.
    pub fn deed(&self) -> Deed {
        match self {
            Deeds::Raise { .. } | Deeds::Check { .. } => Deed::FollowUp,
            Deeds::Acknowledge | Deeds::Act { .. } => Deed::ActOnFeedback,
        }
    }

    /// The word in the journal.
    pub fn verb(&self) -> &'static str {
        match self {
            Deeds::Raise { .. } => "raise",
            Deeds::Acknowledge => "acknowledge",
            Deeds::Act { .. } => "act",
            Deeds::Check { .. } => "check",
        }
    }

    /// Whether feedback that stands there can be acted on, whatever is said of the act.
    pub fn act_from(state: FeedbackState, what: &str) -> Result<(), Refused> {
        let act = Deeds::Act {
            act: Act::ALL[0],
            text: String::new(),
            rate: Rate { hits: 0, n: 0 },
        };
        act.from(Some(state), what)
    }

    /// Whether it can be done from where the feedback stands (`None`: nobody has raised it, or it was checked and is raised
    /// again). An act takes note by itself.
    pub fn from(&self, state: Option<FeedbackState>, what: &str) -> Result<(), Refused> {
        use FeedbackState::{Acknowledged, Acted, Checked, New};
        let why = match (self, state) {
            (Deeds::Check { rate }, Some(Acted)) if rate.n == 0 => {
                "cannot be judged yet: nothing was decided there since the change; look again once something has been"
            }
            (Deeds::Raise { .. } | Deeds::Acknowledge, None | Some(New))
            | (Deeds::Act { .. }, None | Some(New | Acknowledged))
            | (Deeds::Check { .. }, Some(Acted)) => return Ok(()),
            (Deeds::Check { .. }, None | Some(New | Acknowledged)) => {
                "was not acted on yet, so there is nothing to check; say first what was changed"
            }
            (_, Some(Checked)) => "was checked already; raise it again if it goes on",
            (_, Some(Acted)) => "was acted on already; check first whether it helped",
            (_, _) => "was acknowledged already",
        };
        Err(Refused::Feedback(format!("{what} {why}")))
    }
}

/// A cluster as it stands in the file, for lists and cards. Names in it are foreign text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackLine {
    /// Row id.
    pub id: FeedbackId,
    /// What its rejections have in common.
    pub shared: Shared,
    /// Label of the reason.
    pub reason_label: Option<String>,
    /// Name of the rep.
    pub rep_name: Option<String>,
    /// Where it stands.
    pub state: FeedbackState,
    /// What is the matter.
    pub note: Option<String>,
    /// When it was raised, and by whom.
    pub raised: (Moment, Option<String>),
    /// When marketing took note, and who.
    pub acknowledged: Option<(Moment, Option<String>)>,
    /// When something was changed, and by whom.
    pub acted: Option<(Moment, Option<String>)>,
    /// What was changed, in words, and how often it happened before.
    pub act: Option<(Act, String, Rate)>,
    /// When somebody looked whether it helped, and who.
    pub checked: Option<(Moment, Option<String>)>,
    /// How often it happened after the act.
    pub now: Option<Rate>,
}

impl FeedbackLine {
    /// What the cluster is called: "Student · E-book syndication".
    pub fn name(&self) -> String {
        let shared = &self.shared;
        let parts = [
            self.reason_label.as_ref().or(shared.reason.as_ref()),
            shared.source.as_ref(),
            shared.campaign.as_ref(),
            shared.segment.as_ref(),
            self.rep_name.as_ref().or(shared.rep.as_ref()),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        parts.join(" · ")
    }

    /// Seconds that it has waited since somebody last did something; `None` when it is checked.
    pub fn age(&self, now: Moment) -> Option<i64> {
        let since = match self.state {
            FeedbackState::Checked => return None,
            FeedbackState::New => Some(self.raised.0),
            FeedbackState::Acknowledged => self.acknowledged.as_ref().map(|(at, _)| *at),
            FeedbackState::Acted => self.acted.as_ref().map(|(at, _)| *at),
        };
        since.map(|since| now.0 - since.0)
    }
}
