//! Which version of the criteria each handoff was stamped with, two bytes a row. Judges nothing.

use crate::domain::ids::CriteriaId;

/// The stamps of all handoffs, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// 1 + the place in `versions`, 0 for none; empty as long as nothing is stamped.
    codes: Vec<u16>,
    versions: Vec<CriteriaId>,
}

impl Stamps {
    /// Stamps one of `rows` handoffs. A version beyond the 65,535th is left out.
    pub fn put(&mut self, row: usize, rows: usize, version: CriteriaId) {
        let known = self.versions.iter().position(|own| *own == version);
        let place = known.unwrap_or_else(|| {
            self.versions.push(version);
            self.versions.len() - 1
        });
        self.codes.resize(self.codes.len().max(rows), 0);
        if let (Some(code), Ok(own)) = (self.codes.get_mut(row), u16::try_from(place + 1)) {
            *code = own;
        }
    }

    /// The versions that any handoff is stamped with.
    pub fn versions(&self) -> &[CriteriaId] {
        &self.versions
    }

    /// Whether a handoff has a stamp.
    pub fn has(&self, row: usize) -> bool {
        self.codes.get(row).is_some_and(|code| *code != 0)
    }

    /// Whether a handoff is stamped with a version.
    pub fn is(&self, row: usize, version: CriteriaId) -> bool {
        let code = self.codes.get(row).copied().unwrap_or(0);
        let own = usize::from(code).checked_sub(1);
        own.is_some_and(|place| self.versions.get(place) == Some(&version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_handoff_has_its_own_stamp_or_none() {
        let mut stamps = Stamps::default();
        assert!(!stamps.is(0, CriteriaId(7)) && stamps.versions().is_empty());
        for (row, id) in [(1, 9), (3, 7), (2, 9)] {
            stamps.put(row, 5, CriteriaId(id));
        }
        let with = |id| -> Vec<usize> {
            (0..9)
                .filter(|row| stamps.is(*row, CriteriaId(id)))
                .collect()
        };
        assert_eq!((with(9), with(7), with(8)), (vec![1, 2], vec![3], vec![]));
        let stamped: Vec<bool> = (0..6).map(|row| stamps.has(row)).collect();
        assert_eq!(stamped, [false, true, true, true, false, false]);
        assert_eq!(stamps.versions(), [CriteriaId(9), CriteriaId(7)]);
    }
}
