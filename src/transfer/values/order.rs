//! Whether a column writes 03/04 as March or April, from all of its values; never decides by one cell alone.

use super::date::slashed;

/// Which part of `03/04/2024` comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What the values of a column say about their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderSeen {
    slashed: u64,
    day_first: u64,
    month_first: u64,
    example: Option<String>,
}

/// What follows for the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderVerdict {
    /// No value depends on it.
    Needless,
    /// The values show it.
    Shown(Order),
    /// Every value could be read both ways, such as this one.
    Ambiguous(String),
}

impl OrderSeen {
    /// Looks at one (cleaned) cell.
    pub fn see(&mut self, text: &str) {
        let Some((first, second)) = slashed(text) else {
            return;
        };
        self.slashed += 1;
        match (first > 12, second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (false, false) if first != second && self.example.is_none() => {
                self.example = Some(text.to_owned());
            }
            _ => {}
        }
    }

    /// Whether the values so far need more values to be decided.
    pub fn open(&self) -> bool {
        self.slashed > 0 && self.day_first == 0 && self.month_first == 0
    }

    /// The verdict over everything seen. Where both orders occur the more frequent one holds and the others are refused.
    pub fn verdict(&self) -> OrderVerdict {
        match (self.day_first, self.month_first, &self.example) {
            (0, 0, Some(example)) => OrderVerdict::Ambiguous(example.clone()),
            (0, 0, None) => OrderVerdict::Needless,
            (day, month, _) => OrderVerdict::Shown(if day >= month {
                Order::DayFirst
            } else {
                Order::MonthFirst
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(values: &[&str]) -> OrderVerdict {
        let mut seen = OrderSeen::default();
        for value in values {
            seen.see(value);
        }
        seen.verdict()
    }

    #[test]
    fn one_value_above_twelve_decides_for_the_column() {
        assert_eq!(
            verdict(&["03/04/2024", "13/04/2024"]),
            OrderVerdict::Shown(Order::DayFirst)
        );
        assert_eq!(
            verdict(&["03/04/2024", "4/15/24 2:30 PM"]),
            OrderVerdict::Shown(Order::MonthFirst)
        );
    }

    #[test]
    fn without_such_a_value_it_is_ambiguous() {
        assert_eq!(
            verdict(&["03/04/2024", "05/05/2024"]),
            OrderVerdict::Ambiguous("03/04/2024".into())
        );
    }

    #[test]
    fn values_that_read_the_same_both_ways_need_no_order() {
        assert_eq!(
            verdict(&["05/05/2024", "2024-03-04", "3.4.2024", ""]),
            OrderVerdict::Needless
        );
    }
}
