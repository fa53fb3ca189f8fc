//! What an issue, a decision or an action that is written down here rests on: the rejection, the cluster, the feedback under the cursor. Changes nothing.

use super::Rejections;
use super::view::View;
use super::words;
use crate::domain::ids::HandoffId;
use crate::domain::meeting::ground::Ground;
use crate::facts::column::NONE;
use crate::metrics::review::Axis;
use crate::screens::figures;
use crate::screens::meeting::Under;
use crate::screens::model::Model;

impl Rejections {
    pub(super) fn ground(&self, model: &Model) -> Under {
        match self.view {
            View::List | View::SecondLook => {
                let row = self
                    .row()
                    .map(|row| model.facts().handoffs.id.at(row as usize));
                row.map_or_else(Under::default, |id| {
                    Under::ground(Ground::Handoff(HandoffId(id)))
                })
            }
            View::Challenges => {
                let line = self.challenge_line();
                line.map_or_else(Under::default, |line| {
                    Under::ground(Ground::Handoff(line.handoff))
                })
            }
            View::Feedback => {
                let line = self.feedback_line();
                line.map_or_else(Under::default, |line| {
                    Under::ground(Ground::Cluster(line.id))
                })
            }
            View::Worklist | View::Matrix => self.of_cluster(model),
            View::Sides => Under::default(),
        }
    }

    /// The source or campaign of the cluster, and what it adds up to in words, as it is now.
    fn of_cluster(&self, model: &Model) -> Under {
        let Some(found) = &self.found else {
            return Under::default();
        };
        let facts = model.facts();
        let spot = self.spot(model);
        let sums = match self.view {
            View::Worklist => {
                let at = self.states[View::Worklist as usize].selected;
                {
                    let cluster = found.clusters.get(&found.review, facts, at);
                    cluster.map(|cluster| cluster.sums)
                }
            }
            _ => Some(super::matrix::told(found.matrix(), self.cell).0),
        };
        let mut under = Under::default();
        for (axis, code) in spot.iter().filter(|(_, code)| *code != NONE) {
            let name = found.whole.name(facts, *axis, *code).to_owned();
            match axis {
                Axis::Source => under.grounds.push(Ground::Source(name)),
                Axis::Campaign => under.grounds.push(Ground::Campaign(name)),
                _ => {}
            }
        }
        let Some(sums) = sums else { return under };
        let period = figures::period(&model.scope().period);
        let name = found.spot_name(facts, &spot);
        under.saying(format!(
            "{name}, {period}: {}",
            words::sums(&sums, &found.review, None)
        ))
    }
}
