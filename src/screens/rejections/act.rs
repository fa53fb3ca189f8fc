//! Keys that change something: challenge, settle, confirm, withdraw, feedback, narrowing. Opens the question or answers with a command.

use super::ask::{About, Asked, Ending, Settling, Window};
use super::view::{Only, View};
use super::{Rejections, is_kept, words};
use crate::domain::command::Command;
use crate::domain::ids::{ChallengeId, HandoffId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::review::feedback::{Act, Cluster, Deeds, FeedbackState, Rate, Shared};
use crate::domain::review::line::ChallengeLine;
use crate::domain::review::{ChallengeState, Review};
use crate::facts::column::NONE;
use crate::keymap::Action;
use crate::metrics::review::{Axis, DAYS_BEFORE, Flag, Proof, seen};
use crate::screens::Outcome;
use crate::screens::fetch::Fetch;
use crate::screens::form::Form;
use crate::screens::judge::Spot;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::text::clean;
use crate::widgets::Entry;

impl Rejections {
    /// Acts on a key that changes something.
    pub(super) fn act(&mut self, action: Action, model: &Model) -> Outcome {
        match action {
            Action::Narrow => self.ask_what_is_in_sight(),
            Action::Challenge => self.ask_argument(model),
            Action::Settle | Action::ConfirmSettlement | Action::Withdraw => {
                match self.open_challenge(model) {
                    Ok(line) => self.on_challenge(action, &line, model),
                    Err(why) => Outcome::Say(why),
                }
            }
            Action::ProposeRule => self.ask_for_rules(model),
            Action::Raise | Action::Acknowledge | Action::ActOnFeedback | Action::CheckFeedback => {
                match self.cluster(model) {
                    Ok((cluster, shared)) => self.on_cluster(action, cluster, shared, model),
                    Err(why) => Outcome::Say(why),
                }
            }
            _ => Outcome::Nothing,
        }
    }

    pub(super) fn ask(&mut self, about: About, window: Window) -> Outcome {
        let before = self.open.take();
        self.open = Some(Asked::new(about, window).after(before));
        Outcome::Nothing
    }

    fn ask_what_is_in_sight(&mut self) -> Outcome {
        let Some(found) = &self.found else {
            return Outcome::Nothing;
        };
        let mut choices = vec![Only::Everything];
        choices.extend(Proof::ALL.iter().map(|proof| Only::Proof(*proof)));
        let mut counts = vec![found.total.count()];
        counts.extend(Proof::ALL.iter().map(|proof| found.total.of(*proof)));
        if let Some(flagged) = &self.flagged {
            let told = flagged.flags.counts(&found.whole).into_iter();
            for (flag, count) in told.filter(|(flag, _)| *flag != Flag::Unverified) {
                choices.push(Only::Flag(flag));
                counts.push(count);
            }
        }
        let label = |only: &Only| match only {
            Only::Everything => "every rejection".to_owned(),
            only => only.words().to_owned(),
        };
        let entries = choices.iter().zip(counts);
        let entries = entries.map(|(only, n)| Entry::new(label(only), words::count(n)));
        let at = choices.iter().position(|only| *only == self.only);
        let letters = Letters::new("Show only", entries.collect()).at(at.unwrap_or(0));
        self.ask(About::Narrow(choices), Window::Letters(letters))
    }

    fn ask_argument(&mut self, model: &Model) -> Outcome {
        let Some(row) = self.row() else {
            return Outcome::Say(
                "Enter opens the rejections of the cluster; there c challenges one".to_owned(),
            );
        };
        let id = model.facts().handoffs.id.at(row as usize);
        let name = self.lines.get(&id).map_or("this lead", |line| &line.name);
        let form = Form::new(format!("Challenge the rejection of {name}"))
            .note("Marketing says why; the room settles it. The rejection counts until then.")
            .text("Argument", "", "what speaks for the lead?");
        self.ask(About::Argument(HandoffId(id)), Window::Form(form))
    }

    /// The open challenge under the cursor.
    pub(super) fn open_challenge(&self, model: &Model) -> Result<ChallengeLine, String> {
        let line = if self.view == View::Challenges {
            self.challenge_line()
        } else {
            let row = self.row().ok_or_else(|| {
                "Open a rejection or the challenges (C) first: there s settles one".to_owned()
            })?;
            let id = model.facts().handoffs.id.at(row as usize);
            let of_row = self.challenges.iter().filter(|line| line.handoff.0 == id);
            of_row.max_by_key(|line| line.id.0)
        };
        match line {
            Some(line) if line.state == ChallengeState::Open => Ok(line.clone()),
            Some(line) => Err(format!(
                "This challenge is {}; u takes one's own last change back",
                line.state.label()
            )),
            None => Err("Nobody has challenged this rejection; c does".to_owned()),
        }
    }

    fn on_challenge(&mut self, action: Action, line: &ChallengeLine, model: &Model) -> Outcome {
        match action {
            Action::Withdraw => {
                let withdraw = Review::Withdraw { challenge: line.id };
                self.say(Command::Review(withdraw), model)
            }
            Action::ConfirmSettlement => {
                if line.proposal.is_none() {
                    return Outcome::Say("Nothing is proposed yet; s says how it ends".to_owned());
                }
                let missing = [
                    (Side::Marketing, &line.marketing),
                    (Side::Sales, &line.sales),
                ];
                let sides = missing.into_iter().filter(|(_, by)| by.is_none());
                let settling = Settling {
                    challenge: line.id,
                    proposal: None,
                    sides: sides.map(|(side, _)| side).collect(),
                    by: Vec::new(),
                };
                self.ask_who_confirms(settling, model)
            }
            _ => self.ask_ending(line),
        }
    }

    fn ask_ending(&mut self, line: &ChallengeLine) -> Outcome {
        let entry = |ending: &Ending| match ending {
            Ending::Upheld(change) => Entry::new(
                format!("upheld: {} has to change", change.label()),
                "the rejection stands",
            ),
            Ending::Overturned => Entry::new("overturned", "back to the rep, out of the count"),
            Ending::Recycled => Entry::new("recycled", "comes back on a day"),
            Ending::CriteriaGap => Entry::new("criteria gap", "a rule is proposed"),
        };
        let entries = Ending::ALL.iter().map(entry).collect();
        let letters = Letters::new(format!("{}: how is it settled?", line.name), entries);
        self.ask(About::Ending(line.id), Window::Letters(letters))
    }

    /// The details that an ending asks for, else who confirms it.
    pub(super) fn end(&mut self, challenge: ChallengeId, ending: Ending, model: &Model) -> Outcome {
        use crate::domain::review::Proposal;
        let proposal = match ending {
            Ending::Upheld(change) => Proposal::Upheld(change),
            Ending::Overturned => Proposal::Overturned,
            Ending::Recycled => {
                let today = model.book().calendar.day_of(model.scope().as_of);
                let form = Form::new("Recycled")
                    .note("The lead comes back to sales on that day, as a new handoff.")
                    .text("Comes back", &today.plus(30).to_string(), "2025-12-01");
                return self.ask(About::RecycleOn(challenge), Window::Form(form));
            }
            Ending::CriteriaGap => {
                let form = Form::new("Criteria gap: the rule that is missing")
                    .note("As in the rule bar: employees >= 50, country in (DE, AT).")
                    .text("Rule", "", "employees >= 50");
                return self.ask(About::Gap(challenge), Window::Form(form));
            }
        };
        self.settle(challenge, proposal, model)
    }

    /// Asks both sides who confirms.
    pub(super) fn settle(
        &mut self,
        challenge: ChallengeId,
        proposal: crate::domain::review::Proposal,
        model: &Model,
    ) -> Outcome {
        let settling = Settling {
            challenge,
            proposal: Some(proposal),
            sides: vec![Side::Marketing, Side::Sales],
            by: Vec::new(),
        };
        self.ask_who_confirms(settling, model)
    }

    pub(super) fn ask_who_confirms(&mut self, settling: Settling, model: &Model) -> Outcome {
        let Some(side) = settling.sides.first().copied() else {
            return Outcome::Nothing;
        };
        let people = model.book().people.iter().filter(|p| p.side == side);
        let people: Vec<_> = people.collect();
        let me = model.me().map(|me| me.id);
        let at = people.iter().position(|person| Some(person.id) == me);
        let mut entries: Vec<Entry> = people
            .iter()
            .map(|person| Entry::new(&person.name, &person.handle))
            .collect();
        entries.push(Entry::new("nobody yet", "o confirms it later"));
        let handles = people.iter().map(|person| Some(person.handle.clone()));
        let handles = handles.chain([None]).collect();
        let title = format!(
            "Who confirms for {}? It counts once both sides have",
            side.label()
        );
        let letters = Letters::new(title, entries).at(at.unwrap_or(0));
        self.ask(About::Confirms(settling, handles), Window::Letters(letters))
    }

    /// The cluster under the cursor as feedback keeps it.
    pub(super) fn cluster(&self, model: &Model) -> Result<(Cluster, Shared), String> {
        if self.view == View::Feedback {
            let line = self.feedback_line();
            let line = line.ok_or_else(|| "There is no feedback yet".to_owned())?;
            return Ok((Cluster::Kept(line.id), line.shared.clone()));
        }
        kept(self.spot(model), model)
    }

    fn on_cluster(
        &mut self,
        action: Action,
        cluster: Cluster,
        shared: Shared,
        model: &Model,
    ) -> Outcome {
        let line = self.feedback.iter().rev().find(|line| match &cluster {
            Cluster::Kept(id) => line.id == *id,
            Cluster::Of(shared) => line.shared == *shared && line.state != FeedbackState::Checked,
        });
        match action {
            Action::Raise => {
                let form = Form::new("Feedback for marketing")
                    .note("It comes back each time, with its age, until somebody has looked whether it helped.")
                    .text("Note", "", "what is the matter? Enter alone will do");
                self.ask(About::Matter(cluster), Window::Form(form))
            }
            Action::ActOnFeedback => {
                // What cannot be written is said before anything has been typed.
                if let Some(line) = line
                    && let Err(why) = Deeds::act_from(line.state, &clean(&line.name()))
                {
                    return Outcome::Refuse(why.to_string());
                }
                let entries = Act::ALL.iter().map(|act| Entry::new(act.label(), ""));
                let letters = Letters::new("What was changed?", entries.collect());
                self.ask(About::Kind(cluster, shared), Window::Letters(letters))
            }
            Action::CheckFeedback => {
                let acted = line.and_then(|line| line.acted.as_ref()).map(|(at, _)| *at);
                let now = model.history().scope.as_of;
                let rate = rate(&shared, (acted.unwrap_or(now), now), model);
                let deed = Deeds::Check { rate };
                self.say(Command::Review(Review::Feedback { cluster, deed }), model)
            }
            _ => {
                let deed = Deeds::Acknowledge;
                self.say(Command::Review(Review::Feedback { cluster, deed }), model)
            }
        }
    }

    fn ask_for_rules(&mut self, model: &Model) -> Outcome {
        let spot = self.rule_spot(model);
        if spot.is_empty() {
            return Outcome::Say("A rule is proposed for a cluster: w shows them".to_owned());
        }
        let section = super::found::section(&self.scope(model));
        Outcome::Read(Fetch::Rules(section, spot))
    }
}

/// The rate of a cluster in the quarter before now.
pub(super) fn rate_until_now(shared: &Shared, model: &Model) -> Rate {
    let now = model.history().scope.as_of;
    rate(shared, (Moment(now.0 - DAYS_BEFORE * 86_400), now), model)
}

fn rate(shared: &Shared, window: (Moment, Moment), model: &Model) -> Rate {
    let history = model.history();
    seen(
        &history.facts,
        &history.book,
        &history.scope,
        shared,
        window,
    )
}

/// A spot as feedback keeps it.
fn kept(spot: Spot, model: &Model) -> Result<(Cluster, Shared), String> {
    if spot.is_empty() {
        return Err("Feedback is given on a cluster: w shows them, Enter opens one".to_owned());
    }
    if let Some((axis, _)) = spot.iter().find(|(axis, _)| !is_kept(*axis)) {
        return Err(format!(
            "Feedback is kept on reason, source, campaign, segment and rep, not on the {}; b groups by another axis",
            axis.label()
        ));
    }
    let (names, book) = (&model.facts().names, model.book());
    let mut shared = Shared::default();
    for (axis, code) in spot {
        if code == NONE {
            return Err(format!("Nobody knows the {} of these", axis.label()));
        }
        let name = |name: &str| Some(name.to_owned());
        match axis {
            Axis::Reason => {
                let id = names.reasons.id(code);
                let reason = book.reasons.iter().find(|r| Some(r.id.0) == id);
                shared.reason = reason.map(|reason| reason.code.clone());
            }
            Axis::Rep => {
                let id = names.people.id(code);
                let person = book.people.iter().find(|p| Some(p.id.0) == id);
                shared.rep = person.map(|person| person.handle.clone());
            }
            Axis::Source => shared.source = name(names.sources.name(code)),
            Axis::Campaign => shared.campaign = name(names.campaigns.name(code)),
            Axis::Segment => shared.segment = name(names.segments.name(code)),
            Axis::Class | Axis::Week => {}
        }
    }
    if shared == Shared::default() {
        return Err("Its reason or rep is not in the workspace any more".to_owned());
    }
    Ok((Cluster::Of(shared.clone()), shared))
}
