//! One pipeline read by marketing, sales and finance, and what lies between the readings. Judges no reading.

use super::figure::Figure;
use super::rowset::RowSet;

/// Why two readings differ, as rows that add up to the difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In the users' words: "not qualified", "stale", "closes outside the period".
    pub label: &'static str,
    /// What it adds to the reading before it, minor units.
    pub amount: i64,
    /// The deals behind it.
    pub rows: RowSet,
}

/// Three readings; `marketing + Σ to_sales = sales`, `sales + Σ to_finance = finance`, to the minor unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// Open deals from leads handed off.
    pub marketing: Figure,
    /// Open qualified deals that move.
    pub sales: Figure,
    /// What should arrive in the period.
    pub finance: Figure,
    /// From marketing's to sales'.
    pub to_sales: Vec<Difference>,
    /// From sales' to finance's.
    pub to_finance: Vec<Difference>,
}
