//! The impact panel: what the draft would have done to the past, before and after, in figures. Computes nothing.

use ratatui::style::Style;

use super::question::Panel;
use super::unit::{Unit, money};
use crate::backtest::{Impact, Share, Side as Stretch, Tally};
use crate::domain::money::Currency;
use crate::screens::figures;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

/// One line of the panel.
pub(super) struct Line {
    pub(super) label: &'static str,
    pub(super) cells: [String; 4],
    pub(super) change: Role,
}

impl Line {
    /// Nobody recorded what it is about: that is not nothing.
    fn unknown(&mut self) {
        for cell in self.cells.iter_mut().filter(|cell| !cell.is_empty()) {
            "—".clone_into(cell);
        }
        self.change = Role::Text;
    }
}

/// Lines that the panel takes, its head and the line under it included.
pub(super) const HEIGHT: u16 = 15;

/// What goes first where there is little room.
const DROPPED: [&str; 5] = [
    "won deals kept",
    "never worked: unknown",
    "won kept",
    "recall",
    "spend on rejects",
];

fn count(n: u64) -> String {
    figures::grouped(n as i64)
}

/// A change with its sign; nothing for none.
fn signed(change: i128, words: impl Fn(i128) -> String) -> String {
    match change {
        0 => "±0".to_owned(),
        n if n > 0 => format!("+{}", words(n)),
        n => words(n),
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(
        || "—".to_owned(),
        |s| format!("{} %", figures::decimal(s * 100.0, 0)),
    )
}

fn points(before: Option<f64>, after: Option<f64>) -> String {
    match before.zip(after) {
        Some((before, after)) => {
            let change = (after - before) * 100.0;
            let sign = if change > 0.05 { "+" } else { "" };
            format!("{sign}{} pp", figures::decimal(change, 1))
        }
        None => "—".to_owned(),
    }
}

/// A share with its interval and n.
fn share(share: Share) -> String {
    let bounds = share.interval.map_or_else(String::new, |(low, high)| {
        format!(" {:.0}–{:.0}", low * 100.0, high * 100.0)
    });
    let few = if share.small_n { "°" } else { "" };
    format!("{}{few}{bounds}", percent(share.value()))
}

/// What is worse when it falls.
fn worse_when_less(change: i128) -> Role {
    if change < 0 { Role::Bad } else { Role::Text }
}

fn better_when_less(change: i128) -> Role {
    if change < 0 { Role::Good } else { Role::Text }
}

/// The lines of a panel.
pub(super) fn lines(panel: &Panel, currency: Currency) -> Vec<Line> {
    let impact = &panel.impact;
    let past = &impact.past;
    let apart = impact.holdout.as_ref();
    let mut all = vec![per_week(impact)];
    let mut sums = |label, of: fn(&Tally) -> i128, role: fn(i128) -> Role, unit: Unit| {
        let words = |n: i128| unit.words(n);
        let change = of(&past.after) - of(&past.before);
        let changed = |change: i128| signed(unit.rounded(change), |_| words(change));
        all.push(Line {
            label,
            cells: [
                words(of(&past.before)),
                words(of(&past.after)),
                changed(change),
                apart.map_or_else(String::new, |side| {
                    changed(of(&side.after) - of(&side.before))
                }),
            ],
            change: role(change),
        });
    };
    let coins = Unit::Money(currency);
    sums(
        "rejected, proven",
        |t| i128::from(t.verified),
        better_when_less,
        Unit::Count,
    );
    sums(
        "never worked: unknown",
        |t| i128::from(t.unworked()),
        |_| Role::Text,
        Unit::Count,
    );
    sums(
        "rep hours on rejects",
        |t| i128::from(t.minutes),
        better_when_less,
        Unit::Hours,
    );
    sums("spend on rejects", |t| t.wasted, better_when_less, coins);
    sums(
        "qualified kept",
        |t| i128::from(t.qualified),
        worse_when_less,
        Unit::Count,
    );
    sums(
        "won kept",
        |t| i128::from(t.won),
        worse_when_less,
        Unit::Count,
    );
    sums("revenue kept", |t| t.revenue, worse_when_less, coins);
    sums("margin kept", |t| t.margin, worse_when_less, coins);
    for (label, known) in [
        ("rep hours on rejects", past.hours(&past.before).is_some()),
        ("spend on rejects", past.wasted(&past.before).is_some()),
    ] {
        if let Some(line) = all.iter_mut().find(|line| line.label == label && !known) {
            line.unknown();
        }
    }
    let (unpriced, deals) = (past.before.unpriced, past.before.deals);
    if let Some(line) = all.iter_mut().find(|line| line.label == "revenue kept") {
        if unpriced > 0 && unpriced >= deals {
            line.unknown();
        } else if unpriced > 0 {
            line.label = "revenue kept, where known";
        }
    }
    let unknown = past.before.margin_unknown;
    if let Some(margin) = all.last_mut().filter(|_| unknown > 0) {
        if unknown >= deals {
            // Nobody knows what a single deal cost to deliver: no margin, which is not a margin of nothing.
            margin.unknown();
        } else {
            margin.label = "margin kept, where known";
        }
    }
    let mut shares = |label, of: fn(&Stretch, &Tally) -> Share| {
        let (before, after) = (of(past, &past.before), of(past, &past.after));
        all.push(Line {
            label,
            cells: [
                share(before),
                share(after),
                points(before.value(), after.value()),
                apart.map_or_else(String::new, |side| percent(of(side, &side.after).value())),
            ],
            change: Role::Text,
        });
    };
    shares("precision", Stretch::precision);
    shares("recall", Stretch::recall);
    shares("won deals kept", Stretch::won_recall);
    let revenue = |side: &Stretch, passed: &Tally| side.revenue_recall(passed);
    let (before, after) = (revenue(past, &past.before), revenue(past, &past.after));
    all.push(Line {
        label: "revenue recall",
        cells: [
            percent(before),
            percent(after),
            points(before, after),
            apart.map_or_else(String::new, |side| percent(revenue(side, &side.after))),
        ],
        change: Role::Text,
    });
    all
}

fn per_week(impact: &Impact) -> Line {
    let (before, after) = (
        impact.per_week(&impact.past.before),
        impact.per_week(&impact.past.after),
    );
    let words = |n: Option<f64>| n.map_or_else(|| "—".to_owned(), |n| figures::decimal(n, 1));
    let change = before.zip(after).map(|(before, after)| after - before);
    let sign = if change.is_some_and(|c| c > 0.04) {
        "+"
    } else {
        ""
    };
    Line {
        label: "leads per week",
        cells: [
            words(before),
            words(after),
            format!("{sign}{}", words(change)),
            impact.holdout.as_ref().map_or_else(String::new, |side| {
                let change = i128::from(side.after.leads) - i128::from(side.before.leads);
                // Of the whole quarter, and not of its weeks.
                format!("{} leads", signed(change, |n| figures::grouped(n as i64)))
            }),
        ],
        change: Role::Text,
    }
}

/// What it all comes to, in one sentence.
pub(super) fn verdict(panel: &Panel, currency: Currency) -> String {
    let past = &panel.impact.past;
    // Of the same handoffs as all that follows: the quarter kept apart has its own column.
    let (out, inside) = (past.out.leads, past.inside.leads);
    if panel.turned == [0, 0] {
        return "draft = in force: nothing flips".to_owned();
    }
    let saved = past.saved();
    let lost = past.out.revenue - past.inside.revenue;
    let (out_of, deals) = (past.before.unpriced, past.before.deals);
    let words = if out_of > 0 && out_of >= deals {
        // Nobody recorded what the deals were worth: that is not nothing.
        match i128::from(past.out.won) - i128::from(past.inside.won) {
            0 => "no won deal lost".to_owned(),
            n if n > 0 => format!("lost {} won deals, value unknown", count(n as u64)),
            n => format!("{} more won deals, value unknown", count(-n as u64)),
        }
    } else {
        match lost {
            0 => "no revenue lost".to_owned(),
            lost if lost > 0 => format!("lost revenue {}", money(lost, currency)),
            won => format!("won revenue {}", money(-won, currency)),
        }
    };
    let hours = saved.hours.map(|h| format!("{} h", figures::decimal(h, 0)));
    let spend = saved.spend.map(|sum| money(sum, currency));
    let effort: Vec<String> = hours.into_iter().chain(spend).collect();
    let effort = if effort.is_empty() {
        String::new()
    } else {
        format!("{} saved · ", effort.join(" and "))
    };
    format!("{} out, {} in · {effort}{words}", count(out), count(inside))
}

/// A verdict in so many columns: what it would have cost goes before what it would have saved.
pub(super) fn within(verdict: String, room: usize) -> String {
    match verdict.split(" · ").collect::<Vec<_>>()[..] {
        [flips, _, lost] if text::width(&verdict) > room => format!("{flips} · {lost}"),
        _ => verdict,
    }
}

/// A share without its interval, where there is no room for it.
pub(super) fn without_bounds(cell: &str) -> &str {
    cell.find('%').map_or(cell, |at| &cell[..=at])
}

/// Draws the panel; what is not the newest is dimmed.
pub(super) fn draw(
    ink: &mut Ink<'_>,
    panel: &Panel,
    currency: Currency,
    fresh: bool,
    theme: &Theme,
) {
    let dimmed = |role: Role| -> Style { theme[if fresh { role } else { Role::Dim }] };
    let width = ink.width();
    // Wide enough for "margin kept, where known", if that leaves the figures theirs.
    let label = (width / 4).clamp(if width < 76 { 21 } else { 24 }, 26);
    let each = (width - label.min(width)) / 4;
    let quarter = format!("{} apart", panel.quarter);
    let apart = if panel.impact.holdout.is_some() {
        quarter.as_str()
    } else {
        ""
    };
    let heads = ["in force", "draft", "change", apart];
    let at = |n: usize| label + each * n as u16;
    for (n, head) in heads.into_iter().enumerate() {
        ink.field(0, at(n), each, head, Side::Right, theme[Role::Heading]);
    }
    let mut lines = lines(panel, currency);
    let room = usize::from(ink.height());
    // What nobody recorded goes first.
    while lines.len() + 2 > room
        && let Some(at) = lines.iter().rposition(|line| line.cells[1] == "—")
    {
        lines.remove(at);
    }
    for label in DROPPED {
        if lines.len() + 2 > room {
            lines.retain(|line| line.label != label);
        }
    }
    let under = lines.len() as u16 + 1;
    for (row, line) in (1..).zip(lines) {
        ink.field(row, 0, label, line.label, Side::Left, dimmed(Role::Text));
        for (n, cell) in line.cells.iter().enumerate() {
            let role = match n {
                1 => Role::Strong,
                2 => line.change,
                _ => Role::Dim,
            };
            // One blank between the columns, however narrow they are; a share goes before its interval.
            let room = usize::from(each.saturating_sub(1));
            let cell = if text::width(cell) > room {
                without_bounds(cell)
            } else {
                cell
            };
            ink.field(
                row,
                at(n) + 1,
                each.saturating_sub(1),
                cell,
                Side::Right,
                dimmed(role),
            );
        }
    }
    let impact = &panel.impact;
    let rest = format!(
        "the draft cannot tell {} · asked first {} · too young to judge {}",
        count(impact.unknown),
        count(impact.asked),
        count(impact.immature)
    );
    let at = ink.write(under, 0, &rest, theme[Role::Dim]);
    let past = &impact.past.before;
    let (of, deals) = (past.margin_unknown, past.deals);
    if of > 0 {
        let words = format!(
            " · margin unknown for {} of {} deals",
            count(of),
            count(deals)
        );
        // A line below where there is one; else behind the others.
        let wide = text::width(&words) as u16;
        match (at + wide <= width, under + 1 < ink.height()) {
            (true, _) => ink.write(under, at, &words, theme[Role::Dim]),
            (false, true) => ink.write(
                under + 1,
                0,
                words.trim_start_matches(" · "),
                theme[Role::Dim],
            ),
            (false, false) => at,
        };
    }
}
