//! Medians and percentiles, exact, over many rows. Knows no metric.

/// The median of sorted values; 0 of none.
pub(crate) fn middle(sorted: &[i64]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        n => (sorted[(n - 1) / 2] as f64 + sorted[n / 2] as f64) / 2.0,
    }
}
