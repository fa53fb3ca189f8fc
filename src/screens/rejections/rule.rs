//! From a cluster to a rule: what its leads share, what the rule would have caught and cost, and where it is put. Finds no rule itself.

use super::ask::{About, Window};
use super::view::View;
use super::{Rejections, words};
use crate::domain::review::Proposal;
use crate::domain::review::Review;
use crate::domain::review::feedback::Deeds;
use crate::metrics::review::Axis;
use crate::screens::Outcome;
use crate::screens::form::Form;
use crate::screens::judge::{RuleLine, Spot};
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

/// Most rules that are offered.
const OFFERED: usize = 9;

impl Rejections {
    /// The rejections that a rule is asked for: the cluster, or what the rejection under the cursor belongs to.
    pub(super) fn rule_spot(&self, model: &Model) -> Spot {
        let facts = model.facts();
        let row = match self.view {
            View::Challenges => self
                .challenge_line()
                .and_then(|line| facts.handoffs.row(line.handoff.0))
                .map(|row| row as u32),
            _ => self.row(),
        };
        let spot = self.spot();
        if !spot.is_empty() {
            return spot;
        }
        let Some(row) = row else { return spot };
        let reason = facts.handoffs.reason[row as usize];
        let now = facts
            .names
            .reason_facts
            .get(reason as usize)
            .map_or(reason, |r| r.now);
        vec![(Axis::Reason, now)]
    }

    /// Offers the rules that were found; without one a rule can be typed.
    pub(super) fn take_rules(&mut self, spot: &Spot, rules: &[RuleLine], model: &Model) {
        // Another window was opened meanwhile: what is typed there goes first.
        if self.open.is_some() {
            return;
        }
        let name = self
            .found
            .as_ref()
            .map_or_else(String::new, |found| found.spot_name(model.facts(), spot));
        if rules.is_empty() {
            let form = self
                .rule_form(format!("Rule for {name}"), "", model)
                .note("Nothing that is known of these leads tells them apart from the others well enough. Type a rule, or cancel.");
            self.ask(About::Rule(spot.clone()), Window::Form(form));
            return;
        }
        let rules = &rules[..rules.len().min(OFFERED)];
        let entry = |rule: &RuleLine| {
            let p = &rule.proposal;
            Entry::new(
                &rule.text,
                format!("catches {} of {}, costs {} good", p.caught, p.of, p.lost),
            )
        };
        let title = format!("Rules that {name} asks for");
        let letters = Letters::new(title, rules.iter().map(entry).collect());
        self.ask(
            About::Rules(spot.clone(), rules.to_vec()),
            Window::Letters(letters),
        );
    }

    /// Shows what the rule would have done; it can still be changed.
    pub(super) fn ask_about_rule(&mut self, spot: Spot, rule: &RuleLine, model: &Model) -> Outcome {
        let p = &rule.proposal;
        let condition = &p.rule.condition;
        let form = self
            .rule_form(format!("Rule on {}", condition.field), &rule.text, model)
            .note(format!(
                "Would have kept back {} of these {} and {} other rejections; and {} of the {} that qualified or were won.",
                words::count(p.caught),
                words::count(p.of),
                words::count(p.others),
                words::count(p.lost),
                words::count(p.good),
            ));
        self.ask(About::Rule(spot), Window::Form(form))
    }

    fn rule_form(&self, title: String, rule: &str, model: &Model) -> Form {
        let goes = match self.open_challenge(model) {
            Ok(line) => format!(
                "Enter settles the challenge of {} as criteria gap.",
                line.name
            ),
            Err(_) => "Enter puts it before marketing, on this cluster.".to_owned(),
        };
        Form::new(title)
            .note(goes)
            .text("Rule", rule, "employees >= 50")
    }

    /// Puts the rule where it belongs.
    pub(super) fn propose(&mut self, spot: &Spot, rule: &str, model: &Model) -> Outcome {
        if let Ok(line) = self.open_challenge(model) {
            return self.settle(line.id, Proposal::CriteriaGap(rule.to_owned()), model);
        }
        match self.cluster_of(spot.clone(), model) {
            Ok((cluster, _)) => self.send(Review::Feedback {
                cluster,
                deed: Deeds::Raise {
                    note: Some(format!("Proposed rule: {rule}")),
                },
            }),
            Err(why) => {
                self.open = None;
                Outcome::Refuse(why)
            }
        }
    }
}
