//! Whether the version in force still holds, as far as the past has answered. Computes and draws nothing itself.

use super::Criteria;
use crate::backtest::Drift;
use crate::domain::criteria::Figures;
use crate::domain::criteria::version::Version;
use crate::domain::moment::Moment;
use crate::screens::model::Model;

impl Criteria {
    /// When the version in force was signed, and since when it is in force.
    pub(super) fn agreed_at(&self, model: &Model) -> Option<(Moment, Moment)> {
        let version = self.in_force(model)?;
        let from = version.in_force_at?;
        Some((version.signed_at().unwrap_or(from), from))
    }

    /// The version in force, then and now; `None` while nobody has counted.
    pub(super) fn drift(&self, model: &Model) -> Option<Drift> {
        let version = self.in_force(model)?;
        let (of, weights) = self.weights.as_ref()?;
        let counted = weights
            .in_force
            .filter(|_| of.before == version.definition)?;
        let today = model.book().calendar.day_of(model.now());
        let small_n = model.book().settings.small_n.unsigned_abs();
        Some(Drift::new(version, &counted, (model.now(), today), small_n))
    }

    /// What a version that is about to be signed says of the past, where that is what was counted last.
    pub(super) fn counted(&self, version: &Version) -> Option<Figures> {
        let (of, weights) = self.weights.as_ref()?;
        (of.draft == version.definition).then_some(weights.own)
    }
}
