//! A line of small columns: a trend in the width of a word.

const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The last values as small columns, at most `columns` of them; what is no number is a blank, zero the lowest mark.
pub fn sparkline(values: &[Option<f64>], columns: usize) -> String {
    let shown = &values[values.len().saturating_sub(columns)..];
    let top = shown
        .iter()
        .flatten()
        .copied()
        .filter(|value| value.is_finite())
        .fold(0.0, f64::max);
    shown
        .iter()
        .map(|value| match value {
            Some(value) if value.is_finite() && top > 0.0 => {
                EIGHTHS[((value.max(0.0) / top) * 7.0).round() as usize]
            }
            Some(value) if value.is_finite() => EIGHTHS[0],
            _ => ' ',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn the_highest_is_full_and_gaps_stay_gaps() {
        assert_eq!(
            sparkline(&[Some(0.0), Some(7.0), None, Some(14.0)], 9),
            "▁▅ █"
        );
        assert_eq!(
            sparkline(&[Some(1.0), Some(f64::NAN), Some(-2.0)], 9),
            "█ ▁"
        );
    }

    #[test]
    fn only_the_last_ones_fit() {
        assert_eq!(sparkline(&[Some(9.0), Some(1.0), Some(1.0)], 2), "██");
        assert_eq!(sparkline(&[], 4), "");
    }
}
