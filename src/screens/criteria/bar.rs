//! The rule bar: what is being typed, what it means, what could come next. Decides nothing about the draft and reads no data.

use crossterm::event::KeyEvent;

use crate::backtest::columns::LISTS;
use crate::domain::criteria::condition::Takes;
use crate::domain::criteria::{
    Completion, Fault, FieldKind, Fields, Literal, Operator, Parsed, Rule, Severity, Standard,
    Wants, complete, parse,
};
use crate::domain::ids::RuleId;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Prompt, Side};

/// The rule that is being edited, as it was when the editing began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Of {
    /// Its row id; `None`: there is no draft yet, the rule is the version in force's.
    pub(super) id: Option<RuleId>,
    /// Its place.
    pub(super) place: usize,
    /// The revision that was seen.
    pub(super) revision: i64,
}

/// Somebody changed the rule that is being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Theirs {
    /// Who.
    pub(super) who: String,
    /// What it says now; `None`: it was removed.
    pub(super) text: Option<String>,
    /// Its revision now.
    pub(super) revision: i64,
}

/// What could come next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    /// What is put in.
    pub(super) text: String,
    /// How many leads have it; `None`: it is no value.
    pub(super) count: Option<u32>,
}

/// The open bar.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    prompt: Prompt,
    /// The rule that is being edited; `None`: a new one.
    pub(super) of: Option<Of>,
    /// Somebody else's change of it, once there is one.
    pub(super) theirs: Option<Theirs>,
    marked: Option<usize>,
    /// Why it was not taken.
    pub(super) wrong: Option<String>,
}

impl Bar {
    /// A bar that holds text already.
    pub(super) fn holding(text: &str, of: Option<Of>) -> Self {
        Self {
            prompt: Prompt::holding(text),
            of,
            theirs: None,
            marked: None,
            wrong: None,
        }
    }

    /// What has been typed.
    pub(super) fn text(&self) -> &str {
        self.prompt.value()
    }

    /// What it says.
    pub(super) fn parsed(&self, fields: &Fields) -> Parsed {
        parse(self.text(), fields)
    }

    /// The rules that are understood already.
    pub(super) fn rules(&self, fields: &Fields) -> Vec<Rule> {
        let rules = self.parsed(fields).rules.into_iter();
        rules.map(|(rule, _)| rule).collect()
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: KeyEvent) {
        self.prompt.key(key);
        self.typed();
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, pasted: &str) {
        self.prompt.paste(pasted);
        self.typed();
    }

    fn typed(&mut self) {
        self.marked = None;
        self.wrong = None;
    }

    /// What may be typed at the cursor.
    pub(super) fn completion(&self, fields: &Fields) -> Completion {
        complete(self.text(), self.prompt.cursor(), fields)
    }

    /// The field whose values are wanted, and what was typed of one.
    pub(super) fn wanted_values(&self, fields: &Fields) -> Option<(String, String)> {
        let completion = self.completion(fields);
        match completion.wants {
            Wants::Value {
                field,
                operator: Operator::Matches,
                ..
            } if field == Standard::EmailDomain.word() => {
                Some((LISTS.to_owned(), completion.prefix))
            }
            Wants::Value { field, .. } | Wants::More { field, .. } => {
                let kind = fields.find(&field).map(|field| field.kind);
                (kind != Some(FieldKind::YesNo)).then_some((field, completion.prefix))
            }
            _ => None,
        }
    }

    /// What could come next; `values`: those that occur, with counts.
    pub(super) fn offers(&self, fields: &Fields, values: &[(String, u32)]) -> Vec<Offer> {
        let completion = self.completion(fields);
        let mut offers: Vec<Offer> = completion
            .offers(fields)
            .into_iter()
            .map(|text| Offer { text, count: None })
            .collect();
        if let Wants::Value { field, .. } = &completion.wants {
            let is_text = fields
                .find(field)
                .is_some_and(|f| f.kind == FieldKind::Text);
            offers.extend(values.iter().map(|(value, count)| Offer {
                text: if is_text {
                    Literal::Text(value.clone()).to_string()
                } else {
                    value.clone()
                },
                count: Some(*count),
            }));
        }
        offers.retain(|offer| offer.text.to_lowercase() != completion.prefix);
        offers
    }

    /// Marks the next or the previous offer.
    pub(super) fn mark(&mut self, by: isize, count: usize) {
        if count == 0 {
            self.marked = None;
            return;
        }
        let last = count - 1;
        self.marked = match (self.marked, by > 0) {
            (None, true) => Some(0),
            (None, false) => Some(last),
            (Some(at), true) => (at < last).then_some(at + 1).or(Some(0)),
            (Some(at), false) => at.checked_sub(1),
        };
    }

    /// Whether an offer is marked.
    pub(super) fn is_marked(&self) -> bool {
        self.marked.is_some()
    }

