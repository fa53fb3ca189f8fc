//! What the cursor can stand on: numbers, by what they mean and not by where they are. Draws nothing.

use ratatui::layout::Rect;

use crate::facts::column::Code;
use crate::metrics::Metric;
use crate::metrics::waterfall::Change;

/// A part of the scoreboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The number that both sides own.
    Headline,
    /// Marketing's column.
    Marketing,
    /// Sales' column.
    Sales,
    /// The pair of charts.
    BothRight,
    /// Three readings of one pipeline.
    Readings,
    /// Cost of misalignment.
    Misalignment,
    /// How the pipeline changed.
    Waterfall,
    /// By source, campaign, segment or rep.
    Breakdown,
}

impl Pane {
    /// Every part, in no order that is seen.
    const ALL: [Self; 8] = [
        Self::Headline,
        Self::Marketing,
        Self::Sales,
        Self::BothRight,
        Self::Readings,
        Self::Misalignment,
        Self::Waterfall,
        Self::Breakdown,
    ];
}

/// Which number of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// A figure.
    Figure(Metric),
    /// The n-th difference from marketing's reading to sales'.
    ToSales(usize),
    /// The n-th difference from sales' reading to finance's.
    ToFinance(usize),
    /// The pipeline at the start of the waterfall.
    Start,
    /// One of its changes.
    Step(Change),
    /// The pipeline at its end.
    End,
    /// A figure of one line of the breakdown.
    Cell(Code, Metric),
}

/// One number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ItemKey {
    /// Where.
    pub pane: Pane,
    /// Which.
    pub what: What,
}

impl ItemKey {
    /// The headline itself, where the cursor starts.
    pub const HEADLINE: Self = Self {
        pane: Pane::Headline,
        what: What::Figure(Metric::QualifiedPipelineSourced),
    };

    /// A figure in a pane.
    pub const fn figure(pane: Pane, metric: Metric) -> Self {
        Self {
            pane,
            what: What::Figure(metric),
        }
    }

    /// A word for it that another terminal at the same file finds again.
    pub fn word(self) -> String {
        let pane = Pane::ALL.iter().position(|pane| *pane == self.pane);
        let step = |change| Change::ALL.iter().position(|known| *known == change);
        let what = match self.what {
            What::Figure(metric) => format!("figure {}", metric.id()),
            What::Cell(code, metric) => format!("cell {} {code}", metric.id()),
            What::ToSales(n) => format!("sales {n}"),
            What::ToFinance(n) => format!("finance {n}"),
            What::Start => "start".to_owned(),
            What::End => "end".to_owned(),
            What::Step(change) => format!("step {}", step(change).unwrap_or_default()),
        };
        format!("{} {what}", pane.unwrap_or_default())
    }

    /// The number of a word.
    pub fn named(word: &str) -> Option<Self> {
        let mut words = word.split(' ');
        let pane = *Pane::ALL.get(words.next()?.parse::<usize>().ok()?)?;
        let kind = words.next()?;
        let what = match (kind, words.next(), words.next()) {
            ("figure", Some(metric), None) => What::Figure(Metric::parse(metric)?),
            ("cell", Some(metric), Some(code)) => {
                What::Cell(code.parse().ok()?, Metric::parse(metric)?)
            }
            ("sales", Some(n), None) => What::ToSales(n.parse().ok()?),
            ("finance", Some(n), None) => What::ToFinance(n.parse().ok()?),
            ("start", None, None) => What::Start,
            ("end", None, None) => What::End,
            ("step", Some(n), None) => What::Step(*Change::ALL.get(n.parse::<usize>().ok()?)?),
            _ => return None,
        };
        Some(Self { pane, what })
    }

    /// The metric it belongs to, for explaining.
    pub const fn metric(self) -> Metric {
        match self.what {
            What::Figure(metric) | What::Cell(_, metric) => metric,
            What::ToSales(_) => Metric::ReadingSales,
            What::ToFinance(_) => Metric::ReadingFinance,
            What::Start | What::Step(_) | What::End => Metric::Waterfall,
        }
    }
}

