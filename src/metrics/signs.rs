//! What the numbers say of one deal: the very judgement that `stale_opportunities` and `recorded_too_early` count. Judges nothing anew.

use super::marks::deals::deal;
use super::scope::Scope;

/// Something to look at on a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Open, and no activity for the agreed days.
    Idle,
    /// Open, and in its stage for more than twice what won deals took.
    Stuck,
    /// Open, and its close date has passed.
    Overdue,
    /// Qualified, and soon lost for fit, need or authority, or reversed.
    Early,
}

const SIGNS: [(u16, Sign); 4] = [
    (deal::OVERDUE, Sign::Overdue),
    (deal::IDLE, Sign::Idle),
    (deal::STUCK, Sign::Stuck),
    (deal::EARLY, Sign::Early),
];

/// The signs on a deal at the as-of moment, by its row number.
pub fn signs(scope: &Scope, row: u32) -> Vec<Sign> {
    let Some(mark) = scope.marks.deals.get(row as usize) else {
        return Vec::new();
    };
    let on = SIGNS.iter().filter(|(flag, _)| mark.any(*flag));
    on.map(|(_, sign)| *sign).collect()
}

/// Whether it is open, qualified and not reversed at the as-of moment.
pub fn is_pipeline(scope: &Scope, row: u32) -> bool {
    let mark = scope.marks.deals.get(row as usize);
    mark.is_some_and(super::marks::deals::DealMark::is_pipeline)
}
