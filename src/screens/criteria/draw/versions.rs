//! Every version with its story; under it any two against each other: what turns in the past, then what differs in words.
//! Computes nothing.

use super::super::impact;
use super::super::question::Panel;
use super::super::versions::Compared;
use super::super::view::Spots;
use super::Criteria;
use crate::backtest::Tally;
use crate::domain::criteria::version::{State, Version};
use crate::domain::criteria::{Definition, Move, changes};
use crate::domain::money::Currency;
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;

/// Columns of the list before who proposed and signed a version.
const LEFT: usize = 29;

impl Criteria {
    pub(super) fn draw_versions(
        &self,
        compared: &Compared,
        ink: &mut Ink<'_>,
        model: &Model,
        (spots, theme): (&mut Spots, &Theme),
    ) {
        let all = &self.agreed.versions;
        if all.0.is_empty() {
            ink.write(0, 1, "No version yet", theme[Role::Dim]);
            return;
        }
        let at = compared.at.min(all.0.len() - 1);
        let list = (all.0.len() as u16).min(ink.height() / 3).max(2);
        let offset = (at + 1).saturating_sub(usize::from(list));
        for (row, (n, version)) in (0..list).zip(all.0.iter().enumerate().skip(offset)) {
            let standing = all.standing(version, model.now()).label();
            let mark = if compared.is_marked(version) {
                '●'
            } else {
                ' '
            };
            let words = format!(
                "{mark}{:>3}  {standing:<22} {}",
                version.number,
                story(version, model)
            );
            ink.write(row, 0, &words, theme[Role::Text]);
            spots.push((ink.place(row, 0, ink.width()), n));
            if n == at {
                ink.style(row, 0, ink.width(), theme[Role::Selection]);
            }
        }
        let Some((before, version)) = compared.pair(&all.0) else {
            return;
        };
        let nothing = Definition::default();
        let old = before.map_or(&nothing, |before| &before.definition);
        let own = changes(old, &version.definition, &self.agreed.fields);
        let ways = [Move::Tighter, Move::Looser, Move::Either]
            .into_iter()
            .filter(|way| own.iter().any(|change| change.way == *way))
            .map(|way| format!(" · {} {}", way.sign(), way.word()));
        let against = before.map_or_else(
            || "every lead passing".to_owned(),
            |before| format!("version {}", before.number),
        );
        let title = format!(
            "Version {} against {against}{}",
            version.number,
            ways.collect::<String>()
        );
        ink.write(list + 1, 0, &title, theme[Role::Heading]);
        let mut row = list + 2;
        let currency = model.book().workspace.currency;
        let effect = compared.effect(&self.agreed);
        let mut lines = effect.map_or_else(
            || vec!["asking the past …".to_owned()],
            |panel| effects(panel, (before, version), currency),
        );
        let room = usize::from(ink.width().saturating_sub(2));
        // Who signed is said whole, where the list has had no room for it.
        let told = text::clean(&story(version, model)).into_owned();
        if text::width(&told) + LEFT > usize::from(ink.width()) {
            lines.insert(0, told);
        }
        for line in lines.iter().flat_map(|line| text::wrap(line, room)) {
            ink.write(row, 1, &line, theme[Role::Text]);
            row += 1;
        }
        if own.is_empty() {
            ink.write(row, 0, "They say the same.", theme[Role::Dim]);
        }
        let rows = row..ink.height();
        let hidden = own.len().saturating_sub(rows.len());
        for (row, change) in rows.clone().zip(&own) {
            let cut_here = hidden > 0 && row + 1 == rows.end;
            let more = if cut_here {
                format!(" (and {hidden} more)")
            } else {
                String::new()
            };
            let (sign, word) = (change.way.sign(), change.way.word());
            let words = format!("{sign} {word:<10} {}{more}", change.what);
            ink.write(row, 0, &words, theme[Role::Text]);
        }
    }
}