/// A number and where it was drawn last, in lines of the whole board.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) key: ItemKey,
    pub(super) field: Rect,
}

/// Where the cursor goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    Left,
    Right,
}

/// The nearest number in a direction: first how far it is that way, then how far it is off to the side.
pub(super) fn neighbour(items: &[Item], from: &ItemKey, direction: Direction) -> Option<ItemKey> {
    let here = items.iter().find(|item| item.key == *from)?.field;
    let edge = |start: u16, length: u16| (i32::from(start), i32::from(start) + i32::from(length));
    let cost = |field: Rect| {
        let ((left, right), (top, bottom)) =
            (edge(field.x, field.width), edge(field.y, field.height));
        let ((my_left, my_right), (my_top, my_bottom)) =
            (edge(here.x, here.width), edge(here.y, here.height));
        let (ahead, aside) = match direction {
            Direction::Up => (my_top - bottom, gap((left, right), (my_left, my_right))),
            Direction::Down => (top - my_bottom, gap((left, right), (my_left, my_right))),
            // Sideways the lines count more: one stays on one's line if there is anything on it.
            Direction::Left => (my_left - right, 8 * gap((top, bottom), (my_top, my_bottom))),
            Direction::Right => (left - my_right, 8 * gap((top, bottom), (my_top, my_bottom))),
        };
        (ahead >= 0).then_some(ahead + 2 * aside)
    };
    items
        .iter()
        .filter(|item| item.key != *from)
        .filter_map(|item| Some((cost(item.field)?, item)))
        .min_by_key(|(cost, item)| (*cost, item.field.y, item.field.x))
        .map(|(_, item)| item.key)
}

/// How far two spans lie apart; 0 when they overlap.
fn gap(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.1 + 1).max(b.0 - a.1 + 1).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(pane: Pane, metric: Metric, x: u16, y: u16) -> Item {
        Item {
            key: ItemKey::figure(pane, metric),
            field: Rect::new(x, y, 8, 1),
        }
    }

    #[test]
    fn a_number_is_found_again_by_its_word() {
        let keys = [
            What::Figure(Metric::Leads),
            What::Cell(3, Metric::Revenue),
            What::Cell(crate::facts::column::NONE, Metric::Revenue),
            What::ToSales(1),
            What::ToFinance(0),
            What::Start,
            What::Step(Change::ALL[5]),
            What::End,
        ];
        for (what, pane) in keys.into_iter().zip(Pane::ALL) {
            let key = ItemKey { pane, what };
            assert_eq!(ItemKey::named(&key.word()), Some(key));
        }
        for wrong in [
            "",
            "99 start",
            "1 figure nonsense",
            "1 sales x",
            "1 step 77",
        ] {
            assert_eq!(ItemKey::named(wrong), None);
        }
    }

    #[test]
    fn arrows_go_to_the_nearest_number_that_way() {
        let items = [
            item(Pane::Headline, Metric::QualifiedPipelineSourced, 2, 1),
            item(Pane::Marketing, Metric::Leads, 2, 6),
            item(Pane::Marketing, Metric::Mqls, 2, 7),
            item(Pane::Sales, Metric::Revenue, 42, 6),
        ];
        let go = |from: usize, direction| neighbour(&items, &items[from].key, direction);
        assert_eq!(go(0, Direction::Down), Some(items[1].key));
        assert_eq!(go(1, Direction::Right), Some(items[3].key));
        assert_eq!(go(2, Direction::Right), Some(items[3].key));
        assert_eq!(go(3, Direction::Left), Some(items[1].key));
        assert_eq!(go(2, Direction::Down), None);
        assert_eq!(go(3, Direction::Up), Some(items[0].key));
    }
}
