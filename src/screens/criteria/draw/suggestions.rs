//! The list of suggested rules, and what it is ranked by. Computes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::question::Panel;
use super::super::view::{Spots, View};
use super::{Criteria, impact};
use crate::backtest::suggest::RANKED;
use crate::backtest::{Proof, Suggestion};
use crate::domain::criteria::Fields;
use crate::domain::money::Currency;
use crate::screens::figures::{self, Room};
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

pub(super) fn per_cent(share: f64) -> String {
    format!("{} %", figures::decimal(share * 100.0, 0))
}

impl Criteria {
    pub(super) fn basis(&self) -> Basis {
        let priced = |panel: &Panel| panel.impact.past.before.revenue > 0;
        match &self.panel {
            Some((_, panel)) if !priced(panel) => Basis::Qualified,
            _ => Basis::Revenue,
        }
    }

    /// Over the suggestions, what the draft does with those that were taken; gives the room that is left.
    pub(super) fn draw_so_far(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        currency: Currency,
        theme: &Theme,
    ) -> Rect {
        let (View::Suggestions(_), Some((panel, fresh))) = (&self.view, self.panel()) else {
            return area;
        };
        let mut words = impact::verdict(panel, currency);
        if panel.turned != [0, 0] {
            words = format!("the draft so far: {words}");
        }
        let words = impact::within(words, usize::from(area.width.saturating_sub(2)));
        let role = if fresh { Role::Strong } else { Role::Dim };
        Ink::new(buffer, area).write(0, 1, &words, theme[role]);
        Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        }
    }
}

/// What a suggestion's loss is counted in: where no revenue is known, in qualified leads.
#[derive(Clone, Copy)]
pub(super) enum Basis {
    Revenue,
    Qualified,
}

/// What they are ranked by, and in what the loss is counted.
fn ranked(all: &[Suggestion], basis: Basis) -> String {
    let any = all.iter().any(|s| s.proof == Proof::Any);
    let proof = if any {
        " ° counts every rejection: too few have proof."
    } else {
        " Rejections with proof count."
    };
    let won = match basis {
        Basis::Revenue => "",
        Basis::Qualified => " Nothing is won yet: qualified leads stand for revenue.",
    };
    format!("{RANKED}{proof}{won}")
}

/// So many lines of the list go before the words of what it is ranked by.
const MOST_BEFORE_RANKED: u16 = 12;

pub(super) fn suggestions(
    all: &[Suggestion],
    picked: usize,
    ink: &mut Ink<'_>,
    (fields, currency, basis): (&Fields, Currency, Basis),
    (spots, theme): (&mut Spots, &Theme),
) {
    if all.is_empty() {
        ink.write(
            0,
            1,
            "Nothing stands out: no field tells rejects from deals well enough",
            theme[Role::Text],
        );
        return;
    }
    let wide = ink.width();
    let lost = match basis {
        Basis::Revenue => "revenue lost",
        Basis::Qualified => "qualified lost",
    };
    // Where there is little room the rule and what it costs stay.
    let narrow = wide < 108;
    let heads = if narrow {
        format!("caught  of all  {lost:<14}")
    } else {
        format!("caught  of all  {lost:<15}  rejected there (all)   leads  last quarter")
    };
    let right = if narrow { 32.min(wide) } else { 78 };
    let start = wide - right;
    ink.field(0, start, right, &heads, Side::Left, theme[Role::Heading]);
    let why = text::wrap(&ranked(all, basis), usize::from(wide.saturating_sub(2)));
    let height = ink.height();
    // Where there is little room the suggestions stay.
    let below = (why.len() as u16).min(height.saturating_sub(MOST_BEFORE_RANKED));
    for (row, line) in (height - below..height).zip(&why) {
        ink.write(row, 1, line, theme[Role::Dim]);
    }
    let mut height = height - below;
    // The rule under the cursor stands there whole, where its line has no room for it.
    let column = start.saturating_sub(2);
    let whole = all.get(picked).map(|s| s.rule.text(fields));
    let cut = whole.filter(|text| text::width(text) > usize::from(column));
    if let Some(text) = cut.filter(|_| height > MOST_BEFORE_RANKED) {
        height -= 1;
        ink.write(height, 1, &text, theme[Role::Text]);
    }
    let page = usize::from(height.saturating_sub(1)).max(1);
    let offset = (picked + 1).saturating_sub(page);
    for (row, (n, s)) in (1..height).zip(all.iter().enumerate().skip(offset)) {
        spots.push((ink.place(row, 0, wide), n));
        let text = s.rule.text(fields);
        ink.field(row, 1, column, &text, Side::Left, theme[Role::Text]);
        let (rate, (low, high)) = s.rate;
        let apart = match s.confirmed {
            // What loses nothing before the quarter apart and something in it says so.
            Some(true) if s.lost_apart > s.lost_share => {
                format!("✓ loses {}", per_cent(s.lost_apart))
            }
            Some(true) => "✓ confirms".to_owned(),
            Some(false) => "✗ does not".to_owned(),
            None => "· too few".to_owned(),
        };
        let proof = if s.proof == Proof::Verified {
            " "
        } else {
            "°"
        };
        let money = match basis {
            Basis::Revenue => figures::money(s.out.revenue as f64, currency, Room::Narrow),
            Basis::Qualified => figures::grouped(s.out.qualified as i64),
        };
        let cost = format!(
            "{:>6}{proof}{:>7}  {:>4} {money:>9}",
            figures::grouped(s.caught as i64),
            per_cent(s.caught_share),
            per_cent(s.lost_share),
        );
        let rejected = format!(
            "   {:>5} ({:.0}–{:.0}, {})  {:>6}  {apart}",
            per_cent(rate),
            low * 100.0,
            high * 100.0,
            per_cent(s.base_rate),
            figures::grouped(s.out.leads as i64),
        );
        let words = if narrow { cost } else { cost + &rejected };
        ink.field(row, start, right, &words, Side::Left, theme[Role::Dim]);
        if n == picked {
            ink.style(row, 0, wide, theme[Role::Selection]);
        }
    }
}
