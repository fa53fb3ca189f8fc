//! From a cluster to a rule: what its leads share, what the rule would have caught and cost; Enter puts it into the draft. Finds no rule itself.

use std::sync::Arc;

use super::ask::{About, Window};
use super::view::View;
use super::{Rejections, words};
use crate::metrics::review::Axis;
use crate::screens::Outcome;
use crate::screens::form::Form;
use crate::screens::judge::{Proposed, RuleLine, Spot};
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

/// Most rules that are offered.
const OFFERED: usize = 9;

impl Rejections {
    /// The rejections that a rule is asked for: the cluster, or the reason of the rejection under the cursor.
    pub(super) fn rule_spot(&self, model: &Model) -> Spot {
        let facts = model.facts();
        let spot = self.spot(model);
        if !spot.is_empty() {
            return spot;
        }
        let row = match self.view {
            View::Challenges => self
                .challenge_line()
                .and_then(|line| facts.handoffs.row(line.handoff.0))
                .map(|row| row as u32),
            _ => self.row(),
        };
        let Some(row) = row else { return spot };
        let reason = facts.handoffs.reason[row as usize];
        let now = facts.names.reason_facts.get(reason as usize);
        vec![(Axis::Reason, now.map_or(reason, |reason| reason.now))]
    }

    /// Offers the rules that were found; without one a rule can be typed.
    pub(super) fn take_rules(&mut self, spot: &Spot, proposed: &Arc<Proposed>, model: &Model) {
        // Another window was opened meanwhile: what is typed there goes first.
        if self.open.is_some() {
            return;
        }
        let name = self
            .found
            .as_ref()
            .map_or_else(String::new, |found| found.spot_name(model.facts(), spot));
        if proposed.rules.is_empty() {
            let form = form(format!("Rule for {name}"), "", proposed)
                .note("Nothing that is known of these leads tells them apart from the others well enough. Type a rule, or cancel.");
            self.ask(About::Rule(Arc::clone(proposed)), Window::Form(form));
            return;
        }
        let entry = |rule: &RuleLine| {
            let p = &rule.proposal;
            let remark = format!("catches {} of {}, costs {} good", p.caught, p.of, p.lost);
            Entry::new(&rule.text, remark)
        };
        let entries = proposed.rules.iter().take(OFFERED).map(entry).collect();
        let letters = Letters::new(format!("Rules that {name} asks for"), entries);
        self.ask(About::Rules(Arc::clone(proposed)), Window::Letters(letters));
    }

    /// Shows what the rule would have done; it can still be changed.
    pub(super) fn ask_about_rule(&mut self, proposed: Arc<Proposed>, index: usize) -> Outcome {
        let Some(rule) = proposed.rules.get(index) else {
            return Outcome::Nothing;
        };
        let p = &rule.proposal;
        let condition = &p.rule.condition;
        let form = form(format!("Rule on {}", condition.field), &rule.text, &proposed)
            .note(format!(
                "Keeps back {} of these {} and {} other rejections; and {} of the {} leads that qualified or were won.",
                words::count(p.caught),
                words::count(p.of),
                words::count(p.others),
                words::count(p.lost),
                words::count(p.good),
            ));
        self.ask(About::Rule(proposed), Window::Form(form))
    }
}

fn form(title: String, rule: &str, proposed: &Proposed) -> Form {
    let goes = match proposed.draft.id {
        Some(_) => {
            "Enter puts it into the criteria draft; it is in force once both sides have signed."
        }
        None => {
            "Enter begins a criteria draft with it; it is in force once both sides have signed."
        }
    };
    Form::new(title)
        .note(goes)
        .text("Rule", rule, "employees >= 50")
}