/// What each of the two passes of the mature past, and what turns either way.
fn effects(
    panel: &Panel,
    (before, version): (Option<&Version>, &Version),
    currency: Currency,
) -> Vec<String> {
    let past = &panel.impact.past;
    let count = |n: u64| figures::grouped(n as i64);
    let of = past.all.leads;
    let share = |n: u64| match of {
        0 => figures::DASH.to_owned(),
        _ => format!("{} %", figures::decimal(n as f64 * 100.0 / of as f64, 0)),
    };
    let passes = |n: u64| format!("{} ({})", count(n), share(n));
    let old = before.map_or_else(|| "none".to_owned(), |v| v.number.to_string());
    let mut lines = vec![format!(
        "of {} old enough: {old} passes {}, {} passes {}",
        count(of),
        passes(past.before.leads),
        version.number,
        passes(past.after.leads)
    )];
    if panel.turned == [0, 0] {
        lines.push("no lead of the past turns".to_owned());
        return lines;
    }
    for (word, tally, turned) in [
        ("out", &past.out, panel.turned[0]),
        ("in", &past.inside, panel.turned[1]),
    ] {
        if turned == 0 {
            continue;
        }
        let apart = turned.saturating_sub(tally.leads);
        let apart = match apart {
            0 => String::new(),
            n => format!(", and {} in {} apart", count(n), panel.quarter),
        };
        lines.push(format!("{word}: {}{apart}", worth(tally, currency)));
    }
    lines.push(format!(
        "{} · Enter lists them",
        impact::verdict(panel, currency)
    ));
    lines
}

/// What the leads of one way were worth.
fn worth(tally: &Tally, currency: Currency) -> String {
    let count = |n: u64| figures::grouped(n as i64);
    let money = |minor: i128| figures::money(minor as f64, currency, Room::Narrow);
    let margin = if tally.won > 0 && tally.margin_unknown >= tally.won {
        figures::DASH.to_owned()
    } else {
        money(tally.margin)
    };
    format!(
        "{} leads, {} rejected with proof, {} qualified, {} won, revenue {}, margin {margin}",
        count(tally.leads),
        count(tally.verified),
        count(tally.qualified),
        count(tally.won),
        money(tally.revenue),
    )
}

/// Who proposed and signed it, and from when to when it was in force.
fn story(version: &Version, model: &Model) -> String {
    let calendar = &model.book().calendar;
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "somebody".to_owned());
    let mut parts = Vec::new();
    if let Some(segment) = &version.definition.segment {
        parts.push(format!("for {segment}"));
    }
    if let Some(by) = &version.proposed {
        parts.push(format!("proposed by {}", name(&by.name)));
    }
    let signed = version.signatures.iter();
    parts.extend(signed.map(|s| format!("✓ {} {}", s.side.label(), name(&s.by.name))));
    if let Some(at) = version.in_force_at {
        parts.push(format!("from {}", calendar.day_of(at)));
    }
    if let Some(at) = version.retired_at {
        parts.push(format!("to {}", calendar.day_of(at)));
    }
    parts.push(match version.definition.rules.len() {
        1 => "1 rule".to_owned(),
        n => format!("{n} rules"),
    });
    parts.join(" · ")
}

/// How far a version has come, in words.
pub(super) fn standing(version: &Version) -> String {
    match version.state {
        State::Draft => {
            let rules = version.marks.iter().map(|mark| &mark.by);
            let newest = rules.chain([&version.edited]).max_by_key(|by| by.at);
            let who = newest.and_then(|by| by.name.as_deref());
            who.map_or_else(
                || "not proposed".to_owned(),
                |who| format!("not proposed, last edited by {}", text::clean(who)),
            )
        }
        State::Proposed => {
            let who = version.proposed.as_ref().and_then(|by| by.name.as_deref());
            format!("proposed by {}", who.unwrap_or("somebody"))
        }
        State::Signed => "signed".to_owned(),
    }
}
