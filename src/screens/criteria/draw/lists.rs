//! Lists over the rules: suggestions, agreement, versions, rows behind a number. Computes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::behind::Rows;
use super::super::question::{Behind, Grid};
use super::super::view::{Spots, View};
use super::Criteria;
use super::suggestions::{per_cent, suggestions};
use crate::backtest::{Cell, Said, Turn};
use crate::domain::criteria::{Kind, Truth};
use crate::domain::money::Currency;
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side, panel};

impl Criteria {
    pub(super) fn draw_list(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let currency = model.book().workspace.currency;
        let (title, remark) = self.heading();
        let title = Span::styled(title, theme[Role::Heading]);
        let inner = panel(buffer, area, &title, remark, true, theme);
        let mut spots = Spots::new();
        if let View::Rows(rows) = &mut self.view {
            if let Some((_, reader)) = &mut rows.card {
                reader.draw(buffer, inner, theme);
            } else {
                let ink = &mut Ink::new(buffer, inner);
                rows_of(rows, ink, currency, (&mut spots, theme));
            }
            self.spots = spots;
            return;
        }
        let inner = self.draw_so_far(buffer, inner, currency, theme);
        let mut ink = Ink::new(buffer, inner);
        match &self.view {
            View::Suggestions(found) => match &found.all {
                Some(all) => suggestions(
                    all,
                    found.picked,
                    &mut ink,
                    (&self.agreed.fields, currency, self.basis()),
                    (&mut spots, theme),
                ),
                None => {
                    ink.write(0, 1, "Looking through every field …", theme[Role::Dim]);
                }
            },
            View::Agreement(at) => {
                self.draw_agreement(*at, &mut ink, model, (&mut spots, theme));
            }
            View::Versions(compared) => {
                self.draw_versions(compared, &mut ink, model, (&mut spots, theme));
            }
            _ => {}
        }
        self.spots = spots;
    }

    fn heading(&self) -> (String, &'static str) {
        match &self.view {
            View::Suggestions(_) => (
                "Suggested rules: most rejects caught for least revenue lost".to_owned(),
                "t takes it · Enter shows its rows",
            ),
            View::Agreement(_) => (
                "What the draft says beside what people said".to_owned(),
                "Enter shows the rows",
            ),
            View::Versions(_) => (
                "Versions".to_owned(),
                "c: compare others with it · Enter: leads that turn",
            ),
            View::Rows(rows) => (rows_title(rows), rows_remark(rows)),
            View::Rules | View::Page(_) => (String::new(), ""),
        }
    }

    fn draw_agreement(
        &self,
        at: usize,
        ink: &mut Ink<'_>,
        model: &Model,
        (spots, theme): (&mut Spots, &Theme),
    ) {
        let Some((_, weights)) = &self.weights else {
            ink.write(0, 1, "Counting …", theme[Role::Dim]);
            return;
        };
        let of = [
            (
                "Criteria × verdict, every handoff",
                &weights.verdicts,
                ["accepted", "rejected", "—"],
            ),
            (
                "Criteria × outcome, mature handoffs",
                &weights.outcomes,
                ["qualified", "not", "never worked"],
            ),
        ];
        // Where there is little room the matrices stand close, so that what drifts is in sight.
        let pitch = if ink.height() >= 20 { 7 } else { 5 };
        for (n, (title, grid, heads)) in of.into_iter().enumerate() {
            let top = n as u16 * pitch;
            let title = match title.split_once(", ") {
                Some((short, _)) if ink.width() < 70 => short,
                _ => title,
            };
            let picked = (at / 9 == n).then_some(at % 9);
            matrix(ink, top, (title, heads), grid, picked, theme);
            for cell in 0..9 {
                let (row, column) = (cell / 3, cell % 3);
                let place = ink.place(top + 2 + row, 14 + column * 14, 13);
                spots.push((place, n * 9 + usize::from(cell)));
            }
        }
        let Some((drift, version)) = self.drift(model).zip(self.in_force(model)) else {
            return;
        };
        let title = format!("Version {} in force, then and now", version.number);
        ink.write(2 * pitch, 0, &title, theme[Role::Heading]);
        let role = if drift.is_alarm() {
            Role::Bad
        } else {
            Role::Text
        };
        let room = usize::from(ink.width().saturating_sub(3));
        let sentences = drift.sentences();
        let lines = sentences
            .iter()
            .flat_map(|sentence| text::wrap(sentence, room));
        for (row, words) in (2 * pitch + 1..ink.height()).zip(lines) {
            ink.write(row, 1, &words, theme[role]);
        }
    }
}

/// What the rows stand behind; of a rule, all three answers with their counts, the one in sight marked.
fn rows_title(rows: &Rows) -> String {
    let title = behind(&rows.behind);
    let sums = rows.all.as_ref().and_then(|all| all.sums);
    let (Behind::Rule(_, kind, here), Some(sums)) = (&rows.behind, sums) else {
        return title;
    };
    let answers = Truth::ALL.iter().map(|says| {
        let mark = if says == here { "▸" } else { "" };
        let count = figures::grouped(sums[*says as usize] as i64);
        format!("{mark}{} {count}", answer(*kind, *says))
    });
    let all = figures::grouped(sums.iter().sum::<u64>() as i64);
    let answers: Vec<String> = answers.collect();
    format!("{title}: {} of {all} leads", answers.join(" · "))
}

/// What an answer of a rule is called, its kind considered.
fn answer(kind: Kind, says: Truth) -> &'static str {
    match (kind, says) {
        (_, Truth::Unknown) => "unknown",
        (Kind::Supporting, Truth::Yes) => "supports",
        (Kind::Supporting, Truth::No) => "no support",
        (Kind::Must, Truth::Yes) | (Kind::MustNot, Truth::No) => "passes",
        (Kind::Must, Truth::No) | (Kind::MustNot, Truth::Yes) => "fails",
    }
}

