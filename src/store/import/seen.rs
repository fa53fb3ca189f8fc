//! A hash table from hashed keys to row ids, eight bytes a slot. Holds no keys: whoever finds a candidate checks the row.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

/// Candidates by the hash of their key. Ids are 1 … `u32::MAX`.
#[derive(Debug)]
pub(super) struct Seen {
    /// Half of the hash and the id; id 0: free.
    slots: Vec<(u32, u32)>,
    used: usize,
}

/// The hash of a key.
pub(super) fn hash(key: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    // Fx leaves its entropy in the high bits of short keys: fold once more.
    let h = hasher.finish();
    (h ^ (h >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Seen {
    pub(super) fn new() -> Seen {
        Seen {
            slots: vec![(0, 0); 1024],
            used: 0,
        }
    }

    /// Entries.
    pub(super) fn len(&self) -> usize {
        self.used
    }

    /// Adds a candidate; several may share a key.
    pub(super) fn insert(&mut self, hash: u64, id: u32) {
        if (self.used + 1) * 5 > self.slots.len() * 4 {
            self.grow();
        }
        self.place((hash >> 32) as u32, id);
        self.used += 1;
    }

    /// Row ids whose key may be this one, oldest first.
    pub(super) fn candidates(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let tag = (hash >> 32) as u32;
        let mut at = self.start(tag);
        std::iter::from_fn(move || {
            loop {
                let (found, id) = self.slots[at];
                if id == 0 {
                    return None;
                }
                at = (at + 1) & (self.slots.len() - 1);
                if found == tag {
                    return Some(id);
                }
            }
        })
    }

    /// Looks at the places of keys, so that the processor has them at hand when they are asked for. Nothing is done between
    /// one and the next, so that it fetches many at a time.
    pub(super) fn touch(&self, hashes: &[u64]) -> u32 {
        let place = |hash: &u64| self.slots[self.start((hash >> 32) as u32)].1;
        hashes.iter().map(place).fold(0, |all, id| all ^ id)
    }

    fn start(&self, tag: u32) -> usize {
        (tag as usize) & (self.slots.len() - 1)
    }

    fn place(&mut self, tag: u32, id: u32) {
        let mut at = self.start(tag);
        while self.slots[at].1 != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = (tag, id);
    }

    fn grow(&mut self) {
        let bigger = vec![(0, 0); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, bigger);
        // From a free slot on and once around, so that candidates of one key stay oldest first.
        let free = old.iter().position(|(_, id)| *id == 0).unwrap_or(0);
        let (wrapped, first) = old.split_at(free);
        for (tag, id) in first.iter().chain(wrapped) {
            if *id != 0 {
                self.place(*tag, *id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_again_after_growing() {
        let mut seen = Seen::new();
        for id in 1..=50_000_u32 {
            seen.insert(hash(&format!("key{id}")), id);
        }
        seen.insert(hash(&"key7".to_owned()), 60_000);
        assert_eq!(seen.len(), 50_001);
        for id in 1..=50_000_u32 {
            let found: Vec<u32> = seen.candidates(hash(&format!("key{id}"))).collect();
            assert!(found.contains(&id), "{id}");
        }
        let twice: Vec<u32> = seen.candidates(hash(&"key7".to_owned())).collect();
        assert_eq!((twice[0], twice.last()), (7, Some(&60_000)));
    }
}
