//! The rules of the draft as lines: what changed against the version in force, kind, class, text, own effect. Decides nothing.

use super::question::Weights;
use crate::backtest::Effect;
use crate::domain::criteria::{Definition, Fields, Kind, Move, Rule, changes};
use crate::screens::figures;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RuleLine {
    /// Its place in the draft; `None`: it stands in the version in force only.
    pub(super) place: Option<usize>,
    /// How it differs from the version in force.
    pub(super) mark: char,
    /// The rule.
    pub(super) rule: Rule,
}

/// The lines of a draft beside the version in force: its rules in order, then those that are gone.
pub(super) fn lines(before: &Definition, draft: &Definition, fields: &Fields) -> Vec<RuleLine> {
    let changes = changes(before, draft, fields);
    let mark = |place: usize| {
        let own = changes.iter().filter(|change| change.after == Some(place));
        let mut mark = ' ';
        for change in own {
            let new = change.before.is_none();
            mark = match (new, change.way) {
                (true, _) => '+',
                (false, Move::Neither) if mark == ' ' => '·',
                _ => '~',
            };
        }
        mark
    };
    let own = draft
        .rules
        .iter()
        .enumerate()
        .map(|(place, rule)| RuleLine {
            place: Some(place),
            mark: mark(place),
            rule: rule.clone(),
        });
    let gone = changes
        .iter()
        .filter(|change| change.after.is_none())
        .filter_map(|change| before.rules.get(change.before?));
    let gone = gone.map(|rule| RuleLine {
        place: None,
        mark: '−',
        rule: rule.clone(),
    });
    own.chain(gone).collect()
}

/// From this width on class and effect stand beside each rule.
const ROOMY: u16 = 96;

/// How many leads the rule moves by itself.
fn moved(effect: &Effect) -> String {
    let count = |n: u64| figures::grouped(n as i64);
    match (effect.kept_out.leads, effect.let_in.leads) {
        (0, 0) => "no effect".to_owned(),
        (out, 0) => format!("{} out", count(out)),
        (0, inside) => format!("{} in", count(inside)),
        (out, inside) => format!("{} out, {} in", count(out), count(inside)),
    }
}

/// What the rule does by itself, in a few words.
pub(super) fn effect(effect: &Effect) -> String {
    let part = |what: &str, value: Option<f64>| {
        value.map(|value| {
            let sign = if value >= 0.0005 { "+" } else { "" };
            format!("{what} {sign}{}", figures::decimal(value * 100.0, 1))
        })
    };
    let parts = [
        Some(moved(effect)),
        part("prec", effect.precision),
        part("rev", effect.revenue_recall),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How a list is drawn.
pub(super) struct Look<'a> {
    /// The line under the cursor; `None`: the keys are elsewhere.
    pub(super) cursor: Option<usize>,
    /// The first line in sight.
    pub(super) offset: usize,
    /// Each rule's effect, if it is known for these rules.
    pub(super) weights: Option<&'a Weights>,
}

/// Draws the list; where there is room, each rule's effect at its right, and its reason under it.
pub(super) fn draw(
    ink: &mut Ink<'_>,
    lines: &[RuleLine],
    fields: &Fields,
    look: &Look<'_>,
    theme: &Theme,
) {
    let width = ink.width();
    let roomy = width >= ROOMY;
    let right = if roomy { 36 } else { 12 };
    let at_text = if roomy { 27 } else { 16 };
    if lines.is_empty() {
        ink.write(0, 1, "No rule yet: every lead passes.", theme[Role::Text]);
        ink.write(1, 1, "a types a rule, s suggests some.", theme[Role::Dim]);
        return;
    }
    for (row, (at, line)) in (0..ink.height()).zip(lines.iter().enumerate().skip(look.offset)) {
        let rule = &line.rule;
        let on = rule.is_on() && line.place.is_some();
        let ground = if on { Role::Text } else { Role::Dim };
        let mark = match line.mark {
            '+' | '~' => Role::Warn,
            _ => Role::Dim,
        };
        ink.write(row, 0, &line.mark.to_string(), theme[mark]);
        let switch = match (line.place, on) {
            (None, _) => "gone",
            (Some(_), true) => "on",
            (Some(_), false) => "off",
        };
        ink.field(row, 2, 4, switch, Side::Left, theme[Role::Dim]);
        let kind = match rule.kind {
            Kind::Supporting => "support",
            kind => kind.label(),
        };
        ink.field(row, 7, 8, kind, Side::Left, theme[ground]);
        if roomy {
            let class = rule.class.label();
            ink.field(row, 16, 10, class, Side::Left, theme[Role::Dim]);
        }
        let room = width.saturating_sub(at_text + right + 1);
        let bare = Rule {
            why: String::new(),
            kind: Kind::Must,
            switch: crate::domain::criteria::Switch::On,
            class: fields
                .find(&rule.condition.field)
                .map_or(rule.class, crate::domain::criteria::Field::class),
            ..rule.clone()
        };
        let mut text = bare.text(fields);
        if !rule.why.is_empty() {
            text = format!("{text} — {}", rule.why);
        }
        ink.field(row, at_text, room, &text, Side::Left, theme[ground]);
        let own = line.place.and_then(|place| {
            let effects = &look.weights?.effects;
            effects.iter().find(|effect| effect.rule == place)
        });
        if let Some(own) = own {
            let words = if roomy { effect(own) } else { moved(own) };
            let at = width.saturating_sub(right);
            ink.field(row, at, right, &words, Side::Right, theme[Role::Dim]);
        }
        if look.cursor == Some(at) {
            ink.style(row, 0, width, theme[Role::Selection]);
        }
    }
}