    /// Puts the marked offer in, else the first; false when there is none.
    pub(super) fn accept(&mut self, fields: &Fields, offers: &[Offer]) -> bool {
        let Some(offer) = offers.get(self.marked.unwrap_or(0)) else {
            return false;
        };
        let completion = self.completion(fields);
        let ending = match &completion.wants {
            Wants::Operator(_) if takes_list(&offer.text) => " (",
            // In a list a comma or a bracket follows.
            Wants::Value { operator, .. } if operator.takes() == Takes::List => "",
            _ => " ",
        };
        let text = format!("{}{ending}", offer.text);
        self.prompt.replace(completion.replaces, &text);
        self.typed();
        true
    }

    /// The first fault, if any.
    pub(super) fn fault(&self, fields: &Fields) -> Option<Fault> {
        self.parsed(fields).faults.into_iter().next()
    }

    /// Draws the line, where it is wrong and why, and what could come next: three lines.
    pub(super) fn draw(
        &self,
        ink: &mut Ink<'_>,
        line: u16,
        fields: &Fields,
        offers: &[Offer],
        theme: &Theme,
    ) {
        let gone = self.theirs.as_ref().is_some_and(|t| t.text.is_none());
        let label = match self.of {
            Some(of) if !gone => format!("rule {} ▸ ", of.place + 1),
            _ => "new rule ▸ ".to_owned(),
        };
        let at = ink.write(line, 0, &label, theme[Role::Key]);
        let columns = ink.width().saturating_sub(at);
        let fault = self.fault(fields);
        if self.text().is_empty() {
            let hint = "employees >= 50 and industry in (software, fintech)";
            ink.write(line, at + 1, hint, theme[Role::Dim]);
        }
        let cursor = self.prompt.cursor();
        // The text slides so that the cursor stays in the field.
        let mut start = 0;
        while start < cursor && text::width(&self.text()[start..cursor]) + 1 > usize::from(columns)
        {
            start += self.text()[start..]
                .chars()
                .next()
                .map_or(1, char::len_utf8);
        }
        ink.field(
            line,
            at,
            columns,
            &self.text()[start..],
            Side::Left,
            theme[Role::Text],
        );
        let column = |byte: usize| {
            let byte = byte.clamp(start, self.text().len());
            at + text::width(self.text().get(start..byte).unwrap_or_default()) as u16
        };
        // The beginning of a word that is offered is no fault yet.
        let typing = |f: &Fault| f.at.end == self.text().len() && !offers.is_empty();
        let is_wrong = |f: &Fault| f.severity == Severity::Wrong && !typing(f);
        if let Some(fault) = fault.as_ref().filter(|f| is_wrong(f)) {
            let (from, to) = (column(fault.at.start), column(fault.at.end));
            ink.style(line, from, (to - from).max(1), theme[Role::Error]);
        }
        ink.style(line, column(cursor), 1, theme[Role::Cursor]);
        let (words, role) = match (&self.wrong, &self.theirs, &fault) {
            (Some(wrong), ..) => (wrong.clone(), Role::Error),
            (None, Some(theirs), _) => (theirs.words(), Role::Warn),
            (None, None, Some(f)) if is_wrong(f) => (f.what.clone(), Role::Error),
            (None, None, Some(f)) if typing(f) => {
                ("Tab completes, ↓ chooses".to_owned(), Role::Dim)
            }
            (None, None, Some(f)) if !self.text().is_empty() => (f.what.clone(), Role::Dim),
            _ => ("Enter puts it into the draft".to_owned(), Role::Dim),
        };
        if offers.is_empty() {
            // What is to be done stands at the end of what is wrong.
            let wrapped = text::wrap(&words, usize::from(ink.width()));
            for (below, words) in (line + 1..).zip(wrapped.iter().take(2)) {
                ink.write(below, 0, words, theme[role]);
            }
        } else {
            ink.write(line + 1, 0, &words, theme[role]);
        }
        let mut at = 0;
        let shown = self.marked.unwrap_or(0).saturating_sub(3);
        for (index, offer) in offers.iter().enumerate().skip(shown) {
            let marked = self.marked == Some(index);
            let style = theme[if marked { Role::Cursor } else { Role::Text }];
            at = ink.write(line + 2, at, &offer.text, style);
            if let Some(count) = offer.count {
                let count = format!(" {}", crate::screens::figures::grouped(i64::from(count)));
                at = ink.write(line + 2, at, &count, theme[Role::Dim]);
            }
            at += 2;
            if at >= ink.width() {
                break;
            }
        }
    }
}

impl Theirs {
    fn words(&self) -> String {
        match &self.text {
            Some(text) => format!(
                "{} changed this rule meanwhile to: {text} · Enter asks whose stays",
                self.who
            ),
            None => "this rule was removed meanwhile · Enter adds yours as a new one".to_owned(),
        }
    }
}

fn takes_list(operator: &str) -> bool {
    use crate::domain::criteria::Operator;
    let all = Operator::ALL.iter();
    all.clone()
        .find(|o| o.word() == operator)
        .is_some_and(|o| o.takes() == Takes::List)
}