fn rows_remark(rows: &Rows) -> &'static str {
    match &rows.behind {
        Behind::Rule(..) if rows.card.is_none() => "← → others · Enter lead",
        _ => "Enter opens the lead",
    }
}

fn behind(behind: &Behind) -> String {
    match behind {
        Behind::Turned => "Leads that the draft turns: out first, dearest first".to_owned(),
        Behind::Verdict(said, cell) => format!(
            "Criteria {}, {}",
            said.label(),
            if *cell == Cell::Yes {
                "accepted"
            } else {
                "rejected"
            }
        ),
        Behind::Outcome(said, cell) => {
            let became = ["qualified", "worked, not qualified", "never worked"][*cell as usize];
            format!("Criteria {}, {became}", said.label())
        }
        Behind::Rule(rule, ..) => format!("Rule {} by itself", rule + 1),
        Behind::KeptOut(rule) => format!("What rule {} alone keeps out", rule + 1),
        Behind::Suggested(rule) => format!("What '{}' would take out", rule.condition),
    }
}

fn matrix(
    ink: &mut Ink<'_>,
    top: u16,
    (title, heads): (&str, [&str; 3]),
    grid: &Grid,
    picked: Option<usize>,
    theme: &Theme,
) {
    let agreed = grid.agreement.map_or_else(|| "—".to_owned(), per_cent);
    let kappa = grid
        .kappa
        .map_or_else(|| "—".to_owned(), |k| figures::decimal(k, 2));
    let words = format!(
        "{title}: same in {agreed}, κ {kappa}, n {}",
        figures::grouped(grid.n as i64)
    );
    ink.write(top, 1, &words, theme[Role::Heading]);
    for (column, head) in (0..).zip(heads) {
        ink.field(
            top + 1,
            14 + column * 14,
            13,
            head,
            Side::Right,
            theme[Role::Dim],
        );
    }
    for (row, said) in (0..).zip(Said::ALL) {
        let line = top + 2 + row;
        ink.field(line, 1, 12, said.label(), Side::Left, theme[Role::Text]);
        for column in 0..3_u16 {
            let count = grid.counts[usize::from(row)][usize::from(column)];
            let at = usize::from(row * 3 + column);
            let role = if picked == Some(at) {
                Role::Cursor
            } else {
                Role::Text
            };
            let count = figures::grouped(count as i64);
            ink.field(line, 14 + column * 14, 13, &count, Side::Right, theme[role]);
        }
    }
}

fn rows_of(
    rows: &mut Rows,
    ink: &mut Ink<'_>,
    currency: Currency,
    (spots, theme): (&mut Spots, &Theme),
) {
    let Some(all) = &rows.all else {
        ink.write(0, 1, "Reading …", theme[Role::Dim]);
        return;
    };
    if all.rows.is_empty() {
        ink.write(
            0,
            1,
            match rows.behind {
                Behind::Turned => "No lead here: both say the same of every lead, nothing flips",
                _ if all.total > 0 => "Reading …",
                Behind::Rule(..) => "No lead with this answer; ← → show the others",
                _ => "No lead here",
            },
            theme[Role::Text],
        );
        return;
    }
    if all.total > all.rows.len() as u64 {
        let words = format!(
            "the dearest {} of {}",
            figures::grouped(all.rows.len() as i64),
            figures::grouped(all.total as i64)
        );
        let last = ink.height().saturating_sub(1);
        ink.write(last, 1, &words, theme[Role::Dim]);
    }
    let cut = u16::from(all.total > all.rows.len() as u64);
    let height = ink.height().saturating_sub(cut);
    let page = usize::from(height).max(1);
    rows.offset = rows
        .offset
        .clamp((rows.picked + 1).saturating_sub(page), rows.picked);
    let wide = ink.width();
    for (line, (n, row)) in (0..height).zip(all.rows.iter().enumerate().skip(rows.offset)) {
        spots.push((ink.place(line, 0, wide), n));
        let way = match row.turn {
            Some(Turn::Out) => "out",
            Some(Turn::In) => "in",
            None => "",
        };
        ink.field(line, 0, 4, way, Side::Left, theme[Role::Warn]);
        let (name, source) = match rows.leads.get(&row.flip.handoff_id) {
            Some(lead) => {
                let of = lead
                    .account
                    .as_deref()
                    .map_or_else(String::new, |a| format!(", {a}"));
                (
                    format!("{}{of}", lead.name),
                    lead.source.clone().unwrap_or_else(|| "unknown".to_owned()),
                )
            }
            None => (format!("lead {}", row.flip.lead_id), String::new()),
        };
        // Where there is little room the name goes before the source.
        let narrow = wide < 76;
        let room = wide.saturating_sub(if narrow { 38 } else { 58 });
        ink.field(line, 5, room, &name, Side::Left, theme[Role::Text]);
        if !narrow {
            ink.field(
                line,
                wide.saturating_sub(52),
                19,
                &source,
                Side::Left,
                theme[Role::Dim],
            );
        }
        ink.field(
            line,
            wide.saturating_sub(32),
            20,
            row.flip.outcome.label(),
            Side::Left,
            theme[Role::Text],
        );
        let value = row
            .flip
            .value
            .map(|value| figures::money(value as f64, currency, Room::Narrow));
        let value = value.unwrap_or_default();
        ink.field(
            line,
            wide.saturating_sub(11),
            11,
            &value,
            Side::Right,
            theme[Role::Strong],
        );
        if n == rows.picked {
            ink.style(line, 0, wide, theme[Role::Selection]);
        }
    }
}
