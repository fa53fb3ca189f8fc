//! The definition beside what people said and what became of it: two matrices, κ, and the rows of each cell. Judges nothing.

use super::bits::Bits;
use super::ground::Ground;
use super::judge::Judged;
use crate::domain::verdict::words;
use crate::metrics::figure::kappa;
use crate::metrics::outcomes::fate;

words! {
    /// A row of a matrix: what the definition says.
    Said {
        /// Met.
        Met = "met" / "met",
        /// Not met.
        NotMet = "not_met" / "not met",
        /// Neither.
        Unknown = "unknown" / "unknown",
    }
}

words! {
    /// A column of a matrix: what people said or what became of it.
    Cell {
        /// Accepted, or qualified.
        Yes = "yes" / "yes",
        /// Rejected, or worked and not qualified.
        No = "no" / "no",
        /// Nobody worked it.
        Unknown = "unknown" / "never worked",
    }
}

/// What the definition says against what happened. Rows and columns in the order of [`Said::ALL`] and [`Cell::ALL`].
#[derive(Clone, Debug)]
pub struct Matrix {
    said: [Bits; 3],
    happened: [Bits; 3],
    /// Handoffs in each cell.
    pub counts: [[u64; 3]; 3],
}

/// Criteria × verdict: yes is accepted, no is rejected; every handoff with a verdict of either kind.
pub fn agreement(ground: &Ground, judged: &Judged) -> Matrix {
    Matrix::new(judged, ground.happened.verdicts.clone())
}

/// Criteria × outcome on mature handoffs, holdout included: yes is qualified, no is worked and not qualified.
pub fn outcome(ground: &Ground, judged: &Judged) -> Matrix {
    Matrix::new(judged, ground.happened.outcomes.clone())
}

/// The columns of both matrices: the same whatever a definition says, so they are gathered once.
#[derive(Debug)]
pub(super) struct Happened {
    verdicts: [Bits; 3],
    outcomes: [Bits; 3],
}

impl Happened {
    /// Among the handoffs that count, and among those old enough to be judged.
    pub(super) fn new(fates: &[u8], counts: &Bits, old: &Bits) -> Happened {
        let with = |among: &Bits, wanted: fn(u8) -> bool| {
            Bits::of(fates.len(), |row| wanted(fates[row])).and(among)
        };
        Happened {
            verdicts: [
                with(counts, |own| own & fate::ACCEPTED != 0),
                with(counts, |own| own & fate::REJECTED != 0),
                Bits::none(fates.len()),
            ],
            outcomes: [
                with(old, |own| own & fate::QUALIFIED != 0),
                with(old, |own| {
                    own & fate::QUALIFIED == 0 && own & fate::WORKED != 0
                }),
                with(old, |own| own & fate::WORKED == 0),
            ],
        }
    }
}

impl Matrix {
    fn new(judged: &Judged, happened: [Bits; 3]) -> Matrix {
        let not_met = Bits::all(judged.met.len())
            .but(&judged.met)
            .but(&judged.unknown);
        let said = [judged.met.clone(), not_met, judged.unknown.clone()];
        let counts = said
            .each_ref()
            .map(|s| happened.each_ref().map(|h| s.count_both(h)));
        Matrix {
            said,
            happened,
            counts,
        }
    }

    /// Handoffs in a cell.
    pub fn count(&self, said: Said, happened: Cell) -> u64 {
        self.counts[said as usize][happened as usize]
    }

    /// Row numbers of the handoffs in a cell.
    pub fn rows(&self, said: Said, happened: Cell) -> Vec<u32> {
        let both = self.said[said as usize].and(&self.happened[happened as usize]);
        both.ones().collect()
    }

    /// Handoffs in the four cells where both sides say something.
    pub fn n(&self) -> u64 {
        let [[a, b, _], [c, d, _], _] = self.counts;
        a + b + c + d
    }

    /// The share of those on which both say the same; `None` for none at all.
    pub fn agreement(&self) -> Option<f64> {
        let agreed = self.count(Said::Met, Cell::Yes) + self.count(Said::NotMet, Cell::No);
        (self.n() > 0).then(|| agreed as f64 / self.n() as f64)
    }

    /// Agreement beyond chance (Cohen 1960); `None` below 20 handoffs, and where both sides always say the same one thing.
    pub fn kappa(&self) -> Option<f64> {
        let [[met_yes, met_no, _], [not_yes, not_no, _], _] = self.counts;
        kappa([[met_yes, met_no], [not_yes, not_no]])
    }
}
